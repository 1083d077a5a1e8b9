//! The vocabulary and its constants say the same; IRIs are valid and distinct.

use std::collections::{BTreeMap, BTreeSet};

use ontology::iri::Iris;
use ontology::record::{CharSpan, EntityClass, EntityKey};
use ontology::vocab;
use oxigraph::io::{RdfFormat, RdfParser, RdfSyntaxError};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use proptest::prelude::*;

type Described = BTreeMap<String, BTreeMap<String, Vec<Term>>>;

fn ontology() -> Result<Vec<Quad>, RdfSyntaxError> {
    RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(vocab::ONTOLOGY)
        .collect()
}

/// Predicate → objects of every named subject.
fn described() -> Result<Described, RdfSyntaxError> {
    let mut terms = Described::new();
    for quad in ontology()? {
        if let NamedOrBlankNode::NamedNode(subject) = quad.subject {
            let properties = terms.entry(subject.into_string()).or_default();
            properties
                .entry(quad.predicate.into_string())
                .or_default()
                .push(quad.object);
        }
    }
    Ok(terms)
}

/// Blank nodes would differ from build to build.
#[test]
fn there_are_no_blank_nodes() {
    for quad in ontology().unwrap() {
        assert!(
            !quad.subject.is_blank_node() && !quad.object.is_blank_node(),
            "{quad}"
        );
    }
}

#[test]
fn constants_and_turtle_hold_the_same_terms() {
    let terms = described().unwrap();
    let defined: BTreeSet<&str> = terms
        .keys()
        .map(String::as_str)
        .filter(|iri| iri.starts_with(vocab::fz::NAMESPACE))
        .collect();
    let constants: BTreeSet<&str> = vocab::fz::ALL.iter().copied().collect();
    assert_eq!(
        constants.len(),
        vocab::fz::ALL.len(),
        "a constant stands twice"
    );
    let only_turtle: Vec<_> = defined.difference(&constants).collect();
    let only_rust: Vec<_> = constants.difference(&defined).collect();
    assert!(
        only_turtle.is_empty() && only_rust.is_empty(),
        "{only_turtle:?} {only_rust:?}"
    );
}

#[test]
fn objects_in_the_own_namespace_are_defined() {
    let constants: BTreeSet<&str> = vocab::fz::ALL.iter().copied().collect();
    for quad in ontology().unwrap() {
        if let Term::NamedNode(object) = &quad.object {
            let own = object.as_str().starts_with(vocab::fz::NAMESPACE);
            assert!(!own || constants.contains(object.as_str()), "{object}");
        }
    }
}

#[test]
fn every_term_is_labelled_and_explained_in_both_languages() {
    let mut missing = Vec::new();
    let terms = described().unwrap();
    for term in vocab::fz::ALL {
        let properties = terms.get(*term);
        for property in [vocab::rdfs::LABEL, vocab::rdfs::COMMENT] {
            for language in [vocab::ZH_HANS, vocab::EN] {
                let count = properties
                    .and_then(|properties| properties.get(property))
                    .into_iter()
                    .flatten()
                    .filter(|object| matches!(object, Term::Literal(literal) if literal.language() == Some(language)))
                    .count();
                if count != 1 {
                    missing.push(format!("{term} {property} {language}: {count}"));
                }
            }
        }
        if !properties.is_some_and(|properties| properties.contains_key(vocab::rdf::TYPE)) {
            missing.push(format!("{term} has no rdf:type"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn records_have_their_terms() {
    for class in EntityClass::ALL {
        assert_eq!(
            vocab::class_iri(class),
            format!("{}{class}", vocab::fz::NAMESPACE)
        );
    }
    for predicate in ontology::record::Predicate::ALL {
        let expected = format!("{}{}", vocab::fz::NAMESPACE, predicate.name());
        assert_eq!(vocab::predicate_iri(predicate), expected);
    }
}

#[test]
fn prefixes_are_sorted_and_absolute() {
    assert!(vocab::PREFIXES.is_sorted());
    for (_, namespace) in vocab::PREFIXES {
        NamedNode::new(*namespace).expect("namespaces are absolute IRIs");
    }
}

fn any_class() -> impl Strategy<Value = EntityClass> {
    prop::sample::select(EntityClass::ALL.to_vec())
}

proptest! {
    #[test]
    fn any_local_part_gives_a_valid_iri(class in any_class(), local in any::<String>(), b in 0..9_usize) {
        let iris = Iris::default();
        let key = EntityKey::new(class, &local);
        for iri in [
            iris.entity(&key),
            iris.post(&local, None),
            iris.post(&local, Some(&key)),
            iris.indicator(&local),
            iris.software(&local),
            iris.statement(&iris.document(&local), CharSpan { start: b, end: b + 1 }, b),
            iris.observation(&iris.document(&local), CharSpan { start: b, end: b + 1 }, b),
        ] {
            prop_assert!(NamedNode::new(&iri).is_ok(), "{}", iri);
        }
    }

    #[test]
    fn different_keys_have_different_iris(
        class in any_class(), other_class in any_class(),
        local in "[%a-z0-9./ \u{4e00}-\u{4e05}\"@]{0,6}", other in "[%A-F0-9a-z./ \u{4e00}-\u{4e05}\"@]{0,6}",
    ) {
        let iris = Iris::default();
        let one = EntityKey::new(class, &local);
        let two = EntityKey::new(other_class, &other);
        prop_assert_eq!(one == two, iris.entity(&one) == iris.entity(&two));
        let posts = (iris.post(&local, Some(&two)), iris.post(&other, Some(&one)));
        prop_assert_eq!(local == other && one == two, posts.0 == posts.1);
    }
}
