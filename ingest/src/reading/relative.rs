//! Takes a text with its day, returns the times that it tells from that day: 昨天, 下周三, 上个月, 5天前.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::{Captures, Regex};

use crate::calendar::{Day, days_in};
use crate::segment::{Pos, Segmented};
use crate::structure::{digits, pattern};

const NUMBER: &str = r"\d{1,3}|[一二两三四五六七八九十]{1,3}";

static DAY: LazyLock<Regex> = LazyLock::new(|| pattern("(大?)([前昨今明后])[天日]"));
static WEEK: LazyLock<Regex> = LazyLock::new(|| {
    pattern("(?:(上+|下+|这|本)个?)?(?:周|星期|礼拜)(?:([一二三四五六日天])|(末))?")
});
static MONTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(本|这个|上个?|下个?)月(?:(\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?",
    )
});
static HALF_MONTH: LazyLock<Regex> = LazyLock::new(|| pattern("([上下])半个?月"));
static AGO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "({NUMBER})(天|日|周|个?星期|个?月|年)[之以]?([前后])"
    ))
});
static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "(前|后|过去|未来|最近|近|今后)({NUMBER})(天|日|周|个?星期|个?月|年)"
    ))
});
static PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:((?:19|20)\d\d)|(今|去|明|前))年的?(第|前|最后)({NUMBER})(天|日|周|个?星期|个?月)"
    ))
});
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d{1,2})日"));

type Reader = fn(&Captures<'_>, Day) -> Option<String>;

/// Words that no time stands right behind.
const COUNTED: &str = "每第满月年期共为";

pub(super) fn times(text: &Segmented<'_>) -> Vec<(Span, String)> {
    let published = text.structure.published;
    let today = published
        .and_then(|date| Day::new(date.year, u16::from(date.month?), u16::from(date.day?)));
    let Some(today) = today else {
        return Vec::new();
    };
    let readers: [(&Regex, Reader); 8] = [
        (&DAY, day),
        (&WEEK, week),
        (&MONTH, month),
        (&HALF_MONTH, half_month),
        (&AGO, ago),
        (&SPAN, span),
        (&PART, part),
        (&MONTH_DAY, month_day),
    ];
    let mut found = Vec::new();
    for (regex, read) in readers {
        found.extend(regex.captures_iter(text.text).filter_map(|captures| {
            let whole = captures.get(0)?;
            let at = Span::new(whole.start(), whole.end());
            let counted = text.before(at.start).is_some_and(|c| {
                let digit =
                    c.is_ascii_digit() && whole.as_str().starts_with(|c: char| c.is_ascii_digit());
                COUNTED.contains(c) || digit
            });
            let free = !counted && !is_part_of_name(text, at);
            free.then(|| Some((at, read(&captures, today)?)))?
        }));
    }
    found
}

/// Tells whether a word that is no time reaches over a span (今日头条).
fn is_part_of_name(text: &Segmented<'_>, span: Span) -> bool {
    let last = span.end.checked_sub(1).and_then(|at| text.token_at(at));
    let token = last.and_then(|number| text.tokens.get(number));
    token.is_some_and(|token| {
        token.span.end > span.end && !matches!(token.pos, Pos::Time | Pos::Number)
    })
}

fn count(found: &Captures<'_>, group: usize) -> Option<i64> {
    let written = found.get(group)?.as_str().replace('两', "二");
    digits(&written).map(i64::from)
}

fn has(found: &Captures<'_>, group: usize, words: &str) -> bool {
    let word = found.get(group).map(|word| word.as_str());
    word.is_some_and(|word| !word.is_empty() && words.split('|').any(|one| one == word))
}

fn between(from: Day, to: Day) -> String {
    format!("{}/{}", from.iso(), to.iso())
}

fn day(found: &Captures<'_>, today: Day) -> Option<String> {
    let days = match found.get(2)?.as_str() {
        "前" => -2,
        "昨" => -1,
        "今" => 0,
        "明" => 1,
        _ => 2,
    };
    let big = found.get(1).is_some_and(|big| !big.is_empty());
    let far = if big { i64::signum(days) } else { 0 };
    Some(today.plus_days(days + far)?.iso())
}

/// Reads weeks, their weekends and days; a day of no named week is of this one.
fn week(found: &Captures<'_>, today: Day) -> Option<String> {
    let named = found.get(1).map(|week| week.as_str());
    let far = named.map_or(0, |week| {
        let count = i64::try_from(week.chars().count()).unwrap_or(0);
        match week.chars().next() {
            Some('上') => -count,
            Some('下') => count,
            _ => 0,
        }
    });
    let monday = today.plus_days(7 * far - today.weekday())?;
    if let Some(day) = found.get(2) {
        let days = "一二三四五六日"
            .find(day.as_str())
            .unwrap_or("一二三四五六".len());
        let days = i64::try_from(days / "一".len()).ok()?;
        return Some(monday.plus_days(days)?.iso());
    }
    named?;
    let from = if found.get(3).is_some() { 5 } else { 0 };
    Some(between(monday.plus_days(from)?, monday.plus_days(6)?))
}

fn month(found: &Captures<'_>, today: Day) -> Option<String> {
    let far = match found.get(1)?.as_str().chars().next() {
        Some('上') => -1,
        Some('下') => 1,
        _ => 0,
    };
    let month = Day { day: 1, ..today }.plus_months(far)?;
    match found.get(2) {
        Some(day) => Some(Day::new(month.year, month.month, digits(day.as_str())?)?.iso()),
        None => Some(format!("{:04}-{:02}", month.year, month.month)),
    }
}

fn half_month(found: &Captures<'_>, today: Day) -> Option<String> {
    let last = days_in(today.year, today.month);
    let (from, to) = if has(found, 1, "上") {
        (1, 15)
    } else {
        (16, last)
    };
    let day = |day| Day { day, ..today };
    Some(between(day(from), day(to)))
}

/// Gives the day so many units of time away.
fn away(today: Day, count: i64, unit: &str) -> Option<Day> {
    match unit.chars().next_back()? {
        '天' | '日' => today.plus_days(count),
        '周' | '期' => today.plus_days(7 * count),
        '月' => today.plus_months(count),
        _ => today.plus_months(12 * count),
    }
}

fn ago(found: &Captures<'_>, today: Day) -> Option<String> {
    let sign = if has(found, 3, "前") { -1 } else { 1 };
    let unit = found.get(2)?.as_str();
    // 07年以后 names the year 2007.
    let written = found
        .get(1)
        .is_none_or(|count| !count.as_str().starts_with('0'));
    let count = count(found, 1).filter(|&count| written && count < 1900)?;
    let day = away(today, sign * count, unit)?;
    Some(match unit.chars().next_back() {
        Some('年') => format!("{:04}", day.year),
        Some('月') => format!("{:04}-{:02}", day.year, day.month),
        _ => day.iso(),
    })
}

fn span(found: &Captures<'_>, today: Day) -> Option<String> {
    let future = has(found, 1, "后|未来|今后");
    let unit = found.get(3)?.as_str();
    let count = count(found, 2)?;
    let far = away(today, if future { count } else { -count }, unit)?;
    Some(if future {
        between(today.plus_days(1)?, far)
    } else {
        between(far, today.plus_days(-1)?)
    })
}

/// Reads 2021年的第三个月, 去年的前10天, 今年最后两周; weeks begin on the first Monday of the year.
fn part(found: &Captures<'_>, today: Day) -> Option<String> {
    let year = match found.get(1) {
        Some(year) => year.as_str().parse().ok()?,
        None => match found.get(2)?.as_str() {
            "去" => today.year - 1,
            "前" => today.year - 2,
            "明" => today.year + 1,
            _ => today.year,
        },
    };
    let count = count(found, 4).filter(|&count| count > 0)?;
    let unit = found.get(5)?.as_str();
    let january = Day::new(year, 1, 1)?;
    let first = match unit.chars().next_back()? {
        '周' | '期' => january.plus_days((7 - january.weekday()) % 7)?,
        _ => january,
    };
    let end = match unit.chars().next_back()? {
        '周' | '期' => {
            let next = Day::new(year + 1, 1, 1)?;
            let monday = next.plus_days(-next.weekday())?;
            if monday.plus_days(3)?.year > year {
                monday
            } else {
                monday.plus_days(7)?
            }
        }
        _ => Day::new(year + 1, 1, 1)?,
    };
    let (from, to) = match found.get(3)?.as_str() {
        "第" => (away(first, count - 1, unit)?, away(first, count, unit)?),
        "前" => (first, away(first, count, unit)?),
        _ => (away(end, -count, unit)?, end),
    };
    let whole = has(found, 3, "第") && unit.ends_with('月');
    Some(if whole {
        format!("{:04}-{:02}", from.year, from.month)
    } else {
        between(from, to.plus_days(-1)?)
    })
}

/// Reads a day of the month that the text is of, or of the last month that has passed it.
fn month_day(found: &Captures<'_>, today: Day) -> Option<String> {
    let day = digits(found.get(1)?.as_str())?;
    let month = Day { day: 1, ..today };
    let this = Day::new(today.year, today.month, day);
    let before = || {
        let before = month.plus_months(-1)?;
        Day::new(before.year, before.month, day)
    };
    let near = this.filter(|this| *this <= today).or_else(before).or(this);
    Some(near?.iso())
}
