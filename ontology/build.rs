//! Takes the data files of `lexicon/` and `gazetteer/`, writes what the library embeds.

#[path = "build/gazetteer.rs"]
mod gazetteer;
// The library's own parser, so that the gazetteer's files keep the same rules as the lexicon's.
#[path = "src/lexicon/table.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the build script needs a part of the library's API"
)]
mod table;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    // A fault in a data file is told as `file:line: message: text`, not as a Rust value.
    if let Err(error) = embed() {
        println!("cargo::error={error}");
    }
}

fn embed() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/lexicon/table.rs");
    embed_lexicon(&root.join("lexicon"), &out.join("lexicon_files.rs"))?;
    gazetteer::embed(&root.join("gazetteer"), &out)
}

/// Writes `static FILES` with every `*.tsv` below `folder`, sorted by path. The paths in it are
/// relative to the crate, so that the text does not depend on where the checkout is.
fn embed_lexicon(folder: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=lexicon");
    let mut paths = Vec::new();
    collect_tsv(folder, "", &mut paths)?;
    paths.sort();
    let mut code = String::from("static FILES: &[(&str, &str)] = &[\n");
    for path in paths {
        writeln!(
            code,
            "    ({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))),",
            format!("/lexicon/{path}")
        )?;
    }
    code.push_str("];\n");
    Ok(fs::write(target, code)?)
}

/// Adds the paths of all `*.tsv` below `folder`, each behind `prefix`, with `/` between parts.
fn collect_tsv(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry
            .file_name()
            .into_string()
            .map_err(|name| format!("{name:?}: not UTF-8"))?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect_tsv(&entry.path(), &format!("{prefix}{name}/"), paths)?;
        } else if name.ends_with(".tsv") && !name.starts_with('.') {
            paths.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
