//! Takes a source, returns every document in it: opens, tells the format, calls its reader.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::decode::{Decoded, Hint, decode};
use super::error::ReadError;
use super::metadata::Metadata;
use super::options::Options;
use super::row::Rows;
use super::sniff::{Format, sniff};
use super::{Content, Reading, Readings, Source};
use super::{archive, csv_file, docx, epub, html, json, markdown, pdf, sheet};

/// Reads all documents of a source, in the order in which they stand there; never empty.
/// Each that cannot be read, or the source itself, is a diagnostic in its place.
#[must_use]
pub fn open(source: &Source, options: &Options) -> Readings {
    let path = match &source.content {
        Content::Ready(reading) => return vec![Ok(Reading::clone(reading))],
        Content::File(path) => path,
    };
    match load(path, options) {
        Ok(bytes) => open_bytes(&source.id, &bytes, options),
        Err(error) => vec![Err(error.diagnostic(&source.id))],
    }
}

/// Reads all documents in the bytes of a file that is called `name`; as [`open`].
///
/// # Examples
/// ```
/// use ingest::read::{Options, open_bytes};
/// let table = "编号,标题,正文\n甲,题,近日召开会议。\n";
/// let found = open_bytes("表.csv", table.as_bytes(), &Options::default());
/// assert!(found.iter().flatten().any(|row| row.id == "甲" && row.text == "近日召开会议。"));
/// ```
#[must_use]
pub fn open_bytes(name: &str, bytes: &[u8], options: &Options) -> Readings {
    let mut gatherer = Gatherer {
        options,
        unpacked: 0,
        found: Vec::new(),
    };
    gatherer.document(name, name, bytes, 0);
    gatherer.found
}

/// Reads a file; a file that is too large is not read at all, and a pipe no further than the limit.
fn load(path: &Path, options: &Options) -> Result<Vec<u8>, ReadError> {
    let limit = options.limits.max_bytes;
    let file = File::open(path).map_err(ReadError::Unreadable)?;
    let size = file.metadata().map_err(ReadError::Unreadable)?.len();
    if size > limit {
        return Err(ReadError::TooLarge { limit });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(ReadError::Unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size > limit) {
        return Err(ReadError::TooLarge { limit });
    }
    Ok(bytes)
}

/// What a reader of a format with one document gives.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
    pub(crate) certainty: f64,
    pub(crate) metadata: Metadata,
}

impl Article {
    /// An article whose format leaves no doubt about the encoding.
    pub(crate) fn new(text: String, metadata: Metadata) -> Result<Self, ReadError> {
        if text.trim().is_empty() {
            return Err(ReadError::Empty);
        }
        Ok(Self {
            text,
            encoding: "UTF-8",
            certainty: 1.0,
            metadata,
        })
    }

    /// Makes the document.
    pub(crate) fn reading(self, id: String, format: Format, sha256: String) -> Reading {
        let Self {
            text,
            encoding,
            certainty,
            metadata,
        } = self;
        Reading {
            id,
            text,
            format,
            encoding,
            certainty,
            metadata,
            sha256,
        }
    }
}

impl From<Decoded> for Article {
    fn from(decoded: Decoded) -> Self {
        let Decoded {
            text,
            encoding,
            certainty,
        } = decoded;
        Self {
            text,
            encoding,
            certainty,
            metadata: Metadata::default(),
        }
    }
}

/// Collects the documents of one source.
pub(crate) struct Gatherer<'o> {
    pub(crate) options: &'o Options,
    /// Bytes that all archives of this source unpacked to so far.
    pub(crate) unpacked: u64,
    found: Readings,
}

impl Gatherer<'_> {
    pub(crate) fn fail(&mut self, id: &str, error: &ReadError) {
        self.found.push(Err(error.diagnostic(id)));
    }

    /// Reads one file or archive member that lies in `depth` archives; `name` tells its format
    /// where the bytes do not.
    pub(crate) fn document(&mut self, id: &str, name: &str, bytes: &[u8], depth: usize) {
        let before = self.found.len();
        let outcome = sniff(bytes, name).and_then(|format| self.read(id, bytes, depth, format));
        if let Err(error) = outcome {
            self.fail(id, &error);
        } else if self.found.len() == before {
            let remedy = "put documents (.txt, .html, .docx, .pdf …) or rows into it";
            self.fail(id, &ReadError::NoDocument(remedy));
        }
    }

    fn read(
        &mut self,
        id: &str,
        bytes: &[u8],
        depth: usize,
        format: Format,
    ) -> Result<(), ReadError> {
        let options = self.options;
        let hint = Hint {
            stated: options.encoding,
            declared: None,
        };
        let article = match format {
            Format::Text => decode(bytes, hint)?.into(),
            Format::Markdown => markdown::read(decode(bytes, hint)?)?,
            Format::Html => html::read(bytes, hint)?,
            Format::Pdf => pdf::read(bytes, &options.limits)?,
            Format::Docx => docx::read(bytes, &options.limits)?,
            Format::Epub => epub::read(bytes, &options.limits)?,
            Format::Xlsx => return self.rows(id, format, sheet::rows(bytes, options)?),
            Format::Csv => {
                return self.rows(id, format, csv_file::rows(&decode(bytes, hint)?, options)?);
            }
            Format::Json => {
                return self.rows(id, format, json::rows(decode(bytes, hint)?, options)?);
            }
            Format::JsonLines => {
                return self.rows(id, format, json::line_rows(decode(bytes, hint)?, options));
            }
            Format::Zip => return archive::zip(self, id, bytes, depth),
            Format::Tar => return archive::tar(self, id, bytes, depth),
            Format::Gzip => return archive::gzip(self, id, bytes, depth),
        };
        let sha256 = hex(&Sha256::digest(bytes));
        self.found
            .push(Ok(article.reading(id.to_owned(), format, sha256)));
        Ok(())
    }

    /// Takes the rows of a table; a row that cannot be read is a fault of its own.
    fn rows(&mut self, id: &str, format: Format, rows: Rows) -> Result<(), ReadError> {
        let mut used = BTreeSet::new();
        for row in rows {
            match row {
                Ok(row) => {
                    let reading = row.reading(id, format, &mut used);
                    self.found.push(Ok(reading));
                }
                Err((place, error)) => self.fail(&format!("{id}{place}"), &error),
            }
        }
        Ok(())
    }
}

pub(crate) fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
