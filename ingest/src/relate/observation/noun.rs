//! Takes a number with its unit, returns the words behind it that name what is counted.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::Regex;

use super::quantity::{Quantity, unit_at};
use crate::knowledge::List;
use crate::segment::{Pos, QuoteKind, Segmented, Token};
use crate::structure::pattern;

/// Longest noun behind a unit, in bytes (14 characters).
const LONGEST_AFTER: usize = 14 * 3;
/// Longest noun with a quotation behind a unit, in bytes (30 characters).
const LONGEST_QUOTED: usize = 30 * 3;

/// Takes the nouns behind a unit (7所公办幼儿园): until a mark, a verb that goes on, or the limit. Where
/// no noun stands before the number, they may begin with a verb (1500名在职党员) or lie behind 的
/// (17个可借鉴的案例).
pub(super) fn nouns_after(
    text: &Segmented<'_>,
    quantity: &Quantity,
    bare: bool,
    limit: usize,
) -> Span {
    let unit = quantity.span.end;
    let at = skip_threshold(text, unit).min(limit);
    let span = noun_run(text, at, false, limit);
    let classifier = bare && unit_of_things(text, quantity);
    let span = if span.is_empty() && (classifier || at > unit) {
        let verbal = noun_run(text, at, true, limit);
        if verbal.is_empty() && classifier {
            behind_attribute(text, at, limit)
        } else {
            verbal
        }
    } else {
        span
    };
    // 13个县（市 does not close, 42件全部 names nothing.
    let span = match span.of(text.text).rfind('（') {
        Some(open) if !span.of(text.text).contains('）') => Span::new(at, at + open),
        _ => span,
    };
    let whole = text.token_at(at).and_then(|number| text.tokens.get(number));
    let word = whole.is_some_and(|token| token.span == span && token.pos == Pos::Noun);
    let empty = word && text.is(List::IndicatorVerb, span) || is_bound(text, span);
    if empty { Span::new(at, at) } else { span }
}

/// Tells whether words only bound a number (以上, 左右).
pub(super) fn is_bound(text: &Segmented<'_>, span: Span) -> bool {
    text.starting(span.start).any(|hit| {
        hit.entry.list == List::Bound
            && hit.span == span
            && matches!(hit.entry.field("side"), "before" | "after" | "context")
    })
}

/// Takes a run of nouns from `at`. A word that the unit is part of (名护|边员) counts from there, a
/// quotation as one noun.
fn noun_run(text: &Segmented<'_>, at: usize, verbal: bool, limit: usize) -> Span {
    let mut end = at;
    let mut stop = at;
    let mut noun = false;
    let mut verbs = 0;
    let first = text.token_at(at).unwrap_or(usize::MAX);
    for (number, token) in text.tokens.iter().enumerate().skip(first) {
        if token.span.start < end && end > at {
            continue;
        }
        let start = token.span.start.max(at);
        if let Some(quote) = text.quote_starting(start) {
            let inside = quote.outer.end <= limit && quote.outer.end - at <= LONGEST_QUOTED;
            if inside && quote.kind != QuoteKind::Title {
                (end, stop, noun) = (quote.outer.end, quote.outer.end, true);
                continue;
            }
        }
        let words = token.span.of(text.text);
        let inside = token.span.end <= limit && token.span.end - at <= LONGEST_AFTER;
        let counted = is_counted(text, token) || token.span.start < at;
        let goes_on = token.pos.is_nominal() || counted || "“”‘’（）的".contains(words);
        let verb = token.pos == Pos::Verb && !counted;
        let opens =
            end == at && (verb && !verbal || matches!(token.pos, Pos::Locative | Pos::Number));
        let inner = is_worker(text, number) || is_attribute(text, number);
        let named = text.starting(start).any(|hit| {
            let empty = hit.entry.list == List::IndicatorVerb && hit.entry.field("keep") == "no";
            empty && hit.span == token.span
        });
        if noun && named || !inside || !goes_on || opens || verb && noun && !inner {
            break;
        }
        verbs += usize::from(verb);
        if verbs > 1 {
            break;
        }
        end = token.span.end;
        if counted || "“”‘’（）".contains(words) || is_worker(text, number) {
            noun |= counted || is_worker(text, number);
            stop = end;
        }
        if let Some(worker) = text
            .tokens
            .get(number + 1)
            .filter(|_| is_worker(text, number))
        {
            (end, stop) = (worker.span.end, worker.span.end);
        }
    }
    Span::new(at, if noun { stop } else { at })
}

/// Tells whether a verb makes a noun with the one character behind it: 种植|户, 参会|者.
fn is_worker(text: &Segmented<'_>, number: usize) -> bool {
    let (Some(verb), Some(next)) = (text.tokens.get(number), text.tokens.get(number + 1)) else {
        return false;
    };
    let one = "户者员商工手师生站点馆厂场所室班队".contains(next.span.of(text.text))
        && next.span.len() == 3;
    let ends = text
        .at(next.span.end)
        .is_none_or(|c| "，。；、：！？\n）".contains(c));
    verb.pos == Pos::Verb && verb.span.end == next.span.start && one && ends
}

/// Tells whether a verb only tells what kind of event the word behind it is: 宣讲|活动.
fn is_attribute(text: &Segmented<'_>, number: usize) -> bool {
    let next = text.tokens.get(number + 1);
    next.is_some_and(|next| next.pos == Pos::VerbalNoun)
}

/// Skips a threshold that only defines what is counted: 12个亿元以上项目.
fn skip_threshold(text: &Segmented<'_>, at: usize) -> usize {
    static THRESHOLD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[\d.]*[十百千]?[万亿]{0,2}[元人吨亩](?:及?以上|及?以下)(?:的|大)?")
    });
    let behind = text.text.get(at..).unwrap_or_default();
    THRESHOLD
        .find(behind)
        .map_or(at, |threshold| at + threshold.end())
}

/// Finds the noun behind a clause with 的 that tells which ones are counted.
fn behind_attribute(text: &Segmented<'_>, at: usize, limit: usize) -> Span {
    let none = Span::new(at, at);
    let rest = text.text.get(at..limit).unwrap_or_default();
    let end = rest
        .find(|c: char| "，。；：！？\n（".contains(c))
        .unwrap_or(rest.len());
    let attribute = rest.get(..end).and_then(|rest| rest.find('的'));
    attribute
        .filter(|&of| of > 0 && of <= LONGEST_AFTER)
        .map_or(none, |of| {
            noun_run(text, at + of + '的'.len_utf8(), false, limit)
        })
}

/// Tells whether a unit counts things or persons one by one (名, 个, 家), so that a noun must follow.
fn unit_of_things(text: &Segmented<'_>, quantity: &Quantity) -> bool {
    let start = quantity.number.span.end;
    unit_at(text, start).is_none_or(|hit| {
        let name = hit.span.of(text.text);
        let noun_like = hit.entry.field("kind") == "person" && name != "名" && name != "位";
        hit.entry.list == List::Measure && !noun_like
    })
}

/// Tells whether a word is a noun; jieba takes some nouns for people (青年) for times.
fn is_counted(text: &Segmented<'_>, token: &Token) -> bool {
    is_noun(token.pos) || token.pos == Pos::Time && text.is(List::Post, token.span)
}

/// Takes a short clause behind a unit that begins with a verb and runs to the next mark
/// (30余万人次参观学习).
pub(super) fn verbs_after(text: &Segmented<'_>, at: usize, limit: usize) -> Span {
    /// Eight characters.
    const SHORT: usize = 8 * 3;
    let rest = text.text.get(at..limit.max(at)).unwrap_or_default();
    let length = rest
        .find(|c: char| "，。；、：！？\n）".contains(c))
        .unwrap_or(rest.len());
    let nominal = text
        .tokens
        .iter()
        .skip(text.token_at(at).unwrap_or(usize::MAX))
        .take_while(|token| token.span.start < at + length)
        .all(|token| token.pos.is_nominal());
    let fits = length > 3 && length <= SHORT && nominal && text.is_boundary(at);
    Span::new(at, if fits { at + length } else { at })
}

fn is_noun(pos: Pos) -> bool {
    matches!(
        pos,
        Pos::Noun
            | Pos::Place
            | Pos::Person
            | Pos::Body
            | Pos::VerbalNoun
            | Pos::Abbreviation
            | Pos::Idiom
            | Pos::Unknown
    )
}
