use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ontology::iri::Iris;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use oxigraph::store::Store;

use super::*;
use crate::rdf::Evidence;
use crate::sparql::{Prefixes, Table, table};
use crate::tests::fixture;

#[test]
fn the_list_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
    let mut files: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let listed: Vec<String> = list()
        .iter()
        .enumerate()
        .map(|(index, question)| format!("{:02}-{}.rq", index + 1, question.name()))
        .collect();
    assert_eq!(files, listed);
}

#[test]
fn every_question_has_titles_and_a_total_order() {
    for question in list() {
        let name = question.name();
        assert!(!question.title(Lang::Zh).is_empty(), "{name}");
        assert!(!question.title(Lang::En).is_empty(), "{name}");
        let sparql: String = question
            .sparql()
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        let (head, _) = sparql.split_once("WHERE").unwrap();
        let (_, order) = sparql.rsplit_once("ORDER BY").unwrap();
        let order: BTreeSet<&str> = order.split([' ', '(', ')']).collect();
        // `(COUNT(DISTINCT ?x) AS ?count)` gives only what follows AS.
        let given = head
            .split("AS ")
            .map(|part| part.rsplit_once('(').map_or(part, |(out, _)| out));
        for variable in given
            .flat_map(|part| part.split([' ', ')']))
            .filter(|w| w.starts_with('?'))
        {
            assert!(
                order.contains(variable),
                "{name} does not order by {variable}"
            );
        }
    }
}

fn store(quads: &[Quad]) -> Store {
    let store = Store::new().unwrap();
    store.extend(quads.iter().cloned()).unwrap();
    store
}

fn ask(store: &Store, name: &str) -> Table {
    let prefixes = Prefixes::new(&Iris::default());
    table(store, &prefixes, find(name).unwrap().sparql(), None)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn quads() -> Vec<Quad> {
    let canonical = fixture::canonical(&fixture::graph(), Evidence::Compact);
    let text = canonical.lines().collect::<Vec<_>>().join("\n");
    let parser = RdfParser::from_format(RdfFormat::NQuads);
    parser
        .for_slice(text.as_bytes())
        .collect::<Result<_, _>>()
        .unwrap()
}

#[test]
fn every_question_answers_the_same_whatever_the_order_of_loading() {
    let mut quads = quads();
    let one = store(&quads);
    quads.reverse();
    let other = store(&quads);
    for question in list() {
        let answer = ask(&one, question.name());
        assert_eq!(answer, ask(&other, question.name()), "{}", question.name());
        assert!(!answer.rows.is_empty(), "{} finds nothing", question.name());
    }
}

/// For each question a row that its answer must hold.
const ROWS: &[(&str, &[&str])] = &[
    (
        "red-sites",
        &["白山市", "靖宇县", "甲烈士陵园", "烈士陵园", "杨靖宇"],
    ),
    (
        "shared-indicators",
        &[
            "红色",
            "延边朝鲜族自治州",
            "230",
            "处",
            "exact",
            "",
            "革命遗址230处",
            "yanbian.txt",
        ],
    ),
    (
        "people-posts",
        &["白山市", "王某", "白山市委书记", "白山市委"],
    ),
    (
        "shared-programs",
        &["主题教育", "2", "白山市", "蒲公英行动"],
    ),
    (
        "commemorations",
        &["杨靖宇", "Person", "丙烈士陵园", "延吉市", "吉林省"],
    ),
    ("works", &["杨靖宇", "Person", "密林", "电影", "白山市"]),
    ("events", &["乙战役", "靖宇县", "", "", ""]),
    ("organizations", &["白山市", "白山市", "白山市委"]),
    (
        "top-numbers",
        &[
            "游客",
            "人次",
            "9914000",
            "延边朝鲜族自治州",
            "exact",
            "",
            "yanbian.txt",
        ],
    ),
    (
        "evidence",
        &[
            "甲烈士陵园",
            "commemorates",
            "杨靖宇",
            "甲烈士陵园位于靖宇县，纪念杨靖宇",
            "baishan.txt",
        ],
    ),
    (
        "documents",
        &[
            "baishan.txt",
            "白山市",
            "220600",
            "2021-12-08",
            "某网",
            "baishan.txt的标题",
            "",
        ],
    ),
    ("province-comparison", &["吉林省", "白山市", "Event", "1"]),
    (
        "shared-names",
        &["Person", "杨靖宇", "2", "延边朝鲜族自治州", "yanbian.txt"],
    ),
    (
        "targets",
        &[
            "白山市",
            "游客",
            "500000",
            "人次",
            "2025",
            "接待游客50万人次",
            "baishan.txt",
        ],
    ),
    (
        "interviews",
        &["李某", "王某", "白山市委书记", "baishan.txt"],
    ),
    (
        "region-numbers",
        &[
            "白山市",
            "hazards_fixed",
            "",
            "28",
            "处",
            "exact",
            "",
            "",
            "整改28处",
            "baishan.txt",
        ],
    ),
    (
        "region-things",
        &["白山市", "RedSite", "甲烈士陵园", "烈士陵园"],
    ),
    (
        "completion",
        &[
            "白山市",
            "hazards_fixed",
            "30",
            "28",
            "处",
            "93.3",
            "整改28处",
            "baishan.txt",
        ],
    ),
    ("program-regions", &["蒲公英行动", "白山市", "白山市"]),
    ("sites-by-kind", &["白山市", "烈士陵园", "1"]),
    ("sites-by-county", &["白山市", "靖宇县", "1"]),
];

#[test]
fn every_question_finds_what_the_documents_say() {
    let store = store(&quads());
    for (name, wanted) in ROWS {
        let answer = ask(&store, name);
        // An indicator's label is the scheme's own; what it must hold is given.
        let fits = |row: &Vec<String>| {
            row.len() == wanted.len()
                && row
                    .iter()
                    .zip(*wanted)
                    .enumerate()
                    .all(|(index, (cell, want))| {
                        let label = answer.columns[index] == "indicator";
                        cell == want || (label && cell.contains(want))
                    })
        };
        assert!(
            answer.rows.iter().any(fits),
            "{name}: no row {wanted:?} in {:#?}",
            answer.rows
        );
    }
    assert_eq!(ROWS.len(), list().len());
}
