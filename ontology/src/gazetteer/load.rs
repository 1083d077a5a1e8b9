//! Takes what the build script prepared, returns the [`Gazetteer`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::Gazetteer;
use super::division::Divisions;
use super::name::Bearer;
use super::period::Periods;
use crate::lexicon::{LexiconError, Table};

static NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/gazetteer_names.txt"));
static STARTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer_starts.bin"));
static BEARERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer_bearers.bin"));
static AUTOMATON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer_automaton.bin"));
static ABBREVIATIONS: &str = include_str!("../../gazetteer/abbreviations.tsv");
static AMBIGUOUS: &str = include_str!("../../gazetteer/ambiguous_short.tsv");

/// Why the gazetteer could not be loaded; the build script's checks leave little room for it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum GazetteerError {
    /// The embedded automaton does not fit this version of the library that runs it.
    /// (Its own error is text here, since it does not implement the standard trait.)
    #[error("the gazetteer's automaton cannot be read: {0}")]
    Automaton(String),
    /// A small file is faulty.
    #[error(transparent)]
    File(#[from] LexiconError),
}

impl Gazetteer {
    /// Gives the one gazetteer of this process, loaded at the first call.
    ///
    /// # Errors
    /// The embedded data are damaged.
    pub fn shared() -> Result<&'static Self, GazetteerError> {
        static SHARED: OnceLock<Result<Gazetteer, GazetteerError>> = OnceLock::new();
        SHARED
            .get_or_init(Self::load)
            .as_ref()
            .map_err(Clone::clone)
    }

    fn load() -> Result<Self, GazetteerError> {
        let (automaton, _) = CharwiseDoubleArrayAhoCorasick::deserialize(AUTOMATON)
            .map_err(|error| GazetteerError::Automaton(error.to_string()))?;
        Ok(Self {
            divisions: Divisions::embedded(),
            names: NAMES.lines().collect(),
            starts: numbers(STARTS).collect(),
            bearers: numbers(BEARERS).map(Bearer).collect(),
            automaton,
            abbreviations: abbreviations()?,
            ambiguous: ambiguous()?,
            periods: Periods::embedded(),
        })
    }
}

/// Reads little-endian numbers.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes
        .chunks_exact(4)
        .filter_map(|four| four.try_into().ok())
        .map(u32::from_le_bytes)
}

fn abbreviations() -> Result<BTreeMap<char, String>, GazetteerError> {
    let table = Table::parse("ontology/gazetteer/abbreviations.tsv", ABBREVIATIONS)?;
    let pairs = table.rows().filter_map(|row| {
        let character = row.get("char").chars().next()?;
        Some((character, row.get("code").to_owned()))
    });
    Ok(pairs.collect())
}

fn ambiguous() -> Result<BTreeSet<String>, GazetteerError> {
    let table = Table::parse("ontology/gazetteer/ambiguous_short.tsv", AMBIGUOUS)?;
    Ok(table.rows().map(|row| row.get("name").to_owned()).collect())
}
