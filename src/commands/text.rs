//! `text`: a document's text as the recognisers see it.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use ingest::read;

use super::Voice;
use super::extract::{self, Prepared};
use crate::arguments::Text;

pub(super) fn run(options: &Text, voice: &Voice) -> Result<ExitCode> {
    let Prepared {
        ingester,
        sources,
        options: how,
        mut failed,
    } = extract::prepare(&options.reading, voice)?;
    let mut out = super::output(None)?;
    for reading in sources.iter().flat_map(|source| read::open(source, &how)) {
        match reading {
            Err(diagnostic) => {
                failed += 1;
                extract::tell(&diagnostic, voice);
            }
            Ok(reading) if options.json => {
                let view = ingester.view(&reading);
                serde_json::to_writer(&mut out, &view).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
            Ok(reading) => writeln!(out, "{}", ingester.view(&reading).text.trim_end())?,
        }
    }
    out.flush()?;
    Ok(extract::code(failed))
}
