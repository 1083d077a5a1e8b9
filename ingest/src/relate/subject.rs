//! `commemorates` and `aboutEntity`: whom the name of a site or a work names, and whom a sentence
//! says that a site commemorates.

use ontology::record::{EntityClass, EntityKey, Object, Predicate, Span};

use super::Asserted;
use super::about::is_author;
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// Reads what the names of sites and works hold.
pub(super) fn subjects(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Asserted> {
    let mut found = commemorations(text, resolution);
    found.extend(known_subjects(text, resolution));
    for outer in resolution.mentions.iter().filter(|mention| !mention.nested) {
        let predicate = match outer.class {
            EntityClass::RedSite => Predicate::Commemorates,
            EntityClass::Work => Predicate::AboutEntity,
            EntityClass::Place
            | EntityClass::Person
            | EntityClass::Organization
            | EntityClass::Program
            | EntityClass::Event => continue,
        };
        let named = resolution
            .within(outer.span)
            .filter(|inner| inner.nested)
            .filter(|inner| match inner.class {
                EntityClass::Person => {
                    predicate == Predicate::Commemorates || !is_author(text, inner.span)
                }
                EntityClass::Event => true,
                EntityClass::Place | EntityClass::RedSite => predicate == Predicate::AboutEntity,
                EntityClass::Organization | EntityClass::Program | EntityClass::Work => false,
            });
        found.extend(named.map(|inner| Asserted {
            span: outer.span,
            subject: outer.key.clone(),
            predicate,
            object: Object::Entity(inner.key.clone()),
            rule: "subject.in-name",
            confidence: 0.8,
        }));
    }
    found
}

/// What is known of a site or a work: it is about a person, an event, or a place that the document
/// names too.
fn known_subjects(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Asserted> {
    let mut found = Vec::new();
    for mention in resolution.mentions.iter().filter(|mention| !mention.nested) {
        let (list, column, predicate) = match mention.class {
            EntityClass::RedSite => (List::KnownSite, "commemorates", Predicate::Commemorates),
            EntityClass::Work => (List::KnownWork, "about", Predicate::AboutEntity),
            EntityClass::Place
            | EntityClass::Person
            | EntityClass::Organization
            | EntityClass::Program
            | EntityClass::Event => continue,
        };
        let entry = resolution
            .entities
            .get(&mention.key)
            .and_then(|entity| text.knowledge.entry(list, &entity.label));
        let subjects = entry.map_or("", |entry| entry.field(column)).split('|');
        for subject in subjects.filter(|subject| !subject.is_empty()) {
            let object = [EntityClass::Person, EntityClass::Event]
                .map(|class| EntityKey::new(class, subject))
                .into_iter()
                .find(|key| resolution.entities.contains_key(key));
            found.extend(object.map(|object| Asserted {
                span: mention.span,
                subject: mention.key.clone(),
                predicate,
                object: Object::Entity(object),
                rule: "subject.known",
                confidence: 0.7,
            }));
        }
    }
    found
}

/// Reads sentences that name one site and say whom it commemorates (某馆为纪念某某而建).
fn commemorations(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Asserted> {
    let mut found = Vec::new();
    for sentence in &text.structure.sentences {
        let of = |class: EntityClass| {
            resolution
                .within(sentence.span)
                .filter(move |mention| mention.class == class && !mention.nested)
        };
        let sites: Vec<&Resolved> = of(EntityClass::RedSite).collect();
        let ([site], true) = (sites.as_slice(), says_so(text, sentence.span)) else {
            continue;
        };
        for verb in verbs(text, sentence.span) {
            // The nearest name behind the verb; where none is, the nearest before it.
            let named = || {
                of(EntityClass::Person)
                    .chain(of(EntityClass::Event))
                    .filter(|name| {
                        // 清明节 is when people come, not whom they come for.
                        let kind = resolution
                            .entities
                            .get(&name.key)
                            .and_then(|name| name.kind.as_deref());
                        kind != Some("festival")
                    })
            };
            let behind = named()
                .filter(|name| name.span.start >= verb.end && name.span.start - verb.end <= REACH)
                .min_by_key(|name| name.span.start);
            let before = || {
                named()
                    .filter(|name| name.span.end <= verb.start && name.span.start > site.span.end)
                    .max_by_key(|name| name.span.end)
            };
            if let Some(name) = behind.or_else(before) {
                found.push(Asserted {
                    span: sentence.span,
                    subject: site.key.clone(),
                    predicate: Predicate::Commemorates,
                    object: Object::Entity(name.key.clone()),
                    rule: "subject.stated",
                    confidence: 0.7,
                });
            }
        }
    }
    found
}

/// Bytes between a verb of commemorating and the name (12 characters).
const REACH: usize = 12 * 3;

fn says_so(text: &Segmented<'_>, sentence: Span) -> bool {
    verbs(text, sentence).next().is_some()
}

/// The verbs of commemorating in a sentence that are no part of a longer word (纪念馆).
fn verbs(text: &Segmented<'_>, sentence: Span) -> impl Iterator<Item = Span> {
    text.within(List::Relation, sentence)
        .filter(|hit| hit.entry.field("relation") == "commemorates")
        .filter(|hit| text.is_boundary(hit.span.start) && text.is_boundary(hit.span.end))
        .map(|hit| hit.span)
}
