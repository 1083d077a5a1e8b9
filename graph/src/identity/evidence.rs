//! Takes the names that entities go by, returns the pairs that these names make one.

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{Entity, EntityClass, EntityKey, Extraction};

/// What all documents together call one key.
pub(super) struct Name {
    pub(super) key: EntityKey,
    class: EntityClass,
    labels: BTreeSet<String>,
    aliases: BTreeSet<String>,
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
    fn disambiguator(&self) -> Option<&str> {
        self.key.local().rsplit_once('@').map(|(_, place)| place)
    }

    /// Tells whether an alias can point to an entity of another document. A single character cannot,
    /// nor can a person's alias that begins with the same surname: 李书记 fits every 李.
    fn is_telling(&self, alias: &str) -> bool {
        let mut chars = alias.chars();
        let first = chars.next();
        let surname = |label: &String| label.chars().next() == first;
        chars.next().is_some()
            && !(self.class == EntityClass::Person && self.labels.iter().any(surname))
    }
}

/// Sets that go by one name: as their label, as an alias.
#[derive(Default)]
struct Bearers {
    label: BTreeSet<usize>,
    alias: BTreeSet<usize>,
}

/// Gives the pairs of sets (by their roots) that a name makes one.
pub(super) fn proposals<'a>(names: &'a Names, roots: &[usize]) -> Vec<(usize, usize)> {
    let mut by_name: BTreeMap<(EntityClass, Option<&'a str>, &'a str), Bearers> = BTreeMap::new();
    let linkable = names
        .0
        .iter()
        .zip(roots)
        .filter(|(name, _)| name.class != EntityClass::Place);
    for (name, &root) in linkable {
        let of = |text: &'a str| (name.class, name.disambiguator(), text);
        for label in &name.labels {
            by_name.entry(of(label)).or_default().label.insert(root);
        }
        for alias in name.aliases.iter().filter(|alias| name.is_telling(alias)) {
            by_name.entry(of(alias)).or_default().alias.insert(root);
        }
    }
    let mut pairs = Vec::new();
    for Bearers { label, alias } in by_name.into_values() {
        let Some(&first) = label.first() else {
            continue;
        };
        pairs.extend(label.iter().skip(1).map(|&other| (first, other)));
        let mut strangers = alias.difference(&label);
        if let (Some(&stranger), None) = (strangers.next(), strangers.next()) {
            pairs.push((first, stranger));
        }
    }
    pairs
}
