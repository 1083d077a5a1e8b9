//! Takes a case, tells whether our reader finds the same values in it.

use ingest::reading::{Amount, End, Range, Reader, Reading};
use serde_json::Value;

use super::suite::Case;
use super::times;

/// Says what was found where a case is not right.
type Judge = fn(&Reader<'_>, &Case) -> Result<(), String>;

/// The models and how each is judged.
pub(crate) const MODELS: [(&str, Judge); 7] = [
    ("Number", |reader, case| {
        numbers(case, reader.numbers(&case.input))
    }),
    ("Ordinal", |reader, case| {
        numbers(case, reader.ordinals(&case.input))
    }),
    ("Percent", |reader, case| {
        numbers(case, reader.percents(&case.input))
    }),
    ("NumberRange", |reader, case| {
        judge(case, reader.ranges(&case.input), |range, wanted| {
            text(&wanted["value"]).is_some_and(|value| same_range(range, value))
        })
    }),
    ("Currency", |reader, case| {
        let money = |one: &Reading<Amount>| one.value.dimension == "money";
        let found = reader.amounts(&case.input).into_iter().filter(money);
        judge(case, found.collect(), same_money)
    }),
    ("Dimension", |reader, case| {
        let measured =
            |one: &Reading<Amount>| one.value.dimension != "money" && one.value.dimension != "time";
        let found = reader.amounts(&case.input).into_iter().filter(measured);
        judge(case, found.collect(), same_amount)
    }),
    ("DateTime", |reader, case| {
        judge(
            case,
            reader.times(&case.input, case.today),
            |found, wanted| times::same(found, wanted),
        )
    }),
];

fn numbers(case: &Case, found: Vec<Reading<f64>>) -> Result<(), String> {
    judge(case, found, |found, wanted| {
        let value =
            text(&wanted["value"]).and_then(|value| value.trim_end_matches('%').parse().ok());
        value.is_some_and(|value| close(*found, value))
    })
}

/// Compares what was found with what is wanted, one by one; a time that does not exist is wanted
/// not to be found.
pub(crate) fn judge<T: std::fmt::Debug>(
    case: &Case,
    found: Vec<Reading<T>>,
    same: impl Fn(&T, &Value) -> bool,
) -> Result<(), String> {
    let wanted: Vec<_> = case
        .results
        .iter()
        .filter(|wanted| !times::is_none(&wanted.resolution))
        .collect();
    let right = found.len() == wanted.len()
        && found.iter().zip(&wanted).all(|(found, wanted)| {
            let meets = found.span.start < wanted.end && wanted.start < found.span.end;
            meets && same(&found.value, &wanted.resolution)
        });
    let values = || wanted.iter().map(|wanted| wanted.resolution.to_string());
    right.then_some(()).ok_or_else(|| {
        format!(
            "{:?} | {:?}",
            found.iter().map(|one| &one.value).collect::<Vec<_>>(),
            values().collect::<Vec<_>>()
        )
    })
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

/// The specifications round to 15 digits.
fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}

fn same_range(range: &Range, wanted: &str) -> bool {
    let Some((lower, upper)) = wanted
        .get(1..wanted.len() - 1)
        .and_then(|ends| ends.split_once(','))
    else {
        return false;
    };
    let end = |end: Option<End>, value: &str, mark: bool| match (end, value.parse::<f64>()) {
        (None, Err(_)) => true,
        (Some(end), Ok(value)) => close(end.value, value) && end.included.unwrap_or(false) == mark,
        _ => false,
    };
    end(range.lower, lower, wanted.starts_with('['))
        && end(range.upper, upper, wanted.ends_with(']'))
}

fn same_money(found: &Amount, wanted: &Value) -> bool {
    let value = text(&wanted["value"]).and_then(|value| value.parse::<f64>().ok());
    let code = text(&wanted["isoCurrency"]).is_none_or(|code| code == found.currency);
    value.is_some_and(|value| close(value, found.value)) && code
}

/// Units of the specifications: how many of the base of the dimension one is.
const UNITS: [(&str, &str, f64); 19] = [
    ("Mu", "平方米", 666.6667),
    ("Kilogram", "千克", 1.0),
    ("Gram", "千克", 0.001),
    ("Microgram", "千克", 1e-9),
    ("Ton", "千克", 1000.0),
    ("Jin", "千克", 0.5),
    ("Liang", "千克", 0.05),
    ("Centimeter", "米", 0.01),
    ("Meter", "米", 1.0),
    ("Kilometer", "米", 1000.0),
    ("Bit", "字节", 0.125),
    ("Kilobit", "字节", 125.0),
    ("Kilobyte", "字节", 1024.0),
    ("Megabyte", "字节", 1_048_576.0),
    ("Megahertz", "赫兹", 1e6),
    ("Hertz", "赫兹", 1.0),
    ("Kilowatt", "千瓦", 1.0),
    ("Kilocalorie", "千瓦时", 0.001_163),
    ("Liter", "立方米", 0.001),
];

/// Compares in the base unit: 3 kilobit are 3000 bit.
fn same_amount(found: &Amount, wanted: &Value) -> bool {
    let value = text(&wanted["value"]).and_then(|value| value.parse::<f64>().ok());
    let unit = text(&wanted["unit"]);
    let unit = UNITS.iter().find(|&&(name, _, _)| Some(name) == unit);
    value.zip(unit).is_some_and(|(value, &(_, base, factor))| {
        found.base == base && close(value * factor, found.value * found.factor)
    })
}
