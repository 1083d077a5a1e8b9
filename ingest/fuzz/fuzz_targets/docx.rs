//! A body of a Word document, whatever it is, in a fresh package.
#![no_main]

use ingest_fuzz::{read, zipped};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let members = [
        ("[Content_Types].xml", &b"<Types/>"[..]),
        ("word/document.xml", body),
    ];
    let package = zipped(members).expect("two members fit");
    read("a.docx", &package);
});
