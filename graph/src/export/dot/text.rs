//! Takes a text, returns it as a DOT string.

/// Most lines of a name in a node.
const LINES: usize = 3;
/// Width of a line in units of half a Chinese character.
const WIDTH: usize = 20;

/// Quotes a text: backslash, quote and `&` (Graphviz reads entities) keep their meaning, line
/// breaks become `\n`, other control characters blanks.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '&' => quoted.push_str("&amp;"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Breaks a name into lines that fit a node; what does not fit in three ends in `…`.
pub(super) fn wrap(text: &str) -> String {
    let total: usize = text.chars().map(width).sum();
    // Lines of equal length look better than a full one and a rest.
    let lines = total.div_ceil(WIDTH).clamp(1, LINES);
    let target = total.div_ceil(lines).clamp(1, WIDTH);
    let mut wrapped = String::new();
    let (mut line, mut used) = (1, 0);
    for c in text.chars() {
        // A closing mark never opens a line.
        if used > 0 && used + width(c) > target + 1 && !"”’》）、，。：；·".contains(c)
        {
            if line == LINES {
                wrapped.push('…');
                break;
            }
            wrapped.push('\n');
            (line, used) = (line + 1, 0);
        }
        wrapped.push(c);
        used += width(c);
    }
    wrapped
}

fn width(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}
