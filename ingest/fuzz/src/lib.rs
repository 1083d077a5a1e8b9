//! What the targets share: the limits, the rules that every reading keeps to, and archives around
//! mutated members, since raw bytes never get past a checksum.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use ingest::read::{Limits, Options, Reading, Readings, open_bytes};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Parts of a structured input: files of a package, names and contents of an archive. No XML holds
/// the character.
pub const PART: u8 = 0;

/// Limits so small that a run which passes them is seen.
pub fn options() -> Options {
    Options {
        limits: Limits {
            max_bytes: 1 << 20,
            max_unpacked: 4 << 20,
            max_ratio: 200,
            max_depth: 3,
            max_entries: 64,
            max_pages: 32,
        },
        ..Options::default()
    }
}

/// Reads bytes as a file of this name, and checks what holds of every reading and every fault.
pub fn read(name: &str, bytes: &[u8]) -> Readings {
    let found = open_bytes(name, bytes, &options());
    assert!(!found.is_empty(), "neither a document nor a fault");
    for one in &found {
        match one {
            Ok(reading) => check(reading),
            Err(fault) => {
                assert!(!fault.document.is_empty(), "a fault names no document");
                assert!(!fault.message.contains('\n'), "{:?}", fault.message);
            }
        }
    }
    found
}

fn check(reading: &Reading) {
    let Reading {
        id,
        text,
        certainty,
        sha256,
        ..
    } = reading;
    assert!(!id.is_empty(), "a document without a name");
    assert!(!text.trim().is_empty(), "{id} is empty");
    assert!((0.0..=1.0).contains(certainty), "{id}: {certainty}");
    assert_eq!(sha256.len(), 64, "{id}");
}

/// Lets panics pass that come from a dependency whose sources' path has this part: they are caught and
/// become a fault of the document. One of our own ends the run.
pub fn forgive(dependency: &'static str) {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let theirs = panic
            .location()
            .is_some_and(|place| place.file().contains(dependency));
        if !theirs {
            abort(panic);
        }
    }));
}

/// Packs members without compression, so that what the target mutates is what is unpacked.
pub fn zipped<'m>(members: impl IntoIterator<Item = (&'m str, &'m [u8])>) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in members {
        writer.start_file(name, stored).ok()?;
        writer.write_all(bytes).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Packs members as a tar archive.
pub fn tarred<'m>(members: impl IntoIterator<Item = (&'m str, &'m [u8])>) -> Option<Vec<u8>> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, bytes).ok()?;
    }
    builder.into_inner().ok()
}

/// Compresses bytes as gzip does.
pub fn gzipped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// Takes bytes apart at each [`PART`]; the members of a package get them in turn.
pub fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == PART)
}
