//! Takes characters, returns the bytes that Windows' code page 936 (GBK) has for them, and back.

use encoding_rs::GBK;

/// Lead bytes of two-byte characters.
pub(super) const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xFE;
/// Where trail bytes begin.
pub(super) const FIRST_TRAIL: u8 = 0x40;
/// The one that is left out of the trail bytes.
const NO_TRAIL: u8 = 0x7F;

/// The bytes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoded {
    /// One byte: ASCII, or the euro sign as 0x80.
    One(u8),
    /// Lead and trail byte.
    Two(u8, u8),
}

/// Encodes a character; none where the code page does not have it.
pub(super) fn encode(c: char) -> Option<Encoded> {
    if let Ok(byte) = u8::try_from(c)
        && byte.is_ascii()
    {
        return Some(Encoded::One(byte));
    }
    if c == '€' {
        return Some(Encoded::One(0x80));
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = GBK.encode(c.encode_utf8(&mut buffer));
    match *bytes {
        [lead, trail] if !failed => Some(Encoded::Two(lead, trail)),
        _ => None,
    }
}

/// Decodes a lead and a trail byte; none where the code page has no character there.
pub(super) fn decode(lead: u8, trail: u8) -> Option<char> {
    if !LEADS.contains(&lead) || trail < FIRST_TRAIL || trail == NO_TRAIL || trail == 0xFF {
        return None;
    }
    let pair = [lead, trail];
    let decoded = GBK.decode_without_bom_handling_and_without_replacement(&pair)?;
    let mut chars = decoded.chars();
    let c = chars.next()?;
    (chars.next().is_none() && c != char::REPLACEMENT_CHARACTER).then_some(c)
}

/// Tells whether a pair lies in the ranges that are left to the users, which no font shows.
pub(super) fn is_private(lead: u8, trail: u8) -> bool {
    match lead {
        0xAA..=0xAF | 0xF8..=0xFE => trail >= 0xA1,
        0xA1..=0xA7 => trail < 0xA1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_page_is_windows() {
        assert_eq!(encode('日'), Some(Encoded::Two(0xC8, 0xD5)));
        assert_eq!(encode('€'), Some(Encoded::One(0x80)));
        assert_eq!(encode('k'), Some(Encoded::One(b'k')));
        assert_eq!(encode('\u{1F600}'), None);
        assert_eq!(decode(0xD5, 0x88), Some('請'));
        assert_eq!(decode(0xD5, 0x28), None);
        assert_eq!(decode(0x20, 0x88), None);
    }

    #[test]
    fn private_pairs_map_to_private_characters_and_back() {
        let c = decode(0xAA, 0xA1).unwrap();
        assert!(('\u{E000}'..='\u{F8FF}').contains(&c) && is_private(0xAA, 0xA1));
        assert_eq!(encode(c), Some(Encoded::Two(0xAA, 0xA1)));
    }
}
