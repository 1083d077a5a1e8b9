//! `info`: what a knowledge base holds.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use comfy_table::presets;
use graph::Terms;
use ontology::record::EntityClass;
use query::kb::Manifest;

use super::Voice;
use crate::arguments::KnowledgeBaseArgument;

pub(super) fn run(options: &KnowledgeBaseArgument, voice: &Voice) -> Result<ExitCode> {
    let kb = super::open(options)?;
    let mut out = super::output(None)?;
    write(kb.manifest(), voice, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn write(manifest: &Manifest, voice: &Voice, out: &mut impl Write) -> Result<()> {
    let words = &voice.words;
    let summary = &manifest.summary;
    for (key, count) in [
        ("documents", summary.documents.len()),
        ("reprints", summary.reprints),
        ("entities", summary.entities),
        ("relations", summary.relations),
        ("observations", summary.observations),
        ("indicators", summary.indicators),
        ("quads", manifest.quads),
    ] {
        writeln!(out, "{}\t{count}", words.get(key))?;
    }
    writeln!(
        out,
        "{}\t{}",
        words.get("version"),
        manifest.run.tool_version
    )?;
    writeln!(out, "{}\t{}\n", words.get("digest"), manifest.digest)?;
    let terms = Terms::shared()?;
    let class = |class: EntityClass| terms.class(class, words.lang).to_owned();
    let classes = EntityClass::ALL.map(|one| {
        let count = summary.classes.get(&one).copied().unwrap_or_default();
        vec![class(one), count.to_string()]
    });
    table(
        out,
        &[words.get("class"), words.get("count")],
        classes.into_iter(),
    )?;
    let mut header = vec![
        words.get("region").to_owned(),
        words.get("documents").to_owned(),
    ];
    header.extend(EntityClass::ALL.map(class));
    header.push(words.get("observations").to_owned());
    let regions = summary.regions.iter().map(|region| {
        let mut row = vec![region.label.clone(), region.documents.to_string()];
        row.extend(EntityClass::ALL.map(|one| {
            region
                .classes
                .get(&one)
                .copied()
                .unwrap_or_default()
                .to_string()
        }));
        row.push(region.observations.to_string());
        row
    });
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(out, &header, regions)?;
    let keys = [
        "document",
        "region",
        "published",
        "entities",
        "statements",
        "observations",
    ];
    let documents = summary.documents.iter().map(|document| {
        vec![
            document.id.clone(),
            document.region.clone().unwrap_or_default(),
            document.published.clone().unwrap_or_default(),
            document.entities.to_string(),
            document.statements.to_string(),
            document.observations.to_string(),
        ]
    });
    table(out, &keys.map(|key| words.get(key)), documents)
}

fn table(
    out: &mut impl Write,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<()> {
    let mut drawn = comfy_table::Table::new();
    drawn
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_header(header);
    for row in rows {
        drawn.add_row(row);
    }
    writeln!(out, "{drawn}\n")?;
    Ok(())
}
