//! Feeds that are due → jobs for what is new in them, and a note on each of how it went and when it is asked next.
//!
//! A feed that cannot be read is asked less often the longer that lasts, and not at all once its server says that it is gone.
//! What a feed gave before is remembered by the store.

use sha2::{Digest, Sha256};
use tokio::sync::watch;

use super::{
    feed::{self, FeedDocument, FeedEntry},
    fetch::{Later, Refetched, Validators},
    pipeline::Ingester,
    queue::{IDLE, LONGEST_WAIT_SECS, QueueSettings, UNAVAILABLE, later_by, stopped_within},
};
use crate::store::{
    Author, StoreError,
    feed::{Feed, FeedAnswer, Polling},
    feed_item::FeedNews,
    job::JobPayload,
};

/// Asks the feeds as they become due, until told to stop.
pub(super) async fn run(
    ingester: Ingester,
    settings: QueueSettings,
    mut stop: watch::Receiver<bool>,
) {
    while !*stop.borrow() {
        let wait = match ingester.store().take_due_feed(settings.lease_secs).await {
            Ok(Some(feed)) => match ask(&ingester, &feed, settings).await {
                // Somebody may have removed the feed meanwhile.
                Ok(()) | Err(StoreError::NotFound) => continue,
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

/// Asks one feed, puts its new entries into the queue, and notes when to ask next.
///
/// # Errors
/// Where that cannot be noted.
pub async fn ask(
    ingester: &Ingester,
    feed: &Feed,
    settings: QueueSettings,
) -> Result<(), StoreError> {
    let known = Validators {
        etag: &feed.etag,
        last_modified: &feed.last_modified,
    };
    let mut answer = FeedAnswer {
        next_fetch: ingester.store().clock().now(),
        title: String::new(),
        etag: feed.etag.clone(),
        last_modified: feed.last_modified.clone(),
        error: String::new(),
        polling: Polling::On,
    };
    let mut told = None;
    match ingester.fetcher().refetch(&feed.url, known).await {
        Ok(Refetched::Unchanged) => {}
        Ok(Refetched::Changed(fetched)) => match feed::read(&fetched.bytes, Some(&fetched.address))
        {
            Ok(read) => {
                let title = if feed.title.is_empty() {
                    &read.title
                } else {
                    &feed.title
                };
                let news = read
                    .entries
                    .iter()
                    .rev() // a feed has its newest entry first; the queue takes the oldest first
                    .filter_map(|entry| news(feed, title, entry))
                    .collect();
                let author = Author(format!("feed {}", feed.id));
                ingester
                    .store()
                    .take_feed_news(feed.id, news, &author)
                    .await?;
                answer.title = read.title;
                answer.etag.clone_from(&fetched.etag);
                answer.last_modified.clone_from(&fetched.last_modified);
            }
            Err(error) => answer.error = error.to_string(),
        },
        Err(error) => {
            if error.is_gone() {
                answer.polling = Polling::Paused;
            }
            if let Later::Maybe(seconds) = error.later() {
                told = seconds;
            }
            answer.error = error.to_string();
        }
    }
    let failures = if answer.error.is_empty() {
        0
    } else {
        feed.failures + 1
    };
    let wait = wait_secs(settings, failures, told);
    let jitter = rand::random_range(0.0..0.1);
    answer.next_fetch = answer.next_fetch.plus_seconds(later_by(wait, jitter));
    ingester.store().note_feed_answer(feed.id, &answer).await
}

/// What came of trying a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It can be read.
    Read(FeedDocument),
    /// It cannot, with a sentence why.
    Failed(String),
}

/// Fetches a feed and reads it; nothing is kept of it.
pub async fn try_feed(ingester: &Ingester, url: &str) -> Tried {
    match ingester.fetcher().fetch(url).await {
        Ok(fetched) => match feed::read(&fetched.bytes, Some(&fetched.address)) {
            Ok(read) => Tried::Read(read),
            Err(error) => Tried::Failed(error.to_string()),
        },
        Err(error) => Tried::Failed(error.to_string()),
    }
}

/// After how many seconds a feed is asked again: twice as long after each failure in a row, a day at most unless it is asked
/// more seldom anyway, and never before its server said.
fn wait_secs(settings: QueueSettings, failures: i64, told: Option<u64>) -> u64 {
    let usual = settings.feed_minutes.saturating_mul(60);
    let doublings = u32::try_from(failures.clamp(1, 16) - 1).unwrap_or(0);
    usual
        .saturating_mul(2_u64.pow(doublings))
        .min(LONGEST_WAIT_SECS.max(usual))
        .max(told.unwrap_or(0).min(LONGEST_WAIT_SECS))
}

/// An entry as the store remembers it; `None` for one that has neither an address nor a text.
fn news(feed: &Feed, title: &str, entry: &FeedEntry) -> Option<FeedNews> {
    let text = entry.text.as_deref().unwrap_or_default();
    let day = entry
        .published
        .map_or_else(String::new, |day| day.to_string());
    let item = if !entry.url.is_empty() {
        entry.url.clone()
    } else if !text.is_empty() {
        hash(&[&entry.title, text])
    } else {
        return None;
    };
    Some(FeedNews {
        item,
        stamp: hash(&[&entry.title, &day, text]),
        url: entry.url.clone(),
        payload: JobPayload::FeedItem {
            feed: feed.id,
            url: entry.url.clone(),
            title: entry.title.clone(),
            published: entry.published,
            source: feed.publisher.clone(),
            text: text.to_owned(),
            byline: entry.byline.clone(),
            feed_title: title.to_owned(),
        },
    })
}

fn hash(parts: &[&str]) -> String {
    use std::fmt::Write;
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    hash.finalize()
        .iter()
        .take(16)
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_that_fails_is_asked_less_often_but_daily_and_not_before_it_said() {
        let settings = |feed_minutes| QueueSettings {
            workers: 1,
            attempts: 3,
            lease_secs: 60,
            feed_minutes,
        };
        let waits: Vec<u64> = [0, 1, 2, 3, 9, 99]
            .map(|failures| wait_secs(settings(30), failures, None) / 60)
            .to_vec();
        assert_eq!(waits, [30, 30, 60, 120, 1_440, 1_440]);
        assert_eq!(wait_secs(settings(30), 1, Some(7_200)), 7_200);
        assert_eq!(wait_secs(settings(4_000), 5, None), 240_000);
    }
}
