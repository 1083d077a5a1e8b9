//! Takes a text, returns stretches that were decoded in another encoding than their own, decoded
//! again: UTF-8 read as Latin-1 (once or twice), and GBK read as Latin-1.
//!
//! The bytes of UTF-8 follow a strict pattern, so that a stretch which comes out as valid UTF-8 with
//! Chinese characters hardly does so by chance; GBK has no such pattern and needs longer stretches
//! of common characters.

use encoding_rs::WINDOWS_1252;

use super::codec::Page;
use super::edit::{Edit, Piece, RepairKind};
use crate::normalise::is_han;
use crate::read::plausibility;

/// Shortest stretch of Latin letters that may be GBK: no language has so many accented letters in
/// a row.
const MIN_GBK: usize = 4;
/// What is decoded as GBK must look so much like Chinese: a rare character in a name, not more.
const PLAUSIBLE: f64 = 0.8;
/// How often a text may have been decoded wrongly.
const MAX_DEPTH: usize = 3;

/// Decodes what was misread, line by line.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        latin_stretches(body, start, &mut edits);
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

pub(super) fn is_chinese(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3001}'..='\u{3011}' | '\u{FF01}'..='\u{FF5E}')
}

/// Decodes bytes as GBK if all high ones come in pairs, nearly all of them common Chinese characters
/// and marks.
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
        pieces.push((Page::Gbk.decode(lead, trail)?, start..end));
        row += 2;
        longest = longest.max(row);
    }
    let text: String = pieces.iter().map(|&(c, _)| c).collect();
    let chinese = pieces.iter().any(|&(c, _)| is_han(c)) && plausibility(&text) >= PLAUSIBLE;
    (longest >= MIN_GBK && chinese).then_some(pieces)
}
