//! Takes the observations of all documents, returns the indicators that they use.

use std::collections::{BTreeMap, BTreeSet};

use ontology::indicator::Scheme;
use ontology::record::Extraction;

use crate::merge::vote;

/// An indicator that some observation uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndicatorUse {
    /// Key of its concept.
    pub key: String,
    /// Chinese label: the scheme's, else the most frequent wording.
    pub label: String,
    /// The documents' wordings, sorted, without duplicates.
    pub texts: Vec<String>,
}

/// Gives the indicators, sorted by key; without a scheme every label is a wording.
pub(crate) fn indicators(documents: &[Extraction], scheme: Option<&Scheme>) -> Vec<IndicatorUse> {
    let mut texts: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for observation in documents.iter().flat_map(|document| &document.observations) {
        texts
            .entry(&observation.indicator)
            .or_default()
            .push(&observation.indicator_text);
    }
    texts
        .into_iter()
        .map(|(key, texts)| {
            let known = scheme
                .and_then(|scheme| scheme.get(key))
                .map(|known| &known.zh);
            let label = known.or_else(|| vote(texts.iter().copied()));
            let distinct: BTreeSet<&String> = texts.iter().copied().collect();
            IndicatorUse {
                key: key.to_owned(),
                label: label.map_or_else(|| key.to_owned(), Clone::clone),
                texts: distinct.into_iter().cloned().collect(),
            }
        })
        .collect()
}
