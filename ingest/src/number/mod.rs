//! Takes a text, returns the numbers that it writes: Arabic, Chinese, mixed, with multipliers,
//! decimals, fractions and signs.
//!
//! What surrounds a number (its unit, the word it is part of) is not looked at here.

mod cardinal;
mod cursor;
mod digits;
mod fraction;
mod section;

use std::collections::BTreeMap;

use ontology::lexicon::{self, LexiconError};
use ontology::record::Span;

use cursor::{Cursor, Mark};

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Bytes, bounds inside it included (3.2万余).
    pub(crate) span: Span,
    /// In full; of an approximation (三四百) the upper end.
    pub(crate) value: f64,
    /// The lower end of an approximation.
    pub(crate) low: Option<f64>,
    /// Written with Chinese numerals only.
    pub(crate) chinese: bool,
    /// Whether 余, 多 or 几 stands in it or behind it: more than the value.
    pub(crate) more: bool,
    /// Whether it has a multiplier (万, 亿).
    pub(crate) multiplied: bool,
    /// Whether 百分之 or the like stands before it; its span begins there, its value is per cent.
    pub(crate) percent: bool,
    /// Whether it has a denominator of its own (三分之一).
    pub(crate) fraction: bool,
}

/// How freely numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// As in running text: blanks only before multipliers, no formulas.
    Prose,
    /// As anyone may type them: blanks anywhere, 2e5, 2^5, 1/3, 40k.
    Free,
}

/// The numerals of `lexicon/quantity/numerals.tsv` of one character.
#[derive(Debug, Default)]
pub(crate) struct Numerals {
    marks: BTreeMap<char, Mark>,
}

/// From this multiplier on, a bare unit (万人) is no number but the multiplier of one before it.
const MYRIAD: f64 = 10_000.0;

impl Numerals {
    /// Loads the table.
    ///
    /// # Errors
    /// [`LexiconError`] naming the row whose value is no number.
    pub(crate) fn load() -> Result<Self, LexiconError> {
        let table = lexicon::table("quantity/numerals.tsv")?;
        let mut marks = BTreeMap::new();
        for row in table.rows() {
            let mut chars = row.get("name").chars();
            let (Some(c), None) = (chars.next(), chars.next()) else {
                continue;
            };
            let (kind, text) = (row.get("kind"), row.get("value"));
            let value: Option<f64> = text.parse().ok();
            if value.is_none() && !text.is_empty() {
                return Err(table.error(row, "the value is no number", text));
            }
            marks.extend(Mark::new(kind, value).map(|mark| (c, mark)));
        }
        Ok(Self { marks })
    }

    /// Finds every number of a text, from left to right; what has no finite value (1e400, 0 as a
    /// denominator) is left out.
    pub(crate) fn numbers(&self, text: &str, style: Style) -> Vec<Number> {
        self.scan(text, style).0
    }

    /// Finds what looks like a number of running text and has no finite value.
    pub(crate) fn unreadable(&self, text: &str) -> Vec<Span> {
        self.scan(text, Style::Prose).1
    }

    /// Gives the numbers, and the places of those without a finite value.
    fn scan(&self, text: &str, style: Style) -> (Vec<Number>, Vec<Span>) {
        let cursor = Cursor::new(text, self, style);
        let mut found = Vec::new();
        let mut faults = Vec::new();
        let mut at = 0;
        while let Some(c) = cursor.at(at) {
            let start = c.is_ascii_digit() || self.marks.contains_key(&c) || cursor.is_sign(at);
            let read = if start { cursor.signed(at) } else { None };
            at = match read {
                Some(read) => {
                    faults.extend(read.infinite.then(|| Span::new(at, read.end)));
                    let last: Option<&Number> = found.last();
                    let joined = last.is_some_and(|last| last.span.end == at);
                    found.extend(
                        read.number
                            .filter(|number| !(joined && is_rest(text, number))),
                    );
                    read.end.max(at + c.len_utf8())
                }
                None => at + c.len_utf8(),
            };
        }
        (found, faults)
    }

    /// Tells whether a character is a numeral.
    pub(crate) fn contains(&self, c: char) -> bool {
        c.is_ascii_digit() || self.marks.contains_key(&c)
    }

    /// Gives a number without its last numeral, if that is a multiplier behind another numeral
    /// (12千 is 12); the unit behind it may begin with it.
    pub(crate) fn without_last(&self, text: &str, number: Number) -> Option<Number> {
        let last = number.span.of(text).chars().next_back()?;
        let factor = self.marks.get(&last)?.unit()?;
        let end = number.span.end - last.len_utf8();
        (end > number.span.start).then(|| Number {
            span: Span::new(number.span.start, end),
            value: round(number.value / factor),
            low: number.low.map(|low| round(low / factor)),
            multiplied: number.value / factor >= MYRIAD,
            ..number
        })
    }
}

/// What was read at a place: how far, and the number if it has a value.
struct Read {
    end: usize,
    number: Option<Number>,
    infinite: bool,
}

/// Tells whether a numeral right behind a number is none: 一百|千瓦, 两万|两.
fn is_rest(text: &str, number: &Number) -> bool {
    let words = number.span.of(text);
    words.starts_with(['百', '千']) || words == "两"
}

/// Takes the error of decimal fractions away: 2.51 × 10,000 is 25,100.
pub(crate) fn round(value: f64) -> f64 {
    format!("{value:.13e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests;
