//! Takes a language, returns the report's own words (`words.toml`) and how it writes values.

use std::sync::OnceLock;

use graph::Lang;
use ontology::record::Qualifier;
use serde::Deserialize;

use super::CompareError;
use super::comparability::Refusal;
use super::model::Cell;

/// The report's words in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) compared: String,
    pub(super) region: String,
    pub(super) documents: String,
    pub(super) document: String,
    pub(super) published: String,
    pub(super) publisher: String,
    pub(super) headline: String,
    pub(super) numbers: String,
    pub(super) rates: String,
    pub(super) levels_note: String,
    pub(super) rates_note: String,
    pub(super) indicator: String,
    pub(super) planned: String,
    pub(super) entities: String,
    pub(super) shared: String,
    pub(super) shared_mark: String,
    pub(super) none: String,
    pub(super) more: String,
    pub(super) singles: String,
    pub(super) singles_note: String,
    pub(super) other_documents: String,
    pub(super) elsewhere: String,
    pub(super) reprinted: String,
    pub(super) reprint_of: String,
    pub(super) evidence: String,
    pub(super) evidence_note: String,
    pub(super) characters: String,
    pub(super) value_count: String,
    pub(super) nothing: String,
    pub(super) contents: String,
    pub(super) separator: String,
    pub(super) colon: String,
    pub(super) full_value: String,
    pub(super) within: String,
    pub(super) population: String,
    pub(super) area: String,
    pub(super) wording: String,
    pub(super) value: String,
    pub(super) bound: String,
    pub(super) unit: String,
    pub(super) period: String,
    pub(super) per_capita: String,
    pub(super) per_10k: String,
    pub(super) per_head: String,
    pub(super) not_compared: String,
    pub(super) quote: String,
    pub(super) values: String,
    pub(super) delivery: String,
    pub(super) delivery_note: String,
    pub(super) promised: String,
    pub(super) done: String,
    pub(super) rate: String,
    pub(super) program: String,
    pub(super) programs: String,
    pub(super) programs_note: String,
    pub(super) kind: String,
    pub(super) run_by: String,
    pub(super) since: String,
    pub(super) since_period: String,
    pub(super) since_document: String,
    pub(super) site_kinds: String,
    pub(super) site_counties: String,
    pub(super) sites: String,
    pub(super) sites_note: String,
    pub(super) county: String,
    pub(super) count: String,
    pub(super) unnamed: String,
    pub(super) class: String,
    pub(super) name: String,
    pub(super) details: String,
    pub(super) common: String,
    pub(super) common_note: String,
    pub(super) only: String,
    pub(super) only_note: String,
    pub(super) glance: String,
    pub(super) glance_note: String,
    pub(super) most: String,
    pub(super) least: String,
    pub(super) filter: String,
    pub(super) close: String,
    pub(super) exact: String,
    pub(super) about: String,
    pub(super) more_than: String,
    pub(super) less_than: String,
    pub(super) refused_planned: String,
    pub(super) refused_scope: String,
    pub(super) refused_unit: String,
    pub(super) refused_period: String,
    pub(super) refused_alone: String,
}

#[derive(Debug, Deserialize)]
struct WordsFile {
    zh: Words,
    en: Words,
}

impl Words {
    /// Gives the words of a language; they are read on the first call.
    pub(super) fn of(lang: Lang) -> Result<&'static Self, CompareError> {
        static WORDS: OnceLock<WordsFile> = OnceLock::new();
        let file = match WORDS.get() {
            Some(file) => file,
            None => {
                let file = toml::from_str(include_str!("words.toml"))?;
                WORDS.get_or_init(|| file)
            }
        };
        Ok(match lang {
            Lang::Zh => &file.zh,
            Lang::En => &file.en,
        })
    }

    /// Gives a phrase with its numbers.
    pub(super) fn count(phrase: &str, n: usize, m: usize) -> String {
        phrase
            .replace("{n}", &n.to_string())
            .replace("{m}", &m.to_string())
    }
}

impl Words {
    /// Gives the name of a bound.
    pub(super) fn qualifier(&self, qualifier: Qualifier) -> &str {
        match qualifier {
            Qualifier::Exact => &self.exact,
            Qualifier::About => &self.about,
            Qualifier::MoreThan => &self.more_than,
            Qualifier::LessThan => &self.less_than,
            Qualifier::Planned => &self.planned,
        }
    }
}

/// Gives the reason why a value is not compared.
pub(super) fn refusal(refusal: Refusal, words: &Words) -> &str {
    match refusal {
        Refusal::Planned => &words.refused_planned,
        Refusal::Scope => &words.refused_scope,
        Refusal::Unit => &words.refused_unit,
        Refusal::PeriodLength => &words.refused_period,
        Refusal::Alone => &words.refused_alone,
    }
}

/// Gives the sign of a bound.
pub(super) fn bound(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Exact | Qualifier::Planned => "",
        Qualifier::About => "≈",
        Qualifier::MoreThan => "＞",
        Qualifier::LessThan => "＜",
    }
}

/// Writes a value with its bound and unit: `＞991.4万人次`, in English `＞9,914,000 人次`.
pub(super) fn value(cell: &Cell, lang: Lang) -> String {
    let (sign, unit) = (bound(cell.qualifier), &cell.unit);
    let blank = if unit.is_empty() || unit == "%" {
        ""
    } else {
        " "
    };
    match lang {
        Lang::Zh => format!("{sign}{}{unit}", short(cell.value)),
        Lang::En => format!("{sign}{}{blank}{unit}", grouped(cell.value)),
    }
}

/// Writes a value as Chinese does, in 亿 or 万 where a few decimals say it in full.
fn short(value: f64) -> String {
    for (factor, name, few) in [(1e8, "亿", 4), (1e4, "万", 2)] {
        let scaled = value / factor;
        let text = scaled.to_string();
        let decimals = text
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        if scaled.abs() >= 1.0 && decimals <= few {
            return format!("{text}{name}");
        }
    }
    grouped(value)
}

/// Writes a value in full with a comma before every three digits.
pub(super) fn grouped(value: f64) -> String {
    let text = value.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !decimals.is_empty() {
        grouped.push('.');
        grouped.push_str(decimals);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_in_full_or_short() {
        for (value, zh, en) in [
            (248.0, "248", "248"),
            (9_914_000.0, "991.4万", "9,914,000"),
            (970_000_000.0, "9.7亿", "970,000,000"),
            (12_345.0, "12,345", "12,345"),
            (1_234_567.0, "1,234,567", "1,234,567"),
            (-0.5, "-0.5", "-0.5"),
            (98.25, "98.25", "98.25"),
        ] {
            assert_eq!((short(value).as_str(), grouped(value).as_str()), (zh, en));
        }
    }
}
