//! Package document, chapters, container and encryption of a book, parted by NUL, in a fresh package.
#![no_main]

use ingest_fuzz::{parts, read, zipped};
use libfuzzer_sys::fuzz_target;

const MEMBERS: [&str; 5] = [
    "OPS/book.opf",
    "OPS/one.xhtml",
    "OPS/two b.xhtml",
    "META-INF/container.xml",
    "META-INF/encryption.xml",
];

const CONTAINER: &[u8] =
    b"<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>";

fuzz_target!(|bytes: &[u8]| {
    let given: Vec<&[u8]> = parts(bytes).take(MEMBERS.len()).collect();
    let mut members: Vec<(&str, &[u8])> = MEMBERS.into_iter().zip(given).collect();
    if members.len() < 4 {
        members.push((MEMBERS[3], CONTAINER));
    }
    let package = zipped(members).expect("few members fit");
    read("a.epub", &package);
});
