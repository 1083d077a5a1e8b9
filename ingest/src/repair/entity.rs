//! Takes a text, returns the decoding of character references that were left in it.

use super::edit::{Edit, RepairKind};

/// Names of HTML's first set and those of marks; `&` alone, as in 研究&开发, is none of them.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("apos", '\''),
    ("bull", '•'),
    ("cap", '∩'),
    ("copy", '©'),
    ("deg", '°'),
    ("divide", '÷'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("ge", '≥'),
    ("gt", '>'),
    ("hellip", '…'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("le", '≤'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("minus", '−'),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("permil", '‰'),
    ("plusmn", '±'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rarr", '→'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsquo", '’'),
    ("sect", '§'),
    ("shy", '\u{AD}'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("thinsp", '\u{2009}'),
    ("times", '×'),
    ("trade", '™'),
    ("yen", '¥'),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
];

/// Longest reference: `#x10FFFF` without its marks.
const MAX_LENGTH: usize = 9;

/// Decodes them; `&amp;nbsp;`, encoded twice, too.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut done = 0;
    for (byte, _) in text.match_indices('&') {
        if byte < done {
            continue;
        }
        if let Some((c, end)) = text.get(byte..).and_then(decode) {
            done = byte + end;
            edits.push(Edit::replace(RepairKind::Entity, byte..done, c));
        }
    }
    edits
}

/// Decodes the reference at the start of a text, and tells where it ends.
fn decode(text: &str) -> Option<(char, usize)> {
    let mut start = 1;
    let mut rest = text.get(start..)?;
    while let Some(again) = rest
        .strip_prefix("amp;")
        .filter(|again| body(again).is_some())
    {
        start += "amp;".len();
        rest = again;
    }
    let (c, length) = body(rest)?;
    Some((c, start + length + 1))
}

/// Decodes what stands between `&` and `;`, and gives its length.
fn body(text: &str) -> Option<(char, usize)> {
    let end = text
        .bytes()
        .take(MAX_LENGTH + 1)
        .position(|byte| byte == b';')?;
    let name = text.get(..end)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')?
    } else {
        let index = NAMED.binary_search_by_key(&name, |&(name, _)| name).ok()?;
        NAMED.get(index)?.1
    };
    Some((c, end))
}
