//! Quality is a number: F1 of what is extracted from `examples/corpus`, held by `fangzhi eval` against the hand-made
//! answers in `examples/gold`, must not fall below `tests/quality.toml`.
#![cfg(test)]

#[expect(dead_code, reason = "other tests use the example knowledge base")]
mod support;

use std::collections::BTreeMap;
use std::fs;

use ontology::record::EntityClass;
use serde_json::Value;
use support::{fangzhi, in_checkout};

/// Gives `entities`, `observations`, each class (F1) and `about` (share of right main regions).
fn measured() -> BTreeMap<String, f64> {
    let [gold, corpus] = ["examples/gold", "examples/corpus"].map(in_checkout);
    let [gold, corpus] = [&gold, &corpus].map(|path| path.to_str().unwrap());
    let run = fangzhi(["eval", "-q", "--format", "json", "--gold", gold, corpus]);
    let figures: Value = serde_json::from_str(&run.success()).unwrap();
    let number = |path: &str| figures.pointer(path).and_then(Value::as_f64);
    let mut scores = BTreeMap::new();
    for (name, path) in [
        ("entities", "/entities/f1"),
        ("relations", "/relations/f1"),
        ("observations", "/observations_found/f1"),
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
    let baseline: BTreeMap<String, f64> = toml::from_str(&text).unwrap();
    let scores = measured();
    let without: Vec<&String> = scores
        .keys()
        .filter(|name| !baseline.contains_key(*name))
        .collect();
    assert!(
        without.is_empty(),
        "tests/quality.toml has no line for {without:?}"
    );
    let fallen: Vec<String> = baseline
        .iter()
        .filter(|(name, least)| scores.get(*name).is_none_or(|score| score < least))
        .map(|(name, least)| format!("{name}: {:?}, not {least}", scores.get(name)))
        .collect();
    assert!(
        fallen.is_empty(),
        "F1 fell below tests/quality.toml: {fallen:#?}\nmeasured: {scores:#?}"
    );
}
