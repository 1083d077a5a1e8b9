//! `show --why`: why two names are one entity, or what keeps them apart, with the words of the documents.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Result, bail};
use graph::{Bearer, CannotLink, Explanation, Terms, Verdict, explain};
use ontology::gazetteer::Gazetteer;

use super::Voice;
use crate::arguments::KnowledgeBaseArgument;

pub(super) fn run(kb: &KnowledgeBaseArgument, a: &str, b: &str, voice: &Voice) -> Result<ExitCode> {
    let gazetteer = Gazetteer::shared()?;
    let kb = super::open(kb)?;
    let found = explain(kb.extractions()?, gazetteer, a, b);
    if found.is_empty() {
        // Says which of the two is unknown, and what is near it.
        let graph = kb.graph(gazetteer)?;
        for name in [a, b] {
            super::one(name, query::summary::resolve(&graph, name))?;
        }
        bail!(
            "no document of the knowledge base names both {a} and {b}: a place above others may be known from the gazetteer alone"
        );
    }
    let mut out = super::output(None)?;
    for explanation in &found {
        write(explanation, voice, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn write(explanation: &Explanation, voice: &Voice, out: &mut impl Write) -> Result<()> {
    let Explanation { a, b, verdict } = explanation;
    let words = &voice.words;
    write_bearer(a, voice, out)?;
    if !matches!(verdict, Verdict::SameKey) {
        write_bearer(b, voice, out)?;
    }
    match verdict {
        Verdict::SameKey => writeln!(out, "= {}", words.get("same_key"))?,
        Verdict::Merged(merges) => {
            writeln!(out, "= {}", words.get("one_entity"))?;
            for merge in merges {
                let (rule, score) = (merge.rule.name(), merge.rule.score());
                let ends = [merge.name.as_str(), merge.a.as_str(), merge.b.as_str()];
                let text = words.fill(rule, &ends);
                writeln!(out, "  {rule} ({score:.2}): {text}")?;
            }
        }
        Verdict::Apart(reasons) => {
            writeln!(out, "≠ {}", words.get("two_entities"))?;
            for reason in reasons {
                let rule = reason.name();
                writeln!(out, "  {rule}: {}", words.fill(rule, &gaps(reason)))?;
            }
        }
    }
    writeln!(out)?;
    Ok(())
}

/// Gives what stands in the gaps of a reason's message.
fn gaps(reason: &CannotLink) -> Vec<&str> {
    match reason {
        CannotLink::Document(id) => vec![id],
        CannotLink::Claimants { name, others } => {
            let first = others.first().map_or("", |key| key.as_str());
            vec![name, first]
        }
        CannotLink::Alias(name) => vec![name],
        CannotLink::Class
        | CannotLink::Places
        | CannotLink::Disambiguator
        | CannotLink::Chain
        | CannotLink::NoEvidence => Vec::new(),
    }
}

fn write_bearer(bearer: &Bearer, voice: &Voice, out: &mut impl Write) -> Result<()> {
    let class = bearer.key.class().map_or("", |class| {
        Terms::shared().map_or(class.name(), |terms| terms.class(class, voice.words.lang))
    });
    let names = bearer.names.join(" · ");
    writeln!(out, "{names}  [{class}]  {}", bearer.key)?;
    for quote in &bearer.quotes {
        let (document, span) = (&quote.document, quote.span);
        let place = format!("{document}#char={},{}", span.start, span.end);
        writeln!(out, "      「{}」 — {place}", quote.text)?;
    }
    Ok(())
}
