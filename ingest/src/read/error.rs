//! Why a document cannot be read, and what to do about it.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ontology::record::{Diagnostic, Severity};

use super::foreign::Foreign;

/// A fault that ends one document; its message names the remedy.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("cannot be read ({0}); check the path and its permissions")]
    Unreadable(#[source] io::Error),
    /// More bytes than the limit.
    #[error("is larger than {limit} bytes; split it, or raise --max-bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// No byte, or nothing but white space.
    #[error("is empty; nothing to read")]
    Empty,
    /// NUL bytes or control characters, no known format.
    #[error(
        "is a binary file of an unknown format; convert it to .txt, .html, .docx or .pdf first"
    )]
    Binary,
    /// Known, but no document.
    #[error("is {kind}; {remedy} first")]
    Foreign {
        /// What it is, with its article.
        kind: &'static str,
        /// What to do with it.
        remedy: &'static str,
    },
    /// Too many undecodable stretches.
    #[error("is no text in any known encoding (tried {0}); name it with --encoding")]
    Undecodable(&'static str),
    /// Too many undecodable stretches in the encoding that the user states.
    #[error(
        "is no text in {0}, the encoding that is stated; name its own, or leave --encoding out"
    )]
    NotInStated(&'static str),
    /// Protected by a password.
    #[error("is encrypted; save it without password")]
    Encrypted,
    /// Damaged, or not what it says.
    #[error("is a broken {kind} ({detail}); open it in its program and save it anew")]
    Broken {
        /// Which format.
        kind: &'static str,
        /// What its reader says.
        detail: String,
    },
    /// Unpacks to far more than it holds.
    #[error(
        "unpacks to more than {ratio} times its size, as a zip bomb does; unpack it by hand if you trust it, or raise --max-ratio"
    )]
    Bomb {
        /// The limit.
        ratio: u64,
    },
    /// All members together are too large.
    #[error("unpacks to more than {limit} bytes in all; split it, or raise --max-unpacked")]
    Unpacked {
        /// The limit.
        limit: u64,
    },
    /// Archives within archives.
    #[error(
        "lies in more than {limit} archives within each other; unpack it first, or raise --max-depth"
    )]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Too many members.
    #[error(
        "holds more than {limit} members, the rest is left out; split it, or raise --max-entries"
    )]
    TooManyEntries {
        /// The limit.
        limit: usize,
    },
    /// Too many pages.
    #[error("has more than {limit} pages; split it, or raise --max-pages")]
    TooManyPages {
        /// The limit.
        limit: usize,
    },
    /// A member's name leads out of the archive.
    #[error("has a name that leads out of its archive; rename it and pack it anew")]
    UnsafeName,
    /// No document in an archive, or no row in a table.
    #[error("holds no document; {0}")]
    NoDocument(&'static str),
    /// No column for the text.
    #[error("has no column or key for the text among {found}; name it, as in --columns text=正文")]
    NoTextColumn {
        /// What there is.
        found: String,
    },
    /// A row without text.
    #[error("has no text in its row; fill it in or delete the row")]
    NoText,
    /// Pages without text.
    #[error("has no text layer (scanned pages?); run it through OCR first")]
    NoTextLayer,
}

impl From<Foreign> for ReadError {
    fn from(foreign: Foreign) -> Self {
        let Foreign { kind, remedy } = foreign;
        Self::Foreign { kind, remedy }
    }
}

impl ReadError {
    /// Says which document it ends.
    #[must_use]
    pub fn diagnostic(&self, document: &str) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            document: document.to_owned(),
            message: self.to_string(),
            span: None,
        }
    }

    /// Makes the error of a damaged document of this kind.
    pub(crate) fn broken(kind: &'static str, detail: impl ToString) -> Self {
        Self::Broken {
            kind,
            detail: one_line(&detail.to_string(), LONGEST),
        }
    }
}

/// Runs a reader that is not ours and has panicked on damaged files: such a file must not end the run.
pub(crate) fn guarded<T>(
    kind: &'static str,
    read: impl FnOnce() -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(ReadError::broken(kind, "its reader failed")))
}

/// Characters of a document's own words that a message repeats.
const LONGEST: usize = 120;

/// Gives the first characters of a text, and blanks for line breaks and other control characters:
/// a message is one line, whatever the document has in its names.
pub(crate) fn one_line(text: &str, longest: usize) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut chars = text.chars();
    let mut line: String = chars.by_ref().take(longest).map(clean).collect();
    if chars.next().is_some() {
        line.push('…');
    }
    line
}
