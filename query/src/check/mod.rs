//! Takes a knowledge base, returns what is wrong with it: nothing, unless it was damaged or made by
//! a faulty version.
//!
//! Three kinds of checks, in this order: the files (digest, spans of every record, the graph linked
//! again from the records), the store (Oxigraph's own validation), and the queries of `checks/`,
//! each of which finds what it should not. They hold what `ontology/shapes.ttl` says in SHACL, so
//! that a user needs no validator.

mod spans;

use graph::Lang;
use ontology::gazetteer::Gazetteer;
use thiserror::Error;

use crate::canned::Question;
use crate::kb::{KbError, KnowledgeBase, canonical_form};
use crate::sparql::{self, SparqlError};

/// Why a knowledge base could not be checked at all.
#[derive(Debug, Error)]
pub enum CheckError {
    /// It cannot be read.
    #[error(transparent)]
    KnowledgeBase(#[from] KbError),
    /// A query of the checks fails.
    #[error("the check {name} cannot be made: {source}")]
    Query {
        /// Its name.
        name: &'static str,
        /// Why.
        source: Box<SparqlError>,
    },
}

/// The outcome of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What was checked.
    pub check: Check,
    /// Each thing that is wrong, in one line; empty where all is well.
    pub findings: Vec<String>,
}

/// One of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Every span lies in its text and has the words that its record says.
    Spans,
    /// The records, linked again, give the same graph.
    Rebuilt,
    /// Oxigraph's own validation; passes trivially without the on-disk store.
    Store,
    /// A query that finds what should not be there.
    Shape(Question),
}

impl Check {
    /// Gives the name by which messages call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Spans => "spans",
            Self::Rebuilt => "rebuilt",
            Self::Store => "store",
            Self::Shape(query) => query.name(),
        }
    }

    /// Gives what holds if it finds nothing, in one line.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Spans, Lang::Zh) => "每个位置都在原文之内，文字与记录一致",
            (Self::Spans, Lang::En) => {
                "every span lies in its text and has the words of its record"
            }
            (Self::Rebuilt, Lang::Zh) => "由记录重新链接，得到同一张图",
            (Self::Rebuilt, Lang::En) => "the records, linked again, give the same graph",
            (Self::Store, Lang::Zh) => "存储完好",
            (Self::Store, Lang::En) => "the store is whole",
            (Self::Shape(query), lang) => query.title(lang),
        }
    }
}

macro_rules! shapes {
    ($($number:literal $name:literal),* $(,)?) => {
        const SHAPES: &[Question] = &[$(Question::new(
            $name,
            include_str!(concat!("../../checks/", $number, "-", $name, ".rq")),
        )),*];
    };
}

shapes! {
    "01" "one-class",
    "02" "one-label",
    "03" "relation-ends",
    "04" "supported",
    "05" "evidence-asserted",
    "06" "evidence-complete",
    "07" "observations-complete",
    "08" "observations-once",
    "09" "one-value",
    "10" "no-circle",
    "11" "documents-complete",
}

/// Checks all of a knowledge base.
///
/// # Errors
/// [`CheckError::KnowledgeBase`] where a file is missing or its digest is wrong, so that nothing
/// more can be said; what can be read but is wrong is a finding.
pub fn check(kb: &KnowledgeBase, gazetteer: &Gazetteer) -> Result<Vec<Outcome>, CheckError> {
    let extractions = kb.extractions()?;
    let mut outcomes = vec![Outcome {
        check: Check::Spans,
        findings: extractions.iter().flat_map(spans::findings).collect(),
    }];
    outcomes.push(Outcome {
        check: Check::Rebuilt,
        findings: rebuilt(kb, gazetteer)?.into_iter().collect(),
    });
    let store = kb.store()?;
    outcomes.push(Outcome {
        check: Check::Store,
        findings: validated(store).into_iter().collect(),
    });
    let prefixes = kb.prefixes();
    for shape in SHAPES {
        let name = shape.name();
        let failed = |source| CheckError::Query {
            name,
            source: Box::new(source),
        };
        let table = sparql::table(store, &prefixes, shape.sparql(), None).map_err(failed)?;
        outcomes.push(Outcome {
            check: Check::Shape(*shape),
            findings: table.rows.iter().map(|row| row.join(" ")).collect(),
        });
    }
    Ok(outcomes)
}

/// Links the records again and compares digests.
fn rebuilt(kb: &KnowledgeBase, gazetteer: &Gazetteer) -> Result<Option<String>, CheckError> {
    let manifest = kb.manifest();
    let graph = kb.graph(gazetteer)?;
    let canonical = canonical_form(&graph, &manifest.run, kb.iris(), manifest.evidence)?;
    let digest = canonical.digest();
    Ok((digest != manifest.digest).then(|| {
        format!(
            "the records give the digest {digest}, the manifest has {}",
            manifest.digest
        )
    }))
}

#[cfg(feature = "rocksdb")]
fn validated(store: &oxigraph::store::Store) -> Option<String> {
    store.validate().err().map(|error| error.to_string())
}

/// A store in memory was made a moment ago from quads whose digest is right.
#[cfg(not(feature = "rocksdb"))]
fn validated(_: &oxigraph::store::Store) -> Option<String> {
    None
}

#[cfg(test)]
mod tests;
