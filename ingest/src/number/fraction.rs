//! Takes a byte where a number may begin, returns the number with its sign and denominator: 负三,
//! 三分之一, 百分之五, 一又二分之一, 1/3.

use ontology::record::Span;

use super::cardinal::Cardinal;
use super::cursor::{Cursor, Mark};
use super::{MYRIAD, Number, Read, round};

const OF: &str = "分之";
const AND: &str = "又";

impl Cursor<'_> {
    /// Reads a number from its sign on.
    pub(super) fn signed(&self, start: usize) -> Option<Read> {
        let sign = self.is_sign(start) && self.at(start) != Some('.');
        let at = match self.at(start) {
            Some(c) if sign => start + c.len_utf8(),
            _ => start,
        };
        let mut read = self.unsigned(at)?;
        if let Some(number) = read.number.as_mut().filter(|_| sign) {
            number.value = -number.value;
            number.low = None;
            number.span = Span::new(start, number.span.end);
        }
        read.infinite = read.number.is_some_and(|number| !number.value.is_finite());
        read.number = read.number.filter(|_| !read.infinite);
        Some(read)
    }

    fn unsigned(&self, start: usize) -> Option<Read> {
        if let Some(per) = self.per(start) {
            return Some(per);
        }
        let whole = match self.cardinal(start)? {
            Ok(whole) => whole,
            Err(end) => {
                return Some(Read {
                    end,
                    number: None,
                    infinite: false,
                });
            }
        };
        let number = self
            .denominated(start, whole)
            .or_else(|| self.mixed(start, whole))
            .or_else(|| self.slash(start, whole));
        Some(number.unwrap_or_else(|| Read {
            end: whole.end,
            number: Some(plain(start, whole)),
            infinite: false,
        }))
    }

    /// Reads 百分之, 千分之, 万分之 with the number behind it, as per cent.
    fn per(&self, start: usize) -> Option<Read> {
        let (mut at, mut base) = (start, 1.0);
        while let Some((mark, end)) = self.mark(if at == start { at } else { self.skip(at) }) {
            let (Mark::Small(unit) | Mark::Big(unit)) = mark else {
                break;
            };
            (at, base) = (end, base * unit);
        }
        let behind = self.word(at, OF).filter(|_| base >= 100.0)?;
        let behind = self.skip(behind);
        let sign = self.is_sign(behind);
        let behind = match self.at(behind) {
            Some(c) if sign => behind + c.len_utf8(),
            _ => behind,
        };
        let part = self.cardinal(behind)?.ok()?;
        let share = 100.0 / base;
        let value = if base > 100.0 {
            part.value * share
        } else {
            part.value
        };
        let number = plain(start, part);
        Some(Read {
            end: part.end,
            number: Some(Number {
                value: if sign { -value } else { value },
                low: number.low.map(|low| low * share),
                percent: true,
                multiplied: false,
                ..number
            }),
            infinite: false,
        })
    }

    /// Reads 三分之一.
    fn denominated(&self, start: usize, below: Cardinal) -> Option<Read> {
        let behind = self.skip(self.word(below.end, OF)?);
        let signed = self.at(behind).filter(|_| self.is_sign(behind));
        let at = behind + signed.map_or(0, char::len_utf8);
        let above = self.cardinal(at)?.ok()?;
        let value = above.value / below.value;
        let value = if signed.is_some() { -value } else { value };
        Some(fraction(start, above, value, below.chinese))
    }

    /// Reads 一又二分之一.
    fn mixed(&self, start: usize, whole: Cardinal) -> Option<Read> {
        let at = self.skip(self.word(whole.end, AND)?);
        let below = self.cardinal(at)?.ok()?;
        let read = self.denominated(at, below)?;
        let part = read.number?;
        let above = Cardinal {
            end: read.end,
            ..whole
        };
        let chinese = part.chinese;
        Some(fraction(start, above, whole.value + part.value, chinese))
    }

    /// Reads 1/3 and 1 1/3 in formulas; more than one stroke makes a date.
    fn slash(&self, start: usize, whole: Cardinal) -> Option<Read> {
        if !self.is_free() || whole.chinese || matches!(self.before(start), Some('/')) {
            return None;
        }
        let parts = |above: usize| {
            let below = above + usize::from(self.rest(above).starts_with('/'));
            let digits = self.digits(below).filter(|_| below > above)?;
            let alone = !self.rest(digits.end).starts_with('/');
            (alone && digits.whole).then_some(digits)
        };
        let (value, end) = match parts(whole.end) {
            Some(below) => (whole.value / below.value, below.end),
            None => {
                let at = self.blanks(whole.end);
                let above = self.digits(at).filter(|_| at > whole.end)?;
                let below = parts(above.end)?;
                (whole.value + above.value / below.value, below.end)
            }
        };
        Some(fraction(start, Cardinal { end, ..whole }, value, false))
    }
}

fn plain(start: usize, read: Cardinal) -> Number {
    Number {
        span: Span::new(start, read.end),
        value: read.value,
        low: (read.spread > 0.0).then(|| round(read.value - read.spread)),
        chinese: read.chinese,
        more: read.more,
        multiplied: read.multiplied || read.chinese && read.value >= MYRIAD,
        percent: false,
        fraction: false,
    }
}

fn fraction(start: usize, above: Cardinal, value: f64, chinese: bool) -> Read {
    Read {
        end: above.end,
        number: Some(Number {
            value,
            low: None,
            chinese: above.chinese && chinese,
            multiplied: false,
            fraction: true,
            ..plain(start, above)
        }),
        infinite: false,
    }
}
