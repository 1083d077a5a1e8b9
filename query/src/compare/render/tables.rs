//! Takes a comparison, returns it as plain tables: what the workbook holds, and parts of the Markdown.

use graph::{Lang, Terms};
use ontology::record::EntityClass;

use super::super::model::{Cell, Comparison, Delivery, Quote, Row};
use super::super::words::{Words, refusal, value};

/// A field of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Field {
    Text(String),
    Number(f64),
}

/// A table with a heading; every row has a field for each column.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) title: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<Field>>,
}

/// Makes the tables.
pub(super) struct Maker<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) words: &'static Words,
    pub(super) terms: &'static Terms,
    pub(super) lang: Lang,
}

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

fn count(count: usize) -> Field {
    // A count beyond u32 is none that a report can show.
    Field::Number(f64::from(u32::try_from(count).unwrap_or(u32::MAX)))
}

fn optional(value: Option<f64>) -> Field {
    value.map_or_else(|| text(""), Field::Number)
}

impl<'a> Maker<'a> {
    fn table(&self, title: &str, columns: &[&str], rows: Vec<Vec<Field>>) -> Table {
        Table {
            title: title.to_owned(),
            columns: columns.iter().map(|&name| name.to_owned()).collect(),
            rows,
        }
    }

    fn region(&self, at: usize) -> &'a str {
        let region = self.comparison.regions.get(at);
        region.map_or("", |region| region.name.as_str())
    }

    /// Gives all tables, in the order of the page.
    pub(super) fn all(&self) -> Vec<Table> {
        let Words {
            numbers,
            rates,
            singles,
            ..
        } = self.words;
        let report = self.comparison;
        let mut tables = vec![
            self.overview(),
            self.matrix(numbers, &report.levels),
            self.matrix(rates, &report.rates),
            self.matrix(singles, &report.singles),
            self.values(),
            self.deliveries(),
            self.programs(),
            self.site_kinds(),
            self.site_counties(),
            self.things(),
            self.documents(),
        ];
        tables.retain(|table| !table.rows.is_empty());
        tables
    }

    fn overview(&self) -> Table {
        let (words, report) = (self.words, self.comparison);
        let mut columns = vec![
            words.region.as_str(),
            &words.within,
            &words.population,
            &words.documents,
            &words.value_count,
        ];
        let classes = report.classes.iter();
        columns.extend(classes.map(|class| self.terms.class(class.class, self.lang)));
        let rows = report.regions.iter().enumerate().map(|(at, region)| {
            let mut row = vec![
                text(&region.name),
                text(&region.above.join(&words.separator)),
                optional(region.population.map(f64::from)),
                count(report.document_count(at)),
                count(report.value_count(at)),
            ];
            let counts = report.classes.iter();
            row.extend(counts.map(|class| count(class.regions.get(at).map_or(0, Vec::len))));
            row
        });
        self.table(&words.compared, &columns, rows.collect())
    }

    /// Indicators by regions; several values of a cell stand side by side.
    fn matrix(&self, title: &str, rows: &[Row]) -> Table {
        let mut columns = vec![self.words.indicator.as_str()];
        columns.extend(
            self.comparison
                .regions
                .iter()
                .map(|region| region.name.as_str()),
        );
        let written = |cell: &Cell| {
            let mut text = value(cell, self.lang);
            for note in cell.area.iter().chain(&cell.period) {
                text.push_str(&format!(" ({note})"));
            }
            text
        };
        let rows = rows.iter().map(|row| {
            let mut fields = vec![text(row.label(self.lang))];
            for cells in &row.cells {
                let values: Vec<String> = cells.iter().map(written).collect();
                fields.push(match (cells.as_slice(), &row.unit) {
                    // One exact value in the row's unit is a number to calculate with.
                    ([cell], Some(unit)) if cell.unit == *unit && cell.refused.is_none() => {
                        Field::Number(cell.value)
                    }
                    _ => Field::Text(values.join("\n")),
                });
            }
            if let (Some(unit), Some(Field::Text(label))) = (&row.unit, fields.first_mut()) {
                label.push_str(&format!(" ({unit})"));
            }
            fields
        });
        self.table(title, &columns, rows.collect())
    }

    /// One row for each value and quote.
    fn values(&self) -> Table {
        let (words, report) = (self.words, self.comparison);
        let columns = [
            words.region.as_str(),
            &words.area,
            &words.indicator,
            &words.wording,
            &words.value,
            &words.bound,
            &words.unit,
            &words.period,
            &words.per_capita,
            &words.not_compared,
            &words.quote,
            &words.document,
        ];
        let mut rows = Vec::new();
        for row in [&report.levels, &report.rates, &report.singles]
            .into_iter()
            .flatten()
        {
            for (at, cells) in row.cells.iter().enumerate() {
                for cell in cells {
                    let quotes = cell.quotes(report);
                    rows.extend(quotes.map(|quote| self.value(at, row, cell, quote)));
                }
            }
        }
        self.table(&words.values, &columns, rows)
    }

    fn value(&self, at: usize, row: &Row, cell: &Cell, quote: &Quote) -> Vec<Field> {
        vec![
            text(self.region(at)),
            text(cell.area.as_deref().unwrap_or_default()),
            text(row.label(self.lang)),
            text(&cell.wording),
            Field::Number(cell.value),
            text(self.words.qualifier(cell.qualifier)),
            text(&cell.unit),
            text(cell.period.as_deref().unwrap_or_default()),
            optional(cell.per_capita),
            text(
                cell.refused
                    .map_or("", |reason| refusal(reason, self.words)),
            ),
            text(&quote.quote),
            text(&quote.document),
        ]
    }

    pub(super) fn deliveries(&self) -> Table {
        let words = self.words;
        let columns = [
            words.region.as_str(),
            &words.indicator,
            &words.promised,
            &words.done,
            &words.rate,
            &words.unit,
            &words.quote,
            &words.document,
        ];
        let regions = self.comparison.deliveries.iter().enumerate();
        let rows = regions.flat_map(|(at, list)| list.iter().map(move |one| (at, one)));
        let rows = rows
            .map(|(at, delivery)| self.delivery(at, delivery))
            .collect();
        self.table(&words.delivery, &columns, rows)
    }

    fn delivery(&self, at: usize, delivery: &Delivery) -> Vec<Field> {
        let Delivery { promised, done, .. } = delivery;
        let quotes = promised
            .quotes(self.comparison)
            .chain(done.quotes(self.comparison));
        let quotes: Vec<&Quote> = quotes.collect();
        let said: Vec<&str> = quotes.iter().map(|quote| quote.quote.as_str()).collect();
        let document = quotes.first().map_or("", |quote| quote.document.as_str());
        vec![
            text(self.region(at)),
            text(delivery.label(self.lang)),
            Field::Number(promised.value),
            Field::Number(done.value),
            Field::Number((delivery.rate * 10.0).round() / 10.0),
            text(&done.unit),
            text(&said.join(" … ")),
            text(document),
        ]
    }

    pub(super) fn programs(&self) -> Table {
        let (words, report) = (self.words, self.comparison);
        let columns = [
            words.program.as_str(),
            &words.kind,
            &words.region,
            &words.run_by,
            &words.since,
            &words.numbers,
        ];
        let mut rows = Vec::new();
        for program in &report.programs {
            for (at, cell) in program.cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let number = |cell: &Cell| format!("{} {}", cell.wording, value(cell, self.lang));
                let numbers: Vec<String> = cell.numbers.iter().map(number).collect();
                rows.push(vec![
                    text(&program.label),
                    text(program.kind.as_deref().unwrap_or_default()),
                    text(self.region(at)),
                    text(&cell.run_by.join(&words.separator)),
                    text(&cell.since(words)),
                    text(&numbers.join("\n")),
                ]);
            }
        }
        self.table(&words.programs, &columns, rows)
    }

    pub(super) fn site_kinds(&self) -> Table {
        let (words, sites) = (self.words, &self.comparison.sites);
        let mut columns = vec![words.kind.as_str()];
        columns.extend(
            self.comparison
                .regions
                .iter()
                .map(|region| region.name.as_str()),
        );
        let rows = sites.kinds.iter().map(|kind| {
            let mut row = vec![text(kind.kind.as_deref().unwrap_or(&words.unnamed))];
            row.extend(kind.counts.iter().map(|&number| count(number)));
            row
        });
        self.table(&words.site_kinds, &columns, rows.collect())
    }

    pub(super) fn site_counties(&self) -> Table {
        let words = self.words;
        let columns = [words.region.as_str(), &words.county, &words.count];
        let regions = self.comparison.sites.counties.iter().enumerate();
        let rows = regions.flat_map(|(at, list)| list.iter().map(move |one| (at, one)));
        let rows = rows.map(|(at, county)| {
            vec![
                text(self.region(at)),
                text(&county.name),
                count(county.count),
            ]
        });
        self.table(&words.site_counties, &columns, rows.collect())
    }

    fn things(&self) -> Table {
        let (words, report) = (self.words, self.comparison);
        let columns = [
            words.class.as_str(),
            &words.name,
            &words.region,
            &words.details,
            &words.shared,
            &words.quote,
            &words.document,
        ];
        let mut rows = Vec::new();
        for section in report
            .classes
            .iter()
            .filter(|s| s.class != EntityClass::Place)
        {
            for (at, things) in section.regions.iter().enumerate() {
                for thing in things {
                    let index = thing.evidence.and_then(|number| number.checked_sub(1));
                    let quote = index.and_then(|index| report.evidence.get(index));
                    let said = |part: fn(&Quote) -> String| quote.map(part).unwrap_or_default();
                    rows.push(vec![
                        text(self.terms.class(section.class, self.lang)),
                        text(&thing.label),
                        text(self.region(at)),
                        text(&thing.details.join(&words.separator)),
                        text(if thing.shared { &words.shared_mark } else { "" }),
                        Field::Text(said(|q| format!("{}{}{}", q.before, q.quote, q.after))),
                        Field::Text(said(|q| q.document.clone())),
                    ]);
                }
            }
        }
        self.table(&words.entities, &columns, rows)
    }

    fn documents(&self) -> Table {
        let words = self.words;
        let columns = [
            words.region.as_str(),
            &words.document,
            &words.headline,
            &words.publisher,
            &words.published,
        ];
        let rows = self.comparison.documents.iter().map(|source| {
            let field = |field: &Option<String>| text(field.as_deref().unwrap_or_default());
            vec![
                text(self.region(source.region)),
                text(&source.id),
                field(&source.headline),
                field(&source.publisher),
                field(&source.published),
            ]
        });
        self.table(&words.documents, &columns, rows.collect())
    }
}
