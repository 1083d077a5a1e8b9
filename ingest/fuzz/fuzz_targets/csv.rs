//! Any bytes as a table of separated values.
#![no_main]

use ingest_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read("a.csv", bytes);
});
