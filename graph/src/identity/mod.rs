//! Takes the entities of many documents, returns which keys are one thing.
//!
//! Equal keys are one entity, unless documents place it in different counties ([`county`]). Beyond that
//! two keys merge by a named rule with a score ([`MergeRule`]): they have the same class and the same
//! disambiguator (what follows the last `@`, or none), and a label of one is a label of the other, or
//! an alias of one is a label of the other and no third entity (of that class and disambiguator) goes
//! by that alias.
//!
//! What cannot be linked ([`CannotLink`]) is not, whatever the names say: no document may keep the two
//! apart, and the product of the scores between any two keys of one entity stays above a bound, so that
//! no chain of aliases joins what no single name does.
//!
//! Places merge by key only: their names repeat all over the country, their codes do not. The third
//! entity keeps short forms such as 市委 from gluing two bodies together; a document is better placed
//! than we are to tell its own people apart.
//!
//! | known failure | why |
//! |---|---|
//! | 毛主席 stays apart from 毛泽东 across documents | surname + title fits every bearer of the surname |
//! | a person in one document and a namesake of the same province in another are one | no key tells them apart; `ingest` disambiguates |

pub(crate) mod county;
mod evidence;
pub(crate) mod explain;
pub(crate) mod reprint;
mod rule;
mod union_find;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use ontology::record::{EntityKey, Extraction};

use self::evidence::{Names, Proposal, proposals};
use self::rule::LEAST;
pub use self::rule::{CannotLink, Merge, MergeRule};
use self::union_find::UnionFind;

/// Which keys are one thing: gives each key's canonical one.
#[derive(Default)]
pub(crate) struct Identity {
    canonical: BTreeMap<EntityKey, EntityKey>,
}

/// What the rules made of the names, and why.
struct Linking {
    names: Names,
    /// Set of each name, by its smallest index.
    roots: Vec<usize>,
    /// What made the sets.
    merges: Vec<Proposal>,
    /// Name → numbers of its merges.
    merges_of: BTreeMap<usize, Vec<usize>>,
    /// What a rule proposed and a constraint refused.
    refused: Vec<(Proposal, Refusal)>,
}

/// Why a proposal was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// The document with this index keeps two of the group apart.
    Document(usize),
    Chain,
}

impl Linking {
    /// Links the entities of all extractions; the order of the extractions does not matter.
    ///
    /// # Complexity
    /// A round takes O(names · log names); rounds end when one merges nothing, at most one per key.
    fn of(extractions: &[Extraction]) -> Self {
        let names = Names::collect(extractions);
        let mut sets = UnionFind::new(names.len());
        let mut linking = Self {
            roots: Vec::new(),
            merges: Vec::new(),
            merges_of: BTreeMap::new(),
            refused: Vec::new(),
            names,
        };
        while linking.merge_round(&mut sets) {}
        linking
    }

    /// Merges what the present sets give evidence for; tells whether anything merged.
    ///
    /// All evidence of a round is weighed against the same sets, and a group that some document keeps
    /// apart is refused as a whole, so that no order of merging can show.
    fn merge_round(&mut self, sets: &mut UnionFind) -> bool {
        self.roots = (0..self.names.len())
            .map(|index| sets.find(index))
            .collect();
        self.refused.clear();
        let mut proposed = UnionFind::new(self.names.len());
        let mut found = proposals(&self.names, &self.roots);
        for (a, b) in found.iter().filter_map(|one| self.roots_of(one)) {
            proposed.union(a, b);
        }
        let apart = kept_apart(&self.names, &self.roots, &mut proposed);
        // The surest first: what a chain of aliases refuses must not depend on their order.
        found.sort_by_key(|one| (one.rule, one.a, one.b));
        let mut merged = false;
        for proposal in found {
            let group = self
                .roots_of(&proposal)
                .map(|(root, _)| proposed.find(root));
            let refusal = match group.and_then(|group| apart.get(&group)) {
                Some(&document) => Some(Refusal::Document(document)),
                None => (self.weakest(&proposal) < LEAST).then_some(Refusal::Chain),
            };
            if let Some(refusal) = refusal {
                self.refused.push((proposal, refusal));
            } else if sets.union(proposal.a, proposal.b) {
                merged = true;
                for index in [proposal.a, proposal.b] {
                    let number = self.merges.len();
                    self.merges_of.entry(index).or_default().push(number);
                }
                self.merges.push(proposal);
            }
        }
        merged
    }

    fn roots_of(&self, proposal: &Proposal) -> Option<(usize, usize)> {
        let root = |index: usize| self.roots.get(index).copied();
        root(proposal.a).zip(root(proposal.b))
    }

    /// Gives the least product of scores between any two names that a proposal would join.
    fn weakest(&self, proposal: &Proposal) -> f64 {
        let farthest = |index: usize| {
            let scores = self.scores_from(index).into_values();
            scores.fold(1.0, f64::min)
        };
        farthest(proposal.a) * proposal.rule.score() * farthest(proposal.b)
    }

    /// Gives the product of the scores on the way from a name to each that it was merged with.
    fn scores_from(&self, index: usize) -> BTreeMap<usize, f64> {
        let mut scores = BTreeMap::from([(index, 1.0)]);
        let mut waiting = vec![index];
        while let Some(at) = waiting.pop() {
            let here = scores.get(&at).copied().unwrap_or_default();
            for (other, merge) in self.merges_at(at) {
                if let Entry::Vacant(entry) = scores.entry(other) {
                    entry.insert(here * merge.rule.score());
                    waiting.push(other);
                }
            }
        }
        scores
    }

    /// Gives the merges of a name, with the name at the other end.
    fn merges_at(&self, index: usize) -> impl Iterator<Item = (usize, &Proposal)> {
        let numbers = self.merges_of.get(&index).into_iter().flatten();
        numbers
            .filter_map(|&number| self.merges.get(number))
            .map(move |merge| {
                let other = if merge.a == index { merge.b } else { merge.a };
                (other, merge)
            })
    }
}

impl Identity {
    /// Makes an identity of keys and what they are to be called.
    fn renaming(canonical: BTreeMap<EntityKey, EntityKey>) -> Self {
        Self { canonical }
    }

    /// Links the entities of all extractions; the order of the extractions does not matter.
    pub(crate) fn of(extractions: &[Extraction]) -> Self {
        let Linking { names, roots, .. } = Linking::of(extractions);
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, &root) in roots.iter().enumerate() {
            members.entry(root).or_default().push(index);
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

/// Gives the groups of which some document has two different sets, with the first such document.
fn kept_apart(names: &Names, roots: &[usize], proposed: &mut UnionFind) -> BTreeMap<usize, usize> {
    let mut seen: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut apart = BTreeMap::new();
    for (name, &root) in names.iter().zip(roots) {
        let group = proposed.find(root);
        for &document in &name.documents {
            if *seen.entry((group, document)).or_insert(root) != root {
                apart.entry(group).or_insert(document);
            }
        }
    }
    apart
}

#[cfg(test)]
mod tests;
