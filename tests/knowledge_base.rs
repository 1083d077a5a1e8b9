//! A knowledge base that changes, is checked and exported: `add`, `remove`, `check`, `export`, `path`.
#![cfg(test)]

mod support;

use std::fs;
use std::path::Path;

use support::{example_kb, fangzhi, in_checkout};
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

#[test]
fn the_examples_pass_every_check() {
    let checks = fangzhi(["check", "--kb", example_kb()]).success();
    assert!(checks.lines().count() > 10, "{checks}");
    assert!(
        checks.lines().all(|line| line.starts_with("ok\t")),
        "{checks}"
    );
}

#[test]
fn a_damaged_knowledge_base_fails_its_check() {
    let folder = TempDir::new().unwrap();
    let kb = folder.path().join("kb").to_str().unwrap().to_owned();
    run("build", &kb, &[&corpus()[0]]);
    let records = fs::read_dir(Path::new(&kb).join("extractions")).unwrap();
    for record in records {
        let path = record.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(
            &path,
            text.replacen("\"surface\":\"", "\"surface\":\"他", 1),
        )
        .unwrap();
    }
    let check = fangzhi(["check", "--kb", &kb]);
    assert_eq!(check.code, 1, "{}", check.stderr);
    assert!(check.stdout.contains("1\tspans\t"), "{}", check.stdout);
}

/// Each format holds the whole graph, counted by what marks an item there.
#[test]
fn every_export_is_whole() {
    let folder = TempDir::new().unwrap();
    let info = fangzhi(["info", "--kb", example_kb()]).success();
    let counted = |name: &str| -> usize {
        let line = info.lines().find(|line| line.starts_with(name)).unwrap();
        line.rsplit('\t').next().unwrap().parse().unwrap()
    };
    let (documents, entities) = (counted("documents"), counted("entities"));
    let export =
        |format: &str| fangzhi(["export", "--kb", example_kb(), "--format", format]).success();
    for format in ["graphml", "gexf"] {
        let text = export(format);
        let nodes = text.matches("<node ").count();
        let posts = text.matches("id=\"post/").count();
        assert_eq!(nodes, entities + posts + documents, "{format}");
    }
    assert!(export("jsonld").starts_with("{\"@context\":"));
    assert!(export("geojson").contains("\"FeatureCollection\""));
    let [tables, neo4j] = ["csv", "neo4j"].map(|format| {
        let path = folder.path().join(format);
        let output = path.to_str().unwrap();
        fangzhi([
            "export",
            "--kb",
            example_kb(),
            "--format",
            format,
            "-o",
            output,
        ])
        .success();
        path
    });
    assert_eq!(fs::read_dir(tables).unwrap().count(), 9);
    assert!(neo4j.join("relationships.csv").is_file());
    // Several files need a folder.
    let refused = fangzhi(["export", "--kb", example_kb(), "--format", "csv"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("name a folder"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_path_has_its_quotes() {
    let path = fangzhi(["path", "--kb", example_kb(), "白山市", "白山市"]).success();
    assert_eq!(path, "白山市\n");
    let rows = fangzhi([
        "query",
        "--kb",
        example_kb(),
        "--format",
        "tsv",
        "SELECT ?a ?b WHERE { ?s fz:commemorates ?p . ?s skos:prefLabel ?a . ?p skos:prefLabel ?b } \
         ORDER BY ?a ?b LIMIT 1",
    ])
    .success();
    let row = rows.lines().nth(1).expect("a commemoration");
    let names: Vec<&str> = row
        .split('\t')
        .map(|cell| cell.split('"').nth(1).unwrap_or(cell))
        .collect();
    let [site, person] = names[..] else {
        panic!("two columns in {row}");
    };
    let path = fangzhi(["path", "--kb", example_kb(), site, person]).success();
    assert_eq!(path.lines().next(), Some(site), "{path}");
    assert!(path.contains("#char="), "{path}");
}
