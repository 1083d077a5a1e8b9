//! Takes the bytes of a web page, returns its article and what its head states.

mod article;
mod block;
mod head;
mod tree;
mod words;

use encoding_rs::Encoding;

use super::decode::{Hint, decode};
use super::error::ReadError;
use super::gather::Article;

/// Bytes in which a page must declare its encoding.
const DECLARED_WITHIN: usize = 4096;

/// Reads the article: headline, the lines between it and the text, paragraphs, rows of tables.
///
/// # Errors
/// [`ReadError`] where the bytes are no text, or the page has no text.
pub(crate) fn read(bytes: &[u8], hint: Hint) -> Result<Article, ReadError> {
    let hint = Hint {
        declared: declared(bytes),
        ..hint
    };
    let decoded = decode(bytes, hint)?;
    let tree = tree::parse(&decoded.text)?;
    let blocks = block::blocks(&tree);
    let head = head::read(&tree);
    let text = article::text(&tree, &blocks, head.title.as_deref());
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let metadata = head.metadata(&text);
    Ok(Article {
        text,
        encoding: decoded.encoding,
        certainty: decoded.certainty,
        metadata,
    })
}

/// Reads all text of a page that is nothing but text, such as a chapter of a book.
///
/// # Errors
/// [`ReadError`] where the bytes are no text.
pub(crate) fn read_whole(bytes: &[u8]) -> Result<String, ReadError> {
    let hint = Hint {
        stated: None,
        declared: declared(bytes),
    };
    let tree = tree::parse(&decode(bytes, hint)?.text)?;
    let blocks = block::blocks(&tree);
    Ok(blocks
        .iter()
        .map(|block| format!("{}\n", block.text))
        .collect())
}

/// Finds the encoding that the page's head declares, in `<meta>` or the XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes
        .get(..DECLARED_WITHIN)
        .unwrap_or(bytes)
        .to_ascii_lowercase();
    let text = String::from_utf8_lossy(&head);
    [("charset=", "<meta"), ("encoding=", "<?xml")]
        .into_iter()
        .find_map(|(key, within)| {
            let (before, after) = text.split_once(key)?;
            before.rfind(within)?;
            let label = after.trim_start_matches(['"', '\'', ' ']);
            let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)))?;
            Encoding::for_label(label.get(..end)?.as_bytes())
        })
}

#[cfg(test)]
mod tests;
