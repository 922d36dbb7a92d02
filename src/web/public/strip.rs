//! The density strip: two years of months, each a link and a small stack of bars.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

use crate::{
    domain::{
        filter::{DayBound, TimelineFilter},
        kind::Kind,
    },
    store::MonthCount,
};

use super::super::paths;

/// Months that the strip shows.
const MONTHS: i32 = 24;
/// The height of a month's drawing, in its own units.
const HEIGHT: i64 = 6_000;

/// A month, counted from the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Month(i32);

impl Month {
    /// The month 1 to 12 of a year.
    fn new(year: i32, month: u32) -> Self {
        Self(year * 12 + i32::try_from(month).unwrap_or(1) - 1)
    }

    fn of(day: NaiveDate) -> Self {
        Self::new(day.year(), day.month())
    }

    const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    fn first_day(self) -> NaiveDate {
        let month = u32::try_from(self.0.rem_euclid(12) + 1).unwrap_or(1);
        NaiveDate::from_ymd_opt(self.0.div_euclid(12), month, 1).unwrap_or_default()
    }

    fn last_day(self) -> NaiveDate {
        self.plus(1)
            .first_day()
            .pred_opt()
            .unwrap_or_else(|| self.first_day())
    }

    fn words(self, pattern: &str) -> String {
        self.first_day().format(pattern).to_string()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words("%Y-%m"))
    }
}

/// A bar of one kind in a month's stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The kind.
    pub kind: Kind,
    /// Its top, from above.
    pub y: i64,
    /// Its height.
    pub height: i64,
}

/// One month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthBar {
    /// The list of that month.
    pub href: String,
    /// “Sep”.
    pub label: String,
    /// The year, under January, October and the first.
    pub year: String,
    /// “September 2024: 46”.
    pub full: String,
    /// Events of the month.
    pub count: i64,
    /// Whether the dates asked for touch it.
    pub place: Place,
    /// Its stack, from the ground up.
    pub bars: Vec<Bar>,
}

/// Whether a month lies in the dates asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Dates were asked for and the month lies in them.
    Within,
    /// It does not, or no dates were asked for.
    Outside,
}

impl MonthBar {
    /// Whether the dates asked for touch it.
    pub fn is_current(&self) -> bool {
        self.place == Place::Within
    }
}

/// A link that widens or moves the range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrushLink {
    /// What it does.
    pub text: &'static str,
    /// Where it leads.
    pub href: String,
}

/// A row of the table that says the same as the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthRow {
    /// The list of that month.
    pub href: String,
    /// “September 2024”.
    pub label: String,
    /// A count for every kind of the legend.
    pub counts: Vec<i64>,
    /// All of them.
    pub all: i64,
}

/// The strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// “Oct 2022”.
    pub first: String,
    /// “Sep 2024”.
    pub last: String,
    /// The count at half the height.
    pub line: i64,
    /// The months, the earliest first.
    pub months: Vec<MonthBar>,
    /// Kinds that stand in it.
    pub legend: Vec<Kind>,
    /// Links that move the range.
    pub brush: Vec<BrushLink>,
    /// The months as a table, the latest first, those without events left out.
    pub rows: Vec<MonthRow>,
}

impl Strip {
    /// The strip of a filter's months; its links lead to `path`. `today` ends it where nothing else does.
    pub fn new(
        path: &str,
        filter: &TimelineFilter,
        counts: &[MonthCount],
        today: NaiveDate,
    ) -> Self {
        let month_of = |count: &MonthCount| Month::new(count.year, count.month);
        let from = filter.from.as_ref().map(|bound| Month::of(bound.day));
        let to = filter.to.as_ref().map(|bound| Month::of(bound.day));
        let latest = counts
            .iter()
            .filter(|count| count.count > 0)
            .map(month_of)
            .max();
        let last = match (to, latest) {
            // a range that reaches beyond the record ends where the record does
            (Some(to), Some(latest)) => to.min(latest.max(from.unwrap_or(latest))),
            (Some(to), None) => to,
            (None, Some(latest)) => latest.max(from.unwrap_or(latest)),
            (None, None) => Month::of(today),
        };
        let first = last.plus(1 - MONTHS);
        let link_to = |from: Option<Month>, to: Option<Month>| {
            let mut filter = filter.first_page();
            filter.from = from.map(|month| bound(month, Month::first_day));
            filter.to = to.map(|month| bound(month, Month::last_day));
            paths::list(path, &filter)
        };
        let shown: Vec<&MonthCount> = counts
            .iter()
            .filter(|count| count.count > 0 && (first..=last).contains(&month_of(count)))
            .collect();
        let legend: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|kind| shown.iter().any(|count| count.kind == *kind))
            .collect();
        let of = |month: Month, kind: Kind| -> i64 {
            shown
                .iter()
                .filter(|count| month_of(count) == month && count.kind == kind)
                .map(|count| count.count)
                .sum()
        };
        let months: Vec<Month> = (0..MONTHS).map(|step| first.plus(step)).collect();
        let total = |month: Month| -> i64 { legend.iter().map(|kind| of(month, *kind)).sum() };
        let highest = months.iter().map(|month| total(*month)).max().unwrap_or(0);
        let line = half_height(highest);
        let bars = months
            .iter()
            .map(|&month| {
                let count = total(month);
                let within = (from.is_some() || to.is_some())
                    && from.is_none_or(|from| from <= month)
                    && to.is_none_or(|to| month <= to);
                MonthBar {
                    href: link_to(Some(month), Some(month)),
                    label: month.words("%b"),
                    year: if month == first || month.0.rem_euclid(12) == 0 {
                        month.words("%Y")
                    } else {
                        String::new()
                    },
                    full: format!("{}: {count}", month.words("%B %Y")),
                    count,
                    place: if within {
                        Place::Within
                    } else {
                        Place::Outside
                    },
                    bars: stack(&legend, |kind| of(month, kind), line),
                }
            })
            .collect();
        let rows = months
            .iter()
            .rev()
            .filter(|month| total(**month) > 0)
            .map(|&month| MonthRow {
                href: link_to(Some(month), Some(month)),
                label: month.words("%B %Y"),
                counts: legend.iter().map(|kind| of(month, *kind)).collect(),
                all: total(month),
            })
            .collect();
        Self {
            first: first.words("%b %Y"),
            last: last.words("%b %Y"),
            line,
            months: bars,
            legend,
            brush: brush(link_to, (first, last), (from, to)),
            rows,
        }
    }
}

fn bound(month: Month, day: fn(Month) -> NaiveDate) -> DayBound {
    DayBound {
        text: month.to_string(),
        day: day(month),
    }
}

fn brush(
    link: impl Fn(Option<Month>, Option<Month>) -> String,
    (first, last): (Month, Month),
    (from, to): (Option<Month>, Option<Month>),
) -> Vec<BrushLink> {
    let mut links = Vec::new();
    let mut push = |text, from, to| {
        links.push(BrushLink {
            text,
            href: link(from, to),
        });
    };
    if let Some(from) = from {
        push("Start a month earlier", Some(from.plus(-1)), to);
    }
    if let (Some(from), Some(to)) = (from, to)
        && from == to
    {
        push("Previous month", Some(from.plus(-1)), Some(from.plus(-1)));
        push("Next month", Some(from.plus(1)), Some(from.plus(1)));
    }
    push("Last 3 months", Some(last.plus(-2)), Some(last));
    push("Last 12 months", Some(last.plus(-11)), Some(last));
    push(
        "The 2 years before",
        Some(first.plus(-MONTHS)),
        Some(first.plus(-1)),
    );
    if from.is_some() || to.is_some() {
        push("All years", None, None);
    }
    links
}

/// A round count of which twice reaches the highest month.
fn half_height(highest: i64) -> i64 {
    const ROUND: [i64; 9] = [10, 15, 20, 25, 30, 40, 50, 60, 80];
    if highest <= 20 {
        return (highest + 1).div_euclid(2).max(1);
    }
    let mut power = 1;
    loop {
        if let Some(line) = ROUND
            .into_iter()
            .map(|round| round * power)
            .find(|line| line * 2 >= highest)
        {
            return line;
        }
        power *= 10;
    }
}

/// The bars of one month, from the ground up; `line` events reach half the height.
fn stack(kinds: &[Kind], count: impl Fn(Kind) -> i64, line: i64) -> Vec<Bar> {
    let mut below = 0;
    let mut bars = Vec::new();
    for &kind in kinds {
        let count = count(kind);
        if count == 0 {
            continue;
        }
        let bottom = HEIGHT - below * HEIGHT / (line * 2);
        below += count;
        let y = HEIGHT - below * HEIGHT / (line * 2);
        bars.push(Bar {
            kind,
            y,
            height: bottom - y,
        });
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::{Clock, Timestamp};

    fn filter(query: &[(&str, &str)]) -> TimelineFilter {
        let clock = Clock::fixed(Timestamp::from_micros(0).expect("1970"));
        TimelineFilter::parse(query.iter().copied(), &clock).filter
    }

    fn count(year: i32, month: u32, kind: Kind, count: i64) -> MonthCount {
        MonthCount {
            year,
            month,
            kind,
            count,
        }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day")
    }

    #[test]
    fn two_years_end_with_the_latest_month_on_record() {
        let counts = [
            count(2024, 9, Kind::Sanction, 3),
            count(2024, 9, Kind::Visit, 1),
        ];
        let strip = Strip::new("/", &filter(&[("kind", "sanction")]), &counts, today());
        assert_eq!(
            (strip.first.as_str(), strip.last.as_str()),
            ("Oct 2022", "Sep 2024")
        );
        assert_eq!(strip.months.len(), 24);
        let last = strip.months.last().expect("24 months");
        assert_eq!(last.full, "September 2024: 4");
        assert_eq!(last.href, "/?kind=sanction&from=2024-09&to=2024-09");
        assert_eq!(last.bars.iter().map(|bar| bar.height).sum::<i64>(), HEIGHT);
        assert_eq!(strip.rows.len(), 1);
    }

    #[test]
    fn months_within_the_dates_asked_for_are_current() {
        let counts = [count(2024, 9, Kind::Sanction, 3)];
        let filter = filter(&[("from", "2024-08"), ("to", "2024-09-10")]);
        let strip = Strip::new("/", &filter, &counts, today());
        let current: Vec<_> = strip
            .months
            .iter()
            .filter(|month| month.is_current())
            .map(|month| month.full.as_str())
            .collect();
        assert_eq!(current, ["August 2024: 0", "September 2024: 3"]);
    }

    #[test]
    fn a_range_that_reaches_beyond_the_record_ends_with_the_record() {
        let counts = [count(2024, 9, Kind::Sanction, 3)];
        let strip = Strip::new("/", &filter(&[("to", "2030")]), &counts, today());
        assert_eq!(strip.last, "Sep 2024");
    }

    #[test]
    fn the_line_at_half_height_is_a_round_count() {
        for (highest, line) in [(0, 1), (1, 1), (46, 25), (20, 10), (58, 30), (900, 500)] {
            assert_eq!(half_height(highest), line, "{highest}");
        }
    }
}
