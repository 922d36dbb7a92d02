//! A whole record, on either engine → the same in an empty one: ids, counters, revisions, accounts as they were.
//!
//! What hangs on events (parties, publishers, words, months) is written anew, since each engine keeps words in its own form.
//! Sessions and failed sign-ins stay behind.

mod tables;

use self::tables::{Cell, TABLES, Table};
use super::{
    Store,
    db::{Bind, Reads, Tx, on},
    error::{Result, StoreError},
    event_row::{self, COLUMNS},
    row::Row,
    side_rows::{self, MonthChanges},
};
use crate::domain::event::Event;

/// Rows that are read at once.
pub(super) const CHUNK: i64 = 500;
/// Values in one statement, of the 32,766 that SQLite takes.
const BINDS: usize = 30_000;

/// Tables that every opened database has rows in: they give way to those of the record that comes in.
const GIVE_WAY: [&str; 3] = ["counters", "parties", "publishers"];

/// Counters that tell others in the process, and other processes, that what they have read is old.
const CHANGE_COUNTERS: [&str; 3] = ["changes", "party_changes", "publisher_changes"];

/// Copies a record as it stands at one instant, all of it or nothing.
///
/// # Errors
///
/// [`StoreError::Refused`] where the target holds more than reference data.
pub(super) async fn copy(source: &Store, target: &Store) -> Result<()> {
    let mut from = source.db().begin_snapshot().await?;
    let mut to = target.db().begin_record().await?;
    for table in TABLES
        .iter()
        .filter(|table| !GIVE_WAY.contains(&table.name))
    {
        let first = on(table.name, "SELECT 1 AS n FROM ")
            .piece(table.name)
            .piece(" LIMIT 1");
        if to.fetch_optional(first).await?.is_some() {
            return Err(StoreError::Refused(format!(
                "the database is not empty: it holds {}; a backup is restored into an empty one",
                table.name
            )));
        }
    }
    let seen = change_counts(&mut to).await?;
    for table in GIVE_WAY {
        to.execute(on(table, "DELETE FROM ").piece(table)).await?;
    }
    for table in TABLES {
        copy_table(table, &mut from, &mut to).await?;
    }
    // Whoever has read the target must see that it changed.
    for (counter, value) in CHANGE_COUNTERS.into_iter().zip(seen) {
        let raise = on(
            "counters",
            "UPDATE counters SET value = CASE WHEN value > $1 THEN value ELSE $1 END + 1 WHERE name = $2",
        );
        to.execute(raise.bind(value).bind(counter)).await?;
    }
    index_events(target, &mut to).await?;
    to.commit().await
}

async fn change_counts(tx: &mut Tx) -> Result<Vec<i64>> {
    let mut counts = Vec::new();
    for counter in CHANGE_COUNTERS {
        counts.push(
            tx.fetch_count(
                on(
                    "counters",
                    "SELECT value AS n FROM counters WHERE name = $1",
                )
                .bind(counter),
            )
            .await?,
        );
    }
    Ok(counts)
}

async fn copy_table(table: &Table, from: &mut Tx, to: &mut Tx) -> Result<()> {
    let mut last: Option<Vec<Bind>> = None;
    loop {
        let rows = from.fetch_all(table.select(last.as_deref())).await?;
        let mut values = rows
            .iter()
            .map(|row| table.binds(row))
            .collect::<Result<Vec<_>>>()?;
        let Some(end) = values.last() else {
            return Ok(());
        };
        last = Some(end[..table.keys].to_vec());
        while !values.is_empty() {
            let batch: Vec<Vec<Bind>> = values
                .drain(..values.len().min(BINDS / table.columns.len()))
                .collect();
            side_rows::insert_rows(to, || table.insert(), batch, "").await?;
        }
    }
}

impl Table {
    fn names(&self, mut query: super::db::Query, columns: usize) -> super::db::Query {
        for (index, (name, _)) in self.columns[..columns].iter().enumerate() {
            query = query.piece(if index == 0 { "" } else { ", " }).piece(name);
        }
        query
    }

    /// The rows after a key, in its order.
    fn select(&self, after: Option<&[Bind]>) -> super::db::Query {
        let mut query = self
            .names(on(self.name, "SELECT "), self.columns.len())
            .piece(" FROM ")
            .piece(self.name);
        if let Some(after) = after {
            query = self
                .names(query.piece(" WHERE ("), self.keys)
                .piece(") > ")
                .values(after.to_vec());
        }
        self.names(query.piece(" ORDER BY "), self.keys)
            .piece(" LIMIT ")
            .value(CHUNK)
    }

    fn insert(&self) -> super::db::Query {
        self.names(
            on(self.name, "INSERT INTO ").piece(self.name).piece(" ("),
            self.columns.len(),
        )
        .piece(")")
    }

    fn binds(&self, row: &Row) -> Result<Vec<Bind>> {
        self.columns
            .iter()
            .map(|(name, cell)| {
                Ok(match cell {
                    Cell::Int => Bind::from(row.opt_int(name)?),
                    Cell::Text => Bind::from(row.opt_text(name)?),
                })
            })
            .collect()
    }
}

/// Writes what hangs on the events that came in.
async fn index_events(store: &Store, tx: &mut Tx) -> Result<()> {
    let parties = store.known_parties_by(tx).await?;
    let mut months = MonthChanges::default();
    let mut last = 0;
    loop {
        let events = timeline_events(tx, last).await?;
        let Some(end) = events.last() else {
            return months.write(tx).await;
        };
        last = end.id.counter();
        let events: Vec<&Event> = events.iter().collect();
        side_rows::add(tx, &events, &parties).await?;
        for event in events {
            months.add(event, 1);
        }
    }
}

/// Events of the timeline after an id, in the order of ids.
pub(super) async fn timeline_events(reads: &mut impl Reads, after: i64) -> Result<Vec<Event>> {
    let select = on("events", "SELECT ")
        .piece(COLUMNS)
        .piece(" FROM events WHERE status <= 3 AND id > ")
        .value(after)
        .piece(" ORDER BY id LIMIT ")
        .value(CHUNK);
    event_row::events(&reads.fetch_all(select).await?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{domain::clock::Clock, store::StoreSettings};

    /// Written anew, or of one engine or one moment alone.
    const NOT_COPIED: [&str; 7] = [
        "event_parties",
        "event_publishers",
        "event_words",
        "login_failures",
        "migrations",
        "month_counts",
        "sessions",
    ];

    #[tokio::test]
    async fn every_table_and_column_is_copied_or_left_out_on_purpose() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("record.db").display());
        let store = Store::open(&StoreSettings::of(url), Clock::system())
            .await
            .unwrap();
        let columns = on(
            "sqlite_schema",
            "SELECT t.name AS table_name, c.name AS column_name
             FROM sqlite_schema t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'event_words_%' AND t.name NOT LIKE 'sqlite_%'",
        );
        let mut there = BTreeSet::new();
        for row in store.db().fetch_all(columns).await.unwrap() {
            let table = row.text("table_name").unwrap();
            if !NOT_COPIED.contains(&table.as_str()) {
                there.insert((table, row.text("column_name").unwrap()));
            }
        }
        store.close().await;
        let copied: BTreeSet<(String, String)> = TABLES
            .iter()
            .flat_map(|table| {
                table
                    .columns
                    .iter()
                    .map(|(name, _)| (table.name.to_owned(), (*name).to_owned()))
            })
            .collect();
        let differing: Vec<_> = copied.symmetric_difference(&there).collect();
        assert!(differing.is_empty(), "{differing:?}");
    }
}
