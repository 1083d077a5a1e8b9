//! Any bytes as plain text: detected, and in each encoding that a user may state.
#![no_main]

use ingest::read::open_bytes;
use ingest_fuzz::{options, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read("a.txt", bytes);
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let labels = ["utf-8", "utf-16le", "utf-16be", "gb18030", "big5"];
    let mut options = options();
    let label = labels[usize::from(*first) % labels.len()];
    options
        .set_encoding(label)
        .expect("a label of the standard");
    let found = open_bytes("a.txt", rest, &options);
    assert_eq!(found.len(), 1);
});
