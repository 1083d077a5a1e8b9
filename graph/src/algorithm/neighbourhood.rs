//! Takes an entity, returns its degree and what lies within some steps of it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use ontology::record::EntityKey;
use petgraph::Direction;
use petgraph::graph::NodeIndex;

use crate::model::{Edge, KnowledgeGraph, Node};

impl KnowledgeGraph {
    /// Counts the relations of the entity, in either direction, that some document states, and the
    /// posts that belong to it; what only the gazetteer says does not make a place important.
    ///
    /// # Complexity
    /// O(edges of the entity).
    #[must_use]
    pub fn degree(&self, key: &EntityKey) -> usize {
        let Some(index) = self.index(key) else {
            return 0;
        };
        let stated = |edge: &Edge| match edge {
            Edge::Relation(number) => self
                .relation(*number)
                .is_some_and(|relation| !relation.documents.is_empty()),
            Edge::PostIn => true,
        };
        [Direction::Outgoing, Direction::Incoming]
            .into_iter()
            .flat_map(|direction| self.graph.edges_directed(index, direction))
            .filter(|edge| stated(edge.weight()))
            .count()
    }

    /// Gives the entities within `depth` steps along relations in either direction, each with its
    /// distance, sorted by key, `start` among them at 0; empty where `start` is not in the graph.
    ///
    /// A post leads to its body and to all who hold it, a document nowhere.
    ///
    /// # Complexity
    /// O(nodes + edges) within the distance.
    #[must_use]
    pub fn neighbourhood(&self, start: &EntityKey, depth: usize) -> BTreeMap<EntityKey, usize> {
        let mut distances = BTreeMap::new();
        let Some(first) = self.index(start) else {
            return distances;
        };
        let mut queue = VecDeque::from([(first, 0)]);
        distances.insert(start.clone(), 0);
        while let Some((index, distance)) = queue.pop_front() {
            if distance == depth {
                continue;
            }
            for (next, key) in self.adjacent(index) {
                if let Entry::Vacant(slot) = distances.entry(key) {
                    slot.insert(distance + 1);
                    queue.push_back((next, distance + 1));
                }
            }
        }
        distances
    }

    /// Gives the entities next to a node, sorted by key; a post stands between its holders and its body.
    fn adjacent(&self, index: NodeIndex) -> BTreeMap<NodeIndex, EntityKey> {
        let mut found = BTreeMap::new();
        for neighbour in self.graph.neighbors_undirected(index) {
            match self.graph.node_weight(neighbour) {
                Some(Node::Entity { entity, .. }) => {
                    found.insert(neighbour, entity.key.clone());
                }
                Some(Node::Post(_)) => {
                    for beyond in self.graph.neighbors_undirected(neighbour) {
                        if let Some(Node::Entity { entity, .. }) = self.graph.node_weight(beyond) {
                            found.insert(beyond, entity.key.clone());
                        }
                    }
                }
                Some(Node::Document(_)) | None => {}
            }
        }
        found
    }
}
