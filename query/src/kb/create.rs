//! Takes extractions, returns a knowledge base on disk, whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::SystemTime;

use graph::KnowledgeGraph;
use ontology::gazetteer::Gazetteer;
use ontology::iri::{DEFAULT_BASE, Iris};
use ontology::record::Extraction;

use super::seal::Draft;
use super::store::GRAPH;
use super::{EXTRACTIONS, FORMAT, KbError, KnowledgeBase, Manifest, extraction_file, manifest};
use crate::canonical::{Canonical, Collector};
use crate::rdf::{Evidence, RunInfo, write_quads};
use crate::summary::Summary;

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
        super::disk::build(draft.path(), &manifest)?;
        draft.seal()?;
        Ok(Created { graph, manifest })
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
