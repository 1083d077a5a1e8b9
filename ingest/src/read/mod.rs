//! Stage 1: takes file names or bytes, returns decoded texts.
//!
//! A text that cannot be read becomes a [`Diagnostic`](ontology::record::Diagnostic); the others
//! are still read.

mod collect;
mod decode;
mod stream;

pub use collect::{Collection, collect};
pub use decode::{DecodeError, Decoded, decode};
pub use stream::{StreamError, read_stream};

/// A document that waits to be read: where its bytes are and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Base name of the file, or the id that the input gave; `Document::id`.
    pub id: String,
    /// Where the bytes are.
    pub content: Content,
}

/// Where the bytes of a [`Source`] are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// A file, read when its turn comes.
    File(std::path::PathBuf),
    /// A text that came with the input.
    Text(String),
}
