//! `check`: whether a knowledge base is whole and says nothing without evidence.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use ontology::gazetteer::Gazetteer;
use query::check;

use super::Voice;
use crate::arguments::KnowledgeBaseArgument;

/// Findings of one check that are printed; `-v` prints all.
const SHOWN: usize = 10;

pub(super) fn run(options: &KnowledgeBaseArgument, voice: &Voice) -> Result<ExitCode> {
    let kb = super::open(options)?;
    let outcomes = check::check(&kb, Gazetteer::shared()?)?;
    let mut out = super::output(None)?;
    let mut sound = true;
    for outcome in &outcomes {
        let (name, title) = (outcome.check.name(), outcome.check.title(voice.words.lang));
        let count = outcome.findings.len();
        sound &= count == 0;
        let mark = if count == 0 {
            "ok".to_owned()
        } else {
            count.to_string()
        };
        if count > 0 || !voice.quiet {
            writeln!(out, "{mark}\t{name}\t{title}")?;
        }
        let shown = if voice.verbose { count } else { SHOWN };
        for finding in outcome.findings.iter().take(shown) {
            writeln!(out, "\t{finding}")?;
        }
        if count > shown {
            writeln!(out, "\t…")?;
        }
    }
    out.flush()?;
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(super::extract::SOME_FAILED)
    })
}
