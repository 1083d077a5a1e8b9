//! Takes a text, returns the removal of readings in brackets, as pages made to resist copying have
//! them (`報(bào)`), and the restoration of what their making broke.
//!
//! Such pages are made by searching the bytes of GBK text for Traditional characters and putting
//! the reading behind each, also where the bytes found are the end of one character and the
//! beginning of the next; `shift` tells how that is undone.

use std::iter;

use super::codec::{Encoded, LEADS, Page};
use super::edit::{Edit, RepairKind};
use super::reading::{self, is_pinyin, is_toned};
use super::shift::{self, Solution};
use super::work::Work;
use crate::normalise::is_han;

/// A text holds readings as debris when it has at least so many; a single one is a note on how
/// to pronounce a rare character.
const MIN_READINGS: usize = 3;

/// A reading without tone is one only if it is so short; longer ones are English words.
const MAX_TONELESS: usize = 5;

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
    Lost(char),
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
    edits_and_work(text).0
}

/// The same, and how many characters were judged for it.
pub(super) fn edits_and_work(text: &str) -> (Vec<Edit>, usize) {
    let mut lines = Vec::new();
    let (mut start, mut readings) = (0, 0);
    for line in text.split_inclusive('\n') {
        let items = items(line, start);
        readings += items.iter().filter(|item| item.what.has_reading()).count();
        lines.push(items);
        start += line.len();
    }
    if readings < MIN_READINGS {
        return (Vec::new(), 0);
    }
    let work = Work::new(text.chars().count(), page(&lines));
    let edits = lines
        .iter()
        .flat_map(|items| line_edits(items, &work))
        .collect();
    (edits, work.judge.spent())
}

/// Cuts that are looked at to tell the code page.
const SAMPLE: usize = 200;

/// Tells the code page that the mirror was made in: behind a character that was cut stands the
/// reading of one that begins with its last byte.
fn page(lines: &[Vec<Item<'_>>]) -> Page {
    let cuts: Vec<(char, &str)> = lines
        .iter()
        .flat_map(|items| items.windows(2))
        .filter_map(|pair| match pair {
            [before, cut] => match (before.what, cut.what) {
                (What::Char(c), What::LostReading(reading)) if is_han(c) => Some((c, reading)),
                _ => None,
            },
            _ => None,
        })
        .take(SAMPLE)
        .collect();
    let fitting = |page: Page| {
        let fits = |&&(c, reading): &&(char, &str)| match page.encode(c) {
            Some(Encoded::Two(_, last)) => LEADS.into_iter().any(|byte| {
                page.decode(last, byte)
                    .is_some_and(|c| reading::has_reading(c, reading))
            }),
            Some(Encoded::One(_)) | None => false,
        };
        cuts.iter().filter(fits).count()
    };
    if fitting(Page::Big5) > fitting(Page::Gbk) {
        Page::Big5
    } else {
        Page::Gbk
    }
}

impl What<'_> {
    fn is_digit(self) -> bool {
        matches!(self, Self::Char(c) if c.is_ascii_digit())
    }

    fn has_reading(self) -> bool {
        matches!(
            self,
            Self::Reading(_) | Self::LostReading(_) | Self::LostChar(_)
        )
    }
}

fn line_edits(items: &[Item<'_>], work: &Work) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut index = 0;
    while let Some(&item) = items.get(index) {
        index += 1;
        match item.what {
            What::Char(_) => {}
            What::Reading(_) => {
                edits.push(Edit::remove(RepairKind::Reading, item.start..item.end));
            }
            What::LostReading(reading) => match shift::solve(items, index - 1, work) {
                Some(solution) => index = push(&mut edits, items, index - 1, solution),
                None => edits.push(restored(items, index - 1, reading, work)),
            },
            What::LostChar(reading) => edits.push(restored(items, index - 1, reading, work)),
            What::Lost(_) => {
                if let Some(solution) = shift::solve(items, index - 1, work) {
                    index = push(&mut edits, items, index - 1, solution);
                } else if items.get(index).is_some_and(|item| item.what.is_digit()) {
                    // No question goes on with a number: the sign took digits with it.
                    let span = item.start..item.end;
                    edits.push(Edit::replace(
                        RepairKind::Lost,
                        span,
                        char::REPLACEMENT_CHARACTER,
                    ));
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
fn restored(items: &[Item<'_>], index: usize, reading: &str, work: &Work) -> Edit {
    let span = items.get(index).map_or(0..0, |item| item.start..item.end);
    let lost = Edit::replace(RepairKind::Lost, span.clone(), char::REPLACEMENT_CHARACTER);
    if !work.is_left() {
        return lost;
    }
    let words = work.judge.words;
    let before = context_before(items, index);
    let after = context_after(items, index + 1);
    let begin = work.judge.path(&before);
    let cost = |c: char| {
        let mut path = begin;
        for c in iter::once(c).chain(after.chars()) {
            work.judge.extend(&mut path, c);
        }
        path.cost()
    };
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
    match candidates.as_slice() {
        [(best, c, _), rest @ ..]
            if rest.first().is_none_or(|next| next.0 - best >= MARGIN)
                && words.joins(&before, &format!("{c}{after}"))
                    | words.joins(&format!("{before}{c}"), &after) =>
        {
            Edit::replace(RepairKind::Restored, span, *c)
        }
        _ => lost,
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
            | What::Lost(_) => None,
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
    // Behind a sign for lost bytes a full-width one is a mark at which the text was split.
    let split = first == '？' && before == '?';
    if split || !matches!(first, '?' | '？' | char::REPLACEMENT_CHARACTER) {
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
        None => (What::Lost(first), length),
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
