//! Takes the places that a text names in full, returns where it names a village or township of them without
//! its kind (某某堡 where the text has 某某堡村).

use std::collections::BTreeMap;

use ontology::record::{EntityClass, PlaceLevel, Span};

use super::{Candidate, Target};
use crate::knowledge::List;
use crate::segment::{Pos, Segmented, occurrences};

const KINDS: [&str; 5] = ["村", "镇", "乡", "苏木", "嘎查"];

/// A short form has at least so many bytes (two characters).
const SHORTEST: usize = 2 * 3;

/// Gives a candidate, called by the full name, for each short form.
pub(super) fn short_forms<'k>(text: &Segmented<'k>, found: &[Candidate<'k>]) -> Vec<Candidate<'k>> {
    let mut stems: BTreeMap<&str, &Candidate<'k>> = BTreeMap::new();
    for candidate in found.iter().filter(|candidate| is_full(candidate)) {
        let name = candidate.label.as_str();
        let stem = KINDS
            .iter()
            .find_map(|kind| name.strip_suffix(kind))
            .filter(|stem| stem.len() >= SHORTEST);
        if let Some(stem) = stem {
            stems.entry(stem).or_insert(candidate);
        }
    }
    let full: Vec<&Candidate<'k>> = stems.values().copied().collect();
    occurrences(text.text, stems.into_keys())
        .filter(|&(span, _)| stands(text, span))
        .filter_map(|(span, number)| {
            let full = full.get(number)?;
            let mut short = (*full).clone();
            short.span = span;
            (short.score, short.rule) = (0.55, "place.short-form");
            short.aliases.push(span.of(text.text).to_owned());
            Some(short)
        })
        .collect()
}

/// Tells whether a candidate is a village or township by its full name.
fn is_full(candidate: &Candidate<'_>) -> bool {
    let low = |level: PlaceLevel| matches!(level, PlaceLevel::Village | PlaceLevel::Township);
    candidate.class == EntityClass::Place
        && match &candidate.target {
            Target::Divisions { divisions, short } => {
                !short && divisions.iter().all(|division| low(division.level))
            }
            Target::Local(level) => low(*level),
            Target::Name | Target::Known(_) | Target::ShortBody(_) | Target::LowerBody(_) => false,
        }
}

/// A short form is cut as words of its own, is no word of the dictionary but a name, and no suffix
/// follows it.
fn stands(text: &Segmented<'_>, span: Span) -> bool {
    let ordinary = text
        .token_at(span.start)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| token.span == span && token.known && token.pos != Pos::Place);
    let longer = text
        .starting(span.end)
        .any(|hit| hit.entry.list == List::PlaceSuffix && hit.entry.is_strong());
    let barred = || {
        text.knowledge
            .gazetteer
            .is_ambiguous_short(span.of(text.text))
            || [List::NotPlace, List::NotName, List::Surname]
                .into_iter()
                .any(|list| text.is(list, span))
    };
    text.is_boundary(span.start) && text.is_boundary(span.end) && !ordinary && !longer && !barred()
}
