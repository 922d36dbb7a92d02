//! Every warning, pledge and announced act: pending, carried out, lapsed.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use crate::domain::{
    event::{Event, sort_key},
    filter::{Cursor, ParameterError},
    follow_through::FollowThrough,
};

use super::super::{
    error::WebError,
    listing::{EventItem, Related},
    page::{self, Nav, Page},
    query::RawQuery,
    state::AppState,
    visitor::Visitor,
};

/// Events on a page.
const PER_PAGE: u32 = 100;

/// One that was announced, promised or threatened, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The event.
    pub item: EventItem,
    /// Its date.
    pub date: String,
    /// What became of it.
    pub state: FollowThrough,
    /// The event that carried it out: its page and headline.
    pub done: Option<(String, String)>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/follow_through.html")]
pub struct FollowThroughPage {
    page: Page,
    rows: Vec<Followed>,
    next_href: Option<String>,
    is_first: bool,
}

/// GET /follow-through: the latest first; `after` is where the page before ended.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let after = match query.text("after") {
        "" => None,
        written => Some(Cursor::decode(written).ok_or_else(|| {
            WebError::Parameters(vec![ParameterError {
                name: "after".to_owned(),
                message: format!(
                    "expected a cursor that a page of this list gave, but found “{written}”"
                ),
            }])
        })?),
    };
    let ids = state
        .store
        .followed(after.map(|cursor| cursor.0), PER_PAGE + 1)
        .await?;
    let mut events = state.store.events(&ids).await?;
    events.sort_by_key(|event| std::cmp::Reverse(key(event)));
    let size = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let has_more = events.len() > size;
    events.truncate(size);
    let next_href = events
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/follow-through?after={}", Cursor(key(last)).encode()));
    let register = state.register().await?;
    let related = Related::of(&state, &events).await?;
    let rows = events
        .iter()
        .filter_map(|event| {
            let item = EventItem::new(event, &register, &related);
            let words = event.content.date.words(None);
            Some(Followed {
                state: event.follow_through?,
                date: match words.year {
                    Some(year) => format!("{} {year}", words.heading),
                    None => words.heading,
                },
                done: event
                    .follow_through_event
                    .and(item.relations.last())
                    .map(|line| (line.href.clone(), line.text.clone())),
                item,
            })
        })
        .collect();
    Ok(page::ok(&FollowThroughPage {
        page: Page::of(&state, &visitor, Nav::FollowThrough, "Follow-through").await?,
        rows,
        next_href,
        is_first: after.is_none(),
    }))
}

fn key(event: &Event) -> i64 {
    sort_key(&event.content.date, event.id)
}
