//! Feeds: which addresses are asked for news, when next, and how it went last.

use super::{
    Author, Store,
    db::{Engine, Reads as _, Tx, on},
    error::{Result, StoreError},
    row::Row,
};
use crate::domain::{clock::Timestamp, id::FeedId, publisher::Trust};

/// Whether a feed is asked for news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polling {
    /// It is.
    On,
    /// It is left alone until somebody resumes it.
    Paused,
}

impl Polling {
    const fn code(self) -> i64 {
        match self {
            Self::On => 0,
            Self::Paused => 1,
        }
    }
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its number.
    pub id: FeedId,
    /// Its address.
    pub url: String,
    /// What it calls itself, or was called; may be empty.
    pub title: String,
    /// The publisher of its articles; may be empty.
    pub publisher: String,
    /// Whether it is asked.
    pub polling: Polling,
    /// When it was last asked.
    pub last_fetched: Option<Timestamp>,
    /// When it is asked next.
    pub next_fetch: Timestamp,
    /// The server's `ETag`; empty where it sent none.
    pub etag: String,
    /// The server's `Last-Modified`; empty where it sent none.
    pub last_modified: String,
    /// What the last try failed of; empty where it did not.
    pub last_error: String,
    /// How often in a row it could not be read.
    pub failures: i64,
    /// How far it is trusted, where that differs from its publisher.
    pub trust: Option<Trust>,
    /// Articles that were new, since it was added.
    pub items_new: i64,
    /// Articles that were on record already.
    pub items_known: i64,
    /// Articles that could not be read.
    pub items_failed: i64,
    /// Who added it.
    pub author: String,
    /// When it was added.
    pub created_at: Timestamp,
}

/// What came of asking a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedAnswer {
    /// When to ask next.
    pub next_fetch: Timestamp,
    /// What it calls itself; taken where it has no title yet.
    pub title: String,
    /// The server's `ETag`.
    pub etag: String,
    /// The server's `Last-Modified`.
    pub last_modified: String,
    /// What it failed of; empty where it did not.
    pub error: String,
    /// Whether it is asked again.
    pub polling: Polling,
}

/// What an editor keeps of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedCare {
    /// What it is called; empty takes what it calls itself.
    pub title: String,
    /// The publisher of its articles; may be empty.
    pub publisher: String,
    /// How far it is trusted, where that differs from its publisher.
    pub trust: Option<Trust>,
}

/// How many of a feed's articles went which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeedItems {
    /// New.
    pub new: i64,
    /// On record already.
    pub known: i64,
    /// Not to be read.
    pub failed: i64,
}

impl FeedItems {
    /// One that was new.
    pub(super) const NEW: Self = Self {
        new: 1,
        known: 0,
        failed: 0,
    };
    /// One that was known.
    pub(super) const KNOWN: Self = Self {
        new: 0,
        known: 1,
        failed: 0,
    };
    /// One that could not be read.
    pub(super) const FAILED: Self = Self {
        new: 0,
        known: 0,
        failed: 1,
    };
}

const SELECT: &str = "SELECT id, url, title, publisher, paused, last_fetched, next_fetch, etag, last_modified, \
                      last_error, failures, trust, items_new, items_known, items_failed, author, created_at FROM feeds ";

impl Store {
    /// Every feed, in the order in which they were added.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn feeds(&self) -> Result<Vec<Feed>> {
        self.db()
            .fetch_all(on("feeds", SELECT).piece("ORDER BY id"))
            .await?
            .iter()
            .map(feed)
            .collect()
    }

    /// The feed of a number.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn feed(&self, id: FeedId) -> Result<Option<Feed>> {
        let select = on("feeds", SELECT).piece("WHERE id = ").value(id.0);
        self.db()
            .fetch_optional(select)
            .await?
            .as_ref()
            .map(feed)
            .transpose()
    }

    /// Adds a feed, to be asked at once.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where the address is on record.
    pub async fn add_feed(&self, url: &str, care: &FeedCare, author: &Author) -> Result<FeedId> {
        let mut tx = self.db().begin().await?;
        let taken = on("feeds", "SELECT count(*) AS n FROM feeds WHERE url = $1");
        if tx.fetch_count(taken.bind(url)).await? > 0 {
            return Err(StoreError::Refused(format!(
                "the feed {url} is on record already"
            )));
        }
        let (id, now) = (tx.next_id("feed").await?, self.clock().now().micros());
        let insert = on(
            "feeds",
            "INSERT INTO feeds (id, url, title, publisher, paused, next_fetch, etag, last_modified, last_error, \
             items_new, items_known, items_failed, author, created_at, trust) \
             VALUES ($1, $2, $3, $4, 0, $5, '', '', '', 0, 0, 0, $6, $5, $7)",
        );
        let insert = insert
            .bind(id)
            .bind(url)
            .bind(care.title.as_str())
            .bind(care.publisher.as_str())
            .bind(now)
            .bind(author.0.as_str())
            .bind(care.trust.map(Trust::code));
        tx.execute(insert).await?;
        tx.commit().await?;
        Ok(FeedId(id))
    }

    /// Changes what a feed is called, whose articles it holds, and how far it is trusted.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where there is no such feed.
    pub async fn keep_feed(&self, id: FeedId, care: &FeedCare) -> Result<()> {
        let update = on(
            "feeds",
            "UPDATE feeds SET title = $1, publisher = $2, trust = $3 WHERE id = $4",
        );
        let update = update
            .bind(care.title.as_str())
            .bind(care.publisher.as_str())
            .bind(care.trust.map(Trust::code));
        found(self.db().execute(update.bind(id.0)).await?)
    }

    /// Pauses or resumes a feed. A resumed one is asked at once, its failures forgotten.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where there is no such feed.
    pub async fn set_polling(&self, id: FeedId, polling: Polling) -> Result<()> {
        let update = on(
            "feeds",
            "UPDATE feeds SET next_fetch = CASE WHEN paused > $1 THEN $2 ELSE next_fetch END, \
             failures = CASE WHEN paused > $1 THEN 0 ELSE failures END, paused = $1 WHERE id = $3",
        );
        let update = update
            .bind(polling.code())
            .bind(self.clock().now().micros())
            .bind(id.0);
        found(self.db().execute(update).await?)
    }

    /// Has a feed asked at once, whenever it would be due.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where there is no such feed.
    pub async fn ask_feed_now(&self, id: FeedId) -> Result<()> {
        let update = on("feeds", "UPDATE feeds SET next_fetch = $1 WHERE id = $2");
        found(
            self.db()
                .execute(update.bind(self.clock().now().micros()).bind(id.0))
                .await?,
        )
    }

    /// Removes a feed. Its articles stay.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where there is no such feed.
    pub async fn remove_feed(&self, id: FeedId) -> Result<()> {
        found(
            self.db()
                .execute(on("feeds", "DELETE FROM feeds WHERE id = $1").bind(id.0))
                .await?,
        )
    }

    /// Takes the feed that is due longest, for so many seconds; `None` where none is. No other server gets it meanwhile.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn take_due_feed(&self, lease_secs: u64) -> Result<Option<Feed>> {
        let now = self.clock().now();
        let due = || {
            on("feeds", SELECT)
                .piece("WHERE paused = 0 AND next_fetch <= ")
                .value(now.micros())
                .piece(" ORDER BY next_fetch, id LIMIT 1")
        };
        // A look without a lock first: an idle poller must not hold up writers.
        if self.db().fetch_optional(due()).await?.is_none() {
            return Ok(None);
        }
        let mut tx = self.db().begin().await?;
        let select = match tx.engine() {
            Engine::Sqlite => due(),
            Engine::Postgres => due().piece(" FOR UPDATE SKIP LOCKED"),
        };
        let Some(row) = tx.fetch_optional(select).await? else {
            return Ok(None);
        };
        let feed = feed(&row)?;
        let lease = now.plus_seconds(i64::try_from(lease_secs).unwrap_or(i64::MAX));
        let update = on("feeds", "UPDATE feeds SET next_fetch = $1 WHERE id = $2");
        tx.execute(update.bind(lease.micros()).bind(feed.id.0))
            .await?;
        tx.commit().await?;
        Ok(Some(feed))
    }

    /// Notes what came of asking a feed.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where the feed was removed meanwhile.
    pub async fn note_feed_answer(&self, id: FeedId, answer: &FeedAnswer) -> Result<()> {
        let update = on(
            "feeds",
            "UPDATE feeds SET last_fetched = $1, next_fetch = $2, title = CASE WHEN title = '' THEN $3 ELSE title END, \
             etag = $4, last_modified = $5, last_error = $6, paused = CASE WHEN $7 > paused THEN $7 ELSE paused END, \
             failures = CASE WHEN $6 = '' THEN 0 ELSE failures + 1 END WHERE id = $8",
        );
        let update = update
            .bind(self.clock().now().micros())
            .bind(answer.next_fetch.micros());
        let update = update
            .bind(answer.title.as_str())
            .bind(answer.etag.as_str());
        let update = update
            .bind(answer.last_modified.as_str())
            .bind(answer.error.as_str())
            .bind(answer.polling.code())
            .bind(id.0);
        found(self.db().execute(update).await?)
    }
}

/// Adds to the counts of a feed's articles; a feed that was removed meanwhile is no failure.
pub(super) async fn count(tx: &mut Tx, id: FeedId, items: FeedItems) -> Result<()> {
    let update = on(
        "feeds",
        "UPDATE feeds SET items_new = items_new + $1, items_known = items_known + $2, \
         items_failed = items_failed + $3 WHERE id = $4",
    );
    let update = update
        .bind(items.new)
        .bind(items.known)
        .bind(items.failed)
        .bind(id.0);
    tx.execute(update).await.map(|_| ())
}

fn found(touched: u64) -> Result<()> {
    if touched == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}

fn feed(row: &Row) -> Result<Feed> {
    Ok(Feed {
        id: FeedId(row.int("id")?),
        url: row.text("url")?,
        title: row.text("title")?,
        publisher: row.text("publisher")?,
        polling: if row.flag("paused")? {
            Polling::Paused
        } else {
            Polling::On
        },
        last_fetched: row.opt_instant("last_fetched")?,
        next_fetch: row.instant("next_fetch")?,
        etag: row.text("etag")?,
        last_modified: row.text("last_modified")?,
        last_error: row.text("last_error")?,
        failures: row.int("failures")?,
        trust: row.opt_coded("trust", Trust::from_code)?,
        items_new: row.int("items_new")?,
        items_known: row.int("items_known")?,
        items_failed: row.int("items_failed")?,
        author: row.text("author")?,
        created_at: row.instant("created_at")?,
    })
}
