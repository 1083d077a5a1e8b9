//! Takes an entity, returns what the graph knows about it, each line with its quote and document.

use std::collections::BTreeMap;

use graph::{KnowledgeGraph, Relation};
use ontology::record::{
    CharSpan, Entity, EntityKey, Extraction, Object, Observation, Predicate, Statement,
};
use serde::Serialize;

/// What the graph knows about one entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Description {
    /// The entity, merged over all documents.
    pub entity: Entity,
    /// Relations that it has, in the order of the contract.
    pub facts: Vec<Fact>,
    /// Observations of it (a place) or that belong to it (a programme).
    pub numbers: Vec<Number>,
    /// Where it is named, sorted by document.
    pub mentions: Vec<Mentioned>,
}

/// A relation of the entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fact {
    /// The relation.
    pub predicate: Predicate,
    /// Whether the entity is its subject.
    pub outgoing: bool,
    /// Name of the other end: an entity's or a post's label, a document's id.
    pub other: String,
    /// Key of the other end where it is an entity.
    pub other_key: Option<EntityKey>,
    /// Where documents say so, sorted; empty for what only the gazetteer says.
    pub evidence: Vec<Quote>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Quote {
    /// The document's id.
    pub document: String,
    /// Where it stands there.
    pub span: CharSpan,
    /// The exact text.
    pub text: String,
}

/// An observation, with its indicator's label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Number {
    /// Label of the indicator.
    pub indicator: String,
    /// The observation.
    pub observation: Observation,
    /// The document's id.
    pub document: String,
    /// Ids of the reprints of that document which repeat it, sorted.
    pub reprints: Vec<String>,
}

/// How one document names the entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mentioned {
    /// The document's id.
    pub document: String,
    /// How often.
    pub count: usize,
    /// The first mention.
    pub first: CharSpan,
    /// The surface forms and how often each occurs, sorted.
    pub surfaces: BTreeMap<String, usize>,
}

/// Gathers what the graph knows about the entity with this key; none where it holds no such entity.
#[must_use]
pub fn describe(graph: &KnowledgeGraph, key: &EntityKey) -> Option<Description> {
    let entity = graph.entity(key)?.clone();
    let mut facts: Vec<Fact> = graph
        .relations()
        .flat_map(|relation| facts_of(graph, relation, key))
        .collect();
    facts.sort();
    let mut mentions: Vec<Mentioned> = graph
        .documents()
        .iter()
        .filter_map(|document| mentioned(document, key))
        .collect();
    mentions.sort();
    Some(Description {
        entity,
        facts,
        numbers: numbers(graph, key),
        mentions,
    })
}

/// Gives the facts that a relation is for the entity: none, one, or one per document (a byline).
fn facts_of(graph: &KnowledgeGraph, relation: &Relation, key: &EntityKey) -> Vec<Fact> {
    let outgoing = relation.subject == *key;
    let touches = match &relation.object {
        Object::Entity(object) => object == key,
        Object::Post { body, .. } => body.as_ref() == Some(key),
        Object::Document => false,
    };
    if !outgoing && !touches {
        return Vec::new();
    }
    let evidence = evidence(graph, relation);
    let (other, other_key) = match (&relation.object, outgoing) {
        (Object::Document, _) => return bylines(relation.predicate, evidence),
        (Object::Entity(object), true) => (graph.label(object).to_owned(), Some(object.clone())),
        (Object::Post { label, body }, true) => (label.clone(), body.clone()),
        (Object::Entity(_), false) => (
            graph.label(&relation.subject).to_owned(),
            Some(relation.subject.clone()),
        ),
        (Object::Post { label: post, .. }, false) => {
            let holder = graph.label(&relation.subject);
            (
                format!("{holder}（{post}）"),
                Some(relation.subject.clone()),
            )
        }
    };
    vec![Fact {
        predicate: relation.predicate,
        outgoing,
        other,
        other_key,
        evidence,
    }]
}

fn bylines(predicate: Predicate, evidence: Vec<Quote>) -> Vec<Fact> {
    let mut by_document: BTreeMap<String, Vec<Quote>> = BTreeMap::new();
    for quote in evidence {
        by_document
            .entry(quote.document.clone())
            .or_default()
            .push(quote);
    }
    by_document
        .into_iter()
        .map(|(other, evidence)| Fact {
            predicate,
            outgoing: true,
            other,
            other_key: None,
            evidence,
        })
        .collect()
}

/// Gives the clauses that state a relation, sorted by document; empty where only the gazetteer does.
#[must_use]
pub fn evidence(graph: &KnowledgeGraph, relation: &Relation) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = graph
        .documents()
        .iter()
        .filter(|document| relation.documents.contains(&document.document.sha256))
        .flat_map(|document| {
            let says = document
                .statements
                .iter()
                .filter(|said| is_said(said, relation));
            says.map(|said| quote(document, said.span))
        })
        .collect();
    quotes.sort();
    quotes.dedup();
    quotes
}

/// A relation may have lost a body that is no entity, so the posts' labels are what counts.
fn is_said(statement: &Statement, relation: &Relation) -> bool {
    let same_object = match (&statement.object, &relation.object) {
        (Object::Post { label: said, body }, Object::Post { label, body: known }) => {
            said == label && (known.is_none() || body == known)
        }
        (said, object) => said == object,
    };
    same_object
        && statement.subject == relation.subject
        && statement.predicate == relation.predicate
}

fn quote(document: &Extraction, span: CharSpan) -> Quote {
    let length = span.end.saturating_sub(span.start);
    Quote {
        document: document.document.id.clone(),
        span,
        text: document
            .document
            .text
            .chars()
            .skip(span.start)
            .take(length)
            .collect(),
    }
}

fn numbers(graph: &KnowledgeGraph, key: &EntityKey) -> Vec<Number> {
    let labels: BTreeMap<&str, &str> = graph
        .indicators()
        .map(|indicator| (indicator.key.as_str(), indicator.label.as_str()))
        .collect();
    let of_entity =
        |one: &Observation| one.area.as_ref() == Some(key) || one.program.as_ref() == Some(key);
    let mut numbers: Vec<Number> = Vec::new();
    for (document, one) in graph
        .documents()
        .iter()
        .flat_map(|document| document.observations.iter().map(move |one| (document, one)))
        .filter(|(document, one)| of_entity(one) && !is_repeated(graph, document, one, of_entity))
    {
        numbers.push(Number {
            indicator: labels
                .get(one.indicator.as_str())
                .copied()
                .unwrap_or(&one.indicator)
                .into(),
            observation: one.clone(),
            document: document.document.id.clone(),
            reprints: repeated_in(graph, document, one, of_entity),
        });
    }
    numbers.sort_by(|a, b| {
        let place = |number: &Number| (number.observation.span, number.observation.unit.clone());
        (&a.indicator, &a.document, place(a)).cmp(&(&b.indicator, &b.document, place(b)))
    });
    numbers
}

/// In one text another value would be another number.
fn same_value(a: &Observation, b: &Observation) -> bool {
    a.value.total_cmp(&b.value).is_eq() && a.unit == b.unit
}

/// Tells whether an observation of a reprint stands in its original, of the same entity.
fn is_repeated(
    graph: &KnowledgeGraph,
    document: &Extraction,
    observation: &Observation,
    of_entity: impl Fn(&Observation) -> bool,
) -> bool {
    let original = graph.original_of(&document.document.sha256);
    original.is_some_and(|original| {
        original
            .observations
            .iter()
            .any(|first| of_entity(first) && same_value(first, observation))
    })
}

/// Gives the ids of the reprints of a document that repeat one of its observations, sorted.
fn repeated_in(
    graph: &KnowledgeGraph,
    original: &Extraction,
    observation: &Observation,
    of_entity: impl Fn(&Observation) -> bool,
) -> Vec<String> {
    let original = original.document.sha256.as_str();
    let is_copy = |document: &&Extraction| {
        let of = graph.reprints().get(&document.document.sha256);
        of.is_some_and(|of| of == original)
            && document
                .observations
                .iter()
                .any(|one| of_entity(one) && same_value(one, observation))
    };
    let mut ids: Vec<String> = graph
        .documents()
        .iter()
        .filter(is_copy)
        .map(|document| document.document.id.clone())
        .collect();
    ids.sort();
    ids
}

fn mentioned(document: &Extraction, key: &EntityKey) -> Option<Mentioned> {
    let mentions = document
        .mentions
        .iter()
        .filter(|mention| mention.entity == *key);
    let first = mentions.clone().map(|mention| mention.span).min()?;
    let surfaces = super::tally(mentions.clone().map(|mention| mention.surface.clone()));
    Some(Mentioned {
        document: document.document.id.clone(),
        count: mentions.count(),
        first,
        surfaces,
    })
}
