//! Takes a mention, returns the place that its sentence says it is in: 在某县建设某馆, 位于某县的某馆,
//! 某馆位于某县, 某镇有一座某馆.

use ontology::record::{EntityClass, EntityKey, Span};

use super::location::is_area;
use super::scene::Scene;
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// Bytes within which a paragraph that opens with a site says where it is (60 characters).
const PARAGRAPH: usize = 60 * 3;
/// Bytes of 位于 and the like between a name and its place (4 characters).
pub(super) const AT_ONCE: usize = 4 * 3;
/// Bytes between 在 and a place, and between the place and what is there (20 characters).
pub(super) const REACH: usize = 20 * 3;

/// Finds 在某县建设某馆, 位于某县的某馆, 某馆位于某县 in the clause.
pub(super) fn stated<'r>(
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
        .filter(|place| {
            let gap = Span::new(place.span.end, mention.span.start).of(text.text);
            mention.class != EntityClass::Event || !gap.contains(['，', '为'])
        })
        .filter(|place| {
            ends_with_location(text, place.span.start)
                || mention.class != EntityClass::Event
                    && has_before(text, place.span.end, mention.span.start)
        })
        .last();
    let behind = || {
        areas().find(|place| {
            place.span.start >= mention.span.end
                && place.span.end <= to
                && ends_with_location(text, place.span.start)
                && (is_close(mention, place) || !is_mere(text, place.span.start))
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

/// Finds 镇里有个某馆, 我们镇的某馆 in the clause.
pub(super) fn definite_before(scene: &Scene<'_, '_>, mention: &Resolved) -> Option<EntityKey> {
    let text = scene.text;
    let sentence = text.structure.sentence_at(mention.span.start)?.span;
    let from = mention.span.start.saturating_sub(REACH);
    let near = Span::new(sentence.start.max(from), mention.span.start);
    let forms: Vec<usize> = text
        .within(List::Definite, near)
        .filter(|hit| hit.entry.field("kind") == "place")
        .filter(|hit| {
            let gap = Span::new(hit.span.end, mention.span.start);
            gap.of(text.text) == "的" || has_before(text, gap.start, gap.end)
        })
        .map(|hit| hit.span.start)
        .collect();
    let found = forms.into_iter().filter_map(|at| scene.definite(at));
    found.map(|(place, _)| place).next_back()
}

/// Tells whether a word for being somewhere (位于, 坐落在, 在) ends at a byte.
fn ends_with_location(text: &Segmented<'_>, at: usize) -> bool {
    text.ending(at)
        .any(|hit| hit.entry.list == List::Relation && hit.entry.field("relation") == "locatedIn")
}

fn is_close(mention: &Resolved, place: &Resolved) -> bool {
    place.span.start - mention.span.end <= AT_ONCE
}

/// Tells whether only 在 stands before a place, which may belong to another verb (某馆的代表在某市观礼).
fn is_mere(text: &Segmented<'_>, at: usize) -> bool {
    !text.ending(at).any(|hit| {
        hit.entry.list == List::Relation
            && hit.entry.field("relation") == "locatedIn"
            && hit.span.len() > '在'.len_utf8()
    })
}

/// Tells whether a place has a site: 某镇有一座某馆, with a few characters on either side of the verb.
fn has_before(text: &Segmented<'_>, from: usize, to: usize) -> bool {
    /// Bytes of 境内 and the like before the verb, and of 一座 behind it (5 characters).
    const GAP: usize = 5 * 3;
    text.within(List::Relation, Span::new(from, to))
        .filter(|hit| hit.entry.field("relation") == "locates" && text.is_boundary(hit.span.start))
        .any(|hit| {
            let before = Span::new(from, hit.span.start).of(text.text);
            let behind = Span::new(hit.span.end, to).of(text.text);
            before.len() <= GAP && behind.len() <= GAP && !before.contains('，')
        })
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
