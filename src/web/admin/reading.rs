//! GET `/admin/reading`: what a typed date or list of parties means, in words, for the script that shows it while one types.

use actix_web::{HttpResponse, http::header::CONTENT_TYPE, web::Data};

use crate::web::{error::WebError, query::RawQuery, state::AppState, visitor::SignedIn};

use super::event_fields::{date_reading, parties_reading};

/// The reading of `text` as the field `field`: plain text, empty where it cannot be read.
pub async fn text(
    state: Data<AppState>,
    _user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let typed = query.text("text");
    let reading = match query.text("field") {
        "date" | "effective_date" => date_reading(typed),
        "actors" | "targets" => parties_reading(typed, &*state.register().await?),
        _ => String::new(),
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body(reading))
}
