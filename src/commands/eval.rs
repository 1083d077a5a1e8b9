//! `eval`: documents and hand-made answers → precision, recall, F1, mistakes.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use comfy_table::{CellAlignment, Table, presets};
use graph::{KnowledgeGraph, Terms};
use ontology::gazetteer::Gazetteer;
use ontology::record::{EntityClass, Predicate};
use query::evaluation::{Counts, Evaluation, Fault, FaultKind, Gold, NONE, Share, evaluate};

use super::{Voice, extract};
use crate::arguments::{Eval, FiguresFormat};

pub(super) fn run(options: &Eval, voice: &Voice) -> Result<ExitCode> {
    // A mistyped folder is told before the documents are read.
    let gold = Gold::read_all(&options.gold)?;
    let prepared = extract::prepare(&options.reading, voice)?;
    let extract::Prepared {
        ingester,
        sources,
        options: how,
        failed: unread,
    } = prepared;
    let batch = extract::extract(&ingester, &sources, &how, &options.reading, voice)?;
    if batch.extractions.is_empty() {
        bail!("no document could be read, nothing is evaluated: see the reasons above");
    }
    let graph = KnowledgeGraph::build(batch.extractions, Gazetteer::shared()?);
    let mut found = evaluate(&graph, &gold)?;
    let absent = std::mem::take(&mut found.absent);
    for document in &absent {
        let line = voice.words.fill("absent", &[document]);
        // There is nowhere to report that stderr is closed.
        let _ = writeln!(io::stderr(), "{line}");
    }
    let mut out = super::output(None)?;
    match options.format {
        FiguresFormat::Table => write(&found, options.errors, voice, &mut out)?,
        FiguresFormat::Json => {
            if !options.errors {
                found.errors.clear();
            }
            found.absent.clone_from(&absent);
            serde_json::to_writer_pretty(&mut out, &found).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(extract::code(unread + batch.failed + absent.len()))
}

fn write(found: &Evaluation, errors: bool, voice: &Voice, out: &mut impl Write) -> Result<()> {
    let (words, terms) = (&voice.words, Terms::shared()?);
    let mut figures = table(&["", "P", "R", "F1", "tp", "fp", "fn"]);
    let lang = words.lang;
    let all = |key: &str| words.get(key).to_owned();
    figures.add_row(row(&all("entities"), found.entities));
    for (name, counts) in EntityClass::ALL
        .into_iter()
        .filter_map(|class| Some((class, found.by_type.get(class.name())?)))
        .filter(|(_, counts)| **counts != Counts::default())
    {
        let name = format!("  {}", terms.class(name, lang));
        figures.add_row(row(&name, *counts));
    }
    figures.add_row(row(&all("relations"), found.relations));
    for (name, counts) in Predicate::ALL
        .into_iter()
        .filter_map(|predicate| Some((predicate, found.by_relation.get(predicate.name())?)))
        .filter(|(_, counts)| **counts != Counts::default())
    {
        let name = format!("  {}", terms.predicate(name, lang));
        figures.add_row(row(&name, *counts));
    }
    figures.add_row(row(&all("observations_found"), found.observations_found));
    figures.add_row(row(&all("observations_full"), found.observations_full));
    figures.add_row(row(&all("alignment"), found.alignment));
    writeln!(out, "{figures}\n")?;
    write_shares(found, voice, out)?;
    write_confusion(found, voice, terms, out)?;
    if errors {
        writeln!(out)?;
        found
            .errors
            .iter()
            .try_for_each(|fault| write_fault(fault, out))?;
    }
    Ok(())
}

fn table(header: &[&str]) -> Table {
    let mut drawn = Table::new();
    drawn
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_header(header);
    for column in drawn.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    drawn
}

fn row(name: &str, counts: Counts) -> Vec<String> {
    let shares = [counts.precision(), counts.recall(), counts.f1()];
    let mut row = vec![name.to_owned()];
    row.extend(shares.map(shown));
    row.extend([counts.right, counts.superfluous, counts.missing].map(|count| count.to_string()));
    row
}

fn shown(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"))
}

fn write_shares(found: &Evaluation, voice: &Voice, out: &mut impl Write) -> Result<()> {
    let attributes = &found.observation_attributes;
    let shares: [(&str, Share); 8] = [
        ("main_region", found.about),
        ("published", found.date),
        ("place_linking", found.place_linking),
        ("spans", found.spans),
        ("keyword", attributes.keyword),
        ("qualifier", attributes.qualifier),
        ("area", attributes.area),
        ("period", attributes.period),
    ];
    let mut drawn = table(&["", "", ""]);
    for (key, share) in shares {
        let count = format!("{}/{}", share.right, share.of);
        drawn.add_row(vec![
            voice.words.get(key).to_owned(),
            shown(share.value()),
            count,
        ]);
    }
    writeln!(out, "{drawn}\n")?;
    Ok(())
}

/// Rows are the answers' classes, columns those that were found.
fn write_confusion(
    found: &Evaluation,
    voice: &Voice,
    terms: &Terms,
    out: &mut impl Write,
) -> Result<()> {
    let words = &voice.words;
    let classes: Vec<(&str, String)> = EntityClass::ALL
        .into_iter()
        .map(|class| (class.name(), terms.class(class, words.lang).to_owned()))
        .chain([(NONE, words.get("none").to_owned())])
        .collect();
    let corner = words.get("confusion");
    let header: Vec<&str> = std::iter::once(corner)
        .chain(classes.iter().map(|(_, shown)| shown.as_str()))
        .collect();
    let mut drawn = table(&header);
    for (gold, name) in &classes {
        let cells = classes.iter().map(|(class, _)| {
            let count = found.confusion.get(gold).and_then(|row| row.get(class));
            count.map_or_else(|| "·".to_owned(), u32::to_string)
        });
        drawn.add_row(std::iter::once(name.clone()).chain(cells));
    }
    writeln!(out, "{drawn}")?;
    Ok(())
}

fn write_fault(fault: &Fault, out: &mut impl Write) -> Result<()> {
    let sign = match fault.kind {
        FaultKind::Superfluous => "+",
        FaultKind::Missing => "-",
        FaultKind::Inexact => "~",
    };
    let text = fault.text.replace(['\n', '\r'], " ");
    writeln!(out, "{} {sign} {:13} {text}", fault.document, fault.of)?;
    Ok(())
}
