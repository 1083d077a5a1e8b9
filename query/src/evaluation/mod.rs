//! Takes a linked graph and hand-made answers, returns how far they agree.
//!
//! Everything is counted document by document. Entities are matched one to one by name (or accepted
//! alias) and class, places by code where both have one; relations follow the matched entities;
//! observations are matched one to one by value and unit. An answer marked optional counts neither
//! way. The graph is read as a reader of its RDF would: merged names, each document's own
//! relations.
//!
//! The counts are those of the acceptance checks' scorer, which reads the exported RDF; a test holds
//! the two together on frozen records (`query/src/evaluation/tests/`). Where that scorer depends on
//! the order in which its store hands things out, the same order is taken here, by IRI.

mod counts;
mod entities;
mod found;
mod gold;
mod observations;
mod relations;
mod text;

use std::collections::BTreeMap;

use graph::KnowledgeGraph;
use ontology::record::{EntityClass, Predicate};
use serde::Serialize;
use thiserror::Error;

pub use counts::{Counts, Share};
pub use gold::{Gold, GoldEntity, GoldError, GoldObservation, GoldRelation};
pub use observations::Attributes;

use self::found::Found;

/// Why a graph cannot be held against the answers.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EvaluationError {
    /// Answers are found by a document's name.
    #[error(
        "the documents {first} and {second} have one name for the gold files: evaluate them apart"
    )]
    SameName {
        /// Id of a document.
        first: String,
        /// Id of another.
        second: String,
    },
    /// Nothing can be compared.
    #[error("no document has a gold file: {missing} is for none of them")]
    NoDocument {
        /// The documents that the gold files are for.
        missing: String,
    },
}

/// What kind of mistake it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultKind {
    /// Found, but no answer.
    Superfluous,
    /// An answer that was not found.
    Missing,
    /// Found, but not in every respect as the answer has it.
    Inexact,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// Name of the document, as its gold file has it.
    pub document: String,
    /// What kind of mistake.
    pub kind: FaultKind,
    /// Class, relation, `observation`, `about`, `date` or `link`.
    pub of: &'static str,
    /// What was found, or what is missing; for what is inexact the answer and what was found.
    pub text: String,
}

/// Gold class → found class → entities; `none` stands for no answer and for nothing found.
pub type Confusion = BTreeMap<&'static str, BTreeMap<&'static str, u32>>;

/// The name under which [`Confusion`] counts what has no counterpart.
pub const NONE: &str = "none";

/// How far a graph and the answers agree.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Evaluation {
    /// Spans that lie in their document and say what they are said to say, in all documents.
    pub spans: Share,
    /// Gold files.
    pub documents: u32,
    /// Documents with the right main region.
    pub about: Share,
    /// Documents with the right date, of those that have one.
    pub date: Share,
    /// Entities of every class.
    pub entities: Counts,
    /// Places with the right code, of those that have one.
    pub place_linking: Share,
    /// Relations of every kind.
    pub relations: Counts,
    /// Observations by value and unit.
    pub observations_found: Counts,
    /// Observations with indicator, qualifier and area right as well.
    pub observations_full: Counts,
    /// Pairs of observations of two documents that share an indicator.
    pub alignment: Counts,
    /// Of the observations found, what is right about them.
    pub observation_attributes: Attributes,
    /// Entities by class.
    pub by_type: BTreeMap<&'static str, Counts>,
    /// Relations by kind.
    pub by_relation: BTreeMap<&'static str, Counts>,
    /// Which classes are taken for which.
    pub confusion: Confusion,
    /// Every mistake, document by document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// Gold files whose document is not in the graph; all their answers count as missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
}

/// Counts how far the graph and the answers agree; documents without answers are left out.
///
/// # Errors
/// [`EvaluationError`] where two documents have one name or no document has answers.
///
/// # Complexity
/// O(found × answers) within each document.
pub fn evaluate(graph: &KnowledgeGraph, gold: &[Gold]) -> Result<Evaluation, EvaluationError> {
    let found = found::documents(graph)?;
    let none = Found::default();
    let mut total = Evaluation {
        spans: found::spans(graph),
        by_type: EntityClass::ALL
            .map(|class| (class.name(), Counts::default()))
            .into(),
        by_relation: scored_predicates()
            .map(|predicate| (predicate.name(), Counts::default()))
            .collect(),
        ..Evaluation::default()
    };
    let mut matched = Vec::new();
    for answers in gold {
        let document = found.get(answers.doc.as_str()).unwrap_or_else(|| {
            total.absent.push(answers.doc.clone());
            &none
        });
        metadata(document, answers, &mut total);
        let pairs = entities::score(document, answers, &mut total);
        relations::score(document, answers, &pairs, &mut total);
        matched.extend(observations::score(document, answers, &mut total));
    }
    if total.absent.len() == gold.len() {
        let missing = total.absent.join(", ");
        return Err(EvaluationError::NoDocument { missing });
    }
    total.alignment = observations::alignment(&matched);
    for counts in total.by_type.values() {
        total.entities.add(*counts);
    }
    for counts in total.by_relation.values() {
        total.relations.add(*counts);
    }
    Ok(total)
}

/// The relations that are compared: what lies in what is the gazetteer's knowledge, not the document's.
fn scored_predicates() -> impl Iterator<Item = Predicate> {
    Predicate::ALL
        .into_iter()
        .filter(|predicate| *predicate != Predicate::PartOf)
}

fn metadata(document: &Found<'_>, answers: &Gold, total: &mut Evaluation) {
    total.documents += 1;
    let about = answers.about.is_some() && document.about == answers.about.as_deref();
    total.about.add(about);
    if !about {
        let right = or_none(answers.about.as_deref());
        let text = format!("{right}, found {}", or_none(document.about));
        total.fault(answers, FaultKind::Inexact, "about", text);
    }
    if let Some(published) = answers.published.as_deref().filter(|date| !date.is_empty()) {
        let right = document.date == Some(published);
        total.date.add(right);
        if !right {
            let text = format!("{published}, found {}", or_none(document.date));
            total.fault(answers, FaultKind::Inexact, "date", text);
        }
    }
}

fn or_none(text: Option<&str>) -> &str {
    text.unwrap_or(NONE)
}

impl Evaluation {
    fn fault(&mut self, gold: &Gold, kind: FaultKind, of: &'static str, text: String) {
        self.errors.push(Fault {
            document: gold.doc.clone(),
            kind,
            of,
            text,
        });
    }
}

#[cfg(test)]
mod tests;
