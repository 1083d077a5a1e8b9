//! Takes the graph's divisions, returns where they are (GeoSPARQL) and that the gazetteer says so.

use graph::KnowledgeGraph;
use ontology::gazetteer::{Gazetteer, Point};
use ontology::vocab::{dct, geo, prov, rdf, schema};
use oxigraph::model::NamedNode;
use std::io;

use super::{RdfError, Writer, term};

/// Writes the point of every place that the gazetteer knows one of, and the gazetteer as its source.
pub(super) fn write(graph: &KnowledgeGraph, writer: &mut Writer<'_>) -> Result<(), RdfError> {
    let gazetteer = Gazetteer::shared()?;
    let source = term::node(writer.iris.gazetteer());
    let mut any = false;
    for entity in graph.entities() {
        let Some(code) = &entity.adcode else { continue };
        let point = gazetteer.by_code(code).and_then(|division| division.point);
        if let Some(point) = point {
            let place = term::entity(writer.iris, &entity.key);
            write_point(&place, code, point, &source, writer)?;
            any = true;
        }
    }
    if any {
        writer.fact(&source, rdf::TYPE, term::node(prov::ENTITY))?;
        writer.fact(&source, dct::TITLE, term::english("fangzhi gazetteer"))?;
    }
    Ok(())
}

/// The plain numbers stand beside the geometry: SPARQL alone cannot take well-known text apart.
fn write_point(
    place: &NamedNode,
    code: &str,
    point: Point,
    source: &NamedNode,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    let geometry = term::node(writer.iris.geometry(code));
    writer.fact(place, geo::HAS_DEFAULT_GEOMETRY, geometry.clone())?;
    writer.fact(&geometry, rdf::TYPE, term::node(geo::GEOMETRY))?;
    writer.fact(&geometry, geo::AS_WKT, term::point(point))?;
    writer.fact(&geometry, prov::WAS_DERIVED_FROM, source.clone())?;
    for (property, degrees) in [
        (schema::LONGITUDE, point.longitude),
        (schema::LATITUDE, point.latitude),
    ] {
        if let Some(degrees) = term::decimal(degrees) {
            writer.fact(place, property, degrees)?;
        }
    }
    Ok(())
}
