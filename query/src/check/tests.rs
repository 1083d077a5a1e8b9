use std::path::Path;

use ontology::record::Extraction;

use super::*;
use crate::kb::CreateOptions;
use crate::tests::fixture;

fn create(dir: &Path, extractions: Vec<Extraction>) -> KnowledgeBase {
    let (gazetteer, run) = (fixture::gazetteer(), fixture::run());
    KnowledgeBase::create(dir, extractions, gazetteer, &run, &CreateOptions::default()).unwrap();
    KnowledgeBase::open(dir).unwrap()
}

/// Names of the checks that find something.
fn failing(extractions: Vec<Extraction>) -> Vec<&'static str> {
    let dir = tempfile::tempdir().unwrap();
    let kb = create(dir.path(), extractions);
    let outcomes = check(&kb, fixture::gazetteer()).unwrap();
    let found = outcomes
        .iter()
        .filter(|outcome| !outcome.findings.is_empty());
    found.map(|outcome| outcome.check.name()).collect()
}

#[test]
fn a_sound_knowledge_base_passes() {
    let dir = tempfile::tempdir().unwrap();
    let kb = create(dir.path(), vec![fixture::baishan(), fixture::yanbian()]);
    let outcomes = check(&kb, fixture::gazetteer()).unwrap();
    assert_eq!(outcomes.len(), 3 + SHAPES.len());
    for outcome in outcomes {
        assert_eq!(
            outcome.findings,
            Vec::<String>::new(),
            "{}",
            outcome.check.name()
        );
        assert!(!outcome.check.title(Lang::Zh).is_empty());
        assert!(!outcome.check.title(Lang::En).is_empty());
    }
}

#[test]
fn wrong_spans_are_found() {
    let mut outside = fixture::baishan();
    if let Some(mention) = outside.mentions.first_mut() {
        mention.span.end = 1_000_000;
    }
    assert_eq!(failing(vec![outside]), ["spans"]);
    let mut other = fixture::baishan();
    if let Some(mention) = other.mentions.first_mut() {
        mention.surface = "另一个词".into();
    }
    assert_eq!(failing(vec![other]), ["spans"]);
}

#[test]
fn a_relation_between_the_wrong_classes_is_found() {
    let mut extraction = fixture::baishan();
    for statement in &mut extraction.statements {
        statement.predicate = ontology::record::Predicate::Interviewed;
    }
    assert!(failing(vec![extraction]).contains(&"relation-ends"));
}

#[test]
fn the_same_words_twice_are_found() {
    let mut extraction = fixture::baishan();
    let copies = extraction.observations.clone();
    extraction.observations.extend(copies);
    assert!(failing(vec![extraction]).contains(&"observations-once"));
}

/// Records that are not those of the graph: another document in the place of one.
#[test]
fn other_records_than_the_graph_was_made_of_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let kb = create(dir.path(), vec![fixture::baishan()]);
    let mut other = fixture::baishan();
    other
        .entities
        .iter_mut()
        .for_each(|entity| entity.aliases.push("别名".into()));
    let file = format!("extractions/{}.json", other.document.sha256);
    std::fs::write(dir.path().join(file), serde_json::to_vec(&other).unwrap()).unwrap();
    let outcomes = check(&kb, fixture::gazetteer()).unwrap();
    let rebuilt = outcomes
        .iter()
        .find(|outcome| outcome.check == Check::Rebuilt);
    assert_eq!(rebuilt.map(|outcome| outcome.findings.len()), Some(1));
}
