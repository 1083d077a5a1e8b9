//! Takes an ISO 8601 time of ours and one of the specifications, tells whether they are the same.

use serde_json::Value;

/// Tells whether a time is wanted that does not exist (2月30日).
pub(crate) fn is_none(resolution: &Value) -> bool {
    let values = resolution["values"].as_array();
    values.is_some_and(|values| {
        values
            .iter()
            .all(|value| value["value"].as_str() == Some("not resolved"))
    })
}

/// Tells whether one of the wanted values is ours.
pub(crate) fn same(found: &str, wanted: &Value) -> bool {
    let values = wanted["values"].as_array();
    values.is_some_and(|values| values.iter().any(|value| is(found, value)))
}

fn is(found: &str, wanted: &Value) -> bool {
    let text = |key: &str| wanted[key].as_str();
    if let Some(day) = text("value") {
        return found == day;
    }
    let (from, to) = match found.split_once('/') {
        Some(("..", to)) => (None, Some(to)),
        Some((from, "..")) => (Some(from), None),
        Some((from, to)) => (Some(from), Some(to)),
        None => (Some(found), Some(found)),
    };
    let after = text("Mod") == Some("after");
    let start = match (from, text("start")) {
        (None, None) => true,
        // After a day is from the next one on.
        (Some(from), Some(start)) => {
            first(from) == start || after && from.len() == 10 && first(from) == behind(start)
        }
        _ => false,
    };
    let end = match (to, text("end")) {
        (None, None) => true,
        (Some(to), Some(end)) => behind(to) == end || found.contains('/') && first(to) == end,
        _ => false,
    };
    start && end
}

/// Gives the first day of a year, a month or a day.
fn first(period: &str) -> String {
    match period.len() {
        4 => format!("{period}-01-01"),
        7 => format!("{period}-01"),
        _ => period.to_owned(),
    }
}

/// Gives the day behind a year, a month or a day.
fn behind(period: &str) -> String {
    let parts: Vec<u32> = period
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    let (year, month, day) = match parts.as_slice() {
        [year] => (year + 1, 1, 1),
        [year, 12] => (year + 1, 1, 1),
        [year, month] => (*year, month + 1, 1),
        [year, month, day] => {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let days = [
                31,
                if leap { 29 } else { 28 },
                31,
                30,
                31,
                30,
                31,
                31,
                30,
                31,
                30,
                31,
            ];
            match (month, *day < days[usize::try_from(month - 1).unwrap()]) {
                (_, true) => (*year, *month, day + 1),
                (12, false) => (year + 1, 1, 1),
                (_, false) => (*year, month + 1, 1),
            }
        }
        _ => return String::new(),
    };
    format!("{year:04}-{month:02}-{day:02}")
}
