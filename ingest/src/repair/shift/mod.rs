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

mod guess;
mod step;
mod way;

use guess::Guesses;
use way::{PAIRS, Pending, Way};

use super::codec::{Encoded, Page};
use super::edit::Piece;
use super::pinyin::{Item, What, context_before};
use super::words::Judge;
use super::work::Work;

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
/// The same when pairs may have vanished.
const MAX_GAPPED: usize = 30;
const KEPT_GAPPED: usize = 10;
/// Longest stretch in items.
const MAX_ITEMS: usize = 120;
/// A stretch has ended when so many items behind it read as they stand.
const ALIGNED: usize = 3;
/// Highest cost per character that still is a text; the same where no reading restricts the first
/// lost byte and pairs may have vanished besides, so that nearly everything is guessed.
const MAX_COST: f64 = 8.5;
const MAX_GUESSED_COST: f64 = 4.9;
/// What a text costs more than usual text when it hardly is one: a rare character is in it.
const DOUBTFUL: f64 = 6.0;
/// A solution must be better by so much than the next one that reads otherwise.
const MARGIN: f64 = 0.7;
/// The same where no reading restricts the first lost byte.
const UNREAD_MARGIN: f64 = 1.5;

/// Characters that may be judged for one stretch, and for one whose vanished pairs are looked for.
const MAX_WORK: usize = 10_000;
const MAX_GAPPED_WORK: usize = 50_000;

/// Undoes the damage that begins at an item; none where the item is no such damage, the text cannot
/// be found, or the document has cost too much.
pub(super) fn solve(items: &[Item<'_>], first: usize, work: &Work) -> Option<Solution> {
    let start = items.get(first)?;
    let unread = matches!(start.what, What::Lost(_));
    if unread && !starts_a_stretch(items.get(first + 1)?.what) || !work.is_left() {
        return None;
    }
    // The character that was cut may have had its own reading first.
    let mut before = items.get(..first)?.iter().rev().map(|item| item.what);
    let last = match before.find(|what| !matches!(what, What::Reading(_))) {
        Some(What::Char(c)) => work.page.encode(c).map(last_byte),
        _ => None,
    };
    let context = open_marks(items, first) + &context_before(items, first);
    let begin = Way::behind(&work.judge, &context, last, start.start);
    let plain = Solver {
        judge: &work.judge,
        page: work.page,
        guesses: Guesses::of(work.page),
        vanishing: false,
        margin: if unread { UNREAD_MARGIN } else { MARGIN },
        max_cost: MAX_COST,
        stop: work.judge.spent() + MAX_WORK,
    };
    let found = plain.follow(items, first, begin.clone());
    // Big5 leaves no pairs in its midst to the users.
    if work.page == Page::Big5
        || found
            .as_ref()
            .is_some_and(|found| found.cost < DOUBTFUL && !may_have_gaps(items, first, found.end))
    {
        return found;
    }
    let with_gaps = work.with_gaps(|left| {
        let vanishing = Solver {
            vanishing: true,
            max_cost: if unread { MAX_GUESSED_COST } else { MAX_COST },
            stop: work.judge.spent() + left.min(MAX_GAPPED_WORK),
            ..plain
        };
        vanishing.follow(items, first, begin)
    });
    found
        .into_iter()
        .chain(with_gaps)
        .min_by(|a, b| a.cost.total_cmp(&b.cost))
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

#[derive(Clone, Copy)]
struct Solver<'w> {
    judge: &'w Judge,
    page: Page,
    guesses: &'static Guesses,
    /// Whether pairs may have vanished.
    vanishing: bool,
    /// By how much the best must be better than the next.
    margin: f64,
    /// Highest cost per character that still is a text.
    max_cost: f64,
    /// Work at which the search is given up.
    stop: usize,
}

impl Solver<'_> {
    fn follow(&self, items: &[Item<'_>], first: usize, begin: Way) -> Option<Solution> {
        let mut ways = vec![begin];
        for (index, item) in items.iter().enumerate().skip(first).take(MAX_ITEMS) {
            if item.what == What::Char('\n') {
                return self.best(ways, index);
            }
            if self.judge.spent() > self.stop {
                return None;
            }
            let behind = items.get(index + 1).map(|item| item.what);
            let mut next = Vec::new();
            for way in ways {
                self.step(way, item, behind, &mut next);
            }
            // All lead bytes are as likely until the mark behind ends their characters.
            let unread = index == first && matches!(item.what, What::Lost(_));
            ways = if unread { next } else { self.thinned(next) };
            let likeliest = ways
                .iter()
                .map(|way| (way.cost(), way))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            if likeliest?.1.aligned >= ALIGNED {
                return self.best(ways, index + 1);
            }
        }
        self.best(ways, items.len().min(first + MAX_ITEMS))
    }

    /// Leaves the cheapest ways if there are too many.
    fn thinned(&self, ways: Vec<Way>) -> Vec<Way> {
        let (most, kept) = if self.vanishing {
            (MAX_GAPPED, KEPT_GAPPED)
        } else {
            (MAX_WAYS, KEPT_WAYS)
        };
        let kept = if ways.len() > most { kept } else { most };
        if !self.vanishing && kept == most {
            return ways;
        }
        let ranked = ranked(ways).into_iter().take(kept).enumerate();
        ranked.map(|(rank, (_, way))| way.ranked(rank)).collect()
    }

    /// Takes the cheapest complete way if it is a text and no other comes near.
    fn best(&self, mut ways: Vec<Way>, end: usize) -> Option<Solution> {
        ways.retain(|way| way.pending == Pending::None && !way.is_empty());
        let ranked = ranked(ways);
        let (cost, best) = ranked.first()?;
        if best.mean_cost() > self.max_cost {
            return None;
        }
        let simple = |c: char| self.judge.words.simple(c);
        let best = best.pieces();
        let mut pieces = best.clone();
        for (other_cost, other) in ranked.iter().skip(1) {
            if other_cost - cost >= self.margin {
                break;
            }
            let other = other.pieces();
            if other.len() != best.len() {
                return None;
            }
            for (piece, (a, b)) in pieces.iter_mut().zip(best.iter().zip(other)) {
                if simple(a.0) != simple(b.0) {
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
}

/// Sorts ways by their cost.
fn ranked(ways: Vec<Way>) -> Vec<(f64, Way)> {
    let mut ranked: Vec<(f64, Way)> = ways.into_iter().map(|way| (way.cost(), way)).collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranked
}

/// Gives the marks that are open before an item.
fn open_marks(items: &[Item<'_>], first: usize) -> String {
    let before = items.get(..first).unwrap_or_default();
    let is_open = |&(open, close): &(char, char)| {
        let mark = |item: &&Item<'_>| [What::Char(open), What::Char(close)].contains(&item.what);
        before.iter().rev().find(mark).map(|item| item.what) == Some(What::Char(open))
    };
    PAIRS
        .iter()
        .filter(|pair| is_open(pair))
        .map(|&(open, _)| open)
        .collect()
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '”' | '‘' | '’' | '《' | '》' | '，' | '。' | '、' | '（' | '）' | '；' | '：'
    )
}
