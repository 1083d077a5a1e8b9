//! Takes a damaged line and the place where a character was cut, returns the characters as they
//! were before.
//!
//! # How the damage came about
//! A program searched GBK text byte by byte. `日報` is C8 D5 88 F3, and D5 88 is 請: behind these two
//! bytes it put `(qǐng)`, and behind 報 its own `(bào)`. Decoding then reads 日, takes 88 and the
//! bracket for a broken character (`?`), likewise F3 and the next bracket: `日?qǐng)?bào)`. Where
//! the character that was cut has no reading of its own, its second byte pairs with the first of
//! the next one, and so on until a byte below 80 ends it: `們?nèi)Π蜒影驳氖虑檗k好` for 們全力把延安的事情辦好.
//! The same happens where the program split the text at the bytes of a mark (A3 BB, ；) that lie
//! across two characters: `確?；顒?dòng)` for 確保活動. Pairs that fall into the private ranges of GBK vanish.
//!
//! # How it is undone
//! Most bytes are still there; what is lost is one byte at each `?` and the vanished pairs. All ways
//! to fill them in are followed side by side (a beam). Readings restrict the lost bytes to one or
//! two; among what remains, the dictionary decides.

mod step;

use super::codec::{self, Encoded};
use super::edit::Piece;
use super::pinyin::{Item, What, context_before};
use super::words::Words;

/// The characters of a stretch and the first item behind it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Solution {
    pub(super) pieces: Vec<Piece>,
    pub(super) end: usize,
    /// What it costs more than usual text of its length.
    cost: f64,
}

/// Ways that are followed at once, and that are left when they become too many.
const MAX_WAYS: usize = 400;
const KEPT_WAYS: usize = 120;
/// Longest stretch in items.
const MAX_ITEMS: usize = 120;
/// A stretch has ended when so many items behind it read as they stand.
const ALIGNED: usize = 3;
/// Ways that are left when pairs may have vanished.
const MAX_GAPPED: usize = 40;
/// What a pair of quotation marks is worth, and what a closing one alone costs.
const PAIRED: f64 = -6.0;
const UNPAIRED: f64 = 4.0;
/// Bytes from an opening mark to the closing one: two characters at least lie between.
const QUOTED: usize = 6;
/// What a character of usual text costs, so that ways with more characters are not worse for that.
const PER_CHARACTER: f64 = 4.0;
/// Highest cost per character that still is a text; the same where no reading restricts the first
/// lost byte and pairs may have vanished besides, so that nearly everything is guessed.
const MAX_COST: f64 = 8.5;
const MAX_GUESSED_COST: f64 = 5.2;
/// A solution must be better by so much than the next one that reads otherwise.
const MARGIN: f64 = 0.7;
/// The same where no reading restricts the first lost byte.
const UNREAD_MARGIN: f64 = 1.5;

/// Effort of a stretch that begins with a reading, as of a single character that is restored by its
/// own; of one without; of looking for vanished pairs.
pub(super) const EFFORT: usize = 1;
const UNREAD_EFFORT: usize = 10;
const VANISHED_EFFORT: usize = 200;

/// A byte that still lacks its second half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    None,
    Byte(u8),
    /// A lead byte that has vanished.
    Any,
}

/// One way to fill in the lost bytes.
#[derive(Debug, Clone)]
struct Way {
    out: Vec<Piece>,
    /// The last byte, if it is known.
    last: Option<u8>,
    pending: Pending,
    /// Where the item begins that the pending byte comes from.
    from: usize,
    penalty: f64,
    /// Items since the last lost or shifted byte.
    aligned: usize,
}

/// Undoes the damage that begins at an item; none where the item is no such damage or the text
/// cannot be found.
pub(super) fn solve(items: &[Item<'_>], first: usize, effort: &mut usize) -> Option<Solution> {
    let start = items.get(first)?;
    if start.what == What::Lost && !starts_a_stretch(items.get(first + 1)?.what) {
        return None;
    }
    let last = match first
        .checked_sub(1)
        .and_then(|before| items.get(before))
        .map(|item| item.what)
    {
        Some(What::Char(c)) => codec::encode(c).map(last_byte),
        _ => None,
    };
    let context = context_before(items, first);
    let begin = Way {
        out: Vec::new(),
        last,
        pending: Pending::None,
        from: start.start,
        penalty: 0.0,
        aligned: 0,
    };
    let unread = start.what == What::Lost;
    if !spend(effort, if unread { UNREAD_EFFORT } else { EFFORT }) {
        return None;
    }
    let words = Words::get();
    let (margin, guessed) = if unread {
        (UNREAD_MARGIN, MAX_GUESSED_COST)
    } else {
        (MARGIN, MAX_COST)
    };
    let plain = Solver {
        words,
        context: context.clone(),
        vanishing: false,
        margin,
        max_cost: MAX_COST,
    };
    let found = plain.follow(items, first, begin.clone());
    if found
        .as_ref()
        .is_some_and(|found| !may_have_gaps(items, first, found.end))
        || !spend(effort, VANISHED_EFFORT)
    {
        return found;
    }
    let vanishing = Solver {
        words,
        context,
        vanishing: true,
        margin,
        max_cost: guessed,
    };
    let with_gaps = vanishing.follow(items, first, begin);
    found
        .into_iter()
        .chain(with_gaps)
        .min_by(|a, b| a.cost.total_cmp(&b.cost))
}

/// Takes effort from what a document may cost; false if too little is left.
pub(super) fn spend(effort: &mut usize, cost: usize) -> bool {
    let left = effort.checked_sub(cost);
    *effort = left.unwrap_or(*effort);
    left.is_some()
}

/// Tells whether a shifted character of two bytes is in a stretch, so that there may be others that
/// vanished.
fn may_have_gaps(items: &[Item<'_>], first: usize, end: usize) -> bool {
    let shifted = items
        .get(first..end.saturating_sub(ALIGNED))
        .unwrap_or_default();
    shifted
        .iter()
        .any(|item| matches!(item.what, What::Char(c) if !c.is_ascii()))
}

fn last_byte(encoded: Encoded) -> u8 {
    match encoded {
        Encoded::One(byte) | Encoded::Two(_, byte) => byte,
    }
}

/// Tells whether a bare sign before this may stand for a lost byte: the text was split before a
/// mark (whose full-width form may have become ASCII since), and no mark follows a question mark.
fn starts_a_stretch(next: What<'_>) -> bool {
    matches!(
        next,
        What::Char('。' | '；' | '！' | '？' | '，' | '、' | '：' | ';' | '!' | ',' | ':')
    )
}

struct Solver {
    words: &'static Words,
    context: String,
    /// Whether pairs may have vanished.
    vanishing: bool,
    /// By how much the best must be better than the next.
    margin: f64,
    /// Highest cost per character that still is a text.
    max_cost: f64,
}

impl Solver {
    fn follow(&self, items: &[Item<'_>], first: usize, begin: Way) -> Option<Solution> {
        let mut ways = vec![begin];
        for (index, item) in items.iter().enumerate().skip(first).take(MAX_ITEMS) {
            if item.what == What::Char('\n') {
                return self.best(ways, index);
            }
            let mut next = Vec::new();
            for way in ways {
                self.step(way, item, &mut next);
            }
            let (most, kept) = if self.vanishing {
                (KEPT_WAYS, MAX_GAPPED)
            } else {
                (MAX_WAYS, KEPT_WAYS)
            };
            if next.len() > most {
                next = self
                    .ranked(next)
                    .into_iter()
                    .take(kept)
                    .map(|(_, way)| way)
                    .collect();
            }
            ways = next;
            if ways.is_empty() {
                return None;
            }
            let settled = |way: &Way| way.aligned >= ALIGNED;
            if ways.iter().any(settled)
                && self
                    .ranked(ways.clone())
                    .first()
                    .is_some_and(|(_, way)| settled(way))
            {
                return self.best(ways, index + 1);
            }
        }
        self.best(ways, items.len().min(first + MAX_ITEMS))
    }

    fn cost(&self, way: &Way) -> f64 {
        let text: String = self
            .context
            .chars()
            .chain(way.out.iter().map(|&(c, _)| c))
            .collect();
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        self.words.cost(&text) + way.penalty + quoting(&text) - PER_CHARACTER * f64::from(length)
    }

    /// Sorts ways by their cost.
    fn ranked(&self, ways: Vec<Way>) -> Vec<(f64, Way)> {
        let mut ranked: Vec<(f64, Way)> =
            ways.into_iter().map(|way| (self.cost(&way), way)).collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        ranked
    }

    /// Takes the cheapest complete way if it is a text and no other comes near.
    fn best(&self, mut ways: Vec<Way>, end: usize) -> Option<Solution> {
        ways.retain(|way| way.pending == Pending::None && !way.out.is_empty());
        let ranked = self.ranked(ways);
        let (cost, best) = ranked.first()?;
        let length = u32::try_from(self.context.chars().count() + best.out.len()).ok()?;
        let mean = cost / f64::from(length) + PER_CHARACTER;
        if mean > self.max_cost {
            return None;
        }
        let text = self.simplified(best);
        let mut pieces = best.out.clone();
        for (other_cost, other) in ranked.iter().skip(1) {
            if other_cost - cost >= self.margin {
                break;
            }
            let other = self.simplified(other);
            if other.len() != text.len() {
                return None;
            }
            for (piece, (a, b)) in pieces.iter_mut().zip(text.iter().zip(&other)) {
                if a != b {
                    piece.0 = char::REPLACEMENT_CHARACTER;
                }
            }
        }
        Some(Solution {
            pieces,
            end,
            cost: *cost,
        })
    }

    fn simplified(&self, way: &Way) -> Vec<char> {
        way.out.iter().map(|&(c, _)| self.words.simple(c)).collect()
    }
}

/// Gives what quotation marks cost: they come in pairs.
fn quoting(text: &str) -> f64 {
    let pairs = [('‘', '’'), ('“', '”'), ('《', '》'), ('（', '）')];
    let one = |(open, close): (char, char)| match (text.find(open), text.find(close)) {
        (Some(open), Some(close)) if open + QUOTED < close => PAIRED,
        // An open one may be closed later.
        (_, None) => 0.0,
        _ => UNPAIRED,
    };
    pairs.into_iter().map(one).sum()
}
