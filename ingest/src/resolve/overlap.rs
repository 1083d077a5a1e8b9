//! Which of overlapping candidates stand: the heaviest set without overlap, and the names inside
//! the names that stand.

use std::collections::BTreeMap;

use ontology::record::{EntityClass, Span};

use crate::recognise::{Candidate, Target};
use crate::segment::Segmented;

/// Candidates below this score are dropped.
const LEAST: f64 = 0.4;

/// A candidate that stands, and whether it lies inside another.
pub(super) struct Standing<'k> {
    pub(super) candidate: Candidate<'k>,
    pub(super) nested: bool,
}

/// Chooses by weighted interval scheduling (Kleinberg and Tardos, Algorithm Design, 6.1): weight is
/// score times length, so that one long name beats the names inside it and a sure name beats a
/// guess. O(n log n).
pub(super) fn choose<'k>(
    text: &Segmented<'k>,
    candidates: Vec<Candidate<'k>>,
) -> Vec<Standing<'k>> {
    let mut sorted: Vec<Candidate<'k>> = candidates
        .into_iter()
        .filter(|candidate| candidate.score >= LEAST)
        .collect();
    sorted.sort_by(|a, b| {
        (a.span.end, a.span.start)
            .cmp(&(b.span.end, b.span.start))
            .then(b.score.total_cmp(&a.score))
            .then(a.class.cmp(&b.class))
            .then(a.label.cmp(&b.label))
    });
    let chosen = heaviest(text, &sorted);
    let outer: Vec<(Span, EntityClass)> = sorted
        .iter()
        .zip(&chosen)
        .filter(|&(_, &chosen)| chosen)
        .map(|(candidate, _)| (candidate.span, candidate.class))
        .collect();
    let mut standing: Vec<Standing<'k>> = Vec::new();
    for (candidate, chosen) in sorted.into_iter().zip(chosen) {
        if chosen {
            standing.push(Standing {
                candidate,
                nested: false,
            });
        } else if nests(&candidate, &outer) {
            standing.push(Standing {
                candidate,
                nested: true,
            });
        }
    }
    drop_nested_overlaps(&mut standing);
    standing.retain(|standing| !standing.nested || !is_namesake(&standing.candidate, &outer));
    standing.sort_by_key(|standing| (standing.candidate.span.start, standing.nested));
    standing
}

/// Marks the candidates (sorted by end) of the heaviest set without overlap.
fn heaviest(text: &Segmented<'_>, sorted: &[Candidate<'_>]) -> Vec<bool> {
    // best[n]: weight of the best choice among the first n; from[n]: where its last one continues.
    let mut best = vec![0.0_f64];
    let mut from: Vec<Option<usize>> = vec![None];
    for (index, candidate) in sorted.iter().enumerate() {
        let before = sorted
            .get(..index)
            .unwrap_or_default()
            .partition_point(|other| other.span.end <= candidate.span.start);
        let with = best.get(before).copied().unwrap_or(0.0) + weight(text, candidate);
        let without = best.last().copied().unwrap_or(0.0);
        best.push(with.max(without));
        from.push((with > without).then_some(before));
    }
    let mut chosen = vec![false; sorted.len()];
    let mut index = sorted.len();
    while index > 0 {
        if let Some(before) = from.get(index).copied().flatten() {
            if let Some(mark) = chosen.get_mut(index - 1) {
                *mark = true;
            }
            index = before;
        } else {
            index -= 1;
        }
    }
    chosen
}

/// What a name weighs beside its characters; below nothing, so that of two ways to cut the same words
/// the one with fewer names wins.
const BONUS: f64 = -0.2;

fn weight(text: &Segmented<'_>, candidate: &Candidate<'_>) -> f64 {
    let characters = candidate.span.of(text.text).chars().count();
    candidate.score * (f64::from(u32::try_from(characters).unwrap_or(u32::MAX)) + BONUS)
}

/// Tells whether a candidate is to be kept inside a name that stands: places, persons and events
/// in the names of bodies, sites, events and works; nothing inside the name of a programme or a person.
fn nests(candidate: &Candidate<'_>, outer: &[(Span, EntityClass)]) -> bool {
    let sure = match (&candidate.target, candidate.class) {
        (Target::Divisions { .. } | Target::Known(_), _) => true,
        (Target::Name, EntityClass::Person) => true,
        (Target::Name | Target::Local(_) | Target::ShortBody(_) | Target::LowerBody(_), _) => false,
    };
    let at = outer.partition_point(|(span, _)| span.end < candidate.span.end);
    sure && outer
        .get(at)
        .is_some_and(|&outer| holds(outer, (candidate.span, candidate.class)))
}

/// Tells whether both a name and one inside it may stand, by their spans and classes.
pub(super) fn holds(outer: (Span, EntityClass), inner: (Span, EntityClass)) -> bool {
    let fits = matches!(
        inner.1,
        EntityClass::Place | EntityClass::Person | EntityClass::Event
    );
    fits && outer.0.contains(inner.0)
        && outer.0 != inner.0
        && !matches!(outer.1, EntityClass::Program | EntityClass::Person)
        && outer.1 != inner.1
}

/// Tells whether a region or river only gives its name to a body that need not lie there (长江日报, 东北大学).
fn is_namesake(candidate: &Candidate<'_>, outer: &[(Span, EntityClass)]) -> bool {
    let known = matches!(candidate.target, Target::Known(_));
    let at = outer.partition_point(|(span, _)| span.end < candidate.span.end);
    let body = |&(_, class): &(Span, EntityClass)| class == EntityClass::Organization;
    known && candidate.class == EntityClass::Place && outer.get(at).is_some_and(body)
}

/// Of nested candidates that overlap each other, the longest stays, and of equal ones the first.
fn drop_nested_overlaps(standing: &mut Vec<Standing<'_>>) {
    let mut nested: Vec<Span> = standing
        .iter()
        .filter(|standing| standing.nested)
        .map(|standing| standing.candidate.span)
        .collect();
    // Longest first, so that each is held against those that stay.
    nested.sort_by_key(|span| (std::cmp::Reverse(span.len()), span.start));
    let mut kept: BTreeMap<usize, Span> = BTreeMap::new();
    for span in nested {
        let before = kept.range(..span.end).next_back().map(|(_, kept)| *kept);
        if before.is_none_or(|kept| !kept.overlaps(span)) {
            kept.insert(span.start, span);
        }
    }
    standing.retain(|standing| {
        let span = standing.candidate.span;
        // The first of equal spans takes its place, the others find it gone.
        !standing.nested
            || kept.get(&span.start).is_some_and(|kept| *kept == span)
                && kept.remove(&span.start).is_some()
    });
}
