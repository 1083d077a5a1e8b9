//! Takes a text, returns the dates and periods in it as ISO 8601, what bounds them included.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ontology::lexicon::{self, LexiconError};
use ontology::record::Span;
use regex::Regex;

use super::relative;
use crate::calendar::Day;
use crate::relate;
use crate::segment::{QuoteKind, Segmented};
use crate::structure::{digits, pattern};

/// What makes a time the end or the beginning of one that is open.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:(?P<until>(?:或者?|及|和)[之以]前)|(?P<from>(?:或者?|及|和)[之以]后|以来|至今|起|开始)|(?P<before>[之以]前)|(?P<after>[之以]后)|(?P<by>前))",
    )
});
static AHEAD: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:(?P<until>截[止至]到?)|(?P<from>自从|自打))$"));
/// A year counted in an era, with a month.
static OF_ERA: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(元|[一二三四五六七八九十]{1,3}|\d{1,2})年(?:([一二三四五六七八九十]{1,2}|\d{1,2})月)?([来间]?)",
    )
});

/// The first years of eras, by name.
#[derive(Debug)]
pub(super) struct Eras {
    first: BTreeMap<String, u16>,
}

impl Eras {
    pub(super) fn load() -> Result<Self, LexiconError> {
        let table = lexicon::table("quantity/eras.tsv")?;
        let mut first = BTreeMap::new();
        for row in table.rows() {
            let Ok(year) = row.get("first").parse() else {
                return Err(table.error(row, "the year is no number", row.get("first")));
            };
            first.insert(row.get("name").to_owned(), year);
        }
        Ok(Self { first })
    }

    /// Reads years of eras: 康熙三年五月.
    fn times(&self, text: &Segmented<'_>) -> Vec<(Span, String)> {
        let names = self.first.keys().map(String::as_str);
        let firsts: Vec<u16> = self.first.values().copied().collect();
        crate::segment::occurrences(text.text, names)
            .filter_map(|(span, number)| {
                let rest = text.text.get(span.end..)?;
                let found = OF_ERA.captures(rest)?;
                let count = found.get(1)?.as_str();
                let count = if count == "元" { 1 } else { digits(count)? };
                let lasts = found.get(3).is_some_and(|lasts| !lasts.is_empty());
                let year = firsts.get(number)?.checked_add(count.checked_sub(1)?)?;
                let month = found.get(2).and_then(|month| digits(month.as_str()));
                let period = match month {
                    Some(month) => format!("{year:04}-{month:02}"),
                    None => format!("{year:04}"),
                };
                let end = span.end + found.get(0)?.end();
                (!lasts).then_some((Span::new(span.start, end), period))
            })
            .collect()
    }
}

pub(super) fn times(text: &Segmented<'_>, eras: &Eras) -> Vec<(Span, String)> {
    let mut found = relate::times(text);
    found.extend(eras.times(text));
    found.extend(relative::times(text));
    found.retain(|&(span, _)| !is_in_title(text, span) && !is_lunar(text, span));
    found.sort_by_key(|&(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<(Span, String)> = Vec::new();
    for (span, period) in found {
        match kept.last_mut() {
            Some((last, _)) if span.start < last.end => {}
            Some((last, day)) if is_weekday_of(text, *last, day, span) => {
                *last = Span::new(last.start, span.end);
            }
            Some((last, whole)) if refines(text, *last, whole, span, &period) => {
                (*last, *whole) = (Span::new(last.start, span.end), period);
            }
            _ => kept.push((span, period)),
        }
    }
    let bounded = kept.into_iter().map(|(span, period)| {
        let open = bounded(text, span, &period);
        (span, open.unwrap_or(period))
    });
    bounded.collect()
}

/// A month of the lunar calendar is none of ours.
fn is_lunar(text: &Segmented<'_>, span: Span) -> bool {
    let before = text.text.get(..span.start).unwrap_or_default();
    before.ends_with('历')
        && ["农历", "阴历", "夏历", "旧历"]
            .iter()
            .any(|name| before.ends_with(name))
}

fn is_in_title(text: &Segmented<'_>, span: Span) -> bool {
    text.quotes_around(span)
        .any(|quote| quote.kind == QuoteKind::Title)
}

/// Tells whether a day of the week only goes with the date before it: 10月12日，星期一.
fn is_weekday_of(text: &Segmented<'_>, last: Span, day: &str, span: Span) -> bool {
    let words = span.of(text.text);
    let weekday = words.starts_with("星期") || words.starts_with(['周', '礼']);
    let between = text.text.get(last.end..span.start).unwrap_or("、");
    let dated = day.len() == "2021-10-12".len();
    weekday && dated && between.chars().all(|c| "，（( ".contains(c))
}

/// Tells whether a time is part of the one right before it: 2017年|上半年.
fn refines(text: &Segmented<'_>, last: Span, whole: &str, span: Span, period: &str) -> bool {
    let between = text.text.get(last.end..span.start).unwrap_or("、");
    let inside = !whole.contains('/') && period.starts_with(whole) && period != whole;
    matches!(between, "" | "的") && inside
}

/// Opens a time at one end: 2018年以前 is ../2017, 2018年或之前 is ../2018.
fn bounded(text: &Segmented<'_>, span: Span, period: &str) -> Option<String> {
    if period.contains('/') {
        return None;
    }
    let behind = BEHIND.captures(text.text.get(span.end..)?);
    let ahead = AHEAD.captures(text.text.get(..span.start)?);
    let says = |name: &str| {
        let mut both = behind.iter().chain(ahead.iter());
        both.any(|found| found.name(name).is_some())
    };
    let year = period.len() == "2018".len();
    if says("until") {
        Some(format!("../{period}"))
    } else if says("from") {
        Some(format!("{period}/.."))
    } else if says("before") || says("by") && year {
        Some(format!("../{}", beside(period, -1)?))
    } else if says("after") {
        Some(format!("{}/..", beside(period, 1)?))
    } else {
        None
    }
}

/// Gives the year, month or day before or behind one.
fn beside(period: &str, step: i64) -> Option<String> {
    let mut parts = period.split('-').map(|part| part.parse::<u16>().ok());
    let year = parts.next()??;
    let (month, day) = (parts.next().flatten(), parts.next().flatten());
    let first = Day::new(year, month.unwrap_or(1), day.unwrap_or(1))?;
    Some(match (month, day) {
        (None, _) => format!("{:04}", i64::from(year) + step),
        (Some(_), None) => {
            let day = first.plus_months(step)?;
            format!("{:04}-{:02}", day.year, day.month)
        }
        (Some(_), Some(_)) => first.plus_days(step)?.iso(),
    })
}
