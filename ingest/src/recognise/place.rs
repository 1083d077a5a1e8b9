//! Places: divisions of the gazetteer, named regions and natural features, and names that end
//! like a village, a township or a mountain.

use ontology::gazetteer::{NameForm, NameMatch};
use ontology::record::{EntityClass, PlaceLevel, Span};

use super::{Candidate, Target};
use crate::knowledge::{Entry, Hit, List};
use crate::segment::{Pos, Segmented};

/// Finds every candidate for a place.
pub(crate) fn places<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    let mut found = divisions(text);
    found.extend(known(text));
    found.extend(
        text.of(List::PlaceSuffix)
            .filter_map(|hit| by_suffix(text, hit)),
    );
    found
}

/// The region's townships by their names without 镇 or 乡, where these are no ordinary words.
pub(super) fn townships<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    text.townships
        .iter()
        .map(|&(span, division)| {
            let mut candidate =
                Candidate::new(text.text, span, EntityClass::Place, 0.6, "place.township");
            candidate.target = Target::Divisions {
                divisions: vec![division],
                short: true,
            };
            candidate
        })
        .collect()
}

/// Divisions: full, short and former names. Which division, `resolve` decides.
fn divisions<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    text.names
        .iter()
        .filter_map(|name| {
            let short = matches!(name.form, NameForm::Short);
            let span = name.span;
            if !stands(text, name) {
                return None;
            }
            let divisions = name.divisions().to_vec();
            let score = if short { 0.7 } else { 0.9 };
            let mut candidate = Candidate::new(
                text.text,
                span,
                EntityClass::Place,
                score,
                "place.gazetteer",
            );
            candidate.target = Target::Divisions { divisions, short };
            Some(candidate)
        })
        .collect()
}

/// Tells whether a name of the gazetteer stands as a name where it was found: it begins with a
/// word that can begin one, and ends with a word or goes into the name of a body (白山市委).
pub(super) fn stands(text: &Segmented<'_>, name: &NameMatch<'_>) -> bool {
    let span = name.span;
    let Some(first) = text
        .token_at(span.start)
        .and_then(|number| text.tokens.get(number))
    else {
        return false;
    };
    let function_word = first.span.len() < span.len()
        && matches!(
            first.pos,
            Pos::Preposition | Pos::Conjunction | Pos::Particle | Pos::Adverb | Pos::Pronoun
        );
    if first.span.start != span.start || function_word || text.is(List::NotPlace, span) {
        return false;
    }
    let ends = text.is_boundary(span.end) || into_body(text, span);
    // 靖宇将军, 志丹同志: a person after whom a place is named.
    let person = text
        .starting(span.end)
        .any(|hit| hit.entry.list == List::Honorific && hit.entry.field("side") == "after");
    if person {
        return false;
    }
    if matches!(name.form, NameForm::Short) {
        ends || first.pos == Pos::Place
    } else {
        ends
    }
}

/// Tells whether the last character of a name is the first of a body's short name.
fn into_body(text: &Segmented<'_>, span: Span) -> bool {
    let last = span
        .of(text.text)
        .chars()
        .next_back()
        .map_or(0, char::len_utf8);
    text.starting(span.end - last)
        .any(|hit| hit.entry.list == List::ShortBody)
}

/// A known name may not lie across words on both sides.
fn stands_free(text: &Segmented<'_>, span: Span) -> bool {
    text.is_boundary(span.start) && text.is_boundary(span.end)
}

/// Named regions, countries and natural features.
fn known<'k>(text: &Segmented<'k>) -> impl Iterator<Item = Candidate<'k>> {
    [List::Region, List::Natural]
        .into_iter()
        .flat_map(move |list| {
            text.of(list)
                .filter(|hit| stands_free(text, hit.span))
                .map(move |hit| {
                    let level = if list == List::Natural {
                        PlaceLevel::Natural
                    } else {
                        PlaceLevel::Region
                    };
                    let rule = if list == List::Natural {
                        "place.natural"
                    } else {
                        "place.region"
                    };
                    let mut candidate =
                        Candidate::known(hit.span, EntityClass::Place, 0.75, rule, hit.entry);
                    candidate.kind = Some(level_name(level).to_owned());
                    candidate
                })
        })
}

fn level_name(level: PlaceLevel) -> &'static str {
    if level == PlaceLevel::Natural {
        "natural"
    } else {
        "region"
    }
}

/// Longest name before a suffix, in bytes (4 characters).
const LONGEST: usize = 4 * 3;

/// Names by their ending: 某某村, 某某镇. The words before the suffix must be no ordinary ones,
/// and something must say that a name begins there.
fn by_suffix<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    if !hit.entry.is_strong() || !text.is_boundary(hit.span.end) {
        return None;
    }
    let start = suffix_start(text, hit.span).or_else(|| unknown_word(text, hit.span))?;
    let span = Span::new(start, hit.span.end);
    let name = Span::new(start, hit.span.start);
    let counted = text
        .longest_at(List::Measure, start)
        .is_some_and(|hit| hit.span.end < span.end)
        && text
            .before(start)
            .is_some_and(|c| c.is_numeric() || "一二三四五六七八九十百千万两几各每".contains(c));
    let doubled = name.of(text.text) == hit.span.of(text.text);
    let barred = counted || doubled || text.is(List::NotPlace, span);
    if barred || ordinary(text, name) || inside_word(text, hit.span) {
        return None;
    }
    let level = level(hit.entry)?;
    let mut candidate = Candidate::new(text.text, span, EntityClass::Place, 0.5, "place.suffix");
    candidate.target = Target::Local(level);
    Some(candidate)
}

fn level(entry: &Entry) -> Option<PlaceLevel> {
    Some(match entry.field("level") {
        "village" => PlaceLevel::Village,
        "township" => PlaceLevel::Township,
        "natural" => PlaceLevel::Natural,
        "zone" => PlaceLevel::Zone,
        _ => return None,
    })
}

/// Finds the start of a word that is in no dictionary and ends with the suffix.
fn unknown_word(text: &Segmented<'_>, suffix: Span) -> Option<usize> {
    let token = text
        .token_at(suffix.start)
        .and_then(|number| text.tokens.get(number))?;
    let whole = token.span.end == suffix.end && token.span.start < suffix.start;
    (whole && !token.known && suffix.start - token.span.start <= LONGEST)
        .then_some(token.span.start)
}

/// Finds where the name before a suffix begins: behind a place name, a preposition, a verb or a
/// mark, at most four characters away.
fn suffix_start(text: &Segmented<'_>, suffix: Span) -> Option<usize> {
    let mut edge = suffix.start;
    let token = text
        .token_at(suffix.start)
        .and_then(|number| text.tokens.get(number))?;
    if token.span.start < edge {
        edge = token.span.start;
    }
    while suffix.start - edge <= LONGEST {
        let opened = super::phrase::place_before(text, edge).is_some();
        let before = edge.checked_sub(1).and_then(|at| text.token_at(at));
        let token = before.and_then(|number| text.tokens.get(number));
        let Some(token) = token else {
            return (edge < suffix.start).then_some(edge);
        };
        let opens = opened
            || matches!(token.pos, Pos::Mark | Pos::Preposition | Pos::Conjunction)
            || token.pos == Pos::Verb && text.is(List::Lead, token.span);
        if opens && edge < suffix.start {
            return Some(edge);
        }
        let goes_on = matches!(
            token.pos,
            Pos::Unknown | Pos::Noun | Pos::Person | Pos::Place | Pos::Locative | Pos::Affix
        );
        if !goes_on {
            return None;
        }
        edge = token.span.start;
    }
    None
}

/// Tells whether a suffix is the end of a word of the dictionary that is no place (矿山, 农村).
fn inside_word(text: &Segmented<'_>, suffix: Span) -> bool {
    text.token_at(suffix.start)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| {
            token.known && token.pos != Pos::Place && token.span.len() > suffix.len()
        })
}

/// Tells whether the characters before a suffix are ordinary words (示范村, 全镇, 新农村).
fn ordinary(text: &Segmented<'_>, name: Span) -> bool {
    let tokens = text
        .tokens
        .iter()
        .skip(text.token_at(name.start).unwrap_or(usize::MAX))
        .take_while(|token| token.span.start < name.end);
    let mut known = 0;
    let mut characters = 0;
    for token in tokens {
        let whole = name.contains(token.span);
        let ordinary = matches!(
            token.pos,
            Pos::Noun
                | Pos::Verb
                | Pos::VerbalNoun
                | Pos::Adjective
                | Pos::Attribute
                | Pos::Number
                | Pos::Pronoun
                | Pos::Adverb
                | Pos::Time
                | Pos::Abbreviation
        );
        if whole && ordinary && token.known && token.span.len() > 3 {
            known += 1;
        }
        characters += 1;
    }
    characters == 0 || known > 0 || name.len() < 3
}
