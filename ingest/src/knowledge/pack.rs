//! Takes a user's folder of word lists, returns their rows, checked as strictly as what is built in.
//!
//! A pack is laid out like `ontology/lexicon/`. What would be silently without effect is an error:
//! a file that is no list, a column that its list does not have, a value that no rule knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ontology::gazetteer::Gazetteer;
use ontology::lexicon::{self, LexiconError, Row, Table};
use ontology::record::EntityClass;
use sha2::{Digest, Sha256};

use super::{Entry, KnowledgeError, List, PackDigest, WORDS, table_entries};
use crate::normalise::Simplifier;

/// Columns whose values are words of the rules: a pack may use those that the built-in list uses.
const CLOSED: [&str; 14] = [
    "strength",
    "side",
    "office",
    "level",
    "bare",
    "meaning",
    "sense",
    "position",
    "rank",
    "keep",
    "tag",
    "relation",
    "qualifier",
    "dimension",
];

/// Columns for readers.
const REMARKS: [&str; 2] = ["note", "reason"];

/// Columns that hold codes of the gazetteer.
const CODES: [&str; 3] = ["code", "place", "province"];

/// The rows and the digest of one pack.
#[derive(Debug)]
pub(super) struct Pack {
    /// By list, in the order of the file.
    pub(super) entries: BTreeMap<List, Vec<Entry>>,
    /// Words for the segmenter, with their tags.
    pub(super) words: Vec<(String, String)>,
    pub(super) digest: PackDigest,
}

impl Pack {
    pub(super) fn load(dir: &Path, simplifier: &Simplifier) -> Result<Self, KnowledgeError> {
        let mut hash = Sha256::new();
        let mut pack = Self {
            entries: BTreeMap::new(),
            words: Vec::new(),
            digest: PackDigest {
                name: dir
                    .file_name()
                    .unwrap_or(dir.as_os_str())
                    .to_string_lossy()
                    .into_owned(),
                sha256: String::new(),
            },
        };
        let files = files(dir)?;
        if files.is_empty() {
            return Err(fault(dir, "the pack holds no list", "*/*.tsv").into());
        }
        for (path, file) in files {
            let text = fs::read_to_string(&file).map_err(unreadable(&file))?;
            hash.update(format!("{path} {}\n", text.len()));
            hash.update(&text);
            let table = Table::parse(&file.to_string_lossy(), &text)?;
            let list = List::ALL.iter().find(|(_, known)| *known == path);
            if list.is_none() && path != WORDS {
                return Err(no_list(&path, &file).into());
            }
            let names = list.is_some_and(|(list, _)| list.class().is_some());
            check(&table, &lexicon::table(&path)?, names)?;
            if let Some(&(list, _)) = list {
                let entries = entries(list, &table, simplifier)?;
                pack.words.extend(words(list, &entries));
                pack.entries.insert(list, entries);
            } else {
                pack.words.extend(super::tagged(&table));
            }
        }
        pack.digest.sha256 = hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Ok(pack)
    }
}

/// Finds the lists of a pack: path below it with `/`, and file, sorted.
fn files(dir: &Path) -> Result<BTreeMap<String, PathBuf>, KnowledgeError> {
    let mut found = BTreeMap::new();
    // A pack that is not there is a mistyped path, not an empty pack.
    for group in paths(dir)? {
        if !group.is_dir() {
            continue;
        }
        for file in paths(&group)? {
            if file.extension().is_some_and(|ending| ending == "tsv") {
                let [group, name] = [&group, &file]
                    .map(|path| path.file_name().unwrap_or_default().to_string_lossy());
                found.insert(format!("{group}/{name}"), file.clone());
            }
        }
    }
    Ok(found)
}

fn paths(dir: &Path) -> Result<Vec<PathBuf>, KnowledgeError> {
    let entries = fs::read_dir(dir).map_err(unreadable(dir))?;
    entries
        .map(|entry| Ok(entry.map_err(unreadable(dir))?.path()))
        .collect()
}

fn unreadable(path: &Path) -> impl Fn(std::io::Error) -> KnowledgeError {
    move |source| KnowledgeError::Pack {
        path: path.to_string_lossy().into_owned(),
        source,
    }
}

fn fault(path: &Path, message: &str, text: &str) -> LexiconError {
    LexiconError {
        file: path.to_string_lossy().into_owned(),
        line: 0,
        message: message.to_owned(),
        text: text.to_owned(),
    }
}

fn no_list(path: &str, file: &Path) -> LexiconError {
    if lexicon::files().iter().any(|(known, _)| *known == path) {
        return fault(file, "a pack cannot add to this list", path);
    }
    let group = path.split('/').next().unwrap_or_default();
    let near: Vec<&str> = List::ALL
        .iter()
        .map(|(_, known)| *known)
        .filter(|known| known.split('/').next() == Some(group))
        .collect();
    let message = if near.is_empty() {
        "there is no such list; docs/packs.md has them all".to_owned()
    } else {
        format!("there is no such list; there are {}", near.join(", "))
    };
    fault(file, &message, path)
}

/// Holds a list against the built-in one: columns, closed values, codes. In a list of names what is
/// said beside the name may be left out.
fn check(table: &Table, built_in: &Table, names: bool) -> Result<(), KnowledgeError> {
    let columns = built_in.columns();
    let strange = table
        .columns()
        .iter()
        .find(|column| !columns.contains(column));
    let Some(first) = table.rows().next() else {
        return Ok(());
    };
    if let Some(strange) = strange {
        let message = format!("no such column; there are {}", columns.join(", "));
        return Err(table.error(first, &message, strange).into());
    }
    let needed: Vec<&str> = columns
        .iter()
        .map(String::as_str)
        .filter(|column| CLOSED.contains(column) || !names && !REMARKS.contains(column))
        .filter(|column| built_in.rows().all(|row| !row.get(column).is_empty()))
        .collect();
    table.require(&needed)?;
    let gazetteer = Gazetteer::shared()?;
    for column in table.columns() {
        let known: BTreeSet<&str> = built_in.rows().map(|row| row.get(column)).collect();
        for row in table.rows() {
            let value = row.get(column);
            if value.is_empty() && needed.contains(&column.as_str()) {
                let message = format!("the field {column} is empty");
                return Err(table.error(row, &message, row.get("name")).into());
            }
            if CLOSED.contains(&column.as_str()) && !known.contains(value) {
                let known: Vec<&str> = known.into_iter().collect();
                let message = format!("{column} is one of {}", known.join(", "));
                return Err(table.error(row, &message, value).into());
            }
            let stranger = row
                .list(column)
                .find(|code| gazetteer.by_code(code).is_none());
            if let Some(code) = stranger.filter(|_| CODES.contains(&column.as_str())) {
                let message = "the gazetteer has no division with this code";
                return Err(table.error(row, message, code).into());
            }
        }
    }
    Ok(())
}

fn entries(list: List, table: &Table, simplifier: &Simplifier) -> Result<Vec<Entry>, LexiconError> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for row in table.rows().filter(|_| list.class().is_some()) {
        for name in names(row) {
            if name.chars().count() < 2 {
                let message = "a name of one character would be found everywhere";
                return Err(table.error(row, message, name));
            }
            if !seen.insert(name) {
                return Err(table.error(row, "another row has this name", name));
            }
        }
    }
    let mut entries = table_entries(list, table);
    for entry in &mut entries {
        entry.pack = true;
        if list.class().is_some() {
            simplify(entry, simplifier);
        }
    }
    Ok(entries)
}

fn names(row: &Row) -> impl Iterator<Item = &str> {
    std::iter::once(row.get("name")).chain(row.list("aliases"))
}

/// Names are looked for in Simplified text; the form of the pack stays beside, since some characters
/// are both (於 is a surname of its own).
fn simplify(entry: &mut Entry, simplifier: &Simplifier) {
    let mut others: Vec<String> = entry
        .aliases
        .iter()
        .filter_map(|alias| simplifier.simplified(alias))
        .collect();
    if let Some(name) = simplifier.simplified(&entry.name) {
        others.push(std::mem::replace(&mut entry.name, name));
    }
    others.retain(|other| *other != entry.name && !entry.aliases.contains(other));
    entry.aliases.extend(others);
}

/// Gives the names as words for the segmenter, so that it does not cut through them.
fn words(list: List, entries: &[Entry]) -> Vec<(String, String)> {
    let tag = match list.class() {
        Some(EntityClass::Place) => "ns",
        Some(EntityClass::Person) => "nr",
        Some(EntityClass::Organization) => "nt",
        Some(
            EntityClass::Program | EntityClass::RedSite | EntityClass::Work | EntityClass::Event,
        ) => "nz",
        None => return Vec::new(),
    };
    let han = |name: &&String| name.chars().all(crate::normalise::is_han);
    entries
        .iter()
        .flat_map(|entry| std::iter::once(&entry.name).chain(&entry.aliases))
        .filter(han)
        .map(|name| (name.clone(), tag.to_owned()))
        .collect()
}
