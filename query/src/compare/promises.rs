//! Takes the pairs of promised and done, returns them per region with the share that is done.

use graph::KnowledgeGraph;
use ontology::indicator::Scheme;
use ontology::record::Extraction;

use super::evidence::Ledger;
use super::model::{Cell, Delivery};
use super::numbers::{Value, cells, name_of};
use crate::delivery::pairs;
use crate::region::Regions;

/// Gives the completion rates of each region, in the order of documents.
pub(super) fn compare<'a>(
    graph: &'a KnowledgeGraph,
    regions: &Regions<'_>,
    scheme: &Scheme,
    ledger: &mut Ledger<'a>,
) -> Vec<Vec<Delivery>> {
    let mut columns: Vec<Vec<Delivery>> = (0..regions.len()).map(|_| Vec::new()).collect();
    for extraction in ledger.documents() {
        for (promised, done) in pairs(extraction, scheme) {
            let found = delivery(graph, regions, extraction, (promised, done), ledger);
            let Some((column, delivery)) = found else {
                continue;
            };
            if let Some(column) = columns.get_mut(column) {
                column.push(delivery);
            }
        }
    }
    columns
}

fn delivery<'a>(
    graph: &'a KnowledgeGraph,
    regions: &Regions<'_>,
    extraction: &'a Extraction,
    (promised, done): (usize, usize),
    ledger: &mut Ledger<'a>,
) -> Option<(usize, Delivery)> {
    let document = &extraction.document;
    let mut cell = |at: usize| -> Option<(usize, Cell)> {
        let observation = extraction.observations.get(at)?;
        if graph.is_repeated(document, observation) {
            return None;
        }
        let place = observation.area.as_ref().or(document.about.as_ref())?;
        let column = regions.column(place)?;
        let area = (regions.keys.get(column) != Some(place)).then(|| name_of(graph, place));
        let value = Value {
            document,
            observation,
            area,
        };
        Some((column, cells(vec![value], ledger).pop()?))
    };
    let (_, promise) = cell(promised)?;
    let (column, made) = cell(done)?;
    let key = extraction.observations.get(done)?.indicator.clone();
    let used = graph.indicators().find(|used| used.key == key);
    let known = Scheme::shared().ok().and_then(|scheme| scheme.get(&key));
    Some((
        column,
        Delivery {
            label: used.map_or_else(|| key.clone(), |used| used.label.clone()),
            label_en: known.map(|known| known.en.clone()),
            indicator: key,
            rate: made.value / promise.value * 100.0,
            promised: promise,
            done: made,
        },
    ))
}
