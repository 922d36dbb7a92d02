//! `/admin/ingest/queue`: what the queue does, on a page of its own; and its progress as server-sent events.
//!
//! Where scripts run, `static/ingest.js` listens to the events and renews the list; where they do not, the page asks for
//! itself again while something is under way. It has no fields that this could wipe.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::header::{CONTENT_ENCODING, CONTENT_TYPE},
    web::{Bytes, Data},
};
use askama::Template;
use serde_json::json;

use crate::{
    domain::id::JobId,
    store::job::{Job, JobCounts, JobOutcome, JobPayload, JobState},
    web::{
        error::WebError,
        filters::{counted_text, short_instant},
        page::{Nav, Page, ok},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::ingest::{Line, found_text};

/// Jobs on a page.
const JOBS_SHOWN: u32 = 20;
/// How often a listener is told of changes at most.
const BEAT: Duration = Duration::from_secs(1);
/// For how many beats a connection lasts; the browser then comes back by itself.
const BEATS: u32 = 120;
/// A sign of life is sent after so many beats without a change, so that a broken connection is noticed.
const QUIET: u32 = 15;

/// What the queue does.
pub(super) struct QueueView {
    counts: JobCounts,
    pub(super) jobs: Vec<Line>,
    /// The job before which the next page begins.
    more: Option<JobId>,
    pub(super) shown_at: String,
}

impl QueueView {
    /// The latest jobs, those of a state, those before one.
    pub(super) async fn of(
        state: &AppState,
        only: Option<JobState>,
        before: Option<JobId>,
    ) -> Result<Self, WebError> {
        let (counts, mut jobs) = tokio::try_join!(
            state.store.job_counts(),
            state.store.jobs(only, before, JOBS_SHOWN + 1),
        )?;
        let size = usize::try_from(JOBS_SHOWN).unwrap_or(usize::MAX);
        let has_more = jobs.len() > size;
        jobs.truncate(size);
        Ok(Self {
            counts,
            more: jobs.last().filter(|_| has_more).map(|job| job.id),
            jobs: jobs.iter().map(line).collect(),
            shown_at: short_instant(state.clock().now()),
        })
    }

    /// Whether something waits or is worked.
    fn is_busy(&self) -> bool {
        self.counts.queued + self.counts.running > 0
    }

    /// How many jobs there are.
    pub(super) fn all(&self) -> i64 {
        self.ended() + self.counts.queued + self.counts.running
    }

    /// How many have ended, well or not.
    pub(super) fn ended(&self) -> i64 {
        self.counts.done + self.counts.failed + self.counts.parked
    }

    /// “3 wait, 1 is being read, 40 done, 2 failed, 1 set aside”.
    pub(super) fn said(&self) -> String {
        said(&self.counts)
    }

    /// Each state with its count, and its list.
    fn states(&self) -> Vec<(&'static str, i64, &'static str)> {
        vec![
            ("Waiting", self.counts.queued, JobState::Queued.slug()),
            ("Failed", self.counts.failed, JobState::Failed.slug()),
            ("Set aside", self.counts.parked, JobState::Parked.slug()),
            ("Done", self.counts.done, JobState::Done.slug()),
        ]
    }
}

fn said(counts: &JobCounts) -> String {
    let mut parts = vec![
        counted_text(counts.queued, "waits", "wait"),
        counted_text(counts.running, "is being read", "are being read"),
        format!("{} done", counts.done),
    ];
    if counts.failed > 0 {
        parts.push(format!("{} failed", counts.failed));
    }
    if counts.parked > 0 {
        parts.push(format!("{} set aside", counts.parked));
    }
    parts.join(", ")
}

#[derive(Template)]
#[template(path = "admin/ingest_queue.html")]
struct QueuePage {
    page: Page,
    queue: QueueView,
    only: String,
}

/// GET /admin/ingest/queue: the jobs, the latest first; `state` narrows them, `before` is the number of the last one seen.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let written = query.text("state");
    let only = JobState::ALL
        .into_iter()
        .find(|state| state.slug() == written);
    let before = query.text("before").parse().ok();
    Ok(ok(&QueuePage {
        page: Page::of_user(&state, &user, Nav::Ingest, "Queue").await?,
        queue: QueueView::of(&state, only, before).await?,
        only: only.map_or_else(String::new, |state| state.slug().to_owned()),
    }))
}

/// GET /admin/ingest/progress: how many jobs are in each state, whenever that changes, as server-sent events.
pub async fn progress(state: Data<AppState>, _: SignedIn) -> Result<HttpResponse, WebError> {
    let stream = async_stream::stream! {
        let mut last = None;
        let mut quiet = 0;
        yield Ok::<Bytes, actix_web::Error>(Bytes::from_static(b"retry: 2000\n\n"));
        for _ in 0..BEATS {
            if state.is_stopping() {
                break;
            }
            // A database that is away for a moment is asked again.
            if let Ok(counts) = state.store.job_counts().await {
                quiet += 1;
                if last != Some(counts) {
                    last = Some(counts);
                    quiet = 0;
                    yield Ok(told(&counts));
                } else if quiet >= QUIET {
                    quiet = 0;
                    yield Ok(Bytes::from_static(b": still here\n\n"));
                }
            }
            tokio::time::sleep(BEAT).await;
        }
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        // compressing would hold the events back
        .insert_header((CONTENT_ENCODING, "identity"))
        .streaming(stream))
}

fn told(counts: &JobCounts) -> Bytes {
    let ended = counts.done + counts.failed + counts.parked;
    let data = json!({
        "ended": ended,
        "all": ended + counts.queued + counts.running,
        "said": said(counts),
    });
    Bytes::from(format!("data: {data}\n\n"))
}

fn line(job: &Job) -> Line {
    let input = match &job.payload {
        JobPayload::Text { text, url, .. } if url.is_empty() => {
            let title = text.lines().map(str::trim).find(|line| !line.is_empty());
            let title: String = title.unwrap_or("untitled").chars().take(200).collect();
            format!("Text: {title}")
        }
        JobPayload::FeedItem { title, url, .. } if !title.is_empty() => format!("{title} ({url})"),
        other => other.url().to_owned(),
    };
    let found = found_text(usize::try_from(job.events).unwrap_or(0));
    let (tone, word, what) = match (job.state, job.outcome) {
        (JobState::Queued, _) if job.attempts > 0 => (
            "wait",
            "Waits for another try",
            format!("again {} UTC", short_instant(job.not_before)),
        ),
        (JobState::Queued, _) => ("wait", "Queued", String::new()),
        (JobState::Running, _) => ("wait", "Running", String::new()),
        (JobState::Failed, _) => ("bad", "Failed", String::new()),
        (JobState::Parked, _) => ("bad", "Set aside", String::new()),
        (JobState::Done, JobOutcome::Known) => (
            "ok",
            "Known",
            "on record already, nothing was changed".to_owned(),
        ),
        (JobState::Done, JobOutcome::Copy) => (
            "ok",
            "Known copy",
            "the same text stands at another address".to_owned(),
        ),
        (JobState::Done, JobOutcome::Changed) => {
            ("wait", "Changed", format!("the text has changed; {found}"))
        }
        (JobState::Done, _) => ("ok", "Done", found),
    };
    let asked = format!(
        "asked for by {}, {} UTC",
        job.author,
        short_instant(job.created_at)
    );
    Line {
        input,
        said: [job.error.as_str(), &what, &asked]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
        tone,
        word,
        review: job.article.filter(|_| job.events > 0),
        change: job.article.filter(|_| job.outcome == JobOutcome::Changed),
        retry: matches!(job.state, JobState::Failed | JobState::Parked).then_some(job.id),
    }
}
