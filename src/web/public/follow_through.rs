//! Every warning, pledge and announced act: pending, carried out, lapsed; how long it took; and who keeps his word.

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use chrono::NaiveDate;

use crate::{
    domain::{
        cell,
        event::{Event, sort_key},
        filter::{Cursor, ParameterError},
        follow_through::FollowThrough,
        id::EventId,
        kind::Kind,
    },
    store::{FollowedFilter, FollowedTotals},
};

use super::{
    super::{
        error::WebError,
        filters,
        listing::{EventItem, PartyLink, Related},
        page::{self, Nav, Page},
        query::RawQuery,
        state::AppState,
        visitor::Visitor,
    },
    filter_form::{Choice, Tick, one_field},
};

/// Events on a page.
const PER_PAGE: u32 = 100;
/// Actors in the table of totals.
const TOTALS_MAX: usize = 20;
/// What the page takes.
const PARAMETERS: [&str; 4] = ["state", "kind", "actor", "after"];

/// One that was announced, promised or threatened, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The event.
    pub item: EventItem,
    /// Its date.
    pub date: String,
    /// What became of it.
    pub state: FollowThrough,
    /// “12 days”, from the day on which it was said or reported to the day on which it was carried out, else to today.
    pub elapsed: String,
    /// The event that carried it out: its page and headline.
    pub done: Option<(String, String)>,
}

/// A row of the totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalsRow {
    /// Who acts.
    pub actor: PartyLink,
    /// The list of that actor's.
    pub href: String,
    /// All of them.
    pub all: i64,
    /// A count for each state, with the list of it.
    pub counts: Vec<(i64, String)>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/follow_through.html")]
pub struct FollowThroughPage {
    page: Page,
    errors: Vec<ParameterError>,
    unknown: Vec<String>,
    states: Vec<Choice<FollowThrough>>,
    kinds: Vec<Choice<Kind>>,
    actor: String,
    is_narrowed: bool,
    total: i64,
    rows: Vec<Followed>,
    totals: Vec<TotalsRow>,
    next_href: Option<String>,
    is_first: bool,
}

/// What was asked for, with all that cannot be read.
struct Asked {
    filter: FollowedFilter,
    after: Option<Cursor>,
    errors: Vec<ParameterError>,
    unknown: Vec<String>,
}

impl Asked {
    fn read(query: &RawQuery) -> Self {
        let mut asked = Self {
            filter: FollowedFilter::default(),
            after: None,
            errors: Vec::new(),
            unknown: Vec::new(),
        };
        for (name, value) in &query.0 {
            let value = value.trim();
            if !PARAMETERS.contains(&name.as_str()) {
                if !asked.unknown.contains(name) {
                    asked.unknown.push(name.clone());
                }
            } else if !value.is_empty()
                && let Err(message) = asked.set(name, value)
            {
                asked.errors.push(ParameterError {
                    name: name.clone(),
                    message,
                });
            }
        }
        asked
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "state" => {
                let state = value
                    .parse::<FollowThrough>()
                    .map_err(|error| error.to_string())?;
                if !self.filter.states.contains(&state) {
                    self.filter.states.push(state);
                }
            }
            "kind" => {
                let kind = value.parse::<Kind>().map_err(|error| error.to_string())?;
                if !self.filter.kinds.contains(&kind) {
                    self.filter.kinds.push(kind);
                }
            }
            "actor" => self.filter.actors.extend(cell::split_filled(value)),
            _ => {
                self.after = Some(Cursor::decode(value).ok_or_else(|| {
                    format!("expected a cursor that a page of this list gave, but found “{value}”")
                })?);
            }
        }
        Ok(())
    }
}

/// The address of the list of a filter.
fn href(filter: &FollowedFilter, after: Option<Cursor>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(filter.states.iter().map(|state| ("state", state.slug())));
    query.extend_pairs(filter.kinds.iter().map(|kind| ("kind", kind.slug())));
    query.extend_pairs(filter.actors.iter().map(|actor| ("actor", actor)));
    query.extend_pairs(after.iter().map(|after| ("after", after.encode())));
    let query = query.finish();
    if query.is_empty() {
        "/follow-through".to_owned()
    } else {
        format!("/follow-through?{query}")
    }
}

/// GET /follow-through: the latest first; `after` is where the page before ended.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let asked = Asked::read(&query);
    let filter = &asked.filter;
    let mut page = FollowThroughPage {
        page: Page::of(&state, &visitor, Nav::FollowThrough, "Follow-through").await?,
        states: choices(&FollowThrough::ALL, &filter.states),
        kinds: choices(&Kind::ALL, &filter.kinds),
        actor: one_field(query.all("actor")),
        is_narrowed: *filter != FollowedFilter::default(),
        total: 0,
        rows: Vec::new(),
        totals: Vec::new(),
        next_href: None,
        is_first: asked.after.is_none(),
        unknown: asked.unknown.clone(),
        errors: asked.errors.clone(),
    };
    if !page.errors.is_empty() {
        return Ok(page::html(StatusCode::BAD_REQUEST, &page));
    }
    page.find(&state, &asked).await?;
    Ok(page::ok(&page))
}

fn choices<T: Copy + PartialEq>(all: &[T], on: &[T]) -> Vec<Choice<T>> {
    all.iter()
        .map(|value| Choice {
            value: *value,
            count: None,
            tick: Tick::of(on, value),
        })
        .collect()
}

impl FollowThroughPage {
    async fn find(&mut self, state: &AppState, asked: &Asked) -> Result<(), WebError> {
        let store = &state.store;
        let filter = &asked.filter;
        let after = asked.after.map(|cursor| cursor.0);
        let (ids, counts, totals) = tokio::try_join!(
            store.followed(filter, after, PER_PAGE + 1),
            store.followed_counts(filter),
            store.followed_by_actor(),
        )?;
        let register = state.register().await?;
        for (choice, (_, count)) in self.states.iter_mut().zip(&counts) {
            choice.count = Some(*count);
        }
        self.total = counts
            .iter()
            .filter(|(state, _)| filter.states.is_empty() || filter.states.contains(state))
            .map(|(_, count)| count)
            .sum();
        let mut events = store.events(&ids).await?;
        events.sort_by_key(|event| std::cmp::Reverse(key(event)));
        let size = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
        let has_more = events.len() > size;
        events.truncate(size);
        self.next_href = events
            .last()
            .filter(|_| has_more)
            .map(|last| href(filter, Some(Cursor(key(last)))));
        let linked = Related::linked(state, &events).await?;
        let days: HashMap<EventId, NaiveDate> = linked
            .iter()
            .map(|event| (event.id, event.content.date.sort_day()))
            .collect();
        let related = Related::from_events(&linked);
        let today = state.clock().today();
        self.rows = events
            .iter()
            .filter_map(|event| {
                let item = EventItem::new(event, &register, &related);
                let words = event.content.date.words(None);
                let done = event.follow_through_event;
                Some(Followed {
                    state: event.follow_through?,
                    date: match words.year {
                        Some(year) => format!("{} {year}", words.heading),
                        None => words.heading,
                    },
                    elapsed: elapsed(event, done.and_then(|id| days.get(&id).copied()), today),
                    done: done
                        .and(item.relations.last())
                        .map(|line| (line.href.clone(), line.text.clone())),
                    item,
                })
            })
            .collect();
        if self.is_first {
            self.totals = totals
                .iter()
                .take(TOTALS_MAX)
                .map(|total| TotalsRow::new(total, filter, &register))
                .collect();
        }
        Ok(())
    }
}

impl TotalsRow {
    fn new(
        total: &FollowedTotals,
        filter: &FollowedFilter,
        register: &crate::domain::register::PartyRegister,
    ) -> Self {
        let of = |states: Vec<FollowThrough>| {
            let filter = FollowedFilter {
                states,
                kinds: filter.kinds.clone(),
                actors: vec![cell::join([total.actor.as_str()])],
            };
            href(&filter, None)
        };
        Self {
            actor: PartyLink::new(&total.actor, register),
            href: of(Vec::new()),
            all: total.all(),
            counts: FollowThrough::ALL
                .into_iter()
                .zip(total.counts)
                .map(|(state, count)| (count, of(vec![state])))
                .collect(),
        }
    }
}

/// How long it took, or has taken so far.
fn elapsed(event: &Event, done: Option<NaiveDate>, today: NaiveDate) -> String {
    let said = event.content.date.sort_day();
    let from = event.first_reported.map_or(said, |day| day.min(said));
    let to = done.unwrap_or(today);
    match (to - from).num_days() {
        days if days < 0 && done.is_none() => {
            format!("due in {}", filters::counted_text(-days, "day", "days"))
        }
        days if days <= 0 => "the same day".to_owned(),
        days => {
            let days = filters::counted_text(days, "day", "days");
            match (done, event.follow_through) {
                (Some(_), _) => format!("after {days}"),
                (None, Some(FollowThrough::Pending)) => format!("{days} so far"),
                (None, _) => format!("{days} ago"),
            }
        }
    }
}

fn key(event: &Event) -> i64 {
    sort_key(&event.content.date, event.id)
}
