//! Takes the entities found and the answers, returns which is which, and counts.

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{EntityClass, EntityKey};

use super::found::{Found, FoundEntity};
use super::gold::{Gold, GoldEntity};
use super::{Evaluation, FaultKind, NONE, or_none, text};

/// Which entity found is which answer.
#[derive(Debug, Default)]
pub(super) struct Pairs<'g> {
    /// Found → the answer's id.
    pub(super) answers: BTreeMap<&'g EntityKey, &'g str>,
    /// Found, and optional answers only fit: counted neither way.
    pub(super) ignored: BTreeSet<&'g EntityKey>,
}

/// Matches one to one: an answer goes to the first entity found that fits it.
pub(super) fn score<'g>(
    document: &'g Found<'g>,
    gold: &'g Gold,
    total: &mut Evaluation,
) -> Pairs<'g> {
    let mut candidates: Vec<(&FoundEntity<'g>, Vec<&GoldEntity>)> = document
        .entities
        .iter()
        .map(|found| (found, fitting(found, &gold.entities)))
        .collect();
    // The entities come by IRI, and the sort is stable.
    candidates.sort_by_key(|(found, fitting)| {
        let other_class = fitting.first().map(|answer| answer.class != found.class);
        (fitting.is_empty(), other_class)
    });
    let mut pairs = Pairs::default();
    let mut taken: BTreeMap<&str, &FoundEntity<'g>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (found, fitting) in candidates {
        let free = |answer: &&&GoldEntity| {
            answer.class == found.class && !taken.contains_key(answer.id.as_str())
        };
        if let Some(answer) = fitting.iter().find(free) {
            taken.insert(&answer.id, found);
            pairs.answers.insert(found.key, &answer.id);
            if !answer.optional {
                total.class(found.class).right += 1;
                total.confuse(answer.class.name(), found.class.name());
            }
        } else if fitting.iter().any(|answer| answer.optional) {
            pairs.ignored.insert(found.key);
        } else {
            total.class(found.class).superfluous += 1;
            let hint = fitting.first().map_or_else(String::new, |answer| {
                format!(" (gold: {} {})", answer.class, answer.name)
            });
            let text = format!("{}{hint}", found.label);
            total.fault(gold, FaultKind::Superfluous, found.class.name(), text);
            wrong.push((found, fitting));
        }
    }
    let missing = missing(gold, &taken, total);
    confuse(&wrong, missing, total);
    link(gold, &taken, total);
    pairs
}

/// Gives the answers that an entity may stand for: those of its class first, then those that its
/// label names.
fn fitting<'g>(found: &FoundEntity<'_>, answers: &'g [GoldEntity]) -> Vec<&'g GoldEntity> {
    let mut fitting: Vec<(bool, bool, &GoldEntity)> = Vec::new();
    for answer in answers {
        let names: BTreeSet<String> = std::iter::once(&answer.name)
            .chain(&answer.aliases)
            .map(|name| text::name(name))
            .collect();
        let places = answer.class == EntityClass::Place && found.class == EntityClass::Place;
        let codes = code(answer).zip(found.adcode).filter(|_| places);
        let fits = codes.map_or_else(
            || !names.is_disjoint(&found.names),
            |(answer, found)| answer == found,
        );
        if fits {
            let by_label = names.contains(&found.name);
            fitting.push((answer.class != found.class, !by_label, answer));
        }
    }
    fitting.sort_by_key(|(other_class, by_alias, _)| (*other_class, *by_alias));
    fitting.into_iter().map(|(.., answer)| answer).collect()
}

fn code(answer: &GoldEntity) -> Option<&str> {
    answer.adcode.as_deref().filter(|code| !code.is_empty())
}

/// Counts the answers that were not found, and gives them.
fn missing<'g>(
    gold: &'g Gold,
    taken: &BTreeMap<&str, &FoundEntity<'_>>,
    total: &mut Evaluation,
) -> Vec<&'g GoldEntity> {
    let missing: Vec<&GoldEntity> = gold
        .entities
        .iter()
        .filter(|answer| !answer.optional && !taken.contains_key(answer.id.as_str()))
        .collect();
    for answer in &missing {
        total.class(answer.class).missing += 1;
        let (class, name) = (answer.class.name(), answer.name.clone());
        total.fault(gold, FaultKind::Missing, class, name);
    }
    missing
}

/// Pairs what is wrong with what is missing, where only the class keeps the two apart.
fn confuse(
    wrong: &[(&FoundEntity<'_>, Vec<&GoldEntity>)],
    mut missing: Vec<&GoldEntity>,
    total: &mut Evaluation,
) {
    for (found, fitting) in wrong {
        let place = missing
            .iter()
            .position(|answer| fitting.iter().any(|fits| fits.id == answer.id));
        let answer = place.map(|place| missing.remove(place));
        let row = answer.map_or(NONE, |answer| answer.class.name());
        total.confuse(row, found.class.name());
    }
    for answer in missing {
        total.confuse(answer.class.name(), NONE);
    }
}

/// Counts the places that have the right code.
fn link(gold: &Gold, taken: &BTreeMap<&str, &FoundEntity<'_>>, total: &mut Evaluation) {
    for answer in &gold.entities {
        let Some(code) = code(answer) else { continue };
        if answer.class != EntityClass::Place || answer.optional {
            continue;
        }
        let found = taken.get(answer.id.as_str());
        let linked = found.and_then(|found| found.adcode);
        total.place_linking.add(linked == Some(code));
        // A place that was not found at all is named already.
        if found.is_some() && linked != Some(code) {
            let text = format!("{} {code}, found {}", answer.name, or_none(linked));
            total.fault(gold, FaultKind::Inexact, "link", text);
        }
    }
}

impl Evaluation {
    fn class(&mut self, class: EntityClass) -> &mut super::Counts {
        self.by_type.entry(class.name()).or_default()
    }

    fn confuse(&mut self, gold: &'static str, found: &'static str) {
        let row = self.confusion.entry(gold).or_default();
        *row.entry(found).or_default() += 1;
    }
}
