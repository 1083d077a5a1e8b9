//! Takes a text, returns what stands at a byte of it: a numeral, a sign, a word.

use super::{Numerals, Style};

/// A numeral of one character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Mark {
    Digit(f64),
    Zero,
    /// 廿, 卅: stands where two numerals stand.
    Tens(f64),
    /// 十, 百, 千.
    Small(f64),
    /// 万, 亿, 兆.
    Big(f64),
    Half,
    /// 几, 数: an indefinite digit.
    Few,
}

/// Characters between a number and its unit that make it a lower bound.
const MORE: [char; 2] = ['余', '多'];
/// Blanks that may stand in a number that is freely written.
const BLANKS: usize = 4;
/// What stands before a minus and not before a dash.
const BEFORE_MINUS: &str = "（(：: \n长为降达至率升比";

impl Mark {
    pub(super) fn new(kind: &str, value: Option<f64>) -> Option<Self> {
        Some(match (kind, value) {
            ("digit", Some(value)) if value < 0.5 => Self::Zero,
            ("digit", Some(value)) => Self::Digit(value),
            ("unit", Some(value)) if value < super::MYRIAD => Self::Small(value),
            ("unit", Some(value)) => Self::Big(value),
            ("special", Some(value)) if value < 1.0 => Self::Half,
            ("special", Some(value)) if value < 10.0 => Self::Digit(value),
            ("special", Some(value)) => Self::Tens(value),
            ("few", None) => Self::Few,
            _ => return None,
        })
    }

    /// The value of a multiplier.
    pub(super) fn unit(self) -> Option<f64> {
        match self {
            Self::Small(value) | Self::Big(value) => Some(value),
            Self::Digit(_) | Self::Zero | Self::Tens(_) | Self::Half | Self::Few => None,
        }
    }
}

/// A text to read numbers in.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    numerals: &'t Numerals,
    pub(super) style: Style,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, numerals: &'t Numerals, style: Style) -> Self {
        Self {
            text,
            numerals,
            style,
        }
    }

    pub(super) fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    pub(super) fn is_free(&self) -> bool {
        self.style == Style::Free
    }

    /// Gives the place behind blanks, where they may stand in a number.
    pub(super) fn skip(&self, at: usize) -> usize {
        if self.is_free() { self.blanks(at) } else { at }
    }

    /// Gives the place behind a few blanks.
    pub(super) fn blanks(&self, at: usize) -> usize {
        let rest = self.rest(at);
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        if blanks <= BLANKS { at + blanks } else { at }
    }

    /// Gives the Chinese numeral at a byte with its end.
    pub(super) fn mark(&self, at: usize) -> Option<(Mark, usize)> {
        let c = self.at(at).filter(|c| !c.is_ascii())?;
        let mark = self.numerals.marks.get(&c)?;
        Some((*mark, at + c.len_utf8()))
    }

    /// Gives the multiplier from 万 on at a byte, behind blanks if digits stand before them.
    pub(super) fn big(&self, at: usize) -> Option<(f64, usize)> {
        let digit = self.before(at).is_some_and(|c| c.is_ascii_digit());
        let start = if digit {
            self.blanks(at)
        } else {
            self.skip(at)
        };
        match self.mark(start)? {
            (Mark::Big(unit), end) => Some((unit, end)),
            _ => None,
        }
    }

    /// Gives the end of 余 or 多 at a byte.
    pub(super) fn more(&self, at: usize) -> Option<usize> {
        let start = self.skip(at);
        let c = self.at(start).filter(|c| MORE.contains(c))?;
        Some(start + c.len_utf8())
    }

    /// Gives the end of a word at a byte; blanks may stand in it where they may stand in a number.
    pub(super) fn word(&self, at: usize, word: &str) -> Option<usize> {
        let mut end = at;
        for c in word.chars() {
            let start = self.skip(end);
            end = (self.at(start) == Some(c)).then(|| start + c.len_utf8())?;
        }
        Some(end)
    }

    /// Tells whether a sign of a negative number stands at a byte: 负 that ends no word, a minus that
    /// is no dash.
    pub(super) fn is_sign(&self, at: usize) -> bool {
        let before = self.before(at);
        match self.at(at) {
            Some('负') => !matches!(before, Some('正' | '胜')),
            Some('-') if self.is_free() => before.is_none_or(|c| {
                let joins = c.is_ascii_alphanumeric() || c == '-' || c == '^';
                !joins && !self.is_part_of_date(at)
            }),
            Some('-') => before.is_none_or(|c| BEFORE_MINUS.contains(c)),
            Some('.') if self.is_free() => {
                before.is_none_or(|c| c != '.' && !c.is_ascii_alphanumeric())
            }
            _ => false,
        }
    }

    /// A numeral or a unit before a dash makes it a dash.
    fn is_part_of_date(&self, at: usize) -> bool {
        self.before(at)
            .is_some_and(|c| c != '到' && crate::normalise::is_han(c))
    }
}
