//! Quality is a number: F1 of what is extracted from annotated documents, held by `fangzhi eval` against the hand-made
//! answers, must not fall below `tests/quality.toml`; and documents that nobody looked at stay close to those that were
//! in view.
#![cfg(test)]

#[expect(dead_code, reason = "other tests use the example knowledge base")]
mod support;

use std::collections::BTreeMap;
use std::fs;

use ontology::record::EntityClass;
use serde_json::Value;
use support::{fangzhi, in_checkout};

/// Folders with `corpus/` and `gold/`, by the name of their table in `tests/quality.toml`.
const SETS: [(&str, &str); 3] = [
    ("examples", "examples"),
    ("development", "tests/annotated/development"),
    ("held-out", "tests/annotated/held-out"),
];

/// So far may entities and relations of the held-out set lie below those of the development set.
const CLOSE: f64 = 0.08;

type Scores = BTreeMap<String, f64>;

/// Gives the F1 of entities, relations, observations and each class, and `about` (share of right main regions).
fn measured(folder: &str) -> Scores {
    let [gold, corpus] = ["gold", "corpus"].map(|part| in_checkout(&format!("{folder}/{part}")));
    let [gold, corpus] = [&gold, &corpus].map(|path| path.to_str().unwrap());
    let run = fangzhi(["eval", "-q", "--format", "json", "--gold", gold, corpus]);
    let figures: Value = serde_json::from_str(&run.success()).unwrap();
    let number = |path: &str| figures.pointer(path).and_then(Value::as_f64);
    let mut scores = Scores::new();
    for (name, path) in [
        ("entities", "/entities/f1"),
        ("relations", "/relations/f1"),
        ("observations", "/observations_found/f1"),
        ("observations_full", "/observations_full/f1"),
        ("about", "/about"),
    ] {
        scores.insert(name.to_owned(), number(path).unwrap());
    }
    for class in EntityClass::ALL {
        let f1 = number(&format!("/by_type/{class}/f1"));
        scores.insert(class.name().to_owned(), f1.unwrap());
    }
    scores
}

#[test]
fn quality_does_not_fall() {
    let text = fs::read_to_string(in_checkout("tests/quality.toml")).unwrap();
    let baseline: BTreeMap<String, Scores> = toml::from_str(&text).unwrap();
    let scores: BTreeMap<&str, Scores> = SETS.map(|(set, folder)| (set, measured(folder))).into();
    let mut faults = Vec::new();
    for (set, scores) in &scores {
        for (name, score) in scores {
            match baseline.get(*set).and_then(|lines| lines.get(name)) {
                None => faults.push(format!("{set}: no line for {name}, measured {score:.3}")),
                Some(least) if score < least => {
                    faults.push(format!("{set}: {name} is {score:.3}, not {least}"));
                }
                Some(_) => {}
            }
        }
    }
    for name in ["entities", "relations"] {
        let (seen, unseen) = (scores["development"][name], scores["held-out"][name]);
        if unseen < seen - CLOSE {
            faults.push(format!(
                "{name}: held-out {unseen:.3}, development {seen:.3}"
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "F1 fell below tests/quality.toml: {faults:#?}\nmeasured: {scores:#?}"
    );
}
