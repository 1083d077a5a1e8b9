//! Takes a page's tree, returns what its head states: `<title>`, `<meta>`, JSON-LD.

use serde_json::Value;

use super::tree::Tree;
use crate::read::metadata::{Field, Metadata};

/// What the head states.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The text of `<title>`, mostly with the site's name behind it.
    pub(super) title: Option<String>,
    /// Values by field and rank of the name they stand under.
    values: Vec<(Field, usize, String)>,
}

/// Reads the head; what lies elsewhere in the page by mistake counts too.
pub(super) fn read(tree: &Tree) -> Head {
    let mut head = Head::default();
    for node in tree.nodes() {
        match tree.name(node) {
            "title" if head.title.is_none() => head.title = Some(tree.text(node).trim().to_owned()),
            "meta" => {
                let key = ["property", "name", "itemprop"].into_iter();
                let key = key.filter_map(|key| tree.attribute(node, key)).next();
                if let Some((key, value)) = key.zip(tree.attribute(node, "content")) {
                    head.take(key, value);
                }
            }
            "link" if tree.attribute(node, "rel") == Some("canonical") => {
                head.take(
                    "canonical",
                    tree.attribute(node, "href").unwrap_or_default(),
                );
            }
            "script" if tree.attribute(node, "type") == Some("application/ld+json") => {
                if let Ok(value) = serde_json::from_str(&tree.text(node)) {
                    head.linked_data(&value, 0);
                }
            }
            _ => {}
        }
    }
    head.values.sort_by_key(|&(_, rank, _)| rank);
    head
}

impl Head {
    fn take(&mut self, key: &str, value: &str) {
        if let Some((field, rank)) = Field::known(key) {
            self.values.push((field, rank, value.to_owned()));
        }
    }

    /// Reads schema.org's articles.
    fn linked_data(&mut self, value: &Value, level: usize) {
        match value {
            Value::Array(values) if level < 4 => {
                values
                    .iter()
                    .for_each(|value| self.linked_data(value, level + 1));
            }
            Value::Object(object) if level < 4 => {
                if let Some(graph) = object.get("@graph") {
                    self.linked_data(graph, level + 1);
                }
                for key in ["headline", "datePublished"] {
                    if let Some(value) = object.get(key).and_then(Value::as_str) {
                        self.take(key, value);
                    }
                }
                for key in ["publisher", "author"]
                    .into_iter()
                    .filter(|_| object.contains_key("headline"))
                {
                    let name = object.get(key).and_then(|value| value.get("name"));
                    if let Some(value) = name.and_then(Value::as_str) {
                        self.take(key, value);
                    }
                }
            }
            Value::Array(_)
            | Value::Object(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_) => {}
        }
    }

    /// Gives the metadata of the article with this text: a headline that is a line of the text is
    /// taken as it stands there, without the site's name behind it.
    pub(super) fn metadata(self, text: &str) -> Metadata {
        let mut metadata = Metadata::default();
        for (field, _, value) in &self.values {
            if *field != Field::Headline {
                metadata.take(*field, value);
            }
        }
        let mut titles = self
            .values
            .iter()
            .filter(|(field, ..)| *field == Field::Headline);
        let titles: Vec<&str> = titles
            .by_ref()
            .map(|(_, _, value)| value.as_str())
            .collect();
        let all = titles.iter().copied().chain(self.title.as_deref());
        let in_text = all.filter_map(|title| line_of(text, title)).next();
        if let Some(headline) = in_text.or(titles.first().copied()) {
            metadata.take(Field::Headline, headline);
        }
        metadata
    }
}

/// Finds the line among the first of the text that a title begins with.
fn line_of<'t>(text: &'t str, title: &str) -> Option<&'t str> {
    const FIRST: usize = 8;
    const SHORTEST: usize = 5;
    let packed = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    let title = packed(title);
    text.lines().take(FIRST).find(|line| {
        let line = packed(line);
        line.chars().count() >= SHORTEST && title.starts_with(&line)
    })
}
