//! Sheet, shared strings, workbook, relations and styles, parted by NUL, in a fresh package.
#![no_main]

use ingest_fuzz::{parts, read, zipped};
use libfuzzer_sys::fuzz_target;

const MEMBERS: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet2.xml",
];

fuzz_target!(|bytes: &[u8]| {
    let types = ("[Content_Types].xml", &b"<Types/>"[..]);
    let members = MEMBERS.into_iter().zip(parts(bytes));
    let package = zipped(std::iter::once(types).chain(members)).expect("few members fit");
    read("a.xlsx", &package);
});
