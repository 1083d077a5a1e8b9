//! Takes a row of values, returns which of them may be held against each other, and why the others may not.
//!
//! Values of whole regions, measured and not planned, in units that count the same or can be converted
//! (亩 and 公顷; never currencies) are compared where at least two regions have such. What grows with time is compared over
//! periods of one length only; what holds at a moment (`stock` in the scheme) whatever the period. A
//! value without a period is compared, since nothing says that it differs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ontology::indicator::Scheme;
use ontology::lexicon::{self, LexiconError};
use ontology::record::Qualifier;
use serde::Serialize;

use super::model::{Cell, Row};

/// Why a value is not held against the others of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Refusal {
    /// It is a target, the others are measured.
    Planned,
    /// It holds for a part of the region.
    Scope,
    /// It is in another unit, and no factor leads from one to the other.
    Unit,
    /// It was counted over a period of another length.
    PeriodLength,
    /// No other region has a value like it.
    Alone,
}

impl Refusal {
    /// Gives its name, as JSON has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Scope => "scope",
            Self::Unit => "unit",
            Self::PeriodLength => "period-length",
            Self::Alone => "alone",
        }
    }
}

/// What is known of units: base and factor by the name that the graph uses.
pub(super) struct Units {
    factors: BTreeMap<String, (String, f64)>,
    scheme: Option<&'static Scheme>,
}

/// A value's class of units, and how many of the class's unit one of its own is.
type Measure = (String, f64);

impl Units {
    /// Reads the table of units.
    pub(super) fn load(scheme: Option<&'static Scheme>) -> Result<Self, LexiconError> {
        let table = lexicon::table("quantity/units.tsv")?;
        let mut factors = BTreeMap::new();
        for row in table.rows() {
            if let Ok(factor) = row.get("factor").parse::<f64>() {
                let base = row.get("base").to_owned();
                factors.insert(row.get("label").to_owned(), (base, factor));
            }
        }
        Ok(Self { factors, scheme })
    }

    fn measure(&self, unit: &str) -> Measure {
        let converted = self.factors.get(unit).cloned();
        converted.unwrap_or_else(|| {
            let counted = self.scheme.map_or(unit, |scheme| scheme.counted(unit));
            (counted.to_owned(), 1.0)
        })
    }
}

/// Gives the length of an ISO 8601 period in days, as near as months and years have any; none for what is no period.
pub(super) fn days(period: &str) -> Option<u32> {
    let (start, end) = period.split_once('/').unwrap_or((period, period));
    let (first, _) = days_from(start)?;
    let (last, length) = days_from(end)?;
    last.checked_add(length)?
        .checked_sub(first)
        .filter(|days| *days > 0)
}

/// Gives the day on which a date, month or year starts, counting months as 30 days, and its length.
fn days_from(date: &str) -> Option<(u32, u32)> {
    let mut parts = date.split('-').map(|part| part.parse::<u32>().ok());
    let year = parts.next()??;
    let month = parts.next();
    let day = parts.next();
    let start = year.checked_mul(360)?;
    Some(match (month, day) {
        (None, _) => (start, 360),
        (Some(month), None) => (start + month?.saturating_sub(1) * 30, 30),
        (Some(month), Some(day)) => (
            start + month?.saturating_sub(1) * 30 + day?.saturating_sub(1),
            1,
        ),
    })
}

/// Tells whether two lengths are the same, a few days aside.
fn is_as_long(one: u32, two: u32) -> bool {
    one.abs_diff(two) * 10 <= one.max(two)
}

/// Gives what most regions have; the smaller one where several are as frequent.
fn most_regions<T: Ord + Clone>(
    of_regions: impl Iterator<Item = BTreeSet<T>>,
) -> Option<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in of_regions.flatten() {
        *counts.entry(item).or_default() += 1;
    }
    counts
        .into_iter()
        .min_by_key(|(item, count)| (Reverse(*count), item.clone()))
}

impl Row {
    /// Gives each value the reason why it cannot be compared, or its share of the largest and its
    /// amount in the common unit.
    pub(super) fn measure(&mut self, units: &Units, stock: bool) {
        let whole = |cell: &&Cell| cell.area.is_none() && cell.qualifier != Qualifier::Planned;
        let classes = self.cells.iter().map(|cells| {
            let classes = cells.iter().filter(whole);
            classes.map(|cell| units.measure(&cell.unit).0).collect()
        });
        // One region alone is refused below, with that reason.
        let regions = self
            .cells
            .iter()
            .filter(|cells| cells.iter().any(|cell| whole(&cell)));
        let least = regions.count().min(2);
        let class = most_regions(classes).filter(|(_, count)| *count >= least);
        let class = class.map(|(class, _)| class);
        let alike = |cell: &&Cell| Some(units.measure(&cell.unit).0) == class;
        let lengths = self.cells.iter().map(|cells| {
            let lengths = cells.iter().filter(whole).filter(alike);
            lengths
                .filter_map(|cell| days(cell.period.as_deref()?))
                .collect()
        });
        let length = most_regions(lengths).filter(|_| !stock);
        let length = length.map(|(length, _)| length);
        for cell in self.cells.iter_mut().flatten() {
            cell.refused = refusal(cell, units, class.as_deref(), length);
        }
        self.settle(units);
    }

    /// Leaves nothing compared with nothing, chooses the common unit, and draws the bars.
    fn settle(&mut self, units: &Units) {
        let compared = |cells: &&Vec<Cell>| cells.iter().any(|cell| cell.refused.is_none());
        if self.cells.iter().filter(compared).count() < 2 {
            for cell in self.cells.iter_mut().flatten() {
                cell.refused = cell.refused.or(Some(Refusal::Alone));
            }
            return;
        }
        let kept = |cell: &&Cell| cell.refused.is_none();
        let names = self.cells.iter().map(|cells| {
            let names = cells.iter().filter(kept);
            names.map(|cell| cell.unit.clone()).collect()
        });
        self.unit = most_regions(names).map(|(unit, _)| unit);
        let factor = self.unit.as_ref().map_or(1.0, |unit| units.measure(unit).1);
        for cell in self.cells.iter_mut().flatten() {
            if cell.refused.is_none() {
                cell.normal = Some(cell.value * units.measure(&cell.unit).1 / factor);
            }
        }
        self.draw();
    }

    /// Gives each compared value its share of the largest, in per cent; per cent are of 100.
    fn draw(&mut self) {
        let normal = self.cells.iter().flatten().filter_map(|cell| cell.normal);
        let (least, mut largest) = normal.fold((0.0, 0.0), |(least, most): (f64, f64), value| {
            (least.min(value), most.max(value))
        });
        if self.unit.as_deref() == Some("%") && !self.growth && largest <= 100.0 {
            largest = 100.0;
        }
        if largest <= 0.0 || least < 0.0 {
            return;
        }
        for cell in self.cells.iter_mut().flatten() {
            cell.bar = cell.normal.map(|normal| normal / largest * 100.0);
        }
    }
}

fn refusal(
    cell: &Cell,
    units: &Units,
    class: Option<&str>,
    length: Option<u32>,
) -> Option<Refusal> {
    if cell.qualifier == Qualifier::Planned {
        return Some(Refusal::Planned);
    }
    if cell.area.is_some() {
        return Some(Refusal::Scope);
    }
    // Where no two regions share a unit, nothing is compared.
    let class = class.unwrap_or_default();
    if units.measure(&cell.unit).0 != class {
        return Some(Refusal::Unit);
    }
    let own = cell.period.as_deref().and_then(days);
    let differs = own
        .zip(length)
        .is_some_and(|(own, length)| !is_as_long(own, length));
    differs.then_some(Refusal::PeriodLength)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_lengths() {
        for (period, expected) in [
            ("2021", Some(360)),
            ("2021-05", Some(30)),
            ("2021-01/2021-11", Some(330)),
            ("2021-05-01/2021-05-05", Some(5)),
            ("2021-05-01", Some(1)),
            ("2016/2020", Some(1800)),
            ("去年", None),
            ("2022/2020", None),
        ] {
            assert_eq!(days(period), expected, "{period}");
        }
    }
}
