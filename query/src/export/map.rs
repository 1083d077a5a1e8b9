//! Takes a graph, returns where its places and what lies in them are: GeoJSON (RFC 7946).

use std::io::Write;

use graph::KnowledgeGraph;
use ontology::gazetteer::{Gazetteer, Point};
use ontology::iri::Iris;
use ontology::record::{Entity, EntityClass, EntityKey, Object, Predicate};
use serde_json::{Value, json};

use super::ExportError;

/// Writes a `FeatureCollection` of points, sorted by key: each place that the gazetteer has a point
/// of, and each site, body or event that lies in such a place, at that place's point (`at` says
/// which). Longitude and latitude in degrees, WGS 84.
///
/// # Errors
/// [`ExportError::Json`] where writing fails.
pub fn geojson(
    graph: &KnowledgeGraph,
    gazetteer: &Gazetteer,
    iris: &Iris,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let features: Vec<Value> = graph
        .entities()
        .filter_map(|entity| {
            let place = located(graph, entity)?;
            let (place, point) = nearest(graph, gazetteer, &place)?;
            Some(feature(graph, entity, place, point, iris))
        })
        .collect();
    let collection = json!({ "type": "FeatureCollection", "features": features });
    serde_json::to_writer(&mut *out, &collection)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// Gives the place that an entity is or is said to lie in; the first by key where there are several.
fn located(graph: &KnowledgeGraph, entity: &Entity) -> Option<EntityKey> {
    if entity.class == EntityClass::Place {
        // A village is not drawn at its county's point.
        return entity.adcode.is_some().then(|| entity.key.clone());
    }
    graph.relations_from(&entity.key).find_map(|relation| {
        match (relation.predicate, &relation.object) {
            (Predicate::LocatedIn, Object::Entity(place)) => Some(place.clone()),
            _ => None,
        }
    })
}

/// Gives the place or the nearest one above it that has a point.
fn nearest<'g>(
    graph: &'g KnowledgeGraph,
    gazetteer: &Gazetteer,
    place: &EntityKey,
) -> Option<(&'g Entity, Point)> {
    let mut line = vec![place.clone()];
    line.extend(graph.ancestors(place));
    line.iter().find_map(|key| {
        let entity = graph.entity(key)?;
        let point = gazetteer.by_code(entity.adcode.as_ref()?)?.point?;
        Some((entity, point))
    })
}

fn feature(
    graph: &KnowledgeGraph,
    entity: &Entity,
    place: &Entity,
    point: Point,
    iris: &Iris,
) -> Value {
    json!({
        "type": "Feature",
        "id": iris.entity(&entity.key),
        "geometry": { "type": "Point", "coordinates": [point.longitude, point.latitude] },
        "properties": {
            "name": entity.label,
            "class": entity.class.name(),
            "kind": entity.kind,
            "adcode": entity.adcode,
            "at": place.label,
            "documents": graph.documents_naming(&entity.key).count(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::fixture;

    #[test]
    fn sites_lie_at_their_county_and_places_at_themselves() {
        let mut out = Vec::new();
        let iris = Iris::new(ontology::iri::DEFAULT_BASE).unwrap();
        geojson(&fixture::graph(), fixture::gazetteer(), &iris, &mut out).unwrap();
        let value: Value = serde_json::from_slice(&out).unwrap();
        let features = value["features"].as_array().unwrap();
        let find = |name: &str| {
            let of = |feature: &&Value| feature["properties"]["name"] == name;
            features
                .iter()
                .find(of)
                .unwrap_or_else(|| panic!("{name} in {value}"))
        };
        let (site, county) = (find("丙烈士陵园"), find("白山市"));
        assert_eq!(site["properties"]["class"], "RedSite");
        assert_eq!(site["properties"]["at"], "延吉市");
        assert_eq!(county["properties"]["adcode"], "220600");
        let longitude = county["geometry"]["coordinates"][0].as_f64().unwrap();
        assert!((125.0..128.0).contains(&longitude));
    }
}
