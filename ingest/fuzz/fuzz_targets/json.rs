//! Any bytes as JSON, as JSON Lines, and as standard input; a text without `id` is a fault.
#![no_main]

use ingest::read::read_stream;
use ingest_fuzz::{options, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read("a.json", bytes);
    read("a.jsonl", bytes);
    let options = options();
    for source in read_stream(bytes, &options).flatten() {
        assert_eq!(
            ingest::read::open(&source, &options).len(),
            1,
            "one document a line"
        );
    }
});
