//! `compare`: the cross-region report.

mod population;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use ontology::gazetteer::Gazetteer;
use query::compare::{CompareOptions, Comparison, Format, JSON_SCHEMA};
use query::summary::resolve_region;

use super::Voice;
use crate::arguments::{Compare, ReportFormat};

pub(super) fn run(options: &Compare, voice: &Voice) -> Result<ExitCode> {
    if options.json_schema {
        let mut out = super::output(options.output.as_deref())?;
        out.write_all(JSON_SCHEMA.as_bytes())?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let gazetteer = Gazetteer::shared()?;
    let graph = super::open_graph(&options.kb)?;
    let regions = options
        .regions
        .iter()
        .map(|name| super::one(name, resolve_region(&graph, gazetteer, name)))
        .collect::<Result<_>>()?;
    let wanted = CompareOptions {
        regions,
        indicator: options.indicator.clone(),
        class: options.class,
        population: match &options.population {
            Some(path) => population::read(path, &graph, gazetteer)?,
            None => BTreeMap::new(),
        },
    };
    let report = Comparison::new(&graph, &wanted)?.render(format(options), voice.words.lang)?;
    let mut out = super::output(options.output.as_deref())?;
    out.write_all(&report)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Chooses the format: as asked for, else by the file's ending, else HTML.
fn format(options: &Compare) -> Format {
    let ending = options
        .output
        .as_deref()
        .and_then(Path::extension)
        .and_then(|e| e.to_str());
    match (options.format, ending) {
        (Some(ReportFormat::Md), _) | (None, Some("md")) => Format::Markdown,
        (Some(ReportFormat::Csv), _) | (None, Some("csv")) => Format::Csv,
        (Some(ReportFormat::Xlsx), _) | (None, Some("xlsx")) => Format::Xlsx,
        (Some(ReportFormat::Json), _) | (None, Some("json")) => Format::Json,
        (Some(ReportFormat::Html), _) | (None, _) => Format::Html,
    }
}
