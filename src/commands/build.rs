//! `build`: documents → knowledge base.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use ingest::Ingester;
use ontology::gazetteer::Gazetteer;
use query::kb::{CreateOptions, Created, KbError, Writer};
use query::rdf::{Evidence, Pack, RunInfo};

use super::{Voice, extract};
use crate::arguments::{Build, EvidenceArgument, Reading};

pub(super) fn run(options: &Build, voice: &Voice) -> Result<ExitCode> {
    let dir = &options.kb.kb;
    // Taken first: nobody waits for an extraction that cannot be written.
    let writer = Writer::begin(dir)?;
    let read = read(&options.reading, voice, |_| Ok(()))?;
    let create = CreateOptions {
        base_iri: options.base_iri.clone(),
        evidence: match options.evidence {
            EvidenceArgument::Compact => Evidence::Compact,
            EvidenceArgument::Full => Evidence::Full,
        },
        ..CreateOptions::default()
    };
    let extractions = read.batch.extractions;
    let created = writer.create(extractions, Gazetteer::shared()?, &read.run, &create)?;
    tell(&created, dir, read.batch.failed, voice)?;
    Ok(extract::code(read.batch.failed))
}

/// The documents of a run and what it knew.
pub(super) struct Read {
    pub(super) batch: extract::Batch,
    pub(super) run: RunInfo,
}

/// Reads and extracts, unless `allowed` refuses the run; fails where no document at all could be read.
pub(super) fn read(
    reading: &Reading,
    voice: &Voice,
    allowed: impl FnOnce(&RunInfo) -> Result<(), KbError>,
) -> Result<Read> {
    let extract::Prepared {
        ingester,
        sources,
        options,
        failed,
    } = extract::prepare(reading, voice)?;
    let run = run_info(&ingester);
    allowed(&run)?;
    let mut batch = extract::extract(&ingester, &sources, &options, reading, voice)?;
    batch.failed += failed;
    if batch.extractions.is_empty() {
        bail!("no document could be read, nothing is built: see the reasons above");
    }
    Ok(Read { batch, run })
}

/// Gives what a run of this ingester knows.
fn run_info(ingester: &Ingester) -> RunInfo {
    let packs = ingester.knowledge().packs().iter();
    RunInfo {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        packs: packs
            .map(|pack| Pack {
                name: pack.name.clone(),
                sha256: pack.sha256.clone(),
            })
            .collect(),
    }
}

/// Says what the knowledge base now holds.
pub(super) fn tell(created: &Created, dir: &Path, failed: usize, voice: &Voice) -> Result<()> {
    for diagnostic in created.graph.diagnostics() {
        extract::tell(diagnostic, voice);
    }
    if voice.quiet {
        return Ok(());
    }
    let summary = &created.manifest.summary;
    let counts = [
        summary.documents.len(),
        summary.entities,
        summary.relations,
        summary.observations,
    ]
    .map(|count| count.to_string());
    let mut values = vec![dir.to_string_lossy().into_owned()];
    values.extend(counts);
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let mut err = io::stderr();
    writeln!(err, "{}", voice.words.fill("found", &values))?;
    if failed > 0 {
        let failed = failed.to_string();
        writeln!(err, "{}", voice.words.fill("failed", &[&failed]))?;
    }
    Ok(())
}
