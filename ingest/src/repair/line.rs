//! Takes a text, returns the removal of line breaks, and of the empty lines with them, that lie
//! inside a sentence.
//!
//! A line that was broken is long or holds whole sentences before its last, unfinished one; a
//! headline, a byline or a label is short and holds none.

use std::ops::Range;

use super::edit::{Edit, RepairKind};
use super::words::Words;
use crate::normalise::is_han;

/// A line without a whole sentence in it must have so many characters to be a broken one.
const LONG: usize = 60;
/// A line that ends with a comma must have so many.
const COMMA_LONG: usize = 15;
/// What follows the last whole sentence must be so long, since a signature may stand there, and so
/// long if no comma is in it.
const TAIL: usize = 6;
const PLAIN_TAIL: usize = 14;
/// A colon within so many characters makes the beginning of a line a label or a speaker.
const LABEL: usize = 12;

/// Widths in half-width columns between which text is wrapped, lines that reach the width, and the
/// columns by which they may miss it.
const WRAP: Range<usize> = 40..161;
const WRAPPED_LINES: usize = 5;
const RAGGED: usize = 2;
/// Columns that the first line of a paragraph is indented by.
const INDENT: usize = 4;

/// Removes those of a text that was wrapped at one width.
pub(super) fn wrapped(text: &str) -> Vec<Edit> {
    let lines = lines(text);
    // Curly quotes and toned letters have one column or two, as the program that wrapped it took them.
    let widths = [1, 2].map(|ambiguous| Widths { ambiguous });
    let found = widths
        .into_iter()
        .filter_map(|widths| Some((widths, widths.wrap(&lines)?)));
    match found.max_by_key(|&(_, (_, full))| full) {
        Some((widths, (wrap, _))) => {
            joins(&lines, |line, next| is_wrapped(line, next, widths, wrap))
        }
        None => Vec::new(),
    }
}

/// Removes the others.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    joins(&lines(text), is_broken)
}

fn joins(lines: &[Line<'_>], joined: impl Fn(&Line<'_>, &Line<'_>) -> bool) -> Vec<Edit> {
    let pairs = lines.windows(2).filter_map(|pair| match pair {
        [line, next] if joined(line, next) => Some(join(line, next)),
        _ => None,
    });
    pairs.collect()
}

/// A line that is not empty.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    /// Without blanks at its ends.
    text: &'t str,
    start: usize,
    end: usize,
    /// Whether an empty line stands before.
    apart: bool,
    /// Whether blanks stand before.
    indented: bool,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut at, mut apart) = (0, false);
    for whole in text.split_inclusive('\n') {
        let trimmed = whole.trim_end();
        let body = trimmed.trim_start();
        if body.is_empty() {
            apart = true;
        } else {
            let start = at + trimmed.len() - body.len();
            let indented = start > at;
            lines.push(Line {
                text: body,
                start,
                end: at + trimmed.len(),
                apart,
                indented,
            });
            apart = false;
        }
        at += whole.len();
    }
    lines
}

/// Between two Latin words the break was a blank.
fn join(line: &Line<'_>, next: &Line<'_>) -> Edit {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let gap = line.end..next.start;
    if latin(line.text.chars().next_back()) && latin(next.text.chars().next()) {
        return Edit::replace(RepairKind::BrokenLine, gap, ' ');
    }
    Edit::remove(RepairKind::BrokenLine, gap)
}

/// Tells whether a line was ended only because the next word did not fit.
fn is_wrapped(line: &Line<'_>, next: &Line<'_>, widths: Widths, wrap: usize) -> bool {
    let (Some(last), Some(first)) = (line.text.chars().next_back(), next.text.chars().next())
    else {
        return false;
    };
    if next.apart || next.indented || line.text.contains('\t') || next.text.contains('\t') {
        return false;
    }
    // A mark that opens may stand anywhere in a line.
    let anew = (ends_sentence(last) || !opens(first)) && begins_anew(next.text, first);
    !anew && widths.fills(line, next, wrap)
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '（' | '【' | '[' | '〔' | '「' | '“' | '"' | '《')
}

fn is_broken(line: &Line<'_>, next: &Line<'_>) -> bool {
    let (Some(last), Some(first)) = (line.text.chars().next_back(), next.text.chars().next())
    else {
        return false;
    };
    if ends_sentence(last) || line.text.contains('\t') || next.text.contains('\t') {
        return false;
    }
    if closes(first) {
        return line.text.chars().take(LABEL).count() == LABEL;
    }
    if begins_anew(next.text, first) {
        return false;
    }
    if matches!(last, '，' | ',' | '、') {
        return line.text.chars().take(COMMA_LONG).count() == COMMA_LONG;
    }
    continues(last)
        && continues(first)
        && has_mark(next.text)
        && match tail(line.text) {
            Tail::Signature => false,
            Tail::Unfinished => true,
            Tail::Short => cuts_a_word(line.text, next.text),
        }
}

/// Tells whether a word of the dictionary lies across the break.
fn cuts_a_word(line: &str, next: &str) -> bool {
    let mut end: Vec<char> = line
        .chars()
        .rev()
        .take(LABEL)
        .take_while(|&c| is_han(c))
        .collect();
    end.reverse();
    let start: String = next
        .chars()
        .take(LABEL)
        .take_while(|&c| is_han(c))
        .collect();
    Words::get().joins(&end.into_iter().collect::<String>(), &start)
}

/// What follows the last whole sentence of a line.
enum Tail {
    /// A sentence that goes on.
    Unfinished,
    /// Too little to say.
    Short,
    /// A name, a label, or a line without a whole sentence: a headline.
    Signature,
}

fn tail(line: &str) -> Tail {
    const ENDS: [char; 7] = ['。', '！', '？', '；', ';', '?', '!'];
    let at = line.rfind(ENDS);
    let whole = at.is_some();
    let tail: Vec<char> = at
        .and_then(|at| line.get(at..))
        .unwrap_or(line)
        .chars()
        .skip(usize::from(whole))
        .collect();
    if tail.iter().any(|c| c.is_whitespace()) || is_label(&tail) {
        return Tail::Signature;
    }
    let comma = tail.iter().any(|c| matches!(c, '，' | ',' | '、'));
    let long = if whole {
        tail.len() >= PLAIN_TAIL || tail.len() >= TAIL && comma
    } else {
        tail.len() >= LONG && comma
    };
    match (long, whole) {
        (true, _) => Tail::Unfinished,
        (false, true) => Tail::Short,
        (false, false) => Tail::Signature,
    }
}

fn is_label(text: &[char]) -> bool {
    text.iter().take(LABEL).any(|c| matches!(c, ':' | '：'))
        && !text
            .iter()
            .take_while(|c| !matches!(c, ':' | '：'))
            .any(|c| matches!(c, ',' | '，' | '、'))
}

/// Tells whether a line begins something of its own: an item, a signature, a speaker, a credit.
fn begins_anew(line: &str, first: char) -> bool {
    if opens(first) || matches!(first, '—' | '-') {
        return true;
    }
    let start: Vec<char> = line.chars().take(LABEL).collect();
    let numbered = start
        .iter()
        .position(|c| !(c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)))
        .is_some_and(|at| at > 0 && matches!(start.get(at), Some('、' | '.' | '．' | ')' | '）')));
    numbered
        || is_label(&start)
        || first == '第'
            && start
                .iter()
                .any(|c| matches!(c, '章' | '节' | '節' | '条' | '條'))
}

fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '；'
            | '：'
            | '…'
            | '”'
            | '’'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '.'
            | '!'
            | '?'
            | ';'
            | ':'
            | ')'
            | ']'
            | '>'
            | '"'
    )
}

/// Marks that cannot begin a line.
fn closes(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '”'
            | '’'
            | '》'
            | '）'
            | '」'
            | '』'
            | '%'
            | '％'
    )
}

fn continues(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '０'..='９')
}

fn has_mark(line: &str) -> bool {
    line.contains(['，', '。', '；', '、', ','])
}

/// How wide characters are, in half-width columns.
#[derive(Debug, Clone, Copy)]
struct Widths {
    /// Those that are neither ASCII nor East Asian.
    ambiguous: usize,
}

impl Widths {
    /// Gives the width at which the text was wrapped, and how many lines it filled: the next line's
    /// first word would not fit many lines, and none goes beyond.
    fn wrap(self, lines: &[Line<'_>]) -> Option<(usize, usize)> {
        let last = |line: &Line<'_>| line.text.chars().next_back();
        let open = |line: &&Line<'_>| last(line).is_some_and(|c| !ends_sentence(c));
        if lines.len() < WRAPPED_LINES || lines.iter().filter(open).count() < WRAPPED_LINES {
            return None;
        }
        let widest = lines.iter().map(|line| self.line(line)).max()?;
        let pairs = lines.windows(2).filter(|pair| match pair {
            [line, next] => !next.apart && self.fills(line, next, widest),
            _ => false,
        });
        let full = pairs.count();
        let wrapped = WRAP.contains(&widest) && full >= WRAPPED_LINES && full * 2 >= lines.len();
        wrapped.then_some((widest, full))
    }

    fn fills(self, line: &Line<'_>, next: &Line<'_>, wrap: usize) -> bool {
        self.line(line) + self.text(first_word(next.text)) + RAGGED > wrap
    }

    fn line(self, line: &Line<'_>) -> usize {
        self.text(line.text) + if line.indented { INDENT } else { 0 }
    }

    fn text(self, text: &str) -> usize {
        let width = |c: char| match c {
            '\0'..='\u{7F}' => 1,
            '\u{2E80}'.. => 2,
            _ => self.ambiguous,
        };
        text.chars().map(width).sum()
    }
}

/// Gives what is not broken at the start of a line: a number or a Latin word, or one character, with
/// the marks that cannot begin a line.
fn first_word(text: &str) -> &str {
    let latin = |c: &char| !is_han(*c) && (c.is_alphanumeric() || matches!(c, '.' | '%'));
    let opening = text.chars().take_while(|&c| opens(c) || c == '‘').count();
    let word = text.chars().skip(opening).take_while(latin).count().max(1);
    let head = text.chars().skip(opening + word).take_while(|&c| closes(c));
    let end = text.char_indices().nth(opening + word + head.count());
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
