//! Takes the observations, returns a row per indicator with the values of each region.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use graph::KnowledgeGraph;
use ontology::indicator::Scheme;
use ontology::lexicon::{self, LexiconError};
use ontology::record::{Document, EntityKey, Observation, Qualifier};

use super::comparability::Units;
use super::evidence::Ledger;
use super::model::{Cell, Row};
use crate::region::Regions;

/// What the numbers give.
pub(super) struct Numbers {
    pub(super) levels: Vec<Row>,
    pub(super) rates: Vec<Row>,
    pub(super) singles: Vec<Row>,
    pub(super) elsewhere: usize,
}

/// A value before it has a number in the list of quotes.
pub(super) struct Value<'a> {
    pub(super) document: &'a Document,
    pub(super) observation: &'a Observation,
    pub(super) area: Option<String>,
}

/// Compares the indicators, all or those that `wanted` names.
pub(super) fn compare<'a>(
    graph: &'a KnowledgeGraph,
    regions: &Regions<'_>,
    (wanted, population): (Option<&str>, &BTreeMap<EntityKey, u32>),
    ledger: &mut Ledger<'a>,
) -> Result<Numbers, LexiconError> {
    let units = Units::load(Scheme::shared().ok())?;
    // Without a scheme (its error is a diagnostic of the graph) nothing is known to be a rate.
    let scheme = Scheme::shared().ok();
    let growth_words = growth_words();
    let mut numbers = Numbers {
        levels: Vec::new(),
        rates: Vec::new(),
        singles: Vec::new(),
        elsewhere: 0,
    };
    let (mut values, elsewhere) = values_by_indicator(ledger, graph, regions);
    numbers.elsewhere = elsewhere;
    let mut kept = Vec::new();
    for used in graph.indicators() {
        let known = scheme.and_then(|scheme| scheme.get(&used.key));
        let label_en = known.map(|known| known.en.clone());
        let Some(columns) = values.remove(used.key.as_str()) else {
            continue;
        };
        let names = [Some(&used.key), Some(&used.label), label_en.as_ref()];
        let wordings = known
            .iter()
            .flat_map(|known| &known.synonyms)
            .chain(&used.texts);
        let is_wanted = |wanted: &str| {
            is_named(wanted, &names) || wordings.clone().any(|wording| wording == wanted)
        };
        if !wanted.is_none_or(is_wanted) {
            continue;
        }
        let rate = known.map_or_else(
            || {
                columns
                    .iter()
                    .flatten()
                    .all(|value| is_rate(value.observation, &growth_words))
            },
            |known| known.growth,
        );
        let spread = columns.iter().filter(|column| !column.is_empty()).count();
        let count: usize = columns.iter().map(Vec::len).sum();
        kept.push((
            (spread < 2, rate, Reverse(spread), Reverse(count)),
            used,
            label_en,
            columns,
        ));
    }
    // Quotes are numbered in the order in which the report shows them.
    kept.sort_by(|a, b| (&a.0, &a.1.key).cmp(&(&b.0, &b.1.key)));
    for ((single, rate, ..), used, label_en, columns) in kept {
        let cells = columns
            .into_iter()
            .map(|column| cells(column, ledger))
            .collect();
        let (indicator, label) = (used.key.clone(), used.label.clone());
        let known = scheme.and_then(|scheme| scheme.get(&used.key));
        let mut row = Row {
            indicator,
            label,
            label_en,
            theme: known.map(|known| known.theme.clone()),
            growth: rate,
            unit: None,
            cells,
        };
        row.measure(&units, known.is_some_and(|known| known.stock));
        if !rate {
            row.per_capita(regions, population);
        }
        match (single, rate) {
            (true, _) => numbers.singles.push(row),
            (false, true) => numbers.rates.push(row),
            (false, false) => numbers.levels.push(row),
        }
    }
    Ok(numbers)
}

/// People whom a count is divided by, ten thousand at a time; money is divided by each.
const PEOPLE: f64 = 1e4;

impl Row {
    /// Gives the counts and sums of whole regions per ten thousand inhabitants, money per inhabitant.
    fn per_capita(&mut self, regions: &Regions<'_>, population: &BTreeMap<EntityKey, u32>) {
        let scheme = Scheme::shared().ok();
        for (key, cells) in regions.keys.iter().zip(&mut self.cells) {
            let Some(people) = population.get(key).copied().filter(|people| *people > 0) else {
                continue;
            };
            for cell in cells.iter_mut().filter(|cell| cell.area.is_none()) {
                let per = match scheme.and_then(|scheme| scheme.unit_kind(&cell.unit)) {
                    Some("ratio" | "density" | "score" | "time" | "length") | None => continue,
                    Some("money") => 1.0,
                    Some(_) => PEOPLE,
                };
                cell.per_capita = Some(cell.value / f64::from(people) * per);
            }
        }
    }
}

type Columns<'a> = Vec<Vec<Value<'a>>>;

/// Sorts the values of all documents by indicator and region; counts those of no compared region.
fn values_by_indicator<'a>(
    ledger: &Ledger<'a>,
    graph: &KnowledgeGraph,
    regions: &Regions<'_>,
) -> (BTreeMap<&'a str, Columns<'a>>, usize) {
    let mut values: BTreeMap<&str, Columns<'a>> = BTreeMap::new();
    let mut elsewhere = 0;
    for extraction in ledger.documents() {
        let document = &extraction.document;
        // What a reprint repeats is counted once, in its original; the quote names the reprint.
        let own = |observation: &&Observation| !graph.is_repeated(document, observation);
        for observation in extraction.observations.iter().filter(own) {
            let place = observation.area.as_ref().or(document.about.as_ref());
            let Some(column) = place.and_then(|place| regions.column(place)) else {
                elsewhere += 1;
                continue;
            };
            let area = place.filter(|place| regions.keys.get(column) != Some(place));
            let area = area.map(|place| name_of(graph, place));
            let columns = values
                .entry(&observation.indicator)
                .or_insert_with(|| empty_columns(regions));
            if let Some(column) = columns.get_mut(column) {
                column.push(Value {
                    document,
                    observation,
                    area,
                });
            }
        }
    }
    (values, elsewhere)
}

fn empty_columns<'a>(regions: &Regions<'_>) -> Columns<'a> {
    (0..regions.len()).map(|_| Vec::new()).collect()
}

pub(super) fn name_of(graph: &KnowledgeGraph, place: &EntityKey) -> String {
    graph
        .entity(place)
        .map_or_else(|| place.local().to_owned(), |entity| entity.label.clone())
}

/// Tells whether a name equals or contains what the user wants, without regard to case.
fn is_named(wanted: &str, names: &[Option<&String>]) -> bool {
    let wanted = wanted.to_lowercase();
    names
        .iter()
        .flatten()
        .any(|name| name.to_lowercase().contains(&wanted))
}

/// Gives the words of change (增长, 下降 …); without the list nothing outside the scheme is a rate.
fn growth_words() -> Vec<String> {
    let table = lexicon::table("quantity/growth.tsv");
    let words = table
        .iter()
        .flat_map(|table| table.rows().map(|row| row.get("name").to_owned()));
    words.filter(|word| !word.is_empty()).collect()
}

fn is_rate(observation: &Observation, growth_words: &[String]) -> bool {
    let text = [&observation.indicator_text, &observation.anchor];
    let proportion =
        ["%", "‰"].contains(&observation.unit.as_str()) || observation.unit.ends_with("百分点");
    proportion
        && growth_words
            .iter()
            .any(|word| text.iter().any(|text| text.contains(word)))
}

/// Makes cells of the values of one region: the region's own before its parts', measured before
/// planned; a value that two places of the text give alike is one cell with both quotes.
pub(super) fn cells<'a>(mut values: Vec<Value<'a>>, ledger: &mut Ledger<'a>) -> Vec<Cell> {
    values.sort_by(|a, b| {
        let order = |v: &Value<'a>| {
            let planned = v.observation.qualifier == Qualifier::Planned;
            (
                planned,
                v.area.clone(),
                Reverse(v.document.published.clone()),
            )
        };
        let place = |v: &Value<'a>| (v.document.id.clone(), v.observation.span);
        order(a)
            .cmp(&order(b))
            .then_with(|| place(a).cmp(&place(b)))
    });
    let mut cells: Vec<Cell> = Vec::new();
    for Value {
        document,
        observation,
        area,
    } in values
    {
        let number = ledger.number(document, observation.span);
        let same = |cell: &&mut Cell| {
            cell.value.total_cmp(&observation.value).is_eq()
                && cell.unit == observation.unit
                && cell.qualifier == observation.qualifier
                && cell.period == observation.period
                && cell.wording == observation.indicator_text
                && cell.area == area
        };
        if let Some(cell) = cells.iter_mut().find(same) {
            if !cell.evidence.contains(&number) {
                cell.evidence.push(number);
            }
            continue;
        }
        cells.push(Cell {
            value: observation.value,
            unit: observation.unit.clone(),
            qualifier: observation.qualifier,
            period: observation.period.clone(),
            wording: observation.indicator_text.clone(),
            area,
            refused: None,
            normal: None,
            per_capita: None,
            bar: None,
            evidence: vec![number],
        });
    }
    cells
}
