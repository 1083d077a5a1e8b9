//! Takes the observations of a document, returns what in it contradicts itself or cannot be a number or
//! a date: parts larger than their whole, two values of one thing, 2021年13月, 0 as a denominator.

use std::collections::BTreeMap;

use ontology::record::{Qualifier, Severity, Span};

use super::Found;
use super::written;
use crate::segment::Segmented;

/// A finding about a document; its span is bytes of the normalised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Doubt {
    pub(crate) span: Span,
    pub(crate) severity: Severity,
    pub(crate) message: String,
}

/// Sums of rounded numbers differ so much from the whole.
const ROUNDING: f64 = 0.01;
const OF_THESE: &str = "其中";

/// Looks for doubts, in reading order.
pub(crate) fn doubts(text: &Segmented<'_>, found: &[Found]) -> Vec<Doubt> {
    let mut doubts = unreadable(text);
    doubts.extend(parts(text, found));
    doubts.extend(contradictions(text, found));
    doubts.sort_by_key(|doubt| doubt.span);
    doubts
}

/// Finds numbers without a finite value and dates that no calendar has.
fn unreadable(text: &Segmented<'_>) -> Vec<Doubt> {
    let numbers = text.knowledge.numerals.unreadable(text.text);
    let numbers = numbers.into_iter().map(|span| {
        let message = "a number has no finite value and was left out; check it";
        warning(span, message.to_owned())
    });
    let dates = written::impossible(text.text).into_iter().map(|span| {
        let message = format!("no calendar has the date {}; check it", span.of(text.text));
        warning(span, message)
    });
    numbers.chain(dates).collect()
}

fn warning(span: Span, message: String) -> Doubt {
    Doubt {
        span,
        severity: Severity::Warning,
        message,
    }
}

/// Finds parts (其中) that are together more than the whole before them.
fn parts(text: &Segmented<'_>, found: &[Found]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (index, whole) in found.iter().enumerate() {
        let from = whole.quantity.span.end;
        let Some(sentence) = text.structure.sentence_at(whole.quantity.span.start) else {
            continue;
        };
        let rest = text.text.get(from..sentence.span.end.max(from));
        let behind = rest
            .and_then(|rest| rest.find(OF_THESE))
            .map(|at| from + at);
        let Some(behind) = behind.filter(|_| is_amount(whole)) else {
            continue;
        };
        // The whole is what stands right before 其中.
        let nearest = found
            .get(index + 1)
            .is_none_or(|next| next.quantity.span.start > behind);
        let parts: Vec<&Found> = found
            .iter()
            .skip(index + 1)
            .take_while(|part| part.quantity.span.start < sentence.span.end)
            .filter(|part| part.quantity.unit == whole.quantity.unit && is_amount(part))
            .collect();
        let sum: f64 = parts.iter().map(|part| part.quantity.number.value).sum();
        let largest = whole.quantity.number.value * (1.0 + ROUNDING);
        // Several parts may be parts of each other; one alone may not be more than all.
        let single = parts
            .iter()
            .any(|part| part.quantity.number.value > largest);
        let listed = parts.windows(2).all(|pair| is_listed(text, pair));
        let exact = whole.quantity.qualifier == Qualifier::Exact;
        if nearest && exact && (single || listed && sum > largest) {
            doubts.push(Doubt {
                span: whole.quantity.span,
                severity: Severity::Note,
                message: format!(
                    "the parts of {} make {sum}; one of the numbers is wrong or counts something else",
                    whole.quantity.number.value
                ),
            });
        }
    }
    doubts
}

/// Tells whether nothing but words stands between two parts of a list: A有3个、B有5个.
fn is_listed(text: &Segmented<'_>, pair: &[&Found]) -> bool {
    let [one, next] = pair else { return false };
    let between = text
        .text
        .get(one.quantity.span.end..next.quantity.span.start)
        .unwrap_or_default();
    between.starts_with(['、', '，', '；']) && !between.contains(OF_THESE)
}

/// A rate is no part of another.
fn is_amount(found: &Found) -> bool {
    let unit = found.quantity.unit.as_str();
    !(unit.is_empty() || unit == "%" || unit == "倍" || unit.ends_with('点'))
}

/// Finds different exact values of one thing at one place and time, in different paragraphs: within
/// one the second value is a part, a goal or a change (由6条增加到11条).
fn contradictions(text: &Segmented<'_>, found: &[Found]) -> Vec<Doubt> {
    let mut seen: BTreeMap<_, &Found> = BTreeMap::new();
    let mut doubts = Vec::new();
    for one in found {
        let exact = one.quantity.qualifier == Qualifier::Exact;
        let Some(period) = one.period.as_deref().filter(|_| exact) else {
            continue;
        };
        let key = (
            one.text.as_str(),
            one.quantity.unit.as_str(),
            period,
            &one.area,
            &one.program,
        );
        let first = seen.entry(key).or_insert(one);
        let (value, other) = (one.quantity.number.value, first.quantity.number.value);
        let line = |one: &Found| {
            let sentence = text.structure.sentence_at(one.quantity.span.start);
            sentence.map(|sentence| sentence.line)
        };
        if (value - other).abs() > other.abs() * ROUNDING && line(one) != line(first) {
            doubts.push(Doubt {
                span: one.quantity.span,
                severity: Severity::Note,
                message: format!(
                    "{} of {period} is {value} here and {other} before; the document contradicts itself",
                    one.text
                ),
            });
        }
    }
    doubts
}
