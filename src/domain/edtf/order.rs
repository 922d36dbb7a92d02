//! The total order of dates, and the two numbers that carry it into the database's sort key.
//!
//! Dates stand by their sort day, then by their place within it:
//!
//! | places | what |
//! | --- | --- |
//! | 0–11 | open start, which sorts by its last day: to a day, a month, a year |
//! | 16–19 | the day itself |
//! | 32–527 | spans of 1–31 days, 16 places for each length |
//! | 528–3207 | spans of 32–366 days, 8 places for each length |
//! | 3208–6777 | spans up to a hundred years, 3 places for each 30 days and a half |
//! | 6778–8170 | longer spans, a place for each ten years |
//! | 8176–8187 | open end: from a day, a month, a year |
//!
//! So a longer span never stands before a shorter one that begins on the same day. Within a length unmarked dates in days,
//! in months and in years have places of their own, as far as there is room; marked ones share what is left. The numbers are stored:
//! they never change.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::{Edtf, Form, Mark, Point, Unit};

const DAY: i64 = 16;
const SHORT: i64 = 32;
const MIDDLE: i64 = SHORT + 31 * 16;
const LONG: i64 = MIDDLE + (366 - 31) * 8;
const VAST: i64 = LONG + 1190 * 3;
const VAST_LAST: i64 = 8170;
const OPEN_END: i64 = 8176;

impl Edtf {
    /// The day that the date sorts by: the first, or the last where the start is open.
    pub fn sort_day(&self) -> NaiveDate {
        match self.0 {
            Form::Until(last) => last.unit.last_day(),
            Form::One(first) | Form::Between(first, _) | Form::Onward(first) => {
                first.unit.first_day()
            }
        }
    }

    /// The place among the dates of one sort day, 0 to 8191 (13 bits). Stored, so it never changes.
    pub fn sort_place(&self) -> i64 {
        match self.0 {
            Form::Until(last) => open_place(last),
            Form::Onward(first) => OPEN_END + open_place(first),
            Form::One(Point {
                unit: Unit::Day(_),
                mark,
            }) => DAY + mark as i64,
            Form::One(point) => span_place(point, point),
            Form::Between(first, last) => span_place(first, last),
        }
    }
}

const fn unit_rank(unit: Unit) -> i64 {
    match unit {
        Unit::Day(_) => 0,
        Unit::Month(..) => 1,
        Unit::Year(_) => 2,
    }
}

const fn open_place(point: Point) -> i64 {
    unit_rank(point.unit) * 4 + point.mark as i64
}

fn span_place(first: Point, last: Point) -> i64 {
    let days = (last.unit.last_day() - first.unit.first_day()).num_days() + 1;
    // 0 for days at both ends, 8 for years at both ends
    let units = unit_rank(first.unit) * 3 + unit_rank(last.unit);
    let marks = first.mark as i64 * 4 + last.mark as i64;
    let plain = matches!((first.mark, last.mark), (Mark::Plain, Mark::Plain));
    match days {
        ..=31 => {
            SHORT
                + (days - 1) * 16
                + if plain {
                    units
                } else {
                    9 + (marks + units) % 7
                }
        }
        32..=366 => {
            // like units apart; unlike ones, which are rare, share a place
            let place = match units {
                0 => 0,
                1 | 3 => 1,
                4 => 2,
                8 => 3,
                _ => 4,
            };
            MIDDLE
                + (days - 32) * 8
                + if plain {
                    place
                } else {
                    5 + (marks + units) % 3
                }
        }
        367..=36_525 => {
            let place = match (plain, units) {
                (true, 0) => 0,
                (true, _) => 1,
                (false, _) => 2,
            };
            LONG + (days - 367) * 2 / 61 * 3 + place
        }
        _ => (VAST + (days - 36_526) / 3653).min(VAST_LAST),
    }
}

impl Ord for Edtf {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_day()
            .cmp(&other.sort_day())
            .then_with(|| self.sort_place().cmp(&other.sort_place()))
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Edtf {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edtf(text: &str) -> Edtf {
        text.parse().unwrap()
    }

    #[test]
    fn dates_of_one_sort_day_stand_from_open_start_to_open_end() {
        let ordered = [
            "../2024-08-31",
            "../2024-08",
            "../2024-09-01",
            "2024-09-01",
            "2024-09-01~",
            "2024-09-01/2024-09-02",
            "2024-09-01/2024-09-15",
            "2024-09-01/2024-09-30",
            "2024-09-01/2024-09",
            "2024-09/2024-09-30",
            "2024-09",
            "2024-09~",
            "2024-09-01/2024-10-31",
            "2024-09/2024-10",
            "2024-09/2025-12",
            "2024-09/2123",
            "2024-09/2200",
            "2024-09/9999",
            "2024-09-01/..",
            "2024-09/..",
            "2024-09-02",
        ];
        for pair in ordered.windows(2) {
            let (first, second) = (edtf(pair[0]), edtf(pair[1]));
            assert!(first < second, "{first} should stand before {second}");
            let key = |edtf: Edtf| (edtf.sort_day(), edtf.sort_place());
            assert!(
                key(first) < key(second),
                "{first} and {second} share a place"
            );
        }
    }

    #[test]
    fn places_are_pinned_because_they_are_stored() {
        for (text, place) in [
            ("../2024-09-10", 0),
            ("../2024", 8),
            ("2024-09-10", 16),
            ("2024-09-10?", 18),
            ("2024-09-09/2024-09-15", 128),
            ("2024-09", 500),
            ("2024", 3203),
            ("1990/1999", 3530),
            ("1900/1999", 6764),
            ("0001/9999", 7767),
            ("2024-09-10/..", 8176),
            ("2024%/..", 8187),
        ] {
            assert_eq!(edtf(text).sort_place(), place, "{text}");
        }
    }

    fn any_edtf() -> impl Strategy<Value = Edtf> {
        let point = (
            1..=9999_i32,
            1..=12_u32,
            1..=28_u32,
            0..3,
            prop::sample::select(vec!["", "~", "?", "%"]),
        )
            .prop_map(|(year, month, day, unit, mark)| match unit {
                0 => format!("{year:04}-{month:02}-{day:02}{mark}"),
                1 => format!("{year:04}-{month:02}{mark}"),
                _ => format!("{year:04}{mark}"),
            });
        (point.clone(), point, 0..4).prop_filter_map("reversed", |(first, last, form)| {
            match form {
                0 => first,
                1 => format!("../{last}"),
                2 => format!("{first}/.."),
                _ => format!("{first}/{last}"),
            }
            .parse()
            .ok()
        })
    }

    proptest! {
        #[test]
        fn the_order_is_total_and_that_of_the_stored_numbers(a in any_edtf(), b in any_edtf()) {
            prop_assert!((0..8192).contains(&a.sort_place()), "{}", a);
            let keys = (a.sort_day(), a.sort_place()).cmp(&(b.sort_day(), b.sort_place()));
            if keys != Ordering::Equal {
                prop_assert_eq!(a.cmp(&b), keys);
            }
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
        }

        #[test]
        fn every_date_reads_back_and_its_days_are_in_order(a in any_edtf()) {
            prop_assert_eq!(a.to_string().parse::<Edtf>(), Ok(a));
            if let (Some(earliest), Some(latest)) = (a.earliest(), a.latest()) {
                prop_assert!(earliest <= latest);
            }
            let _ = a.words(Some("within weeks"));
        }
    }
}
