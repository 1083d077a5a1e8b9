//! Takes a byte where the part of a number below its next multiplier begins, returns that part: 三千二百,
//! 5千4百, 二〇二一, 三四百, 四百点五.

use super::MYRIAD;
use super::cursor::{Cursor, Mark};

/// The part of a number below its next multiplier from 万 on.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) end: usize,
    pub(super) value: f64,
    pub(super) spread: f64,
    /// A digit that no unit has followed yet.
    pub(super) digit: Option<f64>,
    /// How far the digit before it lies below it (三四).
    pub(super) step: f64,
    /// The last unit; 0 before the first.
    pub(super) unit: f64,
    /// Whether the digit may leave its unit out: 四百五.
    pub(super) short: bool,
    pub(super) arabic: bool,
    pub(super) more: bool,
    /// Whether a unit may stand without a digit: 百五, 千余.
    pub(super) first: bool,
    /// Whether it cannot be continued (decimals, digits one by one).
    pub(super) closed: bool,
}

/// Characters that bound a round number behind them (近万, 上万).
const BEFORE_ROUND: [char; 6] = ['近', '上', '过', '超', '逾', '破'];
/// The digit that a shortened number never ends with: 两万两 is a weight.
const TWO: char = '两';
/// The decimal point as it is spoken.
const POINT: &str = "点";
/// What follows the hour of a time of day.
const CLOCK: [char; 2] = ['分', '刻'];

impl Cursor<'_> {
    /// Reads what stands before the next multiplier from 万 on; `below` is the one before it.
    pub(super) fn section(
        &self,
        start: usize,
        below: Option<f64>,
    ) -> Option<Result<Section, usize>> {
        if self.at(start)?.is_ascii_digit() || self.is_free() && self.at(start)? == '.' {
            return self.arabic(start, below).map(Ok);
        }
        if below.is_none() {
            match self.mark(start)? {
                (Mark::Big(_), _) => return self.round_number(start).map(Ok),
                (Mark::Few, _) => return Some(Err(self.numerals_end(start))),
                _ => {}
            }
        }
        let run = self.run(start);
        let zero = run.iter().any(|&(mark, _)| mark == Mark::Zero);
        let single = run.len() >= 3 || run.len() == 2 && zero && !self.follows(&run);
        if let Some(&(_, end)) = run.last().filter(|_| single && below.is_none()) {
            // 三三两两
            if self
                .text
                .get(start..end)
                .is_some_and(|run| run.contains(TWO))
            {
                return Some(Err(end));
            }
            return Some(Ok(self.decimals(one_by_one(&run))));
        }
        let pair = match run.as_slice() {
            [(Mark::Digit(one), _), (Mark::Digit(two), end)] => {
                // 二两 is a weight.
                let weight = self.before(*end) == Some(TWO) && self.at(start) != Some(TWO);
                Some((*one, *two, *end)).filter(|_| !weight)
            }
            _ => None,
        };
        if let Some((_, _, end)) = pair.filter(|&(one, two, _)| !adjacent(one, two)) {
            return Some(Err(end));
        }
        // 两万两: a weight follows.
        let weight = below.is_some() && self.at(start) == Some(TWO) && !self.follows(&run);
        let section = self.places(Section {
            end: start,
            short: true,
            first: below.is_none(),
            ..Section::default()
        });
        (section.end > start && !weight).then(|| Ok(self.decimals(section)))
    }

    /// Reads digits with units below 万: 三千二百, 5千4百, 廿五.
    fn places(&self, mut section: Section) -> Section {
        let start = section.end;
        loop {
            let at = self.skip(section.end);
            let limit = if section.unit > 0.0 {
                section.unit
            } else {
                MYRIAD
            };
            let open = section.digit.is_some();
            let (mark, end) = match self.mark(at) {
                Some(found) => found,
                None => match self.digits(at).filter(|digits| {
                    !open && section.unit > 0.0 && digits.whole && digits.value < limit
                }) {
                    Some(digits) if self.goes_on(digits.end, section.short) => {
                        section.arabic = true;
                        section.short = false;
                        (section.digit, section.end) = (Some(digits.value), digits.end);
                        continue;
                    }
                    _ => break,
                },
            };
            match mark {
                Mark::Digit(digit) => match section.digit {
                    None => {
                        let two = self.at(at) == Some(TWO);
                        if section.unit > 0.0 && two && !self.unit_at(end) {
                            break;
                        }
                        section.short &= !two;
                        section.digit = Some(digit);
                    }
                    Some(before) if adjacent(before, digit) && section.step < 0.5 => {
                        (section.digit, section.step) = (Some(digit), digit - before);
                    }
                    Some(_) => break,
                },
                Mark::Tens(tens) if !open && section.unit < 0.5 => {
                    (section.value, section.unit) = (tens, 10.0);
                }
                Mark::Small(unit) if unit < limit => {
                    section.spread = section.step * unit;
                    section.step = 0.0;
                    let bare = unit < 11.0 || section.first && section.unit < 0.5;
                    let Some(head) = section.digit.take().or(bare.then_some(1.0)) else {
                        break;
                    };
                    section.value += head * unit;
                    (section.unit, section.short) = (unit, true);
                }
                Mark::Zero if !open => section.short = false,
                Mark::Half if end > start && section.end == start && self.unit_at(end) => {
                    section.digit = Some(0.5);
                }
                Mark::Half if section.end == start => {
                    (section.value, section.end, section.closed) = (0.5, end, true);
                    break;
                }
                Mark::Few if section.unit > 0.0 && !open => section.more = true,
                Mark::Zero
                | Mark::Tens(_)
                | Mark::Small(_)
                | Mark::Big(_)
                | Mark::Half
                | Mark::Few => break,
            }
            section.end = end;
        }
        section.spread += section.step;
        section
    }

    /// Tells whether digits behind a unit belong to its number: another unit follows, or 零 stood
    /// before them.
    fn goes_on(&self, end: usize, short: bool) -> bool {
        !short || self.unit_at(end) || self.big(end).is_some()
    }

    fn unit_at(&self, at: usize) -> bool {
        self.mark(self.skip(at))
            .is_some_and(|(mark, _)| mark.unit().is_some())
    }

    /// Reads digits, then units below 万 behind them: 12千, 5千4百, 3.5.
    fn arabic(&self, start: usize, below: Option<f64>) -> Option<Section> {
        let digits = self.digits(start)?;
        let places = digits.count;
        let whole = digits.whole;
        let digits = match below {
            None => self.formula(digits),
            Some(_) => digits,
        };
        // 3万4000, 1亿3000万; but 1.2万2021年 are two numbers.
        let fits = below.is_none_or(|unit| {
            let full = unit.log10().round();
            let unit_behind = self.unit_at(digits.end) || self.big(digits.end).is_some();
            let exact = (f64::from(u32::try_from(places).unwrap_or(0)) - full).abs() < 0.5;
            let dated = self.rest(digits.end).starts_with('年');
            whole && digits.value < unit && (unit_behind || exact && !dated)
        });
        if !fits {
            return None;
        }
        let mut section = Section {
            end: digits.end,
            value: digits.value,
            arabic: true,
            closed: !digits.whole,
            ..Section::default()
        };
        if let Some((Mark::Small(unit), end)) = self.mark(self.skip(digits.end)) {
            section.value = digits.value * unit;
            (section.unit, section.end, section.short) = (unit, end, whole);
            if whole {
                section = self.tail(section);
            }
        }
        Some(section)
    }

    /// Reads on behind the first unit of a number that began with digits.
    fn tail(&self, section: Section) -> Section {
        let mut rest = self.places(Section {
            end: section.end,
            unit: section.unit,
            short: true,
            ..Section::default()
        });
        rest.value += section.value;
        rest.arabic = true;
        rest
    }

    /// Reads 近万, 上亿: a multiplier without a digit counts only behind a bound; 成千上万 is no number.
    fn round_number(&self, start: usize) -> Option<Section> {
        let before = self.text.get(..start)?;
        let bounded = before.ends_with(BEFORE_ROUND) && !before.ends_with("千上");
        bounded.then(|| Section {
            end: start,
            value: 1.0,
            ..Section::default()
        })
    }

    /// Gives the digits that stand one behind the other, without blanks.
    fn run(&self, start: usize) -> Vec<(Mark, usize)> {
        let mut found = Vec::new();
        let mut at = start;
        while let Some((mark @ (Mark::Digit(_) | Mark::Zero), end)) = self.mark(at) {
            found.push((mark, end));
            at = end;
        }
        found
    }

    /// Tells whether a multiplier follows digits.
    fn follows(&self, run: &[(Mark, usize)]) -> bool {
        run.last().is_some_and(|&(_, end)| self.unit_at(end))
    }

    fn numerals_end(&self, start: usize) -> usize {
        let mut at = start;
        while let Some((_, end)) = self.mark(at) {
            at = end;
        }
        at
    }

    /// Reads 点 and the digits behind it.
    pub(super) fn decimals(&self, mut section: Section) -> Section {
        let Some(start) = self.word(self.skip(section.end), POINT) else {
            return section;
        };
        let (mut at, mut sum, mut place) = (start, 0.0, 1.0);
        while let Some((mark @ (Mark::Digit(_) | Mark::Zero), end)) = self.mark(self.skip(at)) {
            if self.before(end) == Some(TWO) {
                break;
            }
            place /= 10.0;
            if let Mark::Digit(digit) = mark {
                sum += digit * place;
            }
            at = end;
        }
        let small = matches!(self.mark(self.skip(at)), Some((Mark::Small(_), _)));
        let clock =
            self.at(at).is_some_and(|c| CLOCK.contains(&c)) && !self.rest(at).starts_with("分之");
        if at == start || small || clock {
            return section;
        }
        if let Some(digit) = section.digit.take() {
            let unit = if section.short && section.unit > 0.0 {
                section.unit
            } else {
                10.0
            };
            section.value += digit * unit / 10.0;
        }
        section.value += sum;
        (section.end, section.closed) = (at, true);
        section
    }
}

/// Reads digits one by one: 二〇二一.
fn one_by_one(run: &[(Mark, usize)]) -> Section {
    let value = run.iter().fold(0.0, |sum, &(mark, _)| {
        sum * 10.0
            + if let Mark::Digit(digit) = mark {
                digit
            } else {
                0.0
            }
    });
    Section {
        end: run.last().map_or(0, |&(_, end)| end),
        value,
        closed: true,
        ..Section::default()
    }
}

/// Tells whether two digits approximate a number: 三四, 三五.
fn adjacent(one: f64, two: f64) -> bool {
    let step = two - one;
    (step - 1.0).abs() < 0.1 || (step - 2.0).abs() < 0.1 && (one - 3.0).abs() < 0.1
}
