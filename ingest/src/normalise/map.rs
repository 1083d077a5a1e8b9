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

/// Bytes that are compared at once.
const BLOCK: usize = 1 << 12;

/// A derived character that stands for several code points of the original, or for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wide {
    /// Its byte in the derived text.
    byte: usize,
    /// How many code points.
    length: usize,
}

/// Monotone map from byte offsets of a derived text to code points of its original.
///
/// Holds one entry per run, not per character, and one per character of uncommon length. Built
/// together with the derived text by [`MappedText`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PositionMap {
    runs: Vec<Run>,
    wide: Vec<Wide>,
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
    /// First code point of the last character.
    last: usize,
    /// First code point behind the last character.
    next: usize,
    in_run: usize,
}

impl MappedText {
    /// Starts an empty text with room for `bytes`.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Takes a text in which each character stands for itself.
    #[must_use]
    pub fn identity(text: &str) -> Self {
        let mut mapped = Self::with_capacity(text.len());
        mapped.push_str(text, 0);
        mapped
    }

    /// Appends a character that stands for code point `origin` of the original; origins must not
    /// fall (a lower one is taken as the last).
    pub fn push(&mut self, c: char, origin: usize) {
        self.push_wide(c, origin, 1);
    }

    /// Appends characters that stand, one for one, for the code points from `origin` on.
    pub(crate) fn push_str(&mut self, text: &str, origin: usize) {
        let origin = origin.max(self.last);
        let mut count = 0;
        let base = self.text.len();
        for (byte, _) in text.char_indices() {
            if count % RUN_LIMIT == 0 {
                self.map.runs.push(Run {
                    byte: base + byte,
                    char: origin + count,
                });
            }
            count += 1;
        }
        if count > 0 {
            self.text.push_str(text);
            self.last = origin + count - 1;
            self.next = origin + count;
            self.in_run = (count - 1) % RUN_LIMIT + 1;
        }
    }

    /// Appends a character that stands for `length` code points of the original from `origin` on.
    pub(crate) fn push_wide(&mut self, c: char, origin: usize, length: usize) {
        let origin = origin.max(self.last);
        if self.text.is_empty() || origin != self.next || self.in_run >= RUN_LIMIT {
            self.map.runs.push(Run {
                byte: self.text.len(),
                char: origin,
            });
            self.in_run = 0;
        }
        if length != 1 {
            self.map.wide.push(Wide {
                byte: self.text.len(),
                length,
            });
        }
        self.text.push(c);
        self.last = origin;
        self.next = origin + length;
        // Behind a wide character the origin is no longer counted by characters.
        self.in_run = if length == 1 {
            self.in_run + 1
        } else {
            RUN_LIMIT
        };
    }

    /// Gives the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Gives each character with its first code point of the original and how many it stands for.
    pub(crate) fn chars(&self) -> impl Iterator<Item = (char, usize, usize)> {
        let mut runs = self.map.runs.iter().peekable();
        let mut wide = self.map.wide.iter().peekable();
        let mut origin = 0;
        self.text.char_indices().map(move |(byte, c)| {
            if let Some(run) = runs.next_if(|run| run.byte == byte) {
                origin = run.char;
            }
            let length = wide
                .next_if(|wide| wide.byte == byte)
                .map_or(1, |wide| wide.length);
            let first = origin;
            origin += 1;
            (c, first, length)
        })
    }

    /// Gives the text in stretches whose characters stand for consecutive code points from one on:
    /// each with that code point, and how many each of its characters stands for.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = (&str, usize, usize)> {
        let mut wide = self.map.wide.iter().peekable();
        let ends = self.map.runs.iter().skip(1).map(|run| run.byte);
        let ends = ends.chain(std::iter::once(self.text.len()));
        self.map.runs.iter().zip(ends).flat_map(move |(run, end)| {
            // A character of uncommon length ends its run.
            let last = wide.next_if(|wide| wide.byte < end);
            let cut = last.map_or(end, |wide| wide.byte);
            let text = |range| self.text.get(range).unwrap_or_default();
            let body = text(run.byte..cut);
            let last = last.map(|wide| {
                let origin = run.char + body.chars().count();
                (text(cut..end), origin, wide.length)
            });
            std::iter::once((body, run.char, 1)).chain(last)
        })
    }

    /// Puts another text of as many characters in the place of this one.
    pub(crate) fn with_text(self, text: String) -> Self {
        if same_lengths(&self.text, &text) {
            return Self { text, ..self };
        }
        let mut mapped = Self::with_capacity(text.len());
        for ((_, origin, length), c) in self.chars().zip(text.chars()) {
            mapped.push_wide(c, origin, length);
        }
        mapped
    }

    /// Gives the code points of the original that bytes `start..end` of the text stand for,
    /// half-open; an empty range gives an empty one.
    #[must_use]
    pub fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.char_of(start);
        let Some(last) = self
            .text
            .get(..end)
            .and_then(|before| before.char_indices().next_back())
        else {
            return (first, first);
        };
        if end <= start {
            return (first, first);
        }
        (first, self.char_of(last.0) + self.length_at(last.0))
    }

    /// Gives the code point of the original that the character at `byte` stands for; past the
    /// end, one more than the last.
    fn char_of(&self, byte: usize) -> usize {
        if byte >= self.text.len() {
            return self.next;
        }
        let index = self.map.runs.partition_point(|run| run.byte <= byte);
        let Some(run) = index
            .checked_sub(1)
            .and_then(|index| self.map.runs.get(index))
        else {
            return 0;
        };
        let within = self
            .text
            .get(run.byte..byte)
            .map_or(0, |text| text.chars().count());
        run.char + within
    }

    fn length_at(&self, byte: usize) -> usize {
        let found = self.map.wide.binary_search_by_key(&byte, |wide| wide.byte);
        found
            .ok()
            .and_then(|index| self.map.wide.get(index))
            .map_or(1, |wide| wide.length)
    }
}

/// Tells whether two texts have characters of the same lengths in bytes, by where those begin.
fn same_lengths(one: &str, other: &str) -> bool {
    let begins = |byte: &u8| byte & 0xC0 != 0x80;
    let mut pairs = one
        .as_bytes()
        .chunks(BLOCK)
        .zip(other.as_bytes().chunks(BLOCK));
    one.len() == other.len()
        && pairs.all(|(one, other)| {
            let differ = one.iter().zip(other).map(|(a, b)| begins(a) ^ begins(b));
            !differ.fold(false, |any, differs| any | differs)
        })
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

        /// Characters that stand for several code points, and stretches that stand for themselves.
        #[test]
        fn wide_characters_and_stretches_are_exact(lengths in prop::collection::vec(0usize..150, 0..20)) {
            let mut mapped = MappedText::default();
            let (mut expected, mut origin) = (Vec::new(), 0);
            for (index, &length) in lengths.iter().enumerate() {
                if index % 2 == 0 {
                    let stretch = "白".repeat(length);
                    for n in 0..length {
                        expected.push((mapped.as_str().len() + n * 3, origin + n, 1));
                    }
                    mapped.push_str(&stretch, origin);
                } else {
                    expected.push((mapped.as_str().len(), origin, length));
                    mapped.push_wide('山', origin, length);
                }
                origin += length;
            }
            let mut stretched = Vec::new();
            for (text, origin, length) in mapped.stretches() {
                stretched.extend((0..text.chars().count()).map(|n| (origin + n, length)));
            }
            let again: Vec<_> = mapped.chars().map(|(_, origin, length)| (origin, length)).collect();
            for (index, &(byte, origin, length)) in expected.iter().enumerate() {
                prop_assert_eq!(mapped.original(byte, byte + 3), (origin, origin + length));
                prop_assert_eq!(again[index], (origin, length));
            }
            prop_assert_eq!(stretched, again);
        }
    }
}
