//! Which one region a document is about.

use std::collections::BTreeMap;

use ontology::gazetteer::Division;
use ontology::record::{PlaceLevel, Span};

use crate::knowledge::List;
use crate::recognise::{Candidate, Target};
use crate::segment::Segmented;

/// A document without this much evidence for any region is about none.
const ENOUGH: f64 = 1.0;
/// A name in the headline counts as so many.
const HEADLINE: f64 = 6.0;
/// What a place gives to each place above it.
const SHARE_ABOVE: f64 = 0.3;
/// Self-references beyond this many add nothing.
const MOST_SELF_REFERENCES: f64 = 10.0;

/// Weighs every division that the text names: by how often and where it is named, by what lies
/// inside it, and by how the text refers to its own region (市委, 全县: a city, a county).
pub(crate) fn region<'k>(text: &Segmented<'k>, places: &[Candidate<'k>]) -> Option<&'k Division> {
    let gazetteer = text.knowledge.gazetteer;
    let mut own: BTreeMap<&str, f64> = BTreeMap::new();
    for candidate in places {
        if let Target::Divisions { divisions, short } = &candidate.target
            && !inside_known_body(text, candidate.span)
        {
            let weight = weight(text, candidate.span, *short);
            for (division, share) in shares(divisions, *short) {
                *own.entry(division.code.as_str()).or_default() += weight * share;
            }
        }
    }
    let mut total = own.clone();
    for (code, weight) in &own {
        for above in gazetteer.ancestors(code) {
            *total.entry(above.code.as_str()).or_default() += weight * SHARE_ABOVE;
        }
    }
    let references = self_references(text);
    let all: f64 = references.values().sum();
    total
        .into_iter()
        .filter_map(|(code, weight)| Some((gazetteer.by_code(code)?, weight)))
        .filter(|(division, _)| {
            matches!(
                division.level,
                PlaceLevel::Province | PlaceLevel::Prefecture | PlaceLevel::County
            )
        })
        .map(|(division, weight)| {
            let count = kind(division)
                .and_then(|kind| references.get(&kind))
                .copied()
                .unwrap_or(0.0);
            let share = if all > 0.0 { count / all } else { 0.0 };
            let factor = 1.0 + share * count.min(MOST_SELF_REFERENCES) / 2.0;
            (division, weight * factor)
        })
        .filter(|&(_, weight)| weight >= ENOUGH)
        .max_by(|(a, first), (b, second)| first.total_cmp(second).then(b.code.cmp(&a.code)))
        .map(|(division, _)| division)
}

fn weight(text: &Segmented<'_>, span: Span, short: bool) -> f64 {
    let headline = text
        .structure
        .headline
        .is_some_and(|headline| headline.contains(span));
    let name = if short { 0.7 } else { 1.0 };
    if headline { name * HEADLINE } else { name }
}

/// Divides a name's weight among its divisions: all to the highest level where it is that of a
/// province or prefecture, else equally among the counties, little to townships.
fn shares<'k>(divisions: &[&'k Division], short: bool) -> Vec<(&'k Division, f64)> {
    let top = divisions.iter().map(|division| division.level).min();
    let same: Vec<_> = divisions
        .iter()
        .copied()
        .filter(|division| Some(division.level) == top)
        .collect();
    let Ok(count) = u32::try_from(same.len()) else {
        return Vec::new();
    };
    let level = match top {
        Some(PlaceLevel::Township) if short => 0.0,
        Some(PlaceLevel::Township) => 0.3,
        _ => 1.0,
    };
    same.into_iter()
        .map(|division| (division, level / f64::from(count)))
        .collect()
}

/// The place in the name of a paper or a ministry says nothing of what a document is about.
fn inside_known_body(text: &Segmented<'_>, span: Span) -> bool {
    /// Longest name of a body, in bytes (40 characters).
    const LONGEST: usize = 40 * 3;
    let around = Span::new(span.start.saturating_sub(LONGEST), span.end + LONGEST);
    text.within(List::KnownBody, around)
        .any(|hit| hit.span.contains(span) && hit.span != span)
}

/// Counts how the text refers to bodies of its own region, by the first character: 市, 县, 州 ….
fn self_references(text: &Segmented<'_>) -> BTreeMap<char, f64> {
    let mut counts = BTreeMap::new();
    for hit in text
        .of(List::ShortBody)
        .filter(|hit| text.is_boundary(hit.span.start))
    {
        if let Some(first) = hit.entry.name.chars().next() {
            *counts.entry(first).or_default() += 1.0;
        }
    }
    counts
}

/// Gives the character by which a text refers to such a division: the last of its name.
fn kind(division: &Division) -> Option<char> {
    division.name.chars().next_back()
}
