//! Takes linked extractions, returns what they say together: merged entities and distinct relations.

use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::Gazetteer;
use ontology::record::{
    Diagnostic, Entity, EntityClass, EntityKey, Extraction, Object, Predicate, Severity,
};

use crate::hierarchy::{complete, narrow};
use crate::merge::merge;
use crate::model::Relation;

type RelationKey = (EntityKey, Predicate, Object);

/// Merges the entities of all documents; also tells which documents name each.
pub(crate) fn merge_entities(
    documents: &[Extraction],
    gazetteer: &Gazetteer,
) -> (
    BTreeMap<EntityKey, Entity>,
    BTreeMap<EntityKey, BTreeSet<usize>>,
) {
    let mut records: BTreeMap<&EntityKey, Vec<&Entity>> = BTreeMap::new();
    let mut named_in: BTreeMap<EntityKey, BTreeSet<usize>> = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        for entity in &document.entities {
            records.entry(&entity.key).or_default().push(entity);
            named_in
                .entry(entity.key.clone())
                .or_default()
                .insert(number);
        }
    }
    let mut entities = records
        .into_iter()
        .map(|(key, records)| (key.clone(), merge(key, &records)))
        .collect();
    complete(&mut entities, gazetteer);
    narrow(&mut entities, documents, gazetteer);
    (entities, named_in)
}

/// Gathers the relations that documents state and that places' parents give, sorted.
pub(crate) fn relations(
    documents: &[Extraction],
    entities: &BTreeMap<EntityKey, Entity>,
    gazetteer: &Gazetteer,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Relation> {
    let mut said: BTreeMap<RelationKey, BTreeSet<&str>> = BTreeMap::new();
    for extraction in documents {
        let sha256 = extraction.document.sha256.as_str();
        for statement in &extraction.statements {
            let object = match &statement.object {
                Object::Entity(key) => Some(key),
                Object::Post { .. } | Object::Document => None,
            };
            let ends = std::iter::once(&statement.subject).chain(object);
            if let Some(missing) = ends.clone().find(|end| !entities.contains_key(end)) {
                diagnostics.push(missing_end(extraction, missing));
            } else if object != Some(&statement.subject) {
                let object = known_object(&statement.object, entities);
                let key = (statement.subject.clone(), statement.predicate, object);
                said.entry(key).or_default().insert(sha256);
            }
        }
        // A place that no gazetteer knows lies where its document's record puts it.
        for place in extraction
            .entities
            .iter()
            .filter(|e| e.class == EntityClass::Place)
        {
            if gazetteer.by_code(place.key.local()).is_none()
                && let Some(key) = part_of(place, entities)
            {
                said.entry(key).or_default().insert(sha256);
            }
        }
    }
    for key in entities
        .values()
        .filter_map(|place| part_of(place, entities))
    {
        said.entry(key).or_default();
    }
    let relation = |((subject, predicate, object), documents): (RelationKey, BTreeSet<&str>)| {
        let documents = documents.into_iter().map(str::to_owned).collect();
        Relation {
            subject,
            predicate,
            object,
            documents,
        }
    };
    said.into_iter().map(relation).collect()
}

/// Gives the object; a post keeps its body only where the body is an entity.
fn known_object(object: &Object, entities: &BTreeMap<EntityKey, Entity>) -> Object {
    match object {
        Object::Post { label, body } => {
            let body = body.clone().filter(|key| entities.contains_key(key));
            Object::Post {
                label: label.clone(),
                body,
            }
        }
        Object::Entity(_) | Object::Document => object.clone(),
    }
}

fn part_of(place: &Entity, entities: &BTreeMap<EntityKey, Entity>) -> Option<RelationKey> {
    let parent = place.parent.as_ref()?;
    let known = *parent != place.key && entities.contains_key(parent);
    known.then(|| {
        (
            place.key.clone(),
            Predicate::PartOf,
            Object::Entity(parent.clone()),
        )
    })
}

fn missing_end(extraction: &Extraction, key: &EntityKey) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        document: extraction.document.id.clone(),
        message: format!("a statement about {key} is left out: the extraction has no such entity"),
        span: None,
    }
}

pub(crate) fn broken_scheme(error: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        document: String::new(),
        message: format!("indicators have no labels: {error}"),
        span: None,
    }
}
