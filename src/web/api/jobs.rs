//! `/api/v1/jobs/ID`: what became of something that was handed in.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use serde_json::{Value, json};

use crate::{domain::id::JobId, store::job::Job};

use super::super::{
    error::{Missing, WebError},
    state::AppState,
    visitor::ByToken,
};

/// GET /api/v1/jobs/ID
pub async fn read(
    state: Data<AppState>,
    _: ByToken,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let missing = || WebError::NotFound(Missing::Other(format!("There is no job {id} on record.")));
    let number: JobId = id.parse().map_err(|_| missing())?;
    let job = state.store.job(number).await?.ok_or_else(missing)?;
    Ok(HttpResponse::Ok().json(value(&job)))
}

/// A job as JSON. An error is a sentence for whoever handed the article in.
pub fn value(job: &Job) -> Value {
    json!({
        "job": job.id.0,
        "status": job.state.slug(),
        "outcome": job.outcome.slug(),
        "url": job.payload.url(),
        "attempts": job.attempts,
        "error": Some(job.error.as_str()).filter(|error| !error.is_empty()),
        "article_id": job.article.map(|article| article.0),
        "events": job.events,
        "created_at": job.created_at.to_string(),
        "updated_at": job.updated_at.to_string(),
    })
}
