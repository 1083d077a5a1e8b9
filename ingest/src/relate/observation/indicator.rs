//! What a number counts: the noun before it or behind it.

use ontology::record::Span;

use super::quantity::Quantity;
use crate::knowledge::List;
use crate::segment::{Pos, Segmented, Token};

/// The words that say what is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// What is counted.
    pub(super) text: String,
    /// From the first of these words (or the number) to the last.
    pub(super) span: Span,
    /// Whether the value is a rate of change.
    pub(super) growth: bool,
}

/// Longest noun behind a unit, in bytes (14 characters).
const LONGEST_AFTER: usize = 14 * 3;
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
    let start = clause_start(text.text, quantity.span.start).max(sentence.start);
    let left = before
        .map_or(start, |before| before.span.end.max(start))
        .min(quantity.span.start);
    let head = trimmed_before(text, Span::new(left, quantity.span.start));
    let limit = next
        .unwrap_or(usize::MAX)
        .min(sentence.end)
        .max(quantity.span.end);
    let mut tail = nouns_after(text, quantity.span.end, limit);
    if tail.is_empty() && head.is_empty() {
        tail = verbs_after(text, quantity.span.end, limit);
    }
    let growth = is_growth(text, Span::new(left, quantity.span.start), &quantity.unit);
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
        growth,
    })
}

/// Gives the start of the clause around byte `at`: behind the last mark that ends one.
pub(super) fn clause_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before
        .char_indices()
        .rev()
        .find(|&(_, c)| "，。；：？！\n（".contains(c))
        .map_or(0, |(mark, c)| mark + c.len_utf8())
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
            list == List::Bound && hit.entry.field("side") != "after"
                || list == List::IndicatorVerb && hit.entry.field("keep") == "no"
        })
        .max_by_key(|hit| hit.span.len())
    {
        span = trim_marks(text.text, Span::new(span.start, hit.span.start));
    }
    last_phrase(text, span)
}

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
    skip_openers(text, found)
}

fn stops(text: &Segmented<'_>, token: &Token) -> bool {
    let mark = token.pos == Pos::Mark && !"“”‘’（）()+-—".contains(token.span.of(text.text));
    mark || token.pos == Pos::Pronoun
}

/// Leaves adverbs, prepositions and dates at the start out (截至10月底, 前5个月).
fn skip_openers(text: &Segmented<'_>, span: Span) -> Span {
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

/// Takes the nouns behind a unit (7所公办幼儿园): until a mark, a verb that goes on, or the limit.
fn nouns_after(text: &Segmented<'_>, at: usize, limit: usize) -> Span {
    let mut end = at;
    let mut noun = false;
    let mut stop = at;
    for token in text
        .tokens
        .iter()
        .skip(text.token_at(at).unwrap_or(usize::MAX))
    {
        let quote = "“”‘’（）".contains(token.span.of(text.text));
        let inside = token.span.end <= limit && token.span.end - at <= LONGEST_AFTER;
        let first = end == at && matches!(token.pos, Pos::Verb | Pos::Locative | Pos::Number);
        let goes_on = token.pos.is_nominal() || quote || token.span.of(text.text) == "的";
        if token.span.start < at || !inside || !goes_on || first {
            break;
        }
        if token.pos == Pos::Verb && noun {
            break;
        }
        end = token.span.end;
        if is_noun(token.pos) || quote {
            noun |= is_noun(token.pos);
            stop = end;
        }
    }
    let span = Span::new(at, if noun { stop } else { at });
    // 13个县（市 does not close, 42件全部 names nothing.
    let span = match span.of(text.text).rfind('（') {
        Some(open) if !span.of(text.text).contains('）') => Span::new(at, at + open),
        _ => span,
    };
    let whole = text.token_at(at).and_then(|number| text.tokens.get(number));
    let word = whole.is_some_and(|token| token.span == span && token.pos == Pos::Noun);
    let empty = word && text.is(List::IndicatorVerb, span) || text.is(List::Bound, span);
    if empty { Span::new(at, at) } else { span }
}

/// Takes a short clause behind a unit that begins with a verb and runs to the next mark
/// (30余万人次参观学习).
fn verbs_after(text: &Segmented<'_>, at: usize, limit: usize) -> Span {
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
    let from = clause_start(text.text, end).max(sentence.start);
    (from < end).then(|| {
        last_phrase(text, Span::new(from, end))
            .of(text.text)
            .to_owned()
    })
}

fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !"“”‘’".contains(*c))
        .collect()
}
