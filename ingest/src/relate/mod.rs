//! Stage 8: takes a resolved document, returns its statements and observations.

mod about;
mod agent;
mod appoint;
mod byline;
mod location;
mod maker;
mod observation;
mod owner;
mod part;
mod post;
mod scene;
mod stated;
mod subject;
mod turn;

use std::collections::BTreeMap;

use ontology::record::{Entity, EntityClass, EntityKey, Object, PlaceLevel, Predicate, Span};

use crate::resolve::Resolution;
use crate::segment::Segmented;

pub(crate) use observation::{Doubt, Found, doubts, observations, times};

/// A statement whose span is bytes of the normalised text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asserted {
    pub(crate) span: Span,
    pub(crate) subject: EntityKey,
    pub(crate) predicate: Predicate,
    pub(crate) object: Object,
    pub(crate) rule: &'static str,
    pub(crate) confidence: f64,
}

/// Finds the statements of a document, sorted by span; the same relation is stated once, where it
/// is said first.
pub(crate) fn statements(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Asserted> {
    let mut found = post::posts(text, resolution);
    let scene = scene::Scene::new(text, resolution, &found);
    let mut said = owner::owners(&scene);
    said.extend(turn::interviews(&scene.turns));
    said.extend(about::abouts(&scene));
    said.extend(location::locations(&scene));
    found.extend(said);
    found.extend(byline::bylines(text, resolution));
    found.extend(part::parts(text, resolution));
    found.extend(subject::subjects(text, resolution));
    found.sort_by(|a, b| {
        (a.span, &a.subject, a.predicate, &a.object).cmp(&(
            b.span,
            &b.subject,
            b.predicate,
            &b.object,
        ))
    });
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|stated| {
        seen.insert((
            stated.subject.clone(),
            stated.predicate,
            stated.object.clone(),
        ))
    });
    found
}

/// Gives each place without a code the parent that a statement proves, or none.
pub(crate) fn settle_parents(statements: &[Asserted], entities: &mut BTreeMap<EntityKey, Entity>) {
    let mut proved: BTreeMap<&EntityKey, &EntityKey> = BTreeMap::new();
    for stated in statements
        .iter()
        .filter(|stated| stated.predicate == Predicate::PartOf)
    {
        if let Object::Entity(place) = &stated.object {
            proved.entry(&stated.subject).or_insert(place);
        }
    }
    let uncoded = |level: Option<PlaceLevel>| {
        matches!(
            level,
            Some(
                PlaceLevel::Village | PlaceLevel::Zone | PlaceLevel::Township | PlaceLevel::Natural
            )
        )
    };
    for entity in entities.values_mut() {
        // Divisions of the gazetteer have nine digits or an adcode for their key.
        let coded = entity.key.local().bytes().all(|byte| byte.is_ascii_digit());
        if entity.class == EntityClass::Place && !coded && uncoded(entity.level) {
            entity.parent = proved.get(&entity.key).map(|&place| place.clone());
        }
    }
}

/// The sentence around a mention, as the clause that says something; the mention itself where no
/// sentence holds it.
fn clause(text: &Segmented<'_>, span: Span) -> Span {
    text.structure
        .sentence_at(span.start)
        .map_or(span, |sentence| {
            Span::new(sentence.span.start, sentence.span.end.max(span.end))
        })
}

#[cfg(test)]
pub(crate) mod tests;
