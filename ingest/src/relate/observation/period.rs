//! Which time a number holds for, as ISO 8601.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::Regex;

use crate::knowledge::{Hit, List};
use crate::segment::Segmented;
use crate::structure::{Sentence, digits, pattern, years};

static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:((?:19|20)\d\d)年|(今年|去年))?(\d{1,2})月?(?:份)?\s?[-—–~～至到]{1,2}\s?(\d{1,2})月",
    )
});
static YEARS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"((?:19|20)\d\d)年?\s?[-—–~～至到]{1,2}\s?((?:19|20)\d\d)年"));
static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日"));
static MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:19|20)\d\d)年(\d{1,2})月"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:19|20)\d\d)年(以来)?"));
static TERM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:过去|近|这)?([二三四五六七八九十\d]{1,2})年(?:来|间)"));

static MONTH_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d{1,2})月(?:底|末)"));
static FIRST_MONTHS: LazyLock<Regex> = LazyLock::new(|| pattern(r"前(\d{1,2})个?月"));

/// The periods that hold in a document, sentence by sentence.
///
/// A period that a sentence opens with goes on to the end of its paragraph; that of a term (五年来)
/// or of a heading goes on until another one is set.
pub(super) struct Timeline {
    context: Context,
    /// By number of the sentence: what holds where the sentence itself says nothing.
    inherited: Vec<Option<String>>,
    /// Terms (五年来) and where each is named, in order.
    terms: Vec<(usize, String)>,
}

/// Characters from the start of a sentence within which a period is that of what follows.
const OPENING: usize = 14;

impl Timeline {
    /// Reads a document from its first sentence to its last.
    pub(super) fn new(text: &Segmented<'_>) -> Self {
        let context = Context::new(text);
        let mut inherited = Vec::with_capacity(text.structure.sentences.len());
        let (mut section, mut paragraph): (Option<String>, Option<String>) = (None, None);
        let mut line = usize::MAX;
        let mut terms = Vec::new();
        for sentence in &text.structure.sentences {
            if sentence.line != line {
                (line, paragraph) = (sentence.line, None);
            }
            inherited.push(paragraph.clone().or_else(|| section.clone()));
            let words = sentence.span.of(text.text);
            let term = context.term(words);
            terms.extend(term.iter().map(|term| (sentence.span.start, term.clone())));
            if sentence.heading {
                let named = context
                    .last(text, sentence.span)
                    .filter(|period| !is_day(period));
                section = term.or(named).or(section);
            } else if let Some(term) = term {
                (section, paragraph) = (Some(term), None);
            } else if let Some(opening) = context
                .last(text, opening(text, sentence.span))
                .filter(|period| !is_day(period))
            {
                let same = paragraph.is_none() && section.is_some();
                paragraph = Some(opening);
                // 2022年，… after a review of the term ends the term.
                section = section.filter(|_| !same);
            }
        }
        Self {
            context,
            inherited,
            terms,
        }
    }

    /// Gives the period of a number at `at`: the last expression before it in its sentence, else
    /// what the sentence inherits; a stock (现有, 累计) has none but its sentence's own.
    pub(super) fn period(
        &self,
        text: &Segmented<'_>,
        sentence: &Sentence,
        at: usize,
    ) -> Option<String> {
        let before = Span::new(sentence.span.start, at);
        let stock = text
            .within(List::Period, before)
            .any(|hit| hit.entry.field("kind") == "stock");
        // 年均 is of the term, whatever year the sentence names.
        let yearly = before.of(text.text).contains("年均");
        let inherited = || {
            let number = text
                .structure
                .sentences
                .partition_point(|other| other.span.start < sentence.span.start);
            self.inherited
                .get(number)
                .cloned()
                .flatten()
                .filter(|_| !stock)
        };
        let term = || {
            self.terms
                .iter()
                .rev()
                .find(|(start, _)| *start < at)
                .map(|(_, term)| term.clone())
        };
        let of_term = if yearly { term() } else { None };
        of_term
            .or_else(|| self.context.last(text, before))
            .or_else(inherited)
    }

    /// Tells whether a period is still to come for the most part: the year of a text published in
    /// its first months.
    pub(super) fn is_ahead(&self, text: &Segmented<'_>, period: &str) -> bool {
        text.structure.published.is_some_and(|date| {
            period == date.year.to_string() && date.month.is_some_and(|month| month <= 3)
        })
    }
}

/// A day is when something happened, not what is counted over.
fn is_day(period: &str) -> bool {
    !period.contains('/') && period.matches('-').count() == 2
}

/// The first characters of a sentence.
fn opening(text: &Segmented<'_>, sentence: Span) -> Span {
    let words = sentence.of(text.text);
    let end = words
        .char_indices()
        .nth(OPENING)
        .map_or(words.len(), |(at, _)| at);
    Span::new(sentence.start, sentence.start + end)
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
        let headline = structure
            .headline
            .map(|headline| headline.of(text.text))
            .unwrap_or_default();
        let titled = years(headline).next();
        let published = structure.published.map(|date| date.year);
        let this = published.or(titled);
        // A report of year Y, or one published in its first months, looks back on the years before.
        let early = structure
            .published
            .is_some_and(|date| date.month.is_some_and(|month| month <= 3));
        let term_end = titled
            .or(published.filter(|_| early))
            .map(|year| year - 1)
            .or(published);
        Self { this, term_end }
    }

    /// Gives the last period that a stretch of text names; of those that end together, the longest.
    fn last(&self, text: &Segmented<'_>, span: Span) -> Option<String> {
        let words = text
            .within(List::Period, span)
            .filter(|hit| !is_compared(text, hit.span))
            .filter_map(|hit| {
                Some((
                    (hit.span.end - span.start, hit.span.len()),
                    self.word(text, hit)?,
                ))
            })
            .max_by_key(|&(end, _)| end)
            .map(|((end, _), period)| (end, period));
        let pattern = self.last_pattern(span.of(text.text));
        // 2021年上半年 ends with the word, 今年1—6月 with the pattern.
        match (words, pattern) {
            (Some((word_end, word)), Some((pattern_end, pattern))) => {
                Some(if word_end > pattern_end {
                    word
                } else {
                    pattern
                })
            }
            (Some((_, period)), None) | (None, Some((_, period))) => Some(period),
            (None, None) => None,
        }
    }

    /// Reads a word for a period: a year, or a part of the year named before it.
    fn word(&self, text: &Segmented<'_>, hit: &Hit<'_>) -> Option<String> {
        let number = |column: &str| hit.entry.field(column).parse::<i32>().ok();
        let (from, to) = (number("from")?, number("to")?);
        if hit.entry.field("kind") == "stock" {
            return None;
        }
        if hit.entry.field("kind") == "year" {
            let year = i32::from(self.this?) + from;
            let since = text
                .text
                .get(hit.span.end..)
                .is_some_and(|rest| rest.starts_with("以来"));
            let open = since && from < 0;
            return Some(if open {
                format!("{year}-01-01/..")
            } else {
                year.to_string()
            });
        }
        let before = text.text.get(..hit.span.start)?;
        let written = before.strip_suffix('年').and_then(|before| {
            before
                .get(before.len().checked_sub(4)?..)?
                .parse::<i32>()
                .ok()
        });
        let named = || {
            let year = text
                .ending(hit.span.start)
                .find(|hit| hit.entry.list == List::Period)?;
            Some(i32::from(self.this?) + year.entry.field("from").parse::<i32>().ok()?)
        };
        let year = written
            .or_else(named)
            .or_else(|| self.this.map(i32::from))?;
        Some(format!("{year:04}-{from:02}/{year:04}-{to:02}"))
    }

    fn last_pattern(&self, text: &str) -> Option<(usize, String)> {
        let readers: [(&Regex, Reader); 8] = [
            (&MONTH_END, Self::month_end),
            (&FIRST_MONTHS, Self::first_months),
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
        self.this
            .map(|year| if last_year { year - 1 } else { year })
    }

    fn months(&self, found: &regex::Captures<'_>) -> Option<String> {
        let year = self.anchor(found)?;
        let (from, to) = (
            digits(found.get(3)?.as_str())?,
            digits(found.get(4)?.as_str())?,
        );
        ((1..=12).contains(&from) && (1..=12).contains(&to))
            .then(|| format!("{year:04}-{from:02}/{year:04}-{to:02}"))
    }

    fn month_end(&self, found: &regex::Captures<'_>) -> Option<String> {
        let month = digits(found.get(1)?.as_str()).filter(|month| (1..=12).contains(month))?;
        Some(format!("{:04}-{month:02}", self.this?))
    }

    fn first_months(&self, found: &regex::Captures<'_>) -> Option<String> {
        let month = digits(found.get(1)?.as_str()).filter(|month| (1..=12).contains(month))?;
        let year = self.this?;
        Some(format!("{year:04}-01/{year:04}-{month:02}"))
    }

    fn year_span(&self, found: &regex::Captures<'_>) -> Option<String> {
        Some(format!(
            "{}/{}",
            found.get(1)?.as_str(),
            found.get(2)?.as_str()
        ))
    }

    fn day(&self, found: &regex::Captures<'_>) -> Option<String> {
        let (month, day) = (
            digits(found.get(2)?.as_str())?,
            digits(found.get(3)?.as_str())?,
        );
        Some(format!("{}-{month:02}-{day:02}", found.get(1)?.as_str()))
    }

    fn month(&self, found: &regex::Captures<'_>) -> Option<String> {
        Some(format!(
            "{}-{:02}",
            found.get(1)?.as_str(),
            digits(found.get(2)?.as_str())?
        ))
    }

    fn year(&self, found: &regex::Captures<'_>) -> Option<String> {
        let year = found.get(1)?.as_str();
        // 2020年以来 is open; 今年以来 is the year.
        let open = found.get(2).is_some() && self.this.is_none_or(|this| this.to_string() != year);
        Some(if open {
            format!("{year}-01-01/..")
        } else {
            year.to_owned()
        })
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
