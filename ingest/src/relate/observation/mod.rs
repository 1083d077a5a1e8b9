//! Observations: what is counted or measured, how much, where, when.

mod indicator;
pub(crate) mod number;
mod period;
mod quantity;

use ontology::record::{EntityClass, EntityKey, PlaceLevel, Qualifier, Span};

use crate::knowledge::List;
use crate::resolve::Resolution;
use crate::segment::Segmented;
use crate::structure::{Sentence, years};
use indicator::Phrase;
use quantity::Quantity;

/// An observation whose spans are bytes of the normalised text.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) quantity: Quantity,
    pub(crate) text: String,
    pub(crate) indicator: String,
    pub(crate) area: Option<EntityKey>,
    pub(crate) period: Option<String>,
    pub(crate) program: Option<EntityKey>,
}

/// Finds the observations of a document, in reading order.
pub(crate) fn observations(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Found> {
    let quantities = quantity::quantities(text, resolution);
    let timeline = period::Timeline::new(text);
    let mut found = Vec::new();
    let mut line = usize::MAX;
    let mut last: Option<Phrase> = None;
    for (index, quantity) in quantities.iter().enumerate() {
        let Some(sentence) = text.structure.sentence_at(quantity.span.start).copied() else {
            continue;
        };
        if sentence.line != line {
            (line, last) = (sentence.line, None);
        }
        let before = index.checked_sub(1).and_then(|index| quantities.get(index));
        let next = quantities.get(index + 1).map(|next| next.span.start);
        let Some(phrase) =
            indicator::read(text, sentence.span, quantity, before, next, last.as_ref())
        else {
            continue;
        };
        let aligned = text
            .knowledge
            .scheme
            .align(&phrase.text, &quantity.unit, phrase.growth);
        let at = quantity.span.start;
        let mut quantity = quantity.clone();
        let period = timeline.period(text, &sentence, at);
        let ahead = period
            .as_deref()
            .is_some_and(|period| timeline.is_ahead(text, period));
        if ahead || planned(text, resolution, sentence.span, at) {
            quantity.qualifier = Qualifier::Planned;
        }
        if quantity.unit.is_empty() && counts_people(text, phrase.span.end) {
            quantity.unit = PERSON.to_owned();
        }
        found.push(Found {
            span: phrase.span,
            indicator: aligned.map_or_else(
                || own_indicator(&phrase.text),
                |indicator| indicator.key.clone(),
            ),
            area: area(text, resolution, &sentence, phrase.span, at),
            period,
            program: program(resolution, phrase.span),
            text: phrase.text.clone(),
            quantity,
        });
        if !phrase.growth {
            last = Some(phrase);
        }
    }
    found
}

/// The unit of people that are counted without a measure word (1.65万贫困人口).
const PERSON: &str = "人";

/// Tells whether a noun for people ends at a byte.
fn counts_people(text: &Segmented<'_>, at: usize) -> bool {
    text.ending(at).any(|hit| {
        let person = hit.entry.list == List::Measure && hit.entry.field("kind") == "person";
        let role = hit.entry.list == List::Post && hit.entry.field("office") == "no";
        person || role
    }) || text
        .text
        .get(..at)
        .is_some_and(|before| before.ends_with("人口"))
}

/// Tells whether a number is a target: a word of planning before it in its clause that is no part
/// of a name, or a year after the document's.
fn planned(text: &Segmented<'_>, resolution: &Resolution<'_>, sentence: Span, at: usize) -> bool {
    let clause = Span::new(
        indicator::clause_start(text.text, at).max(sentence.start),
        at,
    );
    let named = |span: Span| {
        resolution
            .around(span)
            .any(|mention| mention.class != EntityClass::Place)
    };
    let sentence_before = Span::new(sentence.start, at);
    let word = text.within(List::Bound, sentence_before).any(|hit| {
        // 将 and 拟 plan their own clause, 目标是 and 力争 all that follows.
        let scope = match hit.entry.field("side") {
            "sentence" => sentence_before,
            "context" => clause,
            _ => return false,
        };
        scope.contains(hit.span)
            && hit.entry.field("qualifier") == "planned"
            && text.is_boundary(hit.span.start)
            && !named(hit.span)
    });
    let published = text.structure.published.map(|date| date.year);
    let before = Span::new(sentence.start, at).of(text.text);
    let future = published.is_some_and(|now| years(before).any(|year| year > now));
    word || future
}

/// An indicator outside the scheme is known by its own words, without blanks and quotation marks.
fn own_indicator(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !"“”‘’《》".contains(*c))
        .collect()
}

/// The place a number holds for: one inside the region that its clause names before it, else the
/// county of the site that its section or paragraph is about, else the region.
fn area(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    sentence: &Sentence,
    phrase: Span,
    number: usize,
) -> Option<EntityKey> {
    let start = indicator::clause_start(text.text, phrase.start);
    let region = resolution.region_key();
    let named = resolution
        .within(Span::new(start, number))
        .filter(|mention| mention.class == EntityClass::Place && !mention.nested)
        .filter(|mention| {
            resolution
                .entities
                .get(&mention.key)
                .is_some_and(|place| place.adcode.is_some())
        })
        .last();
    named
        .map(|mention| mention.key.clone())
        .or_else(|| topic(text, resolution, sentence, number))
        .or(region)
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

/// Bytes before the site that opens a paragraph (2 characters).
const OPENING: usize = 2 * 3;

/// The programme that a number's phrase names.
fn program(resolution: &Resolution<'_>, phrase: Span) -> Option<EntityKey> {
    resolution
        .within(phrase)
        .find(|mention| mention.class == EntityClass::Program)
        .map(|mention| mention.key.clone())
}
