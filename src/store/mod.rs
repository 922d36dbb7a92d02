//! The record in SQLite or PostgreSQL. All SQL of the crate is here.
//!
//! Turns domain values into rows and back, each change with its revision, derived columns and side tables in one
//! transaction. Leaves reading articles to [`crate::ingest`] and every wording for visitors to `web`.
//! What is measured and why it is so stands in `docs/decisions/`.

pub mod article;
mod as_of;
mod backup;
pub mod changes;
mod check;
mod cite;
mod copy;
pub mod correction;
mod db;
mod error;
pub mod event;
mod event_row;
pub mod facets;
pub mod feed;
pub mod feed_item;
mod follow;
pub mod followed;
mod generate;
pub mod import;
pub mod job;
mod matching;
mod migrate;
mod packed;
mod party;
pub mod password;
pub mod publisher;
pub mod recording;
mod reference;
pub mod review;
pub mod revision;
mod row;
mod search;
pub mod secret;
mod seed;
mod selection;
pub mod session;
mod side_rows;
mod snapshot;
mod story;
mod tally;
mod throttle;
pub mod timeline;
pub mod token;
pub mod user;
mod writing;

use std::sync::{Arc, RwLock};

pub use article::Recorded;
pub use changes::ChangesAsked;
pub use db::Engine;
pub use error::StoreError;
pub use event::{Deletion, EventLookup};
pub use facets::{Facets, MonthCount, PublisherCount};
pub use followed::{FollowedFilter, FollowedTotals};
pub use matching::EventMatch;
pub use migrate::STEP_COUNT;
pub use packed::Rows;
pub use recording::{Outcome, Recording};
pub use review::{
    Candidate, CandidateLink, CandidateState, Kept, Lesson, NewCandidate, QueueEntry, QueueFilter,
};
pub use revision::{Revision, RevisionAction};
pub use timeline::Page;
pub use writing::NewEvent;

use crate::domain::clock::Clock;
use db::{Db, Reads, on};
use error::Result;
use party::KnownParties;
use publisher::KnownPublishers;

/// Where the record is and how it is reached.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME`.
    pub url: String,
    /// A replica of the same PostgreSQL that lists and exports read from.
    pub read_url: Option<String>,
    /// How many connections read at once.
    pub readers: u32,
    /// How much of an SQLite file each of them keeps in memory.
    pub memory: Memory,
    /// After how many seconds PostgreSQL gives a statement up.
    pub statement_timeout_secs: u64,
    /// How many days after its last possible day an announced act counts as lapsed.
    pub follow_through_grace_days: u64,
}

/// How much of an SQLite file a connection keeps in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// 64 MiB, and a map of 256 MiB of the file: for a server, which reads the same pages again.
    Ample,
    /// 12 MiB and no map: for whoever reads the whole record once.
    Little,
}

impl StoreSettings {
    /// The settings of an address, everything else as it is unless set.
    pub fn of(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            read_url: None,
            readers: 4,
            memory: Memory::Ample,
            statement_timeout_secs: 30,
            follow_through_grace_days: 30,
        }
    }
}

/// Who changes the record: a user's name, `token NAME`, `command line`, `seed`, `import`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author(pub String);

/// Who changes the record, and why.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Who.
    pub author: &'a Author,
    /// Why; may be empty.
    pub reason: &'a str,
}

/// The record. Cloning it is cheap; every clone is the same record.
#[derive(Debug, Clone)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    clock: Clock,
    grace_days: u64,
    parties: RwLock<Arc<KnownParties>>,
    tally: tally::Tally,
    publishers: RwLock<KnownPublishers>,
}

impl Store {
    /// Opens the record: makes it where missing (with its folder), migrates it and loads the reference data.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`] for an address or a database that is none of ours, else what the database says.
    pub async fn open(settings: &StoreSettings, clock: Clock) -> Result<Self> {
        let store = Self::open_at_step(settings, clock, STEP_COUNT).await?;
        store.load_reference().await?;
        store.find_missing_stories().await?;
        Ok(store)
    }

    /// Opens the record as an earlier program left it: only the first `steps` migrations, no reference data.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub async fn open_at_step(
        settings: &StoreSettings,
        clock: Clock,
        steps: usize,
    ) -> Result<Self> {
        let db = Db::open(settings).await?;
        migrate::apply(&db, steps, clock.now()).await?;
        Ok(Self(Arc::new(Inner {
            db,
            clock,
            grace_days: settings.follow_through_grace_days,
            parties: RwLock::default(),
            tally: tally::Tally::default(),
            publishers: RwLock::default(),
        })))
    }

    /// The clock that dates every change.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Which database keeps the record.
    pub fn engine(&self) -> Engine {
        self.0.db.engine()
    }

    /// Whether the database answers and is migrated.
    ///
    /// # Errors
    ///
    /// What the database says, or [`StoreError::Unusable`] where migrations are missing.
    pub async fn ready(&self) -> Result<()> {
        if migrate::is_current(&self.0.db).await? {
            Ok(())
        } else {
            Err(StoreError::Unusable(
                "the database is not migrated".to_owned(),
            ))
        }
    }

    /// The settings of the writing connection that make a commit durable: `NAME=VALUE`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn durability(&self) -> Result<Vec<String>> {
        let mut tx = self.db().begin().await?;
        let queries = match self.engine() {
            Engine::Sqlite => vec![
                (
                    "journal_mode",
                    on(
                        "pragma",
                        "SELECT journal_mode AS v FROM pragma_journal_mode",
                    ),
                ),
                (
                    "synchronous",
                    on(
                        "pragma",
                        "SELECT CAST(synchronous AS TEXT) AS v FROM pragma_synchronous",
                    ),
                ),
                (
                    "foreign_keys",
                    on(
                        "pragma",
                        "SELECT CAST(foreign_keys AS TEXT) AS v FROM pragma_foreign_keys",
                    ),
                ),
            ],
            Engine::Postgres => vec![
                (
                    "fsync",
                    on("settings", "SELECT current_setting('fsync') AS v"),
                ),
                (
                    "synchronous_commit",
                    on(
                        "settings",
                        "SELECT current_setting('synchronous_commit') AS v",
                    ),
                ),
            ],
        };
        let mut found = Vec::new();
        for (name, query) in queries {
            found.push(format!("{name}={}", tx.fetch_one(query).await?.text("v")?));
        }
        Ok(found)
    }

    /// Closes every connection, after what is under way.
    pub async fn close(&self) {
        self.0.db.close().await;
    }

    fn db(&self) -> &Db {
        &self.0.db
    }
}
