//! Takes the two data files of the scheme, returns the checked [`Scheme`].

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use thiserror::Error;

use super::matcher::Weights;
use super::{Indicator, Scheme, Theme};

pub(super) const INDICATORS: &str = include_str!("../../lexicon/indicator/indicators.toml");
pub(super) const SCHEME: &str = include_str!("../../lexicon/indicator/scheme.toml");

/// What is wrong with the indicator scheme that is shipped.
#[derive(Debug, Error)]
pub enum IndicatorError {
    /// A file is no TOML of the expected form.
    #[error("lexicon/indicator: {0}")]
    Syntax(#[from] toml::de::Error),
    /// An entry is inconsistent.
    #[error("lexicon/indicator: indicator `{key}`: {message}")]
    Entry {
        /// The entry's key.
        key: String,
        /// What is wrong with it.
        message: String,
    },
}

#[derive(Deserialize)]
struct IndicatorsFile {
    indicator: Vec<Indicator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemeFile {
    matcher: Weights,
    growth: Growth,
    /// Units by kind.
    kinds: BTreeMap<String, Vec<String>>,
    /// Units that count the same, by what they count.
    same: BTreeMap<String, Vec<String>>,
    theme: Vec<Theme>,
}

/// How the rate of change of a level is named and measured.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Growth {
    key: String,
    zh: String,
    en: String,
    units: Vec<String>,
}

impl Scheme {
    /// Reads and validates a scheme: keys and labels are unique, no field that must say something is
    /// empty, every theme and unit is known, what `delivers` names exists. Each level for which the file has no rate
    /// of change gets one.
    ///
    /// # Errors
    /// [`IndicatorError::Syntax`] where it is no such TOML, [`IndicatorError::Entry`] where an entry is inconsistent.
    pub fn parse(indicators: &str, scheme: &str) -> Result<Self, IndicatorError> {
        let IndicatorsFile { indicator: mut all } = toml::from_str(indicators)?;
        let file: SchemeFile = toml::from_str(scheme)?;
        let (kinds, same) = (by_unit(file.kinds), by_unit(file.same));
        let themes: BTreeSet<&str> = file.theme.iter().map(|theme| theme.key.as_str()).collect();
        for indicator in &all {
            check(indicator)
                .and_then(|()| check_names(indicator, &themes, &kinds))
                .map_err(|message| fail(indicator, message))?;
        }
        let rates: Vec<Indicator> = all
            .iter()
            .filter(|level| !level.growth && !has_rate(level, &all))
            .map(|level| file.growth.of(level))
            .collect();
        all.extend(rates);
        let places = places(&all)?;
        Ok(Self {
            indicators: all,
            places,
            themes: file.theme,
            kinds,
            same,
            weights: file.matcher,
        })
    }
}

/// Turns units by name into names by unit.
fn by_unit(lists: BTreeMap<String, Vec<String>>) -> BTreeMap<String, String> {
    let named = |(name, units): (String, Vec<String>)| {
        let one = move |unit| (unit, name.clone());
        units.into_iter().map(one)
    };
    lists.into_iter().flat_map(named).collect()
}

impl Growth {
    fn of(&self, level: &Indicator) -> Indicator {
        Indicator {
            key: self.key.replace("{}", &level.key),
            zh: self.zh.replace("{}", &level.zh),
            en: self.en.replace("{}", &level.en),
            units: self.units.clone(),
            growth: true,
            delivers: None,
            stock: false,
            ..level.clone()
        }
    }
}

/// Tells whether the file itself has a rate of change for one of the level's wordings.
fn has_rate(level: &Indicator, all: &[Indicator]) -> bool {
    let shares = |rate: &Indicator| rate.synonyms.iter().any(|s| level.synonyms.contains(s));
    all.iter().any(|other| other.growth && shares(other))
}

fn fail(indicator: &Indicator, message: String) -> IndicatorError {
    IndicatorError::Entry {
        key: indicator.key.clone(),
        message,
    }
}

/// Gives where each key stands; keys and labels are unique, `delivers` names a key.
fn places(all: &[Indicator]) -> Result<BTreeMap<String, usize>, IndicatorError> {
    let mut places = BTreeMap::new();
    let mut labels = BTreeMap::new();
    for (place, indicator) in all.iter().enumerate() {
        if let Some(other) = labels.insert(&indicator.zh, &indicator.key) {
            let message = format!("label {} is also that of `{other}`", indicator.zh);
            return Err(fail(indicator, message));
        }
        if places.insert(indicator.key.clone(), place).is_some() {
            return Err(fail(indicator, "the key stands twice".to_owned()));
        }
    }
    for indicator in all {
        if let Some(promise) = &indicator.delivers
            && !places.contains_key(promise)
        {
            let message = format!("it delivers `{promise}`, which is no indicator");
            return Err(fail(indicator, message));
        }
    }
    Ok(places)
}

/// Gives the reason why an entry is no good in itself.
fn check(indicator: &Indicator) -> Result<(), String> {
    let key_char = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if indicator.key.is_empty() || !indicator.key.chars().all(key_char) {
        return Err("a key is lower-case ASCII letters, digits and _".to_owned());
    }
    for (field, value) in [("zh", &indicator.zh), ("en", &indicator.en)] {
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
        &indicator.units,
    ];
    if lists
        .into_iter()
        .flatten()
        .any(|word| word.trim().is_empty())
    {
        return Err("a list holds an empty word".to_owned());
    }
    Ok(())
}

/// Gives the reason why an entry does not fit the rest of the scheme.
fn check_names(
    indicator: &Indicator,
    themes: &BTreeSet<&str>,
    kinds: &BTreeMap<String, String>,
) -> Result<(), String> {
    if !themes.contains(indicator.theme.as_str()) {
        return Err(format!("theme `{}` is not in scheme.toml", indicator.theme));
    }
    let unknown = indicator
        .units
        .iter()
        .find(|unit| !kinds.contains_key(*unit));
    unknown.map_or(Ok(()), |unit| {
        Err(format!("unit {unit} has no kind in scheme.toml"))
    })
}
