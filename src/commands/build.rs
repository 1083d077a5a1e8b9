//! `build`: documents → knowledge base.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use ontology::gazetteer::Gazetteer;
use query::kb::{CreateOptions, KnowledgeBase};
use query::rdf::{Evidence, Pack, RunInfo};

use super::{Voice, extract};
use crate::arguments::{Build, EvidenceArgument};

pub(super) fn run(options: &Build, voice: &Voice) -> Result<ExitCode> {
    let prepared = extract::prepare(&options.reading, voice)?;
    let extract::Prepared {
        ingester,
        sources,
        options: how,
        failed: unread,
    } = prepared;
    let batch = extract::extract(&ingester, &sources, &how, &options.reading, voice)?;
    let failed = unread + batch.failed;
    if batch.extractions.is_empty() {
        bail!("no document could be read, nothing is built: see the reasons above");
    }
    let run = RunInfo {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        packs: ingester
            .knowledge()
            .packs()
            .iter()
            .map(|pack| Pack {
                name: pack.name.clone(),
                sha256: pack.sha256.clone(),
            })
            .collect(),
    };
    let create = CreateOptions {
        base_iri: options.base_iri.clone(),
        evidence: match options.evidence {
            EvidenceArgument::Compact => Evidence::Compact,
            EvidenceArgument::Full => Evidence::Full,
        },
        ..CreateOptions::default()
    };
    let dir = &options.kb.kb;
    let created =
        KnowledgeBase::create(dir, batch.extractions, Gazetteer::shared()?, &run, &create)?;
    for diagnostic in created.graph.diagnostics() {
        extract::tell(diagnostic, voice);
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
    if !voice.quiet {
        writeln!(err, "{}", voice.words.fill("found", &values))?;
    }
    if failed > 0 && !voice.quiet {
        writeln!(
            err,
            "{}",
            voice.words.fill("failed", &[&failed.to_string()])
        )?;
    }
    Ok(extract::code(failed))
}
