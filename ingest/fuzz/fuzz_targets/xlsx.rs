//! Sheet, shared strings, workbook, relations and styles, parted by NUL, in a fresh package.
#![no_main]

use std::sync::Once;

use ingest_fuzz::{forgive, parts, read, zipped};
use libfuzzer_sys::fuzz_target;

const MEMBERS: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet2.xml",
];

/// Where a reader starts.
const RELATIONS: &[u8] = b"<Relationships><Relationship Id=\"rId1\" Target=\"xl/workbook.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/></Relationships>";

static HOOK: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    HOOK.call_once(|| forgive("/calamine-"));
    let fixed = [
        ("[Content_Types].xml", &b"<Types/>"[..]),
        ("_rels/.rels", RELATIONS),
    ];
    let members = MEMBERS.into_iter().zip(parts(bytes));
    let package = zipped(fixed.into_iter().chain(members)).expect("few members fit");
    read("a.xlsx", &package);
});
