//! Taking a job, holding it while it is worked, and ending it: each by the hold that taking it gave.
//!
//! The hold is the job's number and that of the attempt. Whoever has lost it, since its lease passed and another took the job,
//! can change nothing any more, so that a job is done once however many processes work on one queue.

use super::{
    super::{
        Store,
        article::Recorded,
        db::{Engine, Query, Reads as _, Tx, on},
        error::{Result, StoreError},
        feed::{self, FeedItems},
        recording::Outcome,
    },
    Job, JobOutcome, JobState, SELECT, job,
};
use crate::domain::{
    clock::Timestamp,
    id::{ArticleId, FeedId, JobId},
};

/// A worker's hold on a job. It ends where the lease passes and another worker takes the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The job.
    pub job: JobId,
    /// Which attempt this is: whoever took the job later has another number.
    pub attempt: i64,
    /// The feed whose counts the job's end changes.
    pub feed: Option<FeedId>,
}

/// How a job ends well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct End {
    /// What it found.
    pub outcome: JobOutcome,
    /// The article that has what it found; `None` where it read a feed.
    pub article: Option<ArticleId>,
    /// Candidates that it added.
    pub candidates: i64,
}

impl End {
    /// The end of a job that recorded an article.
    pub fn of(outcome: Outcome) -> Self {
        Self {
            outcome: match outcome.recorded {
                Recorded::New(_) => JobOutcome::New,
                Recorded::Known(_) => JobOutcome::Known,
                Recorded::Copy { .. } => JobOutcome::Copy,
                Recorded::Changed { .. } => JobOutcome::Changed,
            },
            article: Some(outcome.recorded.id()),
            candidates: i64::try_from(outcome.candidates).unwrap_or(i64::MAX),
        }
    }
}

/// What becomes of a job that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It is tried again then.
    Again(Timestamp),
    /// It would fail again.
    GiveUp,
    /// It would do harm again: it is set aside until somebody asks for it.
    Park,
}

impl Job {
    /// The hold that whoever took the job has on it.
    pub const fn claim(&self) -> Claim {
        Claim {
            job: self.id,
            attempt: self.attempts,
            feed: self.payload.feed(),
        }
    }
}

impl Store {
    /// Takes the job that has waited longest, for so many seconds; `None` where none is due. No other worker, in this
    /// process or another, gets it meanwhile.
    ///
    /// A job whose lease has passed is taken again, unless it was begun `max_attempts` times: then it is parked.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn take_job(&self, lease_secs: u64, max_attempts: u32) -> Result<Option<Job>> {
        let now = self.clock().now();
        // A look without a lock first: an idle worker must not hold up writers.
        let left = self.db().fetch_optional(left_behind(now)).await?;
        if left.is_none() && self.db().fetch_optional(due(now)).await?.is_none() {
            return Ok(None);
        }
        let mut tx = self.db().begin().await?;
        if left.is_some() {
            park(&mut tx, now, max_attempts).await?;
        }
        let locking = |query: Query, engine| match engine {
            Engine::Sqlite => query, // the transaction is the only one that writes
            Engine::Postgres => query.piece(" FOR UPDATE SKIP LOCKED"),
        };
        let engine = tx.engine();
        let mut row = tx.fetch_optional(locking(due(now), engine)).await?;
        if row.is_none() {
            row = tx.fetch_optional(locking(left_behind(now), engine)).await?;
        }
        let Some(row) = row else {
            tx.commit().await?;
            return Ok(None);
        };
        let mut job = job(&row)?;
        let update = on(
            "jobs",
            "UPDATE jobs SET state = $1, attempts = attempts + 1, lease_until = $2, updated_at = $3 WHERE id = $4",
        );
        let update = update
            .bind(JobState::Running as i64)
            .bind(lease(now, lease_secs));
        tx.execute(update.bind(now.micros()).bind(job.id.0)).await?;
        tx.commit().await?;
        job.state = JobState::Running;
        job.attempts += 1;
        Ok(Some(job))
    }

    /// Holds a job for so many seconds more; whether it is still this worker's.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn keep_job(&self, claim: Claim, lease_secs: u64) -> Result<bool> {
        let update = on(
            "jobs",
            "UPDATE jobs SET lease_until = $1 WHERE id = $2 AND state = $3 AND attempts = $4",
        );
        let update = update
            .bind(lease(self.clock().now(), lease_secs))
            .bind(claim.job.0)
            .bind(JobState::Running as i64)
            .bind(claim.attempt);
        Ok(self.db().execute(update).await? == 1)
    }

    /// Notes that a job is done, and what came of it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where the job is another worker's by now; else what the database says.
    pub async fn finish_job(&self, claim: Claim, done: End) -> Result<()> {
        let mut tx = self.db().begin().await?;
        end(&mut tx, claim, done, self.clock().now()).await?;
        tx.commit().await
    }

    /// Notes that an attempt failed, and what is to be done with the job.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where the job is another worker's by now; else what the database says.
    pub async fn fail_job(&self, claim: Claim, error: &str, then: Then) -> Result<()> {
        let now = self.clock().now();
        let (state, not_before) = match then {
            Then::Again(at) => (JobState::Queued, at),
            Then::GiveUp => (JobState::Failed, now),
            Then::Park => (JobState::Parked, now),
        };
        let mut tx = self.db().begin().await?;
        let update = on(
            "jobs",
            "UPDATE jobs SET state = $1, lease_until = NULL, error = $2, not_before = $3, updated_at = $4
WHERE id = $5 AND state = $6 AND attempts = $7",
        );
        let update = update
            .bind(state as i64)
            .bind(error)
            .bind(not_before.micros())
            .bind(now.micros())
            .bind(claim.job.0)
            .bind(JobState::Running as i64)
            .bind(claim.attempt);
        still_held(tx.execute(update).await?, claim)?;
        if state != JobState::Queued
            && let Some(feed) = claim.feed
        {
            feed::count(&mut tx, feed, FeedItems::FAILED).await?;
        }
        tx.commit().await
    }
}

/// Ends a job, and counts it with its feed.
pub(in crate::store) async fn end(
    tx: &mut Tx,
    claim: Claim,
    done: End,
    now: Timestamp,
) -> Result<()> {
    let update = on(
        "jobs",
        "UPDATE jobs
SET state = $1, lease_until = NULL, error = '', outcome = $2, article_id = $3, events = $4, updated_at = $5
WHERE id = $6 AND state = $7 AND attempts = $8",
    );
    let update = update
        .bind(JobState::Done as i64)
        .bind(done.outcome as i64)
        .bind(done.article.map(|article| article.0))
        .bind(done.candidates)
        .bind(now.micros())
        .bind(claim.job.0)
        .bind(JobState::Running as i64)
        .bind(claim.attempt);
    still_held(tx.execute(update).await?, claim)?;
    match claim.feed {
        Some(feed) if done.outcome == JobOutcome::New => {
            feed::count(tx, feed, FeedItems::NEW).await
        }
        Some(feed) => feed::count(tx, feed, FeedItems::KNOWN).await,
        None => Ok(()),
    }
}

fn still_held(touched: u64, claim: Claim) -> Result<()> {
    if touched == 1 {
        Ok(())
    } else {
        Err(StoreError::Refused(format!(
            "job {} was given to another worker meanwhile",
            claim.job
        )))
    }
}

/// Sets aside what was begun too often and never ended.
async fn park(tx: &mut Tx, now: Timestamp, max_attempts: u32) -> Result<()> {
    let update = on(
        "jobs",
        "UPDATE jobs SET state = $1, lease_until = NULL, updated_at = $2, error = $5
WHERE state = $3 AND lease_until < $2 AND attempts >= $4",
    );
    let update = update
        .bind(JobState::Parked as i64)
        .bind(now.micros())
        .bind(JobState::Running as i64)
        .bind(i64::from(max_attempts))
        .bind(format!(
            "it was begun {max_attempts} times and never finished: reading it may end the program"
        ));
    tx.execute(update).await?;
    Ok(())
}

fn lease(now: Timestamp, lease_secs: u64) -> i64 {
    now.plus_seconds(i64::try_from(lease_secs).unwrap_or(i64::MAX))
        .micros()
}

/// The job that has waited longest.
fn due(now: Timestamp) -> Query {
    on("jobs", SELECT)
        .piece("WHERE state = ")
        .value(JobState::Queued as i64)
        .piece(" AND not_before <= ")
        .value(now.micros())
        .piece(" ORDER BY not_before, id LIMIT 1")
}

/// A job whose worker is gone.
fn left_behind(now: Timestamp) -> Query {
    on("jobs", SELECT)
        .piece("WHERE state = ")
        .value(JobState::Running as i64)
        .piece(" AND lease_until < ")
        .value(now.micros())
        .piece(" ORDER BY not_before, id LIMIT 1")
}
