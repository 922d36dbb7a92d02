//! The queue's workers: what runs beside the server, with the poller of feeds.
//!
//! Both stop when they are told to, after what is in hand. A job is held while it is worked; whoever loses the hold drops it. A
//! failure that may pass is tried again, later each time; any other is kept with its sentence. Which job is whose is the
//! store's, asking feeds is [`super::poll`]'s.

use std::time::Duration;

use tokio::sync::watch;

use super::{
    Document, Given, IngestError,
    document::Contents,
    feed::FeedEntry,
    fetch::Later,
    pipeline::{Ingester, given_address, of_fetched},
    poll,
};
use crate::{
    domain::clock::Timestamp,
    store::{
        Author, Recording, StoreError,
        job::{Claim, Destination, End, Job, JobPayload, Then},
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
pub(super) const IDLE: Duration = Duration::from_secs(1);
/// How long after a failure of the database.
pub(super) const UNAVAILABLE: Duration = Duration::from_secs(10);
/// The longest that a server's own word may put a job off.
pub(super) const LONGEST_WAIT_SECS: u64 = 86_400;
/// How often a lease is renewed while it lasts.
const RENEWALS: u64 = 3;

/// Works the queue and asks the feeds, until `stop` says `true` (or is dropped) and what is in hand is done.
pub async fn run(ingester: Ingester, settings: QueueSettings, stop: watch::Receiver<bool>) {
    let mut running: Vec<_> = (0..settings.workers)
        .map(|_| tokio::spawn(work(ingester.clone(), settings, stop.clone())))
        .collect();
    running.push(tokio::spawn(poll::run(ingester, settings, stop)));
    for task in running {
        if let Err(error) = task.await {
            tracing::error!(%error, "a worker of the queue broke off");
        }
    }
}

/// Waits, or until told to stop; whether it was.
pub(super) async fn stopped_within(wait: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(wait) => false,
        _ = stop.wait_for(|stop| *stop) => true,
    }
}

async fn work(ingester: Ingester, settings: QueueSettings, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let taken = ingester
            .store()
            .take_job(settings.lease_secs, settings.attempts);
        let wait = match taken.await {
            Ok(Some(job)) => {
                let worked = tokio::select! {
                    worked = handle(&ingester, &job, settings) => worked,
                    () = hold(&ingester, job.claim(), settings.lease_secs) => Ok(()),
                };
                match worked {
                    Ok(()) => continue,
                    Err(error) => {
                        tracing::error!(job = %job.id, %error, "what became of a job cannot be noted");
                        UNAVAILABLE
                    }
                }
            }
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

/// Renews a job's lease while it is worked; ends once another worker has it.
async fn hold(ingester: &Ingester, claim: Claim, lease_secs: u64) {
    loop {
        tokio::time::sleep(Duration::from_secs((lease_secs / RENEWALS).max(1))).await;
        match ingester.store().keep_job(claim, lease_secs).await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!(job = %claim.job, "a job was given to another worker");
                return;
            }
            // The lease may last until the database answers again.
            Err(error) => tracing::warn!(job = %claim.job, %error, "a lease cannot be renewed"),
        }
    }
}

/// Works one job and notes what became of it.
///
/// # Errors
/// Where it cannot be noted, or the job is another worker's by now; the job's lease will pass.
pub async fn handle(
    ingester: &Ingester,
    job: &Job,
    settings: QueueSettings,
) -> Result<(), StoreError> {
    let store = ingester.store();
    match read(ingester, job).await {
        Ok(read) => {
            if let Read::Feed = read {
                store.finish_job(job.claim(), End::default()).await?;
            }
            tracing::info!(job = %job.id, "a job is done");
            Ok(())
        }
        Err(error) => {
            let jitter = rand::random_range(0.0..0.25);
            let then = then(&error, job, settings, store.clock().now(), jitter);
            tracing::info!(job = %job.id, %error, ?then, "a job failed");
            store.fail_job(job.claim(), &error.to_string(), then).await
        }
    }
}

/// What becomes of a job that failed: again after 1, 4, 16, … minutes or when the server said, and up to a quarter of that
/// later, so that jobs that failed together do not come back together; not again where that would not help.
fn then(
    error: &IngestError,
    job: &Job,
    settings: QueueSettings,
    now: Timestamp,
    jitter: f64,
) -> Then {
    if matches!(error, IngestError::Broken) {
        return Then::Park;
    }
    if job.attempts >= i64::from(settings.attempts) {
        return Then::GiveUp;
    }
    let told = match error {
        IngestError::Fetch(error) => match error.later() {
            Later::Maybe(seconds) => seconds,
            Later::No => return Then::GiveUp,
        },
        IngestError::Store(StoreError::Unavailable(_) | StoreError::DiskFull) => None,
        _ => return Then::GiveUp,
    };
    let exponent = u32::try_from(job.attempts.clamp(1, 6) - 1).unwrap_or(0);
    let seconds = told
        .unwrap_or(0)
        .min(LONGEST_WAIT_SECS)
        .max(60 * 4_u64.pow(exponent));
    Then::Again(now.plus_seconds(later_by(seconds, jitter)))
}

/// A number of seconds, and a share of it more.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a wait of a few days at most"
)]
pub(super) fn later_by(seconds: u64, share: f64) -> i64 {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX / 2);
    seconds.saturating_add((seconds as f64 * share) as i64)
}

/// What a job turned out to be.
enum Read {
    /// An article; recording it has ended the job.
    Recorded,
    /// A feed, whose entries were read.
    Feed,
}

/// Reads what a job names.
async fn read(ingester: &Ingester, job: &Job) -> Result<Read, IngestError> {
    let author = Author(job.author.clone());
    let recording = |to, claim| Recording {
        author: &author,
        to,
        claim,
    };
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
            byline,
            feed_title,
            ..
        } => {
            let entry = FeedEntry {
                url: url.clone(),
                title: title.clone(),
                byline: byline.clone(),
                published: *published,
                text: Some(text.clone()).filter(|text| !text.is_empty()),
            };
            let given = given(None, source);
            let recording = recording(Destination::Review, Some(job.claim()));
            ingester
                .entry(&entry, feed_title, &given, recording)
                .await?;
            return Ok(Read::Recorded);
        }
    };
    match ingester.contents(document, &given).await? {
        Contents::Article(article) => {
            let recording = recording(to, Some(job.claim()));
            ingester.article(*article, &given, recording).await?;
            Ok(Read::Recorded)
        }
        Contents::Feed { title, entries } => {
            for entry in entries {
                let recording = recording(to, None);
                let outcome = ingester.entry(&entry, &title, &given, recording).await;
                if let Err(error) = outcome {
                    tracing::info!(job = %job.id, entry = %entry.url, %error, "an entry of a feed cannot be read");
                }
            }
            Ok(Read::Feed)
        }
    }
}

fn given(published: Option<chrono::NaiveDate>, source: &str) -> Given {
    Given {
        published,
        source: source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;
    use crate::{
        domain::id::JobId,
        ingest::fetch::FetchError,
        store::job::{JobOutcome, JobState},
    };

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
            outcome: JobOutcome::Open,
            article: None,
            events: 0,
            author: String::new(),
            not_before: now,
            created_at: now,
            updated_at: now,
        };
        match then(error, &job, SETTINGS, now, 0.0) {
            Then::Again(at) => Some((at.micros() - now.micros()) / 1_000_000),
            Then::GiveUp | Then::Park => None,
        }
    }

    #[test]
    fn only_what_may_pass_is_tried_again_and_later_each_time() {
        let slow = IngestError::Fetch(FetchError::NoHost("example.org".to_owned()));
        assert_eq!(again(&slow, 1), Some(60));
        assert_eq!(again(&slow, 2), Some(240));
        assert_eq!(again(&slow, 3), None);
        let busy = |seconds| {
            IngestError::Fetch(FetchError::Status {
                url: String::new(),
                host: String::new(),
                status: StatusCode::SERVICE_UNAVAILABLE,
                later: Later::Maybe(seconds),
            })
        };
        assert_eq!(again(&busy(Some(600)), 1), Some(600));
        assert_eq!(again(&busy(Some(5)), 1), Some(60));
        assert_eq!(again(&IngestError::NoDay, 1), None);
        assert_eq!(again(&IngestError::Broken, 1), None);
    }

    #[test]
    fn jobs_that_failed_together_come_back_apart() {
        assert_eq!((later_by(60, 0.0), later_by(60, 0.2)), (60, 72));
        assert_eq!(later_by(u64::MAX, 0.0), i64::MAX / 2);
    }
}
