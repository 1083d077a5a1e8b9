//! What is known of a document as a whole.

use serde::{Deserialize, Serialize};

use super::EntityKey;

/// A source document: its text and its metadata.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The file's base name, or the id that the input gave.
    pub id: String,
    /// Lower-case hexadecimal SHA-256 of the original bytes; the document's IRI derives from it.
    pub sha256: String,
    /// Encoding that the bytes were read in, as the WHATWG standard names it.
    pub encoding: String,
    /// Headline, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// Publication date, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Publisher's name, Simplified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The one region that the document is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<EntityKey>,
    /// Whether damaged text was repaired.
    pub repaired: bool,
    /// The decoded original text; all offsets count its code points.
    pub text: String,
}
