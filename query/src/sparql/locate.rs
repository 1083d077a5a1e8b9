//! Takes a query that does not parse, returns where it is wrong.
//!
//! The parser reports the furthest character that it looked at, and it looks at as many as the
//! longest keyword has that it tries: `ORDER ?x LIMIT 3` is said to be wrong behind the `?x`. So the
//! query is parsed again with wide gaps between its parts, which no keyword reaches across; the part
//! that the report then falls on is the one that does not fit.

use oxigraph::sparql::SparqlEvaluator;

use super::tokens::{Kind, Token};

/// Wider than any keyword.
const GAP: usize = 32;

/// A place in a query.
pub(super) struct Place {
    /// In characters from the start; the length of the query where it ends too early.
    pub(super) offset: usize,
    /// What the parser could have used there: of keywords it only tells the longest ones.
    pub(super) expected: String,
}

/// Finds the first part that does not fit; none where the parser's complaint has no place.
pub(super) fn locate(evaluator: SparqlEvaluator, tokens: &[Token<'_>]) -> Option<Place> {
    let (text, parts) = widen(tokens);
    let message = evaluator.parse_query(&text).err()?.to_string();
    let (place, expected) = message
        .strip_prefix("error at ")?
        .split_once(": expected ")?;
    // The widened query is one line; columns count characters from 1.
    let (_, column) = place.split_once(':')?;
    let column = column.parse::<usize>().ok()?.saturating_sub(1);
    let (_, offset) = parts.into_iter().rev().find(|(wide, _)| *wide <= column)?;
    Some(Place {
        offset,
        expected: expected.to_owned(),
    })
}

/// Writes the tokens on one line with wide gaps where white space may stand; tells where each part
/// begins there and in the query. The last part is the end.
fn widen(tokens: &[Token<'_>]) -> (String, Vec<(usize, usize)>) {
    let gap = " ".repeat(GAP);
    let (mut text, mut length) = (String::new(), 0);
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut apart = true;
    for token in tokens {
        let alone = matches!(token.kind, Kind::Open | Kind::Close | Kind::Separator);
        if token.kind != Kind::Gap {
            if apart || alone {
                text.push_str(&gap);
                length += GAP;
                parts.push((length, token.start));
            }
            text.push_str(token.text);
            length += token.text.chars().count();
        }
        apart = alone || token.kind == Kind::Gap;
    }
    let end = tokens
        .last()
        .map_or(0, |last| last.start + last.text.chars().count());
    text.push_str(&gap);
    parts.push((length + GAP, end));
    (text, parts)
}
