//! Takes a text, returns stretches that were decoded in another encoding than their own, decoded
//! again: UTF-8 read as Latin-1 (once or twice) or as GBK, and GBK read as Latin-1.
//!
//! The bytes of UTF-8 follow a strict pattern, so that a stretch which comes out as valid UTF-8 with
//! Chinese characters hardly does so by chance; GBK has no such pattern and needs longer stretches
//! of common characters.

use std::sync::OnceLock;

use encoding_rs::{GBK, WINDOWS_1252};

use super::codec;
use super::edit::{Edit, Piece, RepairKind};
use crate::normalise::is_han;

/// Shortest stretch of Latin letters that may be GBK: no language has so many accented letters in
/// a row.
const MIN_GBK: usize = 4;
/// A line of misread UTF-8 needs so many characters.
const MIN_MISREAD: usize = 6;
/// How often a text may have been decoded wrongly.
const MAX_DEPTH: usize = 3;

/// Decodes what was misread, line by line.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        match misread_line(body, start) {
            Some(edit) => edits.push(edit),
            None => latin_stretches(body, start, &mut edits),
        }
        start += line.len();
    }
    edits
}

/// One character with the bytes it has in the wrong encoding, and its place in the text.
type Source = Vec<(u8, usize, usize)>;

/// Decodes stretches of Latin-1 within a line.
fn latin_stretches(line: &str, offset: usize, edits: &mut Vec<Edit>) {
    let mut source: Source = Vec::new();
    let mut flush = |source: &mut Source| {
        let stretch = trimmed(source);
        if let Some(pieces) = utf8_pieces(stretch, 0).or_else(|| gbk_pieces(stretch))
            && let (Some(&(_, start, _)), Some(&(_, _, end))) = (stretch.first(), stretch.last())
        {
            edits.push(Edit {
                kind: RepairKind::Mojibake,
                span: start..end,
                pieces,
            });
        }
        source.clear();
    };
    for (at, c) in line.char_indices() {
        match latin_byte(c) {
            Some(byte) => source.push((byte, offset + at, offset + at + c.len_utf8())),
            None => flush(&mut source),
        }
    }
    flush(&mut source);
}

/// Leaves out ASCII at both ends: it is right as it stands.
fn trimmed(source: &[(u8, usize, usize)]) -> &[(u8, usize, usize)] {
    let high = |&(byte, _, _): &(u8, usize, usize)| !byte.is_ascii();
    let first = source.iter().position(high).unwrap_or(source.len());
    let last = source.iter().rposition(high).map_or(first, |last| last + 1);
    source.get(first..last).unwrap_or_default()
}

/// Gives the byte that Windows-1252 or Latin-1 has for a character.
fn latin_byte(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    bytes
        .first()
        .copied()
        .filter(|_| !failed && bytes.len() == 1)
}

/// Decodes bytes as UTF-8 if they are so without an error and hold Chinese, be it after another
/// round.
fn utf8_pieces(source: &[(u8, usize, usize)], depth: usize) -> Option<Vec<Piece>> {
    let bytes: Vec<u8> = source.iter().map(|&(byte, _, _)| byte).collect();
    let decoded = std::str::from_utf8(&bytes).ok()?;
    let places = decoded.char_indices().map(|(at, c)| {
        let start = source.get(at).map_or(0, |&(_, start, _)| start);
        let last = source.get(at + c.len_utf8() - 1);
        (c, start..last.map_or(start, |&(_, _, end)| end))
    });
    let pieces: Vec<Piece> = places.collect();
    if decoded.chars().any(is_chinese) {
        return Some(pieces);
    }
    if depth + 1 == MAX_DEPTH || decoded.is_ascii() {
        return None;
    }
    let again: Option<Source> = pieces
        .iter()
        .map(|(c, span)| latin_byte(*c).map(|byte| (byte, span.start, span.end)))
        .collect();
    utf8_pieces(&again?, depth + 1)
}

fn is_chinese(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3001}'..='\u{3011}' | '\u{FF01}'..='\u{FF5E}')
}

/// Decodes bytes as GBK if all high ones come in pairs of common Chinese characters and marks.
fn gbk_pieces(source: &[(u8, usize, usize)]) -> Option<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut row, mut longest) = (0, 0);
    let mut bytes = source.iter();
    while let Some(&(lead, start, end)) = bytes.next() {
        if lead.is_ascii() {
            pieces.push((char::from(lead), start..end));
            row = 0;
            continue;
        }
        let &(trail, _, end) = bytes.next()?;
        let c = codec::decode(lead, trail).filter(|_| is_common(lead, trail))?;
        pieces.push((c, start..end));
        row += 2;
        longest = longest.max(row);
    }
    (longest >= MIN_GBK && pieces.iter().any(|&(c, _)| is_han(c))).then_some(pieces)
}

/// Level 1 of GB 2312, and its marks.
fn is_common(lead: u8, trail: u8) -> bool {
    trail >= 0xA1 && matches!(lead, 0xA1 | 0xA3 | 0xB0..=0xD7)
}

/// Decodes a line of UTF-8 that was read as GBK. A character has three bytes, so that an odd number
/// of them leaves a byte over, which the wrong decoding lost: a hole.
fn misread_line(line: &str, offset: usize) -> Option<Edit> {
    let misread = line.chars().filter(|&c| is_misread(c)).count();
    let count = line.chars().count();
    if count < MIN_MISREAD
        || misread * 6 < line.chars().filter(|&c| is_han(c)).count()
        || misread == 0
    {
        return None;
    }
    let mut source: Source = Vec::with_capacity(count * 2);
    for (at, c) in line.char_indices() {
        let (start, end) = (offset + at, offset + at + c.len_utf8());
        match codec::encode(c) {
            Some(codec::Encoded::One(b'?')) | None => source.push((0xFF, start, end)),
            Some(codec::Encoded::One(byte)) => source.push((byte, start, end)),
            Some(codec::Encoded::Two(lead, trail)) => {
                source.extend([(lead, start, end), (trail, start, end)]);
            }
        }
    }
    let (pieces, good, lost) = lossy_pieces(&source);
    let accepted = good >= 2 && lost * 6 <= good && good * 2 > count / 2;
    let span = offset..offset + line.len();
    accepted.then_some(Edit {
        kind: RepairKind::Mojibake,
        span,
        pieces,
    })
}

/// Decodes bytes as UTF-8, invalid ones as holes; counts Chinese characters and holes.
fn lossy_pieces(source: &[(u8, usize, usize)]) -> (Vec<Piece>, usize, usize) {
    let bytes: Vec<u8> = source.iter().map(|&(byte, _, _)| byte).collect();
    let (mut pieces, mut good, mut lost, mut at) = (Vec::new(), 0, 0, 0);
    let place = |at: usize, length: usize| {
        let start = source.get(at).map_or(0, |&(_, start, _)| start);
        start
            ..source
                .get(at + length - 1)
                .map_or(start, |&(_, _, end)| end)
    };
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            pieces.push((c, place(at, c.len_utf8())));
            good += usize::from(is_chinese(c));
            at += c.len_utf8();
        }
        let invalid = chunk.invalid().len();
        if invalid > 0 {
            let span = place(at, invalid);
            match pieces.last_mut() {
                Some((char::REPLACEMENT_CHARACTER, last)) => last.end = span.end,
                Some(_) | None => {
                    pieces.push((char::REPLACEMENT_CHARACTER, span));
                    lost += 1;
                }
            }
            at += invalid;
        }
    }
    (pieces, good, lost)
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
