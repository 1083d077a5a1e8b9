//! Takes extractions, returns a knowledge base on disk; takes its folder, returns it opened.
//!
//! ```text
//! DIR/manifest.json              format, tool, packs, counts, documents, digest; the one place with a clock
//! DIR/extractions/<sha256>.json  one extraction per content, before linking; <sha256>.1.json … are
//!                                documents that have the same content under other names
//! DIR/graph.nq.zst               the canonical form: every quad, sorted, compressed
//! DIR/store/, store.sha256       with the feature `rocksdb`: the same quads in an Oxigraph store
//! ```
//!
//! A knowledge base is never changed in place: a draft is written beside it and takes its place in
//! one step. Refused alternative: updating the store, which a killed process leaves half done.

mod create;
#[cfg(feature = "rocksdb")]
mod disk;
mod error;
mod lock;
mod manifest;
mod seal;
mod store;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use graph::KnowledgeGraph;
use ontology::gazetteer::Gazetteer;
use ontology::iri::Iris;
use ontology::record::Extraction;
use oxigraph::store::Store;

use crate::rdf::RunInfo;
use crate::sparql::Prefixes;

pub use create::{Change, CreateOptions, Created, Writer, canonical_form};
pub use error::KbError;
pub use manifest::{Copy, FORMAT, Manifest};
pub(crate) use store::parser;

use store::Loaded;

const EXTRACTIONS: &str = "extractions";

/// Loading into memory that takes longer is worth a note.
const LONG_LOAD_S: f64 = 2.0;

/// A knowledge base on disk, opened for reading.
pub struct KnowledgeBase {
    dir: PathBuf,
    manifest: Manifest,
    iris: Iris,
    loaded: OnceLock<Loaded>,
}

impl KnowledgeBase {
    /// Opens the knowledge base at `dir`; its store is loaded when it is first needed.
    ///
    /// # Errors
    /// [`KbError::Missing`], [`KbError::NotAKnowledgeBase`], [`KbError::Version`] or
    /// [`KbError::Broken`], according to what is at `dir`.
    pub fn open(dir: &Path) -> Result<Self, KbError> {
        let manifest = Manifest::read(dir)?;
        let iris = Iris::new(&manifest.base_iri)?;
        Ok(Self {
            dir: dir.to_owned(),
            manifest,
            iris,
            loaded: OnceLock::new(),
        })
    }

    /// Gives the folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Gives what it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Gives the makers of its IRIs.
    #[must_use]
    pub fn iris(&self) -> &Iris {
        &self.iris
    }

    /// Gives the prefixes that queries need not declare.
    #[must_use]
    pub fn prefixes(&self) -> Prefixes {
        Prefixes::new(&self.iris)
    }

    /// Gives the store, loaded on the first call.
    ///
    /// # Errors
    /// [`KbError::Broken`] where the canonical form is missing or damaged.
    pub fn store(&self) -> Result<&Store, KbError> {
        if let Some(loaded) = self.loaded.get() {
            return Ok(&loaded.store);
        }
        let loaded = store::open(&self.dir, &self.manifest)?;
        Ok(&self.loaded.get_or_init(|| loaded).store)
    }

    /// Gives the seconds that loading into memory took where that was long enough to be worth
    /// saying how to get the on-disk store (the feature `rocksdb`, `make install`).
    #[must_use]
    pub fn long_load_s(&self) -> Option<f64> {
        self.loaded
            .get()?
            .seconds
            .filter(|seconds| *seconds > LONG_LOAD_S)
    }

    /// Reads the canonical form: sorted N-Quads, checked against the digest.
    ///
    /// # Errors
    /// [`KbError::Broken`] where it is missing or damaged.
    pub fn canonical(&self) -> Result<Vec<u8>, KbError> {
        store::read_graph(&self.dir, &self.manifest)
    }

    /// Reads the documents' extractions as they were before linking, sorted by SHA-256, without copies.
    ///
    /// # Errors
    /// [`KbError::Broken`] where one is missing or damaged.
    pub fn extractions(&self) -> Result<Vec<Extraction>, KbError> {
        let mut digests: Vec<&str> = self
            .manifest
            .summary
            .documents
            .iter()
            .map(|d| d.sha256.as_str())
            .collect();
        digests.sort_unstable();
        digests
            .into_iter()
            .map(|sha256| self.extraction(&copy_file(sha256, 0)))
            .collect()
    }

    /// Reads the extractions of all documents, copies too, each with its file's name.
    fn stored(&self) -> Result<Vec<(String, Extraction)>, KbError> {
        let originals = self.extractions()?.into_iter();
        let mut stored: Vec<(String, Extraction)> = originals
            .map(|extraction| (copy_file(&extraction.document.sha256, 0), extraction))
            .collect();
        let (mut number, mut last) = (0, "");
        for copy in &self.manifest.copies {
            number = if copy.sha256 == last { number + 1 } else { 1 };
            last = &copy.sha256;
            let file = copy_file(&copy.sha256, number);
            let extraction = self.extraction(&file)?;
            stored.push((file, extraction));
        }
        Ok(stored)
    }

    /// Gives id and SHA-256 of all documents, copies too.
    fn documents(&self) -> Vec<(&str, &str)> {
        let originals = self.manifest.summary.documents.iter();
        let copies = self.manifest.copies.iter();
        originals
            .map(|document| (document.id.as_str(), document.sha256.as_str()))
            .chain(copies.map(|copy| (copy.id.as_str(), copy.sha256.as_str())))
            .collect()
    }

    /// Refuses a run that would read documents otherwise than the one that made this.
    ///
    /// # Errors
    /// [`KbError::OtherRun`].
    pub fn check_run(&self, run: &RunInfo) -> Result<(), KbError> {
        let told = |run: &RunInfo| {
            let mut packs: Vec<String> = run
                .packs
                .iter()
                .map(|pack| format!("{} ({:.8})", pack.name, pack.sha256))
                .collect();
            packs.sort();
            match packs.is_empty() {
                true => format!("version {} without packs", run.tool_version),
                false => format!("version {} with {}", run.tool_version, packs.join(", ")),
            }
        };
        let mut runs = [&self.manifest.run, run].map(Clone::clone);
        runs.iter_mut().for_each(|run| run.packs.sort());
        let [there, here] = runs;
        if there == here {
            return Ok(());
        }
        Err(KbError::OtherRun {
            dir: self.dir.clone(),
            there: told(&there),
            here: told(&here),
        })
    }

    /// Links the documents again: the graph that reports and pictures are made from.
    ///
    /// # Errors
    /// [`KbError::Broken`] where an extraction is missing or damaged.
    pub fn graph(&self, gazetteer: &Gazetteer) -> Result<KnowledgeGraph, KbError> {
        Ok(KnowledgeGraph::build(self.extractions()?, gazetteer))
    }

    fn extraction(&self, file: &str) -> Result<Extraction, KbError> {
        let broken = |reason: String| KbError::Broken {
            dir: self.dir.clone(),
            file: file.to_owned(),
            reason,
        };
        let bytes = fs::read(self.dir.join(file)).map_err(|error| broken(error.to_string()))?;
        serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))
    }
}

/// Gives the file of a document's extraction; 0 is the document that the graph holds, higher numbers
/// are its copies.
fn copy_file(sha256: &str, number: usize) -> String {
    match number {
        0 => format!("{EXTRACTIONS}/{sha256}.json"),
        _ => format!("{EXTRACTIONS}/{sha256}.{number}.json"),
    }
}

#[cfg(test)]
mod tests;
