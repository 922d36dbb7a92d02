//! Stretches of civil days: a week, a month, a season, and counting by them.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::lexicon::{Part, Season, Unit};
use crate::domain::edtf::Edtf;

/// A stretch of whole days that has a name in the calendar, or none (`Grain::Days`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) grain: Grain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Day,
    Days,
    Week,
    Weekend,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Stretch {
    pub(super) const fn day(day: NaiveDate) -> Self {
        Self {
            first: day,
            last: day,
            grain: Grain::Day,
        }
    }

    pub(super) fn days(first: NaiveDate, last: NaiveDate) -> Self {
        if first == last {
            return Self::day(first);
        }
        Self {
            first: first.min(last),
            last: first.max(last),
            grain: Grain::Days,
        }
    }

    /// Monday to Sunday around a day.
    pub(super) fn week(day: NaiveDate) -> Self {
        let week = day.week(Weekday::Mon);
        Self {
            first: week.first_day(),
            last: week.last_day(),
            grain: Grain::Week,
        }
    }

    /// Saturday and Sunday of the week around a day.
    pub(super) fn weekend(day: NaiveDate) -> Self {
        let last = day.week(Weekday::Mon).last_day();
        Self {
            first: last - Days::new(1),
            last,
            grain: Grain::Weekend,
        }
    }

    /// So many months from the first of one; `None` outside chrono's years.
    pub(super) fn months(year: i32, month: u32, count: u32, grain: Grain) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let last = first.checked_add_months(Months::new(count))?.pred_opt()?;
        Some(Self { first, last, grain })
    }

    pub(super) fn month(year: i32, month: u32) -> Option<Self> {
        Self::months(year, month, 1, Grain::Month)
    }

    pub(super) fn year(year: i32) -> Option<Self> {
        Self::months(year, 1, 12, Grain::Year)
    }

    pub(super) fn quarter(year: i32, quarter: u32) -> Option<Self> {
        Self::months(
            year,
            (1..=4).contains(&quarter).then(|| 3 * quarter - 2)?,
            3,
            Grain::Quarter,
        )
    }

    pub(super) fn half(year: i32, half: u32) -> Option<Self> {
        Self::months(
            year,
            (1..=2).contains(&half).then(|| 6 * half - 5)?,
            6,
            Grain::Half,
        )
    }

    /// Winter runs into the next year.
    pub(super) fn season(year: i32, season: Season) -> Option<Self> {
        let first = match season {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        };
        Self::months(year, first, 3, Grain::Season)
    }

    pub(super) fn decade(year: i32) -> Option<Self> {
        Self::months(year - year.rem_euclid(10), 1, 120, Grain::Decade)
    }

    pub(super) fn century(year: i32) -> Option<Self> {
        Self::months(year - year.rem_euclid(100), 1, 1200, Grain::Century)
    }

    /// The stretch of a unit around a day.
    pub(super) fn around(day: NaiveDate, unit: Unit) -> Option<Self> {
        match unit {
            Unit::Hour | Unit::Day => Some(Self::day(day)),
            Unit::Week => Some(Self::week(day)),
            Unit::Fortnight => Some(Self::days(day - Days::new(13), day)),
            Unit::Weekend => Some(Self::weekend(day)),
            Unit::Month => Self::month(day.year(), day.month()),
            Unit::Quarter => Self::quarter(day.year(), day.month0() / 3 + 1),
            Unit::Year => Self::year(day.year()),
            Unit::Decade => Self::decade(day.year()),
            Unit::Century => Self::century(day.year()),
        }
    }

    /// The stretch of a unit so many units after (before, if negative) the one around a day.
    pub(super) fn shifted(day: NaiveDate, count: i32, unit: Unit) -> Option<Self> {
        Self::around(moved(day, count, unit)?, unit)
    }

    /// A part, as the coding guide divides a month: days 1–10, 10–20, 20–end; the first or last five days. Longer
    /// stretches are divided in thirds of months, and start and end are a quarter of the months.
    pub(super) fn part(self, part: Part) -> Self {
        let length = (self.last - self.first).num_days() + 1;
        let (from, to) = match (self.grain, part) {
            (Grain::Month, Part::Early) => (0, 9),
            (Grain::Month, Part::Middle) => (9, 19),
            (Grain::Month, Part::Late) => (19, length - 1),
            (Grain::Month, Part::Start) => (0, 4),
            (Grain::Month, Part::End) => (length - 5, length - 1),
            (Grain::Week, Part::Early | Part::Start) => (0, 2),
            (Grain::Week, Part::Middle) => (2, 3),
            (Grain::Week, Part::Late | Part::End) => (3, length - 1),
            (Grain::Day | Grain::Days | Grain::Weekend, _) => return self,
            (_, part) => return self.months_part(part),
        };
        Self::days(plus(self.first, from), plus(self.first, to))
    }

    fn months_part(self, part: Part) -> Self {
        let count = (self.last.year() - self.first.year()) * 12 + self.last.month0().cast_signed()
            - self.first.month0().cast_signed()
            + 1;
        let (from, to) = match part {
            Part::Early => (0, count / 3),
            Part::Middle => (count / 3, count - count / 3),
            Part::Late => (count - count / 3, count),
            Part::Start => (0, (count / 4).max(1)),
            Part::End => (count - (count / 4).max(1), count),
        };
        let months = |count: i32| {
            count
                .try_into()
                .ok()
                .and_then(|count| self.first.checked_add_months(Months::new(count)))
        };
        match (months(from), months(to).and_then(|day| day.pred_opt())) {
            (Some(first), Some(last)) => Self {
                first,
                last,
                grain: Grain::Days,
            },
            _ => self,
        }
    }

    pub(super) fn edtf(self) -> Edtf {
        match self.grain {
            Grain::Day => Edtf::day(self.first),
            Grain::Week | Grain::Weekend => Edtf::span(self.first, self.last),
            _ => Edtf::span_in_units(self.first, self.last),
        }
    }

    /// What is printed for it, where that is not its date.
    pub(super) fn own_code(self) -> Option<String> {
        let has_code = match self.grain {
            Grain::Season | Grain::Quarter | Grain::Half => true,
            Grain::Decade | Grain::Century => self.first.year() > 0,
            _ => false,
        };
        has_code.then(|| self.code())
    }

    /// EDTF with the codes of seasons, quarters, halves, decades and centuries.
    pub(super) fn code(self) -> String {
        let year = self.first.year();
        let month = self.first.month();
        match self.grain {
            Grain::Season => format!("{year:04}-{}", 20 + month / 3),
            Grain::Quarter => format!("{year:04}-{}", 33 + month / 3),
            Grain::Half => format!("{year:04}-{}", 40 + month / 6),
            Grain::Decade if year > 0 => format!("{:03}X", year / 10),
            Grain::Century if year > 0 => format!("{:02}XX", year / 100),
            _ => self.edtf().to_string(),
        }
    }

    pub(super) fn holds(self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// A day so many days later (earlier, if negative); stays put at the calendar's ends.
pub(super) fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    chrono::TimeDelta::try_days(days)
        .and_then(|delta| day.checked_add_signed(delta))
        .unwrap_or(day)
}

/// A day so many units later; the 31st becomes the 30th where the month is shorter.
pub(super) fn moved(day: NaiveDate, count: i32, unit: Unit) -> Option<NaiveDate> {
    let days = |each: i64| {
        chrono::TimeDelta::try_days(i64::from(count) * each)
            .and_then(|delta| day.checked_add_signed(delta))
    };
    let months = |each: u32| {
        let months = Months::new(count.unsigned_abs().checked_mul(each)?);
        if count < 0 {
            day.checked_sub_months(months)
        } else {
            day.checked_add_months(months)
        }
    };
    let moved = match unit {
        Unit::Hour => Some(day),
        Unit::Day => days(1),
        Unit::Week | Unit::Weekend => days(7),
        Unit::Fortnight => days(14),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Year => months(12),
        Unit::Decade => months(120),
        Unit::Century => months(1200),
    }?;
    (1..=9998).contains(&moved.year()).then_some(moved)
}

/// The weekday at or before a day.
pub(super) fn weekday_back(day: NaiveDate, weekday: Weekday) -> NaiveDate {
    plus(day, -i64::from(day.weekday().days_since(weekday)))
}

/// The weekday at or after a day.
pub(super) fn weekday_ahead(day: NaiveDate, weekday: Weekday) -> NaiveDate {
    plus(day, i64::from(weekday.days_since(day.weekday())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn named_stretches_print_their_codes() {
        let codes = [
            Stretch::season(2024, Season::Winter),
            Stretch::season(2024, Season::Spring),
            Stretch::quarter(2024, 4),
            Stretch::half(2024, 2),
            Stretch::half(2024, 1),
            Stretch::decade(1995),
            Stretch::century(1995),
            Stretch::around(day("2024-09-10"), Unit::Week),
        ]
        .map(|stretch| stretch.unwrap().code());
        assert_eq!(
            codes,
            [
                "2024-24",
                "2024-21",
                "2024-36",
                "2024-41",
                "2024-40",
                "199X",
                "19XX",
                "2024-09-09/2024-09-15"
            ]
        );
    }

    #[test]
    fn parts_divide_a_month_as_the_guide_does() {
        let march = Stretch::month(2024, 3).unwrap();
        let part = |part| march.part(part).edtf().to_string();
        assert_eq!(part(Part::Early), "2024-03-01/2024-03-10");
        assert_eq!(part(Part::Middle), "2024-03-10/2024-03-20");
        assert_eq!(part(Part::Late), "2024-03-20/2024-03-31");
        assert_eq!(part(Part::Start), "2024-03-01/2024-03-05");
        assert_eq!(part(Part::End), "2024-03-27/2024-03-31");
        let year = Stretch::year(2024).unwrap();
        assert_eq!(year.part(Part::Late).edtf().to_string(), "2024-09/2024-12");
        assert_eq!(year.part(Part::End).edtf().to_string(), "2024-10/2024-12");
    }

    #[test]
    fn counting_by_months_keeps_within_the_month() {
        assert_eq!(
            moved(day("2024-03-31"), -1, Unit::Month),
            Some(day("2024-02-29"))
        );
        assert_eq!(moved(day("2024-03-31"), i32::MIN, Unit::Century), None);
        assert_eq!(moved(day("2024-03-31"), 9000, Unit::Year), None);
    }

    #[test]
    fn weekdays_count_the_day_itself() {
        assert_eq!(
            weekday_back(day("2024-09-10"), Weekday::Tue),
            day("2024-09-10")
        );
        assert_eq!(
            weekday_back(day("2024-09-10"), Weekday::Wed),
            day("2024-09-04")
        );
        assert_eq!(
            weekday_ahead(day("2024-09-10"), Weekday::Mon),
            day("2024-09-16")
        );
    }
}
