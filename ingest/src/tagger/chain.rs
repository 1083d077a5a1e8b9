//! Takes the scores of the labels of each character and of one label behind another, returns how
//! often each is expected (forward-backward algorithm; Rabiner, 1989).

use super::label::{self, COUNT};

/// A value for each label.
pub(super) type Row = [f64; COUNT];

/// A value for each pair of labels, first label first.
pub(super) type Pairs = [Row; COUNT];

/// Expected counts under the model.
pub(super) struct Expected {
    /// Of each label at each character.
    pub(super) labels: Vec<Row>,
    /// Of each pair of labels, over the whole sentence.
    pub(super) pairs: Pairs,
}

/// Computes the expected counts; logarithms in, probabilities out.
pub(super) fn expected(emissions: &[Row], transitions: &Pairs) -> Expected {
    let forward = forward(emissions, transitions);
    let backward = backward(emissions, transitions);
    let total = forward
        .last()
        .zip(backward.last())
        .map_or(f64::NEG_INFINITY, |(a, b)| log_sum(&sum(a, b)));
    let labels = forward
        .iter()
        .zip(&backward)
        .map(|(a, b)| sum(a, b).map(|score| (score - total).exp()))
        .collect();
    let mut pairs = [[0.0; COUNT]; COUNT];
    let steps = forward.iter().zip(emissions.iter().zip(&backward).skip(1));
    for (before, (emission, after)) in steps {
        let after = sum(emission, after);
        for ((row, from), score) in pairs.iter_mut().zip(transitions).zip(before) {
            for ((count, step), end) in row.iter_mut().zip(from).zip(&after) {
                *count += (score + step + end - total).exp();
            }
        }
    }
    Expected { labels, pairs }
}

/// Logarithm of all readings up to each character, its own score included.
fn forward(emissions: &[Row], transitions: &Pairs) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(emissions.len());
    for emission in emissions {
        let row = match rows.last() {
            None => edge(|label| label::may_follow(None, Some(label))),
            Some(before) => std::array::from_fn(|label| {
                let column = transitions.map(|row| row.get(label).copied().unwrap_or_default());
                log_sum(&sum(before, &column))
            }),
        };
        rows.push(sum(&row, emission));
    }
    rows
}

/// Logarithm of all readings behind each character, without its own score.
fn backward(emissions: &[Row], transitions: &Pairs) -> Vec<Row> {
    let mut rows = Vec::with_capacity(emissions.len());
    let mut behind = edge(|label| label::may_follow(Some(label), None));
    for emission in emissions.iter().rev() {
        rows.push(behind);
        let with = sum(&behind, emission);
        behind = transitions.map(|row| log_sum(&sum(&row, &with)));
    }
    rows.reverse();
    rows
}

fn edge(may: impl Fn(usize) -> bool) -> Row {
    std::array::from_fn(|label| if may(label) { 0.0 } else { f64::NEG_INFINITY })
}

fn sum(a: &Row, b: &Row) -> Row {
    let mut row = *a;
    for (value, other) in row.iter_mut().zip(b) {
        *value += other;
    }
    row
}

fn log_sum(row: &Row) -> f64 {
    let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most.is_finite() {
        most + row
            .iter()
            .map(|value| (value - most).exp())
            .sum::<f64>()
            .ln()
    } else {
        most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expected_counts_are_probabilities_and_the_better_label_gains() {
        let transitions: Pairs = std::array::from_fn(|a| {
            std::array::from_fn(|b| {
                if label::may_follow(Some(a), Some(b)) {
                    0.0
                } else {
                    f64::NEG_INFINITY
                }
            })
        });
        let mut emissions = vec![[0.0; COUNT]; 3];
        emissions[1][label::OUTSIDE] = 5.0;
        let expected = expected(&emissions, &transitions);
        for row in &expected.labels {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
        let pairs: f64 = expected.pairs.iter().flatten().sum();
        assert!((pairs - 2.0).abs() < 1e-9);
        assert!(expected.labels[1][label::OUTSIDE] > 0.8);
        // No reading ends inside a name.
        assert!(expected.labels[2][1] < 1e-9);
    }
}
