//! Takes two entities, returns a shortest chain of stated relations between them.

use std::collections::{BTreeMap, VecDeque};

use ontology::record::EntityKey;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::model::{Edge, KnowledgeGraph, Node, Relation};

/// A stop on the way between two entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop<'g> {
    /// Label of the entity or post.
    pub label: &'g str,
    /// Key of the entity; none for a post.
    pub key: Option<&'g EntityKey>,
    /// The relation that leads here from the stop before; none at the start, and between a post and
    /// the body that it belongs to.
    pub relation: Option<&'g Relation>,
}

impl KnowledgeGraph {
    /// Gives the stops of a shortest way from one entity to another, both included, along relations
    /// that documents state, in either direction; none where there is no way. Posts lie on the way,
    /// documents do not: a byline joins nobody. Of ways of one length the first by keys.
    ///
    /// # Complexity
    /// O(nodes + edges).
    #[must_use]
    pub fn shortest_path(&self, from: &EntityKey, to: &EntityKey) -> Option<Vec<Stop<'_>>> {
        let (start, end) = (self.index(from)?, self.index(to)?);
        let mut came: BTreeMap<NodeIndex, (NodeIndex, Edge)> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            if at == end {
                break;
            }
            for (next, edge) in self.stated_neighbours(at) {
                if next != start && !came.contains_key(&next) {
                    came.insert(next, (at, edge));
                    queue.push_back(next);
                }
            }
        }
        let mut stops = Vec::new();
        let mut at = end;
        while at != start {
            let (before, edge) = came.get(&at)?;
            let relation = match edge {
                Edge::Relation(number) => self.relation(*number),
                Edge::PostIn => None,
            };
            stops.push(self.stop(at, relation)?);
            at = *before;
        }
        stops.push(self.stop(start, None)?);
        stops.reverse();
        Some(stops)
    }

    /// Gives the entities and posts next to a node, each once, sorted.
    fn stated_neighbours(&self, index: NodeIndex) -> BTreeMap<NodeIndex, Edge> {
        let mut found = BTreeMap::new();
        for edge in self.graph.edges(index) {
            found.insert(edge.target(), *edge.weight());
        }
        for edge in self.graph.edges_directed(index, petgraph::Incoming) {
            found.entry(edge.source()).or_insert(*edge.weight());
        }
        found.retain(|next, edge| {
            let stated = match edge {
                Edge::Relation(number) => self
                    .relation(*number)
                    .is_some_and(|relation| !relation.documents.is_empty()),
                Edge::PostIn => true,
            };
            let document = matches!(self.graph.node_weight(*next), Some(Node::Document(_)));
            stated && !document
        });
        found
    }

    fn stop<'g>(&'g self, index: NodeIndex, relation: Option<&'g Relation>) -> Option<Stop<'g>> {
        let (label, key) = match self.graph.node_weight(index)? {
            Node::Entity { entity, .. } => (entity.label.as_str(), Some(&entity.key)),
            Node::Post(label) => (label.as_str(), None),
            Node::Document(_) => return None,
        };
        Some(Stop {
            label,
            key,
            relation,
        })
    }
}

#[cfg(test)]
mod tests {
    use ontology::record::{EntityClass, EntityKey, Object, Predicate};

    use crate::model::KnowledgeGraph;
    use crate::tests::{build, entity, extraction, statement};

    /// 甲 is mayor of a city that 乙's site lies in; 丙 stands alone; 甲 and 丙 are authors of one document.
    fn graph() -> KnowledgeGraph {
        let city = entity(EntityClass::Place, "220600", "白山市", &[]);
        let [a, b, c] = ["甲", "乙", "丙"].map(|name| entity(EntityClass::Person, name, name, &[]));
        let site = entity(EntityClass::RedSite, "址@220600", "址", &[]);
        let post = Object::Post {
            label: "白山市市长".to_owned(),
            body: Some(city.key.clone()),
        };
        let to = |key: &EntityKey| Object::Entity(key.clone());
        let statements = vec![
            statement(&a, Predicate::HoldsPost, post),
            statement(&site, Predicate::LocatedIn, to(&city.key)),
            statement(&site, Predicate::Commemorates, to(&b.key)),
            statement(&a, Predicate::AuthorOf, Object::Document),
            statement(&c, Predicate::AuthorOf, Object::Document),
        ];
        let entities = vec![city, a, b, c, site];
        build(vec![extraction(
            "1.txt",
            Some("220600"),
            entities,
            statements,
        )])
    }

    fn path(from: &str, to: &str) -> Option<Vec<String>> {
        let graph = graph();
        let person = |name: &str| EntityKey::new(EntityClass::Person, name);
        let stops = graph.shortest_path(&person(from), &person(to))?;
        let told = stops.iter().map(|stop| match stop.relation {
            Some(relation) => format!("{} {}", relation.predicate.name(), stop.label),
            None => stop.label.to_owned(),
        });
        Some(told.collect())
    }

    #[test]
    fn leads_over_posts_and_places_either_way() {
        let there = [
            "甲",
            "holdsPost 白山市市长",
            "白山市",
            "locatedIn 址",
            "commemorates 乙",
        ];
        assert_eq!(path("甲", "乙").unwrap(), there);
        let back = [
            "乙",
            "commemorates 址",
            "locatedIn 白山市",
            "白山市市长",
            "holdsPost 甲",
        ];
        assert_eq!(path("乙", "甲").unwrap(), back);
        assert_eq!(path("甲", "甲").unwrap(), ["甲"]);
    }

    #[test]
    fn a_document_in_common_is_no_way() {
        assert_eq!(path("甲", "丙"), None);
    }
}
