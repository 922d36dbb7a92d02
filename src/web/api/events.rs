//! `/api/v1/events`: the timeline and its events, read and written.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, ETAG, HeaderMap, IF_MATCH, LOCATION},
    },
    web::{Data, Path, Payload},
};
use serde_json::{Value, json};

use crate::{
    domain::{draft::FieldError, event::Event, filter::Cursor, id::EventId},
    export::jsonl::event_value,
    store::{Change, EventLookup, StoreError, import::as_kept},
};

use super::{
    super::{
        error::{Missing, WebError, problem_with},
        query::RawQuery,
        state::AppState,
        visitor::{ByToken, Visitor},
    },
    body,
};

/// GET /api/v1/events: a page of the timeline, under its filters.
pub async fn list(state: Data<AppState>, query: RawQuery) -> Result<HttpResponse, WebError> {
    let filter = query.strict_filter(state.clock(), &[])?;
    let page = state.store.timeline(&filter).await?;
    let context = state.export_context().await?;
    let events = page
        .events
        .iter()
        .map(|event| event_value(event, &context))
        .collect::<Result<Vec<_>, _>>()
        .map_err(WebError::internal)?;
    Ok(HttpResponse::Ok().json(json!({
        "events": events,
        "next": page.next.map(Cursor::encode),
        "prev": page.prev.map(Cursor::encode),
        "total": page.total,
    })))
}

/// GET /api/v1/events/ID: one event. A merged one leads to the one that stays.
pub async fn read(state: Data<AppState>, id: Path<String>) -> Result<HttpResponse, WebError> {
    match find(&state, &id).await? {
        Found::Event(event) => answer(&state, StatusCode::OK, &event).await,
        Found::Merged(into) => Ok(HttpResponse::PermanentRedirect()
            .insert_header((LOCATION, format!("/api/v1/events/{into}")))
            .finish()),
    }
}

/// POST /api/v1/events: records an event.
pub async fn create(
    state: Data<AppState>,
    token: ByToken,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    let object = body::object(request.head(), payload, &state.settings).await?;
    let register = state.register().await?;
    let written = body::event(object, &register)?;
    if written.row.event_id.is_some() {
        return Err(WebError::Fields(vec![FieldError {
            field: "event_id",
            message:
                "expected none, since a new event gets its own, but found one; PUT changes an event"
                    .to_owned(),
        }]));
    }
    let author = token.author();
    let change = Change {
        author: &author,
        reason: &written.reason,
    };
    let event = state.store.create_event(&written.row.draft, change).await?;
    answer(&state, StatusCode::CREATED, &event).await
}

/// PUT /api/v1/events/ID: saves an event that was read at a revision.
pub async fn update(
    state: Data<AppState>,
    token: ByToken,
    visitor: Visitor,
    id: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    let object = body::object(request.head(), payload, &state.settings).await?;
    let before = stands(&state, &id).await?;
    let register = state.register().await?;
    let written = body::event(object, &register)?;
    if written.row.event_id.is_some_and(|own| own != before.id) {
        return Err(WebError::Fields(vec![FieldError {
            field: "event_id",
            message: format!(
                "expected {}, the event of the address, but found another",
                before.id
            ),
        }]));
    }
    let Some(revision) = written
        .row
        .revision
        .or(if_match(request.headers(), &before)?)
    else {
        return Err(WebError::RevisionMissing);
    };
    let mut draft = written.row.draft;
    if !written.names_sources {
        draft.sources.clone_from(&before.content.sources);
    }
    let draft = as_kept(draft, &before);
    let author = token.author();
    let change = Change {
        author: &author,
        reason: &written.reason,
    };
    match state
        .store
        .update_event(before.id, revision, &draft, change)
        .await
    {
        Ok(event) => answer(&state, StatusCode::OK, &event).await,
        Err(StoreError::Conflict(event)) => conflict(&state, &visitor, event).await,
        Err(error) => Err(error.into()),
    }
}

/// DELETE /api/v1/events/ID: takes an event off the record; `reason` and `revision` (or `If-Match`) may be given.
pub async fn remove(
    state: Data<AppState>,
    token: ByToken,
    visitor: Visitor,
    id: Path<String>,
    query: RawQuery,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let before = stands(&state, &id).await?;
    let asked = match query.text("revision") {
        "" => None,
        text => Some(text.parse().map_err(|_| {
            WebError::Malformed(format!(
                "“revision” takes a whole number, but found “{text}”."
            ))
        })?),
    };
    let revision = match asked {
        Some(revision) => revision,
        None => if_match(request.headers(), &before)?.unwrap_or(before.revision),
    };
    let author = token.author();
    let change = Change {
        author: &author,
        reason: query.text("reason"),
    };
    match state.store.delete_event(before.id, revision, change).await {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(StoreError::Conflict(event)) => conflict(&state, &visitor, event).await,
        Err(error) => Err(error.into()),
    }
}

enum Found {
    Event(Box<Event>),
    Merged(EventId),
}

async fn find(state: &AppState, written: &str) -> Result<Found, WebError> {
    let missing = || WebError::NotFound(Missing::Event(written.to_owned()));
    let id: EventId = written.parse().map_err(|_| missing())?;
    match state.store.event(id).await? {
        EventLookup::Found(event) => Ok(Found::Event(event)),
        EventLookup::Merged(into) => Ok(Found::Merged(into)),
        EventLookup::Deleted(deletion) => Err(WebError::Deleted {
            id,
            at: deletion.at,
            reason: deletion.reason,
        }),
        EventLookup::Unknown => Err(missing()),
    }
}

/// The event to write to; one that was merged cannot be written to under its old id.
async fn stands(state: &AppState, written: &str) -> Result<Box<Event>, WebError> {
    match find(state, written).await? {
        Found::Event(event) => Ok(event),
        Found::Merged(into) => Err(WebError::Refused(format!(
            "The event {written} went into {into}; write to that one."
        ))),
    }
}

/// The revision of the header `If-Match`: `"3"`, `3`, or `*` for whatever stands.
fn if_match(headers: &HeaderMap, event: &Event) -> Result<Option<i64>, WebError> {
    let Some(value) = headers.get(IF_MATCH) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(Some(event.revision));
    }
    text.trim_start_matches("W/")
        .trim_matches('"')
        .parse()
        .map(Some)
        .map_err(|_| {
            WebError::Malformed(format!(
                "“If-Match” takes a revision such as \"3\", but found {text}."
            ))
        })
}

async fn value_of(state: &AppState, event: &Event) -> Result<Value, WebError> {
    event_value(event, &state.export_context().await?).map_err(WebError::internal)
}

async fn answer(
    state: &AppState,
    status: StatusCode,
    event: &Event,
) -> Result<HttpResponse, WebError> {
    let value = value_of(state, event).await?;
    let mut answer = HttpResponse::build(status);
    answer.insert_header((ETAG, format!("\"{}\"", event.revision)));
    if status == StatusCode::CREATED {
        answer.insert_header((LOCATION, format!("/api/v1/events/{}", event.id)));
    }
    Ok(answer.json(value))
}

/// 409, with the event as it stands.
async fn conflict(
    state: &AppState,
    visitor: &Visitor,
    event: Box<Event>,
) -> Result<HttpResponse, WebError> {
    let value = value_of(state, &event).await?;
    let error = WebError::Conflict(event);
    let mut problem = problem_with(&error.wording(), visitor);
    problem["event"] = value;
    Ok(HttpResponse::build(error.status())
        .insert_header((CONTENT_TYPE, "application/problem+json"))
        .body(problem.to_string()))
}
