//! Which time a number holds for, as ISO 8601.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::Regex;

use crate::knowledge::{Hit, List};
use crate::segment::Segmented;
use crate::structure::{Sentence, digits, pattern, years};

static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:((?:19|20)\d\d)年|(今年|去年))?(\d{1,2})月?(?:份)?\s?[-—–~～至到]{1,2}\s?(\d{1,2})月")
});
static YEARS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"((?:19|20)\d\d)年?\s?[-—–~～至到]{1,2}\s?((?:19|20)\d\d)年"));
static DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日"));
static MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:19|20)\d\d)年(\d{1,2})月"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:19|20)\d\d)年"));
static TERM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:过去|近|这)?([二三四五六七八九十\d]{1,2})年(?:来|间)"));

/// Gives the period of a number at `at`: the last expression before it in its sentence, else the
/// one that its section's heading or its paragraph's first sentence sets.
pub(super) fn period(text: &Segmented<'_>, sentence: &Sentence, at: usize) -> Option<String> {
    let context = Context::new(text);
    context.last(text, Span::new(sentence.span.start, at)).or_else(|| {
        let heading = sentence.section.filter(|_| !sentence.heading)?;
        context.term(heading.of(text.text))
    })
}

struct Context {
    /// The year that 今年 means.
    this: Option<u16>,
    /// The last year of a term that a report looks back on.
    term_end: Option<u16>,
}

impl Context {
    fn new(text: &Segmented<'_>) -> Self {
        let structure = text.structure;
        let headline = structure.headline.map(|headline| headline.of(text.text)).unwrap_or_default();
        let titled = years(headline).next();
        let published = structure.published.map(|date| date.year);
        let this = published.or(titled);
        // A report of year Y looks back on the years up to Y - 1.
        let term_end = titled.map(|year| year - 1).or(published);
        Self { this, term_end }
    }

    /// Gives the last period that a stretch of text names; of those that end together, the longest.
    fn last(&self, text: &Segmented<'_>, span: Span) -> Option<String> {
        let words = text
            .of(List::Period)
            .filter(|hit| span.contains(hit.span))
            .filter(|hit| !is_compared(text, hit.span))
            .filter_map(|hit| {
                Some(((hit.span.end - span.start, hit.span.len()), self.word(text, hit)?))
            })
            .max_by_key(|&(end, _)| end)
            .map(|((end, _), period)| (end, period));
        let pattern = self.last_pattern(span.of(text.text));
        // 2021年上半年 ends with the word, 今年1—6月 with the pattern.
        match (words, pattern) {
            (Some((word_end, word)), Some((pattern_end, pattern))) => {
                Some(if word_end > pattern_end { word } else { pattern })
            }
            (Some((_, period)), None) | (None, Some((_, period))) => Some(period),
            (None, None) => None,
        }
    }

    /// Reads a word for a period: a year, or a part of the year named before it.
    fn word(&self, text: &Segmented<'_>, hit: &Hit<'_>) -> Option<String> {
        let number = |column: &str| hit.entry.field(column).parse::<i32>().ok();
        let (from, to) = (number("from")?, number("to")?);
        if hit.entry.field("kind") == "year" {
            return Some((i32::from(self.this?) + from).to_string());
        }
        let before = text.text.get(..hit.span.start)?;
        let written = before
            .strip_suffix('年')
            .and_then(|before| before.get(before.len().checked_sub(4)?..)?.parse::<i32>().ok());
        let named = || {
            let year = text.ending(hit.span.start).find(|hit| hit.entry.list == List::Period)?;
            Some(i32::from(self.this?) + year.entry.field("from").parse::<i32>().ok()?)
        };
        let year = written.or_else(named).or_else(|| self.this.map(i32::from))?;
        Some(format!("{year:04}-{from:02}/{year:04}-{to:02}"))
    }

    fn last_pattern(&self, text: &str) -> Option<(usize, String)> {
        let readers: [(&Regex, Reader); 6] = [
            (&MONTHS, Self::months),
            (&YEARS, Self::year_span),
            (&DAY, Self::day),
            (&MONTH, Self::month),
            (&YEAR, Self::year),
            (&TERM, Self::term_of),
        ];
        readers
            .iter()
            .enumerate()
            .filter_map(|(order, (pattern, read))| {
                let found = pattern.captures_iter(text).last()?;
                let end = found.get(0)?.end();
                Some((end, std::cmp::Reverse(order), read(self, &found)?))
            })
            .max()
            .map(|(end, _, period)| (end, period))
    }

    fn anchor(&self, found: &regex::Captures<'_>) -> Option<u16> {
        if let Some(year) = found.get(1) {
            return year.as_str().parse().ok();
        }
        let last_year = found.get(2).is_some_and(|word| word.as_str() == "去年");
        self.this.map(|year| if last_year { year - 1 } else { year })
    }

    fn months(&self, found: &regex::Captures<'_>) -> Option<String> {
        let year = self.anchor(found)?;
        let (from, to) = (digits(found.get(3)?.as_str())?, digits(found.get(4)?.as_str())?);
        ((1..=12).contains(&from) && (1..=12).contains(&to))
            .then(|| format!("{year:04}-{from:02}/{year:04}-{to:02}"))
    }

    fn year_span(&self, found: &regex::Captures<'_>) -> Option<String> {
        Some(format!("{}/{}", found.get(1)?.as_str(), found.get(2)?.as_str()))
    }

    fn day(&self, found: &regex::Captures<'_>) -> Option<String> {
        let (month, day) = (digits(found.get(2)?.as_str())?, digits(found.get(3)?.as_str())?);
        Some(format!("{}-{month:02}-{day:02}", found.get(1)?.as_str()))
    }

    fn month(&self, found: &regex::Captures<'_>) -> Option<String> {
        Some(format!("{}-{:02}", found.get(1)?.as_str(), digits(found.get(2)?.as_str())?))
    }

    fn year(&self, found: &regex::Captures<'_>) -> Option<String> {
        Some(found.get(1)?.as_str().to_owned())
    }

    fn term_of(&self, found: &regex::Captures<'_>) -> Option<String> {
        let length = digits(found.get(1)?.as_str()).filter(|&length| length > 0)?;
        let end = self.term_end?;
        Some(format!("{}/{end}", end + 1 - length))
    }

    fn term(&self, heading: &str) -> Option<String> {
        self.term_of(&TERM.captures(heading)?)
    }
}

/// Tells whether a period is only what a value is compared with: 比去年, 较上年, 去年同期.
fn is_compared(text: &Segmented<'_>, span: Span) -> bool {
    let before = text.before(span.start);
    let behind = text.text.get(span.end..).unwrap_or_default();
    matches!(before, Some('比' | '较')) || behind.starts_with("同期")
}

type Reader = fn(&Context, &regex::Captures<'_>) -> Option<String>;
