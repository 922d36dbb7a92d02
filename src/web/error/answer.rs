//! A failure on its way out: into the log where it is ours, and to the visitor as a page or as `application/problem+json`.

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

use crate::telemetry::RequestId;

use super::{
    super::{
        headers,
        page::{self, Page},
        paths,
        public::failure::FailurePage,
        state::AppState,
        visitor::{Speaks, Visitor},
    },
    WebError, Wording,
};

impl WebError {
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
