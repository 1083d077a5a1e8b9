//! The whole path on `examples/corpus`: same bytes however it is built, spans in their texts, evidence behind every relation.
#![cfg(test)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ontology::record::{CharSpan, Extraction};
use support::{example_kb, fangzhi, in_checkout};
use tempfile::TempDir;

/// Every relation of the contract but `fz:partOf`, which may also come from the gazetteer.
const RELATIONS: &str = "fz:holdsPost fz:locatedIn fz:runBy fz:partOfProgram fz:commemorates \
                         fz:aboutEntity fz:publishedBy fz:authorOf fz:interviewed";

/// Gives the example documents, sorted.
fn corpus_files() -> Vec<String> {
    let entries = fs::read_dir(in_checkout("examples/corpus")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path().to_str().unwrap().to_owned());
    let mut paths: Vec<String> = paths.filter(|path| path.ends_with(".txt")).collect();
    paths.sort();
    paths
}

/// Builds a knowledge base with these options and inputs, gives its canonical form.
fn canonical(options: &[&str], inputs: &[String]) -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    let kb = folder.path().join("kb").to_str().unwrap().to_owned();
    let inputs = inputs.iter().map(String::as_str);
    let arguments = ["build", "-q", "--kb", &kb]
        .into_iter()
        .chain(options.iter().copied());
    fangzhi(arguments.chain(inputs)).success();
    exported(&kb)
}

fn exported(kb: &str) -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("graph.nq");
    let path = file.to_str().unwrap();
    fangzhi(["export", "--kb", kb, "--format", "nquads", "-o", path]).success();
    fs::read(file).unwrap()
}

/// Asks the example knowledge base, gives the rows below the header, each a line of TSV.
fn rows(query: &str) -> Vec<String> {
    let answer = fangzhi(["query", "--kb", example_kb(), "--format", "tsv", query]).success();
    answer.lines().skip(1).map(str::to_owned).collect()
}

/// Reads the example knowledge base's records, by document id.
fn extractions() -> BTreeMap<String, Extraction> {
    let folder = Path::new(example_kb()).join("extractions");
    let entries = fs::read_dir(folder).unwrap();
    let records = entries.map(|entry| -> Extraction {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    });
    records
        .map(|record| (record.document.id.clone(), record))
        .collect()
}

#[test]
fn threads_and_order_do_not_change_a_byte() {
    let files = corpus_files();
    let reversed: Vec<String> = files.iter().rev().cloned().collect();
    let expected = exported(example_kb());
    assert!(!expected.is_empty());
    assert!(
        canonical(&["--jobs", "1"], &files) == expected,
        "--jobs 1 differs"
    );
    assert!(
        canonical(&["--jobs", "2"], &files) == expected,
        "--jobs 2 differs"
    );
    assert!(
        canonical(&["--jobs", "2"], &reversed) == expected,
        "reversed order differs"
    );
}

#[test]
fn the_canonical_form_is_sorted_and_holds_no_line_twice() {
    let text = String::from_utf8(exported(example_kb())).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.is_sorted_by(|one, next| one < next));
}

#[test]
fn the_same_content_counts_once() {
    let folder = TempDir::new().unwrap();
    let mut files = corpus_files();
    let expected = canonical(&[], &files[..2]);
    let copy = folder
        .path()
        .join(Path::new(&files[0]).file_name().unwrap());
    fs::copy(&files[0], &copy).unwrap();
    files.truncate(2);
    files.push(copy.to_str().unwrap().to_owned());
    assert!(canonical(&[], &files) == expected);
}

#[test]
fn texts_are_the_files() {
    let records = extractions();
    assert_eq!(records.len(), corpus_files().len());
    for path in corpus_files() {
        let id = Path::new(&path).file_name().unwrap().to_str().unwrap();
        let document = &records[id].document;
        if id.contains("gb18030") {
            assert!(!document.text.contains('\u{FFFD}'), "{id}");
            assert!(
                document.encoding.to_lowercase().starts_with("gb"),
                "{id}: {}",
                document.encoding
            );
        } else {
            assert_eq!(document.text, fs::read_to_string(&path).unwrap(), "{id}");
        }
    }
}

#[test]
fn spans_are_slices_of_the_original() {
    for (id, record) in extractions() {
        let text: Vec<char> = record.document.text.chars().collect();
        let slice = |span: CharSpan| -> String { text[span.start..span.end].iter().collect() };
        for mention in &record.mentions {
            assert_eq!(slice(mention.span), mention.surface, "{id}: {mention:?}");
        }
        for observation in &record.observations {
            assert_eq!(
                slice(observation.span),
                observation.anchor,
                "{id}: {observation:?}"
            );
        }
        for statement in &record.statements {
            assert!(
                !slice(statement.span).trim().is_empty(),
                "{id}: {statement:?}"
            );
        }
    }
}

#[test]
fn records_name_only_their_own_entities() {
    for (id, record) in extractions() {
        let keys: BTreeSet<_> = record.entities.iter().map(|entity| &entity.key).collect();
        assert_eq!(
            keys.len(),
            record.entities.len(),
            "{id}: a key stands twice"
        );
        let mentioned = record.mentions.iter().map(|mention| &mention.entity);
        let subjects = record.statements.iter().map(|statement| &statement.subject);
        let areas = record
            .observations
            .iter()
            .filter_map(|observation| observation.area.as_ref());
        for key in mentioned
            .chain(subjects)
            .chain(areas)
            .chain(&record.document.about)
        {
            assert!(keys.contains(key), "{id}: {key} is no entity of the record");
        }
    }
}

#[test]
fn quotes_in_the_graph_are_the_spans_of_their_iris() {
    let wrong = rows(
        "SELECT ?o ?quote WHERE {
           ?o a qb:Observation ; prov:wasDerivedFrom ?d ; nif:anchorOf ?quote .
           GRAPH ?d { ?d nif:isString ?text }
           BIND(STRAFTER(STR(?o), '#char=') AS ?span)
           BIND(xsd:integer(STRBEFORE(?span, ',')) AS ?begin)
           BIND(xsd:integer(STRBEFORE(STRAFTER(?span, ','), ';')) AS ?end)
           FILTER(SUBSTR(?text, ?begin + 1, ?end - ?begin) != STR(?quote))
         } ORDER BY ?o",
    );
    assert_eq!(wrong, [""; 0]);
    assert!(rows("SELECT ?o WHERE { ?o a qb:Observation } ORDER BY ?o").len() > 50);
}

#[test]
fn observations_are_complete() {
    let wrong = rows(
        "SELECT ?o WHERE {
           ?o a qb:Observation .
           FILTER NOT EXISTS { ?o mea:obsValue ?v ; fz:qualifier ?q ; fz:indicator ?i ; fz:indicatorText ?t ;
                                  qb:dataSet ?s ; prov:wasDerivedFrom ?d ; nif:anchorOf ?a }
         } ORDER BY ?o",
    );
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_relation_has_a_document_that_says_so() {
    let unsupported = rows(&format!(
        "SELECT ?s ?p ?o WHERE {{
           VALUES ?p {{ {RELATIONS} }} ?s ?p ?o .
           FILTER NOT EXISTS {{ GRAPH ?d {{ ?s ?p ?o }} }}
         }} ORDER BY ?s ?p ?o"
    ));
    assert_eq!(unsupported, [""; 0]);
    let unknown = rows(
        "SELECT ?s ?o WHERE {
           ?s fz:partOf ?o .
           FILTER NOT EXISTS { GRAPH ?d { ?s fz:partOf ?o } }
           FILTER(!REGEX(STR(?s), '/place/[0-9]+$') || !REGEX(STR(?o), '/place/[0-9]+$'))
         } ORDER BY ?s ?o",
    );
    assert_eq!(
        unknown, [""; 0],
        "no document says so and the gazetteer has no such places"
    );
}

#[test]
fn every_relation_of_a_document_has_its_clause_and_stands_in_the_default_graph() {
    let without_clause = rows(&format!(
        "SELECT ?d ?s ?p ?o WHERE {{
           VALUES ?p {{ {RELATIONS} fz:partOf }}
           GRAPH ?d {{ ?s ?p ?o
             FILTER NOT EXISTS {{ ?e rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }} }}
         }} ORDER BY ?d ?s ?p ?o"
    ));
    assert_eq!(without_clause, [""; 0]);
    let only_there = rows(&format!(
        "SELECT ?d ?s ?p ?o WHERE {{
           VALUES ?p {{ {RELATIONS} fz:partOf }}
           GRAPH ?d {{ ?s ?p ?o }} FILTER NOT EXISTS {{ ?s ?p ?o }}
         }} ORDER BY ?d ?s ?p ?o"
    ));
    assert_eq!(only_there, [""; 0]);
}

#[test]
fn an_entity_has_one_class_and_one_label() {
    let wrong = rows(
        "SELECT ?e (COUNT(DISTINCT ?class) AS ?classes) (COUNT(DISTINCT ?label) AS ?labels) WHERE {
           VALUES ?class { fz:Place fz:Person fz:Organization fz:Program fz:RedSite fz:Work fz:Event }
           ?e a ?class . OPTIONAL { ?e skos:prefLabel ?label }
         } GROUP BY ?e HAVING (COUNT(DISTINCT ?class) != 1 || COUNT(DISTINCT ?label) != 1) ORDER BY ?e",
    );
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn documents_are_about_their_regions() {
    let expected = [
        ("baishan-news-traditional.txt", "220600"),
        ("chifeng-announcement.txt", "150400"),
        ("dingan-press-release.txt", "469021"),
        ("gaotang-work-report-gb18030.txt", "371526"),
        ("hongan-review.txt", "421122"),
        ("jiaxing-festival.txt", "330400"),
        ("jingyu-site.txt", "220622"),
        ("ruijin-news.txt", "360781"),
        ("yanan-interview.txt", "610600"),
        ("yanbian-interview.txt", "222400"),
        ("yuncheng-column-gb18030.txt", "140800"),
        ("zunyi-sites-traditional.txt", "520300"),
    ];
    let found = rows(
        "SELECT (STR(?f) AS ?file) (STR(?c) AS ?code) WHERE { ?d fz:fileName ?f ; fz:about/fz:adcode ?c } ORDER BY ?f",
    );
    let expected = expected.map(|(file, code)| format!("\"{file}\"\t\"{code}\""));
    assert_eq!(found, expected);
}
