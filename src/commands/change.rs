//! `add`, `remove`: a knowledge base with other documents than before.

use std::process::ExitCode;
use std::time::SystemTime;

use anyhow::Result;
use ontology::gazetteer::Gazetteer;
use query::kb::{Change, KnowledgeBase, Writer};
use query::rdf::RunInfo;

use super::{Voice, build, extract};
use crate::arguments::{Add, Remove};

pub(super) fn add(options: &Add, voice: &Voice) -> Result<ExitCode> {
    let dir = &options.kb.kb;
    // Where there is none to add to, or it was made otherwise, nobody waits for the extraction.
    let kb = KnowledgeBase::open(dir)?;
    let writer = Writer::begin(dir)?;
    let read = build::read(&options.reading, voice, |run| kb.check_run(run))?;
    let change = Change {
        add: read.batch.extractions,
        ..Change::default()
    };
    let created = writer.update(change, Gazetteer::shared()?, &read.run, SystemTime::now())?;
    build::tell(&created, dir, read.batch.failed, voice)?;
    Ok(extract::code(read.batch.failed))
}

pub(super) fn remove(options: &Remove, voice: &Voice) -> Result<ExitCode> {
    let dir = &options.kb.kb;
    let run = RunInfo {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        // Nothing is extracted, so none are needed but those that it was made with.
        packs: KnowledgeBase::open(dir)?.manifest().run.packs.clone(),
    };
    let change = Change {
        remove: options.documents.clone(),
        ..Change::default()
    };
    let writer = Writer::begin(dir)?;
    let created = writer.update(change, Gazetteer::shared()?, &run, SystemTime::now())?;
    build::tell(&created, dir, 0, voice)?;
    Ok(ExitCode::SUCCESS)
}
