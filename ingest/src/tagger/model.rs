//! Takes the bytes of a model, returns the weights of features and of label sequences.
//!
//! Layout, little-endian: `FZT1`, number of features (u32), 13 × 13 weights of one label behind
//! another (i16), then per feature, by key: key (u32), the labels with a weight as bits (u16), a
//! weight (i8) for each. All weights are natural logarithms times [`SCALE`]: integers, so that every
//! machine decides alike.

use super::label::COUNT;

/// Weight of one unit of log-probability.
pub(super) const SCALE: i32 = 24;

/// First bytes of a model.
const MAGIC: &[u8] = b"FZT1";

/// Weights of the labels for one feature; padded to 16 bytes.
pub(super) type Row = [i8; 16];

/// A model in memory: an open-addressed table of rows.
#[derive(Debug)]
pub struct Model {
    keys: Vec<u32>,
    rows: Vec<Row>,
    mask: usize,
    pub(super) transitions: [[i32; COUNT]; COUNT],
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
        let mut transitions = [[0; COUNT]; COUNT];
        for weight in transitions.iter_mut().flatten() {
            let read = i16::from_le_bytes(reader.take()?);
            *weight = if read == i16::MIN {
                i32::MIN / 4
            } else {
                i32::from(read)
            };
        }
        let size = (count * 2).next_power_of_two();
        let mut model = Self {
            keys: vec![0; size],
            rows: vec![[0; 16]; size],
            mask: size - 1,
            transitions,
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
        let mut slot = usize::try_from(key).unwrap_or_default() & self.mask;
        while self.keys.get(slot).is_some_and(|&taken| taken != 0) {
            slot = (slot + 1) & self.mask;
        }
        if let (Some(k), Some(r)) = (self.keys.get_mut(slot), self.rows.get_mut(slot)) {
            (*k, *r) = (key, row);
        }
    }

    /// Adds the weights of a feature, if it has any.
    pub(super) fn add(&self, key: u32, scores: &mut [i32; 16]) {
        let mut slot = usize::try_from(key).unwrap_or_default() & self.mask;
        loop {
            match self.keys.get(slot) {
                Some(&found) if found == key => break,
                Some(0) | None => return,
                Some(_) => slot = (slot + 1) & self.mask,
            }
        }
        if let Some(row) = self.rows.get(slot) {
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += i32::from(weight);
            }
        }
    }

    /// Gives the weight of one label behind another.
    pub(super) fn transition(&self, before: usize, after: usize) -> i32 {
        let row = self.transitions.get(before);
        row.and_then(|row| row.get(after))
            .copied()
            .unwrap_or(i32::MIN / 4)
    }
}
