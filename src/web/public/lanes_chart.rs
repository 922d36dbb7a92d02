//! Events in lanes → places on a chart: marks, spans, open ends, ties between linked events. Units are CSS pixels.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::{
    event::Event, id::EventId, kind::Kind, modality::Modality, relation::RelationKind,
    standing::Period,
};

use super::{
    super::paths,
    lanes_axis::{Axis, MARGIN, Stretch, Tick},
};

const TOP: i64 = 44;
const LANE: i64 = 104;
/// Widths that are tried until every mark stands where its day is.
const WIDTHS: [i64; 4] = [1_104, 1_656, 2_484, 3_726];
/// How far a mark may stand from its day, unless the day itself is wider.
const ASIDE_MAX: i64 = 26;
/// Marks of one lane that would overlap go into rows, at most so many.
const ROWS: [i64; 4] = [17, 41, 64, 87];
/// The side of a mark with its margin.
const MARK: i64 = 26;
/// How far an open end reaches before it is gone.
const FADE: i64 = 110;
/// The least width of a band that has room for its words.
const BAND_WORDS: i64 = 70;

/// One lane: whose it is, what is in it, and when something was in force.
#[derive(Debug, Clone)]
pub struct LaneOf<'a> {
    /// The name that marks begin with.
    pub name: String,
    /// Its events.
    pub events: Vec<&'a Event>,
    /// Bands behind the marks.
    pub periods: Vec<Period>,
}

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

/// Whether the days of a range are known at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// They are.
    Known,
    /// One end is open: the line fades.
    Open,
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
    /// Whether it fades.
    pub ends: Ends,
}

impl Range {
    /// Whether it fades.
    pub fn is_open(&self) -> bool {
        self.ends == Ends::Open
    }
}

/// A line between two linked events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The path.
    pub path: String,
    /// “Denies: one headline – the other”.
    pub title: String,
    /// How the later stands to the earlier.
    pub kind: RelationKind,
}

impl Tie {
    /// Whether one led to the other, rather than spoke against it.
    pub fn led_to(&self) -> bool {
        !matches!(self.kind, RelationKind::Denies | RelationKind::Answers)
    }
}

/// Days during which something was in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Where it begins.
    pub x: i64,
    /// Its width.
    pub width: i64,
    /// Its upper edge.
    pub y: i64,
    /// Where its words stand, if there is room.
    pub words_x: Option<i64>,
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
    /// Weekends.
    pub weekends: Vec<Stretch>,
    /// When something was in force.
    pub bands: Vec<Band>,
    /// Spans of days.
    pub ranges: Vec<Range>,
    /// Lines between linked events.
    pub ties: Vec<Tie>,
    /// Events.
    pub marks: Vec<Mark>,
    /// Kinds that stand in it, in their order.
    pub kinds: Vec<Kind>,
    /// Modalities that stand in it, in their order.
    pub modalities: Vec<Modality>,
    /// The first day of the axis.
    pub first: NaiveDate,
    /// The last day of the axis.
    pub last: NaiveDate,
}

impl Chart {
    /// The chart of some lanes; `None` where there is no event in them.
    ///
    /// Dates that begin before the days asked for stand at the edge. The chart grows wider until no mark stands far from
    /// its day.
    pub fn new(
        lanes: &[LaneOf<'_>],
        (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Option<Self> {
        let days = || {
            lanes
                .iter()
                .flat_map(|lane| &lane.events)
                .map(|event| event.content.date.sort_day())
        };
        let (earliest, latest) = (days().min()?, days().max()?);
        let first = from.map_or(earliest, |from| from.max(earliest));
        let last = to.map_or(latest, |to| to.min(latest)).max(first);
        let mut drawn = None;
        for width in WIDTHS {
            let (chart, aside) = Self::draw(lanes, (first, last), width);
            drawn = Some(chart);
            let day = (width - 2 * MARGIN) / (last - first).num_days().max(1);
            if aside <= ASIDE_MAX.max(day - MARK / 2) {
                break;
            }
        }
        drawn
    }

    /// The chart at a width, and how far the worst of its marks stands from its day.
    fn draw(
        lanes: &[LaneOf<'_>],
        (first, last): (NaiveDate, NaiveDate),
        width: i64,
    ) -> (Self, i64) {
        let axis = Axis::new(first, last, width);
        let mut chart = Self {
            width,
            height: TOP,
            lanes: Vec::new(),
            ticks: axis.ticks(),
            weekends: axis.weekends(),
            bands: Vec::new(),
            ranges: Vec::new(),
            ties: Vec::new(),
            marks: Vec::new(),
            kinds: Vec::new(),
            modalities: Vec::new(),
            first,
            last,
        };
        let mut worst = 0;
        let mut places: HashMap<EventId, Vec<(i64, i64)>> = HashMap::new();
        for lane in lanes {
            let top = chart.height;
            chart.lanes.push(top);
            chart.height += LANE;
            for period in &lane.periods {
                chart.bands.extend(band(&axis, *period, top));
            }
            let mut ordered = lane.events.clone();
            ordered.sort_by_key(|event| (event.content.date, event.id));
            let mut row_ends = [i64::MIN / 2; ROWS.len()];
            for event in ordered {
                let day = axis.x(event.content.date.sort_day());
                let (row, x) = place(&row_ends, day);
                // what lies beyond an end stands at that end, however many there are
                if (first..=last).contains(&event.content.date.sort_day()) {
                    worst = worst.max(x - day);
                }
                if let Some(end) = row_ends.get_mut(row) {
                    *end = x + MARK;
                }
                let y = top + ROWS.get(row).copied().unwrap_or(LANE / 2);
                chart.ranges.extend(range(&axis, event, y));
                chart.width = chart.width.max(x + MARGIN);
                places.entry(event.id).or_default().push((x, y));
                chart.marks.push(mark(event, &lane.name, (x, y)));
            }
        }
        let shown = || chart.marks.iter();
        chart.kinds = Kind::ALL
            .into_iter()
            .filter(|kind| shown().any(|mark| mark.kind == *kind))
            .collect();
        chart.modalities = Modality::ALL
            .into_iter()
            .filter(|modality| shown().any(|mark| mark.modality == *modality))
            .collect();
        let marks = &chart.marks;
        for band in &mut chart.bands {
            let is_free = |x: i64| {
                !marks.iter().any(|mark| {
                    (mark.x - x).abs() < BAND_WORDS / 2 + MARK / 2 && (mark.y - band.y).abs() < MARK
                })
            };
            band.words_x = band.words_x.filter(|x| is_free(*x));
        }
        chart.ties = ties(lanes, &places);
        (chart, worst)
    }

    /// Whether an event of it answers or denies another.
    pub fn has_answers(&self) -> bool {
        self.ties.iter().any(|tie| !tie.led_to())
    }

    /// Whether an event of it led to another.
    pub fn has_consequences(&self) -> bool {
        self.ties.iter().any(Tie::led_to)
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

fn band(axis: &Axis, period: Period, top: i64) -> Option<Band> {
    let x = axis.x(period.from);
    let end = period.to.map_or(axis.end(), |to| axis.x(to));
    let width = end - x;
    (width > 0).then(|| Band {
        x,
        width,
        y: top + LANE / 2 - 7,
        words_x: (width >= BAND_WORDS).then_some(x + width / 2),
    })
}

fn range(axis: &Axis, event: &Event, y: i64) -> Option<Range> {
    let date = event.content.date;
    let (from, to, ends) = match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) if first == last => return None,
        (Some(first), Some(last)) => (axis.x(first), axis.x(last), Ends::Known),
        (None, Some(last)) => {
            let to = axis.x(last);
            ((to - FADE).max(0), to, Ends::Open)
        }
        (Some(first), None) => {
            let from = axis.x(first);
            (from, from + FADE, Ends::Open)
        }
        (None, None) => return None,
    };
    Some(Range {
        kind: event.content.kind,
        from,
        to,
        y,
        ends,
    })
}

fn mark(event: &Event, name: &str, (x, y): (i64, i64)) -> Mark {
    let words = event.content.date.words(None);
    Mark {
        href: paths::event(event.id),
        title: format!("{}, {name}: {}", words.long, event.content.headline),
        kind: event.content.kind,
        modality: event.content.modality,
        x,
        y,
    }
}

/// A tie for every relation between two events of the chart, between their marks that are nearest.
fn ties(lanes: &[LaneOf<'_>], places: &HashMap<EventId, Vec<(i64, i64)>>) -> Vec<Tie> {
    let mut events: Vec<&Event> = lanes
        .iter()
        .flat_map(|lane| lane.events.iter().copied())
        .collect();
    events.sort_by_key(|event| event.id);
    events.dedup_by_key(|event| event.id);
    let headline = |id: EventId| {
        let of = events.iter().find(|event| event.id == id);
        of.map(|event| event.content.headline.as_str())
    };
    let mut ties = Vec::new();
    for event in &events {
        for relation in &event.content.relations {
            let (Some(ours), Some(theirs), Some(other)) = (
                places.get(&event.id),
                places.get(&relation.to),
                headline(relation.to),
            ) else {
                continue;
            };
            let nearest = ours
                .iter()
                .flat_map(|to| theirs.iter().map(move |from| (*from, *to)))
                .min_by_key(|((x1, y1), (x2, y2))| (x1 - x2).abs() + (y1 - y2).abs());
            if let Some((from, to)) = nearest {
                ties.push(Tie {
                    path: curve(from, to),
                    title: format!(
                        "{}: {} – {other}",
                        relation.kind.label(),
                        event.content.headline
                    ),
                    kind: relation.kind,
                });
            }
        }
    }
    ties
}

/// A line that leaves sideways and arrives from above or below, or bows where both marks stand in one row.
fn curve((x1, y1): (i64, i64), (x2, y2): (i64, i64)) -> String {
    if y1 == y2 {
        let bow = y1 - 24;
        return format!("M{x1} {y1}C{x1} {bow} {x2} {bow} {x2} {y2}");
    }
    format!("M{x1} {y1}C{x2} {y1} {x2} {y1} {x2} {y2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_would_overlap_go_into_rows_and_then_aside() {
        let mut ends = [i64::MIN / 2; 4];
        let mut placed = Vec::new();
        for _ in 0..5 {
            let (row, x) = place(&ends, 100);
            ends[row] = x + MARK;
            placed.push((row, x));
        }
        assert_eq!(placed, [(0, 100), (1, 100), (2, 100), (3, 100), (0, 126)]);
    }

    #[test]
    fn a_band_without_an_end_runs_to_the_edge() {
        let day = |text: &str| text.parse().expect("a day");
        let axis = Axis::new(day("2018-01-01"), day("2024-01-01"), 1_104);
        let period = Period {
            from: day("2021-01-01"),
            to: None,
        };
        let band = band(&axis, period, 44).expect("a band");
        assert_eq!(band.x + band.width, axis.end());
        assert!(band.words_x.is_some());
    }
}
