//! Takes the length of a document, returns how much may be done to repair it: so much for each
//! character, and a little more for what is costly, so that damage without end takes no endless time.

use std::cell::Cell;

use super::codec::Page;
use super::words::Judge;

/// Characters that may be judged in any document, and for each of its characters.
const BASE: usize = 20_000;
const PER_CHARACTER: usize = 12;
/// The same in looking for vanished pairs: mirrors take 50 for each character.
const GAPS: usize = 40_000;
const GAPS_PER_CHARACTER: usize = 60;

/// The work on one document.
pub(super) struct Work {
    pub(super) judge: Judge,
    pub(super) page: Page,
    allowed: Cell<usize>,
    gaps: Cell<usize>,
}

impl Work {
    /// Allows work on a document of so many characters.
    pub(super) fn new(characters: usize, page: Page) -> Self {
        let allowed = BASE + PER_CHARACTER * characters;
        Self {
            judge: Judge::new(),
            page,
            allowed: Cell::new(allowed),
            gaps: Cell::new(GAPS + GAPS_PER_CHARACTER * characters),
        }
    }

    /// Tells whether more may be done.
    pub(super) fn is_left(&self) -> bool {
        self.judge.spent() < self.allowed.get()
    }

    /// Looks for vanished pairs, if that still may be done, with so much work.
    pub(super) fn with_gaps<T>(&self, search: impl FnOnce(usize) -> Option<T>) -> Option<T> {
        if self.gaps.get() == 0 {
            return None;
        }
        let before = self.judge.spent();
        let found = search(self.gaps.get());
        let spent = self.judge.spent() - before;
        self.gaps.set(self.gaps.get().saturating_sub(spent));
        self.allowed.set(self.allowed.get() + spent);
        found
    }
}
