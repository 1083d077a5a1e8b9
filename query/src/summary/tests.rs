use super::*;
use crate::tests::fixture::{self, key, place};

#[test]
fn counts_what_is_there() {
    let summary = Summary::of(&fixture::graph());
    assert_eq!(summary.documents.len(), 2);
    assert_eq!(summary.mentions, 17);
    assert_eq!(summary.statements, 15);
    assert_eq!(summary.observations, 6);
    assert_eq!(summary.indicators, 4);
    assert_eq!(summary.classes[&EntityClass::RedSite], 2);
    // Four that are named, 吉林省 and 中国 above them.
    assert_eq!(summary.classes[&EntityClass::Place], 6);
    assert_eq!(summary.predicates[&Predicate::Commemorates], 2);
    let labels: Vec<_> = summary
        .regions
        .iter()
        .map(|region| region.label.as_str())
        .collect();
    assert_eq!(labels, ["白山市", "延边朝鲜族自治州"]);
    assert_eq!(summary.regions[0].classes[&EntityClass::Person], 3);
    let json = serde_json::to_string(&summary).unwrap();
    assert_eq!(serde_json::from_str::<Summary>(&json).unwrap(), summary);
}

#[test]
fn names_mean_entities() {
    let graph = fixture::graph();
    let cases = [
        ("220600", place("220600")),
        ("place/220600", place("220600")),
        ("白山市", place("220600")),
        ("白山", place("220600")),
        (
            " “蒲公英行动” ",
            key(EntityClass::Program, "蒲公英行动@220600"),
        ),
        ("杨靖宇", key(EntityClass::Person, "杨靖宇")),
    ];
    for (name, expected) in cases {
        assert_eq!(resolve(&graph, name), Resolution::Found(expected), "{name}");
    }
    let Resolution::Unknown(near) = resolve(&graph, "烈士陵园") else {
        panic!("found")
    };
    assert_eq!(near.len(), 2);
    assert_eq!(resolve(&graph, "无此名"), Resolution::Unknown(vec![]));
    assert_eq!(resolve(&graph, ""), Resolution::Unknown(vec![]));
}

#[test]
fn ambiguous_names_list_what_they_may_mean() {
    let mut other = fixture::yanbian();
    for entity in &mut other.entities {
        if entity.class == EntityClass::RedSite {
            entity.label = "甲烈士陵园".into();
        }
    }
    let graph = KnowledgeGraph::build(vec![fixture::baishan(), other], fixture::gazetteer());
    let Resolution::Ambiguous(candidates) = resolve(&graph, "甲烈士陵园") else {
        panic!("not ambiguous")
    };
    let within: Vec<_> = candidates
        .iter()
        .map(|candidate| candidate.within.as_str())
        .collect();
    assert_eq!(
        within,
        ["吉林省延边朝鲜族自治州延吉市", "吉林省白山市靖宇县"]
    );
}

#[test]
fn regions_that_no_document_names_are_looked_up_in_the_gazetteer() {
    let (graph, gazetteer) = (fixture::graph(), fixture::gazetteer());
    let found = resolve_region(&graph, gazetteer, "白山");
    assert_eq!(found, Resolution::Found(place("220600")));
    let Resolution::Ambiguous(homonyms) = resolve_region(&graph, gazetteer, "鼓楼区") else {
        panic!("not ambiguous")
    };
    assert!(homonyms.len() >= 4);
    let Resolution::Unknown(known) = resolve_region(&graph, gazetteer, "运城市") else {
        panic!("no document names it")
    };
    assert_eq!(known[0].within, "山西省");
    assert_eq!(
        resolve_region(&graph, gazetteer, "杨靖宇"),
        Resolution::Unknown(vec![])
    );
}

#[test]
fn facts_come_with_their_quotes() {
    let graph = fixture::graph();
    let hero = describe(&graph, &key(EntityClass::Person, "杨靖宇")).unwrap();
    let sites: Vec<_> = hero
        .facts
        .iter()
        .filter(|fact| fact.predicate == Predicate::Commemorates)
        .map(|fact| (fact.other.as_str(), fact.evidence[0].text.as_str()))
        .collect();
    assert_eq!(
        sites,
        [
            ("丙烈士陵园", "丙烈士陵园位于延吉市，纪念杨靖宇"),
            ("甲烈士陵园", "甲烈士陵园位于靖宇县，纪念杨靖宇"),
        ]
    );
    assert_eq!(hero.mentions.len(), 2);
    let city = describe(&graph, &place("220600")).unwrap();
    let above = city
        .facts
        .iter()
        .find(|fact| fact.predicate == Predicate::PartOf && fact.outgoing);
    assert!(
        above.unwrap().evidence.is_empty(),
        "the gazetteer has no quote"
    );
    assert_eq!(city.numbers.len(), 4);
    assert_eq!(describe(&graph, &place("999999")), None);
    let reporter = describe(&graph, &key(EntityClass::Person, "李某")).unwrap();
    assert!(
        reporter
            .facts
            .iter()
            .any(|fact| fact.other == "baishan.txt")
    );
    let committee = describe(&graph, &key(EntityClass::Organization, "白山市委@220600")).unwrap();
    assert!(
        committee
            .facts
            .iter()
            .any(|fact| fact.other == "王某（白山市委书记）")
    );
}
