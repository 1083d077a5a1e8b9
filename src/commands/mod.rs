//! One module for each command.

mod build;
mod change;
mod check;
mod compare;
mod dot;
mod eval;
mod export;
mod extract;
mod indicators;
mod info;
mod man;
mod path;
mod query;
mod show;
mod text;
mod why;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use ::query::kb::KnowledgeBase;
use ::query::summary::{Candidate, Resolution};
use anyhow::{Context, Result, bail};
use clap::CommandFactory;
use ontology::gazetteer::Gazetteer;
use ontology::record::EntityKey;

use crate::arguments::{Arguments, Command, KnowledgeBaseArgument};
use crate::words::Words;

/// How a command talks.
#[derive(Debug)]
pub(crate) struct Voice {
    pub(crate) words: Words,
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,
}

/// Runs a command; returns its exit code, or why it could not be done.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let voice = Voice {
        words: Words::choose(arguments.lang)?,
        quiet: arguments.quiet,
        verbose: arguments.verbose,
    };
    match arguments.command {
        Command::Build(options) => build::run(&options, &voice),
        Command::Add(options) => change::add(&options, &voice),
        Command::Remove(options) => change::remove(&options, &voice),
        Command::Extract(options) => extract::run(&options, &voice),
        Command::Text(options) => text::run(&options, &voice),
        Command::Query(options) => query::run(&options, &voice),
        Command::Compare(options) => compare::run(&options, &voice),
        Command::Indicators(options) => indicators::run(&options, &voice),
        Command::Dot(options) => dot::run(&options, &voice),
        Command::Export(options) => export::run(&options),
        Command::Eval(options) => eval::run(&options, &voice),
        Command::Show(options) => show::run(&options, &voice),
        Command::Path(options) => path::run(&options, &voice),
        Command::Info(options) => info::run(&options, &voice),
        Command::Check(options) => check::run(&options, &voice),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "fangzhi", &mut script);
            io::stdout().write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man { command } => man::run(command.as_deref()),
    }
}

fn open(argument: &KnowledgeBaseArgument) -> Result<KnowledgeBase> {
    Ok(KnowledgeBase::open(&argument.kb)?)
}

/// Opens a knowledge base and links its graph.
fn open_graph(argument: &KnowledgeBaseArgument) -> Result<graph::KnowledgeGraph> {
    Ok(open(argument)?.graph(Gazetteer::shared()?)?)
}

/// Opens the file to write to, or stdout.
fn output(path: Option<&Path>) -> Result<Box<dyn Write>> {
    Ok(match path {
        Some(path) => {
            let file = File::create(path)
                .with_context(|| format!("cannot write {}; check the path", path.display()))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(io::stdout().lock())),
    })
}

/// Gives the one entity that a name means.
fn one(name: &str, resolution: Resolution) -> Result<EntityKey> {
    match resolution {
        Resolution::Found(key) => Ok(key),
        Resolution::Ambiguous(candidates) => {
            bail!(
                "{name} means several things: name one of {}",
                listed(&candidates)
            )
        }
        Resolution::Unknown(near) if near.is_empty() => {
            bail!(
                "nothing in the knowledge base is called {name}: `fangzhi info` lists its regions"
            )
        }
        Resolution::Unknown(near) => {
            bail!(
                "nothing in the knowledge base is called {name}; near it: {}",
                listed(&near)
            )
        }
    }
}

fn listed(candidates: &[Candidate]) -> String {
    let one = |candidate: &Candidate| {
        let key = candidate.key.as_str();
        let code = key.strip_prefix("place/").unwrap_or(key);
        format!("{code} ({}{})", candidate.within, candidate.label)
    };
    candidates.iter().map(one).collect::<Vec<_>>().join(", ")
}
