//! Takes the programmes, returns which region runs which, since when, with which numbers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use graph::{KnowledgeGraph, Relation};
use ontology::record::{Entity, EntityClass, EntityKey, Object, Predicate};

use super::entities::first_mention;
use super::evidence::Ledger;
use super::model::{ProgramCell, ProgramRow};
use super::numbers::{Value, cells, name_of};
use crate::region::Regions;

type Numbers<'a> = BTreeMap<(&'a EntityKey, usize), Vec<Value<'a>>>;

/// Makes the matrix; the programmes of most regions first, then those with most numbers.
pub(super) fn compare<'a>(
    graph: &'a KnowledgeGraph,
    regions: &Regions<'_>,
    ledger: &mut Ledger<'a>,
) -> Vec<ProgramRow> {
    let mut numbers = numbers(graph, regions, ledger);
    let programs = graph.entities().filter(|e| e.class == EntityClass::Program);
    let mut rows: Vec<ProgramRow> = Vec::new();
    for program in programs {
        let columns = regions.columns_of(program);
        if columns.is_empty() {
            continue;
        }
        let mut at = |column: usize| {
            let own = numbers.remove(&(&program.key, column)).unwrap_or_default();
            let here = columns.contains(&column) || !own.is_empty();
            here.then(|| cell(graph, regions, program, column, own, ledger))
        };
        rows.push(ProgramRow {
            key: program.key.clone(),
            label: program.label.clone(),
            kind: program.kind.clone(),
            cells: (0..regions.len()).map(&mut at).collect(),
        });
    }
    rows.sort_by_cached_key(|row| {
        let count = row.cells.iter().flatten().count();
        let numbers: usize = row
            .cells
            .iter()
            .flatten()
            .map(|cell| cell.numbers.len())
            .sum();
        (
            Reverse(count),
            Reverse(numbers),
            row.label.clone(),
            row.key.clone(),
        )
    });
    rows
}

/// Sorts the numbers that belong to programmes by programme and region.
fn numbers<'a>(
    graph: &'a KnowledgeGraph,
    regions: &Regions<'_>,
    ledger: &Ledger<'a>,
) -> Numbers<'a> {
    let mut numbers: Numbers<'a> = BTreeMap::new();
    for extraction in ledger.documents() {
        let document = &extraction.document;
        for observation in &extraction.observations {
            let place = observation.area.as_ref().or(document.about.as_ref());
            let column = place.and_then(|place| regions.column(place));
            let (Some(program), Some(column)) = (&observation.program, column) else {
                continue;
            };
            if graph.is_repeated(document, observation) {
                continue;
            }
            let area = place.filter(|place| regions.keys.get(column) != Some(place));
            numbers.entry((program, column)).or_default().push(Value {
                document,
                observation,
                area: area.map(|place| name_of(graph, place)),
            });
        }
    }
    numbers
}

fn cell<'a>(
    graph: &'a KnowledgeGraph,
    regions: &Regions<'_>,
    program: &Entity,
    column: usize,
    own: Vec<Value<'a>>,
    ledger: &mut Ledger<'a>,
) -> ProgramCell {
    let start = |value: &Value<'a>| {
        let period = value.observation.period.as_deref()?;
        period.split('/').next().map(str::to_owned)
    };
    let started = own.iter().filter_map(start).min();
    let published = || {
        let naming = graph.documents_naming(&program.key).map(|e| &e.document);
        let here = naming.filter(|document| {
            let about = document.about.as_ref();
            about.and_then(|about| regions.column(about)) == Some(column)
        });
        here.filter_map(|document| document.published.clone()).min()
    };
    ProgramCell {
        run_by: runners(graph, regions, &program.key, column),
        dated: started.is_some(),
        since: started.or_else(published),
        numbers: cells(own, ledger),
        evidence: first_mention(graph, regions, &program.key, column, ledger),
    }
}

/// Gives the names of those who run a programme and are in the region.
fn runners(
    graph: &KnowledgeGraph,
    regions: &Regions<'_>,
    program: &EntityKey,
    column: usize,
) -> Vec<String> {
    let runner = |relation: &Relation| match (relation.predicate, &relation.object) {
        (Predicate::RunBy, Object::Entity(key)) => Some(key.clone()),
        _ => None,
    };
    let is_here = |key: &EntityKey| {
        let places = graph.places_of(key);
        places
            .iter()
            .any(|place| regions.column(place) == Some(column))
    };
    let here = graph
        .relations_from(program)
        .filter_map(runner)
        .filter(is_here);
    let names: BTreeSet<String> = here.map(|key| name_of(graph, &key)).collect();
    names.into_iter().collect()
}
