//! Runs the table of homonyms: every mention of a name must have its code or none, and a row that is
//! not marked open must have it.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::Ingester;
use crate::read::{Metadata, Reading};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    text: String,
    date: Option<String>,
    links: Vec<(String, String)>,
    open: Option<String>,
}

/// Gives the codes that the mentions of a surface have.
fn codes(ingester: &Ingester, row: &Row, surface: &str) -> BTreeSet<String> {
    let metadata = Metadata {
        published: row.date.clone(),
        ..Metadata::default()
    };
    let extraction = ingester.extract_reading(Reading::new("row", &row.text, metadata));
    extraction
        .mentions
        .iter()
        // The last place of a chain spans it.
        .filter(|mention| mention.surface.ends_with(surface))
        .filter_map(|mention| mention.entity.as_str().strip_prefix("place/"))
        .filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn homonyms_have_their_code_or_none() {
    let table: Table = toml::from_str(include_str!("homonym.toml")).unwrap();
    let ingester = Ingester::new(&[]).unwrap();
    let mut faults = Vec::new();
    for row in &table.row {
        let mut missing = 0;
        for (surface, code) in &row.links {
            let found = codes(&ingester, row, surface);
            let right = found.iter().eq(Some(code).filter(|code| !code.is_empty()));
            missing += usize::from(!right);
            if !right && (!found.is_empty() || row.open.is_none()) {
                faults.push(format!("{}: {surface} {code:?}, found {found:?}", row.text));
            }
        }
        if row.open.is_some() && missing == 0 {
            faults.push(format!("{}: holds, so it is not open", row.text));
        }
    }
    assert!(table.row.len() >= 40);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Regions {
    row: Vec<Region>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    text: String,
    code: String,
}

#[test]
fn a_document_is_about_one_region() {
    let table: Regions = toml::from_str(include_str!("region.toml")).unwrap();
    let ingester = Ingester::new(&[]).unwrap();
    let mut faults = Vec::new();
    for row in &table.row {
        let about = ingester.extract_text("row", &row.text).document.about;
        let found = about.as_ref().map_or("", |key| key.as_str());
        if found.trim_start_matches("place/") != row.code {
            faults.push(format!("{}: {:?}, found {found:?}", row.text, row.code));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
