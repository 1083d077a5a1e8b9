//! Takes a [`KnowledgeGraph`], returns its quads as the graph's contract lays them out.
//!
//! The default graph holds the knowledge (each triple once), one named graph per document its
//! evidence, and the run's graph how all was made. Nothing depends on the clock or on the order of
//! work. Quads are handed to a sink one by one; some are handed over twice (two documents saying the
//! same), which [`crate::canonical`] takes out.

mod document;
mod entity;
mod geometry;
mod observation;
mod relation;
mod run;
mod term;

use std::io;

use graph::KnowledgeGraph;
use ontology::gazetteer::GazetteerError;
use ontology::indicator::{IndicatorError, Scheme};
use ontology::iri::Iris;
use ontology::vocab;
use oxigraph::io::{RdfFormat, RdfParser, RdfSyntaxError};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use term::decimal;

/// How much evidence the documents' graphs hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// One triple a mention, three a statement.
    #[default]
    Compact,
    /// The rule or entry and the confidence of each as well.
    Full,
}

/// A pack of knowledge that the run used besides what is built in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// SHA-256 of its content in lower-case hexadecimal.
    pub sha256: String,
}

/// What made the graph; it stands in the run's graph, so it must not hold a time or a machine.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RunInfo {
    /// Version of the tool.
    pub tool_version: String,
    /// Packs and configuration, in any order.
    #[serde(default)]
    pub packs: Vec<Pack>,
}

/// Why the quads could not be written.
#[derive(Debug, Error)]
pub enum RdfError {
    /// The vocabulary that is built in is no Turtle.
    #[error("the built-in vocabulary cannot be read: {0}")]
    Vocabulary(#[from] RdfSyntaxError),
    /// The indicator scheme that is built in is broken.
    #[error("the built-in indicators cannot be read: {0}")]
    Indicators(#[from] IndicatorError),
    /// The gazetteer that is built in is broken.
    #[error("the built-in gazetteer cannot be read: {0}")]
    Gazetteer(#[from] GazetteerError),
    /// The receiver of the quads failed.
    #[error("the quads cannot be written: {0}")]
    Sink(#[from] io::Error),
}

/// Hands every quad of the graph to `sink`, in an order that is the same for the same graph.
///
/// # Errors
/// [`RdfError::Sink`] where the sink fails, the others where built-in data is broken.
pub fn write_quads(
    graph: &KnowledgeGraph,
    run: &RunInfo,
    iris: &Iris,
    evidence: Evidence,
    sink: &mut impl FnMut(Quad) -> io::Result<()>,
) -> Result<(), RdfError> {
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(vocab::ONTOLOGY) {
        sink(quad?)?;
    }
    let mut writer = Writer {
        iris,
        evidence,
        sink,
    };
    observation::write_scheme(graph, &mut writer)?;
    entity::write(graph, &mut writer)?;
    geometry::write(graph, &mut writer)?;
    relation::write(graph, &mut writer)?;
    let scheme = Scheme::shared()?;
    for extraction in graph.documents() {
        let original = graph.original_of(&extraction.document.sha256);
        document::write(extraction, original, &mut writer)?;
        observation::write(extraction, scheme, &mut writer)?;
    }
    run::write(graph, run, &mut writer)?;
    Ok(())
}

/// Hands the whole indicator scheme to `sink`, used or not, in SKOS; a theme comes once for each of its indicators.
///
/// # Errors
/// [`RdfError::Sink`] where the sink fails, [`RdfError::Indicators`] where the scheme is broken.
pub fn write_scheme(
    iris: &Iris,
    sink: &mut impl FnMut(Quad) -> io::Result<()>,
) -> Result<(), RdfError> {
    let mut writer = Writer {
        iris,
        evidence: Evidence::Compact,
        sink,
    };
    observation::write_whole_scheme(&mut writer)
}

/// Where quads go: knows the base of the IRIs and how much evidence is wanted.
struct Writer<'a> {
    iris: &'a Iris,
    evidence: Evidence,
    sink: &'a mut dyn FnMut(Quad) -> io::Result<()>,
}

impl Writer<'_> {
    /// Writes a triple of the default graph.
    fn fact(
        &mut self,
        subject: &NamedNode,
        predicate: &'static str,
        object: impl Into<Term>,
    ) -> io::Result<()> {
        self.quad(subject, predicate, object.into(), GraphName::DefaultGraph)
    }

    /// Writes a triple of a named graph.
    fn evidence(
        &mut self,
        graph: &NamedNode,
        subject: &NamedNode,
        predicate: &'static str,
        object: impl Into<Term>,
    ) -> io::Result<()> {
        self.quad(
            subject,
            predicate,
            object.into(),
            GraphName::NamedNode(graph.clone()),
        )
    }

    /// Writes which rule made an evidence node and how sure it is, where that is wanted.
    fn rule(
        &mut self,
        graph: &NamedNode,
        node: &NamedNode,
        rule: &str,
        confidence: f64,
    ) -> io::Result<()> {
        if self.evidence == Evidence::Full {
            self.evidence(graph, node, vocab::fz::RECOGNISED_BY, term::text(rule))?;
            if let Some(confidence) = decimal(confidence) {
                self.evidence(graph, node, vocab::itsrdf::TA_CONFIDENCE, confidence)?;
            }
        }
        Ok(())
    }

    fn quad(
        &mut self,
        subject: &NamedNode,
        predicate: &'static str,
        object: Term,
        graph: GraphName,
    ) -> io::Result<()> {
        let subject = NamedOrBlankNode::NamedNode(subject.clone());
        (self.sink)(Quad::new(subject, term::node(predicate), object, graph))
    }
}

#[cfg(test)]
mod tests;
