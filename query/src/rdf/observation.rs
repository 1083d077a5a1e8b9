//! Takes observations and their indicators, returns the Data Cube in the default graph.

use ontology::indicator::{Indicator, Scheme};
use ontology::record::{Extraction, Observation};
use ontology::vocab::{self, att, dim, fz, mea, nif, prov, qb, rdf, rdfs, skos};
use oxigraph::model::NamedNode;

use graph::{IndicatorUse, KnowledgeGraph};
use std::io;

use super::document::Numbering;
use super::{RdfError, Writer, term};
use crate::delivery;

/// Writes the data set, the scheme and the concepts of those indicators that are used.
pub(super) fn write_scheme(
    graph: &KnowledgeGraph,
    writer: &mut Writer<'_>,
) -> Result<(), RdfError> {
    let dataset = term::node(writer.iris.dataset());
    writer.fact(&dataset, rdf::TYPE, term::node(qb::DATA_SET))?;
    writer.fact(
        &dataset,
        qb::STRUCTURE,
        term::node(fz::OBSERVATION_STRUCTURE),
    )?;
    writer.fact(&dataset, rdfs::LABEL, term::chinese("文献中的数值"))?;
    writer.fact(
        &dataset,
        rdfs::LABEL,
        term::english("numbers in the documents"),
    )?;
    let scheme = term::node(writer.iris.scheme());
    writer.fact(&scheme, rdf::TYPE, term::node(skos::CONCEPT_SCHEME))?;
    writer.fact(&scheme, rdfs::LABEL, term::chinese("指标体系"))?;
    writer.fact(&scheme, rdfs::LABEL, term::english("indicator scheme"))?;
    let known = Scheme::shared()?;
    for used in graph.indicators() {
        let concept = known.get(&used.key);
        write_indicator(used, concept, &scheme, writer)?;
        if let Some(concept) = concept {
            write_concept(concept, known, &scheme, writer)?;
        }
    }
    Ok(())
}

/// Writes every concept of the scheme with its listed wordings.
pub(super) fn write_whole_scheme(writer: &mut Writer<'_>) -> Result<(), RdfError> {
    let known = Scheme::shared()?;
    let scheme = term::node(writer.iris.scheme());
    writer.fact(&scheme, rdf::TYPE, term::node(skos::CONCEPT_SCHEME))?;
    for concept in known.iter() {
        let used = IndicatorUse {
            key: concept.key.clone(),
            label: concept.zh.clone(),
            texts: concept.synonyms.clone(),
        };
        write_indicator(&used, Some(concept), &scheme, writer)?;
        write_concept(concept, known, &scheme, writer)?;
    }
    Ok(())
}

/// Writes what the scheme knows of a concept: its theme, the kind of its units, which way is better,
/// whether it is a rate of change.
fn write_concept(
    concept: &Indicator,
    known: &Scheme,
    scheme: &NamedNode,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    let node = term::node(writer.iris.indicator(&concept.key));
    if let Some(kind) = known.kind_of(concept) {
        writer.fact(&node, fz::UNIT_KIND, term::text(kind))?;
    }
    writer.fact(&node, fz::DIRECTION, term::text(concept.direction.name()))?;
    writer.fact(&node, fz::CHANGE_RATE, term::boolean(concept.growth))?;
    let Some(theme) = known
        .themes()
        .iter()
        .find(|theme| theme.key == concept.theme)
    else {
        return Ok(());
    };
    let above = term::node(writer.iris.theme(&theme.key));
    writer.fact(&node, skos::BROADER, above.clone())?;
    writer.fact(&above, rdf::TYPE, term::node(skos::CONCEPT))?;
    writer.fact(&above, skos::TOP_CONCEPT_OF, scheme.clone())?;
    writer.fact(&above, skos::IN_SCHEME, scheme.clone())?;
    writer.fact(&above, skos::PREF_LABEL, term::chinese(&theme.zh))?;
    writer.fact(&above, skos::PREF_LABEL, term::english(&theme.en))
}

fn write_indicator(
    indicator: &IndicatorUse,
    concept: Option<&Indicator>,
    scheme: &NamedNode,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    let node = term::node(writer.iris.indicator(&indicator.key));
    writer.fact(&node, rdf::TYPE, term::node(skos::CONCEPT))?;
    writer.fact(&node, skos::IN_SCHEME, scheme.clone())?;
    writer.fact(&node, skos::NOTATION, term::text(&indicator.key))?;
    writer.fact(&node, skos::PREF_LABEL, term::chinese(&indicator.label))?;
    if let Some(concept) = concept {
        writer.fact(&node, skos::PREF_LABEL, term::english(&concept.en))?;
    }
    for text in indicator
        .texts
        .iter()
        .filter(|text| **text != indicator.label)
    {
        writer.fact(&node, skos::ALT_LABEL, term::chinese(text))?;
    }
    Ok(())
}

/// Writes the observations of one document.
pub(super) fn write(
    extraction: &Extraction,
    scheme: &Scheme,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    let iri = writer.iris.document(&extraction.document.sha256);
    let document = term::node(iri.clone());
    let mut counters = Numbering::default();
    let mut nodes = Vec::new();
    for observation in &extraction.observations {
        let n = counters.next(observation.span);
        let node = term::node(writer.iris.observation(&iri, observation.span, n));
        write_measure(observation, &node, writer)?;
        write_context(observation, &node, writer)?;
        writer.fact(&node, prov::WAS_DERIVED_FROM, document.clone())?;
        writer.rule(&document, &node, &observation.rule, observation.confidence)?;
        nodes.push(node);
    }
    for (promised, done) in delivery::pairs(extraction, scheme) {
        if let (Some(promised), Some(done)) = (nodes.get(promised), nodes.get(done)) {
            writer.fact(done, fz::DELIVERY_OF, promised.clone())?;
        }
    }
    Ok(())
}

fn write_measure(
    observation: &Observation,
    node: &NamedNode,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    writer.fact(node, rdf::TYPE, term::node(qb::OBSERVATION))?;
    let dataset = term::node(writer.iris.dataset());
    writer.fact(node, qb::DATA_SET_OF, dataset)?;
    if let Some(value) = term::decimal(observation.value) {
        writer.fact(node, mea::OBS_VALUE, value)?;
    }
    writer.fact(node, att::UNIT_MEASURE, term::text(&observation.unit))?;
    let qualifier = term::node(vocab::qualifier_iri(observation.qualifier));
    writer.fact(node, fz::QUALIFIER, qualifier)?;
    let indicator = term::node(writer.iris.indicator(&observation.indicator));
    writer.fact(node, fz::INDICATOR, indicator)?;
    writer.fact(
        node,
        fz::INDICATOR_TEXT,
        term::text(&observation.indicator_text),
    )?;
    writer.fact(node, nif::ANCHOR_OF, term::text(&observation.anchor))
}

fn write_context(
    observation: &Observation,
    node: &NamedNode,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    if let Some(area) = &observation.area {
        let area = term::entity(writer.iris, area);
        writer.fact(node, dim::REF_AREA, area)?;
    }
    if let Some(period) = &observation.period {
        writer.fact(node, dim::REF_PERIOD, term::text(period))?;
    }
    if let Some(program) = &observation.program {
        let program = term::entity(writer.iris, program);
        writer.fact(node, fz::PROGRAM_OF, program)?;
    }
    Ok(())
}
