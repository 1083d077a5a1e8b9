//! Events: known ones, and names by their last words, each with the edition or year that stands
//! before or behind it (第五届某某节, 2022年某某大会, 某某论坛2022年年会).

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{EntityClass, Span};

use super::Candidate;
use super::phrase::{self, Opening};
use super::step::is_numeral;
use crate::knowledge::{Hit, List};
use crate::segment::{Pos, Segmented};

/// Bytes of a name that must be a word of its own (3 characters).
const SHORT: usize = 3 * 3;

/// Finds every candidate for an event.
pub(super) fn events<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    let known: Vec<(&Hit<'k>, Span)> = text
        .of(List::KnownEvent)
        .map(|hit| (hit, edition(text, hit.span, hit.entry.field("kind"))))
        .filter(|(hit, span)| {
            let (start, end) = (
                text.is_boundary(hit.span.start),
                text.is_boundary(hit.span.end),
            );
            // 清明 in 清明茶 is no festival; 第三届进博会 is sure of itself.
            let loose = hit.span.len() > SHORT || *span != hit.span;
            loose && (start || end) || start && end
        })
        .collect();
    let mut editions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (hit, span) in known.iter().filter(|(hit, span)| hit.span != *span) {
        let named = editions.entry(hit.entry.name.as_str()).or_default();
        named.insert(span.of(text.text));
    }
    let known = known.into_iter().map(|(hit, span)| {
        let class = EntityClass::Event;
        let candidate = Candidate::known(span, class, 0.8, "event.known", hit.entry);
        if span == hit.span {
            return candidate;
        }
        // Where a text speaks of one edition only, the plain name means it too.
        let one = editions.get(hit.entry.name.as_str()).map(BTreeSet::len) == Some(1);
        let series = one.then(|| candidate.label.clone());
        let mut candidate = candidate.named(span.of(text.text).to_owned(), series);
        candidate.aliases.retain(|_| one);
        candidate
    });
    let named = text
        .of(List::EventHead)
        .filter_map(|hit| by_head(text, hit));
    known.chain(named).collect()
}

/// Takes an ordinal before a name into its span, and before a recurring occasion also a year.
fn edition(text: &Segmented<'_>, name: Span, kind: &str) -> Span {
    let recurring = matches!(
        kind,
        "occasion" | "festival" | "fair" | "forum" | "games" | "contest"
    );
    let rest = text.text.get(..name.start).unwrap_or_default();
    let before = ordinal(rest)
        .or_else(|| {
            year(rest)
                .filter(|before| recurring || !rest.ends_with('年') && before.len() < rest.len())
        })
        .map_or(rest, |rest| {
            // 2022年第五届
            recurring.then(|| year(rest)).flatten().unwrap_or(rest)
        });
    let start = if text.is_boundary(before.len()) {
        before.len()
    } else {
        name.start
    };
    Span::new(start, name.end)
}

/// Takes the word for a level before an ordinal (县第十八届…会议: of the document's county).
fn with_level(text: &Segmented<'_>, name: Span) -> Span {
    let first = text
        .text
        .get(..name.start)
        .and_then(|rest| rest.char_indices().next_back())
        .filter(|(_, c)| super::is_level(*c))
        .map(|(at, _)| at);
    let ordinal = text.at(name.start) == Some('第');
    match first {
        Some(at) if ordinal && text.is_boundary(at) => Span::new(at, name.end),
        _ => name,
    }
}

/// What stands before 第…届 or 首届.
fn ordinal(rest: &str) -> Option<&str> {
    let number = rest.strip_suffix('届')?;
    number.strip_suffix('首').or_else(|| {
        let first = number.trim_end_matches(is_numeral);
        first
            .strip_suffix('第')
            .filter(|_| first.len() < number.len())
    })
}

/// What stands before a year of four digits, with or without 年.
fn year(rest: &str) -> Option<&str> {
    let number = rest.trim_end_matches('度').trim_end_matches('年');
    let before = number.trim_end_matches(|c: char| c.is_ascii_digit());
    (number.len() - before.len() == 4).then_some(before)
}

fn by_head<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    let longer = text
        .ending(hit.span.end)
        .any(|other| other.entry.list == List::EventHead && other.span.start < hit.span.start);
    let known = text
        .ending(hit.span.end)
        .any(|other| other.entry.list == List::KnownEvent);
    if longer || known || !phrase::is_head(text, hit.span) {
        return None;
    }
    // 某某革命旧址 and 某某会议精神 are no events: the head stands in the middle of a longer name.
    let modifies = text
        .token_at(hit.span.end)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| matches!(token.pos, Pos::Noun | Pos::VerbalNoun));
    let phrase = phrase::leftwards(text, hit.span, Opening::Noun);
    // 某村成立, 大桥通车: an occasion only with its anniversary.
    let bare = !hit.entry.is_strong() && hit.entry.field("kind") == "juncture";
    if modifies || bare {
        return None;
    }
    let plain = with_level(text, phrase.span);
    let span = edition(text, plain, hit.entry.field("kind"));
    let first = text
        .token_at(plain.start)
        .and_then(|number| text.tokens.get(number))?;
    let words = span.of(text.text);
    let ordinal = words.starts_with('第') || words.contains('届');
    // 第19届亚运会: the number alone names it.
    if phrase.words == 0 && !(ordinal && hit.entry.is_strong()) {
        return None;
    }
    // 日军屠杀 is said of an army, 中国作协年会 is called after a body.
    let body = phrase.body && !phrase::holds_army(text, plain);
    let own = !first.known && first.span.len() > 3 || first.pos == Pos::Person;
    let score = match hit.entry.is_strong() {
        true if phrase.place || body || phrase.quoted || ordinal => 0.75,
        true if own || phrase.whole => 0.55,
        false if phrase.quoted || ordinal => 0.6,
        false if phrase.place || body || span != plain => 0.5,
        _ => return None,
    };
    let candidate = Candidate::new(text.text, span, EntityClass::Event, score, "event.head")
        .of_kind(hit.entry.kind());
    let series = plain.of(text.text).to_owned();
    Some(if span == plain {
        candidate
    } else {
        let label = candidate.label.clone();
        candidate.named(label, Some(series))
    })
}
