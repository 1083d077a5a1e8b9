//! Observations: what is counted or measured, how much, where, when.

mod area;
mod doubt;
mod expression;
mod indicator;
mod noun;
mod period;
mod plan;
mod quantity;
mod respective;
mod term;
mod written;

use ontology::record::{EntityClass, EntityKey, Qualifier, Span};

use crate::knowledge::List;
use crate::resolve::Resolution;
use crate::segment::Segmented;
pub(crate) use doubt::{Doubt, doubts};
use indicator::Phrase;
use period::Timeline;
use plan::Plans;
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
    let timeline = Timeline::new(text);
    let plans = Plans::new(text);
    let speakers = area::Speakers::new(text, resolution);
    let shares = respective::respective(text, &quantities);
    let mut found = Vec::new();
    let mut line = usize::MAX;
    let mut last: Option<Phrase> = None;
    let mut texts: Vec<String> = Vec::new();
    for (index, quantity) in quantities.iter().enumerate() {
        let Some(sentence) = text.structure.sentence_at(quantity.span.start).copied() else {
            continue;
        };
        if sentence.line != line {
            (line, last) = (sentence.line, None);
        }
        let before = index.checked_sub(1).and_then(|index| quantities.get(index));
        let next = quantities.get(index + 1).map(|next| next.span.start);
        let phrase = indicator::read(text, sentence.span, quantity, before, next, last.as_ref());
        texts.resize(index, String::new());
        let Some(mut phrase) = phrase else {
            continue;
        };
        let own = shares.get(&index).and_then(|share| share.text(&texts));
        if let Some(own) = own.filter(|own| !own.is_empty()) {
            phrase.text = own;
        }
        texts.push(phrase.text.clone());
        let at = quantity.span.start;
        let mut quantity = quantity.clone();
        let from = before.map_or(sentence.span.start, |before| before.span.end);
        let from = from.max(sentence.span.start);
        let period = timeline.period(text, &sentence, at);
        if is_target(
            text,
            resolution,
            (&timeline, &plans),
            sentence.span,
            &quantity,
            &period,
        ) {
            quantity.qualifier = Qualifier::Planned;
        }
        if quantity.unit.is_empty() && counts_people(text, &phrase, quantity.span.end) {
            quantity.unit = PERSON.to_owned();
        }
        found.push(Found {
            span: phrase.span,
            indicator: indicator_key(text, &phrase, &quantity, last.as_ref(), from),
            area: area::area(text, resolution, &speakers, &sentence, phrase.span, at),
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

/// Gives the dates and periods that a text names, as ISO 8601, in reading order.
pub(crate) fn times(text: &Segmented<'_>) -> Vec<(Span, String)> {
    let context = expression::Context::new(text);
    let mut anchor = expression::Anchor::default();
    let mut found = Vec::new();
    for sentence in &text.structure.sentences {
        for named in context.named(text, sentence.span, &anchor) {
            anchor.year = expression::last_year(&named.period).filter(|_| named.explicit);
            found.push((named.span, named.period));
        }
    }
    found
}

/// Gives the indicator of the scheme that a phrase means, else its own words. Words that an indicator
/// requires (已办结) may stand anywhere between the number before and this one; a bare verb of doing counts
/// what `last` counted.
fn indicator_key(
    text: &Segmented<'_>,
    phrase: &Phrase,
    quantity: &Quantity,
    last: Option<&Phrase>,
    from: usize,
) -> String {
    let scheme = &text.knowledge.scheme;
    let context = text.text.get(from..quantity.span.start).unwrap_or_default();
    let explain = |wording: &str| {
        let found = scheme.explain(wording, context, &quantity.unit, phrase.growth);
        found.map(|alignment| alignment.indicator.key.clone())
    };
    let before = last.filter(|_| scheme.is_elliptical(&phrase.text));
    let whole = before.and_then(|before| explain(&format!("{}{}", before.text, phrase.text)));
    whole
        .or_else(|| explain(&phrase.text))
        .unwrap_or_else(|| own_indicator(&phrase.text))
}

/// Tells whether a number is a target. What holds for a time that was over when the document was
/// published is none, whatever word stands before it (预计 in the report on last year).
fn is_target(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    (timeline, plans): (&Timeline, &Plans),
    sentence: Span,
    quantity: &Quantity,
    period: &Option<String>,
) -> bool {
    let at = quantity.span.start;
    let period = period.as_deref();
    let ahead = period.is_some_and(|period| timeline.is_ahead(text, period));
    let past = period.is_some_and(|period| timeline.is_past(text, period));
    timeline.is_future(text, sentence, at)
        || ahead && !plan::is_done(text, sentence, at)
        || plans.is_target(text, resolution, sentence, quantity, past)
}

/// The unit of people that are counted without a measure word (1.65万贫困人口).
const PERSON: &str = "人";

/// Tells whether a noun for people stands behind a number, or before it where nothing is behind.
fn counts_people(text: &Segmented<'_>, phrase: &Phrase, end: usize) -> bool {
    let ends = |at: usize| {
        text.ending(at).any(|hit| {
            let person = hit.entry.list == List::Measure && hit.entry.field("kind") == "person";
            let role = hit.entry.list == List::Post && hit.entry.field("office") == "no";
            person || role || hit.entry.list == List::People
        })
    };
    let next = text.longest_at(List::People, end).is_some();
    next || ends(phrase.span.end) || phrase.head.is_some_and(|head| ends(head.end))
}

/// An indicator outside the scheme is known by its own words, without blanks and quotation marks.
fn own_indicator(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !"“”‘’《》".contains(*c))
        .collect()
}

/// The programme that a number's phrase names.
fn program(resolution: &Resolution<'_>, phrase: Span) -> Option<EntityKey> {
    resolution
        .within(phrase)
        .find(|mention| mention.class == EntityClass::Program)
        .map(|mention| mention.key.clone())
}
