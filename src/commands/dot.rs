//! `dot`: a picture of the graph for Graphviz.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use graph::DotOptions;
use ontology::gazetteer::Gazetteer;
use query::summary::{resolve, resolve_region};

use super::Voice;
use crate::arguments::Dot;

pub(super) fn run(options: &Dot, voice: &Voice) -> Result<ExitCode> {
    let gazetteer = Gazetteer::shared()?;
    let graph = super::open_graph(&options.kb)?;
    let around = options.around.as_deref();
    let around = around
        .map(|name| super::one(name, resolve(&graph, name)))
        .transpose()?;
    let region = options.region.as_deref();
    let region = region
        .map(|name| super::one(name, resolve_region(&graph, gazetteer, name)))
        .transpose()?;
    let view = DotOptions {
        around,
        depth: options.depth,
        region,
        class: options.class,
        limit: options.limit,
        lang: voice.words.lang,
    };
    let mut out = super::output(None)?;
    out.write_all(graph.dot(&view)?.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
