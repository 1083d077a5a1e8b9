//! What can be wrong with a knowledge base on disk; each message names it and says what to do.

use std::io;
use std::path::PathBuf;

use ontology::iri::IriError;
use oxigraph::store::{LoaderError, StorageError};
use thiserror::Error;

use super::manifest::FORMAT;
use crate::rdf::RdfError;

/// Why a knowledge base cannot be made, opened or read.
#[derive(Debug, Error)]
pub enum KbError {
    /// Nothing is there.
    #[error("there is no knowledge base at {dir}: make one with `fangzhi build --kb {dir} INPUT…`", dir = .dir.display())]
    Missing {
        /// The folder that was asked for.
        dir: PathBuf,
    },
    /// Something else is there.
    #[error("{dir} is not a knowledge base (it has no manifest.json): name another folder with --kb", dir = .dir.display())]
    NotAKnowledgeBase {
        /// The folder that was asked for.
        dir: PathBuf,
    },
    /// Written by another version.
    #[error("{dir} has format {found}, this program reads format {FORMAT}: build it again with `fangzhi build --kb {dir} INPUT…`", dir = .dir.display())]
    Version {
        /// The folder.
        dir: PathBuf,
        /// The format that it says it has.
        found: u64,
    },
    /// Another process is changing it.
    #[error("another process is changing {dir}: wait until it has ended, then try again", dir = .dir.display())]
    Locked {
        /// The folder.
        dir: PathBuf,
    },
    /// Made with other packs or by another version, so that new documents would be read otherwise
    /// than those that are there.
    #[error("{dir} was made by {there}, this is {here}: give the same --pack, or build it again with `fangzhi build --kb {dir} INPUT…`", dir = .dir.display())]
    OtherRun {
        /// The folder.
        dir: PathBuf,
        /// Version and packs that made it.
        there: String,
        /// Version and packs of this process.
        here: String,
    },
    /// Documents to remove that it does not hold.
    #[error("{dir} has no document {names}: `fangzhi info --kb {dir}` lists them; nothing is removed", dir = .dir.display(), names = .names.join(", "))]
    NoSuchDocument {
        /// The folder.
        dir: PathBuf,
        /// As they were asked for.
        names: Vec<String>,
    },
    /// A file of it is missing or damaged.
    #[error("{file} of the knowledge base {dir} is broken ({reason}): build it again with `fangzhi build --kb {dir} INPUT…`", dir = .dir.display())]
    Broken {
        /// The folder.
        dir: PathBuf,
        /// The file's name in it.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// A file or folder cannot be read or written.
    #[error("cannot {action} {path}: {source}", path = .path.display())]
    Io {
        /// What was being done, such as `write`.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The base of the IRIs is none.
    #[error(transparent)]
    Iri(#[from] IriError),
    /// The graph cannot be turned into RDF.
    #[error(transparent)]
    Rdf(#[from] RdfError),
    /// Oxigraph refuses.
    #[error("the RDF store failed: {0}")]
    Storage(#[from] StorageError),
    /// Oxigraph refuses the quads.
    #[error("the RDF store cannot be loaded: {0}")]
    Loader(#[from] LoaderError),
}

impl KbError {
    /// Makes the error of a failed action on a path.
    pub(super) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}
