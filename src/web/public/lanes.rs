//! Two to eight parties side by side: a lane each on one time axis, ties between linked events, and the same events as a
//! table.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use chrono::{Days, NaiveDate};

use crate::domain::{
    event::Event,
    filter::{DayBound, ParameterError, TimelineFilter},
    party::PartyCode,
    register::PartyRegister,
};

use super::{
    super::{
        error::WebError,
        filters,
        listing::{EventItem, PartyLink, Related},
        page::{self, Nav, Page},
        paths,
        query::RawQuery,
        state::AppState,
        visitor::Visitor,
    },
    active, filter_form,
    lanes_chart::{Chart, LaneOf},
    timeline::{ExportLink, exports},
};

/// The fewest and the most lanes.
const LANES: std::ops::RangeInclusive<usize> = 2..=8;
/// The most events that the chart and the table hold.
const EVENTS_MAX: u32 = 400;
/// An axis is not made shorter than this.
const CLOSEST_DAYS: i64 = 14;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRow {
    /// The event.
    pub item: EventItem,
    /// Its date.
    pub date: String,
}

/// A lane's label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// The party.
    pub party: PartyLink,
    /// Its events shown.
    pub count: i64,
}

/// A link that shows another stretch of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoomLink {
    /// “Closer”.
    pub text: &'static str,
    /// Where it leads.
    pub href: String,
}

/// What places an event in a party's lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlacedBy {
    /// The party acts.
    Actor,
    /// It is on either side.
    Either,
}

impl PlacedBy {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Actor, Self::Either];

    /// The word of addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Either => "either",
        }
    }

    /// The words shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Actor => "Who acts",
            Self::Either => "Either side",
        }
    }

    fn holds(self, event: &Event, code: &PartyCode) -> bool {
        event.content.actors.contains(code)
            || (self == Self::Either && event.content.targets.contains(code))
    }
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/lanes.html")]
pub struct LanesPage {
    page: Page,
    parties: String,
    from: String,
    to: String,
    by: PlacedBy,
    errors: Vec<ParameterError>,
    unknown: Vec<String>,
    range: Option<String>,
    lanes: Vec<Lane>,
    chart: Option<Chart>,
    zoom: Vec<ZoomLink>,
    rows: Vec<LaneRow>,
    total: i64,
    shown: i64,
    whole_href: String,
    exports: Vec<ExportLink>,
}

/// What was asked for, with all that cannot be read.
struct Asked {
    codes: Vec<PartyCode>,
    by: PlacedBy,
    filter: TimelineFilter,
    errors: Vec<ParameterError>,
    unknown: Vec<String>,
}

impl Asked {
    fn read(query: &RawQuery, state: &AppState, register: &PartyRegister) -> Self {
        let parsed = query.filter(state.clock(), &["by"]);
        let mut errors = parsed.errors;
        let mut codes: Vec<PartyCode> = Vec::new();
        for written in &parsed.filter.parties {
            match register.find(written) {
                Some(party) if codes.contains(&party.code) => {}
                Some(party) => codes.push(party.code.clone()),
                None => errors.push(fault(
                    "party",
                    format!(
                        "expected the code or name of a party on record, but found “{written}”"
                    ),
                )),
            }
        }
        let asked = !parsed.filter.parties.is_empty();
        if asked && errors.is_empty() && !LANES.contains(&codes.len()) {
            errors.push(fault(
                "party",
                format!(
                    "expected {} to {} parties, but found {}",
                    LANES.start(),
                    LANES.end(),
                    codes.len()
                ),
            ));
        }
        let by = match query.text("by") {
            "" => PlacedBy::Actor,
            written => PlacedBy::ALL
                .into_iter()
                .find(|by| by.slug() == written)
                .unwrap_or_else(|| {
                    errors.push(fault(
                        "by",
                        format!("expected actor or either, but found “{written}”"),
                    ));
                    PlacedBy::Actor
                }),
        };
        Self {
            codes,
            by,
            filter: parsed.filter,
            errors,
            unknown: parsed.unknown,
        }
    }
}

/// GET /lanes: what each of the parties did. Without parties it asks for them.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let register = state.register().await?;
    let asked = Asked::read(&query, &state, &register);
    let mut shown = LanesPage {
        page: Page::of(&state, &visitor, Nav::Compare, "Compare actors").await?,
        parties: filter_form::one_field(query.all("party")),
        from: query.text("from").to_owned(),
        to: query.text("to").to_owned(),
        by: asked.by,
        range: active::range_words(&asked.filter),
        errors: asked.errors.clone(),
        unknown: asked.unknown.clone(),
        lanes: Vec::new(),
        chart: None,
        zoom: Vec::new(),
        rows: Vec::new(),
        total: 0,
        shown: 0,
        whole_href: String::new(),
        exports: Vec::new(),
    };
    if !shown.errors.is_empty() {
        return Ok(page::html(StatusCode::BAD_REQUEST, &shown));
    }
    if !asked.codes.is_empty() {
        shown.find(&state, &asked, &register).await?;
    }
    Ok(page::ok(&shown))
}

impl LanesPage {
    async fn find(
        &mut self,
        state: &AppState,
        asked: &Asked,
        register: &PartyRegister,
    ) -> Result<(), WebError> {
        let (codes, by) = (&asked.codes, asked.by);
        let written: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let mut filter = TimelineFilter {
            parties: Vec::new(),
            per: None,
            ..asked.filter.first_page()
        };
        match by {
            PlacedBy::Actor => filter.actors = written,
            PlacedBy::Either => filter.parties = written,
        }
        let (total, (events, _)) = tokio::try_join!(
            state.store.count(&filter),
            state.store.export_chunk(&filter, None, EVENTS_MAX),
        )?;
        let related = Related::of(state, &events).await?;
        let lanes: Vec<LaneOf<'_>> = codes
            .iter()
            .map(|code| LaneOf {
                name: register.name(code).to_owned(),
                events: events
                    .iter()
                    .filter(|event| by.holds(event, code))
                    .collect(),
                periods: Vec::new(),
            })
            .collect();
        self.lanes = codes
            .iter()
            .zip(&lanes)
            .map(|(code, lane)| Lane {
                party: PartyLink::new(code, register),
                count: count(lane.events.iter()),
            })
            .collect();
        self.total = total;
        self.shown = count(events.iter());
        self.chart = Chart::new(
            &lanes,
            (
                filter.from.as_ref().map(|bound| bound.day),
                filter.to.as_ref().map(|bound| bound.day),
            ),
        );
        if let Some(chart) = &self.chart {
            self.zoom = zoom(codes, by, &filter, (chart.first, chart.last));
        }
        self.rows = events
            .iter()
            .map(|event| {
                let words = event.content.date.words(None);
                LaneRow {
                    item: EventItem::new(event, register, &related),
                    date: match words.year {
                        Some(year) => format!("{} {year}", words.heading),
                        None => words.heading,
                    },
                }
            })
            .collect();
        self.whole_href = paths::timeline(&filter);
        self.exports = exports(&filter);
        Ok(())
    }
}

/// Links that show fewer, more, earlier or later days than the chart does.
fn zoom(
    codes: &[PartyCode],
    by: PlacedBy,
    filter: &TimelineFilter,
    (first, last): (NaiveDate, NaiveDate),
) -> Vec<ZoomLink> {
    let days = (last - first).num_days().max(1);
    let shifted = |day: NaiveDate, by: i64| {
        let step = Days::new(by.unsigned_abs());
        let moved = if by < 0 {
            day.checked_sub_days(step)
        } else {
            day.checked_add_days(step)
        };
        moved.unwrap_or(day)
    };
    let link = |text, days: Option<(NaiveDate, NaiveDate)>| {
        let bound = |day: NaiveDate| DayBound {
            text: day.to_string(),
            day,
        };
        let to = TimelineFilter {
            actors: Vec::new(),
            parties: codes.iter().map(ToString::to_string).collect(),
            from: days.map(|(from, _)| bound(from)),
            to: days.map(|(_, to)| bound(to)),
            ..filter.clone()
        };
        let mut href = paths::list("/lanes", &to);
        if by != PlacedBy::Actor {
            href.push_str("&by=");
            href.push_str(by.slug());
        }
        ZoomLink { text, href }
    };
    let mut links = Vec::new();
    let (half, quarter) = ((days / 2).max(1), days / 4);
    if days > CLOSEST_DAYS {
        links.push(link(
            "Closer",
            Some((shifted(first, quarter), shifted(last, -quarter))),
        ));
        links.push(link("First half", Some((first, shifted(first, half)))));
        links.push(link("Second half", Some((shifted(first, half), last))));
    }
    if filter.from.is_some() || filter.to.is_some() {
        links.push(link(
            "Wider",
            Some((shifted(first, -half), shifted(last, half))),
        ));
        links.push(link(
            "Earlier",
            Some((shifted(first, -half), shifted(last, -half))),
        ));
        links.push(link(
            "Later",
            Some((shifted(first, half), shifted(last, half))),
        ));
        links.push(link("All days", None));
    }
    links
}

fn count<T>(things: impl Iterator<Item = T>) -> i64 {
    i64::try_from(things.count()).unwrap_or(i64::MAX)
}

fn fault(name: &str, message: String) -> ParameterError {
    ParameterError {
        name: name.to_owned(),
        message,
    }
}
