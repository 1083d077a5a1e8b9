//! Mirrors that put readings into Traditional text, in the bytes of its code page.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use encoding_rs::{Encoding, GBK};
use opencc_fmmseg::OpenCC;
use pinyin::ToPinyin;

use super::random::Random;

/// Gives a text in Traditional characters, as a website converts it.
pub(crate) fn traditional(text: &str) -> String {
    converter().s2t(text, false)
}

fn converter() -> &'static OpenCC {
    static CONVERTER: OnceLock<OpenCC> = OnceLock::new();
    CONVERTER.get_or_init(OpenCC::new)
}

/// Traditional characters of common Simplified ones (level 1 of GB 2312), with their readings: those
/// that a mirror may have in its table.
fn readings() -> &'static BTreeMap<char, &'static str> {
    static READINGS: OnceLock<BTreeMap<char, &'static str>> = OnceLock::new();
    READINGS.get_or_init(|| {
        let all: String = ('\u{4E00}'..='\u{9FA5}').flat_map(|c| [c, '\n']).collect();
        let simple = converter().t2s(&all, false);
        all.chars()
            .zip(simple.chars())
            .filter(|&(old, new)| old != new && is_common(new))
            .filter_map(|(old, _)| Some((old, old.to_pinyin()?.with_tone())))
            .collect()
    })
}

fn is_common(c: char) -> bool {
    matches!(*GBK.encode(&c.to_string()).0, [0xB0..=0xD7, 0xA1..=0xFE])
}

/// The half of them that a mirror has.
struct Table(u64);

impl Table {
    fn new(random: &mut Random) -> Self {
        Self(u64::try_from(random.below(1 << 30)).unwrap())
    }

    fn reading(&self, c: char) -> Option<&'static str> {
        let hash = (u64::from(c) ^ self.0).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        readings().get(&c).copied().filter(|_| hash >> 40 & 1 == 0)
    }
}

/// Readings behind whole characters.
pub(crate) fn with_readings(text: &str, random: &mut Random) -> String {
    annotated(text, random, |_| false)
}

/// The same; of some of the characters only the reading is left.
pub(crate) fn with_lost(text: &str, random: &mut Random) -> String {
    annotated(text, random, |random| random.one_in(50))
}

fn annotated(text: &str, random: &mut Random, lost: fn(&mut Random) -> bool) -> String {
    let table = Table::new(random);
    let mut out = String::new();
    for c in traditional(text).chars() {
        match table.reading(c) {
            Some(reading) => {
                out.push(if lost(random) { '?' } else { c });
                out.push_str(&format!("({reading})"));
            }
            None => out.push(c),
        }
    }
    out
}

/// Marks at which mirrors split a text, be their bytes those of two characters.
const SPLIT: [char; 4] = ['。', '；', '！', '？'];

/// Readings behind the bytes of characters, wherever these stand in the bytes of the text, and
/// splits at the bytes of marks; decoded as Windows does.
pub(crate) fn in_bytes(text: &str, encoding: &'static Encoding, random: &mut Random) -> String {
    let table = Table::new(random);
    let (mut bytes, mut starts) = (Vec::new(), Vec::new());
    for c in traditional(text).chars() {
        let encoded = encoding.encode(&c.to_string()).0.into_owned();
        starts.extend((0..encoded.len()).map(|at| at == 0));
        bytes.extend(encoded);
    }
    let mut out = Vec::new();
    for index in 0..bytes.len() {
        out.push(bytes[index]);
        if index == 0 || bytes[index - 1].is_ascii() {
            continue;
        }
        let Some(c) = decoded(encoding, bytes[index - 1], bytes[index]) else {
            continue;
        };
        if let Some(reading) = table.reading(c) {
            out.extend_from_slice(&encoding.encode(&format!("({reading})")).0);
        }
        if SPLIT.contains(&c) && !starts[index - 1] {
            out.insert(out.len() - 2, b'\n');
        }
    }
    windows_decoded(&out, encoding)
}

/// Decodes a pair of bytes.
fn decoded(encoding: &'static Encoding, lead: u8, trail: u8) -> Option<char> {
    let pair = [lead, trail];
    let text = encoding.decode_without_bom_handling_and_without_replacement(&pair)?;
    let mut chars = text.chars();
    let c = chars.next()?;
    chars.next().is_none().then_some(c)
}

/// A pair without a character becomes `?`, a private character is not shown.
pub(crate) fn windows_decoded(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut text = String::new();
    let mut rest = bytes.iter().copied();
    while let Some(lead) = rest.next() {
        if lead.is_ascii() {
            text.push(char::from(lead));
        } else if let Some(trail) = rest.next() {
            match decoded(encoding, lead, trail) {
                Some('\u{E000}'..='\u{F8FF}') => {}
                Some(c) => text.push(c),
                None => text.push('?'),
            }
        }
    }
    text
}
