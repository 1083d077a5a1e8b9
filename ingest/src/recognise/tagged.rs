//! Places and bodies that the tagger takes for names, where neither a rule nor a list knows better.
//! Persons go through the evidence of `person`.

use ontology::gazetteer::NameForm;
use ontology::record::{EntityClass, PlaceLevel, Span};

use super::{Candidate, Target};
use crate::knowledge::List;
use crate::segment::{Pos, Segmented};
use crate::tagger::Tagged;

/// Margins of the tagger (natural logarithms) from which a name may stand on it alone. For a place
/// more is asked: any noun phrase may look like one.
const SURE_BODY: f64 = 0.3;
const SURE_PLACE: f64 = 0.8;

/// Below every rule's score: where both see a name, the rule's stands.
const SCORE: f64 = 0.45;

/// Gives a candidate for each place and body that the tagger is sure enough of.
pub(super) fn tagged<'k>(text: &Segmented<'k>, found: &[Candidate<'k>]) -> Vec<Candidate<'k>> {
    text.tagged
        .iter()
        .filter(|tagged| may_stand(text, tagged.span))
        .filter_map(|tagged| candidate(text, tagged, found))
        .collect()
}

fn candidate<'k>(
    text: &Segmented<'k>,
    tagged: &Tagged,
    found: &[Candidate<'k>],
) -> Option<Candidate<'k>> {
    let span = tagged.span;
    match tagged.class {
        EntityClass::Place if tagged.nats() >= SURE_PLACE && is_place(text, span, found) => {
            let mut place =
                Candidate::new(text.text, span, EntityClass::Place, SCORE, "place.tagger");
            place.target = division(text, span).unwrap_or(Target::Local(PlaceLevel::Region));
            Some(place)
        }
        EntityClass::Organization
            if tagged.nats() >= SURE_BODY
                && !text.is(List::NotBody, span)
                && !ends_with_noun(text, span) =>
        {
            Some(Candidate::new(
                text.text,
                span,
                EntityClass::Organization,
                SCORE,
                "organization.tagger",
            ))
        }
        EntityClass::Place
        | EntityClass::Organization
        | EntityClass::Person
        | EntityClass::Program
        | EntityClass::RedSite
        | EntityClass::Work
        | EntityClass::Event => None,
    }
}

/// Gives the divisions with the name of a span, where it is a full one: the segmenter's words hid it.
fn division<'k>(text: &Segmented<'k>, span: Span) -> Option<Target<'k>> {
    let name = text
        .names_starting(span.start)
        .find(|name| name.span == span && matches!(name.form, NameForm::Full))?;
    Some(Target::Divisions {
        divisions: name.divisions(),
        short: false,
    })
}

/// Tells whether a long name of a body ends with an ordinary noun that is no kind of body (某县资源概况).
fn ends_with_noun(text: &Segmented<'_>, span: Span) -> bool {
    /// Shorter ones are short forms, which end with anything (6 characters).
    const LONG: usize = 6 * 3;
    let last = text
        .token_at(span.end.saturating_sub(1))
        .and_then(|number| text.tokens.get(number));
    let noun = last.is_some_and(|token| {
        token.known && token.span.len() > 3 && matches!(token.pos, Pos::Noun | Pos::VerbalNoun)
    });
    let listed = text
        .ending(span.end)
        .any(|hit| matches!(hit.entry.list, List::BodySuffix | List::KnownBody));
    span.len() >= LONG && noun && !listed
}

/// Tells whether a span begins and ends as names do.
fn may_stand(text: &Segmented<'_>, span: Span) -> bool {
    let first = text
        .token_at(span.start)
        .and_then(|number| text.tokens.get(number));
    // 个村, 各县市, 向雄安新区: what counts or governs a name is no part of it.
    !first.is_some_and(|token| {
        token.span.start == span.start
            && token.known
            && matches!(
                token.pos,
                Pos::Measure
                    | Pos::Pronoun
                    | Pos::Adverb
                    | Pos::Preposition
                    | Pos::Conjunction
                    | Pos::Particle
                    | Pos::Number
                    | Pos::Verb
            )
            && token.span.len() < span.len()
    })
}

/// Tells whether a span is a place of its own: no building, road or park, no row of places that
/// others have found, no ordinary word.
fn is_place(text: &Segmented<'_>, span: Span, found: &[Candidate<'_>]) -> bool {
    let first = found.partition_point(|other| other.span.start < span.start);
    let row = found
        .iter()
        .skip(first)
        .take_while(|other| other.span.start < span.end)
        .any(|other| {
            let known = matches!(other.target, Target::Divisions { .. } | Target::Known(_));
            other.class == EntityClass::Place && known && span.contains(other.span)
        });
    let word = text
        .token_at(span.start)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| {
            token.span == span && token.known && !matches!(token.pos, Pos::Place | Pos::Noun)
        });
    // 泰山北斗 is no mountain.
    let inside_word = text.lies_in(List::NotPlace, span);
    !row && !word && !inside_word
}
