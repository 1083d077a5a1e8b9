//! Takes a text, returns blanks for rows of question marks: an encoding without the no-break space
//! puts `?` for it.

use super::edit::{Edit, RepairKind};

/// One question mark may be a question; so many in a row, in a text that has several such rows, are
/// lost blanks.
const ROW: usize = 2;
/// Rows that a text must have.
const ROWS: usize = 3;

/// Makes the marks blanks.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let rows = rows(text);
    if rows.len() < ROWS {
        return Vec::new();
    }
    let blanks = |(start, end): (usize, usize)| Edit {
        kind: RepairKind::Blank,
        span: start..end,
        pieces: (start..end).map(|byte| (' ', byte..byte + 1)).collect(),
    };
    rows.into_iter().map(blanks).collect()
}

fn rows(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((start, byte)) = bytes.next() {
        if byte != b'?' {
            continue;
        }
        let mut end = start + 1;
        while bytes.next_if(|&(_, byte)| byte == b'?').is_some() {
            end += 1;
        }
        if end - start >= ROW {
            found.push((start, end));
        }
    }
    found
}
