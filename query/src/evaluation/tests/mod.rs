use std::path::Path;

use graph::KnowledgeGraph;
use ontology::gazetteer::Gazetteer;
use ontology::record::Extraction;
use serde::Deserialize;
use serde_json::Value;

use super::{Evaluation, EvaluationError, FaultKind, Gold, GoldError, NONE, evaluate};

/// The records of the example corpus and its gold files, as they were when the scorer's numbers in
/// `scores.json` were made (`freeze.sh`): better rules do not move them.
#[derive(Deserialize)]
struct Frozen {
    records: Vec<Extraction>,
    gold: Vec<Gold>,
}

fn frozen() -> Frozen {
    let bytes = zstd::decode_all(include_bytes!("records.json.zst").as_slice()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn graph(records: Vec<Extraction>) -> KnowledgeGraph {
    KnowledgeGraph::build(records, Gazetteer::shared().unwrap())
}

/// Lists the numbers of a result of the scorer with ours; what it leaves open is not compared.
fn compare(path: &str, ours: &Value, theirs: &Value, found: &mut Vec<(String, f64, f64)>) {
    match theirs {
        Value::Object(map) => {
            for (key, value) in map {
                let own = ours.get(key).unwrap_or(&Value::Null);
                compare(&format!("{path}/{key}"), own, value, found);
            }
        }
        Value::Number(number) => {
            let own = ours.as_f64().unwrap_or(f64::NAN);
            found.push((path.to_owned(), own, number.as_f64().unwrap()));
        }
        Value::Null => {}
        Value::Bool(_) | Value::String(_) | Value::Array(_) => panic!("{path}: {theirs}"),
    }
}

/// The scorer has several results, of which ours must be one: see `freeze.sh`.
#[test]
fn the_numbers_are_those_of_the_acceptance_scorer() {
    let Frozen { records, gold } = frozen();
    let ours = serde_json::to_value(evaluate(&graph(records), &gold).unwrap()).unwrap();
    let results: Vec<Value> = serde_json::from_str(include_str!("scores.json")).unwrap();
    let differences: Vec<Vec<_>> = results
        .iter()
        .map(|theirs| {
            let mut numbers = Vec::new();
            compare("", &ours, theirs, &mut numbers);
            assert!(numbers.len() > 100, "{numbers:?}");
            // Both are rounded to four digits. No number of ours is no agreement.
            numbers.retain(|(_, own, theirs)| {
                (own - theirs).abs().partial_cmp(&2e-4) != Some(std::cmp::Ordering::Less)
            });
            numbers
        })
        .collect();
    assert!(
        differences.iter().any(Vec::is_empty),
        "path, ours, the scorer's: {differences:#?}"
    );
}

#[test]
fn the_confusion_table_adds_up() {
    let Frozen { records, gold } = frozen();
    let found = evaluate(&graph(records), &gold).unwrap();
    for (class, counts) in &found.by_type {
        let row: u32 = found
            .confusion
            .get(class)
            .map_or(0, |row| row.values().sum());
        assert_eq!(row, counts.right + counts.missing, "gold {class}");
        let column = found.confusion.values().filter_map(|row| row.get(class));
        assert_eq!(
            column.sum::<u32>(),
            counts.right + counts.superfluous,
            "found {class}"
        );
    }
    assert!(!found.confusion[NONE].contains_key(NONE));
}

#[test]
fn every_mistake_is_listed() {
    let Frozen { records, gold } = frozen();
    let found = evaluate(&graph(records), &gold).unwrap();
    let listed = |kind: FaultKind, parts: &[&'static str]| {
        let count = found
            .errors
            .iter()
            .filter(|fault| fault.kind == kind && parts.contains(&fault.of))
            .count();
        u32::try_from(count).unwrap()
    };
    let classes: Vec<&'static str> = found.by_type.keys().copied().collect();
    let relations: Vec<&'static str> = found.by_relation.keys().copied().collect();
    for (counts, parts) in [(found.entities, classes), (found.relations, relations)] {
        assert_eq!(listed(FaultKind::Superfluous, &parts), counts.superfluous);
        assert_eq!(listed(FaultKind::Missing, &parts), counts.missing);
    }
    let full = found.observations_full;
    let inexact = listed(FaultKind::Inexact, &["observation"]);
    let superfluous = listed(FaultKind::Superfluous, &["observation"]);
    assert_eq!(inexact + superfluous, full.superfluous);
    assert!(inexact > 0 && superfluous > 0);
}

/// One document of our own, so that each way to be right or wrong can be told apart.
const ONE: &str = r#"{
  "document": {"id": "a.txt", "sha256": "00", "encoding": "UTF-8", "repaired": false, "published": "2021-03-06",
    "about": "place/220622", "text": "靖宇县某某纪念馆，馆长王某，93处。"},
  "entities": [
    {"key": "place/220622", "class": "Place", "label": "靖宇县", "aliases": ["靖宇"], "adcode": "220622"},
    {"key": "redsite/某某纪念馆", "class": "RedSite", "label": "某某纪念馆"},
    {"key": "person/王某", "class": "Person", "label": "王某"}],
  "mentions": [
    {"start": 0, "end": 3, "surface": "靖宇县", "class": "Place", "entity": "place/220622", "rule": "r", "confidence": 1},
    {"start": 3, "end": 8, "surface": "某某纪念馆", "class": "RedSite", "entity": "redsite/某某纪念馆", "rule": "r", "confidence": 1},
    {"start": 11, "end": 13, "surface": "王某", "class": "Person", "entity": "person/王某", "rule": "r", "confidence": 1}],
  "statements": [
    {"start": 0, "end": 8, "subject": "redsite/某某纪念馆", "predicate": "locatedIn", "object": {"entity": "place/220622"}, "rule": "r", "confidence": 1},
    {"start": 0, "end": 13, "subject": "person/王某", "predicate": "holdsPost", "object": {"post": {"label": "某某纪念馆馆长"}}, "rule": "r", "confidence": 1}],
  "observations": [
    {"start": 14, "end": 17, "anchor": "93处", "value": 93, "unit": "处", "qualifier": "exact", "indicator": "革命遗址",
     "indicator_text": "革命遗址", "area": "place/220622", "rule": "r", "confidence": 1}],
  "diagnostics": []
}"#;

/// Scores the one document against answers in JSON.
#[track_caller]
fn one(gold: &str) -> Evaluation {
    let gold = Gold::parse(Path::new("a.json"), gold).unwrap();
    evaluate(&graph(vec![serde_json::from_str(ONE).unwrap()]), &[gold]).unwrap()
}

const EVERYTHING: &str = r#"{"doc": "a", "about": "220622", "published": "2021-03-06",
  "entities": [
    {"id": "a1", "type": "Place", "name": "靖宇县", "adcode": "220622"},
    {"id": "s1", "type": "RedSite", "name": "“某某”纪念馆"},
    {"id": "p1", "type": "Person", "name": "王某"}],
  "relations": [["s1", "locatedIn", "a1"], ["p1", "holdsPost", "馆长"]],
  "observations": [{"quote": "93处", "indicator": "遗址", "keywords": ["遗址"], "value": 93, "unit": "处",
    "qualifier": "exact", "area": "220622", "period": null, "concept": "red_sites"}]}"#;

#[test]
fn all_that_is_right_counts_as_right() {
    let found = one(EVERYTHING);
    assert_eq!(found.errors, []);
    let counts = [found.entities, found.relations, found.observations_full];
    assert_eq!(counts.map(|counts| counts.right), [3, 2, 1]);
    for share in [found.spans, found.about, found.date, found.place_linking] {
        assert_eq!(share.value(), Some(1.0));
    }
}

/// Scores after a change of the answers; gives the mistakes as `kind of text`.
#[track_caller]
fn faults(from: &str, to: &str) -> Vec<String> {
    assert!(EVERYTHING.contains(from));
    let faults = one(&EVERYTHING.replace(from, to)).errors;
    let line = |fault: &super::Fault| format!("{:?} {} {}", fault.kind, fault.of, fault.text);
    faults.iter().map(line).collect()
}

#[test]
fn each_mistake_has_its_name() {
    for (from, to, expected) in [
        (
            r#""type": "Person""#,
            r#""type": "Work""#,
            &[
                "Superfluous Person 王某 (gold: Work 王某)",
                "Missing Work 王某",
                "Superfluous holdsPost 王某 -> 某某纪念馆馆长",
                "Missing holdsPost 王某 -> 馆长",
            ][..],
        ),
        // An answer with another code is another place, and what lies there lies elsewhere.
        (
            r#""adcode": "220622""#,
            r#""adcode": "220621""#,
            &[
                "Superfluous Place 靖宇县",
                "Missing Place 靖宇县",
                "Superfluous locatedIn 某某纪念馆 -> 靖宇县",
                "Missing locatedIn “某某”纪念馆 -> 靖宇县",
            ],
        ),
        (
            r#""about": "220622""#,
            r#""about": "220600""#,
            &["Inexact about 220600, found 220622"],
        ),
        (
            r#""2021-03-06""#,
            r#""2021-03-07""#,
            &["Inexact date 2021-03-07, found 2021-03-06"],
        ),
        (
            r#""exact""#,
            r#""moreThan""#,
            &["Inexact observation 93处 | moreThan, found exact"],
        ),
        (
            r#"["遗址"]"#,
            r#"["烈士"]"#,
            &["Inexact observation 93处 | 遗址, found 革命遗址"],
        ),
        (
            r#""value": 93"#,
            r#""value": 39"#,
            &[
                "Missing observation 93处 = 39 处",
                "Superfluous observation 革命遗址 = 93 处 「93处」",
            ],
        ),
    ] {
        assert_eq!(faults(from, to), expected, "{to}");
    }
}

#[test]
fn what_is_optional_counts_neither_way() {
    for (from, to) in [
        (r#""name": "王某""#, r#""name": "王某", "optional": true"#),
        (
            r#""name": "王某""#,
            r#""name": "王某某", "aliases": ["王某"], "optional": true"#,
        ),
        (
            r#""p1", "holdsPost", "馆长""#,
            r#""p1", "holdsPost", "馆长", "optional""#,
        ),
        (r#""unit": "处""#, r#""unit": "处", "optional": true"#),
    ] {
        assert_eq!(faults(from, to), [] as [String; 0], "{to}");
    }
}

#[test]
fn a_class_taken_for_another_is_one_cell() {
    let found = one(&EVERYTHING.replace(r#""type": "Person""#, r#""type": "Work""#));
    assert_eq!(found.confusion["Work"]["Person"], 1);
    assert_eq!(found.confusion.get(NONE), None);
}

#[test]
fn answers_without_their_document_are_missing_and_named() {
    let mut gold = vec![Gold::parse(Path::new("a.json"), EVERYTHING).unwrap()];
    let other = EVERYTHING.replace(r#""doc": "a""#, r#""doc": "b""#);
    gold.push(Gold::parse(Path::new("b.json"), &other).unwrap());
    let graph = graph(vec![serde_json::from_str(ONE).unwrap()]);
    let found = evaluate(&graph, &gold).unwrap();
    assert_eq!(found.absent, ["b"]);
    assert_eq!((found.documents, found.entities.missing), (2, 3));
    let alone = evaluate(&graph, &gold[1..]);
    assert!(matches!(alone, Err(EvaluationError::NoDocument { .. })));
}

#[test]
fn documents_of_one_name_are_refused() {
    let mut second: Extraction = serde_json::from_str(ONE).unwrap();
    second.document.id = "a.md".into();
    second.document.sha256 = "01".into();
    let graph = graph(vec![serde_json::from_str(ONE).unwrap(), second]);
    let gold = Gold::parse(Path::new("a.json"), EVERYTHING).unwrap();
    let refused = evaluate(&graph, &[gold]);
    assert!(matches!(refused, Err(EvaluationError::SameName { .. })));
}

#[test]
fn broken_answers_name_file_and_fault() {
    for (from, to, part) in [
        (r#""type": "Person""#, r#""type": "Nobody""#, "Nobody"),
        (r#""holdsPost""#, r#""holds""#, "holds"),
        (
            r#"["s1", "locatedIn", "a1"]"#,
            r#"["s1", "locatedIn"]"#,
            "a relation is",
        ),
        (
            r#"["s1", "locatedIn", "a1"]"#,
            r#"["s1", "locatedIn", "a9"]"#,
            "a9",
        ),
        (r#""id": "p1""#, r#""id": "s1""#, "s1"),
        (r#""value": 93"#, r#""value": "93""#, "line 7"),
    ] {
        assert!(EVERYTHING.contains(from));
        let error =
            Gold::parse(Path::new("dir/a.json"), &EVERYTHING.replace(from, to)).unwrap_err();
        let mut text = error.to_string();
        if let GoldError::Syntax { source, .. } = &error {
            text += &source.to_string();
        }
        assert!(text.contains("dir/a.json") && text.contains(part), "{text}");
    }
}
