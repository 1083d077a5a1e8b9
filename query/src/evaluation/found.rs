//! Takes a linked graph, returns what it says of each document, in the order that the scoring needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use graph::KnowledgeGraph;
use ontology::indicator::Scheme;
use ontology::iri::Iris;
use ontology::record::{
    CharSpan, Entity, EntityClass, EntityKey, Extraction, Object, Observation, Predicate,
};

use super::{EvaluationError, Share, text};

/// What the graph says of one document.
#[derive(Debug, Default)]
pub(super) struct Found<'g> {
    /// Code of the main region.
    pub(super) about: Option<&'g str>,
    pub(super) date: Option<&'g str>,
    /// What the document names, by IRI.
    pub(super) entities: Vec<FoundEntity<'g>>,
    /// What it says of that, by the IRIs of both ends.
    pub(super) relations: Vec<FoundRelation>,
    /// What it counts, by IRI backwards, which is how a store gives it back.
    pub(super) observations: Vec<FoundObservation<'g>>,
}

/// An entity, with its names as they are compared.
#[derive(Debug)]
pub(super) struct FoundEntity<'g> {
    pub(super) key: &'g EntityKey,
    pub(super) class: EntityClass,
    pub(super) label: &'g str,
    pub(super) name: String,
    pub(super) names: BTreeSet<String>,
    pub(super) adcode: Option<&'g str>,
}

/// A relation that the document states.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoundRelation {
    subject_iri: String,
    predicate_name: &'static str,
    object_iri: String,
    pub(super) subject: EntityKey,
    pub(super) predicate: Predicate,
    pub(super) object: End,
    /// Both ends as a person reads them.
    pub(super) shown: (String, String),
}

/// The other end of a relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Entity(EntityKey),
    /// A post's name, or `doc`, as it is compared.
    Text(String),
}

/// An observation, with what the graph knows of its indicator and area.
#[derive(Debug)]
pub(super) struct FoundObservation<'g> {
    pub(super) observation: &'g Observation,
    /// All words that tell what is counted, as they are compared.
    pub(super) words: String,
    pub(super) area_code: Option<&'g str>,
    pub(super) area_name: String,
}

/// Gives the documents by the name that gold files have for them: the file's without its ending.
pub(super) fn documents(
    graph: &KnowledgeGraph,
) -> Result<BTreeMap<String, Found<'_>>, EvaluationError> {
    let (iris, labels) = (Iris::default(), indicator_labels(graph));
    let mut ids: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for extraction in graph.documents() {
        let id = extraction.document.id.as_str();
        let name = Path::new(id)
            .file_stem()
            .map_or_else(|| id.to_owned(), |stem| stem.to_string_lossy().into_owned());
        if let Some(first) = ids.insert(name.clone(), id) {
            return Err(EvaluationError::SameName {
                first: first.to_owned(),
                second: id.to_owned(),
            });
        }
        found.insert(name, document(graph, extraction, &iris, &labels));
    }
    Ok(found)
}

fn document<'g>(
    graph: &'g KnowledgeGraph,
    extraction: &'g Extraction,
    iris: &Iris,
    labels: &BTreeMap<&str, &str>,
) -> Found<'g> {
    let about = extraction.document.about.as_ref();
    let mut observations: Vec<(String, FoundObservation<'g>)> = Vec::new();
    let document_iri = iris.document(&extraction.document.sha256);
    let mut numbers: BTreeMap<CharSpan, usize> = BTreeMap::new();
    for one in &extraction.observations {
        let number = numbers.entry(one.span).or_default();
        // The closing bracket as in N-Quads, whose lines are what is sorted.
        let iri = iris.observation(&document_iri, one.span, *number) + ">";
        *number += 1;
        if one.value.is_finite() {
            observations.push((iri, observation(graph, one, labels)));
        }
    }
    observations.sort_by(|(a, _), (b, _)| b.cmp(a));
    Found {
        about: about.and_then(|key| graph.entity(key)?.adcode.as_deref()),
        date: extraction.document.published.as_deref(),
        entities: entities(graph, extraction, iris),
        relations: relations(graph, extraction, iris),
        observations: observations.into_iter().map(|(_, one)| one).collect(),
    }
}

fn entities<'g>(
    graph: &'g KnowledgeGraph,
    extraction: &'g Extraction,
    iris: &Iris,
) -> Vec<FoundEntity<'g>> {
    let mentioned: BTreeMap<String, &Entity> = extraction
        .mentions
        .iter()
        .filter_map(|mention| graph.entity(&mention.entity))
        .map(|entity| (iris.entity(&entity.key), entity))
        .collect();
    let one = |entity: &'g Entity| FoundEntity {
        key: &entity.key,
        class: entity.class,
        label: &entity.label,
        name: text::name(&entity.label),
        names: std::iter::once(&entity.label)
            .chain(&entity.aliases)
            .map(|name| text::name(name))
            .collect(),
        adcode: entity.adcode.as_deref(),
    };
    mentioned.into_values().map(one).collect()
}

fn relations(graph: &KnowledgeGraph, extraction: &Extraction, iris: &Iris) -> Vec<FoundRelation> {
    let sha256 = &extraction.document.sha256;
    let label = |key: &EntityKey| {
        graph
            .entity(key)
            .map_or_else(|| key.to_string(), |entity| entity.label.clone())
    };
    let mut found: Vec<FoundRelation> = graph
        .relations()
        .filter(|relation| relation.predicate != Predicate::PartOf)
        .filter(|relation| relation.documents.contains(sha256))
        .map(|relation| {
            let (object_iri, object, shown) = match &relation.object {
                Object::Entity(key) => (iris.entity(key), End::Entity(key.clone()), label(key)),
                Object::Post { label, body } => {
                    let iri = iris.post(label, body.as_ref());
                    (iri, End::Text(text::name(label)), label.clone())
                }
                Object::Document => {
                    let doc = "doc".to_owned();
                    (iris.document(sha256), End::Text(doc.clone()), doc)
                }
            };
            FoundRelation {
                subject_iri: iris.entity(&relation.subject),
                predicate_name: relation.predicate.name(),
                object_iri,
                shown: (label(&relation.subject), shown),
                subject: relation.subject.clone(),
                predicate: relation.predicate,
                object,
            }
        })
        .collect();
    found.sort();
    found
}

fn observation<'g>(
    graph: &'g KnowledgeGraph,
    observation: &'g Observation,
    labels: &BTreeMap<&str, &str>,
) -> FoundObservation<'g> {
    let area = observation.area.as_ref().and_then(|key| graph.entity(key));
    let label = labels
        .get(observation.indicator.as_str())
        .copied()
        .unwrap_or_default();
    let words = [&observation.indicator_text, &observation.anchor, label].concat();
    FoundObservation {
        observation,
        words: text::name(&words),
        area_code: area.and_then(|area| area.adcode.as_deref()),
        area_name: area.map(|area| text::name(&area.label)).unwrap_or_default(),
    }
}

/// Gives each indicator's label: the English one where there is one, which is the last that a store
/// hands out.
fn indicator_labels(graph: &KnowledgeGraph) -> BTreeMap<&str, &str> {
    let scheme = Scheme::shared().ok();
    graph
        .indicators()
        .map(|indicator| {
            let english = scheme.and_then(|scheme| scheme.get(&indicator.key));
            let label = english.map_or(indicator.label.as_str(), |known| known.en.as_str());
            (indicator.key.as_str(), label)
        })
        .collect()
}

/// Counts the spans of mentions and observations that lie in their text; of an observation, that
/// are its quotation.
pub(super) fn spans(graph: &KnowledgeGraph) -> Share {
    let mut spans = Share::default();
    for extraction in graph.documents() {
        let characters: Vec<char> = extraction.document.text.chars().collect();
        let slice = |span: CharSpan| characters.get(span.start..span.end);
        let mentions: BTreeSet<CharSpan> = extraction.mentions.iter().map(|one| one.span).collect();
        for span in mentions {
            spans.add(slice(span).is_some_and(|text| !text.is_empty()));
        }
        for one in &extraction.observations {
            let quoted =
                |text: &[char]| !text.is_empty() && text.iter().copied().eq(one.anchor.chars());
            spans.add(slice(one.span).is_some_and(quoted));
        }
    }
    spans
}
