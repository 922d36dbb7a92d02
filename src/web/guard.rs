//! Who may pass: the origin of every write, the session or token, and the role that the route table asks for.

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};

use crate::{domain::role::Role, store::secret};

use super::{
    admin, csrf,
    error::WebError,
    forms,
    routes::{self, Need},
    session,
    state::AppState,
    visitor::{Visitor, header_text},
};

/// Lets a request through to its handler, or answers it.
///
/// # Errors
/// Those of the layers within that have no request any more.
pub async fn admit(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(state) = request.app_data::<Data<AppState>>().cloned() else {
        return Ok(request.error_response(WebError::Unguarded));
    };
    match check(&state, &request).await {
        Ok(Pass::Through) => Ok(next.call(request).await?.map_into_boxed_body()),
        Ok(Pass::SignedOut) => {
            let Some(visitor) = Visitor::attached(request.request()) else {
                return Ok(request.error_response(WebError::Unguarded));
            };
            // a form whose session ended while it was being filled in must not be lost
            let answer = if request.method() == Method::POST && forms::is_urlencoded(request.head())
            {
                match forms::body(&mut request, &state.settings).await {
                    Ok(body) => admin::signed_out(&state, &visitor, &body).await,
                    Err(error) => Err(error),
                }
            } else {
                Err(WebError::SignedOut)
            };
            Ok(match answer {
                Ok(response) => request.into_response(response),
                Err(error) => request.error_response(error),
            })
        }
        Err(error) => Ok(request.error_response(error)),
    }
}

enum Pass {
    Through,
    SignedOut,
}

async fn check(state: &AppState, request: &ServiceRequest) -> Result<Pass, WebError> {
    let visitor = Visitor::attached(request.request()).ok_or(WebError::Unguarded)?;
    let need = request
        .match_pattern()
        .and_then(|pattern| routes::need(request.method(), &pattern));
    // an address that is not in the table has no handler: it goes through to the 404 or the 405
    let need = need.unwrap_or(Need::Nobody);
    if let Need::Token(role) = need {
        let token = match bearer(request) {
            Some(presented) => state.store.token(&secret::hash(presented)).await?,
            None => None,
        };
        let found = token.as_ref().map(|token| token.role);
        visitor.known(None, token).attach(request);
        return suffices(found.ok_or(WebError::TokenMissing)?, role).map(|()| Pass::Through);
    }
    if !request.method().is_safe() {
        csrf::check_origin(request.head(), &state.settings)?;
    }
    let session = match need {
        // files and probes do not ask the database who is there
        Need::Nothing => None,
        _ => session::find(state, request.request()).await?,
    };
    let found = session.as_ref().map(|session| session.role);
    visitor.known(session, None).attach(request);
    match (need, found) {
        (Need::Session(_), None) => Ok(Pass::SignedOut),
        (Need::Session(role), Some(found)) => suffices(found, role).map(|()| Pass::Through),
        _ => Ok(Pass::Through),
    }
}

fn suffices(found: Role, role: Role) -> Result<(), WebError> {
    if found >= role {
        Ok(())
    } else {
        Err(WebError::Role(role))
    }
}

fn bearer(request: &ServiceRequest) -> Option<&str> {
    let (scheme, token) = header_text(request.head(), "authorization")?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}
