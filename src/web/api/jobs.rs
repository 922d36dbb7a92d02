//! `/api/v1/jobs/ID`: what became of something that was handed in.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{domain::id::JobId, store::job::Job};

use super::{
    super::{
        error::{Missing, WebError},
        state::AppState,
        visitor::ByToken,
    },
    schema::Problem,
};

/// What became of an article that was handed in.
#[derive(Serialize, ToSchema)]
struct JobOut {
    /// The job's number.
    job: i64,
    /// How far it is.
    status: &'static str,
    /// What came of it.
    #[schema(required)]
    outcome: Option<&'static str>,
    /// The article's address; empty where a text was handed in.
    url: String,
    /// How often it was tried.
    attempts: i64,
    /// Why it failed, in a sentence for whoever handed the article in.
    #[schema(required)]
    error: Option<String>,
    /// The article, once it is on record.
    #[schema(required)]
    article_id: Option<i64>,
    /// How many events were found in it.
    events: i64,
    /// When it was handed in.
    created_at: String,
    /// When it was last worked on.
    updated_at: String,
}

/// GET /api/v1/jobs/ID
#[utoipa::path(
    get,
    path = "/api/v1/jobs/{id}",
    operation_id = "read_job",
    summary = "Tells what became of an article that was handed in.",
    description = "",
    params(("id" = i64, Path, description = "The job's number, as POST /api/v1/ingest gave it.", minimum = 1)),
    security(("token" = [])),
    responses(
        (status = 200, description = "Done.", body = JobOut),
        (status = "default", description = "A failure, in words.", content_type = "application/problem+json", body = Problem)
    )
)]
pub async fn read(
    state: Data<AppState>,
    _: ByToken,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let missing = || WebError::NotFound(Missing::Other(format!("There is no job {id} on record.")));
    let number: JobId = id.parse().map_err(|_| missing())?;
    let job = state.store.job(number).await?.ok_or_else(missing)?;
    Ok(HttpResponse::Ok().json(out(&job)))
}

fn out(job: &Job) -> JobOut {
    JobOut {
        job: job.id.0,
        status: job.state.slug(),
        outcome: job.outcome.slug(),
        url: job.payload.url().to_owned(),
        attempts: job.attempts,
        error: Some(job.error.clone()).filter(|error| !error.is_empty()),
        article_id: job.article.map(|article| article.0),
        events: job.events,
        created_at: job.created_at.to_string(),
        updated_at: job.updated_at.to_string(),
    }
}
