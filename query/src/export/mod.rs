//! Takes a knowledge base, returns its graph in the formats that other tools read.
//!
//! RDF is made here from the canonical form; the tables and the map of [`table`] and [`map`] are made
//! from the linked graph, as are the network formats of [`graph::Network`].

mod jsonld;
pub mod map;
pub mod table;

use std::io::{self, Write};

use ontology::gazetteer::GazetteerError;
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSyntaxError};
use oxigraph::model::{GraphName, Quad};
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
    /// The gazetteer that is built in is broken.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
    /// A table cannot be written.
    #[error("the table cannot be written: {0}")]
    Table(#[from] csv::Error),
    /// JSON cannot be written.
    #[error("the JSON cannot be written: {0}")]
    Json(#[from] serde_json::Error),
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

/// Writes every graph as `TriG` with prefixes: the default graph, then each named graph.
///
/// # Errors
/// As [`turtle`].
pub fn trig(kb: &KnowledgeBase, out: &mut impl Write) -> Result<(), ExportError> {
    all_graphs(kb, RdfFormat::TriG, out)
}

/// Writes every graph as JSON-LD 1.1 with a context.
///
/// # Errors
/// As [`turtle`].
pub fn jsonld(kb: &KnowledgeBase, out: &mut impl Write) -> Result<(), ExportError> {
    let profile = JsonLdProfileSet::empty();
    let mut expanded = Vec::new();
    all_graphs(kb, RdfFormat::JsonLd { profile }, &mut expanded)?;
    let document = jsonld::with_context(serde_json::from_slice(&expanded)?, &kb.prefixes());
    serde_json::to_writer(&mut *out, &document)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// Writes all quads graph by graph, since both formats name a graph once for what it holds.
fn all_graphs(
    kb: &KnowledgeBase,
    format: RdfFormat,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let bytes = kb.canonical()?;
    let mut quads: Vec<Quad> = crate::kb::parser()
        .for_slice(&bytes)
        .collect::<Result<_, _>>()?;
    let name = |quad: &Quad| match &quad.graph_name {
        GraphName::DefaultGraph => String::new(),
        named @ (GraphName::NamedNode(_) | GraphName::BlankNode(_)) => named.to_string(),
    };
    // Stable: within a graph the canonical order stays.
    quads.sort_by_cached_key(name);
    let mut writer = serializer(format, &kb.prefixes()).for_writer(out);
    for quad in &quads {
        writer.serialize_quad(quad)?;
    }
    Ok(writer.finish()?.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::CreateOptions;
    use crate::tests::fixture;
    use ontology::record::EntityClass;
    use oxigraph::io::RdfParser;
    use oxigraph::model::{Graph, Quad, Triple};

    /// A knowledge base in which a name holds every sign that a syntax may trip over.
    fn odd_names(dir: &std::path::Path) -> KnowledgeBase {
        let mut extraction = fixture::yanbian();
        for entity in &mut extraction.entities {
            if entity.class == EntityClass::Person {
                entity.label = "甲\"\\\n乙\u{0}<丙>".into();
                entity.aliases = vec!["a.b-c".into()];
            }
        }
        let odd = fixture::key(EntityClass::Work, "“甲 (乙)”. <%20>/../丙'，.");
        extraction.entities.push(ontology::record::Entity {
            key: odd,
            class: EntityClass::Work,
            label: "甲".into(),
            aliases: vec![],
            adcode: None,
            level: None,
            parent: None,
            kind: None,
        });
        let options = CreateOptions::default();
        let gazetteer = fixture::gazetteer();
        KnowledgeBase::create(dir, vec![extraction], gazetteer, &fixture::run(), &options).unwrap();
        KnowledgeBase::open(dir).unwrap()
    }

    fn quads(bytes: &[u8], format: RdfFormat) -> Vec<Quad> {
        RdfParser::from_format(format)
            .for_slice(bytes)
            .collect::<Result<_, _>>()
            .unwrap()
    }

    /// Both hold what the canonical form holds, and name each graph once.
    #[test]
    fn trig_and_jsonld_are_all_graphs() {
        let dir = tempfile::tempdir().unwrap();
        let kb = odd_names(dir.path());
        let (mut all, mut trig_bytes, mut json) = (Vec::new(), Vec::new(), Vec::new());
        nquads(&kb, &mut all).unwrap();
        trig(&kb, &mut trig_bytes).unwrap();
        jsonld(&kb, &mut json).unwrap();
        let sorted = |bytes: &[u8], format: RdfFormat| {
            let mut lines: Vec<String> = quads(bytes, format).iter().map(Quad::to_string).collect();
            lines.sort();
            lines
        };
        let expected = sorted(&all, RdfFormat::NQuads);
        assert_eq!(sorted(&trig_bytes, RdfFormat::TriG), expected);
        let profile = JsonLdProfileSet::empty();
        assert_eq!(sorted(&json, RdfFormat::JsonLd { profile }), expected);
        let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(value["@context"]["fz"], ontology::vocab::fz::NAMESPACE);
        let text = value.to_string();
        assert!(text.contains("\"@id\":\"place:222401\""), "{text:.2000}");
        assert!(text.contains("\"@type\":[\"fz:Place\"]"), "{text:.2000}");
    }

    #[test]
    fn turtle_is_the_default_graph_and_nquads_are_all() {
        let dir = tempfile::tempdir().unwrap();
        let kb = odd_names(dir.path());
        let (mut all, mut default) = (Vec::new(), Vec::new());
        nquads(&kb, &mut all).unwrap();
        turtle(&kb, &mut default).unwrap();
        let lines: Vec<&str> = std::str::from_utf8(&all).unwrap().lines().collect();
        assert!(lines.is_sorted());
        assert_eq!(lines.len(), kb.manifest().quads);
        let expected: Graph = quads(&all, RdfFormat::NQuads)
            .into_iter()
            .filter(|quad| quad.graph_name == GraphName::DefaultGraph)
            .map(Triple::from)
            .collect();
        let found: Graph = quads(&default, RdfFormat::Turtle)
            .into_iter()
            .map(Triple::from)
            .collect();
        assert_eq!(found, expected);
        let text = String::from_utf8(default).unwrap();
        assert!(
            text.contains("\nplace:222401 geo:hasDefaultGeometry "),
            "{text}"
        );
        assert!(text.contains("\ta fz:Place ;"), "{text}");
    }
}
