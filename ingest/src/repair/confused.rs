//! Takes a text, returns lines of GBK that were read as Big5, or the other way round, decoded again.

use super::codec::{Encoded, Page};
use super::edit::{Edit, Piece, RepairKind};
use crate::read::plausibility;

/// A text that looks less like Chinese may have been read in the wrong code page; one that was read
/// in the right one looks more like it.
const DOUBTFUL: f64 = 0.7;
const PLAUSIBLE: f64 = 0.85;
/// Characters from which a text is judged.
const SAMPLE: usize = 600;

/// Tells whether a text looks as if it were read in the wrong code page.
pub(super) fn is_suspect(text: &str) -> bool {
    plausibility(sample(text)) < DOUBTFUL
}

fn sample(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(SAMPLE)
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Decodes every line of the text, if that makes it Chinese.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    [(Page::Gbk, Page::Big5), (Page::Big5, Page::Gbk)]
        .into_iter()
        .find_map(|(right, wrong)| decoded(text, right, wrong))
        .unwrap_or_default()
}

fn decoded(text: &str, right: Page, wrong: Page) -> Option<Vec<Edit>> {
    let first: String = pieces(sample(text), 0, right, wrong)
        .into_iter()
        .map(|(c, _)| c)
        .collect();
    if plausibility(&first) < PLAUSIBLE {
        return None;
    }
    let mut edits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        if !body.is_ascii() {
            edits.push(Edit {
                kind: RepairKind::Mojibake,
                span: start..start + body.len(),
                pieces: pieces(body, start, right, wrong),
            });
        }
        start += line.len();
    }
    Some(edits)
}

/// Decodes characters by their bytes in the wrong code page.
fn pieces(text: &str, offset: usize, right: Page, wrong: Page) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(text.len());
    let mut pending: Option<(u8, usize)> = None;
    for (at, c) in text.char_indices() {
        let (start, end) = (offset + at, offset + at + c.len_utf8());
        let (bytes, count) = match wrong.encode(c) {
            Some(Encoded::One(byte)) => ([byte, 0], 1),
            Some(Encoded::Two(lead, trail)) => ([lead, trail], 2),
            None => {
                pending = None;
                pieces.push((char::REPLACEMENT_CHARACTER, start..end));
                continue;
            }
        };
        for byte in bytes.into_iter().take(count) {
            match pending.take() {
                Some((lead, from)) => match right.decode(lead, byte) {
                    Some(c) => pieces.push((c, from..end)),
                    None => {
                        pieces.push((char::REPLACEMENT_CHARACTER, from..end));
                        if byte.is_ascii() {
                            pieces.push((char::from(byte), start..end));
                        }
                    }
                },
                None if byte.is_ascii() => pieces.push((char::from(byte), start..end)),
                None => pending = Some((byte, start)),
            }
        }
    }
    if let Some((_, from)) = pending {
        pieces.push((char::REPLACEMENT_CHARACTER, from..offset + text.len()));
    }
    pieces
}
