//! Two to eight parties side by side: a lane each on one time axis, and the same events as a table.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::domain::{
    filter::{PER_MAX, ParameterError, TimelineFilter},
    party::PartyCode,
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
    lanes_chart::Chart,
};

/// The fewest and the most lanes.
const LANES: std::ops::RangeInclusive<usize> = 2..=8;

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

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/lanes.html")]
pub struct LanesPage {
    page: Page,
    parties: String,
    from: String,
    to: String,
    errors: Vec<ParameterError>,
    range: Option<String>,
    lanes: Vec<Lane>,
    chart: Option<Chart>,
    rows: Vec<LaneRow>,
    total: i64,
    shown: i64,
    whole_href: String,
}

/// GET /lanes: what each of the parties did. Without parties it asks for them.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let register = state.register().await?;
    let parsed = query.filter(state.clock(), &[]);
    let mut errors = parsed.errors;
    let mut codes: Vec<PartyCode> = Vec::new();
    for written in &parsed.filter.parties {
        match register.find(written) {
            Some(party) if codes.contains(&party.code) => {}
            Some(party) => codes.push(party.code.clone()),
            None => errors.push(fault(format!(
                "expected the code or name of a party on record, but found “{written}”"
            ))),
        }
    }
    let asked = !parsed.filter.parties.is_empty();
    if asked && errors.is_empty() && !LANES.contains(&codes.len()) {
        errors.push(fault(format!(
            "expected {} to {} parties, but found {}",
            LANES.start(),
            LANES.end(),
            codes.len()
        )));
    }
    let mut shown = LanesPage {
        page: Page::of(&state, &visitor, Nav::Compare, "Compare actors").await?,
        parties: filter_form::one_field(query.all("party")),
        from: query.text("from").to_owned(),
        to: query.text("to").to_owned(),
        range: active::range_words(&parsed.filter),
        errors,
        lanes: Vec::new(),
        chart: None,
        rows: Vec::new(),
        total: 0,
        shown: 0,
        whole_href: String::new(),
    };
    if !shown.errors.is_empty() {
        return Ok(page::html(StatusCode::BAD_REQUEST, &shown));
    }
    if !asked {
        return Ok(page::ok(&shown));
    }
    let filter = TimelineFilter {
        actors: codes.iter().map(ToString::to_string).collect(),
        parties: Vec::new(),
        per: Some(PER_MAX),
        ..parsed.filter.first_page()
    };
    let found = state.store.timeline(&filter).await?;
    let related = Related::of(&state, &found.events).await?;
    shown.lanes = codes
        .iter()
        .map(|code| Lane {
            party: PartyLink::new(code, &register),
            count: count(
                found
                    .events
                    .iter()
                    .filter(|event| event.content.actors.contains(code)),
            ),
        })
        .collect();
    shown.total = found.total;
    shown.shown = count(found.events.iter());
    shown.chart = Chart::new(
        &codes,
        &found.events,
        (
            filter.from.as_ref().map(|bound| bound.day),
            filter.to.as_ref().map(|bound| bound.day),
        ),
        &register,
    );
    shown.rows = found
        .events
        .iter()
        .map(|event| {
            let words = event.content.date.words(None);
            LaneRow {
                item: EventItem::new(event, &register, &related),
                date: match words.year {
                    Some(year) => format!("{} {year}", words.heading),
                    None => words.heading,
                },
            }
        })
        .collect();
    shown.whole_href = paths::timeline(&TimelineFilter {
        per: None,
        ..filter
    });
    Ok(page::ok(&shown))
}

fn count<T>(things: impl Iterator<Item = T>) -> i64 {
    i64::try_from(things.count()).unwrap_or(i64::MAX)
}

fn fault(message: String) -> ParameterError {
    ParameterError {
        name: "party".to_owned(),
        message,
    }
}
