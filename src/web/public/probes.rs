//! What machines ask: alive, ready, how much.

use actix_web::{HttpResponse, http::header::CONTENT_TYPE, web::Data};

use crate::{domain::filter::TimelineFilter, telemetry::RecordGauges};

use super::super::{error::WebError, state::AppState};

/// GET /healthz: the process answers.
pub async fn alive() -> HttpResponse {
    text("ok\n".to_owned())
}

/// GET /readyz: the database answers and is migrated.
pub async fn ready(state: Data<AppState>) -> HttpResponse {
    match state.store.ready().await {
        Ok(()) => text("ok\n".to_owned()),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            HttpResponse::ServiceUnavailable()
                .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
                .body("the database does not answer\n")
        }
    }
}

/// GET /metrics: Prometheus' text form.
pub async fn metrics(state: Data<AppState>) -> Result<HttpResponse, WebError> {
    let jobs = state.store.job_counts().await?;
    let gauges = RecordGauges {
        jobs_queued: jobs.queued,
        jobs_running: jobs.running,
        jobs_failed: jobs.failed,
        jobs_parked: jobs.parked,
        review_waiting: state.store.waiting_count().await?,
        events: state.store.count(&TimelineFilter::default()).await?,
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
        .body(state.metrics.render(gauges)))
}

fn text(body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body(body)
}
