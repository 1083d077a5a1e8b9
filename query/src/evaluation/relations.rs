//! Takes the relations found and the answers, counts those whose ends are matched entities.

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::Predicate;

use super::entities::Pairs;
use super::found::{End, Found, FoundRelation};
use super::gold::Gold;
use super::{Counts, Evaluation, FaultKind, text};

/// A relation between answers: id, relation, id or text.
type Key = (String, Predicate, String);

/// What the answers say, and what of it was found.
struct Answers<'g> {
    /// In the order of the file; each once, with whether it was found.
    relations: Vec<(Key, bool)>,
    /// Those that may be left out.
    loose: BTreeSet<Key>,
    /// Entities that may be left out.
    optional: BTreeSet<&'g str>,
    /// Places with the bodies seated there and bodies with their seats: as owners they speak for
    /// each other.
    seats: BTreeMap<&'g str, BTreeSet<&'g str>>,
}

/// Counts right, superfluous and missing relations.
pub(super) fn score(document: &Found<'_>, gold: &Gold, pairs: &Pairs<'_>, total: &mut Evaluation) {
    let mut answers = Answers::new(gold);
    for found in &document.relations {
        let subject = pairs.answers.get(&found.subject).map(|id| (*id).to_owned());
        let object = match &found.object {
            End::Entity(key) => pairs.answers.get(key).map(|id| (*id).to_owned()),
            End::Text(text) => Some(text.clone()),
        };
        let matched = subject
            .clone()
            .zip(object.clone())
            .and_then(|(subject, object)| answers.find(&(subject, found.predicate, object)));
        if let Some(matched) = matched {
            if answers.take(matched) {
                total.relation(found.predicate).right += 1;
            }
        } else if !is_ignored(found, pairs)
            && !answers.is_optional(subject.as_deref())
            && !answers.is_optional(object.as_deref())
        {
            total.relation(found.predicate).superfluous += 1;
            let text = format!("{} -> {}", found.shown.0, found.shown.1);
            total.fault(gold, FaultKind::Superfluous, found.predicate.name(), text);
        }
    }
    let name = |id: &String| {
        let entity = gold.entities.iter().find(|entity| entity.id == *id);
        entity.map_or_else(|| id.clone(), |entity| entity.name.clone())
    };
    for (key, _) in answers.relations.iter().filter(|(_, found)| !found) {
        if answers.counts(key) {
            let (subject, predicate, object) = key;
            total.relation(*predicate).missing += 1;
            let text = format!("{} -> {}", name(subject), name(object));
            total.fault(gold, FaultKind::Missing, predicate.name(), text);
        }
    }
}

fn is_ignored(found: &FoundRelation, pairs: &Pairs<'_>) -> bool {
    let object = match &found.object {
        End::Entity(key) => pairs.ignored.contains(key),
        End::Text(_) => false,
    };
    object || pairs.ignored.contains(&found.subject)
}

impl<'g> Answers<'g> {
    fn new(gold: &'g Gold) -> Self {
        let ids: BTreeSet<&str> = gold
            .entities
            .iter()
            .map(|entity| entity.id.as_str())
            .collect();
        let optional = gold.entities.iter().filter(|entity| entity.optional);
        let mut answers = Self {
            relations: Vec::new(),
            loose: BTreeSet::new(),
            optional: optional.map(|entity| entity.id.as_str()).collect(),
            seats: BTreeMap::new(),
        };
        for relation in &gold.relations {
            let (subject, object) = (relation.subject.as_str(), relation.object.as_str());
            if relation.predicate == Predicate::PartOf {
                continue;
            }
            if relation.predicate == Predicate::LocatedIn {
                answers.seats.entry(subject).or_default().insert(object);
                answers.seats.entry(object).or_default().insert(subject);
            }
            let compared = if ids.contains(object) {
                object.to_owned()
            } else {
                text::name(object)
            };
            let key = (subject.to_owned(), relation.predicate, compared);
            if relation.optional {
                answers.loose.insert(key.clone());
            }
            if answers.relations.iter().all(|(known, _)| *known != key) {
                answers.relations.push((key, false));
            }
        }
        answers
    }

    fn position(&self, key: &Key) -> Option<usize> {
        self.relations.iter().position(|(known, _)| known == key)
    }

    /// Finds the answer that a relation is: the very same; with a body in place of its seat or the
    /// other way round; the longer or shorter form of the same post.
    fn find(&self, key: &Key) -> Option<usize> {
        if let Some(position) = self.position(key) {
            return Some(position);
        }
        let (subject, predicate, object) = key;
        match predicate {
            Predicate::RunBy | Predicate::PublishedBy => {
                let seated = self.seats.get(object.as_str())?;
                seated.iter().find_map(|other| {
                    self.position(&(subject.clone(), *predicate, (*other).to_owned()))
                })
            }
            Predicate::HoldsPost => self.relations.iter().position(|((who, what, post), _)| {
                who == subject
                    && what == predicate
                    && (post.ends_with(object) || object.ends_with(post))
            }),
            Predicate::PartOf
            | Predicate::LocatedIn
            | Predicate::PartOfProgram
            | Predicate::Commemorates
            | Predicate::AboutEntity
            | Predicate::AuthorOf
            | Predicate::Interviewed => None,
        }
    }

    /// Marks an answer as found; tells whether it counts and was not found before.
    fn take(&mut self, position: usize) -> bool {
        let Some((key, found)) = self.relations.get_mut(position) else {
            return false;
        };
        let first = !std::mem::replace(found, true);
        let key = key.clone();
        first && self.counts(&key)
    }

    fn counts(&self, key: &Key) -> bool {
        !self.loose.contains(key)
            && !self.is_optional(Some(&key.0))
            && !self.is_optional(Some(&key.2))
    }

    fn is_optional(&self, id: Option<&str>) -> bool {
        id.is_some_and(|id| self.optional.contains(id))
    }
}

impl Evaluation {
    fn relation(&mut self, predicate: Predicate) -> &mut Counts {
        self.by_relation.entry(predicate.name()).or_default()
    }
}
