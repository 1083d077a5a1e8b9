//! Takes the glyphs of a page, returns its lines of text.

use super::content::Glyph;

/// A line of text on a page; units are points, y grows upwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) end: f32,
    pub(super) size: f32,
}

/// Glyphs belong to one line if their baselines are not further apart, in ems.
const SAME_LINE: f32 = 0.45;

/// A gap that is a blank between characters that are written without blanks, in ems. Below it lies
/// the gap that typesetters put between Han characters and digits.
const WIDE_GAP: f32 = 0.6;

/// A gap that is a blank between letters, in ems.
const GAP: f32 = 0.18;

/// A gap between the cells of a table, in ems.
const CELL: f32 = 3.0;

/// Gives the lines in the order in which they are drawn.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for glyph in glyphs {
        // Bold type made by printing twice.
        let twice = last.is_some_and(|last| {
            last.text == glyph.text
                && (last.x - glyph.x).abs() < glyph.size * 0.1
                && (last.y - glyph.y).abs() < glyph.size * 0.1
        });
        if twice {
            continue;
        }
        match lines.last_mut().filter(|line| continues(line, glyph)) {
            Some(line) => append(line, glyph),
            None => lines.push(Line {
                text: glyph.text.clone(),
                x: glyph.x,
                y: glyph.y,
                end: glyph.end,
                size: glyph.size,
            }),
        }
        last = Some(glyph);
    }
    for line in &mut lines {
        trim(line);
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Stands for a page that cannot be read: a hole in the text.
pub(super) fn hole() -> Vec<Line> {
    let text = char::REPLACEMENT_CHARACTER.to_string();
    vec![Line {
        text,
        x: 0.0,
        y: 0.0,
        end: 0.0,
        size: 1.0,
    }]
}

fn continues(line: &Line, glyph: &Glyph) -> bool {
    let em = line.size.max(glyph.size);
    (line.y - glyph.y).abs() < em * SAME_LINE && glyph.x > line.end - em
}

fn append(line: &mut Line, glyph: &Glyph) {
    let gap = (glyph.x - line.end) / glyph.size.min(line.size).max(0.1);
    let before = line.text.chars().next_back();
    let after = glyph.text.chars().next();
    let wide = before.is_none_or(|c| !c.is_ascii()) || after.is_none_or(|c| !c.is_ascii());
    let blank = before.is_some_and(char::is_whitespace) || after.is_some_and(char::is_whitespace);
    if gap > CELL {
        line.text.push('\t');
    } else if !blank && gap > if wide { WIDE_GAP } else { GAP } {
        line.text.push(' ');
    }
    line.text.push_str(&glyph.text);
    line.end = line.end.max(glyph.end);
    line.size = line.size.max(glyph.size);
}

/// Takes blanks off both ends; an indent made of them moves the start.
fn trim(line: &mut Line) {
    let blanks = line.text.chars().take_while(|c| c.is_whitespace());
    for blank in blanks {
        line.x += line.size * if blank == '\u{3000}' { 1.0 } else { 0.3 };
    }
    line.text = line.text.trim().to_owned();
}
