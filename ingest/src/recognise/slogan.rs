//! Takes a quotation without a head noun behind it, returns whether it is the name of a programme rather
//! than a slogan, a group of ideas or a figure of speech: a linear classifier, whose weights are the
//! data of `ontology/lexicon/program/features.tsv`.

use std::collections::{BTreeMap, BTreeSet};

use ontology::lexicon::{self, LexiconError};
use ontology::record::Span;

use super::step::is_numeral;
use crate::knowledge::List;
use crate::segment::{Pos, Quote, Segmented};

/// The weights of the features.
#[derive(Debug)]
pub(crate) struct Weights(BTreeMap<String, f64>);

impl Weights {
    /// Loads the table.
    ///
    /// # Errors
    /// [`LexiconError`] naming the row whose weight is no number.
    pub(crate) fn load() -> Result<Self, LexiconError> {
        let table = lexicon::table("program/features.tsv")?;
        let mut weights = BTreeMap::new();
        for row in table.rows() {
            let text = row.get("weight");
            let Ok(weight) = text.parse() else {
                return Err(table.error(row, "the weight is no number", text));
            };
            weights.insert(row.get("name").to_owned(), weight);
        }
        Ok(Self(weights))
    }

    fn of(&self, feature: &str) -> f64 {
        self.0.get(feature).copied().unwrap_or_default()
    }
}

/// Sums what speaks for a name; above 0 it is one.
pub(super) fn weigh(text: &Segmented<'_>, quote: &Quote, headed: bool) -> f64 {
    let weights = &text.knowledge.slogans;
    let holding = around(text, quote)
        .into_iter()
        .chain(inside(text, quote, headed));
    let sum: f64 = holding
        .filter(|&(_, holds)| holds)
        .map(|(feature, _)| weights.of(feature))
        .sum();
    sum + weights.of("bias") + verb(text, quote).map_or(0.0, |verb| weights.of(verb))
}

/// The feature of the verb before a quotation (推出的“…”, 坚持“…”).
fn verb(text: &Segmented<'_>, quote: &Quote) -> Option<&'static str> {
    let start = list_start(text, quote);
    let before = text.text.get(..start).unwrap_or_default();
    let bare = before.trim_end_matches(['了', '的']).len();
    let verb = [start, bare]
        .into_iter()
        .flat_map(|end| text.ending(end))
        .filter(|hit| hit.entry.list == List::ProgramVerb)
        .max_by_key(|hit| hit.span.len())?;
    Some(match verb.entry.field("sense") {
        "create" => "verb-create",
        "run" => "verb-run",
        "hold" => "verb-hold",
        _ => "verb-join",
    })
}

/// Where the list of quotations begins that a quotation is part of: “甲”“乙”, “甲”、“乙”.
fn list_start(text: &Segmented<'_>, quote: &Quote) -> usize {
    /// Quotations of a list.
    const MOST: usize = 8;
    let mut start = quote.outer.start;
    for _ in 0..MOST {
        let rest = text.text.get(..start).unwrap_or_default();
        let end = rest.trim_end_matches('、').len();
        let Some(before) = text.quotes_ending(end).next() else {
            break;
        };
        start = before.outer.start;
    }
    start
}

/// What stands around a quotation.
fn around(text: &Segmented<'_>, quote: &Quote) -> [(&'static str, bool); 5] {
    let (start, end) = (quote.outer.start, quote.outer.end);
    let rest = text.text.get(end..).unwrap_or_default();
    let behind = |reason: &str| {
        text.starting(end)
            .any(|hit| hit.entry.list == List::NotProgram && hit.entry.field("reason") == reason)
    };
    let told = text
        .ending(start)
        .any(|hit| hit.entry.list == List::SpeechVerb);
    let listed = list_start(text, quote) < start || text.quote_starting(end).is_some();
    [
        ("of-behind", rest.starts_with('的')),
        ("theme-behind", behind("theme")),
        ("as-before", text.before(start) == Some('以')),
        ("told-before", told),
        ("listed", listed),
    ]
}

/// What a quotation is made of.
fn inside(text: &Segmented<'_>, quote: &Quote, headed: bool) -> [(&'static str, bool); 14] {
    /// Characters of a name without a head.
    const LEAST: usize = 4;
    let inner = quote.inner;
    let words = inner.of(text.text);
    let characters: Vec<char> = words.chars().collect();
    let parts: Vec<&str> = words.split(['、', '，', ' ', '·']).collect();
    let first = characters.first().copied();
    let numerals = characters.iter().filter(|&&c| is_numeral(c)).count();
    let starts = first.is_some_and(is_numeral);
    let counter = characters.get(1) == Some(&'个');
    let verbal = text.tokens_within(inner).all(|token| {
        matches!(
            token.pos,
            Pos::Verb | Pos::Adverb | Pos::Adjective | Pos::Mark | Pos::Idiom
        )
    });
    let opening = text.tokens_within(inner).next().map(|token| token.pos);
    let distinct: BTreeSet<char> = characters.iter().copied().collect();
    [
        ("head-inside", headed),
        ("place-inside", holds_place(text, inner)),
        (
            "digit-inside",
            words.contains(|c: char| c.is_ascii_digit() || c == '+'),
        ),
        (
            "digits-only",
            !characters
                .iter()
                .any(|c| c.is_alphabetic() && !is_numeral(*c)),
        ),
        ("numeral-first", starts),
        ("numeral-twice", starts && numerals > 1 && !counter),
        ("counted-set", starts && counter && !headed),
        ("halves", is_even(&parts)),
        (
            "repeated",
            parts.len() > 1 && distinct.len() + 1 < characters.len(),
        ),
        ("all-verbal", verbal && !headed),
        ("first-adverb", opening == Some(Pos::Adverb)),
        ("four", characters.len() == LEAST),
        ("short", characters.len() < LEAST),
        ("abstract-end", ends_abstract(text, inner)),
    ]
}

/// Parts of one length, two or more.
fn is_even(parts: &[&str]) -> bool {
    let mut lengths = parts.iter().map(|part| part.chars().count());
    let first = lengths.next();
    parts.len() > 1 && lengths.all(|length| Some(length) == first)
}

fn holds_place(text: &Segmented<'_>, inner: Span) -> bool {
    text.tokens_within(inner).any(|token| {
        let mut names = text.names_starting(token.span.start);
        names.any(|name| inner.contains(name.span) && text.is_boundary(name.span.end))
    })
}

/// Tells whether a word for an idea ends a quotation (…精神, …意识).
fn ends_abstract(text: &Segmented<'_>, inner: Span) -> bool {
    text.ending(inner.end).any(|hit| {
        hit.entry.list == List::NotProgram
            && hit.entry.field("reason") == "behind"
            && inner.contains(hit.span)
    })
}
