//! Takes the characters found so far for a stretch, returns what they cost. Ways share what they
//! have in common, so that one more costs the same however long it is.

use std::ops::Range;
use std::rc::Rc;

use super::super::edit::Piece;
use super::super::words::{Judge, Path};

/// What a pair of quotation marks is worth, and what a closing one alone costs.
const PAIRED: f64 = -6.0;
const UNPAIRED: f64 = 4.0;
/// Characters from an opening mark to the closing one: two at least lie between.
const QUOTED: u32 = 3;
/// What a character of usual text costs, so that ways with more characters are not worse for that.
pub(super) const PER_CHARACTER: f64 = 4.0;
/// Marks that come in pairs.
pub(super) const PAIRS: [(char, char); 4] = [('‘', '’'), ('“', '”'), ('《', '》'), ('（', '）')];

/// A byte that still lacks its second half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pending {
    None,
    Byte(u8),
    /// A lead byte that has vanished, between two.
    Any(u8, u8),
}

/// The last character of a way and the ones before.
#[derive(Debug)]
struct Link {
    piece: Piece,
    before: Option<Rc<Link>>,
}

/// One way to fill in the lost bytes.
#[derive(Debug, Clone)]
pub(super) struct Way {
    out: Option<Rc<Link>>,
    /// The characters before the stretch and those of the way.
    path: Path,
    /// How many they are.
    length: u32,
    /// Where the first of each mark that opens or closes stands.
    marks: [(Option<u32>, Option<u32>); PAIRS.len()],
    /// What the marks cost.
    quoting: f64,
    /// The last byte, if it is known.
    pub(super) last: Option<u8>,
    pub(super) pending: Pending,
    /// Where the item begins that the pending byte comes from.
    pub(super) from: usize,
    pub(super) penalty: f64,
    /// Items since the last lost or shifted byte.
    pub(super) aligned: usize,
    /// How many ways were likelier at the last item.
    pub(super) rank: usize,
}

impl Way {
    /// Begins behind some characters, whose last byte may be known.
    pub(super) fn behind(judge: &Judge, context: &str, last: Option<u8>, from: usize) -> Self {
        let mut way = Self {
            out: None,
            path: judge.path(""),
            length: 0,
            marks: Default::default(),
            quoting: 0.0,
            last,
            pending: Pending::None,
            from,
            penalty: 0.0,
            aligned: 0,
            rank: 0,
        };
        for c in context.chars() {
            way.judge(judge, c);
        }
        way
    }

    /// Adds a character.
    pub(super) fn push(&mut self, judge: &Judge, c: char, from: Range<usize>) {
        self.judge(judge, c);
        self.out = Some(Rc::new(Link {
            piece: (c, from),
            before: self.out.take(),
        }));
    }

    fn judge(&mut self, judge: &Judge, c: char) {
        judge.extend(&mut self.path, c);
        let found = self.marks.iter_mut().zip(PAIRS);
        let mut is_mark = false;
        for ((open, close), (opening, closing)) in found {
            if c == opening {
                open.get_or_insert(self.length);
                is_mark = true;
            } else if c == closing {
                close.get_or_insert(self.length);
                is_mark = true;
            }
        }
        self.length += 1;
        if is_mark {
            self.quoting = quoting(&self.marks);
        }
    }

    /// Says how many ways are likelier.
    pub(super) fn ranked(self, rank: usize) -> Self {
        Self { rank, ..self }
    }

    /// Tells whether nothing was found yet.
    pub(super) fn is_empty(&self) -> bool {
        self.out.is_none()
    }

    /// Gives the last character.
    pub(super) fn last_char(&self) -> Option<char> {
        self.out.as_ref().map(|link| link.piece.0)
    }

    /// Gives the characters with their places.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut link = self.out.as_deref();
        while let Some(Link { piece, before }) = link {
            pieces.push(piece.clone());
            link = before.as_deref();
        }
        pieces.reverse();
        pieces
    }

    /// Gives what the text with one character more would cost.
    pub(super) fn cost_with(&self, judge: &Judge, c: char) -> f64 {
        judge.cost_with(&self.path, c) + self.penalty
    }

    /// Gives what the way costs more than usual text of its length.
    pub(super) fn cost(&self) -> f64 {
        self.path.cost() + self.penalty + self.quoting - PER_CHARACTER * f64::from(self.length)
    }

    /// Gives the cost of a character on the way.
    pub(super) fn mean_cost(&self) -> f64 {
        self.cost() / f64::from(self.length) + PER_CHARACTER
    }
}

/// Gives what quotation marks cost: they come in pairs.
fn quoting(marks: &[(Option<u32>, Option<u32>)]) -> f64 {
    let one = |&(open, close): &(Option<u32>, Option<u32>)| match (open, close) {
        (Some(open), Some(close)) if open + QUOTED <= close => PAIRED,
        // An open one may be closed later.
        (_, None) => 0.0,
        _ => UNPAIRED,
    };
    marks.iter().map(one).sum()
}
