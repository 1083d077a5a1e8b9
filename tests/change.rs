//! `add` and `remove`: what they leave is what a clean build of the same documents leaves.
#![cfg(test)]

mod support;

use std::fs;
use std::path::Path;

use support::{fangzhi, in_checkout};
use tempfile::TempDir;

/// Gives the example documents, sorted.
fn corpus() -> Vec<String> {
    let entries = fs::read_dir(in_checkout("examples/corpus")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path().to_str().unwrap().to_owned());
    let mut paths: Vec<String> = paths.filter(|path| path.ends_with(".txt")).collect();
    paths.sort();
    paths
}

fn run(command: &str, kb: &str, rest: &[&str]) {
    let arguments = [command, "-q", "--kb", kb];
    fangzhi(arguments.iter().chain(rest)).success();
}

/// Every line of the canonical form.
fn quads(kb: &str) -> String {
    fangzhi(["export", "--kb", kb, "--format", "nquads"]).success()
}

#[test]
fn added_replaced_and_removed_is_rebuilt() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (kb, clean) = (path("kb"), path("clean"));
    let corpus = corpus();
    let corpus: Vec<&str> = corpus.iter().map(String::as_str).take(4).collect();
    let [one, two, three, four] = corpus[..] else {
        panic!("four examples");
    };
    let name = |path: &str| {
        Path::new(path)
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    };

    run("build", &kb, &[one, two]);
    run("add", &kb, &[three]);
    run("build", &clean, &[one, two, three]);
    assert!(quads(&kb) == quads(&clean), "after adding");

    // The content of another document under the name of the first.
    let changed = path(&name(one));
    fs::copy(four, &changed).unwrap();
    run("add", &kb, &[&changed]);
    run("build", &clean, &[&changed, two, three]);
    assert!(quads(&kb) == quads(&clean), "after replacing");

    run("remove", &kb, &[&name(two)]);
    run("build", &clean, &[&changed, three]);
    assert!(quads(&kb) == quads(&clean), "after removing");
}

#[test]
fn what_cannot_be_done_says_so() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let kb = path("kb");
    let first = &corpus()[0];
    let add = fangzhi(["add", "--kb", &kb, first]);
    assert_eq!(add.code, 2, "{}", add.stderr);
    assert!(
        add.stderr.contains("there is no knowledge base"),
        "{}",
        add.stderr
    );
    run("build", &kb, &[first]);
    let before = quads(&kb);
    let remove = fangzhi(["remove", "--kb", &kb, "nothing.txt"]);
    assert_eq!(remove.code, 2, "{}", remove.stderr);
    assert!(
        remove.stderr.contains("has no document nothing.txt"),
        "{}",
        remove.stderr
    );
    // One document of two cannot be read: the other one is in, the exit code says so.
    let broken = path("broken.pdf");
    fs::write(&broken, "%PDF-1.7\n").unwrap();
    let add = fangzhi(["add", "--kb", &kb, &broken, first]);
    assert_eq!(add.code, 1, "{}", add.stderr);
    assert!(quads(&kb) == before, "the same documents as before");
}
