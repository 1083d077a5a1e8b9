//! The ready-made questions and the example queries, asked on `examples/corpus`: `tests/queries/*.toml` say what must come out.
#![cfg(test)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use support::{example_kb, fangzhi, in_checkout};

/// What one question must answer. The file's name is the question's name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    /// An example query, as a path in the checkout; without it the ready-made question of the file's name is asked.
    file: Option<String>,
    /// All columns, in order.
    columns: Vec<String>,
    /// The least number of rows.
    min_rows: usize,
    /// Rows that must be there: column to text, columns that are left out may hold anything.
    #[serde(default)]
    contains: Vec<BTreeMap<String, String>>,
}

/// Columns and rows of an answer; an unbound cell is missing from its row.
struct Answer {
    columns: Vec<String>,
    rows: Vec<BTreeMap<String, String>>,
}

/// Gives the names of the files in a folder, without extension.
fn stems(folder: &str, extension: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(in_checkout(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|found| found == extension));
    files
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

fn check_of(name: &str) -> Check {
    let path = in_checkout(&format!("tests/queries/{name}.toml"));
    toml::from_str(&fs::read_to_string(&path).unwrap())
        .unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

/// Asks for JSON, gives the raw answer.
fn ask(name: &str, check: &Check) -> String {
    let (option, value) = match &check.file {
        Some(file) => ("--file", in_checkout(file).to_str().unwrap().to_owned()),
        None => ("--name", name.to_owned()),
    };
    fangzhi([
        "query",
        "--kb",
        example_kb(),
        "--format",
        "json",
        option,
        &value,
    ])
    .success()
}

fn parse(json: &str) -> Answer {
    let value: Value = serde_json::from_str(json).unwrap();
    let columns = value["head"]["vars"].as_array().unwrap().iter();
    let rows = value["results"]["bindings"].as_array().unwrap().iter();
    Answer {
        columns: columns
            .map(|column| column.as_str().unwrap().to_owned())
            .collect(),
        rows: rows
            .map(|row| {
                let cells = row.as_object().unwrap().iter();
                cells
                    .map(|(column, cell)| {
                        (column.clone(), cell["value"].as_str().unwrap().to_owned())
                    })
                    .collect()
            })
            .collect(),
    }
}

/// Gives what is wrong with one answer.
fn faults(name: &str) -> Vec<String> {
    let check = check_of(name);
    let json = ask(name, &check);
    let answer = parse(&json);
    let mut faults = Vec::new();
    if answer.columns != check.columns {
        faults.push(format!("{name}: columns are {:?}", answer.columns));
    }
    if answer.rows.len() < check.min_rows {
        faults.push(format!(
            "{name}: {} rows, not {}",
            answer.rows.len(),
            check.min_rows
        ));
    }
    for wanted in &check.contains {
        let holds = |row: &&BTreeMap<String, String>| {
            wanted
                .iter()
                .all(|(column, text)| row.get(column) == Some(text))
        };
        if answer.rows.iter().find(holds).is_none() {
            faults.push(format!("{name}: no row with {wanted:?}"));
        }
    }
    if ask(name, &check) != json {
        faults.push(format!(
            "{name}: asked again it answers differently; is its order total?"
        ));
    }
    faults
}

#[test]
fn the_answers_are_right() {
    let faults: Vec<String> = stems("tests/queries", "toml")
        .iter()
        .flat_map(|name| faults(name))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_question_has_a_check() {
    let checks = stems("tests/queries", "toml");
    let questions: Vec<String> = stems("query/questions", "rq")
        .iter()
        .map(|stem| {
            stem.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')
                .to_owned()
        })
        .collect();
    assert!(
        questions.len() >= 10,
        "ten ready-made questions: {questions:?}"
    );
    let missing: Vec<&String> = questions
        .iter()
        .filter(|name| !checks.contains(*name))
        .collect();
    assert!(
        missing.is_empty(),
        "no tests/queries/*.toml for {missing:?}"
    );
    let list = fangzhi(["query", "--kb", example_kb(), "--list"]).success();
    for name in &questions {
        assert!(
            list.contains(name.as_str()),
            "`query --list` does not name {name}"
        );
    }
}

#[test]
fn every_example_query_has_a_check() {
    let checks = stems("tests/queries", "toml");
    let files: BTreeSet<String> = checks
        .iter()
        .filter_map(|name| check_of(name).file)
        .collect();
    for stem in stems("examples/queries", "rq") {
        let file = format!("examples/queries/{stem}.rq");
        assert!(Path::new(&in_checkout(&file)).exists());
        assert!(files.contains(&file), "no tests/queries/*.toml for {file}");
    }
}
