//! Takes the wording of a counted thing, returns the indicator of the shared scheme that it means.
//!
//! The scheme is `lexicon/indicator/indicators.toml`: what places count, each with the wordings that
//! documents use for it, so that the same thing counted by two places stands in one row of a
//! comparison. Alignment is by wording, unit and whether a rate of change is meant; it says nothing
//! rather than something doubtful, since a number in the wrong row is worse than one in a row of its own.
//!
//! | known failure | why |
//! |---|---|
//! | wordings that no entry lists | a new synonym is one word in the data file |
//! | an indicator counted in an unlisted unit (参观 by 批) | units are part of the meaning: 批 is not 人次 |

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use thiserror::Error;

const FILE: &str = "lexicon/indicator/indicators.toml";
const TEXT: &str = include_str!("../lexicon/indicator/indicators.toml");

/// What is wrong with the indicator scheme that is shipped.
#[derive(Debug, Error)]
pub enum IndicatorError {
    /// The file is no TOML of the expected form.
    #[error("{FILE}: {0}")]
    Syntax(#[from] toml::de::Error),
    /// An entry is inconsistent.
    #[error("{FILE}: indicator `{key}`: {message}")]
    Entry {
        /// The entry's key.
        key: String,
        /// What is wrong with it.
        message: String,
    },
}

/// Whether a higher value is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
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
}

impl Indicator {
    /// Tells whether a text with this unit may mean the indicator, wordings aside.
    /// A text without any unit may mean every indicator.
    fn allows(&self, text: &str, unit: &str, growth: bool) -> bool {
        self.growth == growth
            && (self.units.is_empty() || unit.is_empty() || self.units.iter().any(|u| u == unit))
            && self.all.iter().all(|word| text.contains(word))
            && (self.any.is_empty() || self.any.iter().any(|word| text.contains(word)))
            && !self.none.iter().any(|word| text.contains(word))
    }
}

/// All indicators that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// In the file's order.
    indicators: Vec<Indicator>,
    /// Where each key stands.
    places: BTreeMap<String, usize>,
    /// The wordings by their first characters, each with its indicator: a phrase is compared with few
    /// of them.
    wordings: BTreeMap<char, Vec<(String, usize)>>,
}

#[derive(Deserialize)]
struct SchemeFile {
    indicator: Vec<Indicator>,
}

impl Scheme {
    /// Gives the scheme that is shipped; it is read and validated on the first call.
    ///
    /// # Errors
    /// [`IndicatorError`] where the data file is broken; the message names the entry.
    pub fn shared() -> Result<&'static Self, IndicatorError> {
        static SCHEME: OnceLock<Scheme> = OnceLock::new();
        if let Some(scheme) = SCHEME.get() {
            return Ok(scheme);
        }
        let scheme = Self::parse(TEXT)?;
        Ok(SCHEME.get_or_init(|| scheme))
    }

    /// Reads and validates a scheme: keys and labels are unique, no field that must say something is empty.
    ///
    /// # Errors
    /// [`IndicatorError::Syntax`] where it is no such TOML, [`IndicatorError::Entry`] where an entry is inconsistent.
    pub fn parse(text: &str) -> Result<Self, IndicatorError> {
        let file: SchemeFile = toml::from_str(text)?;
        let mut places = BTreeMap::new();
        let mut labels = BTreeMap::new();
        for (place, indicator) in file.indicator.iter().enumerate() {
            let fail = |message: String| IndicatorError::Entry {
                key: indicator.key.clone(),
                message,
            };
            check(indicator).map_err(fail)?;
            if let Some(other) = labels.insert(indicator.zh.clone(), indicator.key.clone()) {
                return Err(fail(format!(
                    "label {} is also that of `{other}`",
                    indicator.zh
                )));
            }
            if places.insert(indicator.key.clone(), place).is_some() {
                return Err(fail("the key stands twice".to_owned()));
            }
        }
        let mut wordings: BTreeMap<char, Vec<(String, usize)>> = BTreeMap::new();
        for (place, indicator) in file.indicator.iter().enumerate() {
            for synonym in &indicator.synonyms {
                if let Some(first) = synonym.chars().next() {
                    let wording = (synonym.clone(), place);
                    wordings.entry(first).or_default().push(wording);
                }
            }
        }
        Ok(Self {
            indicators: file.indicator,
            places,
            wordings,
        })
    }

    /// Gives, by indicator, the length of its longest wording in `text`, and whether the text ends with
    /// it. A wording of one character (村) counts only where it is the head of the phrase, at the end:
    /// elsewhere it is part of another word.
    fn worded(&self, text: &str) -> BTreeMap<usize, (usize, bool)> {
        let mut found = BTreeMap::new();
        for (at, first) in text.char_indices() {
            let rest = text.get(at..).unwrap_or_default();
            for (wording, place) in self.wordings.get(&first).into_iter().flatten() {
                let ends = rest.len() == wording.len();
                let length = || wording.chars().count();
                if rest.starts_with(wording.as_str()) && (ends || length() > 1) {
                    let best = found.entry(*place).or_insert((0, false));
                    *best = (*best).max((length(), ends));
                }
            }
        }
        found
    }

    /// Finds the indicator with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Indicator> {
        self.indicators.get(*self.places.get(key)?)
    }

    /// Gives all indicators, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter()
    }

    /// Finds the indicator that `text`, counted in `unit`, means.
    ///
    /// `text` is the wording in Simplified characters; `unit` is the measure word without 万 or 亿
    /// and may be empty; `growth` tells whether the value is a rate of change. Among the indicators
    /// that unit, conditions and `growth` allow, the one with the longest wording wins, then one with
    /// a condition (`any`) that is met, then one whose wording ends the text, then the first in the
    /// file. None where nothing fits.
    ///
    /// # Examples
    /// ```
    /// use ontology::indicator::Scheme;
    /// let scheme = Scheme::shared()?;
    /// assert_eq!(scheme.align("革命遗址", "处", false).map(|i| i.key.as_str()), Some("red_sites"));
    /// assert_eq!(scheme.align("革命遗址", "公里", false), None);
    /// # Ok::<(), ontology::indicator::IndicatorError>(())
    /// ```
    #[must_use]
    pub fn align(&self, text: &str, unit: &str, growth: bool) -> Option<&Indicator> {
        let mut best = None;
        for (place, (length, ends)) in self.worded(text) {
            let allowed = |indicator: &&Indicator| indicator.allows(text, unit, growth);
            let Some(indicator) = self.indicators.get(place).filter(allowed) else {
                continue;
            };
            let rank = (length, !indicator.any.is_empty(), ends);
            if best.is_none_or(|(other, _)| rank > other) {
                best = Some((rank, indicator));
            }
        }
        best.map(|(_, indicator)| indicator)
    }
}

/// Gives the reason why an entry is no good.
fn check(indicator: &Indicator) -> Result<(), String> {
    let key_char = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if indicator.key.is_empty() || !indicator.key.chars().all(key_char) {
        return Err("a key is lower-case ASCII letters, digits and _".to_owned());
    }
    for (field, value) in [
        ("zh", &indicator.zh),
        ("en", &indicator.en),
        ("theme", &indicator.theme),
    ] {
        if value.trim().is_empty() {
            return Err(format!("`{field}` is empty"));
        }
    }
    if indicator.synonyms.is_empty() {
        return Err("`synonyms` is empty".to_owned());
    }
    let lists = [
        &indicator.synonyms,
        &indicator.all,
        &indicator.any,
        &indicator.none,
    ];
    if lists
        .into_iter()
        .flatten()
        .chain(&indicator.units)
        .any(|word| word.trim().is_empty())
    {
        return Err("a list holds an empty word".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Examples {
        r#match: Vec<Match>,
        no_match: Vec<NoMatch>,
    }

    #[derive(Deserialize)]
    struct Match {
        text: String,
        unit: String,
        #[serde(default)]
        growth: bool,
        key: String,
    }

    #[derive(Deserialize)]
    struct NoMatch {
        text: String,
        unit: String,
        #[serde(default)]
        growth: bool,
        not: Option<String>,
    }

    #[test]
    fn examples_align_as_their_table_says() {
        let scheme = Scheme::shared().unwrap();
        let examples: Examples = toml::from_str(include_str!("indicator.toml")).unwrap();
        let key = |text: &str, unit: &str, growth| {
            scheme
                .align(text, unit, growth)
                .map_or("-", |indicator| &indicator.key)
                .to_owned()
        };
        let mut failures = Vec::new();
        for row in &examples.r#match {
            let found = key(&row.text, &row.unit, row.growth);
            if found != row.key {
                failures.push(format!(
                    "{} {}: {found}, not {}",
                    row.text, row.unit, row.key
                ));
            }
        }
        for row in &examples.no_match {
            let found = key(&row.text, &row.unit, row.growth);
            if row.not.as_ref().map_or(found != "-", |key| *key == found) {
                failures.push(format!("{} {}: must not be {found}", row.text, row.unit));
            }
        }
        assert!(
            failures.is_empty(),
            "{} rows fail:\n{}",
            failures.len(),
            failures.join("\n")
        );
    }

    #[test]
    fn every_synonym_aligns_with_some_indicator() {
        let scheme = Scheme::shared().unwrap();
        for indicator in scheme
            .iter()
            .filter(|i| i.all.is_empty() && i.any.is_empty())
        {
            let unit = indicator.units.first().map_or("", String::as_str);
            for synonym in &indicator.synonyms {
                let found = scheme.align(synonym, unit, indicator.growth);
                assert!(found.is_some(), "{}: {synonym}", indicator.key);
            }
        }
    }

    #[test]
    fn inconsistent_entries_are_refused() {
        let entry = "[[indicator]]\nkey='a'\nzh='甲'\nen='a'\ntheme='t'\nsynonyms=['甲']\n";
        assert!(Scheme::parse(entry).is_ok());
        for (text, message) in [
            (format!("{entry}{entry}"), "is also that of"),
            (
                format!("{entry}{}", entry.replace('甲', "乙")),
                "stands twice",
            ),
            (entry.replace("['甲']", "[]"), "`synonyms` is empty"),
            (entry.replace("en='a'", "en=' '"), "`en` is empty"),
            (entry.replace("key='a'", "key='A b'"), "lower-case"),
            (entry.replace("theme", "colour"), "unknown field"),
        ] {
            let error = Scheme::parse(&text).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
