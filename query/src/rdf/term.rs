//! Takes values, returns RDF terms.

use ontology::gazetteer::Point;
use ontology::iri::Iris;
use ontology::record::{EntityKey, Object};
use ontology::vocab;
use oxigraph::model::{Literal, NamedNode};

/// Makes a node of an IRI from the vocabulary or from [`Iris`], both of which give valid ones only.
pub(crate) fn node(iri: impl Into<String>) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

pub(crate) fn entity(iris: &Iris, key: &EntityKey) -> NamedNode {
    node(iris.entity(key))
}

/// Makes the node of a relation's other end; `document` is the document that says so.
pub(crate) fn object(iris: &Iris, object: &Object, document: &NamedNode) -> NamedNode {
    match object {
        Object::Entity(key) => entity(iris, key),
        Object::Post { label, body } => node(iris.post(label, body.as_ref())),
        Object::Document => document.clone(),
    }
}

pub(crate) fn text(value: &str) -> Literal {
    Literal::new_simple_literal(value)
}

/// Makes a label in Simplified characters.
pub(crate) fn chinese(value: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(value, vocab::ZH_HANS)
}

pub(crate) fn english(value: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(value, vocab::EN)
}

pub(crate) fn integer(value: usize) -> Literal {
    Literal::new_typed_literal(value.to_string(), node(vocab::xsd::INTEGER))
}

pub(crate) fn boolean(value: bool) -> Literal {
    Literal::new_typed_literal(value.to_string(), node(vocab::xsd::BOOLEAN))
}

/// Makes an `xsd:decimal` written in full with a point, such as `9914000.0`; none for what is no
/// number.
#[must_use]
pub fn decimal(value: f64) -> Option<Literal> {
    if !value.is_finite() {
        return None;
    }
    // Adding zero turns the negative zero into the positive one.
    let mut digits = (value + 0.0).to_string();
    if !digits.contains('.') {
        digits.push_str(".0");
    }
    Some(Literal::new_typed_literal(
        digits,
        node(vocab::xsd::DECIMAL),
    ))
}

/// Makes a point in well-known text; without the IRI of a datum it is in WGS-84, longitude first.
pub(crate) fn point(point: Point) -> Literal {
    let text = format!("POINT({} {})", point.longitude, point.latitude);
    Literal::new_typed_literal(text, node(vocab::geo::WKT_LITERAL))
}

/// Makes an `xsd:date`; none for what is not written `YYYY-MM-DD`.
pub(crate) fn date(value: &str) -> Option<Literal> {
    let shape: Vec<usize> = value.split('-').map(str::len).collect();
    let numeric = value.chars().all(|c| c.is_ascii_digit() || c == '-');
    (shape == [4, 2, 2] && numeric)
        .then(|| Literal::new_typed_literal(value, node(vocab::xsd::DATE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_in_full() {
        let cases = [
            (9_914_000.0, "9914000.0"),
            (970_000_000.0, "970000000.0"),
            (0.1, "0.1"),
            (-0.0, "0.0"),
            (1e21, "1000000000000000000000.0"),
            (98.5, "98.5"),
        ];
        for (value, expected) in cases {
            assert_eq!(decimal(value).unwrap().value(), expected);
        }
        assert_eq!(decimal(f64::NAN), None);
    }

    #[test]
    fn dates_have_one_form() {
        assert!(date("2021-12-08").is_some());
        for bad in [
            "2021-12",
            "2021年12月8日",
            "",
            "12-08-2021",
            "2021-12-08T00:00",
        ] {
            assert!(date(bad).is_none(), "{bad}");
        }
    }
}
