//! Takes an Excel workbook, returns the rows of its sheets.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::error::{ReadError, guarded};
use super::options::Options;
use super::package::Package;
use super::row::{Columns, Rows};

/// Columns of a sheet that are looked at; a stray cell beyond costs nothing.
const MAX_COLUMNS: usize = 256;

/// Reads the rows below the first row of each sheet that names a column for the text.
///
/// # Errors
/// [`ReadError`] where it is damaged, too large, or no sheet has a column for the text.
pub(crate) fn rows(bytes: &[u8], options: &Options) -> Result<Rows, ReadError> {
    Package::open(bytes, "xlsx", &options.limits)?.verify()?;
    guarded("xlsx", || book_rows(bytes, options))
}

fn book_rows(bytes: &[u8], options: &Options) -> Result<Rows, ReadError> {
    let broken = |cause: calamine::XlsxError| ReadError::broken("xlsx", cause);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut found = Vec::new();
    let mut failure = None;
    let mut left = usize::try_from(options.limits.max_unpacked).unwrap_or(usize::MAX);
    let names = book.sheet_names();
    for name in &names {
        let table = match table(&mut book, name, &mut left) {
            Ok(table) => table,
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(cause) => return Err(broken(cause)),
        };
        if left == 0 {
            return Err(ReadError::Unpacked {
                limit: options.limits.max_unpacked,
            });
        }
        match sheet_rows(name, names.len() > 1, table, options) {
            Ok(rows) => found.extend(rows),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    match failure {
        Some(error) if found.is_empty() => Err(error),
        _ => Ok(found),
    }
}

/// One row: its number, counted from 1, and its cells.
type Line = (u32, Vec<String>);

/// Reads a sheet; stops where no byte is `left`. Many cells may share one long text, and a cell far to
/// the right makes room for those before it.
fn table<R: std::io::Read + std::io::Seek>(
    book: &mut Xlsx<R>,
    name: &str,
    left: &mut usize,
) -> Result<Vec<Line>, calamine::XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut lines: Vec<Line> = Vec::new();
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let text = value(cell.get_value());
        if column >= MAX_COLUMNS || text.is_empty() {
            continue;
        }
        if lines.last().is_none_or(|(number, _)| *number != row + 1) {
            lines.push((row + 1, Vec::new()));
        }
        if let Some((_, cells)) = lines.last_mut() {
            let room = (column + 1).saturating_sub(cells.len()) * size_of::<String>();
            *left = left.saturating_sub(text.len() + room);
            if *left == 0 {
                break;
            }
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
        }
    }
    Ok(lines)
}

fn value(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn sheet_rows(
    sheet: &str,
    several: bool,
    table: Vec<Line>,
    options: &Options,
) -> Result<Rows, ReadError> {
    let mut lines = table.into_iter();
    let Some((_, header)) = lines.next() else {
        return Ok(Vec::new());
    };
    let columns = Columns::new(&header, options)?;
    let row = |(number, cells): Line| {
        let place = if several {
            format!("#{sheet}!{number}")
        } else {
            format!("#row={number}")
        };
        columns
            .row(place.clone(), &cells)
            .map_err(|error| (place, error))
    };
    Ok(lines.map(row).collect())
}
