//! Takes a stretch of text that looks like a time, returns the time as ISO 8601: dates, months,
//! years, spans of them, terms, plans, decades, eras.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::{Captures, Regex};

use super::expression::{Anchor, Context};
use super::term::{DECADE, FIRST_MONTHS, PLAN, TERM};
use crate::calendar::Day;
use crate::structure::{digits, pattern};

const YEAR: &str = "(?:19|20)[0-9]{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2}|0[0-9]|[〇零][〇零一二三四五六七八九]";
const MONTH: &str = r"\d{1,2}|十[一二]?|[一二三四五六七八九]";
const DAY: &str =
    r"\d{1,2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九]";
const TO: &str = r"\s?[-—–~～至到]{1,2}\s?";

static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:({YEAR}|\d\d)年)?({MONTH})月({DAY})[日号]?{TO}(?:({YEAR}|\d\d)年)?(?:({MONTH})月)?({DAY})[日号]"
    ))
});
static SLASHED_DAYS: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})";
    pattern(&format!("{day}{TO}{day}"))
});
static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:({YEAR})年)?({MONTH})月?(?:份)?{TO}(?:({YEAR})年)?({MONTH})月"
    ))
});
static MONTHS_BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:({YEAR})年)?({MONTH})月[和与](?:({YEAR})年)?({MONTH})月之?间"
    ))
});
pub(super) static YEARS: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!("({YEAR})年?{TO}({YEAR})年")));
static YEARS_BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!("({YEAR})年[和与]({YEAR})年之间")));
pub(super) static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"({YEAR})年(?:({MONTH})月(?:({DAY})[日号]|([二三]?十[一二三四五六七八九]))?)?|(\d\d)年({MONTH})月(?:({DAY})[日号])?|({MONTH})月(?:({DAY})[日号])?"
    ))
});
static SLASHED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"((?:19|20)\d\d)(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2}))"));
pub(super) type Reader = fn(&Context, &Captures<'_>, &Anchor) -> Option<String>;

/// A pattern, what reads it, and the characters without one of which it cannot match.
pub(super) struct Written {
    pub(super) pattern: &'static Regex,
    pub(super) read: Reader,
    pub(super) marks: &'static str,
}

/// The readers with their patterns; of two that fit the same text the first one reads it.
pub(super) static READERS: LazyLock<[Written; 12]> = LazyLock::new(|| {
    let (year, month, plan, stroke) = ("年", "月", "五", "-/.");
    let written = |pattern, read, marks| Written {
        pattern,
        read,
        marks,
    };
    [
        written(&*SLASHED_DAYS, Context::slashed_days as Reader, stroke),
        written(&*DAYS, Context::days, month),
        written(&*MONTHS_BETWEEN, Context::months, month),
        written(&*MONTHS, Context::months, month),
        written(&*YEARS_BETWEEN, Context::years, year),
        written(&*YEARS, Context::years, year),
        written(&*FIRST_MONTHS, Context::first_months, month),
        written(&*SLASHED, Context::slashed, stroke),
        written(&*DATE, Context::date, "年月"),
        written(&*TERM, Context::term, year),
        written(&*PLAN, Context::plan, plan),
        written(&*DECADE, Context::decade, year),
    ]
});
/// The number of the reader of terms; those of plans and decades stand behind it.
pub(super) const TERM_READER: usize = 9;

impl Context {
    /// The year of a month that is named without one: that of the text before it, else the last
    /// year in which the month does not lie far ahead.
    fn year_of(&self, month: u16, anchor: &Anchor) -> Option<u16> {
        const FAR: u16 = 6;
        let this = self.this?;
        let now = self.published.and_then(|date| date.month).map(u16::from);
        let ahead = now.is_some_and(|now| month > now + FAR);
        Some(anchor.year.unwrap_or(if ahead { this - 1 } else { this }))
    }

    fn days(&self, found: &Captures<'_>, anchor: &Anchor) -> Option<String> {
        let month = month(found, 2)?;
        let day = number(found, 3)?;
        let year = year(found, 1).or_else(|| self.year_of(month, anchor))?;
        let to_month = match found.get(5) {
            Some(_) => self::month(found, 5)?,
            None => month,
        };
        let to_year = self::year(found, 4).unwrap_or(year + u16::from(to_month < month));
        let from = Day::new(year, month, day).or_else(|| {
            // 2月29日 is of the last leap year.
            let leap = (year.saturating_sub(8)..year).rev();
            let unsaid = found.get(1).is_none();
            leap.filter(|_| unsaid)
                .find_map(|year| Day::new(year, month, day))
        })?;
        let later = from.year.abs_diff(year);
        let to = Day::new(to_year.checked_sub(later)?, to_month, number(found, 6)?)?;
        Some(format!("{}/{}", from.iso(), to.iso()))
    }

    #[expect(clippy::unused_self, reason = "one type of reader")]
    fn slashed_days(&self, found: &Captures<'_>, _: &Anchor) -> Option<String> {
        let day = |at: usize| {
            let month = month(found, at + 1)?;
            Day::new(year(found, at)?, month, number(found, at + 2)?)
        };
        Some(format!("{}/{}", day(1)?.iso(), day(4)?.iso()))
    }

    fn months(&self, found: &Captures<'_>, anchor: &Anchor) -> Option<String> {
        let (from, to) = (month(found, 2)?, month(found, 4)?);
        let over = u16::from(to < from);
        let year = year(found, 1)
            .or(anchor.year)
            .or_else(|| self.year_of(if to < from { from } else { to }, anchor))?;
        let to_year = self::year(found, 3).unwrap_or(year + over);
        Some(format!("{year:04}-{from:02}/{to_year:04}-{to:02}"))
    }

    #[expect(clippy::unused_self, reason = "one type of reader")]
    fn years(&self, found: &Captures<'_>, _: &Anchor) -> Option<String> {
        let (from, to) = (year(found, 1)?, year(found, 2)?);
        (from < to).then(|| format!("{from}/{to}"))
    }

    #[expect(clippy::unused_self, reason = "one type of reader")]
    fn slashed(&self, found: &Captures<'_>, _: &Anchor) -> Option<String> {
        let at = if found.get(2).is_some() { 2 } else { 4 };
        let month = month(found, at)?;
        Some(Day::new(year(found, 1)?, month, number(found, at + 1)?)?.iso())
    }

    fn date(&self, found: &Captures<'_>, anchor: &Anchor) -> Option<String> {
        let first = |groups: [usize; 3]| groups.into_iter().find(|&at| found.get(at).is_some());
        let month_at = first([2, 6, 8]);
        let day_at = first([3, 7, 9]).or(found.get(4).map(|_| 4));
        let written = year(found, 1).or_else(|| year(found, 5));
        let Some(month_at) = month_at else {
            return Some(format!("{:04}", written?));
        };
        let month = month(found, month_at)?;
        let year = written.or_else(|| self.year_of(month, anchor))?;
        let Some(day) = day_at else {
            return Some(format!("{year:04}-{month:02}"));
        };
        let day = number(found, day)?;
        let leap = (year.saturating_sub(8)..=year).rev();
        let mut years = leap.take(if written.is_some() { 1 } else { 9 });
        Some(years.find_map(|year| Day::new(year, month, day))?.iso())
    }
}

/// Finds dates whose month or day no calendar has.
pub(super) fn impossible(text: &str) -> Vec<Span> {
    let found = DATE.captures_iter(text).filter_map(|found| {
        let whole = found.get(0)?;
        let month = number(&found, 2).or_else(|| number(&found, 8))?;
        let written = year(&found, 1);
        let day = [3, 4, 9].into_iter().find(|&at| found.get(at).is_some());
        let day = day.map_or(Some(1), |at| number(&found, at))?;
        // Without a year a leap year may be meant.
        const LEAP: u16 = 2000;
        let exists = Day::new(written.unwrap_or(LEAP), month, day).is_some();
        // 3.12月 and 第12月 are no dates.
        let before = text.get(..whole.start())?.chars().next_back();
        let joined = before.is_some_and(|c| c.is_ascii_digit() || ".．第".contains(c));
        (!exists && !joined).then(|| Span::new(whole.start(), whole.end()))
    });
    found.collect()
}

/// Reads the year of a group; two digits are of the years from 1950 on.
pub(super) fn year(found: &Captures<'_>, group: usize) -> Option<u16> {
    const CENTURY: u16 = 100;
    let written = found.get(group)?.as_str().replace('○', "〇");
    let year = digits(&written)?;
    let year = match year {
        0..50 => year + 20 * CENTURY,
        50..CENTURY => year + 19 * CENTURY,
        _ => year,
    };
    (1900..2100).contains(&year).then_some(year)
}

pub(super) fn month(found: &Captures<'_>, group: usize) -> Option<u16> {
    number(found, group).filter(|month| (1..=12).contains(month))
}

/// Reads a number below 100 in either script.
pub(super) fn number(found: &Captures<'_>, group: usize) -> Option<u16> {
    let written = found.get(group)?.as_str();
    match written.strip_prefix('廿') {
        Some("") => Some(20),
        Some(rest) => digits(rest).map(|rest| 20 + rest),
        None => digits(written),
    }
}
