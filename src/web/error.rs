//! Failures → status and words for visitors: the only place that has either.
//!
//! What is ours to mend (5xx) says nothing but the request's id; its cause is logged once, here.

use std::fmt;

use actix_web::{
    Error, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{ALLOW, CONTENT_TYPE, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    middleware::Next,
    web::Data,
};

use crate::{
    domain::{
        clock::Timestamp, draft::FieldError, event::Event, filter::ParameterError, id::EventId,
        role::Role,
    },
    export::ExportError,
    store::StoreError,
    telemetry::RequestId,
};

use super::{
    headers,
    page::{self, Page},
    paths,
    public::failure::FailurePage,
    state::AppState,
    visitor::{Speaks, Visitor},
};

/// What was looked for and is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// An address that is none of ours.
    Page,
    /// An event by its id as written.
    Event(String),
    /// A party by its code as written.
    Party(String),
    /// An article by its number as written.
    Article(String),
    /// Anything else: a sentence.
    Other(String),
}

/// Why a request is not answered as asked.
#[derive(Debug)]
pub enum WebError {
    /// Parameters that cannot be read.
    Parameters(Vec<ParameterError>),
    /// A body that cannot be read: a sentence.
    Malformed(String),
    /// There is no such thing.
    NotFound(Missing),
    /// The event was deleted, when and why.
    Deleted {
        /// Its id.
        id: EventId,
        /// When.
        at: Timestamp,
        /// Why, in the editor's words; may be empty.
        reason: String,
    },
    /// Nobody is signed in where somebody must be.
    SignedOut,
    /// The role does not suffice.
    Role(Role),
    /// No API token where there must be one, or one that is not known.
    TokenMissing,
    /// Another site sent the form.
    CrossSite,
    /// The form's token is not the visitor's.
    StaleForm,
    /// The address is there, the method is not; those that are.
    Method(Vec<&'static str>),
    /// Somebody saved first: the event as it stands.
    Conflict(Box<Event>),
    /// A write through the API without the revision that it is based on.
    RevisionMissing,
    /// More bytes than taken.
    TooLarge(usize),
    /// The body came too slowly.
    TooSlow,
    /// A body of another type than taken.
    MediaType(&'static str),
    /// Fields that cannot be read; pages show them beside the fields, the API in a list.
    Fields(Vec<FieldError>),
    /// A rule of the record forbids it: a sentence.
    Refused(String),
    /// Too many failed sign-ins.
    Throttled {
        /// After how many seconds to try again.
        retry_after_secs: u64,
    },
    /// The database does not answer.
    Unavailable(StoreError),
    /// There is no room left to write to.
    DiskFull,
    /// A fault of ours.
    Internal(Box<dyn std::error::Error + Send + Sync>),
    /// A handler ran without the guard before it: a fault of ours.
    Unguarded,
}

impl WebError {
    /// A fault of ours, whatever it is.
    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(cause))
    }

    /// The status of the answer.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Parameters(_) | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::SignedOut | Self::TokenMissing => StatusCode::UNAUTHORIZED,
            Self::Role(_) | Self::CrossSite | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Deleted { .. } => StatusCode::GONE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Fields(_) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::RevisionMissing => StatusCode::PRECONDITION_REQUIRED,
            Self::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(_) | Self::Unguarded => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        }
    }

    /// What visitors read.
    pub fn wording(&self) -> Wording {
        let status = self.status();
        let wording = Wording::of(status);
        match self {
            Self::Parameters(errors) => Wording {
                details: errors.iter().map(ToString::to_string).collect(),
                ..wording
            },
            Self::Malformed(sentence) | Self::Refused(sentence) => wording.said(sentence.clone()),
            Self::NotFound(missing) => wording.said(not_found(missing)),
            Self::Deleted { id, at, reason } => {
                let day = at.strftime("%-d %B %Y");
                wording.said(if reason.is_empty() {
                    format!("The event {id} was deleted on {day}.")
                } else {
                    format!("The event {id} was deleted on {day}. Reason: {reason}")
                })
            }
            Self::SignedOut => wording.said("Sign in to see this page.".to_owned()),
            Self::Role(role) => wording.said(format!(
                "This needs the role {role}. An administrator can give it to your account."
            )),
            Self::TokenMissing => wording.said(
                "Send a token that is on record as “Authorization: Bearer TOKEN”.".to_owned(),
            ),
            Self::CrossSite => wording.said(
                "This form was sent from another site, so nothing was changed.".to_owned(),
            ),
            Self::StaleForm => wording.said(
                "This form is not from your present sign-in, so nothing was changed. Go back, load the page anew and send it again."
                    .to_owned(),
            ),
            Self::Method(allowed) => wording.said(format!(
                "This address takes {} only.",
                allowed.join(", ")
            )),
            Self::Conflict(event) => wording.said(format!(
                "Somebody saved the event {} first: it is now at revision {}.",
                event.id, event.revision
            )),
            Self::RevisionMissing => wording.said(
                "Say which revision the change is based on, as “revision” in the body or in the header If-Match.".to_owned(),
            ),
            Self::TooLarge(limit) => wording.said(format!(
                "This server takes at most {} here.",
                shown_bytes(*limit)
            )),
            Self::MediaType(expected) => wording.said(format!("This address takes {expected}.")),
            Self::Fields(errors) => Wording {
                details: errors.iter().map(ToString::to_string).collect(),
                ..wording
            },
            Self::Throttled { retry_after_secs } => wording.said(format!(
                "Too many sign-ins failed. Try again in {retry_after_secs} seconds."
            )),
            Self::TooSlow
            | Self::Unavailable(_)
            | Self::DiskFull
            | Self::Internal(_)
            | Self::Unguarded => wording,
        }
    }

    /// Writes the cause of what is ours to mend to the log.
    fn log(&self, request: RequestId) {
        match self {
            Self::Internal(cause) => tracing::error!(%request, cause = %chain(&**cause), "failed"),
            Self::Unavailable(cause) => {
                tracing::error!(%request, cause = %chain(cause), "the database is away");
            }
            Self::DiskFull => tracing::error!(%request, "the disk is full"),
            Self::Unguarded => tracing::error!(%request, "a handler ran without the guard"),
            _ => {}
        }
    }
}

/// An error with its causes, one after the other.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

fn not_found(missing: &Missing) -> String {
    match missing {
        Missing::Page => "There is no page at this address.".to_owned(),
        Missing::Event(id) => format!("There is no event {id} on record."),
        Missing::Party(code) => format!("There is no party {code} on record."),
        Missing::Article(id) => format!("There is no article {id} on record."),
        Missing::Other(sentence) => sentence.clone(),
    }
}

/// “1 MiB”, “1,500 bytes”.
pub(super) fn shown_bytes(bytes: usize) -> String {
    const MIB: usize = 1024 * 1024;
    if bytes >= MIB && bytes.is_multiple_of(MIB) {
        format!("{} MiB", bytes / MIB)
    } else {
        format!(
            "{} bytes",
            super::filters::grouped(i64::try_from(bytes).unwrap_or(i64::MAX))
        )
    }
}

/// What visitors read of a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The status of the answer.
    pub status: StatusCode,
    /// The heading.
    pub title: &'static str,
    /// A sentence or two.
    pub text: String,
    /// Single faults, a line each.
    pub details: Vec<String>,
}

impl Wording {
    /// The words of a status that nothing more is known of.
    pub fn of(status: StatusCode) -> Self {
        let (title, text) = match status.as_u16() {
            400 => (
                "This request cannot be read",
                "Part of the address or of what was sent is not as it should be.",
            ),
            401 => ("Sign in first", "This needs to know who you are."),
            403 => (
                "This is not open to you",
                "Your role does not reach this far.",
            ),
            404 => ("Not found", "There is no page at this address."),
            405 => ("Not this way", "This address does not take that method."),
            408 => (
                "Too slow",
                "The request took too long to arrive. Nothing was changed; send it again.",
            ),
            409 => (
                "Somebody saved first",
                "It was changed meanwhile, so nothing was overwritten.",
            ),
            410 => ("No longer on record", "It was deleted."),
            413 => ("Too large", "More was sent than this address takes."),
            415 => (
                "Another type is expected",
                "This address does not take that type of content.",
            ),
            422 => ("Please mend these fields", "Nothing was saved yet."),
            428 => (
                "The revision is missing",
                "Say which revision the change is based on.",
            ),
            429 => ("Too many attempts", "Wait a little and try again."),
            503 => (
                "The record is out of reach",
                "The database does not answer at the moment. Nothing was lost; try again in a minute.",
            ),
            507 => (
                "There is no room left",
                "The server's disk is full, so nothing was saved. Whoever runs it has to make room.",
            ),
            500..=599 => (
                "Something went wrong on our side",
                "It has been noted. If it happens again, tell whoever runs this server the reference below.",
            ),
            _ => (
                "This request cannot be answered",
                "It is not as it should be.",
            ),
        };
        Self {
            status,
            title,
            text: text.to_owned(),
            details: Vec::new(),
        }
    }

    fn said(self, text: String) -> Self {
        Self { text, ..self }
    }
}

impl fmt::Display for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.wording().text)
    }
}

impl std::error::Error for WebError {}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// The bare status; [`dress`] gives it words, which needs the request.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status())
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::Unavailable(error),
            StoreError::DiskFull => Self::DiskFull,
            StoreError::Conflict(event) => Self::Conflict(event),
            StoreError::NotFound => Self::NotFound(Missing::Other(
                "There is no such entry on record.".to_owned(),
            )),
            StoreError::Gone => Self::NotFound(Missing::Other(
                "It is no longer on record: it was deleted or merged into another.".to_owned(),
            )),
            StoreError::Refused(sentence) => Self::Refused(sentence),
            other => Self::internal(other),
        }
    }
}

impl From<ExportError> for WebError {
    fn from(error: ExportError) -> Self {
        Self::internal(error)
    }
}

/// Gives every failure its words: a page, or JSON under `/api`.
///
/// # Errors
/// Those of the layers within that have no request any more; they answer for themselves.
pub async fn dress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let Some(error) = response.response().error() else {
        return Ok(response);
    };
    let Some(visitor) = Visitor::attached(response.request()) else {
        return Ok(response);
    };
    let failure = Failure::of(error, visitor.request);
    if failure.wording.status == StatusCode::UNAUTHORIZED && visitor.speaks == Speaks::Html {
        let to_login = HttpResponse::SeeOther()
            .insert_header((LOCATION, paths::login(&visitor.address)))
            .finish();
        return Ok(response.into_response(to_login));
    }
    let state = response.request().app_data::<Data<AppState>>().cloned();
    let answer = failure
        .answer(state.as_ref().map(|state| &***state), &visitor)
        .await;
    Ok(response.into_response(answer))
}

/// A failure on its way out.
struct Failure {
    wording: Wording,
    allow: Option<String>,
    retry_after_secs: Option<u64>,
}

impl Failure {
    /// The words of an error, once it is in the log.
    fn of(error: &Error, request: RequestId) -> Self {
        let Some(error) = error.as_error::<WebError>() else {
            let status = error.as_response_error().status_code();
            if status.is_server_error() {
                tracing::error!(%request, cause = %error, "failed");
            }
            return Self {
                wording: Wording::of(status),
                allow: None,
                retry_after_secs: None,
            };
        };
        error.log(request);
        Self {
            wording: error.wording(),
            allow: match error {
                WebError::Method(allowed) => Some(allowed.join(", ")),
                _ => None,
            },
            retry_after_secs: match error {
                WebError::Throttled { retry_after_secs } => Some(*retry_after_secs),
                WebError::Unavailable(_) => Some(30),
                _ => None,
            },
        }
    }

    async fn answer(self, state: Option<&AppState>, visitor: &Visitor) -> HttpResponse {
        let mut answer = match visitor.speaks {
            Speaks::Json => problem(&self.wording, visitor),
            Speaks::Html => {
                let page = Page::for_failure(state, visitor, self.wording.title).await;
                let reference = self
                    .wording
                    .status
                    .is_server_error()
                    .then(|| visitor.request.to_string());
                page::html(
                    self.wording.status,
                    &FailurePage {
                        page,
                        wording: self.wording,
                        reference,
                    },
                )
            }
        };
        let head = answer.headers_mut();
        if let Some(value) = self.allow.and_then(|methods| methods.parse().ok()) {
            head.insert(ALLOW, value);
        }
        if let Some(value) = self.retry_after_secs.map(Into::into) {
            head.insert(RETRY_AFTER, value);
        }
        if answer.status() == StatusCode::UNAUTHORIZED {
            let scheme = actix_web::http::header::HeaderValue::from_static("Bearer");
            answer.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        answer
    }
}

/// The failure as an object of `application/problem+json` (RFC 9457), to which more may be added.
pub fn problem_with(wording: &Wording, visitor: &Visitor) -> serde_json::Value {
    serde_json::json!({
        "type": "about:blank",
        "title": wording.title,
        "status": wording.status.as_u16(),
        "detail": wording.text,
        "errors": wording.details,
        "instance": visitor.path,
        "reference": visitor.request.to_string(),
    })
}

fn problem(wording: &Wording, visitor: &Visitor) -> HttpResponse {
    let body = problem_with(wording, visitor);
    HttpResponse::build(wording.status)
        .insert_header((CONTENT_TYPE, "application/problem+json"))
        .body(body.to_string())
}

/// What is left of a request whose handler panicked.
#[derive(Debug)]
pub struct Panicked {
    /// Names the request in the log.
    pub request: RequestId,
    /// Its path.
    pub path: String,
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a handler panicked")
    }
}

impl ResponseError for Panicked {
    fn status_code(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn error_response(&self) -> HttpResponse {
        let wording = Wording::of(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = page::html(
            wording.status,
            &FailurePage {
                page: Page::bare(wording.title),
                wording,
                reference: Some(self.request.to_string()),
            },
        );
        headers::complete(answer.headers_mut(), &self.path);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_says_nothing_of_its_cause() {
        let error = WebError::internal(std::io::Error::other("/var/lib/secret.db is locked"));
        let wording = error.wording();
        assert_eq!(
            wording.text,
            "It has been noted. If it happens again, tell whoever runs this server the reference below."
        );
        assert_eq!(wording.details, Vec::<String>::new());
        assert_eq!(error.to_string(), wording.text);
    }

    #[test]
    fn failures_of_the_store_keep_their_status() {
        for (error, status) in [
            (StoreError::DiskFull, 507),
            (StoreError::NotFound, 404),
            (StoreError::Refused("no".to_owned()), 422),
            (StoreError::Unusable("no".to_owned()), 500),
        ] {
            assert_eq!(WebError::from(error).status().as_u16(), status);
        }
    }

    #[test]
    fn limits_are_told_in_the_unit_that_they_are_set_in() {
        assert_eq!(
            WebError::TooLarge(20 * 1024 * 1024).wording().text,
            "This server takes at most 20 MiB here."
        );
        assert_eq!(
            WebError::TooLarge(1500).wording().text,
            "This server takes at most 1,500 bytes here."
        );
    }
}
