//! `aboutEntity`: takes a work, returns whom and what it is about: the names in its title, and those
//! that a sentence gives as its subject (《某剧》讲述某某…; 反映某某的电影《某片》; 以某某为原型).

use std::collections::BTreeMap;

use ontology::record::{EntityClass, EntityKey, Object, PlaceLevel, Predicate, Span};

use super::maker::is_listed;
use super::scene::{Scene, stem as stem_of};
use super::{Asserted, clause};
use crate::knowledge::{Hit, List};
use crate::resolve::Resolved;
use crate::segment::Segmented;

/// Finds the subjects of works that their titles or sentences name.
pub(super) fn abouts(scene: &Scene<'_, '_>) -> Vec<Asserted> {
    let works: Vec<&Resolved> = scene
        .resolution
        .mentions
        .iter()
        .filter(|mention| mention.class == EntityClass::Work && !mention.nested)
        .collect();
    if works.is_empty() {
        return Vec::new();
    }
    let names = names(scene);
    let mut found = Vec::new();
    for work in &works {
        found.extend(titled(scene, &names, work));
    }
    for sentence in &scene.text.structure.sentences {
        found.extend(stated(scene, &works, sentence.span));
    }
    found
}

/// Characters of a name that is looked for in titles.
const LEAST: usize = 2;
const MOST: usize = 16;

/// Every name of a person, event, site or place of the document.
fn names<'a>(scene: &Scene<'a, '_>) -> BTreeMap<&'a str, &'a EntityKey> {
    let mut names = BTreeMap::new();
    let gazetteer = scene.text.knowledge.gazetteer;
    let resolution = scene.resolution;
    for (key, entity) in &resolution.entities {
        if !is_subject(entity.class) || entity.level == Some(PlaceLevel::Country) {
            continue;
        }
        let shorts = gazetteer.by_code(key.local());
        let shorts = shorts.filter(|_| entity.class == EntityClass::Place);
        let shorts = shorts.map_or(&[][..], |division| &division.shorts);
        let low = matches!(
            entity.level,
            Some(PlaceLevel::Township | PlaceLevel::Village)
        );
        let stem = Some(&entity.label).filter(|_| low);
        let stem = stem.and_then(|label| stem_of(label));
        let labels = std::iter::once(entity.label.as_str()).chain(stem);
        let labels = labels.chain(entity.aliases.iter().map(String::as_str));
        for name in labels.chain(shorts.iter().map(String::as_str)) {
            if name.chars().nth(LEAST - 1).is_some() {
                names.entry(name).or_insert(key);
            }
        }
    }
    names
}

fn is_subject(class: EntityClass) -> bool {
    match class {
        EntityClass::Person | EntityClass::Event | EntityClass::RedSite | EntityClass::Place => {
            true
        }
        EntityClass::Organization | EntityClass::Program | EntityClass::Work => false,
    }
}

/// The names in a title, longest first from the left; those that make the work one of the person
/// (某某选集) left out.
fn titled(
    scene: &Scene<'_, '_>,
    names: &BTreeMap<&str, &EntityKey>,
    work: &Resolved,
) -> Vec<Asserted> {
    let mut found = Vec::new();
    let words = work.span.of(scene.text.text);
    let mut next = 0;
    for (at, _) in words.char_indices() {
        if at < next {
            continue;
        }
        let Some((name, key)) = longest(words.get(at..).unwrap_or_default(), names) else {
            continue;
        };
        let span = Span::new(work.span.start + at, work.span.start + at + name.len());
        let short = name.chars().nth(LEAST).is_none();
        let opens = at == 0 || words.get(..at) == Some("《");
        let closes = matches!(words.get(at + name.len()..), Some("" | "》"));
        let whole = (opens || closes)
            || scene.text.is_boundary(span.start) && scene.text.is_boundary(span.end);
        if short && !whole {
            continue;
        }
        next = at + name.len();
        let author = key.class() == Some(EntityClass::Person) && is_author(scene.text, span);
        if !author {
            found.push(assert(scene, work, key, "subject.title", 0.75));
        }
    }
    found
}

fn longest<'n, 'k>(
    words: &'n str,
    names: &BTreeMap<&str, &'k EntityKey>,
) -> Option<(&'n str, &'k EntityKey)> {
    let ends = words.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.take(MOST)
        .filter_map(|end| words.get(..end))
        .filter_map(|name| Some((name, *names.get(name)?)))
        .last()
}

/// Tells whether a title says that the person wrote the work (某某选集, 某某日记).
pub(super) fn is_author(text: &Segmented<'_>, name: Span) -> bool {
    text.starting(name.end)
        .any(|hit| hit.entry.list == List::Relation && hit.entry.field("relation") == "authored")
}

fn assert(
    scene: &Scene<'_, '_>,
    work: &Resolved,
    object: &EntityKey,
    rule: &'static str,
    confidence: f64,
) -> Asserted {
    Asserted {
        span: clause(scene.text, work.span),
        subject: work.key.clone(),
        predicate: Predicate::AboutEntity,
        object: Object::Entity(object.clone()),
        rule,
        confidence,
    }
}

/// Bytes between a verb of telling and the names it tells of (30 characters).
const REACH: usize = 30 * 3;

/// What a sentence says that works are about.
fn stated(scene: &Scene<'_, '_>, works: &[&Resolved], sentence: Span) -> Vec<Asserted> {
    let text = scene.text;
    let mut found = Vec::new();
    let hits = text
        .within(List::Relation, sentence)
        .filter(|hit| text.is_boundary(hit.span.start));
    for hit in hits {
        let (names, work) = match hit.entry.field("relation") {
            "tells" => {
                let names = Span::new(hit.span.end, clause_end(scene, hit.span.end, sentence));
                (names, work_of(scene, works, sentence, hit))
            }
            "isModel" => {
                let Some(names) = framed(scene, hit, sentence) else {
                    continue;
                };
                let frame = Span::new(names.start, hit.span.end);
                (names, nearest(scene, works, sentence, frame))
            }
            _ => continue,
        };
        let Some(work) = work else {
            continue;
        };
        let names = Span::new(names.start, names.end.min(names.start + REACH));
        found.extend(
            subjects(scene, names)
                .into_iter()
                .map(|key| assert(scene, work, key, "subject.told", 0.7)),
        );
    }
    found
}

/// The people, events and sites in a stretch, or else its last place.
fn subjects<'a>(scene: &Scene<'a, '_>, stretch: Span) -> Vec<&'a EntityKey> {
    let resolution = scene.resolution;
    let named = |class: EntityClass| {
        resolution
            .within(stretch)
            .filter(move |mention| mention.class == class && !mention.nested)
            .map(|mention| &mention.key)
    };
    let all: Vec<&EntityKey> = named(EntityClass::Person)
        .chain(named(EntityClass::Event))
        .chain(named(EntityClass::RedSite))
        .collect();
    if !all.is_empty() {
        return all;
    }
    named(EntityClass::Place).last().into_iter().collect()
}

/// Where the clause of a byte ends: at a comma, or the next work.
fn clause_end(scene: &Scene<'_, '_>, at: usize, sentence: Span) -> usize {
    let rest = Span::new(at, sentence.end.min(scene.ahead_of(at)).max(at));
    let comma = rest.of(scene.text.text).find(['，', '；', '。']);
    let end = comma.map_or(rest.end, |length| at + length);
    scene
        .resolution
        .within(Span::new(at, end))
        .find(|mention| mention.class == EntityClass::Work && !mention.nested)
        .map_or(end, |work| work.span.start)
}

/// Finds the work that a verb of telling is said of: the one behind its names (反映某某的电影《某片》),
/// the one before it in the sentence, or that of the sentence before (该剧讲述…).
fn work_of<'w>(
    scene: &Scene<'_, '_>,
    works: &[&'w Resolved],
    sentence: Span,
    verb: &Hit<'_>,
) -> Option<&'w Resolved> {
    /// Bytes between the comma and the verb (10 characters).
    const NEAR: usize = 10 * 3;
    let text = scene.text;
    let end = clause_end(scene, verb.span.end, sentence);
    let number = works.partition_point(|work| work.span.start < end);
    let behind = works.get(number).filter(|work| work.span.start == end);
    let behind = behind.filter(|_| Span::new(verb.span.end, end).of(text.text).contains('的'));
    if let Some(work) = behind {
        return Some(work);
    }
    let number = works.partition_point(|work| work.span.end <= verb.span.start);
    let before = works.get(number.checked_sub(1)?)?;
    // 《甲》《乙》讲述甲、乙: which tells of whom is not said.
    let listed = number
        .checked_sub(2)
        .and_then(|other| works.get(other))
        .is_some_and(|other| is_listed(text, other.span, before.span));
    if listed {
        return None;
    }
    let from = before.span.end.max(sentence.start);
    if from < scene.back_from(verb.span.start) {
        return None;
    }
    let between = Span::new(from, verb.span.start);
    let comma = between.of(text.text).rfind(['，', '；', '：']);
    let clause = comma.map_or(from, |at| from + at);
    // Somebody else tells.
    let told = scene
        .resolution
        .within(between)
        .any(|mention| mention.class == EntityClass::Person && mention.span.start >= clause);
    if told || verb.span.start - clause > NEAR {
        return None;
    }
    let same = before.span.start >= sentence.start;
    (same || takes_up(scene, before, sentence)).then_some(*before)
}

/// Finds the work next to a frame (以某某为原型的话剧《某剧》; 《某剧》以某某为原型).
fn nearest<'w>(
    scene: &Scene<'_, '_>,
    works: &[&'w Resolved],
    sentence: Span,
    frame: Span,
) -> Option<&'w Resolved> {
    let number = works.partition_point(|work| work.span.start < frame.end);
    let behind = works
        .get(number)
        .filter(|work| work.span.end <= sentence.end);
    let before = number.checked_sub(1).and_then(|last| works.get(last));
    let before =
        before.filter(|work| work.span.start >= sentence.start || takes_up(scene, work, sentence));
    match (before, behind) {
        (Some(before), Some(behind)) => {
            let far = frame.start.saturating_sub(before.span.end) > behind.span.start - frame.end;
            Some(if far { *behind } else { *before })
        }
        (before, behind) => before.or(behind).copied(),
    }
}

/// Tells whether a sentence takes up the work of the one before it (该剧, 影片).
fn takes_up(scene: &Scene<'_, '_>, work: &Resolved, sentence: Span) -> bool {
    let text = scene.text;
    let again = text.longest_at(List::Definite, sentence.start);
    let again = again.is_some_and(|hit| hit.entry.field("kind") == "work");
    let sentences = &text.structure.sentences;
    let number = sentences.partition_point(|other| other.span.end <= sentence.start);
    let last = number.checked_sub(1).and_then(|last| sentences.get(last));
    again && last.is_some_and(|last| last.span.contains(work.span))
}

/// The stretch between 以 and 为原型.
fn framed(scene: &Scene<'_, '_>, hit: &Hit<'_>, sentence: Span) -> Option<Span> {
    let from = sentence.start.max(hit.span.start.saturating_sub(REACH));
    let from = (from..hit.span.start).find(|&at| scene.text.text.is_char_boundary(at))?;
    let before = Span::new(from, hit.span.start).of(scene.text.text);
    let start = from + before.rfind('以')?;
    Some(Span::new(start, hit.span.start))
}
