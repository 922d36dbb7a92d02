//! The ingest queue, kept in the database: what is to be read, what became of it, and who works it until when.
//!
//! A worker takes a job under a lease. Where it dies, the lease passes and another takes the job; a job that nobody
//! survived so many times is parked. How a job is worked is left to `ingest::queue`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

mod work;

use super::{
    Author, Store,
    db::{Bind, Tx, on},
    error::{Result, StoreError},
    row::Row,
    side_rows::insert_rows,
};
pub(in crate::store) use work::end;
pub use work::{Claim, End, Then};

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
        /// Who wrote it, as the feed says; may be empty.
        #[serde(default)]
        byline: String,
        /// What the feed calls itself; may be empty.
        #[serde(default)]
        feed_title: String,
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

    /// The feed whose item it is.
    pub const fn feed(&self) -> Option<FeedId> {
        match self {
            Self::FeedItem { feed, .. } => Some(*feed),
            Self::Text { .. } | Self::Url { .. } => None,
        }
    }

    /// The address that the job is about; empty for a text without one.
    pub fn url(&self) -> &str {
        match self {
            Self::Text { url, .. } | Self::Url { url, .. } | Self::FeedItem { url, .. } => url,
        }
    }
}

/// What a job found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(i64)]
pub enum JobOutcome {
    /// Nothing yet, or several articles.
    #[default]
    Open = 0,
    /// An article that was not on record.
    New = 1,
    /// One that was.
    Known = 2,
    /// The text of one that was, at another address.
    Copy = 3,
    /// Another text under a known address.
    Changed = 4,
}

impl JobOutcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::New,
        Self::Known,
        Self::Copy,
        Self::Changed,
    ];

    /// The word of the API; `None` while there is none.
    pub const fn slug(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::New => Some("new"),
            Self::Known => Some("known"),
            Self::Copy => Some("copy"),
            Self::Changed => Some("changed"),
        }
    }

    fn from_code(code: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|outcome| *outcome as i64 == code)
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
    /// What it found.
    pub outcome: JobOutcome,
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

const SELECT: &str = "SELECT id, payload, state, attempts, error, outcome, article_id, events, author, \
                      not_before, created_at, updated_at FROM jobs ";

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
        let mut tx = self.db().begin().await?;
        let ids = insert(&mut tx, payloads, author, self.clock().now()).await?;
        tx.commit().await?;
        Ok(ids)
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
        self.jobs(None, None, limit).await
    }

    /// Jobs, the newest first: those of a state, those before a number.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn jobs(
        &self,
        only: Option<JobState>,
        before: Option<JobId>,
        limit: u32,
    ) -> Result<Vec<Job>> {
        let mut select = on("jobs", SELECT)
            .piece("WHERE id < ")
            .value(before.map_or(i64::MAX, |job| job.0));
        if let Some(state) = only {
            select = select.piece(" AND state = ").value(state as i64);
        }
        let select = select
            .piece(" ORDER BY id DESC LIMIT ")
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

/// Puts jobs into the queue, in the order given.
pub(super) async fn insert(
    tx: &mut Tx,
    payloads: &[JobPayload],
    author: &Author,
    now: Timestamp,
) -> Result<Vec<JobId>> {
    let count = i64::try_from(payloads.len()).unwrap_or(0);
    let first = tx.next_ids("job", count).await? - count + 1;
    let mut rows = Vec::with_capacity(payloads.len());
    for (payload, id) in payloads.iter().zip(first..) {
        rows.push(vec![
            Bind::from(id),
            payload.code().into(),
            payload.feed().map(|feed| feed.0).into(),
            written(payload)?.into(),
            (JobState::Queued as i64).into(),
            0.into(),
            "".into(),
            0.into(),
            author.0.as_str().into(),
            now.micros().into(),
            now.micros().into(),
            now.micros().into(),
        ]);
    }
    let insert = || {
        on(
            "jobs",
            "INSERT INTO jobs (id, kind, feed_id, payload, state, attempts, error, events, author, not_before, created_at, updated_at)",
        )
    };
    insert_rows(tx, insert, rows, "").await?;
    Ok((first..first + count).map(JobId).collect())
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
        outcome: row.coded("outcome", JobOutcome::from_code)?,
        article: row.opt_int("article_id")?.map(ArticleId),
        events: row.int("events")?,
        author: row.text("author")?,
        not_before: row.instant("not_before")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
