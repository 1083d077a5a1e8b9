//! Takes the bytes of a model, returns the weights of features and of label sequences.
//!
//! Layout, little-endian: `FZT1`, number of features (u32), 13 × 13 weights of one label behind
//! another (i16), then per feature, by key: key (u32), the labels with a weight as bits (u16), a
//! weight (i8) for each. All weights are natural logarithms times [`SCALE`]: integers, so that every
//! machine decides alike.

use super::label::COUNT;
use super::template;

/// Weight of one unit of log-probability.
pub(super) const SCALE: i32 = 24;

/// First bytes of a model.
const MAGIC: &[u8] = b"FZT1";

/// Weights of the labels for one feature; padded to 16 bytes.
pub(super) type Row = [i8; 16];

/// A score for each label; padded like [`Row`], so that adding takes whole vectors.
pub(super) type Scores = [i32; 16];

/// Worse than any reading, and far from overflow.
pub(super) const NEVER: i32 = i32::MIN / 4;

/// A feature with its weights, side by side so that finding one brings the other; key zero is none.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u32,
    row: Row,
}

/// A model in memory: an open-addressed table of rows.
#[derive(Debug)]
pub struct Model {
    /// A bit for each value of a key's lower bits: nine in ten features have no weight, and the
    /// table is too large for the near caches.
    filter: Vec<u64>,
    slots: Vec<Slot>,
    mask: usize,
    /// Weight of the label with number `b` behind `a` at `[a][b]`; the padding is never read.
    pub(super) behind: [Scores; COUNT],
    /// The same at `[b][a]`.
    pub(super) before: [Scores; COUNT],
}

/// Lower bits of a key that the filter takes.
const FILTER_BITS: u32 = 21;

/// Gives the word and the bit of a key in the filter.
fn in_filter(key: u32) -> (usize, u64) {
    let low = key & ((1 << FILTER_BITS) - 1);
    (
        usize::try_from(low / 64).unwrap_or_default(),
        1 << (low % 64),
    )
}

/// Why bytes are no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a model of the tagger, or cut off, at byte {at}; train it again")]
pub struct ModelError {
    at: usize,
}

/// Reads numbers from bytes.
struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let taken = self
            .bytes
            .get(self.at..self.at + N)
            .and_then(|bytes| <[u8; N]>::try_from(bytes).ok())
            .ok_or(ModelError { at: self.at })?;
        self.at += N;
        Ok(taken)
    }
}

/// What a model consists of, before it is packed or after it is unpacked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weights {
    /// Weight of label `b` behind label `a` at `[a][b]`.
    pub transitions: [[i16; COUNT]; COUNT],
    /// Weights of the labels by feature.
    pub features: std::collections::BTreeMap<u32, [i8; COUNT]>,
}

impl Weights {
    /// Packs the weights into bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(
            u32::try_from(self.features.len())
                .unwrap_or(u32::MAX)
                .to_le_bytes(),
        );
        for row in &self.transitions {
            bytes.extend(row.iter().flat_map(|weight| weight.to_le_bytes()));
        }
        for (key, row) in &self.features {
            let mut mask = 0_u16;
            for (label, &weight) in row.iter().enumerate() {
                mask |= u16::from(weight != 0) << label;
            }
            bytes.extend(key.to_le_bytes());
            bytes.extend(mask.to_le_bytes());
            bytes.extend(
                row.iter()
                    .filter(|&&weight| weight != 0)
                    .flat_map(|weight| weight.to_le_bytes()),
            );
        }
        bytes
    }
}

impl Model {
    /// Unpacks a model.
    ///
    /// # Errors
    /// [`ModelError`] where the bytes do not fit the layout.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take::<4>()? != MAGIC {
            return Err(ModelError { at: 0 });
        }
        let count = u32::from_le_bytes(reader.take()?);
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        // A feature takes seven bytes at least: a lying count must not allocate.
        if count > bytes.len() / 7 {
            return Err(ModelError { at: 4 });
        }
        let mut behind = [[NEVER; 16]; COUNT];
        let mut before = [[NEVER; 16]; COUNT];
        for (a, row) in behind.iter_mut().enumerate() {
            for (weight, column) in row.iter_mut().zip(&mut before) {
                let read = i16::from_le_bytes(reader.take()?);
                if read != i16::MIN {
                    *weight = i32::from(read);
                }
                if let Some(other) = column.get_mut(a) {
                    *other = *weight;
                }
            }
        }
        let size = (count * 2).next_power_of_two();
        let mut model = Self {
            filter: vec![0; 1 << (FILTER_BITS - 6)],
            slots: vec![Slot::default(); size],
            mask: size - 1,
            behind,
            before,
        };
        for _ in 0..count {
            let key = u32::from_le_bytes(reader.take()?);
            let mask = u16::from_le_bytes(reader.take()?);
            let mut row = Row::default();
            for (label, weight) in row.iter_mut().enumerate().take(COUNT) {
                if mask >> label & 1 == 1 {
                    *weight = i8::from_le_bytes(reader.take()?);
                }
            }
            model.insert(key, row);
        }
        Ok(model)
    }

    fn insert(&mut self, key: u32, row: Row) {
        let (word, bit) = in_filter(key);
        if let Some(word) = self.filter.get_mut(word) {
            *word |= bit;
        }
        let mut slot = usize::try_from(key).unwrap_or_default() & self.mask;
        while self.slots.get(slot).is_some_and(|taken| taken.key != 0) {
            slot = (slot + 1) & self.mask;
        }
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = Slot { key, row };
        }
    }

    /// Gives the sum of the weights of some features.
    pub(super) fn sum(&self, keys: &[u32]) -> Scores {
        let likely = self.likely(keys);
        // All first slots are read before any is looked at: a wrong guess at one would keep the
        // others from being fetched at the same time, and most come from far memory.
        let first = likely.map(|key| self.slot(key).map_or(0, |slot| slot.key));
        let mut sum = [0_i16; 16];
        for (&key, first) in likely.iter().zip(first).take_while(|(key, _)| **key != 0) {
            let slot = if first == key {
                self.slot(key)
            } else {
                self.find(key)
            };
            if let Some(slot) = slot {
                // Weights fit 8 bits and a character has far fewer than 256 features.
                for (score, &weight) in sum.iter_mut().zip(&slot.row) {
                    *score = score.wrapping_add(i16::from(weight));
                }
            }
        }
        sum.map(i32::from)
    }

    /// Gives the keys that the filter lets through, and zeros, which are none. Nothing here depends
    /// on a guess whether a feature has weights, which would be wrong half the time.
    #[inline]
    fn likely(&self, keys: &[u32]) -> [u32; template::COUNT] {
        let mut likely = [0; template::COUNT];
        let mut count = 0;
        for &key in keys {
            let (word, bit) = in_filter(key);
            let passes = self.filter.get(word).is_some_and(|word| word & bit != 0);
            if let Some(place) = likely.get_mut(count) {
                *place = if passes { key } else { 0 };
            }
            count += usize::from(passes);
        }
        likely
    }

    /// Gives the slot where a key stands, unless others pushed it on.
    #[inline]
    fn slot(&self, key: u32) -> Option<&Slot> {
        self.slots.get(usize::try_from(key).ok()? & self.mask)
    }

    fn find(&self, key: u32) -> Option<&Slot> {
        let mut slot = usize::try_from(key).ok()? & self.mask;
        loop {
            let found = self.slots.get(slot)?;
            if found.key == key {
                return Some(found);
            }
            if found.key == 0 {
                return None;
            }
            slot = (slot + 1) & self.mask;
        }
    }
}
