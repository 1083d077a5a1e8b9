//! Calendar dates as mastheads and datelines write them.

use std::sync::LazyLock;

use regex::Regex;

/// A calendar date; month and day may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    pub(crate) year: u16,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
}

impl Date {
    /// Gives `2021-12-08`, `2021-12` or `2021`.
    pub(crate) fn iso(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }

    fn new(year: &str, month: &str, day: &str) -> Option<Self> {
        let (year, month, day) = (digits(year)?, digits(month)?, digits(day)?);
        let valid = (1900..=2100).contains(&year) && (1..=12).contains(&month);
        (valid && (1..=31).contains(&day)).then_some(Self {
            year,
            month: u8::try_from(month).ok(),
            day: u8::try_from(day).ok(),
        })
    }
}

/// Reads 2021, 二〇二一, 十二, 二十一 or 廿一.
pub(crate) fn digits(text: &str) -> Option<u16> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let values: Option<Vec<u16>> = text.chars().map(digit).collect();
    let values = values?;
    if values.contains(&10) {
        let (tens, units) = values.split_at(values.iter().position(|&value| value == 10)?);
        let tens = tens.first().copied().unwrap_or(1);
        return Some(tens * 10 + units.get(1).copied().unwrap_or(0));
    }
    values
        .iter()
        .try_fold(0_u16, |sum, value| sum.checked_mul(10)?.checked_add(*value))
}

fn digit(c: char) -> Option<u16> {
    "〇一二三四五六七八九十"
        .chars()
        .zip(0..)
        .find(|&(known, _)| known == c)
        .map(|(_, value)| value)
        .or_else(|| (c == '零').then_some(0))
}

/// A pattern of the crate's own source; an empty one should it ever fail to compile (a test
/// compiles them all).
pub(crate) fn pattern(source: &str) -> Regex {
    #[expect(
        clippy::expect_used,
        reason = "constant patterns; each is exercised by a test"
    )]
    Regex::new(source).expect("constant pattern")
}

static FULL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"((?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})\s?(?:年|[-/.])\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:月|[-/.])\s?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:日|\b)?",
    )
});
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十廿]{1,3})日")
});
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:19|20)\d\d)年"));

/// Finds the first full date in a text.
pub(crate) fn first_date(text: &str) -> Option<Date> {
    let found = FULL.captures(text)?;
    Date::new(
        found.get(1)?.as_str(),
        found.get(2)?.as_str(),
        found.get(3)?.as_str(),
    )
}

/// Tells whether a text starts with a full date.
pub(super) fn starts(text: &str) -> bool {
    FULL.find(text).is_some_and(|found| found.start() == 0)
}

/// Gives every full date of a text, in order.
pub(super) fn dates(text: &str) -> impl Iterator<Item = Date> + '_ {
    FULL.captures_iter(text).filter_map(|found| {
        Date::new(
            found.get(1)?.as_str(),
            found.get(2)?.as_str(),
            found.get(3)?.as_str(),
        )
    })
}

/// Finds the first date without a year: month and day.
pub(super) fn first_month_day(text: &str) -> Option<(u8, u8)> {
    let found = MONTH_DAY.captures(text)?;
    let date = Date::new("2000", found.get(1)?.as_str(), found.get(2)?.as_str())?;
    Some((date.month?, date.day?))
}

/// Tells whether a line is a date and, at most, a clock time, a weekday and brackets.
pub(super) fn is_whole(line: &str) -> bool {
    FULL.find(line).is_some_and(|found| {
        let rest = [line.get(..found.start()), line.get(found.end()..)];
        rest.into_iter().flatten().flat_map(str::chars).all(|c| {
            c.is_ascii_digit()
                || " :：.-时点分秒星期周一二三四五六日天上下午早晚凌晨（）()[]【】".contains(c)
        })
    })
}

/// Gives every year that a text names, in order.
pub(crate) fn years(text: &str) -> impl Iterator<Item = u16> + '_ {
    YEAR.captures_iter(text)
        .filter_map(|found| found.get(1)?.as_str().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_all_usual_forms() {
        let cases = [
            ("2021年12月08日13:53 | 来源", Some("2021-12-08")),
            ("2019-02-08", Some("2019-02-08")),
            ("时间：2022/1/3 08:00", Some("2022-01-03")),
            ("2021.10.26", Some("2021-10-26")),
            ("二〇二一年十二月二十八日", Some("2021-12-28")),
            ("二零二一年十月一日", Some("2021-10-01")),
            ("2021年13月1日", None),
            ("电话0431-85093400", None),
        ];
        for (text, expected) in cases {
            assert_eq!(
                first_date(text).map(Date::iso).as_deref(),
                expected,
                "{text}"
            );
        }
        assert_eq!(first_month_day("10月26日电"), Some((10, 26)));
        assert_eq!(first_month_day("十月二十六日电"), Some((10, 26)));
        assert!(is_whole("（2021年10月8日 星期五 09:20）"));
        assert!(!is_whole("2021年10月8日在某县"));
        assert_eq!(years("2016年到2021年").collect::<Vec<_>>(), [2016, 2021]);
    }
}
