//! Takes the word lists of `lexicon/`, returns them as checked [`Table`]s.
//!
//! Every `lexicon/<group>/<name>.tsv` is embedded by the build script, so a new file needs no
//! code here; whoever uses a list asks for it by path and states the columns that it needs.
//!
//! ```
//! for (path, _text) in ontology::lexicon::files() {
//!     ontology::lexicon::table(path)?;
//! }
//! # Ok::<(), ontology::lexicon::LexiconError>(())
//! ```

mod table;
#[cfg(test)]
mod tests;

pub use table::{LexiconError, REQUIRED_KEYS, Row, Table};

// `FILES: &[(&str, &str)]`, written by build.rs.
include!(concat!(env!("OUT_DIR"), "/lexicon_files.rs"));

/// Gives every embedded file as (path below `lexicon/` such as `person/surnames.tsv`, text),
/// sorted by path.
#[must_use]
pub fn files() -> &'static [(&'static str, &'static str)] {
    FILES
}

/// Parses the embedded file with this path below `lexicon/`.
///
/// # Errors
/// No such file, or the first fault in it (see [`Table::parse`]).
pub fn table(path: &str) -> Result<Table, LexiconError> {
    let found = FILES.iter().find(|(name, _)| *name == path);
    let (name, text) = found.ok_or_else(|| LexiconError {
        file: path.to_owned(),
        line: 0,
        message: "no such file below lexicon/".to_owned(),
        text: path.to_owned(),
    })?;
    Table::parse(name, text)
}
