//! Takes a font's dictionary, returns what its codes mean and how wide they are.

use std::collections::BTreeMap;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, WINDOWS_1252};
use lopdf::{Dictionary, Document, Object};

use super::cmap::CodeMap;

/// A font, ready to decode strings.
#[derive(Debug)]
pub(super) struct Font {
    map: Option<CodeMap>,
    codes: Codes,
    /// Meaning of codes that the map lacks.
    encoding: Option<&'static Encoding>,
    /// Characters by code, where the font names its glyphs.
    named: BTreeMap<u32, char>,
    /// Widths in ems, by code.
    widths: BTreeMap<u32, f32>,
    default_width: Option<f32>,
    /// Bytes of its map.
    size: usize,
}

/// How a string falls into codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codes {
    OneByte,
    TwoBytes,
    /// One byte below 0x81, two from there.
    Mixed,
}

/// What one code shows.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    /// In ems.
    pub(super) width: f32,
    /// Whether word spacing applies.
    pub(super) blank: bool,
}

impl Font {
    /// Reads a font; `limit` is the most bytes that a stream of it may unpack to.
    pub(super) fn read(document: &Document, dictionary: &Dictionary, limit: usize) -> Self {
        let subtype = name(document, dictionary, b"Subtype");
        let stream = dictionary
            .get_deref(b"ToUnicode", document)
            .and_then(Object::as_stream)
            .ok();
        let source = stream.and_then(|stream| stream.get_plain_content_with_limit(limit).ok());
        let map = source.as_deref().map(CodeMap::parse);
        let size = source.map_or(0, |source| source.len());
        let font = if subtype == b"Type0" {
            Self::composite(document, dictionary, map)
        } else {
            Self::simple(document, dictionary, subtype, map)
        };
        Self { size, ..font }
    }

    /// Gives how many bytes were read to make it.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    fn simple(
        document: &Document,
        dictionary: &Dictionary,
        subtype: &[u8],
        map: Option<CodeMap>,
    ) -> Self {
        let scale = if subtype == b"Type3" {
            glyph_scale(document, dictionary)
        } else {
            0.001
        };
        let first = integer(document, dictionary, b"FirstChar").unwrap_or(0);
        let widths = numbers(document, dictionary, b"Widths");
        Self {
            map,
            codes: Codes::OneByte,
            encoding: Some(WINDOWS_1252),
            named: named(document, dictionary),
            widths: (first..=u32::MAX)
                .zip(widths)
                .map(|(code, width)| (code, width * scale))
                .collect(),
            default_width: None,
            size: 0,
        }
    }

    fn composite(document: &Document, dictionary: &Dictionary, map: Option<CodeMap>) -> Self {
        let descendant = dictionary
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let (codes, encoding) = predefined(name(document, dictionary, b"Encoding"));
        let one_byte = map.as_ref().is_some_and(|map| map.one_byte);
        let widths = descendant
            .map(|font| composite_widths(document, font))
            .unwrap_or_default();
        let default = descendant
            .and_then(|font| number(document, font, b"DW"))
            .unwrap_or(1000.0);
        // Widths are by glyph; with a predefined map the code is not the glyph's number.
        let identity = encoding.is_none();
        Self {
            map,
            codes: if one_byte { Codes::OneByte } else { codes },
            encoding,
            named: BTreeMap::new(),
            widths: if identity { widths } else { BTreeMap::new() },
            default_width: identity.then_some(default / 1000.0),
            size: 0,
        }
    }

    /// Decodes a string; a code without a meaning shows U+FFFD.
    pub(super) fn decode(&self, bytes: &[u8]) -> Vec<Shown> {
        let mut shown = Vec::new();
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            let length = match self.codes {
                Codes::OneByte => 1,
                Codes::Mixed if first < 0x81 => 1,
                Codes::TwoBytes | Codes::Mixed => 2,
            };
            let (code, tail) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            shown.push(self.show(code));
            rest = tail;
        }
        shown
    }

    fn show(&self, bytes: &[u8]) -> Shown {
        let code = bytes
            .iter()
            .fold(0_u32, |sum, &byte| (sum << 8) | u32::from(byte));
        let text = without_ligatures(self.meaning(code, bytes));
        let wide = !text.is_ascii();
        let width = self.widths.get(&code).copied().or(self.default_width);
        let width = width.unwrap_or(if wide { 1.0 } else { 0.5 });
        Shown {
            text,
            width,
            blank: bytes == b" ",
        }
    }

    fn meaning(&self, code: u32, bytes: &[u8]) -> String {
        let mapped = self
            .map
            .as_ref()
            .and_then(|map| map.get(code))
            .filter(|text| !text.is_empty());
        if let Some(text) = mapped {
            return text;
        }
        if let Some(c) = self.named.get(&code) {
            return c.to_string();
        }
        match self.encoding {
            // A map that lacks a code tells that the code shows nothing by itself.
            Some(encoding) if self.map.is_none() || encoding != WINDOWS_1252 || code == 32 => {
                encoding.decode_without_bom_handling(bytes).0.into_owned()
            }
            Some(_) => String::new(),
            None => char::REPLACEMENT_CHARACTER.to_string(),
        }
    }
}

/// Writes ligatures such as U+FB01 as the letters that they join.
fn without_ligatures(text: String) -> String {
    const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    if !text.chars().any(|c| ('\u{FB00}'..='\u{FB06}').contains(&c)) {
        return text;
    }
    let letters = |c: char| {
        let at = u32::from(c)
            .checked_sub(0xFB00)
            .and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| LIGATURES.get(at))
            .map_or_else(|| c.to_string(), |letters| (*letters).to_owned())
    };
    text.chars().map(letters).collect()
}

/// Tells how strings fall into codes, and what the codes mean, with a predefined map.
///
/// # Source
/// ISO 32000-1, table 118.
fn predefined(name: &[u8]) -> (Codes, Option<&'static Encoding>) {
    let has = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
    if has(b"UCS2") || has(b"UTF16") {
        (Codes::TwoBytes, Some(UTF_16BE))
    } else if has(b"GB-EUC") || has(b"GBpc-EUC") || has(b"GBK") {
        (Codes::Mixed, Some(GB18030))
    } else if has(b"B5") || has(b"HKscs") {
        (Codes::Mixed, Some(BIG5))
    } else {
        (Codes::TwoBytes, None)
    }
}

/// Reads names such as `/uni767D` in an encoding's differences.
fn named(document: &Document, dictionary: &Dictionary) -> BTreeMap<u32, char> {
    let encoding = dictionary
        .get_deref(b"Encoding", document)
        .and_then(Object::as_dict);
    let differences = encoding.and_then(|encoding| encoding.get_deref(b"Differences", document));
    let Ok(differences) = differences.and_then(Object::as_array) else {
        return BTreeMap::new();
    };
    let mut named = BTreeMap::new();
    let mut code = 0_u32;
    for item in differences {
        if let Ok(start) = item.as_i64() {
            code = u32::try_from(start).unwrap_or(0);
        } else if let Ok(name) = item.as_name() {
            if let Some(c) = glyph(name) {
                named.insert(code, c);
            }
            code = code.saturating_add(1);
        }
    }
    named
}

fn glyph(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(c);
    }
    let digits = name
        .strip_prefix("uni")
        .or_else(|| name.strip_prefix('u'))?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

/// Reads `/W`: `first [w w …]` and `first last w`.
fn composite_widths(document: &Document, font: &Dictionary) -> BTreeMap<u32, f32> {
    /// Longest run of glyphs of one width that is taken.
    const LONGEST: u32 = 1 << 16;
    let mut widths = BTreeMap::new();
    let Ok(list) = font.get_deref(b"W", document).and_then(Object::as_array) else {
        return widths;
    };
    let mut items = list
        .iter()
        .filter_map(|item| Some(document.dereference(item).ok()?.1));
    while let Some(first) = items
        .next()
        .and_then(|item| u32::try_from(item.as_i64().ok()?).ok())
    {
        match items.next() {
            Some(Object::Array(list)) => {
                let list = list.iter().filter_map(|width| width.as_float().ok());
                widths.extend((first..).zip(list.map(|width| width / 1000.0)));
            }
            Some(last) => {
                let last = last
                    .as_i64()
                    .ok()
                    .and_then(|last| u32::try_from(last).ok())
                    .unwrap_or(0);
                let width = items
                    .next()
                    .and_then(|width| width.as_float().ok())
                    .unwrap_or(1000.0);
                let last = last.min(first.saturating_add(LONGEST));
                widths.extend((first..=last).map(|code| (code, width / 1000.0)));
            }
            None => break,
        }
    }
    widths
}

fn glyph_scale(document: &Document, dictionary: &Dictionary) -> f32 {
    numbers(document, dictionary, b"FontMatrix")
        .first()
        .copied()
        .filter(|scale| *scale > 0.0)
        .unwrap_or(0.001)
}

fn name<'d>(document: &'d Document, dictionary: &'d Dictionary, key: &[u8]) -> &'d [u8] {
    dictionary
        .get_deref(key, document)
        .and_then(Object::as_name)
        .unwrap_or_default()
}

fn number(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<f32> {
    dictionary
        .get_deref(key, document)
        .and_then(Object::as_float)
        .ok()
}

fn integer(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<u32> {
    let value = dictionary
        .get_deref(key, document)
        .and_then(Object::as_i64)
        .ok()?;
    u32::try_from(value).ok()
}

fn numbers(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Vec<f32> {
    let Ok(list) = dictionary
        .get_deref(key, document)
        .and_then(Object::as_array)
    else {
        return Vec::new();
    };
    let number = |item: &Object| document.dereference(item).ok()?.1.as_float().ok();
    list.iter()
        .map(|item| number(item).unwrap_or(0.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn shown(encoding: &str, bytes: &[u8]) -> String {
        let font = dictionary! { "Subtype" => "Type0", "Encoding" => encoding };
        let font = Font::read(&Document::new(), &font, 1000);
        font.decode(bytes)
            .into_iter()
            .map(|shown| shown.text)
            .collect()
    }

    #[test]
    fn predefined_maps_have_meanings() {
        assert_eq!(shown("GBK-EUC-H", b"\xB0\xD7\xC9\xBDA"), "白山A");
        assert_eq!(shown("ETen-B5-H", b"\xA5\xD5\xA4\x73"), "白山");
        assert_eq!(shown("UniGB-UTF16-H", b"\x76\x7D\x5C\x71"), "白山");
        assert_eq!(shown("Identity-H", b"\0\x01"), "\u{FFFD}");
    }

    #[test]
    fn names_of_glyphs_and_ligatures() {
        let differences = Object::Array(vec![3.into(), "uni767D".into(), "a".into()]);
        let encoding = dictionary! { "Differences" => differences };
        let font = dictionary! { "Subtype" => "Type1", "Encoding" => encoding };
        let font = Font::read(&Document::new(), &font, 1000);
        let text: String = font
            .decode(b"\x03\x04B")
            .into_iter()
            .map(|shown| shown.text)
            .collect();
        assert_eq!(text, "白aB");
        assert_eq!(without_ligatures("\u{FB01}le".to_owned()), "file");
    }
}
