//! Takes what Oxigraph says of a query, returns one line that says where it is wrong and what to do.

use std::io;

use oxigraph::sparql::{QueryEvaluationError, SparqlSyntaxError};
use thiserror::Error;

use super::hint::fault;
use super::tokens::{Kind, Token, tokens};
use super::{Prefixes, ResultFormat};

/// Why a query has no answer.
#[derive(Debug, Error)]
pub enum SparqlError {
    /// The query is no SPARQL.
    #[error("bad query at line {line}, column {column}, {near}: {hint}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What stands there.
        near: String,
        /// What to do.
        hint: String,
        /// What the parser says: many lines of what it tried, so it is not in the chain of causes.
        parser: SparqlSyntaxError,
    },
    /// It would change the graph.
    #[error(
        "this is an update ({keyword}), and a knowledge base is read-only: change its documents and build it again"
    )]
    Update {
        /// Its first word.
        keyword: String,
    },
    /// It took too long.
    #[error(
        "the query took more than {seconds} s: narrow it (a LIMIT alone does not help where there is an ORDER BY) or raise --timeout"
    )]
    Timeout {
        /// The time that it had.
        seconds: f64,
    },
    /// The format does not fit the form of the query.
    #[error("format {format} is for {fits}: use {instead}", format = .format.name())]
    Format {
        /// The format that was asked for.
        format: ResultFormat,
        /// The forms of query that it is for.
        fits: &'static str,
        /// Formats that fit this query.
        instead: &'static str,
    },
    /// It cannot be evaluated.
    #[error("the query failed: {0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// The evaluation ended without an answer.
    #[error(
        "the query failed without a reason, which is a fault in this program: please report it with the query"
    )]
    Crashed,
    /// The answer cannot be written.
    #[error("the answer cannot be written: {0}")]
    Output(#[source] io::Error),
}

/// First words of updates.
const UPDATE_FORMS: [&str; 10] = [
    "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH",
];

/// Turns the parser's error into ours.
pub(super) fn explain(query: &str, prefixes: &Prefixes, parser: SparqlSyntaxError) -> SparqlError {
    let tokens = tokens(query);
    let form = form(&tokens);
    if UPDATE_FORMS.contains(&form.as_str()) {
        return SparqlError::Update { keyword: form };
    }
    let fault = fault(query, &tokens, &form, prefixes, &parser);
    let before: String = query.chars().take(fault.offset).collect();
    let after: String = query.chars().skip(fault.offset).take(24).collect();
    let rest = after.lines().next().unwrap_or_default().trim();
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    SparqlError::Syntax {
        line: before.matches('\n').count() + 1,
        column,
        near: if rest.is_empty() {
            "at the end".into()
        } else {
            format!("near `{rest}`")
        },
        hint: fault.hint,
        parser,
    }
}

/// Gives the first word after the prologue, in capitals; empty where there is none.
fn form(tokens: &[Token<'_>]) -> String {
    tokens
        .iter()
        .filter(|token| token.kind == Kind::Word)
        .map(|token| token.text.to_uppercase())
        .find(|word| word != "PREFIX" && word != "BASE")
        .unwrap_or_default()
}
