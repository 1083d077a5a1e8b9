//! Takes one extraction, returns its document's metadata (default graph) and evidence (own graph).

use std::collections::BTreeMap;
use std::io;

use ontology::record::{CharSpan, Document, Extraction};
use ontology::vocab::{self, fz, itsrdf, nif, rdf, schema};
use oxigraph::model::NamedNode;

use super::{Writer, term};

/// Writes a document; `original` is what it is a reprint of.
pub(super) fn write(
    extraction: &Extraction,
    original: Option<&Extraction>,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    let iri = writer.iris.document(&extraction.document.sha256);
    let node = term::node(iri.clone());
    write_metadata(&extraction.document, &node, writer)?;
    if let Some(original) = original {
        let original = term::node(writer.iris.document(&original.document.sha256));
        writer.fact(&node, fz::REPRINT_OF, original)?;
    }
    writer.evidence(
        &node,
        &node,
        nif::IS_STRING,
        term::text(&extraction.document.text),
    )?;
    for mention in &extraction.mentions {
        let span = term::node(writer.iris.mention(&iri, mention.span));
        let entity = term::entity(writer.iris, &mention.entity);
        writer.evidence(&node, &span, itsrdf::TA_IDENT_REF, entity)?;
        writer.rule(&node, &span, &mention.rule, mention.confidence)?;
    }
    let mut counters = Numbering::default();
    for statement in &extraction.statements {
        let n = counters.next(statement.span);
        let span = term::node(writer.iris.statement(&iri, statement.span, n));
        let subject = term::entity(writer.iris, &statement.subject);
        let object = term::object(writer.iris, &statement.object, &node);
        let predicate = term::node(vocab::predicate_iri(statement.predicate));
        writer.evidence(&node, &span, rdf::SUBJECT, subject)?;
        writer.evidence(&node, &span, rdf::PREDICATE, predicate)?;
        writer.evidence(&node, &span, rdf::OBJECT, object)?;
        writer.rule(&node, &span, &statement.rule, statement.confidence)?;
    }
    Ok(())
}

fn write_metadata(
    document: &Document,
    node: &NamedNode,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    writer.fact(node, rdf::TYPE, term::node(fz::DOCUMENT))?;
    writer.fact(node, fz::FILE_NAME, term::text(&document.id))?;
    writer.fact(node, fz::SHA256, term::text(&document.sha256))?;
    writer.fact(node, fz::ENCODING, term::text(&document.encoding))?;
    writer.fact(
        node,
        fz::TEXT_LENGTH,
        term::integer(document.text.chars().count()),
    )?;
    writer.fact(node, fz::REPAIRED, term::boolean(document.repaired))?;
    if let Some(headline) = &document.headline {
        writer.fact(node, schema::HEADLINE, term::text(headline))?;
    }
    if let Some(date) = document.published.as_deref().and_then(term::date) {
        writer.fact(node, schema::DATE_PUBLISHED, date)?;
    }
    if let Some(publisher) = &document.publisher {
        writer.fact(node, schema::PUBLISHER, term::text(publisher))?;
    }
    if let Some(about) = &document.about {
        let region = term::entity(writer.iris, about);
        writer.fact(node, fz::ABOUT, region)?;
    }
    Ok(())
}

/// Numbers the evidence nodes that share a span, from 0, in the order of the record.
#[derive(Default)]
pub(super) struct Numbering(BTreeMap<CharSpan, usize>);

impl Numbering {
    pub(super) fn next(&mut self, span: CharSpan) -> usize {
        let count = self.0.entry(span).or_default();
        let n = *count;
        *count += 1;
        n
    }
}
