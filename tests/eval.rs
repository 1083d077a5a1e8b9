//! `fangzhi eval`: figures on stdout, and one clear line for each kind of bad answers.
#![cfg(test)]

#[expect(dead_code, reason = "other tests use the example knowledge base")]
mod support;

use std::fs;

use serde_json::Value;
use support::{Run, fangzhi};
use tempfile::TempDir;

const TEXT: &str = "靖宇县红色资源概况\n靖宇县隶属吉林省白山市。靖宇县有革命遗址93处。";

const GOLD: &str = r#"{"doc": "a", "about": "220622",
  "entities": [
    {"id": "a1", "type": "Place", "name": "靖宇县", "adcode": "220622"},
    {"id": "a2", "type": "Place", "name": "白山市", "adcode": "220600"},
    {"id": "a3", "type": "Place", "name": "吉林省", "adcode": "220000"},
    {"id": "p1", "type": "Person", "name": "乌有氏"}],
  "relations": [],
  "observations": [{"quote": "革命遗址93处", "indicator": "革命遗址", "keywords": ["革命遗址"], "value": 93, "unit": "处",
    "qualifier": "exact", "area": "220622", "period": null, "concept": "red_sites"}]}"#;

/// A folder with one document and the gold files of a test.
struct Folder(TempDir);

impl Folder {
    fn with_gold(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        fs::write(folder.0.path().join("a.txt"), TEXT).unwrap();
        fs::create_dir(folder.0.path().join("gold")).unwrap();
        for (name, text) in files {
            fs::write(folder.0.path().join("gold").join(name), text).unwrap();
        }
        folder
    }

    /// Evaluates the document; with further options.
    fn eval(&self, options: &[&str]) -> Run {
        let [gold, text] = ["gold", "a.txt"].map(|name| self.0.path().join(name));
        let [gold, text] = [&gold, &text].map(|path| path.to_str().unwrap());
        fangzhi(
            ["eval", "--gold", gold, text]
                .into_iter()
                .chain(options.iter().copied()),
        )
    }

    /// Asserts that these answers are refused with one line that holds all of `parts`.
    #[track_caller]
    fn check_refused(&self, parts: &[&str]) {
        let run = self.eval(&[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert_eq!(run.stderr.trim_end().lines().count(), 1, "{}", run.stderr);
        for part in parts {
            assert!(
                run.stderr.contains(part),
                "{part} is missing: {}",
                run.stderr
            );
        }
    }
}

#[test]
fn figures_go_to_stdout_in_both_forms() {
    let folder = Folder::with_gold(&[("a.json", GOLD)]);
    let json = folder.eval(&["--format", "json"]).success();
    let figures: Value = serde_json::from_str(&json).unwrap();
    for (path, expected) in [
        ("/by_type/Place/f1", 1.0),
        ("/by_type/Person/fn", 1.0),
        ("/by_type/Person/f1", 0.0),
        ("/observations_full/tp", 1.0),
        ("/about", 1.0),
        ("/place_linking", 1.0),
        ("/confusion/Person/none", 1.0),
        ("/confusion/Place/Place", 3.0),
    ] {
        let number = figures.pointer(path).and_then(Value::as_f64);
        assert_eq!(number, Some(expected), "{path}: {json}");
    }
    assert_eq!(figures.get("errors"), None);
    let table = folder.eval(&[]).success();
    assert!(
        table.contains("Place") && table.contains("1.000"),
        "{table}"
    );
    assert!(!table.contains("乌有氏"), "{table}");
}

#[test]
fn mistakes_are_listed_on_demand() {
    let folder = Folder::with_gold(&[("a.json", GOLD)]);
    let table = folder.eval(&["--errors"]).success();
    let line = table.lines().find(|line| line.contains("乌有氏")).unwrap();
    assert!(line.starts_with("a - Person"), "{line}");
    let json = folder.eval(&["--errors", "--format", "json"]).success();
    let figures: Value = serde_json::from_str(&json).unwrap();
    let errors = figures["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{json}");
    assert_eq!(errors[0]["kind"], "missing");
}

#[test]
fn gold_for_an_unknown_document_is_named_and_counts_as_missing() {
    let other = GOLD.replace(r#""doc": "a""#, r#""doc": "乌有""#);
    let folder = Folder::with_gold(&[("a.json", GOLD), ("b.json", &other)]);
    let run = folder.eval(&["--format", "json"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("乌有"), "{}", run.stderr);
    let figures: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(figures["by_type"]["Place"]["fn"], 3);
    assert_eq!(figures["absent"][0], "乌有");
    Folder::with_gold(&[("b.json", &other)]).check_refused(&["no document", "乌有"]);
}

#[test]
fn missing_gold() {
    Folder::with_gold(&[]).check_refused(&["gold", "no gold file"]);
    let folder = Folder::with_gold(&[]);
    fs::remove_dir(folder.0.path().join("gold")).unwrap();
    folder.check_refused(&["gold", "cannot be read"]);
}

#[test]
fn broken_gold_names_file_and_fault() {
    for (from, to, part) in [
        ("\"Person\"", "\"Nobody\"", "Nobody"),
        ("\"value\": 93", "\"value\": \"93\"", "line 8"),
        ("\"p1\"", "\"a1\"", "a1"),
        ("[],", "[[\"a1\", \"locatedIn\", \"a9\"]],", "a9"),
        ("{\"doc\"", "[\"doc\"", "line 1"),
    ] {
        assert!(GOLD.contains(from));
        let broken = GOLD.replacen(from, to, 1);
        Folder::with_gold(&[("a.json", &broken)]).check_refused(&["a.json", part]);
    }
}

#[test]
fn a_document_that_cannot_be_read() {
    let folder = Folder::with_gold(&[("a.json", GOLD)]);
    let gone = folder.0.path().join("gone.txt");
    let run = folder.eval(&[gone.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("gone.txt"), "{}", run.stderr);
    assert!(run.stdout.contains("Place"), "{}", run.stdout);
}
