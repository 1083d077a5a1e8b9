use std::time::Instant;

use ontology::iri::Iris;
use oxigraph::io::{RdfFormat, RdfParser};

use super::*;
use crate::rdf::Evidence;
use crate::tests::fixture;

fn prefixes() -> Prefixes {
    Prefixes::new(&Iris::default())
}

fn store() -> Store {
    let store = Store::new().unwrap();
    let canonical = fixture::canonical(&fixture::graph(), Evidence::Compact);
    let text = canonical.lines().collect::<Vec<_>>().join("\n");
    store
        .load_from_slice(RdfParser::from_format(RdfFormat::NQuads), text.as_bytes())
        .unwrap();
    store
}

fn answer(query: &str, format: ResultFormat) -> Result<String, SparqlError> {
    let mut plain = Vec::new();
    write(&store(), &prefixes(), query, format, None, &mut plain)?;
    let mut timed = Vec::new();
    let long = Some(Duration::from_secs(60));
    write(&store(), &prefixes(), query, format, long, &mut timed)?;
    assert_eq!(plain, timed);
    Ok(String::from_utf8(plain).unwrap())
}

const PLACES: &str =
    "SELECT ?p ?l { ?p fz:partOf place:220600 ; skos:prefLabel ?l } ORDER BY ?p ?l";

#[test]
fn every_format() {
    let county = "https://w3id.org/fangzhi/id/place/220622";
    assert_eq!(
        answer(PLACES, ResultFormat::Csv).unwrap(),
        format!("p,l\r\n{county},靖宇县\r\n")
    );
    assert_eq!(
        answer(PLACES, ResultFormat::Tsv).unwrap(),
        format!("?p\t?l\n<{county}>\t\"靖宇县\"@zh-hans\n")
    );
    let json = answer(PLACES, ResultFormat::Json).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["results"]["bindings"][0]["l"]["value"], "靖宇县");
    let xml = answer(PLACES, ResultFormat::Xml).unwrap();
    assert!(xml.contains("<literal xml:lang=\"zh-hans\">靖宇县</literal>") && xml.ends_with(">\n"));

    let construct = "CONSTRUCT { ?p fz:partOf ?q } WHERE { ?p fz:partOf ?q }";
    let turtle = answer(construct, ResultFormat::Turtle).unwrap();
    assert!(
        turtle.contains("place:220622 fz:partOf place:220600 ."),
        "{turtle}"
    );
    let triples = answer(construct, ResultFormat::NTriples).unwrap();
    assert!(triples.lines().is_sorted() && triples.lines().count() > 2);

    let ask = "ASK { place:220622 fz:partOf+ place:220000 }";
    assert_eq!(answer(ask, ResultFormat::Csv).unwrap(), "true\n");
    assert!(answer(ask, ResultFormat::Json).unwrap().contains("true"));
}

#[test]
fn tables() {
    let table = table(&store(), &prefixes(), PLACES, None).unwrap();
    assert_eq!(table.columns, ["p", "l"]);
    assert_eq!(table.rows, [["place:220622", "靖宇县"]]);
    let long = Some(Duration::from_secs(60));
    let ask = super::table(&store(), &prefixes(), "ASK { ?x a fz:Work }", long).unwrap();
    assert_eq!(
        (ask.columns, ask.rows),
        (vec!["answer".into()], vec![vec!["true".into()]])
    );
    let graph = super::table(&store(), &prefixes(), "DESCRIBE place:220622", None).unwrap();
    assert_eq!(graph.columns, ["subject", "predicate", "object"]);
    assert!(graph.rows.contains(&vec![
        "place:220622".into(),
        "fz:level".into(),
        "fz:county".into()
    ]));
}

#[test]
fn plain_queries_see_the_default_graph_only() {
    let count = |query: &str| table(&store(), &prefixes(), query, None).unwrap().rows;
    let relations = "SELECT (COUNT(*) AS ?n) { ?s fz:locatedIn ?o }";
    assert_eq!(count(relations), [["4"]]);
    assert_eq!(
        count("SELECT (COUNT(*) AS ?n) { ?m itsrdf:taIdentRef ?e }"),
        [["0"]]
    );
    let named = "SELECT (COUNT(*) AS ?n) { GRAPH ?d { ?m itsrdf:taIdentRef ?e } }";
    assert_eq!(count(named), [["17"]]);
}

#[test]
fn a_bad_query_is_told_where_and_what_to_do() {
    let cases = [
        (
            "SELEC ?x { ?x a fz:Place }",
            "line 1, column 1, near `SELEC",
            "begins with one of SELECT",
        ),
        (
            "SELECT ?x {\n  ?x a foo:Bar }",
            "line 2, column 8",
            "the prefix `foo:` is not known",
        ),
        (
            "SELECT ?x { ?x a fz:Place",
            "column 11, near `{",
            "this { is not closed",
        ),
        (
            "SELECT ?x { ?x a fz:Place }}",
            "column 28",
            "this } closes nothing",
        ),
        (
            "SELECT ?x { ?x skos:prefLabel '白山 }",
            "column 31",
            "begins with ' does not end",
        ),
        ("", "line 1, column 1, at the end", "begins with one of"),
        (
            "SELECT ?x { '白山市' ?x }",
            "column 22, near `}`",
            "this cannot stand here",
        ),
        (
            "SELECT ?x WHERE { ?x a fz:Place } ORDER ?x LIMIT 3",
            "near `?x LIMIT 3`",
            "expected BY",
        ),
        (
            "SELECT ?x { ?x a fz:Place } LIMT 3",
            "column 29, near `LIMT 3`",
            "did you mean LIMIT?",
        ),
        (
            "SELECT ?x {\n ?x a fz:Place .\n FILTR(?x) }",
            "line 3, column 2",
            "mean FILTER?",
        ),
        (
            "SELECT ?x { ?x a } LIMIT 3",
            "near `} LIMIT 3`",
            "cannot stand here",
        ),
        (
            "SELECT (COUNT(?x) ?n) { ?x a fz:Place }",
            "near `?n)",
            "cannot stand here",
        ),
        (
            "SELECT ?x { ?x a fz:Place } ORDER BY ?x LIMIT",
            "at the end",
            "ends too early",
        ),
        (
            "SELECT ?x ?n { ?x a fz:Place } GROUP BY ?x",
            "",
            "The SELECT contains a variable that is unbound",
        ),
    ];
    for (query, place, hint) in cases {
        let error = check(&prefixes(), query).unwrap_err();
        assert!(
            matches!(error, SparqlError::Syntax { .. }),
            "{query}: {error:?}"
        );
        let message = error.to_string();
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(message.contains(place), "{query}: {message}");
        assert!(message.contains(hint), "{query}: {message}");
    }
}

#[test]
fn columns_count_characters() {
    let place = |label: &str| {
        let query = format!("SELECT ?x {{\n ?x skos:prefLabel \"{label}\" order }}");
        let message = check(&prefixes(), &query).unwrap_err().to_string();
        message.split(':').next().unwrap().to_owned()
    };
    assert_eq!(place("白山市"), place("abc"));
    assert_eq!(
        place("白山市"),
        "bad query at line 2, column 26, near `order }`"
    );
}

#[test]
fn updates_are_refused() {
    for update in [
        "INSERT DATA { place:1 a fz:Place }",
        "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }",
        "# SELECT\nDROP ALL",
        "INSERT DATA { broken",
        "clear default",
    ] {
        let error = check(&prefixes(), update).unwrap_err();
        assert!(
            matches!(error, SparqlError::Update { .. }),
            "{update}: {error}"
        );
    }
}

#[test]
fn formats_must_fit_the_form() {
    for (query, format) in [
        (PLACES, ResultFormat::Turtle),
        ("ASK {}", ResultFormat::NTriples),
        ("DESCRIBE place:220600", ResultFormat::Csv),
    ] {
        let error = answer(query, format).unwrap_err();
        assert!(matches!(error, SparqlError::Format { .. }), "{query}");
        assert!(error.to_string().contains("use "), "{error}");
    }
    for format in ResultFormat::ALL {
        assert_eq!(ResultFormat::from_name(format.name()), Some(format));
    }
}

#[test]
fn no_query_outlives_its_timeout() {
    let slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    let start = Instant::now();
    let error = table(
        &store(),
        &prefixes(),
        slow,
        Some(Duration::from_millis(200)),
    );
    assert!(
        matches!(error, Err(SparqlError::Timeout { .. })),
        "{error:?}"
    );
    // Generous, since test machines are busy; without the timeout it takes hours.
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn other_services_are_not_asked() {
    let error = answer(
        "SELECT ?x { SERVICE <http://localhost:1/> { ?x ?y ?z } }",
        ResultFormat::Csv,
    );
    assert!(
        matches!(error, Err(SparqlError::Evaluation(_))),
        "{error:?}"
    );
}
