//! Labels before a colon (`来源：`), and the lines that belong to a page and not to its article.

use ontology::lexicon::{self, LexiconError};
use ontology::record::Span;

use super::sentence::trim;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
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

/// The word lists of `lexicon/structure/`.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    labels: Vec<(String, Field)>,
    furniture: Vec<(String, String)>,
}

impl Labels {
    /// Loads the lists.
    ///
    /// # Errors
    /// [`LexiconError`] with file and line when a row is malformed.
    pub(crate) fn load() -> Result<Self, LexiconError> {
        let table = lexicon::table("structure/labels.tsv")?;
        let mut labels: Vec<_> = table
            .rows()
            .filter_map(|row| Some((row.get("name").to_owned(), Field::from_name(row.get("field"))?)))
            .collect();
        // The longest label wins: 责任编辑 before 编辑.
        labels.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let table = lexicon::table("structure/furniture.tsv")?;
        let furniture = table
            .rows()
            .map(|row| (row.get("name").to_owned(), row.get("match").to_owned()))
            .collect();
        Ok(Self { labels, furniture })
    }

    /// Tells whether a line is a menu entry, a button or a legal notice.
    pub(crate) fn is_furniture(&self, line: &str) -> bool {
        /// Longer lines are text, whatever they begin with.
        const LONGEST: usize = 60;
        if line.chars().count() > LONGEST {
            return false;
        }
        let breadcrumbs = line.contains(">>") || line.matches('>').count() > 1;
        let bare = line.trim_matches(|c: char| "【】[]（）|· >».：".contains(c));
        breadcrumbs
            || bare.is_empty()
            || self.furniture.iter().any(|(name, how)| match how.as_str() {
                "prefix" => line.starts_with(name.as_str()),
                "contains" => line.contains(name.as_str()),
                _ => bare == name,
            })
    }

    /// Finds the labelled values of a line: the label's field and the span of what follows the
    /// colon, up to the next label, a bar, or the end.
    pub(crate) fn fields(&self, text: &str, line: Span) -> Vec<(Field, Span)> {
        let slice = line.of(text);
        let mut starts: Vec<(usize, usize, Field)> = Vec::new();
        for (colon, _) in slice.match_indices('：') {
            let before = slice.get(..colon).unwrap_or_default().trim_end();
            let Some((name, field)) =
                self.labels.iter().find(|(name, _)| before.ends_with(name.as_str()))
            else {
                continue;
            };
            let start = before.len() - name.len();
            let free = before
                .get(..start)
                .and_then(|rest| rest.chars().next_back())
                .is_none_or(|c| !crate::normalise::is_han(c));
            if free {
                starts.push((start, colon + '：'.len_utf8(), *field));
            }
        }
        let ends = starts.iter().skip(1).map(|&(start, ..)| start).chain([slice.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(&(_, from, field), to)| {
                let value = slice.get(from..to).unwrap_or_default();
                let cut = value.find(['|', '丨', '）', ')']).unwrap_or(value.len());
                let span = Span::new(line.start + from, line.start + from + cut);
                (field, trim(text, span))
            })
            .filter(|(_, span)| !span.is_empty())
            .collect()
    }

    /// Gives the labels of a field.
    pub(crate) fn names(&self, field: Field) -> impl Iterator<Item = &str> {
        self.labels.iter().filter(move |(_, known)| *known == field).map(|(name, _)| name.as_str())
    }

    /// Tells what a speaker's label (问, 答, 主持人) stands for.
    pub(crate) fn field(&self, name: &str) -> Option<Field> {
        self.labels.iter().find(|(known, _)| known == name).map(|&(_, field)| field)
    }
}
