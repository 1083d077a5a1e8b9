//! Takes a folder of hand-made answers, returns them checked, sorted by file name.
//!
//! One JSON file for each document; `examples/gold/` holds some. Further keys are left alone.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ontology::record::{EntityClass, Predicate, Qualifier};
use serde::Deserialize;
use thiserror::Error;

/// Why the answers cannot be used.
#[derive(Debug, Error)]
pub enum GoldError {
    /// The folder or a file of it cannot be read.
    #[error("gold {path} cannot be read; check the path")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// There is no gold file.
    #[error("{0} holds no gold file: name a folder with one NAME.json for each document NAME.*")]
    Empty(PathBuf),
    /// A file is not of the form.
    #[error("{path}: no gold file")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Line, column and fault.
        #[source]
        source: serde_json::Error,
    },
    /// A file says something that cannot be.
    #[error("{path}: {message}: {text:?}")]
    Entry {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: &'static str,
        /// The offending text.
        text: String,
    },
}

/// The answers for one document.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Gold {
    /// The document's file name without its ending.
    pub doc: String,
    /// Code of its main region.
    pub about: Option<String>,
    /// Its date, `YYYY-MM-DD`.
    #[serde(default)]
    pub published: Option<String>,
    /// What it names.
    pub entities: Vec<GoldEntity>,
    /// What it says of that.
    pub relations: Vec<GoldRelation>,
    /// What it counts.
    pub observations: Vec<GoldObservation>,
}

/// Something that the document names.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldEntity {
    /// Its name in the file's relations.
    pub id: String,
    /// Its class.
    #[serde(rename = "type")]
    pub class: EntityClass,
    /// Its name.
    pub name: String,
    /// Further names that are as right.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Code of a place.
    #[serde(default)]
    pub adcode: Option<String>,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
}

/// `[subject, predicate, object]`, and a fourth element where it may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct GoldRelation {
    /// Id of an entity.
    pub subject: String,
    /// The relation.
    pub predicate: Predicate,
    /// Id of an entity, the text of a post, or `doc`.
    pub object: String,
    /// Whether it may be left out.
    pub optional: bool,
}

impl TryFrom<Vec<String>> for GoldRelation {
    type Error = String;

    fn try_from(fields: Vec<String>) -> Result<Self, String> {
        let optional = fields.len() > 3;
        let Ok([subject, name, object]) =
            <[String; 3]>::try_from(fields.into_iter().take(3).collect::<Vec<_>>())
        else {
            return Err("a relation is [subject, predicate, object]".to_owned());
        };
        let known = Predicate::ALL
            .into_iter()
            .find(|known| known.name() == name);
        let predicate = known.ok_or_else(|| format!("{name:?} is no relation"))?;
        Ok(Self {
            subject,
            predicate,
            object,
            optional,
        })
    }
}

/// Something that the document counts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldObservation {
    /// The text that says it.
    pub quote: String,
    /// What is counted.
    pub indicator: String,
    /// Words of which what was found must hold one; any where there are none.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The value in full.
    pub value: f64,
    /// Its unit.
    #[serde(default)]
    pub unit: Option<String>,
    /// How exact.
    pub qualifier: Qualifier,
    /// Code of the place that it holds for, or the id or name of one without a code.
    #[serde(default)]
    pub area: Option<String>,
    /// ISO 8601.
    #[serde(default)]
    pub period: Option<String>,
    /// What observations of several documents have in common.
    #[serde(default)]
    pub concept: Option<String>,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
}

impl Gold {
    /// Reads every `*.json` of a folder.
    ///
    /// # Errors
    /// [`GoldError`] naming the folder or the file, its line where it is no JSON of the form, and
    /// what stands there twice.
    pub fn read_all(dir: &Path) -> Result<Vec<Self>, GoldError> {
        let failed = |source| GoldError::Io {
            path: dir.to_owned(),
            source,
        };
        let mut paths = Vec::new();
        for entry in fs::read_dir(dir).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        if paths.is_empty() {
            return Err(GoldError::Empty(dir.to_owned()));
        }
        let mut all: Vec<Self> = Vec::with_capacity(paths.len());
        for path in paths {
            let text = fs::read_to_string(&path).map_err(|source| GoldError::Io {
                path: path.clone(),
                source,
            })?;
            let gold = Self::parse(&path, &text)?;
            if all.iter().any(|other| other.doc == gold.doc) {
                let message = "another file is for this document";
                return Err(fault(&path, message, &gold.doc));
            }
            all.push(gold);
        }
        Ok(all)
    }

    /// Parses and checks one file; the path is for messages.
    ///
    /// # Errors
    /// [`GoldError::Syntax`] and [`GoldError::Entry`].
    pub fn parse(path: &Path, text: &str) -> Result<Self, GoldError> {
        let gold: Self = serde_json::from_str(text).map_err(|source| GoldError::Syntax {
            path: path.to_owned(),
            source,
        })?;
        let mut ids = BTreeSet::new();
        for entity in &gold.entities {
            if !ids.insert(entity.id.as_str()) {
                return Err(fault(path, "two entities have this id", &entity.id));
            }
        }
        for relation in &gold.relations {
            let text = matches!(relation.predicate, Predicate::HoldsPost)
                || (relation.predicate == Predicate::AuthorOf && relation.object == "doc");
            let ends = [Some(&relation.subject), (!text).then_some(&relation.object)];
            let stranger = ends
                .into_iter()
                .flatten()
                .find(|end| !ids.contains(end.as_str()));
            if let Some(stranger) = stranger {
                let message = "a relation names an entity that the file does not have";
                return Err(fault(path, message, stranger));
            }
        }
        Ok(gold)
    }
}

fn fault(path: &Path, message: &'static str, text: &str) -> GoldError {
    GoldError::Entry {
        path: path.to_owned(),
        message,
        text: text.to_owned(),
    }
}
