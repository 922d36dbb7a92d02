//! Pages for those who keep the record.

use actix_web::HttpResponse;

use super::{error::WebError, routes::Entry, state::AppState, visitor::Visitor};

/// The addresses under `/admin`.
pub const ROUTES: &[Entry] = &[];

/// Answers a form that was sent after its session ended; `body` is what was typed.
///
/// # Errors
/// [`WebError::SignedOut`], which leads to the sign-in.
pub async fn signed_out(
    _state: &AppState,
    _visitor: &Visitor,
    _body: &[u8],
) -> Result<HttpResponse, WebError> {
    Err(WebError::SignedOut)
}
