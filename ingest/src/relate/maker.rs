//! Takes a work (or a programme) and the scene, returns who made it: named before it (某剧团的楚剧《某剧》),
//! as the agent of a verb before it (某剧团创排的《某剧》), behind it (《某剧》由甲、乙联合创排; 《某剧》上演。该剧由…),
//! or as the subject of its clause.

use ontology::record::{EntityClass, EntityKey, Span};

use super::agent::Subject;
use super::owner::Owners;
use super::scene::Scene;
use crate::knowledge::{Hit, List};
use crate::resolve::Resolved;
use crate::segment::{Pos, Segmented};

/// Finds who made, staged or published a work.
pub(super) fn work_owners(scene: &Scene<'_, '_>, mention: &Resolved) -> Option<Owners> {
    let text = scene.text;
    let span = mention.span;
    let before = behind_kinds(text, span.start)
        .into_iter()
        .find_map(|at| named_before(scene, at));
    if let Some(owners) = before {
        return Some((owners, "owner.before"));
    }
    if let Some(owners) = agent(scene, span, List::WorkVerb) {
        return Some((owners, "owner.agent"));
    }
    if let Some(owners) =
        behind(scene, span, List::WorkVerb).or_else(|| in_next_sentence(scene, span))
    {
        return Some((owners, "owner.behind"));
    }
    let local = !matches!(mention.rule, "work.known" | "work.known-title");
    let clause = clause_before(scene, span)?;
    let made = text
        .within(List::WorkVerb, clause)
        .filter(|hit| makes(hit) && text.is_boundary(hit.span.start))
        // 他写的《某书》: a person's own.
        .any(|hit| !matches!(text.before(hit.span.start), Some('他' | '她')));
    if !local || !made {
        return None;
    }
    match scene.subject(span.start) {
        Subject::Actors(owners) => Some((owners, "owner.subject")),
        Subject::Other => None,
        Subject::Absent => scene
            .carried(span.start)
            .map(|owners| (owners, "owner.carried"))
            .or_else(|| Some((vec![scene.default_at(span.start)?], "owner.region"))),
    }
}

/// Tells whether a verb beside a work says who made it; who is honoured, reads or watches did not.
fn makes(hit: &Hit<'_>) -> bool {
    !matches!(hit.entry.field("sense"), "honour" | "join" | "watch")
}

/// The stretch of a name's clause before it. A verb in another clause says nothing of it: what is sung
/// or read elsewhere is not the region's.
pub(super) fn clause_before(scene: &Scene<'_, '_>, name: Span) -> Option<Span> {
    let text = scene.text;
    let sentence = text.structure.sentence_at(name.start)?.span;
    let start = sentence.start.max(scene.back_from(name.start));
    let before = Span::new(start, name.start);
    let clause = before.of(text.text).rfind(['，', '；', '：']).unwrap_or(0);
    Some(Span::new(start + clause, name.start))
}

/// Where the words for a work's kind begin that stand before it (某剧团的原创楚剧《某剧》), nearest first.
fn behind_kinds(text: &Segmented<'_>, at: usize) -> Vec<usize> {
    /// Words of a kind, with what qualifies it.
    const WORDS: usize = 4;
    let mut starts = vec![at];
    let mut edge = at;
    for _ in 0..WORDS {
        let kind = text
            .ending(edge)
            .filter(|hit| hit.entry.list == List::WorkKind && text.is_boundary(hit.span.start))
            .map(|hit| hit.span.start)
            .min();
        let quality = || {
            let last = edge.checked_sub(1).and_then(|at| text.token_at(at))?;
            let token = text.tokens.get(last)?;
            matches!(
                token.pos,
                Pos::Attribute | Pos::Adjective | Pos::Number | Pos::Measure | Pos::VerbalNoun
            )
            .then_some(token.span.start)
        };
        let Some(start) = kind.or_else(quality) else {
            break;
        };
        starts.push(start);
        edge = start;
    }
    starts
}

/// Finds the body or place whose mention ends where a name begins, with those joined to it.
pub(super) fn named_before(scene: &Scene<'_, '_>, at: usize) -> Option<Vec<EntityKey>> {
    let end = scene
        .text
        .text
        .get(..at)?
        .trim_end_matches([' ', '的'])
        .len();
    scene
        .resolution
        .ending(end)
        .filter(|mention| !mention.nested)
        .find(|mention| mention.class == EntityClass::Place || scene.is_actor(mention))
        .map(|mention| scene.with_joined(mention))
}

/// Bytes between a body, its verb and the name (16 characters).
const AGENT_REACH: usize = 16 * 3;
/// Bytes of the longest body before the verb (40 characters).
const BODY_REACH: usize = 40 * 3;
/// Characters between a body and its verb.
const GAP: usize = 4;

/// Finds the bodies that a verb before the name is said of: 甲和乙联合创排的《某剧》, 某局推出“某某”行动.
pub(super) fn agent(scene: &Scene<'_, '_>, name: Span, verbs: List) -> Option<Vec<EntityKey>> {
    let text = scene.text;
    let sentence = text.structure.sentence_at(name.start)?.span;
    let from = sentence.start.max(name.start.saturating_sub(AGENT_REACH));
    let bodies = sentence.start.max(from.saturating_sub(BODY_REACH));
    let verb = text
        .within(verbs, Span::new(from, name.start))
        .filter(|hit| makes(hit) && text.is_boundary(hit.span.start))
        .max_by_key(|hit| (hit.span.end, hit.span.len()))?;
    let between = Span::new(verb.span.end, name.start).of(text.text);
    if between.contains(['，', '。', '；']) {
        return None;
    }
    let body = scene
        .resolution
        .within(Span::new(bodies, verb.span.start))
        .filter(|body| !body.nested && scene.may_act(body))
        .filter(|body| {
            let gap = Span::new(body.span.end, verb.span.start).of(text.text);
            gap.chars().count() <= GAP && !gap.contains(['，', '、'])
        })
        .last()?;
    Some(scene.with_joined(body))
}

/// Bytes between a work and the word for its maker, and between the maker and its verb (6 characters).
const MAKER_REACH: usize = 6 * 3;

/// Tells whether 由, 是 or the like stands before a body, or before a broadcaster 在.
fn leads_to_maker(scene: &Scene<'_, '_>, body: &Resolved) -> bool {
    let mark = scene.text.before(body.span.start);
    let media = scene
        .resolution
        .entities
        .get(&body.key)
        .is_some_and(|entity| entity.kind.as_deref() == Some("media"));
    matches!(mark, Some('由' | '是' | '系' | '为')) || mark == Some('在') && media
}

/// Finds the bodies behind a work: 《某剧》由甲与乙创排, 《某栏》是某报推出的专栏, 《某片》在某台播出.
pub(super) fn behind(scene: &Scene<'_, '_>, name: Span, verbs: List) -> Option<Vec<EntityKey>> {
    let near = Span::new(name.end, name.end + BODY_REACH);
    let maker = scene.resolution.within(near).find(|mention| {
        scene.is_actor(mention)
            && !mention.nested
            && mention.span.start - name.end <= MAKER_REACH
            && leads_to_maker(scene, mention)
    })?;
    makers_from(scene, maker, verbs)
}

/// Reads 甲、乙联合创排 from the first maker on.
fn makers_from(scene: &Scene<'_, '_>, maker: &Resolved, verbs: List) -> Option<Vec<EntityKey>> {
    let text = scene.text;
    let joined = scene.joined_at(maker.span.start)?;
    let rest = Span::new(joined.end, joined.end + MAKER_REACH);
    // 《某剧》是某剧团的新作.
    let own = text.before(maker.span.start) == Some('是') && text.at(joined.end) == Some('的');
    let verb = || text.within(verbs, rest).any(makes);
    (own || verb()).then_some(joined.keys)
}

/// Finds the makers in the next sentence, which takes the work up again (该剧由甲与乙联合创作), or behind
/// the comma (《某书》首发，由某社出版).
fn in_next_sentence(scene: &Scene<'_, '_>, name: Span) -> Option<Vec<EntityKey>> {
    let text = scene.text;
    let sentences = &text.structure.sentences;
    let number = sentences.partition_point(|sentence| sentence.span.end <= name.start);
    let own = sentences.get(number)?;
    let next = sentences.get(number + 1).filter(|next| {
        let again = text.longest_at(List::Definite, next.span.start);
        let again = again.is_some_and(|hit| hit.entry.field("kind") == "work");
        next.line == own.line && again
    });
    let rest = [
        Some(Span::new(name.end, own.span.end.max(name.end))),
        next.map(|next| next.span),
    ];
    rest.into_iter().flatten().find_map(|stretch| {
        // Another work in between is what they made.
        let end = scene
            .resolution
            .within(stretch)
            .find(|mention| mention.class == EntityClass::Work && !mention.nested)
            .map_or(stretch.end, |other| other.span.start);
        scene
            .resolution
            .within(Span::new(stretch.start, end))
            .filter(|maker| !maker.nested && scene.is_actor(maker))
            .filter(|maker| text.before(maker.span.start) == Some('由'))
            .find_map(|maker| makers_from(scene, maker, List::WorkVerb))
    })
}

/// Tells whether a work follows another one in a list: 快板《某某》、小戏《某某》.
pub(super) fn is_listed(text: &Segmented<'_>, last: Span, next: Span) -> bool {
    let starts = behind_kinds(text, next.start);
    starts
        .iter()
        .filter_map(|&start| text.text.get(last.end..start))
        .any(|between| matches!(between, "" | "、" | "和" | "与" | "及" | "以及"))
}
