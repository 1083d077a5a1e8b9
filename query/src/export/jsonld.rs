//! Takes expanded JSON-LD, as Oxigraph writes it, returns it with a context of prefixes and short names.

use serde_json::{Map, Value, json};

use crate::sparql::Prefixes;

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// Gives the document: a context that declares the prefixes, and the graph in their terms.
pub(super) fn with_context(expanded: Value, prefixes: &Prefixes) -> Value {
    let context: Map<String, Value> = prefixes
        .iter()
        .map(|(name, namespace)| (name.to_owned(), namespace.into()))
        .collect();
    json!({ "@context": context, "@graph": compact(expanded, prefixes) })
}

fn compact(value: Value, prefixes: &Prefixes) -> Value {
    match value {
        Value::Array(items) => items
            .into_iter()
            .map(|item| compact(item, prefixes))
            .collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| member(key, value, prefixes))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn member(key: String, value: Value, prefixes: &Prefixes) -> (String, Value) {
    match key.as_str() {
        "@id" | "@type" => (key, names(value, prefixes)),
        "@graph" => (key, compact(value, prefixes)),
        _ if key.starts_with('@') => (key, value),
        RDF_TYPE => ("@type".to_owned(), names(ids(value), prefixes)),
        _ => (short(&key, prefixes), single(compact(value, prefixes))),
    }
}

/// Gives the bare identifiers of `[{"@id": …}, …]`.
fn ids(value: Value) -> Value {
    let Value::Array(nodes) = value else {
        return value;
    };
    nodes
        .into_iter()
        .map(|mut node| node.get_mut("@id").map(Value::take).unwrap_or(node))
        .collect()
}

fn names(value: Value, prefixes: &Prefixes) -> Value {
    match value {
        Value::String(iri) => short(&iri, prefixes).into(),
        Value::Array(items) => items
            .into_iter()
            .map(|item| names(item, prefixes))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value,
    }
}

/// Plain strings stand for themselves, and one value needs no list.
fn single(value: Value) -> Value {
    let Value::Array(items) = value else {
        return value;
    };
    let mut items: Vec<Value> = items.into_iter().map(plain).collect();
    if items.len() == 1 {
        items.pop().unwrap_or_default()
    } else {
        items.into()
    }
}

fn plain(mut value: Value) -> Value {
    let alone = value.as_object().is_some_and(|members| members.len() == 1);
    match value.get_mut("@value") {
        Some(text) if alone && text.is_string() => text.take(),
        Some(_) | None => value,
    }
}

fn short(iri: &str, prefixes: &Prefixes) -> String {
    let short = prefixes.shorten(iri);
    // A name in angle brackets is one that no prefix fits; behind `//` it would be read as absolute.
    if short.starts_with('<') || short.contains("://") {
        iri.to_owned()
    } else {
        short
    }
}
