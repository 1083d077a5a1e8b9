//! Takes a model and the features of a window, returns the names of the likeliest reading.

use ontology::record::Span;

use super::Tagged;
use super::feature::Features;
use super::label::{self, COUNT, Part};
use super::model::Model;

/// Worse than any reading, and far from overflow.
const NEVER: i32 = i32::MIN / 4;

type Scores = [i32; COUNT];

/// Finds the likeliest reading (Viterbi, 1967), from both ends, so that every name gets a margin.
pub(super) fn decode(model: &Model, features: &Features, end: usize) -> Vec<Tagged> {
    let emissions: Vec<Scores> = (0..features.len())
        .map(|at| emission(model, features.at(at)))
        .collect();
    let forward = forward(model, &emissions);
    let backward = backward(model, &emissions);
    // Best score of a whole reading with each label at each character.
    let best: Vec<Scores> = forward
        .iter()
        .zip(&backward)
        .map(|(a, b)| std::array::from_fn(|label| add(a, b, label)))
        .collect();
    let labels: Vec<usize> = best.iter().map(best_label).collect();
    names(&features.starts, end, &labels, &best)
}

fn add(a: &Scores, b: &Scores, label: usize) -> i32 {
    let one = a.get(label).copied().unwrap_or(NEVER);
    one.saturating_add(b.get(label).copied().unwrap_or(NEVER))
}

fn emission(model: &Model, hashes: &[u32]) -> Scores {
    let mut scores = [0; 16];
    for &hash in hashes {
        model.add(hash, &mut scores);
    }
    std::array::from_fn(|label| scores.get(label).copied().unwrap_or_default())
}

fn best_label(scores: &Scores) -> usize {
    let mut best = 0;
    for (label, score) in scores.iter().enumerate() {
        if scores.get(best).is_some_and(|other| score > other) {
            best = label;
        }
    }
    best
}

/// Best score of a reading up to each character, its own emission included.
fn forward(model: &Model, emissions: &[Scores]) -> Vec<Scores> {
    let mut rows: Vec<Scores> = Vec::with_capacity(emissions.len());
    for emission in emissions {
        let row = match rows.last() {
            None => start_or_end(|label| label::may_follow(None, Some(label))),
            Some(before) => {
                std::array::from_fn(|label| step(before, |other| model.transition(other, label)))
            }
        };
        rows.push(std::array::from_fn(|label| add(&row, emission, label)));
    }
    rows
}

/// Best score of a reading behind each character, without the character itself.
fn backward(model: &Model, emissions: &[Scores]) -> Vec<Scores> {
    let mut rows: Vec<Scores> = Vec::with_capacity(emissions.len());
    let mut behind = start_or_end(|label| label::may_follow(Some(label), None));
    for emission in emissions.iter().rev() {
        rows.push(behind);
        let with: Scores = std::array::from_fn(|label| add(&behind, emission, label));
        behind = std::array::from_fn(|label| step(&with, |other| model.transition(label, other)));
    }
    rows.reverse();
    rows
}

fn start_or_end(may: impl Fn(usize) -> bool) -> Scores {
    std::array::from_fn(|label| if may(label) { 0 } else { NEVER })
}

fn step(row: &Scores, transition: impl Fn(usize) -> i32) -> i32 {
    row.iter()
        .enumerate()
        .map(|(other, &score)| score.saturating_add(transition(other)).max(NEVER))
        .max()
        .unwrap_or(NEVER)
}

/// Collects the names of the best reading; the margin of a name is that of its least sure character.
fn names(starts: &[usize], end: usize, labels: &[usize], best: &[Scores]) -> Vec<Tagged> {
    let mut found = Vec::new();
    let mut open: Option<(usize, i32)> = None;
    for (at, (&label, scores)) in labels.iter().zip(best).enumerate() {
        let margin = margin(scores, label);
        let part = label::part(label);
        open = match part {
            Part::Outside => None,
            Part::Begin | Part::Single => starts.get(at).map(|&start| (start, margin)),
            Part::Inside | Part::End => open.map(|(start, least)| (start, least.min(margin))),
        };
        if let (Part::End | Part::Single, Some((start, margin)), Some(class)) =
            (part, open, label::class(label))
        {
            let stop = starts.get(at + 1).copied().unwrap_or(end);
            found.push(Tagged {
                span: Span::new(start, stop),
                class,
                margin,
            });
            open = None;
        }
    }
    found
}

fn margin(scores: &Scores, label: usize) -> i32 {
    let own = scores.get(label).copied().unwrap_or(NEVER);
    let other = scores
        .iter()
        .enumerate()
        .filter(|&(other, _)| other != label)
        .map(|(_, &score)| score)
        .max()
        .unwrap_or(NEVER);
    own.saturating_sub(other)
}
