//! Takes one way to fill in lost bytes and the next item of the line, returns the ways that go on
//! from there.

use std::ops::RangeInclusive;

use super::super::codec::{Encoded, FIRST_TRAIL, LEADS};
use super::super::pinyin::{Item, What};
use super::super::reading;
use super::{Pending, Solver, Way, last_byte};
use crate::normalise::is_han;

/// Characters that may fill a gap of two unknown bytes.
const MAX_GUESSES: usize = 12;
/// The same where only the lead byte is unknown.
const MAX_LEADS: usize = 20;
/// The same for a byte of a vanished pair, and ways that go on behind one and behind two in a row.
const MAX_VANISHED_GUESSES: usize = 60;
const MAX_VANISHED_WAYS: [usize; 2] = [8, 60];
/// So many of the likeliest ways are tried with vanished pairs.
pub(super) const MAX_TRIED: usize = 10;
/// Cost of a vanished pair, of which one in seven is; of two bytes at one sign; of a full-width
/// letter that has become ASCII; of a reading on a character that Simplified text has too.
const VANISHED: f64 = 2.0;
const TWO_BYTES: f64 = 5.0;
const FOLDED: f64 = 2.0;
const NOT_TRADITIONAL: f64 = 2.0;
/// What a reading that fits is worth.
const FITTING: f64 = -3.0;

/// The lead bytes of pairs that GBK leaves to the users, and what their second bytes may begin.
const PRIVATE: [(RangeInclusive<u8>, Pending); 3] = [
    (0xAA..=0xAF, Pending::Any(0xA1, 0xFE)),
    (0xF8..=0xFE, Pending::Any(0xA1, 0xFE)),
    (0xA1..=0xA7, Pending::Any(0x81, 0xA0)),
];

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
                    for way in self.vanish(std::slice::from_ref(&way), item, MAX_TRIED) {
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
            let mut gapped = vec![way.clone()];
            for ways in MAX_VANISHED_WAYS {
                gapped = self.vanish(&gapped, item, ways);
                for way in &gapped {
                    self.complete(way, item, byte, trail, next);
                }
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
        for c in self.candidates(way.pending, byte) {
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

    /// Gives the characters that end with a byte, the likeliest first.
    fn candidates(&self, pending: Pending, byte: u8) -> Vec<char> {
        match pending {
            Pending::None => Vec::new(),
            Pending::Byte(lead) => self.page.decode(lead, byte).into_iter().collect(),
            Pending::Any(first, last) => {
                let all = (first..=last).filter_map(|lead| self.page.decode(lead, byte));
                self.likeliest(all, MAX_LEADS)
            }
        }
    }

    fn likeliest(&self, candidates: impl Iterator<Item = char>, most: usize) -> Vec<char> {
        let mut ranked: Vec<(f64, char)> = candidates
            .map(|c| (self.judge.words.cost_of_char(c), c))
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        ranked.into_iter().take(most).map(|(_, c)| c).collect()
    }

    /// Follows the ways in which a pair has vanished before an item; gives the likeliest.
    fn vanish(&self, ways: &[Way], item: &Item<'_>, most: usize) -> Vec<Way> {
        let mut found: Vec<(f64, &Way, char, Pending)> = Vec::new();
        for way in ways {
            for (leads, rest) in PRIVATE {
                let all = leads.flat_map(|lead| self.candidates(way.pending, lead));
                let all = all.filter(|&c| is_han(c) || c.is_ascii_punctuation() || is_mark(c));
                for c in self.likeliest(all, MAX_VANISHED_GUESSES) {
                    let cost = self.judge.cost_with(&way.path, c) + way.penalty;
                    found.push((cost, way, c, rest));
                }
            }
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
        found.into_iter().take(most).map(complete).collect()
    }

    fn step_reading(&self, mut way: Way, reading: &str) -> Way {
        if way.aligned == 0
            && way
                .out
                .last()
                .is_some_and(|&(c, _)| reading::has_reading(c, reading))
        {
            way.penalty += FITTING;
        }
        way
    }

    fn step_lost_reading(&self, way: &Way, item: &Item<'_>, reading: &str, next: &mut Vec<Way>) {
        let fits = |c: char| reading::has_reading(c, reading);
        self.judge.spend(LEADS.len());
        match way.pending {
            Pending::None => {
                let Some(last) = way.last else { return };
                for byte in LEADS {
                    if let Some(found) = self.page.decode(last, byte).filter(|&c| fits(c)) {
                        next.push(self.cut(way, item, byte, self.annotated(found)));
                    }
                }
            }
            Pending::Byte(lead) => {
                for byte in FIRST_TRAIL..=0xFE {
                    if let Some(c) = self.page.decode(lead, byte).filter(|&c| fits(c)) {
                        next.push(self.ended(way, item, c, byte));
                    }
                }
                self.two_lost_bytes(way, item, lead, reading, next);
            }
            Pending::Any(first, last) => {
                let candidates = reading::characters(reading);
                self.judge.spend(candidates.len());
                for &c in candidates {
                    if let Some(Encoded::Two(lead, byte)) = self.page.encode(c)
                        && (first..=last).contains(&lead)
                    {
                        next.push(self.ended(way, item, c, byte));
                    }
                }
            }
        }
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
        let candidates = reading::characters(reading);
        self.judge.spend(candidates.len());
        for &found in candidates {
            let Some(Encoded::Two(first, second)) = self.page.encode(found) else {
                continue;
            };
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
        Way {
            last: Some(byte),
            pending: Pending::Byte(byte),
            from: item.start,
            penalty: way.penalty + penalty,
            aligned: 0,
            rank: 0,
            out: way.out.clone(),
            path: way.path.clone(),
        }
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
            Pending::None if way.out.is_empty() => {
                next.extend(LEADS.map(|byte| self.cut(way, item, byte, 0.0)));
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
                let all = (FIRST_TRAIL..=0xFE).filter_map(|byte| self.page.decode(lead, byte));
                for c in self.likeliest(all, MAX_GUESSES) {
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

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '”' | '‘' | '’' | '《' | '》' | '，' | '。' | '、' | '（' | '）' | '；' | '：'
    )
}
