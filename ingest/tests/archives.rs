//! Archives: every member is read or named with what ails it, and the limits hold.
#![cfg(test)]

use std::fs;
use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use ingest::read::{Limits, Options, Reading, collect, open_bytes};
use ontology::record::Diagnostic;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Begins Microsoft's files of before 2007.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads bytes under a name: `id = text` of each document, `id: message` of each fault.
fn read(name: &str, bytes: &[u8], limits: Limits) -> Vec<String> {
    let options = Options {
        limits,
        ..Options::default()
    };
    let line = |found: Result<Reading, Diagnostic>| match found {
        Ok(reading) => format!("{} = {}", reading.id, reading.text),
        Err(fault) => format!("{}: {}", fault.document, fault.message),
    };
    let found = open_bytes(name, bytes, &options);
    found.into_iter().map(line).collect()
}

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

/// Packs whatever name it is given, unlike the library that writes archives.
fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.as_ustar_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(u64::try_from(bytes.len()).unwrap());
        header.set_cksum();
        archive.extend(header.as_bytes());
        archive.extend(*bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1024, 0);
    archive
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
    let large = zipped(&[("a.txt", b"more than ten")]);
    assert!(read("large.zip", &large, limits)[0].contains("--max-bytes"));
    assert!(read("cut.zip", &plain[..40], Limits::default())[0].contains("broken zip"));
    assert!(
        read("none.zip", &zipped(&[("a.png", b"")]), Limits::default())[0].contains("no document")
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
fn documents_of_kinds_that_are_not_read_are_named_in_folders_and_archives() {
    let presentation = zipped(&[("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")]);
    let open_text = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
    let open_table = zipped(&[(
        "mimetype",
        b"application/vnd.oasis.opendocument.spreadsheet",
    )]);
    let fixed = zipped(&[("OFD.xml", b"<ofd:OFD/>")]);
    let unread: [(&str, &[u8], &str); 15] = [
        ("a.doc", COMPOUND, "save it as .docx or PDF"),
        ("b.XLS", COMPOUND, "save it as .xlsx"),
        ("c.ppt", COMPOUND, "save it as PDF"),
        ("d.rtf", b"{\\rtf1 \\'b0}", "save it as .docx or PDF"),
        ("e.wps", COMPOUND, "save it as .docx or PDF"),
        ("f.et", COMPOUND, "save it as .xlsx"),
        ("g.dps", COMPOUND, "save it as PDF"),
        ("h.pptx", &presentation, "save it as PDF"),
        ("i.odt", &open_text, "save it as .docx or PDF"),
        ("j.ods", &open_table, "save it as .xlsx"),
        ("k.ofd", &fixed, "save it as PDF with a text layer"),
        ("l.mht", b"MIME-Version: 1.0\r\n", ".html"),
        ("m.rar", b"Rar!\x1A\x07\0", "pack it as .zip"),
        ("n.caj", b"CAJ\0\x01", "save it as PDF"),
        ("o.zst", b"\x28\xB5\x2F\xFD\x04", "pack it as .zip"),
    ];
    let folder = TempDir::new().unwrap();
    let mut members = vec![("p.txt", "白山".as_bytes())];
    members.extend(unread.iter().map(|&(name, bytes, _)| (name, bytes)));
    for (name, bytes) in &members {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let found = collect(&[folder.path().to_owned()]);
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
    assert_eq!(found.sources.len(), members.len(), "{:?}", found.sources);
    let in_archive = read("all.zip", &zipped(&members), Limits::default());
    assert_eq!(in_archive.len(), members.len(), "{in_archive:#?}");
    assert_eq!(in_archive[0], "all.zip/p.txt = 白山");
    for ((name, bytes, remedy), packed) in unread.iter().zip(&in_archive[1..]) {
        let alone = read(name, bytes, Limits::default());
        assert_eq!(alone.len(), 1, "{alone:?}");
        assert!(
            alone[0].starts_with(name) && alone[0].contains(remedy),
            "{alone:?}"
        );
        assert_eq!(*packed, format!("all.zip/{}", alone[0]));
    }
}

#[test]
fn a_stray_member_does_not_make_an_archive_a_workbook() {
    let members = zipped(&[("xl/workbook.bin", b""), ("a.txt", "白山".as_bytes())]);
    let found = read("a.zip", &members, Limits::default());
    assert_eq!(found, ["a.zip/a.txt = 白山"]);
}

#[test]
fn members_that_lead_out_of_an_archive_are_named_and_the_others_read() {
    let names = [
        "../up.txt",
        "a/../../up.txt",
        "/etc/root.txt",
        "C:\\drive.txt",
        "..\\back.txt",
        "good.txt",
    ];
    let members: Vec<(&str, &[u8])> = names.map(|name| (name, "白山".as_bytes())).to_vec();
    for (archive, bytes) in [("a.zip", zipped(&members)), ("a.tar", tarred(&members))] {
        let found = read(archive, &bytes, Limits::default());
        assert_eq!(found.len(), names.len(), "{found:#?}");
        for (name, message) in names.iter().zip(&found).take(5) {
            assert!(
                message.starts_with(&format!("{archive}/{name}: has a name that leads out")),
                "{message}"
            );
        }
        assert_eq!(found[5], format!("{archive}/good.txt = 白山"));
    }
}
