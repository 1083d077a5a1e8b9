//! Numbers with their units and bounds; what is no quantity is left out here.

use ontology::record::{EntityClass, Qualifier, Span};

use super::number::Number;
use crate::knowledge::{Hit, List};
use crate::resolve::Resolution;
use crate::segment::{Pos, QuoteKind, Segmented};

/// A number with unit and bound.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    /// Number and unit, bounds behind the unit included.
    pub(crate) span: Span,
    pub(crate) number: Number,
    /// As the graph writes it; empty where the text has none.
    pub(crate) unit: String,
    pub(crate) qualifier: Qualifier,
}

/// Quotations up to this many characters are names, and numbers in them are parts of names.
const NAME: usize = 16;
/// A Chinese numeral below this needs a classifier that counts things.
const SMALL: f64 = 10.0;

/// Finds the quantities of a text, in order.
pub(super) fn quantities(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Quantity> {
    text.knowledge
        .numerals
        .numbers(text.text)
        .into_iter()
        .filter(|number| !in_name(text, resolution, number.span))
        .filter_map(|number| quantity(text, number))
        .collect()
}

/// Tells whether a number is part of a name: of a mention, of a short quotation, of a date or an
/// ordinal, or of a longer word of letters and digits.
fn in_name(text: &Segmented<'_>, resolution: &Resolution<'_>, span: Span) -> bool {
    let mention = resolution
        .around(span)
        .any(|mention| !matches!(mention.class, EntityClass::Person | EntityClass::Place));
    let quoted = text.quotes_around(span).any(|quote| {
        quote.kind == QuoteKind::Title || quote.inner.of(text.text).chars().count() <= NAME
    });
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || c == '+');
    mention
        || quoted
        || joined(text.before(span.start))
        || text
            .ending(span.start)
            .any(|hit| hit.entry.list == List::NotCounted && hit.entry.field("side") == "before")
        || is_name(text, span)
}

/// Tells whether a number itself is a name (十四五, 12345热线); before a unit it is a number (110个).
fn is_name(text: &Segmented<'_>, span: Span) -> bool {
    let digits = span.of(text.text).bytes().all(|byte| byte.is_ascii_digit());
    let counts = digits && unit_at(text, span.end).is_some();
    !counts
        && text.starting(span.start).any(|hit| {
            hit.entry.list == List::NotCounted
                && hit.entry.field("side") == "self"
                && hit.span.end >= span.end
        })
}

fn quantity(text: &Segmented<'_>, number: Number) -> Option<Quantity> {
    let number = before_unit(text, number);
    let unit = unit_at(text, number.span.end);
    let barred = text
        .longest_at(List::NotCounted, number.span.end)
        .filter(|hit| hit.entry.field("side") == "after");
    if let Some(barred) = barred
        && unit.is_none_or(|unit| unit.span.end <= barred.span.end)
    {
        return None;
    }
    if number.chinese && !chinese_counts(text, number, unit) {
        return None;
    }
    let (name, end) = match unit {
        Some(hit) => (unit_name(hit), hit.span.end),
        None if number.multiplied => (String::new(), number.span.end),
        None => return None,
    };
    let (qualifier, end) = bounds(text, number, end);
    if is_threshold(text, number, unit, end) {
        return None;
    }
    Some(Quantity {
        span: Span::new(number.span.start, end),
        number,
        unit: name,
        qualifier,
    })
}

/// Tells whether a quantity only defines what is counted: 500万元以上项目, 过亿元项目.
fn is_threshold(text: &Segmented<'_>, number: Number, unit: Option<&Hit<'_>>, end: usize) -> bool {
    let Some(unit) = unit else { return false };
    let noun = text
        .token_at(end)
        .and_then(|token| text.tokens.get(token))
        .is_some_and(|token| {
            token.span.start == end && matches!(token.pos, Pos::Noun | Pos::VerbalNoun)
        });
    let bounded = end > unit.span.end
        || text.ending(number.span.start).any(|hit| {
            hit.entry.list == List::Bound
                && hit.entry.field("side") == "before"
                && hit.entry.field("qualifier") == "moreThan"
        });
    unit.entry.list == List::Unit && bounded && noun
}

/// Gives a numeral back to the unit that begins with it: 12千克, 3兆瓦.
fn before_unit(text: &Segmented<'_>, number: Number) -> Number {
    let Some(shorter) = text.knowledge.numerals.without_last(text.text, number) else {
        return number;
    };
    let unit = text.longest_at(List::Unit, shorter.span.end);
    if unit.is_some_and(|unit| unit.span.end > number.span.end) {
        shorter
    } else {
        number
    }
}

/// Finds the longest unit or measure word at a byte.
fn unit_at<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    text.starting(at)
        .filter(|hit| {
            let list = hit.entry.list;
            list == List::Unit || list == List::Measure && hit.entry.field("kind") != "noun"
        })
        .max_by_key(|hit| (hit.span.end, hit.entry.list == List::Unit))
}

fn unit_name(hit: &Hit<'_>) -> String {
    let column = if hit.entry.list == List::Unit {
        "label"
    } else {
        "canonical"
    };
    let name = hit.entry.field(column);
    if name.is_empty() {
        hit.entry.name.clone()
    } else {
        name.to_owned()
    }
}

/// Chinese numerals count where they stand as a word of their own before a classifier; 一 and set
/// phrases (三农, 两个维护) do not.
fn chinese_counts(text: &Segmented<'_>, number: Number, unit: Option<&Hit<'_>>) -> bool {
    let Some(unit) = unit else {
        return number.multiplied && number.value > 1.0;
    };
    let whole = Span::new(number.span.start, unit.span.end);
    let phrase = text.starting(number.span.start).any(|hit| {
        matches!(hit.entry.list, List::NotProgram | List::KnownProgram) && hit.span.end >= whole.end
    });
    let word = text.is_boundary(number.span.start)
        && text
            .token_at(number.span.start)
            .and_then(|n| text.tokens.get(n))
            .is_some_and(|token| token.span.end <= whole.end);
    let vague = unit.entry.field("kind") == "kind" && number.value < SMALL;
    number.value >= 2.0 && word && !phrase && !vague && !is_ordinal(text, number, whole)
}

/// Tells whether a small numeral behind a noun numbers it (红色小镇二期, 老三队): no noun follows.
fn is_ordinal(text: &Segmented<'_>, number: Number, whole: Span) -> bool {
    let token = |at: usize| text.token_at(at).and_then(|token| text.tokens.get(token));
    let behind_noun = number
        .span
        .start
        .checked_sub(1)
        .and_then(token)
        .is_some_and(|token| {
            matches!(
                token.pos,
                Pos::Noun | Pos::Place | Pos::Unknown | Pos::Person
            )
        });
    let before_noun = token(whole.end)
        .is_some_and(|token| matches!(token.pos, Pos::Noun | Pos::VerbalNoun | Pos::Attribute));
    number.value < SMALL && behind_noun && !before_noun
}

/// Reads bounds before the number and behind the unit; gives the end with what was read behind.
fn bounds(text: &Segmented<'_>, number: Number, end: usize) -> (Qualifier, usize) {
    let mut qualifier = if number.more {
        Qualifier::MoreThan
    } else {
        Qualifier::Exact
    };
    let mut last = end;
    if let Some(hit) = bound_at(text, end) {
        last = hit.span.end;
        qualifier = read(hit).unwrap_or(qualifier);
    }
    let before = text
        .text
        .get(..number.span.start)
        .unwrap_or_default()
        .trim_end()
        .len();
    let hit = text
        .ending(before)
        .filter(|hit| hit.entry.list == List::Bound && hit.entry.field("side") == "before")
        .max_by_key(|hit| hit.span.len());
    if let Some(found) = hit
        .and_then(read)
        .filter(|&found| found != Qualifier::Exact)
    {
        qualifier = found;
    }
    (qualifier, last)
}

/// Finds a bound behind a unit. Behind a unit 多 and 来 are words of their own (5人多次): only
/// bounds of two characters and 余 count there.
fn bound_at<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    text.starting(at)
        .filter(|hit| hit.entry.list == List::Bound && hit.entry.field("side") == "after")
        .filter(|hit| hit.span.len() > 3)
        .max_by_key(|hit| hit.span.end)
}

fn read(hit: &Hit<'_>) -> Option<Qualifier> {
    Some(match hit.entry.field("qualifier") {
        "about" => Qualifier::About,
        "moreThan" => Qualifier::MoreThan,
        "lessThan" => Qualifier::LessThan,
        "planned" => Qualifier::Planned,
        "exact" => Qualifier::Exact,
        _ => return None,
    })
}
