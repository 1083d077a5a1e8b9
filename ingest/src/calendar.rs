//! Takes days of the calendar, returns days so many days, weeks or months away.

/// Days in 400 years, 4 years and a year.
const CYCLE: i64 = 146_097;

/// Tells how many days a month has; 0 for months that are none.
pub(crate) fn days_in(year: u16, month: u16) -> u16 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: u16,
    pub(crate) month: u16,
    pub(crate) day: u16,
}

impl Day {
    /// Gives a day that exists.
    pub(crate) fn new(year: u16, month: u16, day: u16) -> Option<Self> {
        (1..=days_in(year, month))
            .contains(&day)
            .then_some(Self { year, month, day })
    }

    /// Gives `2021-12-08`.
    pub(crate) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Counts the days since the first of March of the year 0.
    fn number(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let month = (month + 9) % 12;
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1
    }

    fn from_number(number: i64) -> Option<Self> {
        let (cycle, day) = (number.div_euclid(CYCLE), number.rem_euclid(CYCLE));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let of_year = day - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year + cycle * 400 + i64::from(month <= 2);
        let small = |value: i64| u16::try_from(value).ok();
        Self::new(
            small(year)?,
            small(month)?,
            small(of_year - (153 * shifted + 2) / 5 + 1)?,
        )
    }

    /// Gives the day so many days later (negative: earlier).
    pub(crate) fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_number(self.number() + days)
    }

    /// Gives the same day so many months later, or the last of that month where it has none.
    pub(crate) fn plus_months(self, months: i64) -> Option<Self> {
        let number = i64::from(self.year) * 12 + i64::from(self.month) - 1 + months;
        let year = u16::try_from(number.div_euclid(12)).ok()?;
        let month = u16::try_from(number.rem_euclid(12) + 1).ok()?;
        Self::new(year, month, self.day.min(days_in(year, month)))
    }

    /// Gives the day of the week, 0 for Monday.
    pub(crate) fn weekday(self) -> i64 {
        // The first of March of the year 0 was a Wednesday.
        (self.number() + 2).rem_euclid(7)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day = |year, month, day| Day::new(year, month, day).unwrap();
        assert_eq!(Day::new(2021, 13, 1), None);
        assert_eq!(Day::new(2021, 2, 29), None);
        assert_eq!(day(2024, 2, 28).plus_days(2), Some(day(2024, 3, 1)));
        assert_eq!(day(2021, 1, 1).plus_days(-1), Some(day(2020, 12, 31)));
        assert_eq!(day(2000, 2, 29).plus_days(365), Some(day(2001, 2, 28)));
        assert_eq!(day(2021, 10, 31).plus_months(1), Some(day(2021, 11, 30)));
        assert_eq!(day(2021, 1, 15).plus_months(-2), Some(day(2020, 11, 15)));
        assert_eq!(day(2026, 11, 24).weekday(), 1);
        assert_eq!(day(2000, 1, 1).weekday(), 5);
        let mut one = day(1899, 12, 30);
        for _ in 0..80_000 {
            let next = one.plus_days(1).unwrap();
            assert!(next > one && next.plus_days(-1) == Some(one));
            one = next;
        }
    }
}
