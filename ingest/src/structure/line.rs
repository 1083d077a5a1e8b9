//! Lines: which are paragraphs, headings, furniture; who speaks.

use std::collections::BTreeMap;

use ontology::record::Span;

use super::Labels;
use super::sentence::trim;

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Without blanks at its ends.
    pub(super) span: Span,
    /// A paragraph of running text.
    pub(super) body: bool,
    /// A short line without a full stop.
    pub(super) heading: bool,
    /// Part of the page, not of the article.
    pub(super) furniture: bool,
}

/// A paragraph has at least so many characters, or ends like a sentence.
const PARAGRAPH: usize = 50;
/// A heading has at most so many characters.
const HEADING: usize = 45;
/// A speaker's name has at most so many characters.
const SPEAKER: usize = 12;

/// Gives the lines of a text that are not blank.
pub(super) fn lines(text: &str, labels: &Labels) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    for raw in text.split_inclusive(['\n', '\r']) {
        let span = trim(text, Span::new(start, start + raw.len()));
        start += raw.len();
        if !span.is_empty() {
            found.push(classify(text, span, labels));
        }
    }
    found
}

fn classify(text: &str, span: Span, labels: &Labels) -> Line {
    let slice = span.of(text);
    let length = slice.chars().count();
    let furniture = labels.is_furniture(slice);
    let stops = slice.matches(['。', '！', '？', '；']).count();
    let closed = slice.trim_end_matches(['”', '）']).ends_with(['。', '！', '？', '；']);
    let running = length >= PARAGRAPH && (stops > 0 || slice.contains('，'));
    let body = !furniture && (running || (closed && length > 15));
    let heading = !furniture && !body && length <= HEADING && stops == 0;
    Line { span, body, heading, furniture }
}

/// Finds the names before a colon at the start of paragraphs: labels of speakers (问, 答), and
/// names that begin at least two paragraphs.
pub(super) fn speakers(text: &str, lines: &[Line], labels: &Labels) -> Vec<Span> {
    let candidates: Vec<Span> = lines
        .iter()
        .filter(|line| line.body || line.heading)
        .filter_map(|line| {
            let slice = line.span.of(text);
            let colon = slice.find('：')?;
            let name = trim(text, Span::new(line.span.start, line.span.start + colon));
            let length = name.of(text).chars().count();
            let plain = name.of(text).chars().all(|c| c.is_alphanumeric() || c == '·');
            (plain && (1..=SPEAKER).contains(&length)).then_some(name)
        })
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for span in &candidates {
        *counts.entry(span.of(text)).or_default() += 1;
    }
    candidates
        .into_iter()
        .filter(|span| {
            let name = span.of(text);
            counts.get(name).is_some_and(|&count| count > 1) || labels.field(name).is_some()
        })
        .collect()
}
