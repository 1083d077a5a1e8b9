//! Any bytes as a zip archive; and names and contents in turn, parted by NUL, in a fresh one, which
//! gives the same documents as a compressed tar archive of them does.
#![no_main]

use std::collections::BTreeSet;

use ingest::read::Readings;
use ingest_fuzz::{gzipped, parts, read, tarred, zipped};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read("a.zip", bytes);
    let parts: Vec<&[u8]> = parts(bytes).collect();
    let mut names = BTreeSet::new();
    let mut members: Vec<(&str, &[u8])> = Vec::new();
    for pair in parts.chunks_exact(2) {
        if let Ok(name) = std::str::from_utf8(pair[0])
            // The library that writes tar archives would tidy these.
            && !name.split('/').any(|part| part.is_empty() || part == ".")
            && names.insert(name)
        {
            members.push((name, pair[1]));
        }
    }
    let (Some(zip), Some(tar)) = (zipped(members.clone()), tarred(members)) else {
        // A name that one of the formats cannot hold.
        return;
    };
    let tar = gzipped(&tar).expect("memory holds it");
    let (zip, tar) = (read("a.zip", &zip), read("a.tar.gz", &tar));
    // A zip archive with one of these may be a document of its own.
    if names.is_disjoint(&BTreeSet::from(PACKAGES)) {
        assert_eq!(texts(&zip, "a.zip"), texts(&tar, "a.tar.gz"));
    }
});

const PACKAGES: [&str; 4] = [
    "[Content_Types].xml",
    "META-INF/container.xml",
    "OFD.xml",
    "mimetype",
];

fn texts<'r>(readings: &'r Readings, archive: &str) -> BTreeSet<(String, &'r str)> {
    readings
        .iter()
        .flatten()
        .map(|reading| (reading.id.replacen(archive, "", 1), reading.text.as_str()))
        .collect()
}
