//! Counts of a filter's events and facets from columns in memory, refreshed by the revisions made since.
//!
//! Counted in the database, a filter that finds much costs more the more it finds, on every page. Here a million events take
//! milliseconds. The slots of a search's terms are asked of the database once and kept; what changes afterwards is matched by
//! `domain::search`.

mod base;
mod columns;
mod terms;

use std::sync::Arc;

use roaring::RoaringBitmap;
use tokio::sync::{RwLock, RwLockReadGuard};

pub(super) use self::base::Tallies;
use self::{
    base::{Base, Bases, Facetted, Narrowing, Side},
    columns::{Columns, Counted},
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
    selection::{Keys, day_numbers},
    side_rows,
};
use crate::domain::{
    cell,
    event::Event,
    filter::{Sort, TimelineFilter},
    fold::fold,
    id::EventId,
    search::{SearchTerm, Sense},
};

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
    bases: Bases,
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
        let filled = self.filled().await?;
        let Some(base) = self.base(&filled, filter, except).await? else {
            return Ok(Tallies::default());
        };
        Ok(base.tally(&filled.columns, &facetted(filter)))
    }

    /// The same, and the sort keys of the first events between two keys, at most `limit`, in the order asked for.
    pub(super) async fn tallied_page(
        &self,
        filter: &TimelineFilter,
        between: Keys,
        sort: Sort,
        limit: usize,
    ) -> Result<(Tallies, Vec<i64>)> {
        let filled = self.filled().await?;
        let Some(base) = self.base(&filled, filter, Vec::new()).await? else {
            return Ok((Tallies::default(), Vec::new()));
        };
        let wanted = facetted(filter);
        Ok((
            base.tally(&filled.columns, &wanted),
            base.keys(&filled.columns, &wanted, between, sort, limit),
        ))
    }

    /// What the filters that are no facets leave; `None` where that is nothing.
    async fn base(
        &self,
        filled: &Filled,
        filter: &TimelineFilter,
        except: Vec<EventId>,
    ) -> Result<Option<Arc<Base>>> {
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
                return Ok(None);
            }
            sides.push(Side {
                parties,
                acts,
                is_acted_upon,
            });
        }
        let narrowing = Narrowing {
            sides,
            publishers: (!filter.sources.is_empty()).then(|| {
                let names = filter.sources.iter();
                names.map(|name| fold(name.trim())).collect()
            }),
            terms: filter.search().terms,
            changed_since: filter.changed_since.as_ref().map(|since| since.at.micros()),
            except,
        };
        if let Some(base) = filled.bases.get(&narrowing) {
            return Ok(Some(base));
        }
        let mut words = Vec::new();
        for term in &narrowing.terms {
            let slots = self.slots_of_term(filled, term.clone()).await?;
            words.push((slots, term.sense == Sense::With));
        }
        let base = Base::new(&filled.columns, &narrowing, &words);
        Ok(Some(if narrowing.except.is_empty() {
            filled.bases.keep(narrowing, base)
        } else {
            Arc::new(base)
        }))
    }

    /// How many events of the timeline name each party, by row number.
    pub(super) async fn tallied_parties(&self) -> Result<Vec<(i64, i64)>> {
        Ok(self.filled().await?.columns.parties())
    }

    /// How many events of the timeline rest on each publisher: folded name, name as written, count.
    pub(super) async fn tallied_publishers(&self) -> Result<Vec<(String, String, i64)>> {
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
        mut term: SearchTerm,
    ) -> Result<Arc<RoaringBitmap>> {
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
        self.bases = Bases::default();
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
                let event = counted(row, parties)?;
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

fn facetted(filter: &TimelineFilter) -> Facetted {
    Facetted {
        kinds: filter.kinds.iter().map(|kind| kind.code()).collect(),
        modalities: filter
            .modalities
            .iter()
            .map(|modality| modality.code())
            .collect(),
        days: day_numbers(filter),
    }
}

fn counted(row: &Row, parties: &KnownParties) -> Result<Counted> {
    let ids = |column| -> Result<Vec<i64>> {
        // codes hold no sign that a cell would escape
        Ok(row
            .text(column)?
            .split('|')
            .filter_map(|code| parties.id_of_text(code.trim()))
            .collect())
    };
    Ok(Counted {
        sort_key: row.int("sort_key")?,
        kind: row.int("kind")?,
        modality: row.int("modality")?,
        month: row.int("month")?,
        day_first: row.int("day_first")?,
        day_last: row.int("day_last")?,
        actors: ids("actors")?,
        targets: ids("targets")?,
        publishers: cell::split_filled(&row.text("source_publishers")?),
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
        publishers: content
            .sources
            .iter()
            .map(|source| source.publisher.clone())
            .filter(|name| !name.is_empty())
            .collect(),
        updated_at: event.updated_at.micros(),
    })
}
