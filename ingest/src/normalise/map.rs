//! Maps places of a derived text back to code points of the text it was made from.

/// A stretch in which each derived character stands for one original character, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// First byte in the derived text.
    byte: usize,
    /// First code point in the original text.
    char: usize,
}

/// Runs are cut at this many characters, so that a look-up counts at most as many.
const RUN_LIMIT: usize = 64;

/// Monotone map from byte offsets of a derived text to code points of its original.
///
/// Holds one entry per run, not per character. Built together with the derived text by
/// [`MappedText`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PositionMap {
    runs: Vec<Run>,
}

/// A derived text that knows where each character came from.
///
/// # Examples
/// ```
/// let mut text = ingest::normalise::MappedText::default();
/// text.push('白', 0);
/// text.push('山', 5); // four characters of debris between them are gone
/// assert_eq!((text.original(0, 3), text.original(0, 6)), ((0, 1), (0, 6)));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    map: PositionMap,
    next: usize,
    in_run: usize,
}

impl MappedText {
    /// Starts an empty text with room for `bytes`.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// Appends a character that stands for code point `origin` of the original; origins must not
    /// fall (a lower one is taken as the last).
    pub fn push(&mut self, c: char, origin: usize) {
        let origin = if self.text.is_empty() { origin } else { origin.max(self.next - 1) };
        if self.text.is_empty() || origin != self.next || self.in_run == RUN_LIMIT {
            self.map.runs.push(Run { byte: self.text.len(), char: origin });
            self.in_run = 0;
        }
        self.text.push(c);
        self.next = origin + 1;
        self.in_run += 1;
    }

    /// Gives the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Gives the code points of the original that bytes `start..end` of the text stand for,
    /// half-open; an empty range gives an empty one.
    #[must_use]
    pub fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.char_of(start);
        let Some(last) = self.text.get(..end).and_then(|before| before.char_indices().next_back())
        else {
            return (first, first);
        };
        if end <= start { (first, first) } else { (first, self.char_of(last.0) + 1) }
    }

    /// Gives the code point of the original that the character at `byte` stands for; past the
    /// end, one more than the last.
    fn char_of(&self, byte: usize) -> usize {
        let index = self.map.runs.partition_point(|run| run.byte <= byte);
        let Some(run) = index.checked_sub(1).and_then(|index| self.map.runs.get(index)) else {
            return 0;
        };
        let within = self.text.get(run.byte..byte).map_or(0, |text| text.chars().count());
        run.char + within
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Drops and doubles characters at random: every kept character maps to its origin.
        #[test]
        fn the_map_is_monotone_and_exact(text in "[a-z白山〇😀]{0,200}", keep in prop::collection::vec(0u8..3, 200)) {
            let mut mapped = MappedText::default();
            let mut expected = Vec::new();
            for (index, c) in text.chars().enumerate() {
                for _ in 0..keep[index % keep.len()] {
                    expected.push((mapped.as_str().len(), c.len_utf8(), index));
                    mapped.push(c, index);
                }
            }
            for (byte, length, origin) in expected {
                prop_assert_eq!(mapped.original(byte, byte + length), (origin, origin + 1));
            }
        }
    }
}
