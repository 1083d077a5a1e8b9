//! Takes the regions and the documents, returns the report's frame.

use graph::KnowledgeGraph;
use ontology::record::{EntityKey, PlaceLevel};

use super::model::{Comparison, Region, Sites, Source};
use crate::region::Regions;

fn region(graph: &KnowledgeGraph, key: &EntityKey) -> Region {
    let name = |key: &EntityKey| {
        graph
            .entity(key)
            .map_or_else(|| key.local().to_owned(), |e| e.label.clone())
    };
    let is_state = |key: &EntityKey| {
        graph
            .entity(key)
            .is_some_and(|e| e.level == Some(PlaceLevel::Country))
    };
    let mut above: Vec<String> = graph
        .ancestors(key)
        .iter()
        .filter(|key| !is_state(key))
        .map(name)
        .collect();
    above.reverse();
    Region {
        key: key.clone(),
        name: name(key),
        population: None,
        above,
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
            regions: regions.keys.iter().map(|key| region(graph, key)).collect(),
            documents,
            other_documents,
            levels: Vec::new(),
            rates: Vec::new(),
            singles: Vec::new(),
            elsewhere: 0,
            deliveries: Vec::new(),
            programs: Vec::new(),
            sites: Sites::default(),
            classes: Vec::new(),
            evidence: Vec::new(),
        }
    }
}
