//! Takes the names that entities go by, returns the pairs that these names make one, and by which rule.

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{Entity, EntityClass, EntityKey, Extraction};

use super::rule::MergeRule;

/// What all documents together call one key.
pub(super) struct Name {
    pub(super) key: EntityKey,
    pub(super) class: EntityClass,
    pub(super) labels: BTreeSet<String>,
    pub(super) aliases: BTreeSet<String>,
    /// Indices of the documents that have the key.
    pub(super) documents: BTreeSet<usize>,
}

/// All keys with their names, sorted by key.
pub(super) struct Names(Vec<Name>);

impl Names {
    pub(super) fn collect(extractions: &[Extraction]) -> Self {
        let mut names: BTreeMap<&EntityKey, Name> = BTreeMap::new();
        for (document, extraction) in extractions.iter().enumerate() {
            for entity in &extraction.entities {
                let name = names
                    .entry(&entity.key)
                    .or_insert_with(|| Name::new(entity));
                name.labels.insert(entity.label.clone());
                name.aliases.extend(entity.aliases.iter().cloned());
                name.documents.insert(document);
            }
        }
        Self(names.into_values().collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Name> {
        self.0.iter()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Name> {
        self.0.get(index)
    }
}

impl Name {
    fn new(entity: &Entity) -> Self {
        Self {
            key: entity.key.clone(),
            class: entity.class,
            labels: BTreeSet::new(),
            aliases: BTreeSet::new(),
            documents: BTreeSet::new(),
        }
    }

    /// Gives what keeps namesakes apart: the part after the last `@`.
    pub(super) fn disambiguator(&self) -> Option<&str> {
        self.key.local().rsplit_once('@').map(|(_, place)| place)
    }

    /// Tells whether an alias can point to an entity of another document. A single character cannot,
    /// nor can a person's alias that begins with the same surname: 李书记 fits every 李.
    pub(super) fn is_telling(&self, alias: &str) -> bool {
        let mut chars = alias.chars();
        let first = chars.next();
        let surname = |label: &String| label.chars().next() == first;
        chars.next().is_some()
            && !(self.class == EntityClass::Person && self.labels.iter().any(surname))
    }
}

/// A pair of names (by index) that a rule makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proposal {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) rule: MergeRule,
    /// The name that both go by.
    pub(super) text: String,
}

/// Sets that go by one name, as their label or as an alias: root → the first of the set that does.
#[derive(Default)]
struct Bearers {
    label: BTreeMap<usize, usize>,
    alias: BTreeMap<usize, usize>,
}

/// Gives the pairs that a name makes one, where they are not one already.
pub(super) fn proposals(names: &Names, roots: &[usize]) -> Vec<Proposal> {
    let mut by_name: BTreeMap<(EntityClass, Option<&str>, &str), Bearers> = BTreeMap::new();
    let linkable = names
        .0
        .iter()
        .zip(roots)
        .enumerate()
        .filter(|(_, (name, _))| name.class != EntityClass::Place);
    for (index, (name, &root)) in linkable {
        for label in &name.labels {
            let key = (name.class, name.disambiguator(), label.as_str());
            let bearers = by_name.entry(key).or_default();
            bearers.label.entry(root).or_insert(index);
        }
        for alias in name.aliases.iter().filter(|alias| name.is_telling(alias)) {
            let key = (name.class, name.disambiguator(), alias.as_str());
            let bearers = by_name.entry(key).or_default();
            bearers.alias.entry(root).or_insert(index);
        }
    }
    let mut found = Vec::new();
    for ((.., text), Bearers { label, alias }) in by_name {
        let Some((_, &first)) = label.first_key_value() else {
            continue;
        };
        let mut propose = |other: usize, rule| {
            found.push(Proposal {
                a: first,
                b: other,
                rule,
                text: text.to_owned(),
            });
        };
        for &other in label.values().skip(1) {
            propose(other, MergeRule::SameLabel);
        }
        let mut strangers = alias.iter().filter(|(root, _)| !label.contains_key(root));
        if let (Some((_, &stranger)), None) = (strangers.next(), strangers.next()) {
            propose(stranger, MergeRule::AliasIsLabel);
        }
    }
    found
}
