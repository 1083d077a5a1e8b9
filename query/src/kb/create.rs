//! Takes extractions, returns a knowledge base on disk, whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use graph::KnowledgeGraph;
use ontology::gazetteer::Gazetteer;
use ontology::iri::{DEFAULT_BASE, Iris};
use ontology::record::Extraction;

use super::seal::Draft;
use super::store::GRAPH;
use super::{Copy, EXTRACTIONS, FORMAT, KbError, KnowledgeBase, Manifest, copy_file, manifest};
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

/// What was made.
#[derive(Debug)]
pub struct Created {
    /// The linked graph; its diagnostics tell of duplicates.
    pub graph: KnowledgeGraph,
    /// What was written.
    pub manifest: Manifest,
}

/// The one process that may change the knowledge base at a folder. Readers go on with the old one;
/// dropped unused, it leaves all as it was.
pub struct Writer {
    draft: Draft,
}

/// What becomes of the documents of a knowledge base.
#[derive(Debug, Default)]
pub struct Change {
    /// File names (ids) or IRIs of documents to remove; each must be there.
    pub remove: Vec<String>,
    /// Documents to add; those that are there under the same id are replaced.
    pub add: Vec<Extraction>,
}

/// An extraction and, where an older knowledge base has it, its file there.
struct Kept {
    extraction: Extraction,
    file: Option<PathBuf>,
}

impl KnowledgeBase {
    /// Links the extractions and writes the knowledge base at `dir`, whole or not at all; one that
    /// is there is replaced. The order of the extractions does not matter, of equal contents the
    /// one with the smallest id is in the graph.
    ///
    /// # Errors
    /// Those of [`Writer::begin`] and [`Writer::create`].
    pub fn create(
        dir: &Path,
        extractions: Vec<Extraction>,
        gazetteer: &Gazetteer,
        run: &RunInfo,
        options: &CreateOptions,
    ) -> Result<Created, KbError> {
        Writer::begin(dir)?.create(extractions, gazetteer, run, options)
    }
}

impl Writer {
    /// Takes the right to change or make the knowledge base at `dir`.
    ///
    /// # Errors
    /// [`KbError::NotAKnowledgeBase`] where `dir` holds something else, [`KbError::Locked`] where
    /// another process is at work, [`KbError::Io`] where nothing can be written beside `dir`.
    pub fn begin(dir: &Path) -> Result<Self, KbError> {
        check_target(dir)?;
        Ok(Self {
            draft: Draft::beside(dir)?,
        })
    }

    /// Writes a knowledge base of these documents alone.
    ///
    /// # Errors
    /// [`KbError::Iri`] for a bad base, [`KbError::Io`] where something cannot be written; what was
    /// there is then untouched.
    pub fn create(
        self,
        extractions: Vec<Extraction>,
        gazetteer: &Gazetteer,
        run: &RunInfo,
        options: &CreateOptions,
    ) -> Result<Created, KbError> {
        let documents = extractions
            .into_iter()
            .map(|extraction| Kept {
                extraction,
                file: None,
            })
            .collect();
        self.write(documents, gazetteer, run, options)
    }

    /// Changes the documents of the knowledge base; the result is, but for the time in its manifest,
    /// the one that [`Writer::create`] makes of the documents that are then there.
    ///
    /// Where `run` is another version or other packs than those that made it, or a document to
    /// remove is not there, nothing is changed.
    ///
    /// # Complexity
    /// Documents that stay are not extracted again; all are linked again, O(n log n) in the records.
    ///
    /// # Errors
    /// [`KbError::Missing`] where there is none, [`KbError::OtherRun`], [`KbError::NoSuchDocument`],
    /// [`KbError::Broken`] where what is there cannot be read, [`KbError::Io`] as for `create`.
    pub fn update(
        self,
        change: Change,
        gazetteer: &Gazetteer,
        run: &RunInfo,
        built: SystemTime,
    ) -> Result<Created, KbError> {
        let old = KnowledgeBase::open(self.draft.target())?;
        old.check_run(run)?;
        let gone = removed(&old, &change)?;
        let mut documents = Vec::new();
        for (file, extraction) in old.stored()? {
            if !gone.contains(extraction.document.id.as_str()) {
                let file = Some(old.dir.join(file));
                documents.push(Kept { extraction, file });
            }
        }
        documents.extend(change.add.into_iter().map(|extraction| Kept {
            extraction,
            file: None,
        }));
        let options = CreateOptions {
            base_iri: old.manifest.base_iri.clone(),
            evidence: old.manifest.evidence,
            built,
        };
        self.write(documents, gazetteer, run, &options)
    }

    fn write(
        self,
        documents: Vec<Kept>,
        gazetteer: &Gazetteer,
        run: &RunInfo,
        options: &CreateOptions,
    ) -> Result<Created, KbError> {
        let draft = self.draft;
        let iris = Iris::new(&options.base_iri)?;
        let (extractions, copies) = write_extractions(draft.path(), documents)?;
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
            copies,
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

/// Gives the ids of the documents that do not stay: the removed and the replaced ones.
fn removed(old: &KnowledgeBase, change: &Change) -> Result<BTreeSet<String>, KbError> {
    let there = old.documents();
    let mut gone: BTreeSet<String> = change
        .add
        .iter()
        .map(|extraction| extraction.document.id.clone())
        .collect();
    let mut unknown = Vec::new();
    for name in &change.remove {
        let mut found = false;
        for (id, sha256) in &there {
            if id == name || old.iris.document(sha256) == *name {
                gone.insert((*id).to_owned());
                found = true;
            }
        }
        if !found {
            unknown.push(name.clone());
        }
    }
    if unknown.is_empty() {
        return Ok(gone);
    }
    Err(KbError::NoSuchDocument {
        dir: old.dir.clone(),
        names: unknown,
    })
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

/// Writes a file for each document; of equal contents the one with the smallest id comes first,
/// which is the one that linking keeps, and the others are named as its copies. A file that an older
/// knowledge base has is linked or copied as it is.
fn write_extractions(
    dir: &Path,
    mut documents: Vec<Kept>,
) -> Result<(Vec<Extraction>, Vec<Copy>), KbError> {
    let folder = dir.join(EXTRACTIONS);
    fs::create_dir(&folder).map_err(KbError::io("make", &folder))?;
    fn key(kept: &Kept) -> (&str, &str) {
        let document = &kept.extraction.document;
        (&document.sha256, &document.id)
    }
    documents.sort_by(|a, b| key(a).cmp(&key(b)));
    documents.dedup_by(|a, b| key(a) == key(b));
    let (mut copies, mut number, mut last) = (Vec::new(), 0, "");
    for kept in &documents {
        let (sha256, id) = key(kept);
        if sha256 == last {
            number += 1;
            copies.push(Copy {
                sha256: sha256.to_owned(),
                id: id.to_owned(),
            });
        } else {
            (number, last) = (0, sha256);
        }
        let path = dir.join(copy_file(sha256, number));
        let linked = kept
            .file
            .as_ref()
            .is_some_and(|file| fs::hard_link(file, &path).is_ok());
        if !linked {
            write_json(&path, &kept.extraction)?;
        }
    }
    let extractions = documents.into_iter().map(|kept| kept.extraction).collect();
    Ok((extractions, copies))
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
