//! `ETag`, `Last-Modified` and 304 for every answer to a reader that is not streamed.
//!
//! The tag is a hash of the body, weak because compression changes the bytes that go out: whatever a page shows, it has
//! another tag when it shows something else. `Last-Modified` is when the record last changed, but not before this program
//! started (another version may show the same record otherwise) nor before the day began (pages tell how long ago
//! something was); only visitors whom nobody knows get it, since it says nothing of who is signed in.

use actix_web::{
    Error,
    body::{BodySize, BoxBody, EitherBody, MessageBody, to_bytes},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{
            CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, HttpDate,
            IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
        },
    },
    middleware::Next,
    web::Data,
};
use sha2::{Digest as _, Sha256};
use std::{
    fmt::Write as _,
    time::{Duration, SystemTime},
};

use crate::domain::clock::Timestamp;

use super::{error::WebError, state::AppState, visitor::Visitor};

/// Addresses that tell of the moment, or are cached otherwise.
const LEFT_ALONE: [&str; 5] = ["/admin", "/static/", "/healthz", "/readyz", "/metrics"];
/// A change within the second that a date names might go unseen, so younger ones are not told.
const SETTLED_SECS: i64 = 2;
const DAY_MICROS: i64 = 86_400_000_000;

/// Answers 304 where the visitor has what would be sent.
///
/// # Errors
/// What the handler says.
pub async fn answer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<BoxBody>>, Error> {
    let asked = Asked::of(&request);
    let state = request.app_data::<Data<AppState>>().cloned();
    let response = next.call(request).await?.map_into_boxed_body();
    let Some(asked) = asked.filter(|_| is_taggable(&response)) else {
        return Ok(response.map_into_left_body());
    };
    let known = Visitor::attached(response.request());
    let tells_once = known
        .as_ref()
        .is_some_and(|visitor| visitor.flash.is_some());
    if tells_once {
        return Ok(response.map_into_left_body());
    }
    let changed = match (&state, &known) {
        (Some(state), Some(visitor)) if visitor.session.is_none() => last_modified(state).await?,
        _ => None,
    };
    let (request, response) = response.into_parts();
    let (mut response, body) = response.into_parts();
    let bytes = to_bytes(body)
        .await
        .map_err(|_| WebError::internal(std::io::Error::other("a body could not be read")))?;
    let tag = tag_of(&bytes);
    let head = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&tag) {
        head.insert(ETAG, value);
    }
    if let Some(value) = changed.and_then(|at| HeaderValue::from_str(&http_date(at)).ok()) {
        head.insert(LAST_MODIFIED, value);
    }
    let response = if asked.has(&tag, changed) {
        head.remove(CONTENT_TYPE);
        head.remove(CONTENT_LENGTH);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.set_body(BoxBody::new(()))
    } else {
        response.set_body(BoxBody::new(bytes))
    };
    Ok(ServiceResponse::new(request, response).map_into_left_body())
}

/// What the visitor has.
struct Asked {
    tags: Option<String>,
    since: Option<SystemTime>,
}

impl Asked {
    fn of(request: &ServiceRequest) -> Option<Self> {
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let alone = LEFT_ALONE
            .iter()
            .any(|start| request.path().starts_with(start));
        let text = |headers: &HeaderMap, name| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok().map(str::to_owned))
        };
        let headers = request.headers();
        (reads && !alone).then(|| Self {
            tags: text(headers, IF_NONE_MATCH),
            since: text(headers, IF_MODIFIED_SINCE)
                .and_then(|date| date.parse::<HttpDate>().ok())
                .map(SystemTime::from),
        })
    }

    /// Whether it is what would be sent; tags, where there are any, decide alone.
    fn has(&self, tag: &str, changed: Option<Timestamp>) -> bool {
        match (&self.tags, self.since, changed) {
            (Some(tags), ..) => {
                let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
                tags.split(',')
                    .any(|one| one.trim() == "*" || plain(one) == plain(tag))
            }
            (None, Some(since), Some(changed)) => instant(changed) <= since,
            _ => false,
        }
    }
}

fn is_taggable(response: &ServiceResponse<BoxBody>) -> bool {
    response.status() == StatusCode::OK
        && !response.headers().contains_key(ETAG)
        && matches!(response.response().body().size(), BodySize::Sized(_))
}

fn tag_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hex = digest.iter().take(12).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("W/\"{hex}\"")
}

async fn last_modified(state: &AppState) -> Result<Option<Timestamp>, WebError> {
    let now = state.clock().now();
    let midnight = Timestamp::from_micros(now.micros() - now.micros().rem_euclid(DAY_MICROS));
    let record = state.store.last_change().await?;
    Ok([record, midnight, Some(state.started)]
        .into_iter()
        .flatten()
        .max()
        .filter(|at| at.plus_seconds(SETTLED_SECS) <= now))
}

/// Whole seconds, as the header has them.
fn instant(at: Timestamp) -> SystemTime {
    let seconds = u64::try_from(at.micros() / 1_000_000).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn http_date(at: Timestamp) -> String {
    HttpDate::from(instant(at)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(tags: Option<&str>, since: Option<&str>) -> Asked {
        Asked {
            tags: tags.map(str::to_owned),
            since: since.map(|date| date.parse::<HttpDate>().unwrap().into()),
        }
    }

    #[test]
    fn tags_decide_before_dates() {
        let changed: Timestamp = "2026-11-24T12:00:00.5Z".parse().unwrap();
        assert_eq!(http_date(changed), "Tue, 24 Nov 2026 12:00:00 GMT");
        let at = Some("Tue, 24 Nov 2026 12:00:00 GMT");
        let before = Some("Tue, 24 Nov 2026 11:59:59 GMT");
        for (tags, since, same) in [
            (Some("W/\"a\""), None, true),
            (Some("\"b\", \"a\""), before, true),
            (Some("*"), None, true),
            (Some("\"b\""), at, false),
            (None, at, true),
            (None, before, false),
            (None, None, false),
        ] {
            let found = asked(tags, since).has("W/\"a\"", Some(changed));
            assert_eq!(found, same, "{tags:?} {since:?}");
        }
    }
}
