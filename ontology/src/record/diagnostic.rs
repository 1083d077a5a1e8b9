//! What went wrong, where, and what to do.

use serde::{Deserialize, Serialize};

use super::CharSpan;

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document could not be used.
    Error,
    /// A part of it could not be used.
    Warning,
    /// Worth knowing.
    Note,
}

/// One finding about one document; a run with an `Error` ends with exit code 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad.
    pub severity: Severity,
    /// File name or document id.
    pub document: String,
    /// What happened and what to do about it, one line.
    pub message: String,
    /// Where in the original text, if anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<CharSpan>,
}
