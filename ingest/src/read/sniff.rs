//! Takes the first bytes and the name of a file, returns its format: what the bytes show wins over
//! what the name says.

use std::io::Cursor;

use zip::ZipArchive;

use super::docx::DOCUMENTS;
use super::error::ReadError;
use super::foreign::{self, CONTENT_TYPES};

/// What a document is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, with front matter or without.
    Markdown,
    /// A web page.
    Html,
    /// PDF with a text layer.
    Pdf,
    /// Word.
    Docx,
    /// Excel: one document a row.
    Xlsx,
    /// Comma- or tab-separated values: one document a row.
    Csv,
    /// A JSON object, or an array of objects.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// An electronic book.
    Epub,
    /// An archive of documents.
    Zip,
    /// An archive of documents, not compressed.
    Tar,
    /// A compressed archive or document.
    Gzip,
}

impl Format {
    /// Gives its usual extension.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Epub => "epub",
            Self::Zip => "zip",
            Self::Tar => "tar",
            Self::Gzip => "gz",
        }
    }
}

/// Extensions that folders and archives are searched for, and the format each stands for.
const EXTENSIONS: [(&str, Format); 22] = [
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("shtml", Format::Html),
    ("pdf", Format::Pdf),
    ("docx", Format::Docx),
    ("docm", Format::Docx),
    ("xlsx", Format::Xlsx),
    ("xlsm", Format::Xlsx),
    ("csv", Format::Csv),
    ("tsv", Format::Csv),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("epub", Format::Epub),
    ("zip", Format::Zip),
    ("tgz", Format::Gzip),
    ("gz", Format::Gzip),
];

/// Tells whether folders and archives are searched for such a name: a document that is read, or
/// one of a known kind that is not, which must not be passed over in silence.
pub(crate) fn is_document(name: &str) -> bool {
    by_name(name).is_some() || foreign::by_name(name).is_some()
}

/// Gives the format that a name's extension stands for.
pub(crate) fn by_name(name: &str) -> Option<Format> {
    let extension = foreign::extension(name)?;
    if extension.eq_ignore_ascii_case("tar") {
        return Some(Format::Tar);
    }
    let known = |(known, _): &&(&str, Format)| extension.eq_ignore_ascii_case(known);
    EXTENSIONS.iter().find(known).map(|&(_, format)| format)
}

/// Tells what a file is.
///
/// # Errors
/// [`ReadError::Foreign`] for pictures, old Office files and the like.
pub(crate) fn sniff(bytes: &[u8], name: &str) -> Result<Format, ReadError> {
    if foreign::is_encrypted(bytes) {
        return Err(ReadError::Encrypted);
    }
    if let Some(foreign) = foreign::by_magic(bytes, name) {
        return Err(foreign.into());
    }
    let named = by_name(name);
    if let Some(format) = by_content(bytes)? {
        return Ok(format);
    }
    if let Some(foreign) = foreign::by_name(name).filter(|_| !is_plain(bytes)) {
        return Err(foreign.into());
    }
    Ok(match named {
        // The bytes are none of these, whatever the name says.
        Some(
            Format::Pdf
            | Format::Docx
            | Format::Xlsx
            | Format::Epub
            | Format::Zip
            | Format::Tar
            | Format::Gzip,
        ) => not_what_it_says(bytes, named)?,
        Some(Format::Html) if !bytes.contains(&b'<') => Format::Text,
        Some(Format::Html) => Format::Html,
        Some(
            format @ (Format::Text
            | Format::Markdown
            | Format::Csv
            | Format::Json
            | Format::JsonLines),
        ) => format,
        None => Format::Text,
    })
}

/// Takes a text with the name of a packed format for the text it is; the rest is broken.
fn not_what_it_says(bytes: &[u8], named: Option<Format>) -> Result<Format, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if is_plain(bytes) {
        return Ok(Format::Text);
    }
    let kind = named.map_or("file", Format::name);
    Err(ReadError::broken(
        kind,
        "its first bytes are of no known format",
    ))
}

/// Tells whether a file begins without a control character, as texts do.
fn is_plain(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    !head
        .iter()
        .any(|&byte| byte < 9 || (14..32).contains(&byte))
}

fn by_content(bytes: &[u8]) -> Result<Option<Format>, ReadError> {
    let head = bytes.get(..1024).unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return packed(bytes).map(Some);
    }
    if bytes.starts_with(b"\x1F\x8B") {
        return Ok(Some(Format::Gzip));
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Ok(Some(Format::Tar));
    }
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(Some(Format::Pdf));
    }
    Ok(is_page(head).then_some(Format::Html))
}

/// Tells the formats that are zip archives apart by the names of their members.
fn packed(bytes: &[u8]) -> Result<Format, ReadError> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Ok(Format::Zip);
    };
    let holds = |name: &str| archive.index_for_name(name).is_some();
    if holds(CONTENT_TYPES) && DOCUMENTS.iter().any(|name| holds(name)) {
        Ok(Format::Docx)
    } else if holds(CONTENT_TYPES) && holds("xl/workbook.xml") {
        Ok(Format::Xlsx)
    } else if holds("META-INF/container.xml") {
        Ok(Format::Epub)
    } else if let Some(foreign) = foreign::by_members(&mut archive) {
        Err(foreign.into())
    } else {
        Ok(Format::Zip)
    }
}

/// Tells whether a file begins as web pages do, in any encoding that keeps ASCII or in UTF-16.
fn is_page(head: &[u8]) -> bool {
    let ascii: Vec<u8> = head
        .iter()
        .filter(|byte| (b' '..=b'~').contains(*byte))
        .map(u8::to_ascii_lowercase)
        .collect();
    let text = String::from_utf8_lossy(&ascii);
    let mut text = text.trim_start();
    if text.starts_with("<?xml") {
        text = text
            .split_once("?>")
            .map_or("", |(_, rest)| rest)
            .trim_start();
    }
    while let Some(rest) = text.strip_prefix("<!--") {
        text = rest
            .split_once("-->")
            .map_or("", |(_, rest)| rest)
            .trim_start();
    }
    ["<!doctype html", "<html", "<head"]
        .iter()
        .any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_wins_over_the_name() {
        let cases: [(&[u8], &str, Format); 8] = [
            (b"%PDF-1.7 ...", "a.txt", Format::Pdf),
            (b"<!DOCTYPE html><html>", "a.pdf", Format::Html),
            (
                b"\xEF\xBB\xBF<?xml version='1.0'?><html xmlns=''>",
                "a",
                Format::Html,
            ),
            ("正文".as_bytes(), "a.docx", Format::Text),
            ("正文".as_bytes(), "a.html", Format::Text),
            ("a,b".as_bytes(), "A.CSV", Format::Csv),
            ("正文".as_bytes(), "README", Format::Text),
            (b"\x1F\x8B\x08", "a.zip", Format::Gzip),
        ];
        for (bytes, name, format) in cases {
            assert_eq!(sniff(bytes, name).unwrap(), format, "{name}");
        }
        for (bytes, name, message) in [
            (
                &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..],
                "a.docx",
                "old Office file",
            ),
            (b"\x89PNG\r\n", "a.txt", "picture"),
            (b"\x01\x02\x03\x04", "a.docx", "broken docx"),
            (b"", "a.pdf", "is empty"),
        ] {
            assert!(
                sniff(bytes, name)
                    .unwrap_err()
                    .to_string()
                    .contains(message),
                "{name}"
            );
        }
    }
}
