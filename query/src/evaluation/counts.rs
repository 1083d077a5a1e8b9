//! Takes what is right, superfluous and missing, returns precision, recall and F1.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// Right, superfluous and missing answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Found and right.
    pub right: u32,
    /// Found and wrong.
    pub superfluous: u32,
    /// Not found.
    pub missing: u32,
}

impl Counts {
    /// Gives the share of what was found that is right; none where nothing was found.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        share(self.right, self.right + self.superfluous)
    }

    /// Gives the share of the answers that was found; none where there are no answers.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        share(self.right, self.right + self.missing)
    }

    /// Gives the harmonic mean of precision and recall; none where nothing is to be counted.
    ///
    /// # Source
    /// van Rijsbergen, *Information Retrieval* (1979), chapter 7.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        share(
            2 * self.right,
            2 * self.right + self.superfluous + self.missing,
        )
    }

    pub(super) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.superfluous += other.superfluous;
        self.missing += other.missing;
    }
}

impl Serialize for Counts {
    /// Writes `{"p","r","f1","tp","fp","fn"}`, shares rounded to four digits, null for none.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = BTreeMap::new();
        let shares = [self.precision(), self.recall(), self.f1()];
        for (name, share) in ["p", "r", "f1"].into_iter().zip(shares) {
            map.insert(name, serde_json::Value::from(share.map(rounded)));
        }
        let counts = [self.right, self.superfluous, self.missing];
        for (name, count) in ["tp", "fp", "fn"].into_iter().zip(counts) {
            map.insert(name, count.into());
        }
        map.serialize(serializer)
    }
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Those that are right.
    pub right: u32,
    /// All.
    pub of: u32,
}

impl Share {
    /// Gives the share; none where there is nothing.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        share(self.right, self.of)
    }

    pub(super) fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.of += 1;
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().map(rounded).serialize(serializer)
    }
}

fn share(part: u32, all: u32) -> Option<f64> {
    (all > 0).then(|| f64::from(part) / f64::from(all))
}

fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
