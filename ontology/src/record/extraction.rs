//! All that one document yields.

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Document, Entity, Mention, Observation, Statement};

/// The result of `ingest` on one document: a pure function of its bytes and the packs.
///
/// Every key in `mentions`, `statements`, `observations` and `document.about` is the key of one of
/// `entities`. Each list is sorted (by span, then by content) and free of duplicates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// Text and metadata.
    pub document: Document,
    /// What the document names, by key.
    pub entities: Vec<Entity>,
    /// Where it names them: every name, those inside others too. Written, only the outermost stand in the
    /// list, and the names inside each are its `parts`, with the same fields.
    #[serde(with = "super::nesting")]
    pub mentions: Vec<Mention>,
    /// What it says of them.
    pub statements: Vec<Statement>,
    /// What it counts and measures.
    pub observations: Vec<Observation>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}
