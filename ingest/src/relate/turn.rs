//! Takes a document with speakers, returns their turns: who has the word, for which body or place, and
//! who asks whom.

use std::collections::BTreeMap;

use ontology::record::{EntityClass, EntityKey, Object, Predicate, Span};

use super::Asserted;
use super::byline::guests;
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// What someone says, from its label on.
pub(super) struct Turn<'a> {
    pub(super) start: usize,
    /// Who is named by the label.
    person: Option<&'a Resolved>,
    /// Whether the label is that of a journalist or host.
    asks: bool,
    /// The body or place that the speaker stands for.
    pub(super) stands_for: Option<EntityKey>,
}

/// Reads the turns of the speakers, with what they stand for by their posts.
pub(super) fn turns<'a>(
    text: &Segmented<'_>,
    resolution: &'a Resolution<'_>,
    posts: &[Asserted],
) -> Vec<Turn<'a>> {
    let mut bodies: BTreeMap<&EntityKey, &EntityKey> = BTreeMap::new();
    for stated in posts {
        if let Object::Post {
            body: Some(body), ..
        } = &stated.object
        {
            bodies.entry(&stated.subject).or_insert(body);
        }
    }
    let guests = guests(text, resolution);
    let mut turns = Vec::new();
    let mut line = None;
    for sentence in &text.structure.sentences {
        let first = line.replace(sentence.line) != Some(sentence.line);
        let Some(label) = label(text, sentence.span).filter(|_| first) else {
            continue;
        };
        let words = label.of(text.text);
        let named = resolution
            .within(label)
            .find(|mention| mention.class == EntityClass::Person && mention.span.end == label.end);
        let known = text.knowledge.labels.speaks(words) == Some(true);
        if named.is_none() && !known {
            continue;
        }
        let answers = text.knowledge.labels.answers(words);
        let person = named.or_else(|| answers.then(|| guests.first().copied()).flatten());
        let body = person.and_then(|person| bodies.get(&person.key)).copied();
        let stands_for = body.map(|body| resolution.seats.get(body).unwrap_or(body).clone());
        turns.push(Turn {
            start: sentence.span.start,
            person: named,
            asks: named.map_or(known && !answers, |named| is_journalist(text, named)),
            stands_for,
        });
    }
    turns
}

/// Finds who asked whom: a journalist named by the label of a turn, and who has the next one.
pub(super) fn interviews(turns: &[Turn<'_>]) -> Vec<Asserted> {
    let next = turns.iter().skip(1);
    let pairs = turns.iter().zip(next);
    pairs
        .filter(|(asker, guest)| asker.asks && !guest.asks)
        .filter_map(|(asker, guest)| Some((asker.person?, guest.person?)))
        .map(|(asker, guest)| Asserted {
            span: asker.span,
            subject: asker.key.clone(),
            predicate: Predicate::Interviewed,
            object: Object::Entity(guest.key.clone()),
            rule: "byline.turn",
            confidence: 0.8,
        })
        .collect()
}

/// Tells whether 某报记者 or the like stands before a name.
fn is_journalist(text: &Segmented<'_>, person: &Resolved) -> bool {
    text.ending(person.span.start)
        .any(|hit| hit.entry.list == List::Post && hit.entry.field("kind") == "media")
}

/// The words before the colon at the start of a line, if they are few.
fn label(text: &Segmented<'_>, sentence: Span) -> Option<Span> {
    /// Bytes of a label (20 characters).
    const LONGEST: usize = 20 * 3;
    let colon = sentence.of(text.text).find('：')?;
    (colon <= LONGEST).then(|| Span::new(sentence.start, sentence.start + colon))
}
