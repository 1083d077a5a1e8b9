//! The command line's contract: exit codes, what goes to stdout and stderr, and one clear line for each kind of bad input.
#![cfg(test)]

mod support;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use support::{Run, example_kb, fangzhi, in_checkout};
use tempfile::TempDir;

const GOOD_TEXT: &str = "靖宇县位于吉林省白山市。全县有革命遗址93处。";

/// A folder for one test with one good document in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.write("good.txt", GOOD_TEXT.as_bytes());
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        fs::write(self.0.path().join(name), bytes).unwrap();
        self.path(name)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn build(&self, inputs: &[&str]) -> Run {
        let kb = self.path("kb");
        fangzhi(["build", "-q", "--kb", kb.as_str()].iter().chain(inputs))
    }

    /// Builds from the good document and `bad`, then from `bad` alone.
    #[track_caller]
    fn check_bad_document(&self, bad: &str) {
        let good = self.path("good.txt");
        let both = self.build(&[good.as_str(), bad]);
        assert_eq!(both.code, 1, "some documents failed: {both:?}");
        assert_eq!(both.stdout, "");
        assert_one_line_names(&both, bad);
        let digest = export(&self.path("kb"));
        let alone = self.build(&[bad]);
        assert_eq!(alone.code, 2, "nothing could be read: {alone:?}");
        assert_eq!(alone.stdout, "");
        assert_one_line_names(&alone, bad);
        assert_eq!(
            export(&self.path("kb")),
            digest,
            "the old knowledge base stays"
        );
    }
}

/// Gives the canonical form of a knowledge base.
fn export(kb: &str) -> String {
    let file = format!("{kb}.nq");
    fangzhi([
        "export",
        "--kb",
        kb,
        "--format",
        "nquads",
        "-o",
        file.as_str(),
    ])
    .success();
    fs::read_to_string(file).unwrap()
}

#[track_caller]
fn assert_one_line_names(run: &Run, path: &str) {
    let name = Path::new(path).file_name().unwrap().to_str().unwrap();
    let count = run
        .stderr
        .lines()
        .filter(|line| line.contains(name))
        .count();
    assert_eq!(count, 1, "one line names {name}: {}", run.stderr);
}

/// Asserts exit code 2, nothing on stdout, and one line on stderr that holds all of `parts`.
#[track_caller]
fn check_refused(arguments: &[&str], parts: &[&str]) {
    let run = fangzhi(arguments);
    assert_eq!(run.code, 2, "{run:?}");
    assert_eq!(run.stdout, "");
    assert_eq!(
        run.stderr.trim_end().lines().count(),
        1,
        "one clear line: {}",
        run.stderr
    );
    for part in parts {
        assert!(
            run.stderr.contains(part),
            "{part:?} is missing: {}",
            run.stderr
        );
    }
}

#[test]
fn a_missing_file() {
    let folder = Folder::new();
    folder.check_bad_document(&folder.path("not-there.txt"));
}

/// The kernel refuses to read this file even for root, for whom permissions do not count.
#[cfg(target_os = "linux")]
#[test]
fn an_unreadable_file() {
    Folder::new().check_bad_document("/proc/self/mem");
}

#[test]
fn an_empty_file() {
    let folder = Folder::new();
    folder.check_bad_document(&folder.write("empty.txt", b""));
}

#[test]
fn a_binary_file() {
    let folder = Folder::new();
    folder
        .check_bad_document(&folder.write("binary.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"));
}

#[test]
fn a_folder_without_documents() {
    let folder = Folder::new();
    let empty = folder.path("hollow");
    fs::create_dir(&empty).unwrap();
    folder.check_bad_document(&empty);
}

#[test]
fn build_makes_the_promised_files_and_prints_nothing_on_stdout() {
    let folder = Folder::new();
    let run = folder.build(&[folder.path("good.txt").as_str()]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    for file in ["kb/manifest.json", "kb/graph.nq.zst", "kb/extractions"] {
        assert!(Path::new(&folder.path(file)).exists(), "{file} is missing");
    }
}

#[test]
fn a_missing_knowledge_base() {
    let folder = Folder::new();
    let kb = folder.path("nowhere.kb");
    for command in [
        vec!["info", "--kb", &kb],
        vec!["show", "--kb", &kb, "白山市"],
        vec!["query", "--kb", &kb, "ASK {}"],
        vec!["compare", "--kb", &kb],
        vec!["dot", "--kb", &kb],
        vec![
            "export",
            "--kb",
            &kb,
            "--format",
            "nquads",
            "-o",
            "/dev/null",
        ],
    ] {
        check_refused(&command, &["nowhere.kb"]);
    }
}

#[test]
fn a_folder_that_is_no_knowledge_base() {
    let folder = Folder::new();
    let here = folder.path("");
    check_refused(&["info", "--kb", &here], &[here.trim_end_matches('/')]);
}

#[test]
fn a_knowledge_base_of_another_version() {
    let folder = Folder::new();
    folder.build(&[folder.path("good.txt").as_str()]).success();
    let path = folder.path("kb/manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    let mut manifest: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&text).unwrap();
    let mut changed = false;
    for (key, value) in &mut manifest {
        if key.contains("format") {
            *value = if value.is_number() {
                999.into()
            } else {
                "999".into()
            };
            changed = true;
        }
    }
    assert!(changed, "the manifest names its format: {text}");
    fs::write(&path, serde_json::to_string(&manifest).unwrap()).unwrap();
    check_refused(&["info", "--kb", &folder.path("kb")], &["999"]);
}

#[test]
fn a_bad_query_is_placed() {
    let bad = "SELECT ?s WHERE {\n  ?s a fz:Place .\n  ?s skos:prefLabel }";
    check_refused(&["query", "--kb", example_kb(), bad], &["3"]);
}

#[test]
fn an_update_is_refused() {
    let update = "INSERT DATA { <http://a.example/a> <http://a.example/b> 1 }";
    check_refused(&["query", "--kb", example_kb(), update], &[]);
}

#[test]
fn an_unknown_question_or_file() {
    check_refused(
        &["query", "--kb", example_kb(), "--name", "no-such-name"],
        &["no-such-name"],
    );
    check_refused(
        &["query", "--kb", example_kb(), "--file", "no-such.rq"],
        &["no-such.rq"],
    );
}

#[test]
fn an_ambiguous_region_lists_its_candidates() {
    let run = fangzhi(["compare", "--kb", example_kb(), "鼓楼区"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    // 南京, 徐州, 福州, 开封
    for code in ["320106", "320302", "350102", "410204"] {
        assert!(
            run.stderr.contains(code),
            "{code} is missing: {}",
            run.stderr
        );
    }
}

#[test]
fn an_unknown_region() {
    check_refused(&["compare", "--kb", example_kb(), "乌有市"], &["乌有市"]);
}

#[test]
fn wrong_usage() {
    for arguments in [
        vec![],
        vec!["no-such-command"],
        vec!["build"],
        vec![
            "query",
            "--kb",
            example_kb(),
            "--format",
            "no-such-format",
            "ASK {}",
        ],
    ] {
        let run = fangzhi(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
        assert!(
            run.stdout.is_empty() && !run.stderr.is_empty(),
            "{arguments:?}: {run:?}"
        );
    }
}

#[test]
fn results_go_to_stdout() {
    let kb = example_kb();
    let query = "SELECT ?file WHERE { ?d a fz:Document ; fz:fileName ?file } ORDER BY ?file";
    let csv = fangzhi(["query", "--kb", kb, "--format", "csv", query]).success();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.first(), Some(&"file"));
    assert_eq!(lines.len(), 1 + corpus_files().len());
    for command in [
        vec!["info", "--kb", kb],
        vec!["show", "--kb", kb, "白山市"],
        vec!["show", "--kb", kb, "220600"],
        vec!["compare", "--kb", kb, "--format", "md"],
        vec!["dot", "--kb", kb, "--limit", "20"],
        vec!["query", "--kb", kb, "--list"],
        vec!["completions", "bash"],
        vec!["man"],
        vec!["man", "eval"],
        vec!["--help"],
        vec!["--version"],
    ] {
        assert_ne!(fangzhi(&command).success().trim(), "", "{command:?}");
    }
}

#[test]
fn every_result_format_is_written() {
    let kb = example_kb();
    let select = "SELECT ?s WHERE { ?s a fz:Document } ORDER BY ?s";
    let construct = "CONSTRUCT { ?s a fz:Document } WHERE { ?s a fz:Document }";
    for (format, query, part) in [
        ("table", select, "s"),
        ("csv", select, "s"),
        ("tsv", select, "?s"),
        ("json", select, "\"bindings\""),
        ("xml", select, "<sparql"),
        ("turtle", construct, "Document"),
        (
            "ntriples",
            construct,
            "<https://w3id.org/fangzhi/ontology#Document>",
        ),
    ] {
        let answer = fangzhi(["query", "--kb", kb, "--format", format, query]).success();
        assert!(answer.contains(part), "{format}: {answer}");
    }
    for (format, part) in [
        ("html", "</html>"),
        ("md", "|"),
        ("csv", ","),
        ("json", "{"),
    ] {
        let report = fangzhi(["compare", "--kb", kb, "--format", format]).success();
        assert!(report.contains(part), "{format}: {report}");
    }
}

#[test]
fn a_workbook_a_population_and_the_schema_are_written() {
    let (folder, kb) = (Folder::new(), example_kb());
    let people = folder.path("people.csv");
    fs::write(&people, "地区,人口\n220600,951866\n延边州\t194.2万\n").unwrap();
    let book = folder.path("report.xlsx");
    fangzhi(["compare", "--kb", kb, "--population", &people, "-o", &book]).success();
    assert!(fs::read(&book).unwrap().starts_with(b"PK"));
    let json = [
        "compare",
        "--kb",
        kb,
        "--population",
        &people,
        "--format",
        "json",
    ];
    assert!(fangzhi(json).success().contains("\"population\": 1942000"));
    fs::write(&people, "220600,951866\n延边州,许多\n").unwrap();
    check_refused(&json, &["people.csv:2", "许多"]);
    assert!(
        fangzhi(["compare", "--json-schema"])
            .success()
            .contains("\"$schema\"")
    );
}

#[test]
fn indicators_are_listed_with_the_reason() {
    let kb = example_kb();
    let csv = fangzhi(["indicators", "--kb", kb, "red_sites", "--format", "csv"]).success();
    assert!(
        csv.contains("red_sites,") && csv.contains(",by-wording,"),
        "{csv}"
    );
    let own = fangzhi(["indicators", "--kb", kb, "own", "--format", "csv"]).success();
    assert!(
        own.lines().skip(1).all(|line| line.contains(",own,")),
        "{own}"
    );
    assert!(
        fangzhi(["indicators", "--scheme"])
            .success()
            .contains("skos:ConceptScheme")
    );
}

#[test]
fn a_report_goes_to_the_named_file() {
    let folder = Folder::new();
    let path = folder.path("report.html");
    let out = fangzhi([
        "compare",
        "--kb",
        example_kb(),
        "220600",
        "延边州",
        "-o",
        &path,
    ])
    .success();
    assert_eq!(out, "");
    assert!(fs::read_to_string(path).unwrap().contains("白山市"));
}

#[test]
fn the_knowledge_base_is_taken_from_the_environment() {
    let status = Command::new(env!("CARGO_BIN_EXE_fangzhi"))
        .arg("info")
        .env("FANGZHI_KB", example_kb())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}

/// The answer is far larger than a pipe holds, so a write meets the closed end.
#[test]
fn a_broken_pipe_is_success() {
    let query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }";
    let mut child = Command::new(env!("CARGO_BIN_EXE_fangzhi"))
        .args(["query", "--kb", example_kb(), "--format", "ntriples", query])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert!(child.wait().unwrap().success(), "{stderr}");
    assert_eq!(stderr, "");
}

fn corpus_files() -> Vec<PathBuf> {
    let entries = fs::read_dir(in_checkout("examples/corpus")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect()
}
