use ontology::record::{Entity, EntityClass, EntityKey, Object, Predicate};

use super::{DotError, DotOptions};
use crate::label::Lang;
use crate::model::KnowledgeGraph;
use crate::tests::{build, entity, extraction, statement};

fn graph() -> KnowledgeGraph {
    let city = entity(EntityClass::Place, "220600", "白山市", &[]);
    let site = entity(
        EntityClass::RedSite,
        "甲旧址@220600",
        "甲\"旧址\\ & <b>",
        &[],
    );
    let person = entity(EntityClass::Person, "乙丙", "乙丙", &[]);
    let far = entity(EntityClass::Person, "丁戊", "丁戊", &[]);
    let lonely = entity(EntityClass::Work, "己", "己", &[]);
    let to = |entity: &Entity| Object::Entity(entity.key.clone());
    let statements = vec![
        statement(&site, Predicate::LocatedIn, to(&city)),
        statement(&site, Predicate::Commemorates, to(&person)),
        statement(&far, Predicate::Interviewed, to(&person)),
    ];
    build(vec![extraction(
        "1.txt",
        Some("220600"),
        vec![city, site, person, far, lonely],
        statements,
    )])
}

/// Names of the nodes that a picture shows, without the legend's.
fn nodes(options: &DotOptions) -> Vec<String> {
    let dot = graph().dot(options).unwrap();
    let lines = dot
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("shape="));
    lines
        .filter_map(|line| line.strip_prefix('"')?.split_once("\" ["))
        .map(|(name, _)| name.to_owned())
        .filter(|name| !name.starts_with("legend"))
        .collect()
}

#[test]
fn a_view_is_chosen_by_neighbourhood_class_region_and_limit() {
    let site = "redsite/甲旧址@220600";
    let all = nodes(&DotOptions::default());
    assert_eq!(all.len(), 6, "{all:?}");
    let around = Some(EntityKey::new(EntityClass::Person, "丁戊"));
    let near = nodes(&DotOptions {
        around: around.clone(),
        depth: 2,
        ..DotOptions::default()
    });
    assert_eq!(near, ["person/丁戊", "person/乙丙", site]);
    let class = nodes(&DotOptions {
        class: Some(EntityClass::RedSite),
        ..DotOptions::default()
    });
    assert_eq!(class, ["person/乙丙", "place/220600", site]);
    let two = nodes(&DotOptions {
        limit: 2,
        ..DotOptions::default()
    });
    assert_eq!(two.len(), 2);
    let region = Some(EntityKey::new(EntityClass::Place, "220000"));
    let inside = nodes(&DotOptions {
        region,
        ..DotOptions::default()
    });
    assert_eq!(inside.len(), 5, "{inside:?}");
}

#[test]
fn text_is_escaped_and_what_is_left_out_is_said() {
    let dot = graph()
        .dot(&DotOptions {
            limit: 3,
            lang: Lang::En,
            ..DotOptions::default()
        })
        .unwrap();
    assert!(dot.contains(r#"甲\"旧址\\ &amp; <b>"#), "{dot}");
    assert!(
        dot.contains("// left out: 3 less connected entities"),
        "{dot}"
    );
    assert!(
        dot.contains("// left out: 1 entities without a relation"),
        "{dot}"
    );
    assert!(dot.contains("label=\"commemorates\""), "{dot}");
    assert!(dot.contains("1 documents: 1.txt"), "{dot}");
}

#[test]
fn an_unknown_centre_is_an_error() {
    let around = Some(EntityKey::new(EntityClass::Person, "无"));
    let error = graph().dot(&DotOptions {
        around,
        ..DotOptions::default()
    });
    assert!(matches!(error, Err(DotError::Unknown(_))));
}

#[test]
fn names_break_into_lines() {
    for (name, wrapped) in [
        ("白山市", "白山市"),
        ("东北抗日联军纪念馆", "东北抗日联军纪念馆"),
        ("中国共产党白山市委员会", "中国共产党白\n山市委员会"),
    ] {
        assert_eq!(super::text::wrap(name), wrapped);
    }
    let long = super::text::wrap(&"长".repeat(50));
    assert!(
        long.ends_with('…') && long.matches('\n').count() == 2,
        "{long}"
    );
}
