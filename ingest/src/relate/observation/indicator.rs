//! What a number counts: the noun before it or behind it.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::Regex;

use super::noun::{is_bound, nouns_after, verbs_after};
use super::quantity::Quantity;
use crate::knowledge::List;
use crate::segment::{Pos, Segmented, Token};
use crate::structure::pattern;

/// The words that say what is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// What is counted.
    pub(super) text: String,
    /// From the first of these words (or the number) to the last.
    pub(super) span: Span,
    /// The words before the number, if any.
    pub(super) head: Option<Span>,
    /// Whether the value is a change, not a level.
    pub(super) growth: bool,
}

/// Longest noun before a number, in bytes (24 characters).
const LONGEST_BEFORE: usize = 24 * 3;

/// Reads what `quantity` counts. `before` and `next` are its neighbours among the quantities;
/// `last` is what the one before counted, for clauses that only go on (同比增长…).
pub(super) fn read(
    text: &Segmented<'_>,
    sentence: Span,
    quantity: &Quantity,
    before: Option<&Quantity>,
    next: Option<usize>,
    last: Option<&Phrase>,
) -> Option<Phrase> {
    let start = clause_start(text.text, sentence.start, quantity.span.start);
    let left = before
        .map_or(start, |before| before.span.end.max(start))
        .min(quantity.span.start);
    let head = trimmed_before(text, Span::new(left, quantity.span.start));
    let limit = next
        .unwrap_or(usize::MAX)
        .min(sentence.end)
        .max(quantity.span.end);
    // 142户506人: one thing counted twice.
    let again = before.is_some_and(|before| before.span.end == quantity.span.start);
    let mut tail = nouns_after(text, quantity, !has_noun(text, head), limit);
    if tail.is_empty() && is_frame(text, head) && !again {
        tail = verbs_after(text, quantity.span.end, limit);
    }
    if let Some(last) = last.filter(|_| again && tail.is_empty()) {
        return Some(Phrase {
            text: last.text.clone(),
            span: Span::new(last.span.start.min(quantity.span.start), quantity.span.end),
            head: last.head,
            growth: false,
        });
    }
    // 比上年增加1800元: what the number before counted has grown by it.
    let same_unit = before.is_some_and(|before| before.unit == quantity.unit);
    let grown = same_unit && last.is_some() && tail.is_empty() && only_growth(text, head);
    let growth = grown || is_growth(text, Span::new(left, quantity.span.start), &quantity.unit);
    let (head_text, tail_text) = (head.of(text.text), tail.of(text.text));
    let counted = if tail.is_empty() {
        head_text.to_owned()
    } else {
        // 新建 7 所 公办幼儿园: the verb tells what happened to them.
        format!("{}{tail_text}", verb_of(text, head))
    };
    let bare = counted.chars().count() < 2 || growth && only_growth(text, head);
    let counted = match (bare, last) {
        (true, Some(last)) => format!("{}{counted}", last.text),
        (true, None) if counted.is_empty() => {
            outer_subject(text, start, sentence).unwrap_or_default()
        }
        _ => counted,
    };
    // A number that nothing names: the clause as it is.
    let counted = if counted.is_empty() {
        Span::new(start, quantity.span.start)
            .of(text.text)
            .to_owned()
    } else {
        counted
    };
    if clean(&counted).is_empty() {
        return None;
    }
    let first = if head.is_empty() {
        quantity.span.start
    } else {
        head.start
    };
    let end = if tail.is_empty() {
        quantity.span.end
    } else {
        tail.end
    };
    Some(Phrase {
        text: clean(&counted),
        span: Span::new(first, end),
        head: Some(head).filter(|head| !head.is_empty()),
        growth,
    })
}

/// Gives the start of the clause around byte `at`: behind the last mark that ends one, at the earliest
/// at `from`.
pub(super) fn clause_start(text: &str, from: usize, at: usize) -> usize {
    let before = text.get(from..at).unwrap_or_default();
    before
        .char_indices()
        .rev()
        .find(|&(_, c)| "，。；：？！\n（".contains(c))
        .map_or(from, |(mark, c)| from + mark + c.len_utf8())
}

/// Gives the same where the sentence is not known. A clause may begin in the sentence before: not every
/// sentence ends with a mark of clauses.
pub(super) fn clause_start_near(text: &Segmented<'_>, at: usize) -> usize {
    let sentences = &text.structure.sentences;
    let behind = sentences.partition_point(|sentence| sentence.span.start < at);
    let from = behind
        .checked_sub(2)
        .and_then(|before| sentences.get(before))
        .map_or(0, |before| before.span.start);
    clause_start(text.text, from, at)
}

/// Cuts verbs of counting, bounds and marks from both ends of what stands before a number, and
/// keeps the last noun phrase.
fn trimmed_before(text: &Segmented<'_>, span: Span) -> Span {
    let mut span = trim_marks(text.text, span);
    while let Some(hit) = text
        .ending(span.end)
        .filter(|hit| span.contains(hit.span))
        .filter(|hit| {
            let list = hit.entry.list;
            let side = hit.entry.field("side");
            list == List::Bound && matches!(side, "before" | "context" | "sentence" | "done")
                || list == List::IndicatorVerb && hit.entry.field("keep") == "no"
        })
        .max_by_key(|hit| hit.span.len())
    {
        span = trim_marks(text.text, Span::new(span.start, hit.span.start));
    }
    // 增长到2019年的503万人次
    let words = span.of(text.text);
    let dated = DATED.find(words).map_or(words.len(), |date| date.start());
    if dated < words.len() {
        return trimmed_before(text, Span::new(span.start, span.start + dated));
    }
    last_phrase(text, span)
}

/// A date right before a number.
static DATED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{4}年(?:\d{1,2}月)?[底末]?的?$"));

fn trim_marks(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let cut = |c: char| c.is_whitespace() || "、，,：的了—".contains(c);
    let start = span.start + (slice.len() - slice.trim_start_matches(cut).len());
    Span::new(start, span.start + slice.trim_end_matches(cut).len())
}

/// Keeps what stands behind the last conjunction, pronoun or 、, at most so many characters.
fn last_phrase(text: &Segmented<'_>, span: Span) -> Span {
    let mut start = span.end;
    let mut number = match span.end.checked_sub(1).and_then(|at| text.token_at(at)) {
        Some(number) if !span.is_empty() => number + 1,
        _ => return Span::new(span.end, span.end),
    };
    while let Some(token) = number
        .checked_sub(1)
        .and_then(|number| text.tokens.get(number))
    {
        let outside = token.span.start < span.start || span.end - token.span.start > LONGEST_BEFORE;
        if outside || stops(text, token) {
            break;
        }
        start = token.span.start;
        number -= 1;
    }
    let found = trim_marks(text.text, Span::new(start, span.end));
    let found = skip_openers(text, found);
    // 50万元以上的29个: a bound is no noun.
    if is_bound(text, found) {
        Span::new(span.end, span.end)
    } else {
        found
    }
}

fn stops(text: &Segmented<'_>, token: &Token) -> bool {
    let mark = token.pos == Pos::Mark && !"“”‘’（）()+-—".contains(token.span.of(text.text));
    mark || token.pos == Pos::Pronoun
}

/// Leaves adverbs, prepositions and dates at the start out (截至10月底, 前5个月).
pub(super) fn skip_openers(text: &Segmented<'_>, span: Span) -> Span {
    let mut start = span.start;
    let first = text.token_at(start).unwrap_or(usize::MAX);
    let mut dated = false;
    for token in text
        .tokens
        .iter()
        .skip(first)
        .take_while(|token| token.span.end <= span.end)
    {
        let date = text.starting(token.span.start).any(|hit| {
            hit.entry.list == List::NotCounted
                && hit.entry.field("reason") == "date"
                && hit.span.end >= token.span.end
        });
        let opener = matches!(
            token.pos,
            Pos::Adverb
                | Pos::Preposition
                | Pos::Time
                | Pos::Conjunction
                | Pos::Particle
                | Pos::Number
        );
        let lead = token.pos == Pos::Verb
            && token.span.len() <= 2 * 3
            && token.span.end < span.end
            && date_follows(text, token.span.end);
        let measure = dated && token.pos == Pos::Measure;
        if !(opener || date || lead || measure) {
            break;
        }
        dated |= date || token.pos == Pos::Number;
        start = token.span.end;
    }
    Span::new(start, span.end)
}

/// Tells whether a date begins at a byte: 到 10月底.
fn date_follows(text: &Segmented<'_>, at: usize) -> bool {
    text.token_at(at)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| matches!(token.pos, Pos::Time | Pos::Number))
}

/// Tells whether words before a number name something that can be counted: a noun that is no place
/// and does not mean the region (全县).
fn has_noun(text: &Segmented<'_>, head: Span) -> bool {
    let last = head.end.checked_sub(1).and_then(|at| text.token_at(at));
    let last = last.and_then(|number| text.tokens.get(number));
    !head.is_empty()
        && last.is_some_and(|token| {
            let region = text.is(List::Owner, token.span) || token.pos == Pos::Place;
            let verb = token.pos == Pos::Verb;
            !(region || verb || token.pos == Pos::Conjunction)
        })
}

/// Tells whether words before a number, if any, only say where or when: 全县, 省内外, 清明.
fn is_frame(text: &Segmented<'_>, head: Span) -> bool {
    text.tokens_within(head).all(|token| {
        let region = text.is(List::Owner, token.span);
        region || matches!(token.pos, Pos::Place | Pos::Time | Pos::Locative)
    })
}

/// Gives the verb at the end of what stands before a number, where it changes what is counted.
fn verb_of<'t>(text: &'t Segmented<'_>, head: Span) -> &'t str {
    let token = head.end.checked_sub(1).and_then(|at| text.token_at(at));
    let token = token
        .and_then(|number| text.tokens.get(number))
        .filter(|_| !head.is_empty());
    token
        .filter(|token| matches!(token.pos, Pos::Verb | Pos::VerbalNoun))
        .map_or("", |token| token.span.of(text.text))
}

/// Tells whether a value is a rate of change: per cent or percentage points behind a word of
/// growth.
fn is_growth(text: &Segmented<'_>, before: Span, unit: &str) -> bool {
    let rate = unit == "%" || unit.contains("百分点") || unit == "倍";
    rate && text.within(List::Growth, before).next().is_some()
}

/// Tells whether the words before a number are nothing but words of growth.
fn only_growth(text: &Segmented<'_>, head: Span) -> bool {
    text.within(List::Growth, head).any(|hit| {
        let rest = head.len() - hit.span.len();
        rest < 2 * 3
    })
}

/// The subject of the clause before, for a clause that has none.
fn outer_subject(text: &Segmented<'_>, start: usize, sentence: Span) -> Option<String> {
    let end = text
        .text
        .get(..start)?
        .trim_end_matches(['，', '（', ' ', '：'])
        .len();
    let from = clause_start(text.text, sentence.start, end);
    (from < end).then(|| {
        last_phrase(text, Span::new(from, end))
            .of(text.text)
            .to_owned()
    })
}

fn clean(text: &str) -> String {
    let inside = !text.contains('（');
    let text = text
        .rsplit('）')
        .find(|part| inside && !part.is_empty())
        .unwrap_or(text);
    text.trim_start_matches('的')
        .chars()
        .filter(|c| !c.is_whitespace() && !"“”‘’".contains(*c))
        .collect()
}
