//! Takes a byte of a document, returns who is meant there without being named: whose words it stands
//! in, and what 我们, 镇里, 该馆 or 学校 stand for.

use std::collections::BTreeMap;

use ontology::record::{EntityClass, EntityKey, PlaceLevel};

use super::Asserted;
use super::turn::{Turn, turns};
use crate::knowledge::{Hit, List};
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// A document with what its speakers stand for.
pub(super) struct Scene<'a, 'k> {
    pub(super) text: &'a Segmented<'k>,
    pub(super) resolution: &'a Resolution<'k>,
    pub(super) turns: Vec<Turn<'a>>,
    /// Townships and villages of the document by their names without 镇, 乡, 村.
    stems: BTreeMap<&'a str, &'a EntityKey>,
    /// The township or village that the document is about.
    home: Option<&'a EntityKey>,
    /// The place of the address line.
    pub(super) address: Option<&'a EntityKey>,
}

impl<'a, 'k> Scene<'a, 'k> {
    /// Reads the turns of the speakers by their posts.
    pub(super) fn new(
        text: &'a Segmented<'k>,
        resolution: &'a Resolution<'k>,
        posts: &[Asserted],
    ) -> Self {
        let mut scene = Self {
            text,
            resolution,
            turns: turns(text, resolution, posts),
            stems: stems(text, resolution),
            home: None,
            address: None,
        };
        scene.address = scene.addressed();
        scene.home = scene.headlined().or(scene.address);
        scene
    }

    /// The township or village that the headline or the line below it names, in full or by its stem.
    fn headlined(&self) -> Option<&'a EntityKey> {
        let structure = self.text.structure;
        [structure.headline, structure.subtitle]
            .into_iter()
            .flatten()
            .find_map(|line| {
                let words = line.of(self.text.text);
                let named = self
                    .resolution
                    .within(line)
                    .filter(|mention| !mention.nested);
                let named = named.map(|mention| &mention.key);
                let named = named.filter(|key| is_low(self.resolution, key)).last();
                named.or_else(|| {
                    let starts = words.char_indices().map(|(at, _)| line.start + at);
                    starts
                        .filter(|&at| self.text.is_boundary(at))
                        .find_map(|at| self.stem_at(at, line.end))
                })
            })
    }

    /// The last township or village of the line that 地址 or the like opens.
    fn addressed(&self) -> Option<&'a EntityKey> {
        let opens = |start: usize| {
            self.text.starting(start).any(|hit| {
                hit.entry.list == List::Relation
                    && hit.entry.field("relation") == "address"
                    && self.text.at(hit.span.end) == Some('：')
            })
        };
        let sentences = self.text.structure.sentences.iter();
        let line = sentences
            .map(|sentence| sentence.span)
            .find(|span| opens(span.start))?;
        self.resolution
            .within(line)
            .map(|mention| &mention.key)
            .filter(|key| is_low(self.resolution, key))
            .last()
    }

    /// The township or village of the document whose stem stands at a byte.
    fn stem_at(&self, at: usize, end: usize) -> Option<&'a EntityKey> {
        /// Characters of a stem.
        const MOST: usize = 8;
        let words = self.text.text.get(at..end)?;
        let ends = words.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.take(MOST)
            .filter(|&length| self.text.is_boundary(at + length))
            .filter_map(|length| self.stems.get(words.get(..length)?).copied())
            .last()
    }

    /// Finds the township or village with whose stem a name begins, behind the places in it (某县 + 某某纪念馆
    /// in a document that names 某某镇).
    pub(super) fn stem_of(&self, mention: &Resolved) -> Option<&'a EntityKey> {
        let mut start = mention.span.start;
        while let Some(place) = self.resolution.starting(start).find(|place| {
            place.class == EntityClass::Place && place.nested && place.span.end < mention.span.end
        }) {
            start = place.span.end;
        }
        self.stem_at(start, mention.span.end)
    }

    /// Gives the body or place that the speaker at a byte stands for.
    fn speaks_for(&self, at: usize) -> Option<&EntityKey> {
        let after = self.turns.partition_point(|turn| turn.start <= at);
        self.turns.get(after.checked_sub(1)?)?.stands_for.as_ref()
    }

    /// Gives the body or place that is spoken of at a byte where none is named: the speaker's, that of
    /// the heading, the document's.
    pub(super) fn default_at(&self, at: usize) -> Option<EntityKey> {
        self.speaks_for(at)
            .cloned()
            .or_else(|| self.headed(at))
            .or_else(|| self.home.cloned())
            .or_else(|| self.resolution.region_key())
    }

    /// Gives the division that is spoken of at a byte where none is named.
    pub(super) fn place_at(&self, at: usize) -> Option<EntityKey> {
        let place = |key: &EntityKey| key.class() == Some(EntityClass::Place);
        self.speaks_for(at)
            .filter(|key| place(key))
            .cloned()
            .or_else(|| self.headed(at))
            .or_else(|| self.home.cloned())
            .or_else(|| self.resolution.region_key())
    }

    /// The one division below the document's region that the heading above a byte names.
    fn headed(&self, at: usize) -> Option<EntityKey> {
        let sentence = self.text.structure.sentence_at(at)?;
        let section = sentence.section.filter(|_| !sentence.heading)?;
        let mut places = self.resolution.within(section).filter(|mention| {
            mention.class == EntityClass::Place && !mention.nested && self.is_below(&mention.key)
        });
        let place = places.next()?;
        places.next().is_none().then(|| place.key.clone())
    }

    /// Tells whether a division lies below the document's region.
    pub(super) fn is_below(&self, key: &EntityKey) -> bool {
        let Some(region) = self.resolution.region else {
            return false;
        };
        let gazetteer = self.text.knowledge.gazetteer;
        key.local() != region.code && gazetteer.is_within(key.local(), &region.code)
    }

    /// Finds what a definite form at a byte stands for (我们, 镇里, 该馆), and where it ends.
    pub(super) fn definite(&self, at: usize) -> Option<(EntityKey, usize)> {
        let hit = self.text.longest_at(List::Definite, at)?;
        let whole = self.text.is_boundary(hit.span.start) && self.text.is_boundary(hit.span.end);
        let key = match hit.entry.field("kind") {
            "self" => self.default_at(at),
            "place" => self.place_called(hit),
            _ => self.body_called(hit),
        };
        key.filter(|_| whole).map(|key| (key, hit.span.end))
    }

    /// 镇里: the speaker's or the document's division of this level, or else the last one named.
    fn place_called(&self, hit: &Hit<'_>) -> Option<EntityKey> {
        let own = [
            self.speaks_for(hit.span.start).cloned(),
            self.resolution.region_key(),
        ];
        own.into_iter()
            .flatten()
            .find(|key| self.is_called(key, hit))
            .or_else(|| self.last_called(hit, |mention| self.is_place(mention)))
    }

    fn is_place(&self, mention: &Resolved) -> bool {
        let entity = self.resolution.entities.get(&mention.key);
        mention.class == EntityClass::Place
            && entity.and_then(|entity| entity.level) != Some(PlaceLevel::Natural)
    }

    /// 该馆: the last body, or museum, whose name ends so; 学校: the one that is named most.
    fn body_called(&self, hit: &Hit<'_>) -> Option<EntityKey> {
        if hit.entry.field("kind") == "body" {
            return self.last_called(hit, |mention| self.is_actor(mention));
        }
        let mut counts: BTreeMap<&EntityKey, usize> = BTreeMap::new();
        for mention in self.before(hit).filter(|mention| self.is_actor(mention)) {
            *counts.entry(&mention.key).or_default() += 1;
        }
        let called = counts
            .into_iter()
            .filter(|(key, _)| self.is_called(key, hit));
        called
            .max_by_key(|&(_, count)| count)
            .map(|(key, _)| key.clone())
    }

    /// The mentions before a definite form, last first.
    fn before(&self, hit: &Hit<'_>) -> impl Iterator<Item = &'a Resolved> {
        let mentions = &self.resolution.mentions;
        let before = mentions.partition_point(|mention| mention.span.start < hit.span.start);
        mentions.iter().take(before).rev().take(LOOKBACK)
    }

    /// A body, or a site that is one (a museum).
    pub(super) fn is_actor(&self, mention: &Resolved) -> bool {
        match mention.class {
            EntityClass::Organization => true,
            EntityClass::RedSite => self.is_museum(&mention.key),
            EntityClass::Place
            | EntityClass::Person
            | EntityClass::Program
            | EntityClass::Work
            | EntityClass::Event => false,
        }
    }

    fn is_museum(&self, key: &EntityKey) -> bool {
        let label = self
            .resolution
            .entities
            .get(key)
            .map(|entity| &entity.label);
        label.is_some_and(|label| label.ends_with('馆'))
    }

    fn last_called(&self, hit: &Hit<'_>, accepts: impl Fn(&Resolved) -> bool) -> Option<EntityKey> {
        self.before(hit)
            .filter(|mention| accepts(mention))
            .find(|mention| self.is_called(&mention.key, hit))
            .map(|mention| mention.key.clone())
    }

    /// Tells whether the name of an entity ends as a definite form says.
    fn is_called(&self, key: &EntityKey, hit: &Hit<'_>) -> bool {
        let Some(entity) = self.resolution.entities.get(key) else {
            return false;
        };
        let mut ends = hit.entry.field("ends").split('|');
        ends.any(|end| end == "*" || entity.label.ends_with(end))
    }
}

/// Tells whether a key is that of a township or village.
fn is_low(resolution: &Resolution<'_>, key: &EntityKey) -> bool {
    let level = resolution.entities.get(key).and_then(|entity| entity.level);
    matches!(level, Some(PlaceLevel::Township | PlaceLevel::Village))
}

/// The names of townships and villages without the last character, of two characters or more.
fn stems<'a>(
    text: &'a Segmented<'_>,
    resolution: &'a Resolution<'_>,
) -> BTreeMap<&'a str, &'a EntityKey> {
    let mut stems = BTreeMap::new();
    for mention in &resolution.mentions {
        if mention.class != EntityClass::Place || !is_low(resolution, &mention.key) {
            continue;
        }
        let label = resolution
            .entities
            .get(&mention.key)
            .map(|entity| entity.label.as_str());
        let names = [label, Some(mention.span.of(text.text))];
        for name in names.into_iter().flatten() {
            if let Some(stem) = stem(name) {
                stems.entry(stem).or_insert(&mention.key);
            }
        }
    }
    stems
}

/// The name of a township or village without the word for what it is.
pub(super) fn stem(name: &str) -> Option<&str> {
    /// Characters of a stem.
    const LEAST: usize = 2;
    let last = name.chars().next_back()?;
    let stem = name.strip_suffix(last)?;
    (stem.chars().count() >= LEAST).then_some(stem)
}

/// Mentions before a definite form among which its antecedent is looked for.
const LOOKBACK: usize = 200;
