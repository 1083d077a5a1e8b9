//! `extract`: the map step alone; also reads documents for `build`.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ingest::Ingester;
use ingest::read::{Options, Source, collect, read_input};
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

/// What stands ready before the first document is read.
pub(super) struct Prepared {
    pub(super) ingester: Ingester,
    pub(super) sources: Vec<Source>,
    pub(super) options: Options,
    /// Inputs that could not be found or read.
    pub(super) failed: usize,
}

pub(super) fn run(options: &Extract, voice: &Voice) -> Result<ExitCode> {
    let Prepared {
        ingester,
        sources,
        options: how,
        failed: unread,
    } = prepare(&options.reading, voice)?;
    let mut failed = unread;
    let mut out = super::output(None)?;
    for batch in sources.chunks(BATCH) {
        let done = extract(&ingester, batch, &how, &options.reading, voice)?;
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
pub(super) fn prepare(reading: &Reading, voice: &Voice) -> Result<Prepared> {
    let options = read_options(reading)?;
    let ingester = Ingester::new(&reading.pack)?;
    let (streams, paths): (Vec<_>, Vec<_>) = reading
        .inputs
        .iter()
        .cloned()
        .partition(|input| input.as_os_str() == "-");
    let mut found = collect(&paths);
    if !streams.is_empty() {
        for row in read_input(io::stdin().lock(), &options) {
            match row {
                Ok(source) => found.sources.push(source),
                Err(fault) => found.diagnostics.push(fault),
            }
        }
    }
    let failed = found.diagnostics.len();
    for diagnostic in &found.diagnostics {
        tell(diagnostic, voice);
    }
    if found.sources.is_empty() {
        bail!("no document to read: name files, folders or archives with documents");
    }
    Ok(Prepared {
        ingester,
        sources: found.sources,
        options,
        failed,
    })
}

/// Takes the options of the command line, checked.
fn read_options(reading: &Reading) -> Result<Options> {
    let mut options = Options::default();
    if let Some(label) = &reading.encoding {
        options.set_encoding(label)?;
    }
    if let Some(columns) = &reading.columns {
        options.set_columns(columns)?;
    }
    let (limits, given) = (&mut options.limits, &reading.limits);
    limits.max_bytes = given.max_bytes.unwrap_or(limits.max_bytes);
    limits.max_unpacked = given.max_unpacked.unwrap_or(limits.max_unpacked);
    limits.max_ratio = given.max_ratio.unwrap_or(limits.max_ratio);
    limits.max_depth = given.max_depth.unwrap_or(limits.max_depth);
    limits.max_entries = given.max_entries.unwrap_or(limits.max_entries);
    limits.max_pages = given.max_pages.unwrap_or(limits.max_pages);
    Ok(options)
}

/// Extracts documents in parallel; results keep the order of the sources.
pub(super) fn extract(
    ingester: &Ingester,
    sources: &[Source],
    options: &Options,
    reading: &Reading,
    voice: &Voice,
) -> Result<Batch> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(reading.jobs.unwrap_or(0))
        .build()
        .context("cannot start the threads")?;
    let bar = progress(sources.len(), voice)?;
    let lines = Lines::new(sources.len(), voice);
    let results: Vec<Vec<Result<Extraction, Diagnostic>>> = pool.install(|| {
        sources
            .par_iter()
            .map(|source| {
                let result = ingester.extract(source, options);
                bar.inc(1);
                lines.done_one(voice);
                result
            })
            .collect()
    });
    bar.finish_and_clear();
    let mut batch = Batch {
        extractions: Vec::with_capacity(results.len()),
        failed: 0,
    };
    for result in results.into_iter().flatten() {
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

/// Plain lines of progress where there is no terminal: one for each tenth of many documents.
struct Lines {
    total: usize,
    done: AtomicUsize,
    /// Documents from line to line; 0: no lines.
    step: usize,
}

impl Lines {
    fn new(total: usize, voice: &Voice) -> Self {
        /// Fewer documents are done before anyone asks.
        const MANY: usize = 200;
        let wanted = !voice.quiet && !io::stderr().is_terminal() && total >= MANY;
        Self {
            total,
            done: AtomicUsize::new(0),
            step: if wanted { total / 10 } else { 0 },
        }
    }

    fn done_one(&self, voice: &Voice) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.step > 0 && done.is_multiple_of(self.step) {
            let word = voice.words.get("extracting");
            // There is nowhere to report that stderr is closed.
            let _ = writeln!(io::stderr(), "{word} {done}/{}", self.total);
        }
    }
}

/// A bar on a terminal; in a pipe there are [`Lines`].
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
