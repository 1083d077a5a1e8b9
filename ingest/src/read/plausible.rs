//! Takes a decoded text, returns how much it looks like Chinese: the share of common characters.

use std::sync::LazyLock;

use encoding_rs::{BIG5, GB18030};

/// Characters of a text that are looked at.
const SAMPLE: usize = 20_000;

/// What is common: level 1 of GB 2312 (3,755 characters) and of Big5 (5,401), which those
/// standards chose by frequency of use. One bit for each character of the basic plane.
static COMMON: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0_u64; 1024];
    let levels = [
        (GB18030, 0xB0..=0xD7_u8, vec![0xA1..=0xFE_u8]),
        (BIG5, 0xA4..=0xC6, vec![0x40..=0x7E, 0xA1..=0xFE]),
    ];
    for (encoding, leads, trails) in levels {
        for lead in leads {
            for trail in trails.iter().cloned().flatten() {
                let pair = [lead, trail];
                let (text, _) = encoding.decode_without_bom_handling(&pair);
                for c in text.chars().filter(|&c| c != char::REPLACEMENT_CHARACTER) {
                    if let Some((word, bit)) =
                        place(c).and_then(|(at, bit)| Some((bits.get_mut(at)?, bit)))
                    {
                        *word |= bit;
                    }
                }
            }
        }
    }
    bits
});

fn place(c: char) -> Option<(usize, u64)> {
    let code = u32::from(c);
    Some((usize::try_from(code / 64).ok()?, 1_u64 << (code % 64)))
}

fn is_common(c: char) -> bool {
    place(c)
        .and_then(|(at, bit)| Some(COMMON.get(at)? & bit != 0))
        .unwrap_or(false)
}

/// Rates a text: near 1 for real Chinese, below 0.6 for bytes read in the wrong encoding, below 0
/// for noise. A text of ASCII only rates 0.5.
pub(crate) fn plausibility(text: &str) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for c in text.chars().take(SAMPLE) {
        let weight = match c {
            '\t' | '\n' | '\r' | ' '..='~' => continue,
            '\u{FFFD}' => -3.0,
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => -3.0,
            '\u{3000}'..='\u{301F}' | '\u{FF01}'..='\u{FF5E}' => 1.0,
            '\u{2010}'..='\u{2027}' | '\u{B7}' | '\u{A0}' | '\u{2460}'..='\u{2473}' => 1.0,
            '\u{4E00}'..='\u{9FFF}' if is_common(c) => 1.0,
            '\u{4E00}'..='\u{9FFF}' => 0.1,
            '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' => 0.0,
            '\u{E000}'..='\u{F8FF}' | '\u{AC00}'..='\u{D7FF}' => -0.5,
            _ => 0.0,
        };
        sum += weight;
        count += 1.0;
    }
    if count > 0.0 { sum / count } else { 0.5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_text_beats_text_in_the_wrong_encoding() {
        let (simplified, traditional) = ("全市现有革命遗址。", "全市現有革命遺址。");
        assert!(plausibility(simplified) > 0.95 && plausibility(traditional) > 0.95);
        let (bytes, _, _) = BIG5.encode(traditional);
        let (wrong, _) = GB18030.decode_without_bom_handling(&bytes);
        assert!(plausibility(&wrong) < 0.6, "{wrong}");
        let (bytes, _, _) = GB18030.encode(simplified);
        let (wrong, _) = BIG5.decode_without_bom_handling(&bytes);
        assert!(plausibility(&wrong) < 0.6, "{wrong}");
    }
}
