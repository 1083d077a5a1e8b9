//! Takes the word lists of `lexicon/structure/`, returns what a label (`来源：`), a speaker's name or
//! the ending of a line announces.

use std::collections::{BTreeMap, BTreeSet};

use ontology::lexicon::{self, LexiconError};
use ontology::record::Span;

use super::name;
use super::page::PageWords;
use super::sentence::trim;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Headline,
    Published,
    Publisher,
    Byline,
    Editor,
    Interviewer,
    Guest,
}

impl Field {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "headline" => Self::Headline,
            "published" => Self::Published,
            "publisher" => Self::Publisher,
            "byline" => Self::Byline,
            "editor" => Self::Editor,
            "interviewer" => Self::Interviewer,
            "guest" => Self::Guest,
            _ => return None,
        })
    }
}

/// A label with its value in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) field: Field,
    /// Whether the label alone does not tell that the field is meant (时间 may be a meeting's).
    pub(super) weak: bool,
    /// First byte of the label.
    pub(super) start: usize,
    /// What follows the colon.
    pub(super) value: Span,
}

#[derive(Debug)]
struct Label {
    name: String,
    field: Field,
    weak: bool,
}

/// The word lists of `lexicon/structure/`, and the surnames.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// Longest first, so that 责任编辑 is found before 编辑.
    labels: Vec<Label>,
    /// First characters of the labels, by which most places are passed over.
    firsts: BTreeSet<char>,
    pub(super) page: PageWords,
    speakers: BTreeMap<String, bool>,
    /// Those of them that answer.
    answers: BTreeSet<String>,
    endings: BTreeMap<String, Vec<String>>,
    surnames: BTreeSet<String>,
    /// Event and the year from which its anniversaries count.
    pub(super) anniversaries: Vec<(String, u16)>,
    /// Campaign, first month and last month (`YYYY-MM`).
    pub(super) campaigns: Vec<[String; 3]>,
}

impl Labels {
    /// Loads the lists.
    ///
    /// # Errors
    /// [`LexiconError`] with file and line when a row is malformed.
    pub(crate) fn load() -> Result<Self, LexiconError> {
        let mut labels: Vec<Label> = lexicon::table("structure/labels.tsv")?
            .rows()
            .filter_map(|row| {
                let field = Field::from_name(row.get("field"))?;
                Some(Label {
                    name: row.get("name").to_owned(),
                    field,
                    weak: row.get("use") == "weak",
                })
            })
            .collect();
        labels.sort_by_key(|label| std::cmp::Reverse(label.name.len()));
        let mut endings: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in lexicon::table("structure/title_words.tsv")?.rows() {
            endings
                .entry(row.get("kind").to_owned())
                .or_default()
                .push(row.get("name").to_owned());
        }
        Ok(Self {
            firsts: labels
                .iter()
                .filter_map(|label| label.name.chars().next())
                .collect(),
            labels,
            page: PageWords::load()?,
            speakers: lexicon::table("structure/speakers.tsv")?
                .rows()
                .map(|row| (row.get("name").to_owned(), row.get("role") != "none"))
                .collect(),
            answers: lexicon::table("structure/speakers.tsv")?
                .rows()
                .filter(|row| row.get("role") == "answers")
                .map(|row| row.get("name").to_owned())
                .collect(),
            endings,
            surnames: lexicon::table("person/surnames.tsv")?
                .rows()
                .filter(|row| row.get("rank") != "3")
                .map(|row| row.get("name").to_owned())
                .collect(),
            campaigns: lexicon::table("structure/campaigns.tsv")?
                .rows()
                .map(|row| ["name", "from", "to"].map(|column| row.get(column).to_owned()))
                .collect(),
            anniversaries: lexicon::table("structure/anniversaries.tsv")?
                .rows()
                .filter_map(|row| Some((row.get("name").to_owned(), row.get("year").parse().ok()?)))
                .collect(),
        })
    }

    /// Finds the labelled values of a line: each reaches to the next label, a bar, a closing bracket
    /// or the end.
    pub(super) fn fields(&self, text: &str, line: Span) -> Vec<Labelled> {
        let slice = line.of(text);
        let mut found: Vec<(usize, usize, &Label)> = Vec::new();
        let mut before = None;
        for (at, c) in slice.char_indices() {
            let taken = found.last().is_some_and(|&(_, from, _)| at < from);
            if !taken && before.is_none_or(opens_label) && self.firsts.contains(&c) {
                let rest = slice.get(at..).unwrap_or_default();
                let hit = self
                    .labels
                    .iter()
                    .find_map(|label| Some((label, self.separator(rest, label)?)));
                found.extend(hit.map(|(label, length)| (at, at + length, label)));
            }
            before = Some(c);
        }
        let ends = found
            .iter()
            .skip(1)
            .map(|&(start, ..)| start)
            .chain([slice.len()]);
        let value = |from: usize, to: usize| {
            let value = slice.get(from..to).unwrap_or_default();
            let cut = value
                .find(['|', '丨', '）', ')', '】', ']'])
                .unwrap_or(value.len());
            trim(text, Span::new(line.start + from, line.start + from + cut))
        };
        found
            .iter()
            .zip(ends)
            .map(|(&(start, from, label), to)| Labelled {
                field: label.field,
                weak: label.weak,
                start: line.start + start,
                value: value(from, to),
            })
            .filter(|labelled| !labelled.value.is_empty())
            .collect()
    }

    /// Gives the length of a label and its separator at the start of `rest`.
    ///
    /// A slash or a bar separates too (文/某某, 来源 | 某报); behind compound labels (文/图) and between an
    /// editor's label and a name a blank is enough.
    fn separator(&self, rest: &str, label: &Label) -> Option<usize> {
        let after = rest.strip_prefix(label.name.as_str())?;
        let value = after.trim_start();
        let blanks = after.len() - value.len();
        let mark = value.chars().next()?;
        let compound = label.name.contains(['/', '、', '·']);
        let editor = label.field == Field::Editor
            && value
                .split([' ', '、'])
                .next()
                .is_some_and(|word| name::is_name(word, self));
        match mark {
            '：' | ':' | '/' | '|' | '丨' => Some(label.name.len() + blanks + mark.len_utf8()),
            _ if blanks > 0 && (compound || editor) => Some(label.name.len() + blanks),
            _ => None,
        }
    }

    /// Gives the labels of a field.
    pub(super) fn names(&self, field: Field) -> impl Iterator<Item = &str> {
        self.labels
            .iter()
            .filter(move |label| label.field == field)
            .map(|label| label.name.as_str())
    }

    /// Tells whether a label is one that always (true) or never (false) names who speaks.
    pub(crate) fn speaks(&self, name: &str) -> Option<bool> {
        self.speakers.get(name).copied()
    }

    /// Tells whether a label is one of those who answer (答, 嘉宾).
    pub(crate) fn answers(&self, name: &str) -> bool {
        self.answers.contains(name)
    }

    /// Tells whether a line ends with a word of a kind (column, issuer, post, medium).
    pub(super) fn ends_like(&self, kind: &str, line: &str) -> bool {
        self.endings
            .get(kind)
            .into_iter()
            .flatten()
            .any(|ending| line.ends_with(ending.as_str()))
    }

    /// Tells whether a word begins with a surname that is in normal use.
    pub(super) fn has_surname(&self, word: &str) -> bool {
        let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let (first, second) = (ends.next(), ends.next());
        [first, second].into_iter().flatten().any(|end| {
            end < word.len()
                && word
                    .get(..end)
                    .is_some_and(|surname| self.surnames.contains(surname))
        })
    }
}

/// Tells whether a label may begin behind a character.
fn opens_label(c: char) -> bool {
    c.is_whitespace() || "|丨/（(【[，,；;。、>》）)】]□■●◎".contains(c)
}
