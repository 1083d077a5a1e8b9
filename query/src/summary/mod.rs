//! Takes a graph, returns what is in it: counts, documents, regions; and, by name, what it knows.

mod describe;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};

use graph::KnowledgeGraph;
use ontology::record::{EntityClass, EntityKey, Extraction, Predicate};
use serde::{Deserialize, Serialize};

pub use describe::{Description, Fact, Mentioned, Number, Quote, describe, evidence};
pub use resolve::{Candidate, Resolution, resolve, resolve_region};

/// What a knowledge base holds, counted when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Entities, the places above named ones included.
    pub entities: usize,
    /// Mentions in all documents.
    pub mentions: usize,
    /// Statements in all documents.
    pub statements: usize,
    /// Distinct relations.
    pub relations: usize,
    /// Observations in all documents.
    pub observations: usize,
    /// Documents that are reprints of others.
    #[serde(default)]
    pub reprints: usize,
    /// Indicators that observations use.
    pub indicators: usize,
    /// Entities by class; classes without any are left out.
    pub classes: BTreeMap<EntityClass, usize>,
    /// Distinct relations by kind; kinds without any are left out.
    pub predicates: BTreeMap<Predicate, usize>,
    /// Each document, sorted by id.
    pub documents: Vec<DocumentSummary>,
    /// Each region that a document is about, sorted by key.
    pub regions: Vec<RegionSummary>,
}

/// What one document gave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocumentSummary {
    /// File name or id.
    pub id: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its headline.
    pub headline: Option<String>,
    /// Label of the region that it is about.
    pub region: Option<String>,
    /// Publication date.
    pub published: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Code points of its text.
    pub characters: usize,
    /// Whether damaged text was repaired.
    pub repaired: bool,
    /// Id of the document that it is a reprint of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reprint_of: Option<String>,
    /// Distinct entities.
    pub entities: usize,
    /// Mentions.
    pub mentions: usize,
    /// Statements.
    pub statements: usize,
    /// Observations.
    pub observations: usize,
}

/// What the documents about one region name and count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionSummary {
    /// The region.
    pub key: EntityKey,
    /// Its name.
    pub label: String,
    /// Number of documents about it.
    pub documents: usize,
    /// Distinct entities in them by class; classes without any are left out.
    pub classes: BTreeMap<EntityClass, usize>,
    /// Observations in them.
    pub observations: usize,
}

impl Summary {
    /// Counts what is in a graph.
    #[must_use]
    pub fn of(graph: &KnowledgeGraph) -> Self {
        let documents = graph.documents();
        let sum = |count: fn(&Extraction) -> usize| documents.iter().map(count).sum();
        let mut each: Vec<_> = documents.iter().map(|one| document(graph, one)).collect();
        each.sort();
        Self {
            entities: graph.entities().count(),
            mentions: sum(|one| one.mentions.len()),
            statements: sum(|one| one.statements.len()),
            relations: graph.relations().count(),
            observations: sum(|one| one.observations.len()),
            reprints: graph.reprints().len(),
            indicators: graph.indicators().count(),
            classes: tally(graph.entities().map(|entity| entity.class)),
            predicates: tally(graph.relations().map(|relation| relation.predicate)),
            documents: each,
            regions: regions(graph),
        }
    }
}

fn tally<T: Ord>(items: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    items.fold(BTreeMap::new(), |mut counts, item| {
        *counts.entry(item).or_default() += 1;
        counts
    })
}

fn document(graph: &KnowledgeGraph, extraction: &Extraction) -> DocumentSummary {
    let document = &extraction.document;
    DocumentSummary {
        id: document.id.clone(),
        sha256: document.sha256.clone(),
        headline: document.headline.clone(),
        region: document
            .about
            .as_ref()
            .map(|key| graph.label(key).to_owned()),
        published: document.published.clone(),
        publisher: document.publisher.clone(),
        characters: document.text.chars().count(),
        repaired: document.repaired,
        reprint_of: graph
            .original_of(&document.sha256)
            .map(|original| original.document.id.clone()),
        entities: extraction.entities.len(),
        mentions: extraction.mentions.len(),
        statements: extraction.statements.len(),
        observations: extraction.observations.len(),
    }
}

fn regions(graph: &KnowledgeGraph) -> Vec<RegionSummary> {
    let mut about: BTreeMap<&EntityKey, Vec<&Extraction>> = BTreeMap::new();
    for extraction in graph.documents() {
        if let Some(region) = &extraction.document.about {
            about.entry(region).or_default().push(extraction);
        }
    }
    about
        .into_iter()
        .map(|(key, documents)| {
            let named: BTreeSet<(EntityClass, &EntityKey)> = documents
                .iter()
                .flat_map(|document| &document.entities)
                .map(|entity| (entity.class, &entity.key))
                .collect();
            RegionSummary {
                key: key.clone(),
                label: graph.label(key).to_owned(),
                documents: documents.len(),
                classes: tally(named.into_iter().map(|(class, _)| class)),
                observations: documents
                    .iter()
                    .map(|document| document.observations.len())
                    .sum(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
