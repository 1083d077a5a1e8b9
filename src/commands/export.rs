//! `export`: the graph in a format that other tools read.

use std::process::ExitCode;

use anyhow::Result;
use query::export;

use crate::arguments::{Export, ExportFormat};

pub(super) fn run(options: &Export) -> Result<ExitCode> {
    let kb = super::open(&options.kb)?;
    let mut out = super::output(options.output.as_deref())?;
    match options.format {
        ExportFormat::Nquads => export::nquads(&kb, &mut out)?,
        ExportFormat::Turtle => export::turtle(&kb, &mut out)?,
    }
    Ok(ExitCode::SUCCESS)
}
