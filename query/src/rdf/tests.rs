use std::collections::BTreeSet;

use ontology::gazetteer::Gazetteer;
use ontology::vocab::{geo, prov, rdf, schema};

use super::*;
use crate::tests::fixture;

const FZ: &str = "<https://w3id.org/fangzhi/ontology#";
const ID: &str = "<https://w3id.org/fangzhi/id/";

fn lines(evidence: Evidence) -> BTreeSet<String> {
    fixture::canonical(&fixture::graph(), evidence)
        .lines()
        .map(str::to_owned)
        .collect()
}

fn document(extraction: &ontology::record::Extraction) -> String {
    Iris::default().document(&extraction.document.sha256)
}

#[test]
fn a_relation_stands_once_in_the_default_graph_and_in_each_document_that_says_it() {
    let lines = lines(Evidence::Compact);
    let (baishan, yanbian) = (document(&fixture::baishan()), document(&fixture::yanbian()));
    let triple = format!("{ID}redsite/甲烈士陵园@220622> {FZ}locatedIn> {ID}place/220622>");
    assert!(lines.contains(&format!("{triple} .")));
    assert!(lines.contains(&format!("{triple} <{baishan}> .")));
    assert!(!lines.contains(&format!("{triple} <{yanbian}> .")));
    // What the gazetteer says is in no document's graph.
    let above = format!("{ID}place/220622> {FZ}partOf> {ID}place/220600>");
    assert_eq!(
        lines.iter().filter(|line| line.starts_with(&above)).count(),
        1
    );
    let contained =
        format!("{ID}place/220622> <https://schema.org/containedInPlace> {ID}place/220600> .");
    assert!(lines.contains(&contained));
}

#[test]
fn divisions_have_points_that_the_gazetteer_gives() {
    let lines = lines(Evidence::Compact);
    let point = Gazetteer::shared().unwrap().by_code("220622").unwrap();
    let point = point.point.unwrap();
    let geometry = format!("{ID}geometry/220622>");
    for line in [
        format!(
            "{ID}place/220622> <{}> {geometry} .",
            geo::HAS_DEFAULT_GEOMETRY
        ),
        format!("{geometry} <{}> <{}> .", rdf::TYPE, geo::GEOMETRY),
        format!(
            "{geometry} <{}> \"POINT({} {})\"^^<{}> .",
            geo::AS_WKT,
            point.longitude,
            point.latitude,
            geo::WKT_LITERAL
        ),
        format!(
            "{geometry} <{}> {ID}dataset/gazetteer> .",
            prov::WAS_DERIVED_FROM
        ),
        format!(
            "{ID}place/220622> <{}> \"{}\"^^<{}> .",
            schema::LATITUDE,
            point.latitude,
            vocab::xsd::DECIMAL
        ),
    ] {
        assert!(lines.contains(&line), "{line}");
    }
    // A person, a site or a named region has none.
    let geometries: BTreeSet<&str> = lines
        .iter()
        .filter_map(|line| line.split_once(&format!(" <{}>", geo::HAS_DEFAULT_GEOMETRY)))
        .map(|(place, _)| place)
        .collect();
    assert!(geometries.len() >= 3, "{geometries:?}");
    assert!(
        geometries
            .iter()
            .all(|place| place.starts_with(&format!("{ID}place/")))
    );
}

#[test]
fn evidence_nodes_are_spans_of_the_text() {
    let lines = lines(Evidence::Compact);
    let extraction = fixture::baishan();
    let doc = document(&extraction);
    for mention in &extraction.mentions {
        let node = format!("<{doc}#char={},{}>", mention.span.start, mention.span.end);
        let entity = Iris::default().entity(&mention.entity);
        let line =
            format!("{node} <http://www.w3.org/2005/11/its/rdf#taIdentRef> <{entity}> <{doc}> .");
        assert!(lines.contains(&line), "{line}");
    }
    // Two statements with one span are told apart by their number.
    let second =
        format!(";1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> {FZ}commemorates>");
    assert!(lines.iter().any(|line| line.contains(&second)));
    assert!(
        !lines
            .iter()
            .any(|line| line.contains("recognisedBy> \"test"))
    );
}

#[test]
fn full_evidence_adds_rule_and_confidence_only() {
    let (compact, full) = (lines(Evidence::Compact), lines(Evidence::Full));
    assert!(full.is_superset(&compact));
    let added: Vec<_> = full.difference(&compact).collect();
    assert!(!added.is_empty());
    assert!(
        added
            .iter()
            .all(|line| line.contains("recognisedBy") || line.contains("taConfidence"))
    );
    // In a document's graph, never in the default graph.
    assert!(
        added
            .iter()
            .all(|line| line.contains(&format!(" {ID}document/")))
    );
}

#[test]
fn observations_are_a_data_cube() {
    let lines = lines(Evidence::Compact);
    let has = |part: &str| lines.iter().any(|line| line.contains(part));
    assert!(has(
        "#obsValue> \"9914000.0\"^^<http://www.w3.org/2001/XMLSchema#decimal> ."
    ));
    assert!(has("#anchorOf> \"接待游客991.4万人次\" ."));
    assert!(has(
        ";obs> <https://w3id.org/fangzhi/ontology#qualifier> <https://w3id.org/fangzhi/ontology#planned> ."
    ));
    assert!(has(&format!(
        "{ID}indicator/red_sites> <http://www.w3.org/2004/02/skos/core#inScheme>"
    )));
    assert!(has("#refPeriod> \"2025\" ."));
}

#[test]
fn posts_and_bylines() {
    let lines = lines(Evidence::Compact);
    let doc = document(&fixture::baishan());
    let post = format!("{ID}post/白山市委书记@organization/白山市委@220600>");
    assert!(lines.contains(&format!("{ID}person/王某> {FZ}holdsPost> {post} .")));
    assert!(lines.contains(&format!(
        "{post} <http://www.w3.org/ns/org#postIn> {ID}organization/白山市委@220600> ."
    )));
    for graph in [String::new(), format!(" <{doc}>")] {
        assert!(lines.contains(&format!("{ID}person/李某> {FZ}authorOf> <{doc}>{graph} .")));
    }
}

#[test]
fn the_same_graph_whatever_the_order_and_twice() {
    let one = fixture::canonical(&fixture::graph(), Evidence::Full);
    let reversed = KnowledgeGraph::build(
        vec![fixture::yanbian(), fixture::baishan(), fixture::yanbian()],
        fixture::gazetteer(),
    );
    assert_eq!(one, fixture::canonical(&reversed, Evidence::Full));
    assert!(
        !one.lines().any(|line| line.contains("_:")),
        "blank nodes have no stable name"
    );
}

#[test]
fn removing_a_document_takes_only_what_no_other_supports() {
    let both = lines(Evidence::Compact);
    let graph = KnowledgeGraph::build(vec![fixture::yanbian()], fixture::gazetteer());
    let one: BTreeSet<String> = fixture::canonical(&graph, Evidence::Compact)
        .lines()
        .map(str::to_owned)
        .collect();
    let hero = format!("{ID}person/杨靖宇> ");
    let kept = |lines: &BTreeSet<String>| {
        lines
            .iter()
            .filter(|line| line.starts_with(&hero))
            // The regions that an entity is counted under follow from all documents together.
            .filter(|line| !line.contains("#ofRegion>"))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(kept(&both), kept(&one));
    // Apart from the run's counts nothing is there that was not there with both.
    assert!(
        one.difference(&both)
            .all(|line| line.contains("/id/graph/run>"))
    );
}

#[test]
fn a_reprint_leads_to_its_original() {
    use ontology::record::fingerprint::{NUMBER_BINS, TEXT_BINS};
    let signed = |mut extraction: ontology::record::Extraction| {
        extraction.document.signature = vec![7; TEXT_BINS + NUMBER_BINS];
        extraction
    };
    let first = signed(fixture::baishan());
    let mut copy = first.clone();
    copy.document.id = "copy.txt".to_owned();
    copy.document.sha256 = "f".repeat(64);
    copy.document.published = Some("2021-12-09".to_owned());
    let (original, reprint) = (document(&first), document(&copy));
    let graph = KnowledgeGraph::build(vec![copy, first], fixture::gazetteer());
    let lines = fixture::canonical(&graph, Evidence::Compact);
    let expected = format!("<{reprint}> {FZ}reprintOf> <{original}> .");
    assert_eq!(
        lines
            .lines()
            .filter(|line| line.contains("reprintOf> <https://w3id.org/fangzhi/id/doc"))
            .collect::<Vec<_>>(),
        [expected.as_str()]
    );
    assert_eq!(crate::summary::Summary::of(&graph).reprints, 1);
}
