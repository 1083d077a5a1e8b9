//! Takes a text, returns the shares in it as per cent.

use ontology::record::Span;

use super::number::is_number;
use crate::knowledge::{Hit, List};
use crate::number::{Number, Style, round};
use crate::segment::Segmented;

const TENTH: char = '成';
const DISCOUNT: char = '折';
const HALF: char = '半';
/// What halves a price.
const HALVED: [&str; 2] = ["打对折", "半折"];

pub(super) fn percents(text: &Segmented<'_>) -> Vec<(Span, f64)> {
    let mut found: Vec<(Span, f64)> = super::numbers(text)
        .iter()
        .filter(|number| number.low.is_none() && !is_in_address(text, number.span.start))
        .filter_map(|number| share(text, number))
        .collect();
    found.extend(text.text.match_indices(DISCOUNT).filter_map(|(at, _)| {
        let word = text
            .token_at(at)
            .and_then(|number| text.tokens.get(number))?;
        let end = at + DISCOUNT.len_utf8();
        (word.span.end == end).then(|| discount(text, at))?
    }));
    found.sort_by_key(|&(span, _)| span);
    found
}

/// Reads a share behind 百分之, or before a sign or a word for one.
fn share(text: &Segmented<'_>, number: &Number) -> Option<(Span, f64)> {
    if number.percent {
        return Some((number.span, number.value));
    }
    let at = number.span.end;
    let hit = text
        .starting(at)
        .filter(|hit| is_share(hit))
        .max_by_key(|hit| hit.span.end)?;
    let factor: f64 = hit.entry.field("factor").parse().ok()?;
    let end = hit.span.end;
    if hit.span.of(text.text).starts_with(TENTH) {
        return tenths(text, number, end);
    }
    let encoded = text.at(end).is_some_and(|c| c.is_ascii_alphanumeric());
    (!encoded).then_some((
        Span::new(number.span.start, end),
        round(number.value * factor),
    ))
}

fn is_share(hit: &Hit<'_>) -> bool {
    let dimension = hit.entry.field("dimension");
    let label = hit.entry.field("label");
    let share = dimension == "ratio" && label != "倍" && label != "折";
    hit.entry.list == List::Unit && (share || dimension == "point")
}

/// Reads 七成六, 三成半.
fn tenths(text: &Segmented<'_>, number: &Number, end: usize) -> Option<(Span, f64)> {
    const ALL: f64 = 10.0;
    let word = end
        .checked_sub(1)
        .and_then(|at| text.token_at(at))
        .and_then(|number| text.tokens.get(number))?;
    let alone = word.span.end <= end || text.at(end) == Some(HALF);
    let fits = number.value <= ALL && (alone || is_number(text, number));
    let rest = text.at(end).filter(|_| fits);
    let tail = rest.and_then(|c| if c == HALF { Some(5.0) } else { digit(text, c) });
    let (end, tail) = match (rest, tail) {
        (Some(c), Some(tail)) => (end + c.len_utf8(), tail),
        _ => (end, 0.0),
    };
    fits.then_some((Span::new(number.span.start, end), number.value * ALL + tail))
}

/// Reads what stands before 折: 七五折, 8.5折, 半折.
fn discount(text: &Segmented<'_>, at: usize) -> Option<(Span, f64)> {
    let end = at + DISCOUNT.len_utf8();
    let before = text.text.get(..end)?;
    if let Some(word) = HALVED.iter().find(|word| before.ends_with(**word)) {
        let verb = if word.starts_with(HALF) {
            0
        } else {
            "打".len()
        };
        return Some((Span::new(end - word.len() + verb, end), 50.0));
    }
    let mut chars = before.trim_end_matches(DISCOUNT).char_indices().rev();
    let (mut start, last) = chars.next()?;
    let mut value = digit(text, last)? * 10.0;
    let mut next = chars.next();
    if let Some((_, '点' | '.' | ' ')) = next {
        next = chars.next();
    }
    if let Some((first, tens)) = next.and_then(|(at, c)| Some((at, digit(text, c)?))) {
        (start, value) = (first, tens * 10.0 + value / 10.0);
        next = chars.next();
    }
    let longer = next.is_some_and(|(_, c)| digit(text, c).is_some());
    (!longer).then_some((Span::new(start, end), value))
}

/// Gives the value of a numeral of one character from 1 to 9.
fn digit(text: &Segmented<'_>, c: char) -> Option<f64> {
    let numerals = &text.knowledge.numerals;
    let found = numerals.numbers(c.encode_utf8(&mut [0; 4]), Style::Free);
    let value = found.first()?.value;
    (0.9..9.5).contains(&value).then_some(value)
}

/// Tells whether a number stands in an address of the web, where % begins a code.
fn is_in_address(text: &Segmented<'_>, start: usize) -> bool {
    text.before(start)
        .is_some_and(|c| c.is_ascii_alphabetic() || "%=&/?#_".contains(c))
}
