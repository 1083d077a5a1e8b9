//! Takes lines, returns the names before the colon of what someone says.

use std::collections::BTreeMap;

use ontology::record::Span;

use super::line::Line;
use super::sentence::trim;
use super::{Labels, Structure};

/// A speaker's name has at most so many characters.
const LONGEST: usize = 12;

/// Finds the speakers: labels that always are (问, 答, 主持人), and, where two or more take turns, the
/// names that begin at least two paragraphs. Lines that are spoken become paragraphs.
pub(super) fn read(text: &str, lines: &mut [Line], labels: &Labels, structure: &mut Structure) {
    let candidates: Vec<(usize, Span)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.furniture && !line.caption)
        .filter_map(|(index, line)| Some((index, name(text, line.span)?)))
        .filter(|(_, span)| labels.speaks(key(span.of(text))) != Some(false))
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, span) in &candidates {
        *counts.entry(key(span.of(text))).or_default() += 1;
    }
    let often = |name: &str| counts.get(name).is_some_and(|&count| count > 1);
    let known = |name: &str| labels.speaks(name) == Some(true);
    let turns = counts
        .keys()
        .filter(|name| often(name) || known(name))
        .count()
        > 1;
    for (index, span) in candidates {
        let name = key(span.of(text));
        // 采访人：某某 presents, 问：……？ speaks.
        let speaks = lines
            .get(index)
            .is_some_and(|line| line.span.of(text).contains(['。', '？', '！']));
        if !turns || !(often(name) || known(name) && speaks) {
            continue;
        }
        structure.speakers.push(span);
        if let Some(line) = lines.get_mut(index) {
            (line.body, line.heading) = (true, false);
        }
    }
}

/// Gives the name before the first colon, without brackets around it.
fn name(text: &str, line: Span) -> Option<Span> {
    let slice = line.of(text);
    let colon = slice.find('：')?;
    let before = slice.get(..colon)?;
    let open = before.len() - before.trim_start_matches(['【', '[']).len();
    let close = before.trim_end_matches([' ', '】', ']']).len();
    let name = trim(
        text,
        Span::new(line.start + open, line.start + close.max(open)),
    );
    let words = name.of(text);
    let plain = words
        .chars()
        .all(|c| c.is_alphanumeric() || c == '·' || c == ' ');
    (plain && (1..=LONGEST).contains(&words.chars().count())).then_some(name)
}

/// Gives what counts as one speaker: the label without its number (问1, 问题2).
fn key(name: &str) -> &str {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.is_empty() { name } else { bare }
}
