//! The graph as a whole: order of the input, idempotence, counts, hierarchy.

use ontology::gazetteer::Gazetteer;
use ontology::record::{
    CharSpan, Document, Entity, EntityClass, EntityKey, Extraction, Mention, Object, Observation,
    Predicate, Qualifier, Severity, Statement,
};
use proptest::prelude::*;

use crate::KnowledgeGraph;
use crate::model::{Edge, Node};

pub(crate) fn key(class: EntityClass, local: &str) -> EntityKey {
    EntityKey::new(class, local)
}

pub(crate) fn entity(class: EntityClass, local: &str, label: &str, aliases: &[&str]) -> Entity {
    Entity {
        key: key(class, local),
        class,
        label: label.to_owned(),
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        adcode: None,
        level: None,
        parent: None,
        kind: None,
    }
}

pub(crate) fn statement(subject: &Entity, predicate: Predicate, object: Object) -> Statement {
    let (span, rule) = (CharSpan { start: 0, end: 1 }, "test".to_owned());
    Statement {
        span,
        subject: subject.key.clone(),
        predicate,
        object,
        rule,
        confidence: 1.0,
    }
}

/// Makes an extraction that mentions each entity once.
pub(crate) fn extraction(
    id: &str,
    about: Option<&str>,
    entities: Vec<Entity>,
    statements: Vec<Statement>,
) -> Extraction {
    let mentions = entities.iter().enumerate().map(|(at, entity)| Mention {
        span: CharSpan {
            start: at,
            end: at + 1,
        },
        surface: entity.label.clone(),
        class: entity.class,
        entity: entity.key.clone(),
        rule: "test".to_owned(),
        confidence: 1.0,
    });
    Extraction {
        document: Document {
            id: id.to_owned(),
            sha256: format!("{:0>8}", id.trim_end_matches(".txt")),
            encoding: "UTF-8".to_owned(),
            about: about.map(|code| key(EntityClass::Place, code)),
            ..Document::default()
        },
        mentions: mentions.collect(),
        entities,
        statements,
        observations: vec![],
        diagnostics: vec![],
    }
}

pub(crate) fn build(extractions: Vec<Extraction>) -> KnowledgeGraph {
    KnowledgeGraph::build(extractions, Gazetteer::shared().unwrap())
}

/// All that the public API tells of a graph, one item a line.
fn told(graph: &KnowledgeGraph) -> String {
    let mut text = String::new();
    let mut add = |item: String| text.push_str(&(item + "\n"));
    graph
        .documents()
        .iter()
        .for_each(|item| add(format!("{item:?}")));
    graph.entities().for_each(|item| add(format!("{item:?}")));
    graph.relations().for_each(|item| add(format!("{item:?}")));
    graph.indicators().for_each(|item| add(format!("{item:?}")));
    graph
        .diagnostics()
        .iter()
        .for_each(|item| add(format!("{item:?}")));
    for entity in graph.entities() {
        add(format!(
            "{:?} {}",
            graph.home_region(&entity.key),
            graph.degree(&entity.key)
        ));
    }
    text + &graph.dot(&crate::DotOptions::default()).unwrap()
}

/// Names that collide in all the ways that identity has to weigh.
fn some_entity() -> impl Strategy<Value = Entity> {
    let class = prop::sample::select(vec![
        EntityClass::Person,
        EntityClass::Organization,
        EntityClass::Program,
        EntityClass::Place,
    ]);
    let name = || prop::sample::select(vec!["甲乙", "甲丙", "丙丁", "丁戊己", "戊"]);
    let place = prop::sample::select(vec!["", "@220600", "@220622"]);
    (class, name(), name(), prop::option::of(name()), place).prop_map(
        |(class, local, label, alias, place)| {
            let local = if class == EntityClass::Place {
                "220622".to_owned()
            } else {
                format!("{local}{place}")
            };
            entity(class, &local, label, alias.as_slice())
        },
    )
}

fn some_extractions() -> impl Strategy<Value = Vec<Extraction>> {
    let entities = prop::collection::vec(some_entity(), 1..5);
    let document = (0_u8..6, entities).prop_map(|(id, mut entities)| {
        entities.sort_by(|a, b| a.key.cmp(&b.key));
        entities.dedup_by(|a, b| a.key == b.key);
        let related = entities.iter().zip(entities.iter().skip(1));
        let statements = related
            .map(|(a, b)| statement(a, Predicate::RunBy, Object::Entity(b.key.clone())))
            .collect();
        extraction(&format!("{id}.txt"), Some("220600"), entities, statements)
    });
    // Ids repeat, and the same id means the same content, as a digest would.
    prop::collection::vec(document, 0..6).prop_map(|mut documents| {
        documents.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        documents.dedup_by(|a, b| a.document.id == b.document.id);
        documents
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_does_not_matter(
        (documents, shuffled) in some_extractions()
            .prop_flat_map(|documents| (Just(documents.clone()), Just(documents).prop_shuffle()))
    ) {
        prop_assert_eq!(told(&build(documents)), told(&build(shuffled)));
    }

    #[test]
    fn merging_again_changes_nothing(documents in some_extractions()) {
        let once = build(documents);
        let twice = build(once.documents().to_vec());
        prop_assert_eq!(told(&once), told(&twice));
    }

    #[test]
    fn given_twice_is_given_once(documents in some_extractions()) {
        let twice = [documents.clone(), documents.clone()].concat();
        prop_assert_eq!(told(&build(documents)), told(&build(twice)));
    }

    #[test]
    fn nodes_and_edges_are_the_entities_and_relations(documents in some_extractions()) {
        let graph = build(documents);
        let nodes = graph.graph.node_weights();
        let entities = nodes.filter(|node| matches!(node, Node::Entity { .. })).count();
        prop_assert_eq!(entities, graph.entities().count());
        let edges = graph.graph.edge_weights();
        let relations = edges.filter(|edge| matches!(edge, Edge::Relation(_))).count();
        prop_assert_eq!(relations, graph.relations().count());
    }
}

#[test]
fn divisions_above_a_place_come_from_the_gazetteer() {
    let county = entity(EntityClass::Place, "220622", "靖宇", &["靖宇县"]);
    let graph = build(vec![extraction(
        "1.txt",
        Some("220622"),
        vec![county],
        vec![],
    )]);
    let labels: Vec<&str> = graph
        .entities()
        .map(|entity| entity.label.as_str())
        .collect();
    assert_eq!(labels, ["中国", "吉林省", "白山市", "靖宇县"]);
    let county = graph.entity(&key(EntityClass::Place, "220622")).unwrap();
    assert_eq!(
        (county.aliases.as_slice(), county.adcode.as_deref()),
        (&["靖宇".to_owned()][..], Some("220622"))
    );
    assert!(
        graph
            .relations()
            .all(|r| r.predicate == Predicate::PartOf && r.documents.is_empty())
    );
    assert_eq!(graph.relations().count(), 3);
    assert!(graph.is_within(&county.key, &key(EntityClass::Place, "220000")));
    assert!(!graph.is_within(&key(EntityClass::Place, "220000"), &county.key));
}

#[test]
fn a_place_without_a_code_lies_where_its_document_says() {
    let mut village = entity(EntityClass::Place, "甲村@220600", "甲村", &[]);
    village.parent = Some(key(EntityClass::Place, "220600"));
    let graph = build(vec![extraction(
        "1.txt",
        None,
        vec![village.clone()],
        vec![],
    )]);
    let part_of = graph.relations_from(&village.key).next().unwrap();
    assert_eq!(part_of.documents, ["00000001"]);
}

#[test]
fn merged_names_and_documents_of_relations() {
    let city = || entity(EntityClass::Place, "220600", "白山市", &[]);
    let body = || {
        entity(
            EntityClass::Organization,
            "白山市委@220600",
            "白山市委",
            &["市委"],
        )
    };
    let short = entity(EntityClass::Organization, "市委@220600", "市委", &[]);
    let located = |body: &Entity| {
        let object = Object::Entity(key(EntityClass::Place, "220600"));
        statement(body, Predicate::LocatedIn, object)
    };
    let documents = vec![
        extraction("1.txt", None, vec![city(), body()], vec![located(&body())]),
        extraction(
            "2.txt",
            None,
            vec![city(), short.clone()],
            vec![located(&short)],
        ),
        extraction("3.txt", None, vec![city(), body()], vec![]),
    ];
    let graph = build(documents);
    assert!(graph.entity(&short.key).is_none());
    let merged = graph.entity(&body().key).unwrap();
    assert_eq!(
        (merged.label.as_str(), merged.aliases.as_slice()),
        ("白山市委", &["市委".to_owned()][..])
    );
    assert_eq!(
        graph
            .relations_from(&merged.key)
            .next()
            .unwrap()
            .documents
            .len(),
        2
    );
    assert_eq!(graph.documents_naming(&merged.key).count(), 3);
    assert_eq!(
        graph.home_region(&merged.key),
        Some(key(EntityClass::Place, "220600"))
    );
}

#[test]
fn what_has_no_end_or_no_news_is_told() {
    let person = entity(EntityClass::Person, "甲", "甲", &[]);
    let lost = Object::Entity(key(EntityClass::Person, "乙"));
    let stated = vec![statement(&person, Predicate::Interviewed, lost)];
    let first = extraction("1.txt", None, vec![person], stated);
    let mut copy = first.clone();
    copy.document.id = "copy.txt".to_owned();
    let graph = build(vec![copy, first]);
    assert_eq!(graph.documents().len(), 1);
    assert_eq!(graph.relations().count(), 0);
    let found: Vec<_> = graph
        .diagnostics()
        .iter()
        .map(|d| (d.severity, d.document.as_str()))
        .collect();
    assert_eq!(
        found,
        [(Severity::Warning, "1.txt"), (Severity::Note, "copy.txt")]
    );
}

#[test]
fn a_post_stands_between_its_holder_and_its_body() {
    let city = entity(EntityClass::Place, "220600", "白山市", &[]);
    let person = entity(EntityClass::Person, "甲乙", "甲乙", &[]);
    let post = Object::Post {
        label: "白山市市长".to_owned(),
        body: Some(city.key.clone()),
    };
    let held = statement(&person, Predicate::HoldsPost, post);
    let graph = build(vec![extraction(
        "1.txt",
        None,
        vec![city.clone(), person.clone()],
        vec![held],
    )]);
    assert_eq!(graph.neighbourhood(&person.key, 1).get(&city.key), Some(&1));
    assert_eq!(graph.neighbourhood(&city.key, 1).get(&person.key), Some(&1));
    assert_eq!(
        graph.places_of(&person.key).into_iter().collect::<Vec<_>>(),
        [city.key]
    );
}

#[test]
fn a_village_lies_in_the_narrowest_place_that_is_stated() {
    let city = entity(EntityClass::Place, "150400", "赤峰市", &[]);
    let county = entity(EntityClass::Place, "150404", "松山区", &[]);
    let mut village = entity(EntityClass::Place, "150400/某村", "某村", &[]);
    village.parent = Some(city.key.clone());
    let part = |of: &Entity| statement(&village, Predicate::PartOf, Object::Entity(of.key.clone()));
    let statements = vec![part(&city), part(&county)];
    let key = village.key.clone();
    let graph = build(vec![extraction(
        "1.txt",
        Some("150400"),
        vec![city, county, village],
        statements,
    )]);
    let above: Vec<String> = graph
        .ancestors(&key)
        .iter()
        .map(EntityKey::to_string)
        .collect();
    assert_eq!(above.first().map(String::as_str), Some("place/150404"));
}

#[test]
fn indicators_have_the_schemes_label_or_their_wording() {
    let mut document = extraction("1.txt", None, vec![], vec![]);
    let observation = |indicator: &str, text: &str| Observation {
        span: CharSpan { start: 0, end: 1 },
        anchor: String::new(),
        value: 1.0,
        unit: String::new(),
        qualifier: Qualifier::Exact,
        indicator: indicator.to_owned(),
        indicator_text: text.to_owned(),
        area: None,
        period: None,
        program: None,
        rule: "test".to_owned(),
        confidence: 1.0,
    };
    document.observations = vec![
        observation("gdp", "GDP"),
        observation("雪场", "雪场"),
        observation("雪场", "滑雪场"),
    ];
    let graph = build(vec![document]);
    let found: Vec<_> = graph
        .indicators()
        .map(|used| (used.label.as_str(), used.texts.len()))
        .collect();
    assert_eq!(found, [("地区生产总值", 1), ("雪场", 2)]);
}
