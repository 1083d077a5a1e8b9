//! Takes a font's `ToUnicode` map, returns what its codes mean.
//!
//! # Source
//! ISO 32000-1, 9.10.3; Adobe Technical Note 5411.

use std::collections::BTreeMap;

/// Bytes of the meaning of one code, as Adobe's note limits them.
const LONGEST: usize = 512;

/// Meaning of codes.
#[derive(Debug, Default)]
pub(super) struct CodeMap {
    single: BTreeMap<u32, String>,
    /// First and last code, and the meaning of the first; sorted.
    ranges: Vec<(u32, u32, String)>,
    /// Whether all codes are of one byte.
    pub(super) one_byte: bool,
}

#[derive(Debug, PartialEq)]
enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl CodeMap {
    /// Reads a map; what is malformed is passed over.
    pub(super) fn parse(source: &[u8]) -> Self {
        let mut map = Self::default();
        let mut tokens = Tokens(source);
        let mut longest = 0;
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(b"begincodespacerange") => {
                    while let Some(Token::Hex(code)) = tokens.next() {
                        longest = longest.max(code.len());
                    }
                }
                Token::Word(b"beginbfchar") => {
                    while let Some(Token::Hex(code)) = tokens.next() {
                        if let Some(Token::Hex(text)) = tokens.next() {
                            map.single.insert(number(&code), utf16(&text));
                        }
                    }
                }
                Token::Word(b"beginbfrange") => map.ranges(&mut tokens),
                Token::Word(_) | Token::Hex(_) | Token::Open | Token::Close => {}
            }
        }
        map.ranges.sort_by_key(|&(first, ..)| first);
        map.one_byte = longest == 1;
        map
    }

    fn ranges(&mut self, tokens: &mut Tokens<'_>) {
        while let Some(Token::Hex(first)) = tokens.next() {
            let Some(Token::Hex(last)) = tokens.next() else {
                return;
            };
            let (first, last) = (number(&first), number(&last));
            match tokens.next() {
                Some(Token::Hex(text)) => self.ranges.push((first, last, utf16(&text))),
                Some(Token::Open) => {
                    let mut code = first;
                    while let Some(Token::Hex(text)) = tokens.next() {
                        self.single.insert(code, utf16(&text));
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    /// Gives what a code means.
    pub(super) fn get(&self, code: u32) -> Option<String> {
        if let Some(text) = self.single.get(&code) {
            return Some(text.clone());
        }
        let after = self.ranges.partition_point(|&(first, ..)| first <= code);
        let (first, last, text) = self.ranges.get(after.checked_sub(1)?)?;
        if code > *last {
            return None;
        }
        let mut chars: Vec<char> = text.chars().collect();
        let last = chars.last_mut()?;
        *last = char::from_u32(u32::from(*last).checked_add(code - first)?)?;
        Some(chars.into_iter().collect())
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |sum, &byte| (sum << 8) | u32::from(byte))
}

fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    });
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .filter(|&c| c != '\0')
        .collect()
}

struct Tokens<'a>(&'a [u8]);

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&first, rest) = self.0.split_first()?;
            match first {
                b'%' => {
                    let end = rest
                        .iter()
                        .position(|&byte| byte == b'\n')
                        .unwrap_or(rest.len());
                    self.0 = rest.get(end..)?;
                }
                b'<' if rest.first() == Some(&b'<') => self.0 = rest.get(1..)?,
                b'<' => {
                    let end = rest.iter().position(|&byte| byte == b'>')?;
                    let token = Token::Hex(hex(rest.get(..end)?));
                    self.0 = rest.get(end + 1..)?;
                    return Some(token);
                }
                b'[' | b']' => {
                    self.0 = rest;
                    return Some(if first == b'[' {
                        Token::Open
                    } else {
                        Token::Close
                    });
                }
                _ if first.is_ascii_whitespace() || b">()/{}".contains(&first) => self.0 = rest,
                _ => {
                    let ends =
                        |&byte: &u8| byte.is_ascii_whitespace() || b"<>[]()/{}%".contains(&byte);
                    let end = self.0.iter().position(ends).unwrap_or(self.0.len());
                    let (word, rest) = self.0.split_at_checked(end)?;
                    self.0 = rest;
                    return Some(Token::Word(word));
                }
            }
        }
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u32> = digits
        .iter()
        .filter_map(|&byte| char::from(byte).to_digit(16))
        .collect();
    let byte = |pair: &[u32]| {
        let [high, low] = [pair.first(), pair.get(1)].map(|digit| digit.copied().unwrap_or(0));
        u8::try_from(high * 16 + low).unwrap_or(0)
    };
    digits.chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_meanings() {
        let map = CodeMap::parse(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0001> <767D> <0002> <D840DC00> endbfchar\n\
              2 beginbfrange <0010> <0012> <5C71> <0020> <0021> [<4E00> <4E8C4E09>] endbfrange end",
        );
        assert_eq!(map.get(1).as_deref(), Some("白"));
        assert_eq!(map.get(2).as_deref(), Some("\u{20000}"));
        assert_eq!(map.get(0x11).as_deref(), Some("\u{5C72}"));
        assert_eq!(map.get(0x21).as_deref(), Some("二三"));
        assert_eq!((map.get(3), map.one_byte), (None, false));
        assert!(CodeMap::parse(b"beginbfrange <00").get(0).is_none());
    }
}
