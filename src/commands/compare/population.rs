//! Takes a table of regions and inhabitants, returns the inhabitants by region.
//!
//! One region a line: its code, full name or alias, then a comma or tab, then the number, in full or with 万 (98.5万). A first line
//! without a number is a heading; blank lines and lines that start with # say nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use graph::KnowledgeGraph;
use ontology::gazetteer::Gazetteer;
use ontology::record::EntityKey;
use query::summary::resolve_region;

/// Reads the file; regions that the knowledge base does not know are left out, since a table may list all
/// of a province.
pub(super) fn read(
    path: &Path,
    graph: &KnowledgeGraph,
    gazetteer: &Gazetteer,
) -> Result<BTreeMap<EntityKey, u32>> {
    let text = fs::read_to_string(path).with_context(|| {
        format!(
            "cannot read the population {}; check the path",
            path.display()
        )
    })?;
    let mut population = BTreeMap::new();
    for (number, line) in (1_usize..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((name, people)) = line.split_once(['\t', ',', '，']) else {
            bail!("{}:{number}: no region and number: {line}", path.display());
        };
        let Some(people) = inhabitants(people) else {
            if number == 1 {
                continue;
            }
            bail!(
                "{}:{number}: {people} is no number of inhabitants",
                path.display()
            );
        };
        if let query::summary::Resolution::Found(key) =
            resolve_region(graph, gazetteer, name.trim())
        {
            population.insert(key, people);
        }
    }
    Ok(population)
}

/// Reads a number of people: digits with separators, or a decimal with 万.
fn inhabitants(text: &str) -> Option<u32> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !"\",，人".contains(*c))
        .collect();
    match digits.strip_suffix('万') {
        None => digits.parse().ok(),
        Some(count) => {
            let (whole, decimals) = count.split_once('.').unwrap_or((count, ""));
            if decimals.len() > 4 || !decimals.chars().all(|c| c.is_ascii_digit()) {
                return None;
            }
            let whole: u32 = whole.parse().ok()?;
            let rest: u32 = format!("{decimals:0<4}").parse().ok()?;
            whole.checked_mul(10_000)?.checked_add(rest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inhabitants_are_read_in_full_and_with_wan() {
        for (text, expected) in [
            ("951866", Some(951_866)),
            (" 951,866人", Some(951_866)),
            ("95.19万", Some(951_900)),
            ("120万", Some(1_200_000)),
            ("人口", None),
            ("1.23456万", None),
            ("999999999万", None),
            ("-5", None),
        ] {
            assert_eq!(inhabitants(text), expected, "{text}");
        }
    }
}
