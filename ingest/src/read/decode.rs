//! Takes bytes, returns text and the encoding it was in.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// A decoded text, without byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text; undecodable stretches are U+FFFD.
    pub text: String,
    /// WHATWG name of the encoding, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// No byte, or nothing but white space.
    #[error("is empty; nothing to read")]
    Empty,
    /// NUL bytes, as in images and office documents.
    #[error("is a binary file, no text; convert it to .txt (UTF-8 or GB18030) first")]
    Binary,
    /// Neither UTF-8 nor GB18030.
    #[error("is neither UTF-8 nor GB18030 text; convert it to UTF-8 first")]
    Unknown,
}

/// Share of undecodable characters from which on bytes count as no text in that encoding.
const UNDECODABLE_SHARE: usize = 100;

/// Decodes UTF-8 (with or without mark), UTF-16 with mark, or GB18030.
///
/// # Errors
/// [`DecodeError`] for empty, binary and unknown input.
///
/// # Examples
/// ```
/// let decoded = ingest::read::decode(&[0xB0, 0xD7, 0xC9, 0xBD])?;
/// assert_eq!((decoded.text.as_str(), decoded.encoding), ("白山", "gb18030"));
/// # Ok::<(), ingest::read::DecodeError>(())
/// ```
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if bytes.contains(&0) {
        return Err(DecodeError::Binary);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return decode_as(UTF_8, bytes);
    }
    match decode_as(GB18030, bytes) {
        // Mostly good UTF-8 with a broken stretch decodes in GB18030 without error, as nonsense.
        Ok(decoded) if !looks_like_utf8(bytes) => Ok(decoded),
        _ => decode_as(UTF_8, bytes),
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    if text.contains('\0') {
        return Err(DecodeError::Binary);
    }
    let holes = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    if holes * UNDECODABLE_SHARE > text.chars().count() {
        return Err(DecodeError::Unknown);
    }
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name() })
}

/// Tells whether valid three-byte UTF-8 sequences make up nearly all of the non-ASCII bytes.
fn looks_like_utf8(bytes: &[u8]) -> bool {
    let lossy = String::from_utf8_lossy(bytes);
    let holes = lossy.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    let good = lossy.chars().filter(|c| !c.is_ascii()).count() - holes;
    good > holes * UNDECODABLE_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let cases: [(&[u8], Result<(&str, &str), DecodeError>); 7] = [
            ("白山".as_bytes(), Ok(("白山", "UTF-8"))),
            (b"\xEF\xBB\xBF\xE7\x99\xBD", Ok(("白", "UTF-8"))),
            (&[0xB0, 0xD7, 0xC9, 0xBD], Ok(("白山", "gb18030"))),
            (&[0xFF, 0xFE, 0x7D, 0x76], Ok(("白", "UTF-16LE"))),
            (b" \n", Err(DecodeError::Empty)),
            (b"PK\x03\x04\x00\x00", Err(DecodeError::Binary)),
            (&[0xFF, 0xFF, 0xFF, 0x41, 0xFF], Err(DecodeError::Unknown)),
        ];
        for (bytes, expected) in cases {
            let got = decode(bytes).map(|decoded| (decoded.text, decoded.encoding));
            let expected = expected.map(|(text, encoding)| (text.to_owned(), encoding));
            assert_eq!(got, expected, "{bytes:x?}");
        }
    }

    #[test]
    fn a_broken_stretch_does_not_change_the_encoding() {
        let mut bytes = "方志".repeat(200).into_bytes();
        bytes.extend([0xE7, 0x99]);
        assert_eq!(decode(&bytes).unwrap().encoding, "UTF-8");
    }
}
