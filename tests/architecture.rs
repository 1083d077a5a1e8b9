//! What the papers say of the checkout: paths exist, lints are inherited, arrows point one way, knowledge stands in data.
#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

/// A Rust file with more Chinese string literals than this holds knowledge that belongs in `ontology/`.
const MOST_CHINESE_LITERALS: usize = 12;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

fn manifest(folder: &str) -> Table {
    let path = if folder == "." {
        "Cargo.toml".to_owned()
    } else {
        format!("{folder}/Cargo.toml")
    };
    read(&path)
        .parse()
        .unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

/// Gives the workspace's members, as folders.
fn members() -> Vec<String> {
    let members = manifest(".")["workspace"]["members"]
        .as_array()
        .unwrap()
        .clone();
    members
        .iter()
        .map(|member| member.as_str().unwrap().to_owned())
        .collect()
}

/// Gives the files below a folder with this extension, hidden folders and build output left out.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && name != "target" && name != "demo" {
                found.extend(files(&path, extension));
            }
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Gives what stands between single backticks outside code blocks.
fn code_spans(markdown: &str) -> Vec<String> {
    let prose = markdown
        .split("```")
        .step_by(2)
        .collect::<Vec<_>>()
        .join("\n");
    prose
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Gives the targets of links and pictures that are files of the checkout.
fn links(markdown: &str) -> Vec<String> {
    let targets = markdown
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'));
    let targets = targets.map(|(target, _)| target.split('#').next().unwrap_or_default());
    let files = targets.filter(|target| !target.is_empty() && !target.contains("://"));
    files.map(str::to_owned).collect()
}

#[test]
fn architecture_is_one_page_and_its_paths_exist() {
    let page = read("ARCHITECTURE.md");
    assert!(page.lines().count() <= 150);
    let paths: Vec<String> = code_spans(&page)
        .into_iter()
        .filter(|span| span.contains('/') || span == "Makefile")
        .filter(|span| !span.starts_with("DIR/"))
        .collect();
    assert!(paths.len() > 20, "{paths:?}");
    let dead: Vec<&String> = paths
        .iter()
        .filter(|path| !root().join(path).exists())
        .collect();
    assert!(
        dead.is_empty(),
        "ARCHITECTURE.md names what does not exist: {dead:?}"
    );
}

#[test]
fn links_in_the_papers_lead_somewhere() {
    let mut dead = Vec::new();
    for page in files(root(), "md") {
        let folder = page.parent().unwrap();
        let text = fs::read_to_string(&page).unwrap();
        let missing = links(&text)
            .into_iter()
            .filter(|link| !folder.join(link).exists());
        dead.extend(missing.map(|link| format!("{}: {link}", page.display())));
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn the_readme_starts_with_the_two_commands() {
    for page in ["README.md", "README.zh.md"] {
        let text = read(page);
        let first_screen = text.lines().take(40).collect::<Vec<_>>().join("\n");
        assert!(
            first_screen.contains("make demo") && first_screen.contains("make test"),
            "{page}"
        );
    }
}

#[test]
fn every_member_inherits_the_lints() {
    for member in members() {
        let inherits = manifest(&member)
            .get("lints")
            .and_then(|lints| lints.get("workspace")?.as_bool());
        assert_eq!(
            inherits,
            Some(true),
            "{member}/Cargo.toml: [lints] workspace = true"
        );
    }
}

#[test]
fn plain_cargo_commands_reach_every_member() {
    let workspace = manifest(".");
    assert_eq!(
        workspace["workspace"]["members"],
        workspace["workspace"]["default-members"]
    );
}

/// Gives the members that a member depends on, for building or testing.
fn member_dependencies(member: &str) -> BTreeSet<String> {
    let manifest = manifest(member);
    let kinds = ["dependencies", "build-dependencies", "dev-dependencies"];
    let tables = kinds
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table());
    let names: BTreeSet<String> = tables.flat_map(|table| table.keys().cloned()).collect();
    let members: BTreeSet<String> = members().into_iter().collect();
    names.intersection(&members).cloned().collect()
}

#[test]
fn dependencies_point_one_way() {
    for (member, allowed) in [
        ("ontology", vec![]),
        ("ingest", vec!["ontology"]),
        ("graph", vec!["ontology"]),
        ("query", vec!["graph", "ontology"]),
        (".", vec!["graph", "ingest", "ontology", "query"]),
    ] {
        let found = member_dependencies(member);
        let allowed: BTreeSet<String> = allowed.into_iter().map(str::to_owned).collect();
        assert!(
            found.is_subset(&allowed),
            "{member} may use {allowed:?}, it uses {found:?}"
        );
    }
    assert_eq!(
        members().len(),
        5,
        "a new crate needs a line above and in ARCHITECTURE.md"
    );
}

/// Counts the string literals with two or more Chinese characters, tests and comments left out.
fn chinese_literals(source: &str) -> usize {
    let body = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut count = 0;
    for line in body.lines() {
        let code = line.split("//").next().unwrap_or_default();
        // An escaped quotation mark does not end a literal.
        let code = code.replace("\\\\", "").replace("\\\"", "");
        let literals = code.split('"').skip(1).step_by(2);
        count += literals
            .filter(|literal| literal.chars().filter(is_chinese).count() >= 2)
            .count();
    }
    count
}

fn is_chinese(character: &char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(character)
}

#[test]
fn knowledge_stands_in_data() {
    let mut faults = Vec::new();
    for member in members() {
        let folder = if member == "." {
            root().join("src")
        } else {
            root().join(&member)
        };
        for file in files(&folder, "rs") {
            let path = file
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .into_owned();
            if path.contains("/tests") {
                continue;
            }
            let count = chinese_literals(&fs::read_to_string(&file).unwrap());
            if count > MOST_CHINESE_LITERALS {
                faults.push(format!(
                    "{path}: {count} Chinese literals; put the words into ontology/"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn chinese_literals_are_counted_as_a_reader_would() {
    assert_eq!(
        chinese_literals("let a = [\"红色\", \"\\\"遗址\\\"\", \"市\"]; // \"注释\""),
        2
    );
    assert_eq!(
        chinese_literals("fn a() {}\n#[cfg(test)]\nmod tests { const A: &str = \"白山\"; }"),
        0
    );
}
