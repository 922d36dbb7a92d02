//! `/admin/history`: every change of the record, the latest first: who, when, why, and what it changed.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{event::Event, id::EventId},
    store::revision::Revision,
    web::{
        error::WebError,
        filters::short_instant,
        page::{Nav, Page, ok},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::event_fields::{self, FIELDS};

/// Changes on a page.
const PAGE: u32 = 50;

/// One change, as pages show it.
pub(super) struct Change {
    pub id: i64,
    pub event: EventId,
    /// Whether the event is still on the timeline.
    pub is_on_record: bool,
    pub headline: String,
    pub what: &'static str,
    pub at: String,
    pub author: String,
    pub reason: String,
    /// The fields that it changed: label, before, after.
    pub fields: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "admin/history.html")]
struct HistoryPage {
    page: Page,
    changes: Vec<Change>,
    /// Where the next page begins.
    older: Option<i64>,
    is_first: bool,
}

/// GET /admin/history: a page of changes; `after` is the place to go on from.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let after: Option<i64> = match query.text("after") {
        "" => None,
        written => Some(written.parse().map_err(|_| {
            WebError::Parameters(vec![crate::domain::filter::ParameterError {
                name: "after".to_owned(),
                message: format!("expected a place in the history, but found “{written}”"),
            }])
        })?),
    };
    let mut changes = changes(&state, after, PAGE + 1).await?;
    let page_len = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let older = (changes.len() > page_len)
        .then(|| changes.get(page_len - 1).map(|change| change.id))
        .flatten();
    changes.truncate(page_len);
    Ok(ok(&HistoryPage {
        page: Page::of_user(&state, &user, Nav::Admin, "History").await?,
        changes,
        older,
        is_first: after.is_none(),
    }))
}

/// The latest changes before a place in the history.
pub(super) async fn changes(
    state: &AppState,
    after: Option<i64>,
    limit: u32,
) -> Result<Vec<Change>, WebError> {
    let revisions = state.store.history(after, limit).await?;
    Ok(revisions.into_iter().map(change).collect())
}

fn change(revision: Revision) -> Change {
    let before = revision.event_before();
    let after = revision.event_after();
    let headline = after
        .as_ref()
        .or(before.as_ref())
        .map_or_else(String::new, |event| event.content.headline.clone());
    Change {
        id: revision.id,
        event: revision.event,
        is_on_record: after.is_some(),
        headline,
        what: revision.action.label(),
        at: short_instant(revision.at),
        author: revision.author,
        reason: revision.reason,
        fields: match (&before, &after) {
            (Some(before), Some(after)) => changed_fields(before, after),
            _ => Vec::new(),
        },
    }
}

/// The fields of the form in which two versions differ.
fn changed_fields(before: &Event, after: &Event) -> Vec<(&'static str, String, String)> {
    let before = event_fields::texts_of(&before.content);
    let mut after = event_fields::texts_of(&after.content);
    FIELDS
        .iter()
        .filter_map(|field| {
            let was = before.get(field.name)?;
            let is = after.remove(field.name)?;
            (*was != is).then(|| (field.label, was.clone(), is))
        })
        .collect()
}
