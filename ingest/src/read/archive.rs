//! Takes an archive, reads the documents in it; each is called `archive.zip/folder/name.txt`.
//!
//! Nothing is written to disk. Members whose extension stands for no format are passed over, as in
//! folders.

use std::io::Cursor;

use encoding_rs::GB18030;
use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::error::ReadError;
use super::gather::Gatherer;
use super::package::{fault, unpack};
use super::sniff::by_name;

/// Reads a zip archive.
///
/// # Errors
/// [`ReadError`] where the archive as a whole cannot be read; faults of members are diagnostics.
pub(crate) fn zip(
    gatherer: &mut Gatherer<'_>,
    id: &str,
    bytes: &[u8],
    depth: usize,
) -> Result<(), ReadError> {
    let limits = gatherer.options.limits;
    check_depth(gatherer, depth)?;
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|cause| ReadError::broken("zip", cause))?;
    let count = archive.len();
    for index in 0..count.min(limits.max_entries) {
        let entry = match archive.by_index_raw(index) {
            Ok(entry) => entry,
            Err(cause) => {
                gatherer.fail(&format!("{id}/#{index}"), &fault("zip", &cause));
                continue;
            }
        };
        let (name, encrypted, packed) = (
            member_name(entry.name_raw()),
            entry.encrypted(),
            entry.compressed_size(),
        );
        let wanted = entry.is_file() && is_wanted(&name);
        drop(entry);
        if !wanted {
            continue;
        }
        let member_id = format!("{id}/{name}");
        if encrypted {
            gatherer.fail(&member_id, &ReadError::Encrypted);
        } else if !is_safe(&name) {
            gatherer.fail(&member_id, &ReadError::UnsafeName);
        } else {
            let bytes = archive
                .by_index(index)
                .map_err(|cause| fault("zip", &cause));
            let unpacked = &mut gatherer.unpacked;
            let bytes = bytes.and_then(|member| unpack(member, packed, "zip", &limits, unpacked));
            if !member(gatherer, &member_id, &name, bytes, depth) {
                return Ok(());
            }
        }
    }
    if count > limits.max_entries {
        gatherer.fail(
            id,
            &ReadError::TooManyEntries {
                limit: limits.max_entries,
            },
        );
    }
    Ok(())
}

/// Reads a tar archive.
///
/// # Errors
/// [`ReadError`] where the archive as a whole cannot be read; faults of members are diagnostics.
pub(crate) fn tar(
    gatherer: &mut Gatherer<'_>,
    id: &str,
    bytes: &[u8],
    depth: usize,
) -> Result<(), ReadError> {
    let limits = gatherer.options.limits;
    check_depth(gatherer, depth)?;
    let broken = |cause| ReadError::broken("tar", cause);
    let mut archive = tar::Archive::new(bytes);
    for (index, entry) in archive.entries().map_err(broken)?.enumerate() {
        if index >= limits.max_entries {
            gatherer.fail(
                id,
                &ReadError::TooManyEntries {
                    limit: limits.max_entries,
                },
            );
            return Ok(());
        }
        // What follows a broken header cannot be found.
        let entry = entry.map_err(broken)?;
        let name = member_name(&entry.path_bytes());
        if !entry.header().entry_type().is_file() || !is_wanted(&name) {
            continue;
        }
        let member_id = format!("{id}/{name}");
        if !is_safe(&name) {
            gatherer.fail(&member_id, &ReadError::UnsafeName);
            continue;
        }
        let packed = entry.size();
        let bytes = unpack(entry, packed, "tar", &limits, &mut gatherer.unpacked);
        if !member(gatherer, &member_id, &name, bytes, depth) {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads a compressed tar archive, or a single compressed document.
///
/// # Errors
/// [`ReadError`] where it cannot be unpacked.
pub(crate) fn gzip(
    gatherer: &mut Gatherer<'_>,
    id: &str,
    bytes: &[u8],
    depth: usize,
) -> Result<(), ReadError> {
    let limits = gatherer.options.limits;
    check_depth(gatherer, depth)?;
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let stream = MultiGzDecoder::new(bytes);
    let inner = unpack(stream, packed, "gz", &limits, &mut gatherer.unpacked)?;
    if inner.get(257..262) == Some(b"ustar") {
        return tar(gatherer, id, &inner, depth);
    }
    let name = id.rsplit_once('.').map_or(id, |(name, _)| name);
    gatherer.document(id, name, &inner, depth + 1);
    Ok(())
}

fn check_depth(gatherer: &Gatherer<'_>, depth: usize) -> Result<(), ReadError> {
    let limit = gatherer.options.limits.max_depth;
    if depth >= limit {
        Err(ReadError::TooDeep { limit })
    } else {
        Ok(())
    }
}

/// Reads a member; tells whether the rest of the archive may be read too.
fn member(
    gatherer: &mut Gatherer<'_>,
    id: &str,
    name: &str,
    bytes: Result<Vec<u8>, ReadError>,
    depth: usize,
) -> bool {
    match bytes {
        Ok(bytes) => gatherer.document(id, name, &bytes, depth + 1),
        Err(error) => {
            gatherer.fail(id, &error);
            return !matches!(error, ReadError::Unpacked { .. });
        }
    }
    true
}

/// Archives made by Chinese Windows hold GBK names that say nothing about it.
fn member_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

fn is_wanted(name: &str) -> bool {
    let hidden = name
        .split(['/', '\\'])
        .any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."));
    !hidden && by_name(name).is_some()
}

fn is_safe(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']);
    let drive = name.get(1..2) == Some(":");
    !name.starts_with(['/', '\\']) && !drive && !parts.any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::read::{Content, Limits, Options, Reading, Source, open};

    fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn read(name: &str, bytes: &[u8], limits: Limits) -> Vec<String> {
        let folder = std::env::temp_dir().join(format!("fangzhi-archive-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let source = Source {
            id: name.to_owned(),
            content: Content::File(path.clone()),
        };
        let found = open(
            &source,
            &Options {
                limits,
                ..Options::default()
            },
        );
        std::fs::remove_file(&path).unwrap();
        let line = |found: Result<Reading, ontology::record::Diagnostic>| match found {
            Ok(reading) => format!("{} = {}", reading.id, reading.text),
            Err(diagnostic) => format!("{}: {}", diagnostic.document, diagnostic.message),
        };
        found.into_iter().map(line).collect()
    }

    #[test]
    fn members_are_read_and_the_bad_ones_named() {
        let inner = zipped(&[("乙.txt", "乙".as_bytes())]);
        let bytes = zipped(&[
            ("夹/甲.txt", "甲".as_bytes()),
            ("../b.txt", b"b"),
            ("c.png", b"c"),
            ("empty.txt", b""),
            ("d.zip", &inner),
        ]);
        let found = read("many.zip", &bytes, Limits::default());
        assert_eq!(found.len(), 4, "{found:#?}");
        assert_eq!(found[0], "many.zip/夹/甲.txt = 甲");
        assert!(found[1].starts_with("many.zip/../b.txt: has a name that leads out"));
        assert!(found[2].starts_with("many.zip/empty.txt: is empty"));
        assert_eq!(found[3], "many.zip/d.zip/乙.txt = 乙");
    }

    #[test]
    fn limits_hold() {
        let plain = zipped(&[("a.txt", b"a"), ("b.txt", b"b")]);
        let nested = zipped(&[("a.txt", b"a"), ("in.zip", &plain)]);
        let bomb = zipped(&[("a.txt", b"a"), ("bomb.txt", &vec![b'x'; 4 << 20])]);
        let limits = Limits {
            max_depth: 1,
            ..Limits::default()
        };
        assert!(read("nested.zip", &nested, limits)[1].contains("--max-depth"));
        let found = read("bomb.zip", &bomb, Limits::default());
        assert!(
            found[0].ends_with("= a") && found[1].contains("zip bomb"),
            "{found:?}"
        );
        let limits = Limits {
            max_entries: 1,
            ..Limits::default()
        };
        assert!(read("plain.zip", &plain, limits)[1].contains("--max-entries"));
        let limits = Limits {
            max_bytes: 10,
            ..Limits::default()
        };
        assert!(read("large.zip", &plain, limits)[0].contains("--max-bytes"));
        assert!(read("cut.zip", &plain[..40], Limits::default())[0].contains("broken zip"));
        assert!(
            read("none.zip", &zipped(&[("a.png", b"")]), Limits::default())[0]
                .contains("no document")
        );
    }

    #[test]
    fn compressed_tar_archives_and_files() {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(3);
        header.set_cksum();
        builder
            .append_data(&mut header, "夹/甲.txt", "甲".as_bytes())
            .unwrap();
        let bytes = builder.into_inner().unwrap();
        let packed = |bytes: &[u8]| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let all = Limits::default();
        assert_eq!(
            read("a.tar.gz", &packed(&bytes), all),
            ["a.tar.gz/夹/甲.txt = 甲"]
        );
        assert_eq!(
            read("a.tgz", &packed(&bytes), all),
            ["a.tgz/夹/甲.txt = 甲"]
        );
        assert_eq!(read("a.tar", &bytes, all), ["a.tar/夹/甲.txt = 甲"]);
        let table = "id,text\nx,甲\n";
        assert_eq!(read("t.csv.gz", &packed(table.as_bytes()), all), ["x = 甲"]);
    }

    #[test]
    fn names_are_decoded_and_judged() {
        let (gbk, _, _) = GB18030.encode("白山.txt");
        assert_eq!(member_name(&gbk), "白山.txt");
        assert!(is_wanted("a/b.TXT") && !is_wanted("__MACOSX/b.txt") && !is_wanted(".b.txt"));
        assert!(is_safe("a/b.txt") && !is_safe("/b.txt") && !is_safe("C:\\b.txt"));
    }
}
