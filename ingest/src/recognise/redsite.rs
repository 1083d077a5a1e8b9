//! Red sites: known ones, and names by their last words.

use ontology::record::{EntityClass, Span};

use super::Candidate;
use super::phrase::{self, Opening, Phrase};
use crate::knowledge::{Hit, List};
use crate::segment::{Pos, Segmented};

/// Finds every candidate for a red site.
pub(super) fn sites<'k>(text: &Segmented<'k>, people: &[Candidate<'k>]) -> Vec<Candidate<'k>> {
    let known = text
        .of(List::KnownSite)
        .filter(|hit| text.is_boundary(hit.span.start) || text.is_boundary(hit.span.end))
        .map(|hit| {
            Candidate::known(
                hit.span,
                EntityClass::RedSite,
                0.85,
                "redsite.known",
                hit.entry,
            )
        });
    let named = text
        .of(List::SiteHead)
        .filter_map(|hit| by_head(text, hit, people));
    known.chain(named).collect()
}

fn by_head<'k>(
    text: &Segmented<'k>,
    hit: &Hit<'k>,
    people: &[Candidate<'k>],
) -> Option<Candidate<'k>> {
    let longer = text
        .ending(hit.span.end)
        .any(|other| other.entry.list == List::SiteHead && other.span.start < hit.span.start);
    if longer || !phrase::is_head(text, hit.span) {
        return None;
    }
    let phrase = phrase::leftwards(text, hit.span, Opening::Noun);
    let subject = subject(text, phrase, hit.span, people);
    // The head of a longer compound (红军长征纪念馆) may hold its own subject.
    let score = match (
        hit.entry.is_strong(),
        phrase.place || phrase.quoted,
        subject,
    ) {
        (true, true, true) => 0.9,
        (true, ..) if subject => 0.85,
        (true, true, false) => 0.8,
        (false, _, true) => 0.6,
        _ => return None,
    };
    Some(
        Candidate::new(
            text.text,
            phrase.span,
            EntityClass::RedSite,
            score,
            "redsite.head",
        )
        .of_kind(hit.entry.kind()),
    )
}

/// Tells whether the words before the head name a person, an event or something of its own.
fn subject(text: &Segmented<'_>, phrase: Phrase, head: Span, people: &[Candidate<'_>]) -> bool {
    let before = Span::new(phrase.span.start, head.start);
    if before.is_empty() {
        return false;
    }
    let first = people.partition_point(|person| person.span.start < before.start);
    let person = people
        .iter()
        .skip(first)
        .take_while(|person| person.span.start < before.end)
        .any(|person| before.contains(person.span));
    let event = text.within(List::KnownEvent, before).next().is_some()
        || text
            .within(List::EventHead, before)
            .any(|hit| hit.span.start > before.start);
    let own = text
        .tokens_within(before)
        .any(|token| token.pos == Pos::Person || !token.known && token.span.len() > 3);
    person || event || own
}
