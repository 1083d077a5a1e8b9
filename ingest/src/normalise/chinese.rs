//! Traditional → Simplified.

use std::sync::OnceLock;

use opencc_fmmseg::OpenCC;

use super::is_han;

/// Converts Traditional text; loads its tables at the first text that may need them.
#[derive(Debug, Default)]
pub(crate) struct Simplifier {
    tables: OnceLock<Tables>,
}

struct Tables(OpenCC);

impl std::fmt::Debug for Tables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tables")
    }
}

/// A text counts as Traditional when more than one in so many of its Chinese characters change:
/// Simplified text has a few such characters (乾隆, 著作) that must stay.
const TRADITIONAL_SHARE: usize = 50;

impl Simplifier {
    /// Makes a converter; costs nothing until the first use.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Gives the text in Simplified characters, with as many characters as before; a text that is
    /// Simplified already comes back as it is.
    #[cfg(test)]
    pub(crate) fn simplify(&self, text: &str) -> String {
        self.simplified(text).unwrap_or_else(|| text.to_owned())
    }

    /// Gives the text in Simplified characters, with as many characters as before; none if it is
    /// Simplified already.
    pub(crate) fn simplified(&self, text: &str) -> Option<String> {
        let Tables(converter) = self.tables.get_or_init(|| {
            let mut converter = OpenCC::new();
            // Documents are processed in parallel already.
            converter.set_parallel(false);
            Tables(converter)
        });
        let converted = converter.t2s(text, false);
        let (mut han, mut changed) = (0, 0);
        let mut new = converted.chars();
        for old in text.chars() {
            han += usize::from(is_han(old));
            changed += usize::from(new.next() != Some(old));
        }
        if changed * TRADITIONAL_SHARE <= han {
            return None;
        }
        if converted.chars().count() == text.chars().count() {
            return Some(converted);
        }
        Some(
            text.split_inclusive('\n')
                .map(|line| simplify_line(converter, line))
                .collect(),
        )
    }
}

/// Converts one line; where a phrase changes its length, character by character.
fn simplify_line(converter: &OpenCC, line: &str) -> String {
    let converted = converter.t2s(line, false);
    if converted.chars().count() == line.chars().count() {
        return converted;
    }
    let mut buffer = [0; 4];
    line.chars()
        .map(|c| {
            converter
                .t2s(c.encode_utf8(&mut buffer), false)
                .chars()
                .next()
                .unwrap_or(c)
        })
        .collect()
}
