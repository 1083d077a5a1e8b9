//! Takes a name that a person typed, returns the entity that it means, or those that it may mean.

use graph::KnowledgeGraph;
use ontology::gazetteer::{Gazetteer, NameForm};
use ontology::record::{Entity, EntityClass, EntityKey};

/// How many near misses an unknown name is told.
const SUGGESTIONS: usize = 5;

/// What a name means in a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One entity of the graph.
    Found(EntityKey),
    /// Several things; sorted, at least two.
    Ambiguous(Vec<Candidate>),
    /// Nothing in the graph; things with a similar name, or the place that the name means though no
    /// document names it. May be empty.
    Unknown(Vec<Candidate>),
}

/// Something that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Its key, which names it without doubt (`show place/220600`).
    pub key: EntityKey,
    /// Its class.
    pub class: EntityClass,
    /// Its name.
    pub label: String,
    /// The places above it, highest first, such as 吉林省白山市; empty where there are none.
    pub within: String,
}

/// Finds what a name means: a key (`place/220600`), a division code, a label, or an alias, tried in
/// this order; quotation marks around it do not count.
#[must_use]
pub fn resolve(graph: &KnowledgeGraph, name: &str) -> Resolution {
    resolve_among(graph, name, |_| true)
}

/// Finds the region that a name means, first among the graph's places, then in the gazetteer, which
/// knows the places that share the name.
#[must_use]
pub fn resolve_region(graph: &KnowledgeGraph, gazetteer: &Gazetteer, name: &str) -> Resolution {
    let within = resolve_among(graph, name, |entity| entity.class == EntityClass::Place);
    let Resolution::Unknown(near) = within else {
        return within;
    };
    let mut homonyms = known_divisions(gazetteer, bare(name));
    match homonyms.len() {
        0 => Resolution::Unknown(near),
        1 => Resolution::Unknown(homonyms),
        _ => {
            homonyms.sort();
            Resolution::Ambiguous(homonyms)
        }
    }
}

fn resolve_among(
    graph: &KnowledgeGraph,
    name: &str,
    wanted: impl Fn(&Entity) -> bool,
) -> Resolution {
    let name = bare(name);
    let among = || graph.entities().filter(|entity| wanted(entity));
    let by_label = |entity: &&Entity| entity.label == name;
    let by_alias = |entity: &&Entity| entity.aliases.iter().any(|alias| alias == name);
    let by_code = |entity: &&Entity| {
        let key = &entity.key;
        key.as_str() == name
            || entity.adcode.as_deref() == Some(name)
            || (key.class() == Some(EntityClass::Place) && key.local() == name)
    };
    for found in [
        candidates(graph, among().filter(by_code)),
        candidates(graph, among().filter(by_label)),
        candidates(graph, among().filter(by_alias)),
    ] {
        match found.as_slice() {
            [] => {}
            [one] => return Resolution::Found(one.key.clone()),
            _ => return Resolution::Ambiguous(found),
        }
    }
    let near = |entity: &&Entity| {
        !name.is_empty() && (entity.label.contains(name) || name.contains(&entity.label))
    };
    Resolution::Unknown(candidates(graph, among().filter(near).take(SUGGESTIONS)))
}

fn candidates<'a>(
    graph: &KnowledgeGraph,
    entities: impl Iterator<Item = &'a Entity>,
) -> Vec<Candidate> {
    entities.map(|entity| candidate(graph, entity)).collect()
}

fn candidate(graph: &KnowledgeGraph, entity: &Entity) -> Candidate {
    let place = match entity.class {
        EntityClass::Place => None,
        EntityClass::Person
        | EntityClass::Organization
        | EntityClass::Program
        | EntityClass::RedSite
        | EntityClass::Work
        | EntityClass::Event => graph.places_of(&entity.key).into_iter().next(),
    };
    let mut line = place
        .as_ref()
        .map(|place| vec![place.clone()])
        .unwrap_or_default();
    line.extend(graph.ancestors(place.as_ref().unwrap_or(&entity.key)));
    // Every place lies in the country, which tells nothing apart.
    let within = line
        .iter()
        .rev()
        .filter(|key| key.local() != COUNTRY)
        .map(|key| graph.label(key).to_owned());
    Candidate {
        key: entity.key.clone(),
        class: entity.class,
        label: entity.label.clone(),
        within: within.collect(),
    }
}

/// GB/T 2260 code of the country.
const COUNTRY: &str = "100000";

fn known_divisions(gazetteer: &Gazetteer, name: &str) -> Vec<Candidate> {
    // Who asks today means the division of today: 临汾市 is not the city that is a district now.
    let mut named = gazetteer.by_name_form(name, NameForm::Full);
    named.extend(gazetteer.by_name_form(name, NameForm::Short));
    if named.is_empty() {
        named = gazetteer.by_name(name);
    }
    let divisions = named.into_iter().chain(gazetteer.by_code(name));
    divisions
        .map(|division| {
            let above = gazetteer.ancestors(&division.code);
            let names = above.iter().rev().filter(|place| place.code != COUNTRY);
            Candidate {
                key: gazetteer.key(division),
                class: EntityClass::Place,
                label: division.name.clone(),
                within: names.map(|place| place.name.as_str()).collect(),
            }
        })
        .collect()
}

/// Takes white space and quotation marks off both ends.
fn bare(name: &str) -> &str {
    name.trim()
        .trim_matches(|c: char| "“”‘’\"'「」『』《》〈〉".contains(c))
        .trim()
}
