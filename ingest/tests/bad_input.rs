//! A document that cannot be read ends in one line that names it and the remedy; the others are read.
#![cfg(test)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use ingest::read::{Content, Limits, Options, Source, collect, open};
use tempfile::TempDir;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// Reads a file: texts, and diagnostics as `name: message`.
fn read(path: &Path, options: &Options) -> Vec<Result<String, String>> {
    let id = path.file_name().unwrap().to_string_lossy().into_owned();
    let source = Source {
        id,
        content: Content::File(path.to_owned()),
    };
    let found = open(&source, options).into_iter();
    let line = |found: Result<_, ontology::record::Diagnostic>| {
        found.map_err(|fault| format!("{}: {}", fault.document, fault.message))
    };
    found
        .map(|found| line(found.map(|reading: ingest::read::Reading| reading.text)))
        .collect()
}

fn fault(path: &Path, options: &Options) -> String {
    let mut found = read(path, options);
    assert_eq!(found.len(), 1, "{}", path.display());
    found.remove(0).unwrap_err()
}

/// Begins Microsoft's files of before 2007, and those that a password protects.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

#[test]
fn each_fault_names_the_document_and_the_remedy() {
    let folder = TempDir::new().unwrap();
    let docx = fs::read(fixture("article.docx")).unwrap();
    let pdf = fs::read(fixture("writer.pdf")).unwrap();
    let mut sealed = COMPOUND.to_vec();
    sealed.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let cases: [(&str, Vec<u8>, &str); 13] = [
        ("empty.txt", Vec::new(), "empty.txt: is empty"),
        (
            "blank.html",
            b"<html><body></body></html>".to_vec(),
            "is empty",
        ),
        ("nul.txt", vec![0; 100_000], "is a binary file"),
        (
            "noise.txt",
            (0..20_000_u32)
                .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0])
                .collect(),
            "binary file",
        ),
        (
            "sealed.docx",
            sealed,
            "is encrypted; save it without password",
        ),
        (
            "old.docx",
            COMPOUND.to_vec(),
            "an old Office file (.doc, .xls, .ppt); save it as .docx",
        ),
        ("cut.docx", docx[..docx.len() / 2].to_vec(), "broken"),
        ("cut.pdf", pdf[..600].to_vec(), "broken pdf"),
        (
            "picture.pdf",
            b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec(),
            "is a picture",
        ),
        ("table.csv", "甲,乙\n1,2\n".into(), "--columns text="),
        ("list.json", "[1, 2]".into(), "--columns text="),
        ("broken.json", "{\"text\":".into(), "broken json"),
        (
            "row.csv",
            "标题,正文\n甲,\n".into(),
            "row.csv#row=2: has no text",
        ),
    ];
    for (name, bytes, expected) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let message = fault(&path, &Options::default());
        assert!(message.contains(expected), "{name}: {message}");
        assert!(
            message.starts_with(name) && !message.contains('\n'),
            "{message}"
        );
    }
    assert!(fault(&folder.path().join("none.txt"), &Options::default()).contains("check the path"));
}

#[test]
fn a_huge_file_is_not_read() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("huge.txt");
    File::create(&path).unwrap().set_len(1 << 40).unwrap();
    assert!(fault(&path, &Options::default()).contains("--max-bytes"));
    let limits = Limits {
        max_bytes: 100,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    assert!(fault(&fixture("article-utf8.txt"), &options).contains("--max-bytes"));
    let limits = Limits {
        max_pages: 1,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    assert!(fault(&fixture("writer.pdf"), &options).contains("--max-pages"));
}

#[test]
fn encrypted_pdfs_are_told_and_those_without_password_read() {
    assert!(fault(&fixture("locked.pdf"), &Options::default()).contains("is encrypted"));
    let found = read(&fixture("restricted.pdf"), &Options::default());
    assert!(
        found[0].as_ref().is_ok_and(|text| text.contains("2021")),
        "{found:?}"
    );
}

#[test]
fn lying_extensions_get_the_right_reader() {
    let folder = TempDir::new().unwrap();
    let plain = read(&fixture("article-utf8.txt"), &Options::default());
    for (original, name) in [
        ("article.docx", "a.txt"),
        ("writer.pdf", "a.docx"),
        ("article-utf8.html", "a.doc"),
        ("article.zip", "a.pdf"),
        ("article.epub", "a.zip"),
        ("article-gb18030.txt", "a.docx"),
    ] {
        let path = folder.path().join(name);
        fs::copy(fixture(original), &path).unwrap();
        for found in read(&path, &Options::default()) {
            let text = found.unwrap();
            let first = plain[0].as_ref().unwrap().lines().next().unwrap();
            assert_eq!(text.lines().next(), Some(first), "{original} as {name}");
        }
    }
}

#[test]
fn a_document_that_only_has_an_old_name_is_read() {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in [
        ("a.doc", "白山".as_bytes()),
        ("b.rtf", "白山".as_bytes()),
        (
            "c.xls",
            b"<html><body><p>\xB0\xD7\xC9\xBD</p></body></html>",
        ),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let found = read(&path, &Options::default());
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0].as_deref().map(str::trim), Ok("白山"), "{name}");
    }
}

#[test]
fn options_say_encoding_and_columns() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.csv");
    fs::write(&path, b"t,x\n\xB0\xD7\xC9\xBD,\xB0\xD7\n").unwrap();
    let mut options = Options::default();
    options.set_columns("text=t").unwrap();
    options.set_encoding("gbk").unwrap();
    assert_eq!(read(&path, &options), [Ok("白山".to_owned())]);
}

#[test]
fn folders_are_searched_for_every_format() {
    let found = collect(&[fixture("")]);
    let formats = [
        "txt", "md", "html", "pdf", "docx", "xlsx", "csv", "json", "jsonl", "epub", "zip", "gz",
    ];
    for format in formats {
        assert!(
            found
                .sources
                .iter()
                .any(|source| source.id.ends_with(format)),
            "{format}"
        );
    }
    assert!(
        found
            .sources
            .iter()
            .all(|source| !source.id.ends_with(".py"))
    );
}

/// Damages every fixture in many ways; reading must end, whatever it finds.
#[test]
fn nothing_panics_on_damaged_files() {
    let folder = TempDir::new().unwrap();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(below.max(1)).unwrap()).unwrap()
    };
    for source in collect(&[fixture("")]).sources {
        let Content::File(file) = &source.content else {
            continue;
        };
        let original = fs::read(file).unwrap();
        let path = folder.path().join(&source.id);
        for round in 0..12 {
            let mut bytes = original.clone();
            match round % 3 {
                0 => bytes.truncate(next(original.len())),
                1 => (0..20)
                    .for_each(|_| bytes[next(original.len())] = u8::try_from(next(256)).unwrap()),
                _ => {
                    let (from, to) = (next(bytes.len()), next(bytes.len()));
                    bytes.drain(from.min(to)..from.max(to));
                }
            }
            fs::write(&path, &bytes).unwrap();
            let found = read(&path, &Options::default());
            assert!(!found.is_empty(), "{}", source.id);
        }
    }
}
