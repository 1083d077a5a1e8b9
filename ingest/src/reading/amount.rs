//! Takes a text, returns its numbers that have a unit of measurement or a currency.

use ontology::record::Span;

use crate::knowledge::{Hit, List};
use crate::number::Number;
use crate::segment::Segmented;

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// In full.
    pub value: f64,
    /// The unit as the graph writes it, such as `公斤`.
    pub unit: String,
    /// What is measured, such as `mass`; `money` for currencies.
    pub dimension: String,
    /// The unit that all of this dimension are converted to; for money the currency itself.
    pub base: String,
    /// How many of `base` one of `unit` is.
    pub factor: f64,
    /// The code of ISO 4217 of a currency; empty for others.
    pub currency: String,
}

/// What is counted or compared and not measured.
const COUNTED: [&str; 6] = ["count", "ratio", "point", "score", "steps", "per_thousand"];
const MONEY: &str = "money";
const HALF: char = '半';
const AND: char = '又';
const PIECE: char = '个';
const FEN: char = '分';

pub(super) fn amounts(text: &Segmented<'_>) -> Vec<(Span, Amount)> {
    let mut found: Vec<(Span, Amount)> = Vec::new();
    for number in super::numbers(text) {
        let last = found.last().map(|(span, amount)| (*span, amount));
        let read = fen(text, number, last).or_else(|| amount(text, number));
        let Some((span, amount)) = read else {
            continue;
        };
        match found.last_mut() {
            Some((last, total)) if goes_on(text, *last, total, span, &amount) => {
                total.value += amount.value * amount.factor / total.factor;
                *last = Span::new(last.start, span.end);
            }
            _ => found.push((span, amount)),
        }
    }
    found
}

/// Gives the end of a word for a number of things behind a number, and how many they are: 打.
pub(super) fn count(text: &Segmented<'_>, at: usize) -> Option<(usize, f64)> {
    let hit = text
        .longest_at(List::Measure, at)
        .filter(|hit| text.is_boundary(hit.span.end))?;
    let many = hit.entry.field("many").parse().ok()?;
    Some((hit.span.end, many))
}

/// Reads 分 behind an amount of money (6角3分); elsewhere it is a score.
fn fen(
    text: &Segmented<'_>,
    number: Number,
    last: Option<(Span, &Amount)>,
) -> Option<(Span, Amount)> {
    let (before, total) = last.filter(|(_, total)| total.currency == "CNY")?;
    let joined = before.end == number.span.start && text.at(number.span.end) == Some(FEN);
    let entry = text
        .knowledge
        .entry(List::Unit, "分钱")
        .filter(|_| joined)?;
    let amount = Amount {
        value: number.value,
        unit: entry.field("label").to_owned(),
        factor: entry.field("factor").parse().ok()?,
        ..total.clone()
    };
    let end = number.span.end + FEN.len_utf8();
    Some((Span::new(number.span.start, end), amount))
}

/// Reads the unit behind a number, or the sign of a currency before it.
fn amount(text: &Segmented<'_>, number: Number) -> Option<(Span, Amount)> {
    let number = before_unit(text, number);
    let start = number.span.start;
    let (unit, mut end) = match unit_behind(text, number.span.end) {
        Some(hit) => (hit, hit.span.end),
        None => (money_before(text, start)?, number.span.end),
    };
    let mut value = number.value;
    if text.at(end) == Some(HALF) && !unit.entry.field("dimension").is_empty() {
        (value, end) = (value + 0.5, end + HALF.len_utf8());
    }
    // 五角大楼 is one word.
    let word = text
        .token_at(start)
        .and_then(|word| text.tokens.get(word))?;
    if number.chinese && word.span.end > end {
        return None;
    }
    let money = unit.entry.field("dimension") == MONEY;
    let from = money_before(text, start).filter(|_| money);
    let start = from.map_or(start, |sign| sign.span.start);
    let field = |column| unit.entry.field(column).to_owned();
    let amount = Amount {
        value,
        unit: field("label"),
        dimension: field("dimension"),
        base: field("base"),
        factor: unit.entry.field("factor").parse().ok()?,
        currency: field("code"),
    };
    Some((Span::new(start, end), amount))
}

fn is_measured(hit: &Hit<'_>) -> bool {
    hit.entry.list == List::Unit && !COUNTED.contains(&hit.entry.field("dimension"))
}

fn unit_behind<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    let units = |at: usize| text.starting(at).filter(|hit| is_measured(hit));
    let alone = |hit: &&Hit<'_>| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let last = text.before(hit.span.end);
        !(last.is_some_and(|c| c.is_ascii_alphabetic()) && letter(text.at(hit.span.end)))
    };
    let found = units(at).filter(alone).max_by_key(|hit| hit.span.end);
    // 20个比特币
    let piece = (text.at(at) == Some(PIECE)).then(|| at + PIECE.len_utf8());
    found.or_else(|| {
        let behind = units(piece?).max_by_key(|hit| hit.span.end);
        behind.filter(|hit| hit.entry.field("dimension") == MONEY)
    })
}

/// Finds the currency before a number: $20, 人民币50元.
fn money_before<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    let hit = text
        .ending(at)
        .filter(|hit| is_measured(hit) && hit.entry.field("dimension") == MONEY)
        .max_by_key(|hit| hit.span.len())?;
    let counted = text
        .before(hit.span.start)
        .is_some_and(|c| text.knowledge.numerals.contains(c));
    (!counted).then_some(hit)
}

/// Gives a numeral back to the unit that begins with it: 12千克.
fn before_unit(text: &Segmented<'_>, number: Number) -> Number {
    let shorter = text.knowledge.numerals.without_last(text.text, number);
    match shorter {
        Some(shorter)
            if unit_behind(text, shorter.span.end)
                .is_some_and(|unit| unit.span.end > number.span.end) =>
        {
            shorter
        }
        _ => number,
    }
}

/// Tells whether an amount goes on with a smaller unit of the same kind: 五元三毛.
fn goes_on(text: &Segmented<'_>, last: Span, total: &Amount, span: Span, amount: &Amount) -> bool {
    let between = text.text.get(last.end..span.start);
    let joined = between.is_some_and(|between| between.trim_matches(AND).is_empty());
    let kind = amount.dimension == total.dimension && amount.base == total.base;
    joined && kind && amount.factor < total.factor
}
