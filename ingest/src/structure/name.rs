//! Takes a stretch of a line, tells whether it is nothing but names of people.

use ontology::record::Span;

use super::Labels;
use super::sentence::trim;
use crate::normalise::is_han;

/// Longest list of names, in characters.
const LONGEST: usize = 24;

/// Tells whether a word has the form of a full name: two to four characters, a surname first.
pub(super) fn is_name(word: &str, labels: &Labels) -> bool {
    has_length(word) && labels.has_surname(word)
}

fn has_length(word: &str) -> bool {
    (2..=4).contains(&word.chars().count()) && word.chars().all(is_han)
}

/// Tells whether a line is two or more names between blanks or 、, and nothing else.
///
/// Names of minorities have no surname, so that half of the words must have one.
pub(super) fn are_names(slice: &str, labels: &Labels) -> bool {
    let words = words(slice);
    let known = words.iter().filter(|word| labels.has_surname(word)).count();
    slice.chars().count() <= LONGEST
        && words.len() > 1
        && words.iter().all(|word| has_length(word))
        && known * 2 >= words.len()
}

/// Splits at blanks and 、; two single characters in a row are one name that was spaced out.
fn words(slice: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for word in slice.split([' ', '、']).filter(|word| !word.is_empty()) {
        let single = word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if single && open => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        open = single && !open;
    }
    words
}

/// Tells whether a line ends with a post, a blank and a name, and holds nothing else (某县县长 某某).
pub(super) fn is_titled(slice: &str, labels: &Labels) -> bool {
    let Some((post, name)) = slice.trim().rsplit_once(' ') else {
        return false;
    };
    slice.chars().count() <= LONGEST * 2
        && is_name(name, labels)
        && labels.ends_like("post", post.trim())
        && !post.contains(['，', '。', '：'])
}

/// Finds the names that alone make up a bracket at the end of a paragraph: 。（某某 某某）
pub(super) fn closing_bracket(text: &str, line: Span, labels: &Labels) -> Option<Span> {
    let inside = line.of(text).strip_suffix('）')?;
    let (before, inside) = inside.rsplit_once('（')?;
    let start = line.start + before.len() + '（'.len_utf8();
    let alone = before.is_empty() || before.trim_end().ends_with(['。', '！', '？', '”']);
    let named = are_names(inside, labels) || is_name(inside.trim(), labels);
    (alone && named).then(|| trim(text, Span::new(start, start + inside.len())))
}
