//! Counts of a filter's events and facets from columns in memory, refreshed by the revisions made since.
//!
//! Counted in the database, a filter that finds much costs more the more it finds, on every page. Here a million events take
//! milliseconds. The slots of a search's terms are asked of the database once and kept; what changes afterwards is matched by
//! `domain::search`.

mod columns;
mod terms;

use std::collections::HashMap;

use tokio::sync::{RwLock, RwLockReadGuard};

use self::{
    columns::{Columns, Counted, Side, Wanted},
    terms::Terms,
};
use super::{
    Store,
    db::{Engine, Reads, Tx, on},
    error::Result,
    event_row::{self, COLUMNS, first_day, key, last_day, month},
    party::KnownParties,
    row::Row,
    search::Ask,
    selection::day_numbers,
    side_rows,
};
use crate::domain::{
    cell, event::Event, filter::TimelineFilter, fold::fold, id::EventId, search::Sense,
};
pub(super) use columns::Tallies;

/// Rows read at once while the columns are filled.
const CHUNK: i64 = 10_000;
/// Up to so many changed events are changed in the columns; more fill them anew.
const FEW: i64 = 5_000;
/// Dead slots are cleared away once they are this share of all, in parts of a hundred.
const DEAD_MOST: usize = 25;

/// The columns and what they were made from.
#[derive(Debug, Default)]
struct Filled {
    /// The last revision that they know.
    revision: i64,
    party_changes: i64,
    is_ready: bool,
    columns: Columns,
    terms: Terms,
}

/// The counts of a record.
#[derive(Debug, Default)]
pub(super) struct Tally(RwLock<Filled>);

impl Store {
    /// How many events a filter finds, whatever page it asks for, and its facets. `except` do not count.
    pub(super) async fn tallies(
        &self,
        filter: &TimelineFilter,
        except: Vec<EventId>,
    ) -> Result<Tallies> {
        let parties = self.known_parties().await?;
        let mut sides = Vec::new();
        for (written, acts, is_acted_upon) in [
            (&filter.actors, true, false),
            (&filter.targets, false, true),
            (&filter.parties, true, true),
        ] {
            if written.is_empty() {
                continue;
            }
            let parties = parties.ids_of(written);
            if parties.is_empty() {
                return Ok(Tallies::default());
            }
            sides.push(Side {
                parties,
                acts,
                is_acted_upon,
            });
        }
        let mut wanted = Wanted {
            kinds: filter.kinds.iter().map(|kind| kind.code()).collect(),
            modalities: filter
                .modalities
                .iter()
                .map(|modality| modality.code())
                .collect(),
            sides,
            publishers: (!filter.sources.is_empty()).then(|| {
                filter
                    .sources
                    .iter()
                    .map(|name| fold(name.trim()))
                    .collect()
            }),
            days: day_numbers(filter),
            changed_since: filter.changed_since.as_ref().map(|since| since.at.micros()),
            except,
            ..Wanted::default()
        };
        let filled = self.filled().await?;
        for term in filter.search().terms {
            let sense = term.sense;
            let slots = self.slots_of_term(&filled, term).await?;
            match sense {
                Sense::With => wanted.with.push(slots),
                Sense::Without => wanted.without.push(slots),
            }
        }
        Ok(filled.columns.tally(&wanted))
    }

    /// How many events of the timeline name each party, by row number.
    pub(super) async fn tallied_parties(&self) -> Result<Vec<(i64, i64)>> {
        Ok(self.filled().await?.columns.parties())
    }

    /// How many events of the timeline rest on each publisher, by folded name.
    pub(super) async fn tallied_publishers(&self) -> Result<HashMap<String, i64>> {
        Ok(self.filled().await?.columns.publishers())
    }

    /// Reads the record into memory, so that no visitor waits for it.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn warm(&self) -> Result<()> {
        drop(self.filled().await?);
        Ok(())
    }

    /// The columns as of the last revision.
    async fn filled(&self) -> Result<RwLockReadGuard<'_, Filled>> {
        let lock = &self.0.tally.0;
        let (revision, party_changes) = counters(&mut &self.db().replica()).await?;
        let filled = lock.read().await;
        if filled.is_current(revision, party_changes) {
            return Ok(filled);
        }
        drop(filled);
        let mut filled = lock.write().await;
        // another may have waited for the same
        if !filled.is_current(revision, party_changes) {
            Box::pin(async {
                let mut tx = self.db().replica().begin_snapshot().await?;
                let parties = self.known_parties_by(&mut tx).await?;
                filled.refresh(&mut tx, &parties).await
            })
            .await?;
        }
        Ok(filled.downgrade())
    }

    /// The slots of the events in which a term stands.
    async fn slots_of_term(
        &self,
        filled: &Filled,
        mut term: crate::domain::search::SearchTerm,
    ) -> Result<std::sync::Arc<roaring::RoaringBitmap>> {
        term.sense = Sense::With;
        if let Some(slots) = filled.terms.get(&term) {
            return Ok(slots);
        }
        let replica = self.db().replica();
        let query = match self.engine() {
            Engine::Sqlite => on(
                "event_words",
                "SELECT COALESCE(group_concat(rowid, ' '), '') AS keys FROM event_words WHERE words MATCH ",
            )
            .value(Ask::of_term(&term, Engine::Sqlite)),
            Engine::Postgres => on(
                "event_words",
                "SELECT COALESCE(string_agg(CAST(sort_key AS TEXT), ' '), '') AS keys FROM event_words \
                 WHERE words @@ CAST(",
            )
            .value(Ask::of_term(&term, Engine::Postgres))
            .piece(" AS tsquery)"),
        };
        let keys = replica.fetch_one(query).await?.text("keys")?;
        let slots = filled.columns.slots_of_keys(
            keys.split_ascii_whitespace()
                .filter_map(|key| key.parse().ok()),
        );
        Ok(filled.terms.keep(term, slots))
    }
}

impl Filled {
    /// Whether these are the counters, or the columns are further already.
    const fn is_current(&self, revision: i64, party_changes: i64) -> bool {
        self.is_ready && self.revision >= revision && self.party_changes >= party_changes
    }

    async fn refresh(&mut self, tx: &mut Tx, parties: &KnownParties) -> Result<()> {
        let (revision, party_changes) = counters(tx).await?;
        if party_changes != self.party_changes {
            // a renamed party's events have other words
            self.terms = Terms::default();
        }
        let is_changed = if self.is_ready {
            self.change(tx, parties).await?
        } else {
            false
        };
        if !is_changed {
            self.fill(tx, parties).await?;
        }
        self.revision = revision;
        self.party_changes = party_changes;
        Ok(())
    }

    async fn fill(&mut self, tx: &mut Tx, parties: &KnownParties) -> Result<()> {
        let mut columns = Columns::default();
        let mut names = HashMap::new();
        let mut after = -1;
        loop {
            let query = on(
                "events",
                "SELECT id, sort_key, kind, modality, month, day_first, day_last, actors, targets, source_publishers,
    updated_at
FROM events
WHERE status <= 3
  AND sort_key > ",
            )
            .value(after)
            .piece(" ORDER BY sort_key LIMIT ")
            .value(CHUNK);
            let rows = tx.fetch_all(query).await?;
            for row in &rows {
                let event = counted(row, parties, &mut names)?;
                after = event.sort_key;
                columns.push(event);
            }
            if i64::try_from(rows.len()).unwrap_or(0) < CHUNK {
                break;
            }
        }
        columns.settle();
        *self = Self {
            is_ready: true,
            columns,
            ..Self::default()
        };
        Ok(())
    }

    /// Puts in what changed since; `false` where that is too much, and nothing was done.
    async fn change(&mut self, tx: &mut Tx, parties: &KnownParties) -> Result<bool> {
        let query = on(
            "revisions",
            "SELECT DISTINCT event_id AS id FROM revisions WHERE id > ",
        )
        .value(self.revision)
        .piece(" LIMIT ")
        .value(FEW + 1);
        let rows = tx.fetch_all(query).await?;
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) > FEW
            || self.columns.dead() * 100 > self.columns.slots() * DEAD_MOST
        {
            return Ok(false);
        }
        let ids = rows
            .iter()
            .map(|row| row.coded("id", EventId::from_counter))
            .collect::<Result<Vec<_>>>()?;
        for id in &ids {
            self.columns.remove(*id);
        }
        for batch in ids.chunks(400) {
            let query = on("events", "SELECT ")
                .piece(COLUMNS)
                .piece(" FROM events WHERE status <= 3 AND id IN ")
                .values(batch.iter().map(|id| id.counter()));
            for event in event_row::events(&tx.fetch_all(query).await?)? {
                self.columns.push(counted_of(&event, parties)?);
                if let Some(slot) = self.columns.slot_of(event.id) {
                    self.terms.add(slot, &event, parties.register());
                }
            }
        }
        Ok(true)
    }
}

async fn counters(reads: &mut impl Reads) -> Result<(i64, i64)> {
    let query = on(
        "counters",
        "SELECT name, value FROM counters WHERE name IN ('revision', 'party_changes')",
    );
    let mut counters = (0, 0);
    for row in reads.fetch_all(query).await? {
        let value = row.int("value")?;
        if row.text("name")? == "revision" {
            counters.0 = value;
        } else {
            counters.1 = value;
        }
    }
    Ok(counters)
}

/// What is counted of a row; `names` keeps the folded form of each publisher.
fn counted(
    row: &Row,
    parties: &KnownParties,
    names: &mut HashMap<String, String>,
) -> Result<Counted> {
    let ids = |column| -> Result<Vec<i64>> {
        // codes hold no sign that a cell would escape
        Ok(row
            .text(column)?
            .split('|')
            .filter_map(|code| parties.id_of_text(code.trim()))
            .collect())
    };
    let mut publishers: Vec<String> = cell::split_filled(&row.text("source_publishers")?)
        .into_iter()
        .map(|name| {
            names
                .entry(name)
                .or_insert_with_key(|name| fold(name))
                .clone()
        })
        .collect();
    publishers.sort_unstable();
    publishers.dedup();
    Ok(Counted {
        sort_key: row.int("sort_key")?,
        kind: row.int("kind")?,
        modality: row.int("modality")?,
        month: row.int("month")?,
        day_first: row.int("day_first")?,
        day_last: row.int("day_last")?,
        actors: ids("actors")?,
        targets: ids("targets")?,
        publishers,
        updated_at: row.int("updated_at")?,
    })
}

fn counted_of(event: &Event, parties: &KnownParties) -> Result<Counted> {
    let content = &event.content;
    let sides = side_rows::sides(event, parties)?;
    let on_side = |bit: i64| {
        sides
            .iter()
            .filter(move |(_, side)| **side & bit != 0)
            .map(|(party, _)| *party)
            .collect()
    };
    Ok(Counted {
        sort_key: key(event),
        kind: content.kind.code(),
        modality: content.modality.code(),
        month: month(&content.date),
        day_first: first_day(&content.date),
        day_last: last_day(&content.date),
        actors: on_side(1),
        targets: on_side(2),
        publishers: side_rows::publishers(&content.sources),
        updated_at: event.updated_at.micros(),
    })
}
