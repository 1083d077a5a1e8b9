//! Takes a byte where a number begins, returns the whole number: 三千五百万, 1亿3千万, 二〇二一, 三四百.

use super::cursor::Cursor;
use super::round;
use super::section::Section;

/// A number without sign and denominator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cardinal {
    pub(super) end: usize,
    pub(super) value: f64,
    /// How far the lower end of an approximation lies below the value.
    pub(super) spread: f64,
    pub(super) chinese: bool,
    pub(super) more: bool,
    pub(super) multiplied: bool,
}

impl Cursor<'_> {
    /// Reads a number; `Err` gives the end of what looks like one and has no value (几十, 九九).
    pub(super) fn cardinal(&self, start: usize) -> Option<Result<Cardinal, usize>> {
        let mut terms: Vec<(f64, f64)> = Vec::new();
        let mut number = Cardinal {
            end: start,
            value: 0.0,
            spread: 0.0,
            chinese: true,
            more: false,
            multiplied: false,
        };
        loop {
            let at = if terms.is_empty() {
                start
            } else {
                self.skip(number.end)
            };
            let section = match self.section(at, terms.last().map(|&(_, unit)| unit)) {
                Some(Ok(section)) => section,
                Some(Err(end)) if terms.is_empty() => return Some(Err(end)),
                Some(Err(_)) | None => break,
            };
            let closed = section.closed;
            if !self.add(&mut terms, &mut number, section) || closed {
                break;
            }
        }
        if number.end == start {
            return None;
        }
        // 两千万点五
        let point = self.decimals(Section {
            end: number.end,
            ..Section::default()
        });
        if point.closed && number.multiplied {
            terms.push((point.value, 1.0));
            number.end = point.end;
        }
        number.value = round(terms.iter().map(|&(value, _)| value).sum());
        Some(Ok(number))
    }

    /// Adds a section with the multipliers behind it; gives whether another may follow.
    fn add(&self, terms: &mut Vec<(f64, f64)>, number: &mut Cardinal, section: Section) -> bool {
        let mut end = section.end;
        let mut more = section.more;
        if let Some(behind) = self.more(end) {
            (end, more) = (behind, true);
        }
        let mut factor = 1.0;
        while let Some((unit, behind)) = self.big(end) {
            (factor, end) = (factor * unit, behind);
            if let Some(behind) = self.more(end) {
                (end, more) = (behind, true);
            }
        }
        let last = terms.last().map(|&(_, unit)| unit);
        let mut value = section.value + section.digit.unwrap_or(0.0);
        if factor > 1.0 {
            if last.is_some_and(|last| (last - factor).abs() < 0.5) {
                return false;
            }
            while let Some((earlier, _)) = terms.pop_if(|(_, unit)| *unit < factor) {
                value += earlier;
            }
            number.multiplied = true;
        } else if let (Some(digit), true) = (section.digit, section.short) {
            // 四百五, 九万四: the unit below the last one is left out.
            let unit = if section.unit > 0.0 {
                section.unit
            } else {
                last.unwrap_or(10.0)
            };
            value = section.value + digit * unit / 10.0;
        }
        terms.push((value * factor, factor));
        number.spread = section.spread * factor;
        number.chinese &= !section.arabic;
        number.more |= more;
        number.end = end;
        factor > 1.0
    }
}
