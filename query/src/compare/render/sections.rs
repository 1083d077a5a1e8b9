//! Takes a comparison, returns what the page shows beside its tables of numbers and entities: the charts
//! of the first screen, completion rates, programmes, sites, and what regions share or have alone.

use std::collections::BTreeSet;

use graph::Lang;
use ontology::indicator::Scheme;
use ontology::record::{EntityClass, Qualifier};

use super::super::model::{Cell, Delivery, ProgramCell, Row, Shared};
use super::super::words::{Words, value};
use super::html::{CellView, Maker, hover};

/// Most charts on the first screen.
const CHARTS: usize = 9;
/// Most things of a class that one region alone has, listed.
const ONLY: usize = 30;

pub(super) struct ChartView<'a> {
    pub(super) title: &'a str,
    pub(super) bars: Vec<BarView<'a>>,
    /// Which region has most and which least; empty where they have the same.
    pub(super) caption: String,
}

pub(super) struct BarView<'a> {
    pub(super) region: &'a str,
    pub(super) cell: CellView<'a>,
}

pub(super) struct DeliveryView<'a> {
    pub(super) region: &'a str,
    pub(super) label: &'a str,
    pub(super) promised: CellView<'a>,
    pub(super) done: CellView<'a>,
    pub(super) rate: String,
    /// Width of the bar of 100.
    pub(super) width: String,
}

pub(super) struct ProgramView<'a> {
    pub(super) label: &'a str,
    pub(super) kind: &'a str,
    pub(super) spread: usize,
    pub(super) cells: Vec<Option<ProgramCellView<'a>>>,
}

pub(super) struct ProgramCellView<'a> {
    pub(super) run_by: String,
    pub(super) since: String,
    pub(super) numbers: Vec<(&'a str, CellView<'a>)>,
    pub(super) evidence: Option<usize>,
    pub(super) title: String,
}

pub(super) struct SiteKindView<'a> {
    pub(super) kind: &'a str,
    /// Count of each region and its share of the largest, of 100.
    pub(super) counts: Vec<(usize, String)>,
}

pub(super) struct CountiesView<'a> {
    pub(super) region: &'a str,
    pub(super) counties: Vec<(&'a str, usize, String)>,
}

pub(super) struct CommonView<'a> {
    pub(super) class: &'a str,
    pub(super) label: &'a str,
    /// Per region of the page: whether it has it, and the quote's number.
    pub(super) cells: Vec<(bool, Option<usize>)>,
    pub(super) spread: usize,
}

/// A thing's name and the number of its quote.
type Named<'a> = (&'a str, Option<usize>);

pub(super) struct OnlyView<'a> {
    pub(super) region: &'a str,
    /// Per class its name, the count, and the first of its things.
    pub(super) groups: Vec<(&'a str, usize, Vec<Named<'a>>)>,
}

/// Writes a share of the largest as the width of a bar.
fn width(part: usize, largest: usize) -> String {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if part == 0 {
        return "0".to_owned();
    }
    format!(
        "{:.1}",
        (number(part) / number(largest.max(1)) * 100.0).clamp(2.0, 100.0)
    )
}

impl<'a> Maker<'a> {
    fn region_name(&self, at: usize) -> &'a str {
        let region = self.comparison.regions.get(at);
        region.map_or("", |region| region.name.as_str())
    }

    /// Gives charts of the indicators that most regions can be compared by; those of the scheme first,
    /// since an indicator of its own may say little.
    pub(super) fn charts(&self) -> Vec<ChartView<'a>> {
        let rows = self.comparison.levels.iter().chain(&self.comparison.rates);
        let spread = |row: &Row| {
            let compared = |cells: &&Vec<Cell>| cells.iter().any(|cell| cell.refused.is_none());
            row.cells.iter().filter(compared).count()
        };
        let mut rows: Vec<(&Row, usize)> = rows.map(|row| (row, spread(row))).collect();
        rows.retain(|(_, spread)| *spread >= 2);
        rows.sort_by_key(|(row, spread)| (row.growth, row.theme.is_none(), usize::MAX - spread));
        let charts = rows.into_iter().take(CHARTS);
        charts.map(|(row, _)| self.chart(row)).collect()
    }

    fn chart(&self, row: &'a Row) -> ChartView<'a> {
        let mut bars: Vec<(usize, &Cell)> = Vec::new();
        for (at, cells) in row.cells.iter().enumerate() {
            bars.extend(
                cells
                    .iter()
                    .filter(|c| c.refused.is_none())
                    .map(|c| (at, c)),
            );
        }
        let normal = |cell: &Cell| cell.normal.unwrap_or(cell.value);
        bars.sort_by(|a, b| normal(b.1).total_cmp(&normal(a.1)).then(a.0.cmp(&b.0)));
        // Regions with several values are held against each other by the largest.
        let mut largest: Vec<(usize, &Cell)> = bars.clone();
        let mut seen = BTreeSet::new();
        largest.retain(|(at, _)| seen.insert(*at));
        let ends = largest.first().zip(largest.last());
        let ends = ends.filter(|(most, least)| normal(most.1) > normal(least.1));
        let caption = ends.map_or_else(String::new, |(most, least)| {
            let Words {
                most: highest,
                least: lowest,
                colon,
                ..
            } = self.words;
            let (most, least) = (self.region_name(most.0), self.region_name(least.0));
            format!("{highest}{colon}{most} · {lowest}{colon}{least}")
        });
        let view = |(at, cell): (usize, &'a Cell)| BarView {
            region: self.region_name(at),
            cell: self.cell(cell),
        };
        ChartView {
            title: row.label(self.lang),
            bars: bars.into_iter().map(view).collect(),
            caption,
        }
    }

    pub(super) fn deliveries(&self) -> Vec<DeliveryView<'a>> {
        let regions = self.comparison.deliveries.iter().enumerate();
        let all = regions.flat_map(|(at, list)| list.iter().map(move |one| (at, one)));
        all.map(|(at, delivery)| self.delivery(at, delivery))
            .collect()
    }

    fn delivery(&self, at: usize, delivery: &'a Delivery) -> DeliveryView<'a> {
        DeliveryView {
            region: self.region_name(at),
            label: delivery.label(self.lang),
            promised: self.cell(&delivery.promised),
            done: self.cell(&delivery.done),
            rate: format!("{:.1}", delivery.rate),
            width: format!("{:.1}", delivery.rate.clamp(0.0, 100.0)),
        }
    }

    /// Gives the programmes that several regions have, and those of one that say more than a name.
    pub(super) fn programs(&self) -> Vec<ProgramView<'a>> {
        let says = |cell: &&ProgramCell| !cell.numbers.is_empty() || !cell.run_by.is_empty();
        let programs = self.comparison.programs.iter().filter_map(|program| {
            let spread = program.cells.iter().flatten().count();
            let telling = program.cells.iter().flatten().any(|cell| says(&cell));
            (spread > 1 || telling).then(|| ProgramView {
                label: &program.label,
                kind: program.kind.as_deref().unwrap_or_default(),
                spread,
                cells: program
                    .cells
                    .iter()
                    .map(|cell| cell.as_ref().map(|cell| self.program_cell(cell)))
                    .collect(),
            })
        });
        programs.collect()
    }

    fn program_cell(&self, cell: &'a ProgramCell) -> ProgramCellView<'a> {
        let number = |cell: &'a Cell| (cell.wording.as_str(), self.cell(cell));
        ProgramCellView {
            run_by: cell.run_by.join(&self.words.separator),
            since: cell.since(self.words),
            numbers: cell.numbers.iter().map(number).collect(),
            evidence: cell.evidence,
            title: self.title_of(cell.evidence),
        }
    }

    pub(super) fn title_of(&self, evidence: Option<usize>) -> String {
        let index = evidence.and_then(|number| number.checked_sub(1));
        let quote = index.and_then(|index| self.comparison.evidence.get(index));
        quote.map(hover).unwrap_or_default()
    }

    pub(super) fn site_kinds(&self) -> Vec<SiteKindView<'a>> {
        let kinds = &self.comparison.sites.kinds;
        let largest = kinds.iter().flat_map(|kind| &kind.counts).max();
        let largest = largest.copied().unwrap_or(1);
        let views = kinds.iter().map(|kind| SiteKindView {
            kind: kind.kind.as_deref().unwrap_or(&self.words.unnamed),
            counts: kind
                .counts
                .iter()
                .map(|&count| (count, width(count, largest)))
                .collect(),
        });
        views.collect()
    }

    pub(super) fn counties(&self) -> Vec<CountiesView<'a>> {
        let counties = &self.comparison.sites.counties;
        let largest = counties.iter().flatten().map(|county| county.count).max();
        let largest = largest.unwrap_or(1);
        let views = counties
            .iter()
            .enumerate()
            .filter(|(_, list)| !list.is_empty());
        let views = views.map(|(at, list)| CountiesView {
            region: self.region_name(at),
            counties: list
                .iter()
                .map(|county| {
                    (
                        county.name.as_str(),
                        county.count,
                        width(county.count, largest),
                    )
                })
                .collect(),
        });
        views.collect()
    }

    /// Gives what several regions have, those of most regions first within each class.
    pub(super) fn common(&self) -> Vec<CommonView<'a>> {
        let regions = self.comparison.regions.len();
        let sections = self.comparison.classes.iter();
        let shared =
            sections.flat_map(|section| section.shared.iter().map(|one| (section.class, one)));
        let view = |(class, shared): (EntityClass, &'a Shared)| {
            let mut cells = vec![(false, None); regions];
            for (&at, &evidence) in shared.regions.iter().zip(&shared.evidence) {
                if let Some(cell) = cells.get_mut(at) {
                    *cell = (true, evidence);
                }
            }
            CommonView {
                class: self.terms.class(class, self.lang),
                label: &shared.label,
                cells,
                spread: shared.regions.len(),
            }
        };
        shared.map(view).collect()
    }

    /// Gives the programmes, works and events of one region alone.
    pub(super) fn only(&self) -> Vec<OnlyView<'a>> {
        let classes = [EntityClass::Program, EntityClass::Work, EntityClass::Event];
        let sections = self.comparison.classes.iter();
        let sections: Vec<_> = sections.filter(|s| classes.contains(&s.class)).collect();
        let regions = (0..self.comparison.regions.len()).map(|at| {
            let groups = sections.iter().filter_map(|section| {
                let things = section
                    .regions
                    .get(at)?
                    .iter()
                    .filter(|thing| !thing.shared);
                let all: Vec<_> = things.map(|t| (t.label.as_str(), t.evidence)).collect();
                let (count, class) = (all.len(), self.terms.class(section.class, self.lang));
                let listed = all.into_iter().take(ONLY).collect();
                (count > 0).then_some((class, count, listed))
            });
            OnlyView {
                region: self.region_name(at),
                groups: groups.collect(),
            }
        });
        regions.filter(|view| !view.groups.is_empty()).collect()
    }

    /// Writes a count or a sum per head.
    pub(super) fn per_capita(&self, cell: &Cell) -> Option<String> {
        let per = cell.per_capita?;
        let rounded = Cell {
            value: if per.abs() >= 100.0 {
                per.round()
            } else {
                (per * 100.0).round() / 100.0
            },
            qualifier: Qualifier::Exact,
            ..cell.clone()
        };
        let scheme = Scheme::shared().ok();
        let kind = scheme.and_then(|scheme| scheme.unit_kind(&cell.unit));
        let phrase = if kind == Some("money") {
            &self.words.per_head
        } else {
            &self.words.per_10k
        };
        Some(phrase.replace("{n}", &value(&rounded, Lang::En)))
    }
}
