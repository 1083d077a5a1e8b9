//! Takes quads in any order, returns their one canonical form: sorted N-Quads lines, each once.
//!
//! Lines are sorted by their bytes (as `LC_ALL=C sort -u` would), so that the same graph gives the
//! same file whatever engine made it; the digest is the SHA-256 of the uncompressed bytes.
//! There are no blank nodes in the graph, so no labelling is needed.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Read, Write};

use oxigraph::model::Quad;
use sha2::{Digest as _, Sha256};

/// zstd's own default: higher levels cost build time, and the file is read far more often than sent.
const COMPRESSION_LEVEL: i32 = 3;

/// The canonical form of a graph, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// Sorted, distinct, each with its final ` .`, without the line feed.
    lines: Vec<Box<str>>,
}

/// Gathers quads for [`Canonical`].
#[derive(Debug, Default)]
pub struct Collector {
    lines: Vec<Box<str>>,
    buffer: String,
}

impl Collector {
    /// Adds a quad.
    pub fn add(&mut self, quad: &Quad) {
        self.buffer.clear();
        // Writing to a string cannot fail.
        let _ = write!(self.buffer, "{quad} .");
        self.lines.push(self.buffer.as_str().into());
    }

    /// Sorts what was added and drops what is there twice.
    #[must_use]
    pub fn finish(self) -> Canonical {
        let mut lines = self.lines;
        lines.sort_unstable();
        lines.dedup();
        Canonical { lines }
    }
}

impl Canonical {
    /// Gives the lines, sorted, each with its final ` .` and without its line feed.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(AsRef::as_ref)
    }

    /// Counts the quads.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Tells whether there is no quad.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Gives the SHA-256 of the uncompressed bytes in lower-case hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for line in self.lines() {
            hash.update(line.as_bytes());
            hash.update(b"\n");
        }
        hexadecimal(&hash.finalize())
    }

    /// Writes the lines, compressed with zstd.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn write_compressed(&self, out: impl Write) -> io::Result<()> {
        let mut encoder = zstd::Encoder::new(BufWriter::new(out), COMPRESSION_LEVEL)?;
        for line in self.lines() {
            encoder.write_all(line.as_bytes())?;
            encoder.write_all(b"\n")?;
        }
        encoder.finish()?.flush()
    }
}

/// Reads a compressed canonical form whole and tells its digest.
///
/// # Errors
/// What reading gives, or that the data is no zstd stream.
pub fn read_compressed(input: impl Read) -> io::Result<(Vec<u8>, String)> {
    let bytes = zstd::decode_all(input)?;
    let digest = sha256(&bytes);
    Ok((bytes, digest))
}

/// Gives the SHA-256 of bytes in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            // Writing to a string cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Literal, NamedNode};

    fn quad(object: &str) -> Quad {
        let node = NamedNode::new_unchecked("https://example.org/a");
        Quad::new(
            node.clone(),
            node,
            Literal::from(object),
            GraphName::DefaultGraph,
        )
    }

    fn canonical(objects: &[&str]) -> Canonical {
        let mut collector = Collector::default();
        for object in objects {
            collector.add(&quad(object));
        }
        collector.finish()
    }

    #[test]
    fn order_and_repetition_do_not_matter() {
        let one = canonical(&["乙", "甲", "a\nb", "甲"]);
        let other = canonical(&["a\nb", "甲", "乙"]);
        assert_eq!(one, other);
        assert_eq!(one.len(), 3);
        assert_eq!(one.digest(), other.digest());
        assert!(one.lines().is_sorted());
    }

    #[test]
    fn compresses_and_reads_back() {
        let graph = canonical(&["甲", "乙"]);
        let mut file = Vec::new();
        graph.write_compressed(&mut file).unwrap();
        let (bytes, digest) = read_compressed(file.as_slice()).unwrap();
        assert_eq!(digest, graph.digest());
        assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 2);
        assert!(read_compressed(b"no zstd".as_slice()).is_err());
    }
}
