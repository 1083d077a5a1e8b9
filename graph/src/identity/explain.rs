//! Takes two names, returns why they are one entity, or what keeps them apart.

use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::Gazetteer;
use ontology::record::{CharSpan, EntityClass, EntityKey, Extraction, Mention};

use super::evidence::{Name, Proposal};
use super::rule::{CannotLink, Merge};
use super::{Linking, Refusal, county};
use crate::link::distinct;

/// Names of one word in many documents would give thousands of pairs.
const MOST_PAIRS: usize = 20;
/// Documents that are quoted for one key.
const MOST_QUOTES: usize = 3;
/// Code points that a quotation has on either side of the name.
const AROUND: usize = 16;

/// Why two keys are one entity or are not.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What the first name names.
    pub a: Bearer,
    /// What the second names.
    pub b: Bearer,
    /// One, and why; or apart, and why.
    pub verdict: Verdict,
}

/// A key, as documents have it before linking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The key.
    pub key: EntityKey,
    /// Its names, labels first.
    pub names: Vec<String>,
    /// Where documents name it, the first of each.
    pub quotes: Vec<MentionQuote>,
}

/// Words of a document around a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionQuote {
    /// The document's id.
    pub document: String,
    /// The mention.
    pub span: CharSpan,
    /// The words.
    pub text: String,
}

/// One entity or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Both names are of one key: the documents themselves make them one.
    SameKey,
    /// The merges from one to the other.
    Merged(Vec<Merge>),
    /// What keeps them apart, the strongest first.
    Apart(Vec<CannotLink>),
}

/// Tells why two names are one entity or are not, for each pair of keys that bear them (as a label,
/// else as an alias); none where a name is unknown. Links the documents again.
#[must_use]
pub fn explain(
    extractions: Vec<Extraction>,
    gazetteer: &Gazetteer,
    a: &str,
    b: &str,
) -> Vec<Explanation> {
    let (extractions, _) = distinct(extractions);
    let extractions = county::split(extractions, gazetteer);
    let linking = Linking::of(&extractions);
    let (first, second) = (bearers(&linking, a), bearers(&linking, b));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for &a in &first {
        pairs.extend(second.iter().map(|&b| (a, b)));
    }
    // What is one comes first.
    let one = |index: usize| linking.roots.get(index).copied();
    pairs.sort_by_key(|&(a, b)| (one(a) != one(b), a, b));
    pairs
        .into_iter()
        .take(MOST_PAIRS)
        .filter_map(|(a, b)| {
            let (first, second) = (linking.names.get(a)?, linking.names.get(b)?);
            Some(Explanation {
                a: bearer(first, &extractions),
                b: bearer(second, &extractions),
                verdict: verdict(&linking, (a, first), (b, second), &extractions),
            })
        })
        .collect()
}

/// Gives the names (by index) of a key, a label, or else an alias.
fn bearers(linking: &Linking, text: &str) -> Vec<usize> {
    let text = text.trim_matches(['“', '”', '《', '》', '「', '」']);
    let by = |is: fn(&Name, &str) -> bool| -> Vec<usize> {
        let names = linking.names.iter().enumerate();
        names
            .filter(|(_, name)| is(name, text))
            .map(|(index, _)| index)
            .collect()
    };
    [
        by(|name, text| name.key.as_str() == text),
        by(|name, text| name.labels.contains(text)),
        by(|name, text| name.aliases.contains(text)),
    ]
    .into_iter()
    .find(|found| !found.is_empty())
    .unwrap_or_default()
}

fn bearer(name: &Name, extractions: &[Extraction]) -> Bearer {
    let others = name.aliases.difference(&name.labels);
    let quotes = name
        .documents
        .iter()
        .filter_map(|&document| extractions.get(document))
        .filter_map(|document| {
            let mut mentions = document.mentions.iter();
            let mention = mentions.find(|mention| mention.entity == name.key)?;
            Some(quote(document, mention))
        });
    Bearer {
        key: name.key.clone(),
        names: name.labels.iter().chain(others).cloned().collect(),
        quotes: quotes.take(MOST_QUOTES).collect(),
    }
}

fn quote(document: &Extraction, mention: &Mention) -> MentionQuote {
    let span = mention.span;
    let start = span.start.saturating_sub(AROUND);
    let length = (span.end + AROUND).saturating_sub(start);
    let text: String = document
        .document
        .text
        .chars()
        .skip(start)
        .take(length)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    MentionQuote {
        document: document.document.id.clone(),
        span,
        text: text.trim().to_owned(),
    }
}

fn verdict(
    linking: &Linking,
    a: (usize, &Name),
    b: (usize, &Name),
    extractions: &[Extraction],
) -> Verdict {
    if a.0 == b.0 {
        return Verdict::SameKey;
    }
    match path(linking, a.0, b.0) {
        Some(merges) => Verdict::Merged(merges),
        None => Verdict::Apart(reasons(linking, a, b, extractions)),
    }
}

/// Gives the merges from one name to another, in their order.
fn path(linking: &Linking, from: usize, to: usize) -> Option<Vec<Merge>> {
    let mut before: BTreeMap<usize, (usize, &Proposal)> = BTreeMap::new();
    let mut waiting = vec![from];
    while let Some(at) = waiting.pop() {
        for (other, merge) in linking.merges_at(at) {
            if other != from && !before.contains_key(&other) {
                before.insert(other, (at, merge));
                waiting.push(other);
            }
        }
    }
    let mut merges = Vec::new();
    let mut at = to;
    while at != from {
        let &(previous, proposal) = before.get(&at)?;
        let key = |index: usize| linking.names.get(index).map(|name| name.key.clone());
        merges.push(Merge {
            a: key(proposal.a)?,
            b: key(proposal.b)?,
            rule: proposal.rule,
            name: proposal.text.clone(),
        });
        at = previous;
    }
    merges.reverse();
    Some(merges)
}

/// Gives every constraint between two names that are not one, and at the end that nothing speaks for
/// their being one.
fn reasons(
    linking: &Linking,
    (a, first): (usize, &Name),
    (b, second): (usize, &Name),
    extractions: &[Extraction],
) -> Vec<CannotLink> {
    let mut found = Vec::new();
    if first.class != second.class {
        found.push(CannotLink::Class);
    } else if first.class == EntityClass::Place {
        found.push(CannotLink::Places);
    } else if first.disambiguator() != second.disambiguator() {
        found.push(CannotLink::Disambiguator);
    }
    let both = first.documents.intersection(&second.documents).next();
    found.extend(
        both.and_then(|&document| extractions.get(document))
            .map(|document| CannotLink::Document(document.document.id.clone())),
    );
    for (proposal, refusal) in &linking.refused {
        let root = |index: usize| linking.roots.get(index);
        let ends = [root(proposal.a), root(proposal.b)];
        if ends.contains(&root(a)) && ends.contains(&root(b)) {
            found.push(match refusal {
                Refusal::Chain => CannotLink::Chain,
                Refusal::Document(number) => {
                    let document = extractions.get(*number);
                    let id = document.map(|document| document.document.id.clone());
                    CannotLink::Document(id.unwrap_or_default())
                }
            });
        }
    }
    let shared = shared(first, second);
    found.extend(
        shared
            .iter()
            .filter_map(|name| claimed(linking, first, second, name)),
    );
    if shared.is_empty() {
        found.push(CannotLink::NoEvidence);
    }
    let mut seen = BTreeSet::new();
    found.retain(|reason| seen.insert(reason.clone()));
    found
}

/// Gives the names that could make the two one: a label of one that the other goes by.
fn shared(a: &Name, b: &Name) -> Vec<String> {
    let of = |a: &Name, b: &Name| -> Vec<String> {
        let names = a.labels.iter();
        names
            .filter(|label| b.labels.contains(*label) || b.aliases.contains(*label))
            .cloned()
            .collect()
    };
    let mut shared = of(a, b);
    shared.extend(of(b, a));
    shared.sort();
    shared.dedup();
    shared
}

/// Tells what is wrong with an alias: it fits too many, or others go by it as well.
fn claimed(linking: &Linking, a: &Name, b: &Name, text: &str) -> Option<CannotLink> {
    let alias_of = [a, b]
        .into_iter()
        .find(|name| !name.labels.contains(text))?;
    if !alias_of.is_telling(text) {
        return Some(CannotLink::Alias(text.to_owned()));
    }
    let others: Vec<EntityKey> = linking
        .names
        .iter()
        .filter(|name| name.key != a.key && name.key != b.key)
        .filter(|name| name.class == a.class && name.disambiguator() == a.disambiguator())
        .filter(|name| name.aliases.contains(text) && !name.labels.contains(text))
        .map(|name| name.key.clone())
        .collect();
    let name = text.to_owned();
    (!others.is_empty()).then_some(CannotLink::Claimants { name, others })
}

#[cfg(test)]
mod tests;
