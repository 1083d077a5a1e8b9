//! `query`: SPARQL, or a ready-made question.

use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use comfy_table::{ContentArrangement, presets};
use graph::Lang;
use query::canned;
use query::sparql::{self, ResultFormat, Table};

use super::Voice;
use crate::arguments::{AnswerFormat, Query};

pub(super) fn run(options: &Query, voice: &Voice) -> Result<ExitCode> {
    if options.list {
        return list(voice.words.lang);
    }
    let text = text(options)?;
    let kb = super::open(&options.kb)?;
    let prefixes = kb.prefixes();
    // A bad query is told before the store is loaded.
    sparql::check(&prefixes, &text)?;
    let timeout = options.timeout.map(Duration::try_from_secs_f64).transpose();
    let timeout = timeout.context("--timeout takes seconds, such as 30")?;
    let store = kb.store()?;
    if let Some(seconds) = kb.long_load_s().filter(|_| !voice.quiet) {
        let seconds = format!("{seconds:.1}");
        writeln!(
            io::stderr(),
            "{}",
            voice.words.fill("long_load", &[&seconds])
        )?;
    }
    let mut out = super::output(None)?;
    match result_format(options.format) {
        Some(format) => sparql::write(store, &prefixes, &text, format, timeout, &mut out)?,
        None => write_table(&sparql::table(store, &prefixes, &text, timeout)?, &mut out)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn text(options: &Query) -> Result<String> {
    if let Some(name) = &options.name {
        let Some(question) = canned::find(name) else {
            bail!("there is no question {name}: `fangzhi query --list` lists them");
        };
        return Ok(question.sparql().to_owned());
    }
    if let Some(file) = &options.file {
        return fs::read_to_string(file)
            .with_context(|| format!("cannot read the query {}; check the path", file.display()));
    }
    options
        .sparql
        .clone()
        .context("no query: give SPARQL, --file or --name")
}

fn list(lang: Lang) -> Result<ExitCode> {
    let mut out = super::output(None)?;
    for question in canned::list() {
        writeln!(out, "{:<22} {}", question.name(), question.title(lang))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Gives the format that the query crate writes; none for the table.
fn result_format(format: AnswerFormat) -> Option<ResultFormat> {
    let name = match format {
        AnswerFormat::Table => return None,
        AnswerFormat::Csv => "csv",
        AnswerFormat::Tsv => "tsv",
        AnswerFormat::Json => "json",
        AnswerFormat::Xml => "xml",
        AnswerFormat::Turtle => "turtle",
        AnswerFormat::Ntriples => "ntriples",
    };
    ResultFormat::from_name(name)
}

fn write_table(table: &Table, out: &mut impl Write) -> Result<()> {
    let mut drawn = comfy_table::Table::new();
    drawn
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(&table.columns);
    for row in &table.rows {
        drawn.add_row(row);
    }
    writeln!(out, "{drawn}")?;
    Ok(())
}
