//! Takes the cells of a table's row or the values of a JSON object, returns a document.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::Reading;
use super::decode::Decoded;
use super::error::{ReadError, one_line};
use super::gather::{Article, hex};
use super::metadata::{Field, Metadata};
use super::options::Options;
use super::sniff::Format;

/// Characters of a column's name that are told.
const LONGEST_NAME: usize = 24;

/// Characters of an id that are kept.
const LONGEST_ID: usize = 1_000;

/// One row as a document, not yet named.
#[derive(Debug)]
pub(crate) struct Row {
    /// Where it stands, as a fragment: `#row=3`.
    pub(crate) place: String,
    /// The id that it gives itself.
    pub(crate) id: Option<String>,
    pub(crate) article: Article,
}

impl Row {
    /// States the encoding of the file that the row stands in.
    pub(crate) fn decoded_as(mut self, file: &Decoded) -> Self {
        self.article.encoding = file.encoding;
        self.article.certainty = file.certainty;
        self
    }

    /// Makes the document; an id that an earlier row of this file has is told apart by the place.
    pub(crate) fn reading(
        self,
        file: &str,
        format: Format,
        used: &mut BTreeSet<String>,
    ) -> Reading {
        let mut id = self.id.unwrap_or_else(|| format!("{file}{}", self.place));
        if !used.insert(id.clone()) {
            id.push_str(&self.place);
            used.insert(id.clone());
        }
        let sha256 = digest(&self.article.text, &self.article.metadata);
        self.article.reading(id, format, sha256)
    }
}

/// Digest of a document that came without a file of its own: of its text, or of text and metadata
/// where it has any, so that a bare text is the same document however it comes.
pub(crate) fn digest(text: &str, metadata: &Metadata) -> String {
    let mut digest = Sha256::new();
    digest.update(text.as_bytes());
    if *metadata != Metadata::default() {
        let Metadata {
            headline,
            published,
            publisher,
            authors,
            url,
        } = metadata;
        for value in [headline, published, publisher, url]
            .into_iter()
            .map(Option::as_deref)
        {
            digest.update(b"\x1F");
            digest.update(value.unwrap_or_default().as_bytes());
        }
        digest.update(b"\x1F");
        digest.update(authors.join("\x1E").as_bytes());
    }
    hex(&digest.finalize())
}

/// Rows of a file, each with the place and the reason where it cannot be read.
pub(crate) type Rows = Vec<Result<Row, (String, ReadError)>>;

/// Which column or key holds which field.
#[derive(Debug)]
pub(crate) struct Columns {
    /// For each field the columns that may hold it, the best first.
    places: BTreeMap<Field, Vec<usize>>,
}

impl Columns {
    /// Finds the fields among the names of columns or keys; what the options name wins.
    ///
    /// # Errors
    /// [`ReadError::NoTextColumn`] where none holds the text.
    pub(crate) fn new(names: &[String], options: &Options) -> Result<Self, ReadError> {
        let mut ranked: BTreeMap<Field, Vec<(usize, usize)>> = BTreeMap::new();
        for (index, name) in names.iter().enumerate() {
            if let Some((field, rank)) = Field::known(name) {
                ranked.entry(field).or_default().push((rank, index));
            }
        }
        let mut places = BTreeMap::new();
        for (field, mut columns) in ranked {
            columns.sort_unstable();
            places.insert(field, columns.into_iter().map(|(_, index)| index).collect());
        }
        for (&field, wanted) in &options.columns {
            let found = names
                .iter()
                .position(|name| name.trim().trim_start_matches('\u{FEFF}') == wanted);
            places.insert(field, found.into_iter().collect());
        }
        let has_text = places
            .get(&Field::Text)
            .is_some_and(|columns: &Vec<usize>| !columns.is_empty());
        if !has_text {
            let found = names
                .iter()
                .take(20)
                .map(|name| one_line(name, LONGEST_NAME))
                .collect::<Vec<_>>()
                .join(", ");
            return Err(ReadError::NoTextColumn {
                found: if found.is_empty() {
                    "none".to_owned()
                } else {
                    found
                },
            });
        }
        Ok(Self { places })
    }

    /// Reads one row.
    ///
    /// # Errors
    /// [`ReadError::NoText`] where its text is empty.
    pub(crate) fn row(&self, place: String, cells: &[String]) -> Result<Row, ReadError> {
        let value = |field: Field| {
            let columns = self.places.get(&field)?;
            columns
                .iter()
                .filter_map(|&at| cells.get(at))
                .find(|cell| !cell.trim().is_empty())
        };
        let text = value(Field::Text).ok_or(ReadError::NoText)?;
        let mut metadata = Metadata::default();
        for field in Field::ALL {
            if let Some(value) = value(field) {
                metadata.take(field, value);
            }
        }
        Ok(Row {
            place,
            id: value(Field::Id).map(|id| one_line(id.trim(), LONGEST_ID)),
            article: Article::new(text.clone(), metadata)?,
        })
    }
}
