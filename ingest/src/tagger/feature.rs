//! Takes a stretch of a segmented text, returns what speaks for the label of each character, as
//! hashes: the characters, words, list entries and gazetteer names around it.

use ontology::record::{PlaceLevel, Span};

use super::template;
use crate::knowledge::List;
use crate::segment::Segmented;

/// What is seen at one character.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    /// The character as it stands.
    own: char,
    transliterates: bool,
    /// The character with what is alike folded.
    pub(super) character: u32,
    pub(super) kind: u32,
    /// Hash of its word.
    pub(super) word: u32,
    /// Where in its word it stands, the word's part of speech, whether the dictionary has it.
    pub(super) role: u32,
    pub(super) pos: u32,
    /// The longest gazetteer name over it.
    pub(super) division: u32,
    /// Lists whose entries cover it, a bit each, begin and end apart.
    pub(super) lists: u32,
    /// How common a surname begins here.
    pub(super) surname: u32,
    /// The words before and behind its word.
    pub(super) before: [u32; 2],
    pub(super) behind: [u32; 2],
    /// How many characters that transliterate names stand before it, and from it on.
    pub(super) foreign: [u32; 2],
    /// Last character of its word, and length.
    pub(super) tail: u32,
    pub(super) length: u32,
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

/// The start of each character of a window and the hashes of its features; may be used for one
/// window after another, so that their memory is asked for once.
#[derive(Debug, Default)]
pub(super) struct Features {
    pub(super) starts: Vec<usize>,
    /// [`template::COUNT`] for each character.
    hashes: Vec<u32>,
    seen: Vec<Seen>,
    /// How many characters start before each byte of the window.
    numbers: Vec<usize>,
    /// Hash and part of speech of each word.
    words: Vec<[u32; 2]>,
}

impl Features {
    /// Looks at a window of a text.
    pub(super) fn of(text: &Segmented<'_>, window: Span) -> Self {
        let mut features = Self::default();
        features.look(text, window);
        features
    }

    /// Looks at another window.
    pub(super) fn look(&mut self, text: &Segmented<'_>, window: Span) {
        let slice = window.of(text.text);
        self.characters(slice, window);
        self.words(text, window);
        transliterated(text, &mut self.seen);
        self.divisions(text, window);
        self.lists(text, window);
        self.hashes.clear();
        template::describe(&self.seen, &mut self.hashes);
    }

    /// Gives the hashes of each character.
    pub(super) fn hashes(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        self.hashes.chunks_exact(template::COUNT)
    }

    fn characters(&mut self, slice: &str, window: Span) {
        self.starts.clear();
        self.seen.clear();
        self.numbers.clear();
        for (at, c) in slice.char_indices() {
            self.starts.push(window.start + at);
            self.seen.push(Seen {
                own: c,
                character: folded(c),
                kind: kind(c),
                ..Seen::default()
            });
            self.numbers.resize(at + 1, self.starts.len() - 1);
            // The bytes inside a character lie behind its start.
            self.numbers.resize(at + c.len_utf8(), self.starts.len());
        }
        self.numbers.push(self.starts.len());
    }

    /// Marks the characters that a span covers: first and last are told apart.
    fn mark(&mut self, window: Span, span: Span, mut set: impl FnMut(&mut Seen, bool, bool)) {
        let number = |at: usize| {
            let number = self.numbers.get(at.saturating_sub(window.start));
            number.copied().unwrap_or(self.starts.len())
        };
        let (first, end) = (number(span.start), number(span.end));
        for (seen, at) in self.seen.iter_mut().zip(0..end).skip(first) {
            set(seen, at == first, at + 1 == end);
        }
    }

    fn words(&mut self, text: &Segmented<'_>, window: Span) {
        self.words.clear();
        self.words.extend(text.tokens_within(window).map(|token| {
            let pos = 2 * (token.pos as u32) + u32::from(token.known);
            [template::hash_of(token.span.of(text.text)), pos]
        }));
        let mut before = [0; 2];
        for (number, token) in text.tokens_within(window).enumerate() {
            let word = self.words.get(number).copied().unwrap_or_default();
            let behind = self.words.get(number + 1).copied().unwrap_or_default();
            let characters = token.span.of(text.text).chars();
            let tail = characters.clone().next_back().map_or(0, u32::from);
            let length = u32::try_from(characters.count()).unwrap_or(0);
            self.mark(window, token.span, |seen, first, last| {
                [seen.word, seen.pos] = word;
                seen.role = place_in(first, last);
                seen.before = before;
                seen.behind = behind;
                seen.tail = tail;
                seen.length = length;
            });
            before = word;
        }
    }

    fn lists(&mut self, text: &Segmented<'_>, window: Span) {
        for hit in text.hits_within(window) {
            if let Some(&(_, bit)) = LISTS.iter().find(|(list, _)| *list == hit.list) {
                self.mark(window, hit.span, |seen, _, last| {
                    seen.lists |= 1 << bit | u32::from(last) << (bit + 1);
                });
            } else if hit.list == List::Surname {
                let length = u32::try_from(hit.span.len() / 3).unwrap_or(0);
                let common = 4 - u32::from(hit.entry.rank());
                self.mark(window, hit.span, |seen, first, _| {
                    if first {
                        seen.surname = seen.surname.max(8 * length + common);
                    }
                });
            }
        }
    }

    fn divisions(&mut self, text: &Segmented<'_>, window: Span) {
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
                .bearers()
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
            self.mark(window, name.span, |seen, first, last| {
                seen.division = 100 + 16 * level + 4 * form + place_in(first, last);
            });
        }
    }
}

/// Counts the characters of a transliteration before and from each character, up to [`LONGEST_RUN`].
fn transliterated(text: &Segmented<'_>, seen: &mut [Seen]) {
    let longer = |run: u32, is: bool| if is { (run + 1).min(LONGEST_RUN) } else { 0 };
    let mut run = 0;
    for seen in seen.iter_mut() {
        seen.transliterates = text.knowledge.transliterates(seen.own);
        seen.foreign[0] = run;
        run = longer(run, seen.transliterates);
    }
    run = 0;
    for seen in seen.iter_mut().rev() {
        run = longer(run, seen.transliterates);
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
