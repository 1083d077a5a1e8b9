//! Takes a number with 周年, returns the anniversary that it belongs to (某县解放70周年, 某某诞辰
//! 130周年), with the meeting held for it (纪念…周年座谈会).

use ontology::record::{EntityClass, Span};

use super::Candidate;
use super::phrase::{self, Opening};
use super::step::is_numeral;
use crate::knowledge::{Hit, List};
use crate::segment::{Pos, Segmented};

/// Finds every candidate for an anniversary.
pub(super) fn anniversaries<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    text.of(List::EventHead)
        .filter(|hit| hit.entry.field("kind") == "anniversary")
        .filter_map(|hit| anniversary(text, hit))
        .collect()
}

fn anniversary<'k>(text: &Segmented<'k>, years: &Hit<'k>) -> Option<Candidate<'k>> {
    let rest = text.text.get(..years.span.start)?;
    let number = rest.trim_end_matches(is_numeral);
    if number.len() == rest.len() {
        return None;
    }
    let start = occasion(text, number.len())?;
    let plain = Span::new(start, years.span.end);
    let span = with_meeting(text, plain);
    let class = EntityClass::Event;
    let candidate = Candidate::new(text.text, span, class, 0.75, "event.anniversary");
    let kind = Some("anniversary".to_owned());
    if span == plain {
        return Some(candidate.of_kind(kind));
    }
    let label = candidate.label.clone();
    let alias = plain.of(text.text).to_owned();
    Some(candidate.named(label, Some(alias)).of_kind(kind))
}

/// Where the name of what happened begins that ends at a byte: a known event, or a deed (成立, 诞辰,
/// 解放) of someone or something named.
fn occasion(text: &Segmented<'_>, end: usize) -> Option<usize> {
    let known = text
        .ending(end)
        .filter(|hit| hit.entry.list == List::KnownEvent && text.is_boundary(hit.span.start))
        .map(|hit| hit.span.start)
        .min();
    if known.is_some() {
        return known;
    }
    let deed = end
        .checked_sub(1)
        .and_then(|at| text.token_at(at))
        .and_then(|number| text.tokens.get(number))
        .filter(|token| token.span.end == end && token.span.len() > 3)
        .filter(|token| matches!(token.pos, Pos::Verb | Pos::VerbalNoun | Pos::Noun))?;
    let name = phrase::leftwards(text, deed.span, Opening::Noun);
    let before = Span::new(name.span.start, deed.span.start);
    let person = text.within(List::Figure, before).next().is_some()
        || text
            .tokens_within(before)
            .any(|token| token.pos == Pos::Person);
    (name.words > 0 && (name.place || name.body || name.quoted || person))
        .then_some(name.span.start)
}

/// Takes 纪念 or 庆祝 before an anniversary and the meeting behind it into its span, if both are
/// there.
fn with_meeting(text: &Segmented<'_>, name: Span) -> Span {
    let verb = text
        .ending(name.start)
        .filter(|hit| hit.entry.list == List::Relation)
        .filter(|hit| matches!(hit.entry.field("relation"), "celebrates" | "commemorates"))
        .map(|hit| hit.span.start)
        .min();
    let meeting = text
        .starting(name.end)
        .filter(|hit| hit.entry.list == List::EventHead)
        .filter(|hit| text.is_boundary(hit.span.end))
        .map(|hit| hit.span.end)
        .max();
    match (verb, meeting) {
        (Some(start), Some(end)) => Span::new(start, end),
        (_, Some(end)) => Span::new(name.start, end),
        (_, None) => name,
    }
}
