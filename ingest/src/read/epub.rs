//! Takes an EPUB book, returns the text of its chapters in reading order.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::docx::entity_text;
use super::error::ReadError;
use super::gather::Article;
use super::html;
use super::metadata::{Field, Metadata};
use super::options::Limits;
use super::package::Package;

/// Reads the chapters that the spine lists, one after another.
///
/// # Errors
/// [`ReadError`] where it is damaged, encrypted, too large or empty.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Article, ReadError> {
    let mut package = Package::open(bytes, "epub", limits)?;
    if package
        .read("META-INF/encryption.xml")?
        .is_some_and(|xml| is_protected(&xml))
    {
        return Err(ReadError::Encrypted);
    }
    let container = package.text("META-INF/container.xml")?;
    let path = root_file(&container)?;
    let book = Book::read(&package.text(&path)?)?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut text = String::new();
    for href in book.chapters() {
        let Some(bytes) = package.read(&resolve(folder, href))? else {
            continue;
        };
        if let Ok(chapter) = html::read_whole(&bytes) {
            text.push_str(&chapter);
        }
    }
    Article::new(text, book.metadata)
}

/// Tells whether chapters are encrypted; obfuscated fonts do not matter.
fn is_protected(xml: &[u8]) -> bool {
    let xml = String::from_utf8_lossy(xml);
    xml.contains("html") && xml.contains("EncryptedData")
}

/// What the package document says.
#[derive(Debug, Default)]
struct Book {
    metadata: Metadata,
    /// Files by id.
    items: BTreeMap<String, String>,
    spine: Vec<String>,
}

impl Book {
    fn read(xml: &str) -> Result<Self, ReadError> {
        let mut book = Self::default();
        let mut reader = Reader::from_str(xml);
        let mut field = None;
        let mut value = String::new();
        loop {
            match reader
                .read_event()
                .map_err(|cause| ReadError::broken("epub", cause))?
            {
                Event::Start(element) => {
                    field = dublin_core(element.name().as_ref());
                    value.clear();
                    book.element(&element);
                }
                Event::Empty(element) => book.element(&element),
                Event::Text(text) => value.push_str(&text.xml10_content()),
                Event::GeneralRef(entity) => value.push_str(&entity_text(&entity)),
                Event::End(_) => {
                    if let Some(field) = field.take() {
                        book.metadata.take(field, &value);
                    }
                }
                Event::Eof => return Ok(book),
                Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }

    fn element(&mut self, element: &BytesStart<'_>) {
        let local = element.local_name();
        match local.as_ref() {
            "item" => {
                let is_text =
                    attribute(element, "media-type").is_some_and(|kind| kind.contains("html"));
                let is_nav = attribute(element, "properties").is_some_and(|is| is.contains("nav"));
                let file = attribute(element, "id").zip(attribute(element, "href"));
                if let Some((id, href)) = file.filter(|_| is_text && !is_nav) {
                    self.items.insert(id, href);
                }
            }
            "itemref" => self.spine.extend(attribute(element, "idref")),
            _ => {}
        }
    }

    /// Gives the chapters in reading order; the spine must not name one twice.
    fn chapters(&self) -> impl Iterator<Item = &str> {
        let mut seen = BTreeSet::new();
        self.spine
            .iter()
            .filter_map(|id| self.items.get(id))
            .map(String::as_str)
            .filter(move |chapter| seen.insert(*chapter))
    }
}

fn dublin_core(name: &str) -> Option<Field> {
    match name {
        "dc:title" => Some(Field::Headline),
        "dc:date" => Some(Field::Published),
        "dc:publisher" => Some(Field::Publisher),
        "dc:creator" => Some(Field::Author),
        _ => None,
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(
        found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .ok()?
            .into_owned(),
    )
}

fn root_file(container: &str) -> Result<String, ReadError> {
    let mut reader = Reader::from_str(container);
    loop {
        match reader
            .read_event()
            .map_err(|cause| ReadError::broken("epub", cause))?
        {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "rootfile" =>
            {
                return attribute(&element, "full-path")
                    .ok_or_else(|| ReadError::broken("epub", "its container names no package"));
            }
            Event::Eof => return Err(ReadError::broken("epub", "its container names no package")),
            Event::Start(_)
            | Event::Empty(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

/// Gives the member that a link in a file of `folder` means.
fn resolve(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let decoded = percent_decoded(href);
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let code = code
            .and_then(|code| u8::from_str_radix(code, 16).ok())
            .filter(|_| first == b'%');
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() {
            tail.get(2..).unwrap_or_default()
        } else {
            tail
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_members() {
        assert_eq!(resolve("OEBPS", "text/ch1.xhtml#a"), "OEBPS/text/ch1.xhtml");
        assert_eq!(resolve("OEBPS/a", "../%E7%94%B2.xhtml"), "OEBPS/甲.xhtml");
        assert_eq!(resolve("", "a.xhtml"), "a.xhtml");
    }
}
