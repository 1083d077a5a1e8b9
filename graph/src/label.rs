//! Takes a class, relation or word of a picture, returns its Chinese or English name.
//!
//! The names stand in `label.tsv` beside this file.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use ontology::lexicon::{LexiconError, Table};
use ontology::record::{EntityClass, Predicate};

/// Language of what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Lang {
    /// Chinese, Simplified.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Gives the language tag of BCP 47.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans",
            Self::En => "en",
        }
    }
}

/// Names of classes, relations and parts of a picture, in both languages.
#[derive(Debug)]
pub struct Terms(BTreeMap<String, (String, String)>);

impl Terms {
    /// Gives the names that are shipped; they are read on the first call.
    ///
    /// # Errors
    /// A fault in the data file, or a class or relation without a name.
    pub fn shared() -> Result<&'static Self, LexiconError> {
        static TERMS: OnceLock<Terms> = OnceLock::new();
        if let Some(terms) = TERMS.get() {
            return Ok(terms);
        }
        let table = Table::parse("label.tsv", include_str!("label.tsv"))?;
        let mut terms = BTreeMap::new();
        for row in table.rows() {
            let names = (row.get("zh").to_owned(), row.get("en").to_owned());
            terms.insert(row.get("name").to_owned(), names);
        }
        let classes = EntityClass::ALL.map(EntityClass::name);
        for name in classes
            .into_iter()
            .chain(Predicate::ALL.map(Predicate::name))
        {
            if !terms.contains_key(name) {
                return Err(LexiconError {
                    file: "label.tsv".to_owned(),
                    line: 0,
                    message: "no row for this term".to_owned(),
                    text: name.to_owned(),
                });
            }
        }
        Ok(TERMS.get_or_init(|| Self(terms)))
    }

    /// Gives the name of a class.
    #[must_use]
    pub fn class(&self, class: EntityClass, lang: Lang) -> &str {
        self.get(class.name(), lang)
    }

    /// Gives the name of a relation, as an edge of a picture shows it.
    #[must_use]
    pub fn predicate(&self, predicate: Predicate, lang: Lang) -> &str {
        self.get(predicate.name(), lang)
    }

    /// Gives the name of a term; empty where there is none.
    pub(crate) fn get(&self, name: &str, lang: Lang) -> &str {
        let Some((zh, en)) = self.0.get(name) else {
            return "";
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
