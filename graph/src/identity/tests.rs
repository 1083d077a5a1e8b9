use ontology::record::{Document, Entity, EntityClass, EntityKey, Extraction};

use super::Identity;

/// Class, local part of the key, label, aliases.
type Row<'a> = (EntityClass, &'a str, &'a str, &'a [&'a str]);

fn document(entities: &[Row<'_>]) -> Extraction {
    let entity = |&(class, local, label, aliases): &Row<'_>| Entity {
        key: EntityKey::new(class, local),
        class,
        label: label.to_owned(),
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        adcode: None,
        level: None,
        parent: None,
        kind: None,
    };
    Extraction {
        document: Document::default(),
        entities: entities.iter().map(entity).collect(),
        mentions: vec![],
        statements: vec![],
        observations: vec![],
        diagnostics: vec![],
    }
}

/// Asserts whether the first entities of the first two documents become one, in both orders.
#[track_caller]
fn check(documents: &[&[Row<'_>]], one: bool) {
    let mut extractions: Vec<Extraction> = documents.iter().map(|d| document(d)).collect();
    let keys: Vec<_> = extractions
        .iter()
        .map(|e| e.entities[0].key.clone())
        .collect();
    for _ in 0..2 {
        let identity = Identity::of(&extractions);
        let (a, b) = (identity.canonical(&keys[0]), identity.canonical(&keys[1]));
        assert_eq!(a == b, one, "{a} {b}");
        extractions.reverse();
    }
}

use EntityClass::{Organization, Person, Place, Program};

#[test]
fn an_alias_that_is_the_others_label_links() {
    check(
        &[
            &[(Person, "杨靖宇", "杨靖宇", &["马尚德"])],
            &[(Person, "马尚德", "马尚德", &[])],
        ],
        true,
    );
    check(
        &[
            &[(Organization, "白山市委@220600", "白山市委", &["市委"])],
            &[(Organization, "市委@220600", "市委", &[])],
        ],
        true,
    );
}

#[test]
fn another_disambiguator_class_or_claimant_does_not_link() {
    check(
        &[
            &[(Organization, "白山市委@220600", "白山市委", &["市委"])],
            &[(Organization, "市委@140800", "市委", &[])],
        ],
        false,
    );
    check(
        &[
            &[(Organization, "白山市委", "白山市委", &["市委"])],
            &[(Organization, "市委", "市委", &[])],
            &[(Organization, "运城市委", "运城市委", &["市委"])],
        ],
        false,
    );
    check(
        &[
            &[(Program, "甲", "甲乙", &[])],
            &[(Organization, "甲", "甲乙", &[])],
        ],
        false,
    );
    check(
        &[
            &[(Place, "220105", "二道区", &["二道"])],
            &[(Place, "x", "二道", &[])],
        ],
        false,
    );
    check(
        &[
            &[(Program, "先锋行动", "先锋行动", &[])],
            &[(Program, "先锋行动@220600", "先锋行动", &[])],
        ],
        false,
    );
}

#[test]
fn surname_and_title_is_no_evidence() {
    check(
        &[
            &[(Person, "李明", "李明", &["李书记"])],
            &[(Person, "李书记", "李书记", &[])],
        ],
        false,
    );
}

#[test]
fn what_a_document_keeps_apart_stays_apart() {
    check(
        &[
            &[(Person, "杨靖宇", "杨靖宇", &["马尚德"])],
            &[(Person, "马尚德", "马尚德", &[])],
            &[
                (Person, "杨靖宇", "杨靖宇", &[]),
                (Person, "马尚德", "马尚德", &[]),
            ],
        ],
        false,
    );
}

#[test]
fn namesakes_of_other_provinces_stay_apart() {
    check(
        &[
            &[(Person, "王伟@220000", "王伟", &[])],
            &[(Person, "王伟@530000", "王伟", &[])],
        ],
        false,
    );
    // One that is known by itself is not the one of a province.
    check(
        &[
            &[(Person, "王伟", "王伟", &[])],
            &[(Person, "王伟@530000", "王伟", &[])],
        ],
        false,
    );
}

/// Each alias alone would join its two; all of them would make one of four names that share nothing.
#[test]
fn a_chain_of_aliases_ends() {
    let two: &[&[Row<'_>]] = &[
        &[(Organization, "甲社", "甲社", &["乙社"])],
        &[(Organization, "丙社", "丙社", &[])],
        &[(Organization, "乙社", "乙社", &["丙社"])],
    ];
    check(two, true);
    let three: &[&[Row<'_>]] = &[
        &[(Organization, "甲社", "甲社", &["乙社"])],
        &[(Organization, "丁社", "丁社", &[])],
        &[(Organization, "乙社", "乙社", &["丙社"])],
        &[(Organization, "丙社", "丙社", &["丁社"])],
    ];
    check(three, false);
}
