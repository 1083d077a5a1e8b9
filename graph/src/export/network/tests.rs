use ontology::gazetteer::Gazetteer;
use ontology::record::{EntityClass, EntityKey, Object, Predicate};
use quick_xml::events::Event;

use super::Network;
use crate::tests::{build, entity, extraction, statement};

/// A site with awkward signs in its name, a person with a post, and the author of the document.
fn network() -> Network {
    let city = entity(EntityClass::Place, "220600", "白山市", &["白山"]);
    let name = "甲\"旧址\\ & <b>\u{1}";
    let site = entity(EntityClass::RedSite, "甲旧址@220600", name, &["甲;乙"]);
    let person = entity(EntityClass::Person, "乙丙", "乙丙", &[]);
    let post = Object::Post {
        label: "白山市市长".to_owned(),
        body: Some(EntityKey::new(EntityClass::Place, "220600")),
    };
    let statements = vec![
        statement(
            &site,
            Predicate::LocatedIn,
            Object::Entity(city.key.clone()),
        ),
        statement(&person, Predicate::HoldsPost, post),
        statement(&person, Predicate::AuthorOf, Object::Document),
    ];
    let entities = vec![city, site, person];
    let graph = build(vec![extraction(
        "1.txt",
        Some("220600"),
        entities,
        statements,
    )]);
    graph.network(Gazetteer::shared().unwrap())
}

#[test]
fn relations_posts_and_bylines_are_edges() {
    let network = network();
    let mut edges: Vec<String> = network
        .edges
        .iter()
        .map(|edge| {
            format!(
                "{} {} {} {}",
                edge.source,
                edge.relation,
                edge.target,
                edge.documents.join(" ")
            )
        })
        .collect();
    edges.retain(|edge| !edge.contains("partOf"));
    assert_eq!(
        edges,
        [
            "person/乙丙 authorOf document/00000001 1.txt",
            "person/乙丙 holdsPost post/白山市市长@place/220600 1.txt",
            "post/白山市市长@place/220600 postIn place/220600 ",
            "redsite/甲旧址@220600 locatedIn place/220600 1.txt",
        ]
    );
    // Every edge ends at a node.
    let ids: Vec<&str> = network.nodes.iter().map(|node| node.id.as_str()).collect();
    assert!(ids.is_sorted());
    for edge in &network.edges {
        assert!(ids.contains(&edge.source.as_str()) && ids.contains(&edge.target.as_str()));
    }
    let city = network
        .nodes
        .iter()
        .find(|node| node.id == "place/220600")
        .unwrap();
    assert_eq!((city.class, city.documents, city.degree), ("Place", 1, 2));
    assert!(
        city.longitude
            .is_some_and(|degrees| (125.0..128.0).contains(&degrees))
    );
}

#[test]
fn xml_escapes_what_it_can_and_leaves_out_what_it_cannot_hold() {
    type Write = fn(&Network, &mut Vec<u8>) -> std::io::Result<()>;
    let network = network();
    let writers: [Write; 2] = [Network::write_graphml, Network::write_gexf];
    for write in writers {
        let mut out = Vec::new();
        write(&network, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.contains('\u{1}'), "{text}");
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut nodes = 0;
        let mut event = reader.read_event().unwrap();
        while event != Event::Eof {
            if let Event::Start(tag) = &event {
                nodes += usize::from(tag.name().as_ref() == "node");
            }
            event = reader.read_event().unwrap();
        }
        assert_eq!(nodes, network.nodes.len());
        assert!(text.contains("&lt;b&gt;"), "{text}");
    }
}

#[test]
fn neo4j_tables_have_a_row_for_each() {
    let network = network();
    let (mut nodes, mut relationships) = (Vec::new(), Vec::new());
    network.write_neo4j_nodes(&mut nodes).unwrap();
    network
        .write_neo4j_relationships(&mut relationships)
        .unwrap();
    let rows = |bytes: &[u8]| csv::Reader::from_reader(bytes).into_records().count();
    assert_eq!(rows(&nodes), network.nodes.len());
    assert_eq!(rows(&relationships), network.edges.len());
    let text = String::from_utf8(relationships).unwrap();
    assert!(
        text.contains("person/乙丙,HOLDS_POST,post/白山市市长@place/220600,1.txt"),
        "{text}"
    );
    // The separator of arrays cannot stand in a value.
    assert!(String::from_utf8(nodes).unwrap().contains("甲；乙"));
}
