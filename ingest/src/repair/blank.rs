//! Question marks that stand for blanks: an encoding without the no-break space puts `?` for it.

/// One question mark may be a question; so many in a row, in a text that has several such rows, are
/// lost blanks.
const ROW: usize = 2;
/// Rows that a text must have.
const ROWS: usize = 3;

/// Makes the marks blanks; tells whether there were any.
pub(super) fn restore(chars: &mut [(char, usize)]) -> bool {
    let rows: Vec<(usize, usize)> = rows(chars);
    if rows.len() < ROWS {
        return false;
    }
    for (start, end) in rows {
        for (c, _) in chars.iter_mut().take(end).skip(start) {
            *c = ' ';
        }
    }
    true
}

fn rows(chars: &[(char, usize)]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(at) = chars.iter().skip(start).position(|&(c, _)| c == '?') {
        let first = start + at;
        let length = chars.iter().skip(first).take_while(|&&(c, _)| c == '?').count();
        if length >= ROW {
            found.push((first, first + length));
        }
        start = first + length;
    }
    found
}

#[cfg(test)]
mod tests {
    fn check(input: &str, expected: &str) {
        let repaired = super::super::repair(input);
        let text: String = repaired.chars.iter().map(|&(c, _)| c).collect();
        assert_eq!(text, expected);
    }

    #[test]
    fn rows_of_question_marks_are_blanks_and_questions_stay() {
        check("县长??张三????来源??网站", "县长  张三    来源  网站");
        check("真的??是吗?", "真的??是吗?");
    }
}
