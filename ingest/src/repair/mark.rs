//! Takes a text, returns the removal of marks that stand twice, once in each width: `，,`.

use super::edit::{Edit, RepairKind};

/// Drops the half-width mark of a pair, or the second of two same commas.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut before = ' ';
    let mut before_at = 0;
    for (byte, c) in text.char_indices() {
        let span = byte..byte + c.len_utf8();
        if is_twice(before, c) {
            edits.push(Edit::remove(RepairKind::DoubledMark, span));
            continue;
        }
        if is_full(c) && is_twice(c, before) {
            edits.push(Edit::remove(RepairKind::DoubledMark, before_at..byte));
        }
        before = c;
        before_at = byte;
    }
    edits
}

/// Tells whether two characters in a row say what one says.
pub(super) fn is_doubled(first: char, second: char) -> bool {
    is_twice(first, second) || is_full(second) && is_twice(second, first)
}

fn is_full(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！')
}

/// Tells whether the second mark says nothing that the first does not; `。。。` and `！！` are meant.
fn is_twice(first: char, second: char) -> bool {
    match first {
        '，' => matches!(second, ',' | '，'),
        '。' => second == ',',
        '、' => matches!(second, ',' | '、'),
        '；' => matches!(second, ';' | '；'),
        '：' => matches!(second, ':' | '：'),
        '？' => second == '?',
        '！' => second == '!',
        _ => false,
    }
}
