//! Takes sentences with names, returns the weights of the tagger.
//!
//! Conditional log-likelihood of a linear chain, by stochastic gradients of one sentence each, with
//! AdaGrad in its dual-averaging form (Duchi, Hazan and Singer, 2011, section 5), whose L1 term leaves
//! most features without weight, and with dropout of features (Srivastava et al., 2014), without
//! which rare features would never learn. Deterministic: all chance comes from a fixed seed.

use std::collections::BTreeMap;

use ontology::record::{EntityClass, Span};

use super::chain::{self, Pairs, Row};
use super::feature::Features;
use super::label::{self, COUNT};
use super::model::{SCALE, Weights};
use crate::knowledge::Knowledge;
use crate::segment::Segmented;
use crate::structure::Structure;

/// A sentence and the names in it.
#[derive(Debug, Clone)]
pub struct Example {
    /// Simplified text.
    pub text: String,
    /// Bytes of `text`, sorted, none overlap; classes that the tagger does not know are ignored.
    pub names: Vec<(Span, EntityClass)>,
}

const PASSES: u32 = 14;
const RATE: f64 = 0.06;
/// Weight of the L1 term for one sentence.
const SPARSENESS: f64 = 3.0e-5;
/// Of a thousand features, so many are left out of a sentence.
const DROPOUT: u64 = 200;

/// A weight as a sum of gradients: read off when it is needed.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    sum: f64,
    squares: f64,
}

impl Cell {
    fn weight(self, time: f64) -> f64 {
        let excess = self.sum.abs() - SPARSENESS * time;
        if excess <= 0.0 || self.squares <= 0.0 {
            return 0.0;
        }
        self.sum.signum() * excess * RATE / self.squares.sqrt()
    }

    fn add(&mut self, gradient: f64) {
        /// A gradient that no weight would feel.
        const LEAST: f64 = 1.0e-6;
        if gradient.abs() > LEAST {
            self.sum += gradient;
            self.squares += gradient * gradient;
        }
    }
}

/// A linear congruential generator (Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let bound = u64::try_from(last + 1).unwrap_or(u64::MAX);
            items.swap(last, usize::try_from(self.below(bound)).unwrap_or(last));
        }
    }
}

/// One sentence as numbers of features and labels, a character each.
type Sentence = Vec<(Vec<usize>, usize)>;

struct Trainer {
    cells: Vec<[Cell; COUNT]>,
    transitions: [[Cell; COUNT]; COUNT],
    /// Number of sentences seen.
    time: f64,
    chance: Chance,
}

/// Trains the tagger on examples.
#[must_use]
pub fn train(knowledge: &Knowledge, examples: &[Example]) -> Weights {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    let mut sentences: Vec<Sentence> = examples
        .iter()
        .map(|example| look(knowledge, example, &mut numbers))
        .collect();
    let mut trainer = Trainer {
        cells: vec![[Cell::default(); COUNT]; numbers.len()],
        transitions: [[Cell::default(); COUNT]; COUNT],
        time: 0.0,
        chance: Chance(1),
    };
    for _ in 0..PASSES {
        trainer.chance.shuffle(&mut sentences);
        for sentence in &sentences {
            trainer.learn(sentence);
        }
    }
    trainer.weights(&numbers)
}

/// Gives the features and labels of an example.
fn look(knowledge: &Knowledge, example: &Example, numbers: &mut BTreeMap<u32, usize>) -> Sentence {
    let structure = Structure::read(&example.text, &knowledge.labels);
    let text = Segmented::new(&example.text, knowledge, &structure);
    let features = Features::of(&text, Span::new(0, example.text.len()));
    let mut labels = vec![label::OUTSIDE; features.starts.len()];
    for &(span, class) in &example.names {
        let first = features.starts.partition_point(|&start| start < span.start);
        let end = features.starts.partition_point(|&start| start < span.end);
        let inside = labels.iter_mut().take(end).skip(first);
        for (at, label) in inside.enumerate() {
            *label = label::of(class, at, end - first).unwrap_or(label::OUTSIDE);
        }
    }
    let mut number = |&hash: &u32| {
        let next = numbers.len();
        *numbers.entry(hash).or_insert(next)
    };
    features
        .hashes()
        .zip(labels)
        .map(|(hashes, label)| (hashes.iter().map(&mut number).collect(), label))
        .collect()
}

impl Trainer {
    fn learn(&mut self, sentence: &Sentence) {
        self.time += 1.0;
        let kept: Vec<Vec<usize>> = sentence
            .iter()
            .map(|(features, _)| {
                let mut kept = features.clone();
                kept.retain(|_| self.chance.below(1000) >= DROPOUT);
                kept
            })
            .collect();
        let emissions: Vec<Row> = kept
            .iter()
            .map(|features| self.emission(features))
            .collect();
        let expected = chain::expected(&emissions, &self.step_scores());
        for ((features, &(_, gold)), counts) in kept.iter().zip(sentence).zip(&expected.labels) {
            for &feature in features {
                let cells = self.cells.get_mut(feature).into_iter().flatten();
                for (label, (cell, count)) in cells.zip(counts).enumerate() {
                    cell.add(f64::from(u8::from(label == gold)) - count);
                }
            }
        }
        let mut gold: Pairs = [[0.0; COUNT]; COUNT];
        for (&(_, before), &(_, after)) in sentence.iter().zip(sentence.iter().skip(1)) {
            if let Some(count) = gold.get_mut(before).and_then(|row| row.get_mut(after)) {
                *count += 1.0;
            }
        }
        let seen = gold.iter().flatten().zip(expected.pairs.iter().flatten());
        for (cell, (gold, expected)) in self.transitions.iter_mut().flatten().zip(seen) {
            cell.add(gold - expected);
        }
    }

    fn emission(&self, features: &[usize]) -> Row {
        let mut row = [0.0; COUNT];
        for cells in features
            .iter()
            .filter_map(|&feature| self.cells.get(feature))
        {
            for (score, cell) in row.iter_mut().zip(cells) {
                *score += cell.weight(self.time);
            }
        }
        row
    }

    /// Weight of one label behind another; minus infinity where that is no reading.
    fn step_scores(&self) -> Pairs {
        let mut scores = self
            .transitions
            .map(|row| row.map(|cell| cell.weight(self.time)));
        for (before, row) in scores.iter_mut().enumerate() {
            for (after, score) in row.iter_mut().enumerate() {
                if !label::may_follow(Some(before), Some(after)) {
                    *score = f64::NEG_INFINITY;
                }
            }
        }
        scores
    }

    fn weights(&self, numbers: &BTreeMap<u32, usize>) -> Weights {
        let features = numbers
            .iter()
            .filter_map(|(&hash, &number)| Some((hash, self.cells.get(number)?)))
            .map(|(hash, cells)| {
                (
                    hash,
                    cells.map(|cell| small(scaled(cell.weight(self.time)))),
                )
            })
            .filter(|(_, row)| row.iter().any(|&weight| weight != 0))
            .collect();
        Weights {
            transitions: self.step_scores().map(|row| row.map(scaled)),
            features,
        }
    }
}

/// Rounds a weight to the model's scale; minus infinity becomes the least number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float becomes an integer only by a cast, which saturates"
)]
fn scaled(weight: f64) -> i16 {
    (weight * f64::from(SCALE)).round() as i16
}

fn small(weight: i16) -> i8 {
    i8::try_from(weight.clamp(-127, 127)).unwrap_or_default()
}
