//! Takes a text and the month and day of its dateline, returns the year where the text makes it certain.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::date::{dates, digits, pattern};
use super::{Date, Labels};

/// A dateline is at most so many days younger than the events that it reports.
const RECENT: i32 = 10;
/// A text that names a campaign so many times is about it.
const OFTEN: usize = 3;

static THIS_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"今年[（(，]?(?:是|即|为)?((?:19|20)\d\d)年|((?:19|20)\d\d)年[（(]今年[）)]")
});
static ANNIVERSARY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"今年(?:是|正值|恰逢|适逢|正逢|迎来|喜迎)([^，。；]{2,24}?)([\d一二三四五六七八九十百]{1,5})周年",
    )
});

/// Gives the year in which a text with a dateline of this day was published; none unless all that the
/// text says of it agrees: full dates of the days before, 今年是2021年, 今年是…成立100周年; or, where it
/// says none of these, the campaign that it is about ran on that day of one year only.
pub(super) fn certain(text: &str, (month, day): (u8, u8), labels: &Labels) -> Option<Date> {
    let number = |month: u8, day: u8| i32::from(month) * 31 + i32::from(day);
    let recent = |date: &Date| {
        let days = date
            .month
            .zip(date.day)
            .map(|(m, d)| number(month, day) - number(m, d));
        days.is_some_and(|days| (0..=RECENT).contains(&days))
    };
    let mut years: BTreeSet<u16> = dates(text).filter(recent).map(|date| date.year).collect();
    years.extend(THIS_YEAR.captures_iter(text).filter_map(|found| {
        found
            .get(1)
            .or(found.get(2))
            .and_then(|year| year.as_str().parse::<u16>().ok())
    }));
    years.extend(ANNIVERSARY.captures_iter(text).filter_map(|found| {
        let event = found.get(1)?.as_str();
        let known = labels
            .anniversaries
            .iter()
            .find(|(name, _)| event.ends_with(name.as_str()))?;
        known.1.checked_add(count(found.get(2)?.as_str())?)
    }));
    if years.is_empty() {
        years.extend(of_campaigns(text, (month, day), labels));
    }
    let mut years = years.into_iter();
    let year = years.next().filter(|_| years.next().is_none())?;
    Some(Date {
        year,
        month: Some(month),
        day: Some(day),
    })
}

/// Gives the years in which the campaigns that a text is about reached the day: it names them again
/// and again, speaks of this year, and of none after them.
fn of_campaigns(text: &str, (month, day): (u8, u8), labels: &Labels) -> BTreeSet<u16> {
    let mut years = BTreeSet::new();
    let latest = super::years(text)
        .filter(|year| !text.contains(&format!("到{year}年")))
        .max();
    for [name, from, to] in &labels.campaigns {
        let named = text.matches(name.as_str()).count() >= OFTEN && text.contains("今年");
        // What has become routine is over.
        let over =
            text.contains(&format!("{name}常态化")) || text.contains(&format!("巩固拓展{name}"));
        if !named || over {
            continue;
        }
        let year = |month: &str| month.get(..4).and_then(|year| year.parse::<u16>().ok());
        let (Some(first), Some(last)) = (year(from), year(to)) else {
            continue;
        };
        years.extend((first..=last).filter(|&year| {
            let date = Date {
                year,
                month: Some(month),
                day: Some(day),
            }
            .iso();
            let month = date.get(..7).unwrap_or_default();
            (from.as_str()..=to.as_str()).contains(&month)
                && latest.is_none_or(|latest| latest <= year)
        }));
    }
    years
}

/// Reads 100, 一百, 九十五, 一百二十.
fn count(text: &str) -> Option<u16> {
    match text.split_once('百') {
        Some((hundreds, rest)) => {
            let hundreds = if hundreds.is_empty() {
                1
            } else {
                digits(hundreds)?
            };
            let rest = if rest.is_empty() { 0 } else { digits(rest)? };
            hundreds.checked_mul(100)?.checked_add(rest)
        }
        None => digits(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_given_where_it_is_certain() {
        let labels = Labels::load().unwrap();
        let cases = [
            ("今年是中国共产党成立100周年，各地", Some(2021)),
            ("今年是新中国成立七十周年", Some(2019)),
            ("今年恰逢红军长征胜利八十周年", Some(2016)),
            ("今年是2020年，也是", Some(2020)),
            ("2022年10月24日，第一场雪落下来", Some(2022)),
            ("2022年10月24日下雪，2018年10月25日也下雪", None),
            ("到2025年，要修好三座桥", None),
            ("2019年以来，修了三座桥", None),
            ("今年是学校成立一百周年", None),
            ("党纪学习教育，党纪学习教育，今年的党纪学习教育", None),
            (
                "今年，党史学习教育开始。党史学习教育好，党史学习教育要学好。到2025年，修三座桥",
                Some(2021),
            ),
            (
                "今年，党史学习教育常态化，党史学习教育好，党史学习教育要学好",
                None,
            ),
            (
                "今年，党史学习教育好，党史学习教育，党史学习教育，2022年",
                None,
            ),
            ("党史学习教育好，党史学习教育，党史学习教育", None),
        ];
        for (text, expected) in cases {
            let got = certain(text, (10, 26), &labels).map(|date| date.year);
            assert_eq!(got, expected, "{text}");
        }
    }
}
