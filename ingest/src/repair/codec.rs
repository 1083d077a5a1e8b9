//! Takes characters, returns the bytes that a Chinese code page has for them, and back.

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
        if let Ok(byte) = u8::try_from(c)
            && byte.is_ascii()
        {
            return Some(Encoded::One(byte));
        }
        if c == '€' && self == Self::Gbk {
            return Some(Encoded::One(0x80));
        }
        let mut buffer = [0; 4];
        let (bytes, _, failed) = self.encoding().encode(c.encode_utf8(&mut buffer));
        match *bytes {
            [lead, trail] if !failed => Some(Encoded::Two(lead, trail)),
            _ => None,
        }
    }

    /// Decodes a lead and a trail byte; none where the code page has no character there.
    pub(super) fn decode(self, lead: u8, trail: u8) -> Option<char> {
        if !LEADS.contains(&lead) || trail < FIRST_TRAIL || trail == NO_TRAIL || trail == 0xFF {
            return None;
        }
        let pair = [lead, trail];
        let decoded = self
            .encoding()
            .decode_without_bom_handling_and_without_replacement(&pair)?;
        let mut chars = decoded.chars();
        let c = chars.next()?;
        (chars.next().is_none() && c != char::REPLACEMENT_CHARACTER).then_some(c)
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
