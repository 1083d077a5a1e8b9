//! Ranges of text: bytes inside the process, code points in records.

use serde::{Deserialize, Serialize};

/// Half-open range of **bytes** in one UTF-8 text; which text, the owner says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Makes the range `start..end`; an end before the start gives the empty range at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Gives the slice of `text`, or `""` where the range is no range of whole characters of it.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Counts the bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Tells whether the range holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Tells whether the two ranges share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Tells whether `other` lies inside this range (or equals it).
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Half-open range of **Unicode code points** of the decoded original document, as in the
/// fragment `#char=start,end` (RFC 5147).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CharSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}
