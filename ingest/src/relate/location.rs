//! `locatedIn` and `partOf`: where bodies, sites, events and small places are.

use std::collections::BTreeMap;

use ontology::record::{EntityClass, EntityKey, Object, PlaceLevel, Predicate, Span};

use super::{Asserted, clause};
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// Locates what the document names.
pub(super) fn locations(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Asserted> {
    let mut found = Vec::new();
    for mention in resolution.mentions.iter().filter(|mention| !mention.nested) {
        let placed = match mention.class {
            EntityClass::Place => above(text, resolution, mention)
                .map(|place| (Predicate::PartOf, place, "location.adjacent", 0.9)),
            EntityClass::Organization | EntityClass::RedSite | EntityClass::Event => {
                place_of(text, resolution, mention)
                    .map(|(place, rule, sure)| (Predicate::LocatedIn, place, rule, sure))
            }
            EntityClass::Person | EntityClass::Program | EntityClass::Work => None,
        };
        if let Some((predicate, place, rule, confidence)) = placed
            && place != mention.key
        {
            found.push(Asserted {
                span: clause(text, mention.span),
                subject: mention.key.clone(),
                predicate,
                object: Object::Entity(place),
                rule,
                confidence,
            });
        }
    }
    narrowest(resolution, found)
}

/// Finds the place above a place: the one whose name stands directly before, or its parent.
fn above(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    mention: &Resolved,
) -> Option<EntityKey> {
    let entity = resolution.entities.get(&mention.key)?;
    if entity.adcode.is_some() {
        return None;
    }
    let before = place_ending(text, resolution, mention.span.start);
    before
        .map(|place| place.key.clone())
        .or_else(|| entity.parent.clone())
}

fn place_ending<'r>(
    text: &Segmented<'_>,
    resolution: &'r Resolution<'_>,
    end: usize,
) -> Option<&'r Resolved> {
    let end = text
        .text
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches(['“', '的'])
        .len();
    resolution
        .ending(end)
        .filter(|mention| mention.class == EntityClass::Place)
        .max_by_key(|mention| mention.span.start)
}

/// Finds where something is: by the place in its name, the place its clause gives, what is known
/// of it, or, for what is local, the document's region.
fn place_of(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    mention: &Resolved,
) -> Option<(EntityKey, &'static str, f64)> {
    if let Some(seat) = resolution.seats.get(&mention.key) {
        return Some((seat.clone(), "location.seat", 0.9));
    }
    let known = entry(text, resolution, mention);
    // What a sentence says of a site is narrower than the place in its name.
    if mention.class == EntityClass::RedSite
        && let Some(place) = stated(text, resolution, mention)
    {
        return Some((place.key.clone(), "location.stated", 0.95));
    }
    if let Some(place) = inside(text, resolution, mention.span) {
        return Some((place.key.clone(), "location.in-name", 0.9));
    }
    if let Some(place) = place_ending(text, resolution, mention.span.start)
        && mention.class != EntityClass::Event
    {
        return Some((place.key.clone(), "location.before", 0.8));
    }
    // Where an army is said to be is not its seat.
    let mobile = known.is_some() && mention.class == EntityClass::Organization;
    if !mobile && let Some(place) = stated(text, resolution, mention) {
        return Some((place.key.clone(), "location.stated", 0.8));
    }
    if let Some(place) = known.and_then(|entry| known_place(resolution, entry.place_code()?)) {
        return Some((place, "location.known", 0.7));
    }
    // A known body or event has its place by itself, not by the document; companies and media are
    // not where they are named.
    let kind = resolution
        .entities
        .get(&mention.key)
        .and_then(|entity| entity.kind.as_deref());
    let abroad = matches!(kind, Some("company" | "media" | "bank" | "website"));
    (known.is_none() && !abroad)
        .then(|| resolution.region_key())
        .flatten()
        .map(|region| (region, "location.region", 0.6))
}

fn entry<'k>(
    text: &Segmented<'k>,
    resolution: &Resolution<'_>,
    mention: &Resolved,
) -> Option<&'k crate::knowledge::Entry> {
    let label = &resolution.entities.get(&mention.key)?.label;
    let list = match mention.class {
        EntityClass::Organization => List::KnownBody,
        EntityClass::RedSite => List::KnownSite,
        EntityClass::Event => List::KnownEvent,
        EntityClass::Place | EntityClass::Person | EntityClass::Program | EntityClass::Work => {
            return None;
        }
    };
    text.knowledge.entry(list, label)
}

/// The place of a known thing, where the document names it or lies in the same province (see
/// `resolve`).
fn known_place(resolution: &Resolution<'_>, code: &str) -> Option<EntityKey> {
    let key = EntityKey::new(EntityClass::Place, code);
    resolution.entities.contains_key(&key).then_some(key)
}

/// The narrowest place inside a name; what stands in a quotation inside it is no place of its own.
fn inside<'r>(
    text: &Segmented<'_>,
    resolution: &'r Resolution<'_>,
    span: Span,
) -> Option<&'r Resolved> {
    resolution
        .within(span)
        .filter(|mention| mention.class == EntityClass::Place && mention.nested)
        .filter(|mention| {
            text.quote_around(mention.span)
                .is_none_or(|quote| !span.contains(quote.outer) || quote.outer == span)
        })
        .filter(|mention| is_area(resolution, mention))
        .last()
}

/// A place that things can be in: no country.
fn is_area(resolution: &Resolution<'_>, mention: &Resolved) -> bool {
    resolution
        .entities
        .get(&mention.key)
        .is_some_and(|entity| entity.level != Some(PlaceLevel::Country))
}

/// Bytes within which a paragraph that opens with a site says where it is (60 characters).
const PARAGRAPH: usize = 60 * 3;
/// Bytes of 位于 and the like between a name and its place (4 characters).
const AT_ONCE: usize = 4 * 3;
/// Bytes between 在 and a place, and between the place and what is there (20 characters).
const REACH: usize = 20 * 3;

/// Finds 在某县建设某馆, 位于某县的某馆, 某馆位于某县 in the clause.
fn stated<'r>(
    text: &Segmented<'_>,
    resolution: &'r Resolution<'_>,
    mention: &Resolved,
) -> Option<&'r Resolved> {
    let sentence = text.structure.sentence_at(mention.span.start)?;
    let from = sentence
        .span
        .start
        .max(mention.span.start.saturating_sub(REACH));
    // A paragraph that opens with a site goes on about it.
    let opens = text
        .before(mention.span.start)
        .is_none_or(|c| matches!(c, '\n' | ' ' | '“'));
    let to = if opens {
        mention.span.end + PARAGRAPH
    } else {
        sentence.span.end.min(mention.span.end + REACH)
    };
    let areas = || {
        resolution.within(Span::new(from, to)).filter(|place| {
            place.class == EntityClass::Place && !place.nested && is_area(resolution, place)
        })
    };
    let before = areas()
        .filter(|place| place.span.start >= from && place.span.end <= mention.span.start)
        .filter(|place| no_name_between(resolution, place.span.end, mention.span.start))
        .filter(|place| ends_with_location(text, place.span.start))
        .last();
    let behind = || {
        areas().find(|place| {
            place.span.start >= mention.span.end
                && place.span.end <= to
                && ends_with_location(text, place.span.start)
                && no_name_between(resolution, mention.span.end, place.span.start)
        })
    };
    // 某馆在某县: at once behind the name is surer than somewhere before it.
    let at_once = behind().filter(|place| place.span.start - mention.span.end <= AT_ONCE);
    at_once
        .or(before)
        .or_else(behind)
        .map(|place| last_of_chain(resolution, place))
}

/// Tells whether a word for being somewhere (位于, 坐落在, 在) ends at a byte.
fn ends_with_location(text: &Segmented<'_>, at: usize) -> bool {
    text.ending(at)
        .any(|hit| hit.entry.list == List::Relation && hit.entry.field("relation") == "locatedIn")
}

/// Tells whether no other site, body or person is named between two bytes.
fn no_name_between(resolution: &Resolution<'_>, from: usize, to: usize) -> bool {
    !resolution.within(Span::new(from, to)).any(|mention| {
        matches!(
            mention.class,
            EntityClass::RedSite | EntityClass::Organization | EntityClass::Person
        )
    })
}

/// Follows names of places that stand one behind the other to the narrowest (某区某镇某村).
fn last_of_chain<'r>(resolution: &'r Resolution<'_>, place: &'r Resolved) -> &'r Resolved {
    let next = resolution
        .starting(place.span.end)
        .find(|next| next.class == EntityClass::Place && !next.nested);
    next.map_or(place, |next| last_of_chain(resolution, next))
}

/// Keeps, for each subject, the location of the surest rule only.
fn narrowest(resolution: &Resolution<'_>, found: Vec<Asserted>) -> Vec<Asserted> {
    let mut best: BTreeMap<(EntityKey, Predicate), f64> = BTreeMap::new();
    for stated in &found {
        let surest = best
            .entry((stated.subject.clone(), stated.predicate))
            .or_default();
        *surest = surest.max(stated.confidence);
    }
    found
        .into_iter()
        .filter(|stated| {
            let surest = best.get(&(stated.subject.clone(), stated.predicate));
            surest.is_none_or(|surest| stated.confidence >= *surest)
        })
        .filter(|stated| resolution.entities.contains_key(&stated.subject))
        .collect()
}
