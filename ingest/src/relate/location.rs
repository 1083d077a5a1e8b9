//! `locatedIn` and `partOf`: where bodies, sites, events and small places are.

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{EntityClass, EntityKey, Object, PlaceLevel, Predicate, Span};

use super::scene::Scene;
use super::stated::{AT_ONCE, REACH, definite_before, stated};
use super::{Asserted, clause};
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// Locates what the document names.
pub(super) fn locations(scene: &Scene<'_, '_>) -> Vec<Asserted> {
    let (text, resolution) = (scene.text, scene.resolution);
    let named: BTreeSet<&EntityKey> = resolution
        .mentions
        .iter()
        .filter(|mention| mention.class == EntityClass::Place)
        .map(|mention| &mention.key)
        .collect();
    let mut found = Vec::new();
    for mention in resolution.mentions.iter().filter(|mention| !mention.nested) {
        let placed = match mention.class {
            EntityClass::Place => above(text, resolution, mention)
                .map(|place| (Predicate::PartOf, place, "location.adjacent", 0.9)),
            EntityClass::Organization | EntityClass::RedSite | EntityClass::Event => {
                place_of(scene, &named, mention)
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
    scene: &Scene<'_, '_>,
    named: &BTreeSet<&EntityKey>,
    mention: &Resolved,
) -> Option<(EntityKey, &'static str, f64)> {
    let (text, resolution) = (scene.text, scene.resolution);
    if let Some(seat) = resolution.seats.get(&mention.key) {
        return Some((seat.clone(), "location.seat", 0.9));
    }
    let known = entry(text, resolution, mention);
    // What a sentence says of a site is narrower than the place in its name, and so is what stands
    // at once behind any name (某节在某镇开幕).
    if let Some(place) = stated(text, resolution, mention)
        && (mention.class == EntityClass::RedSite
            && !is_overtaken(text, resolution, mention, place)
            || is_at_once(mention, place))
    {
        return Some((place.key.clone(), "location.stated", 0.95));
    }
    let site = mention.class == EntityClass::RedSite;
    if site && let Some(place) = definite_before(scene, mention) {
        return Some((place, "location.stated", 0.95));
    }
    // The address of a page is that of its headline's site.
    if site && let Some(place) = scene.address.filter(|_| is_headlined(scene, mention)) {
        return Some((place.clone(), "location.address", 0.95));
    }
    let inner = inside(text, resolution, mention.span);
    if let Some(place) = inner.filter(|place| is_division(resolution, place)) {
        return Some((place.key.clone(), "location.in-name", 0.9));
    }
    // An army moves: only its name says where it belongs.
    let kind = resolution
        .entities
        .get(&mention.key)
        .and_then(|entity| entity.kind.as_deref());
    if kind == Some("army") {
        return None;
    }
    if let Some(place) = place_ending(text, resolution, mention.span.start)
        && mention.class != EntityClass::Event
    {
        return Some((place.key.clone(), "location.before", 0.8));
    }
    // Where an army is said to be is not its seat.
    let mobile = mention.class == EntityClass::Organization
        && known.is_some()
        && !matches!(
            kind,
            Some("museum" | "university" | "hospital" | "school" | "institute")
        );
    if !mobile && let Some(place) = stated(text, resolution, mention) {
        return Some((place.key.clone(), "location.stated", 0.8));
    }
    if let Some(place) = scene.stem_of(mention).filter(|_| kind != Some("media")) {
        return Some((place.clone(), "location.stem", 0.75));
    }
    if let Some(place) =
        known.and_then(|entry| known_place(text, resolution, named, entry.place_code()?))
    {
        return Some((place, "location.known", 0.7));
    }
    // A mountain or a river is the place of what it names; a region such as 华东 says too little.
    let natural = inner.filter(|place| level(resolution, place) == Some(PlaceLevel::Natural));
    if let Some(place) = natural.filter(|_| mention.class == EntityClass::RedSite) {
        return Some((place.key.clone(), "location.in-name", 0.65));
    }
    // A known body or event has its place by itself, not by the document; companies and media are
    // not where they are named.
    let county = resolution
        .region
        .is_some_and(|region| region.level == PlaceLevel::County);
    // Of the companies that a county's paper names only those known elsewhere are not its own.
    let company = kind == Some("company") && !county;
    let abroad = company || matches!(kind, Some("media" | "bank" | "website"));
    (known.is_none() && !abroad)
        .then(|| {
            if site {
                scene.place_at(mention.span.start)
            } else {
                resolution.region_key()
            }
        })
        .flatten()
        .map(|region| (region, "location.region", 0.6))
}

/// Tells whether the headline names something.
fn is_headlined(scene: &Scene<'_, '_>, mention: &Resolved) -> bool {
    let headline = scene.text.structure.headline;
    headline.is_some_and(|line| {
        let mut named = scene.resolution.within(line);
        named.any(|named| named.key == mention.key)
    })
}

fn entry<'k>(
    text: &Segmented<'k>,
    resolution: &Resolution<'_>,
    mention: &Resolved,
) -> Option<&'k crate::knowledge::Entry> {
    let label = resolution.entities.get(&mention.key)?.label.as_str();
    let list = match mention.class {
        EntityClass::Organization => List::KnownBody,
        EntityClass::RedSite => List::KnownSite,
        EntityClass::Event => List::KnownEvent,
        EntityClass::Place | EntityClass::Person | EntityClass::Program | EntityClass::Work => {
            return None;
        }
    };
    text.knowledge.entry(list, label).or_else(|| {
        // An edition (第五届某节) is known by the name of its series.
        text.within(list, mention.span)
            .filter(|hit| list == List::KnownEvent && hit.span.end == mention.span.end)
            .map(|hit| hit.entry)
            .next()
    })
}

/// The place of a known thing: if the document names it, or else the document's region if it lies
/// there, or else the place itself, in the document's province (see `resolve`).
fn known_place(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    named: &BTreeSet<&EntityKey>,
    code: &str,
) -> Option<EntityKey> {
    let key = EntityKey::new(EntityClass::Place, code);
    let named = named.contains(&key);
    let gazetteer = text.knowledge.gazetteer;
    let region = resolution
        .region
        .filter(|region| {
            let narrow = region.level != PlaceLevel::Province;
            narrow && !named && gazetteer.is_within(code, &region.code)
        })
        .and(resolution.region_key());
    region.or_else(|| resolution.entities.contains_key(&key).then_some(key))
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
pub(super) fn is_area(resolution: &Resolution<'_>, mention: &Resolved) -> bool {
    level(resolution, mention) != Some(PlaceLevel::Country)
}

/// A place of the administration, of whatever level.
fn is_division(resolution: &Resolution<'_>, mention: &Resolved) -> bool {
    !matches!(
        level(resolution, mention),
        Some(PlaceLevel::Natural | PlaceLevel::Region)
    )
}

fn level(resolution: &Resolution<'_>, mention: &Resolved) -> Option<PlaceLevel> {
    resolution.entities.get(&mention.key)?.level
}

/// Tells whether another clause, with a place right before the name, stands between a stated place
/// and the name.
fn is_overtaken(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    mention: &Resolved,
    stated: &Resolved,
) -> bool {
    let between = Span::new(stated.span.end, mention.span.start.max(stated.span.end));
    between.of(text.text).contains('，')
        && place_ending(text, resolution, mention.span.start).is_some()
}

/// Tells whether a place stands at once behind a name, but for 位于 and the like.
fn is_at_once(mention: &Resolved, place: &Resolved) -> bool {
    mention.class == EntityClass::Event
        && place.span.start >= mention.span.end
        && place.span.start - mention.span.end <= AT_ONCE + REACH
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
