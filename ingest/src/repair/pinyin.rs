//! Takes a text, returns the removal of readings in brackets, as pages made to resist copying have
//! them (`報(bào)`), and the restoration of what their making broke.
//!
//! Such pages are made by searching the bytes of GBK text for Traditional characters and putting
//! the reading behind each, also where the bytes found are the end of one character and the
//! beginning of the next; `shift` tells how that is undone.

use super::edit::{Edit, RepairKind};
use super::reading::{self, is_pinyin, is_toned};
use super::shift::{self, Solution};
use super::words::Words;
use crate::normalise::is_han;

/// A text holds readings as debris when it has at least so many; a single one is a note on how
/// to pronounce a rare character.
const MIN_READINGS: usize = 3;

/// A reading without tone is one only if it is so short; longer ones are English words.
const MAX_TONELESS: usize = 5;

/// Effort for one document, some seconds at most; what it does not suffice for becomes holes.
const MAX_EFFORT: usize = 3_000;

/// What a damaged line consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What<'t> {
    /// A character.
    Char(char),
    /// A reading with both brackets.
    Reading(&'t str),
    /// A sign that stands for lost bytes and the bracket of the reading behind it: `?bào)`.
    LostReading(&'t str),
    /// A sign that stands for a lost character, and its reading: `?(bào)`.
    LostChar(&'t str),
    /// A sign that may stand for lost bytes.
    Lost,
}

/// One part of a line with its bytes in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item<'t> {
    pub(super) what: What<'t>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Removes readings and restores what they broke, if the text has readings as debris.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut lines = Vec::new();
    let (mut start, mut readings) = (0, 0);
    for line in text.split_inclusive('\n') {
        let items = items(line, start);
        readings += items.iter().filter(|item| item.what.has_reading()).count();
        lines.push(items);
        start += line.len();
    }
    if readings < MIN_READINGS {
        return Vec::new();
    }
    let mut effort = MAX_EFFORT;
    lines
        .iter()
        .flat_map(|items| line_edits(items, &mut effort))
        .collect()
}

impl What<'_> {
    fn has_reading(self) -> bool {
        matches!(
            self,
            Self::Reading(_) | Self::LostReading(_) | Self::LostChar(_)
        )
    }
}

fn line_edits(items: &[Item<'_>], effort: &mut usize) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut index = 0;
    while let Some(&item) = items.get(index) {
        index += 1;
        match item.what {
            What::Char(_) => {}
            What::Reading(_) => {
                edits.push(Edit::remove(RepairKind::Reading, item.start..item.end));
            }
            What::LostReading(reading) => match shift::solve(items, index - 1, effort) {
                Some(solution) => index = push(&mut edits, items, index - 1, solution),
                None => edits.push(restored(items, index - 1, reading, effort)),
            },
            What::LostChar(reading) => edits.push(restored(items, index - 1, reading, effort)),
            What::Lost => {
                if let Some(solution) = shift::solve(items, index - 1, effort) {
                    index = push(&mut edits, items, index - 1, solution);
                }
            }
        }
    }
    edits
}

/// Adds the edit of a solved stretch; gives the first item behind it.
fn push(edits: &mut Vec<Edit>, items: &[Item<'_>], first: usize, solution: Solution) -> usize {
    let start = items.get(first).map_or(0, |item| item.start);
    let end = items.get(solution.end - 1).map_or(start, |item| item.end);
    edits.push(Edit {
        kind: RepairKind::Shifted,
        span: start..end,
        pieces: solution.pieces,
    });
    solution.end
}

/// How much likelier than the next one a restored character must be.
const MARGIN: f64 = 2.0;
/// How many characters on either side judge a candidate.
const NEIGHBOURS: usize = 4;

/// Restores a lost character from its reading and its neighbours, or leaves a hole.
fn restored(items: &[Item<'_>], index: usize, reading: &str, effort: &mut usize) -> Edit {
    let (start, end) = items
        .get(index)
        .map_or((0, 0), |item| (item.start, item.end));
    if !shift::spend(effort, shift::EFFORT) {
        return Edit::replace(RepairKind::Lost, start..end, char::REPLACEMENT_CHARACTER);
    }
    let words = Words::get();
    let before = context_before(items, index);
    let after = context_after(items, index + 1);
    let cost = |c: char| words.cost(&format!("{before}{c}{after}"));
    let mut candidates: Vec<(f64, char, char)> = Vec::new();
    for &c in reading::characters(reading) {
        let simple = words.simple(c);
        if !words.is_common(simple) {
            continue;
        }
        match candidates.iter_mut().find(|(_, _, other)| *other == simple) {
            // Texts with readings are Traditional.
            Some((_, known, _)) if *known == simple => *known = c,
            Some(_) => {}
            None => candidates.push((cost(c), c, simple)),
        }
    }
    candidates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let span = start..end;
    match candidates.as_slice() {
        [(best, c, _), rest @ ..]
            if rest.first().is_none_or(|next| next.0 - best >= MARGIN)
                && words.joins(&before, &format!("{c}{after}"))
                    | words.joins(&format!("{before}{c}"), &after) =>
        {
            Edit::replace(RepairKind::Restored, span, *c)
        }
        _ => Edit::replace(RepairKind::Lost, span, char::REPLACEMENT_CHARACTER),
    }
}

/// Gives the Chinese characters right before an item.
pub(super) fn context_before(items: &[Item<'_>], index: usize) -> String {
    let before = items.get(..index).unwrap_or_default().iter().rev();
    let mut context: Vec<char> = context(before).collect();
    context.reverse();
    context.into_iter().collect()
}

/// Gives the Chinese characters from an item on.
fn context_after(items: &[Item<'_>], index: usize) -> String {
    context(items.get(index..).unwrap_or_default().iter()).collect()
}

fn context<'i, 't: 'i>(items: impl Iterator<Item = &'i Item<'t>>) -> impl Iterator<Item = char> {
    items
        .filter(|item| !matches!(item.what, What::Reading(_)))
        .map_while(|item| match item.what {
            What::Char(c) if is_han(c) => Some(c),
            What::Char(_)
            | What::Reading(_)
            | What::LostReading(_)
            | What::LostChar(_)
            | What::Lost => None,
        })
        .take(NEIGHBOURS)
}

/// Splits a line into items.
fn items(line: &str, offset: usize) -> Vec<Item<'_>> {
    let mut items = Vec::with_capacity(line.len() / 3);
    let mut at = 0;
    let mut before = ' ';
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let (what, length) = item(rest, before);
        let start = offset + at;
        items.push(Item {
            what,
            start,
            end: start + length,
        });
        at += length;
        before = rest.chars().next().unwrap_or(' ');
    }
    items
}

/// Gives the item at the start of a text, and its length in bytes.
fn item(text: &str, before: char) -> (What<'_>, usize) {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or(' ');
    let length = first.len_utf8();
    let behind = chars.as_str();
    if is_bracket(first) {
        return match closed(behind) {
            Some((reading, toned, end)) if toned || is_han(before) => {
                (What::Reading(reading), length + end)
            }
            _ => (What::Char(first), length),
        };
    }
    if !matches!(first, '?' | '？' | char::REPLACEMENT_CHARACTER) {
        return (What::Char(first), length);
    }
    if let Some((reading, true, end)) = closed(behind) {
        return (What::LostReading(reading), length + end);
    }
    let bracketed = behind
        .chars()
        .next()
        .filter(|&c| is_bracket(c))
        .and_then(|bracket| {
            let inner = behind.get(bracket.len_utf8()..)?;
            closed(inner)
                .filter(|&(_, toned, _)| toned)
                .map(|found| (found, bracket.len_utf8()))
        });
    match bracketed {
        Some(((reading, _, end), bracket)) => (What::LostChar(reading), length + bracket + end),
        None => (What::Lost, length),
    }
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | '（')
}

/// Gives the reading at the start of a text that a bracket closes, whether it has a tone, and where
/// the bracket ends.
fn closed(text: &str) -> Option<(&str, bool, usize)> {
    let mut toned = false;
    let mut end = None;
    for (count, (at, c)) in text.char_indices().enumerate() {
        if count > reading::MAX_SYLLABLE + 1 {
            return None;
        }
        match c {
            ')' | '）' => {
                let end = end.unwrap_or(at);
                let reading = text.get(..end).filter(|reading| !reading.is_empty())?;
                let fits = toned || reading.len() <= MAX_TONELESS;
                return fits.then_some((reading, toned, at + c.len_utf8()));
            }
            // Some mirrors write a blank behind the reading.
            ' ' | '\u{A0}' if end.is_none() => end = Some(at),
            c if is_pinyin(c) && end.is_none() => toned |= is_toned(c),
            _ => return None,
        }
    }
    None
}
