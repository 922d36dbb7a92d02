//! `/export.*` and `/feed.atom`: exactly what the timeline shows under the same filters, streamed in chunks.

pub mod stream;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, HeaderValue},
    web::{Data, Path},
};
use futures::TryStreamExt as _;

use crate::{
    domain::filter::{Cursor, ParameterError, TimelineFilter},
    export::{
        Dialect, Format,
        atom::{self, Around},
    },
};

use self::stream::Broken;

use super::{
    api::conditional,
    error::{Missing, WebError},
    query::RawQuery,
    state::AppState,
};

/// Entries of a feed's page, unless `per` asks for fewer.
const FEED_ENTRIES: u32 = 1_000;

/// GET /export.csv, /export.jsonl and the other formats: a file to keep.
pub async fn file(
    state: Data<AppState>,
    ending: Path<String>,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    send(&state, named(&format!("export.{ending}"))?, &query).await
}

/// GET /sources.csv, /relations.csv, /parties.csv: a table beside the events.
pub async fn table(
    state: Data<AppState>,
    request: HttpRequest,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    send(
        &state,
        named(request.path().trim_start_matches('/'))?,
        &query,
    )
    .await
}

/// GET /feed.atom: what a feed reader asks for, a page at a time, with links to the pages beside it.
pub async fn feed(
    state: Data<AppState>,
    request: HttpRequest,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let filter = query.strict_filter(state.clock(), &[])?;
    let asked = TimelineFilter {
        per: Some(filter.per.unwrap_or(FEED_ENTRIES)),
        ..filter.clone()
    };
    let page = state.store.timeline(&asked).await?;
    let mut context = state.export_context().await?;
    context.query = query_of(&filter);
    let beside = |after: Option<Cursor>, before: Option<Cursor>| {
        let there = after.is_some() || before.is_some();
        there.then(|| {
            query_of(&TimelineFilter {
                after,
                before,
                ..filter.clone()
            })
        })
    };
    let around = Around {
        first: query_of(&filter.first_page()),
        previous: beside(None, page.prev),
        next: beside(page.next, None),
    };
    let body = atom::page(&context, &page.events, &around)?;
    let tag = conditional::tag_of(&body);
    let mut answer = conditional::bytes(&request, Format::Atom.media_type(), &tag, body);
    answer.headers_mut().insert(
        HeaderName::from_static("x-total-count"),
        HeaderValue::from(page.total),
    );
    Ok(answer)
}

/// A filter's query without its `?`.
fn query_of(filter: &TimelineFilter) -> String {
    filter.query().trim_start_matches('?').to_owned()
}

fn named(file_name: &str) -> Result<Format, WebError> {
    Format::named(file_name).ok_or(WebError::NotFound(Missing::Page))
}

async fn send(
    state: &AppState,
    format: Format,
    query: &RawQuery,
) -> Result<HttpResponse, WebError> {
    let format = match format.dialect() {
        Some(_) => format.in_dialect(dialect(query)?),
        None => format,
    };
    let filter = query
        .strict_filter(state.clock(), &["dialect"])?
        .first_page();
    let total = state.store.count(&filter).await?;
    let mut context = state.export_context().await?;
    context.query = query_of(&filter);
    let writer = format.writer(context)?;
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, format.media_type()))
        .insert_header(("x-total-count", total.to_string()));
    if let Some(name) = format.saved_as(state.clock().today()) {
        let saved_as = format!("attachment; filename=\"{name}\"");
        answer.insert_header((CONTENT_DISPOSITION, saved_as));
    }
    Ok(answer.streaming(stream::bytes(state.store.clone(), filter, writer).map_err(logged)))
}

fn dialect(query: &RawQuery) -> Result<Dialect, WebError> {
    let written = query.text("dialect");
    if written.is_empty() {
        return Ok(Dialect::Excel);
    }
    written.parse().map_err(|error| {
        WebError::Parameters(vec![ParameterError {
            name: "dialect".to_owned(),
            message: format!("{error}"),
        }])
    })
}

/// The answer has begun, so nobody but the log hears of it.
fn logged(error: Broken) -> WebError {
    tracing::error!(?error, "an export broke off");
    match error {
        Broken::Store(error) => error.into(),
        Broken::Export(error) => error.into(),
        other => WebError::internal(other),
    }
}
