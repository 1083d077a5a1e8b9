//! Takes the wanted regions, returns them as columns, and tells which column a place falls into.

use graph::KnowledgeGraph;
use ontology::record::{EntityKey, PlaceLevel};

use super::model::{Comparison, Region, Source};

/// The compared regions, in the order of the columns.
pub(super) struct Regions<'a> {
    graph: &'a KnowledgeGraph,
    pub(super) keys: Vec<EntityKey>,
}

impl<'a> Regions<'a> {
    /// Takes the wanted regions without repetition; all regions of documents where none is wanted.
    pub(super) fn choose(graph: &'a KnowledgeGraph, wanted: &[EntityKey]) -> Self {
        let mut keys: Vec<EntityKey> = Vec::new();
        let all = graph.regions().iter().filter(|_| wanted.is_empty());
        for key in wanted.iter().chain(all) {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        Self { graph, keys }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Gives the nearest compared region that is the place or holds it.
    pub(super) fn column(&self, place: &EntityKey) -> Option<usize> {
        let above = self.graph.ancestors(place);
        let mut line = std::iter::once(place).chain(&above);
        line.find_map(|key| self.keys.iter().position(|region| region == key))
    }

    /// Tells whether a place is known to lie outside the compared regions and above none of them.
    pub(super) fn is_elsewhere(&self, place: &EntityKey) -> bool {
        let known = |key: &EntityKey| self.graph.entity(key).is_some_and(|e| e.adcode.is_some());
        let above_one = self
            .keys
            .iter()
            .any(|region| self.graph.is_within(region, place));
        !above_one
            && self.column(place).is_none()
            && (known(place) || self.graph.ancestors(place).iter().any(known))
    }

    fn region(&self, key: &EntityKey) -> Region {
        let name = |key: &EntityKey| {
            self.graph
                .entity(key)
                .map_or_else(|| key.local().to_owned(), |e| e.label.clone())
        };
        let is_state = |key: &EntityKey| {
            self.graph
                .entity(key)
                .is_some_and(|e| e.level == Some(PlaceLevel::Country))
        };
        let mut above: Vec<String> = self
            .graph
            .ancestors(key)
            .iter()
            .filter(|key| !is_state(key))
            .map(name)
            .collect();
        above.reverse();
        Region {
            key: key.clone(),
            name: name(key),
            above,
        }
    }
}

impl Comparison {
    /// Makes the report's frame: the regions and their documents.
    pub(super) fn of_documents(graph: &KnowledgeGraph, regions: &Regions<'_>) -> Self {
        let mut documents: Vec<Source> = Vec::new();
        let mut other_documents = Vec::new();
        for document in graph
            .documents()
            .iter()
            .map(|extraction| &extraction.document)
        {
            match document
                .about
                .as_ref()
                .and_then(|about| regions.column(about))
            {
                Some(region) => documents.push(Source {
                    id: document.id.clone(),
                    sha256: document.sha256.clone(),
                    headline: document.headline.clone(),
                    published: document.published.clone(),
                    publisher: document.publisher.clone(),
                    reprint_of: graph
                        .original_of(&document.sha256)
                        .map(|original| original.document.id.clone()),
                    region,
                }),
                None => other_documents.push(document.id.clone()),
            }
        }
        documents.sort_by(|a, b| {
            (a.region, &a.published, &a.id, &a.sha256).cmp(&(
                b.region,
                &b.published,
                &b.id,
                &b.sha256,
            ))
        });
        other_documents.sort();
        Self {
            regions: regions.keys.iter().map(|key| regions.region(key)).collect(),
            documents,
            other_documents,
            levels: Vec::new(),
            rates: Vec::new(),
            singles: Vec::new(),
            elsewhere: 0,
            classes: Vec::new(),
            evidence: Vec::new(),
        }
    }
}
