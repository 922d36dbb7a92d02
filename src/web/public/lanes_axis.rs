//! Days → places on the axis of a chart, its ticks at a round distance, and its weekends where there is room to see them.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

/// The empty edge at either side, in pixels.
pub const MARGIN: i64 = 24;
/// The least distance of two labels of the axis, in pixels.
const TICK: i64 = 72;
/// Weekends are shown up to so many days.
const WEEKENDS: i64 = 62;

/// A line of the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Its place.
    pub x: i64,
    /// Where its label begins.
    pub text_x: i64,
    /// Its label.
    pub label: String,
}

/// A stretch of the axis that is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub x: i64,
    /// Its width.
    pub width: i64,
}

/// The axis: days to places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    first: NaiveDate,
    days: i64,
    width: i64,
}

impl Axis {
    /// The axis from a day to another, so many pixels wide.
    pub fn new(first: NaiveDate, last: NaiveDate, width: i64) -> Self {
        Self {
            first,
            days: (last - first).num_days().max(0),
            width,
        }
    }

    /// Days from its first to its last.
    pub const fn days(&self) -> i64 {
        self.days
    }

    /// The place of a day; days beyond an end stand at that end.
    pub fn x(&self, day: NaiveDate) -> i64 {
        let offset = (day - self.first).num_days().clamp(0, self.days);
        MARGIN + offset * (self.width - 2 * MARGIN) / self.days.max(1)
    }

    /// The right end.
    pub const fn end(&self) -> i64 {
        self.width - MARGIN
    }

    fn tick(&self, day: NaiveDate, pattern: &str) -> Tick {
        let x = self.x(day);
        Tick {
            x,
            text_x: x + 5,
            label: day.format(pattern).to_string(),
        }
    }

    /// Lines at days, Mondays, months or years, as far apart as their labels need.
    pub fn ticks(&self) -> Vec<Tick> {
        let most = ((self.width - 2 * MARGIN) / TICK).max(1);
        if let Some(step) = [1_i64, 7, 14]
            .into_iter()
            .find(|step| self.days / step <= most)
        {
            return self.day_ticks(step);
        }
        let months = self.days / 30 + 1;
        let step = [1, 3, 6, 12, 24, 60, 120, 240]
            .into_iter()
            .find(|step| months / i64::from(*step) <= most)
            .unwrap_or(600);
        let pattern = if step < 12 { "%b %Y" } else { "%Y" };
        let mut ticks = Vec::new();
        let mut at = NaiveDate::from_ymd_opt(self.first.year(), 1, 1);
        while let Some(day) = at {
            if (day - self.first).num_days() > self.days {
                break;
            }
            if day >= self.first {
                ticks.push(self.tick(day, pattern));
            }
            at = day.checked_add_months(Months::new(step));
        }
        ticks
    }

    fn day_ticks(&self, step: i64) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let mut at = if step == 1 {
            Some(self.first)
        } else {
            self.first
                .iter_days()
                .find(|day| day.weekday() == Weekday::Mon)
        };
        while let Some(day) = at {
            if (day - self.first).num_days() > self.days {
                break;
            }
            let pattern = if ticks.is_empty() {
                "%-d %b %Y"
            } else {
                "%-d %b"
            };
            ticks.push(self.tick(day, pattern));
            at = day.checked_add_days(Days::new(step.unsigned_abs()));
        }
        ticks
    }

    /// Saturdays and Sundays, where the axis is short enough to show them.
    pub fn weekends(&self) -> Vec<Stretch> {
        if self.days == 0 || self.days > WEEKENDS {
            return Vec::new();
        }
        let day_width = (self.width - 2 * MARGIN) / self.days;
        self.first
            .iter_days()
            .take_while(|day| (*day - self.first).num_days() <= self.days)
            .filter(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
            .map(|day| Stretch {
                x: self.x(day) - day_width / 2,
                width: day_width,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn labels(first: &str, last: &str) -> Vec<String> {
        let ticks = Axis::new(day(first), day(last), 1_104).ticks();
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn a_single_day_has_an_axis_all_the_same() {
        let axis = Axis::new(day("2024-09-10"), day("2024-09-10"), 1_104);
        assert_eq!(axis.x(day("2024-09-10")), MARGIN);
        assert_eq!(axis.ticks().len(), 1);
    }

    #[test]
    fn ticks_are_days_then_mondays_then_months_then_years() {
        assert_eq!(
            labels("2024-09-09", "2024-09-12"),
            ["9 Sep 2024", "10 Sep", "11 Sep", "12 Sep"]
        );
        assert_eq!(
            labels("2024-09-07", "2024-09-30"),
            ["9 Sep 2024", "16 Sep", "23 Sep", "30 Sep"]
        );
        assert_eq!(
            labels("2024-01-01", "2024-12-31")
                .first()
                .map(String::as_str),
            Some("Jan 2024")
        );
        assert_eq!(labels("2010-07-01", "2012-12-31")[0], "Jul 2010");
        assert_eq!(
            labels("2010-07-06", "2024-09-13")
                .first()
                .map(String::as_str),
            Some("2011")
        );
    }

    #[test]
    fn weekends_show_only_where_days_can_be_told_apart() {
        assert_eq!(
            Axis::new(day("2024-09-07"), day("2024-09-30"), 1_104)
                .weekends()
                .len(),
            8
        );
        assert!(
            Axis::new(day("2023-09-07"), day("2024-09-30"), 1_104)
                .weekends()
                .is_empty()
        );
    }
}
