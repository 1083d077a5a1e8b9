//! Takes a knowledge base, returns its graph in the formats that other tools read.

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSyntaxError};
use oxigraph::model::GraphName;
use thiserror::Error;

use crate::kb::{KbError, KnowledgeBase};
use crate::sparql::serializer;

/// Why a graph cannot be exported.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The knowledge base cannot be read.
    #[error(transparent)]
    KnowledgeBase(#[from] KbError),
    /// Its quads cannot be read, although their digest is right.
    #[error("the quads of the knowledge base cannot be read: {0}")]
    Quads(#[from] RdfSyntaxError),
    /// The output cannot be written.
    #[error("the export cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// Writes the canonical form: every quad of every graph as N-Quads, sorted by bytes, each once.
///
/// # Errors
/// [`ExportError::KnowledgeBase`] and [`ExportError::Output`].
pub fn nquads(kb: &KnowledgeBase, out: &mut impl Write) -> Result<(), ExportError> {
    out.write_all(&kb.canonical()?)?;
    Ok(out.flush()?)
}

/// Writes the default graph as Turtle with prefixes, sorted by subject, predicate, object.
///
/// # Errors
/// As [`nquads`], and [`ExportError::Quads`].
pub fn turtle(kb: &KnowledgeBase, out: &mut impl Write) -> Result<(), ExportError> {
    let bytes = kb.canonical()?;
    let mut writer = serializer(RdfFormat::Turtle, &kb.prefixes()).for_writer(out);
    // Sorted lines hold the triples of a subject side by side, as Turtle groups them.
    for quad in crate::kb::parser().for_slice(&bytes) {
        let quad = quad?;
        if quad.graph_name == GraphName::DefaultGraph {
            writer.serialize_quad(&quad)?;
        }
    }
    Ok(writer.finish()?.flush()?)
}
