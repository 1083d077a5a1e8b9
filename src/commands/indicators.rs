//! `indicators`: which wordings were aligned with which indicator, and why; or the scheme itself.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use comfy_table::{ContentArrangement, presets};
use graph::Lang;
use ontology::iri::Iris;
use query::indicators::{Used, csv, scheme_turtle, used};

use super::Voice;
use crate::arguments::{Indicators, IndicatorsFormat};

pub(super) fn run(options: &Indicators, voice: &Voice) -> Result<ExitCode> {
    let mut out = super::output(None)?;
    if options.scheme {
        out.write_all(&scheme_turtle(&Iris::default())?)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let graph = super::open_graph(&options.kb)?;
    let mut list = used(&graph)?;
    if let Some(name) = &options.name {
        list.retain(|one| one.is_called(name));
    }
    match options.format {
        IndicatorsFormat::Table => table(&list, voice, &mut out)?,
        IndicatorsFormat::Csv => out.write_all(csv(&list)?.as_bytes())?,
        IndicatorsFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&list)?)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn table(list: &[Used], voice: &Voice, out: &mut impl Write) -> Result<()> {
    let words = &voice.words;
    let header = [
        "indicator",
        "wording",
        "unit",
        "count",
        "why",
        "matched",
        "score",
    ];
    let mut drawn = comfy_table::Table::new();
    drawn
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header.map(|key| words.get(key)));
    for one in list {
        let label = match words.lang {
            Lang::Zh => &one.label,
            Lang::En => one.label_en.as_ref().unwrap_or(&one.label),
        };
        let score = one
            .score
            .map_or_else(String::new, |score| format!("{score:.2}"));
        drawn.add_row([
            label.clone(),
            one.wording.clone(),
            one.unit.clone(),
            one.count.to_string(),
            words.get(one.why.name()).to_owned(),
            one.matched.clone().unwrap_or_default(),
            score,
        ]);
    }
    writeln!(out, "{drawn}")?;
    Ok(())
}
