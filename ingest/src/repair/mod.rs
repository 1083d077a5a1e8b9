//! Stage 2: takes decoded text, returns it without the debris of scraping, each character with
//! the code point it came from. Clean text is a fixed point.

mod blank;
mod pinyin;

/// Repaired text as characters with their origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repaired {
    /// Each kept character and the code point of the decoded original that it stands for, rising.
    pub(crate) chars: Vec<(char, usize)>,
    /// Whether anything was repaired.
    pub(crate) changed: bool,
}

/// Removes what scraping left: pinyin in brackets after a character, and question marks where
/// blanks were.
pub(crate) fn repair(text: &str) -> Repaired {
    let chars: Vec<(char, usize)> =
        text.chars().enumerate().map(|(index, c)| (c, index)).collect();
    let mut kept = pinyin::without_readings(&chars);
    let blanked = blank::restore(&mut kept);
    let changed = blanked || kept.len() != chars.len();
    Repaired { chars: kept, changed }
}
