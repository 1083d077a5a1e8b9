//! Quality is a number: precision, recall and F1 of what is extracted from `examples/corpus`, held against the hand-made
//! answers in `examples/gold`, must not fall below `tests/quality.toml`.
#![cfg(test)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ontology::record::{Entity, EntityClass, Extraction, Observation};
use serde::Deserialize;
use support::{example_kb, in_checkout};

/// A hand-made answer, as far as it is compared here.
#[derive(Debug, Deserialize)]
struct Gold {
    doc: String,
    about: String,
    entities: Vec<GoldEntity>,
    observations: Vec<GoldObservation>,
}

#[derive(Debug, Deserialize)]
struct GoldEntity {
    r#type: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    optional: bool,
}

#[derive(Debug, Deserialize)]
struct GoldObservation {
    value: f64,
    unit: String,
    #[serde(default)]
    optional: bool,
}

/// Counts of right, superfluous and missing answers.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    right: u32,
    superfluous: u32,
    missing: u32,
}

impl Counts {
    /// Harmonic mean of precision and recall (van Rijsbergen, Information Retrieval, 1979).
    fn f1(self) -> f64 {
        let Self {
            right,
            superfluous,
            missing,
        } = self;
        2.0 * f64::from(right) / f64::from(2 * right + superfluous + missing).max(1.0)
    }
}

/// A name without what does not count: quotation marks, blanks, middle dots, width of marks.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !"“”‘’\"'「」『』《》〈〉·•".contains(*c))
        .map(|c| match c {
            '，' => ',',
            '：' => ':',
            '（' => '(',
            '）' => ')',
            other => other,
        })
        .collect()
}

fn names_of(entity: &Entity) -> BTreeSet<String> {
    std::iter::once(&entity.label)
        .chain(&entity.aliases)
        .map(|name| bare(name))
        .collect()
}

/// Matches entities one to one; an optional answer counts neither way.
fn score_entities(record: &Extraction, gold: &Gold, counts: &mut BTreeMap<String, Counts>) {
    let mentioned: BTreeSet<_> = record
        .mentions
        .iter()
        .map(|mention| &mention.entity)
        .collect();
    let mut taken = BTreeSet::new();
    for entity in record
        .entities
        .iter()
        .filter(|entity| mentioned.contains(&entity.key))
    {
        let names = names_of(entity);
        let fits = |answer: &GoldEntity| {
            names.contains(&bare(&answer.name))
                || answer
                    .aliases
                    .iter()
                    .any(|alias| names.contains(&bare(alias)))
        };
        let same = gold.entities.iter().enumerate().find(|(number, answer)| {
            answer.r#type == entity.class.name() && !taken.contains(number) && fits(answer)
        });
        let class = counts.entry(entity.class.name().to_owned()).or_default();
        if let Some((number, answer)) = same {
            taken.insert(number);
            class.right += u32::from(!answer.optional);
        } else if !gold
            .entities
            .iter()
            .any(|answer| answer.optional && fits(answer))
        {
            class.superfluous += 1;
        }
    }
    for (number, answer) in gold.entities.iter().enumerate() {
        if !answer.optional && !taken.contains(&number) {
            counts.entry(answer.r#type.clone()).or_default().missing += 1;
        }
    }
}

/// Matches observations one to one by value and unit (one unit may continue the other: 场, 场次).
fn score_observations(record: &Extraction, gold: &Gold, counts: &mut Counts) {
    let mut left: Vec<&Observation> = record.observations.iter().collect();
    for answer in &gold.observations {
        let same = left.iter().position(|found| {
            (found.value - answer.value).abs() <= 1e-9 * answer.value.abs().max(1.0)
                && (found.unit.starts_with(&answer.unit) || answer.unit.starts_with(&found.unit))
        });
        if let Some(number) = same {
            left.remove(number);
            counts.right += u32::from(!answer.optional);
        } else {
            counts.missing += u32::from(!answer.optional);
        }
    }
    counts.superfluous += u32::try_from(left.len()).unwrap();
}

fn measured() -> BTreeMap<String, f64> {
    let (mut classes, mut observations, mut about) =
        (BTreeMap::new(), Counts::default(), Counts::default());
    for file in fs::read_dir(Path::new(example_kb()).join("extractions")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let record: Extraction = serde_json::from_str(&text).unwrap();
        let stem = record.document.id.rsplit_once('.').unwrap().0.to_owned();
        let path = in_checkout(&format!("examples/gold/{stem}.json"));
        let gold: Gold = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(gold.doc, stem);
        score_entities(&record, &gold, &mut classes);
        score_observations(&record, &gold, &mut observations);
        let right = record
            .document
            .about
            .is_some_and(|about| about.local() == gold.about);
        about.right += u32::from(right);
        about.missing += u32::from(!right);
    }
    let mut all = Counts::default();
    for one in classes.values() {
        all.right += one.right;
        all.superfluous += one.superfluous;
        all.missing += one.missing;
    }
    let mut scores: BTreeMap<String, f64> = classes
        .into_iter()
        .map(|(class, counts)| (class, counts.f1()))
        .collect();
    scores.insert("entities".to_owned(), all.f1());
    scores.insert("observations".to_owned(), observations.f1());
    scores.insert("about".to_owned(), about.f1());
    scores
}

#[test]
fn quality_does_not_fall() {
    let text = fs::read_to_string(in_checkout("tests/quality.toml")).unwrap();
    let baseline: BTreeMap<String, f64> = toml::from_str(&text).unwrap();
    let scores = measured();
    for class in EntityClass::ALL {
        assert!(
            baseline.contains_key(class.name()),
            "tests/quality.toml has no {class}"
        );
    }
    let fallen: Vec<String> = baseline
        .iter()
        .filter(|(name, least)| scores.get(*name).is_none_or(|score| score < least))
        .map(|(name, least)| format!("{name}: {:?}, not {least}", scores.get(name)))
        .collect();
    assert!(
        fallen.is_empty(),
        "F1 fell below tests/quality.toml: {fallen:#?}\nmeasured: {scores:#?}"
    );
}
