//! Where a number holds.

use std::collections::BTreeMap;

use ontology::record::{EntityClass, EntityKey, PlaceLevel, Span};

use super::indicator::clause_start_near;
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;
use crate::structure::Sentence;

/// Bytes before the site or the county that opens a paragraph or a sentence (2 characters).
const OPENING: usize = 2 * 3;
/// Bytes from the start of a line that presents a speaker to the county of the post (20 characters).
const ROSTER: usize = 20 * 3;
/// Characters before the colon of what someone says.
const LONGEST_NAME: usize = 13;

/// Who speaks from where on, and for which county.
pub(super) struct Speakers {
    turns: Vec<(usize, Option<EntityKey>)>,
}

impl Speakers {
    /// Looks for the counties of those who speak where the text presents them, in lines that begin with
    /// the name and go on with the county of the post (某某　某县副县长).
    pub(super) fn new(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Self {
        let mut presented = BTreeMap::new();
        let mut turns = Vec::new();
        let mut start = 0;
        for line in text.text.split_inclusive('\n') {
            let span = Span::new(start, start + line.len());
            start = span.end;
            let colon = line
                .char_indices()
                .take(LONGEST_NAME)
                .find(|&(_, c)| c == '：');
            if let Some((colon, _)) = colon {
                turns.push((span.start, compact(line.get(..colon).unwrap_or_default())));
            } else if let Some((name, county)) = presents(text, resolution, span) {
                presented.entry(name).or_insert(county);
            }
        }
        let county = |name: &str| {
            let (presented, county) = presented.range(name.to_owned()..).next()?;
            (!name.is_empty() && presented.starts_with(name)).then(|| EntityKey::clone(county))
        };
        let turns = turns
            .into_iter()
            .map(|(start, name)| (start, county(&name)))
            .collect();
        Self { turns }
    }

    fn county_at(&self, at: usize) -> Option<EntityKey> {
        let next = self.turns.partition_point(|&(start, _)| start <= at);
        self.turns.get(next.checked_sub(1)?)?.1.clone()
    }
}

/// Reads a line that presents someone: what stands before the county, without blanks, and the county.
fn presents(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    line: Span,
) -> Option<(String, EntityKey)> {
    let county = resolution
        .within(line)
        .take_while(|mention| mention.span.start <= line.start + ROSTER)
        .find(|mention| is_county_inside(text, resolution, mention))?;
    let name = compact(text.text.get(line.start..county.span.start)?);
    Some((name, county.key.clone()))
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The place a number holds for: one that its clause names before it, else the county that its
/// paragraph or its speaker speaks of, else the region.
pub(super) fn area(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    speakers: &Speakers,
    sentence: &Sentence,
    phrase: Span,
    number: usize,
) -> Option<EntityKey> {
    let start = clause_start_near(text, phrase.start);
    let places: Vec<&Resolved> = resolution
        .within(Span::new(start, number))
        .filter(|mention| mention.class == EntityClass::Place && !mention.nested)
        .collect();
    let mut partner = usize::MAX;
    let named = places
        .iter()
        .rev()
        .filter(|mention| {
            // 阳泉市 in front of 盂县 is the same partner.
            let is_partner = mention.span.end == partner || is_partner(text, resolution, mention);
            if is_partner {
                partner = mention.span.start;
            }
            !is_partner
        })
        .find_map(|mention| division(resolution, mention));
    named
        .or_else(|| topic(text, resolution, sentence, number))
        .or_else(|| opening(text, resolution, sentence, number))
        .or_else(|| {
            let county = speakers.county_at(number)?;
            (!speaks_of_all(text, resolution, Span::new(start, number))).then_some(county)
        })
        .or(resolution.region_key())
}

/// Gives the division that a place is, or that it lies in if it has no code: the county of a township.
fn division(resolution: &Resolution<'_>, mention: &Resolved) -> Option<EntityKey> {
    const COUNTY: usize = 6;
    let place = resolution.entities.get(&mention.key)?;
    if place.adcode.is_some() {
        return Some(mention.key.clone());
    }
    let code = mention.key.local();
    let county = code
        .get(..COUNTY)
        .filter(|_| code.len() > COUNTY && code.bytes().all(|byte| byte.is_ascii_digit()))?;
    let key = EntityKey::new(EntityClass::Place, county);
    resolution.entities.contains_key(&key).then_some(key)
}

/// Tells whether a place outside the region is only where people or money come from, go to, or one
/// of several: 来自涉县的代表, 西青区的协作资金.
fn is_partner(text: &Segmented<'_>, resolution: &Resolution<'_>, mention: &Resolved) -> bool {
    let Some(region) = resolution.region else {
        return false;
    };
    let gazetteer = text.knowledge.gazetteer;
    let code = mention.key.local();
    let inside = gazetteer.is_within(code, &region.code) || gazetteer.is_within(&region.code, code);
    let before = text.before(mention.span.start);
    let from = before.is_some_and(|c| "自从由与同和向给为赴对往、".contains(c));
    let of = text
        .at(mention.span.end)
        .is_some_and(|c| "的籍等、和与".contains(c));
    !inside && (from || of)
}

fn is_county_inside(text: &Segmented<'_>, resolution: &Resolution<'_>, mention: &Resolved) -> bool {
    let county = resolution
        .entities
        .get(&mention.key)
        .is_some_and(|place| place.adcode.is_some() && place.level == Some(PlaceLevel::County));
    let inside = resolution.region.is_some_and(|region| {
        let gazetteer = text.knowledge.gazetteer;
        region.code != mention.key.local() && gazetteer.is_within(mention.key.local(), &region.code)
    });
    mention.class == EntityClass::Place && county && inside
}

/// The county inside the region that the sentence opened with, unless the text has come to speak of
/// the whole region since.
fn opening(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    sentence: &Sentence,
    number: usize,
) -> Option<EntityKey> {
    let start = sentence.span.start;
    let county = resolution
        .within(Span::new(start, number))
        .take_while(|mention| mention.span.start <= start + OPENING)
        .find(|mention| !mention.nested && is_county_inside(text, resolution, mention))?;
    let since = Span::new(county.span.end, number);
    (!speaks_of_all(text, resolution, since)).then(|| county.key.clone())
}

/// Tells whether words for the whole region stand in a span: 全市, 我市 in a text about a city.
fn speaks_of_all(text: &Segmented<'_>, resolution: &Resolution<'_>, span: Span) -> bool {
    let level = resolution
        .region
        .and_then(|region| region.name.chars().next_back());
    text.within(List::Owner, span).any(|hit| {
        hit.entry.field("meaning") == "document-region"
            && hit.span.of(text.text).chars().next_back() == level
    })
}

/// The county that the section or paragraph about a site names, unless the text has come to speak
/// of the whole region since (全市).
fn topic(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    sentence: &Sentence,
    number: usize,
) -> Option<EntityKey> {
    let site = |span: Span| {
        resolution
            .within(span)
            .find(|mention| mention.class == EntityClass::RedSite && !mention.nested)
    };
    let sentences = &text.structure.sentences;
    let line = sentences.get(sentences.partition_point(|first| first.line < sentence.line))?;
    let opening = site(line.span).filter(|site| site.span.start - line.span.start <= OPENING);
    let heading = || {
        let heading = sentence.section?;
        site(heading).filter(|site| site.span.end == heading.end)
    };
    let site = opening.or_else(heading)?;
    let scope = Span::new(site.span.start.min(number), number);
    let whole = text.within(List::Owner, scope).any(|hit| {
        hit.span.start >= line.span.start && hit.entry.field("meaning") == "document-region"
    });
    let county = resolution
        .within(scope)
        .filter(|mention| mention.class == EntityClass::Place)
        .filter(|mention| Some(&mention.key) != resolution.region_key().as_ref())
        .find(|mention| {
            resolution.entities.get(&mention.key).is_some_and(|place| {
                place.adcode.is_some() && place.level == Some(PlaceLevel::County)
            })
        });
    county.filter(|_| !whole).map(|mention| mention.key.clone())
}
