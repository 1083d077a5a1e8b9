//! Takes characters, returns the bytes that a Chinese code page has for them, and back.

use std::sync::OnceLock;

use encoding_rs::{BIG5, Encoding, GBK};

/// Lead bytes of two-byte characters.
pub(super) const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xFE;
/// Where trail bytes begin.
pub(super) const FIRST_TRAIL: u8 = 0x40;
/// The one that is left out of the trail bytes.
const NO_TRAIL: u8 = 0x7F;

/// A code page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// Windows' code page 936.
    Gbk,
    /// Big5 with Hong Kong's characters.
    Big5,
}

/// The bytes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoded {
    /// One byte: ASCII, or the euro sign as 0x80.
    One(u8),
    /// Lead and trail byte.
    Two(u8, u8),
}

impl Page {
    pub(super) fn encoding(self) -> &'static Encoding {
        match self {
            Self::Gbk => GBK,
            Self::Big5 => BIG5,
        }
    }

    /// Encodes a character; none where the code page does not have it.
    pub(super) fn encode(self, c: char) -> Option<Encoded> {
        if c.is_ascii() {
            return u8::try_from(c).ok().map(Encoded::One);
        }
        if c == '€' && self == Self::Gbk {
            return Some(Encoded::One(0x80));
        }
        let index = usize::try_from(u32::from(c)).ok()?;
        match self.tables().bytes.get(index) {
            Some([0, _]) => None,
            Some(&[lead, trail]) => Some(Encoded::Two(lead, trail)),
            None => self
                .encoded(c)
                .map(|[lead, trail]| Encoded::Two(lead, trail)),
        }
    }

    /// Asks the code page itself for the two bytes of a character.
    fn encoded(self, c: char) -> Option<[u8; 2]> {
        let mut buffer = [0; 4];
        let (bytes, _, failed) = self.encoding().encode(c.encode_utf8(&mut buffer));
        <[u8; 2]>::try_from(&*bytes).ok().filter(|_| !failed)
    }

    /// Decodes a lead and a trail byte; none where the code page has no character there.
    pub(super) fn decode(self, lead: u8, trail: u8) -> Option<char> {
        if !LEADS.contains(&lead) {
            return None;
        }
        let index = (usize::from(lead) << 8) | usize::from(trail);
        let found = self.tables().chars.get(index).copied();
        found.filter(|&c| c != char::REPLACEMENT_CHARACTER)
    }

    /// Asks the code page itself for the character of two bytes.
    fn decoded(self, lead: u8, trail: u8) -> Option<char> {
        if !LEADS.contains(&lead) || trail < FIRST_TRAIL || trail == NO_TRAIL || trail == 0xFF {
            return None;
        }
        let pair = [lead, trail];
        let decoded = self
            .encoding()
            .decode_without_bom_handling_and_without_replacement(&pair)?;
        let mut chars = decoded.chars();
        let c = chars.next()?;
        chars.next().is_none().then_some(c)
    }

    fn tables(self) -> &'static Tables {
        static GBK_TABLES: OnceLock<Tables> = OnceLock::new();
        static BIG5_TABLES: OnceLock<Tables> = OnceLock::new();
        let tables = match self {
            Self::Gbk => &GBK_TABLES,
            Self::Big5 => &BIG5_TABLES,
        };
        tables.get_or_init(|| Tables::new(self))
    }
}

/// A code page in two tables, since damaged text asks for a million of its characters.
struct Tables {
    /// The character of each pair of bytes, U+FFFD where there is none.
    chars: Vec<char>,
    /// The bytes of each character of the basic plane, zeros where there are none.
    bytes: Vec<[u8; 2]>,
}

impl Tables {
    fn new(page: Page) -> Self {
        let pairs = (0..=u8::MAX).flat_map(|lead| (0..=u8::MAX).map(move |trail| (lead, trail)));
        let plane = 0..=u32::from(u16::MAX);
        Self {
            chars: pairs
                .map(|(lead, trail)| page.decoded(lead, trail).unwrap_or('\u{FFFD}'))
                .collect(),
            bytes: plane
                .map(|code| {
                    char::from_u32(code)
                        .and_then(|c| page.encoded(c))
                        .unwrap_or_default()
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_page_is_windows() {
        assert_eq!(Page::Gbk.encode('日'), Some(Encoded::Two(0xC8, 0xD5)));
        assert_eq!(Page::Gbk.encode('€'), Some(Encoded::One(0x80)));
        assert_eq!(Page::Gbk.encode('k'), Some(Encoded::One(b'k')));
        assert_eq!(Page::Gbk.encode('\u{1F600}'), None);
        assert_eq!(Page::Gbk.decode(0xD5, 0x88), Some('請'));
        assert_eq!(Page::Gbk.decode(0xD5, 0x28), None);
        assert_eq!(Page::Gbk.decode(0x20, 0x88), None);
        assert_eq!(Page::Big5.encode('日'), Some(Encoded::Two(0xA4, 0xE9)));
        assert_eq!(Page::Big5.decode(0xA4, 0xE9), Some('日'));
    }

    #[test]
    fn private_pairs_map_to_private_characters_and_back() {
        let c = Page::Gbk.decode(0xAA, 0xA1).unwrap();
        assert!(('\u{E000}'..='\u{F8FF}').contains(&c));
        assert_eq!(Page::Gbk.encode(c), Some(Encoded::Two(0xAA, 0xA1)));
    }
}
