//! Reads that need not be sent again: an `ETag` of what would be answered, and 304 where the reader has it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

use super::super::error::WebError;

/// The answer with a value as JSON, or 304.
///
/// # Errors
/// Where the value cannot be written.
pub fn json(request: &HttpRequest, value: &impl Serialize) -> Result<HttpResponse, WebError> {
    let body = serde_json::to_vec(value).map_err(WebError::internal)?;
    let tag = tag_of(&body);
    Ok(bytes(request, "application/json", &tag, body))
}

/// The answer with bytes under a tag, or 304 where the reader has what the tag names.
pub fn bytes(request: &HttpRequest, media: &str, tag: &str, body: Vec<u8>) -> HttpResponse {
    let mut answer = if has(request, tag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    answer
        .insert_header((ETAG, tag))
        .insert_header((CACHE_CONTROL, "public, no-cache"));
    if has(request, tag) {
        return answer.finish();
    }
    answer.insert_header((CONTENT_TYPE, media)).body(body)
}

/// The tag of a body: a hash of it.
pub fn tag_of(body: &[u8]) -> String {
    format!("\"{}\"", hash(body))
}

/// The tag of an event at a revision: `"3-0123456789abcdef"`. What follows from other events changes the hash alone.
pub fn tag_of_revision(revision: i64, body: &[u8]) -> String {
    format!("\"{revision}-{}\"", hash(body))
}

fn hash(body: &[u8]) -> String {
    Sha256::digest(body)
        .iter()
        .take(8)
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// Whether `If-None-Match` names the tag; tags that a proxy weakened count too, as RFC 9110 compares them.
fn has(request: &HttpRequest, tag: &str) -> bool {
    request
        .headers()
        .get_all(IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|value| value.trim().trim_start_matches("W/"))
        .any(|value| value == "*" || value == tag)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_reader_who_has_it_is_sent_nothing() {
        let tag = tag_of(b"{}");
        for (sent, status) in [
            (tag.clone(), 304),
            (format!("\"other\", W/{tag}"), 304),
            ("*".to_owned(), 304),
            ("\"other\"".to_owned(), 200),
        ] {
            let request = TestRequest::get()
                .insert_header((IF_NONE_MATCH, sent.as_str()))
                .to_http_request();
            let answer = bytes(&request, "application/json", &tag, b"{}".to_vec());
            assert_eq!(answer.status(), status, "{sent}");
            assert_eq!(answer.headers().get(ETAG).unwrap(), tag.as_str());
        }
    }
}
