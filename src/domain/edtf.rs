//! The date of an event: a day, a month, a year, or an interval of these that may be open at one side.
//!
//! Turns EDTF text into a validated value and back, and tells what the record needs of it: its possible days, its precision,
//! its place in the order, the words that a page shows. Seasons, quarters, halves, decades and centuries are taken and
//! become intervals; `~` (about), `?` (uncertain) and `%` (both) are kept at either end. Days are civil days: a date never
//! passes through a time zone, and clock times are refused.
//!
//! Leaves the reading of prose (“on Tuesday”) to [`crate::extract`].
//! Source: the Library of Congress's Extended Date/Time Format, levels 0 and 1; the coding guide, field `date`.

mod order;
mod parse;
mod words;

use std::fmt;

use chrono::{Datelike, NaiveDate};

pub use parse::EdtfError;
pub use words::DateWords;

/// The last year that can be written; the first is 1.
const LAST_YEAR: i32 = 9999;

/// How closely a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// One month.
    Month,
    /// One year.
    Year,
    /// From one point to another.
    Interval,
    /// Up to a point, no start given.
    OpenStart,
    /// From a point on, no end given.
    OpenEnd,
}

impl Precision {
    /// Every precision, closest first.
    pub const ALL: [Self; 6] = [
        Self::Day,
        Self::Month,
        Self::Year,
        Self::Interval,
        Self::OpenStart,
        Self::OpenEnd,
    ];

    /// The word of exports and templates.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Interval => "interval",
            Self::OpenStart => "open_start",
            Self::OpenEnd => "open_end",
        }
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A validated EDTF date of the years 0001 to 9999. `Display` gives its canonical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edtf(Form);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    Until(Point),
    One(Point),
    Between(Point, Point),
    Onward(Point),
}

/// A day, month or year with its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Point {
    unit: Unit,
    mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Unit {
    Day(NaiveDate),
    /// Year and month, both valid.
    Month(i32, u32),
    Year(i32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Mark {
    Plain,
    About,
    Uncertain,
    Both,
}

impl Mark {
    const fn sign(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::About => "~",
            Self::Uncertain => "?",
            Self::Both => "%",
        }
    }
}

impl Unit {
    fn first_day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default(),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(),
        }
    }

    fn last_day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => last_of_month(year, month),
            Self::Year(year) => last_of_month(year, 12),
        }
    }

    const fn plain(self) -> Point {
        Point {
            unit: self,
            mark: Mark::Plain,
        }
    }
}

fn last_of_month(year: i32, month: u32) -> NaiveDate {
    (28..=31)
        .rev()
        .find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        .unwrap_or_default()
}

/// Brings a day into the years that can be written.
fn within_years(day: NaiveDate) -> NaiveDate {
    let first = Unit::Year(1).first_day();
    let last = Unit::Year(LAST_YEAR).last_day();
    day.clamp(first, last)
}

impl Edtf {
    /// One day. A day outside the years 1 to 9999 becomes the nearest one within.
    pub fn day(day: NaiveDate) -> Self {
        Self(Form::One(Unit::Day(within_years(day)).plain()))
    }

    /// One month (1 to 12) of a year (1 to 9999); `None` outside these.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        ((1..=LAST_YEAR).contains(&year) && (1..=12).contains(&month))
            .then(|| Self(Form::One(Unit::Month(year, month).plain())))
    }

    /// One year (1 to 9999); `None` outside these.
    pub fn year(year: i32) -> Option<Self> {
        (1..=LAST_YEAR)
            .contains(&year)
            .then(|| Self(Form::One(Unit::Year(year).plain())))
    }

    /// From one day to another, both included, in either order; one day where they are equal.
    pub fn span(first: NaiveDate, last: NaiveDate) -> Self {
        if first == last {
            return Self::day(first);
        }
        let (first, last) = (within_years(first.min(last)), within_years(first.max(last)));
        Self(Form::Between(
            Unit::Day(first).plain(),
            Unit::Day(last).plain(),
        ))
    }

    /// Up to a day, no start given: `../2024-09-10`.
    pub fn before(last: NaiveDate) -> Self {
        Self(Form::Until(Unit::Day(within_years(last)).plain()))
    }

    /// From a day on, no end given: `2024-09-10/..`.
    pub fn onward(first: NaiveDate) -> Self {
        Self(Form::Onward(Unit::Day(within_years(first)).plain()))
    }

    /// From the first point of one date to the last point of another: “from March to May”. `None` where that is reversed,
    /// or where `first` has no start or `last` no end.
    pub fn joined(first: Self, last: Self) -> Option<Self> {
        let first = match first.0 {
            Form::One(point) | Form::Between(point, _) | Form::Onward(point) => point,
            Form::Until(_) => return None,
        };
        let last = match last.0 {
            Form::One(point) | Form::Between(_, point) | Form::Until(point) => point,
            Form::Onward(_) => return None,
        };
        Self::between(first, last)
    }

    /// The same date with its end left open; an open start stays as it is.
    #[must_use]
    pub const fn opened_after(self) -> Self {
        match self.0 {
            Form::One(point) | Form::Between(point, _) => Self(Form::Onward(point)),
            Form::Until(_) | Form::Onward(_) => self,
        }
    }

    /// The same date with its start left open; an open end stays as it is.
    #[must_use]
    pub const fn opened_before(self) -> Self {
        match self.0 {
            Form::One(point) | Form::Between(_, point) => Self(Form::Until(point)),
            Form::Until(_) | Form::Onward(_) => self,
        }
    }

    /// The same date marked as approximate (`~`) at each end, beside what it is marked with already.
    #[must_use]
    pub fn approximately(self) -> Self {
        self.map(|point| Point {
            unit: point.unit,
            mark: match point.mark {
                Mark::Plain | Mark::About => Mark::About,
                Mark::Uncertain | Mark::Both => Mark::Both,
            },
        })
    }

    fn map(self, change: impl Fn(Point) -> Point) -> Self {
        Self(match self.0 {
            Form::Until(last) => Form::Until(change(last)),
            Form::One(point) => Form::One(change(point)),
            Form::Between(first, last) => Form::Between(change(first), change(last)),
            Form::Onward(first) => Form::Onward(change(first)),
        })
    }

    /// Two equal points are one; reversed ones are none.
    fn between(first: Point, last: Point) -> Option<Self> {
        if first == last {
            return Some(Self(Form::One(first)));
        }
        (first.unit.first_day() <= last.unit.last_day()).then_some(Self(Form::Between(first, last)))
    }

    /// The first possible day; `None` where the start is open.
    pub fn earliest(&self) -> Option<NaiveDate> {
        match self.0 {
            Form::Until(_) => None,
            Form::One(first) | Form::Between(first, _) | Form::Onward(first) => {
                Some(first.unit.first_day())
            }
        }
    }

    /// The last possible day; `None` where the end is open.
    pub fn latest(&self) -> Option<NaiveDate> {
        match self.0 {
            Form::Onward(_) => None,
            Form::Until(last) | Form::One(last) | Form::Between(_, last) => {
                Some(last.unit.last_day())
            }
        }
    }

    /// How closely the date is known.
    pub const fn precision(&self) -> Precision {
        match self.0 {
            Form::Until(_) => Precision::OpenStart,
            Form::Onward(_) => Precision::OpenEnd,
            Form::Between(..) => Precision::Interval,
            Form::One(point) => match point.unit {
                Unit::Day(_) => Precision::Day,
                Unit::Month(..) => Precision::Month,
                Unit::Year(_) => Precision::Year,
            },
        }
    }

    /// The day, where the date is one, marked or not.
    pub const fn as_single_day(&self) -> Option<NaiveDate> {
        match self.0 {
            Form::One(Point {
                unit: Unit::Day(day),
                ..
            }) => Some(day),
            _ => None,
        }
    }

    /// Whether a possible day lies between two days, both included; `None` is no limit.
    pub fn overlaps(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
        let ends_before =
            matches!((self.latest(), from), (Some(latest), Some(from)) if latest < from);
        let starts_after =
            matches!((self.earliest(), to), (Some(earliest), Some(to)) if earliest > to);
        !ends_before && !starts_after
    }

    /// Whether either end is marked as approximate: `~` or `%`.
    pub fn is_approximate(&self) -> bool {
        self.marks()
            .iter()
            .any(|mark| matches!(mark, Mark::About | Mark::Both))
    }

    /// Whether either end is marked as uncertain: `?` or `%`.
    pub fn is_uncertain(&self) -> bool {
        self.marks()
            .iter()
            .any(|mark| matches!(mark, Mark::Uncertain | Mark::Both))
    }

    const fn marks(&self) -> [Mark; 2] {
        match self.0 {
            Form::Until(point) | Form::One(point) | Form::Onward(point) => [point.mark, point.mark],
            Form::Between(first, last) => [first.mark, last.mark],
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(day) => write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.unit, self.mark.sign())
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Until(last) => write!(f, "../{last}"),
            Form::One(point) => write!(f, "{point}"),
            Form::Between(first, last) => write!(f, "{first}/{last}"),
            Form::Onward(first) => write!(f, "{first}/.."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Edtf {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn constructors_write_the_shortest_edtf() {
        let (first, last) = (day("2024-09-09"), day("2024-09-15"));
        assert_eq!(Edtf::day(first).to_string(), "2024-09-09");
        assert_eq!(Edtf::span(last, first).to_string(), "2024-09-09/2024-09-15");
        assert_eq!(Edtf::span(first, first).to_string(), "2024-09-09");
        assert_eq!(Edtf::before(first).to_string(), "../2024-09-09");
        assert_eq!(Edtf::onward(first).to_string(), "2024-09-09/..");
        assert_eq!(Edtf::month(2024, 9).unwrap().to_string(), "2024-09");
        assert_eq!(Edtf::year(33).unwrap().to_string(), "0033");
        assert_eq!(Edtf::month(2024, 13), None);
        assert_eq!(Edtf::year(0), None);
        assert_eq!(Edtf::day(NaiveDate::MAX).to_string(), "9999-12-31");
    }

    #[test]
    fn possible_days_reach_from_the_first_to_the_last() {
        for (text, earliest, latest, precision) in [
            ("2024-09-10", Some("2024-09-10"), Some("2024-09-10"), "day"),
            ("2024-02", Some("2024-02-01"), Some("2024-02-29"), "month"),
            ("2023~", Some("2023-01-01"), Some("2023-12-31"), "year"),
            (
                "2023-02/2024",
                Some("2023-02-01"),
                Some("2024-12-31"),
                "interval",
            ),
            ("../2024-09", None, Some("2024-09-30"), "open_start"),
            ("2024/..", Some("2024-01-01"), None, "open_end"),
        ] {
            let edtf = date(text);
            assert_eq!(edtf.earliest(), earliest.map(day), "{text}");
            assert_eq!(edtf.latest(), latest.map(day), "{text}");
            assert_eq!(edtf.precision().slug(), precision, "{text}");
        }
        assert_eq!(date("2024-09-10?").as_single_day(), Some(day("2024-09-10")));
        assert_eq!(date("2024-09").as_single_day(), None);
    }

    #[test]
    fn a_filter_overlaps_where_one_possible_day_lies_in_it() {
        let september = date("2024-09");
        assert!(september.overlaps(Some(day("2024-09-30")), None));
        assert!(!september.overlaps(Some(day("2024-10-01")), None));
        assert!(september.overlaps(None, Some(day("2024-09-01"))));
        assert!(!september.overlaps(None, Some(day("2024-08-31"))));
        assert!(date("../2024-09-10").overlaps(Some(day("1990-01-01")), Some(day("1990-12-31"))));
        assert!(date("2024-09-10/..").overlaps(Some(day("2030-01-01")), None));
        assert!(september.overlaps(None, None));
    }

    #[test]
    fn marks_count_at_either_end() {
        assert!(date("2024-09-10~").is_approximate() && !date("2024-09-10~").is_uncertain());
        assert!(date("2024/2025?").is_uncertain() && !date("2024/2025?").is_approximate());
        assert!(date("../2024%").is_uncertain() && date("../2024%").is_approximate());
        assert_eq!(
            date("2024?/2025").approximately().to_string(),
            "2024%/2025~"
        );
    }

    #[test]
    fn joining_takes_the_outer_points() {
        let joined =
            |first, last| Edtf::joined(date(first), date(last)).map(|edtf| edtf.to_string());
        assert_eq!(
            joined("2024-03", "2024-05").as_deref(),
            Some("2024-03/2024-05")
        );
        assert_eq!(joined("1990/1999", "2005").as_deref(), Some("1990/2005"));
        assert_eq!(joined("2024-05", "2024-03"), None);
        assert_eq!(joined("../2024-05", "2025"), None);
        assert_eq!(date("2024-05").opened_after().to_string(), "2024-05/..");
        assert_eq!(date("1990/1999").opened_before().to_string(), "../1999");
    }
}
