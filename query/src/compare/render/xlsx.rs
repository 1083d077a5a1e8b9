//! Takes a comparison, returns it as a workbook: a sheet for each table, with fixed headings and filters.

use graph::{Lang, Terms};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use super::super::CompareError;
use super::super::model::Comparison;
use super::super::words::Words;
use super::tables::{Field, Maker, Table};

/// Longest name of a sheet, and what may not stand in it.
const NAME: usize = 31;
const FORBIDDEN: &str = "[]:*?/\\";
/// Most characters that a cell of a workbook holds.
const CELL: usize = 32_767;
/// Widest column, in characters of Latin script.
const WIDE: usize = 60;

/// Writes the workbook; the same comparison gives the same bytes.
pub(in super::super) fn xlsx(comparison: &Comparison, lang: Lang) -> Result<Vec<u8>, CompareError> {
    let words = Words::of(lang)?;
    let maker = Maker {
        comparison,
        words,
        terms: Terms::shared()?,
        lang,
    };
    let mut workbook = Workbook::new();
    // The writer would put the clock's time in.
    let properties = DocProperties::new()
        .set_title(&words.title)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let tables = maker.all();
    for table in &tables {
        write(workbook.add_worksheet(), table)?;
    }
    if tables.is_empty() {
        workbook
            .add_worksheet()
            .write(0, 0, words.nothing.as_str())?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), CompareError> {
    let name = table.title.chars().filter(|c| !FORBIDDEN.contains(*c));
    sheet.set_name(name.take(NAME).collect::<String>())?;
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_background_color(0x00DC_E6F1);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut last_column = 0_u16;
    for (column, title) in (0_u16..).zip(&table.columns) {
        sheet.write_with_format(0, column, title.as_str(), &head)?;
        sheet.set_column_width(column, width(table, usize::from(column)))?;
        last_column = column;
    }
    let mut last_row = 0_u32;
    for (row, fields) in (1_u32..).zip(&table.rows) {
        for (column, field) in (0_u16..).zip(fields) {
            match field {
                Field::Number(number) => {
                    sheet.write_with_format(row, column, *number, &body)?;
                }
                Field::Text(text) => {
                    let text: String = text.chars().take(CELL).collect();
                    sheet.write_with_format(row, column, text, &body)?;
                }
            }
        }
        last_row = row;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

/// Gives the width of the longest line of a column, a Han character as two.
fn width(table: &Table, column: usize) -> u16 {
    let line = |line: &str| {
        line.chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum::<usize>()
    };
    let field = |row: &Vec<Field>| match row.get(column) {
        Some(Field::Text(text)) => text.lines().map(line).max().unwrap_or(0),
        Some(Field::Number(number)) => number.to_string().len(),
        None => 0,
    };
    let title = table.columns.get(column).map_or(0, |title| line(title) + 4);
    let widest = table.rows.iter().map(field).max().unwrap_or(0).max(title);
    u16::try_from(widest.clamp(8, WIDE)).unwrap_or(8)
}
