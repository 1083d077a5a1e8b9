//! All that the recognisers know, loaded once: lexicon lists, gazetteer, indicator scheme, jieba's
//! dictionary, the Simplifier; and one automaton over every entry of every list.

mod pack;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use daachorse::CharwiseDoubleArrayAhoCorasick;
use daachorse::errors::DaachorseError;
use jieba_rs::Jieba;
use ontology::gazetteer::{Gazetteer, GazetteerError};
use ontology::indicator::{IndicatorError, Scheme};
use ontology::lexicon::{self, LexiconError, Table};
use ontology::record::{EntityClass, Span};

use self::pack::Pack;
use crate::normalise::Simplifier;
use crate::number::Numerals;
use crate::recognise::Weights;
use crate::structure::Labels;
use crate::tagger::{Model, ModelError};

/// Why the knowledge cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// A word list is malformed.
    #[error("word list cannot be used: {0}")]
    Lexicon(#[from] LexiconError),
    /// The gazetteer is malformed.
    #[error("gazetteer cannot be used: {0}")]
    Gazetteer(#[from] GazetteerError),
    /// The indicator scheme is malformed.
    #[error("indicator scheme cannot be used: {0}")]
    Indicator(#[from] IndicatorError),
    /// The model of the tagger is malformed.
    #[error("model of names cannot be used: {0}")]
    Model(#[from] ModelError),
    /// The lists hold something the automaton cannot be built from.
    #[error("automaton over the word lists cannot be built: {0}")]
    Automaton(DaachorseError),
    /// A pack, or a file of it, cannot be read.
    #[error("pack {path} cannot be read; check the path and its permissions")]
    Pack {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

macro_rules! lists {
    ($($(#[$doc:meta])* $list:ident => $path:literal,)*) => {
        /// The word lists that are looked for in a text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum List { $($(#[$doc])* $list,)* }

        impl List {
            const ALL: &[(Self, &'static str)] = &[$((Self::$list, $path),)*];
        }
    };
}

lists! {
    PlaceSuffix => "place/suffixes.tsv",
    Region => "place/regions.tsv",
    Natural => "place/natural.tsv",
    NotPlace => "place/not_places.tsv",
    Surname => "person/surnames.tsv",
    Post => "person/posts.tsv",
    Honorific => "person/honorifics.tsv",
    Figure => "person/figures.tsv",
    NotName => "person/not_names.tsv",
    NameBreaker => "person/name_breakers.tsv",
    BodySuffix => "organization/suffixes.tsv",
    ShortBody => "organization/short.tsv",
    KnownBody => "organization/known.tsv",
    NotBody => "organization/not_organizations.tsv",
    ProgramHead => "program/heads.tsv",
    KnownProgram => "program/national.tsv",
    DocumentHead => "program/document_heads.tsv",
    NotProgram => "program/not_programs.tsv",
    Owner => "program/owners.tsv",
    ProgramVerb => "program/verbs.tsv",
    SiteHead => "redsite/heads.tsv",
    KnownSite => "redsite/known.tsv",
    WorkKind => "work/kinds.tsv",
    WorkVerb => "work/verbs.tsv",
    KnownWork => "work/known.tsv",
    EventHead => "event/heads.tsv",
    KnownEvent => "event/known.tsv",
    Measure => "quantity/measure_words.tsv",
    Unit => "quantity/units.tsv",
    Bound => "quantity/bounds.tsv",
    NotCounted => "quantity/not_counted.tsv",
    Growth => "quantity/growth.tsv",
    Period => "quantity/periods.tsv",
    IndicatorVerb => "quantity/indicator_verbs.tsv",
    People => "quantity/people.tsv",
    /// Words at which a name that is read leftwards from its head must stop.
    Lead => "relation/leads.tsv",
    /// Words for being somewhere and for commemorating.
    Relation => "relation/verbs.tsv",
    /// Forms that stand for a place or body named before (镇里, 该馆).
    Definite => "relation/definites.tsv",
    /// Verbs of speech behind a person's name.
    SpeechVerb => "relation/speech_verbs.tsv",
}

impl List {
    /// The lists whose rows are names of things, with the class of these; all others hold words for
    /// rules.
    pub(crate) const NAMES: [(Self, EntityClass); 8] = [
        (Self::Region, EntityClass::Place),
        (Self::Natural, EntityClass::Place),
        (Self::Figure, EntityClass::Person),
        (Self::KnownBody, EntityClass::Organization),
        (Self::KnownProgram, EntityClass::Program),
        (Self::KnownSite, EntityClass::RedSite),
        (Self::KnownWork, EntityClass::Work),
        (Self::KnownEvent, EntityClass::Event),
    ];

    /// Gives the class of what the list names.
    fn class(self) -> Option<EntityClass> {
        let found = Self::NAMES.into_iter().find(|&(list, _)| list == self);
        found.map(|(_, class)| class)
    }
}

/// The words that jieba's dictionary lacks.
const WORDS: &str = "segment/words.tsv";

/// One row of a word list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) list: List,
    /// Preferred name.
    pub(crate) name: String,
    /// Other names.
    pub(crate) aliases: Vec<String>,
    /// Whether a user's pack says so, which wins over everything.
    pub(crate) pack: bool,
    strong: bool,
    hard: bool,
    rank: u8,
    columns: Arc<[String]>,
    /// One for each column.
    fields: Box<[String]>,
}

impl Entry {
    /// Gives a field, `""` where the list has no such column.
    pub(crate) fn field(&self, column: &str) -> &str {
        let named = self.columns.iter().zip(&self.fields);
        // A list has few columns: comparing all is quicker than a tree.
        named
            .filter(|(name, _)| *name == column)
            .map(|(_, field)| field.as_str())
            .next()
            .unwrap_or_default()
    }

    /// Gives the `kind` field, none where empty.
    pub(crate) fn kind(&self) -> Option<String> {
        Some(self.field("kind"))
            .filter(|kind| !kind.is_empty())
            .map(str::to_owned)
    }

    /// Tells whether the entry may stand without further evidence.
    pub(crate) fn is_strong(&self) -> bool {
        self.strong
    }

    /// Gives the code of the division that a known thing lies in.
    pub(crate) fn place_code(&self) -> Option<&str> {
        let column = if self.list == List::KnownSite {
            "code"
        } else {
            "place"
        };
        Some(self.field(column)).filter(|code| !code.is_empty())
    }

    /// Gives the templates of a local body's further names.
    pub(crate) fn aliases_of_label(&self) -> impl Iterator<Item = &str> {
        self.aliases.iter().map(String::as_str)
    }

    /// Gives how rare a surname is: 1, 2, or 3 (rare, or an ordinary word).
    pub(crate) fn rank(&self) -> u8 {
        self.rank
    }

    /// Tells whether a lead word stops a name whatever stands before it.
    pub(crate) fn is_hard(&self) -> bool {
        self.hard
    }
}

/// An occurrence of an entry in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit<'k> {
    /// Bytes of the normalised text.
    pub(crate) span: Span,
    /// That of the entry: to look there for each occurrence would go to far memory.
    pub(crate) list: List,
    pub(crate) entry: &'k Entry,
}

/// What the recognisers know.
pub struct Knowledge {
    pub(crate) gazetteer: &'static Gazetteer,
    pub(crate) scheme: &'static Scheme,
    pub(crate) labels: Labels,
    pub(crate) numerals: Numerals,
    /// What tells programmes from slogans.
    pub(crate) slogans: Weights,
    pub(crate) simplifier: Simplifier,
    entries: Vec<Entry>,
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    patterns: Patterns,
    pub(crate) tagger: Model,
    /// Characters that transliterate foreign names, sorted.
    transliteration: Vec<char>,
    /// Words of the packs for the segmenter, with their tags.
    words: Vec<(String, String)>,
    /// The segmenter's dictionary where packs add words to it.
    jieba: OnceLock<Jieba>,
    packs: Vec<PackDigest>,
}

/// What the patterns of the automaton stand for.
struct Patterns {
    /// The number of each.
    numbers: HashMap<Box<str>, u32>,
    /// Where the entries of each begin; one more than there are patterns.
    starts: Vec<u32>,
    /// Lists and numbers of the entries, of the patterns in turn.
    entries: Vec<(List, u32)>,
}

impl Patterns {
    /// Gives the entries of a pattern.
    fn of(&self, pattern: u32) -> &[(List, u32)] {
        let Ok(pattern) = usize::try_from(pattern) else {
            return &[];
        };
        let bound = |at: usize| usize::try_from(*self.starts.get(at)?).ok();
        let range = bound(pattern).zip(bound(pattern + 1));
        range
            .and_then(|(start, end)| self.entries.get(start..end))
            .unwrap_or_default()
    }
}

/// A pack that was loaded, with the digest of its files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackDigest {
    /// The folder's name.
    pub name: String,
    /// Lower-case hexadecimal SHA-256 of the files' names and contents.
    pub sha256: String,
}

impl std::fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Knowledge")
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

/// Gives jieba with its default dictionary and our words, loaded at the first call (about 0.1 s); one
/// for the process, since it takes 34 MB.
pub(crate) fn dictionary() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(|| dictionary_with(&[]))
}

fn dictionary_with(words: &[(String, String)]) -> Jieba {
    let mut jieba = Jieba::new();
    let built_in = lexicon::table(WORDS).map(|table| tagged(&table));
    for (word, tag) in built_in.iter().flatten().chain(words) {
        jieba.add_word(word, None, Some(tag));
    }
    jieba
}

impl Knowledge {
    /// Loads what is built in, and the packs: folders with files of the same layout as
    /// `ontology/lexicon/` (any of them may be absent). A pack's row comes before the built-in ones.
    ///
    /// # Errors
    /// [`KnowledgeError`] naming file, line and text of what is malformed.
    pub fn load(packs: &[PathBuf]) -> Result<Self, KnowledgeError> {
        let simplifier = Simplifier::new();
        let mut packs = packs
            .iter()
            .map(|dir| Pack::load(dir, &simplifier))
            .collect::<Result<Vec<_>, _>>()?;
        let mut entries = Vec::new();
        for &(list, path) in List::ALL {
            for pack in &mut packs {
                entries.extend(pack.entries.remove(&list).into_iter().flatten());
            }
            entries.extend(table_entries(list, &lexicon::table(path)?));
        }
        let words = packs
            .iter_mut()
            .flat_map(|pack| pack.words.drain(..))
            .collect();
        let (automaton, patterns) = automaton(&entries)?;
        // Read again when a text is segmented, where an error could not be told.
        lexicon::table(WORDS)?;
        Ok(Self {
            gazetteer: Gazetteer::shared()?,
            scheme: Scheme::shared()?,
            labels: Labels::load()?,
            numerals: Numerals::load()?,
            slogans: Weights::load()?,
            simplifier,
            entries,
            automaton,
            patterns,
            transliteration: transliteration()?,
            tagger: Model::from_bytes(ontology::tagger::MODEL)?,
            jieba: OnceLock::new(),
            words,
            packs: packs.into_iter().map(|pack| pack.digest).collect(),
        })
    }

    /// Gives the packs that were loaded.
    #[must_use]
    pub fn packs(&self) -> &[PackDigest] {
        &self.packs
    }

    /// Gives the segmenter's dictionary: the process's, or one of its own where packs add words.
    pub(crate) fn jieba(&self) -> &Jieba {
        if self.words.is_empty() {
            dictionary()
        } else {
            self.jieba.get_or_init(|| dictionary_with(&self.words))
        }
    }

    /// Tells whether a character is one of those that transliterate foreign names.
    pub(crate) fn transliterates(&self, c: char) -> bool {
        self.transliteration.binary_search(&c).is_ok()
    }

    /// Finds every occurrence of every entry, sorted by start, then end.
    pub(crate) fn scan(&self, text: &str) -> Vec<Hit<'_>> {
        let mut hits: Vec<Hit<'_>> = self
            .automaton
            .find_overlapping_iter(text)
            .flat_map(|found| {
                let span = Span::new(found.start(), found.end());
                let entries = self.patterns.of(found.value());
                entries.iter().filter_map(move |&(list, entry)| {
                    Some(Hit {
                        span,
                        list,
                        entry: self.entry_at(entry)?,
                    })
                })
            })
            .collect();
        hits.sort_by_key(|hit| (hit.span, hit.list));
        hits
    }

    /// Finds the entry of a list with this name or alias.
    pub(crate) fn entry(&self, list: List, name: &str) -> Option<&Entry> {
        let &pattern = self.patterns.numbers.get(name)?;
        let mut entries = self.patterns.of(pattern).iter();
        let &(_, entry) = entries.find(|(one, _)| *one == list)?;
        self.entry_at(entry)
    }

    fn entry_at(&self, number: u32) -> Option<&Entry> {
        self.entries.get(usize::try_from(number).ok()?)
    }
}

fn transliteration() -> Result<Vec<char>, LexiconError> {
    let table = lexicon::table("person/transliteration.tsv")?;
    let mut characters: Vec<char> = table
        .rows()
        .filter_map(|row| row.get("name").chars().next())
        .collect();
    characters.sort_unstable();
    Ok(characters)
}

/// Gives the words of a list for the segmenter, with their tags.
fn tagged(table: &Table) -> Vec<(String, String)> {
    table
        .rows()
        .map(|row| (row.get("name").to_owned(), row.get("tag").to_owned()))
        .collect()
}

fn table_entries(list: List, table: &Table) -> Vec<Entry> {
    let columns: Arc<[String]> = table.columns().into();
    table
        .rows()
        .map(|row| Entry {
            list,
            name: row.get("name").to_owned(),
            aliases: row.list("aliases").map(str::to_owned).collect(),
            pack: false,
            strong: row.get("strength") == "strong",
            hard: row.get("strength") == "hard",
            rank: row.get("rank").parse().unwrap_or(3),
            columns: Arc::clone(&columns),
            fields: columns
                .iter()
                .map(|column| row.get(column).to_owned())
                .collect(),
        })
        .collect()
}

type Automaton = (CharwiseDoubleArrayAhoCorasick<u32>, Patterns);

fn automaton(entries: &[Entry]) -> Result<Automaton, KnowledgeError> {
    let mut by_surface: BTreeMap<&str, Vec<(List, u32)>> = BTreeMap::new();
    for (number, entry) in (0..).zip(entries) {
        // The aliases of short bodies are templates, no words.
        let aliases: &[String] = if entry.list == List::ShortBody {
            &[]
        } else {
            &entry.aliases
        };
        for surface in std::iter::once(&entry.name).chain(aliases) {
            let numbers = by_surface.entry(surface).or_default();
            if numbers.last() != Some(&(entry.list, number)) {
                numbers.push((entry.list, number));
            }
        }
    }
    let surfaces: Vec<&str> = by_surface.keys().copied().collect();
    let automaton =
        CharwiseDoubleArrayAhoCorasick::new(&surfaces).map_err(KnowledgeError::Automaton)?;
    let mut patterns = Patterns {
        numbers: surfaces.into_iter().map(Box::from).zip(0..).collect(),
        starts: vec![0],
        entries: Vec::new(),
    };
    for numbers in by_surface.into_values() {
        patterns.entries.extend(numbers);
        let end = u32::try_from(patterns.entries.len()).unwrap_or(u32::MAX);
        patterns.starts.push(end);
    }
    Ok((automaton, patterns))
}
