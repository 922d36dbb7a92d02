//! The queue's workers and the poller of feeds: what runs beside the server.
//!
//! Both stop when they are told to, after what is in hand. A failure that may pass is tried again, later each time; any other
//! is kept with its sentence. Which job is whose is the store's.

use std::{collections::HashSet, time::Duration};

use tokio::sync::watch;

use super::{
    Document, Given, IngestError,
    document::Contents,
    feed::{self, FeedEntry},
    fetch::{Later, Refetched, Validators},
    pipeline::{Done, Ingester, Status, given_address, of_fetched},
};
use crate::{
    domain::{clock::Timestamp, id::FeedId},
    store::{
        Author, StoreError,
        feed::{Feed, FeedAnswer, FeedItems},
        job::{Destination, Job, JobPayload},
    },
};

/// How the queue is worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueSettings {
    /// Jobs that are worked at once.
    pub workers: u32,
    /// How often a job is begun at most.
    pub attempts: u32,
    /// For how long a job is a worker's, in seconds.
    pub lease_secs: u64,
    /// How often a feed is asked, in minutes.
    pub feed_minutes: u64,
}

/// How long an idle worker waits before it looks again.
const IDLE: Duration = Duration::from_secs(1);
/// How long after a failure of the database.
const UNAVAILABLE: Duration = Duration::from_secs(10);
/// How many jobs are looked through for addresses that feeds had before.
const REMEMBERED_JOBS: u32 = 2_000;

/// Works the queue and asks the feeds, until `stop` says `true` (or is dropped) and what is in hand is done.
pub async fn run(ingester: Ingester, settings: QueueSettings, stop: watch::Receiver<bool>) {
    let mut running: Vec<_> = (0..settings.workers)
        .map(|_| tokio::spawn(work(ingester.clone(), settings, stop.clone())))
        .collect();
    running.push(tokio::spawn(poll(ingester, settings, stop)));
    for task in running {
        if let Err(error) = task.await {
            tracing::error!(%error, "a worker of the queue broke off");
        }
    }
}

/// Waits, or until told to stop; whether it was.
async fn stopped_within(wait: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(wait) => false,
        _ = stop.wait_for(|stop| *stop) => true,
    }
}

async fn work(ingester: Ingester, settings: QueueSettings, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let wait = match ingester
            .store()
            .take_job(settings.lease_secs, settings.attempts)
            .await
        {
            Ok(Some(job)) => match handle(&ingester, &job, settings).await {
                Ok(()) => continue,
                Err(error) => {
                    tracing::error!(job = %job.id, %error, "what became of a job cannot be noted");
                    UNAVAILABLE
                }
            },
            Ok(None) => IDLE,
            Err(error) => {
                tracing::error!(%error, "the queue cannot be read");
                UNAVAILABLE
            }
        };
        if stopped_within(wait, &mut stop).await {
            break;
        }
    }
}

/// Works one job and notes what became of it.
///
/// # Errors
/// Where it cannot be noted; the job's lease will pass.
pub async fn handle(
    ingester: &Ingester,
    job: &Job,
    settings: QueueSettings,
) -> Result<(), StoreError> {
    let store = ingester.store();
    let outcome = read(ingester, job).await;
    let feed = match &job.payload {
        JobPayload::FeedItem { feed, .. } => Some(*feed),
        JobPayload::Text { .. } | JobPayload::Url { .. } => None,
    };
    match outcome {
        Ok(done) => {
            let events =
                i64::try_from(done.as_ref().map_or(0, |done| done.events)).unwrap_or(i64::MAX);
            store
                .finish_job(job.id, done.as_ref().map(|done| done.article), events)
                .await?;
            let items = match done.map(|done| done.status) {
                Some(Status::New) => FeedItems {
                    new: 1,
                    ..FeedItems::default()
                },
                _ => FeedItems {
                    known: 1,
                    ..FeedItems::default()
                },
            };
            count(ingester, feed, items).await
        }
        Err(error) => {
            let retry_at = retry_at(&error, job, settings, store.clock().now());
            tracing::info!(job = %job.id, %error, again = retry_at.is_some(), "a job failed");
            store.fail_job(job.id, &error.to_string(), retry_at).await?;
            if retry_at.is_none() {
                count(
                    ingester,
                    feed,
                    FeedItems {
                        failed: 1,
                        ..FeedItems::default()
                    },
                )
                .await?;
            }
            Ok(())
        }
    }
}

async fn count(
    ingester: &Ingester,
    feed: Option<FeedId>,
    items: FeedItems,
) -> Result<(), StoreError> {
    match feed {
        // Somebody may have removed the feed meanwhile.
        Some(feed) => match ingester.store().count_feed_items(feed, items).await {
            Err(StoreError::NotFound) => Ok(()),
            other => other,
        },
        None => Ok(()),
    }
}

/// When a failed job is tried again: after 1, 4, 16, … minutes, or when the server said; `None` where that would not help.
fn retry_at(
    error: &IngestError,
    job: &Job,
    settings: QueueSettings,
    now: Timestamp,
) -> Option<Timestamp> {
    if job.attempts >= i64::from(settings.attempts) {
        return None;
    }
    let told = match error {
        IngestError::Fetch(error) => match error.later() {
            Later::Maybe(seconds) => seconds,
            Later::No => return None,
        },
        IngestError::Store(StoreError::Unavailable(_) | StoreError::DiskFull) => None,
        _ => return None,
    };
    let exponent = u32::try_from(job.attempts.clamp(1, 6) - 1).unwrap_or(0);
    let seconds = told.unwrap_or(0).min(86_400).max(60 * 4_u64.pow(exponent));
    i64::try_from(seconds)
        .ok()
        .map(|seconds| now.plus_seconds(seconds))
}

/// Reads what a job names; `None` where it was a feed, whose entries are jobs of their own now.
async fn read(ingester: &Ingester, job: &Job) -> Result<Option<Done>, IngestError> {
    let author = Author(job.author.clone());
    let (document, given, to) = match &job.payload {
        JobPayload::Text {
            text,
            url,
            published,
            source,
            destination,
        } => {
            let document = Document {
                bytes: text.clone().into_bytes(),
                address: given_address(url),
                ..Document::default()
            };
            (document, given(*published, source), *destination)
        }
        JobPayload::Url {
            url,
            published,
            source,
            destination,
        } => {
            let document = of_fetched(ingester.fetcher().fetch(url).await?);
            (document, given(*published, source), *destination)
        }
        JobPayload::FeedItem {
            url,
            title,
            published,
            source,
            text,
            ..
        } => {
            let entry = FeedEntry {
                url: url.clone(),
                title: title.clone(),
                published: *published,
                text: Some(text.clone()).filter(|text| !text.is_empty()),
                ..FeedEntry::default()
            };
            let given = given(None, source);
            let done = ingester
                .entry(&entry, source, &given, Destination::Review, &author)
                .await?;
            return Ok(Some(done));
        }
    };
    match ingester.contents(document, &given).await? {
        Contents::Article(article) => ingester.article(*article, to, &author).await.map(Some),
        Contents::Feed { title, entries } => {
            for entry in entries {
                let outcome = ingester.entry(&entry, &title, &given, to, &author).await;
                if let Err(error) = outcome {
                    tracing::info!(job = %job.id, entry = %entry.url, %error, "an entry of a feed cannot be read");
                }
            }
            Ok(None)
        }
    }
}

fn given(published: Option<chrono::NaiveDate>, source: &str) -> Given {
    Given {
        published,
        source: source.to_owned(),
    }
}

async fn poll(ingester: Ingester, settings: QueueSettings, mut stop: watch::Receiver<bool>) {
    let mut seen = Seen::load(&ingester).await.unwrap_or_else(|error| {
        tracing::error!(%error, "the queue cannot be read");
        Seen::default()
    });
    while !*stop.borrow() {
        let wait = match ingester.store().take_due_feed(settings.lease_secs).await {
            Ok(Some(feed)) => match ask(&ingester, &feed, settings, &mut seen).await {
                Ok(()) => continue,
                Err(error) => {
                    tracing::error!(feed = %feed.url, %error, "what a feed answered cannot be noted");
                    UNAVAILABLE
                }
            },
            Ok(None) => IDLE,
            Err(error) => {
                tracing::error!(%error, "the feeds cannot be read");
                UNAVAILABLE
            }
        };
        if stopped_within(wait, &mut stop).await {
            break;
        }
    }
}

/// The addresses that feeds gave lately, so that an entry that could not be read is not put into the queue at every asking.
#[derive(Debug, Default)]
pub struct Seen(HashSet<String>);

impl Seen {
    /// What the queue still knows of.
    ///
    /// # Errors
    /// What the database says.
    pub async fn load(ingester: &Ingester) -> Result<Self, StoreError> {
        let jobs = ingester.store().recent_jobs(REMEMBERED_JOBS).await?;
        Ok(Self(
            jobs.iter()
                .map(|job| job.payload.url().to_owned())
                .collect(),
        ))
    }
}

/// Asks one feed, puts its new entries into the queue, and notes when to ask next.
///
/// # Errors
/// Where that cannot be noted.
pub async fn ask(
    ingester: &Ingester,
    feed: &Feed,
    settings: QueueSettings,
    seen: &mut Seen,
) -> Result<(), StoreError> {
    let minutes = i64::try_from(settings.feed_minutes).unwrap_or(i64::MAX / 60);
    let mut answer = FeedAnswer {
        next_fetch: ingester
            .store()
            .clock()
            .now()
            .plus_seconds(minutes.saturating_mul(60)),
        title: String::new(),
        etag: feed.etag.clone(),
        last_modified: feed.last_modified.clone(),
        error: String::new(),
    };
    let known = Validators {
        etag: &feed.etag,
        last_modified: &feed.last_modified,
    };
    match ingester.fetcher().refetch(&feed.url, known).await {
        Ok(Refetched::Unchanged) => {}
        Ok(Refetched::Changed(fetched)) => match feed::read(&fetched.bytes, Some(&fetched.address))
        {
            Ok(read) => {
                answer.title = read.title;
                answer.etag.clone_from(&fetched.etag);
                answer.last_modified.clone_from(&fetched.last_modified);
                queue_entries(ingester, feed, &read.entries, seen).await?;
            }
            Err(error) => answer.error = error.to_string(),
        },
        Err(error) => answer.error = error.to_string(),
    }
    ingester.store().note_feed_answer(feed.id, &answer).await
}

async fn queue_entries(
    ingester: &Ingester,
    feed: &Feed,
    entries: &[FeedEntry],
    seen: &mut Seen,
) -> Result<(), StoreError> {
    let mut payloads = Vec::new();
    // A feed has its newest entry first; the queue takes the oldest first.
    for entry in entries.iter().rev() {
        if entry.url.is_empty() || !seen.0.insert(entry.url.clone()) {
            continue;
        }
        if ingester.store().article_by_url(&entry.url).await?.is_some() {
            continue;
        }
        payloads.push(JobPayload::FeedItem {
            feed: feed.id,
            url: entry.url.clone(),
            title: entry.title.clone(),
            published: entry.published,
            source: feed.publisher.clone(),
            text: entry.text.clone().unwrap_or_default(),
        });
    }
    if !payloads.is_empty() {
        let author = Author(format!("feed {}", feed.id));
        ingester.store().enqueue_all(&payloads, &author).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::id::JobId, ingest::fetch::FetchError, store::job::JobState};

    const SETTINGS: QueueSettings = QueueSettings {
        workers: 1,
        attempts: 3,
        lease_secs: 60,
        feed_minutes: 30,
    };

    fn again(error: &IngestError, attempts: i64) -> Option<i64> {
        let now: Timestamp = "2024-09-10T00:00:00Z".parse().unwrap();
        let job = Job {
            id: JobId(1),
            payload: JobPayload::Url {
                url: String::new(),
                published: None,
                source: String::new(),
                destination: Destination::Review,
            },
            state: JobState::Running,
            attempts,
            error: String::new(),
            article: None,
            events: 0,
            author: String::new(),
            not_before: now,
            created_at: now,
            updated_at: now,
        };
        retry_at(error, &job, SETTINGS, now).map(|at| (at.micros() - now.micros()) / 1_000_000)
    }

    #[test]
    fn only_what_may_pass_is_tried_again_and_later_each_time() {
        let slow = IngestError::Fetch(FetchError::NoHost("example.org".to_owned()));
        assert_eq!(again(&slow, 1), Some(60));
        assert_eq!(again(&slow, 2), Some(240));
        assert_eq!(again(&slow, 3), None);
        let busy = |seconds| {
            IngestError::Fetch(FetchError::Status {
                host: String::new(),
                status: String::new(),
                later: Later::Maybe(seconds),
            })
        };
        assert_eq!(again(&busy(Some(600)), 1), Some(600));
        assert_eq!(again(&busy(Some(5)), 1), Some(60));
        assert_eq!(again(&IngestError::NoDay, 1), None);
    }
}
