//! Events of some parties → places on a chart with a lane for each. Units are CSS pixels.

use chrono::{Datelike as _, Months, NaiveDate};

use crate::domain::{
    event::Event, kind::Kind, modality::Modality, party::PartyCode, register::PartyRegister,
};

use super::super::paths;

const TOP: i64 = 44;
const LANE: i64 = 84;
const MARGIN: i64 = 24;
const WIDTH: i64 = 1_104;
/// Marks of one lane that would overlap go into rows, at most so many.
const ROWS: [i64; 3] = [18, 42, 66];
/// The side of a mark with its margin.
const MARK: i64 = 26;
/// The least distance of two labels of the axis.
const TICK: i64 = 72;

/// An event in a lane. An event of several parties stands in the lane of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its page.
    pub href: String,
    /// “10 Sep 2024, United States: …”.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// How it is told.
    pub modality: Modality,
    /// The middle.
    pub x: i64,
    /// The middle.
    pub y: i64,
}

impl Mark {
    /// The left edge of what can be pressed.
    pub fn left(&self) -> i64 {
        self.x - MARK / 2
    }

    /// The upper edge of what can be pressed.
    pub fn top(&self) -> i64 {
        self.y - MARK / 2
    }

    /// The left edge of the glyph.
    pub fn glyph_x(&self) -> i64 {
        self.x - 6
    }

    /// The upper edge of the glyph.
    pub fn glyph_y(&self) -> i64 {
        self.y - 6
    }
}

/// The days that a date spans, behind the marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The event's kind.
    pub kind: Kind,
    /// Where it begins.
    pub from: i64,
    /// Where it ends.
    pub to: i64,
    /// Its height.
    pub y: i64,
}

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

/// The chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its width.
    pub width: i64,
    /// Its height.
    pub height: i64,
    /// The upper edges of the lanes.
    pub lanes: Vec<i64>,
    /// The axis.
    pub ticks: Vec<Tick>,
    /// Spans of days.
    pub ranges: Vec<Range>,
    /// Events.
    pub marks: Vec<Mark>,
}

/// The axis: days to places.
struct Axis {
    first: NaiveDate,
    days: i64,
}

impl Axis {
    fn x(&self, day: NaiveDate) -> i64 {
        let offset = (day - self.first).num_days().clamp(0, self.days);
        MARGIN + offset * (WIDTH - 2 * MARGIN) / self.days.max(1)
    }

    fn ticks(&self) -> Vec<Tick> {
        let most = (WIDTH - 2 * MARGIN) / TICK;
        let months = self.days / 28 + 1;
        let step = [1, 3, 6, 12, 24, 60, 120, 240]
            .into_iter()
            .find(|step| months / i64::from(*step) <= most)
            .unwrap_or(600);
        let mut ticks = Vec::new();
        let mut at = NaiveDate::from_ymd_opt(self.first.year(), 1, 1);
        while let Some(day) = at {
            if (day - self.first).num_days() > self.days {
                break;
            }
            if day >= self.first {
                let pattern = if step < 12 { "%b %Y" } else { "%Y" };
                let x = self.x(day);
                ticks.push(Tick {
                    x,
                    text_x: x + 5,
                    label: day.format(pattern).to_string(),
                });
            }
            at = day.checked_add_months(Months::new(step));
        }
        ticks
    }
}

impl Chart {
    /// The chart of the parties' events; `None` where there are none.
    ///
    /// Dates that begin before the days asked for stand at the edge.
    pub fn new(
        codes: &[PartyCode],
        events: &[Event],
        (from, to): (Option<NaiveDate>, Option<NaiveDate>),
        register: &PartyRegister,
    ) -> Option<Self> {
        let days = || events.iter().map(|event| event.content.date.sort_day());
        let (earliest, latest) = (days().min()?, days().max()?);
        let first = from.map_or(earliest, |from| from.max(earliest));
        let last = to.map_or(latest, |to| to.min(latest));
        let axis = Axis {
            first,
            days: (last - first).num_days().max(0),
        };
        let mut ordered: Vec<&Event> = events.iter().collect();
        ordered.sort_by_key(|event| (event.content.date, event.id));
        let mut chart = Self {
            width: WIDTH,
            height: TOP,
            lanes: Vec::new(),
            ticks: axis.ticks(),
            ranges: Vec::new(),
            marks: Vec::new(),
        };
        for code in codes {
            let top = chart.height;
            chart.lanes.push(top);
            chart.height += LANE;
            let mut row_ends = [i64::MIN / 2; ROWS.len()];
            let acts = ordered
                .iter()
                .filter(|event| event.content.actors.contains(code));
            for event in acts {
                let day = axis.x(event.content.date.sort_day());
                let (row, x) = place(&row_ends, day);
                if let Some(end) = row_ends.get_mut(row) {
                    *end = x + MARK;
                }
                let y = top + ROWS.get(row).copied().unwrap_or(LANE / 2);
                if let (Some(first), Some(last)) =
                    (event.content.date.earliest(), event.content.date.latest())
                    && first != last
                {
                    chart.ranges.push(Range {
                        kind: event.content.kind,
                        from: axis.x(first),
                        to: axis.x(last),
                        y,
                    });
                }
                chart.width = chart.width.max(x + MARGIN);
                chart.marks.push(mark(event, code, register, (x, y)));
            }
        }
        Some(chart)
    }
}

/// The first row that is free at `day`, else the one that is free soonest.
fn place(row_ends: &[i64], day: i64) -> (usize, i64) {
    row_ends
        .iter()
        .enumerate()
        .map(|(row, end)| (row, day.max(*end)))
        .min_by_key(|(row, x)| (*x, *row))
        .unwrap_or((0, day))
}

fn mark(event: &Event, code: &PartyCode, register: &PartyRegister, (x, y): (i64, i64)) -> Mark {
    let words = event.content.date.words(None);
    Mark {
        href: paths::event(event.id),
        title: format!(
            "{}, {}: {}",
            words.long,
            register.name(code),
            event.content.headline
        ),
        kind: event.content.kind,
        modality: event.content.modality,
        x,
        y,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_would_overlap_go_into_rows_and_then_aside() {
        let mut ends = [i64::MIN / 2; 3];
        let mut placed = Vec::new();
        for _ in 0..4 {
            let (row, x) = place(&ends, 100);
            ends[row] = x + MARK;
            placed.push((row, x));
        }
        assert_eq!(placed, [(0, 100), (1, 100), (2, 100), (0, 126)]);
    }

    #[test]
    fn a_single_day_has_an_axis_all_the_same() {
        let day = NaiveDate::from_ymd_opt(2024, 9, 10).expect("a day");
        let axis = Axis {
            first: day,
            days: 0,
        };
        assert_eq!(axis.x(day), MARGIN);
    }
}
