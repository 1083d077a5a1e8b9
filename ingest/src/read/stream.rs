//! Takes standard input, JSON Lines `{"id","text",…}` or one document, returns sources.

use std::io::{BufRead, Read};

use ontology::record::{Diagnostic, Severity};
use serde_json::{Map, Value};

use super::decode::Decoded;
use super::error::ReadError;
use super::options::Options;
use super::{Content, Reading, Source};
use super::{json, open_bytes};

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

/// Name of standard input on the command line, and of the document in it.
const STDIN: &str = "-";

/// Reads what may be anything: where the first character is `{`, as [`read_stream`]; else as
/// [`open_bytes`] reads a file called `-`.
///
/// # Errors
/// Each item is its own result.
pub fn read_input<'o>(
    mut input: impl BufRead + 'o,
    options: &'o Options,
) -> Box<dyn Iterator<Item = Result<Source, Diagnostic>> + 'o> {
    let head = input.fill_buf().unwrap_or_default();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let first = head
        .iter()
        .copied()
        .find(|byte| !byte.is_ascii_whitespace());
    if first.is_none_or(|byte| byte == b'{') {
        let rows = read_stream(input, options);
        return Box::new(rows.map(|row| row.map_err(|cause| diagnostic(&cause))));
    }
    // No file name tells that it is JSON.
    let name = if first == Some(b'[') { "-.json" } else { STDIN };
    let limit = options.limits.max_bytes;
    let mut bytes = Vec::new();
    let whole = input.take(limit + 1).read_to_end(&mut bytes);
    let fault = match whole {
        Err(cause) => Some(ReadError::Unreadable(cause)),
        Ok(size) if u64::try_from(size).is_ok_and(|size| size > limit) => {
            Some(ReadError::TooLarge { limit })
        }
        Ok(_) => None,
    };
    let found = match fault {
        Some(fault) => vec![Err(fault.diagnostic(STDIN))],
        None => open_bytes(name, &bytes, options),
    };
    Box::new(found.into_iter().map(|found| {
        found.map(|reading| Source {
            id: reading.id.clone(),
            content: Content::Ready(Box::new(reading)),
        })
    }))
}

fn diagnostic(cause: &StreamError) -> Diagnostic {
    let mut message = cause.to_string();
    let mut inner = std::error::Error::source(cause);
    while let Some(cause) = inner {
        message = format!("{message}: {cause}");
        inner = cause.source();
    }
    Diagnostic {
        severity: Severity::Error,
        document: STDIN.to_owned(),
        message,
        span: None,
    }
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
    fn what_is_no_json_line_is_a_document() {
        let options = Options::default();
        let read = |input: &'static [u8]| -> Vec<Result<String, String>> {
            read_input(input, &options)
                .map(|found| match found {
                    Ok(source) => match source.content {
                        Content::Ready(reading) => Ok(format!("{}: {}", source.id, reading.text)),
                        Content::File(_) => Err("a file".to_owned()),
                    },
                    Err(fault) => Err(format!("{}: {}", fault.document, fault.message)),
                })
                .collect()
        };
        assert_eq!(read(b"\xB0\xD7\xC9\xBD"), [Ok("-: 白山".to_owned())]);
        let rows = "[{\"id\":\"a\",\"text\":\"甲\"}]".as_bytes();
        assert_eq!(read(rows), [Ok("a: 甲".to_owned())]);
        let lines = "\n{\"id\":\"a\",\"text\":\"甲\"}\n{\"id\":\"b\"}\n".as_bytes();
        let found = read(lines);
        assert_eq!(found[0], Ok("a: 甲".to_owned()));
        assert!(
            found[1]
                .as_ref()
                .unwrap_err()
                .starts_with("-: line 3 of standard input (b): ")
        );
        assert!(
            read(b"\0\0\0\0")[0]
                .as_ref()
                .unwrap_err()
                .contains("binary")
        );
        assert_eq!(read(b""), []);
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
