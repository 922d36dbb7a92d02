//! `/export.*` and `/feed.atom`: exactly what the timeline shows under the same filters, streamed in chunks.

use actix_web::{
    HttpResponse,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    web::{Bytes, Data, Path},
};
use futures::Stream;
use std::io::Read as _;

use crate::{
    domain::filter::{Cursor, ParameterError, TimelineFilter},
    export::{Dialect, Format},
    store::Store,
};

use super::{
    error::{Missing, WebError},
    query::RawQuery,
    state::AppState,
};

/// Events of one chunk.
const CHUNK: u32 = 1_000;
/// Bytes of one piece of an export's end.
const PIECE: usize = 64 * 1024;

/// GET /export.csv, /export.jsonl and the other formats: a file to keep.
pub async fn file(
    state: Data<AppState>,
    ending: Path<String>,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let name = format!("export.{ending}");
    let format = named(&name)?;
    send(&state, format, &query).await
}

/// GET /feed.atom: what a feed reader asks for.
pub async fn feed(state: Data<AppState>, query: RawQuery) -> Result<HttpResponse, WebError> {
    send(&state, named("feed.atom")?, &query).await
}

fn named(file_name: &str) -> Result<Format, WebError> {
    Format::ALL
        .into_iter()
        .find(|format| format.file_name() == file_name)
        .ok_or(WebError::NotFound(Missing::Page))
}

async fn send(
    state: &AppState,
    format: Format,
    query: &RawQuery,
) -> Result<HttpResponse, WebError> {
    let format = match format {
        Format::Csv(_) => Format::Csv(dialect(query)?),
        other => other,
    };
    let filter = query
        .strict_filter(state.clock(), &["dialect"])?
        .first_page();
    let total = state.store.count(&filter).await?;
    let mut context = state.export_context().await?;
    filter
        .query()
        .trim_start_matches('?')
        .clone_into(&mut context.query);
    let writer = format.writer(context)?;
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, format.media_type()))
        .insert_header(("x-total-count", total.to_string()));
    if format.file_name().starts_with("export.") {
        let saved_as = format!(
            "attachment; filename=\"demarche-{}.{}\"",
            state.clock().today(),
            format.file_name().trim_start_matches("export.")
        );
        answer.insert_header((CONTENT_DISPOSITION, saved_as));
    }
    Ok(answer.streaming(chunks(state.store.clone(), filter, writer)))
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

/// The bytes of an export. An error ends the body before its end, which breaks the connection off: no reader
/// takes what came for the whole.
fn chunks(
    store: Store,
    filter: TimelineFilter,
    mut writer: Box<dyn crate::export::Writer>,
) -> impl Stream<Item = Result<Bytes, WebError>> {
    async_stream::try_stream! {
        let start = writer.start().map_err(logged)?;
        if !start.is_empty() {
            yield Bytes::from(start);
        }
        let mut after: Option<Cursor> = None;
        loop {
            let (events, next) = store
                .export_chunk(&filter, after, CHUNK)
                .await
                .map_err(|error| logged(WebError::from(error)))?;
            let rows = writer.rows(&events).map_err(logged)?;
            if !rows.is_empty() {
                yield Bytes::from(rows);
            }
            match next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let mut tail = writer.finish().map_err(logged)?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = tail.read(&mut piece).map_err(|error| logged(WebError::internal(error)))?;
            if read == 0 {
                break;
            }
            yield Bytes::copy_from_slice(piece.get(..read).unwrap_or_default());
        }
    }
}

/// The answer has begun, so nobody but the log hears of it.
fn logged(error: impl Into<WebError>) -> WebError {
    let error = error.into();
    tracing::error!(?error, "an export broke off");
    error
}
