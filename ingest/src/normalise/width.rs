//! One form for characters that differ in width or shape only; always one character for one.

/// Gives the normal form of a character: full-width letters and digits become ASCII, corner
/// brackets become curly quotes, small and half-width forms of Chinese marks become full-width,
/// blanks become the space. None: the character is invisible and to be dropped.
pub(super) fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{200B}'..='\u{200F}'
        | '\u{2060}'
        | '\u{FEFF}'
        | '\u{00AD}'
        | '\u{202A}'..='\u{202E}' => {
            return None;
        }
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => shifted(c),
        '\u{00A0}' | '\u{3000}' | '\u{2002}'..='\u{200A}' | '\t' => ' ',
        '「' | '﹁' | '〝' => '“',
        '」' | '﹂' | '〞' | '〟' => '”',
        '『' | '﹃' => '‘',
        '』' | '﹄' => '’',
        '﹐' => '，',
        '﹑' | '､' => '、',
        '﹒' | '｡' => '。',
        '﹔' => '；',
        '﹕' => '：',
        '﹖' => '？',
        '﹗' => '！',
        '％' | '﹪' => '%',
        '．' => '.',
        '＋' | '﹢' => '+',
        '－' | '﹣' | '−' => '-',
        '〈' | '﹤' => '《',
        '〉' | '﹥' => '》',
        '•' | '‧' | '・' | '･' => '·',
        '○' | '◯' => '〇',
        _ => c,
    })
}

/// Tells whether a character is in its normal form whatever stands beside it.
pub(super) fn is_folded(c: char) -> bool {
    match c {
        '\n' | ' ' | '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{3400}'..='\u{9FFF}' => true,
        ',' | ':' | ';' | '?' | '!' | '(' | ')' | '.' => false,
        _ => fold(c) == Some(c),
    }
}

fn shifted(c: char) -> char {
    /// Distance of a full-width form from its ASCII character.
    const SHIFT: u32 = 0xFEE0;
    u32::from(c)
        .checked_sub(SHIFT)
        .and_then(char::from_u32)
        .unwrap_or(c)
}

/// Gives the Chinese mark for an ASCII mark that stands beside a Chinese character, not between
/// digits or letters (10,000 and 7:30 stay).
pub(super) fn chinese_mark(before: Option<char>, c: char, after: Option<char>) -> char {
    let ascii = |neighbour: Option<char>| neighbour.is_some_and(|n| n.is_ascii_alphanumeric());
    let full = match c {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        '.' if before.is_some_and(is_han) && !ascii(after) => return '。',
        _ => return c,
    };
    if ascii(before) && ascii(after) {
        c
    } else {
        full
    }
}

/// Tells whether a character is a Chinese character (or 〇).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '〇')
}
