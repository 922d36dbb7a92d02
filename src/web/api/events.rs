//! `/api/v1/events`: the timeline and its events, read and written.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, ETAG, HeaderMap, IF_MATCH, LOCATION},
    },
    web::{Data, Path, Payload},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{draft::FieldError, event::Event, filter::Cursor, id::EventId},
    export::jsonl::{EventJson, event_value},
    store::{Change, EventLookup, StoreError, import::as_kept},
};

use super::{
    super::{
        error::{Missing, WebError, problem_with},
        query::RawQuery,
        state::AppState,
        visitor::{ByToken, Visitor},
    },
    body, conditional,
    schema::{EventIn, EventOut, Filters, Problem},
};

/// A page of the timeline.
#[derive(Serialize, ToSchema)]
struct EventsPage<'a> {
    /// Its events, in the order asked for.
    #[schema(value_type = Vec<EventOut>)]
    events: Vec<EventJson<'a>>,
    /// What the page after this one begins after: its `after`.
    #[schema(required)]
    next: Option<String>,
    /// What the page before this one ends at: its `before`.
    #[schema(required)]
    prev: Option<String>,
    /// How many events the filter finds on all pages.
    total: i64,
}

/// GET /api/v1/events: a page of the timeline, under its filters.
#[utoipa::path(
    get,
    path = "/api/v1/events",
    operation_id = "list_events",
    summary = "Lists the timeline under the filters of its page, with cursors of the pages beside it.",
    description = "Parameters that are none are ignored; 400 names every one that cannot be read.",
    params(Filters),
    responses(
        (status = 200, description = "Done.", body = EventsPage),
        (status = "default", description = "A failure, in words.", content_type = "application/problem+json", body = Problem)
    )
)]
pub async fn list(
    state: Data<AppState>,
    request: HttpRequest,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let filter = query.strict_filter(state.clock(), &[])?;
    let page = state.store.timeline(&filter).await?;
    let context = state.export_context().await?;
    let events = page
        .events
        .iter()
        .map(|event| EventJson {
            event,
            context: &context,
        })
        .collect();
    conditional::json(
        &request,
        &EventsPage {
            events,
            next: page.next.map(Cursor::encode),
            prev: page.prev.map(Cursor::encode),
            total: page.total,
        },
    )
}

/// GET /api/v1/events/ID: one event. A merged one leads to the one that stays.
#[utoipa::path(
    get,
    path = "/api/v1/events/{id}",
    operation_id = "read_event",
    summary = "Gives one event.",
    description = "A merged one redirects to the one that stays; a deleted one is 410.",
    params(("id" = String, Path, description = "The event's id, such as EV-7K3QX2.")),
    responses(
        (status = 200, description = "Done.", body = EventOut, headers(("ETag" = String, description = "The revision, a hyphen and a hash: If-Match takes it."))),
        (status = 308, description = "It went into another."),
        (status = "default", description = "A failure, in words.", content_type = "application/problem+json", body = Problem)
    )
)]
pub async fn read(
    state: Data<AppState>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    match find(&state, &id).await? {
        Found::Event(event) => {
            let body = json_of(&state, &event).await?;
            let tag = conditional::tag_of_revision(event.revision, &body);
            Ok(conditional::bytes(&request, "application/json", &tag, body))
        }
        Found::Merged(into) => Ok(HttpResponse::PermanentRedirect()
            .insert_header((LOCATION, format!("/api/v1/events/{into}")))
            .finish()),
    }
}

/// POST /api/v1/events: records an event.
#[utoipa::path(
    post,
    path = "/api/v1/events",
    operation_id = "create_event",
    summary = "Records an event: kind, date, headline and any of the rest; parties by code or name.",
    description = "Keys that follow from others (addresses, counts, precision) are not read.",
    request_body = EventIn,
    security(("token" = [])),
    responses(
        (status = 201, description = "Recorded.", body = EventOut, headers(("Location" = String, description = "Its address."), ("ETag" = String, description = "Its revision and a hash."))),
        (status = "default", description = "A failure, in words.", content_type = "application/problem+json", body = Problem)
    )
)]
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
#[utoipa::path(
    put,
    path = "/api/v1/events/{id}",
    operation_id = "update_event",
    summary = "Saves the whole event that was read at a revision (in the body, or as If-Match).",
    description = "409 with the event as it stands where somebody saved first, 428 where no revision is given. Sources stay where none are named.",
    params(
        ("id" = String, Path, description = "The event's id, such as EV-7K3QX2."),
        ("If-Match" = Option<String>, Header, description = "The revision, or the ETag that it was read under.")
    ),
    request_body = EventIn,
    security(("token" = [])),
    responses(
        (status = 200, description = "Saved.", body = EventOut),
        (status = "default", description = "A failure, in words.", content_type = "application/problem+json", body = Problem)
    )
)]
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
#[utoipa::path(
    delete,
    path = "/api/v1/events/{id}",
    operation_id = "delete_event",
    summary = "Takes an event off the record.",
    description = "Reason and revision may be given in the query; a stale revision is 409.",
    params(
        ("id" = String, Path, description = "The event's id, such as EV-7K3QX2."),
        ("reason" = Option<String>, Query, description = "Why."),
        ("revision" = Option<i64>, Query, description = "The revision that it was read at."),
        ("If-Match" = Option<String>, Header, description = "The same, as a header.")
    ),
    security(("token" = [])),
    responses(
        (status = 204, description = "Deleted."),
        (status = "default", description = "A failure, in words.", content_type = "application/problem+json", body = Problem)
    )
)]
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
    let tag = text.trim_start_matches("W/").trim_matches('"');
    let (revision, _hash) = tag.split_once('-').unwrap_or((tag, ""));
    revision.parse().map(Some).map_err(|_| {
        WebError::Malformed(format!(
            "“If-Match” takes a revision such as \"3\", but found {text}."
        ))
    })
}

/// An event as it is given out.
async fn json_of(state: &AppState, event: &Event) -> Result<Vec<u8>, WebError> {
    let context = &state.export_context().await?;
    serde_json::to_vec(&EventJson { event, context }).map_err(WebError::internal)
}

async fn answer(
    state: &AppState,
    status: StatusCode,
    event: &Event,
) -> Result<HttpResponse, WebError> {
    let body = json_of(state, event).await?;
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((ETAG, conditional::tag_of_revision(event.revision, &body)));
    if status == StatusCode::CREATED {
        answer.insert_header((LOCATION, format!("/api/v1/events/{}", event.id)));
    }
    Ok(answer.body(body))
}

/// 409, with the event as it stands.
async fn conflict(
    state: &AppState,
    visitor: &Visitor,
    event: Box<Event>,
) -> Result<HttpResponse, WebError> {
    let value = event_value(&event, &state.export_context().await?).map_err(WebError::internal)?;
    let error = WebError::Conflict(event);
    let mut problem = problem_with(&error.wording(), visitor);
    problem["event"] = value;
    Ok(HttpResponse::build(error.status())
        .insert_header((CONTENT_TYPE, "application/problem+json"))
        .body(problem.to_string()))
}
