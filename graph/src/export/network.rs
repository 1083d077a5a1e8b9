//! Takes the graph, returns it flat: nodes and edges with their properties, as graph programs take them.
//!
//! Entities, posts and documents are nodes; relations, posts' bodies and bylines are edges. All is
//! sorted, so that the same graph gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::Gazetteer;
use ontology::record::{Entity, EntityKey, Object};

use crate::model::{KnowledgeGraph, Relation};

/// The graph as nodes and edges.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Sorted by id.
    pub(crate) nodes: Vec<Node>,
    /// Sorted by source, relation, target.
    pub(crate) edges: Vec<Edge>,
}

/// A node with its properties; those that it has not are left out of every format.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Node {
    /// Key of the entity, or `post/…`, `document/…`.
    pub(crate) id: String,
    pub(crate) label: String,
    /// Local name of the class, `Post` or `Document`.
    pub(crate) class: &'static str,
    pub(crate) aliases: Vec<String>,
    pub(crate) kind: Option<String>,
    pub(crate) adcode: Option<String>,
    /// Label of the region that it belongs to.
    pub(crate) region: Option<String>,
    /// Degrees, WGS 84.
    pub(crate) longitude: Option<f64>,
    pub(crate) latitude: Option<f64>,
    /// Number of documents that name it.
    pub(crate) documents: usize,
    /// Number of relations that documents state.
    pub(crate) degree: usize,
}

/// An edge with the documents that say so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub(crate) source: String,
    /// Local name of the relation, `postIn` for a post's body.
    pub(crate) relation: &'static str,
    pub(crate) target: String,
    /// File names, sorted; empty where only the gazetteer says so.
    pub(crate) documents: Vec<String>,
}

impl KnowledgeGraph {
    /// Lays the graph out flat, for programs that draw and measure networks.
    #[must_use]
    pub fn network(&self, gazetteer: &Gazetteer) -> Network {
        let mut network = Network {
            nodes: self
                .entities()
                .map(|entity| self.entity_node(entity, gazetteer))
                .collect(),
            edges: Vec::new(),
        };
        let mut posts: BTreeMap<String, Node> = BTreeMap::new();
        let mut bodies: BTreeSet<Edge> = BTreeSet::new();
        for relation in self.relations() {
            for (target, documents) in ends(relation) {
                network.edges.push(Edge {
                    source: relation.subject.to_string(),
                    relation: relation.predicate.name(),
                    target,
                    documents: self.names(documents),
                });
            }
            if let Object::Post { label, body } = &relation.object {
                let id = post_id(label, body.as_ref());
                posts.entry(id.clone()).or_insert_with(|| Node {
                    id: id.clone(),
                    label: label.clone(),
                    class: "Post",
                    ..Node::default()
                });
                bodies.extend(body.as_ref().map(|body| Edge {
                    source: id,
                    relation: "postIn",
                    target: body.to_string(),
                    documents: Vec::new(),
                }));
            }
        }
        network.nodes.extend(posts.into_values());
        network
            .nodes
            .extend(self.documents().iter().map(|extraction| {
                Node {
                    id: document_id(&extraction.document.sha256),
                    label: extraction.document.id.clone(),
                    class: "Document",
                    region: extraction
                        .document
                        .about
                        .as_ref()
                        .map(|key| self.label(key).to_owned()),
                    ..Node::default()
                }
            }));
        network.edges.extend(bodies);
        network.nodes.sort_by(|a, b| a.id.cmp(&b.id));
        network.edges.sort();
        network
    }

    fn entity_node(&self, entity: &Entity, gazetteer: &Gazetteer) -> Node {
        let division = entity
            .adcode
            .as_ref()
            .and_then(|code| gazetteer.by_code(code));
        let point = division.and_then(|division| division.point);
        Node {
            id: entity.key.to_string(),
            label: entity.label.clone(),
            class: entity.class.name(),
            aliases: entity.aliases.clone(),
            kind: entity.kind.clone(),
            adcode: entity.adcode.clone(),
            region: self
                .home_region(&entity.key)
                .map(|key| self.label(&key).to_owned()),
            longitude: point.map(|point| point.longitude),
            latitude: point.map(|point| point.latitude),
            documents: self.documents_naming(&entity.key).count(),
            degree: self.degree(&entity.key),
        }
    }

    /// Gives the file names of documents, sorted.
    fn names(&self, digests: &[String]) -> Vec<String> {
        let mut names: Vec<String> = digests
            .iter()
            .filter_map(|sha256| self.document(sha256))
            .map(|extraction| extraction.document.id.clone())
            .collect();
        names.sort();
        names
    }
}

/// Gives the nodes that a relation leads to, each with the SHA-256 of the documents that say so: a byline
/// leads to each of its documents and is the word of that one.
fn ends(relation: &Relation) -> Vec<(String, &[String])> {
    let all = relation.documents.as_slice();
    match &relation.object {
        Object::Entity(key) => vec![(key.to_string(), all)],
        Object::Post { label, body } => vec![(post_id(label, body.as_ref()), all)],
        Object::Document => all
            .iter()
            .map(|sha256| (document_id(sha256), std::slice::from_ref(sha256)))
            .collect(),
    }
}

fn post_id(label: &str, body: Option<&EntityKey>) -> String {
    match body {
        Some(body) => format!("post/{label}@{body}"),
        None => format!("post/{label}"),
    }
}

fn document_id(sha256: &str) -> String {
    format!("document/{sha256}")
}

#[cfg(test)]
mod tests;
