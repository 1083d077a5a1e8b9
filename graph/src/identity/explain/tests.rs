use ontology::gazetteer::Gazetteer;
use ontology::record::{Entity, EntityClass, Extraction, Object, Predicate};

use super::{CannotLink, Verdict, explain};
use crate::KnowledgeGraph;
use crate::tests::{entity, extraction, key, statement};

use EntityClass::{Organization, Person, Place, Program, RedSite};

/// Gives the verdict on the only pair that two names make.
#[track_caller]
fn verdict(documents: &[Vec<Entity>], a: &str, b: &str) -> Verdict {
    let documents = documents.iter().enumerate().map(|(number, entities)| {
        extraction(&format!("{number}.txt"), None, entities.clone(), vec![])
    });
    let gazetteer = Gazetteer::shared().unwrap();
    let found = explain(documents.collect(), gazetteer, a, b);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].verdict.clone()
}

#[test]
fn a_merge_has_its_rule_its_name_and_quotes() {
    let documents = vec![
        extraction(
            "a.txt",
            None,
            vec![entity(Person, "杨靖宇", "杨靖宇", &["马尚德"])],
            vec![],
        ),
        extraction(
            "b.txt",
            None,
            vec![entity(Person, "马尚德", "马尚德", &[])],
            vec![],
        ),
    ];
    let gazetteer = Gazetteer::shared().unwrap();
    let found = explain(documents, gazetteer, "杨靖宇", "马尚德");
    let [one] = found.as_slice() else {
        panic!("{found:#?}");
    };
    let Verdict::Merged(merges) = &one.verdict else {
        panic!("{one:#?}");
    };
    assert_eq!(merges[0].rule.name(), "identity.alias-is-label");
    assert_eq!(merges[0].name, "马尚德");
    let ends = [&merges[0].a, &merges[0].b].map(|key| key.local());
    assert_eq!(ends, ["马尚德", "杨靖宇"]);
    let quoted = [&one.a, &one.b].map(|bearer| bearer.quotes[0].document.as_str());
    assert_eq!(quoted, ["a.txt", "b.txt"]);
}

#[test]
fn names_of_one_key_are_one() {
    let documents = [vec![entity(Person, "杨靖宇", "杨靖宇", &["马尚德"])]];
    assert_eq!(verdict(&documents, "杨靖宇", "马尚德"), Verdict::SameKey);
}

#[test]
fn what_keeps_two_apart_is_named() {
    let document = |id: &str| CannotLink::Document(id.to_owned());
    let claimants = CannotLink::Claimants {
        name: "市委".to_owned(),
        others: vec![key(Organization, "丙市委")],
    };
    for (documents, [a, b], expected) in [
        (
            vec![
                vec![entity(Program, "甲乙", "甲乙行动", &[])],
                vec![entity(Organization, "甲乙", "甲乙队", &[])],
            ],
            ["甲乙行动", "甲乙队"],
            vec![CannotLink::Class, CannotLink::NoEvidence],
        ),
        (
            vec![
                vec![entity(Person, "王伟@220000", "王伟", &["王大伟"])],
                vec![entity(Person, "王大伟@530000", "王大伟", &[])],
            ],
            ["王伟", "王大伟"],
            // An alias with the surname is no evidence either.
            vec![
                CannotLink::Disambiguator,
                CannotLink::Alias("王大伟".to_owned()),
            ],
        ),
        (
            vec![
                vec![entity(Place, "320106", "鼓楼区", &[])],
                vec![entity(Place, "350102", "鼓楼", &["鼓楼区"])],
            ],
            ["鼓楼区", "鼓楼"],
            vec![CannotLink::Places],
        ),
        (
            vec![
                vec![entity(Person, "甲某", "甲某", &["乙某"])],
                vec![entity(Person, "乙某", "乙某", &[])],
                vec![
                    entity(Person, "甲某", "甲某", &[]),
                    entity(Person, "乙某", "乙某", &[]),
                ],
            ],
            ["甲某", "乙某"],
            vec![document("2.txt")],
        ),
        (
            vec![
                vec![entity(Organization, "甲市委", "甲市委", &["市委"])],
                vec![entity(Organization, "市委", "市委", &[])],
                vec![entity(Organization, "丙市委", "丙市委", &["市委"])],
            ],
            ["甲市委", "市委"],
            vec![claimants],
        ),
        (
            vec![
                vec![entity(Person, "李明", "李明", &["李书记"])],
                vec![entity(Person, "李书记", "李书记", &[])],
            ],
            ["李明", "李书记"],
            vec![CannotLink::Alias("李书记".to_owned())],
        ),
        (
            vec![
                vec![entity(Person, "李明", "李明", &[])],
                vec![entity(Person, "王伟", "王伟", &[])],
            ],
            ["李明", "王伟"],
            vec![CannotLink::NoEvidence],
        ),
    ] {
        let found = verdict(&documents, a, b);
        assert_eq!(found, Verdict::Apart(expected), "{a} {b}");
    }
}

fn place(code: &str, label: &str) -> Entity {
    entity(Place, code, label, &[])
}

/// A document that puts the cemetery, which has the prefecture in its key, in a county.
fn cemetery(id: &str, code: &str, county: &str, confidence: f64) -> Extraction {
    let site = entity(RedSite, "烈士陵园@220600", "烈士陵园", &[]);
    let at = Object::Entity(key(Place, code));
    let mut said = statement(&site, Predicate::LocatedIn, at);
    said.confidence = confidence;
    extraction(id, Some(code), vec![place(code, county), site], vec![said])
}

/// Gives the keys of the sites in the graph of some documents, whatever their order.
#[track_caller]
fn sites(mut documents: Vec<Extraction>) -> Vec<String> {
    let gazetteer = Gazetteer::shared().unwrap();
    let keys = |documents: Vec<Extraction>| -> Vec<String> {
        let graph = KnowledgeGraph::build(documents, gazetteer);
        let sites = graph.entities().filter(|entity| entity.class == RedSite);
        sites.map(|site| site.key.local().to_owned()).collect()
    };
    let found = keys(documents.clone());
    documents.reverse();
    assert_eq!(keys(documents), found);
    found
}

#[test]
fn sites_of_one_name_in_two_counties_are_two() {
    let [jingyu, fusong] = [("220622", "靖宇县"), ("220621", "抚松县")];
    let at = |id: &str, (code, county): (&str, &str), sure| cemetery(id, code, county, sure);
    let own = ["烈士陵园@220621", "烈士陵园@220622"];
    assert_eq!(sites(vec![at("a", jingyu, 0.8), at("b", fusong, 0.8)]), own);
    // One county, said twice, is one site.
    assert_eq!(
        sites(vec![at("a", jingyu, 0.8), at("b", jingyu, 0.8)]),
        ["烈士陵园@220600"]
    );
    // Where a document only lies in a county, it may speak of another's site.
    assert_eq!(
        sites(vec![at("a", jingyu, 0.8), at("b", fusong, 0.6)]),
        ["烈士陵园@220600"]
    );
    // A township says its county.
    let town = cemetery("c", "220621101", "松江河镇", 0.8);
    assert_eq!(
        sites(vec![at("a", jingyu, 0.8), at("b", fusong, 0.8), town]),
        own
    );
    // So does a village.
    let village = cemetery("c", "220621/东山村", "东山村", 0.8);
    let three = vec![at("a", jingyu, 0.8), at("b", fusong, 0.8), village];
    assert_eq!(sites(three), own);
    // A document that does not say where means neither.
    let silent = extraction(
        "d",
        None,
        vec![entity(RedSite, "烈士陵园@220600", "烈士陵园", &[])],
        vec![],
    );
    let three = ["烈士陵园@220600", "烈士陵园@220621", "烈士陵园@220622"];
    assert_eq!(
        sites(vec![at("a", jingyu, 0.8), at("b", fusong, 0.8), silent]),
        three
    );
}

#[test]
fn sites_of_two_counties_say_why() {
    let documents = vec![
        cemetery("a", "220622", "靖宇县", 0.8),
        cemetery("b", "220621", "抚松县", 0.8),
    ];
    let gazetteer = Gazetteer::shared().unwrap();
    let found = explain(documents, gazetteer, "烈士陵园", "烈士陵园");
    let apart = found
        .iter()
        .filter(|one| one.verdict == Verdict::Apart(vec![CannotLink::Disambiguator]));
    assert_eq!(apart.count(), 2, "{found:#?}");
}
