//! The ingest queue, kept in the database: what is to be read, what became of it, and who works it until when.
//!
//! A worker takes a job under a lease. Where it dies, the lease passes and another takes the job; a job that nobody
//! survived so many times is parked. How a job is worked is left to `ingest::queue`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Author, Store,
    db::{Engine, Query, Reads as _, on},
    error::{Result, StoreError},
    row::Row,
};
use crate::domain::{
    clock::Timestamp,
    id::{ArticleId, FeedId, JobId},
};

/// Where the events of an article go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// Before an editor.
    #[default]
    Review,
    /// Straight onto the timeline.
    Timeline,
}

/// What a job is to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum JobPayload {
    /// A text that was handed in.
    Text {
        /// The text, title first.
        text: String,
        /// Its address; may be empty.
        url: String,
        /// Its day of publication, where it was given.
        published: Option<NaiveDate>,
        /// Its publisher; may be empty.
        source: String,
        /// Where its events go.
        destination: Destination,
    },
    /// An address to fetch.
    Url {
        /// The address.
        url: String,
        /// Its day of publication, where it was given.
        published: Option<NaiveDate>,
        /// Its publisher; may be empty.
        source: String,
        /// Where its events go.
        destination: Destination,
    },
    /// An item of a feed.
    FeedItem {
        /// The feed.
        feed: FeedId,
        /// The item's address.
        url: String,
        /// The item's title; may be empty.
        title: String,
        /// The day that the feed gives.
        published: Option<NaiveDate>,
        /// The feed's publisher; may be empty.
        source: String,
        /// The item's own text, where the feed carries it whole; empty where its address is to be fetched.
        #[serde(default)]
        text: String,
    },
}

impl JobPayload {
    /// The number that the database keeps.
    const fn code(&self) -> i64 {
        match self {
            Self::Text { .. } => 1,
            Self::Url { .. } => 2,
            Self::FeedItem { .. } => 3,
        }
    }

    /// The address that the job is about; empty for a text without one.
    pub fn url(&self) -> &str {
        match self {
            Self::Text { url, .. } | Self::Url { url, .. } | Self::FeedItem { url, .. } => url,
        }
    }
}

/// What became of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i64)]
pub enum JobState {
    /// Waits for its turn, or for its next attempt.
    Queued = 1,
    /// Is being worked.
    Running = 2,
    /// Is done.
    Done = 3,
    /// Will not be tried again unless somebody asks.
    Failed = 4,
    /// Was set aside, since no worker survived it.
    Parked = 5,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Queued,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Parked,
    ];

    /// The word of the API and of pages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Parked => "parked",
        }
    }

    fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| *state as i64 == code)
    }
}

/// A job of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: JobId,
    /// What it is to read.
    pub payload: JobPayload,
    /// What became of it.
    pub state: JobState,
    /// How often it was begun.
    pub attempts: i64,
    /// What the last attempt failed of; empty where it did not.
    pub error: String,
    /// The article that came of it.
    pub article: Option<ArticleId>,
    /// How many candidate events came of it.
    pub events: i64,
    /// Who asked for it.
    pub author: String,
    /// When it may be begun.
    pub not_before: Timestamp,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// How many jobs are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobCounts {
    /// Waiting.
    pub queued: i64,
    /// Being worked.
    pub running: i64,
    /// Done.
    pub done: i64,
    /// Given up.
    pub failed: i64,
    /// Set aside.
    pub parked: i64,
}

const SELECT: &str = "SELECT id, payload, state, attempts, error, article_id, events, author, not_before, \
                      created_at, updated_at FROM jobs ";

impl Store {
    /// Puts a job into the queue.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn enqueue(&self, payload: &JobPayload, author: &Author) -> Result<JobId> {
        let ids = self
            .enqueue_all(std::slice::from_ref(payload), author)
            .await?;
        ids.into_iter().next().ok_or(StoreError::NotFound)
    }

    /// Puts jobs into the queue, all or none, in the order given.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn enqueue_all(
        &self,
        payloads: &[JobPayload],
        author: &Author,
    ) -> Result<Vec<JobId>> {
        let now = self.clock().now().micros();
        let mut ids = Vec::with_capacity(payloads.len());
        let mut tx = self.db().begin().await?;
        for payload in payloads {
            let id = tx.next_id("job").await?;
            let insert = on(
                "jobs",
                "INSERT INTO jobs (id, kind, payload, state, attempts, error, events, author, not_before, created_at, updated_at) \
                 VALUES ($1, $2, $3, $4, 0, '', 0, $5, $6, $6, $6)",
            );
            let insert = insert.bind(id).bind(payload.code()).bind(written(payload)?);
            tx.execute(
                insert
                    .bind(JobState::Queued as i64)
                    .bind(author.0.as_str())
                    .bind(now),
            )
            .await?;
            ids.push(JobId(id));
        }
        tx.commit().await?;
        Ok(ids)
    }

    /// Takes the job that has waited longest, for so many seconds; `None` where none is due.
    ///
    /// A job whose lease has passed is taken again, unless it was begun `max_attempts` times: then it is parked.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn take_job(&self, lease_secs: u64, max_attempts: u32) -> Result<Option<Job>> {
        let now = self.clock().now();
        // A look without a lock first: an idle worker must not hold up writers.
        if self.db().fetch_optional(due(now)).await?.is_none() {
            return Ok(None);
        }
        let mut tx = self.db().begin().await?;
        let park = on(
            "jobs",
            "UPDATE jobs SET state = $1, lease_until = NULL, updated_at = $2, error = 'no worker finished it'
             WHERE state = $3 AND lease_until < $2 AND attempts >= $4",
        );
        let park = park
            .bind(JobState::Parked as i64)
            .bind(now.micros())
            .bind(JobState::Running as i64);
        tx.execute(park.bind(i64::from(max_attempts))).await?;
        let select = match tx.engine() {
            Engine::Sqlite => due(now),
            Engine::Postgres => due(now).piece(" FOR UPDATE SKIP LOCKED"),
        };
        let Some(row) = tx.fetch_optional(select).await? else {
            tx.commit().await?;
            return Ok(None);
        };
        let mut job = job(&row)?;
        let lease = now.plus_seconds(i64::try_from(lease_secs).unwrap_or(i64::MAX));
        let update = on(
            "jobs",
            "UPDATE jobs SET state = $1, attempts = attempts + 1, lease_until = $2, updated_at = $3 WHERE id = $4",
        );
        let update = update.bind(JobState::Running as i64).bind(lease.micros());
        tx.execute(update.bind(now.micros()).bind(job.id.0)).await?;
        tx.commit().await?;
        job.state = JobState::Running;
        job.attempts += 1;
        Ok(Some(job))
    }

    /// Notes that a job is done, and what came of it.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn finish_job(
        &self,
        id: JobId,
        article: Option<ArticleId>,
        events: i64,
    ) -> Result<()> {
        let update = on(
            "jobs",
            "UPDATE jobs SET state = $1, lease_until = NULL, error = '', article_id = $2, events = $3, updated_at = $4
             WHERE id = $5",
        );
        let update = update
            .bind(JobState::Done as i64)
            .bind(article.map(|article| article.0))
            .bind(events);
        self.db()
            .execute(update.bind(self.clock().now().micros()).bind(id.0))
            .await
            .map(|_| ())
    }

    /// Notes that an attempt failed, and when the next is due; without one the job is given up.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn fail_job(
        &self,
        id: JobId,
        error: &str,
        retry_at: Option<Timestamp>,
    ) -> Result<()> {
        let now = self.clock().now();
        let state = if retry_at.is_some() {
            JobState::Queued
        } else {
            JobState::Failed
        };
        let update = on(
            "jobs",
            "UPDATE jobs SET state = $1, lease_until = NULL, error = $2, not_before = $3, updated_at = $4 WHERE id = $5",
        );
        let update = update
            .bind(state as i64)
            .bind(error)
            .bind(retry_at.unwrap_or(now).micros());
        self.db()
            .execute(update.bind(now.micros()).bind(id.0))
            .await
            .map(|_| ())
    }

    /// Puts a job that was given up or set aside back into the queue, its attempts forgotten.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where there is no such job, or it was neither.
    pub async fn retry_job(&self, id: JobId) -> Result<()> {
        let update = on(
            "jobs",
            "UPDATE jobs SET state = $1, attempts = 0, not_before = $2, updated_at = $2 WHERE id = $3 AND state IN ($4, $5)",
        );
        let update = update
            .bind(JobState::Queued as i64)
            .bind(self.clock().now().micros())
            .bind(id.0);
        match self
            .db()
            .execute(
                update
                    .bind(JobState::Failed as i64)
                    .bind(JobState::Parked as i64),
            )
            .await?
        {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }

    /// The job of a number.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn job(&self, id: JobId) -> Result<Option<Job>> {
        let select = on("jobs", SELECT).piece("WHERE id = ").value(id.0);
        self.db()
            .fetch_optional(select)
            .await?
            .as_ref()
            .map(job)
            .transpose()
    }

    /// The jobs that were asked for last, the newest first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn recent_jobs(&self, limit: u32) -> Result<Vec<Job>> {
        let select = on("jobs", SELECT)
            .piece("ORDER BY id DESC LIMIT ")
            .value(i64::from(limit));
        self.db().fetch_all(select).await?.iter().map(job).collect()
    }

    /// How many jobs are in each state.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn job_counts(&self) -> Result<JobCounts> {
        let select = on(
            "jobs",
            "SELECT state, count(*) AS n FROM jobs GROUP BY state",
        );
        let mut counts = JobCounts::default();
        for row in &self.db().fetch_all(select).await? {
            let count = match row.coded("state", JobState::from_code)? {
                JobState::Queued => &mut counts.queued,
                JobState::Running => &mut counts.running,
                JobState::Done => &mut counts.done,
                JobState::Failed => &mut counts.failed,
                JobState::Parked => &mut counts.parked,
            };
            *count = row.int("n")?;
        }
        Ok(counts)
    }
}

/// The first job that may be taken.
fn due(now: Timestamp) -> Query {
    on("jobs", SELECT)
        .piece("WHERE (state = ")
        .value(JobState::Queued as i64)
        .piece(" AND not_before <= ")
        .value(now.micros())
        .piece(") OR (state = ")
        .value(JobState::Running as i64)
        .piece(" AND lease_until < ")
        .value(now.micros())
        .piece(") ORDER BY not_before, id LIMIT 1")
}

fn written(payload: &JobPayload) -> Result<String> {
    serde_json::to_string(payload)
        .map_err(|error| StoreError::Refused(format!("the job cannot be kept: {error}")))
}

fn job(row: &Row) -> Result<Job> {
    Ok(Job {
        id: JobId(row.int("id")?),
        payload: row.json("payload")?,
        state: row.coded("state", JobState::from_code)?,
        attempts: row.int("attempts")?,
        error: row.text("error")?,
        article: row.opt_int("article_id")?.map(ArticleId),
        events: row.int("events")?,
        author: row.text("author")?,
        not_before: row.instant("not_before")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
