//! Stage 3: takes repaired text, returns it in one width and in Simplified characters, with the
//! map back to the decoded original.

mod chinese;
mod map;
mod width;

pub(crate) use chinese::Simplifier;
pub use map::MappedText;
pub(crate) use width::is_han;

use crate::repair::Repaired;

/// Normalises repaired text: width, marks, Traditional → Simplified.
///
/// Every character of the result stands for one code point of the decoded original.
pub(crate) fn normalise(repaired: &Repaired, simplifier: &Simplifier) -> MappedText {
    let folded: Vec<(char, usize)> = repaired
        .chars
        .iter()
        .filter_map(|&(c, origin)| width::fold(c).map(|c| (c, origin)))
        .collect();
    let marked: String = (0..folded.len()).filter_map(|index| marked(&folded, index)).collect();
    let simplified = simplifier.simplify(&marked);
    let mut text = MappedText::with_capacity(simplified.len());
    for (c, (_, origin)) in simplified.chars().zip(&folded) {
        text.push(c, *origin);
    }
    text
}

fn marked(folded: &[(char, usize)], index: usize) -> Option<char> {
    let at = |index: usize| folded.get(index).map(|&(c, _)| c);
    let before = index.checked_sub(1).and_then(at);
    at(index).map(|c| width::chinese_mark(before, c, at(index + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair;

    fn check(input: &str, expected: &str) {
        let text = normalise(&repair::repair(input), &Simplifier::new());
        assert_eq!(text.as_str(), expected);
        assert_eq!(text.original(0, text.as_str().len()).1, input.chars().count());
    }

    #[test]
    fn width_marks_and_characters_are_made_one() {
        check("近日,白山市委書記就", "近日，白山市委书记就");
        check("進出口總額１，０００．５萬元", "进出口总额1，000.5万元");
        check("13:53 來源:人民網", "13:53 来源：人民网");
        check("「學黨史」", "“学党史”");
        check("鬆江河鎮、後來、週年、裡面", "松江河镇、后来、周年、里面");
    }

    #[test]
    fn simplified_text_is_a_fixed_point() {
        check("乾隆年间，著名的干部着力于此。", "乾隆年间，著名的干部着力于此。");
    }
}
