//! Takes a date as metadata writes it, returns `YYYY-MM-DD`.

/// Reads `2021-10-26T08:00:00+08:00`, `2021/10/26`, `2021年10月26日`, `20211026`,
/// `26 Oct 2021`; none where year, month and day are not all there.
pub(crate) fn iso_date(text: &str) -> Option<String> {
    let mut runs = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty());
    let first = runs.next()?;
    let (year, month, day) = match first.len() {
        4 => (first, runs.next()?, runs.next()?),
        8 | 12 | 14 => (first.get(..4)?, first.get(4..6)?, first.get(6..8)?),
        1 | 2 => return named_month(text, first, runs.next()?),
        _ => return None,
    };
    valid(year, month, day)
}

fn valid(year: &str, month: &str, day: &str) -> Option<String> {
    let (year, month, day): (u16, u8, u8) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let known =
        (1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    known.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// Reads dates of mail headers and feeds, with the month's English name.
fn named_month(text: &str, day: &str, year: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = text.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphabetic());
    let month = words.find_map(|word| {
        MONTHS
            .iter()
            .position(|&month| word.get(..3) == Some(month))
    })?;
    valid(year, &(month + 1).to_string(), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_forms_are_read() {
        let cases = [
            ("2021-10-26T08:00:00+08:00", Some("2021-10-26")),
            ("2021/1/3 7:15", Some("2021-01-03")),
            ("2021年10月26日", Some("2021-10-26")),
            ("20211026", Some("2021-10-26")),
            ("Tue, 26 Oct 2021 08:00:00 GMT", Some("2021-10-26")),
            ("2021-13-01", None),
            ("10-26", None),
            ("昨天", None),
        ];
        for (text, expected) in cases {
            assert_eq!(iso_date(text).as_deref(), expected, "{text}");
        }
    }
}
