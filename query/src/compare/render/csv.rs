//! Takes a comparison, returns its numbers as CSV: one row per value and quote.

use graph::Lang;

use super::super::CompareError;
use super::super::comparability::Refusal;
use super::super::model::{Cell, Comparison, Quote, Row};

const COLUMNS: [&str; 18] = [
    "region",
    "place",
    "area",
    "indicator",
    "label",
    "wording",
    "value",
    "qualifier",
    "unit",
    "period",
    "quote",
    "document",
    "start",
    "end",
    "reprints",
    "not_compared",
    "common_value",
    "per_capita",
];

/// Excel takes a file without it for one in the encoding of the system.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Writes a row for each value and quote; `start` and `end` count code points of the document.
/// The column names are the same in every language, since programs read them.
pub(in super::super) fn csv(comparison: &Comparison, lang: Lang) -> Result<String, CompareError> {
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let rows = [&comparison.levels, &comparison.rates, &comparison.singles];
    for row in rows.into_iter().flatten() {
        for (region, cells) in comparison.regions.iter().zip(&row.cells) {
            for cell in cells {
                for quote in cell.quotes(comparison) {
                    let record = record(row, cell, quote, lang);
                    let region = [region.name.clone(), region.key.local().to_owned()];
                    writer.write_record(region.iter().chain(&record))?;
                }
            }
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| ::csv::Error::from(error.into_error()))?;
    Ok(format!(
        "{BYTE_ORDER_MARK}{}",
        String::from_utf8_lossy(&bytes)
    ))
}

fn record(row: &Row, cell: &Cell, quote: &Quote, lang: Lang) -> [String; 16] {
    [
        cell.area.clone().unwrap_or_default(),
        row.indicator.clone(),
        row.label(lang).to_owned(),
        cell.wording.clone(),
        cell.value.to_string(),
        cell.qualifier.name().to_owned(),
        cell.unit.clone(),
        cell.period.clone().unwrap_or_default(),
        quote.quote.clone(),
        quote.document.clone(),
        quote.start.to_string(),
        quote.end.to_string(),
        quote.reprints.join("|"),
        cell.refused.map_or("", Refusal::name).to_owned(),
        cell.normal
            .map_or_else(String::new, |value| value.to_string()),
        cell.per_capita
            .map_or_else(String::new, |value| value.to_string()),
    ]
}
