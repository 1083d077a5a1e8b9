//! Takes a comparison, returns one self-contained page.
//!
//! The template (`templates/report.html`) holds the markup and escapes every value; this file
//! prepares what it shows.

use askama::Template;
use graph::{Lang, Terms};
use ontology::record::Qualifier;

use super::super::CompareError;
use super::super::comparability::Refusal;
use super::super::model::{Cell, ClassSection, Comparison, Quote, Row, Thing};
use super::super::words::{Words, grouped, refusal, value};
use super::sections::{
    ChartView, CommonView, CountiesView, DeliveryView, OnlyView, ProgramView, SiteKindView,
};

/// Most entities of a class and region, or values of a cell, that show before one has to expand.
const SHOWN: usize = 12;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    lang: &'static str,
    words: &'static Words,
    lead: String,
    comparison: &'a Comparison,
    overview: Vec<Overview<'a>>,
    charts: Vec<ChartView<'a>>,
    deliveries: Vec<DeliveryView<'a>>,
    programs: Vec<ProgramView<'a>>,
    site_kinds: Vec<SiteKindView<'a>>,
    counties: Vec<CountiesView<'a>>,
    common: Vec<CommonView<'a>>,
    only: Vec<OnlyView<'a>>,
    classes: Vec<ClassView<'a>>,
    tables: Vec<TableView<'a>>,
    singles: Vec<SinglesView<'a>>,
    elsewhere: Option<String>,
    others: String,
    evidence: Vec<&'a Quote>,
}

struct Overview<'a> {
    name: &'a str,
    above: String,
    /// Documents, values, then a count per class.
    counts: Vec<usize>,
}

struct TableView<'a> {
    id: &'static str,
    title: &'a str,
    note: &'a str,
    rows: Vec<RowView<'a>>,
}

struct RowView<'a> {
    label: &'a str,
    /// Unit in which its values are compared.
    unit: &'a str,
    cells: Vec<CellsView<'a>>,
}

struct CellsView<'a> {
    /// Largest value, to sort by; empty where there is none.
    largest: String,
    shown: Vec<CellView<'a>>,
    hidden: Vec<CellView<'a>>,
    more: String,
}

pub(super) struct CellView<'a> {
    text: String,
    full: String,
    title: String,
    planned: bool,
    notes: Vec<&'a str>,
    per_capita: Option<String>,
    /// Why it is not compared, where that needs saying.
    refused: &'a str,
    /// Width of the bar of 100.
    bar: Option<String>,
    evidence: &'a [usize],
}

struct ClassView<'a> {
    id: &'static str,
    title: &'a str,
    columns: Vec<ThingsView<'a>>,
}

struct ThingsView<'a> {
    region: &'a str,
    count: usize,
    shown: Vec<ThingView<'a>>,
    hidden: Vec<ThingView<'a>>,
    more: String,
}

struct ThingView<'a> {
    label: &'a str,
    details: String,
    title: String,
    shared: bool,
    evidence: Option<usize>,
}

struct SinglesView<'a> {
    region: &'a str,
    count: usize,
    rows: Vec<RowView<'a>>,
}

pub(super) struct Maker<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) words: &'static Words,
    pub(super) terms: &'static Terms,
    pub(super) lang: Lang,
}

/// Writes the page.
pub(in super::super) fn html(comparison: &Comparison, lang: Lang) -> Result<String, CompareError> {
    let (words, terms) = (Words::of(lang)?, Terms::shared()?);
    let maker = Maker {
        comparison,
        words,
        terms,
        lang,
    };
    let Comparison {
        levels,
        rates,
        elsewhere,
        ..
    } = comparison;
    let tables = [
        maker.table("numbers", &words.numbers, &words.levels_note, levels),
        maker.table("rates", &words.rates, &words.rates_note, rates),
    ];
    let page = Page {
        lang: lang.tag(),
        words,
        lead: Words::count(
            &words.lead,
            comparison.regions.len(),
            comparison.documents.len(),
        ),
        comparison,
        overview: maker.overview(),
        charts: maker.charts(),
        deliveries: maker.deliveries(),
        programs: maker.programs(),
        site_kinds: maker.site_kinds(),
        counties: maker.counties(),
        common: maker.common(),
        only: maker.only(),
        classes: comparison
            .classes
            .iter()
            .map(|section| maker.class(section))
            .collect(),
        tables: tables
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .collect(),
        singles: maker.singles(),
        elsewhere: (*elsewhere > 0).then(|| Words::count(&words.elsewhere, *elsewhere, 0)),
        others: comparison.other_documents.join(&words.separator),
        evidence: comparison.evidence.iter().collect(),
    };
    Ok(page.render()?)
}

impl<'a> Maker<'a> {
    fn overview(&self) -> Vec<Overview<'a>> {
        let comparison = self.comparison;
        let regions = comparison.regions.iter().enumerate();
        regions
            .map(|(at, region)| {
                let mut counts = vec![comparison.document_count(at), comparison.value_count(at)];
                let classes = comparison.classes.iter();
                counts.extend(classes.map(|class| class.regions.get(at).map_or(0, Vec::len)));
                Overview {
                    name: &region.name,
                    above: region.above.join(" · "),
                    counts,
                }
            })
            .collect()
    }

    fn table(
        &self,
        id: &'static str,
        title: &'a str,
        note: &'a str,
        rows: &'a [Row],
    ) -> TableView<'a> {
        let row = |row: &'a Row| RowView {
            label: row.label(self.lang),
            unit: row.unit.as_deref().unwrap_or_default(),
            cells: row.cells.iter().map(|cells| self.cells(cells)).collect(),
        };
        TableView {
            id,
            title,
            note,
            rows: rows.iter().map(row).collect(),
        }
    }

    fn cells(&self, cells: &'a [Cell]) -> CellsView<'a> {
        let mut shown: Vec<CellView<'a>> = cells.iter().map(|cell| self.cell(cell)).collect();
        let hidden = shown.split_off(shown.len().min(SHOWN / 2));
        let more = Words::count(&self.words.more, hidden.len(), 0);
        let values = cells.iter().map(|cell| cell.normal.unwrap_or(cell.value));
        let largest = values.max_by(f64::total_cmp);
        CellsView {
            largest: largest.map_or_else(String::new, |value| value.to_string()),
            shown,
            hidden,
            more,
        }
    }

    pub(super) fn cell(&self, cell: &'a Cell) -> CellView<'a> {
        let quotes = cell.quotes(self.comparison);
        let mut title: Vec<String> = quotes.map(hover).collect();
        let text = value(cell, self.lang);
        let full = grouped(cell.value);
        if !text.contains(&full) {
            let Words {
                full_value, colon, ..
            } = self.words;
            title.push(format!("{full_value}{colon}{full} {}", cell.unit));
        }
        CellView {
            text,
            full: cell.value.to_string(),
            title: title.join("\n"),
            planned: cell.qualifier == Qualifier::Planned,
            notes: cell
                .area
                .iter()
                .chain(&cell.period)
                .map(String::as_str)
                .collect(),
            per_capita: self.per_capita(cell),
            refused: match cell.refused {
                Some(reason @ (Refusal::Unit | Refusal::PeriodLength)) => {
                    refusal(reason, self.words)
                }
                Some(Refusal::Planned | Refusal::Scope | Refusal::Alone) | None => "",
            },
            bar: cell
                .bar
                .map(|share| format!("{:.1}", share.clamp(1.0, 100.0))),
            evidence: &cell.evidence,
        }
    }

    fn class(&self, section: &'a ClassSection) -> ClassView<'a> {
        let columns = self.comparison.regions.iter().zip(&section.regions);
        ClassView {
            id: section.class.folder(),
            title: self.terms.class(section.class, self.lang),
            columns: columns
                .map(|(region, things)| self.things(&region.name, things))
                .collect(),
        }
    }

    fn things(&self, region: &'a str, things: &'a [Thing]) -> ThingsView<'a> {
        let mut shown: Vec<ThingView<'a>> = things.iter().map(|thing| self.thing(thing)).collect();
        let hidden = shown.split_off(shown.len().min(SHOWN));
        let more = Words::count(&self.words.more, hidden.len(), 0);
        ThingsView {
            region,
            count: things.len(),
            shown,
            hidden,
            more,
        }
    }

    fn thing(&self, thing: &'a Thing) -> ThingView<'a> {
        ThingView {
            label: &thing.label,
            details: thing.details.join(&self.words.separator),
            title: self.title_of(thing.evidence),
            shared: thing.shared,
            evidence: thing.evidence,
        }
    }

    fn singles(&self) -> Vec<SinglesView<'a>> {
        let regions = self.comparison.regions.iter().enumerate();
        let view = |(at, region): (usize, &'a super::super::model::Region)| {
            let row = |row: &'a Row| {
                let cells = row.cells.get(at).filter(|cells| !cells.is_empty())?;
                Some(RowView {
                    label: row.label(self.lang),
                    unit: "",
                    cells: vec![self.cells(cells)],
                })
            };
            let rows: Vec<RowView<'a>> = self.comparison.singles.iter().filter_map(row).collect();
            SinglesView {
                region: &region.name,
                count: rows.len(),
                rows,
            }
        };
        regions.map(view).filter(|view| view.count > 0).collect()
    }
}

/// Writes a quote for a hover text: the sentence, then the document.
pub(super) fn hover(quote: &Quote) -> String {
    let Quote {
        before,
        quote: middle,
        after,
        document,
        reprints,
        ..
    } = quote;
    let documents: Vec<&str> = std::iter::once(document)
        .chain(reprints)
        .map(String::as_str)
        .collect();
    format!("{before}【{middle}】{after}\n— {}", documents.join(" = "))
}
