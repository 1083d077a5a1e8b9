//! `authorOf` and `interviewed`: who wrote, who asked whom.

use ontology::record::{EntityClass, Object, Predicate, Span};

use super::{Asserted, clause};
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// Reads authors from the bylines, and interviews from their roles.
pub(super) fn bylines(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Asserted> {
    let structure = text.structure;
    let authors: Vec<&Resolved> = people(resolution, &structure.bylines);
    let mut found: Vec<Asserted> = authors
        .iter()
        .map(|person| Asserted {
            span: person.span,
            subject: person.key.clone(),
            predicate: Predicate::AuthorOf,
            object: Object::Document,
            rule: "byline.author",
            confidence: 0.9,
        })
        .collect();
    let mut interviewers = people(resolution, &structure.interviewers);
    if interviewers.is_empty() {
        interviewers = authors
            .into_iter()
            .filter(|person| is_reporter(text, person))
            .collect();
    }
    let guests = guests(text, resolution);
    for interviewer in &interviewers {
        for guest in guests.iter().filter(|guest| guest.key != interviewer.key) {
            found.push(Asserted {
                span: if interviewer.span.start < structure.body_start {
                    clause(text, guest.span)
                } else {
                    interviewer.span
                },
                subject: interviewer.key.clone(),
                predicate: Predicate::Interviewed,
                object: Object::Entity(guest.key.clone()),
                rule: "byline.interview",
                confidence: 0.8,
            });
        }
    }
    found
}

fn people<'r>(resolution: &'r Resolution<'_>, stretches: &[Span]) -> Vec<&'r Resolved> {
    stretches
        .iter()
        .flat_map(|&stretch| resolution.within(stretch))
        .filter(|mention| mention.class == EntityClass::Person)
        .collect()
}

/// Tells whether 记者 (and not 通讯员) stands before a name.
fn is_reporter(text: &Segmented<'_>, person: &Resolved) -> bool {
    let end = text
        .text
        .get(..person.span.start)
        .unwrap_or_default()
        .trim_end()
        .len();
    text.ending(end)
        .any(|hit| hit.entry.list == List::Post && hit.entry.name.ends_with("记者"))
}

/// Who answers: those labelled so; else, in a text with speakers or one that says it is an
/// interview, the one person of the first paragraph's sentence about it who holds a post.
pub(super) fn guests<'r>(
    text: &Segmented<'_>,
    resolution: &'r Resolution<'_>,
) -> Vec<&'r Resolved> {
    let labelled = people(resolution, &text.structure.guests);
    if !labelled.is_empty() {
        return labelled;
    }
    let spoken = !text.structure.speakers.is_empty();
    let Some(sentence) = text.structure.sentences.iter().find(|sentence| {
        let words = sentence.span.of(text.text);
        sentence.span.start >= text.structure.body_start
            && (words.contains("专访") || words.contains("采访"))
    }) else {
        return Vec::new();
    };
    let first = resolution.within(sentence.span).find(|mention| {
        mention.class == EntityClass::Person
            && text.ending(mention.span.start).any(|hit| {
                hit.entry.list == List::Post
                    && hit.entry.field("office") == "yes"
                    && hit.entry.field("kind") != "media"
            })
    });
    first.filter(|_| spoken).into_iter().collect()
}
