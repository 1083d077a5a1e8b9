//! Takes a text, returns the removal of characters that cannot be seen or that only a font of the
//! page could show.

use super::edit::{Edit, RepairKind};
use crate::normalise::is_han;

/// Tells whether a character is zero-width, directional, a soft hyphen, private or a control character
/// that neither parts words nor lines.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{1}'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'
        | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        || is_private(c)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

/// GB18030 has the ideographic blank once more in its private area.
const PRIVATE_BLANK: char = '\u{E5E5}';

/// Removes those that are not private.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let invisible = text
        .char_indices()
        .filter(|&(_, c)| is_invisible(c) && !is_private(c));
    invisible
        .map(|(byte, c)| Edit::remove(RepairKind::Invisible, byte..byte + c.len_utf8()))
        .collect()
}

/// Removes private ones; one between Chinese characters is a character of a name that only the
/// site's font could show: a hole.
pub(super) fn private(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((byte, c)) = chars.next() {
        let span = byte..byte + c.len_utf8();
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        if c == PRIVATE_BLANK {
            edits.push(Edit::replace(RepairKind::Invisible, span, '\u{3000}'));
        } else if is_private(c) && is_han(before) && is_han(after) {
            edits.push(Edit::replace(
                RepairKind::Lost,
                span,
                char::REPLACEMENT_CHARACTER,
            ));
        } else if is_private(c) {
            edits.push(Edit::remove(RepairKind::Invisible, span));
        }
        before = c;
    }
    edits
}
