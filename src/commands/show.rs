//! `show`: what the graph knows about one thing, each line with its quote and document.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use graph::Terms;
use query::summary::{Description, Fact, Number, Quote, describe, resolve};

use super::{Voice, why};
use crate::arguments::Show;

pub(super) fn run(options: &Show, voice: &Voice) -> Result<ExitCode> {
    if let [a, b] = options.why.as_slice() {
        return why::run(&options.kb, a, b, voice);
    }
    let graph = super::open_graph(&options.kb)?;
    let name = options.name.as_deref().unwrap_or_default();
    let key = super::one(name, resolve(&graph, name))?;
    let found = describe(&graph, &key)
        .with_context(|| format!("the graph does not hold {key} any more: build it again"))?;
    let mut out = super::output(None)?;
    write(&found, voice, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn write(found: &Description, voice: &Voice, out: &mut impl Write) -> Result<()> {
    let (words, terms) = (&voice.words, Terms::shared()?);
    let entity = &found.entity;
    writeln!(
        out,
        "{}  [{}]  {}",
        entity.label,
        terms.class(entity.class, words.lang),
        entity.key
    )?;
    if !entity.aliases.is_empty() {
        writeln!(
            out,
            "  {}: {}",
            words.get("also"),
            entity.aliases.join(" · ")
        )?;
    }
    if !found.facts.is_empty() {
        writeln!(out, "{}", words.get("facts"))?;
    }
    for fact in &found.facts {
        write_fact(fact, voice, terms, out)?;
    }
    if !found.numbers.is_empty() {
        writeln!(out, "{}", words.get("numbers"))?;
    }
    for number in &found.numbers {
        write_number(number, voice, out)?;
    }
    writeln!(out, "{}", words.get("mentions"))?;
    for mention in &found.mentions {
        let times = words.fill("times", &[&mention.count.to_string()]);
        let surfaces: Vec<&str> = mention.surfaces.keys().map(String::as_str).collect();
        writeln!(
            out,
            "  {} {times}: {}",
            mention.document,
            surfaces.join(" · ")
        )?;
    }
    Ok(())
}

fn write_fact(fact: &Fact, voice: &Voice, terms: &Terms, out: &mut impl Write) -> Result<()> {
    let arrow = if fact.outgoing { "→" } else { "←" };
    let name = terms.predicate(fact.predicate, voice.words.lang);
    writeln!(out, "  {arrow} {name} {}", fact.other)?;
    if fact.evidence.is_empty() {
        writeln!(out, "      — {}", voice.words.get("gazetteer"))?;
    }
    fact.evidence
        .iter()
        .try_for_each(|quote| write_quote(quote, out))
}

pub(super) fn write_quote(quote: &Quote, out: &mut impl Write) -> Result<()> {
    let Quote {
        document,
        span,
        text,
    } = quote;
    let text = text.replace(['\n', '\r'], " ");
    writeln!(
        out,
        "      「{text}」 — {document}#char={},{}",
        span.start, span.end
    )?;
    Ok(())
}

fn write_number(number: &Number, voice: &Voice, out: &mut impl Write) -> Result<()> {
    let observation = &number.observation;
    let period = observation.period.as_deref().unwrap_or_default();
    let value = observation.value;
    let text = observation.anchor.replace(['\n', '\r'], " ");
    let also = if number.reprints.is_empty() {
        String::new()
    } else {
        let reprints = number.reprints.join(", ");
        format!(" {}", voice.words.fill("reprinted", &[&reprints]))
    };
    writeln!(
        out,
        "  {} = {value} {} {} {period}\n      「{text}」 — {}#char={},{}{also}",
        number.indicator,
        observation.unit,
        observation.qualifier.name(),
        number.document,
        observation.span.start,
        observation.span.end,
    )?;
    Ok(())
}
