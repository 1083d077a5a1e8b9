//! Numbers with their units and bounds; what is no quantity is left out here.

use ontology::record::{EntityClass, Qualifier, Span};

use crate::knowledge::{Hit, List};
use crate::number::{Number, Style};
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

/// Finds the quantities of a text, in order; a range (3000—5000元) is about its upper end.
pub(super) fn quantities(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Quantity> {
    let numbers = text.knowledge.numerals.numbers(text.text, Style::Prose);
    let mut found = Vec::new();
    let mut lower: Option<Number> = None;
    for (index, &number) in numbers.iter().enumerate() {
        let next = numbers.get(index + 1).copied();
        if next.is_some_and(|next| is_range(text, number, next)) {
            lower = lower.or(Some(number));
            continue;
        }
        let from = lower.take();
        if number.fraction || in_name(text, resolution, number.span) {
            continue;
        }
        let Some(mut quantity) = quantity(text, number, next) else {
            continue;
        };
        if let Some(from) = from {
            quantity.span = Span::new(from.span.start, quantity.span.end);
            quantity.number.value = quantity.number.value.max(from.value);
            quantity.qualifier = Qualifier::About;
        }
        let whole = Span::new(number.span.start, quantity.span.end);
        if !in_place_name(resolution, number, whole) {
            found.push(quantity);
        }
    }
    found
}

/// Tells whether two numbers are the ends of a range: nothing but a dash or 至 is between them, and
/// no 由 or 从 makes it a change.
fn is_range(text: &Segmented<'_>, number: Number, next: Number) -> bool {
    let joined = text.starting(number.span.end).any(|hit| {
        hit.entry.list == List::Bound
            && hit.entry.field("side") == "between"
            && hit.span.end == next.span.start
    });
    let change = matches!(text.before(number.span.start), Some('由' | '从'));
    joined && !change && number.value < next.value && next.chinese == number.chinese
}

/// Tells whether a numeral and its unit lie in the name of a place or a person (八里畈镇).
fn in_place_name(resolution: &Resolution<'_>, number: Number, whole: Span) -> bool {
    number.chinese
        && resolution
            .around(whole)
            .any(|mention| matches!(mention.class, EntityClass::Place | EntityClass::Person))
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

fn quantity(text: &Segmented<'_>, number: Number, next: Option<Number>) -> Option<Quantity> {
    let mut number = before_unit(text, number);
    let (at, vague) = unit_start(text, number);
    let unit = unit_at(text, at);
    let barred = text
        .longest_at(List::NotCounted, at)
        .filter(|hit| hit.entry.field("side") == "after");
    if let Some(barred) = barred
        && unit.is_none_or(|unit| unit.span.end <= barred.span.end)
    {
        return None;
    }
    if number.chinese && !number.percent && !chinese_counts(text, number, unit) {
        return None;
    }
    let (name, end) = match unit {
        _ if number.percent => (PER_CENT.to_owned(), number.span.end),
        Some(hit) if is_clock(text, number, hit) => return None,
        Some(hit) => {
            number.value *= share(hit);
            (unit_name(hit), hit.span.end)
        }
        None => {
            let shared = shared_unit(text, number, next);
            let named = number.chinese && number.value >= NAMING;
            match shared {
                Some(name) => (name, number.span.end),
                None if number.multiplied && !named => (String::new(), number.span.end),
                None => return None,
            }
        }
    };
    let (mut qualifier, end) = bounds(text, number, end);
    if is_threshold(text, number, unit, end) {
        return None;
    }
    let vague = vague || number.low.is_some();
    if vague && qualifier == Qualifier::Exact {
        qualifier = Qualifier::About;
    }
    let start = match approximated(text, number).filter(|_| number.chinese) {
        Some((start, _)) => start,
        None => number.span.start,
    };
    Some(Quantity {
        span: Span::new(start, end),
        number,
        unit: name,
        qualifier,
    })
}

const PER_CENT: &str = "%";
/// A bare numeral from here on is part of a name (百亿产业园, 千亿斤行动).
const NAMING: f64 = 1e9;

/// Gives where the unit of a number starts, and whether 来 before it makes it vague: 五十来人, 120 家.
fn unit_start(text: &Segmented<'_>, number: Number) -> (usize, bool) {
    let end = number.span.end;
    let behind = text.text.get(end..).unwrap_or_default();
    let unit_behind = |at: usize| unit_at(text, at).is_some();
    if behind.starts_with('来') && number.value % SMALL < 0.5 {
        let at = end + '来'.len_utf8();
        if unit_behind(at) {
            return (at, true);
        }
    }
    let blank = behind.starts_with(' ') && unit_behind(end + 1) && !unit_behind(end);
    (if blank { end + 1 } else { end }, false)
}

/// How many per cent one of a unit is that is written as per cent (一成).
fn share(hit: &Hit<'_>) -> f64 {
    let per_cent = hit.entry.list == List::Unit && hit.entry.field("label") == PER_CENT;
    let factor = hit.entry.field("factor").parse().ok();
    factor.filter(|_| per_cent).unwrap_or(1.0)
}

/// Tells whether a number is the minutes of a time of day: 9时30分.
fn is_clock(text: &Segmented<'_>, number: Number, unit: &Hit<'_>) -> bool {
    let before = text.text.get(..number.span.start).unwrap_or_default();
    let hour = before
        .strip_suffix(['时', '点'])
        .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    hour && unit.entry.field("dimension") == "score"
}

/// Gives the unit that a number shares with the next of a list: 分别提高0.3、1.2个百分点.
fn shared_unit(text: &Segmented<'_>, number: Number, next: Option<Number>) -> Option<String> {
    let next = next.filter(|_| !number.chinese)?;
    let between = text.text.get(number.span.end..next.span.start)?;
    let start = super::indicator::clause_start_near(text, number.span.start);
    let respective = text
        .text
        .get(start..number.span.start)?
        .contains(super::respective::RESPECTIVELY);
    let listed = matches!(between, "、" | "和" | "与" | "及");
    let unit = unit_at(text, next.span.end).filter(|_| listed && respective)?;
    Some(unit_name(unit))
}

/// Tells whether a quantity only defines what is counted: 500万元以上项目, 过亿元项目.
fn is_threshold(text: &Segmented<'_>, number: Number, unit: Option<&Hit<'_>>, end: usize) -> bool {
    let Some(unit) = unit.filter(|unit| unit.entry.list == List::Unit) else {
        return false;
    };
    let noun_at = |at: usize| {
        text.token_at(at)
            .and_then(|token| text.tokens.get(token))
            .is_some_and(|token| {
                token.span.start == at && matches!(token.pos, Pos::Noun | Pos::VerbalNoun)
            })
    };
    let behind = text.text.get(end..).unwrap_or_default();
    let of = behind.strip_prefix('的');
    let counted = of.is_some_and(|of| of.starts_with(|c: char| c.is_ascii_digit()));
    let before = text.ending(number.span.start).any(|hit| {
        hit.entry.list == List::Bound
            && hit.entry.field("side") == "before"
            && hit.entry.field("qualifier") == "moreThan"
    });
    // 年产值超10亿元的企业
    let money = unit.entry.field("dimension") == "money";
    let noun_of = of.is_some() && before && money && noun_at(end + '的'.len_utf8());
    let bounded = end > unit.span.end || before || approximated(text, number).is_some();
    bounded && (noun_at(end) || counted) || noun_of
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
pub(super) fn unit_at<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    let units = || {
        text.starting(at).filter(|hit| {
            let list = hit.entry.list;
            list == List::Unit || list == List::Measure && hit.entry.field("kind") != "noun"
        })
    };
    // 23万人口: the noun is counted without a unit.
    let people = text.longest_at(List::People, at);
    if people.is_some_and(|people| units().all(|unit| unit.span.end < people.span.end)) {
        return None;
    }
    // 23个点位: where one ends with a word, one that ends in a word is none.
    let whole = units().any(|hit| text.is_boundary(hit.span.end));
    units()
        .filter(|hit| !whole || text.is_boundary(hit.span.end))
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
        let round = number.span.of(text.text).starts_with(ROUND);
        return number.multiplied && number.value > 1.0 && !round;
    };
    let whole = Span::new(number.span.start, unit.span.end);
    let phrase = text.starting(number.span.start).any(|hit| {
        matches!(hit.entry.list, List::NotProgram | List::KnownProgram) && hit.span.end >= whole.end
    });
    // 近百名 is one word.
    let start = match approximated(text, number) {
        Some((start, _)) if !text.is_boundary(number.span.start) => start,
        _ => number.span.start,
    };
    let word = text.is_boundary(start)
        && text
            .token_at(start)
            .and_then(|n| text.tokens.get(n))
            .is_some_and(|token| token.span.end <= whole.end);
    let vague = unit.entry.field("kind") == "kind" && number.value < SMALL;
    number.value >= 2.0 && word && !phrase && !vague && !is_ordinal(text, number, whole)
}

/// Reads a character before 百, 千 or 万 that bounds it (近百名, 上千人).
fn approximated(text: &Segmented<'_>, number: Number) -> Option<(usize, Qualifier)> {
    let round = number.span.of(text.text).starts_with(ROUND);
    let before = text.before(number.span.start).filter(|_| round)?;
    let qualifier = match before {
        '近' => Qualifier::LessThan,
        '上' | '过' | '超' | '逾' | '破' => Qualifier::MoreThan,
        _ => return None,
    };
    Some((number.span.start - before.len_utf8(), qualifier))
}

/// Numerals that stand for a round number without a digit before them.
pub(super) const ROUND: [char; 4] = ['百', '千', '万', '亿'];

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
    let counting = number.span.of(text.text).starts_with('两');
    number.value < SMALL && behind_noun && !before_noun && !counting
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
    } else if let Some((_, found)) = approximated(text, number).filter(|_| number.chinese) {
        qualifier = found;
    }
    (qualifier, last)
}

/// Finds a bound behind a unit. Behind a unit 多 and 来 are words of their own (5人多次): bounds of one
/// character count only at the end of a phrase (4公里多，).
fn bound_at<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    let ends = |at: usize| text.at(at).is_none_or(|c| "，。；、）的\n".contains(c));
    text.starting(at)
        .filter(|hit| hit.entry.list == List::Bound && hit.entry.field("side") == "after")
        .filter(|hit| hit.span.len() > 3 || ends(hit.span.end))
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
