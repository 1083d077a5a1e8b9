//! Takes the red sites, returns how many of each kind and in each county the regions have.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use graph::KnowledgeGraph;
use ontology::record::{EntityClass, EntityKey, PlaceLevel};

use super::model::{SiteCounty, SiteKind, Sites};
use super::numbers::name_of;
use crate::region::Regions;

/// Counts the sites; each once per region, under the county that it is tied to.
pub(super) fn compare(graph: &KnowledgeGraph, regions: &Regions<'_>) -> Sites {
    let mut kinds: BTreeMap<Option<&String>, Vec<usize>> = BTreeMap::new();
    let mut counties: Vec<BTreeMap<EntityKey, usize>> = vec![BTreeMap::new(); regions.len()];
    for site in graph.entities().filter(|e| e.class == EntityClass::RedSite) {
        for column in regions.columns_of(site) {
            let counts = kinds.entry(site.kind.as_ref());
            let counts = counts.or_insert_with(|| vec![0; regions.len()]);
            if let Some(count) = counts.get_mut(column) {
                *count += 1;
            }
            let county = county(graph, regions, &site.key, column);
            if let (Some(counts), Some(county)) = (counties.get_mut(column), county) {
                *counts.entry(county).or_default() += 1;
            }
        }
    }
    let mut kinds: Vec<SiteKind> = kinds
        .into_iter()
        .map(|(kind, counts)| SiteKind {
            kind: kind.cloned(),
            counts,
        })
        .collect();
    kinds.sort_by_cached_key(|kind| {
        (
            Reverse(kind.counts.iter().sum::<usize>()),
            kind.kind.clone(),
        )
    });
    let named = |counts: BTreeMap<EntityKey, usize>| {
        let mut list: Vec<SiteCounty> = counts
            .into_iter()
            .map(|(key, count)| SiteCounty {
                name: name_of(graph, &key),
                key,
                count,
            })
            .collect();
        list.sort_by_cached_key(|county| (Reverse(county.count), county.key.clone()));
        list
    };
    Sites {
        kinds,
        counties: counties.into_iter().map(named).collect(),
    }
}

/// Gives the county in the region that a site is tied to, the first by code where it is tied to several, else the region.
fn county(
    graph: &KnowledgeGraph,
    regions: &Regions<'_>,
    site: &EntityKey,
    column: usize,
) -> Option<EntityKey> {
    let is_county = |key: &EntityKey| {
        let level = graph.entity(key).and_then(|entity| entity.level);
        level == Some(PlaceLevel::County)
    };
    let places = graph.places_of(site);
    let here = places
        .iter()
        .filter(|place| regions.column(place) == Some(column));
    let counties = here.filter_map(|place| {
        let above = graph.ancestors(place);
        let mut line = std::iter::once(place).chain(&above);
        line.find(|key| is_county(key)).cloned()
    });
    counties.min().or_else(|| regions.keys.get(column).cloned())
}
