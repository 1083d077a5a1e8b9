//! What is known of the furniture of pages: class names and headings, from the data file.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ontology::lexicon;

use super::tree::{Node, Tree};

/// The lists.
#[derive(Debug, Default)]
struct Words {
    /// Words within class names and ids of what is no article.
    furniture: BTreeSet<String>,
    /// Headings of lists of other articles.
    related: BTreeSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    let Ok(table) = lexicon::table("read/page.tsv") else {
        return words;
    };
    for row in table.rows() {
        let list = match row.get("kind") {
            "furniture" => &mut words.furniture,
            _ => &mut words.related,
        };
        list.insert(row.get("name").to_owned());
    }
    words
});

/// How a heading of a list of other articles begins.
pub(super) fn is_related_heading(line: &str) -> bool {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    WORDS.related.contains(line)
}

/// Tells by its class or id whether an element is page furniture.
pub(super) fn is_furniture(tree: &Tree, node: Node) -> bool {
    names(tree, node)
        .iter()
        .any(|name| WORDS.furniture.contains(name))
}

/// Splits class names, id and role into words: `news-relatedList2` is `news`, `related`, `list`.
fn names(tree: &Tree, node: Node) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in ["class", "id", "role"] {
        let Some(value) = tree.attribute(node, attribute) else {
            continue;
        };
        for name in value.split(|c: char| !c.is_ascii_alphabetic()) {
            let mut start = 0;
            let bytes = name.as_bytes();
            for (at, pair) in bytes.windows(2).enumerate() {
                if matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()) {
                    found.push(
                        name.get(start..=at)
                            .unwrap_or_default()
                            .to_ascii_lowercase(),
                    );
                    start = at + 1;
                }
            }
            found.push(name.get(start..).unwrap_or_default().to_ascii_lowercase());
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        let table = lexicon::table("read/page.tsv").unwrap();
        for row in table.rows() {
            assert!(["furniture", "related"].contains(&row.get("kind")));
        }
        assert!(is_related_heading("相关新闻：") && !is_related_heading("相关新闻报道了此事"));
    }
}
