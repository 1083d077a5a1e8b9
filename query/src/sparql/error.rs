//! Takes what Oxigraph says of a query, returns one line that says where it is wrong and what to do.

use std::io;

use oxigraph::sparql::{QueryEvaluationError, SparqlSyntaxError};
use thiserror::Error;

use super::tokens::{Token, tokens};
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
        /// What the parser says.
        source: SparqlSyntaxError,
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
    #[error("the query failed without a reason, which is a fault in this program: please report it with the query")]
    Crashed,
    /// The answer cannot be written.
    #[error("the answer cannot be written: {0}")]
    Output(#[source] io::Error),
}

const QUERY_FORMS: [&str; 4] = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
const UPDATE_FORMS: [&str; 11] = [
    "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING",
];

/// Turns the parser's error into ours.
pub(super) fn explain(query: &str, prefixes: &Prefixes, source: SparqlSyntaxError) -> SparqlError {
    let form = form(query);
    let is_update = UPDATE_FORMS.contains(&form.as_str())
        || super::evaluator(prefixes).parse_update(query).is_ok_and(|_| !form.is_empty());
    if is_update {
        return SparqlError::Update { keyword: form };
    }
    let message = source.to_string();
    let (line, column) = position(&message).unwrap_or((1, 1));
    SparqlError::Syntax {
        line,
        column,
        near: near(query, line, column),
        hint: hint(query, &form, prefixes, &message),
        source,
    }
}

/// Gives the first word after the prologue, in capitals; empty where there is none.
fn form(query: &str) -> String {
    let mut words = tokens(query).into_iter().filter_map(|token| match token {
        Token::Word(word) => Some(word.to_uppercase()),
        Token::Prefix(_) | Token::Open(_) | Token::Close(_) | Token::Unclosed(_) => None,
    });
    words.find(|word| word != "PREFIX" && word != "BASE").unwrap_or_default()
}

/// Reads `error at LINE:COLUMN: …`; columns count characters.
fn position(message: &str) -> Option<(usize, usize)> {
    let (place, _) = message.strip_prefix("error at ")?.split_once(": ")?;
    let (line, column) = place.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

fn near(query: &str, line: usize, column: usize) -> String {
    let text = query.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let rest: String = text.chars().skip(column.saturating_sub(1)).take(24).collect();
    let rest = rest.trim();
    if rest.is_empty() { "at the end".to_owned() } else { format!("near `{rest}`") }
}

fn hint(query: &str, form: &str, prefixes: &Prefixes, message: &str) -> String {
    let tokens = tokens(query);
    if let Some(prefix) = unknown_prefix(&tokens, prefixes) {
        let known: Vec<&str> = prefixes.iter().map(|(name, _)| name).collect();
        return format!(
            "the prefix `{prefix}:` is not known: declare it with PREFIX {prefix}: <…> or use one of {}",
            known.join(", ")
        );
    }
    if !QUERY_FORMS.contains(&form) {
        return format!("a query begins with one of {}", QUERY_FORMS.join(", "));
    }
    unbalanced(&tokens).unwrap_or_else(|| expected(message))
}

/// Finds the first prefix that is used and neither declared in the query nor before it.
fn unknown_prefix(tokens: &[Token], prefixes: &Prefixes) -> Option<String> {
    let mut declared: Vec<&str> = prefixes.iter().map(|(name, _)| name).collect();
    let mut declares = false;
    for token in tokens {
        match token {
            Token::Prefix(name) if declares => declared.push(name),
            Token::Prefix(name) if name != "_" && !declared.contains(&name.as_str()) => {
                return Some(name.clone());
            }
            Token::Prefix(_)
            | Token::Word(_)
            | Token::Open(_)
            | Token::Close(_)
            | Token::Unclosed(_) => {}
        }
        declares = matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("PREFIX"));
    }
    None
}

fn unbalanced(tokens: &[Token]) -> Option<String> {
    let mut open = Vec::new();
    for token in tokens {
        match token {
            Token::Unclosed(quote) => return Some(format!("a text that begins with {quote} does not end")),
            Token::Open(bracket) => open.push(*bracket),
            Token::Close(bracket) => {
                let wanted = match bracket {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                if open.pop() != Some(wanted) {
                    return Some(format!("this {bracket} closes nothing that is open"));
                }
            }
            Token::Word(_) | Token::Prefix(_) => {}
        }
    }
    open.pop().map(|bracket| format!("a {bracket} is not closed"))
}

/// Shortens the parser's list of what could stand there.
fn expected(message: &str) -> String {
    const SHOWN: usize = 8;
    let list = message.split_once("expected ").map_or(message, |(_, list)| list);
    let list = list.strip_prefix("one of ").unwrap_or(list);
    let quoted: Vec<&str> = list.split(", ").filter(|item| !item.starts_with('[')).collect();
    if quoted.is_empty() {
        return "this cannot stand here".to_owned();
    }
    let more = if quoted.len() > SHOWN { " …" } else { "" };
    let shown: Vec<&str> = quoted.into_iter().take(SHOWN).collect();
    format!("expected {}{more}", shown.join(" or ").replace('\n', " "))
}
