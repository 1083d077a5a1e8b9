//! Takes an entity, returns the places that it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{EntityClass, EntityKey, Object, PlaceLevel, Predicate};

use crate::model::KnowledgeGraph;

/// How many relations may stand between an entity and its place: person → body → place.
const REACH: usize = 2;

impl KnowledgeGraph {
    /// Gives the places above a place, nearest first, without itself.
    #[must_use]
    pub fn ancestors(&self, place: &EntityKey) -> Vec<EntityKey> {
        let mut above: Vec<EntityKey> = Vec::new();
        let mut at = self.entity(place);
        while let Some(parent) = at.and_then(|entity| entity.parent.as_ref()) {
            // A document may claim a circle.
            if parent == place || above.contains(parent) {
                break;
            }
            above.push(parent.clone());
            at = self.entity(parent);
        }
        above
    }

    /// Tells whether a place is `region` or lies in it.
    #[must_use]
    pub fn is_within(&self, place: &EntityKey, region: &EntityKey) -> bool {
        place == region || self.ancestors(place).contains(region)
    }

    /// Gives the places that an entity is tied to: a place to itself; else by the code in its key,
    /// by `locatedIn`, `runBy` and `publishedBy`, by the bodies of its posts, and by those bodies'
    /// own places. Empty where nothing ties it to any.
    #[must_use]
    pub fn places_of(&self, key: &EntityKey) -> BTreeSet<EntityKey> {
        let mut places = BTreeSet::new();
        self.collect_places(key, REACH, &mut places);
        places
    }

    fn collect_places(&self, key: &EntityKey, reach: usize, places: &mut BTreeSet<EntityKey>) {
        if key.class() == Some(EntityClass::Place) {
            places.insert(key.clone());
            return;
        }
        if let Some((_, code)) = key.local().rsplit_once('@') {
            let place = EntityKey::new(EntityClass::Place, code);
            if self.entity(&place).is_some() {
                places.insert(place);
            }
        }
        if reach == 0 {
            return;
        }
        for relation in self.relations_from(key) {
            let tie = match (&relation.predicate, &relation.object) {
                (
                    Predicate::LocatedIn | Predicate::RunBy | Predicate::PublishedBy,
                    Object::Entity(place),
                ) => Some(place),
                (Predicate::HoldsPost, Object::Post { body, .. }) => body.as_ref(),
                _ => None,
            };
            if let Some(tie) = tie {
                self.collect_places(tie, reach - 1, places);
            }
        }
    }

    /// Gives the one region that an entity belongs to, for grouping: what most of its places lie in,
    /// else what the documents that name it are about, if that is one region. A region is the nearest
    /// place above that some document is about, else the prefecture, else the place itself if it is
    /// no higher than a county.
    #[must_use]
    pub fn home_region(&self, key: &EntityKey) -> Option<EntityKey> {
        let mut votes: BTreeMap<EntityKey, usize> = BTreeMap::new();
        for place in self.places_of(key) {
            if let Some(region) = self.region_over(&place) {
                *votes.entry(region).or_default() += 1;
            }
        }
        if votes.is_empty() && key.class() != Some(EntityClass::Place) {
            let about: BTreeSet<&EntityKey> = self
                .documents_naming(key)
                .filter_map(|e| e.document.about.as_ref())
                .collect();
            return (about.len() == 1)
                .then(|| about.first().copied().cloned())
                .flatten();
        }
        let most = votes.values().max().copied();
        votes
            .into_iter()
            .find(|(_, count)| Some(*count) == most)
            .map(|(region, _)| region)
    }

    fn region_over(&self, place: &EntityKey) -> Option<EntityKey> {
        let mut line = vec![place.clone()];
        line.extend(self.ancestors(place));
        let level = |key: &EntityKey| self.entity(key).and_then(|entity| entity.level);
        let at = |wanted: PlaceLevel| line.iter().find(|key| level(key) == Some(wanted));
        let about = line.iter().find(|key| self.regions().contains(*key));
        about
            .or_else(|| at(PlaceLevel::Prefecture))
            .or_else(|| at(PlaceLevel::County))
            .cloned()
    }
}
