//! Two dates → how near they are, as far as they may be of one act.

use chrono::{Days, NaiveDate};

use crate::domain::edtf::Edtf;

/// Days that an open side of a date counts.
const OPEN_SIDE: u64 = 31;

/// How two dates of one act agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearness {
    /// They are the same.
    Same,
    /// They are days that follow each other, as when one is a publisher's and one the event's own.
    DayApart,
    /// They overlap by at least half of the shorter: how much of the longer, in thousandths.
    Overlap(i64),
}

impl Nearness {
    /// In thousandths.
    pub(super) const fn score(self) -> i64 {
        match self {
            Self::Same => 1000,
            Self::DayApart => 450,
            Self::Overlap(share) => 350 + share / 2,
        }
    }

    pub(super) const fn reason(self) -> &'static str {
        match self {
            Self::Same => "same date",
            Self::DayApart => "a day apart",
            Self::Overlap(_) => "dates overlap",
        }
    }
}

/// The days that a date may mean, an open side counted as a month.
pub(super) fn known_days(date: &Edtf) -> (NaiveDate, NaiveDate) {
    let month = Days::new(OPEN_SIDE);
    match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) => (first, last),
        (Some(first), None) => (first, first.checked_add_days(month).unwrap_or(first)),
        (None, Some(last)) => (last.checked_sub_days(month).unwrap_or(last), last),
        (None, None) => (date.sort_day(), date.sort_day()),
    }
}

/// How near two dates are; `None` where they are not of one act.
pub(super) fn nearness(one: &Edtf, other: &Edtf) -> Option<Nearness> {
    if one == other {
        return Some(Nearness::Same);
    }
    if let (Some(one), Some(other)) = (one.as_single_day(), other.as_single_day()) {
        return match (one - other).num_days().abs() {
            0 => Some(Nearness::Same),
            1 => Some(Nearness::DayApart),
            _ => None,
        };
    }
    let (one, other) = (known_days(one), known_days(other));
    let length = |(first, last): (NaiveDate, NaiveDate)| (last - first).num_days() + 1;
    let common = (one.0.max(other.0), one.1.min(other.1));
    let overlap = length(common);
    let (shorter, longer) = (
        length(one).min(length(other)),
        length(one).max(length(other)),
    );
    (overlap > 0 && 2 * overlap >= shorter).then(|| Nearness::Overlap(1000 * overlap / longer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(one: &str, other: &str) -> Option<Nearness> {
        nearness(&one.parse().unwrap(), &other.parse().unwrap())
    }

    #[test]
    fn two_days_are_equal_or_a_day_apart_or_not_of_one_act() {
        assert_eq!(of("2024-09-10", "2024-09-10"), Some(Nearness::Same));
        assert_eq!(of("2024-09-10", "2024-09-11"), Some(Nearness::DayApart));
        assert_eq!(of("2024-09-10", "2024-09-12"), None);
    }

    #[test]
    fn spans_overlap_by_half_of_the_shorter() {
        assert_eq!(
            of("2024-09-10", "2024-09-09/2024-09-15"),
            Some(Nearness::Overlap(142))
        );
        assert_eq!(of("2024-09-09/2024-09-15", "2024-09-15/2024-09-30"), None);
    }

    #[test]
    fn an_open_side_counts_a_month_and_no_more() {
        assert!(of("../2024-09-10", "2024-08-20").is_some());
        assert_eq!(of("../2024-09-10", "2022-03-01"), None);
        assert_eq!(of("2024-09-10/..", "2025-03-01"), None);
        assert!(of("2024-09-10/..", "2024-09-12/..").is_some());
    }
}
