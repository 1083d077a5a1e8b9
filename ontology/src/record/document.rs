//! What is known of a document as a whole.

use serde::{Deserialize, Serialize};

use super::EntityKey;

/// A source document: its text and its metadata.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The file's base name, or the id that the input gave.
    pub id: String,
    /// Lower-case hexadecimal SHA-256 of the original bytes; the document's IRI derives from it.
    pub sha256: String,
    /// Encoding that the bytes were read in, as the WHATWG standard names it.
    pub encoding: String,
    /// How certain the encoding is, 0 to 1; absent in old records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding_certainty: Option<f64>,
    /// Format that it was read as: `txt`, `html`, `pdf` …; empty in old records.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub format: String,
    /// Headline, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// Publication date, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Publisher's name, Simplified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Authors' names that the format itself states (front matter, `<meta>`, a column).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Where it was published, if the format states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The one region that the document is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<EntityKey>,
    /// Whether damaged text was repaired.
    pub repaired: bool,
    /// Fingerprint of the normalised text, by which reprints are found: as many values as the
    /// fingerprint has, or none where the text is too short to tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signature: Vec<u64>,
    /// The decoded original text; all offsets count its code points.
    pub text: String,
}
