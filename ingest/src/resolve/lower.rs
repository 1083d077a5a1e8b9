//! Short forms of the bodies of townships and villages: takes candidates, returns them with 乡党委 and
//! 村党支部 named after the township or village that the text named last.

use ontology::record::{EntityClass, PlaceLevel};

use super::body;
use crate::knowledge::Entry;
use crate::recognise::{Candidate, Target};

/// Names the lower bodies; one before which no such place is named is dropped.
pub(super) fn settle<'k>(candidates: Vec<Candidate<'k>>) -> Vec<Candidate<'k>> {
    let mut places: Vec<Candidate<'k>> = candidates
        .iter()
        .filter(|candidate| candidate.class == EntityClass::Place)
        .filter(|candidate| level(candidate).is_some())
        .cloned()
        .collect();
    places.sort_by_key(|place| place.span.end);
    candidates
        .into_iter()
        .filter_map(|candidate| match wanted(&candidate) {
            Some((entry, level)) => after_place(&candidate, entry, level, &places),
            None => Some(candidate),
        })
        .collect()
}

/// Gives the entry of a lower body's short form, and the level of its place.
fn wanted<'k>(candidate: &Candidate<'k>) -> Option<(&'k Entry, PlaceLevel)> {
    let Target::ShortBody(entry) = candidate.target else {
        return None;
    };
    let level = match entry.field("level") {
        "township" => PlaceLevel::Township,
        "village" => PlaceLevel::Village,
        _ => return None,
    };
    (candidate.label == entry.name).then_some((entry, level))
}

/// Names a body after the last such place before it.
fn after_place<'k>(
    candidate: &Candidate<'k>,
    entry: &Entry,
    wanted: PlaceLevel,
    places: &[Candidate<'k>],
) -> Option<Candidate<'k>> {
    let first = entry.name.chars().next()?;
    let end = places.partition_point(|place| place.span.end <= candidate.span.start);
    let place = places.iter().take(end).rev().find(|place| {
        // 镇党委 is no township's of another kind.
        let named = place.label.ends_with(first) || !"镇乡村".contains(first);
        level(place) == Some(wanted) && named
    })?;
    let body = body::named_after(entry, &place.label);
    let mut candidate = candidate.clone();
    candidate.label = body.label;
    candidate.aliases = body.aliases;
    candidate.target = Target::LowerBody(Box::new(place.clone()));
    Some(candidate)
}

fn level(place: &Candidate<'_>) -> Option<PlaceLevel> {
    let level = match &place.target {
        Target::Divisions { divisions, short } if !short => divisions.first()?.level,
        // 占村, 增乡: two characters alone are cut wrongly too often.
        Target::Local(level) if place.label.chars().count() > 2 => *level,
        Target::Divisions { .. }
        | Target::Local(_)
        | Target::Name
        | Target::Known(_)
        | Target::ShortBody(_)
        | Target::LowerBody(_) => return None,
    };
    matches!(level, PlaceLevel::Township | PlaceLevel::Village).then_some(level)
}
