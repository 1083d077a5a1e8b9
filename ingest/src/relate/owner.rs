//! `runBy` and `publishedBy`: takes a programme or a work, returns whose it is.

use ontology::record::{EntityClass, EntityKey, Object, Predicate, Span};

use super::agent::Subject;
use super::maker;
use super::scene::Scene;
use super::{Asserted, clause};
use crate::knowledge::List;
use crate::resolve::Resolved;
use crate::segment::Segmented;

/// Whose something is, and the rule that says so.
pub(super) type Owners = (Vec<EntityKey>, &'static str);

/// Finds the owners of the programmes and works of a document.
pub(super) fn owners(scene: &Scene<'_, '_>) -> Vec<Asserted> {
    let mut found = Vec::new();
    let mut last: Option<(Span, Owners)> = None;
    let mentions = scene.resolution.mentions.iter();
    for mention in mentions.filter(|mention| !mention.nested) {
        let (predicate, owners) = match mention.class {
            EntityClass::Program => (Predicate::RunBy, program_owners(scene, mention)),
            EntityClass::Work => {
                let shared = last
                    .take()
                    .filter(|(span, _)| maker::is_listed(scene.text, *span, mention.span))
                    .map(|(_, owners)| owners);
                let own = maker::work_owners(scene, mention);
                let weak = own.as_ref().is_none_or(|(_, rule)| is_default(rule));
                let owners = if weak { shared.or(own) } else { own };
                last = owners.clone().map(|owners| (mention.span, owners));
                (Predicate::PublishedBy, owners)
            }
            EntityClass::Place
            | EntityClass::Person
            | EntityClass::Organization
            | EntityClass::RedSite
            | EntityClass::Event => continue,
        };
        let Some((owners, rule)) = owners else {
            continue;
        };
        found.extend(owners.into_iter().filter(may_own).map(|owner| Asserted {
            span: clause(scene.text, mention.span),
            subject: mention.key.clone(),
            predicate,
            object: Object::Entity(owner),
            rule,
            confidence: if is_default(rule) { 0.6 } else { 0.8 },
        }));
    }
    surest(found)
}

/// A museum that is a red site may act, and then nobody else does; but owners are bodies and places.
fn may_own(owner: &EntityKey) -> bool {
    matches!(
        owner.class(),
        Some(EntityClass::Organization | EntityClass::Place)
    )
}

fn is_default(rule: &str) -> bool {
    rule.ends_with("region")
}

/// What is owned by default somewhere and by name elsewhere is owned by name.
fn surest(found: Vec<Asserted>) -> Vec<Asserted> {
    let named: std::collections::BTreeSet<EntityKey> = found
        .iter()
        .filter(|stated| !is_default(stated.rule))
        .map(|stated| stated.subject.clone())
        .collect();
    let keeps = |stated: &Asserted| !is_default(stated.rule) || !named.contains(&stated.subject);
    found.into_iter().filter(keeps).collect()
}

/// A programme is run by the body or place named directly before it, the agent of its verb, the
/// subject of its clause or of the sentence before; else by whom the text speaks of, unless the
/// clause speaks of the province or the nation.
fn program_owners(scene: &Scene<'_, '_>, mention: &Resolved) -> Option<Owners> {
    let text = scene.text;
    let national = mention.rule == "program.known";
    // A national programme is not run by every place and committee that carries it out.
    let may_own = |owners: &Vec<EntityKey>| {
        !national
            || owners.iter().all(|owner| {
                owner.class() == Some(EntityClass::Organization)
                    && !scene.resolution.seats.contains_key(owner)
            })
    };
    let span = mention.span;
    if let Some(owners) = maker::named_before(scene, span.start).filter(may_own) {
        return Some((owners, "owner.before"));
    }
    if let Some(owners) = maker::agent(scene, span, List::ProgramVerb).filter(may_own) {
        return Some((owners, "owner.agent"));
    }
    if let Some(owners) = maker::behind(scene, span, List::ProgramVerb).filter(may_own) {
        return Some((owners, "owner.behind"));
    }
    if is_conferred(text, span) || is_joined(text, span) {
        return None;
    }
    let subject = scene.subject(span.start);
    match subject {
        Subject::Actors(owners) if may_own(&owners) => return Some((owners, "owner.subject")),
        Subject::Absent => {
            let carried = scene
                .carried(span.start)
                .filter(|_| is_run(scene, span))
                .filter(|owners| owners.iter().all(|owner| is_local(scene, owner)))
                .filter(may_own);
            if let Some(owners) = carried {
                return Some((owners, "owner.carried"));
            }
        }
        Subject::Actors(_) | Subject::Other => {}
    }
    let above = speaks_of_above(text, span);
    (!national && !above)
        .then(|| scene.default_at(span.start))
        .flatten()
        .map(|region| (vec![region], "owner.region"))
}

/// A body or place of the document's region.
fn is_local(scene: &Scene<'_, '_>, owner: &EntityKey) -> bool {
    let place = scene.resolution.seats.get(owner).unwrap_or(owner);
    let region = scene.resolution.region_key();
    let uncoded = || {
        let entity = scene.resolution.entities.get(place);
        entity.is_some_and(|entity| entity.adcode.is_none())
    };
    Some(place) == region.as_ref() || scene.is_below(place) || uncoded()
}

/// Tells whether a verb of carrying out stands in the clause before a name.
fn is_run(scene: &Scene<'_, '_>, name: Span) -> bool {
    let Some(clause) = maker::clause_before(scene, name) else {
        return false;
    };
    scene
        .text
        .within(List::ProgramVerb, clause)
        .any(|hit| matches!(hit.entry.field("sense"), "run" | "create"))
}

/// Bytes of words that may stand between an owner of a higher level and its programme (8 characters).
const REACH: usize = 8 * 3;

/// Tells whether a programme is an honour: the name itself is that of the nation or the province
/// (国家级某某试验区, 全国某某城市), or a verb such as 荣获 stands before it.
fn is_conferred(text: &Segmented<'_>, span: Span) -> bool {
    verb_before(text, span, "honour")
        || text.starting(span.start).any(|hit| {
            hit.entry.list == List::Owner
                && matches!(hit.entry.field("meaning"), "province" | "nation")
        })
}

/// Tells whether a programme is somebody else's, in which one takes part (抢抓《某某规划》机遇).
fn is_joined(text: &Segmented<'_>, span: Span) -> bool {
    verb_before(text, span, "join")
}

fn verb_before(text: &Segmented<'_>, span: Span, sense: &str) -> bool {
    text.ending(span.start)
        .any(|hit| hit.entry.list == List::ProgramVerb && hit.entry.field("sense") == sense)
}

fn speaks_of_above(text: &Segmented<'_>, span: Span) -> bool {
    let near = Span::new(span.start.saturating_sub(REACH), span.start);
    text.within(List::Owner, near)
        .any(|hit| matches!(hit.entry.field("meaning"), "province" | "nation"))
}
