//! Takes extractions, returns the [`KnowledgeGraph`] over them: entities as nodes, relations as edges.

use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::Gazetteer;
use ontology::indicator::Scheme;
use ontology::record::{
    Diagnostic, Document, Entity, EntityKey, Extraction, Object, Observation, Predicate,
};
use petgraph::graph::{DiGraph, NodeIndex};

use crate::gather::{broken_scheme, merge_entities, relations};
use crate::identity::reprint::reprints;
use crate::identity::{Identity, county};
use crate::indicators::{IndicatorUse, indicators};
use crate::link::{distinct, link};

/// A relation with the documents that say so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// One of the graph's entities.
    pub subject: EntityKey,
    /// The kind of relation.
    pub predicate: Predicate,
    /// The other end; `Object::Document` means each of `documents`.
    pub object: Object,
    /// SHA-256 of the documents that say so, sorted; empty where only the gazetteer does.
    pub documents: Vec<String>,
}

/// A node: an entity, or one of the two other things that a relation may lead to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// An entity and the indices of the documents that name it.
    Entity {
        entity: Box<Entity>,
        documents: Vec<usize>,
    },
    /// A post; an edge leads to the body that it belongs to.
    Post(String),
    /// A document, by its SHA-256.
    Document(String),
}

/// An edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// A relation, by its index among the relations.
    Relation(usize),
    /// From a post to the body that it belongs to.
    PostIn,
}

/// What many documents say together.
///
/// Nodes and edges are added once, sorted, and never removed, so that petgraph's indices stay
/// valid; none of them leaves the crate.
#[derive(Debug, Clone)]
pub struct KnowledgeGraph {
    documents: Vec<Extraction>,
    pub(crate) graph: DiGraph<Node, Edge>,
    entities: BTreeMap<EntityKey, NodeIndex>,
    relations: Vec<Relation>,
    indicators: Vec<IndicatorUse>,
    diagnostics: Vec<Diagnostic>,
    regions: BTreeSet<EntityKey>,
    /// SHA-256 of each reprint with that of its original.
    reprints: BTreeMap<String, String>,
}

impl KnowledgeGraph {
    /// Links many extractions; their order does not matter.
    ///
    /// Equal keys are one entity, unless documents place it in different counties, which then have
    /// one each. Two keys of one class and one disambiguator merge when a label or
    /// an unambiguous alias of one is a label of the other and no document keeps them apart; places
    /// merge by key only. The key of what merged is the one in most documents, then the shortest,
    /// then the first in byte order. Documents with the same content count once.
    ///
    /// # Complexity
    /// O(n log n) in the records.
    #[must_use]
    pub fn build(extractions: Vec<Extraction>, gazetteer: &Gazetteer) -> Self {
        let (extractions, mut diagnostics) = distinct(extractions);
        let extractions = county::split(extractions, gazetteer);
        let identity = Identity::of(&extractions);
        let documents: Vec<Extraction> = extractions
            .into_iter()
            .map(|extraction| link(extraction, &identity))
            .collect();
        let (entities, named_in) = merge_entities(&documents, gazetteer);
        let relations = relations(&documents, &entities, gazetteer, &mut diagnostics);
        let scheme = match Scheme::shared() {
            Ok(scheme) => Some(scheme),
            Err(error) => {
                diagnostics.push(broken_scheme(&error.to_string()));
                None
            }
        };
        diagnostics.sort();
        diagnostics.dedup();
        let indicators = indicators(&documents, scheme);
        let regions = documents
            .iter()
            .filter_map(|e| e.document.about.clone())
            .collect();
        let reprints = reprints(&documents);
        let mut graph = Self {
            documents,
            graph: DiGraph::new(),
            entities: BTreeMap::new(),
            relations,
            indicators,
            diagnostics,
            regions,
            reprints,
        };
        graph.add_nodes(entities, &named_in);
        graph.add_edges();
        graph
    }

    fn add_nodes(
        &mut self,
        entities: BTreeMap<EntityKey, Entity>,
        named_in: &BTreeMap<EntityKey, BTreeSet<usize>>,
    ) {
        for (key, entity) in entities {
            let documents = named_in
                .get(&key)
                .into_iter()
                .flat_map(|set| set.iter().copied())
                .collect();
            let node = Node::Entity {
                entity: Box::new(entity),
                documents,
            };
            let index = self.graph.add_node(node);
            self.entities.insert(key, index);
        }
    }

    fn add_edges(&mut self) {
        let mut others: BTreeMap<Object, NodeIndex> = BTreeMap::new();
        let mut papers: BTreeMap<&String, NodeIndex> = BTreeMap::new();
        let graph = &mut self.graph;
        for (number, relation) in self.relations.iter().enumerate() {
            let Some(&subject) = self.entities.get(&relation.subject) else {
                continue;
            };
            let edge = Edge::Relation(number);
            match &relation.object {
                Object::Entity(key) => {
                    if let Some(&object) = self.entities.get(key) {
                        graph.add_edge(subject, object, edge);
                    }
                }
                Object::Post { label, body } => {
                    let body = body.as_ref().and_then(|body| self.entities.get(body));
                    let post = *others.entry(relation.object.clone()).or_insert_with(|| {
                        let post = graph.add_node(Node::Post(label.clone()));
                        if let Some(&body) = body {
                            graph.add_edge(post, body, Edge::PostIn);
                        }
                        post
                    });
                    graph.add_edge(subject, post, edge);
                }
                Object::Document => {
                    for sha256 in &relation.documents {
                        let new = || graph.add_node(Node::Document(sha256.clone()));
                        let object = *papers.entry(sha256).or_insert_with(new);
                        graph.add_edge(subject, object, edge);
                    }
                }
            }
        }
    }

    /// Gives the extractions with linked keys, sorted by SHA-256, each content once.
    #[must_use]
    pub fn documents(&self) -> &[Extraction] {
        &self.documents
    }

    /// Gives the merged entities, sorted by key, with the divisions above the places that are named.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.entities.keys().filter_map(|key| self.entity(key))
    }

    /// Finds the entity with this key; keys that merged into another are not found.
    #[must_use]
    pub fn entity(&self, key: &EntityKey) -> Option<&Entity> {
        match self.node(key)? {
            Node::Entity { entity, .. } => Some(entity),
            Node::Post(_) | Node::Document(_) => None,
        }
    }

    /// Gives the extractions of the documents that name the entity, sorted by SHA-256; none for a
    /// place that stands in the graph because it lies above another.
    pub fn documents_naming(&self, key: &EntityKey) -> impl Iterator<Item = &Extraction> {
        let documents = match self.node(key) {
            Some(Node::Entity { documents, .. }) => documents.as_slice(),
            Some(Node::Post(_) | Node::Document(_)) | None => &[],
        };
        documents
            .iter()
            .filter_map(|&document| self.documents.get(document))
    }

    /// Gives the distinct relations, sorted.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.relations.iter()
    }

    /// Gives the relations that start at the entity, sorted.
    pub fn relations_from(&self, key: &EntityKey) -> impl Iterator<Item = &Relation> {
        let start = self
            .relations
            .partition_point(|relation| relation.subject < *key);
        let from = self.relations.iter().skip(start);
        from.take_while(move |relation| relation.subject == *key)
    }

    /// Gives what linking found: documents left out as duplicates, relations without an end; sorted.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Gives the indicators that observations use, sorted by key.
    pub fn indicators(&self) -> impl Iterator<Item = &IndicatorUse> {
        self.indicators.iter()
    }

    /// Gives the regions that documents are about.
    #[must_use]
    pub fn regions(&self) -> &BTreeSet<EntityKey> {
        &self.regions
    }

    /// Gives the reprints: the SHA-256 of each and that of its original, which is no reprint itself.
    #[must_use]
    pub fn reprints(&self) -> &BTreeMap<String, String> {
        &self.reprints
    }

    /// Gives the original of a document, by SHA-256; none where it is no reprint.
    #[must_use]
    pub fn original_of(&self, sha256: &str) -> Option<&Extraction> {
        self.document(self.reprints.get(sha256)?)
    }

    /// Gives an entity's label; a key that the graph does not hold stands for itself.
    #[must_use]
    pub fn label<'g>(&'g self, key: &'g EntityKey) -> &'g str {
        self.entity(key)
            .map_or(key.as_str(), |entity| entity.label.as_str())
    }

    /// Gives a document by its SHA-256.
    #[must_use]
    pub fn document(&self, sha256: &str) -> Option<&Extraction> {
        let index = self
            .documents
            .binary_search_by(|one| one.document.sha256.as_str().cmp(sha256));
        index.ok().and_then(|index| self.documents.get(index))
    }

    /// Tells whether an observation of a reprint stands in its original as well: the same value in
    /// the same unit, since of one text another value would be another number.
    #[must_use]
    pub fn is_repeated(&self, document: &Document, observation: &Observation) -> bool {
        self.original_of(&document.sha256).is_some_and(|original| {
            original.observations.iter().any(|first| {
                first.value.total_cmp(&observation.value).is_eq() && first.unit == observation.unit
            })
        })
    }

    pub(crate) fn index(&self, key: &EntityKey) -> Option<NodeIndex> {
        self.entities.get(key).copied()
    }

    pub(crate) fn relation(&self, number: usize) -> Option<&Relation> {
        self.relations.get(number)
    }

    fn node(&self, key: &EntityKey) -> Option<&Node> {
        self.graph.node_weight(self.index(key)?)
    }
}
