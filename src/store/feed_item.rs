//! What a feed gives → jobs for what it has not given before, or gives otherwise than before: remembered for good, in the
//! transaction that puts the jobs into the queue.

use std::collections::{HashMap, HashSet};

use super::{
    Author, Store,
    db::{Bind, Reads as _, Tx, on},
    error::Result,
    feed::{self, FeedItems},
    job::{self, JobPayload},
    side_rows::insert_rows,
};
use crate::domain::id::FeedId;

/// Values in one `IN (…)`.
const BATCH: usize = 400;

/// An entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedNews {
    /// What tells it from the feed's other entries: its address, or a hash of what it says.
    pub item: String,
    /// A hash of what the feed says of it, so that a correction is seen.
    pub stamp: String,
    /// Its address; may be empty.
    pub url: String,
    /// The job that reads it.
    pub payload: JobPayload,
}

impl Store {
    /// Puts what is new of a feed's entries into the queue, in the order given; returns how many that were.
    ///
    /// An entry whose address is on record from elsewhere counts as known and is not read for this feed's sake, until the
    /// feed tells something else of it.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn take_feed_news(
        &self,
        feed: FeedId,
        news: Vec<FeedNews>,
        author: &Author,
    ) -> Result<usize> {
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        let given = given_before(&mut tx, feed, &news).await?;
        let on_record = on_record(&mut tx, &news).await?;
        let (mut rows, mut payloads) = (Vec::new(), Vec::new());
        let mut known: i64 = 0;
        let mut seen = HashSet::new();
        for entry in news {
            let before = given.get(&entry.item);
            if before == Some(&entry.stamp) || !seen.insert(entry.item.clone()) {
                continue;
            }
            rows.push(vec![
                Bind::from(feed.0),
                entry.item.into(),
                entry.stamp.into(),
                now.micros().into(),
            ]);
            if before.is_none() && on_record.contains(&entry.url) {
                known += 1;
            } else {
                payloads.push(entry.payload);
            }
        }
        let insert = || {
            on(
                "feed_items",
                "INSERT INTO feed_items (feed_id, item, stamp, seen_at)",
            )
        };
        let upsert = " ON CONFLICT (feed_id, item) DO UPDATE SET stamp = excluded.stamp";
        insert_rows(&mut tx, insert, rows, upsert).await?;
        if known > 0 {
            let items = FeedItems {
                known,
                ..FeedItems::default()
            };
            feed::count(&mut tx, feed, items).await?;
        }
        if !payloads.is_empty() {
            job::insert(&mut tx, &payloads, author, now).await?;
        }
        tx.commit().await?;
        Ok(payloads.len())
    }
}

async fn given_before(
    tx: &mut Tx,
    feed: FeedId,
    news: &[FeedNews],
) -> Result<HashMap<String, String>> {
    let mut given = HashMap::new();
    for batch in news.chunks(BATCH) {
        let query = on(
            "feed_items",
            "SELECT item, stamp FROM feed_items WHERE feed_id = ",
        )
        .value(feed.0)
        .piece(" AND item IN ")
        .values(batch.iter().map(|entry| entry.item.as_str()));
        for row in tx.fetch_all(query).await? {
            given.insert(row.text("item")?, row.text("stamp")?);
        }
    }
    Ok(given)
}

async fn on_record(tx: &mut Tx, news: &[FeedNews]) -> Result<HashSet<String>> {
    let urls: Vec<&str> = news
        .iter()
        .map(|entry| entry.url.as_str())
        .filter(|url| !url.is_empty())
        .collect();
    let mut found = HashSet::new();
    for batch in urls.chunks(BATCH) {
        let query = on(
            "articles",
            "SELECT url FROM articles WHERE url <> '' AND text_hash <> '' AND url IN ",
        );
        for row in tx.fetch_all(query.values(batch.iter().copied())).await? {
            found.insert(row.text("url")?);
        }
    }
    Ok(found)
}
