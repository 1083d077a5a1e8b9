//! Takes a stretch of text that tells a span by its length or its number, returns it as ISO 8601:
//! terms, plans, decades, the first months of a year.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::expression::{Anchor, Context};
use super::written::{month, number};
use crate::structure::pattern;

pub(super) static FIRST_MONTHS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"前([二三四五六七八九十\d]{1,2})个?月"));
pub(super) static TERM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:过去|近|这)?([一二三四五六七八九十\d]{1,2})年(?:来|间)"));
pub(super) static PLAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern("[“‘]?(十[一二三四五六]?|[五六七八九])五[”’]?(期间|时期|以来|末|期末|初)")
});
pub(super) static DECADE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:公元)?([一二]?十[一二三四五六七八九]?|\d{1,2})世纪)?([一二三四五六七八九]十|\d0)年代(?:([初末])期?)?",
    )
});

impl Context {
    pub(super) fn first_months(&self, found: &Captures<'_>, anchor: &Anchor) -> Option<String> {
        let month = month(found, 1)?;
        let year = anchor.year.or(self.this)?;
        Some(format!("{year:04}-01/{year:04}-{month:02}"))
    }

    pub(super) fn term(&self, found: &Captures<'_>, _: &Anchor) -> Option<String> {
        let length = number(found, 1).filter(|&length| length > 0)?;
        let end = self.term_end?;
        Some(match (end + 1).checked_sub(length)? {
            from if from == end => end.to_string(),
            from => format!("{from}/{end}"),
        })
    }

    /// The tenth plan ran from 2001 to 2005, and so on in steps of five years.
    pub(super) fn plan(&self, found: &Captures<'_>, _: &Anchor) -> Option<String> {
        const TENTH: u16 = 2001;
        let number = number(found, 1)?;
        let from = (TENTH + 5 * number).checked_sub(5 * 10)?;
        let to = from + 4;
        Some(match found.get(2)?.as_str().chars().next_back() {
            Some('末') => to.to_string(),
            Some('初') => from.to_string(),
            Some('来') if self.this.is_some_and(|this| this <= to) => format!("{from}/.."),
            _ => format!("{from}/{to}"),
        })
    }

    /// Decades without a century are of the twentieth.
    #[expect(clippy::unused_self, reason = "one type of reader")]
    pub(super) fn decade(&self, found: &Captures<'_>, _: &Anchor) -> Option<String> {
        const TWENTIETH: u16 = 20;
        let century = match found.get(1) {
            Some(_) => number(found, 1)?,
            None => TWENTIETH,
        };
        let from = century.checked_sub(1)? * 100 + number(found, 2)?;
        Some(match found.get(3).map(|part| part.as_str()) {
            Some("初") => format!("{from:04}/{:04}", from + 3),
            Some(_) => format!("{:04}/{:04}", from + 7, from + 9),
            None => format!("{from:04}/{:04}", from + 9),
        })
    }

    /// Reads the term that a heading or a sentence names.
    pub(super) fn term_in(&self, text: &str) -> Option<String> {
        self.term(&TERM.captures(text)?, &Anchor::default())
    }
}
