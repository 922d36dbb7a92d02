//! What hangs on events: their parties, publishers, words, sources, relations and month counts, in few statements for many.

use std::collections::{BTreeMap, HashMap};

use super::{
    db::{Bind, Engine, Query, Reads, Tx, on},
    error::{Result, StoreError},
    event_row::{self, COLUMNS_OF_E, first_day, key, last_day, month},
    party::KnownParties,
    search,
};
use crate::domain::{
    event::Event,
    evidence::{EvidenceSpan, Source},
    fold::fold,
    id::{ArticleId, EventId},
    modality::Modality,
    relation::RelationKind,
    status::Status,
};

/// How many rows one statement inserts: few sizes, so that each statement is prepared once. SQLite takes 32,766 values.
const BATCHES: [usize; 5] = [256, 64, 16, 4, 1];

/// How many events each month and kind gained; kind 0 is all.
#[derive(Debug, Default)]
pub(super) struct MonthChanges(BTreeMap<(i64, i64), i64>);

impl MonthChanges {
    /// Counts an event of the timeline in (`1`) or out (`-1`).
    pub(super) fn add(&mut self, event: &Event, count: i64) {
        let month = month(&event.content.date);
        for kind in [0, event.content.kind.code()] {
            *self.0.entry((kind, month)).or_default() += count;
        }
    }

    /// Writes the changes.
    pub(super) async fn write(self, tx: &mut Tx) -> Result<()> {
        let rows = self
            .0
            .into_iter()
            .filter(|(_, count)| *count != 0)
            .map(|((kind, month), count)| [kind, month, count].map(Bind::from).to_vec())
            .collect();
        let insert = || {
            on(
                "month_counts",
                "INSERT INTO month_counts (kind, month, count)",
            )
        };
        let upsert =
            " ON CONFLICT (kind, month) DO UPDATE SET count = month_counts.count + excluded.count";
        insert_rows(tx, insert, rows, upsert).await
    }
}

/// Inserts rows, several in a statement; `ending` follows the values.
pub(super) async fn insert_rows(
    tx: &mut Tx,
    insert: impl Fn() -> Query,
    rows: Vec<Vec<Bind>>,
    ending: &'static str,
) -> Result<()> {
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    while let Some(batch) = BATCHES.into_iter().find(|batch| *batch <= left) {
        let mut query = insert();
        for (index, row) in rows.by_ref().take(batch).enumerate() {
            query = query
                .piece(if index == 0 { " VALUES " } else { ", " })
                .values(row);
        }
        tx.execute(query.piece(ending)).await?;
        left -= batch;
    }
    Ok(())
}

/// Puts events onto the timeline: parties, publishers, words. Their rows in `events` stand already.
pub(super) async fn add(tx: &mut Tx, events: &[&Event], parties: &KnownParties) -> Result<()> {
    let mut party_rows = Vec::new();
    let mut publisher_rows = Vec::new();
    let mut word_rows = Vec::new();
    for event in events {
        let sort_key = key(event);
        for (party, side) in sides(event, parties)? {
            party_rows.push(
                [
                    party,
                    sort_key,
                    event.content.kind.code(),
                    side,
                    first_day(&event.content.date),
                    last_day(&event.content.date),
                ]
                .map(Bind::from)
                .to_vec(),
            );
        }
        for publisher in publishers(&event.content.sources) {
            publisher_rows.push(vec![Bind::from(publisher), sort_key.into()]);
        }
        let words = search::document(event, parties.register(), tx.engine());
        word_rows.push(vec![Bind::from(sort_key), words.into()]);
    }
    let insert = || {
        on(
            "event_parties",
            "INSERT INTO event_parties (party_id, sort_key, kind, side, day_first, day_last)",
        )
    };
    insert_rows(tx, insert, party_rows, "").await?;
    let insert = || {
        on(
            "event_publishers",
            "INSERT INTO event_publishers (publisher, sort_key)",
        )
    };
    insert_rows(tx, insert, publisher_rows, "").await?;
    add_words(tx, word_rows).await
}

/// Takes an event off the timeline's indexes.
pub(super) async fn remove(tx: &mut Tx, event: &Event) -> Result<()> {
    let words = match tx.engine() {
        Engine::Sqlite => "DELETE FROM event_words WHERE rowid = $1",
        Engine::Postgres => "DELETE FROM event_words WHERE sort_key = $1",
    };
    for statement in [
        "DELETE FROM event_parties WHERE sort_key = $1",
        "DELETE FROM event_publishers WHERE sort_key = $1",
        words,
    ] {
        tx.execute(on("events", statement).bind(key(event))).await?;
    }
    Ok(())
}

async fn add_words(tx: &mut Tx, rows: Vec<Vec<Bind>>) -> Result<()> {
    let engine = tx.engine();
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    while let Some(batch) = BATCHES.into_iter().find(|batch| *batch <= left) {
        left -= batch;
        let mut query = on(
            "event_words",
            match engine {
                Engine::Sqlite => "INSERT INTO event_words (rowid, words)",
                Engine::Postgres => "INSERT INTO event_words (sort_key, words)",
            },
        );
        let (before, after) = match engine {
            Engine::Sqlite => (", ", ")"),
            Engine::Postgres => (", CAST(", " AS tsvector))"),
        };
        for (index, row) in rows.by_ref().take(batch).enumerate() {
            query = query.piece(if index == 0 { " VALUES (" } else { ", (" });
            for (column, bind) in row.into_iter().enumerate() {
                if column > 0 {
                    query = query.piece(before);
                }
                query = query.value(bind);
            }
            query = query.piece(after);
        }
        tx.execute(query).await?;
    }
    Ok(())
}

/// Writes the words of a party's events anew, as when it was renamed.
pub(super) async fn rewrite_words(
    tx: &mut Tx,
    party_id: i64,
    parties: &KnownParties,
) -> Result<()> {
    let mut after = 0;
    loop {
        let query = on("events", "SELECT ")
            .piece(COLUMNS_OF_E)
            .piece(" FROM event_parties p JOIN events e ON e.sort_key = p.sort_key WHERE p.party_id = ")
            .value(party_id)
            .piece(" AND p.sort_key > ")
            .value(after)
            .piece(" ORDER BY p.sort_key LIMIT 500");
        let events = event_row::events(&tx.fetch_all(query).await?)?;
        let Some(last) = events.last() else {
            return Ok(());
        };
        after = key(last);
        let delete = match tx.engine() {
            Engine::Sqlite => "DELETE FROM event_words WHERE rowid IN ",
            Engine::Postgres => "DELETE FROM event_words WHERE sort_key IN ",
        };
        tx.execute(on("event_words", delete).values(events.iter().map(key)))
            .await?;
        let words = |event| {
            let words = search::document(event, parties.register(), tx.engine());
            vec![Bind::from(key(event)), words.into()]
        };
        let rows = events.iter().map(words).collect();
        add_words(tx, rows).await?;
    }
}

/// Writes the sources' articles and spans of events that have none yet.
pub(super) async fn add_sources(tx: &mut Tx, events: &[&Event]) -> Result<()> {
    let mut rows = Vec::new();
    for event in events {
        for (position, source) in (0_i64..).zip(&event.content.sources) {
            let article = source.article.ok_or(StoreError::NotFound)?;
            let spans = serde_json::to_string(&source.spans).unwrap_or_default();
            rows.push(vec![
                event.id.counter().into(),
                position.into(),
                article.0.into(),
                spans.into(),
            ]);
        }
    }
    let insert = || {
        on(
            "event_sources",
            "INSERT INTO event_sources (event_id, position, article_id, spans)",
        )
    };
    insert_rows(tx, insert, rows, "").await
}

/// Writes the relations of events that have none yet.
pub(super) async fn add_relations(tx: &mut Tx, events: &[&Event]) -> Result<()> {
    let mut rows = Vec::new();
    for event in events {
        for (position, relation) in (0_i64..).zip(&event.content.relations) {
            rows.push(
                [
                    event.id.counter(),
                    position,
                    relation.kind.code(),
                    relation.to.counter(),
                ]
                .map(Bind::from)
                .to_vec(),
            );
        }
    }
    let insert = || {
        on(
            "relations",
            "INSERT INTO relations (from_id, position, kind, to_id)",
        )
    };
    insert_rows(tx, insert, rows, "").await
}

/// Removes an event's relations, as when they are rewritten.
pub(super) async fn remove_relations(tx: &mut Tx, id: EventId) -> Result<()> {
    let delete = on("relations", "DELETE FROM relations WHERE from_id = $1");
    tx.execute(delete.bind(id.counter())).await?;
    Ok(())
}

/// Removes an event's sources, as when they are rewritten.
pub(super) async fn remove_sources(tx: &mut Tx, id: EventId) -> Result<()> {
    let delete = on(
        "event_sources",
        "DELETE FROM event_sources WHERE event_id = $1",
    );
    tx.execute(delete.bind(id.counter())).await?;
    Ok(())
}

/// Gives an event's sources their articles and spans.
pub(super) async fn load_sources(reads: &mut impl Reads, event: &mut Event) -> Result<()> {
    let query = on(
        "event_sources",
        "SELECT event_id AS id, article_id, spans
FROM event_sources
WHERE event_id = $1
ORDER BY position",
    );
    let rows = reads.fetch_all(query.bind(event.id.counter())).await?;
    for (source, row) in event.content.sources.iter_mut().zip(&rows) {
        source.article = Some(ArticleId(row.int("article_id")?));
        source.spans = row.json::<Vec<EvidenceSpan>>("spans")?;
    }
    Ok(())
}

/// Which parties stand on which side: 1 acts, 2 is acted upon, 3 both.
pub(super) fn sides(event: &Event, parties: &KnownParties) -> Result<BTreeMap<i64, i64>> {
    let mut sides = BTreeMap::new();
    for (codes, side) in [(&event.content.actors, 1), (&event.content.targets, 2)] {
        for code in codes {
            let id = parties.id(code).ok_or_else(|| {
                StoreError::Refused(format!(
                    "expected the code of a party on record, but found “{code}”"
                ))
            })?;
            *sides.entry(id).or_insert(0) |= side;
        }
    }
    Ok(sides)
}

pub(super) fn publishers(sources: &[Source]) -> Vec<String> {
    let mut names: Vec<String> = sources
        .iter()
        .filter(|source| !source.publisher.is_empty())
        .map(|source| fold(&source.publisher))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether an event can carry another out: not where it was retracted or is itself only announced.
fn carries(event: &Event) -> bool {
    event.content.status != Status::Retracted && event.content.modality != Modality::Announced
}

/// The carriers within a set of new events: for each event that one of them carries out, the first that does.
pub(super) fn carriers_among(events: &[Event]) -> HashMap<EventId, EventId> {
    let mut first: HashMap<EventId, &Event> = HashMap::new();
    for event in events.iter().filter(|event| carries(event)) {
        for relation in &event.content.relations {
            if relation.kind == RelationKind::CarriesOut {
                let carrier = first.entry(relation.to).or_insert(event);
                if key(event) < key(carrier) {
                    *carrier = event;
                }
            }
        }
    }
    first.into_iter().map(|(to, from)| (to, from.id)).collect()
}
