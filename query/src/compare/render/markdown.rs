//! Takes a comparison, returns it as Markdown: tables, and the quotes as footnotes.

use std::fmt::Write as _;

use graph::{Lang, Terms};

use super::super::CompareError;
use super::super::comparability::Refusal;
use super::super::model::{Cell, ClassSection, Comparison, Quote, Row, Thing};
use super::super::words::{Words, refusal, value};
use super::tables::{Field, Maker, Table};

/// Most entities of one class and region that a cell lists.
const LISTED: usize = 40;

struct Pen<'a> {
    comparison: &'a Comparison,
    words: &'static Words,
    terms: &'static Terms,
    lang: Lang,
    text: String,
}

/// Writes the report in the order of the page.
pub(in super::super) fn markdown(
    comparison: &Comparison,
    lang: Lang,
) -> Result<String, CompareError> {
    let (words, terms) = (Words::of(lang)?, Terms::shared()?);
    let mut pen = Pen {
        comparison,
        words,
        terms,
        lang,
        text: String::new(),
    };
    pen.head();
    let Comparison {
        levels,
        rates,
        classes,
        ..
    } = comparison;
    pen.rows(&words.numbers, &words.levels_note, levels);
    pen.rows(&words.rates, &words.rates_note, rates);
    let maker = Maker {
        comparison,
        words,
        terms,
        lang,
    };
    pen.table(&maker.deliveries(), &words.delivery_note);
    pen.table(&maker.programs(), &words.programs_note);
    pen.table(&maker.site_kinds(), &words.sites_note);
    pen.table(&maker.site_counties(), "");
    for section in classes {
        pen.class(section);
    }
    pen.rest();
    pen.evidence();
    Ok(pen.text)
}

impl Pen<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn heading(&mut self, title: &str, note: &str) {
        self.line(&format!("\n## {title}\n"));
        if !note.is_empty() {
            self.line(&format!("{note}\n"));
        }
    }

    /// Writes a table row of cells that are Markdown already.
    fn table_row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.text.push('|');
        for cell in cells {
            // Writing to a String cannot fail.
            let _ = write!(self.text, " {} |", cell.as_ref());
        }
        self.text.push('\n');
    }

    fn table_head<S: AsRef<str>>(&mut self, columns: &[S]) {
        self.table_row(columns);
        self.table_row(columns.iter().map(|_| "---"));
    }

    fn region_columns(&self, first: &str) -> Vec<String> {
        let names = self
            .comparison
            .regions
            .iter()
            .map(|region| escape(&region.name));
        std::iter::once(first.to_owned()).chain(names).collect()
    }

    fn head(&mut self) {
        let (words, comparison) = (self.words, self.comparison);
        self.line(&format!("# {}\n", words.title));
        let (regions, documents) = (comparison.regions.len(), comparison.documents.len());
        self.line(&Words::count(&words.lead, regions, documents));
        self.heading(&words.compared, "");
        let columns = [
            &words.region,
            &words.document,
            &words.headline,
            &words.publisher,
            &words.published,
        ];
        self.table_head(&columns);
        for document in &comparison.documents {
            let region = comparison.regions.get(document.region);
            let name = region.map_or("", |region| region.name.as_str());
            let text = |field: &Option<String>| escape(field.as_deref().unwrap_or(&words.none));
            let (headline, publisher) = (text(&document.headline), text(&document.publisher));
            let published = text(&document.published);
            let id = document.reprint_of.as_ref().map_or_else(
                || escape(&document.id),
                |original| {
                    format!(
                        "{} ({} {})",
                        escape(&document.id),
                        words.reprint_of,
                        escape(original)
                    )
                },
            );
            self.table_row([escape(name), id, headline, publisher, published]);
        }
    }

    /// Writes a plain table, unless it is empty.
    fn table(&mut self, table: &Table, note: &str) {
        if table.rows.is_empty() {
            return;
        }
        self.heading(&table.title, note);
        self.table_head(&table.columns);
        for row in &table.rows {
            self.table_row(row.iter().map(|field| match field {
                Field::Number(number) => number.to_string(),
                Field::Text(text) => escape(text).replace('\n', "<br>"),
            }));
        }
    }

    fn rows(&mut self, title: &str, note: &str, rows: &[Row]) {
        if rows.is_empty() {
            return;
        }
        self.heading(title, note);
        self.table_head(&self.region_columns(&self.words.indicator));
        for row in rows {
            let cells = row.cells.iter().map(|cells| self.cells(cells));
            let cells: Vec<String> =
                std::iter::once(format!("**{}**", escape(row.label(self.lang))))
                    .chain(cells)
                    .collect();
            self.table_row(cells);
        }
    }

    fn cells(&self, cells: &[Cell]) -> String {
        if cells.is_empty() {
            return self.words.none.clone();
        }
        cells
            .iter()
            .map(|cell| self.cell(cell))
            .collect::<Vec<_>>()
            .join("<br>")
    }

    fn cell(&self, cell: &Cell) -> String {
        let mut notes: Vec<String> = Vec::new();
        if cell.qualifier == ontology::record::Qualifier::Planned {
            notes.push(self.words.planned.clone());
        }
        notes.extend(
            cell.area
                .iter()
                .chain(&cell.period)
                .map(|note| escape(note)),
        );
        if let Some(reason @ (Refusal::Unit | Refusal::PeriodLength)) = cell.refused {
            notes.push(refusal(reason, self.words).to_owned());
        }
        let notes = if notes.is_empty() {
            String::new()
        } else {
            format!(" ({})", notes.join(&self.words.separator))
        };
        let feet: String = cell
            .evidence
            .iter()
            .map(|number| format!("[^{number}]"))
            .collect();
        format!("{}{notes} {feet}", escape(&value(cell, self.lang)))
    }

    fn class(&mut self, section: &ClassSection) {
        let class = self.terms.class(section.class, self.lang);
        self.heading(
            &format!("{}{}{class}", self.words.entities, self.words.colon),
            "",
        );
        let columns = self.comparison.regions.iter().zip(&section.regions);
        let columns: Vec<String> = columns
            .map(|(region, things)| format!("{} ({})", escape(&region.name), things.len()))
            .collect();
        self.table_head(&columns);
        let lists = section.regions.iter().map(|things| self.things(things));
        self.table_row(lists.collect::<Vec<_>>());
        if !section.shared.is_empty() {
            self.line(&format!(
                "\n{}{}\n",
                self.words.shared,
                self.words.colon.trim_end()
            ));
        }
        for shared in &section.shared {
            let names = shared
                .regions
                .iter()
                .filter_map(|&at| self.comparison.regions.get(at));
            let names: Vec<String> = names.map(|region| escape(&region.name)).collect();
            let names = names.join(&self.words.separator);
            self.line(&format!("- {} ({names})", escape(&shared.label)));
        }
    }

    fn things(&self, things: &[Thing]) -> String {
        let thing = |thing: &Thing| {
            let mark = if thing.shared { "◆ " } else { "" };
            let details = if thing.details.is_empty() {
                String::new()
            } else {
                format!(" ({})", escape(&thing.details.join(&self.words.separator)))
            };
            let foot = thing
                .evidence
                .map_or_else(String::new, |number| format!(" [^{number}]"));
            format!("{mark}{}{details}{foot}", escape(&thing.label))
        };
        let mut lines: Vec<String> = things.iter().take(LISTED).map(thing).collect();
        if things.len() > LISTED {
            lines.push(Words::count(&self.words.more, things.len() - LISTED, 0));
        }
        if lines.is_empty() {
            self.words.none.clone()
        } else {
            lines.join("<br>")
        }
    }

    fn rest(&mut self) {
        let (words, comparison) = (self.words, self.comparison);
        let others = &comparison.other_documents;
        if comparison.singles.is_empty() && others.is_empty() && comparison.elsewhere == 0 {
            return;
        }
        self.heading(&words.singles, &words.singles_note);
        for (at, region) in comparison.regions.iter().enumerate() {
            let row = |row: &Row| {
                let cells = row.cells.get(at).filter(|cells| !cells.is_empty())?;
                let cells: Vec<String> = cells.iter().map(|cell| self.cell(cell)).collect();
                Some(format!(
                    "{} {}",
                    escape(row.label(self.lang)),
                    cells.join(" / ")
                ))
            };
            let rows: Vec<String> = comparison.singles.iter().filter_map(row).collect();
            if !rows.is_empty() {
                self.line(&format!(
                    "- **{}**: {}",
                    escape(&region.name),
                    rows.join("; ")
                ));
            }
        }
        if !others.is_empty() {
            let others: Vec<String> = others.iter().map(|id| escape(id)).collect();
            let others = others.join(&words.separator);
            self.line(&format!(
                "\n{}{}{others}",
                words.other_documents, words.colon
            ));
        }
        if comparison.elsewhere > 0 {
            self.line(&format!(
                "\n{}",
                Words::count(&words.elsewhere, comparison.elsewhere, 0)
            ));
        }
    }

    fn evidence(&mut self) {
        if self.comparison.evidence.is_empty() {
            return;
        }
        self.heading(&self.words.evidence, &self.words.evidence_note);
        for (at, quote) in self.comparison.evidence.iter().enumerate() {
            let Quote {
                before,
                quote: middle,
                after,
                document,
                start,
                end,
                ..
            } = quote;
            let about = [&quote.headline, &quote.publisher, &quote.published];
            let about: Vec<String> = about
                .into_iter()
                .flatten()
                .map(|text| escape(text))
                .collect();
            let about = about.join(&self.words.separator);
            let mut reprints = quote.reprints.join(&self.words.separator);
            if !reprints.is_empty() {
                let Words {
                    reprinted, colon, ..
                } = self.words;
                reprints = format!("; {reprinted}{colon}{}", escape(&reprints));
            }
            self.line(&format!(
                "[^{}]: {}**{}**{} — {about} ({}, {} {start}–{end}{reprints})",
                at + 1,
                escape(before),
                escape(middle),
                escape(after),
                escape(document),
                self.words.characters,
            ));
        }
    }
}

/// Escapes what Markdown or HTML would read as markup; line breaks become blanks.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
