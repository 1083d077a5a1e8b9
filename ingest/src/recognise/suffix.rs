//! Takes an occurrence of an ending such as 村 or 社区, returns the place whose name ends there; its
//! examples stand in `place.toml`.

use ontology::gazetteer::NameForm;
use ontology::record::{EntityClass, PlaceLevel, Span};

use super::{Candidate, Target, phrase, place};
use crate::knowledge::{Entry, Hit, List};
use crate::segment::{Pos, Segmented, Token};

/// Longest name before a suffix, in bytes (4 characters).
const LONGEST: usize = 4 * 3;

/// Names by their ending: 某某村, 某某镇. The words before the suffix must be no ordinary ones,
/// and something must say that a name begins there.
pub(super) fn by_suffix<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    if !hit.entry.is_strong() || !text.is_boundary(hit.span.end) {
        return None;
    }
    let below =
        below_division(text, hit).filter(|&at| nominal(text, Span::new(at, hit.span.start)));
    let start = below
        .or_else(|| suffix_start(text, hit.span))
        .or_else(|| unknown_word(text, hit.span))?;
    let span = Span::new(start, hit.span.end);
    let name = Span::new(start, hit.span.start);
    let counted = text
        .longest_at(List::Measure, start)
        .is_some_and(|hit| hit.span.end < span.end)
        && text
            .before(start)
            .is_some_and(|c| c.is_numeric() || "一二三四五六七八九十百千万两几各每".contains(c));
    let doubled = name.of(text.text) == hit.span.of(text.text);
    let barred = counted
        || doubled
        || one_word(text, name)
        || is_any(text, start)
        // Kana and the like are what a wrong decoding left.
        || !name.of(text.text).chars().all(crate::normalise::is_han)
        || runs_on(text, span)
        || text.is(List::NotPlace, span);
    // Behind a county or town a name may hold ordinary words (某县骆驼湾村).
    let ordinary = || ordinary(text, name) || inside_word(text, hit.span);
    if barred || below.is_none() && ordinary() {
        return None;
    }
    let level = level(hit.entry)?;
    let mut candidate = Candidate::new(text.text, span, EntityClass::Place, 0.5, "place.suffix");
    candidate.target = Target::Local(level);
    Some(candidate)
}

/// Tells whether a character that singles nothing out stands first (各街道, 本县, 全镇).
fn is_any(text: &Segmented<'_>, start: usize) -> bool {
    const ANY: &str = "各每该本此某全诸";
    text.at(start).is_some_and(|c| ANY.contains(c))
}

/// Tells whether the ending of a name with one character before it belongs to the next word
/// (占村集体收入的四成, 去年村里).
fn runs_on(text: &Segmented<'_>, span: Span) -> bool {
    const BEHIND: &str = "民里委级容集史务组干";
    span.of(text.text).chars().count() == 2 && text.at(span.end).is_some_and(|c| BEHIND.contains(c))
}

/// Tells whether a name is one character that counts, tells time or governs (百余个村, 进村).
fn one_word(text: &Segmented<'_>, name: Span) -> bool {
    let token = text
        .token_at(name.start)
        .and_then(|number| text.tokens.get(number));
    token.is_some_and(|token| {
        token.span == name
            && token.span.of(text.text).chars().count() == 1
            && matches!(
                token.pos,
                Pos::Measure
                    | Pos::Number
                    | Pos::Time
                    | Pos::Pronoun
                    | Pos::Adverb
                    | Pos::Preposition
                    | Pos::Conjunction
                    | Pos::Particle
                    | Pos::Verb
            )
    })
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

/// Finds where a name begins that stands directly behind the full name of a county or township,
/// whatever words the segmenter sees (某镇小岗村).
fn below_division(text: &Segmented<'_>, hit: &Hit<'_>) -> Option<usize> {
    if hit.entry.field("level") != "village" {
        return None;
    }
    let mut at = hit.span.start;
    while let Some(before) = text.before(at) {
        at -= before.len_utf8();
        if hit.span.start - at > LONGEST {
            return None;
        }
        let below = text.names_ending(at).any(|name| {
            matches!(name.form, NameForm::Full)
                && name.divisions().iter().any(|division| {
                    matches!(division.level, PlaceLevel::County | PlaceLevel::Township)
                })
                && place::stands(text, name)
        });
        if below {
            return Some(at);
        }
    }
    None
}

/// Tells whether a name holds nothing but what names are made of.
fn nominal(text: &Segmented<'_>, name: Span) -> bool {
    let function = |token: &Token| {
        matches!(
            token.pos,
            Pos::Verb
                | Pos::Pronoun
                | Pos::Adverb
                | Pos::Preposition
                | Pos::Conjunction
                | Pos::Particle
                | Pos::Mark
                | Pos::Measure
        )
    };
    let long = name.len() >= 2 * 3;
    long && text
        .tokens
        .iter()
        .skip(text.token_at(name.start).unwrap_or(usize::MAX))
        .take_while(|token| token.span.start < name.end)
        .all(|token| !function(token) || token.span.len() <= 3 && token.pos == Pos::Verb)
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
        let opened = phrase::place_before(text, edge).is_some();
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
