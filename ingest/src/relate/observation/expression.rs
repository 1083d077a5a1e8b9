//! Takes a stretch of text, returns the times that it names, as ISO 8601.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::{Captures, Regex};

use super::written::{DATE, READERS, TERM_READER, Written, YEARS, number, year};
use crate::knowledge::{Hit, List};
use crate::segment::Segmented;
use crate::structure::{Date, pattern, years};

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

/// What holds for all times of a document.
pub(super) struct Context {
    /// The year that 今年 means.
    pub(super) this: Option<u16>,
    /// The last year of a term that a report looks back on.
    pub(super) term_end: Option<u16>,
    pub(super) published: Option<Date>,
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
        let mut founded: Option<String> = None;
        let mut until = false;
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
                founded = Some(period).filter(|_| explicit);
                continue;
            }
            // 2019年3月开馆，至今年8月底: what is counted until then is counted from the opening on.
            let joined = found.last().is_some_and(|last| last.span.end == at.start);
            until = matches!(text.before(at.start), Some('至' | '到')) || joined && until;
            if let Some(from) = founded.as_ref().filter(|_| until && !period.contains('/')) {
                period = format!("{from}/{period}");
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
        let can_match = |one: &Written| slice.contains(|c: char| one.marks.contains(c));
        for (number, written) in READERS.iter().enumerate() {
            if !can_match(written) {
                continue;
            }
            for found in written.pattern.captures_iter(slice) {
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
                let Written { read, .. } = READERS.get(*number)?;
                let since = self.since(text, *number, found, at, anchor, sentence);
                let period = since.or_else(|| read(self, found, anchor))?;
                let explicit = last_year(at.of(text.text)).is_some()
                    || *number >= TERM_READER
                    || year(found, 1).is_some();
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
        let long = number(found, 1)?;
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
}

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
        if plans || !words.contains('年') {
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
