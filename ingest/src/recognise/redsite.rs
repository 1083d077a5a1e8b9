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
    if text.is(List::KnownSite, phrase.span) || prefixed(text, phrase.span) {
        return None;
    }
    let subject = subject(text, phrase, hit, people);
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

/// Tells whether words are a name that the segmenter does not know: short, and cut into single
/// characters (云, 石山).
fn is_fragmentary(text: &Segmented<'_>, name: Span) -> bool {
    /// Bytes of such a name (4 characters).
    const LONGEST: usize = 4 * 3;
    let single = text.tokens_within(name).any(|token| {
        token.span.len() == 3
            && matches!(
                token.pos,
                Pos::Noun | Pos::Unknown | Pos::Person | Pos::Place
            )
    });
    let plain = text.tokens_within(name).all(|token| {
        !matches!(
            token.pos,
            Pos::Verb | Pos::VerbalNoun | Pos::Attribute | Pos::Abbreviation
        )
    });
    single && plain && name.len() <= LONGEST && name.len() >= 2 * 3
}

/// Tells whether a name is just a known site behind the division that it lies in.
fn prefixed(text: &Segmented<'_>, name: Span) -> bool {
    text.ending(name.end)
        .filter(|hit| hit.entry.list == List::KnownSite && hit.span.start > name.start)
        .any(|hit| {
            let code = hit.entry.place_code();
            code.is_some_and(|code| {
                text.names_ending(hit.span.start)
                    .filter(|place| place.span.start >= name.start)
                    .flat_map(ontology::gazetteer::NameMatch::divisions)
                    .any(|place| {
                        place.code == code
                            || text.knowledge.gazetteer.is_within(code, &place.code)
                            || text.knowledge.gazetteer.is_within(&place.code, code)
                    })
            })
        })
}

/// Tells whether the words before the head name a person, an event or something of its own.
fn subject(text: &Segmented<'_>, phrase: Phrase, head: &Hit<'_>, people: &[Candidate<'_>]) -> bool {
    let (strong, head) = (head.entry.is_strong(), head.span);
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
    // 某军区司令部 is a body, 某军区司令部旧址 a site; 某军诞生地 is what a place is called.
    let body = text.ending(head.end).any(|hit| {
        hit.entry.list == List::BodySuffix
            && hit.span == head
            && hit.entry.field("kind") != "museum"
    });
    let epithet = head.of(text.text).ends_with('地');
    let army = !body && !epithet && phrase::holds_army(text, before);
    let sure = strong || head.of(text.text).contains(['革', '红', '烈', '抗', '战']);
    person || event || own || army || sure && is_fragmentary(text, before)
}
