//! Takes a reading in pinyin, returns the characters that have it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use pinyin::{ToPinyin, ToPinyinMulti};

/// Letters of pinyin with a tone.
const TONED: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";

/// Longest syllable, `zhuang`, and a letter more for apostrophes.
pub(super) const MAX_SYLLABLE: usize = 7;

/// Tells whether a character is a letter of pinyin.
pub(super) fn is_pinyin(c: char) -> bool {
    c.is_ascii_lowercase() || c == 'ü' || is_toned(c)
}

/// Tells whether a letter carries a tone.
pub(super) fn is_toned(c: char) -> bool {
    !c.is_ascii() && TONED.contains(c)
}

/// Tells whether a character has the reading among its readings.
pub(super) fn has_reading(c: char, reading: &str) -> bool {
    c.to_pinyin_multi().map_or_else(
        || c.to_pinyin().is_some_and(|one| one.with_tone() == reading),
        |many| many.into_iter().any(|one| one.with_tone() == reading),
    )
}

/// Gives the characters of the basic block that have a reading, by code point.
pub(super) fn characters(reading: &str) -> &'static [char] {
    all().get(reading).map_or(&[], Vec::as_slice)
}

/// Gives all readings with their characters.
pub(super) fn all() -> &'static BTreeMap<&'static str, Vec<char>> {
    static TABLE: OnceLock<BTreeMap<&'static str, Vec<char>>> = OnceLock::new();
    TABLE.get_or_init(table)
}

fn table() -> BTreeMap<&'static str, Vec<char>> {
    let mut table: BTreeMap<&'static str, Vec<char>> = BTreeMap::new();
    for c in '\u{4E00}'..='\u{9FA5}' {
        let mut add = |reading: &'static str| {
            let characters = table.entry(reading).or_default();
            if characters.last() != Some(&c) {
                characters.push(c);
            }
        };
        match c.to_pinyin_multi() {
            Some(many) => many.into_iter().for_each(|one| add(one.with_tone())),
            None => c
                .to_pinyin()
                .into_iter()
                .for_each(|one| add(one.with_tone())),
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_of_traditional_characters_are_known() {
        assert!(
            has_reading('請', "qǐng") && has_reading('長', "zhǎng") && has_reading('長', "cháng")
        );
        assert!(characters("bào").contains(&'報'));
        assert!(!has_reading('報', "bāo"));
    }
}
