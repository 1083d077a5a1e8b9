//! Takes what several records say of one entity, returns the one entity that they make.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{Entity, EntityClass, EntityKey};

/// Merges records of one key; their order does not matter.
///
/// The label is the most frequent one, then the shortest, then the first in byte order; every other
/// name becomes an alias. Each further field is that of most records that have it, ties likewise.
/// No record at all gives a place without a name, which no caller asks for.
pub(crate) fn merge(key: &EntityKey, records: &[&Entity]) -> Entity {
    let label = vote(records.iter().map(|record| &record.label))
        .cloned()
        .unwrap_or_default();
    let names = records
        .iter()
        .flat_map(|r| r.aliases.iter().chain([&r.label]));
    let aliases: BTreeSet<&String> = names.filter(|name| **name != label).collect();
    let class = key
        .class()
        .or_else(|| records.first().map(|record| record.class));
    Entity {
        key: key.clone(),
        class: class.unwrap_or(EntityClass::Place),
        aliases: aliases.into_iter().cloned().collect(),
        adcode: vote(records.iter().filter_map(|record| record.adcode.as_ref())).cloned(),
        level: majority(records.iter().filter_map(|record| record.level)),
        parent: majority(records.iter().filter_map(|record| record.parent.clone())),
        kind: vote(records.iter().filter_map(|record| record.kind.as_ref())).cloned(),
        label,
    }
}

/// Gives the most frequent text: ties by length in characters, then byte order; the empty text never.
pub(crate) fn vote<'a>(texts: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for text in texts.filter(|text| !text.is_empty()) {
        *counts.entry(text).or_default() += 1;
    }
    counts
        .into_iter()
        .min_by_key(|(text, count)| (Reverse(*count), text.chars().count(), *text))
        .map(|(text, _)| text)
}

/// Gives the most frequent value, ties by order.
fn majority<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let best = counts
        .iter()
        .min_by_key(|(value, count)| (Reverse(**count), *value));
    best.map(|(value, _)| value.clone())
}
