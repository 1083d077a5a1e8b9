//! Takes a Word document, returns its paragraphs and tables; headers and footers are left out.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::error::ReadError;
use super::gather::Article;
use super::metadata::Metadata;
use super::options::Limits;
use super::package::Package;

/// Members that hold the text, as Word and as Microsoft's servers name it.
pub(crate) const DOCUMENTS: [&str; 2] = ["word/document.xml", "word/document2.xml"];

/// Tables within tables above which a document is refused: each copies the text of those in it.
const MAX_TABLES: usize = 100;

/// Reads the body: a line for each paragraph and each row of a table, cells parted by tabs.
///
/// # Errors
/// [`ReadError`] where it is damaged, encrypted, too large or empty.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Article, ReadError> {
    let mut package = Package::open(bytes, "docx", limits)?;
    let [usual, other] = DOCUMENTS;
    let name = if package.holds(usual) { usual } else { other };
    let xml = package.text(name)?;
    let mut body = Body::default();
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader
            .read_event()
            .map_err(|cause| ReadError::broken("docx", cause))?
        {
            Event::Start(element) => {
                body.start(element.local_name().as_ref());
                if body.rows.len() > MAX_TABLES {
                    return Err(ReadError::broken(
                        "docx",
                        "its tables are nested too deeply",
                    ));
                }
            }
            Event::End(element) => body.end(element.local_name().as_ref()),
            Event::Empty(element) => {
                body.start(element.local_name().as_ref());
                body.end(element.local_name().as_ref());
            }
            Event::Text(text) => body.text(&text.xml10_content()),
            Event::GeneralRef(entity) => body.text(&entity_text(&entity)),
            Event::Eof => break,
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
    Article::new(body.finish(), Metadata::default())
}

/// Gives the character that an entity stands for; nothing for one that XML does not define.
pub(crate) fn entity_text(entity: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    let name = entity.xml10_content();
    quick_xml::escape::resolve_xml_entity(&name)
        .unwrap_or_default()
        .to_owned()
}

/// The text so far.
#[derive(Debug, Default)]
struct Body {
    lines: Vec<String>,
    /// Open paragraphs: a text box stands within one.
    paragraphs: Vec<String>,
    /// Cells of the open rows; tables may stand in cells.
    rows: Vec<Vec<String>>,
    in_text: bool,
    /// Depth in elements whose text is none: older copies of a drawing.
    skipped: usize,
}

impl Body {
    fn start(&mut self, name: &str) {
        match name {
            "Fallback" => self.skipped += 1,
            "p" => self.paragraphs.push(String::new()),
            "t" => self.in_text = true,
            "tab" => self.put("\t"),
            "br" | "cr" => self.put("\n"),
            "noBreakHyphen" => self.put("-"),
            "tr" => self.rows.push(Vec::new()),
            "tc" => {
                if let Some(cells) = self.rows.last_mut() {
                    cells.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" => self.skipped = self.skipped.saturating_sub(1),
            "t" => self.in_text = false,
            "p" => {
                let paragraph = self.paragraphs.pop().unwrap_or_default();
                self.line(&paragraph);
            }
            "tr" => {
                let cells = self.rows.pop().unwrap_or_default();
                self.line(&cells.join("\t"));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.put(text);
        }
    }

    fn put(&mut self, text: &str) {
        if self.skipped == 0
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.push_str(text);
        }
    }

    /// Ends a line: in the open cell, or in the document.
    fn line(&mut self, line: &str) {
        if let Some(cell) = self.rows.last_mut().and_then(|cells| cells.last_mut()) {
            let parts = line.split_whitespace().collect::<Vec<_>>().join(" ");
            if !cell.is_empty() && !parts.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&parts);
        } else {
            let lines = line
                .split('\n')
                .map(str::trim)
                .filter(|line| !line.is_empty());
            self.lines.extend(lines.map(str::to_owned));
        }
    }

    fn finish(self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }
}
