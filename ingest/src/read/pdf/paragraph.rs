//! Takes the lines of pages, returns paragraphs, each a line.

use super::layout::Line;

/// A line that ends nearer than this to the right margin is full, in ems.
const FULL: f32 = 2.2;

/// A line that starts further than this from the left margin is indented, in ems.
const INDENT: f32 = 0.9;

/// Sizes of one paragraph differ no more.
const SAME_SIZE: f32 = 1.12;

/// A gap above a line that is this much more than usual parts paragraphs.
const APART: f32 = 1.45;

/// Joins lines that a paragraph was broken into, across pages too.
pub(super) fn join(pages: &[Vec<Line>]) -> String {
    let margins = Margins::of(pages);
    let mut text = String::new();
    let mut last: Option<(usize, &Line)> = None;
    for (number, line) in pages
        .iter()
        .enumerate()
        .flat_map(|(number, page)| page.iter().map(move |line| (number, line)))
    {
        let joined =
            last.is_some_and(|(page, before)| margins.joined(before, line, page == number));
        if joined {
            glue(&mut text, &line.text);
        } else {
            if last.is_some() {
                text.push('\n');
            }
            text.push_str(&line.text);
        }
        last = Some((number, line));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Where most lines start and end.
#[derive(Debug)]
struct Margins {
    left: f32,
    right: f32,
    /// Usual distance of baselines.
    leading: f32,
}

impl Margins {
    fn of(pages: &[Vec<Line>]) -> Self {
        let starts: Vec<f32> = pages.iter().flatten().map(|line| line.x).collect();
        let ends: Vec<f32> = pages.iter().flatten().map(|line| line.end).collect();
        let gap = |pair: &[Line]| match pair {
            [above, below] => Some(above.y - below.y).filter(|gap| *gap > 0.0),
            _ => None,
        };
        let gaps = pages
            .iter()
            .flat_map(|page| page.windows(2).filter_map(gap))
            .collect();
        Self {
            left: most_common(starts).unwrap_or(0.0),
            right: most_common(ends).unwrap_or(f32::MAX),
            leading: most_common(gaps).unwrap_or(f32::MAX),
        }
    }

    fn joined(&self, above: &Line, below: &Line, same_page: bool) -> bool {
        let em = above.size.min(below.size);
        let alike = above.size.max(below.size) / em.max(0.1) < SAME_SIZE;
        // A column, a cell or a box of its own keeps to its own margins.
        let own = above.x > self.left + em * 4.0;
        let full = above.end > self.right - em * FULL || own && above.end >= below.end - em * FULL;
        let left = if own { above.x } else { self.left };
        let indented = below.x > left + em * INDENT;
        let gap = above.y - below.y;
        let near = !same_page || (gap > -em && gap < self.leading.max(em) * APART);
        alike && full && !indented && near
    }
}

/// Gives the value that most others are near to.
fn most_common(mut values: Vec<f32>) -> Option<f32> {
    const NEAR: f32 = 4.0;
    values.sort_by(f32::total_cmp);
    let mut best = (0, None);
    let mut start = 0;
    for (end, &value) in values.iter().enumerate() {
        while values.get(start).is_some_and(|&first| value - first > NEAR) {
            start += 1;
        }
        if end - start >= best.0 {
            best = (end - start, Some(value));
        }
    }
    best.1
}

/// Adds a line to the paragraph that it continues.
fn glue(text: &mut String, line: &str) {
    let before = text.chars().next_back();
    let after = line.chars().next();
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let mut ends = text.chars().rev();
    match (ends.next(), ends.next()) {
        (Some('-' | '\u{AD}'), Some(letter))
            if letter.is_ascii_alphabetic() && is_letter(after) =>
        {
            text.pop();
        }
        _ if is_letter(before) && is_letter(after) => text.push(' '),
        _ => {}
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x: f32, y: f32, end: f32) -> Line {
        Line {
            text: text.to_owned(),
            x,
            y,
            end,
            size: 10.0,
        }
    }

    #[test]
    fn broken_lines_are_joined() {
        let pages = vec![
            vec![
                line("题目", 80.0, 200.0, 120.0),
                line("第一段开头，", 40.0, 180.0, 200.0),
                line("第一段中间，", 20.0, 164.0, 200.0),
                line("第一段完。", 20.0, 148.0, 90.0),
                line("第二段 inter-", 40.0, 132.0, 198.0),
            ],
            vec![
                line("national 开头，", 20.0, 200.0, 199.0),
                line("完。", 20.0, 184.0, 40.0),
            ],
        ];
        let expected =
            "题目\n第一段开头，第一段中间，第一段完。\n第二段 international 开头，完。\n";
        assert_eq!(join(&pages), expected);
    }

    #[test]
    fn glue_knows_scripts() {
        for (before, after, whole) in [
            ("甲", "乙", "甲乙"),
            ("red", "site", "red site"),
            ("增长12", "%", "增长12%"),
            ("20-", "30", "20-30"),
        ] {
            let mut text = before.to_owned();
            glue(&mut text, after);
            assert_eq!(text, whole);
        }
    }
}
