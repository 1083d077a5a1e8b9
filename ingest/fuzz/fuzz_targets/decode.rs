//! Any bytes through the detection of their encoding.
#![no_main]

use ingest::read::{Hint, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = decode(bytes, Hint::default());
});
