//! Takes one way to fill in lost bytes and the next item of the line, returns the ways that go on
//! from there.

use super::super::codec::{self, Encoded, FIRST_TRAIL, LEADS};
use super::super::pinyin::{Item, What};
use super::super::reading;
use super::{Pending, Solver, Way, last_byte};
use crate::normalise::is_han;

/// Characters that may fill a gap of two unknown bytes.
const MAX_GUESSES: usize = 12;
/// Vanished pairs in a row.
const MAX_VANISHED: usize = 2;
/// Cost of a vanished pair, of which one in seven is; of two bytes at one sign; of a full-width
/// letter that has become ASCII; of a reading on a character that Simplified text has too.
const VANISHED: f64 = 2.0;
const TWO_BYTES: f64 = 5.0;
const FOLDED: f64 = 2.0;
const NOT_TRADITIONAL: f64 = 2.0;
/// What a reading that fits is worth.
const FITTING: f64 = -3.0;

impl Solver {
    /// Adds the ways that go on with an item.
    pub(super) fn step(&self, way: Way, item: &Item<'_>, next: &mut Vec<Way>) {
        match item.what {
            What::Char(c) => self.step_char(way, item, c, next),
            What::Reading(reading) => next.push(self.step_reading(way, reading)),
            What::LostReading(reading) => self.step_lost_reading(&way, item, reading, next),
            What::Lost => self.step_lost(&way, item, next),
            // A whole character was lost, which shifts nothing: no damage of this kind.
            What::LostChar(_) => {}
        }
    }

    fn step_char(&self, way: Way, item: &Item<'_>, c: char, next: &mut Vec<Way>) {
        if way.pending == Pending::None {
            let mut way = way;
            way.last = codec::encode(c).map(last_byte);
            way.out.push((c, item.start..item.end));
            way.aligned += 1;
            next.push(way);
            return;
        }
        let Some(encoded) = codec::encode(c) else {
            return;
        };
        let (byte, trail) = match encoded {
            Encoded::One(byte) => (byte, None),
            Encoded::Two(byte, trail) => (byte, Some(trail)),
        };
        if self.vanishing && byte >= FIRST_TRAIL {
            let mut gapped = vec![way.clone()];
            for _ in 0..MAX_VANISHED {
                let more = gapped
                    .iter()
                    .flat_map(|way| self.vanish(way, item))
                    .collect();
                gapped = self
                    .ranked(more)
                    .into_iter()
                    .take(MAX_GUESSES)
                    .map(|(_, way)| way)
                    .collect();
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
            way.out.push((c, way.from..item.end));
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
            Pending::Byte(lead) => codec::decode(lead, byte).into_iter().collect(),
            Pending::Any => {
                self.likeliest((0xA1..=0xFE_u8).filter_map(|lead| codec::decode(lead, byte)))
            }
        }
    }

    fn likeliest(&self, candidates: impl Iterator<Item = char>) -> Vec<char> {
        let mut ranked: Vec<(f64, char)> = candidates
            .map(|c| (self.words.cost_of_char(c), c))
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        ranked
            .into_iter()
            .take(MAX_GUESSES)
            .map(|(_, c)| c)
            .collect()
    }

    /// Follows the ways in which a pair has vanished before an item.
    fn vanish(&self, way: &Way, item: &Item<'_>) -> Vec<Way> {
        let leads = LEADS.filter(|&lead| codec::is_private(lead, 0xA1));
        let complete = |c: char| {
            let mut way = way.clone();
            way.out.push((c, way.from..item.start));
            way.last = None;
            way.pending = Pending::Any;
            way.from = item.start;
            way.penalty += VANISHED;
            way
        };
        let all = leads.flat_map(|lead| self.candidates(way.pending, lead));
        self.likeliest(all.filter(|&c| is_han(c) || c.is_ascii_punctuation() || is_mark(c)))
            .into_iter()
            .map(complete)
            .collect()
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
        match way.pending {
            Pending::None => {
                let Some(last) = way.last else { return };
                for byte in LEADS {
                    if let Some(found) = codec::decode(last, byte).filter(|&c| fits(c)) {
                        next.push(self.cut(way, item, byte, self.annotated(found)));
                    }
                }
            }
            Pending::Byte(lead) => {
                for byte in FIRST_TRAIL..=0xFE {
                    if let Some(c) = codec::decode(lead, byte).filter(|&c| fits(c)) {
                        next.push(self.ended(way, item, c, byte));
                    }
                }
                self.two_lost_bytes(way, item, lead, reading, next);
            }
            Pending::Any => {
                for &c in reading::characters(reading) {
                    if let Some(Encoded::Two(_, byte)) = codec::encode(c) {
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
        for &found in reading::characters(reading) {
            let Some(Encoded::Two(first, second)) = codec::encode(found) else {
                continue;
            };
            let Some(c) = codec::decode(lead, first).filter(|&c| is_han(c)) else {
                continue;
            };
            if !LEADS.contains(&second) {
                continue;
            }
            let mut cut = self.cut(way, item, second, self.annotated(found) + TWO_BYTES);
            cut.out.push((c, way.from..item.end));
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
            out: way.out.clone(),
        }
    }

    fn ended(&self, way: &Way, item: &Item<'_>, c: char, byte: u8) -> Way {
        let mut way = way.clone();
        way.out.push((c, way.from..item.end));
        way.last = Some(byte);
        way.pending = Pending::None;
        way.penalty += self.annotated(c) + FITTING;
        way.aligned = 0;
        way
    }

    /// Readings stand behind Traditional characters.
    fn annotated(&self, c: char) -> f64 {
        if self.words.simple(c) == c {
            NOT_TRADITIONAL
        } else {
            0.0
        }
    }

    fn step_lost(&self, way: &Way, item: &Item<'_>, next: &mut Vec<Way>) {
        match way.pending {
            Pending::None if way.out.is_empty() => {
                next.extend(LEADS.map(|byte| self.cut(way, item, byte, 0.0)));
            }
            // Behind the stretch it is what it seems to be.
            Pending::None => {
                let mut way = way.clone();
                way.out.push(('?', item.start..item.end));
                way.last = None;
                way.aligned += 1;
                next.push(way);
            }
            Pending::Byte(lead) => {
                let all = (FIRST_TRAIL..=0xFE).filter_map(|byte| codec::decode(lead, byte));
                for c in self.likeliest(all) {
                    let mut way = way.clone();
                    way.out.push((c, way.from..item.end));
                    way.last = codec::encode(c).map(last_byte);
                    way.pending = Pending::None;
                    way.aligned = 0;
                    next.push(way);
                }
            }
            Pending::Any => {}
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '”' | '‘' | '’' | '《' | '》' | '，' | '。' | '、' | '（' | '）' | '；' | '：'
    )
}
