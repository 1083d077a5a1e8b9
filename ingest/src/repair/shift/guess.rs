//! Takes a code page, returns the characters that unknown bytes may have been, the likeliest first:
//! made once, since every way asks for the same ones again and again.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use super::super::codec::{Encoded, FIRST_TRAIL, LEADS, Page};
use super::super::reading;
use super::super::words::Words;
use super::is_mark;
use super::way::Pending;
use crate::normalise::is_han;

/// Characters that may fill a gap of two unknown bytes.
const MAX_GUESSES: usize = 12;
/// The same where only the lead byte is unknown.
const MAX_LEADS: usize = 20;
/// The same for a byte of a vanished pair.
const MAX_VANISHED: usize = 60;

/// Lead bytes that have vanished, of the pairs that GBK leaves to the users.
const VANISHED_LEADS: [Pending; 2] = [Pending::Any(0xA1, 0xFE), Pending::Any(0x81, 0xA0)];
/// The lead bytes of these pairs, and what their second bytes may begin.
const PRIVATE: [(RangeInclusive<u8>, Pending); 3] = [
    (0xAA..=0xAF, Pending::Any(0xA1, 0xFE)),
    (0xF8..=0xFE, Pending::Any(0xA1, 0xFE)),
    (0xA1..=0xA7, Pending::Any(0x81, 0xA0)),
];

/// A character and its two bytes.
pub(super) type Pair = (u8, u8, char);
/// Characters that end with the first byte of a vanished pair, and what is left of it.
type Vanished = Vec<(Vec<char>, Pending)>;

/// What unknown bytes of one code page may have been.
pub(super) struct Guesses {
    /// By lead byte.
    beginning: Vec<Vec<char>>,
    /// By vanished lead and trail byte.
    ending: Vec<Vec<Vec<char>>>,
    /// By lead byte.
    before_vanished: Vec<Vanished>,
    /// By vanished lead.
    between_vanished: Vec<Vanished>,
    /// By reading, sorted by bytes.
    with_reading: BTreeMap<&'static str, Vec<Pair>>,
}

impl Guesses {
    /// Gives the one instance for a code page.
    pub(super) fn of(page: Page) -> &'static Self {
        static GBK: OnceLock<Guesses> = OnceLock::new();
        static BIG5: OnceLock<Guesses> = OnceLock::new();
        let guesses = match page {
            Page::Gbk => &GBK,
            Page::Big5 => &BIG5,
        };
        guesses.get_or_init(|| Self::new(page))
    }

    fn new(page: Page) -> Self {
        let all = || 0..=u8::MAX;
        let ending = |pending: Pending| {
            let by_trail = all().map(|trail| ending(page, pending, trail));
            by_trail.collect()
        };
        Self {
            beginning: all()
                .map(|lead| {
                    let all = (FIRST_TRAIL..=0xFE).filter_map(|trail| page.decode(lead, trail));
                    likeliest(all, MAX_GUESSES)
                })
                .collect(),
            ending: VANISHED_LEADS.into_iter().map(ending).collect(),
            before_vanished: all()
                .map(|lead| vanished(page, Pending::Byte(lead)))
                .collect(),
            between_vanished: VANISHED_LEADS
                .into_iter()
                .map(|pending| vanished(page, pending))
                .collect(),
            with_reading: with_reading(page),
        }
    }

    /// Gives characters that begin with a byte.
    pub(super) fn beginning(&self, lead: u8) -> &[char] {
        at(&self.beginning, usize::from(lead))
    }

    /// Gives the characters whose lead byte vanished and that end with a byte.
    pub(super) fn ending(&self, lead: Pending, trail: u8) -> &[char] {
        let by_trail = place(lead).map_or(&[] as &[Vec<char>], |place| at(&self.ending, place));
        at(by_trail, usize::from(trail))
    }

    /// Gives the characters that end with the first byte of a vanished pair, by what the pair was.
    pub(super) fn before_vanished(&self, pending: Pending) -> &[(Vec<char>, Pending)] {
        match pending {
            Pending::None => &[],
            Pending::Byte(lead) => at(&self.before_vanished, usize::from(lead)),
            Pending::Any(..) => {
                place(pending).map_or(&[], |place| at(&self.between_vanished, place))
            }
        }
    }

    /// Gives the characters that have a reading.
    pub(super) fn with_reading(&self, reading: &str) -> &[Pair] {
        self.with_reading.get(reading).map_or(&[], Vec::as_slice)
    }

    /// Gives those of them whose lead byte is between two.
    pub(super) fn with_reading_and_lead(&self, reading: &str, first: u8, last: u8) -> &[Pair] {
        let all = self.with_reading(reading);
        let start = all.partition_point(|&(lead, ..)| lead < first);
        let end = all.partition_point(|&(lead, ..)| lead <= last);
        all.get(start..end).unwrap_or_default()
    }
}

fn at<T>(table: &[Vec<T>], index: usize) -> &[T] {
    table.get(index).map_or(&[], Vec::as_slice)
}

fn place(lead: Pending) -> Option<usize> {
    VANISHED_LEADS.iter().position(|&one| one == lead)
}

fn ending(page: Page, pending: Pending, trail: u8) -> Vec<char> {
    match pending {
        Pending::None => Vec::new(),
        Pending::Byte(lead) => page.decode(lead, trail).into_iter().collect(),
        Pending::Any(first, last) => {
            let all = (first..=last).filter_map(|lead| page.decode(lead, trail));
            likeliest(all, MAX_LEADS)
        }
    }
}

fn vanished(page: Page, pending: Pending) -> Vanished {
    PRIVATE
        .into_iter()
        .map(|(firsts, rest)| {
            let all = firsts.flat_map(|first| ending(page, pending, first));
            let all = all.filter(|&c| is_han(c) || c.is_ascii_punctuation() || is_mark(c));
            (likeliest(all, MAX_VANISHED), rest)
        })
        .collect()
}

fn likeliest(candidates: impl Iterator<Item = char>, most: usize) -> Vec<char> {
    let words = Words::get();
    let mut ranked: Vec<(f64, char)> = candidates.map(|c| (words.cost_of_char(c), c)).collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranked.into_iter().take(most).map(|(_, c)| c).collect()
}

fn with_reading(page: Page) -> BTreeMap<&'static str, Vec<Pair>> {
    reading::all()
        .iter()
        .map(|(&reading, characters)| {
            let mut pairs: Vec<Pair> = characters
                .iter()
                .filter_map(|&c| match page.encode(c)? {
                    Encoded::Two(lead, trail) if LEADS.contains(&lead) => Some((lead, trail, c)),
                    Encoded::Two(..) | Encoded::One(_) => None,
                })
                .collect();
            pairs.sort_unstable();
            (reading, pairs)
        })
        .collect()
}
