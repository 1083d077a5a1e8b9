//! Takes a table of examples (TOML, beside a rule) and what it is about; runs every row through the
//! public pipeline and fails with the list of **all** rows that do not hold.
//!
//! A table has rows of three kinds:
//! - `[[match]]`: exactly the `entities`, `statements`, `observations` or `periods` of the row are
//!   found, each list a set of rows of cells.
//! - `[[no_match]]`: nothing is found, or, with `not`, not this (a cell, or a value and its unit).
//! - `[[known_failure]]`: either of the two, with the `reason` why it does not hold yet; a row that
//!   holds again fails the test, so that it moves up.
//!
//! A cell may name alternatives (`"长沙市委书记|市委书记"`); an empty cell is not compared. What
//! `optional` names may be found or not, as may a place or a person inside a longer name. Each text
//! also runs behind a prefix of several bytes a character, and the same must be found, shifted;
//! `document = true` (a text with headline and byline) leaves that out.

use std::fmt::Write as _;
use std::sync::OnceLock;

use ontology::record::{CharSpan, Entity, EntityClass, EntityKey, Extraction, Object, Predicate};
use serde::Deserialize;

use crate::Ingester;
use crate::normalise::Simplifier;

/// Stands before every text in the second run; a sentence of its own.
const PREFIX: &str = "😀。\n";
/// The least number of `match` rows of a table.
const LEAST_MATCHES: usize = 3;

/// What the rows of a table are about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject {
    /// Mentions of one class: `[surface, label]`.
    Mentions(EntityClass),
    /// Statements with these predicates: `[subject label, predicate, object label]`.
    Statements(&'static [Predicate]),
    /// Observations: `[value, unit, qualifier, part of the indicator's text, label of the area]`.
    Observations,
    /// Observations that have a period: `[value, period]`.
    Periods,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default, rename = "match")]
    matches: Vec<Row>,
    #[serde(default, rename = "no_match")]
    negatives: Vec<Row>,
    #[serde(default, rename = "known_failure")]
    failures: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    text: String,
    #[serde(default)]
    document: bool,
    #[serde(
        alias = "entities",
        alias = "statements",
        alias = "observations",
        alias = "periods"
    )]
    expected: Option<Vec<Vec<toml::Value>>>,
    #[serde(default)]
    optional: Vec<String>,
    not: Option<String>,
    reason: Option<String>,
}

/// One finding as a row of cells, with its place in code points of the text.
#[derive(Debug, Clone, PartialEq)]
struct Item {
    cells: Vec<String>,
    start: usize,
    end: usize,
    /// Inside a longer name, where that makes it optional.
    nested: bool,
}

/// Runs a table.
///
/// # Panics
/// When a row does not hold, a known failure does, or the table lacks a kind of row.
pub(crate) fn check(name: &str, table: &str, subject: Subject) {
    let table: Table = toml::from_str(table).unwrap_or_else(|cause| panic!("{name}: {cause}"));
    let mut problems = missing_rows(&table);
    for row in table.matches.iter().chain(&table.negatives) {
        if let Some(problem) = row.problem(subject) {
            problems.push(format!("{}\n    {problem}", row.text));
        }
    }
    for row in &table.failures {
        if row.reason.as_deref().is_none_or(str::is_empty) {
            problems.push(format!(
                "{}\n    is a known failure without a reason",
                row.text
            ));
        }
        if row.problem(subject).is_none() {
            problems.push(format!(
                "{}\n    is a known failure that holds now: move it up",
                row.text
            ));
        }
    }
    let all = problems.iter().fold(String::new(), |mut all, problem| {
        let _ = write!(all, "\n  {problem}");
        all
    });
    assert!(problems.is_empty(), "{name}: {} rows{all}", problems.len());
}

fn missing_rows(table: &Table) -> Vec<String> {
    let positive = || {
        table
            .matches
            .iter()
            .chain(table.failures.iter().filter(|row| row.expected.is_some()))
    };
    let mut problems = Vec::new();
    if table.matches.len() < LEAST_MATCHES {
        problems.push(format!("the table has fewer than {LEAST_MATCHES} matches"));
    }
    if table.negatives.is_empty() {
        problems.push("the table has no near miss".to_owned());
    }
    if !positive().any(|row| is_variant(&row.text)) {
        problems.push("the table has no row in Traditional or full-width characters".to_owned());
    }
    if table
        .matches
        .iter()
        .any(|row| row.expected.as_ref().is_none_or(Vec::is_empty))
    {
        problems.push("the table has a match that expects nothing".to_owned());
    }
    problems
}

fn is_variant(text: &str) -> bool {
    static SIMPLIFIER: OnceLock<Simplifier> = OnceLock::new();
    let simplified = SIMPLIFIER.get_or_init(Simplifier::new).simplify(text);
    simplified != text
        || text
            .chars()
            .any(|c| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ'))
}

impl Row {
    /// Says what is wrong, if anything is.
    fn problem(&self, subject: Subject) -> Option<String> {
        let found = find(&self.text, subject);
        let wrong = match &self.expected {
            Some(expected) => self.compare(&found, expected),
            None => self.find_forbidden(&found),
        };
        wrong.or_else(|| self.find_shift(&found, subject))
    }

    fn compare(&self, found: &[Item], expected: &[Vec<toml::Value>]) -> Option<String> {
        let expected: Vec<Vec<String>> = expected
            .iter()
            .map(|cells| cells.iter().map(cell).collect())
            .collect();
        let holds = |item: &Item, cells: &[String]| {
            item.cells.len() == cells.len()
                && item
                    .cells
                    .iter()
                    .zip(cells)
                    .enumerate()
                    .all(|(at, (got, want))| agree(at, got, want))
        };
        let missing: Vec<String> = expected
            .iter()
            .filter(|cells| !found.iter().any(|item| holds(item, cells)))
            .map(|cells| cells.join(" "))
            .collect();
        let extra: Vec<String> = found
            .iter()
            .filter(|item| !item.nested && !self.may_be_found(item))
            .filter(|item| !expected.iter().any(|cells| holds(item, cells)))
            .map(|item| item.cells.join(" "))
            .collect();
        if missing.is_empty() && extra.is_empty() {
            return None;
        }
        Some(format!(
            "missing: {}; not expected: {}",
            list(&missing),
            list(&extra)
        ))
    }

    fn find_forbidden(&self, found: &[Item]) -> Option<String> {
        let wrong: Vec<String> = found
            .iter()
            .filter(|item| match &self.not {
                Some(not) => {
                    item.cells.contains(not)
                        || item
                            .cells
                            .iter()
                            .take(2)
                            .fold(String::new(), |all, cell| all + cell)
                            == *not
                }
                None => !item.nested && !self.may_be_found(item),
            })
            .map(|item| item.cells.join(" "))
            .collect();
        (!wrong.is_empty()).then(|| format!("not to be found: {}", list(&wrong)))
    }

    fn may_be_found(&self, item: &Item) -> bool {
        item.cells.iter().any(|cell| self.optional.contains(cell))
    }

    /// Compares with the run behind the prefix.
    fn find_shift(&self, found: &[Item], subject: Subject) -> Option<String> {
        if self.document {
            return None;
        }
        let shift = PREFIX.chars().count();
        let shifted: Vec<Item> = found
            .iter()
            .cloned()
            .map(|item| Item {
                start: item.start + shift,
                end: item.end + shift,
                ..item
            })
            .collect();
        let behind = find(&format!("{PREFIX}{}", self.text), subject);
        (behind != shifted).then(|| {
            let cells: Vec<String> = behind.iter().map(|item| item.cells.join(" ")).collect();
            format!("behind a prefix something else is found: {}", list(&cells))
        })
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        format!("[{}]", names.join("] ["))
    }
}

fn cell(value: &toml::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Tells whether a finding's cell is as the row wants it.
///
/// Numbers are compared as numbers; the fourth cell (an indicator's text) need only hold one of the
/// alternatives.
fn agree(at: usize, got: &str, want: &str) -> bool {
    if want.is_empty() {
        return true;
    }
    if let (Ok(got), Ok(want)) = (got.parse::<f64>(), want.parse::<f64>()) {
        return (got - want).abs() <= 1e-9 * want.abs();
    }
    want.split('|').any(|want| {
        if at == 3 {
            got.contains(want)
        } else {
            got == want
        }
    })
}

/// The dictionary is loaded once for all tables.
fn ingester() -> &'static Ingester {
    static INGESTER: OnceLock<Ingester> = OnceLock::new();
    INGESTER.get_or_init(|| Ingester::new(&[]).expect("built-in knowledge loads"))
}

/// Runs the pipeline on a text and gives what the table is about, in the order of the record.
fn find(text: &str, subject: Subject) -> Vec<Item> {
    let found = ingester().extract_text("example.txt", text);
    match subject {
        Subject::Mentions(class) => mentions(&found, class),
        Subject::Statements(predicates) => statements(&found, predicates),
        Subject::Observations => observations(&found),
        Subject::Periods => periods(&found),
    }
}

fn label(found: &Extraction, key: &EntityKey) -> String {
    let entity = found.entities.iter().find(|entity| entity.key == *key);
    entity
        .expect("every key of the record names an entity of it")
        .label
        .clone()
}

fn mentions(found: &Extraction, class: EntityClass) -> Vec<Item> {
    let may_nest = matches!(class, EntityClass::Place | EntityClass::Person);
    let of_class = found
        .mentions
        .iter()
        .filter(|mention| mention.class == class);
    let item = |mention: &ontology::record::Mention| {
        let span = own_span(found, mention);
        let slice: String = found
            .document
            .text
            .chars()
            .skip(span.start)
            .take(span.end - span.start)
            .collect();
        assert!(
            mention.surface.ends_with(&slice),
            "the span of a mention is its surface"
        );
        let inside = found.mentions.iter().any(|other| {
            let other = own_span(found, other);
            other.start <= span.start && span.end <= other.end && other != span
        });
        Item {
            cells: vec![slice, label(found, &mention.entity)],
            start: span.start,
            end: span.end,
            nested: may_nest && inside,
        }
    };
    of_class.map(item).collect()
}

/// Gives the span of a mention, of the last place of a chain without those before it.
fn own_span(found: &Extraction, mention: &ontology::record::Mention) -> CharSpan {
    let span = mention.span;
    let before = found
        .mentions
        .iter()
        .filter(|other| {
            let places = [mention.class, other.class];
            places == [EntityClass::Place; 2]
                && span.start <= other.span.start
                && other.span.end < span.end
        })
        .map(|other| other.span.end);
    CharSpan {
        start: before.max().unwrap_or(span.start),
        end: span.end,
    }
}

fn statements(found: &Extraction, predicates: &[Predicate]) -> Vec<Item> {
    let stated = found
        .statements
        .iter()
        .filter(|stated| predicates.contains(&stated.predicate));
    let item = |stated: &ontology::record::Statement| {
        let object = match &stated.object {
            Object::Entity(key) => label(found, key),
            Object::Post { label, .. } => label.clone(),
            Object::Document => "doc".to_owned(),
        };
        let subject = label(found, &stated.subject);
        Item {
            cells: vec![subject, stated.predicate.name().to_owned(), object],
            start: stated.span.start,
            end: stated.span.end,
            nested: false,
        }
    };
    let mut items: Vec<Item> = stated.map(item).collect();
    if predicates.contains(&Predicate::PartOf) {
        items.extend(
            found
                .entities
                .iter()
                .filter_map(|entity| part_of(found, entity)),
        );
    }
    items
}

/// Gives what the gazetteer adds: a place that the text names is in the next one above it that the
/// text names too.
fn part_of(found: &Extraction, place: &Entity) -> Option<Item> {
    let mentioned = |key: &EntityKey| found.mentions.iter().find(|mention| mention.entity == *key);
    let mention = mentioned(&place.key)?;
    let parent = place.parent.clone()?;
    let higher = ingester().knowledge().gazetteer.ancestors(parent.local());
    let higher = higher
        .into_iter()
        .map(|above| EntityKey::new(EntityClass::Place, &above.code));
    let above = std::iter::once(parent.clone())
        .chain(higher)
        .find(|key| mentioned(key).is_some())?;
    Some(Item {
        cells: vec![
            place.label.clone(),
            Predicate::PartOf.name().to_owned(),
            label(found, &above),
        ],
        start: mention.span.start,
        end: mention.span.end,
        nested: false,
    })
}

fn observations(found: &Extraction) -> Vec<Item> {
    let item = |observed: &ontology::record::Observation| Item {
        cells: vec![
            observed.value.to_string(),
            observed.unit.clone(),
            observed.qualifier.name().to_owned(),
            observed.indicator_text.clone(),
            observed
                .area
                .as_ref()
                .map(|key| label(found, key))
                .unwrap_or_default(),
        ],
        start: observed.span.start,
        end: observed.span.end,
        nested: false,
    };
    found.observations.iter().map(item).collect()
}

fn periods(found: &Extraction) -> Vec<Item> {
    let item = |observed: &ontology::record::Observation| {
        Some(Item {
            cells: vec![observed.value.to_string(), observed.period.clone()?],
            start: observed.span.start,
            end: observed.span.end,
            nested: false,
        })
    };
    found.observations.iter().filter_map(item).collect()
}
