//! What a user's pack names: takes the recognisers' candidates, returns them with the pack's, which
//! win over everything.
//!
//! A name of a pack stands wherever it is made of whole words, whatever the recognisers' vetoes and
//! scores say; of names of packs that overlap, the longest. What overlaps one is dropped, but for a
//! longer name of another class that may hold it (the person in the name of a site): both stand.
//! A pack's vetoes (`not_*.tsv`) drop what they name, however sure a recogniser is.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ontology::record::{EntityClass, Span};

use super::overlap::holds;
use crate::knowledge::List;
use crate::recognise::Candidate;
use crate::segment::Segmented;

const RULE: &str = "pack";

/// Names of packs that stand, by span; they overlap only where one holds the other.
type Names<'k> = BTreeMap<Span, Candidate<'k>>;

/// Puts the pack's names among the candidates, which stay sorted.
pub(super) fn assert<'k>(
    text: &Segmented<'k>,
    mut candidates: Vec<Candidate<'k>>,
) -> Vec<Candidate<'k>> {
    let vetoes = vetoes(text);
    candidates.retain(|candidate| !is_vetoed(&vetoes, candidate));
    let names = names(text);
    if names.is_empty() {
        return candidates;
    }
    candidates.retain(|candidate| is_free(&names, candidate));
    candidates.extend(names.into_values());
    candidates.sort_by_key(|candidate| (candidate.span, candidate.class));
    candidates
}

/// What packs say is none of a class, by class and span.
fn vetoes<'k>(text: &Segmented<'k>) -> BTreeMap<(EntityClass, Span), &'k str> {
    [
        (List::NotPlace, EntityClass::Place),
        (List::NotName, EntityClass::Person),
        (List::NotBody, EntityClass::Organization),
        (List::NotProgram, EntityClass::Program),
    ]
    .into_iter()
    .flat_map(|(list, class)| text.of(list).map(move |hit| (hit, class)))
    .filter(|(hit, _)| hit.entry.pack)
    .map(|(hit, class)| ((class, hit.span), hit.entry.name.as_str()))
    .collect()
}

/// Tells whether a candidate is what a pack vetoes, with or without marks around it, or lies in it.
fn is_vetoed(vetoes: &BTreeMap<(EntityClass, Span), &str>, candidate: &Candidate<'_>) -> bool {
    let Candidate { span, class, .. } = *candidate;
    let from = Span::new(span.start.saturating_sub(super::LONGEST), 0);
    vetoes
        .range((class, from)..(class, Span::new(span.end, 0)))
        .any(|((_, veto), name)| {
            veto.contains(span) || span.contains(*veto) && candidate.label == *name
        })
}

fn names<'k>(text: &Segmented<'k>) -> Names<'k> {
    let mut found: Vec<Candidate<'k>> = List::NAMES
        .into_iter()
        .flat_map(|(list, class)| text.of(list).map(move |hit| (hit, class)))
        .filter(|(hit, _)| hit.entry.pack && stands(text, hit.span))
        .map(|(hit, class)| {
            // The marks around a name are part of what a reader would highlight.
            let quote = text.quote_of(hit.span);
            let span = quote.map_or(hit.span, |quote| quote.outer);
            Candidate::known(span, class, 1.0, RULE, hit.entry)
        })
        .filter(|candidate| !text.structure.is_furniture(candidate.span))
        .collect();
    // Longest first; of equal ones that of the first pack, whose entries come first.
    found.sort_by_key(|name| (Reverse(name.span.len()), name.span.start));
    let mut names = Names::new();
    for name in found {
        if is_free(&names, &name) {
            names.insert(name.span, name);
        }
    }
    names
}

/// Tells whether a candidate overlaps no name, or only as one that holds the other.
fn is_free(names: &Names<'_>, candidate: &Candidate<'_>) -> bool {
    let span = candidate.span;
    let from = Span::new(span.start.saturating_sub(super::LONGEST), 0);
    let pair = |candidate: &Candidate<'_>| (candidate.span, candidate.class);
    names
        .range(from..Span::new(span.end, 0))
        .filter(|(other, _)| other.overlaps(span))
        .all(|(_, name)| {
            let asserted = candidate.rule == RULE && holds(pair(name), pair(candidate));
            asserted || holds(pair(candidate), pair(name))
        })
}

/// A name of two characters must be a word; a longer one may end inside a word that jieba made up.
fn stands(text: &Segmented<'_>, span: Span) -> bool {
    let ends = [span.start, span.end].map(|at| text.is_boundary(at));
    match ends {
        [true, true] => true,
        [false, false] => false,
        [true, false] | [false, true] => span.of(text.text).chars().count() > 2,
    }
}
