//! Which mentions are one entity, and what it is called.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::Division;
use ontology::record::{Entity, EntityClass, EntityKey, PlaceLevel};

use super::overlap::Standing;
use super::{Resolution, Resolved, body};
use crate::knowledge::List;
use crate::recognise::{Candidate, Target};
use crate::segment::Segmented;

/// The key of a division.
pub(super) fn division_key(division: &Division) -> EntityKey {
    EntityKey::new(EntityClass::Place, &division.code)
}

/// Makes entities of what stands: mentions of one name (or alias) of one class are one entity.
pub(super) fn assemble<'k>(
    text: &Segmented<'k>,
    standing: Vec<Standing<'k>>,
    region: Option<&'k Division>,
) -> Resolution<'k> {
    let mut assembly = Assembly {
        text,
        region,
        entities: BTreeMap::new(),
        names: BTreeMap::new(),
        tails: BTreeMap::new(),
        seats: BTreeMap::new(),
    };
    // Things known by themselves first, then long names, so that a short form finds its long one.
    let mut order: Vec<usize> = (0..standing.len()).collect();
    order.sort_by_key(|&index| {
        standing.get(index).map(|standing| {
            let candidate = &standing.candidate;
            let rank = match candidate.target {
                Target::Divisions { .. } | Target::Known(_) => 0,
                Target::ShortBody(_) | Target::LowerBody(_) => 1,
                Target::Name | Target::Local(_) => 2,
            };
            (
                rank,
                std::cmp::Reverse(candidate.label.chars().count()),
                candidate.span,
            )
        })
    });
    let mut mentions: Vec<Resolved> = order
        .into_iter()
        .filter_map(|index| standing.get(index))
        .map(|standing| Resolved {
            span: standing.candidate.span,
            class: standing.candidate.class,
            key: assembly.key(&standing.candidate),
            rule: standing.candidate.rule,
            score: standing.candidate.score,
            nested: standing.nested,
        })
        .collect();
    mentions.sort_by(|a, b| a.span.cmp(&b.span).then(a.key.cmp(&b.key)));
    if let Some(region) = region {
        assembly.division(region);
    }
    Resolution {
        region,
        entities: assembly.entities,
        seats: assembly.seats,
        mentions,
    }
}

pub(super) struct Assembly<'t, 'k> {
    pub(super) text: &'t Segmented<'k>,
    pub(super) region: Option<&'k Division>,
    entities: BTreeMap<EntityKey, Entity>,
    /// Class and name → key.
    names: BTreeMap<(EntityClass, String), EntityKey>,
    /// What stands behind the place that a name begins with, by class → the first such name. Looking
    /// through all names for each new one would take the square of their number.
    tails: BTreeMap<(EntityClass, String), String>,
    /// Local body → the division it governs.
    seats: BTreeMap<EntityKey, EntityKey>,
}

impl<'k> Assembly<'_, 'k> {
    /// Gives the key of what a candidate names, and enters it.
    fn key(&mut self, candidate: &Candidate<'k>) -> EntityKey {
        match &candidate.target {
            Target::Divisions { divisions, .. } => {
                if let Some(division) = divisions.first() {
                    return self.division(division);
                }
                self.named(candidate, None)
            }
            Target::Local(level) => self.named(candidate, Some(*level)),
            Target::Known(entry) if entry.list == List::Natural => {
                self.named(candidate, Some(PlaceLevel::Natural))
            }
            Target::Known(entry) if entry.list == List::Region => {
                self.named(candidate, Some(PlaceLevel::Region))
            }
            Target::Known(entry) => {
                let site = candidate.class == EntityClass::RedSite;
                if let Some(plain) = self.namesake(candidate, entry) {
                    return self.named(&plain, None);
                }
                if let Some(place) = entry
                    .place_code()
                    .filter(|_| site)
                    .and_then(|code| self.near(code))
                {
                    self.division(place);
                }
                self.named(candidate, None)
            }
            Target::Name => {
                let full = self.local_event(candidate);
                self.named(full.as_ref().unwrap_or(candidate), None)
            }
            Target::LowerBody(place) => {
                let seat = self.key(place);
                let key = self.named(candidate, None);
                self.seats.entry(key.clone()).or_insert(seat);
                key
            }
            Target::ShortBody(entry) => {
                let mut candidate = candidate.clone();
                let mut seat = None;
                if let Some(place) = self.body_place(&candidate, entry) {
                    let mut body = body::named(entry, place);
                    // 市委 alone is that of the document's own city only.
                    let own = self.region.and_then(|region| {
                        body::place_of(entry, region, self.text.knowledge.gazetteer)
                    });
                    if own.is_none_or(|own| own.code != place.code) {
                        body.aliases.retain(|alias| *alias != entry.name);
                    }
                    candidate.aliases.extend(body.aliases);
                    let shown = std::mem::replace(&mut candidate.label, body.label);
                    if shown != candidate.label {
                        candidate.aliases.push(shown);
                    }
                    seat = Some(self.division(place));
                }
                let key = self.named(&candidate, None);
                if let Some(seat) = seat {
                    self.seats.entry(key.clone()).or_insert(seat);
                }
                key
            }
        }
    }

    fn division(&mut self, division: &'k Division) -> EntityKey {
        let key = division_key(division);
        let coded = matches!(
            division.level,
            PlaceLevel::Country
                | PlaceLevel::Province
                | PlaceLevel::Prefecture
                | PlaceLevel::County
        );
        self.entities.entry(key.clone()).or_insert_with(|| Entity {
            key: key.clone(),
            class: EntityClass::Place,
            label: division.name.clone(),
            aliases: sorted(division.shorts.iter().cloned(), &division.name),
            adcode: coded.then(|| division.code.clone()),
            level: Some(division.level),
            parent: division
                .parent
                .as_ref()
                .map(|code| EntityKey::new(EntityClass::Place, code)),
            kind: None,
        });
        key
    }

    fn named(&mut self, candidate: &Candidate<'k>, level: Option<PlaceLevel>) -> EntityKey {
        let class = candidate.class;
        let names: Vec<&String> = std::iter::once(&candidate.label)
            .chain(&candidate.aliases)
            .collect();
        let known = names
            .iter()
            .find_map(|name| self.names.get(&(class, (*name).clone())))
            .cloned()
            .or_else(|| self.longer_form(candidate));
        let key = known.unwrap_or_else(|| self.new_key(candidate, level));
        for name in names {
            if let Entry::Vacant(place) = self.names.entry((class, name.clone())) {
                place.insert(key.clone());
                self.add_tails(class, name);
            }
        }
        let parent = level
            .filter(|level| !matches!(level, PlaceLevel::Natural | PlaceLevel::Region))
            .and(self.region)
            .map(division_key);
        let entity = self.entities.entry(key.clone()).or_insert_with(|| Entity {
            key: key.clone(),
            class,
            label: candidate.label.clone(),
            aliases: Vec::new(),
            adcode: None,
            level,
            parent,
            kind: candidate.kind.clone(),
        });
        let all = entity
            .aliases
            .drain(..)
            .chain(candidate.aliases.iter().cloned());
        let label = entity.label.clone();
        let own = (candidate.label != label).then(|| candidate.label.clone());
        entity.aliases = sorted(all.chain(own), &label);
        entity.kind = entity.kind.take().or_else(|| candidate.kind.clone());
        key
    }

    /// Finds a longer name of the same class that ends with this one and begins with a place: the
    /// text names 白山市某馆 once and 某馆 from then on.
    fn longer_form(&self, candidate: &Candidate<'k>) -> Option<EntityKey> {
        let class = candidate.class;
        if !matches!(class, EntityClass::Organization | EntityClass::RedSite)
            || !matches!(candidate.target, Target::Name)
        {
            return None;
        }
        let longer = self.tails.get(&(class, candidate.label.clone()))?;
        self.names.get(&(class, longer.clone())).cloned()
    }

    fn add_tails(&mut self, class: EntityClass, name: &str) {
        if !matches!(class, EntityClass::Organization | EntityClass::RedSite) {
            return;
        }
        let places = self.text.knowledge.gazetteer.find_overlapping(name);
        for place in places.filter(|place| place.span.start == 0) {
            let Some(tail) = name.get(place.span.end..) else {
                continue;
            };
            let first = self.tails.entry((class, tail.to_owned()));
            let first = first.or_insert_with(|| name.to_owned());
            if name < first.as_str() {
                name.clone_into(first);
            }
        }
    }

    /// Makes the key of a new entity: known things by name, persons by name and province, other
    /// local things by name and prefecture.
    fn new_key(&self, candidate: &Candidate<'k>, level: Option<PlaceLevel>) -> EntityKey {
        let name = candidate.label.as_str();
        let known = matches!(candidate.target, Target::Known(_));
        let local = match (candidate.class, level) {
            _ if known => name.to_owned(),
            (EntityClass::Place, Some(_)) => match self.region {
                Some(region) => format!("{}/{name}", region.code),
                None => name.to_owned(),
            },
            (EntityClass::Work, _) => name.to_owned(),
            (EntityClass::Organization, _) if self.begins_with_place(name) => name.to_owned(),
            (EntityClass::Person, _) => self.at(name, self.province_code()),
            _ => self.at(name, self.prefecture_code()),
        };
        EntityKey::new(candidate.class, &local)
    }

    fn at(&self, name: &str, code: Option<String>) -> String {
        code.map_or_else(|| name.to_owned(), |code| format!("{name}@{code}"))
    }

    fn begins_with_place(&self, name: &str) -> bool {
        self.text
            .knowledge
            .gazetteer
            .find_overlapping(name)
            .any(|found| found.span.start == 0)
    }

    fn province_code(&self) -> Option<String> {
        let region = self.region?;
        self.text
            .knowledge
            .gazetteer
            .province_of(&region.code)
            .map(|found| found.code.clone())
    }

    fn prefecture_code(&self) -> Option<String> {
        let region = self.region?;
        let above = self.text.knowledge.gazetteer.ancestors(&region.code);
        let found = above
            .into_iter()
            .find(|division| division.level == PlaceLevel::Prefecture);
        Some(found.unwrap_or(region).code.clone())
    }
}

/// Gives names sorted, each once, without the label.
fn sorted(names: impl Iterator<Item = String>, label: &str) -> Vec<String> {
    names
        .filter(|name| name != label)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}
