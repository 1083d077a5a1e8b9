//! Takes the entities, returns per class which of them each region has.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use graph::{KnowledgeGraph, Relation};
use ontology::record::{Entity, EntityClass, EntityKey, Object, Predicate};

use super::evidence::Ledger;
use super::model::{ClassSection, Shared, Thing};
use crate::region::Regions;

/// The classes that are compared unless one is asked for, in the order of the report.
const CLASSES: [EntityClass; 6] = [
    EntityClass::RedSite,
    EntityClass::Program,
    EntityClass::Work,
    EntityClass::Event,
    EntityClass::Organization,
    EntityClass::Person,
];

/// Compares the classes, all or the one that is `wanted`; a class that no region has is left out.
pub(super) fn compare<'a>(
    graph: &'a KnowledgeGraph,
    regions: &Regions<'_>,
    wanted: Option<EntityClass>,
    ledger: &mut Ledger<'a>,
) -> Vec<ClassSection> {
    let mut placed: BTreeMap<EntityClass, Vec<(&Entity, BTreeSet<usize>)>> = BTreeMap::new();
    for entity in graph.entities() {
        let columns = regions.columns_of(entity);
        if !columns.is_empty() {
            placed
                .entry(entity.class)
                .or_default()
                .push((entity, columns));
        }
    }
    let classes = wanted.map_or_else(|| CLASSES.to_vec(), |class| vec![class]);
    let mut sections = Vec::new();
    for class in classes {
        if let Some(entities) = placed.get(&class) {
            sections.push(section(graph, regions, class, entities, ledger));
        }
    }
    sections
}

fn section<'a>(
    graph: &'a KnowledgeGraph,
    regions: &Regions<'_>,
    class: EntityClass,
    entities: &[(&'a Entity, BTreeSet<usize>)],
    ledger: &mut Ledger<'a>,
) -> ClassSection {
    let mut shared: Vec<Shared> = entities
        .iter()
        .filter(|(_, columns)| columns.len() > 1)
        .map(|(entity, columns)| Shared {
            key: entity.key.clone(),
            label: entity.label.clone(),
            regions: columns.iter().copied().collect(),
            evidence: columns
                .iter()
                .map(|&column| first_mention(graph, regions, &entity.key, column, ledger))
                .collect(),
        })
        .collect();
    shared.sort_by_cached_key(|s| (Reverse(s.regions.len()), s.label.clone(), s.key.clone()));
    let lists = (0..regions.len()).map(|column| {
        let mut here: Vec<&(&Entity, BTreeSet<usize>)> = entities
            .iter()
            .filter(|(_, columns)| columns.contains(&column))
            .collect();
        here.sort_by_key(|(entity, columns)| (columns.len() < 2, &entity.label, &entity.key));
        here.into_iter()
            .map(|&(entity, ref columns)| Thing {
                key: entity.key.clone(),
                label: entity.label.clone(),
                details: details(graph, entity, regions.keys.get(column)),
                shared: columns.len() > 1,
                evidence: first_mention(graph, regions, &entity.key, column, ledger),
            })
            .collect()
    });
    ClassSection {
        class,
        regions: lists.collect(),
        shared,
    }
}

/// Gives the number of the quote that first names the entity in a document about the region, else
/// in any document that names it.
pub(super) fn first_mention<'a>(
    graph: &'a KnowledgeGraph,
    regions: &Regions<'_>,
    key: &EntityKey,
    column: usize,
    ledger: &mut Ledger<'a>,
) -> Option<usize> {
    let (extraction, mention) = graph
        .documents_naming(key)
        .filter_map(|extraction| {
            let mention = extraction
                .mentions
                .iter()
                .find(|mention| mention.entity == *key)?;
            Some((extraction, mention))
        })
        .min_by_key(|(extraction, _)| {
            let document = &extraction.document;
            let about = document
                .about
                .as_ref()
                .and_then(|about| regions.column(about));
            (
                about != Some(column),
                &document.published,
                &document.id,
                &document.sha256,
            )
        })?;
    Some(ledger.number(&extraction.document, mention.span))
}

/// Gives what to say of an entity beside its name, in the order of its relations: the kind, the
/// place below the region, the posts, what it commemorates or is about.
fn details(graph: &KnowledgeGraph, entity: &Entity, region: Option<&EntityKey>) -> Vec<String> {
    let label = |key: &EntityKey| graph.entity(key).map(|entity| entity.label.clone());
    let detail = |relation: &Relation| match (relation.predicate, &relation.object) {
        (Predicate::HoldsPost, Object::Post { label, .. }) => Some(label.clone()),
        (Predicate::LocatedIn | Predicate::PartOf, Object::Entity(place)) => {
            label(place).filter(|_| Some(place) != region)
        }
        (Predicate::Commemorates | Predicate::AboutEntity, Object::Entity(key)) => label(key),
        _ => None,
    };
    let mut details: Vec<String> = entity.kind.iter().cloned().collect();
    details.extend(graph.relations_from(&entity.key).filter_map(detail));
    details.dedup();
    details
}
