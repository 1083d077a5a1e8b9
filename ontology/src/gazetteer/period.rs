//! Takes a name, returns the years in which a division bore it.

use super::Gazetteer;

static LIST: &str = include_str!(concat!(env!("OUT_DIR"), "/gazetteer_periods.tsv"));

/// The years in which a division bore a name, as far as they are known; the year of a change belongs
/// to both names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// The first year; none where the name is older than the lists (1981) or as old as the division.
    pub from: Option<u16>,
    /// The last year; none for a name of today.
    pub until: Option<u16>,
}

impl Period {
    /// Tells whether the name was borne in a year.
    #[must_use]
    pub fn holds(self, year: u16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
    }
}

/// The periods that are bounded, sorted by name, then code.
pub(super) struct Periods(Vec<(&'static str, &'static str, Period)>);

impl Periods {
    pub(super) fn embedded() -> Self {
        let row = |line: &'static str| {
            let mut fields = line.split('\t');
            let (name, code) = (fields.next()?, fields.next()?);
            let (from, until) = (fields.next()?.parse().ok(), fields.next()?.parse().ok());
            Some((name, code, Period { from, until }))
        };
        Self(LIST.lines().filter_map(row).collect())
    }
}

impl Gazetteer {
    /// Gives the years in which a division bears or bore a name; unbounded where no change since
    /// 1980 concerns the name.
    ///
    /// # Examples
    /// ```
    /// let gazetteer = ontology::gazetteer::Gazetteer::shared()?;
    /// // A city of the county's level until 2000, that of the prefecture's level since.
    /// assert!(gazetteer.period("临汾市", "141002").holds(1998));
    /// assert!(!gazetteer.period("临汾市", "141000").holds(1998));
    /// assert!(gazetteer.period("临汾市", "141000").holds(2020));
    /// # Ok::<(), ontology::gazetteer::GazetteerError>(())
    /// ```
    #[must_use]
    pub fn period(&self, name: &str, code: &str) -> Period {
        let rows = &self.periods.0;
        rows.binary_search_by(|row| (row.0, row.1).cmp(&(name, code)))
            .ok()
            .and_then(|number| rows.get(number))
            .map(|row| row.2)
            .unwrap_or_default()
    }
}
