//! Cookies: who is signed in, and what forms before the sign-in are checked by.
//!
//! The cookie holds 256 random bits; the database holds their hash. Every sign-in gets a new id.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};

use crate::{
    domain::id::UserId,
    store::{secret, secret::Secret, session::Session},
};

use super::{
    error::WebError,
    state::AppState,
    visitor::{Transport, Visitor},
};

/// Holds the session's secret.
pub const SESSION_COOKIE: &str = "demarche_session";
/// Holds what forms before the sign-in are checked by.
pub const FORM_COOKIE: &str = "demarche_form";
/// Holds what the next page says once.
pub const FLASH_COOKIE: &str = "demarche_flash";

/// The value of a request's cookie; an empty one is none.
pub fn cookie(request: &HttpRequest, name: &str) -> Option<String> {
    request
        .cookie(name)
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
}

/// A cookie for the whole site that scripts cannot read.
pub fn make_cookie(
    name: &'static str,
    value: String,
    transport: Transport,
    lasts: Duration,
) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(transport == Transport::Tls)
        .max_age(lasts)
        .finish()
}

/// A cookie that makes the browser forget the one of that name.
pub fn forget_cookie(name: &'static str, transport: Transport) -> Cookie<'static> {
    make_cookie(name, String::new(), transport, Duration::ZERO)
}

/// The session of a request's cookie, unless it has ended.
///
/// # Errors
/// What the store says.
pub async fn find(state: &AppState, request: &HttpRequest) -> Result<Option<Session>, WebError> {
    match cookie(request, SESSION_COOKIE) {
        Some(presented) => Ok(state.store.session(&secret::hash(&presented)).await?),
        None => Ok(None),
    }
}

/// Begins a session with a new id and gives its cookie.
///
/// # Errors
/// What the store says; no random numbers.
pub async fn begin(
    state: &AppState,
    visitor: &Visitor,
    user: UserId,
) -> Result<Cookie<'static>, WebError> {
    let id = Secret::fresh().map_err(WebError::internal)?;
    let csrf = Secret::fresh().map_err(WebError::internal)?;
    let hours = i64::try_from(state.settings.session_hours).unwrap_or(12);
    let ends = state.clock().now().plus_seconds(hours * 60 * 60);
    state
        .store
        .start_session(user, &id.hash(), csrf.reveal(), ends)
        .await?;
    Ok(make_cookie(
        SESSION_COOKIE,
        id.reveal().to_owned(),
        visitor.transport,
        Duration::hours(hours),
    ))
}

/// Ends the session of a request's cookie and gives the cookie that makes the browser forget it.
///
/// # Errors
/// What the store says.
pub async fn end(
    state: &AppState,
    visitor: &Visitor,
    request: &HttpRequest,
) -> Result<Cookie<'static>, WebError> {
    if let Some(presented) = cookie(request, SESSION_COOKIE) {
        state.store.end_session(&secret::hash(&presented)).await?;
    }
    Ok(forget_cookie(SESSION_COOKIE, visitor.transport))
}
