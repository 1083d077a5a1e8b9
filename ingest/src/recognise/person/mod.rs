//! Persons: figures of the lexicon, names at the places where an article names people (byline,
//! speakers), beside posts and titles, before verbs of speech; once a name is sure, everywhere.

mod name;

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{EntityClass, Span};

use super::Candidate;
use crate::knowledge::List;
use crate::segment::{Pos, Segmented, occurrences};
use crate::tagger::Tagged;

/// A name needs evidence of at least this much in the whole document.
const ENOUGH: f64 = 0.6;

/// One place at least must say so much: many weak hints are no evidence.
const SURE: f64 = 0.4;

/// What the tagger's margin says: from about one nat it is enough alone.
const TAGGER_BASE: f64 = 0.55;
const TAGGER_SHARE: f64 = 0.3;
const TAGGER_MOST: f64 = 0.7;

/// Characters behind a post among which its bearer's name ends: more than any name has.
const LONGEST_RUN: usize = 16;

/// Finds every candidate for a person.
pub(super) fn people<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    let mut found: Vec<Candidate<'k>> = text
        .of(List::Figure)
        .filter(|hit| text.is_boundary(hit.span.start) || text.is_boundary(hit.span.end))
        .filter(|hit| {
            // A dictionary's tag says little of a whole name; only the list of words does.
            let whole = hit.span.len() >= 3 * 3 && !text.is(List::NotName, hit.span);
            whole || !is_ordinary(text, hit.span) || context(text, hit.span).0 > SURE
        })
        .filter(|hit| !name::is_broken_behind(text, hit.span))
        .map(|hit| {
            Candidate::known(
                hit.span,
                EntityClass::Person,
                0.85,
                "person.figure",
                hit.entry,
            )
        })
        .collect();
    let sure: BTreeMap<String, Evidence> = evidence(text)
        .into_iter()
        .filter(|(name, evidence)| {
            evidence.sum >= ENOUGH
                && evidence.best >= SURE
                && text.knowledge.entry(List::Figure, name).is_none()
        })
        .collect();
    let evidences: Vec<Evidence> = sure.values().copied().collect();
    for (span, number) in occurrences(text.text, sure.keys().map(String::as_str)) {
        if let Some(evidence) = evidences
            .get(number)
            .filter(|_| name::may_stand(text, span) && !name::beside_dot(text, span))
        {
            let score = evidence.sum.min(0.9);
            found.push(Candidate::new(
                text.text,
                span,
                EntityClass::Person,
                score,
                evidence.rule,
            ));
        }
    }
    found
}

/// Tells whether a name is also an ordinary word (田间), which needs a context.
fn is_ordinary(text: &Segmented<'_>, span: Span) -> bool {
    text.is(List::NotName, span)
        || text
            .token_at(span.start)
            .and_then(|number| text.tokens.get(number))
            .is_some_and(|token| {
                token.span == span && token.known && !matches!(token.pos, Pos::Person)
            })
}

#[derive(Debug, Clone, Copy)]
struct Evidence {
    sum: f64,
    best: f64,
    rule: &'static str,
}

/// Weighs what the tagger takes for a person: less where no surname begins it, nothing where it is
/// the name of a place without its last word (王坪 for 王坪村), or of a building or body.
fn tagged_weight(text: &Segmented<'_>, tagged: &Tagged, places: &BTreeSet<&str>) -> f64 {
    let span = tagged.span;
    let surface = span.of(text.text);
    let latin = surface.chars().any(|c| c.is_ascii_alphabetic());
    let broken = surface.contains(' ') && !latin;
    if broken || name::ends_otherwise(text, span) || places.contains(surface) {
        return 0.0;
    }
    // 来研学, 少跑路: a rare surname that is a verb or an adverb first of all.
    let word = text
        .token_at(span.start)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| {
            token.known && matches!(token.pos, Pos::Verb | Pos::Adverb | Pos::Adjective)
        });
    if word && name::surname_rank(text, span) == 3 {
        return 0.0;
    }
    let sure = (TAGGER_BASE + TAGGER_SHARE * tagged.nats()).min(TAGGER_MOST);
    let foreign = latin
        || surface
            .chars()
            .all(|c| c == '·' || text.knowledge.transliterates(c));
    match name::surname_rank(text, span) {
        1 | 2 => sure,
        _ if foreign => sure,
        _ => sure - 0.2,
    }
}

/// Gives what the tagger takes for persons, with a weight.
fn tagged_persons<'t>(text: &'t Segmented<'_>) -> impl Iterator<Item = (&'t Tagged, f64)> {
    let persons: Vec<&Tagged> = text
        .tagged
        .iter()
        .filter(|tagged| tagged.class == EntityClass::Person)
        .filter(|tagged| !name::beside_dot(text, tagged.span))
        .collect();
    let names = persons
        .iter()
        .map(|tagged| tagged.span.of(text.text))
        .collect();
    let places = name::begun_places(text, &names);
    persons
        .into_iter()
        .map(move |tagged| (tagged, tagged_weight(text, tagged, &places)))
        .filter(|&(_, weight)| weight > 0.0)
}

/// Collects, by name, what speaks for its being a person's.
fn evidence(text: &Segmented<'_>) -> BTreeMap<String, Evidence> {
    let mut found: BTreeMap<String, Evidence> = BTreeMap::new();
    let mut add = |span: Span, weight: f64, rule: &'static str| {
        let entry = found
            .entry(span.of(text.text).to_owned())
            .or_insert(Evidence {
                sum: 0.0,
                best: 0.0,
                rule,
            });
        entry.sum += weight;
        if weight > entry.best {
            (entry.best, entry.rule) = (weight, rule);
        }
    };
    let structure = text.structure;
    for stretch in [
        &structure.bylines,
        &structure.editors,
        &structure.interviewers,
        &structure.guests,
    ] {
        for span in stretch.iter().flat_map(|&stretch| listed(text, stretch)) {
            add(span, 0.7, "person.byline");
        }
    }
    for &speaker in &structure.speakers {
        if name::read(text, speaker.start).is_some_and(|name| name == speaker) {
            add(speaker, 0.7, "person.speaker");
        }
    }
    for span in name::dotted(text) {
        add(span, 0.7, "person.dotted");
    }
    for hit in text.of(List::Post) {
        let office = hit.entry.field("office") == "yes";
        if let Some(span) = alone_behind(text, hit.span.end, office) {
            add(span, 0.6, "person.post-before");
        }
    }
    for (tagged, weight) in tagged_persons(text) {
        add(tagged.span, weight, "person.tagger");
    }
    for token in &text.tokens {
        if let Some(span) = name::read(text, token.span.start) {
            let (weight, rule) = context(text, span);
            if weight > 0.0 {
                add(span, weight, rule);
            }
        }
    }
    found
}

/// Gives the names in a stretch that is there to name people: behind its start, a blank, a comma,
/// a bracket, a label or a post.
fn listed(text: &Segmented<'_>, stretch: Span) -> Vec<Span> {
    let slice = stretch.of(text.text);
    let mut starts = vec![stretch.start];
    starts.extend(
        slice
            .char_indices()
            .filter(|&(_, c)| " 、，□■●（：/|".contains(c))
            .map(|(at, c)| stretch.start + at + c.len_utf8()),
    );
    starts.extend(text.within(List::Post, stretch).map(|hit| hit.span.end));
    starts.sort_unstable();
    starts.dedup();
    starts
        .into_iter()
        .filter_map(|start| name::read_listed(text, start, stretch.end))
        .collect()
}

/// Reads a name that fills the stretch between a post and a mark, a blank or a verb of speech:
/// there (behind an office) its characters may be ordinary words (县长 杨曙光), and names need no Chinese surname
/// (副部长苏和巴图介绍).
fn alone_behind(text: &Segmented<'_>, at: usize, office: bool) -> Option<Span> {
    let rest = text.text.get(at..)?;
    let start = at + (rest.len() - rest.trim_start_matches([' ', '：']).len());
    let name = text.text.get(start..)?;
    let length: usize = name
        .chars()
        .take(LONGEST_RUN)
        .take_while(|&c| crate::normalise::is_han(c))
        .map(char::len_utf8)
        .sum();
    let closed = start + length;
    let listed = name.get(length..).is_none_or(|rest| {
        rest.is_empty() || rest.starts_with([' ', '、', '，', '。', '\n', '（', '：', '；'])
    });
    let spoken = text
        .within(List::SpeechVerb, Span::new(start, closed))
        .filter(|hit| hit.span.start > start)
        // The segmenter may join a verb to the name (某某作 in 某某作介绍); a long one is no part of it.
        .filter(|hit| text.is_boundary(hit.span.start) || hit.span.len() >= 3 * 3)
        .map(|hit| hit.span.start)
        .min();
    let end = spoken.or(listed.then_some(closed))?;
    let span = Span::new(start, end);
    let blank = start > at;
    // 群众点单、队员和群众: behind a role words go on; only a blank or a verb of speech makes a name.
    let function_word = text
        .token_at(start)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| {
            matches!(
                token.pos,
                Pos::Conjunction | Pos::Preposition | Pos::Particle | Pos::Adverb
            ) || matches!(token.pos, Pos::Verb)
                && token.known
                && name::surname_rank(text, span) == 3
        });
    if !office && !blank && spoken.is_none() && span.len() < 3 * 3 || function_word && !blank {
        return None;
    }
    if let Some(chinese) = name::read_listed(text, start, end).filter(|name| *name == span) {
        return (blank || spoken.is_some() || !is_ordinary(text, chinese)).then_some(chinese);
    }
    name::read_foreign(text, span)
}

/// Weighs what stands before and behind a possible name.
fn context(text: &Segmented<'_>, span: Span) -> (f64, &'static str) {
    let tagged = text
        .token_at(span.start)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| token.span == span && token.pos == Pos::Person);
    let rare = name::surname_rank(text, span) > 2;
    // jieba's model finds names that its dictionary lacks; three characters make it surer.
    let made = tagged && is_made_up(text, span) && span.len() == 3 * 3;
    let mut weight = match (tagged, rare) {
        (true, false) if made => 0.6,
        (true, false) => 0.3,
        (true, true) => 0.15,
        (false, false) => 0.1,
        (false, true) => 0.0,
    };
    let mut rule = "person.context";
    if let Some(office) = post_before(text, span.start) {
        weight += if office { 0.5 } else { 0.4 };
        rule = "person.post-before";
    }
    if honorific_after(text, span.end) {
        weight += 0.35;
        rule = "person.title-after";
    }
    if text
        .starting(span.end)
        .any(|hit| hit.list == List::SpeechVerb)
        && name::opens(text, span.start)
    {
        weight += 0.35;
        rule = "person.speech";
    }
    let evidence = weight > 0.3 || tagged;
    (if evidence { weight } else { 0.0 }, rule)
}

/// Tells whether jieba's model, not its dictionary, made the word of a span.
fn is_made_up(text: &Segmented<'_>, span: Span) -> bool {
    text.token_at(span.start)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| token.span == span && !token.known)
}

/// Tells whether a post or a title ends at `at` (or just before a blank), and whether it is an
/// office.
fn post_before(text: &Segmented<'_>, at: usize) -> Option<bool> {
    let before = text.text.get(..at)?;
    let trimmed = before.trim_end_matches([' ', '：', '“']).len();
    text.ending(trimmed)
        .filter(|hit| hit.span.len() >= 2 * 3)
        .find_map(|hit| {
            let office = hit.list == List::Post;
            let before = matches!(hit.entry.field("side"), "before" | "both");
            let title = hit.list == List::Honorific && before;
            (office || title).then(|| office && hit.entry.field("office") == "yes")
        })
}

/// Tells whether a title (同志, 书记) follows.
fn honorific_after(text: &Segmented<'_>, at: usize) -> bool {
    text.starting(at).any(|hit| {
        let title = hit.list == List::Honorific && hit.entry.field("side") != "before";
        // A post that another name follows is that one's (某地馆长某某).
        let post = hit.list == List::Post
            && hit.entry.field("office") == "yes"
            && hit.span.len() >= 2 * 3
            && name::read(text, hit.span.end).is_none();
        title || post
    })
}
