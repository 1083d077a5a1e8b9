//! Takes extractions, returns a knowledge base on disk; takes its folder, returns it opened.
//!
//! ```text
//! DIR/manifest.json              format, tool, packs, counts, documents, digest; the one place with a clock
//! DIR/extractions/<sha256>.json  one extraction per document, before linking
//! DIR/graph.nq.zst               the canonical form: every quad, sorted, compressed
//! DIR/store/, store.sha256       with the feature `rocksdb`: the same quads in an Oxigraph store
//! ```
//!
//! A knowledge base is never changed in place: a draft is written beside it and takes its place in
//! one step. Refused alternative: updating the store, which a killed process leaves half done.

#[cfg(feature = "rocksdb")]
mod disk;
mod error;
mod manifest;
mod seal;
mod store;

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

use graph::KnowledgeGraph;
use ontology::gazetteer::Gazetteer;
use ontology::iri::{DEFAULT_BASE, Iris};
use ontology::record::Extraction;
use oxigraph::store::Store;

use crate::canonical::{Canonical, Collector};
use crate::rdf::{Evidence, RunInfo, write_quads};
use crate::sparql::Prefixes;
use crate::summary::Summary;

pub use error::KbError;
pub use manifest::{FORMAT, Manifest};

use seal::Draft;
pub(crate) use store::parser;

use store::{GRAPH, Loaded};

const EXTRACTIONS: &str = "extractions";

/// Loading into memory that takes longer is worth a note.
const LONG_LOAD_S: f64 = 2.0;

/// How a knowledge base is to be made.
#[derive(Debug, Clone)]
pub struct CreateOptions {
    /// Base of its resources' IRIs.
    pub base_iri: String,
    /// How much evidence it holds.
    pub evidence: Evidence,
    /// The time that the manifest gives as that of the build.
    pub built: SystemTime,
}

impl Default for CreateOptions {
    /// The default base, compact evidence, now.
    fn default() -> Self {
        Self {
            base_iri: DEFAULT_BASE.to_owned(),
            evidence: Evidence::default(),
            built: SystemTime::now(),
        }
    }
}

/// What [`KnowledgeBase::create`] made.
#[derive(Debug)]
pub struct Created {
    /// The linked graph; its diagnostics tell of duplicates.
    pub graph: KnowledgeGraph,
    /// What was written.
    pub manifest: Manifest,
}

/// A knowledge base on disk, opened for reading.
pub struct KnowledgeBase {
    dir: PathBuf,
    manifest: Manifest,
    iris: Iris,
    loaded: OnceLock<Loaded>,
}

impl KnowledgeBase {
    /// Links the extractions and writes the knowledge base at `dir`, whole or not at all; one that
    /// is there is replaced. The order of the extractions does not matter, of equal contents the
    /// one with the smallest id stays.
    ///
    /// # Errors
    /// [`KbError::NotAKnowledgeBase`] where `dir` holds something else, [`KbError::Iri`] for a bad
    /// base, [`KbError::Io`] where something cannot be written; what was at `dir` is then untouched.
    pub fn create(
        dir: &Path,
        extractions: Vec<Extraction>,
        gazetteer: &Gazetteer,
        run: &RunInfo,
        options: &CreateOptions,
    ) -> Result<Created, KbError> {
        check_target(dir)?;
        let iris = Iris::new(&options.base_iri)?;
        let draft = Draft::beside(dir)?;
        write_extractions(draft.path(), &extractions)?;
        let graph = KnowledgeGraph::build(extractions, gazetteer);
        let canonical = canonical_form(&graph, run, &iris, options.evidence)?;
        let manifest = Manifest {
            format: FORMAT,
            built: manifest::rfc3339(options.built),
            run: run.clone(),
            base_iri: iris.base().to_owned(),
            evidence: options.evidence,
            quads: canonical.len(),
            digest: canonical.digest(),
            summary: Summary::of(&graph),
        };
        write_graph(draft.path(), &canonical)?;
        drop(canonical);
        let path = draft.path().join(manifest::FILE);
        sync(write_json(&path, &manifest)?, &path)?;
        #[cfg(feature = "rocksdb")]
        disk::build(draft.path(), &manifest)?;
        draft.seal()?;
        Ok(Created { graph, manifest })
    }

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

    /// Reads the documents' extractions as they were before linking, sorted by SHA-256.
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
            .map(|sha256| self.extraction(sha256))
            .collect()
    }

    /// Links the documents again: the graph that reports and pictures are made from.
    ///
    /// # Errors
    /// [`KbError::Broken`] where an extraction is missing or damaged.
    pub fn graph(&self, gazetteer: &Gazetteer) -> Result<KnowledgeGraph, KbError> {
        Ok(KnowledgeGraph::build(self.extractions()?, gazetteer))
    }

    fn extraction(&self, sha256: &str) -> Result<Extraction, KbError> {
        let file = extraction_file(sha256);
        let broken = |reason: String| KbError::Broken {
            dir: self.dir.clone(),
            file: file.clone(),
            reason,
        };
        let bytes = fs::read(self.dir.join(&file)).map_err(|error| broken(error.to_string()))?;
        serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))
    }
}

/// Makes the canonical form of a graph.
///
/// # Errors
/// [`KbError::Rdf`] where built-in data is broken.
pub fn canonical_form(
    graph: &KnowledgeGraph,
    run: &RunInfo,
    iris: &Iris,
    evidence: Evidence,
) -> Result<Canonical, KbError> {
    let mut collector = Collector::default();
    write_quads(graph, run, iris, evidence, &mut |quad| {
        collector.add(&quad);
        Ok(())
    })?;
    Ok(collector.finish())
}

/// Refuses to replace what is no knowledge base; an empty folder is fine.
fn check_target(dir: &Path) -> Result<(), KbError> {
    if !dir.exists() || dir.join(manifest::FILE).is_file() {
        return Ok(());
    }
    let empty = dir.is_dir()
        && fs::read_dir(dir)
            .map_err(KbError::io("read", dir))?
            .next()
            .is_none();
    if empty {
        Ok(())
    } else {
        Err(KbError::NotAKnowledgeBase {
            dir: dir.to_owned(),
        })
    }
}

fn extraction_file(sha256: &str) -> String {
    format!("{EXTRACTIONS}/{sha256}.json")
}

/// Writes one file per content; of equal contents the extraction with the smallest id, which is the
/// one that linking keeps.
fn write_extractions(dir: &Path, extractions: &[Extraction]) -> Result<(), KbError> {
    let folder = dir.join(EXTRACTIONS);
    fs::create_dir(&folder).map_err(KbError::io("make", &folder))?;
    let mut sorted: Vec<&Extraction> = extractions.iter().collect();
    sorted.sort_by_key(|extraction| (&extraction.document.sha256, &extraction.document.id));
    sorted.dedup_by_key(|extraction| &extraction.document.sha256);
    sorted.into_iter().try_for_each(|extraction| {
        write_json(
            &dir.join(extraction_file(&extraction.document.sha256)),
            extraction,
        )
        .map(drop)
    })
}

fn write_json(path: &Path, value: &impl serde::Serialize) -> Result<File, KbError> {
    let failed = || KbError::io("write", path);
    let mut file = BufWriter::new(File::create(path).map_err(failed())?);
    serde_json::to_writer(&mut file, value).map_err(|error| failed()(error.into()))?;
    file.write_all(b"\n").map_err(failed())?;
    file.into_inner()
        .map_err(|error| failed()(error.into_error()))
}

fn write_graph(dir: &Path, canonical: &Canonical) -> Result<(), KbError> {
    let path = dir.join(GRAPH);
    let failed = || KbError::io("write", &path);
    let file = File::create(&path).map_err(failed())?;
    canonical.write_compressed(&file).map_err(failed())?;
    sync(file, &path)
}

/// Has the file on the disk before the folder takes its place. Extractions are not waited for one by
/// one (a hundred thousand waits): one that a crash of the machine loses is found broken and named.
fn sync(file: File, path: &Path) -> Result<(), KbError> {
    file.sync_all().map_err(KbError::io("write", path))
}

#[cfg(test)]
mod tests;
