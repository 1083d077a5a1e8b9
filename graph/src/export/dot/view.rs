//! Takes the options of a picture, returns the nodes and edges that it shows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{EntityClass, EntityKey, Object, Predicate};

use super::DotOptions;
use crate::model::{KnowledgeGraph, Relation};

/// One edge of a picture: a relation between two nodes of it.
pub(super) struct ViewEdge<'a> {
    pub(super) subject: &'a EntityKey,
    pub(super) object: &'a EntityKey,
    pub(super) relation: &'a Relation,
}

/// The nodes and edges of a picture.
pub(super) struct View<'a> {
    /// Sorted by key.
    pub(super) nodes: BTreeSet<&'a EntityKey>,
    /// Sorted as relations are.
    pub(super) edges: Vec<ViewEdge<'a>>,
    /// Entities that the options ask for and the limit keeps out.
    pub(super) over_limit: usize,
    /// Entities that the options ask for and nothing in the picture is related to.
    pub(super) unrelated: usize,
}

impl<'a> View<'a> {
    /// Chooses by region and neighbourhood, then by class, then the most connected ones.
    pub(super) fn choose(graph: &'a KnowledgeGraph, options: &DotOptions) -> Self {
        let distances = options
            .around
            .as_ref()
            .map(|key| graph.neighbourhood(key, options.depth));
        let candidates: BTreeSet<&EntityKey> = graph
            .entities()
            .map(|entity| &entity.key)
            .filter(|key| distances.as_ref().is_none_or(|near| near.contains_key(key)))
            .filter(|key| {
                options
                    .region
                    .as_ref()
                    .is_none_or(|r| belongs(graph, key, r))
            })
            .collect();
        let edges = edges_between(graph, &candidates);
        let candidates = of_class(candidates, &edges, options.class);
        let edges: Vec<ViewEdge<'_>> = edges
            .into_iter()
            .filter(|e| candidates.contains(e.subject) && candidates.contains(e.object))
            .collect();
        let rank = |key: &EntityKey| {
            let distance = distances.as_ref().and_then(|near| near.get(key)).copied();
            let other_class = options
                .class
                .is_some_and(|class| key.class() != Some(class));
            let named = graph.documents_naming(key).count();
            (
                distance,
                other_class,
                Reverse(graph.degree(key)),
                Reverse(named),
            )
        };
        let related: BTreeSet<&EntityKey> = edges
            .iter()
            .flat_map(|edge| [edge.subject, edge.object])
            .collect();
        let keep =
            |key: &&EntityKey| related.contains(*key) || options.around.as_ref() == Some(*key);
        let mut ranked: Vec<&EntityKey> = candidates.iter().copied().filter(keep).collect();
        let unrelated = candidates.len() - ranked.len();
        ranked.sort_by_cached_key(|key| (rank(key), (*key).clone()));
        let over_limit = ranked.len().saturating_sub(options.limit);
        ranked.truncate(options.limit);
        let chosen: BTreeSet<&EntityKey> = ranked.into_iter().collect();
        let edges: Vec<ViewEdge<'_>> = edges
            .into_iter()
            .filter(|e| chosen.contains(e.subject) && chosen.contains(e.object))
            .collect();
        Self {
            edges,
            over_limit,
            unrelated,
            nodes: chosen,
        }
        .without_loose_ends(options)
    }

    /// Drops nodes whose neighbours all fell to the limit.
    fn without_loose_ends(mut self, options: &DotOptions) -> Self {
        let related: BTreeSet<&EntityKey> = self
            .edges
            .iter()
            .flat_map(|edge| [edge.subject, edge.object])
            .collect();
        let before = self.nodes.len();
        self.nodes
            .retain(|key| related.contains(key) || options.around.as_ref() == Some(*key));
        self.over_limit += before - self.nodes.len();
        self
    }
}

fn belongs(graph: &KnowledgeGraph, key: &EntityKey, region: &EntityKey) -> bool {
    let home = graph.home_region(key);
    graph
        .places_of(key)
        .iter()
        .chain(&home)
        .any(|place| graph.is_within(place, region))
}

/// Keeps the entities of the class and those next to them.
fn of_class<'a>(
    candidates: BTreeSet<&'a EntityKey>,
    edges: &[ViewEdge<'a>],
    class: Option<EntityClass>,
) -> BTreeSet<&'a EntityKey> {
    if class.is_none() {
        return candidates;
    }
    let mut kept: BTreeSet<&EntityKey> = candidates
        .into_iter()
        .filter(|key| key.class() == class)
        .collect();
    for edge in edges {
        if edge.subject.class() == class || edge.object.class() == class {
            kept.extend([edge.subject, edge.object]);
        }
    }
    kept
}

/// Gives the relations between candidates; a post leads to its body. Between a division and what
/// lies two steps above it the steps suffice, so a `partOf` that others imply is left out.
fn edges_between<'a>(
    graph: &'a KnowledgeGraph,
    candidates: &BTreeSet<&'a EntityKey>,
) -> Vec<ViewEdge<'a>> {
    let mut edges = Vec::new();
    let mut posts: BTreeMap<(&EntityKey, &EntityKey), ()> = BTreeMap::new();
    for relation in graph.relations() {
        let object = match &relation.object {
            Object::Entity(key) => Some(key),
            Object::Post { body, .. } => body.as_ref(),
            Object::Document => None,
        };
        let Some(object) = object.filter(|object| candidates.contains(object)) else {
            continue;
        };
        let subject = &relation.subject;
        let implied = relation.predicate == Predicate::PartOf
            && graph
                .entity(subject)
                .is_some_and(|place| place.parent.as_ref() != Some(object))
            && graph.ancestors(subject).contains(object);
        let again = relation.predicate == Predicate::HoldsPost
            && posts.insert((subject, object), ()).is_some();
        if candidates.contains(subject) && !implied && !again {
            edges.push(ViewEdge {
                subject,
                object,
                relation,
            });
        }
    }
    edges
}
