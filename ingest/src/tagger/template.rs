//! Takes what is seen at each character, returns the hashes of its features: one for each template.
//!
//! The hash of a template folds its numbers one by one, so templates that begin alike share the fold
//! of their beginning. The values are the model's keys: another order of numbers needs another model.

use super::feature::Seen;

/// Number of templates.
pub(super) const COUNT: usize = 42;

/// The fold of numbers, not yet finished.
#[derive(Clone, Copy)]
struct State(u64);

impl State {
    const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// FNV-like mixing.
    #[inline]
    fn with(self, part: u32) -> Self {
        let state = (self.0 ^ u64::from(part)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(state ^ (state >> 29))
    }

    #[inline]
    fn and<const N: usize>(self, parts: [u32; N]) -> Self {
        parts.into_iter().fold(self, Self::with)
    }

    #[inline]
    fn finish(self) -> u32 {
        u32::try_from(self.0 >> 32).unwrap_or_default()
    }
}

fn of<const N: usize>(parts: [u32; N]) -> State {
    State::EMPTY.and(parts)
}

/// Gives the hash of a word.
pub(super) fn hash_of(word: &str) -> u32 {
    word.chars()
        .fold(17, |state, c| of([state, u32::from(c)]).finish())
}

/// Adds the hashes of every character's features to `hashes`, [`COUNT`] each.
pub(super) fn describe(seen: &[Seen], hashes: &mut Vec<u32>) {
    hashes.reserve(seen.len() * COUNT);
    let nothing = Seen::default();
    for at in 0..seen.len() {
        let near = |offset: isize| {
            at.checked_add_signed(offset)
                .and_then(|at| seen.get(at))
                .unwrap_or(&nothing)
        };
        let around = [near(-2), near(-1), near(0), near(1), near(2)];
        let mut states = [State::EMPTY; COUNT];
        let (characters, rest) = states.split_at_mut(CHARACTERS);
        let (words, lists) = rest.split_at_mut(WORDS);
        characters.copy_from_slice(&of_characters(around));
        words.copy_from_slice(&of_words(around));
        lists.copy_from_slice(&of_lists(around));
        hashes.extend(states.iter().zip(1..).map(|(state, template)| {
            // Zero marks an empty slot of the model's table.
            of([state.finish(), template]).finish().max(1)
        }));
    }
}

const CHARACTERS: usize = 14;
const WORDS: usize = 18;
const LISTS: usize = COUNT - CHARACTERS - WORDS;

fn of_characters([b2, b1, here, a1, a2]: [&Seen; 5]) -> [State; CHARACTERS] {
    let [first, before, own, behind, last] =
        [b2, b1, here, a1, a2].map(|seen| of([seen.character]));
    [
        own,
        before,
        behind,
        first,
        last,
        before.with(here.character),
        own.with(a1.character),
        first.with(b1.character),
        behind.with(a2.character),
        before.with(a1.character),
        before.and([here.character, a1.character]),
        first.and([b1.character, here.character]),
        own.and([a1.character, a2.character]),
        of([b2.kind, b1.kind, here.kind, a1.kind, a2.kind]),
    ]
}

fn of_words([b2, b1, here, a1, a2]: [&Seen; 5]) -> [State; WORDS] {
    let role = of([here.role]);
    let tagged = role.with(here.pos);
    let foreign = of(here.foreign);
    [
        of([here.word, here.role]),
        tagged,
        of([b1.role, b1.pos, here.role, here.pos]),
        tagged.and([a1.role, a1.pos]),
        of([b1.word, here.role]),
        of([a1.word, here.role]),
        of([b1.pos, here.role, here.pos, a1.pos, a1.role]),
        of([b2.pos, b1.pos, here.pos, here.role]),
        of([here.pos, here.role, a1.pos, a2.pos]),
        tagged.with(here.before[0]),
        tagged.with(here.behind[0]),
        tagged.and([here.before[1], here.behind[1]]),
        role.and([here.before[1], here.word]),
        role.and([here.behind[1], here.word]),
        tagged.and([here.tail, here.length]),
        foreign,
        foreign.and([here.role, here.pos]),
        foreign.and([b1.kind, a1.kind]),
    ]
}

fn of_lists([b2, b1, here, a1, _]: [&Seen; 5]) -> [State; LISTS] {
    let division = of([here.division]);
    let lists = of([here.lists]);
    let surname = of([here.surname]);
    [
        division,
        of([b1.division, here.division, a1.division]),
        division.and([here.role, here.pos]),
        lists,
        of([b1.lists, here.lists]),
        lists.with(a1.lists),
        surname.and([here.role, here.pos]),
        surname.and([b1.pos, a1.pos]),
        of([b1.surname, here.role, here.pos, a1.role]),
        of([b2.surname, b1.role, here.role, here.pos]),
    ]
}
