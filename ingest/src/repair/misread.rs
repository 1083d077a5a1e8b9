//! Takes a text, returns lines of UTF-8 that were read as GBK, decoded again.
//!
//! A Chinese character has three bytes in UTF-8, so that an odd number of them before a digit or a
//! line end leaves a byte over, which the wrong decoding lost. The first two bytes leave 64
//! characters to choose from; the neighbours decide.

use std::collections::BTreeSet;
use std::iter;
use std::ops::Range;
use std::sync::OnceLock;

use encoding_rs::GBK;
use ontology::lexicon;

use super::codec::{Encoded, Page};
use super::edit::{Edit, Piece, RepairKind};
use super::mojibake::is_chinese;
use super::words::Judge;
use crate::normalise::is_han;

/// A line of misread UTF-8 needs so many characters, if no other line is one.
const MIN_MISREAD: usize = 6;
/// By how much the best character must be better than the next.
const MARGIN: f64 = 1.0;
/// What a measure word is worth behind a digit.
const MEASURE: f64 = 6.0;
/// What the part of a date that comes next is worth.
const DATE: f64 = 12.0;
/// The bytes that Chinese marks begin with.
const MARKS: [u8; 2] = [0xE3, 0x80];
/// How many characters on either side judge it.
const NEIGHBOURS: usize = 4;

/// Decodes misread lines. Once some are found, short ones need less evidence.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        if !body.is_ascii() {
            lines.push(Line::new(body, start));
        }
        start += line.len();
    }
    let certain = lines.iter().filter(|line| line.is_misread()).count();
    let most = certain * 2 >= lines.len();
    let mut judge = None;
    lines
        .iter()
        .filter(|line| line.is_misread() || most && line.may_be_misread())
        .map(|line| line.edit(judge.get_or_insert_with(Judge::new)))
        .collect()
}

/// What the bytes of a line decode to.
enum Part {
    /// A character.
    Char(char),
    /// A character that lacks its last byte, and whether the wrong decoding lost what stood behind, too.
    Cut([u8; 2], bool),
    /// Bytes that are no text.
    Lost,
}

struct Line<'t> {
    text: &'t str,
    start: usize,
    parts: Vec<(Part, Range<usize>)>,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        let mut source: Vec<(u8, Range<usize>)> = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            let place = start + at..start + at + c.len_utf8();
            match Page::Gbk.encode(c) {
                None => source.push((NO_BYTE, place)),
                Some(Encoded::One(byte)) => source.push((byte, place)),
                Some(Encoded::Two(lead, trail)) => {
                    source.extend([(lead, place.clone()), (trail, place)]);
                }
            }
        }
        Self {
            text,
            start,
            parts: parts(&source),
        }
    }

    fn count(&self, of: impl Fn(&Part) -> bool) -> usize {
        self.parts.iter().filter(|(part, _)| of(part)).count()
    }

    fn good(&self) -> usize {
        self.count(|part| match part {
            Part::Char(c) => is_chinese(*c),
            Part::Cut(..) => true,
            Part::Lost => false,
        })
    }

    fn may_be_misread(&self) -> bool {
        let lost = self.count(|part| matches!(part, Part::Lost));
        self.good() > 0 && lost * 6 <= self.good()
    }

    fn is_misread(&self) -> bool {
        let misread = self.text.chars().filter(|&c| is_misread(c)).count();
        let han = self.text.chars().filter(|&c| is_han(c)).count();
        let count = self.text.chars().count();
        count >= MIN_MISREAD
            && misread > 0
            && misread * 6 >= han
            && self.may_be_misread()
            && self.good() >= 2
            && self.good() * 4 > count
    }

    fn edit(&self, judge: &Judge) -> Edit {
        let mut pieces: Vec<Piece> = Vec::with_capacity(self.parts.len());
        for (index, (part, place)) in self.parts.iter().enumerate() {
            let c = match part {
                Part::Char(c) => *c,
                Part::Lost => char::REPLACEMENT_CHARACTER,
                Part::Cut(bytes, _) => self.restored(judge, index, *bytes, &pieces),
            };
            pieces.push((c, place.clone()));
            if matches!(part, Part::Cut(_, true)) {
                pieces.push((char::REPLACEMENT_CHARACTER, place.clone()));
            }
        }
        pieces.dedup_by(|b, a| {
            let same = a.0 == char::REPLACEMENT_CHARACTER && b.0 == a.0;
            if same {
                a.1.end = b.1.end;
            }
            same
        });
        Edit {
            kind: RepairKind::Mojibake,
            span: self.start..self.start + self.text.len(),
            pieces,
        }
    }

    /// Gives the character that lost its last byte, or a hole.
    fn restored(&self, judge: &Judge, index: usize, bytes: [u8; 2], before: &[Piece]) -> char {
        let before: Vec<char> = before
            .iter()
            .rev()
            .map(|&(c, _)| c)
            .take_while(|&c| c != char::REPLACEMENT_CHARACTER)
            .collect();
        let after = chars(self.parts.iter().skip(index + 1));
        let candidates = (0x80..=0xBF).filter_map(|last| {
            let [first, second] = bytes;
            let bytes = [first, second, last];
            std::str::from_utf8(&bytes).ok()?.chars().next()
        });
        let candidates: Vec<char> = candidates.filter(|&c| is_han(c)).collect();
        if candidates.is_empty() || bytes == MARKS {
            return mark(bytes, &before, &after).unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        let date = date_part(&before, &after);
        let mut near: Vec<char> = before.into_iter().take(NEIGHBOURS).collect();
        near.reverse();
        let counted = near.last().is_some_and(char::is_ascii_digit);
        let begin = judge.path(&near.into_iter().collect::<String>());
        let mut ranked: Vec<(f64, char)> = candidates
            .into_iter()
            .map(|c| {
                let mut path = begin;
                for c in iter::once(c).chain(after.iter().copied().take(NEIGHBOURS)) {
                    judge.extend(&mut path, c);
                }
                let worth = match date {
                    Some(part) if part == c => DATE,
                    _ if counted && measures().contains(&c) => MEASURE,
                    _ => 0.0,
                };
                (path.cost() - worth, c)
            })
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Of two forms of one character that which the Simplified text has.
        let simple = |c: char| judge.words.simple(c);
        ranked.dedup_by(|b, a| {
            simple(a.1) == simple(b.1) && {
                a.1 = simple(a.1);
                true
            }
        });
        match ranked.as_slice() {
            [(best, c), rest @ ..] if rest.first().is_none_or(|next| next.0 - best >= MARGIN) => *c,
            _ => char::REPLACEMENT_CHARACTER,
        }
    }
}

/// Gives the characters that usually stand behind a number.
fn measures() -> &'static BTreeSet<char> {
    static MEASURES: OnceLock<BTreeSet<char>> = OnceLock::new();
    MEASURES.get_or_init(|| {
        let tables = ["quantity/measure_words.tsv", "quantity/units.tsv"];
        let tables: Vec<_> = tables.into_iter().flat_map(lexicon::table).collect();
        let names = tables
            .iter()
            .flat_map(|table| table.rows().map(|row| row.get("name")));
        let first = names.filter_map(|name| name.chars().next());
        first.chain("年时点分秒万亿".chars()).collect()
    })
}

/// Gives the part of a date that ends with the digits before, nearest first.
fn date_part(before: &[char], after: &[char]) -> Option<char> {
    let goes_on = after.first().is_some_and(char::is_ascii_digit);
    let digits = before.iter().take_while(|c| c.is_ascii_digit()).count();
    match (digits, before.get(digits)) {
        (4, _) => Some('年'),
        (1 | 2, Some('年')) => Some('月'),
        (1 | 2, Some('月')) => Some('日'),
        (1 | 2, _) if goes_on => Some('月'),
        _ => None,
    }
}

fn chars<'p>(parts: impl Iterator<Item = &'p (Part, Range<usize>)>) -> Vec<char> {
    parts
        .map_while(|(part, _)| match part {
            Part::Char(c) => Some(*c),
            Part::Cut(..) | Part::Lost => None,
        })
        .collect()
}

/// Gives the mark that begins with two bytes: one that closes what is open, or the usual one.
fn mark(bytes: [u8; 2], before: &[char], after: &[char]) -> Option<char> {
    // The characters before come nearest first.
    let is_open =
        |open: char, close: char| before.iter().find(|&&c| c == open || c == close) == Some(&open);
    let will_close =
        |open: char, close: char| after.iter().find(|&&c| c == open || c == close) == Some(&close);
    let closing = |open: char, close: char, usual: char| {
        Some(match is_open(open, close) {
            true => close,
            false if will_close(open, close) => open,
            false => usual,
        })
    };
    match bytes {
        [0xE2, 0x80] if before.first() == Some(&'—') => Some('—'),
        [0xE2, 0x80] => closing('“', '”', '“'),
        MARKS if is_open('《', '》') || will_close('《', '》') => closing('《', '》', '《'),
        // A sentence begins with a year or ends with the line; other numbers are listed.
        MARKS if after.is_empty() || after.get(4) == Some(&'年') => Some('。'),
        MARKS => Some('、'),
        [0xEF, 0xBC] => closing('（', '）', '，'),
        _ => None,
    }
}

/// Stands for bytes that the wrong decoding did not keep; no byte of UTF-8.
const NO_BYTE: u8 = 0xFF;

/// Decodes bytes as UTF-8.
fn parts(source: &[(u8, Range<usize>)]) -> Vec<(Part, Range<usize>)> {
    let bytes: Vec<u8> = source.iter().map(|&(byte, _)| byte).collect();
    let place = |at: usize, length: usize| {
        let first = source.get(at).map_or(0, |(_, place)| place.start);
        let last = source.get(at + length - 1);
        first..last.map_or(first, |(_, place)| place.end)
    };
    let mut parts: Vec<(Part, Range<usize>)> = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            let length = c.len_utf8();
            match parts.last_mut() {
                // Windows puts one sign for a byte without its second half and what stands behind.
                Some((Part::Cut(_, swallowed), place))
                    if c == '?' && place.end == source.get(at).map_or(0, |(_, p)| p.start) =>
                {
                    *swallowed = true;
                    place.end += 1;
                }
                _ => parts.push((Part::Char(c), place(at, length))),
            }
            at += length;
        }
        match (chunk.invalid(), parts.last_mut()) {
            ([], _) => {}
            (&[first @ 0xE2..=0xEF, second], _) => {
                parts.push((Part::Cut([first, second], false), place(at, 2)));
            }
            ([NO_BYTE], Some((Part::Cut(..), whole))) if whole.end == place(at, 1).start => {
                whole.end = place(at, 1).end;
            }
            (invalid, _) => parts.push((Part::Lost, place(at, invalid.len()))),
        }
        at += chunk.invalid().len();
    }
    parts
}

/// Tells whether a character is one that Chinese UTF-8 read as GBK is full of: the first two bytes
/// of a Chinese character (E4-E9, 80-BF), or of a Chinese mark.
pub(super) fn is_misread(c: char) -> bool {
    static TABLE: OnceLock<Vec<u64>> = OnceLock::new();
    let table = TABLE.get_or_init(misread_table);
    let Some(index) = u32::from(c).checked_sub(FIRST_HAN) else {
        return false;
    };
    let word = usize::try_from(index / 64)
        .ok()
        .and_then(|word| table.get(word));
    word.is_some_and(|word| word >> (index % 64) & 1 == 1)
}

const FIRST_HAN: u32 = 0x4E00;

fn misread_table() -> Vec<u64> {
    let mut table = vec![0_u64; 0x5200 / 64];
    let chinese =
        (0xE4..=0xE9_u8).flat_map(|lead| (0x80..=0xBF_u8).map(move |trail| [lead, trail]));
    let marks = [[0xEF, 0xBC], [0xE3, 0x80], [0xE2, 0x80]];
    for pair in chinese.chain(marks) {
        let (decoded, _) = GBK.decode_without_bom_handling(&pair);
        let index = decoded
            .chars()
            .next()
            .and_then(|c| u32::from(c).checked_sub(FIRST_HAN));
        if let Some(index) = index
            && let Some(word) = usize::try_from(index / 64)
                .ok()
                .and_then(|word| table.get_mut(word))
        {
            *word |= 1 << (index % 64);
        }
    }
    table
}
