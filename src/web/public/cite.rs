//! `/events/ID/cite.*`: how to cite an event, as a file for a citation manager.

use actix_web::{
    HttpResponse,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    web::{Data, Path},
};

use crate::export::cite::Citation;

use super::{
    super::{
        error::{Missing, WebError},
        paths,
        query::RawQuery,
        state::AppState,
    },
    event,
};

/// GET /events/ID/cite.bib, cite.ris, cite.json: the latest revision, or the one that `revision` names.
pub async fn file(
    state: Data<AppState>,
    written: Path<(String, String)>,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let (id, ending) = written.into_inner();
    let revision = Some(query.text("revision")).filter(|written| !written.is_empty());
    let (event, _) = event::at_revision(&state, &id, revision).await?;
    let url = format!(
        "{}{}",
        state.link_base,
        paths::revision(event.id, event.revision)
    );
    let citation = Citation {
        event: &event,
        url: &url,
    };
    let (media, text) = match ending.as_str() {
        "bib" => ("application/x-bibtex; charset=utf-8", citation.bibtex()),
        "ris" => (
            "application/x-research-info-systems; charset=utf-8",
            citation.ris(),
        ),
        "json" => (
            "application/vnd.citationstyles.csl+json; charset=utf-8",
            citation.csl_json().to_string(),
        ),
        _ => return Err(WebError::NotFound(Missing::Page)),
    };
    let saved_as = format!(
        "attachment; filename=\"{}-r{}.{ending}\"",
        event.id, event.revision
    );
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media))
        .insert_header((CONTENT_DISPOSITION, saved_as))
        .body(text))
}
