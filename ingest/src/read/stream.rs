//! Takes JSON Lines `{"id","text"}`, returns sources.

use std::io::BufRead;

use serde::Deserialize;

use super::{Content, Source};

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
    /// A line is no object with `id` and `text`.
    #[error("line {line} of standard input is no JSON object with \"id\" and \"text\"")]
    Line {
        /// 1-based.
        line: usize,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
}

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
}

/// Reads one document a line; empty lines are skipped, further fields ignored.
///
/// # Errors
/// Each item is its own result: a bad line does not end the stream.
pub fn read_stream(input: impl BufRead) -> impl Iterator<Item = Result<Source, StreamError>> {
    input.lines().enumerate().filter_map(|(index, line)| {
        let line_number = index + 1;
        match line {
            Err(source) => Some(Err(StreamError::Read { line: line_number, source })),
            Ok(line) if line.trim().is_empty() => None,
            Ok(line) => Some(match serde_json::from_str::<Row>(&line) {
                Ok(row) => Ok(Source { id: row.id, content: Content::Text(row.text) }),
                Err(source) => Err(StreamError::Line { line: line_number, source }),
            }),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_does_not_end_the_stream() {
        let input = "{\"id\":\"a\",\"text\":\"甲\"}\n\nnonsense\n{\"id\":\"b\",\"text\":\"乙\",\"more\":1}\n";
        let rows: Vec<_> = read_stream(input.as_bytes()).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].as_ref().unwrap().id, "a");
        assert!(matches!(rows[1], Err(StreamError::Line { line: 3, .. })));
        assert_eq!(rows[2].as_ref().unwrap().id, "b");
    }
}
