//! Takes the folder of the specifications, returns their cases.

use std::path::PathBuf;

use serde_json::Value;

/// Where the specifications lie, beside the checkout.
pub(crate) const PLACE: &str = "shared/bench/recognizers";

/// One case of a specification.
pub(crate) struct Case {
    /// Its number in the file, from 0.
    pub(crate) number: usize,
    pub(crate) input: String,
    /// The day that the text is of.
    pub(crate) today: Option<(u16, u8, u8)>,
    pub(crate) results: Vec<Wanted>,
}

/// What is to be found.
pub(crate) struct Wanted {
    pub(crate) start: usize,
    /// Behind the last character.
    pub(crate) end: usize,
    pub(crate) kind: String,
    pub(crate) resolution: Value,
}

/// Finds the folder: `$SHARED/bench/recognizers`, or beside the checkout.
pub(crate) fn folder() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let given = std::env::var("SHARED").map(|shared| root.join(shared).join("bench/recognizers"));
    let beside = [root.join("..").join(PLACE), root.join("../..").join(PLACE)];
    given
        .into_iter()
        .chain(beside)
        .find(|folder| folder.is_dir())
}

/// The file with floors and with what is deliberately otherwise.
pub(crate) fn lists() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/otherwise.toml")
}

/// Reads the cases of a model; of times those only that are dates or periods of the calendar.
pub(crate) fn cases(folder: &std::path::Path, model: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(folder.join(format!("{model}Model.json"))).unwrap();
    let rows: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    let cases = rows
        .iter()
        .enumerate()
        .map(|(number, row)| case(number, row));
    cases
        .filter(|case| model != "DateTime" || is_calendar(case))
        .collect()
}

fn is_calendar(case: &Case) -> bool {
    case.results.iter().all(|result| {
        matches!(
            result.kind.as_str(),
            "datetimeV2.date" | "datetimeV2.daterange"
        )
    })
}

fn case(number: usize, row: &Value) -> Case {
    let day = row["Context"]["ReferenceDateTime"].as_str();
    let part =
        |range: std::ops::Range<usize>| day.and_then(|day| day.get(range)?.parse::<u16>().ok());
    let small = |range| part(range).and_then(|value| u8::try_from(value).ok());
    let today = part(0..4).and_then(|year| Some((year, small(5..7)?, small(8..10)?)));
    let at = |result: &Value, key: &str| usize::try_from(result[key].as_u64().unwrap()).unwrap();
    let results = row["Results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| Wanted {
            start: at(result, "Start"),
            end: at(result, "End") + 1,
            kind: result["TypeName"].as_str().unwrap_or_default().to_owned(),
            resolution: result["Resolution"].clone(),
        });
    Case {
        number,
        input: row["Input"].as_str().unwrap().to_owned(),
        today,
        results: results.collect(),
    }
}

/// Prints what is wrong with a case where it is asked for: `MODEL=Number`.
pub(crate) fn explain(wanted: &str, model: &str, case: &Case, why: &str) {
    if wanted == model || wanted == "all" {
        eprintln!("  {model} {}: {} | {why}", case.number, case.input);
    }
}
