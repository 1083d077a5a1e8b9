//! The readers of numbers, amounts and times against the specifications of Microsoft's
//! Recognizers-Text, which lie outside this repository: without them the test says so and passes.
//!
//! Printed for each model: cases, right, deliberately otherwise, wrong. A case is right if as many
//! things are found as the specification has, in the same order, each overlapping it, each with its value. The
//! test fails when fewer are right than `conformance/floors.toml` says, or when a case that is
//! listed as deliberately otherwise is right.
//!
//! Where the specification's way of writing a value differs and its meaning does not:
//! - an end of a range of which our reader says that usage differs (3到5, 以上) is written as there;
//! - the end of a span of days, months or years may be its last unit or the moment after it;
//! - a time without a year stands there with two values, of which one is enough.

#[cfg(test)]
mod conformance {
    pub(crate) mod suite;
    pub(crate) mod times;
    pub(crate) mod values;
}

use std::collections::BTreeMap;

use conformance::suite;
use conformance::values;
use ingest::Ingester;
use ingest::reading::Reader;

#[derive(serde::Deserialize)]
struct Lists {
    /// The least number of cases that are right, by model.
    floors: BTreeMap<String, usize>,
    otherwise: Vec<Otherwise>,
}

/// Cases that are deliberately read otherwise.
#[derive(serde::Deserialize)]
struct Otherwise {
    model: String,
    /// Numbers of the cases in the file, from 0.
    cases: Vec<usize>,
    reason: String,
}

#[test]
fn readers_conform() {
    let Some(folder) = suite::folder() else {
        eprintln!("skipped: {} is not there", suite::PLACE);
        return;
    };
    let lists = std::fs::read_to_string(suite::lists()).unwrap();
    let lists: Lists = toml::from_str(&lists).unwrap();
    assert!(lists.otherwise.iter().all(|row| row.reason.len() > 10));
    let ingester = Ingester::new(&[]).unwrap();
    let reader = Reader::new(ingester.knowledge()).unwrap();
    let wanted = std::env::var("MODEL").unwrap_or_default();
    let mut faults = Vec::new();
    eprintln!(
        "{:<12} {:>5} {:>5} {:>7} {:>9} {:>5}",
        "model", "cases", "right", "%", "otherwise", "wrong"
    );
    for (model, judge) in values::MODELS {
        let cases = suite::cases(&folder, model);
        let otherwise: Vec<usize> = lists
            .otherwise
            .iter()
            .filter(|row| row.model == model)
            .flat_map(|row| row.cases.clone())
            .collect();
        let (mut right, mut other, mut wrong) = (0, 0, 0);
        for case in &cases {
            let verdict = judge(&reader, case);
            let listed = otherwise.contains(&case.number);
            match (verdict, listed) {
                (Ok(()), false) => right += 1,
                (Ok(()), true) => faults.push(format!("{model} {} is right now", case.number)),
                (Err(_), true) => other += 1,
                (Err(why), false) => {
                    wrong += 1;
                    suite::explain(&wanted, model, case, &why);
                }
            }
        }
        let share = 100.0 * f64::from(right) / f64::from(u32::try_from(cases.len()).unwrap());
        eprintln!(
            "{model:<12} {:>5} {right:>5} {share:>7.1} {other:>9} {wrong:>5}",
            cases.len()
        );
        let floor = lists.floors.get(model).copied().unwrap_or(usize::MAX);
        if usize::try_from(right).unwrap() < floor {
            faults.push(format!("{model}: {right} right, {floor} before"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
