//! `extract`: the map step alone; also reads documents for `build`.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ingest::Ingester;
use ingest::read::{Source, collect, read_stream};
use ontology::record::{Diagnostic, Extraction, Severity};
use rayon::prelude::*;

use super::Voice;
use crate::arguments::{Extract, Reading};

/// Some documents failed, the others are done.
pub(super) const SOME_FAILED: u8 = 1;

/// Documents that are extracted before their records are written, so that memory stays bounded.
const BATCH: usize = 512;

/// What reading and extracting gave.
pub(super) struct Batch {
    pub(super) extractions: Vec<Extraction>,
    pub(super) failed: usize,
}

pub(super) fn run(options: &Extract, voice: &Voice) -> Result<ExitCode> {
    let (ingester, sources, mut failed) = prepare(&options.reading, voice)?;
    let mut out = super::output(None)?;
    for batch in sources.chunks(BATCH) {
        let done = extract(&ingester, batch, &options.reading, voice)?;
        failed += done.failed;
        for extraction in done.extractions {
            serde_json::to_writer(&mut out, &extraction).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(code(failed))
}

pub(super) fn code(failed: usize) -> ExitCode {
    if failed > 0 {
        ExitCode::from(SOME_FAILED)
    } else {
        ExitCode::SUCCESS
    }
}

/// Loads what is known and finds the documents; tells of those that cannot be read.
///
/// Fails where there is none at all.
pub(super) fn prepare(reading: &Reading, voice: &Voice) -> Result<(Ingester, Vec<Source>, usize)> {
    let ingester = Ingester::new(&reading.pack)?;
    let (streams, paths): (Vec<_>, Vec<_>) = reading
        .inputs
        .iter()
        .cloned()
        .partition(|input| input.as_os_str() == "-");
    let mut found = collect(&paths);
    if !streams.is_empty() {
        stream(
            io::stdin().lock(),
            &mut found.sources,
            &mut found.diagnostics,
        );
    }
    let failed = found.diagnostics.len();
    for diagnostic in &found.diagnostics {
        tell(diagnostic, voice);
    }
    if found.sources.is_empty() {
        bail!("no document to read: name files or folders with .txt documents");
    }
    Ok((ingester, found.sources, failed))
}

fn stream(input: impl BufRead, sources: &mut Vec<Source>, diagnostics: &mut Vec<Diagnostic>) {
    for row in read_stream(input) {
        match row {
            Ok(source) => sources.push(source),
            Err(cause) => diagnostics.push(Diagnostic {
                severity: Severity::Error,
                document: "-".to_owned(),
                message: format!("{:#}", anyhow::Error::new(cause)),
                span: None,
            }),
        }
    }
}

/// Extracts documents in parallel; results keep the order of the sources.
pub(super) fn extract(
    ingester: &Ingester,
    sources: &[Source],
    reading: &Reading,
    voice: &Voice,
) -> Result<Batch> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(reading.jobs.unwrap_or(0))
        .build()
        .context("cannot start the threads")?;
    let bar = progress(sources.len(), voice)?;
    let results: Vec<Result<Extraction, Diagnostic>> = pool.install(|| {
        sources
            .par_iter()
            .map(|source| {
                let result = ingester.extract(source);
                bar.inc(1);
                result
            })
            .collect()
    });
    bar.finish_and_clear();
    let mut batch = Batch {
        extractions: Vec::with_capacity(results.len()),
        failed: 0,
    };
    for result in results {
        match result {
            Ok(extraction) => {
                for diagnostic in extraction.diagnostics.iter().filter(|_| voice.verbose) {
                    tell(diagnostic, voice);
                }
                batch.extractions.push(extraction);
            }
            Err(diagnostic) => {
                batch.failed += 1;
                tell(&diagnostic, voice);
            }
        }
    }
    Ok(batch)
}

/// A bar on a terminal; nothing in a pipe, where the summary says enough.
fn progress(count: usize, voice: &Voice) -> Result<ProgressBar> {
    if voice.quiet || !io::stderr().is_terminal() {
        return Ok(ProgressBar::with_draw_target(
            None,
            ProgressDrawTarget::hidden(),
        ));
    }
    let length = u64::try_from(count).context("too many documents")?;
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
        .context("the progress bar's template")?;
    Ok(ProgressBar::new(length)
        .with_style(style)
        .with_message(voice.words.get("extracting").to_owned()))
}

/// Prints a diagnostic as one line: document, place, message.
pub(super) fn tell(diagnostic: &Diagnostic, voice: &Voice) {
    if diagnostic.severity != Severity::Error && voice.quiet {
        return;
    }
    let place = diagnostic
        .span
        .map(|span| format!("#char={},{}", span.start, span.end))
        .unwrap_or_default();
    // There is nowhere to report that stderr is closed.
    let _ = writeln!(
        io::stderr(),
        "{}{place}: {}",
        diagnostic.document,
        diagnostic.message
    );
}
