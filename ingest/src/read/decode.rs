//! Takes bytes, returns text, the encoding it was in, and how certain that is.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::error::ReadError;
use super::plausible::plausibility;

/// A decoded text, without byte order mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The text; undecodable stretches are U+FFFD.
    pub text: String,
    /// WHATWG name of the encoding, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
    /// How certain the encoding is, 0 to 1.
    pub certainty: f64,
}

/// What is known of the encoding before the bytes are looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint {
    /// What the user states; only a byte order mark wins over it.
    pub stated: Option<&'static Encoding>,
    /// What the document declares; tried first.
    pub declared: Option<&'static Encoding>,
}

/// Undecodable characters among so many make bytes no text in that encoding, if nobody vouches
/// for the encoding.
const UNDECODABLE_SHARE: usize = 20;

/// Bytes that are looked at to tell encodings apart.
const SAMPLE: usize = 1 << 16;

/// Bytes that the statistical detector votes on: at 10 MB/s it is by far the slowest part.
const VOTE_SAMPLE: usize = 1 << 14;

/// Below this plausibility a declared encoding is doubted.
const DOUBTFUL: f64 = 0.6;

/// What the vote of the statistical detector counts.
const VOTE: f64 = 0.15;

/// Decodes UTF-8 and UTF-16 (with or without mark), GB18030, Big5 with Hong Kong's characters, or
/// whatever the hint names.
///
/// # Errors
/// [`ReadError`] for empty, binary and undecodable input.
///
/// # Examples
/// ```
/// use ingest::read::{Hint, decode};
/// let decoded = decode(&[0xB0, 0xD7, 0xC9, 0xBD], Hint::default())?;
/// assert_eq!((decoded.text.as_str(), decoded.encoding), ("白山", "gb18030"));
/// # Ok::<(), ingest::read::ReadError>(())
/// ```
pub fn decode(bytes: &[u8], hint: Hint) -> Result<Decoded, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default(), 1.0);
    }
    if let Some(encoding) = hint.stated {
        let stated = wide(encoding);
        return decode_as(stated, bytes, 1.0).map_err(|error| {
            if matches!(error, ReadError::Undecodable(_)) {
                ReadError::NotInStated(stated.name())
            } else {
                error
            }
        });
    }
    let nul = bytes.contains(&0);
    if !nul && std::str::from_utf8(bytes).is_ok() {
        return decode_as(UTF_8, bytes, 1.0);
    }
    if let Some(encoding) = hint.declared.map(wide).filter(|_| !nul) {
        let sample = sample(bytes);
        if plausibility(&encoding.decode_without_bom_handling(sample).0) > DOUBTFUL {
            return decode_as(encoding, bytes, 0.95);
        }
    }
    let (encoding, certainty) = detect(bytes, nul)?;
    decode_as(encoding, bytes, certainty)
}

/// GB18030 is what every page that declares GB2312 or GBK can be read as.
fn wide(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn sample(bytes: &[u8]) -> &[u8] {
    bytes.get(..SAMPLE).unwrap_or(bytes)
}

/// Tells which encoding gives the most plausible text, and how certain that is.
fn detect(bytes: &[u8], nul: bool) -> Result<(&'static Encoding, f64), ReadError> {
    let sample = sample(bytes);
    if !nul && looks_like_utf8(sample) {
        return Ok((UTF_8, 0.9));
    }
    let vote = guess(sample);
    let even = bytes.len().is_multiple_of(2);
    let rate = |&encoding: &&'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let bonus = if vote == Some(encoding) { VOTE } else { 0.0 };
        (encoding, plausibility(&text) + bonus)
    };
    let wide: &[&Encoding] = if even { &[UTF_16LE, UTF_16BE] } else { &[] };
    let narrow: &[&Encoding] = if nul { &[] } else { &[GB18030, BIG5] };
    let mut rated: Vec<_> = narrow.iter().chain(wide).map(rate).collect();
    rated.sort_by(|a, b| b.1.total_cmp(&a.1));
    // Any bytes of even number are characters of UTF-16, many of them Chinese.
    let may_be = |&&(encoding, score): &&(&'static Encoding, f64)| {
        let narrow = [GB18030, BIG5].contains(&encoding);
        score >= if narrow { DOUBTFUL / 2.0 } else { DOUBTFUL }
    };
    let Some(&(encoding, best)) = rated.iter().find(may_be) else {
        return Err(if nul { ReadError::Binary } else { UNDECODABLE });
    };
    let others = rated.iter().filter(|other| other.0 != encoding);
    let second = others.map(|other| other.1).fold(0.0, f64::max);
    Ok((encoding, (0.5 + (best - second)).clamp(0.5, 0.99)))
}

const UNDECODABLE: ReadError = ReadError::Undecodable("UTF-8, UTF-16, GB18030 and Big5");

/// Asks the statistical detector.
fn guess(sample: &[u8]) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = sample.get(..VOTE_SAMPLE).unwrap_or(sample);
    detector.feed(head, head.len() == sample.len());
    let found = wide(detector.guess(None, Utf8Detection::Allow));
    [GB18030, BIG5].contains(&found).then_some(found)
}

fn decode_as(
    encoding: &'static Encoding,
    bytes: &[u8],
    certainty: f64,
) -> Result<Decoded, ReadError> {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if text.contains('\0') {
        return Err(ReadError::Binary);
    }
    let mut certainty = certainty;
    if faulty {
        let holes = text
            .chars()
            .filter(|&c| c == char::REPLACEMENT_CHARACTER)
            .count();
        let characters = text.chars().count();
        if holes * UNDECODABLE_SHARE > characters {
            return Err(UNDECODABLE);
        }
        certainty *= 1.0 - share(holes, characters);
    }
    let certainty = (certainty * 100.0).round() / 100.0;
    Ok(Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        certainty,
    })
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    number(part) / number(whole.max(1))
}

/// Tells whether valid multi-byte UTF-8 sequences make up nearly all of the non-ASCII bytes.
fn looks_like_utf8(bytes: &[u8]) -> bool {
    let lossy = String::from_utf8_lossy(bytes);
    let holes = lossy
        .chars()
        .filter(|&c| c == char::REPLACEMENT_CHARACTER)
        .count();
    let good = lossy.chars().filter(|c| !c.is_ascii()).count() - holes;
    good > holes * UNDECODABLE_SHARE
}

#[cfg(test)]
mod tests {
    use encoding_rs::SHIFT_JIS;

    use super::*;

    fn told(bytes: &[u8]) -> Result<(String, &'static str), String> {
        decode(bytes, Hint::default())
            .map(|decoded| (decoded.text, decoded.encoding))
            .map_err(|cause| cause.to_string())
    }

    #[test]
    fn encodings_are_told_apart() {
        let cases: [(&[u8], &str, &str); 5] = [
            ("白山".as_bytes(), "白山", "UTF-8"),
            (b"\xEF\xBB\xBF\xE7\x99\xBD", "白", "UTF-8"),
            (&[0xB0, 0xD7, 0xC9, 0xBD], "白山", "gb18030"),
            (&[0xFF, 0xFE, 0x7D, 0x76], "白", "UTF-16LE"),
            (&[0xFE, 0xFF, 0x76, 0x7D], "白", "UTF-16BE"),
        ];
        for (bytes, text, encoding) in cases {
            assert_eq!(told(bytes), Ok((text.to_owned(), encoding)), "{bytes:x?}");
        }
        assert!(told(b" \n").unwrap_err().contains("is empty"));
        assert!(
            told(b"\x01\x02\x00\x00\x03\x00")
                .unwrap_err()
                .contains("binary")
        );
        let (japanese, _, _) = SHIFT_JIS.encode("日本語のテキストです。これは試験です。");
        assert!(told(&japanese).unwrap_err().contains("--encoding"));
        assert!(told(&[0; 64]).unwrap_err().contains("binary"));
        assert!(
            told(&[0xFF, 0xFF, 0xFF, 0x41, 0xFF])
                .unwrap_err()
                .contains("--encoding")
        );
    }

    #[test]
    fn every_encoding_is_detected_without_mark() {
        let simplified = "2021年10月26日，市里召开会议，研究红色资源保护工作。\n";
        let traditional = "2021年10月26日，市裡召開會議，研究紅色資源保護工作。\n";
        for (encoding, text) in [
            (GB18030, simplified),
            (GB18030, traditional),
            (BIG5, traditional),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(told(&bytes), Ok((text.to_owned(), encoding.name())));
        }
        for text in [simplified, traditional] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(told(&little), Ok((text.to_owned(), "UTF-16LE")));
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(told(&big), Ok((text.to_owned(), "UTF-16BE")));
        }
    }

    #[test]
    fn a_broken_stretch_does_not_change_the_encoding() {
        let mut bytes = "方志".repeat(200).into_bytes();
        bytes.extend([0xE7, 0x99]);
        let decoded = decode(&bytes, Hint::default()).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.ends_with('\u{FFFD}') && decoded.certainty < 1.0);
    }

    #[test]
    fn what_the_user_states_wins() {
        let hint = Hint {
            stated: Some(BIG5),
            declared: None,
        };
        assert_eq!(
            decode(&[0xA5, 0xD5, 0xA4, 0x73], hint).unwrap().text,
            "白山"
        );
        let hint = Hint {
            stated: Some(UTF_8),
            declared: None,
        };
        let wrong = decode(&[0xA5, 0xD5, 0xA4, 0x73], hint).unwrap_err();
        assert!(wrong.to_string().contains("no text in UTF-8"), "{wrong}");
    }
}
