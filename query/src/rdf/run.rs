//! Takes what made the graph, returns the run's own graph (PROV), free of clock and machine.

use std::io;

use graph::KnowledgeGraph;
use ontology::record::Extraction;
use ontology::vocab::{dct, fz, prov, rdf};

use super::{RunInfo, Writer, term};

pub(super) fn write(
    graph: &KnowledgeGraph,
    run: &RunInfo,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    let here = term::node(writer.iris.run_graph());
    writer.evidence(&here, &here, rdf::TYPE, term::node(prov::ACTIVITY))?;
    let tool = term::node(writer.iris.software("fangzhi"));
    writer.evidence(&here, &here, prov::WAS_ASSOCIATED_WITH, tool.clone())?;
    writer.evidence(&here, &tool, rdf::TYPE, term::node(prov::SOFTWARE_AGENT))?;
    writer.evidence(
        &here,
        &tool,
        fz::TOOL_VERSION,
        term::text(&run.tool_version),
    )?;
    for pack in &run.packs {
        let node = term::node(writer.iris.software(&format!("pack/{}", pack.name)));
        writer.evidence(&here, &here, prov::USED, node.clone())?;
        writer.evidence(&here, &node, rdf::TYPE, term::node(prov::ENTITY))?;
        writer.evidence(&here, &node, dct::TITLE, term::text(&pack.name))?;
        writer.evidence(&here, &node, fz::SHA256, term::text(&pack.sha256))?;
    }
    for extraction in graph.documents() {
        let sha256 = &extraction.document.sha256;
        let node = term::node(writer.iris.document(sha256));
        writer.evidence(&here, &here, prov::USED, node.clone())?;
        writer.evidence(&here, &node, fz::SHA256, term::text(sha256))?;
    }
    let sum = |count: fn(&Extraction) -> usize| graph.documents().iter().map(count).sum();
    let counts: [(&'static str, usize); 6] = [
        (fz::DOCUMENT_COUNT, graph.documents().len()),
        (fz::ENTITY_COUNT, graph.entities().count()),
        (fz::RELATION_COUNT, graph.relations().count()),
        (
            fz::MENTION_COUNT,
            sum(|extraction| extraction.mentions.len()),
        ),
        (
            fz::STATEMENT_COUNT,
            sum(|extraction| extraction.statements.len()),
        ),
        (
            fz::OBSERVATION_COUNT,
            sum(|extraction| extraction.observations.len()),
        ),
    ];
    for (property, count) in counts {
        writer.evidence(&here, &here, property, term::integer(count))?;
    }
    Ok(())
}
