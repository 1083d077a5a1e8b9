//! Takes the graph's entities, returns their triples in the default graph.

use std::io;

use graph::KnowledgeGraph;
use ontology::record::{Entity, EntityClass};
use ontology::vocab::{self, fz, rdf, skos};

use super::{Writer, term};
use crate::region::Regions;

pub(super) fn write(graph: &KnowledgeGraph, writer: &mut Writer<'_>) -> io::Result<()> {
    let regions = Regions::choose(graph, &[]);
    graph.entities().try_for_each(|entity| {
        write_entity(entity, writer)?;
        write_regions(entity, &regions, writer)
    })
}

/// Says under which regions a comparison counts the entity; a place lies where it lies.
fn write_regions(
    entity: &Entity,
    regions: &Regions<'_>,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    if entity.class == EntityClass::Place {
        return Ok(());
    }
    let node = term::entity(writer.iris, &entity.key);
    for key in regions
        .columns_of(entity)
        .into_iter()
        .filter_map(|at| regions.keys.get(at))
    {
        let region = term::entity(writer.iris, key);
        writer.fact(&node, fz::OF_REGION, region)?;
    }
    Ok(())
}

fn write_entity(entity: &Entity, writer: &mut Writer<'_>) -> io::Result<()> {
    let node = term::entity(writer.iris, &entity.key);
    writer.fact(&node, rdf::TYPE, term::node(vocab::class_iri(entity.class)))?;
    writer.fact(&node, skos::PREF_LABEL, term::chinese(&entity.label))?;
    for alias in &entity.aliases {
        writer.fact(&node, skos::ALT_LABEL, term::chinese(alias))?;
    }
    if let Some(adcode) = &entity.adcode {
        writer.fact(&node, fz::ADCODE, term::text(adcode))?;
    }
    if let Some(level) = entity.level {
        writer.fact(&node, fz::LEVEL, term::node(vocab::level_iri(level)))?;
    }
    if let (Some(kind), Some(property)) = (&entity.kind, vocab::kind_iri(entity.class)) {
        writer.fact(&node, property, term::chinese(kind))?;
    }
    Ok(())
}
