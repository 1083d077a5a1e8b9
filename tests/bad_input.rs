//! A folder with every kind of bad document in it: each is named once, the good ones are in the
//! knowledge base, the exit code is 1.
#![cfg(test)]

#[expect(
    dead_code,
    reason = "nothing is asked of the example knowledge base here"
)]
mod support;

use std::fs::{self, File};
use std::path::Path;

use support::{fangzhi, in_checkout};
use tempfile::TempDir;

const GOOD: &str = "靖宇县位于吉林省白山市。全县有革命遗址93处。";

/// Begins Microsoft's files of before 2007, and those that a password protects.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Writes the folder; gives what stderr must say of each bad document.
fn fill(folder: &Path) -> Vec<(&'static str, &'static str)> {
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    let fixtures = in_checkout("ingest/tests/fixtures");
    write("good.txt", GOOD.as_bytes());
    fs::copy(fixtures.join("article.docx"), folder.join("word.txt")).unwrap();
    write("nul.txt", &[0; 1 << 20]);
    File::create(folder.join("sparse.txt"))
        .unwrap()
        .set_len(1 << 30)
        .unwrap();
    fs::copy(fixtures.join("locked.pdf"), folder.join("locked.pdf")).unwrap();
    let name = "EncryptedPackage";
    let sealed: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    write("sealed.docx", &[COMPOUND, &sealed].concat());
    write("old.doc", COMPOUND);
    write("old.xls", COMPOUND);
    write("rich.rtf", b"{\\rtf1}");
    let pdf = fs::read(fixtures.join("writer.pdf")).unwrap();
    write("cut.pdf", &pdf[..600]);
    let text = "临江市位于吉林省。";
    let members = ["../out.txt", "in.txt"].map(|name| member(name, text.as_bytes()));
    write("pack.tar", &members.concat());
    vec![
        ("nul.txt", "is a binary file"),
        ("sparse.txt", "--max-bytes"),
        ("locked.pdf", "is encrypted"),
        ("sealed.docx", "is encrypted"),
        ("old.doc", "save it as .docx"),
        ("old.xls", "save it as .xlsx"),
        ("rich.rtf", "save it as .docx"),
        ("cut.pdf", "broken pdf"),
        ("out.txt", "leads out of its archive"),
    ]
}

/// One member of a tar archive, whatever its name.
fn member(name: &str, content: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    let mut put = |at: usize, text: &str| {
        header[at..at + text.len()].copy_from_slice(text.as_bytes());
    };
    put(0, name);
    put(124, &format!("{:011o}", content.len()));
    put(148, "        0");
    put(257, "ustar\x0000");
    let sum: u32 = header.iter().copied().map(u32::from).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    header.extend(content);
    header.resize(header.len().next_multiple_of(512), 0);
    header
}

#[test]
fn a_folder_of_bad_documents_loses_no_good_one() {
    let folder = TempDir::new().unwrap();
    let inputs = folder.path().join("in");
    fs::create_dir(&inputs).unwrap();
    let mut bad = fill(&inputs);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&inputs, inputs.join("circle")).unwrap();
        bad.push(("circle", "is a link to a folder above it"));
    }
    let kb = folder.path().join("kb");
    let (kb, inputs) = (kb.to_str().unwrap(), inputs.to_str().unwrap());
    let run = fangzhi(["build", "-q", "--kb", kb, inputs]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for (name, message) in bad {
        let lines = run.stderr.lines().filter(|line| line.contains(name));
        let lines: Vec<_> = lines.collect();
        assert_eq!(lines.len(), 1, "{name}: {}", run.stderr);
        assert!(lines[0].contains(message), "{name}: {}", lines[0]);
    }
    let graph = fangzhi(["export", "--kb", kb, "--format", "nquads"]).success();
    for place in ["靖宇县", "洪湖市", "临江市"] {
        assert!(graph.contains(place), "{place} is lost");
    }
}
