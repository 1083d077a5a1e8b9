//! Takes extractions, returns them with one key for each county in which they place things of one key.
//!
//! A local thing's key has the prefecture, since few documents say more. Where documents do say more,
//! and not the same (each county of a prefecture has its 烈士陵园), the key gets the county instead.
//! Documents that do not say where keep the prefecture's key, which then means neither.
//!
//! A person is where the bodies of the posts are: the 王伟 of one county's bureau is not the 王伟 of another
//! county's school. Counties that one document gives to one person (who moved from one to the other) are
//! one: such a document joins what others say of either.
//!
//! | known failure | why |
//! |---|---|
//! | a person who moved from county to county, of which no document tells | two documents with two posts in two counties look like two persons |
//! | namesakes in two counties of which no document says where | only the region of the documents differs, which is no evidence for a thing that several may name |

use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::Gazetteer;
use ontology::record::{
    EntityClass, EntityKey, Extraction, Object, PlaceLevel, Predicate, Statement,
};

use super::Identity;
use crate::link::link;

/// A document's word for where a thing is must be at least so sure; the document's region as a
/// default is not.
const SURE: f64 = 0.7;

/// Key → document → counties.
type Placed = BTreeMap<EntityKey, BTreeMap<usize, BTreeSet<String>>>;

/// Gives namesakes in different counties keys of their own; the order of the extractions does not
/// matter, and stays.
pub(crate) fn split(extractions: Vec<Extraction>, gazetteer: &Gazetteer) -> Vec<Extraction> {
    let mut renamed: BTreeMap<usize, BTreeMap<EntityKey, EntityKey>> = BTreeMap::new();
    for (key, documents) in placed(&extractions, gazetteer) {
        let Some(class) = key.class() else {
            continue;
        };
        let moves = class == EntityClass::Person;
        let homes = homes(&documents, moves);
        let all: BTreeSet<&String> = homes.values().copied().collect();
        let Some((name, _)) = key.local().rsplit_once('@').filter(|_| all.len() > 1) else {
            continue;
        };
        for (document, counties) in &documents {
            let home = counties.first().and_then(|county| homes.get(county));
            if let Some(county) = home.filter(|_| moves || counties.len() == 1) {
                let own = EntityKey::new(class, &format!("{name}@{county}"));
                let names = renamed.entry(*document).or_default();
                names.insert(key.clone(), own);
            }
        }
    }
    if renamed.is_empty() {
        return extractions;
    }
    extractions
        .into_iter()
        .enumerate()
        .map(|(number, extraction)| match renamed.remove(&number) {
            Some(names) => link(extraction, &Identity::renaming(names)),
            None => extraction,
        })
        .collect()
}

/// Gives each county the one that stands for it: the first of those that documents tie to it where a thing
/// can move, else itself.
fn homes(documents: &BTreeMap<usize, BTreeSet<String>>, moves: bool) -> BTreeMap<&String, &String> {
    let mut homes: BTreeMap<&String, &String> = BTreeMap::new();
    for county in documents.values().flatten() {
        homes.insert(county, county);
    }
    for counties in documents.values().filter(|_| moves) {
        let tied: BTreeSet<&String> = counties
            .iter()
            .filter_map(|c| homes.get(c))
            .copied()
            .collect();
        let Some(&first) = tied.first() else {
            continue;
        };
        for home in homes.values_mut().filter(|home| tied.contains(*home)) {
            *home = first;
        }
    }
    homes
}

fn placed(extractions: &[Extraction], gazetteer: &Gazetteer) -> Placed {
    let mut placed = Placed::new();
    for (number, extraction) in extractions.iter().enumerate() {
        let seats = seats(extraction);
        for said in &extraction.statements {
            let Some(place) = place_of(said, &seats) else {
                continue;
            };
            if let Some(county) = county(place, gazetteer) {
                let documents = placed.entry(said.subject.clone()).or_default();
                documents.entry(number).or_default().insert(county);
            }
        }
    }
    placed
}

/// Body → place, as a document is sure of it.
fn seats(extraction: &Extraction) -> BTreeMap<&EntityKey, &EntityKey> {
    let sure =
        |said: &&Statement| said.predicate == Predicate::LocatedIn && said.confidence >= SURE;
    extraction
        .statements
        .iter()
        .filter(sure)
        .filter_map(|said| match &said.object {
            Object::Entity(place) => Some((&said.subject, place)),
            Object::Post { .. } | Object::Document => None,
        })
        .collect()
}

/// Gives the place that a statement gives to a local thing, or to a person by the post.
fn place_of<'a>(
    said: &'a Statement,
    seats: &BTreeMap<&'a EntityKey, &'a EntityKey>,
) -> Option<&'a EntityKey> {
    let class = said.subject.class()?;
    match (&said.object, class) {
        (
            Object::Entity(place),
            EntityClass::RedSite | EntityClass::Organization | EntityClass::Event,
        ) => (said.predicate == Predicate::LocatedIn && said.confidence >= SURE).then_some(place),
        (Object::Post { body, .. }, EntityClass::Person) => {
            let body = body.as_ref().filter(|_| said.confidence >= SURE)?;
            if body.class() == Some(EntityClass::Place) {
                Some(body)
            } else {
                seats.get(body).copied()
            }
        }
        (Object::Entity(_) | Object::Post { .. } | Object::Document, _) => None,
    }
}

/// Gives the code of the county that a place is or lies in; none above counties. A village has no code
/// of its own, but its key begins with that of its county (`220622/东山`).
fn county(place: &EntityKey, gazetteer: &Gazetteer) -> Option<String> {
    let code = place.local().split('/').next()?;
    let division = gazetteer.by_code(code)?;
    let above = gazetteer.ancestors(&division.code);
    std::iter::once(division)
        .chain(above)
        .find(|division| division.level == PlaceLevel::County)
        .map(|division| division.code.clone())
}
