//! Takes documents with their signatures, returns which are reprints of which.
//!
//! Candidates share a band of their signatures (locality-sensitive hashing), so that the work stays
//! near-linear; what confirms one is the similarity that the signatures estimate. Of the documents
//! that hang together the original is the earliest, then the longest, then the first in byte order;
//! the others are its reprints where they are similar to it themselves, and what is left is looked
//! at again, so that no chain of small changes makes one of two different texts.
//!
//! # Source
//! Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets* (2014), section 3.4: banding.
//!
//! | known failure | why |
//! |---|---|
//! | a copy cut to half | its shingles are half of the original's; it counts as a text of its own |
//! | issues of one bulletin without numbers in digits | nothing but wording tells them apart |

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ontology::record::fingerprint::{EMPTY, TEXT_BINS, similarity};
use ontology::record::{Document, Extraction};

use super::union_find::UnionFind;

/// Share of the shingles from which on two documents are one text.
const ALIKE: f64 = 0.8;
/// Bins of a band: of two texts with 80 % in common 25 bands of five miss one pair in twenty thousand.
const BAND: usize = 5;
/// Documents of one band with which another is compared before it is given up; boilerplate that
/// thousands share must not make the work quadratic.
const LEADERS: usize = 32;

/// Gives each reprint's SHA-256 with that of its original; the order of the input does not matter.
///
/// # Complexity
/// O(n log n) in the documents, for a bounded number of different texts that share a band.
pub(crate) fn reprints(documents: &[Extraction]) -> BTreeMap<String, String> {
    let mut signed: Vec<&Document> = documents
        .iter()
        .map(|extraction| &extraction.document)
        .filter(|document| document.signature.len() >= TEXT_BINS)
        .collect();
    signed.sort_by_key(|document| &document.sha256);
    let mut sets = UnionFind::new(signed.len());
    for members in bands(&signed)
        .into_values()
        .filter(|members| members.len() > 1)
    {
        join(&signed, &members, &mut sets);
    }
    let mut clusters: BTreeMap<usize, Vec<&Document>> = BTreeMap::new();
    for (index, &document) in signed.iter().enumerate() {
        clusters.entry(sets.find(index)).or_default().push(document);
    }
    let mut found = BTreeMap::new();
    for cluster in clusters.into_values().filter(|cluster| cluster.len() > 1) {
        originals(cluster, &mut found);
    }
    found
}

/// Sorts the documents into the buckets of each band; a band without any shingle says nothing.
fn bands<'a>(documents: &[&'a Document]) -> BTreeMap<(usize, &'a [u64]), Vec<usize>> {
    let mut buckets: BTreeMap<(usize, &[u64]), Vec<usize>> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        let text = document.signature.get(..TEXT_BINS).unwrap_or_default();
        for (number, band) in text.chunks_exact(BAND).enumerate() {
            if band.iter().any(|&bin| bin != EMPTY) {
                buckets.entry((number, band)).or_default().push(index);
            }
        }
    }
    buckets
}

/// Joins the documents of a bucket that are alike: each is compared with the first of every text.
fn join(documents: &[&Document], members: &[usize], sets: &mut UnionFind) {
    let mut leaders: Vec<usize> = Vec::new();
    for &member in members {
        let known = leaders.iter().find(|&&leader| {
            let pair = documents.get(leader).zip(documents.get(member));
            sets.find(leader) == sets.find(member) || pair.is_some_and(|(a, b)| alike(a, b))
        });
        match known {
            Some(&leader) => {
                sets.union(leader, member);
            }
            None if leaders.len() < LEADERS => leaders.push(member),
            None => {}
        }
    }
}

fn alike(a: &Document, b: &Document) -> bool {
    similarity(&a.signature, &b.signature).is_some_and(|share| share >= ALIKE)
}

/// Chooses the originals of a cluster and records the others as their reprints.
fn originals(mut cluster: Vec<&Document>, found: &mut BTreeMap<String, String>) {
    cluster.sort_by_key(|document| {
        let undated = document.published.is_none();
        let length = document.text.chars().count();
        (
            undated,
            &document.published,
            Reverse(length),
            &document.sha256,
        )
    });
    let mut done: BTreeSet<usize> = BTreeSet::new();
    for (index, original) in cluster.iter().enumerate() {
        if !done.insert(index) {
            continue;
        }
        for (other, document) in cluster.iter().enumerate().skip(index + 1) {
            if !done.contains(&other) && alike(original, document) {
                done.insert(other);
                found.insert(document.sha256.clone(), original.sha256.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document whose signature is its words, each word a value.
    fn document(
        name: &str,
        published: Option<&str>,
        text: &str,
        signature: Vec<u64>,
    ) -> Extraction {
        Extraction {
            document: Document {
                id: format!("{name}.txt"),
                sha256: name.to_owned(),
                published: published.map(str::to_owned),
                text: text.to_owned(),
                signature,
                ..Document::default()
            },
            entities: vec![],
            mentions: vec![],
            statements: vec![],
            observations: vec![],
            diagnostics: vec![],
        }
    }

    /// A signature of a text, of which every `changed`th bin is other.
    fn signature(text: u64, changed: Option<usize>) -> Vec<u64> {
        (0..TEXT_BINS)
            .map(|bin| {
                let other = changed.is_some_and(|step| bin % step == 0);
                text * 1000 + u64::try_from(bin).unwrap() + if other { 500_000 } else { 0 }
            })
            .collect()
    }

    fn check(documents: &[Extraction], expected: &[(&str, &str)]) {
        let expected: BTreeMap<String, String> = expected
            .iter()
            .map(|&(a, b)| (a.to_owned(), b.to_owned()))
            .collect();
        let mut turned = documents.to_vec();
        for _ in 0..documents.len() {
            turned.rotate_left(1);
            assert_eq!(reprints(&turned), expected);
        }
        turned.reverse();
        assert_eq!(reprints(&turned), expected);
    }

    #[test]
    fn the_original_is_the_earliest_then_the_longest_then_the_first() {
        let copies = |first: Option<&str>, second: Option<&str>, text: &str| {
            vec![
                document("a", first, "短", signature(1, None)),
                document("b", second, text, signature(1, Some(10))),
                document("c", None, "别的", signature(2, None)),
            ]
        };
        check(
            &copies(Some("2021-12-08"), Some("2021-12-07"), "短"),
            &[("a", "b")],
        );
        check(
            &copies(Some("2021-12-08"), None, "更长的文本"),
            &[("b", "a")],
        );
        check(&copies(None, None, "更长的文本"), &[("a", "b")]);
        check(&copies(None, None, "短"), &[("b", "a")]);
    }

    #[test]
    fn no_chain_makes_one_of_two_texts() {
        let half: Vec<u64> = signature(1, None)
            .into_iter()
            .enumerate()
            .map(|(bin, value)| if bin < 20 { value + 900_000 } else { value })
            .collect();
        let far: Vec<u64> = half
            .iter()
            .enumerate()
            .map(|(bin, &value)| if bin >= 108 { value + 900_000 } else { value })
            .collect();
        let documents = vec![
            document("a", Some("2021-01-01"), "甲", signature(1, None)),
            document("b", Some("2021-01-02"), "甲", half),
            document("c", Some("2021-01-03"), "甲", far),
        ];
        check(&documents, &[("b", "a")]);
    }

    #[test]
    fn documents_without_signature_are_nothing_of_each_other() {
        check(
            &[
                document("a", None, "短", vec![]),
                document("b", None, "短", vec![]),
            ],
            &[],
        );
    }
}
