//! `--pack` through the binary: the worked example, and packs that cannot be used.
#![cfg(test)]

#[expect(dead_code, reason = "other tests use the example knowledge base")]
mod support;

use std::fs;

use serde_json::Value;
use support::{fangzhi, in_checkout};
use tempfile::TempDir;

/// Extracts the example's document; gives its mentions as `surface class`.
fn extracted(options: &[&str]) -> Vec<String> {
    let document = in_checkout("examples/pack/document.txt");
    let arguments = ["extract", "-q", document.to_str().unwrap()];
    let run = fangzhi(arguments.iter().chain(options)).success();
    let record: Value = serde_json::from_str(&run).unwrap();
    let mentions = record["mentions"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    mentions
        .iter()
        .map(|mention| format!("{} {}", text(&mention["surface"]), text(&mention["class"])))
        .collect()
}

/// What only the pack knows.
const NAMES: [&str; 7] = [
    "枫香坳 RedSite",
    "十八盘老屋 RedSite",
    "红枫讲解社 Organization",
    "高峰 Person",
    "三棵树下说家史 Program",
    "枫叶家书 Work",
    "老柏队长 Person",
];

#[test]
fn the_example_pack_adds_a_countys_names() {
    let pack = in_checkout("examples/pack");
    let (without, with) = (
        extracted(&[]),
        extracted(&["--pack", pack.to_str().unwrap()]),
    );
    for name in NAMES {
        assert!(
            !without.iter().any(|found| found == name),
            "{name}: {without:?}"
        );
        assert!(with.iter().any(|found| found == name), "{name}: {with:?}");
    }
    let company = |found: &[String]| found.iter().any(|name| name.contains("飞鸟工程"));
    assert!(company(&without) && !company(&with), "{without:?} {with:?}");
}

#[test]
fn a_pack_and_its_digest_stand_in_the_graph() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let [pack, document] = ["examples/pack", "examples/pack/document.txt"].map(in_checkout);
    let (kb, out) = (path("kb"), path("graph.nq"));
    let [pack, document] = [&pack, &document].map(|path| path.to_str().unwrap());
    fangzhi(["build", "-q", "--kb", &kb, "--pack", pack, document]).success();
    let shown = fangzhi(["show", "--kb", &kb, "枫香坳哨口"]).success();
    assert!(
        shown.contains("枫香坳") && shown.contains("绩溪县"),
        "{shown}"
    );
    fangzhi(["export", "--kb", &kb, "--format", "nquads", "-o", &out]).success();
    let graph = fs::read_to_string(out).unwrap();
    assert!(graph.contains("/software/pack/pack>"));
}

#[test]
fn a_pack_that_cannot_be_used() {
    let folder = TempDir::new().unwrap();
    let document = in_checkout("examples/pack/document.txt");
    let document = document.to_str().unwrap();
    let check = |pack: &str, part: &str| {
        for command in ["extract", "build"] {
            let run = fangzhi([command, "--pack", pack, document]);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
            assert_eq!(run.stderr.trim_end().lines().count(), 1, "{}", run.stderr);
            assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
        }
    };
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    check(&path("nowhere"), "nowhere");
    fs::create_dir_all(folder.path().join("bad/person")).unwrap();
    check(&path("bad"), "the pack holds no list");
    let row = "#! title: 试\n#! source: 自编\n#! version: 1\n#! licence: CC0-1.0\n#! columns: name\taliases\n柏松年\n";
    fs::write(folder.path().join("bad/person/figures.tsv"), row).unwrap();
    check(
        &path("bad"),
        "figures.tsv:6: 1 fields where there are 2 columns: \"柏松年\"",
    );
    fs::write(folder.path().join("bad/person/figures.tsv"), b"\xff\xfe").unwrap();
    check(&path("bad"), "figures.tsv");
}
