//! The body of a form that may bring files → its fields and files, after the CSRF token was checked.
//!
//! Takes plain forms too, so that one address serves both. Files are kept in memory within the limits of the settings; what
//! goes beyond them is read to its end, so that the answer arrives, and refused.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::{
    HttpRequest,
    dev::Payload as RawPayload,
    web::{Bytes, BytesMut, Payload},
};
use futures::{Stream, StreamExt as _};

use crate::web::{
    csrf,
    error::WebError,
    forms::{self, Fields, is_urlencoded},
    state::AppState,
    visitor::{Visitor, header_text},
};

const TAKEN: &str = "application/x-www-form-urlencoded or multipart/form-data";

/// What a form brought.
#[derive(Debug, Default)]
pub struct Upload {
    /// Its fields.
    pub fields: Fields,
    /// Its files; a file field that was left empty brings none.
    pub files: Vec<UploadedFile>,
}

/// One file.
#[derive(Debug)]
pub struct UploadedFile {
    /// The name that the browser gave; may be empty.
    pub name: String,
    /// The type that the browser gave; may be empty.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Reads the body of a form.
///
/// # Errors
/// 403 for a wrong token, 413 for too much, 415 for another type, 408 for too slow, 400 for what broke off.
pub async fn read(
    state: &AppState,
    visitor: &Visitor,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Upload, WebError> {
    let upload = if is_urlencoded(request.head()) {
        let body = forms::collect(payload.into_inner(), &state.settings).await?;
        Upload {
            fields: Fields::read(&body),
            files: Vec::new(),
        }
    } else if header_text(request.head(), "content-type").is_some_and(|media| {
        media
            .to_ascii_lowercase()
            .starts_with("multipart/form-data")
    }) {
        parts(state, request, payload.into_inner()).await?
    } else {
        return Err(WebError::MediaType(TAKEN));
    };
    csrf::check(visitor, upload.fields.text(csrf::FIELD))?;
    Ok(upload)
}

/// How much a form may bring.
struct Limits {
    file: usize,
    all: usize,
    idle: Duration,
}

async fn parts(
    state: &AppState,
    request: &HttpRequest,
    payload: RawPayload,
) -> Result<Upload, WebError> {
    let limits = Limits {
        file: state.settings.upload_max.as_usize(),
        all: state.settings.uploads_max.as_usize(),
        idle: Duration::from_secs(state.settings.request_timeout_secs),
    };
    let mut multipart = Multipart::new(request.headers(), payload);
    let mut upload = Upload::default();
    let mut total = 0;
    let mut excess = None;
    while let Some(part) = in_time(&limits, multipart.next()).await? {
        let mut part = part.map_err(broken)?;
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .map(str::to_owned);
        let media_type = part
            .content_type()
            .map(ToString::to_string)
            .unwrap_or_default();
        let limit = limits.file.min(limits.all.saturating_sub(total));
        let Some(bytes) = bytes_of(&limits, &mut part, limit).await? else {
            excess = excess.or(Some(if limit < limits.file {
                limits.all
            } else {
                limits.file
            }));
            continue;
        };
        total += bytes.len();
        match file_name {
            Some(file_name) if !bytes.is_empty() || !file_name.is_empty() => {
                upload.files.push(UploadedFile {
                    name: file_name,
                    media_type,
                    bytes,
                });
            }
            Some(_) => {}
            None => {
                let value = String::from_utf8_lossy(&bytes).into_owned();
                upload.fields.0.push((name, value));
            }
        }
    }
    match excess {
        Some(limit) => Err(WebError::TooLarge(limit)),
        None => Ok(upload),
    }
}

/// The bytes of a part; `None` where they are more than `limit`, all of them read all the same.
async fn bytes_of(
    limits: &Limits,
    part: &mut (impl Stream<Item = Result<Bytes, actix_multipart::MultipartError>> + Unpin),
    limit: usize,
) -> Result<Option<Bytes>, WebError> {
    let mut bytes = BytesMut::new();
    let mut seen: usize = 0;
    while let Some(chunk) = in_time(limits, part.next()).await? {
        let chunk = chunk.map_err(broken)?;
        seen += chunk.len();
        if seen > limits.all.saturating_mul(4) {
            return Err(WebError::TooLarge(limits.all));
        }
        if seen <= limit {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((seen <= limit).then(|| bytes.freeze()))
}

async fn in_time<T>(limits: &Limits, next: impl Future<Output = T>) -> Result<T, WebError> {
    tokio::time::timeout(limits.idle, next)
        .await
        .map_err(|_| WebError::TooSlow)
}

fn broken(error: impl std::fmt::Display) -> WebError {
    WebError::Malformed(format!("The upload cannot be read: {error}."))
}
