//! Around every request: its id, the log's span, a panic's way out, the headers of every answer, the metrics.

use std::{panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{HeaderName, HeaderValue, STRICT_TRANSPORT_SECURITY},
    },
    middleware::Next,
    web::Data,
};
use futures::FutureExt as _;
use tracing::Instrument as _;

use crate::telemetry::RequestId;

use super::{
    error::Panicked,
    headers, session,
    state::AppState,
    visitor::{Transport, Visitor},
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Answers a request; a panic on the way becomes a 500 with the request's id.
///
/// # Errors
/// Only [`Panicked`], which answers for itself.
pub async fn wrap(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let id = RequestId::fresh();
    let state = request.app_data::<Data<AppState>>().cloned();
    let method = request.method().to_string();
    let path = request.path().to_owned();
    let pattern = request.match_pattern().unwrap_or_else(|| "none".to_owned());
    let visitor = state
        .as_ref()
        .map(|state| Visitor::of(&request, &state.settings, id));
    let secure = visitor
        .as_ref()
        .is_some_and(|visitor| visitor.transport == Transport::Tls);
    if let Some(visitor) = visitor {
        visitor.attach(&request);
    }
    let span = id.span(&method, &path);
    let answered = AssertUnwindSafe(next.call(request).instrument(span.clone()))
        .catch_unwind()
        .await;
    let counted = |status: u16| {
        let took = began.elapsed();
        if let Some(state) = &state {
            state.metrics.request(&method, &pattern, status, took);
        }
        tracing::info!(parent: &span, status, micros = took.as_micros(), "answered");
    };
    match answered {
        Ok(Ok(mut response)) => {
            forget_flash(&mut response);
            let head = response.headers_mut();
            headers::complete(head, &path);
            if secure {
                head.insert(
                    STRICT_TRANSPORT_SECURITY,
                    HeaderValue::from_static("max-age=31536000"),
                );
            }
            if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
                head.insert(REQUEST_ID, value);
            }
            counted(response.status().as_u16());
            Ok(response.map_into_boxed_body())
        }
        Ok(Err(error)) => {
            counted(error.as_response_error().status_code().as_u16());
            Err(error)
        }
        Err(panic) => {
            let cause = panic
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
                .or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            tracing::error!(parent: &span, cause, "a handler panicked");
            counted(500);
            Err(Panicked { request: id, path }.into())
        }
    }
}

/// What was to be said once has been said when a page with it has gone out.
fn forget_flash<B>(response: &mut ServiceResponse<B>) {
    let Some(visitor) = Visitor::attached(response.request()) else {
        return;
    };
    if visitor.flash.is_some() && response.status() == StatusCode::OK {
        let forget = session::forget_cookie(session::FLASH_COOKIE, visitor.transport);
        if let Err(error) = response.response_mut().add_cookie(&forget) {
            tracing::warn!(%error, "a cookie could not be written");
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App,
        body::to_bytes,
        middleware::from_fn,
        test::{TestRequest, call_service, init_service, try_call_service},
        web::to,
    };

    use super::*;

    async fn boom() -> &'static str {
        panic!("the secret of the handler")
    }

    async fn calm() -> &'static str {
        "calm"
    }

    #[actix_web::test]
    async fn a_panic_becomes_a_500_with_a_reference_and_nothing_else() {
        let app = init_service(
            App::new()
                .route("/boom", actix_web::web::route().to(boom))
                .wrap(from_fn(wrap)),
        )
        .await;
        let error = try_call_service(&app, TestRequest::get().uri("/boom").to_request())
            .await
            .expect_err("a panic ends the request");
        let answer = error.error_response();
        assert_eq!(answer.status(), 500);
        assert!(answer.headers().contains_key("content-security-policy"));
        let body = to_bytes(answer.into_body()).await.expect("a whole body");
        let text = std::str::from_utf8(&body).expect("UTF-8");
        assert!(text.contains("Something went wrong on our side"), "{text}");
        assert!(text.contains("Reference: <code>"), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }

    #[actix_web::test]
    async fn an_answer_has_the_request_s_id() {
        let app = init_service(App::new().default_service(to(calm)).wrap(from_fn(wrap))).await;
        let answer = call_service(&app, TestRequest::get().uri("/").to_request()).await;
        let id = answer.headers().get("x-request-id").expect("an id");
        assert_eq!(id.len(), 12);
    }
}
