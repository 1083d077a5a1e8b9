//! Any bytes as Markdown, with front matter or without.
#![no_main]

use ingest_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read("a.md", bytes);
});
