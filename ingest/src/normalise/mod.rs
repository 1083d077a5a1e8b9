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
/// Every character of the result stands for code points of the decoded original.
pub(crate) fn normalise(repaired: &Repaired, simplifier: &Simplifier) -> MappedText {
    let text = folded(&repaired.text);
    match simplifier.simplified(text.as_str()) {
        Some(simplified) => text.with_text(simplified),
        None => text,
    }
}

/// Gives the text in one width; what is in it already is copied in stretches.
fn folded(old: &MappedText) -> MappedText {
    let mut new = MappedText::with_capacity(old.as_str().len());
    let mut ahead = old.as_str();
    for (stretch, origin, length) in old.stretches() {
        let (mut copied, mut count) = (0, 0);
        for (index, (at, c)) in stretch.char_indices().enumerate() {
            if length == 1 && width::is_folded(c) {
                continue;
            }
            let behind = at + c.len_utf8();
            new.push_str(stretch.get(copied..at).unwrap_or_default(), origin + count);
            (copied, count) = (behind, index + 1);
            if let Some(c) = width::fold(c) {
                let before = new.as_str().chars().next_back();
                let after = ahead.get(behind..).unwrap_or_default();
                let after = after.chars().find_map(width::fold);
                let c = width::chinese_mark(before, c, after);
                new.push_wide(c, origin + index, length);
            }
        }
        new.push_str(stretch.get(copied..).unwrap_or_default(), origin + count);
        ahead = ahead.get(stretch.len()..).unwrap_or_default();
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair;

    fn check(input: &str, expected: &str) {
        let text = normalise(&repair::repair(input), &Simplifier::new());
        assert_eq!(text.as_str(), expected);
        assert_eq!(
            text.original(0, text.as_str().len()).1,
            input.chars().count()
        );
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
    fn conversions_by_websites_and_regional_forms_become_one() {
        for (traditional, simplified) in [
            ("鬆江河鎮", "松江河镇"),
            ("村裡、村裏、公裡", "村里、村里、公里"),
            ("后援、後援、週邊、周邊", "后援、后援、周边、周边"),
            ("徵收、征集、特徵", "征收、征集、特征"),
            ("著力、着力", "着力、着力"),
            ("干部、幹部、乾淨、干淨", "干部、干部、干净、干净"),
            ("頭髮、發展", "头发、发展"),
            ("為、爲、群眾、群衆、羣眾", "为、为、群众、群众、群众"),
            ("路線、路綫、臺灣、台灣", "路线、路线、台湾、台湾"),
            (
                "啟動、啓動、舉辦、峰會、峯會",
                "启动、启动、举办、峰会、峰会",
            ),
        ] {
            let filler = "實現發展進步，";
            check(
                &format!("{filler}{traditional}"),
                &format!("实现发展进步，{simplified}"),
            );
        }
    }

    #[test]
    fn simplified_text_is_a_fixed_point() {
        check(
            "乾隆年间，著名的干部着力于此。",
            "乾隆年间，著名的干部着力于此。",
        );
        let surname = "近日，县委召开会议，部署工作，於先生和著名作家参加了这次活动，乾隆年间的建筑得到修缮，各界人士纷纷表示赞赏，认为这是一件好事，并希望今后继续办好这样的活动，让更多的人了解历史、传承文化，为家乡的发展贡献自己的力量，也让子孙后代记住他们。";
        check(surname, surname);
    }
}
