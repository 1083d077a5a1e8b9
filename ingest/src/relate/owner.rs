//! `runBy`, `publishedBy` and `partOfProgram`: whose a programme or a work is, and which programme
//! is named as a part of another.

use ontology::record::{EntityClass, EntityKey, Object, Predicate, Span};

use super::{Asserted, clause};
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

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
        if mention.class == EntityClass::Program {
            found.extend(parts(text, resolution, mention));
            found.extend(known_whole(text, resolution, mention));
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
    if let Some(owner) = named_before(text, resolution, mention.span.start) {
        return Some((owner, "owner.before"));
    }
    if let Some(owner) = agent(text, resolution, mention.span, List::WorkVerb) {
        return Some((owner, "owner.agent"));
    }
    let local = mention.rule != "work.known";
    let sentence = text.structure.sentence_at(mention.span.start)?.span;
    let before = Span::new(sentence.start, mention.span.start);
    let made = text
        .within(List::WorkVerb, before)
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

/// Finds the body that a verb before the name is said of: 某剧团创排的《某剧》, 某局推出“某某”行动.
fn agent(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    name: Span,
    verbs: List,
) -> Option<EntityKey> {
    let sentence = text.structure.sentence_at(name.start)?.span;
    let from = sentence.start.max(name.start.saturating_sub(AGENT_REACH));
    let verb = text
        .within(verbs, Span::new(from, name.start))
        .filter(|hit| hit.entry.field("sense") != "honour")
        .max_by_key(|hit| hit.span.end)?;
    let between = Span::new(verb.span.end, name.start).of(text.text);
    if between.contains(['，', '。', '；']) {
        return None;
    }
    resolution
        .within(Span::new(sentence.start, verb.span.start))
        .filter(|body| body.class == EntityClass::Organization && !body.nested)
        .filter(|body| {
            let gap = Span::new(body.span.end, verb.span.start).of(text.text);
            gap.chars().count() <= 4 && !gap.contains(['，', '、'])
        })
        .last()
        .map(|body| body.key.clone())
}

/// Words that may stand between an owner of a higher level and its programme (8 characters).
const REACH: usize = 8 * 3;

fn speaks_of_above(text: &Segmented<'_>, span: Span) -> bool {
    let near = Span::new(span.start.saturating_sub(REACH), span.start);
    text.within(List::Owner, near)
        .any(|hit| matches!(hit.entry.field("meaning"), "province" | "nation"))
}

/// Programmes in brackets or behind a dash after a programme are its parts.
fn parts(text: &Segmented<'_>, resolution: &Resolution<'_>, whole: &Resolved) -> Vec<Asserted> {
    let rest = text.text.get(whole.span.end..).unwrap_or_default();
    let Some(inside) = rest.strip_prefix('（') else {
        return Vec::new();
    };
    let Some(length) = inside.find('）') else {
        return Vec::new();
    };
    let start = whole.span.end + '（'.len_utf8();
    resolution
        .within(Span::new(start, start + length))
        .filter(|part| part.class == EntityClass::Program && part.key != whole.key)
        .map(|part| Asserted {
            span: clause(text, whole.span),
            subject: part.key.clone(),
            predicate: Predicate::PartOfProgram,
            object: Object::Entity(whole.key.clone()),
            rule: "owner.bracket",
            confidence: 0.8,
        })
        .collect()
}

/// What is known of a national programme: it is a part of another one that the document names too.
fn known_whole(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    part: &Resolved,
) -> Option<Asserted> {
    let label = &resolution.entities.get(&part.key)?.label;
    let whole = text
        .knowledge
        .entry(List::KnownProgram, label)?
        .field("part_of");
    let whole = EntityKey::new(EntityClass::Program, whole);
    resolution.entities.contains_key(&whole).then(|| Asserted {
        span: clause(text, part.span),
        subject: part.key.clone(),
        predicate: Predicate::PartOfProgram,
        object: Object::Entity(whole),
        rule: "owner.known-part",
        confidence: 0.8,
    })
}
