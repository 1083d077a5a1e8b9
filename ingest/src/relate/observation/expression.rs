//! Takes a stretch of text, returns the times that it names, as ISO 8601.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::{Captures, Regex};

use crate::knowledge::{Hit, List};
use crate::segment::Segmented;
use crate::structure::{Date, digits, pattern, years};

const YEAR: &str = "(?:19|20)[0-9]{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2}";
const TO: &str = r"\s?[-—–~～至到]{1,2}\s?";

static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:({YEAR})年)?(\d{{1,2}})月(\d{{1,2}})日?{TO}(?:({YEAR})年)?(?:(\d{{1,2}})月)?(\d{{1,2}})日"
    ))
});
static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:({YEAR})年)?(\d{{1,2}})月?(?:份)?{TO}(?:({YEAR})年)?(\d{{1,2}})月"
    ))
});
static YEARS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("({YEAR})年?{TO}({YEAR})年")));
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"({YEAR})年(?:(\d{{1,2}})月(?:(\d{{1,2}})日)?)?|(\d{{1,2}})月(?:(\d{{1,2}})日)?"
    ))
});
static FIRST_MONTHS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"前([二三四五六七八九十\d]{1,2})个?月"));
static TERM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:过去|近|这)?([二三四五六七八九十\d]{1,2})年(?:来|间)"));
static PLAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern("[“‘]?(十[一二三四五六]?|[五六七八九])五[”’]?(期间|时期|以来|末|期末|初)")
});

/// A time that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) span: Span,
    pub(super) period: String,
    /// Whether its year is written out, or a term or a plan is named.
    pub(super) explicit: bool,
    /// The end of the brackets that it stands in; what is behind them is not of that time.
    pub(super) bracket: Option<usize>,
}

/// What a time is completed with where the text leaves its year or day out.
#[derive(Debug, Default, Clone)]
pub(super) struct Anchor {
    pub(super) year: Option<u16>,
    /// The month that a chronicle's heading names.
    pub(super) month: Option<u16>,
    pub(super) day: Option<String>,
}

/// A time as it was found, before it is completed.
enum Raw<'t, 'k> {
    Pattern(usize, Captures<'t>),
    Word(&'t Hit<'k>),
}

type Reader = fn(&Context, &Captures<'_>, &Anchor) -> Option<String>;

/// What holds for all times of a document.
pub(super) struct Context {
    /// The year that 今年 means.
    pub(super) this: Option<u16>,
    /// The last year of a term that a report looks back on.
    term_end: Option<u16>,
    published: Option<Date>,
}

impl Context {
    pub(super) fn new(text: &Segmented<'_>) -> Self {
        let structure = text.structure;
        let headline = structure
            .headline
            .map(|headline| headline.of(text.text))
            .unwrap_or_default();
        let titled = years(headline).next();
        let published = structure.published.map(|date| date.year);
        let this = published.or(titled).or_else(|| latest(text));
        // A report of year Y, or one published in its first months, looks back on the years before.
        let early = structure
            .published
            .is_some_and(|date| date.month.is_some_and(|month| month <= 3));
        let term_end = titled
            .or(published.filter(|_| early))
            .map(|year| year - 1)
            .or(published);
        Self {
            this,
            term_end,
            published: structure.published,
        }
    }

    /// Gives the times of a stretch of text in reading order, without those that values are only
    /// compared with and those in which something was founded.
    pub(super) fn named(&self, text: &Segmented<'_>, span: Span, anchor: &Anchor) -> Vec<Named> {
        let mut anchor = anchor.clone();
        let mut found: Vec<Named> = Vec::new();
        let mut skipped = 0;
        for (at, raw) in self.raw(text, span) {
            // 比去年9月: what goes on with a time that does not count does not count.
            if skipped == at.start && skipped > span.start || is_compared(text, at) {
                skipped = at.end;
                continue;
            }
            let Some((mut period, explicit)) = self.complete(text, &raw, at, &anchor, span) else {
                continue;
            };
            if is_founding(text, at) {
                continue;
            }
            let since = text.starting(at.end).any(|hit| kind(hit) == "since");
            if since && !period.contains('/') && self.is_open(&period) {
                period = format!("{period}/..");
            }
            let bracket = bracket(text.text, span, at);
            if bracket.is_none() {
                anchor.year = last_year(&period).or(anchor.year);
                if is_day(&period) {
                    anchor.day = Some(period.clone());
                }
            }
            found.push(Named {
                span: at,
                period,
                explicit,
                bracket,
            });
        }
        found
    }

    /// Finds what looks like times: of those that overlap the first, of those that begin together
    /// the longest.
    fn raw<'t, 'k>(&self, text: &'t Segmented<'k>, span: Span) -> Vec<(Span, Raw<'t, 'k>)> {
        let words = text.within(List::Period, span).filter(|hit| {
            matches!(
                kind(hit),
                "part" | "year" | "same" | "named" | "day" | "month" | "holiday"
            )
        });
        let mut raw: Vec<(Span, Raw<'t, 'k>)> =
            words.map(|hit| (hit.span, Raw::Word(hit))).collect();
        let slice = text.text.get(span.start..span.end).unwrap_or_default();
        for (number, (regex, _)) in READERS.iter().enumerate() {
            for found in regex.captures_iter(slice) {
                let Some(whole) = found.get(0) else { continue };
                let at = Span::new(span.start + whole.start(), span.start + whole.end());
                let digit = whole.as_str().starts_with(|c: char| c.is_ascii_digit());
                let joined = text
                    .before(at.start)
                    .is_some_and(|c| c.is_ascii_digit() || ".．第".contains(c));
                if !(digit && joined) {
                    raw.push((at, Raw::Pattern(number, found)));
                }
            }
        }
        raw.sort_by_key(|(at, raw)| {
            let order = match raw {
                Raw::Pattern(number, _) => *number,
                Raw::Word(_) => READERS.len(),
            };
            (at.start, std::cmp::Reverse(at.end), order)
        });
        let mut end = 0;
        raw.retain(|(at, _)| {
            let free = at.start >= end;
            if free {
                end = at.end;
            }
            free
        });
        raw
    }

    /// Completes a time; gives it with whether it says its year itself.
    fn complete(
        &self,
        text: &Segmented<'_>,
        raw: &Raw<'_, '_>,
        at: Span,
        anchor: &Anchor,
        sentence: Span,
    ) -> Option<(String, bool)> {
        match raw {
            Raw::Word(hit) => self.word(text, hit, anchor),
            Raw::Pattern(number, found) => {
                let (_, read) = READERS.get(*number)?;
                let since = self.since(text, *number, found, at, anchor, sentence);
                let period = since.or_else(|| read(self, found, anchor))?;
                let explicit = last_year(at.of(text.text)).is_some()
                    || *number >= TERM_READER
                    || digits_of_year(found).is_some();
                Some((period, explicit))
            }
        }
    }

    /// Gives the term that runs from a year named before it: 从1998年算起，23年间.
    fn since(
        &self,
        text: &Segmented<'_>,
        reader: usize,
        found: &Captures<'_>,
        at: Span,
        anchor: &Anchor,
        sentence: Span,
    ) -> Option<String> {
        let from = anchor.year.filter(|_| reader == TERM_READER)?;
        let before = text.text.get(sentence.start..at.start)?;
        let long = digits(found.get(1)?.as_str())?;
        let to = from.checked_add(long)?;
        let fits = self.this.is_some_and(|this| to.abs_diff(this) <= 1);
        (fits && before.contains(&from.to_string()))
            .then(|| format!("{from}/{}", self.this.unwrap_or(to)))
    }

    /// Reads a word for a period.
    fn word(&self, text: &Segmented<'_>, hit: &Hit<'_>, anchor: &Anchor) -> Option<(String, bool)> {
        let number = |column: &str| hit.entry.field(column).parse::<i32>().ok();
        let behind = text.text.get(hit.span.end..).unwrap_or_default();
        let year = anchor.year.or(self.this);
        Some(match kind(hit) {
            "day" => (anchor.day.clone()?, false),
            "month" => (anchor.day.as_ref()?.get(..7)?.to_owned(), false),
            "named" => (anchor.year?.to_string(), false),
            "same" => {
                // Nobody reports on all of a year in its first weeks.
                let early = self
                    .published
                    .and_then(|date| date.month)
                    .is_some_and(|month| month <= 2);
                let before = self.this.map(|year| if early { year - 1 } else { year });
                (anchor.year.or(before)?.to_string(), false)
            }
            "year" if behind.starts_with("同期") => return None,
            "year" => {
                let year = i32::from(self.this?) + number("from")?;
                (year.to_string(), true)
            }
            "holiday" => {
                let day = behind.trim_start_matches(['”', '’']);
                let start = hit.span.end + (behind.len() - day.len());
                text.starting(start).find(|hit| kind(hit) == "day")?;
                let (month, day) = (number("from")?, number("to")?);
                (format!("{:04}-{month:02}-{day:02}", year?), false)
            }
            _ => {
                let (from, to) = (number("from")?, number("to")?);
                let year = year?;
                (format!("{year:04}-{from:02}/{year:04}-{to:02}"), false)
            }
        })
    }

    /// Tells whether 以来 leaves a period open: 今年以来 is the year.
    fn is_open(&self, period: &str) -> bool {
        self.this.is_none_or(|this| this.to_string() != period)
    }

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
        let (month, day) = (month(found, 2)?, day(found, 3)?);
        let year = year(found, 1).or_else(|| self.year_of(month, anchor))?;
        let (to_month, to_day) = (month_or(found, 5, month)?, self::day(found, 6)?);
        let to_year = self::year(found, 4).unwrap_or(year);
        let to = format!("{to_year:04}-{to_month:02}-{to_day:02}");
        Some(format!("{year:04}-{month:02}-{day:02}/{to}"))
    }

    fn months(&self, found: &Captures<'_>, anchor: &Anchor) -> Option<String> {
        let (from, to) = (month(found, 2)?, month(found, 4)?);
        let year = year(found, 1)
            .or(anchor.year)
            .or_else(|| self.year_of(to, anchor))?;
        let to_year = self::year(found, 3).unwrap_or(year);
        Some(format!("{year:04}-{from:02}/{to_year:04}-{to:02}"))
    }

    fn first_months(&self, found: &Captures<'_>, anchor: &Anchor) -> Option<String> {
        let month = month(found, 1)?;
        let year = anchor.year.or(self.this)?;
        Some(format!("{year:04}-01/{year:04}-{month:02}"))
    }

    #[expect(clippy::unused_self, reason = "one type of reader")]
    fn years(&self, found: &Captures<'_>, _: &Anchor) -> Option<String> {
        let (from, to) = (year(found, 1)?, year(found, 2)?);
        (from < to).then(|| format!("{from}/{to}"))
    }

    fn date(&self, found: &Captures<'_>, anchor: &Anchor) -> Option<String> {
        let Some(year) = year(found, 1) else {
            let month = month(found, 4)?;
            let year = self.year_of(month, anchor)?;
            return Some(match found.get(5) {
                Some(_) => format!("{year:04}-{month:02}-{:02}", day(found, 5)?),
                None => format!("{year:04}-{month:02}"),
            });
        };
        Some(match (found.get(2), found.get(3)) {
            (None, _) => year.to_string(),
            (Some(_), None) => format!("{year:04}-{:02}", month(found, 2)?),
            (Some(_), Some(_)) => {
                format!("{year:04}-{:02}-{:02}", month(found, 2)?, day(found, 3)?)
            }
        })
    }

    fn term(&self, found: &Captures<'_>, _: &Anchor) -> Option<String> {
        let length = digits(found.get(1)?.as_str()).filter(|&length| length > 0)?;
        let end = self.term_end?;
        Some(format!("{}/{end}", end + 1 - length))
    }

    /// The tenth plan ran from 2001 to 2005, and so on in steps of five years.
    fn plan(&self, found: &Captures<'_>, _: &Anchor) -> Option<String> {
        const TENTH: u16 = 2001;
        let number = digits(found.get(1)?.as_str())?;
        let from = (TENTH + 5 * number).checked_sub(5 * 10)?;
        let to = from + 4;
        Some(match found.get(2)?.as_str().chars().next_back() {
            Some('末') => to.to_string(),
            Some('初') => from.to_string(),
            Some('来') if self.this.is_some_and(|this| this <= to) => format!("{from}/.."),
            _ => format!("{from}/{to}"),
        })
    }

    /// Reads the term that a heading or a sentence names.
    pub(super) fn term_in(&self, text: &str) -> Option<String> {
        self.term(&TERM.captures(text)?, &Anchor::default())
    }
}

/// The readers with their patterns; of two that fit the same text the first one reads it.
static READERS: LazyLock<[(&'static Regex, Reader); 7]> = LazyLock::new(|| {
    [
        (&*DAYS, Context::days),
        (&*MONTHS, Context::months),
        (&*YEARS, Context::years),
        (&*FIRST_MONTHS, Context::first_months),
        (&*DATE, Context::date),
        (&*TERM, Context::term),
        (&*PLAN, Context::plan),
    ]
});
/// The number of the reader of terms; that of plans stands behind it.
const TERM_READER: usize = 5;

/// The year of a document without a date: the latest that it names, if that is not to come: behind 到,
/// the end of a span, in a sentence about plans.
fn latest(text: &Segmented<'_>) -> Option<u16> {
    let mut start = 0;
    let mut last = None;
    for words in text.text.split_inclusive(['。', '\n']) {
        let span = Span::new(start, start + words.len());
        start = span.end;
        let plans = text.within(List::Bound, span).any(|hit| {
            let side = hit.entry.field("side");
            matches!(side, "context" | "sentence")
                && hit.entry.field("qualifier") == "planned"
                && text.is_boundary(hit.span.start)
        });
        if plans {
            continue;
        }
        let named = DATE.captures_iter(words).filter_map(|found| {
            let before = words.get(..found.get(0)?.start())?;
            let to_come = before.ends_with(['-', '—', '–', '~', '～', '至', '到']);
            year(&found, 1).filter(|_| !to_come)
        });
        let spans = YEARS
            .captures_iter(words)
            .filter_map(|found| year(&found, 1));
        last = last.max(named.chain(spans).max());
    }
    last
}

pub(super) fn kind<'h>(hit: &'h Hit<'_>) -> &'h str {
    if hit.entry.list == List::Period {
        hit.entry.field("kind")
    } else {
        ""
    }
}

/// Tells whether a time is only what a value is compared with: 比去年, 恢复到2019年的85%.
fn is_compared(text: &Segmented<'_>, span: Span) -> bool {
    static RATIO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:年?[末底])?(?:水平|同期)?(?:的|水平的|同期的)?\s?\d[\d.]*(%|倍|成|个百分点)")
    });
    let before = |wanted: &str| text.ending(span.start).any(|hit| kind(hit) == wanted);
    let behind = text.text.get(span.end..).unwrap_or_default();
    let ratio = RATIO.captures(behind).and_then(|found| found.get(1));
    let times = ratio.is_some_and(|unit| unit.as_str() == "倍");
    before("compared") || times || ratio.is_some() && before("ratio")
}

/// Tells whether something was founded at a time, so that what is counted later is not of it:
/// 始建于1934年, 1958年建成的水库, 2006年开馆，.
fn is_founding(text: &Segmented<'_>, span: Span) -> bool {
    let before = text.ending(span.start).any(|hit| kind(hit) == "founded");
    let verb = text
        .starting(span.end)
        .filter(|hit| kind(hit) == "founding")
        .map(|hit| hit.span.end)
        .max();
    let ends = verb.is_some_and(|end| {
        let behind = text.text.get(end..).unwrap_or_default();
        let mut chars = behind.chars();
        match chars.next() {
            Some('的') => chars.next().is_some_and(|c| !c.is_ascii_digit()),
            Some(c) => "，、；。）以至".contains(c),
            None => true,
        }
    });
    before || ends
}

/// Gives the end of the brackets or the title in a sentence that a span stands in.
fn bracket(text: &str, sentence: Span, span: Span) -> Option<usize> {
    let before = text.get(sentence.start..span.start)?;
    let open = before.rfind(['（', '《', '('])?;
    let inside = before.get(open..)?.find(['）', '》', ')']).is_none();
    let behind = text.get(span.end..sentence.end)?;
    let close = behind.find(['）', '》', ')'])?;
    inside.then_some(span.end + close)
}

/// A day is when something happened, not what is counted over.
pub(super) fn is_day(period: &str) -> bool {
    !period.contains('/') && period.matches('-').count() == 2
}

/// Gives the year in which a period ends.
pub(super) fn last_year(period: &str) -> Option<u16> {
    let last = period.trim_end_matches("/..").rsplit('/').next()?;
    last.get(..4)?.parse().ok()
}

fn digits_of_year(found: &Captures<'_>) -> Option<u16> {
    year(found, 1)
}

fn year(found: &Captures<'_>, group: usize) -> Option<u16> {
    let written = found.get(group)?.as_str().replace('○', "〇");
    digits(&written).filter(|year| (1900..2100).contains(year))
}

fn month(found: &Captures<'_>, group: usize) -> Option<u16> {
    digits(found.get(group)?.as_str()).filter(|month| (1..=12).contains(month))
}

fn month_or(found: &Captures<'_>, group: usize, other: u16) -> Option<u16> {
    match found.get(group) {
        Some(_) => month(found, group),
        None => Some(other),
    }
}

fn day(found: &Captures<'_>, group: usize) -> Option<u16> {
    digits(found.get(group)?.as_str()).filter(|day| (1..=31).contains(day))
}
