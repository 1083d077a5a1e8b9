//! `runBy` and `publishedBy`: takes a programme or a work, returns whose it is.

use ontology::record::{EntityClass, EntityKey, Object, PlaceLevel, Predicate, Span};

use super::{Asserted, clause};
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::{Pos, Segmented};

/// Finds the owners of the programmes and works of a document.
pub(super) fn owners(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Asserted> {
    let mut found = Vec::new();
    for mention in resolution.mentions.iter().filter(|mention| !mention.nested) {
        let owner = match mention.class {
            EntityClass::Program => program_owner(text, resolution, mention)
                .map(|(owner, rule)| (Predicate::RunBy, owner, rule)),
            EntityClass::Work => work_owner(text, resolution, mention)
                .map(|(owner, rule)| (Predicate::PublishedBy, owner, rule)),
            EntityClass::Place
            | EntityClass::Person
            | EntityClass::Organization
            | EntityClass::RedSite
            | EntityClass::Event => None,
        };
        if let Some((predicate, owner, rule)) = owner {
            found.push(Asserted {
                span: clause(text, mention.span),
                subject: mention.key.clone(),
                predicate,
                object: Object::Entity(owner),
                rule,
                confidence: if rule.ends_with("region") { 0.6 } else { 0.8 },
            });
        }
    }
    found
}

/// A programme is run by the body or place named directly before it; a local one by the region,
/// unless the clause speaks of the province or the nation.
fn program_owner(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    mention: &Resolved,
) -> Option<(EntityKey, &'static str)> {
    let national = mention.rule == "program.known";
    // A national programme is not run by every place and committee that carries it out.
    let may_own = |owner: &EntityKey| {
        !national
            || owner.class() == Some(EntityClass::Organization)
                && !resolution.seats.contains_key(owner)
    };
    if let Some(owner) = named_before(text, resolution, mention.span.start).filter(may_own) {
        return Some((owner, "owner.before"));
    }
    if let Some(owner) = agent(text, resolution, mention.span, List::ProgramVerb).filter(may_own) {
        return Some((owner, "owner.agent"));
    }
    if let Some(owner) =
        maker_behind(text, resolution, mention.span, List::ProgramVerb).filter(may_own)
    {
        return Some((owner, "owner.behind"));
    }
    if is_conferred(text, mention.span) {
        return None;
    }
    if let Some(owner) = clause_subject(text, resolution, mention.span).filter(may_own) {
        return Some((owner, "owner.subject"));
    }
    let above = speaks_of_above(text, mention.span);
    (!national && !above)
        .then(|| resolution.region_key())
        .flatten()
        .map(|region| (region, "owner.region"))
}

/// A work is published by the body named directly before it; one that a verb of making precedes,
/// by the region.
fn work_owner(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    mention: &Resolved,
) -> Option<(EntityKey, &'static str)> {
    // 某剧团的楚剧《某剧》: the word for the kind stands between.
    let kind = text
        .ending(mention.span.start)
        .filter(|hit| hit.entry.list == List::WorkKind && text.is_boundary(hit.span.start))
        .map(|hit| hit.span.start)
        .min();
    let before = [Some(mention.span.start), kind]
        .into_iter()
        .flatten()
        .find_map(|at| named_before(text, resolution, at));
    if let Some(owner) = before {
        return Some((owner, "owner.before"));
    }
    if let Some(owner) = agent(text, resolution, mention.span, List::WorkVerb) {
        return Some((owner, "owner.agent"));
    }
    if let Some(owner) = maker_behind(text, resolution, mention.span, List::WorkVerb) {
        return Some((owner, "owner.behind"));
    }
    let local = !matches!(mention.rule, "work.known" | "work.known-title");
    let sentence = text.structure.sentence_at(mention.span.start)?.span;
    // A verb of making in the work's own clause: what is sung or read elsewhere is not the region's.
    let before = Span::new(sentence.start, mention.span.start);
    let clause = before.of(text.text).rfind(['，', '；', '：']).unwrap_or(0);
    let clause = Span::new(sentence.start + clause, mention.span.start);
    let made = text
        .within(List::WorkVerb, clause)
        .any(|hit| hit.entry.field("sense") != "honour");
    (local && made)
        .then(|| resolution.region_key())
        .flatten()
        .map(|region| (region, "owner.region"))
}

/// Finds the body or place whose mention ends where a name begins.
fn named_before(text: &Segmented<'_>, resolution: &Resolution<'_>, at: usize) -> Option<EntityKey> {
    let end = text.text.get(..at)?.trim_end_matches([' ', '的']).len();
    resolution
        .ending(end)
        .filter(|mention| !mention.nested)
        .find(|mention| {
            matches!(
                mention.class,
                EntityClass::Organization | EntityClass::Place
            )
        })
        .map(|mention| mention.key.clone())
}

/// Bytes between a body, its verb and the name (16 characters).
const AGENT_REACH: usize = 16 * 3;
/// Bytes of the longest body before the verb (40 characters).
const BODY_REACH: usize = 40 * 3;

/// Finds the body that a verb before the name is said of: 某剧团创排的《某剧》, 某局推出“某某”行动.
fn agent(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    name: Span,
    verbs: List,
) -> Option<EntityKey> {
    let sentence = text.structure.sentence_at(name.start)?.span;
    let from = sentence.start.max(name.start.saturating_sub(AGENT_REACH));
    let bodies = sentence.start.max(from.saturating_sub(BODY_REACH));
    let verb = text
        .within(verbs, Span::new(from, name.start))
        .filter(|hit| !matches!(hit.entry.field("sense"), "honour" | "join"))
        .max_by_key(|hit| hit.span.end)?;
    let between = Span::new(verb.span.end, name.start).of(text.text);
    if between.contains(['，', '。', '；']) {
        return None;
    }
    resolution
        .within(Span::new(bodies, verb.span.start))
        .filter(|body| !body.nested && may_act(resolution, body))
        .filter(|body| {
            let gap = Span::new(body.span.end, verb.span.start).of(text.text);
            gap.chars().count() <= 4 && !gap.contains(['，', '、'])
        })
        .last()
        .map(|body| body.key.clone())
}

/// Words that may stand between an owner of a higher level and its programme (8 characters).
const REACH: usize = 8 * 3;

/// Tells whether a programme is an honour: the name itself is that of the nation or the province
/// (国家级某某试验区, 全国某某城市), or a verb such as 荣获 stands before it.
fn is_conferred(text: &Segmented<'_>, span: Span) -> bool {
    let honour = text
        .ending(span.start)
        .any(|hit| hit.entry.list == List::ProgramVerb && hit.entry.field("sense") == "honour");
    honour
        || text.starting(span.start).any(|hit| {
            hit.entry.list == List::Owner
                && matches!(hit.entry.field("meaning"), "province" | "nation")
        })
}

fn speaks_of_above(text: &Segmented<'_>, span: Span) -> bool {
    let near = Span::new(span.start.saturating_sub(REACH), span.start);
    text.within(List::Owner, near)
        .any(|hit| matches!(hit.entry.field("meaning"), "province" | "nation"))
}

/// Bytes before a name in which its clause's subject is looked for (200 characters).
const SUBJECT_REACH: usize = 200 * 3;

/// Finds the place or body with which the clause opens, or else the nearest clause before it in the
/// sentence: 某市推行…，某县试点….
fn clause_subject(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    name: Span,
) -> Option<EntityKey> {
    let sentence = text.structure.sentence_at(name.start)?.span;
    // Text without marks is one sentence: a subject far away does nothing here.
    let reach = text
        .token_at(name.start.saturating_sub(SUBJECT_REACH))
        .and_then(|number| text.tokens.get(number))
        .map_or(0, |token| token.span.start);
    let from = sentence.start.max(reach);
    let before = Span::new(from, name.start).of(text.text);
    let marks = before
        .rmatch_indices(['，', '；', '：'])
        .map(|(at, mark)| from + at + mark.len());
    marks
        .chain(std::iter::once(sentence.start))
        .find_map(|start| subject_at(text, resolution, start))
}

/// A body, or a division that acts as one.
fn may_act(resolution: &Resolution<'_>, mention: &Resolved) -> bool {
    let level = resolution
        .entities
        .get(&mention.key)
        .and_then(|entity| entity.level);
    match mention.class {
        EntityClass::Organization => true,
        EntityClass::Place => !matches!(
            level,
            Some(PlaceLevel::Country | PlaceLevel::Region | PlaceLevel::Natural)
        ),
        EntityClass::Person
        | EntityClass::Program
        | EntityClass::RedSite
        | EntityClass::Work
        | EntityClass::Event => false,
    }
}

/// The place or body that starts at a byte and does something: a verb, an adverb or a mark follows.
fn subject_at(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    start: usize,
) -> Option<EntityKey> {
    let mut last: Option<&Resolved> = None;
    let mut at = start;
    // 某省某市某县: the last of a chain acts.
    while let Some(next) = resolution.starting(at).find(|mention| {
        !mention.nested
            && matches!(
                mention.class,
                EntityClass::Organization | EntityClass::Place
            )
    }) {
        at = next.span.end;
        last = Some(next);
    }
    let acts = text
        .token_at(at)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| {
            token.span.start == at
                && matches!(
                    token.pos,
                    Pos::Verb | Pos::VerbalNoun | Pos::Adverb | Pos::Adjective | Pos::Preposition
                )
        });
    let acts = acts || text.longest_at(List::ProgramVerb, at).is_some();
    last.filter(|_| acts)
        .filter(|subject| may_act(resolution, subject))
        .map(|subject| subject.key.clone())
}

/// Bytes between a work and the word for its maker, and between the maker and its verb (6
/// characters).
const MAKER_REACH: usize = 6 * 3;

/// Tells whether 由, 是 or the like stands before a body, or before a broadcaster 在.
fn leads_to_maker(text: &Segmented<'_>, resolution: &Resolution<'_>, body: &Resolved) -> bool {
    let mark = text.before(body.span.start);
    let media = resolution
        .entities
        .get(&body.key)
        .is_some_and(|entity| entity.kind.as_deref() == Some("media"));
    matches!(mark, Some('由' | '是' | '系' | '为')) || mark == Some('在') && media
}

/// Finds the body behind a work: 《某剧》由某剧团创排, 《某栏》是某报推出的专栏, 《某片》在某台播出.
fn maker_behind(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    name: Span,
    verbs: List,
) -> Option<EntityKey> {
    let near = Span::new(name.end, name.end + 2 * MAKER_REACH);
    let maker = resolution.within(near).find(|mention| {
        mention.class == EntityClass::Organization
            && !mention.nested
            && mention.span.start - name.end <= MAKER_REACH
            && leads_to_maker(text, resolution, mention)
    })?;
    let rest = Span::new(maker.span.end, maker.span.end + MAKER_REACH);
    // 《某剧》是某剧团的新作.
    let own = text.before(maker.span.start) == Some('是') && text.at(maker.span.end) == Some('的');
    let verb = || {
        text.within(verbs, rest)
            .any(|hit| hit.entry.field("sense") != "honour")
    };
    (own || verb()).then(|| maker.key.clone())
}
