//! Takes merged entities and the gazetteer, returns them with the divisions above each place.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ontology::gazetteer::{Division, Gazetteer};
use ontology::record::{Entity, EntityClass, EntityKey, Extraction, Object, PlaceLevel, Predicate};

/// Adds the divisions that entities stand in (by key, by parent, by the code after `@`) and all those
/// above them; a place that the gazetteer knows gets its name, level and parent from there, and the
/// documents' names as aliases.
pub(crate) fn complete(entities: &mut BTreeMap<EntityKey, Entity>, gazetteer: &Gazetteer) {
    let mut codes: Vec<String> = Vec::new();
    for entity in entities.values() {
        let local = entity.key.local();
        let own = (entity.class == EntityClass::Place).then_some(local);
        let around = local.rsplit_once('@').map(|(_, code)| code);
        let parent = entity.parent.as_ref().map(EntityKey::local);
        codes.extend(
            [own, around, parent]
                .into_iter()
                .flatten()
                .map(str::to_owned),
        );
    }
    for code in codes {
        let Some(division) = gazetteer.by_code(&code) else {
            continue;
        };
        for division in std::iter::once(division).chain(gazetteer.ancestors(&division.code)) {
            let known = division_entity(division, gazetteer);
            let slot = entities
                .entry(known.key.clone())
                .or_insert_with(|| known.clone());
            adopt(slot, known);
        }
    }
}

/// Puts a place that no gazetteer knows under the narrowest place that a document states it to be part
/// of, where that lies in the parent which its record has: a village of a city under its county.
pub(crate) fn narrow(
    entities: &mut BTreeMap<EntityKey, Entity>,
    documents: &[Extraction],
    gazetteer: &Gazetteer,
) {
    let mut stated: BTreeMap<&EntityKey, Vec<&EntityKey>> = BTreeMap::new();
    for statement in documents.iter().flat_map(|document| &document.statements) {
        if let (Predicate::PartOf, Object::Entity(above)) = (statement.predicate, &statement.object)
            && gazetteer.by_code(statement.subject.local()).is_none()
            && gazetteer.by_code(above.local()).is_some()
        {
            stated.entry(&statement.subject).or_default().push(above);
        }
    }
    for (place, above) in stated {
        let Some(parent) = entities.get(place).and_then(|entity| entity.parent.clone()) else {
            continue;
        };
        let narrower = above
            .into_iter()
            .filter(|key| **key != parent && gazetteer.is_within(key.local(), parent.local()))
            .min_by_key(|key| (Reverse(gazetteer.ancestors(key.local()).len()), *key));
        if let (Some(key), Some(entity)) = (narrower, entities.get_mut(place)) {
            entity.parent = Some(key.clone());
        }
    }
}

/// Gives the place that a division is.
fn division_entity(division: &Division, gazetteer: &Gazetteer) -> Entity {
    let parent = division
        .parent
        .as_ref()
        .and_then(|code| gazetteer.by_code(code));
    let has_adcode = matches!(
        division.level,
        PlaceLevel::Province | PlaceLevel::Prefecture | PlaceLevel::County
    );
    Entity {
        key: gazetteer.key(division),
        class: EntityClass::Place,
        label: division.name.clone(),
        aliases: Vec::new(),
        adcode: has_adcode.then(|| division.code.clone()),
        level: Some(division.level),
        parent: parent.map(|parent| gazetteer.key(parent)),
        kind: None,
    }
}

/// Makes what the gazetteer knows win over what the documents say, and loses no name.
fn adopt(entity: &mut Entity, known: Entity) {
    if entity.label != known.label {
        entity
            .aliases
            .push(std::mem::replace(&mut entity.label, known.label));
        entity
            .aliases
            .retain(|alias| *alias != entity.label && !alias.is_empty());
        entity.aliases.sort();
        entity.aliases.dedup();
    }
    entity.level = known.level;
    entity.adcode = known.adcode.or_else(|| entity.adcode.take());
    entity.parent = known.parent;
}
