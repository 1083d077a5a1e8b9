//! Stage 1: takes files, archives, rows or texts; returns one [`Reading`] for each document in them.
//!
//! What the format is, the content decides before the name does. A document that cannot be read
//! becomes a [`Diagnostic`]; the others are still read. The text of a reading is the *decoded
//! original*, which all spans refer to: of plain text every character, of the other formats the
//! article's text as extracted, each paragraph a line.

mod archive;
mod collect;
mod csv_file;
mod date;
mod decode;
mod docx;
mod epub;
mod error;
mod foreign;
mod gather;
mod html;
mod json;
mod markdown;
mod metadata;
mod options;
mod package;
mod pdf;
mod plausible;
mod row;
mod sheet;
mod sniff;
mod stream;

use std::path::PathBuf;

use ontology::record::Diagnostic;

pub use collect::{Collection, collect};
pub use decode::{Decoded, Hint, decode};
pub use error::ReadError;
pub use gather::{open, open_bytes};
pub use metadata::{Field, Metadata};
pub use options::{Limits, OptionError, Options};
pub(crate) use plausible::plausibility;
pub use sniff::Format;
pub use stream::{StreamError, read_input, read_stream};

/// Something that waits to be read: where its bytes are and what it is called. It may hold many
/// documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Base name of the file, or the id that the input gave; `Document::id` of a single document.
    pub id: String,
    /// Where the bytes are.
    pub content: Content,
}

/// Where the bytes of a [`Source`] are.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A file, read when its turn comes.
    File(PathBuf),
    /// A document that came with the input.
    Ready(Box<Reading>),
}

/// One document, decoded.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Base name of the file, path within the archive, or the id that a row gives.
    pub id: String,
    /// The decoded original, without byte order mark; undecodable stretches are U+FFFD.
    pub text: String,
    /// Format that it was read as.
    pub format: Format,
    /// WHATWG name of the encoding, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
    /// How certain the encoding is, 0 to 1.
    pub certainty: f64,
    /// What the format itself states; wins over what the layout says.
    pub metadata: Metadata,
    /// Lower-case hexadecimal SHA-256 of the document's bytes; for a row, of its text, or of its
    /// text and metadata where it has any.
    pub sha256: String,
}

impl Reading {
    /// Makes a document of a text and what is known of it.
    #[must_use]
    pub fn new(id: &str, text: &str, metadata: Metadata) -> Self {
        let sha256 = row::digest(text, &metadata);
        Self {
            id: id.to_owned(),
            text: text.to_owned(),
            format: Format::Text,
            encoding: "UTF-8",
            certainty: 1.0,
            metadata,
            sha256,
        }
    }
}

/// What reading gives: each document, or why it cannot be read.
pub type Readings = Vec<Result<Reading, Diagnostic>>;
