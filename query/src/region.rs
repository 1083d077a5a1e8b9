//! Takes the wanted regions, returns them as columns, and tells which columns a place or an entity falls into.

use std::collections::{BTreeMap, BTreeSet};

use graph::KnowledgeGraph;
use ontology::record::{Entity, EntityClass, EntityKey};

/// Regions side by side, in the order of the columns.
pub(crate) struct Regions<'a> {
    graph: &'a KnowledgeGraph,
    pub(crate) keys: Vec<EntityKey>,
    columns: BTreeMap<EntityKey, usize>,
    /// The places above the regions.
    above: BTreeSet<EntityKey>,
}

impl<'a> Regions<'a> {
    /// Takes the wanted regions without repetition; all regions of documents where none is wanted.
    pub(crate) fn choose(graph: &'a KnowledgeGraph, wanted: &[EntityKey]) -> Self {
        let mut keys: Vec<EntityKey> = Vec::new();
        let mut columns = BTreeMap::new();
        let all = graph.regions().iter().filter(|_| wanted.is_empty());
        for key in wanted.iter().chain(all) {
            if !columns.contains_key(key) {
                columns.insert(key.clone(), keys.len());
                keys.push(key.clone());
            }
        }
        let above = keys.iter().flat_map(|key| graph.ancestors(key)).collect();
        Self {
            graph,
            keys,
            columns,
            above,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Gives the nearest region that is the place or holds it.
    pub(crate) fn column(&self, place: &EntityKey) -> Option<usize> {
        let own = self.columns.get(place).copied();
        own.or_else(|| {
            let above = self.graph.ancestors(place);
            above.iter().find_map(|key| self.columns.get(key).copied())
        })
    }

    /// Tells whether a place is known to lie outside the regions and above none of them.
    fn is_elsewhere(&self, place: &EntityKey) -> bool {
        let known = |key: &EntityKey| self.graph.entity(key).is_some_and(|e| e.adcode.is_some());
        !self.above.contains(place)
            && self.column(place).is_none()
            && (known(place) || self.graph.ancestors(place).iter().any(known))
    }

    /// Gives the columns that an entity stands in: those of the places that it is tied to; where it is
    /// tied to none, or only to such as lie above a region or nobody knows where, those of the documents
    /// that name it. A programme without a place of its own is of every region whose documents name it.
    pub(crate) fn columns_of(&self, entity: &Entity) -> BTreeSet<usize> {
        let named = self.naming(&entity.key);
        let Some(named) = named else {
            return BTreeSet::new();
        };
        let places = self.graph.places_of(&entity.key);
        let tied: BTreeSet<usize> = places
            .iter()
            .filter_map(|place| self.column(place))
            .collect();
        if !tied.is_empty() {
            let national =
                entity.class == EntityClass::Program && !entity.key.local().contains('@');
            return if national {
                tied.union(&named).copied().collect()
            } else {
                tied
            };
        }
        let elsewhere = places.iter().any(|place| self.is_elsewhere(place));
        if elsewhere { BTreeSet::new() } else { named }
    }

    /// Gives the columns of the documents that name an entity; none where no document does.
    pub(crate) fn naming(&self, key: &EntityKey) -> Option<BTreeSet<usize>> {
        let mut documents = self.graph.documents_naming(key).peekable();
        documents.peek()?;
        let abouts = documents.filter_map(|e| e.document.about.as_ref());
        Some(abouts.filter_map(|about| self.column(about)).collect())
    }
}
