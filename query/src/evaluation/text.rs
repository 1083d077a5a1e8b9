//! Takes names, units and values as two people write them, returns whether they are the same.

use unicode_normalization::UnicodeNormalization;

/// Gives a name without what does not count: quotation marks, blanks, dots between the parts of a
/// name, width and case.
pub(super) fn name(name: &str) -> String {
    let bare: String = name
        .nfkc()
        .filter(|c| !c.is_whitespace() && !"“”‘’\"'「」『』《》〈〉·•".contains(*c))
        .collect();
    bare.to_lowercase()
}

/// Gives a unit without brackets, blanks and width.
fn unit(unit: &str) -> String {
    unit.nfkc()
        .filter(|c| !c.is_whitespace() && !"()（）[]".contains(*c))
        .collect()
}

/// Tells whether two units are one: they are equal, one continues the other (场, 场次; 月, 个月), or
/// the text names no unit (30万网民) and what was found is none or a word of the text.
pub(super) fn same_unit(found: &str, answer: &str, quote: &str) -> bool {
    let (found, answer, quote) = (unit(found), unit(answer), unit(quote));
    let counted = |unit: &str| unit.trim_start_matches('个').to_owned();
    let continued = !found.is_empty()
        && !answer.is_empty()
        && (found.starts_with(&answer)
            || answer.starts_with(&found)
            || counted(&found) == counted(&answer));
    let unnamed = !quote.contains(&answer) && (found.is_empty() || quote.contains(&found));
    found == answer || continued || unnamed
}

/// Tells whether two values are the same but for the noise of binary fractions.
pub(super) fn same_value(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// Tells whether two periods are the same; an open end is not looked at.
pub(super) fn same_period(found: &str, answer: &str) -> bool {
    let closed = |period: &str| period.trim_end_matches(['.', '/']).to_owned();
    closed(found) == closed(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_width_and_case_do_not_count() {
        assert_eq!(name("“一馆”　ＡＢ・丙"), "一馆ab・丙");
        assert_eq!(name("《某 书》·上"), "某书上");
        assert_eq!(name("（甲）"), "(甲)");
    }

    #[test]
    fn units_continue_each_other_or_stand_in_for_none() {
        for (found, answer, quote, same) in [
            ("处", "处", "93处", true),
            ("场次", "场", "5场次", true),
            ("个月", "月", "5个月", true),
            ("个", "个月", "5个月", true),
            ("人", "处", "93处", false),
            ("网民", "人", "30万网民", true),
            ("", "人", "30万网民", true),
            ("户", "人", "30万网民", false),
            ("", "处", "93处", false),
            ("", "", "93", true),
            ("处", "", "93处", false),
        ] {
            assert_eq!(
                same_unit(found, answer, quote),
                same,
                "{found} {answer} {quote}"
            );
        }
    }

    #[test]
    fn values_and_periods() {
        assert!(same_value(0.1 + 0.2, 0.3) && !same_value(93.0, 93.1));
        assert!(same_period("2021-04-01/", "2021-04-01/.."));
        assert!(!same_period("2021", "2021-04"));
    }
}
