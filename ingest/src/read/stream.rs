//! Takes JSON Lines `{"id","text",…}`, returns sources.

use std::io::BufRead;

use serde_json::{Map, Value};

use super::decode::Decoded;
use super::error::ReadError;
use super::json;
use super::options::Options;
use super::{Content, Reading, Source};

/// Why a stream of JSON Lines cannot be read on.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The stream itself failed.
    #[error("standard input failed at line {line}")]
    Read {
        /// 1-based.
        line: usize,
        /// What failed.
        #[source]
        source: std::io::Error,
    },
    /// A line is no JSON object.
    #[error("line {line} of standard input is no JSON object with \"id\" and \"text\"")]
    Line {
        /// 1-based.
        line: usize,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// An object lacks its id.
    #[error("line {line} of standard input has no \"id\"; give each document one")]
    NoId {
        /// 1-based.
        line: usize,
    },
    /// An object lacks its text.
    #[error("line {line} of standard input ({id})")]
    NoText {
        /// 1-based.
        line: usize,
        /// The document.
        id: String,
        /// What is missing.
        #[source]
        source: ReadError,
    },
}

/// Reads one document a line: `id` and `text`, and `title`, `date`, `source`, `author`, `url` where
/// there are such; empty lines are skipped, further keys ignored.
///
/// # Errors
/// Each item is its own result: a bad line does not end the stream.
pub fn read_stream<'o>(
    input: impl BufRead + 'o,
    options: &'o Options,
) -> impl Iterator<Item = Result<Source, StreamError>> + 'o {
    input.split(b'\n').enumerate().filter_map(|(index, line)| {
        let number = index + 1;
        match line {
            Err(source) => Some(Err(StreamError::Read {
                line: number,
                source,
            })),
            Ok(line) if line.iter().all(u8::is_ascii_whitespace) => None,
            Ok(line) => Some(source(&line, number, options)),
        }
    })
}

fn source(line: &[u8], number: usize, options: &Options) -> Result<Source, StreamError> {
    let object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|source| StreamError::Line {
            line: number,
            source,
        })?;
    // The text stands in the line; what is decoded is always UTF-8 here.
    let utf8 = Decoded {
        text: String::new(),
        encoding: "UTF-8",
        certainty: 1.0,
    };
    let place = format!("#line={number}");
    let id = object
        .get("id")
        .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let row = json::row(&object, &place, &utf8, options).map_err(|source| {
        let id = id.clone().unwrap_or_else(|| "no id".to_owned());
        StreamError::NoText {
            line: number,
            id,
            source,
        }
    })?;
    let id = row.id.ok_or(StreamError::NoId { line: number })?;
    let reading = Reading::new(&id, &row.article.text, row.article.metadata);
    Ok(Source {
        id,
        content: Content::Ready(Box::new(reading)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_does_not_end_the_stream() {
        let input = "{\"id\":\"a\",\"text\":\"甲\"}\n\nnonsense\n{\"id\":\"b\",\"text\":\"乙\",\"more\":1}\n";
        let options = Options::default();
        let rows: Vec<_> = read_stream(input.as_bytes(), &options).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].as_ref().unwrap().id, "a");
        assert!(matches!(rows[1], Err(StreamError::Line { line: 3, .. })));
        assert_eq!(rows[2].as_ref().unwrap().id, "b");
    }

    #[test]
    fn further_keys_are_metadata() {
        let input = "{\"id\":\"a\",\"text\":\"甲\",\"title\":\"题\",\"date\":\"2021-01-03\"}\n{\"text\":\"甲\"}\n";
        let options = Options::default();
        let rows: Vec<_> = read_stream(input.as_bytes(), &options).collect();
        let Content::Ready(reading) = &rows[0].as_ref().unwrap().content else {
            panic!()
        };
        assert_eq!(reading.metadata.headline.as_deref(), Some("题"));
        assert!(matches!(rows[1], Err(StreamError::NoId { line: 2 })));
    }
}
