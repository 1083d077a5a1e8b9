//! Takes a short text of any kind, returns the numbers, ordinals, percentages, ranges, amounts and
//! times that it writes, each with its place.
//!
//! The same readers serve the observations of documents; here nothing is asked of what surrounds a
//! number but the word it is part of.

mod amount;
mod number;
mod percent;
mod range;
mod relative;
mod time;

use ontology::lexicon::LexiconError;
use ontology::record::{CharSpan, Span};

pub use amount::Amount;
pub use range::{End, Range};

use crate::knowledge::Knowledge;
use crate::normalise::{self, MappedText};
use crate::number::{Number, Style};
use crate::repair::Repaired;
use crate::segment::Segmented;
use crate::structure::{Sentence, Structure};

/// Something that was read, and where: half-open, in code points of the text as given.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<T> {
    /// Where.
    pub span: CharSpan,
    /// What.
    pub value: T,
}

/// A calendar day: year, month from 1, day from 1.
pub type Day = (u16, u8, u8);

/// Reads short texts.
///
/// # Examples
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let ingester = ingest::Ingester::new(&[])?;
/// let reader = ingest::reading::Reader::new(ingester.knowledge())?;
/// let found = reader.numbers("共三千五百人");
/// assert_eq!(found[0].value, 3500.0);
/// assert_eq!((found[0].span.start, found[0].span.end), (1, 5));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Reader<'k> {
    knowledge: &'k Knowledge,
    ends: range::Ends,
    eras: time::Eras,
}

/// A text made ready: one width, Simplified, without blanks between Chinese characters.
struct Prepared {
    mapped: MappedText,
    structure: Structure,
}

impl<'k> Reader<'k> {
    /// Makes a reader that knows what the pipeline knows.
    ///
    /// # Errors
    /// [`LexiconError`] naming the row of the table of ranges that is malformed.
    pub fn new(knowledge: &'k Knowledge) -> Result<Self, LexiconError> {
        Ok(Self {
            knowledge,
            ends: range::Ends::load()?,
            eras: time::Eras::load()?,
        })
    }

    /// Reads the numbers that count, in reading order; not those that are parts of words (四川, 一切)
    /// or shares with a sign (5%).
    #[must_use]
    pub fn numbers(&self, text: &str) -> Vec<Reading<f64>> {
        self.read(text, None, number::numbers)
    }

    /// Reads ordinals (第三), in reading order.
    #[must_use]
    pub fn ordinals(&self, text: &str) -> Vec<Reading<f64>> {
        self.read(text, None, number::ordinals)
    }

    /// Reads shares as per cent, in reading order: 5%, 百分之五, 三成半, 七五折, 2个百分点.
    #[must_use]
    pub fn percents(&self, text: &str) -> Vec<Reading<f64>> {
        self.read(text, None, percent::percents)
    }

    /// Reads ranges, in reading order: 大于二十, 3到5, 五百以上, 三四百, 十几.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Reading<Range>> {
        self.read(text, None, |text| range::ranges(text, &self.ends))
    }

    /// Reads numbers with a unit of measurement or a currency, in reading order.
    #[must_use]
    pub fn amounts(&self, text: &str) -> Vec<Reading<Amount>> {
        self.read(text, None, amount::amounts)
    }

    /// Reads dates and periods as ISO 8601, in reading order; what is told from the day of the text
    /// (今年, 昨天) is completed with `today`.
    #[must_use]
    pub fn times(&self, text: &str, today: Option<Day>) -> Vec<Reading<String>> {
        self.read(text, today, |text| time::times(text, &self.eras))
    }

    fn read<T>(
        &self,
        text: &str,
        today: Option<Day>,
        read: impl Fn(&Segmented<'_>) -> Vec<(Span, T)>,
    ) -> Vec<Reading<T>> {
        let prepared = self.prepare(text, today);
        let mapped = &prepared.mapped;
        let segmented = Segmented::new(mapped.as_str(), self.knowledge, &prepared.structure);
        let found = read(&segmented).into_iter().map(|(span, value)| {
            let (start, end) = mapped.original(span.start, span.end);
            let span = CharSpan { start, end };
            Reading { span, value }
        });
        found.collect()
    }

    fn prepare(&self, text: &str, today: Option<Day>) -> Prepared {
        let repaired = Repaired::plain(MappedText::identity(text));
        let mapped = compact(&normalise::normalise(&repaired, &self.knowledge.simplifier));
        let sentence = Sentence {
            span: Span::new(0, mapped.as_str().len()),
            line: 0,
            section: None,
            heading: false,
            item: false,
        };
        let structure = Structure {
            published: today.map(|(year, month, day)| crate::structure::Date {
                year,
                month: Some(month),
                day: Some(day),
            }),
            sentences: vec![sentence],
            ..Structure::default()
        };
        Prepared { mapped, structure }
    }
}

/// Leaves out blanks, but between letters and digits and in lists of these.
fn compact(text: &MappedText) -> MappedText {
    let chars: Vec<(char, usize, usize)> = text.chars().collect();
    let mut compacted = MappedText::with_capacity(text.as_str().len());
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mut before = None;
    for (number, &(c, origin, length)) in chars.iter().enumerate() {
        if c == ' ' {
            let mut rest = chars.iter().skip(number).map(|&(c, _, _)| c);
            let after = rest.find(|&c| c != ' ');
            let listed = matches!(before, Some(',' | '，'));
            if !((ascii(before) || listed) && ascii(after)) {
                continue;
            }
        } else {
            before = Some(c);
        }
        let c = if c == '／' { '/' } else { c };
        compacted.push_wide(c, origin, length);
    }
    compacted
}

/// Gives the numbers of a text.
fn numbers(text: &Segmented<'_>) -> Vec<Number> {
    text.knowledge.numerals.numbers(text.text, Style::Free)
}

#[cfg(test)]
mod tests;
