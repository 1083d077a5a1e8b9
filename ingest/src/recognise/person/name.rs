//! Where a Chinese name may begin and end.

use std::collections::BTreeSet;

use ontology::record::{PlaceLevel, Span};

use crate::knowledge::List;
use crate::normalise::is_han;
use crate::segment::{Pos, Segmented, Token};

/// Reads a name in running text that begins at `start`: surname and one or two characters, made of
/// a word that jieba takes for a person, of words that are in no dictionary, or of single
/// characters.
pub(super) fn read(text: &Segmented<'_>, start: usize) -> Option<Span> {
    let surname = surname(text, start)?;
    let token = text
        .token_at(start)
        .and_then(|number| text.tokens.get(number))?;
    if token.span.start != start {
        return None;
    }
    let whole = token.pos == Pos::Person && given_length(text, surname, token.span.end);
    let span = if whole {
        token.span
    } else {
        let long = end_after(text, surname, 2).filter(|&end| fits(text, start, end));
        let short = end_after(text, surname, 1).filter(|&end| fits(text, start, end));
        Span::new(start, best_end(text, long, short)?)
    };
    may_stand(text, span).then_some(span)
}

/// Prefers two given characters, unless the second is a word of its own that follows names.
fn best_end(text: &Segmented<'_>, long: Option<usize>, short: Option<usize>) -> Option<usize> {
    let Some(long) = long else { return short };
    let Some(short) = short else {
        return Some(long);
    };
    let third = text
        .token_at(short)
        .and_then(|number| text.tokens.get(number))?;
    let follows = matches!(
        third.pos,
        Pos::Verb
            | Pos::Preposition
            | Pos::Conjunction
            | Pos::Adverb
            | Pos::Particle
            | Pos::Pronoun
    );
    Some(if follows { short } else { long })
}

/// Reads a name in a list of names that ends at `limit`: here a mark ends it, and words of the
/// dictionary are allowed.
pub(super) fn read_listed(text: &Segmented<'_>, start: usize, limit: usize) -> Option<Span> {
    let surname = surname(text, start)?;
    let rest = text.text.get(start..limit)?;
    let length = rest.find(|c: char| !is_han(c)).unwrap_or(rest.len());
    let span = Span::new(start, start + length);
    let given = given_length(text, surname, span.end);
    let ordinary = text.is(List::NotName, span) || text.is(List::Post, span);
    if given && !ordinary {
        return Some(span);
    }
    read(text, start).filter(|span| span.end <= limit)
}

/// Takes a span as a name without Chinese surname (乌日娜, 苏和巴图): two to six characters, none of
/// them in a word of the dictionary but names.
pub(super) fn read_foreign(text: &Segmented<'_>, span: Span) -> Option<Span> {
    let characters = span.of(text.text).chars().count();
    let first = text.token_at(span.start)?;
    let strange = text
        .tokens
        .iter()
        .skip(first)
        .take_while(|token| token.span.start < span.end)
        .all(|token| {
            let name = matches!(token.pos, Pos::Person | Pos::Place);
            // One word of the dictionary is what the dictionary says, whatever its tag.
            let part = name && token.span != span;
            span.contains(token.span) && (token.span.len() <= 3 || !token.known || part)
        });
    let function_word = text.tokens.get(first).is_some_and(|token| {
        token.known
            && !matches!(
                token.pos,
                Pos::Person | Pos::Place | Pos::Noun | Pos::Unknown | Pos::Adjective
            )
    });
    ((2..=6).contains(&characters) && strange && !function_word && may_stand(text, span))
        .then_some(span)
}

/// Tells whether one or two characters stand between the surname and `end`.
fn given_length(text: &Segmented<'_>, surname: Span, end: usize) -> bool {
    let given = text.text.get(surname.end..end).unwrap_or_default();
    (1..=2).contains(&given.chars().count()) && given.chars().all(is_han)
}

/// Finds the surname at `start`, the longest.
fn surname(text: &Segmented<'_>, start: usize) -> Option<Span> {
    text.longest_at(List::Surname, start).map(|hit| hit.span)
}

/// Gives how rare the surname of a name is: 1, 2, or 3 (rare, or an ordinary word).
pub(super) fn surname_rank(text: &Segmented<'_>, name: Span) -> u8 {
    text.longest_at(List::Surname, name.start)
        .map_or(3, |hit| hit.entry.rank())
}

fn end_after(text: &Segmented<'_>, surname: Span, given: usize) -> Option<usize> {
    let rest = text.text.get(surname.end..)?;
    let mut chars = rest.char_indices().skip(given - 1);
    let (at, c) = chars.next()?;
    rest.get(..at + c.len_utf8())?
        .chars()
        .all(is_han)
        .then_some(surname.end + at + c.len_utf8())
}

/// Tells whether the words under a name may be parts of one.
fn fits(text: &Segmented<'_>, start: usize, end: usize) -> bool {
    let Some(first) = text.token_at(start) else {
        return false;
    };
    text.is_boundary(end)
        && text
            .tokens
            .iter()
            .skip(first)
            .take_while(|token| token.span.start < end)
            .all(|token| token.span.len() <= 3 || token.pos == Pos::Person || !token.known)
}

/// Tells whether a span may be a name where it stands: no ordinary word, no character that ends
/// or breaks names.
pub(super) fn may_stand(text: &Segmented<'_>, span: Span) -> bool {
    let barred = text.starting(span.start).any(|hit| {
        hit.span == span
            && matches!(
                hit.list,
                List::NotName
                    | List::Post
                    | List::Lead
                    | List::ProgramVerb
                    | List::IndicatorVerb
                    | List::Natural
                    | List::Region
                    | List::SiteHead
                    | List::BodySuffix
                    | List::EventHead
            )
    });
    // A dot says that a name is foreign: any character may stand in it.
    if span.of(text.text).contains(DOTS) {
        return !barred;
    }
    if barred || begins_with_place(text, span) || ends_otherwise(text, span) {
        return false;
    }
    if is_broken_behind(text, span) {
        return false;
    }
    let characters: Vec<usize> = span
        .of(text.text)
        .char_indices()
        .map(|(at, _)| span.start + at)
        .collect();
    !characters.iter().enumerate().skip(1).any(|(index, &at)| {
        let last = index + 1 == characters.len();
        text.starting(at).any(|hit| {
            hit.list == List::NameBreaker
                && span.contains(hit.span)
                && match hit.entry.field("position") {
                    "any" => true,
                    "last" => last,
                    _ => false,
                }
        })
    })
}

/// Tells whether what follows says that no person is meant: the two ends of a line (京张高铁), what a road
/// or a doctrine is called after (马克思主义).
pub(super) fn is_broken_behind(text: &Segmented<'_>, span: Span) -> bool {
    text.starting(span.end)
        .any(|hit| hit.entry.list == List::NameBreaker && hit.entry.field("position") == "behind")
}

/// Tells whether the name of a province or prefecture begins at the same place (海南日报).
fn begins_with_place(text: &Segmented<'_>, span: Span) -> bool {
    text.names_starting(span.start).any(|name| {
        name.span.len() > 3
            && name.divisions().iter().any(|division| {
                matches!(
                    division.level,
                    PlaceLevel::Province | PlaceLevel::Prefecture
                )
            })
    })
}

/// Marks between the parts of a name (阿依古丽·买买提).
const DOTS: [char; 4] = ['·', '•', '‧', '・'];

/// Tells whether a dot directly before or behind a span makes it a part of a longer name.
pub(super) fn beside_dot(text: &Segmented<'_>, span: Span) -> bool {
    let dot = |c: Option<char>| c.is_some_and(|c| DOTS.contains(&c));
    dot(text.before(span.start)) || dot(text.at(span.end))
}

/// Reads the names with dots: the parts that touch a dot, each as far as its words may be parts of
/// a name.
pub(super) fn dotted(text: &Segmented<'_>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, dot) in text.text.match_indices(DOTS) {
        if found.last().is_some_and(|last| last.end > at) {
            continue;
        }
        let start = part_before(text, at);
        let mut end = part_behind(text, at + dot.len());
        while let Some(next) = text.at(end).filter(|c| DOTS.contains(c)) {
            end = part_behind(text, end + next.len_utf8());
        }
        let quoted = text.before(start).is_some_and(|c| "《“".contains(c))
            && text.at(end).is_some_and(|c| "》”".contains(c));
        if start < at && end > at + dot.len() && !quoted {
            let (start, end) = (behind_post(text, start, at), before_verb(text, at, end));
            found.push(Span::new(start, end));
        }
    }
    found
}

/// Gives the end of a post that the segmenter's words join to a name with dots (护边员某某·某某), or `start`.
fn behind_post(text: &Segmented<'_>, start: usize, dot: usize) -> usize {
    /// Posts that reach into the name begin at most so many bytes before it.
    const LONGEST_POST: usize = 5 * 3;
    let around = Span::new(start.saturating_sub(LONGEST_POST), dot);
    text.within(List::Post, around)
        .map(|hit| hit.span.end)
        .filter(|&end| end > start && end + 2 * 3 <= dot)
        .max()
        .unwrap_or(start)
}

/// Gives the start of a verb of speech that the segmenter's words join to a name with dots, or `end`.
fn before_verb(text: &Segmented<'_>, dot: usize, end: usize) -> usize {
    text.ending(end)
        .filter(|hit| hit.entry.list == List::SpeechVerb && !text.is_boundary(hit.span.start))
        .map(|hit| hit.span.start)
        .filter(|&start| start > dot + 3 * 3)
        .min()
        .unwrap_or(end)
}

/// Longest part of a name with dots, in bytes (7 characters).
const LONGEST_PART: usize = 7 * 3;

fn part_behind(text: &Segmented<'_>, start: usize) -> usize {
    let mut end = start;
    while let Some(token) = text
        .token_at(end)
        .and_then(|number| text.tokens.get(number))
    {
        if token.span.start < end || !is_part(text, token) || token.span.end - start > LONGEST_PART
        {
            break;
        }
        end = token.span.end;
    }
    end
}

fn part_before(text: &Segmented<'_>, end: usize) -> usize {
    let mut start = end;
    while let Some(token) = start
        .checked_sub(1)
        .and_then(|at| text.token_at(at))
        .and_then(|number| text.tokens.get(number))
    {
        if !is_part(text, token) || end - token.span.start > LONGEST_PART {
            break;
        }
        start = token.span.start;
    }
    start
}

/// Tells whether a word may be a part of a foreign name: one that no dictionary has, a name, or
/// characters that transliterate.
fn is_part(text: &Segmented<'_>, token: &Token) -> bool {
    let word = token.span.of(text.text);
    let transliterates = word.chars().all(|c| text.knowledge.transliterates(c));
    match token.pos {
        Pos::Mark | Pos::Number | Pos::Particle => false,
        Pos::Person | Pos::Unknown => true,
        Pos::Verb | Pos::Preposition | Pos::Conjunction | Pos::Pronoun | Pos::Adverb => {
            transliterates && !token.known
        }
        Pos::Noun
        | Pos::Place
        | Pos::Body
        | Pos::VerbalNoun
        | Pos::Adjective
        | Pos::Attribute
        | Pos::Measure
        | Pos::Time
        | Pos::Locative
        | Pos::Abbreviation
        | Pos::Idiom
        | Pos::Affix => transliterates || !token.known && word.chars().all(is_han),
    }
}

/// Tells whether a span ends like the name of a place, a site or a body (文昌阁, 红四军), not like
/// one with a word of its own before that ending.
pub(super) fn ends_otherwise(text: &Segmented<'_>, span: Span) -> bool {
    // 王建军, 李大江 may be persons; 红四军 and 某某纪念馆 are not.
    let surname = surname_rank(text, span) < 3;
    let numbered = |at: usize| {
        text.before(at)
            .is_some_and(|c| "一二三四五六七八九十".contains(c))
    };
    text.ending(span.end).any(|hit| {
        let one = hit.span.len() <= 3;
        let ending = match (one, surname) {
            (true, true) => numbered(hit.span.start),
            (true, false) | (false, false) => true,
            // 赵红军: the ending is the given name; but 张家坡 is a village.
            (false, true) if hit.list == List::PlaceSuffix => {
                hit.entry.is_strong() && text.at(hit.span.start) == Some('家')
            }
            (false, true) => hit.span.start > span.start + 3,
        };
        ending
            && matches!(
                hit.list,
                List::SiteHead | List::BodySuffix | List::PlaceSuffix
            )
            && span.contains(hit.span)
            && hit.span != span
            && span.len() >= 3 * 3
    })
}

/// Gives those of `names` that the text somewhere continues to a place by one word (王坪 and 王坪村).
pub(super) fn begun_places<'t>(
    text: &Segmented<'t>,
    names: &BTreeSet<&'t str>,
) -> BTreeSet<&'t str> {
    let lengths: BTreeSet<usize> = names.iter().map(|name| name.len()).collect();
    let lengths = &lengths;
    let before_suffix = text
        .of(List::PlaceSuffix)
        .filter(|hit| hit.entry.is_strong() && hit.span.len() <= 3 * 2)
        .flat_map(|hit| {
            let end = hit.span.start;
            let starts = lengths
                .iter()
                .filter_map(move |length| end.checked_sub(*length));
            starts.map(move |start| (start, end))
        });
    let in_division = text
        .names
        .iter()
        .flat_map(|name| (1..=3).map(|cut| (name.span.start, name.span.end - cut)));
    before_suffix
        .chain(in_division)
        .filter_map(|(start, end)| names.get(text.text.get(start..end)?).copied())
        .collect()
}
/// Tells whether a clause or a sentence opens at `at`, so that its subject stands there.
pub(super) fn opens(text: &Segmented<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| text.token_at(at));
    before
        .and_then(|number| text.tokens.get(number))
        .is_none_or(|token| {
            matches!(
                token.pos,
                Pos::Mark | Pos::Conjunction | Pos::Noun | Pos::Preposition
            )
        })
}
