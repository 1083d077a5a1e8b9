//! Takes one way to fill in lost bytes and the next item of the line, returns the ways that go on
//! from there.

use super::super::codec::{Encoded, FIRST_TRAIL, LEADS};
use super::super::pinyin::{Item, What};
use super::super::reading;
use super::guess::Pair;
use super::{Pending, Solver, Way, is_mark, last_byte};
use crate::normalise::is_han;

/// Ways that go on behind a vanished pair, those of them that are tried with one more, and ways
/// behind two in a row.
const MAX_VANISHED_ONCE: usize = 8;
const MAX_TRIED_TWICE: usize = 4;
const MAX_VANISHED_TWICE: usize = 10;
/// Ways behind a pair that vanished before a reading, which restricts them.
const MAX_BEFORE_READING: usize = 10;
/// So many of the likeliest ways are tried with vanished pairs.
const MAX_TRIED: usize = 3;
/// Cost of a vanished pair, of which one in seven is; of two bytes
/// at one sign; of a full-width letter that has become ASCII; of a reading on a character that
/// Simplified text has too.
const VANISHED: f64 = 2.0;
const TWO_BYTES: f64 = 5.0;
const FOLDED: f64 = 2.0;
const NOT_TRADITIONAL: f64 = 2.0;
/// So many looks into a table are as much work as judging a character.
const LOOKS: usize = 8;
/// What a reading that fits is worth.
const FITTING: f64 = -3.0;

impl Solver<'_> {
    /// Adds the ways that go on with an item.
    pub(super) fn step(
        &self,
        way: Way,
        item: &Item<'_>,
        behind: Option<What<'_>>,
        next: &mut Vec<Way>,
    ) {
        match item.what {
            What::Char(c) => self.step_char(way, item, c, next),
            What::Reading(reading) => next.push(self.step_reading(way, reading)),
            What::LostReading(reading) => {
                if self.vanishing && way.rank < MAX_TRIED {
                    for way in self.vanish(std::slice::from_ref(&way), item, MAX_BEFORE_READING) {
                        self.step_lost_reading(&way, item, reading, next);
                    }
                }
                self.step_lost_reading(&way, item, reading, next);
            }
            What::Lost(sign) => self.step_lost(&way, item, swallows(sign, behind), next),
            // A whole character was lost, which shifts nothing: no damage of this kind.
            What::LostChar(_) => {}
        }
    }

    fn step_char(&self, way: Way, item: &Item<'_>, c: char, next: &mut Vec<Way>) {
        if way.pending == Pending::None {
            let mut way = way;
            way.last = self.page.encode(c).map(last_byte);
            way.push(self.judge, c, item.start..item.end);
            way.aligned += 1;
            next.push(way);
            return;
        }
        let Some(encoded) = self.page.encode(c) else {
            return;
        };
        let (byte, trail) = match encoded {
            Encoded::One(byte) => (byte, None),
            Encoded::Two(byte, trail) => (byte, Some(trail)),
        };
        if self.vanishing && way.rank < MAX_TRIED && byte >= FIRST_TRAIL {
            let one = self.vanish(std::slice::from_ref(&way), item, MAX_VANISHED_ONCE);
            let likeliest = one.get(..MAX_TRIED_TWICE).unwrap_or(&one);
            for gapped in self
                .vanish(likeliest, item, MAX_VANISHED_TWICE)
                .iter()
                .chain(&one)
            {
                self.complete(gapped, item, byte, trail, next);
            }
        }
        if trail.is_none() && byte.is_ascii_graphic() {
            // The full-width form, had the text been folded since.
            let mut folded = way.clone();
            folded.penalty += FOLDED;
            self.complete(&folded, item, 0xA3, Some(byte | 0x80), next);
        }
        self.complete(&way, item, byte, trail, next);
    }

    /// Completes the pending character with a byte; what is left is pending.
    fn complete(
        &self,
        way: &Way,
        item: &Item<'_>,
        byte: u8,
        rest: Option<u8>,
        next: &mut Vec<Way>,
    ) {
        let decoded;
        let candidates = match way.pending {
            Pending::None => &[],
            Pending::Byte(lead) => {
                decoded = self.page.decode(lead, byte);
                decoded.as_slice()
            }
            Pending::Any(..) => self.guesses.ending(way.pending, byte),
        };
        for &c in candidates {
            let mut way = way.clone();
            let from = way.from;
            way.push(self.judge, c, from..item.end);
            way.last = Some(rest.unwrap_or(byte));
            way.pending = rest.map_or(Pending::None, Pending::Byte);
            way.from = item.start;
            way.aligned = 0;
            next.push(way);
        }
    }

    /// Follows the ways in which a pair has vanished before an item; gives the likeliest.
    fn vanish(&self, ways: &[Way], item: &Item<'_>, most: usize) -> Vec<Way> {
        let mut found: Vec<(f64, &Way, char, Pending)> = Vec::new();
        for way in ways {
            for (candidates, rest) in self.guesses.before_vanished(way.pending) {
                for &c in candidates {
                    found.push((way.cost_with(self.judge, c), way, c, *rest));
                }
            }
        }
        if found.len() > most {
            found.select_nth_unstable_by(most, |a, b| a.0.total_cmp(&b.0));
            found.truncate(most);
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let complete = |(_, way, c, pending): (f64, &Way, char, Pending)| {
            let mut way = way.clone();
            let from = way.from;
            way.push(self.judge, c, from..item.start);
            way.last = None;
            way.pending = pending;
            way.from = item.start;
            way.penalty += VANISHED;
            way
        };
        found.into_iter().map(complete).collect()
    }

    fn step_reading(&self, mut way: Way, reading: &str) -> Way {
        if way.aligned == 0
            && way
                .last_char()
                .is_some_and(|c| reading::has_reading(c, reading))
        {
            way.penalty += FITTING;
        }
        way
    }

    fn step_lost_reading(&self, way: &Way, item: &Item<'_>, reading: &str, next: &mut Vec<Way>) {
        match way.pending {
            Pending::None => {
                let Some(last) = way.last else { return };
                for &(_, byte, found) in self.fitting(reading, last, last) {
                    if LEADS.contains(&byte) {
                        next.push(self.cut(way, item, byte, self.annotated(found)));
                    }
                }
            }
            Pending::Byte(lead) => {
                for &(_, byte, c) in self.fitting(reading, lead, lead) {
                    next.push(self.ended(way, item, c, byte));
                }
                self.two_lost_bytes(way, item, lead, reading, next);
            }
            Pending::Any(first, last) => {
                for &(_, byte, c) in self.fitting(reading, first, last) {
                    next.push(self.ended(way, item, c, byte));
                }
            }
        }
    }

    /// Gives the characters with a reading whose lead byte is between two.
    fn fitting(&self, reading: &str, first: u8, last: u8) -> &'static [Pair] {
        let found = self.guesses.with_reading_and_lead(reading, first, last);
        self.judge.spend(found.len());
        found
    }

    /// The sign stands for the end of the pending character and the begin of one more.
    fn two_lost_bytes(
        &self,
        way: &Way,
        item: &Item<'_>,
        lead: u8,
        reading: &str,
        next: &mut Vec<Way>,
    ) {
        let candidates = self.guesses.with_reading(reading);
        self.judge.spend(candidates.len() / LOOKS);
        for &(first, second, found) in candidates {
            let Some(c) = self.page.decode(lead, first).filter(|&c| is_han(c)) else {
                continue;
            };
            if !LEADS.contains(&second) {
                continue;
            }
            let mut cut = self.cut(way, item, second, self.annotated(found) + TWO_BYTES);
            cut.push(self.judge, c, way.from..item.end);
            next.push(cut);
        }
    }

    fn cut(&self, way: &Way, item: &Item<'_>, byte: u8, penalty: f64) -> Way {
        let mut cut = way.clone();
        cut.last = Some(byte);
        cut.pending = Pending::Byte(byte);
        cut.from = item.start;
        cut.penalty += penalty;
        cut.aligned = 0;
        cut.rank = 0;
        cut
    }

    fn ended(&self, way: &Way, item: &Item<'_>, c: char, byte: u8) -> Way {
        let mut way = way.clone();
        let from = way.from;
        way.push(self.judge, c, from..item.end);
        way.last = Some(byte);
        way.pending = Pending::None;
        way.penalty += self.annotated(c) + FITTING;
        way.aligned = 0;
        way
    }

    /// Readings stand behind Traditional characters.
    fn annotated(&self, c: char) -> f64 {
        if self.judge.words.simple(c) == c {
            NOT_TRADITIONAL
        } else {
            0.0
        }
    }

    fn step_lost(&self, way: &Way, item: &Item<'_>, swallows: bool, next: &mut Vec<Way>) {
        match way.pending {
            Pending::None if way.is_empty() => {
                // Nothing vanishes before the mark at which the text was split.
                next.extend(LEADS.map(|byte| self.cut(way, item, byte, 0.0).ranked(usize::MAX)));
            }
            // Behind the stretch it is what it seems to be.
            Pending::None => {
                let mut way = way.clone();
                way.push(self.judge, '?', item.start..item.end);
                way.last = None;
                way.aligned += 1;
                next.push(way);
            }
            Pending::Byte(lead) => {
                for &c in self.guesses.beginning(lead) {
                    let mut way = way.clone();
                    let from = way.from;
                    way.push(self.judge, c, from..item.end);
                    way.last = self.page.encode(c).map(last_byte);
                    if swallows {
                        let hole = char::REPLACEMENT_CHARACTER;
                        way.push(self.judge, hole, item.start..item.end);
                        way.last = None;
                    }
                    way.pending = Pending::None;
                    way.aligned = 0;
                    next.push(way);
                }
            }
            Pending::Any(..) => {}
        }
    }
}

/// Tells whether a sign for lost bytes took the character behind with it, a digit or a letter: where
/// the text was split, it took only what the split had put there.
fn swallows(sign: char, behind: Option<What<'_>>) -> bool {
    let split = match behind {
        Some(What::Char(c)) => is_mark(c) || matches!(c, '\n' | '？' | '！'),
        Some(_) => false,
        None => true,
    };
    sign != char::REPLACEMENT_CHARACTER && !split
}
