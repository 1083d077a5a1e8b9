//! Readings in brackets after a character, as pages made to resist copying have them: 報(bào).

use crate::normalise::is_han;

/// A text holds readings as debris when it has at least so many; a single one is a note on how
/// to pronounce a rare character.
const MIN_READINGS: usize = 3;

/// Longest syllable, `zhuang`, and a letter more for apostrophes.
const MAX_SYLLABLE: usize = 7;

/// Gives the characters without the readings, if the text has readings as debris.
pub(super) fn without_readings(chars: &[(char, usize)]) -> Vec<(char, usize)> {
    let readings: Vec<(usize, usize)> =
        (0..chars.len()).filter_map(|index| reading_at(chars, index)).collect();
    if readings.len() < MIN_READINGS {
        return chars.to_vec();
    }
    let mut readings = readings.into_iter().peekable();
    let mut kept = Vec::with_capacity(chars.len());
    for (index, &item) in chars.iter().enumerate() {
        while readings.next_if(|&(_, end)| end <= index).is_some() {}
        if readings.peek().is_none_or(|&(start, _)| index < start) {
            kept.push(item);
        }
    }
    kept
}

/// Finds the bracketed reading that starts at `index`, as a half-open range.
fn reading_at(chars: &[(char, usize)], index: usize) -> Option<(usize, usize)> {
    let at = |index: usize| chars.get(index).map(|&(c, _)| c);
    let before = at(index.checked_sub(1)?)?;
    if at(index) != Some('(') || !(is_han(before) || matches!(before, '?' | '？' | '�')) {
        return None;
    }
    let letters: Vec<char> =
        (index + 1..).map_while(at).take(MAX_SYLLABLE + 1).take_while(|&c| c != ')').collect();
    let end = index + 1 + letters.len();
    let toned = letters.iter().any(|&c| !c.is_ascii());
    let syllable = letters.iter().all(|&c| is_pinyin(c));
    (at(end) == Some(')') && !letters.is_empty() && syllable && (toned || letters.len() < 6))
        .then_some((index, end + 1))
}

fn is_pinyin(c: char) -> bool {
    c.is_ascii_lowercase() || "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ".contains(c)
}

#[cfg(test)]
mod tests {
    fn check(input: &str, expected: &str) {
        let repaired = super::super::repair(input);
        let text: String = repaired.chars.iter().map(|&(c, _)| c).collect();
        assert_eq!(text, expected);
        assert_eq!(repaired.changed, input != expected);
        for (c, origin) in repaired.chars {
            assert_eq!(input.chars().nth(origin), Some(c));
        }
    }

    #[test]
    fn debris_goes_and_notes_stay() {
        check("電(diàn)視(shì)臺(tái)播出", "電視臺播出");
        check("婺(wù)源在江西", "婺(wù)源在江西");
        check("共(含3户)、某(某)、縣(xiàn)", "共(含3户)、某(某)、縣(xiàn)");
    }
}
