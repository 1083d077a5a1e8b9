//! Takes the first bytes and the name of a file, returns what it is and the remedy, if documents of
//! its kind are known but not read.

use std::io::{Read, Seek};

use zip::ZipArchive;

/// A kind of file that is not read, and what to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Foreign {
    pub(crate) kind: &'static str,
    pub(crate) remedy: &'static str,
}

const TEXT: &str = "save it as .docx or PDF";
const SHEET: &str = "save it as .xlsx";
const SLIDES: &str = "save it as PDF";
const PAGES: &str = "save it as PDF with a text layer, .epub or .html";
const PICTURE: &str = "run it through OCR";
const PACKED: &str = "unpack it, or pack it as .zip";
const NO_TEXT: &str =
    "convert it to a format with text (.docx, .xlsx, .pdf with a text layer, .txt)";

/// Documents by extension; folders and archives are searched for them, so that none is passed over
/// in silence. Templates are no documents.
const EXTENSIONS: [(&[&str], &str, &str); 15] = [
    (&["doc"], "an old Word file (.doc)", TEXT),
    (&["xls"], "an old Excel file (.xls)", SHEET),
    (&["xlsb"], "a binary Excel file (.xlsb)", SHEET),
    (&["ppt", "pps"], "an old PowerPoint file (.ppt)", SLIDES),
    (&["pptx", "pptm", "ppsx"], "a PowerPoint file", SLIDES),
    (&["rtf"], "an RTF file", TEXT),
    (&["wps"], "a WPS text (.wps)", TEXT),
    (&["et"], "a WPS table (.et)", SHEET),
    (&["dps"], "a WPS presentation (.dps)", SLIDES),
    (&["odt"], "an OpenDocument text (.odt)", TEXT),
    (&["ods"], "an OpenDocument table (.ods)", SHEET),
    (&["odp"], "an OpenDocument presentation (.odp)", SLIDES),
    (&["ofd"], "an OFD file", PAGES),
    (
        &[
            "mht", "mhtml", "mobi", "azw", "azw3", "chm", "djvu", "xps", "caj", "kdh", "nh",
        ],
        "a saved page or a book of a kind that is not read",
        PAGES,
    ),
    (
        &["rar", "7z", "xz", "txz", "bz2", "tbz", "tbz2", "zst"],
        "an archive of a kind that is not read",
        PACKED,
    ),
];

/// The compound file of all Microsoft programs of before 2007, and around every encrypted document.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Files without a readable document in them, by their first bytes.
const MAGIC: [(&[u8], &str, &str); 16] = [
    (
        COMPOUND,
        "an old Office file (.doc, .xls, .ppt)",
        "save it as .docx, .xlsx or PDF",
    ),
    (b"{\\rtf", "an RTF file", TEXT),
    (b"MIME-Version:", "a saved page (.mht)", PAGES),
    (b"From: <Saved by", "a saved page (.mht)", PAGES),
    (b"ITSF", "a help file (.chm)", PAGES),
    (b"AT&TFORM", "a DjVu file", PAGES),
    (b"\x89PNG", "a picture", PICTURE),
    (b"\xFF\xD8\xFF", "a picture", PICTURE),
    (b"GIF8", "a picture", PICTURE),
    (b"BM\x00\x00", "a picture", PICTURE),
    (b"Rar!", "a RAR archive", PACKED),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", PACKED),
    (b"\xFD7zXZ", "an XZ archive", PACKED),
    (b"BZh", "a bzip2 archive", PACKED),
    (b"\x7FELF", "a program", NO_TEXT),
    (b"SQLite format 3\0", "a database", NO_TEXT),
];

/// Every Office document of 2007 and later holds it.
pub(crate) const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Zip archives that are one document, by a member that only they have: the usual extension.
const MEMBERS: [(&str, &str); 3] = [
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.bin", "xlsb"),
    ("OFD.xml", "ofd"),
];

/// What stands in an OpenDocument's member `mimetype` behind the common beginning.
const OPEN_DOCUMENTS: [(&str, &str); 3] = [
    ("text", "odt"),
    ("spreadsheet", "ods"),
    ("presentation", "odp"),
];

/// Tells by the extension; the bytes of the file may say something better.
pub(crate) fn by_name(name: &str) -> Option<Foreign> {
    by_extension(extension(name)?)
}

fn by_extension(extension: &str) -> Option<Foreign> {
    let is = |known: &&str| extension.eq_ignore_ascii_case(known);
    let &(_, kind, remedy) = EXTENSIONS.iter().find(|(known, ..)| known.iter().any(is))?;
    Some(Foreign { kind, remedy })
}

/// Gives what stands behind the last dot of a file's name.
pub(crate) fn extension(name: &str) -> Option<&str> {
    Some(name.rsplit(['/', '\\']).next()?.rsplit_once('.')?.1)
}

/// Tells by the first bytes; of a compound file the name knows which program made it.
pub(crate) fn by_magic(bytes: &[u8], name: &str) -> Option<Foreign> {
    let &(magic, kind, remedy) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic))?;
    let named = (magic == COMPOUND).then(|| by_name(name)).flatten();
    Some(named.unwrap_or(Foreign { kind, remedy }))
}

/// Tells whether a compound file holds an encrypted document: a stream of that name.
pub(crate) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.starts_with(COMPOUND) && bytes.windows(name.len()).any(|window| window == name)
}

/// Tells by the members of a zip archive.
pub(crate) fn by_members<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Option<Foreign> {
    let office = archive.index_for_name(CONTENT_TYPES).is_some();
    let holds = |(member, extension): &&(&str, &str)| {
        archive.index_for_name(member).is_some() && (office || *extension == "ofd")
    };
    if let Some((_, extension)) = MEMBERS.iter().find(holds) {
        return by_extension(extension);
    }
    let mut kind = String::new();
    let member = archive.by_name("mimetype").ok()?;
    member.take(64).read_to_string(&mut kind).ok()?;
    let kind = kind.strip_prefix("application/vnd.oasis.opendocument.")?;
    let (_, extension) = OPEN_DOCUMENTS
        .iter()
        .find(|(known, _)| kind.starts_with(known))?;
    by_extension(extension)
}
