//! Which time a number holds for, as ISO 8601.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::Regex;

use super::expression::{Anchor, Context, Named, is_day, kind, last_year};
use crate::knowledge::List;
use crate::segment::Segmented;
use crate::structure::{Sentence, digits, pattern};

/// The month that a heading of a chronicle is.
static MONTH_HEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[【\[]?([一二三四五六七八九十]{1,2}|\d{1,2})月份?[】\]]?$"));
/// The day that an entry of a chronicle begins with.
static ENTRY_DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{1,2})日(?:[\s，]|$)"));

/// What a sentence says of time.
#[derive(Debug, Default)]
struct Said {
    named: Vec<Named>,
    /// What holds where the sentence itself says nothing.
    inherited: Option<String>,
}

/// The periods that hold in a document, sentence by sentence.
///
/// A period that a sentence opens with goes on to the end of its paragraph; that of a term (五年来)
/// or of a heading goes on until another one is set; in a chronicle the day of an entry holds for all
/// of it.
pub(super) struct Timeline {
    context: Context,
    /// By number of the sentence.
    said: Vec<Said>,
    /// Terms (五年来) and where each is named, in order.
    terms: Vec<(usize, String)>,
}

/// Characters from the start of a sentence within which a period is that of what follows.
const OPENING: usize = 14;

/// What holds at a place in the text, sentence after sentence.
#[derive(Default)]
struct State {
    section: Option<String>,
    /// Whether the section's period was set by a sentence and not by a heading.
    loose: bool,
    paragraph: Option<String>,
    anchor: Anchor,
    line: Option<usize>,
    /// What the sentence before named last, for one that only goes on behind a semicolon.
    last: Option<String>,
}

impl Timeline {
    /// Reads a document from its first sentence to its last.
    pub(super) fn new(text: &Segmented<'_>) -> Self {
        let context = Context::new(text);
        let mut state = State::default();
        let mut said = Vec::with_capacity(text.structure.sentences.len());
        let mut terms = Vec::new();
        for sentence in &text.structure.sentences {
            let first = state.line != Some(sentence.line);
            if first {
                (state.line, state.paragraph) = (Some(sentence.line), None);
            }
            let words = sentence.span.of(text.text);
            if let Some(day) = state.entry_day(&context, words, first) {
                state.anchor.day = Some(day.clone());
                state.paragraph = Some(day);
            }
            let inherited = state.paragraph.clone().or_else(|| state.section.clone());
            let carried = state.carried(text, sentence);
            let inherited = carried.or(inherited);
            let anchor = Anchor {
                year: inherited.as_deref().and_then(single_year),
                ..state.anchor.clone()
            };
            let named = context.named(text, sentence.span, &anchor);
            let term = context.term_in(words);
            terms.extend(term.iter().map(|term| (sentence.span.start, term.clone())));
            state.last = carry(&named, &inherited);
            state.step(&context, text, sentence, &named, term);
            said.push(Said { named, inherited });
        }
        Self {
            context,
            said,
            terms,
        }
    }

    /// Gives the period of a number at `at`: the last expression before it in its sentence, else
    /// what the sentence inherits; a stock (现有, 累计) has none but its sentence's own, and what is
    /// said of now (如今) none that was named before.
    pub(super) fn period(
        &self,
        text: &Segmented<'_>,
        sentence: &Sentence,
        at: usize,
    ) -> Option<String> {
        let number = text
            .structure
            .sentences
            .partition_point(|other| other.span.start < sentence.span.start);
        let said = self.said.get(number)?;
        let before = Span::new(sentence.span.start, at);
        let mut now = None;
        let mut stock = false;
        for hit in text.within(List::Period, before) {
            // 2018年至今 is a span of its own.
            let spans = said
                .named
                .iter()
                .any(|named| named.span.end == hit.span.start);
            match kind(hit) {
                "now" if !spans => now = Some(hit.span.end),
                "stock" => stock = true,
                _ => {}
            }
        }
        // 年均 is of the term, whatever year the sentence names.
        let yearly = before.of(text.text).contains("年均");
        let term = || {
            self.terms
                .iter()
                .rev()
                .find(|(start, _)| *start < at)
                .map(|(_, term)| term.clone())
        };
        let own = || {
            said.named
                .iter()
                .rev()
                .filter(|named| named.span.end <= at)
                .filter(|named| now.is_none_or(|now| named.span.start >= now))
                .find(|named| named.bracket.is_none_or(|end| at < end))
                .map(|named| named.period.clone())
        };
        let inherited = || {
            let open = !stock && now.is_none();
            said.inherited.clone().filter(|_| open)
        };
        let of_term = if yearly { term() } else { None };
        of_term.or_else(own).or_else(inherited)
    }

    /// Tells whether a period is still to come for the most part: the year of a text published in
    /// its first months.
    pub(super) fn is_ahead(&self, text: &Segmented<'_>, period: &str) -> bool {
        text.structure.published.is_some_and(|date| {
            period == date.year.to_string() && date.month.is_some_and(|month| month <= 3)
        })
    }

    /// Tells whether a year after the document's is named in a sentence before a number, brackets and
    /// titles left out.
    pub(super) fn is_future(&self, text: &Segmented<'_>, sentence: Span, at: usize) -> bool {
        let number = text
            .structure
            .sentences
            .partition_point(|other| other.span.start < sentence.start);
        let now = text.structure.published.map(|date| date.year);
        let Some((said, now)) = self.said.get(number).zip(now) else {
            return false;
        };
        said.named
            .iter()
            .filter(|named| named.span.end <= at && named.bracket.is_none_or(|end| at < end))
            .any(|named| last_year(&named.period).is_some_and(|year| year > now))
    }

    /// Tells whether a period was over when the document was published.
    pub(super) fn is_past(&self, text: &Segmented<'_>, period: &str) -> bool {
        let now = text.structure.published.map(|date| date.year);
        let now = now.or(self.context.this);
        let open = period.ends_with("..");
        !open
            && last_year(period)
                .zip(now)
                .is_some_and(|(end, now)| end < now)
    }
}

/// Gives the period that a sentence leaves to what goes on behind its semicolon.
fn carry(named: &[Named], inherited: &Option<String>) -> Option<String> {
    let mut outside = named.iter().rev().filter(|named| named.bracket.is_none());
    let last = outside.find(|named| !is_day(&named.period));
    last.map(|named| named.period.clone())
        .or_else(|| inherited.clone())
}

impl State {
    /// Gives the period of a sentence that goes on behind a semicolon and names none at its start.
    fn carried(&self, text: &Segmented<'_>, sentence: &Sentence) -> Option<String> {
        let before = text.text.get(..sentence.span.start)?.trim_end();
        let same = self.line == Some(sentence.line);
        self.last.clone().filter(|_| same && before.ends_with('；'))
    }

    /// Reads the day that an entry of a chronicle begins with, under the heading of its month.
    fn entry_day(&self, context: &Context, words: &str, first: bool) -> Option<String> {
        let month = self.anchor.month.filter(|_| first)?;
        let day = digits(ENTRY_DAY.captures(words.trim_start())?.get(1)?.as_str())?;
        let year = self
            .section
            .as_deref()
            .and_then(last_year)
            .or(context.this)?;
        (1..=31)
            .contains(&day)
            .then(|| format!("{year:04}-{month:02}-{day:02}"))
    }

    /// Goes on behind a sentence.
    fn step(
        &mut self,
        context: &Context,
        text: &Segmented<'_>,
        sentence: &Sentence,
        named: &[Named],
        term: Option<String>,
    ) {
        let words = sentence.span.of(text.text).trim();
        let outside = || named.iter().filter(|named| named.bracket.is_none());
        if let Some(day) = outside()
            .map(|named| &named.period)
            .rfind(|day| is_day(day))
        {
            self.anchor.day = Some(day.clone());
        }
        if let Some(month) = month_heading(words) {
            let year = self.section.as_deref().and_then(last_year).or(context.this);
            self.anchor.month = Some(month);
            self.section = year.map(|year| format!("{year:04}-{month:02}"));
            (self.loose, self.paragraph) = (false, None);
        } else if sentence.heading {
            let explicit = named
                .iter()
                .rfind(|named| named.explicit && !is_day(&named.period));
            if let Some(period) = term.or(explicit.map(|named| named.period.clone())) {
                self.section = Some(period);
                (self.loose, self.anchor.month) = (false, None);
            }
        } else if let Some(term) = term {
            (self.section, self.loose, self.paragraph) = (Some(term), true, None);
        } else {
            self.open(text, sentence, outside());
        }
    }

    /// Takes what a sentence opens with as the period of what follows in its paragraph.
    fn open<'n>(
        &mut self,
        text: &Segmented<'_>,
        sentence: &Sentence,
        named: impl Iterator<Item = &'n Named>,
    ) {
        let opening = opening(text, sentence.span);
        let now = text
            .within(List::Period, opening)
            .any(|hit| kind(hit) == "now");
        // 今年|1至9月 is one time.
        let mut end = None;
        let mut found = None;
        for named in named {
            if named.span.end <= opening.end || end == Some(named.span.start) {
                end = Some(named.span.end);
                found = Some(named).filter(|named| !is_day(&named.period)).or(found);
            }
        }
        if let Some(found) = found {
            // 2022年，… after a review of the term ends the term.
            if self.paragraph.is_none() && self.loose && found.explicit {
                self.section = None;
            }
            self.paragraph = Some(found.period.clone());
        } else if now {
            self.paragraph = None;
        }
    }
}

/// Gives the month that a line names and nothing else.
fn month_heading(words: &str) -> Option<u16> {
    let month = digits(MONTH_HEADING.captures(words)?.get(1)?.as_str())?;
    (1..=12).contains(&month).then_some(month)
}

/// Gives the year of a period that lies in one year.
fn single_year(period: &str) -> Option<u16> {
    let year = last_year(period)?;
    let first = period.get(..4)?;
    (first == year.to_string()).then_some(year)
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
