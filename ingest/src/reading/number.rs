//! Takes a text, returns the numbers and ordinals in it that are no parts of other words.

use ontology::record::Span;

use super::amount::count;
use crate::knowledge::List;
use crate::number::Number;
use crate::segment::{Pos, Segmented};

const ONE: &str = "一";
/// Capital numerals that are everyday characters where they stand alone.
const EVERYDAY: [&str; 5] = ["伍", "陆", "肆", "拾", "柒"];
const NTH: char = '第';

pub(super) fn numbers(text: &Segmented<'_>) -> Vec<(Span, f64)> {
    let counted = super::numbers(text).into_iter().filter(|number| {
        let signed = text.at(number.span.end) == Some('%');
        !signed && is_number(text, number)
    });
    counted
        .map(|number| match count(text, number.span.end) {
            Some((end, factor)) => (Span::new(number.span.start, end), number.value * factor),
            None => (number.span, number.value),
        })
        .collect()
}

pub(super) fn ordinals(text: &Segmented<'_>) -> Vec<(Span, f64)> {
    let nth = super::numbers(text)
        .into_iter()
        .filter(|number| text.before(number.span.start) == Some(NTH) && !number.percent);
    nth.map(|number| {
        let start = number.span.start - NTH.len_utf8();
        (Span::new(start, number.span.end), number.value)
    })
    .collect()
}

/// Tells whether a number counts: it is no part of a longer word, no 一 of a verb (一看), no
/// everyday character.
pub(super) fn is_number(text: &Segmented<'_>, number: &Number) -> bool {
    let words = number.span.of(text.text);
    let lone = EVERYDAY.contains(&words) || begins_unit(text, number);
    !(number.chinese && (is_part_of_word(text, number.span) || lone || is_adverb(text, number)))
}

/// Tells whether a multiplier without a digit is the first character of a unit (百分点, 千克).
fn begins_unit(text: &Segmented<'_>, number: &Number) -> bool {
    let words = number.span.of(text.text);
    let unit = text.longest_at(List::Unit, number.span.start);
    words.starts_with(['百', '千']) && unit.is_some_and(|unit| unit.span.end > number.span.end)
}

/// Tells whether a word that is no number reaches over a span.
fn is_part_of_word(text: &Segmented<'_>, span: Span) -> bool {
    let first = text.token_at(span.start).unwrap_or(usize::MAX);
    text.tokens
        .iter()
        .skip(first)
        .take_while(|token| token.span.start < span.end)
        .any(|token| {
            let numeral = matches!(
                token.pos,
                Pos::Number | Pos::Measure | Pos::Time | Pos::Unknown
            );
            let longer = token.span.start < span.start || token.span.end > span.end;
            longer && !numeral
        })
}

/// Tells whether 一 or a half without a unit only sets off the verb behind it.
fn is_adverb(text: &Segmented<'_>, number: &Number) -> bool {
    let next = text
        .token_at(number.span.end)
        .and_then(|next| text.tokens.get(next));
    let verb = next.is_some_and(|next| matches!(next.pos, Pos::Verb | Pos::Adjective));
    let half = number.value > 0.4 && number.value < 0.6 && number.span.len() == ONE.len();
    half || number.span.of(text.text) == ONE && verb
}
