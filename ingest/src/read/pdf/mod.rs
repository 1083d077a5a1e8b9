//! Takes the bytes of a PDF, returns its text layer as paragraphs.
//!
//! Objects, filters and decryption are lopdf's; what the codes of a font mean, where a line ends
//! and which lines are one paragraph is found here, since that needs positions.

mod cmap;
mod content;
mod font;
mod furniture;
mod layout;
mod paragraph;

use lopdf::{Document, Error, LoadOptions};

use super::error::{ReadError, guarded};
use super::gather::Article;
use super::metadata::Metadata;
use super::options::Limits;

/// Share of characters without a meaning from which on there is no usable text layer, in per cent.
const MEANINGLESS: usize = 50;

/// Reads the text layer; running heads and page numbers are dropped, lines joined.
///
/// # Errors
/// [`ReadError`] where the file is damaged, encrypted or too large, or has no text layer.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Article, ReadError> {
    guarded("pdf", || text(bytes, limits))
}

fn text(bytes: &[u8], limits: &Limits) -> Result<Article, ReadError> {
    let most = usize::try_from(limits.max_bytes).unwrap_or(usize::MAX);
    let options = LoadOptions::with_max_decompressed_size(most);
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|cause| fault(&cause))?;
    if document.is_encrypted() && !document.was_encrypted() {
        return Err(ReadError::Encrypted);
    }
    let pages: Vec<_> = document.page_iter().take(limits.max_pages + 1).collect();
    if pages.len() > limits.max_pages {
        return Err(ReadError::TooManyPages {
            limit: limits.max_pages,
        });
    }
    if pages.is_empty() {
        return Err(ReadError::broken("pdf", "it has no page"));
    }
    let mut reader = content::Reader::new(
        &document,
        usize::try_from(limits.max_unpacked).unwrap_or(usize::MAX),
    );
    let page_lines = |page| {
        reader
            .page(page)
            .map_or_else(layout::hole, |page| layout::lines(&page))
    };
    let lines = pages.into_iter().map(page_lines).collect();
    if reader.is_exhausted() {
        return Err(ReadError::Unpacked {
            limit: limits.max_unpacked,
        });
    }
    let text = paragraph::join(&furniture::drop(lines));
    let characters = text.chars().filter(|c| !c.is_whitespace()).count();
    let holes = text
        .chars()
        .filter(|&c| c == char::REPLACEMENT_CHARACTER)
        .count();
    if characters == 0 || holes * 100 > characters * MEANINGLESS {
        return Err(ReadError::NoTextLayer);
    }
    Article::new(text, Metadata::default())
}

fn fault(cause: &Error) -> ReadError {
    let locked = matches!(
        cause,
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_)
    );
    if locked {
        ReadError::Encrypted
    } else {
        ReadError::broken("pdf", cause)
    }
}
