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

/// Bytes that are converted at once.
const BLOCK: usize = 1 << 14;

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
        let converted: String = blocks(text)
            .map(|block| converter.t2s(block, false))
            .collect();
        if !is_traditional(text, &converted) {
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

/// Gives the lines of a text in blocks that stay in the processor's cache while they are converted;
/// no phrase goes on behind a line end.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.as_bytes().get(BLOCK..).and_then(|behind| {
            let line = behind.iter().position(|&byte| byte == b'\n')?;
            Some(BLOCK + line + 1)
        });
        let (block, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = behind;
        (!block.is_empty()).then_some(block)
    })
}

/// Tells whether so many Chinese characters changed that a text was Traditional.
fn is_traditional(text: &str, converted: &str) -> bool {
    if converted == text {
        return false;
    }
    let most = text.chars().count();
    let (mut han, mut changed) = (0, 0);
    let mut new = converted.chars();
    for old in text.chars() {
        han += usize::from(is_han(old));
        changed += usize::from(new.next() != Some(old));
        // The rest cannot undo it.
        if changed * TRADITIONAL_SHARE > most {
            return true;
        }
    }
    changed * TRADITIONAL_SHARE > han
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_converted_in_blocks_as_at_once() {
        let line = "縣裡開會，鬆江河鎮的乾部說：“髮展是硬道理！”\n";
        for text in [
            line.repeat(2000),
            line.replace('\n', "").repeat(2000),
            format!("{}\n{}", "縣".repeat(BLOCK), line.repeat(3)),
            String::new(),
        ] {
            assert_eq!(blocks(&text).collect::<String>(), text);
            let mut converter = OpenCC::new();
            converter.set_parallel(false);
            let whole = converter.t2s(&text, false);
            assert_eq!(Simplifier::new().simplify(&text), whole);
        }
    }
}
