//! Takes extractions, returns them with one key for each county in which they place things of one key.
//!
//! A local thing's key has the prefecture, since few documents say more. Where documents do say more,
//! and not the same (each county of a prefecture has its 烈士陵园), the key gets the county instead.
//! Documents that do not say where keep the prefecture's key, which then means neither.
//!
//! | known failure | why |
//! |---|---|
//! | namesakes in two counties of which no document says where | only the region of the documents differs, which is no evidence for a thing that several may name |

use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::Gazetteer;
use ontology::record::{EntityClass, EntityKey, Extraction, Object, PlaceLevel, Predicate};

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
        let all: BTreeSet<&String> = documents.values().flatten().collect();
        let Some((name, _)) = key.local().rsplit_once('@').filter(|_| all.len() > 1) else {
            continue;
        };
        for (document, counties) in &documents {
            if let (Some(county), Some(class), 1) = (counties.first(), key.class(), counties.len())
            {
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

fn placed(extractions: &[Extraction], gazetteer: &Gazetteer) -> Placed {
    let mut placed = Placed::new();
    for (number, extraction) in extractions.iter().enumerate() {
        for said in &extraction.statements {
            let class = said.subject.class();
            let local = matches!(
                class,
                Some(EntityClass::RedSite | EntityClass::Organization | EntityClass::Event)
            );
            let Object::Entity(place) = &said.object else {
                continue;
            };
            if local
                && said.predicate == Predicate::LocatedIn
                && said.confidence >= SURE
                && let Some(county) = county(place, gazetteer)
            {
                let documents = placed.entry(said.subject.clone()).or_default();
                documents.entry(number).or_default().insert(county);
            }
        }
    }
    placed
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
