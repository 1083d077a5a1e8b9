//! Takes a query that does not parse, returns the mistake that a person would name.

use oxigraph::sparql::SparqlSyntaxError;

use super::locate::locate;
use super::tokens::{Kind, Token};
use super::{Prefixes, evaluator};

/// First words of queries.
const QUERY_FORMS: [&str; 4] = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];

/// Keywords that a misspelt word may mean.
const KEYWORDS: [&str; 22] = [
    "SELECT",
    "DISTINCT",
    "WHERE",
    "FILTER",
    "OPTIONAL",
    "UNION",
    "GRAPH",
    "BIND",
    "VALUES",
    "ORDER",
    "GROUP",
    "HAVING",
    "LIMIT",
    "OFFSET",
    "MINUS",
    "EXISTS",
    "CONSTRUCT",
    "DESCRIBE",
    "PREFIX",
    "COUNT",
    "FROM",
    "AS",
];

/// A mistake: where it is, in characters, and what to do.
pub(super) struct Fault {
    pub(super) offset: usize,
    pub(super) hint: String,
}

/// Finds the mistake that a person would name; the parser is asked last, since it only knows what
/// else could stand where it stopped.
pub(super) fn fault(
    query: &str,
    tokens: &[Token<'_>],
    form: &str,
    prefixes: &Prefixes,
    parser: &SparqlSyntaxError,
) -> Fault {
    if let Some(token) = tokens.iter().find(|token| token.kind == Kind::Unclosed) {
        let quote = token.text.chars().next().unwrap_or('"');
        return at(
            token,
            format!("a text that begins with {quote} does not end"),
        );
    }
    if let Some(fault) = unknown_prefix(tokens, prefixes) {
        return fault;
    }
    if !QUERY_FORMS.contains(&form) {
        let offset = tokens
            .iter()
            .find(|t| t.kind == Kind::Word)
            .map_or(0, |token| token.start);
        let hint = format!("a query begins with one of {}", QUERY_FORMS.join(", "));
        return Fault { offset, hint };
    }
    if let Some(fault) = unbalanced(tokens) {
        return fault;
    }
    let Some(place) = locate(evaluator(prefixes), tokens) else {
        let hint = "the parts of this query do not fit together".to_owned();
        return Fault {
            offset: query.chars().count(),
            hint,
        };
    };
    let there = tokens.iter().find(|token| token.start == place.offset);
    let meant = there.and_then(|token| similar_keyword(token.text));
    if let Some(complaint) = complaint(&parser.to_string()).or(complaint(&place.expected)) {
        return Fault {
            offset: place.offset,
            hint: complaint,
        };
    }
    let hint = match (meant, there) {
        (Some(keyword), _) => format!("did you mean {keyword}?"),
        (None, Some(_)) if place.expected == "BY" => "expected BY before it".to_owned(),
        (None, Some(_)) => "this cannot stand here".to_owned(),
        (None, None) => "the query ends too early".to_owned(),
    };
    Fault {
        offset: place.offset,
        hint,
    }
}

/// Finds, among what the parser expected, a sentence: that is a rule which the query breaks.
fn complaint(expected: &str) -> Option<String> {
    let list = expected
        .split_once("expected ")
        .map_or(expected, |(_, list)| list);
    let items = list.strip_prefix("one of ").unwrap_or(list).split(", ");
    let sentence = |item: &&str| {
        item.starts_with(|c: char| c.is_ascii_uppercase()) && item.matches(' ').count() > 2
    };
    items
        .into_iter()
        .find(sentence)
        .map(|item| item.trim_end_matches('.').to_owned())
}

fn at(token: &Token<'_>, hint: String) -> Fault {
    Fault {
        offset: token.start,
        hint,
    }
}

/// Finds the first prefix that is used and neither declared in the query nor before it.
fn unknown_prefix(tokens: &[Token<'_>], prefixes: &Prefixes) -> Option<Fault> {
    let mut known: Vec<&str> = prefixes.iter().map(|(name, _)| name).collect();
    let mut declares = false;
    for token in tokens.iter().filter(|token| token.kind != Kind::Gap) {
        if token.kind == Kind::Name {
            let prefix = token.text.split(':').next().unwrap_or_default();
            if declares {
                known.push(prefix);
            } else if prefix != "_" && !known.contains(&prefix) {
                let known = known.join(", ");
                let hint = format!(
                    "the prefix `{prefix}:` is not known: declare it with PREFIX {prefix}: <…> or use one of {known}"
                );
                return Some(at(token, hint));
            }
        }
        declares = token.kind == Kind::Word && token.text.eq_ignore_ascii_case("PREFIX");
    }
    None
}

fn unbalanced(tokens: &[Token<'_>]) -> Option<Fault> {
    let mut open: Vec<&Token<'_>> = Vec::new();
    for token in tokens {
        if token.kind == Kind::Open {
            open.push(token);
        } else if token.kind == Kind::Close {
            let wanted = match token.text {
                ")" => "(",
                "]" => "[",
                _ => "{",
            };
            if open.pop().is_none_or(|last| last.text != wanted) {
                return Some(at(
                    token,
                    format!("this {} closes nothing that is open", token.text),
                ));
            }
        }
    }
    open.pop()
        .map(|last| at(last, format!("this {} is not closed", last.text)))
}

/// Finds the keyword that differs from the word by one or two letters; none for a keyword itself.
fn similar_keyword(word: &str) -> Option<&'static str> {
    let word = word.to_uppercase();
    if word.chars().count() < 3 || !word.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let near = KEYWORDS
        .iter()
        .map(|keyword| (distance(&word, keyword), *keyword));
    near.min()
        .filter(|(distance, _)| (1..=2).contains(distance))
        .map(|(_, keyword)| keyword)
}

/// Counts the insertions, deletions and replacements between two words (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(other.chars()) {
            let best = (*cell + 1)
                .min(left + 1)
                .min(diagonal + usize::from(a != b));
            diagonal = *cell;
            *cell = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
