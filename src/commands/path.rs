//! `path`: how two things are joined, each step with its quote.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Result, bail};
use graph::{Stop, Terms};
use query::summary::{evidence, resolve};

use super::{Voice, show};
use crate::arguments::PathBetween;

pub(super) fn run(options: &PathBetween, voice: &Voice) -> Result<ExitCode> {
    let graph = super::open_graph(&options.kb)?;
    let [from, to] =
        [&options.from, &options.to].map(|name| super::one(name, resolve(&graph, name)));
    let Some(stops) = graph.shortest_path(&from?, &to?) else {
        bail!(voice.words.fill("no_path", &[&options.from, &options.to]));
    };
    let mut out = super::output(None)?;
    let terms = Terms::shared()?;
    let mut before: Option<&Stop<'_>> = None;
    for stop in &stops {
        match stop.relation {
            Some(relation) => {
                let forward = before.and_then(|stop| stop.key) == Some(&relation.subject);
                let name = terms.predicate(relation.predicate, voice.words.lang);
                writeln!(
                    out,
                    "  {} {name} {}",
                    if forward { "→" } else { "←" },
                    stop.label
                )?;
                for quote in evidence(&graph, relation) {
                    show::write_quote(&quote, &mut out)?;
                }
            }
            None if before.is_some() => {
                let arrow = if stop.key.is_some() { "→" } else { "←" };
                writeln!(
                    out,
                    "  {arrow} {} {}",
                    voice.words.get("post_in"),
                    stop.label
                )?;
            }
            None => writeln!(out, "{}", stop.label)?,
        }
        before = Some(stop);
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
