//! Messages in the user's language.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use graph::Lang;

use crate::arguments::Language;

/// The messages of `words.toml` in one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) lang: Lang,
    words: BTreeMap<String, String>,
}

impl Words {
    /// Chooses the language: as asked for, else by locale, else Chinese.
    pub(crate) fn choose(asked: Option<Language>) -> Result<Self> {
        let lang = match asked {
            Some(Language::Zh) => Lang::Zh,
            Some(Language::En) => Lang::En,
            None => by_locale(),
        };
        let mut all: BTreeMap<String, BTreeMap<String, String>> =
            toml::from_str(include_str!("words.toml")).context("the messages cannot be read")?;
        let words = all
            .remove(if lang == Lang::Zh { "zh" } else { "en" })
            .unwrap_or_default();
        Ok(Self { lang, words })
    }

    /// Gives a message; its key where there is none (a test compares the languages).
    pub(crate) fn get<'w>(&'w self, key: &'w str) -> &'w str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Gives a message with its gaps filled in order.
    pub(crate) fn fill(&self, key: &str, values: &[&str]) -> String {
        let mut parts = self.get(key).split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        let mut values = values.iter();
        for part in parts {
            text.push_str(values.next().unwrap_or(&""));
            text.push_str(part);
        }
        text
    }
}

fn by_locale() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    if locale.starts_with("en") {
        Lang::En
    } else {
        Lang::Zh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_messages_and_gaps() {
        let zh = Words::choose(Some(Language::Zh)).unwrap();
        let en = Words::choose(Some(Language::En)).unwrap();
        let gaps = |words: &Words| -> Vec<(String, usize)> {
            words
                .words
                .iter()
                .map(|(key, text)| (key.clone(), text.matches("{}").count()))
                .collect()
        };
        assert_eq!(gaps(&zh), gaps(&en));
        assert_eq!(
            en.fill("failed", &["3"]),
            "3 documents failed (reasons above)"
        );
    }
}
