//! What the values of a document's signature mean, and how two of them compare.

/// Bins of the shingles of the text; they come first.
pub const TEXT_BINS: usize = 128;
/// Bins of the numbers in the text; they follow.
pub const NUMBER_BINS: usize = 32;
/// A bin into which nothing fell.
pub const EMPTY: u64 = 1 << 32;

/// Numbers in common that make one text of two that are alike otherwise; below it, they are two
/// issues of one bulletin.
const COMMON_NUMBERS: f64 = 0.6;
/// Bins of numbers that must be in use before they say anything.
const FEWEST_NUMBERS: u32 = 4;

/// Estimates what share of their shingles two texts have in common, between 0 and 1.
///
/// Gives 0 where their numbers differ, none where one of them has no signature.
///
/// ```
/// use ontology::record::fingerprint::{EMPTY, NUMBER_BINS, TEXT_BINS, similarity};
/// let one = vec![7; TEXT_BINS + NUMBER_BINS];
/// assert_eq!(similarity(&one, &one), Some(1.0));
/// assert_eq!(similarity(&one, &[]), None);
/// ```
#[must_use]
pub fn similarity(a: &[u64], b: &[u64]) -> Option<f64> {
    let (a_text, a_numbers) = a.split_at_checked(TEXT_BINS)?;
    let (b_text, b_numbers) = b.split_at_checked(TEXT_BINS)?;
    let (common, used) = common(a_numbers, b_numbers);
    if used >= FEWEST_NUMBERS && f64::from(common) < COMMON_NUMBERS * f64::from(used) {
        return Some(0.0);
    }
    let (common, used) = self::common(a_text, b_text);
    (used > 0).then(|| f64::from(common) / f64::from(used))
}

/// Counts the equal bins, and those that are in use on either side.
fn common(a: &[u64], b: &[u64]) -> (u32, u32) {
    a.iter()
        .zip(b)
        .filter(|&(&a, &b)| a != EMPTY || b != EMPTY)
        .fold((0, 0), |(common, used), (a, b)| {
            (common + u32::from(a == b), used + 1)
        })
}
