//! Takes a decoded table of comma-, semicolon- or tab-separated values, returns its rows.

use csv::{ReaderBuilder, StringRecord};

use super::decode::Decoded;
use super::error::ReadError;
use super::options::Options;
use super::row::{Columns, Rows};

/// Reads the rows below the header.
///
/// # Errors
/// [`ReadError::NoTextColumn`] where the header names no column for the text.
pub(crate) fn rows(decoded: &Decoded, options: &Options) -> Result<Rows, ReadError> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(&decoded.text))
        .flexible(true)
        .has_headers(true)
        .from_reader(decoded.text.as_bytes());
    let header = reader
        .headers()
        .map_err(|cause| ReadError::broken("csv", cause))?;
    let columns = Columns::new(&cells(header), options)?;
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        // As in RFC 7111, rows count from 1 and the header is one.
        let place = format!("#row={}", index + 2);
        let row = match record {
            Err(cause) => Err(ReadError::broken("csv", cause)),
            Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => continue,
            Ok(record) => columns.row(place.clone(), &cells(&record)),
        };
        let row = row.map(|row| row.decoded_as(decoded));
        rows.push(row.map_err(|error| (place, error)));
    }
    Ok(rows)
}

fn cells(record: &StringRecord) -> Vec<String> {
    record.iter().map(str::to_owned).collect()
}

/// The separator that the header has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: u8| header.bytes().filter(|&byte| byte == separator).count();
    [b',', b'\t', b';']
        .into_iter()
        .rev()
        .max_by_key(|&separator| count(separator))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Rows, ReadError> {
        let decoded = Decoded {
            text: text.to_owned(),
            encoding: "UTF-8",
            certainty: 1.0,
        };
        rows(&decoded, &Options::default())
    }

    #[test]
    fn one_document_a_row() {
        let found =
            table("编号,标题,正文,日期\na1,甲,\"一,\n二\",2021/1/3\n,,,\na2,乙,,\n").unwrap();
        assert_eq!(found.len(), 2);
        let row = found[0].as_ref().unwrap();
        assert_eq!(
            (row.id.as_deref(), row.article.text.as_str()),
            (Some("a1"), "一,\n二")
        );
        assert_eq!(
            row.article.metadata.published.as_deref(),
            Some("2021-01-03")
        );
        assert!(matches!(&found[1], Err((place, ReadError::NoText)) if place == "#row=4"));
        assert!(
            table("a\tb\n1\t2\n")
                .unwrap_err()
                .to_string()
                .contains("--columns")
        );
        assert_eq!(
            table("title\tcontent\n甲\t乙,丙\n").unwrap()[0]
                .as_ref()
                .unwrap()
                .article
                .text,
            "乙,丙"
        );
    }
}
