//! Townships by their names without 镇 or 乡: safe only inside the document's own region.

use std::collections::BTreeMap;

use ontology::gazetteer::Division;
use ontology::record::{PlaceLevel, Span};

use super::{Pos, Segmented, occurrences};
use crate::knowledge::List;

/// A stem has at least so many bytes (two characters).
const SHORTEST: usize = 2 * 3;

/// Finds where a text names a township of `region` by its stem, sorted by span.
pub(super) fn find<'k>(text: &Segmented<'k>, region: &'k Division) -> Vec<(Span, &'k Division)> {
    let gazetteer = text.knowledge.gazetteer;
    if !matches!(region.level, PlaceLevel::Prefecture | PlaceLevel::County) {
        return Vec::new();
    }
    // The first township of a name, by code.
    let mut stems: BTreeMap<&str, &Division> = BTreeMap::new();
    for division in gazetteer.below(&region.code) {
        if division.level == PlaceLevel::Township
            && let Some(stem) = stem(&division.name)
        {
            stems.entry(stem).or_insert(division);
        }
    }
    let divisions: Vec<&Division> = stems.values().copied().collect();
    let mut found: Vec<(Span, &Division)> = occurrences(text.text, stems.into_keys())
        .filter(|&(span, _)| stands(text, span))
        .filter_map(|(span, number)| Some((span, *divisions.get(number)?)))
        // 葡萄, 石鼓: a noun means the township only where the text names it in full, or a site after it.
        .filter(|(span, division)| {
            !is_noun(text, *span)
                || text.text.contains(&division.name)
                || leads_to_site(text, *span)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.code.cmp(&b.1.code)));
    found.dedup_by_key(|(span, _)| *span);
    found
}

/// The name without its kind. Sub-districts (街道) are named after streets and slogans, which are
/// everywhere: no stem.
fn stem(name: &str) -> Option<&str> {
    ["镇", "乡", "苏木"]
        .iter()
        .find_map(|kind| name.strip_suffix(kind))
        .filter(|stem| stem.len() >= SHORTEST)
}

/// Tells whether the head of a site's name follows before any mark.
fn leads_to_site(text: &Segmented<'_>, span: Span) -> bool {
    /// Longest rest of a site's name, in bytes (15 characters).
    const LONGEST: usize = 15 * 3;
    let rest = text.text.get(span.end..).unwrap_or_default();
    let length = rest
        .find(|c: char| !crate::normalise::is_han(c))
        .unwrap_or(rest.len());
    let ahead = Span::new(span.end, span.end + length.min(LONGEST));
    text.within(List::SiteHead, ahead).next().is_some()
}

fn is_noun(text: &Segmented<'_>, span: Span) -> bool {
    text.token_at(span.start)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| token.span == span && token.known && token.pos == Pos::Noun)
}

/// A stem must be cut as words of its own, and be no word of the dictionary but a name.
fn stands(text: &Segmented<'_>, span: Span) -> bool {
    let Some(number) = text.token_at(span.start) else {
        return false;
    };
    let whole = text.is_boundary(span.start) && text.is_boundary(span.end);
    let ordinary = text.tokens.get(number).is_some_and(|token| {
        token.span == span
            && token.known
            && !matches!(token.pos, Pos::Place | Pos::Person | Pos::Noun)
    });
    // 新华, 东风 and the like are names of everything.
    let ambiguous = text
        .knowledge
        .gazetteer
        .is_ambiguous_short(span.of(text.text));
    whole
        && !ordinary
        && !ambiguous
        && !text.is(List::NotPlace, span)
        && !text.is(List::Surname, span)
}
