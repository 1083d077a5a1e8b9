//! Numbers: Arabic, Chinese, and mixed, with their multipliers.

use std::collections::BTreeMap;

use ontology::lexicon::{self, LexiconError};
use ontology::record::Span;

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Bytes, bounds inside it included (3.2万余).
    pub(crate) span: Span,
    /// In full.
    pub(crate) value: f64,
    /// Written with Chinese numerals only.
    pub(crate) chinese: bool,
    /// Whether 余, 多 or the like stands in it or behind it: more than the value.
    pub(crate) more: bool,
    /// Whether it has a multiplier (万, 亿).
    pub(crate) multiplied: bool,
    /// Whether 百分之 stands before it; its span begins there.
    pub(crate) percent: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Numeral {
    Digit(f64),
    Unit(f64),
}

/// The numerals of `lexicon/quantity/numerals.tsv` of one character.
#[derive(Debug, Default)]
pub(crate) struct Numerals {
    values: BTreeMap<char, Numeral>,
}

/// Characters between a number and its unit that make it a lower bound.
const MORE: [char; 2] = ['余', '多'];
/// Characters that bound a round number behind them (近万, 上万).
const BEFORE_ROUND: [char; 6] = ['近', '上', '过', '超', '逾', '破'];
const PER_HUNDRED: &str = "百分之";
/// From this multiplier on, a bare unit (万人) is no number but the multiplier of one before it.
const MYRIAD: f64 = 10_000.0;

impl Numerals {
    /// Loads the table.
    ///
    /// # Errors
    /// [`LexiconError`] naming the row whose value is no number.
    pub(crate) fn load() -> Result<Self, LexiconError> {
        let table = lexicon::table("quantity/numerals.tsv")?;
        let mut values = BTreeMap::new();
        for row in table.rows() {
            let mut chars = row.get("name").chars();
            let (Some(c), None) = (chars.next(), chars.next()) else {
                continue;
            };
            let (kind, text) = (row.get("kind"), row.get("value"));
            if text.is_empty() {
                continue;
            }
            let Ok(value) = text.parse() else {
                return Err(table.error(row, "the value is no number", text));
            };
            // 廿 and 半 stand where a digit stands.
            let numeral = if kind == "unit" {
                Numeral::Unit(value)
            } else {
                Numeral::Digit(value)
            };
            values.insert(c, numeral);
        }
        Ok(Self { values })
    }

    /// Finds every number of a text, from left to right.
    pub(crate) fn numbers(&self, text: &str) -> Vec<Number> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at..).unwrap_or_default();
            let number = if rest.starts_with(PER_HUNDRED) {
                self.per_hundred(text, at)
            } else if c.is_ascii_digit() {
                self.arabic(text, at)
            } else if self.values.contains_key(&c) {
                self.chinese(text, at)
            } else {
                None
            };
            at = number.map_or(at + c.len_utf8(), |number| number.span.end.max(at + 1));
            found.extend(number.filter(|number| number.value > 0.0 || !number.chinese));
        }
        found
    }

    /// Reads 百分之 with the number behind it.
    fn per_hundred(&self, text: &str, start: usize) -> Option<Number> {
        let at = start + PER_HUNDRED.len();
        let digit = text.get(at..)?.starts_with(|c: char| c.is_ascii_digit());
        let number = if digit {
            self.arabic(text, at)
        } else {
            self.chinese(text, at)
        }?;
        let span = Span::new(start, number.span.end);
        (!number.multiplied).then_some(Number {
            span,
            percent: true,
            ..number
        })
    }

    /// Reads digits with separators and a decimal part, then multipliers.
    fn arabic(&self, text: &str, start: usize) -> Option<Number> {
        let rest = text.get(start..)?;
        let mut digits = String::new();
        let mut end = 0;
        while let Some(c) = rest.get(end..).and_then(|rest| rest.chars().next()) {
            let next = rest.get(end + c.len_utf8()..).unwrap_or_default();
            match c {
                '0'..='9' => digits.push(c),
                '.' if next.starts_with(|c: char| c.is_ascii_digit()) && !digits.contains('.') => {
                    digits.push(c);
                }
                ',' | '，' if thousands(&digits, next) => {}
                _ => break,
            }
            end += c.len_utf8();
        }
        let value: f64 = digits.parse().ok()?;
        let mut number = Number {
            span: Span::new(start, start + end),
            value,
            chinese: false,
            more: false,
            multiplied: false,
            percent: false,
        };
        self.multiply(text, &mut number);
        // 1亿3千万: a second number joins when its multiplier is smaller.
        if number.multiplied
            && let Some(next) = self.joined(text, number)
        {
            number = next;
        }
        Some(number)
    }

    fn joined(&self, text: &str, number: Number) -> Option<Number> {
        let next = text.get(number.span.end..)?.chars().next()?;
        if !next.is_ascii_digit() {
            return None;
        }
        let tail = self
            .arabic(text, number.span.end)
            // 1亿3千万, 1万2千: the tail ends with a multiplier of its own.
            .filter(|tail| {
                !text
                    .get(..tail.span.end)
                    .is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()))
            })?;
        Some(Number {
            span: Span::new(number.span.start, tail.span.end),
            value: number.value + tail.value,
            more: number.more || tail.more,
            ..number
        })
    }

    /// Gives a number without its last numeral, if that is a multiplier behind another numeral
    /// (12千 is 12); the unit behind it may begin with it.
    pub(crate) fn without_last(&self, text: &str, number: Number) -> Option<Number> {
        let last = number.span.of(text).chars().next_back()?;
        let Some(&Numeral::Unit(factor)) = self.values.get(&last) else {
            return None;
        };
        let end = number.span.end - last.len_utf8();
        (end > number.span.start).then(|| Number {
            span: Span::new(number.span.start, end),
            value: round(number.value / factor),
            multiplied: number.value / factor >= MYRIAD,
            ..number
        })
    }

    /// Takes 余 and multipliers behind a number: 3.2万余, 5800余万, 119万亿.
    fn multiply(&self, text: &str, number: &mut Number) {
        let mut factor = 1.0;
        let mut end = number.span.end;
        while let Some(c) = text.get(end..).and_then(|rest| rest.chars().next()) {
            let next = end + c.len_utf8();
            match self.values.get(&c) {
                Some(&Numeral::Unit(value)) => factor *= value,
                _ if MORE.contains(&c) && !number.more => number.more = true,
                _ => break,
            }
            end = next;
        }
        number.multiplied = factor >= MYRIAD;
        number.value = round(number.value * factor);
        number.span.end = end;
    }

    /// Reads Chinese numerals: 二十三, 三千五百万, 二〇二一, 两.
    fn chinese(&self, text: &str, start: usize) -> Option<Number> {
        let rest = text.get(start..)?;
        let numerals: Vec<(char, Numeral)> = rest
            .chars()
            .map_while(|c| self.values.get(&c).map(|&numeral| (c, numeral)))
            .filter(|(c, _)| !c.is_ascii())
            .collect();
        // 万 alone is the multiplier of something else, but for 近万, 上万.
        // 成千上万 is no number.
        let before = text.get(..start)?;
        let bounded = before.ends_with(BEFORE_ROUND) && !before.ends_with("千上");
        if matches!(numerals.first(), Some((_, Numeral::Unit(value))) if *value >= MYRIAD && !bounded)
        {
            return None;
        }
        let length: usize = numerals.iter().map(|(c, _)| c.len_utf8()).sum();
        if length == 0 {
            return None;
        }
        let value = value(numerals.iter().map(|&(_, numeral)| numeral))?;
        let mut number = Number {
            span: Span::new(start, start + length),
            value,
            chinese: true,
            more: false,
            multiplied: value >= MYRIAD,
            percent: false,
        };
        let multiplied = number.multiplied;
        self.multiply(text, &mut number);
        number.multiplied |= multiplied;
        Some(number)
    }
}

/// Tells whether three digits, and no fourth, follow a separator behind one to three or more
/// digits.
fn thousands(digits: &str, next: &str) -> bool {
    let following = next.chars().take_while(char::is_ascii_digit).count();
    following == 3 && !digits.is_empty() && !digits.contains('.')
}

/// Adds up numerals by place value; digits without units are read one by one.
fn value(numerals: impl Iterator<Item = Numeral>) -> Option<f64> {
    let (mut total, mut section, mut digit) = (0.0_f64, 0.0_f64, None::<f64>);
    let (mut plain, mut tens) = (true, false);
    for numeral in numerals {
        match numeral {
            Numeral::Digit(value) => {
                // 廿五 is twenty and five, 二五 is read digit by digit.
                let place = match digit {
                    Some(digit) if plain && tens => digit,
                    Some(digit) if plain => digit * 10.0,
                    _ => 0.0,
                };
                tens = value >= 10.0;
                digit = Some(place + value);
            }
            Numeral::Unit(unit) => {
                plain = false;
                if unit >= MYRIAD {
                    section += digit.take().unwrap_or(0.0);
                    total = if section > 0.0 {
                        total + section * unit
                    } else {
                        total.max(1.0) * unit
                    };
                    section = 0.0;
                } else {
                    section += digit.take().unwrap_or(1.0) * unit;
                }
            }
        }
    }
    let sum = total + section + digit.unwrap_or(0.0);
    sum.is_finite().then_some(sum)
}

/// Takes the error of decimal fractions away: 2.51 × 10,000 is 25,100.
fn round(value: f64) -> f64 {
    const PLACES: f64 = 1_000_000.0;
    let rounded = (value * PLACES).round() / PLACES;
    if rounded.is_finite() { rounded } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_full() {
        let numerals = Numerals::load().unwrap();
        type Expected<'e> = &'e [(&'e str, f64, bool)];
        let cases: [(&str, Expected<'_>); 17] = [
            ("1万2千元", &[("1万2千", 12_000.0, false)]),
            ("廿五人", &[("廿五", 25.0, false)]),
            ("成千上万、万人", &[("千", 1000.0, false)]),
            ("共248处", &[("248", 248.0, false)]),
            (
                "1,153件和12,5件",
                &[
                    ("1,153", 1153.0, false),
                    ("12", 12.0, false),
                    ("5", 5.0, false),
                ],
            ),
            ("991.4万人", &[("991.4万", 9_914_000.0, false)]),
            ("3.2万余人次", &[("3.2万余", 32_000.0, true)]),
            ("5800余万元", &[("5800余万", 58_000_000.0, true)]),
            ("8000多场", &[("8000多", 8000.0, true)]),
            ("1亿3千万元", &[("1亿3千万", 130_000_000.0, false)]),
            ("二十三个", &[("二十三", 23.0, false)]),
            ("三千五百万元", &[("三千五百万", 35_000_000.0, false)]),
            ("两条", &[("两", 2.0, false)]),
            ("十余次", &[("十余", 10.0, true)]),
            ("一百零八人", &[("一百零八", 108.0, false)]),
            ("二〇二一年", &[("二〇二一", 2021.0, false)]),
            ("2.51万亿元", &[("2.51万亿", 2_510_000_000_000.0, false)]),
        ];
        for (text, expected) in cases {
            let got: Vec<_> = numerals
                .numbers(text)
                .into_iter()
                .map(|number| (number.span.of(text), number.value, number.more))
                .collect();
            assert_eq!(got, expected, "{text}");
        }
    }
}
