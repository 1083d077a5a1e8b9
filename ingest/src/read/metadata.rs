//! Takes names and values that a format gives, returns a document's metadata.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ontology::lexicon;

use super::date::iso_date;

/// What a document's format itself states about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Headline, as given.
    pub headline: Option<String>,
    /// Publication date, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Publisher's name, as given.
    pub publisher: Option<String>,
    /// Authors' names, in the order given, each once.
    pub authors: Vec<String>,
    /// Where it was published.
    pub url: Option<String>,
}

/// A field of a row, a front matter or a page's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The document's id.
    Id,
    /// Its text.
    Text,
    /// [`Metadata::headline`].
    Headline,
    /// [`Metadata::published`].
    Published,
    /// [`Metadata::publisher`].
    Publisher,
    /// [`Metadata::authors`].
    Author,
    /// [`Metadata::url`].
    Url,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Id,
        Self::Text,
        Self::Headline,
        Self::Published,
        Self::Publisher,
        Self::Author,
        Self::Url,
    ];

    /// Gives the name that options use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Headline => "title",
            Self::Published => "date",
            Self::Publisher => "source",
            Self::Author => "author",
            Self::Url => "url",
        }
    }

    /// Finds a field by that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Finds what a column, key or `<meta>` of this name holds, and its place among the names of
    /// that field: the lower, the better.
    pub(crate) fn known(name: &str) -> Option<(Self, usize)> {
        NAMES.get(&plain(name)).copied()
    }
}

/// Names of columns and keys, lower-case and without separators, with the field they hold.
static NAMES: LazyLock<BTreeMap<String, (Field, usize)>> = LazyLock::new(|| {
    let Ok(table) = lexicon::table("read/fields.tsv") else {
        return BTreeMap::new();
    };
    let row = |(place, row): (usize, &lexicon::Row)| {
        Some((
            plain(row.get("name")),
            (Field::from_name(row.get("field"))?, place),
        ))
    };
    table.rows().enumerate().filter_map(row).collect()
});

fn plain(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | ' ' | '\u{FEFF}' | '*' | '\t'));
    kept.flat_map(char::to_lowercase).collect()
}

impl Metadata {
    /// Takes a value; the first for each field stays, authors add up.
    pub(crate) fn take(&mut self, field: Field, value: &str) {
        let value = unlabelled(field, value.trim());
        if value.is_empty() {
            return;
        }
        match field {
            Field::Headline => keep(&mut self.headline, Some(one_line(value))),
            Field::Published => keep(&mut self.published, iso_date(value)),
            Field::Publisher if is_url(value) => keep(&mut self.url, Some(value.to_owned())),
            Field::Publisher => keep(&mut self.publisher, Some(one_line(value))),
            Field::Url => keep(&mut self.url, is_url(value).then(|| value.to_owned())),
            Field::Author => self.add_authors(value),
            Field::Id | Field::Text => {}
        }
    }

    /// Adds the names in a list, each once.
    fn add_authors(&mut self, value: &str) {
        for name in value.split(['、', ',', '，', ';', '；', '|', '/', '\n', ' ', '\u{3000}']) {
            let name = name.trim();
            let is_name = !name.is_empty() && !name.chars().any(|c| c.is_ascii_digit() || c == '@');
            if is_name && !self.authors.iter().any(|known| known == name) {
                self.authors.push(name.to_owned());
            }
        }
    }
}

/// Takes off a label that repeats what the field is, as in `来源：某报`.
fn unlabelled(field: Field, value: &str) -> &str {
    let parts = value.split_once(['：', ':']);
    let labelled =
        parts.filter(|(label, _)| Field::known(label).is_some_and(|(known, _)| known == field));
    labelled.map_or(value, |(_, rest)| rest.trim())
}

fn keep(place: &mut Option<String>, value: Option<String>) {
    if place.is_none() {
        *place = value;
    }
}

fn is_url(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}

fn one_line(value: &str) -> String {
    value
        .split(['\n', '\r', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_names_is_sound() {
        let table = lexicon::table("read/fields.tsv").unwrap();
        for row in table.rows() {
            assert!(
                Field::from_name(row.get("field")).is_some(),
                "{}",
                row.get("name")
            );
        }
        assert_eq!(
            NAMES.len(),
            table.len(),
            "two names are the same without separators"
        );
    }

    #[test]
    fn names_are_known_in_both_languages() {
        let cases = [
            ("标题", Some(Field::Headline)),
            ("Pub_Date", Some(Field::Published)),
            ("article:published_time", Some(Field::Published)),
            ("正文", Some(Field::Text)),
            ("ContentSource", Some(Field::Publisher)),
            ("colour", None),
        ];
        for (name, expected) in cases {
            assert_eq!(
                Field::known(name).map(|(field, _)| field),
                expected,
                "{name}"
            );
        }
    }

    #[test]
    fn values_are_put_in_order() {
        let mut metadata = Metadata::default();
        metadata.take(Field::Author, "作者：张三、李四 张三");
        metadata.take(Field::Publisher, "https://example.org/a");
        metadata.take(Field::Published, "2021/1/3 7:15");
        assert_eq!(metadata.authors, ["张三", "李四"]);
        assert_eq!(metadata.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(
            (metadata.publisher, metadata.published.as_deref()),
            (None, Some("2021-01-03"))
        );
    }
}
