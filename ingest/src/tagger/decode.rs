//! Takes a model and the features of a window, returns the names of the likeliest reading.

use ontology::record::Span;

use super::Tagged;
use super::feature::Features;
use super::label::{self, COUNT, Part};
use super::model::{Model, NEVER, Scores};

/// Finds the likeliest reading (Viterbi, 1967), from both ends, so that every name gets a margin.
pub(super) fn decode(model: &Model, features: &Features, end: usize) -> Vec<Tagged> {
    let emissions: Vec<Scores> = features.hashes().map(|keys| model.sum(keys)).collect();
    let forward = forward(model, &emissions);
    if holds_no_name(model, &emissions, &forward) {
        return Vec::new();
    }
    let backward = backward(model, &emissions);
    // Best score of a whole reading with each label at each character.
    let best: Vec<Scores> = forward
        .iter()
        .zip(&backward)
        .map(|(a, b)| add(a, b))
        .collect();
    let labels: Vec<usize> = best.iter().map(best_label).collect();
    names(&features.starts, end, &labels, &best)
}

/// Tells whether no reading is better than the one without names, which wins a draw.
fn holds_no_name(model: &Model, emissions: &[Scores], forward: &[Scores]) -> bool {
    let Some(last) = forward.last() else {
        return true;
    };
    let outside = |scores: &Scores| scores.get(label::OUTSIDE).copied().unwrap_or(NEVER);
    let step = model.behind.get(label::OUTSIDE).map_or(NEVER, outside);
    let without = emissions
        .iter()
        .map(outside)
        .reduce(|sum, emission| sum + step + emission);
    let best = add(last, &edge(|label| label::may_follow(Some(label), None)));
    without == best.iter().copied().max()
}

fn add(a: &Scores, b: &Scores) -> Scores {
    let mut sum = *a;
    for (score, other) in sum.iter_mut().zip(b) {
        *score += other;
    }
    sum
}

fn best_label(scores: &Scores) -> usize {
    let mut best = 0;
    for (label, score) in scores.iter().enumerate().take(COUNT) {
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
            None => edge(|label| label::may_follow(None, Some(label))),
            Some(before) => step(before, &model.behind),
        };
        rows.push(add(&row, emission));
    }
    rows
}

/// Best score of a reading behind each character, without the character itself.
fn backward(model: &Model, emissions: &[Scores]) -> Vec<Scores> {
    let mut rows = Vec::with_capacity(emissions.len());
    let mut behind = edge(|label| label::may_follow(Some(label), None));
    for emission in emissions.iter().rev() {
        rows.push(behind);
        behind = step(&add(&behind, emission), &model.before);
    }
    rows.reverse();
    rows
}

fn edge(may: impl Fn(usize) -> bool) -> Scores {
    std::array::from_fn(|label| {
        if label < COUNT && may(label) {
            0
        } else {
            NEVER
        }
    })
}

/// Gives the best score of each label over all labels beside it. Nothing overflows: a sum is never
/// below twice [`NEVER`] and a window's weights.
fn step(row: &Scores, transitions: &[Scores; COUNT]) -> Scores {
    let mut best = [NEVER; 16];
    for (score, weights) in row.iter().zip(transitions) {
        for (best, weight) in best.iter_mut().zip(weights) {
            *best = (*best).max(score + weight);
        }
    }
    best
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
        .take(COUNT)
        .filter(|&(other, _)| other != label)
        .map(|(_, &score)| score)
        .max()
        .unwrap_or(NEVER);
    own.saturating_sub(other)
}
