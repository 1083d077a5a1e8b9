//! `holdsPost` behind a name: takes a person, returns the posts that an appointment (任命某某为, 某某
//! 任, 某某当选为), brackets or an apposition behind the name give.

use ontology::record::{Object, Predicate, Span};

use super::Asserted;
use super::post::with_body;
use crate::knowledge::{Hit, List};
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// Reads the posts behind a name.
pub(super) fn appointments(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    person: &Resolved,
) -> Vec<Asserted> {
    if let Some(at) = verb_end(text, person.span) {
        return posts_at(text, resolution, person, at, "post.appointed");
    }
    if let Some(at) = in_roll(text, person.span) {
        let found = posts_at(text, resolution, person, at, "post.roll");
        let closed = found
            .last()
            .is_some_and(|last| matches!(text.at(last.span.end), None | Some('\n' | ' ' | '　')));
        return if closed { found } else { Vec::new() };
    }
    let rest = text.text.get(person.span.end..).unwrap_or_default();
    let Some(mark) = rest.chars().next().filter(|c| matches!(c, '（' | '，')) else {
        return Vec::new();
    };
    let at = person.span.end + mark.len_utf8();
    let found = posts_at(text, resolution, person, at, "post.apposition");
    // 某某，某市副市长某某: the post belongs to the name behind it.
    let closed = found.last().is_some_and(|last| {
        let after = text.at(last.span.end);
        if mark == '（' {
            matches!(after, Some('）' | '，'))
        } else {
            matches!(after, Some('，' | '。' | '；'))
        }
    });
    let named = found
        .iter()
        .all(|stated| matches!(&stated.object, Object::Post { body, .. } if body.is_some()));
    if closed && (named || mark == '（') {
        found
    } else {
        Vec::new()
    }
}

/// Where the post begins in a roll of names, one a line (某某　某市委书记; 某某（女，某族）　某镇镇长).
fn in_roll(text: &Segmented<'_>, person: Span) -> Option<usize> {
    let blank = |c: char| matches!(c, ' ' | '　');
    let line = text.text.get(..person.start)?.trim_end_matches(blank);
    let rest = text.text.get(person.end..)?;
    let behind = match rest.strip_prefix('（') {
        Some(inside) => inside.split_once('）').map(|(_, behind)| behind)?,
        None => rest,
    };
    let post = behind.trim_start_matches(blank);
    let opens = line.is_empty() || line.ends_with('\n');
    (opens && post.len() < behind.len()).then(|| text.text.len() - post.len())
}

/// Where the post begins behind a verb of holding it, or behind 为 after 任命某某.
fn verb_end(text: &Segmented<'_>, person: Span) -> Option<usize> {
    let relation = |hit: &&Hit<'_>, relation: &str| {
        hit.entry.list == List::Relation && hit.entry.field("relation") == relation
    };
    let holds = text
        .starting(person.end)
        .filter(|hit| relation(hit, "holdsPost"))
        .map(|hit| hit.span.end)
        .max();
    let appointed = || {
        let named = text
            .ending(person.start)
            .any(|hit| relation(&hit, "appoints"));
        let rest = text.text.get(person.end..)?;
        let rest = rest.strip_prefix('为').filter(|_| named)?;
        Some(text.text.len() - rest.len())
    };
    holds.or_else(appointed)
}

/// The posts that begin at a byte, one behind the other (某市委副书记、市长).
fn posts_at(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    person: &Resolved,
    at: usize,
    rule: &'static str,
) -> Vec<Asserted> {
    /// Bytes of a body and its post (24 characters).
    const REACH: usize = 24 * 3;
    let mut found = Vec::new();
    let mut at = at;
    loop {
        let post = text
            .within(List::Post, Span::new(at, at + REACH))
            .filter(|hit| hit.entry.field("office") == "yes" && hit.entry.field("kind") != "media")
            .map(|hit| (hit, with_body(text, resolution, hit)))
            .filter(|(_, (_, _, start))| *start == at)
            .max_by_key(|(hit, _)| (hit.span.end, hit.span.len()));
        let Some((hit, (label, body, _))) = post else {
            break;
        };
        found.push(Asserted {
            span: Span::new(person.span.start, hit.span.end),
            subject: person.key.clone(),
            predicate: Predicate::HoldsPost,
            object: Object::Post { label, body },
            rule,
            confidence: 0.85,
        });
        if text.at(hit.span.end) != Some('、') {
            break;
        }
        at = hit.span.end + '、'.len_utf8();
    }
    found
}
