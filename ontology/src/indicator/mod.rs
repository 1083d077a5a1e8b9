//! Takes the wording of a counted thing, returns the indicator of the shared scheme that it means.
//!
//! The scheme is data: `lexicon/indicator/indicators.toml` holds what places count, each with the wordings
//! that documents use for it, and `lexicon/indicator/scheme.toml` the themes, the kinds of units and the
//! weights of the matcher. The same thing counted by two places stands in one row of a comparison.
//! Alignment is by wording, unit and whether a rate of change is meant, and it can say why
//! ([`Alignment`]); it says nothing rather than something doubtful, since a number in the wrong row is
//! worse than one in a row of its own. Refused alternative: similarity of word vectors, which cannot be
//! read or mended and takes 失业 for 就业.
//!
//! | known failure | why |
//! |---|---|
//! | a wording that shares no head noun with any listed one | a new synonym is one word in the data file |
//! | an indicator counted in an unlisted unit (参观 by 批) | units are part of the meaning: 批 is not 人次 |
//! | a bare verb (办结26件) with nothing counted before it | what was done stands elsewhere in the document |

mod load;
mod matcher;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

pub use load::IndicatorError;
pub use matcher::{Alignment, Reason};

/// Whether a higher value is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither.
    #[default]
    None,
}

impl Direction {
    /// Gives its name: `up`, `down` or `none`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::None => "none",
        }
    }
}

/// One indicator of the scheme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Identity, `snake_case` English; the last part of the concept's IRI.
    pub key: String,
    /// Chinese label.
    pub zh: String,
    /// English label.
    pub en: String,
    /// Wordings that mean it, at least one of which the text must contain.
    pub synonyms: Vec<String>,
    /// Words that the text must all contain besides.
    #[serde(default)]
    pub all: Vec<String>,
    /// Words of which the text must contain one besides; empty: no condition.
    #[serde(default)]
    pub any: Vec<String>,
    /// Words of which the text must contain none.
    #[serde(default)]
    pub none: Vec<String>,
    /// Units in which it is counted; empty: any.
    #[serde(default)]
    pub units: Vec<String>,
    /// Whether the value is a rate of change.
    #[serde(default)]
    pub growth: bool,
    /// Whether more is better.
    #[serde(default)]
    pub direction: Direction,
    /// Group of indicators, such as `tourism`.
    pub theme: String,
    /// Whether the value holds at a moment (教育基地数), so that it does not grow with the length of the period.
    #[serde(default)]
    pub stock: bool,
    /// Key of the indicator that counts what was promised or taken on, of which this one counts what
    /// is done (隐患整改 of 隐患排查).
    #[serde(default)]
    pub delivers: Option<String>,
}

/// A group of indicators.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Identity, as the indicators name it.
    pub key: String,
    /// Chinese label.
    pub zh: String,
    /// English label.
    pub en: String,
}

/// All indicators that are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// In the file's order, then the rates of change derived from levels.
    indicators: Vec<Indicator>,
    /// Where each key stands.
    places: BTreeMap<String, usize>,
    themes: Vec<Theme>,
    /// The kind of each unit.
    kinds: BTreeMap<String, String>,
    /// What each unit counts, where others count the same.
    same: BTreeMap<String, String>,
    weights: matcher::Weights,
}

impl Scheme {
    /// Gives the scheme that is shipped; it is read and validated on the first call.
    ///
    /// # Errors
    /// [`IndicatorError`] where a data file is broken; the message names the entry.
    pub fn shared() -> Result<&'static Self, IndicatorError> {
        static SCHEME: OnceLock<Scheme> = OnceLock::new();
        if let Some(scheme) = SCHEME.get() {
            return Ok(scheme);
        }
        let scheme = Self::parse(load::INDICATORS, load::SCHEME)?;
        Ok(SCHEME.get_or_init(|| scheme))
    }

    /// Finds the indicator with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Indicator> {
        self.indicators.get(*self.places.get(key)?)
    }

    /// Gives all indicators: those of the file in its order, then the derived rates of change.
    pub fn iter(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter()
    }

    /// Gives the themes, in the order in which reports show them.
    #[must_use]
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// Gives the kind of a unit, such as `person` or `money`; none for a unit that no indicator uses.
    #[must_use]
    pub fn unit_kind(&self, unit: &str) -> Option<&str> {
        self.kinds.get(unit).map(String::as_str)
    }

    /// Gives what a measure word counts, equal for those that count the same (处 and 个); the unit itself
    /// where no other does.
    #[must_use]
    pub fn counted<'u>(&'u self, unit: &'u str) -> &'u str {
        self.same.get(unit).map_or(unit, String::as_str)
    }

    /// Gives the kind of the units that an indicator is counted in: that of the first one.
    #[must_use]
    pub fn kind_of(&self, indicator: &Indicator) -> Option<&str> {
        self.unit_kind(indicator.units.first()?)
    }
}
