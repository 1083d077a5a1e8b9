//! Events: known ones, and names by their last words.

use ontology::record::EntityClass;

use super::Candidate;
use super::phrase::{self, Opening};
use crate::knowledge::{Hit, List};
use crate::segment::{Pos, Segmented};

/// Finds every candidate for an event.
pub(super) fn events<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    let known = text
        .of(List::KnownEvent)
        .filter(|hit| text.is_boundary(hit.span.start) || text.is_boundary(hit.span.end))
        .map(|hit| Candidate::known(hit.span, EntityClass::Event, 0.8, "event.known", hit.entry));
    let named = text
        .of(List::EventHead)
        .filter_map(|hit| by_head(text, hit));
    known.chain(named).collect()
}

fn by_head<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    let longer = text
        .ending(hit.span.end)
        .any(|other| other.entry.list == List::EventHead && other.span.start < hit.span.start);
    if longer || !phrase::is_head(text, hit.span) {
        return None;
    }
    // 某某革命旧址 and 某某会议精神 are no events: the head stands in the middle of a longer name.
    let modifies = text
        .token_at(hit.span.end)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| matches!(token.pos, Pos::Noun | Pos::VerbalNoun));
    let phrase = phrase::leftwards(text, hit.span, Opening::Noun);
    if phrase.words == 0 || modifies {
        return None;
    }
    let first = text
        .token_at(phrase.span.start)
        .and_then(|number| text.tokens.get(number))?;
    let ordinal = first.span.of(text.text).starts_with('第')
        || phrase.span.of(text.text).contains('第') && phrase.span.of(text.text).contains('届');
    let own = !first.known && first.span.len() > 3 || first.pos == Pos::Person;
    let score = match hit.entry.is_strong() {
        true if phrase.place || phrase.quoted || ordinal => 0.75,
        true if own => 0.55,
        false if phrase.quoted || ordinal => 0.6,
        false if phrase.place => 0.5,
        _ => return None,
    };
    Some(
        Candidate::new(
            text.text,
            phrase.span,
            EntityClass::Event,
            score,
            "event.head",
        )
        .of_kind(hit.entry.kind()),
    )
}
