//! Damaged copies of the example documents say what the clean ones say.
//!
//! Each document of `examples/corpus` is damaged as mirrors, copying and wrong decoding do it, with a
//! seed, and of the facts of the clean document so many must be found in the copy.
#![cfg(test)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use ingest::read::{Content, Options, Reading, Source, open};
use ingest::{Extraction, Ingester};

#[path = "twins/damage.rs"]
mod damage;
#[path = "twins/mirror.rs"]
mod mirror;
#[path = "twins/random.rs"]
mod random;

use damage::{KINDS, Kind, LOSSY};
use random::Random;

fn ingester() -> &'static Ingester {
    static INGESTER: OnceLock<Ingester> = OnceLock::new();
    INGESTER.get_or_init(|| Ingester::new(&[]).unwrap())
}

/// The example documents, decoded, by name.
fn documents() -> Vec<Reading> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/corpus");
    let mut files: Vec<_> = std::fs::read_dir(&corpus)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let source = |path: std::path::PathBuf| Source {
        id: path.file_name().unwrap().to_string_lossy().into_owned(),
        content: Content::File(path),
    };
    files
        .into_iter()
        .flat_map(|path| open(&source(path), &Options::default()))
        .map(Result::unwrap)
        .collect()
}

/// What a document says, without saying where.
fn facts(extraction: &Extraction) -> BTreeSet<String> {
    let entities = extraction
        .entities
        .iter()
        .map(|found| found.key.to_string());
    let statements = extraction
        .statements
        .iter()
        .map(|found| format!("{} {:?} {:?}", found.subject, found.predicate, found.object));
    let observations = extraction
        .observations
        .iter()
        .map(|found| format!("{} = {} {}", found.indicator, found.value, found.unit));
    entities.chain(statements).chain(observations).collect()
}

/// Facts of the clean documents, those of them that were found again, and what was made up.
#[derive(Default)]
struct Score {
    all: usize,
    found: usize,
    invented: usize,
}

impl Score {
    fn add(&mut self, other: &Self) {
        self.all += other.all;
        self.found += other.found;
        self.invented += other.invented;
    }

    fn found_per_mille(&self) -> usize {
        self.found * 1000 / self.all
    }
}

fn score(kind: &Kind, clean: &[(Reading, BTreeSet<String>)]) -> Score {
    let mut score = Score::default();
    for (seed, (reading, expected)) in (1..).zip(clean) {
        let damaged = (kind.damage)(&reading.text, &mut Random::new(seed));
        assert_ne!(damaged, reading.text, "{} does nothing", kind.name);
        let found = facts(&ingester().extract_text(&reading.id, &damaged));
        let lost: Vec<_> = expected.difference(&found).collect();
        let invented: Vec<_> = found.difference(expected).collect();
        if !(lost.is_empty() && invented.is_empty()) {
            println!(
                "{} {}: lost {lost:?}, made up {invented:?}",
                kind.name, reading.id
            );
        }
        score.add(&Score {
            all: expected.len(),
            found: expected.len() - lost.len(),
            invented: invented.len(),
        });
    }
    score
}

type Clean = Vec<(Reading, BTreeSet<String>)>;

fn clean() -> Clean {
    documents()
        .into_iter()
        .map(|reading| {
            let expected = facts(&ingester().extract_text(&reading.id, &reading.text));
            (reading, expected)
        })
        .collect()
}

/// Scores kinds, says what is below its floor, and gives the score over all.
fn scored(kinds: &[Kind], clean: &Clean, faults: &mut Vec<String>) -> Score {
    let mut overall = Score::default();
    for kind in kinds {
        let score = score(kind, clean);
        println!(
            "== {}: {} of {} facts found = {} per mille, {} made up",
            kind.name,
            score.found,
            score.all,
            score.found_per_mille(),
            score.invented
        );
        if score.found_per_mille() < kind.floor || score.invented * 1000 > score.all * kind.made_up
        {
            faults.push(format!(
                "{}: {} per mille found, {} made up",
                kind.name,
                score.found_per_mille(),
                score.invented
            ));
        }
        overall.add(&score);
    }
    overall
}

#[test]
fn damaged_copies_say_what_the_clean_documents_say() {
    let mut faults = Vec::new();
    let overall = scored(KINDS, &clean(), &mut faults);
    println!("== overall: {} per mille", overall.found_per_mille());
    assert!(overall.all > 500 * KINDS.len(), "{} facts", overall.all);
    assert!(
        overall.found_per_mille() >= 980 && faults.is_empty(),
        "{faults:#?}"
    );
}

#[test]
fn of_what_is_lost_nothing_is_made_up() {
    let mut faults = Vec::new();
    scored(LOSSY, &clean(), &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
}
