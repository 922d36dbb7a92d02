//! Publishers: the register in the process, refreshed when a counter says that somebody changed it, and its editing.
//!
//! Who owns whom decides which sources count as one: a change of it counts the events of those publishers anew.

use std::sync::{Arc, PoisonError};

use super::{
    Change, Store,
    cite::{Stories, independent},
    db::{Reads, Tx, on},
    error::Result,
    event_row,
    reference::publisher_binds,
    row::Row,
    side_rows,
};
use crate::domain::{
    cell,
    fold::fold,
    id::ArticleId,
    publisher::{Publisher, PublisherKind, Trust},
    publisher_register::PublisherRegister,
};

/// Events that are counted anew at once.
const BATCH: i64 = 500;

/// The publishers as the database had them at one value of the change counter.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownPublishers {
    version: i64,
    register: Arc<PublisherRegister>,
}

impl Store {
    /// Every publisher on record by name, cached until one changes.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn publisher_register(&self) -> Result<Arc<PublisherRegister>> {
        self.publisher_register_by(&mut self.db()).await
    }

    /// As the transaction sees them.
    pub(super) async fn publisher_register_by(
        &self,
        reads: &mut impl Reads,
    ) -> Result<Arc<PublisherRegister>> {
        let version = on(
            "counters",
            "SELECT value AS n FROM counters WHERE name = 'publisher_changes'",
        );
        let version = reads.fetch_count(version).await?;
        let cached = self
            .0
            .publishers
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if cached.version == version {
            return Ok(cached.register);
        }
        let known = KnownPublishers {
            version,
            register: Arc::new(read(reads).await?),
        };
        let register = Arc::clone(&known.register);
        *self
            .0
            .publishers
            .write()
            .unwrap_or_else(PoisonError::into_inner) = known;
        Ok(register)
    }

    /// Records a publisher under its name, new or changed; reference data no longer touch the row. Where it now counts as
    /// one with others, or no longer does, its events are counted anew.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn save_publisher(&self, publisher: &Publisher, change: Change<'_>) -> Result<()> {
        let mut tx = self.db().begin_record().await?;
        let old = read(&mut tx).await?;
        let upsert = on(
            "publishers",
            "INSERT INTO publishers (name_folded, name, kind, home, hosts, owner) VALUES ",
        )
        .values(publisher_binds(publisher))
        .piece(
            " ON CONFLICT (name_folded) DO UPDATE
    SET name = excluded.name,
        kind = excluded.kind,
        home = excluded.home,
        hosts = excluded.hosts,
        owner = excluded.owner",
        );
        tx.execute(upsert).await?;
        let mark = on(
            "publishers",
            "UPDATE publishers SET trust = $1, edited = 1, edited_by = $2, edit_reason = $3 WHERE name_folded = $4",
        );
        let mark = mark
            .bind(publisher.trust.code())
            .bind(change.author.0.as_str())
            .bind(change.reason)
            .bind(fold(&publisher.name));
        tx.execute(mark).await?;
        tx.next_id("publisher_changes").await?;
        let new = read(&mut tx).await?;
        tx.commit().await?;
        if old.group(&publisher.name) != new.group(&publisher.name) {
            self.count_anew(&publisher.name, &new).await?;
        }
        Ok(())
    }

    /// Counts the independent sources of a publisher's events anew, some at a time.
    async fn count_anew(&self, publisher: &str, register: &PublisherRegister) -> Result<()> {
        let mut after = i64::MIN;
        loop {
            let mut tx = self.db().begin_record().await?;
            let keys = on(
                "event_publishers",
                "SELECT sort_key FROM event_publishers WHERE publisher = ",
            )
            .value(fold(publisher))
            .piece(" AND sort_key > ")
            .value(after)
            .piece(" ORDER BY sort_key LIMIT ")
            .value(BATCH);
            let keys = tx
                .fetch_all(keys)
                .await?
                .iter()
                .map(|row| row.int("sort_key"))
                .collect::<Result<Vec<_>>>()?;
            let Some(last) = keys.last() else {
                return Ok(());
            };
            after = *last;
            count_events(&mut tx, keys, register).await?;
            tx.commit().await?;
        }
    }
}

async fn count_events(tx: &mut Tx, keys: Vec<i64>, register: &PublisherRegister) -> Result<()> {
    let select = on("events", "SELECT ")
        .piece(event_row::COLUMNS)
        .piece(" FROM events WHERE sort_key IN ")
        .values(keys);
    for mut event in event_row::events(&tx.fetch_all(select).await?)? {
        side_rows::load_sources(tx, &mut event).await?;
        let articles: Vec<i64> = event
            .content
            .sources
            .iter()
            .filter_map(|source| source.article.map(|article| article.0))
            .collect();
        let stories = on(
            "articles",
            "SELECT id, story FROM articles WHERE story IS NOT NULL AND id IN ",
        );
        let stories = tx
            .fetch_all(stories.values(articles))
            .await?
            .iter()
            .map(|row| Ok((ArticleId(row.int("id")?), row.int("story")?)))
            .collect::<Result<Stories>>()?;
        let count = independent(&event.content.sources, &stories, register);
        if count != event.independent_sources {
            let update = on(
                "events",
                "UPDATE events SET independent_sources = $1 WHERE id = $2",
            );
            tx.execute(update.bind(count).bind(event.id.counter()))
                .await?;
        }
    }
    Ok(())
}

async fn read(reads: &mut impl Reads) -> Result<PublisherRegister> {
    let select = on(
        "publishers",
        "SELECT name_folded AS id, name, kind, home, hosts, owner, trust FROM publishers ORDER BY name_folded",
    );
    let rows = reads.fetch_all(select).await?;
    let publishers = rows.iter().map(publisher).collect::<Result<Vec<_>>>()?;
    Ok(PublisherRegister::new(publishers))
}

fn publisher(row: &Row) -> Result<Publisher> {
    Ok(Publisher {
        name: row.text("name")?,
        kind: row.coded("kind", PublisherKind::from_code)?,
        home: row.opt_parsed("home")?,
        hosts: cell::split_filled(&row.text("hosts")?),
        owner: row.opt_text("owner")?,
        trust: row.coded("trust", Trust::from_code)?,
    })
}
