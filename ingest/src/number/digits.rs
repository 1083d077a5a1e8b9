//! Takes a byte where digits begin, returns the Arabic number: separators, decimals, and in
//! formulas exponents, powers and letters for multipliers.

use super::Cursor;

/// A number in digits.
pub(super) struct Digits {
    pub(super) value: f64,
    pub(super) end: usize,
    pub(super) whole: bool,
    /// How many digits, without separators.
    pub(super) count: usize,
}

impl Cursor<'_> {
    /// Reads digits; the value may be infinite.
    pub(super) fn digits(&self, start: usize) -> Option<Digits> {
        let mut digits = String::new();
        let mut end = start;
        let version = self.is_version(start);
        while let Some(c) = self.at(end) {
            let next = self.rest(end + c.len_utf8());
            match c {
                '0'..='9' => digits.push(c),
                '.' if !version && is_decimal(&digits, next, self.is_free()) => digits.push(c),
                ',' | '，' if thousands(&digits, next) => {}
                _ => break,
            }
            end += c.len_utf8();
        }
        let value = digits.parse().ok()?;
        let count = digits.bytes().filter(u8::is_ascii_digit).count();
        Some(Digits {
            value,
            end,
            whole: !digits.contains('.'),
            count,
        })
    }

    /// Tells whether a number continues one with several points (2.1.3), so that it is no decimal.
    fn is_version(&self, start: usize) -> bool {
        let mut before = self.text.get(..start).unwrap_or_default().chars().rev();
        before.next() == Some('.') && before.next().is_some_and(|c| c.is_ascii_digit())
    }

    /// Reads what formulas add to digits: 2e5, 2^-1, 40k.
    pub(super) fn formula(&self, mut read: Digits) -> Digits {
        if !self.is_free() {
            return read;
        }
        if let Some((exponent, end)) = self.exponent(read.end, &['e', 'E']) {
            read.value *= 10_f64.powi(exponent);
            (read.end, read.whole) = (end, false);
        } else if let Some((exponent, end)) = self.exponent(read.end, &['^']) {
            read.value = read.value.powi(exponent);
            (read.end, read.whole) = (end, false);
        } else if let Some((factor, end)) = self.letter(read.end) {
            read.value *= factor;
            (read.end, read.whole) = (end, false);
        }
        read
    }

    fn exponent(&self, at: usize, marks: &[char]) -> Option<(i32, usize)> {
        let rest = self.rest(at).strip_prefix(marks)?;
        let number = rest.trim_start_matches(['+', '-']);
        let signs = rest.get(..rest.len() - number.len())?;
        let length = number.bytes().take_while(u8::is_ascii_digit).count();
        let value: i32 = number.get(..length)?.parse().ok()?;
        let value = if signs.matches('-').count() % 2 == 1 {
            -value
        } else {
            value
        };
        Some((value, at + 1 + signs.len() + length))
    }

    fn letter(&self, at: usize) -> Option<(f64, usize)> {
        let start = self.blanks(at);
        let factor = match self.at(start)? {
            'k' | 'K' => 1e3,
            'M' => 1e6,
            'G' => 1e9,
            'T' => 1e12,
            _ => return None,
        };
        let alone = self
            .at(start + 1)
            .is_none_or(|c| !c.is_ascii_alphanumeric() && c != '²' && c != '³');
        alone.then_some((factor, start + 1))
    }
}

fn is_decimal(digits: &str, next: &str, free: bool) -> bool {
    let following = next.bytes().take_while(u8::is_ascii_digit).count();
    let behind = next.get(following..).unwrap_or_default();
    let mut behind = behind.chars();
    let another = behind.next() == Some('.') && behind.next().is_some_and(|c| c.is_ascii_digit());
    following > 0 && !another && !digits.contains('.') && (free || !digits.is_empty())
}

/// Tells whether three digits, and no fourth, follow a separator behind one to three or more
/// digits.
fn thousands(digits: &str, next: &str) -> bool {
    let following = next.chars().take_while(char::is_ascii_digit).count();
    following == 3 && !digits.is_empty() && !digits.contains('.')
}
