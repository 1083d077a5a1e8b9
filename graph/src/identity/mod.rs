//! Takes the entities of many documents, returns which keys are one thing.
//!
//! Equal keys are one entity. Beyond that two keys merge when
//! 1. they have the same class and the same disambiguator (what follows the last `@`, or none),
//! 2. a label of one is a label of the other, or an alias of one is a label of the other, and no
//!    third entity (of that class and disambiguator) goes by that alias,
//! 3. no document keeps the two apart.
//!
//! Places merge by key only: their names repeat all over the country, their codes do not.
//! Point 2's third entity keeps short forms such as 市委 from gluing two bodies together; point 3
//! trusts the document, which is better placed to tell its own people apart.
//!
//! | known failure | why |
//! |---|---|
//! | 毛主席 stays apart from 毛泽东 across documents | surname + title fits every bearer of the surname |
//! | a person in one document and a namesake in another are one | no key tells them apart; `ingest` disambiguates |

mod evidence;
pub(crate) mod reprint;
mod union_find;

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{EntityKey, Extraction};

use self::evidence::{Names, proposals};
use self::union_find::UnionFind;

/// Which keys are one thing: gives each key's canonical one.
pub(crate) struct Identity {
    canonical: BTreeMap<EntityKey, EntityKey>,
}

impl Identity {
    /// Links the entities of all extractions; the order of the extractions does not matter.
    ///
    /// # Complexity
    /// A round takes O(names · log names); rounds end when one merges nothing, at most one per key.
    pub(crate) fn of(extractions: &[Extraction]) -> Self {
        let names = Names::collect(extractions);
        let mut sets = UnionFind::new(names.len());
        while merge_round(&names, &mut sets) {}
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..names.len() {
            members.entry(sets.find(index)).or_default().push(index);
        }
        let mut canonical = BTreeMap::new();
        for set in members.values().filter(|set| set.len() > 1) {
            let best = set
                .iter()
                .filter_map(|&index| names.get(index))
                .min_by_key(|name| {
                    // Most documents, then the shortest key, then byte order.
                    let length = name.key.as_str().chars().count();
                    (std::cmp::Reverse(name.documents.len()), length, &name.key)
                });
            let Some(best) = best else { continue };
            let others = set.iter().filter_map(|&index| names.get(index));
            canonical.extend(others.map(|name| (name.key.clone(), best.key.clone())));
        }
        Self { canonical }
    }

    /// Gives the canonical key; a key that merged with none is its own.
    pub(crate) fn canonical<'a>(&'a self, key: &'a EntityKey) -> &'a EntityKey {
        self.canonical.get(key).unwrap_or(key)
    }
}

/// Merges what the present sets give evidence for; tells whether anything merged.
///
/// All evidence of a round is weighed against the same sets, and a group that some document keeps
/// apart is refused as a whole, so that no order of merging can show.
fn merge_round(names: &Names, sets: &mut UnionFind) -> bool {
    let roots: Vec<usize> = (0..names.len()).map(|index| sets.find(index)).collect();
    let mut proposed = UnionFind::new(names.len());
    for (a, b) in proposals(names, &roots) {
        proposed.union(a, b);
    }
    let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for &root in &roots {
        groups.entry(proposed.find(root)).or_default().insert(root);
    }
    let refused = kept_apart(names, &roots, &mut proposed);
    let mut merged = false;
    for (group, members) in &groups {
        if members.len() > 1 && !refused.contains(group) {
            for &member in members {
                merged |= sets.union(*group, member);
            }
        }
    }
    merged
}

/// Gives the groups of which some document has two different sets.
fn kept_apart(names: &Names, roots: &[usize], proposed: &mut UnionFind) -> BTreeSet<usize> {
    let mut seen: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut refused = BTreeSet::new();
    for (index, &root) in roots.iter().enumerate() {
        let group = proposed.find(root);
        for &document in names
            .get(index)
            .into_iter()
            .flat_map(|name| &name.documents)
        {
            if *seen.entry((group, document)).or_insert(root) != root {
                refused.insert(group);
            }
        }
    }
    refused
}

#[cfg(test)]
mod tests;
