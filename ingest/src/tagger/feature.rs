//! Takes a stretch of a segmented text, returns what speaks for the label of each character, as
//! hashes: the characters, words, list entries and gazetteer names around it.

use ontology::record::{PlaceLevel, Span};

use crate::knowledge::List;
use crate::segment::Segmented;

/// What is seen at one character.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    character: u32,
    kind: u32,
    /// Hash of its word.
    word: u32,
    /// Where in its word it stands, the word's part of speech, whether the dictionary has it.
    role: u32,
    pos: u32,
    /// The longest gazetteer name over it.
    division: u32,
    /// Lists whose entries cover it, a bit each, begin and end apart.
    lists: u32,
    /// How common a surname begins here.
    surname: u32,
    /// The words before and behind its word.
    before: [u32; 2],
    behind: [u32; 2],
    /// How many characters that transliterate names stand before it, and from it on.
    foreign: [u32; 2],
    /// Last character of its word, and length.
    tail: u32,
    length: u32,
}

/// Lists that speak for or against a name, each with the bit of "covered"; the next is "ends".
const LISTS: [(List, u32); 12] = [
    (List::Region, 0),
    (List::Natural, 2),
    (List::KnownBody, 4),
    (List::Figure, 6),
    (List::BodySuffix, 8),
    (List::PlaceSuffix, 10),
    (List::Post, 12),
    (List::Honorific, 14),
    (List::SpeechVerb, 16),
    (List::NotName, 18),
    (List::KnownSite, 20),
    (List::ShortBody, 22),
];

/// Gives the start of each character of `window` and the hashes of its features, in one list:
/// features of character `n` stand at `ends[n - 1]..ends[n]`.
#[derive(Debug, Default)]
pub(super) struct Features {
    pub(super) starts: Vec<usize>,
    hashes: Vec<u32>,
    ends: Vec<usize>,
}

impl Features {
    /// Looks at a window of a text.
    pub(super) fn of(text: &Segmented<'_>, window: Span) -> Self {
        let (starts, seen) = look(text, window);
        let mut features = Self {
            starts,
            ..Self::default()
        };
        for at in 0..seen.len() {
            describe(&seen, at, &mut features.hashes);
            features.ends.push(features.hashes.len());
        }
        features
    }

    /// Gives the number of characters.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives the hashes of one character.
    pub(super) fn at(&self, number: usize) -> &[u32] {
        let end = self.ends.get(number).copied().unwrap_or_default();
        let start = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before).copied())
            .unwrap_or_default();
        self.hashes.get(start..end).unwrap_or_default()
    }
}

/// FNV-like mixing of a few numbers.
fn hash(parts: &[u32]) -> u32 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for &part in parts {
        state = (state ^ u64::from(part)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^= state >> 29;
    }
    u32::try_from(state >> 32).unwrap_or_default()
}

fn hash_of(word: &str) -> u32 {
    let mut state = 17;
    for c in word.chars() {
        state = hash(&[state, u32::from(c)]);
    }
    state
}

/// Marks the characters that a span covers.
fn mark(
    starts: &[usize],
    seen: &mut [Seen],
    span: Span,
    mut set: impl FnMut(&mut Seen, bool, bool),
) {
    let first = starts.partition_point(|&start| start < span.start);
    let end = starts.partition_point(|&start| start < span.end);
    for at in first..end {
        if let Some(seen) = seen.get_mut(at) {
            set(seen, at == first, at + 1 == end);
        }
    }
}

fn look(text: &Segmented<'_>, window: Span) -> (Vec<usize>, Vec<Seen>) {
    let slice = window.of(text.text);
    let starts: Vec<usize> = slice
        .char_indices()
        .map(|(at, _)| window.start + at)
        .collect();
    let mut seen: Vec<Seen> = slice
        .chars()
        .map(|c| Seen {
            character: folded(c),
            kind: kind(c),
            ..Seen::default()
        })
        .collect();
    let words: Vec<[u32; 2]> = text
        .tokens_within(window)
        .map(|token| {
            let pos = 2 * (token.pos as u32) + u32::from(token.known);
            [hash_of(token.span.of(text.text)), pos]
        })
        .collect();
    for (number, token) in text.tokens_within(window).enumerate() {
        let near = |number: Option<usize>| {
            number
                .and_then(|number| words.get(number))
                .copied()
                .unwrap_or_default()
        };
        let [word, pos] = near(Some(number));
        let tail = token
            .span
            .of(text.text)
            .chars()
            .next_back()
            .map_or(0, u32::from);
        let length = u32::try_from(token.span.of(text.text).chars().count()).unwrap_or(0);
        mark(&starts, &mut seen, token.span, |seen, first, last| {
            seen.word = word;
            seen.pos = pos;
            seen.role = place_in(first, last);
            seen.before = near(number.checked_sub(1));
            seen.behind = near(Some(number + 1));
            seen.tail = tail;
            seen.length = length;
        });
    }
    transliterated(text, slice, &mut seen);
    divisions(text, window, &starts, &mut seen);
    for (list, bit) in LISTS {
        for hit in text.within(list, window) {
            mark(&starts, &mut seen, hit.span, |seen, _, last| {
                seen.lists |= 1 << bit | u32::from(last) << (bit + 1);
            });
        }
    }
    for hit in text.within(List::Surname, window) {
        let rank = hit.entry.field("rank").parse().unwrap_or(3);
        let length = u32::try_from(hit.span.len() / 3).unwrap_or(0);
        mark(&starts, &mut seen, hit.span, |seen, first, _| {
            if first {
                seen.surname = seen.surname.max(8 * length + 4 - rank);
            }
        });
    }
    (starts, seen)
}

fn divisions(text: &Segmented<'_>, window: Span, starts: &[usize], seen: &mut [Seen]) {
    let first = text
        .names
        .partition_point(|name| name.span.start < window.start);
    let mut end = 0;
    let inside = text.names.iter().skip(first);
    let inside = inside.take_while(|name| name.span.start < window.end);
    let mut inside: Vec<_> = inside.filter(|name| window.contains(name.span)).collect();
    inside.sort_by_key(|name| (name.span.start, std::cmp::Reverse(name.span.end)));
    for name in inside {
        if name.span.start < end {
            continue;
        }
        end = name.span.end;
        let level = name
            .divisions()
            .iter()
            .map(|division| match division.level {
                PlaceLevel::Country | PlaceLevel::Province | PlaceLevel::Prefecture => 1,
                PlaceLevel::County => 2,
                PlaceLevel::Township
                | PlaceLevel::Village
                | PlaceLevel::Zone
                | PlaceLevel::Natural
                | PlaceLevel::Region => 3,
            })
            .min()
            .unwrap_or(3);
        let form = match name.form {
            ontology::gazetteer::NameForm::Full => 1,
            ontology::gazetteer::NameForm::Short => 2,
            ontology::gazetteer::NameForm::Former => 3,
        };
        mark(starts, seen, name.span, |seen, first, last| {
            seen.division = 100 + 16 * level + 4 * form + place_in(first, last);
        });
    }
}

/// Counts the characters of a transliteration before and from each character, up to [`LONGEST_RUN`].
fn transliterated(text: &Segmented<'_>, slice: &str, seen: &mut [Seen]) {
    let is: Vec<bool> = slice
        .chars()
        .map(|c| text.knowledge.transliterates(c))
        .collect();
    let longer = |run: u32, is: bool| if is { (run + 1).min(LONGEST_RUN) } else { 0 };
    let mut run = 0;
    for (seen, &is) in seen.iter_mut().zip(&is) {
        seen.foreign[0] = run;
        run = longer(run, is);
    }
    run = 0;
    for (seen, &is) in seen.iter_mut().zip(&is).rev() {
        run = longer(run, is);
        seen.foreign[1] = run;
    }
}

/// Longer runs of a transliteration say no more.
const LONGEST_RUN: u32 = 6;

fn place_in(first: bool, last: bool) -> u32 {
    match (first, last) {
        (true, true) => 3,
        (true, false) => 0,
        (false, true) => 2,
        (false, false) => 1,
    }
}

/// Digits are alike, and so are letters of one case.
fn folded(c: char) -> u32 {
    u32::from(match c {
        '0'..='9' => '0',
        'a'..='z' => 'a',
        'A'..='Z' => 'A',
        other => other,
    })
}

fn kind(c: char) -> u32 {
    match c {
        '0'..='9' => 1,
        'a'..='z' => 2,
        'A'..='Z' => 3,
        '·' | '•' | '‧' | '・' => 4,
        c if crate::normalise::is_han(c) => 5,
        c if c.is_alphabetic() => 6,
        ' ' => 7,
        _ => 8,
    }
}

fn describe(seen: &[Seen], at: usize, hashes: &mut Vec<u32>) {
    let near = |offset: isize| {
        at.checked_add_signed(offset)
            .and_then(|at| seen.get(at))
            .copied()
            .unwrap_or_default()
    };
    let [b2, b1, here, a1, a2] = [near(-2), near(-1), near(0), near(1), near(2)];
    let mut template = 0;
    let mut add = |parts: &[u32]| {
        template += 1;
        let mut state = hash(parts);
        state = hash(&[state, template]);
        // Zero marks an empty slot of the model's table.
        hashes.push(state.max(1));
    };
    // Characters.
    add(&[here.character]);
    add(&[b1.character]);
    add(&[a1.character]);
    add(&[b2.character]);
    add(&[a2.character]);
    add(&[b1.character, here.character]);
    add(&[here.character, a1.character]);
    add(&[b2.character, b1.character]);
    add(&[a1.character, a2.character]);
    add(&[b1.character, a1.character]);
    add(&[b1.character, here.character, a1.character]);
    add(&[b2.character, b1.character, here.character]);
    add(&[here.character, a1.character, a2.character]);
    add(&[b2.kind, b1.kind, here.kind, a1.kind, a2.kind]);
    // Words.
    add(&[here.word, here.role]);
    add(&[here.role, here.pos]);
    add(&[b1.role, b1.pos, here.role, here.pos]);
    add(&[here.role, here.pos, a1.role, a1.pos]);
    add(&[b1.word, here.role]);
    add(&[a1.word, here.role]);
    add(&[b1.pos, here.role, here.pos, a1.pos, a1.role]);
    add(&[b2.pos, b1.pos, here.pos, here.role]);
    add(&[here.pos, here.role, a1.pos, a2.pos]);
    add(&[here.role, here.pos, here.before[0]]);
    add(&[here.role, here.pos, here.behind[0]]);
    add(&[here.role, here.pos, here.before[1], here.behind[1]]);
    add(&[here.role, here.before[1], here.word]);
    add(&[here.role, here.behind[1], here.word]);
    add(&[here.role, here.pos, here.tail, here.length]);
    add(&[here.foreign[0], here.foreign[1]]);
    add(&[here.foreign[0], here.foreign[1], here.role, here.pos]);
    add(&[here.foreign[0], here.foreign[1], b1.kind, a1.kind]);
    // Gazetteer and lists.
    add(&[here.division]);
    add(&[b1.division, here.division, a1.division]);
    add(&[here.division, here.role, here.pos]);
    add(&[here.lists]);
    add(&[b1.lists, here.lists]);
    add(&[here.lists, a1.lists]);
    add(&[here.surname, here.role, here.pos]);
    add(&[here.surname, b1.pos, a1.pos]);
    add(&[b1.surname, here.role, here.pos, a1.role]);
    add(&[b2.surname, b1.role, here.role, here.pos]);
}
