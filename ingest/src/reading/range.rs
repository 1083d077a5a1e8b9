//! Takes a text, returns the ranges of numbers that it sets: 大于二十, 3到5, 五百以上, 十几.

use std::collections::BTreeMap;

use ontology::lexicon::{self, LexiconError};
use ontology::record::Span;

use crate::knowledge::List;
use crate::number::Number;
use crate::segment::Segmented;

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct End {
    /// The number.
    pub value: f64,
    /// Whether the number itself belongs to the range; none where usage differs.
    pub included: Option<bool>,
}

/// A range of numbers; an end that is not set is open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The lower end.
    pub lower: Option<End>,
    /// The upper end.
    pub upper: Option<End>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    After,
    Around,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    lower: bool,
    upper: bool,
    included: Option<bool>,
}

/// The words of `lexicon/quantity/ends.tsv`.
#[derive(Debug)]
pub(super) struct Ends {
    words: BTreeMap<(Side, String), Word>,
    longest: usize,
}

/// What may stand between the two numbers of a range, and behind the second one.
const SPANS: [&str; 11] = [
    "到", "至", "~", "～", "-", "–", "—", "——", "―", "到第", "至第",
];
const PAIRS: [&str; 4] = ["和", "与", "和第", "与第"];
const BETWEEN: [&str; 2] = ["之间", "间"];
const IN: [&str; 2] = ["位于", "在"];
/// What joins two ends of one range.
const JOINTS: [&str; 12] = [
    "",
    "，",
    "且",
    "并",
    "并且",
    "而且",
    "同时",
    "的同时",
    "，且",
    "，并且",
    "、",
    "，同时",
];
const COMPARED: char = '比';

impl Ends {
    pub(super) fn load() -> Result<Self, LexiconError> {
        let table = lexicon::table("quantity/ends.tsv")?;
        let mut words = BTreeMap::new();
        for row in table.rows() {
            let side = match row.get("side") {
                "before" => Side::Before,
                "after" => Side::After,
                "around" => Side::Around,
                other => return Err(table.error(row, "the side is none", other)),
            };
            let end = row.get("end");
            let word = Word {
                lower: end != "upper",
                upper: end != "lower",
                included: match row.get("number") {
                    "in" => Some(true),
                    "out" => Some(false),
                    _ => None,
                },
            };
            words.insert((side, row.get("name").to_owned()), word);
        }
        let longest = words.keys().map(|(_, name)| name.len()).max();
        Ok(Self {
            words,
            longest: longest.unwrap_or(0),
        })
    }

    fn get(&self, side: Side, name: &str) -> Option<Word> {
        self.words.get(&(side, name.to_owned())).copied()
    }

    /// Finds the longest word that ends at a byte.
    fn before(&self, text: &str, at: usize) -> Option<(usize, Word)> {
        (1..=self.longest.min(at)).rev().find_map(|length| {
            let name = text.get(at - length..at)?;
            Some((at - length, self.get(Side::Before, name)?))
        })
    }

    /// Finds the longest word of a side that starts at a byte.
    fn behind(&self, side: Side, text: &str, at: usize) -> Option<(usize, Word)> {
        (1..=self.longest).rev().find_map(|length| {
            let name = text.get(at..at + length)?;
            Some((at + length, self.get(side, name)?))
        })
    }
}

impl Word {
    fn range(self, value: f64) -> Range {
        let end = End {
            value,
            included: self.included,
        };
        Range {
            lower: Some(end).filter(|_| self.lower),
            upper: Some(end).filter(|_| self.upper),
        }
    }
}

pub(super) fn ranges(text: &Segmented<'_>, ends: &Ends) -> Vec<(Span, Range)> {
    let numbers = super::numbers(text);
    let mut found: Vec<(Span, Range)> = Vec::new();
    let mut skip = false;
    for (index, number) in numbers.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        let next = numbers.get(index + 1);
        if let Some(spanned) = next.and_then(|next| spanned(text, number, next)) {
            found.push(spanned);
            skip = true;
            continue;
        }
        let Some((span, range)) = bounded(text, ends, number) else {
            continue;
        };
        match found.last_mut() {
            Some((last, earlier)) if joins(text, *last, span) => {
                if let Some(whole) = intersect(earlier, &range) {
                    (*last, *earlier) = (Span::new(last.start, span.end), whole);
                } else {
                    found.push((span, range));
                }
            }
            _ => found.push((span, range)),
        }
    }
    found
}

/// Reads two numbers with a dash, or with 和 between them and 之间 behind.
fn spanned(text: &Segmented<'_>, from: &Number, to: &Number) -> Option<(Span, Range)> {
    let between = text.text.get(from.span.end..to.span.start)?;
    let behind = text.text.get(to.span.end..)?;
    let tail = BETWEEN.iter().find(|tail| behind.starts_with(**tail));
    let pair = PAIRS.contains(&between);
    let fits = SPANS.contains(&between) || pair && tail.is_some();
    if !fits || from.value >= to.value {
        return None;
    }
    let mut start = from.span.start;
    let before = text.text.get(..start)?;
    if pair && before.ends_with('第') {
        start -= '第'.len_utf8();
    }
    let before = text.text.get(..start)?;
    let opener = IN.iter().find(|word| before.ends_with(**word));
    start -= opener.filter(|_| pair).map_or(0, |word| word.len());
    let end = to.span.end + tail.filter(|_| pair).map_or(0, |tail| tail.len());
    let lower = End {
        value: from.value,
        included: Some(true),
    };
    let upper = End {
        value: to.value,
        included: None,
    };
    Some((
        Span::new(start, end),
        Range {
            lower: Some(lower),
            upper: Some(upper),
        },
    ))
}

/// Reads a number with a word that makes it an end, or that approximates.
fn bounded(text: &Segmented<'_>, ends: &Ends, number: &Number) -> Option<(Span, Range)> {
    let (start, end) = (number.span.start, number.span.end);
    if text.before(start) == Some(COMPARED)
        && let Some((end, word)) = ends.behind(Side::Around, text.text, end)
    {
        let span = Span::new(start - COMPARED.len_utf8(), end);
        return Some((span, word.range(number.value)));
    }
    if let Some((start, word)) = ends.before(text.text, start) {
        return Some((Span::new(start, end), word.range(number.value)));
    }
    let unit = text
        .starting(end)
        .filter(|hit| matches!(hit.entry.list, List::Measure | List::Unit));
    let places = unit.map(|hit| hit.span.end).chain([end]);
    let behind = places
        .filter_map(|at| ends.behind(Side::After, text.text, at))
        .max_by_key(|&(end, _)| end);
    if let Some((end, word)) = behind {
        return Some((Span::new(start, end), word.range(number.value)));
    }
    let included = number.low.is_some();
    let low = number.low.or(number.more.then_some(number.value))?;
    let end = |value, included| End { value, included };
    Some((
        number.span,
        Range {
            lower: Some(end(low, Some(included))),
            upper: number.low.map(|_| end(number.value, Some(true))),
        },
    ))
}

fn joins(text: &Segmented<'_>, last: Span, next: Span) -> bool {
    let between = text.text.get(last.end..next.start);
    between.is_some_and(|between| JOINTS.contains(&between.trim()))
}

/// Gives what lies in both ranges, if one sets the lower and the other the upper end.
fn intersect(one: &Range, other: &Range) -> Option<Range> {
    let (lower, upper) = match (one.lower, one.upper, other.lower, other.upper) {
        (Some(lower), None, None, Some(upper)) | (None, Some(upper), Some(lower), None) => {
            (lower, upper)
        }
        _ => return None,
    };
    (lower.value < upper.value).then_some(Range {
        lower: Some(lower),
        upper: Some(upper),
    })
}
