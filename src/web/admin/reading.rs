//! GET `/admin/reading`: what a typed date or list of parties means, in words, or what is wrong with it, for the script that
//! shows it while one types. It is the form's own reading, so that there is one parser.

use actix_web::{HttpResponse, http::header::CONTENT_TYPE, web::Data};

use crate::{
    domain::{cell, edtf::Edtf, id::ArticleId},
    web::{error::WebError, query::RawQuery, state::AppState, visitor::SignedIn},
};

use super::{
    candidate_view::evidence_reading,
    event_fields::{date_reading, parties_reading},
};

/// Whether the answer is what the text means or what is wrong with it: `means` or `fault`.
const HEADER: &str = "x-reading";

/// The reading of `text` as the field `field`, for evidence in the article `article`: plain text, empty where nothing is to
/// be said.
pub async fn text(
    state: Data<AppState>,
    _user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let typed = query.text("text");
    let read = match query.text("field") {
        _ if typed.is_empty() => Ok(String::new()),
        "date" | "effective_date" => typed
            .parse::<Edtf>()
            .map(|_| date_reading(typed))
            .map_err(|error| error.to_string()),
        "actors" | "targets" => {
            let register = state.register().await?;
            match cell::split_filled(typed)
                .iter()
                .find(|written| register.find(written).is_none())
            {
                Some(unknown) => Err(format!("no party on record is called “{unknown}”")),
                None => Ok(parties_reading(typed, &register)),
            }
        }
        "evidence" => evidence(&state, query.text("article"), typed).await?,
        _ => Ok(String::new()),
    };
    let (kind, said) = match read {
        Ok(said) => ("means", said),
        Err(said) => ("fault", said),
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((HEADER, kind))
        .body(said))
}

/// Where words stand in an article.
async fn evidence(
    state: &AppState,
    article: &str,
    typed: &str,
) -> Result<Result<String, String>, WebError> {
    let Ok(id) = article.parse::<ArticleId>() else {
        return Ok(Ok(String::new()));
    };
    let Some(article) = state.store.article(id).await? else {
        return Ok(Ok(String::new()));
    };
    let said = evidence_reading(&article.content.text, typed);
    Ok(if said.is_empty() {
        Err("these words do not stand in the article".to_owned())
    } else {
        Ok(said)
    })
}
