//! The compiled-in seed record → an empty database: its events, sources, relations and judgements, in one transaction.

use std::collections::HashMap;

use super::{
    Author, Change, Store,
    article::is_empty,
    db::{Reads, on},
    error::{Result, StoreError},
    writing::{NewEvent, Writing},
};
use crate::domain::{follow_through::FollowThrough, id::EventId, relation::Relation, seed};

impl Store {
    /// Loads the seed events where the record holds neither events nor articles; returns how many.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`] where a seed file cannot be read; else what the database says.
    pub async fn load_seed_events(&self, author: &Author) -> Result<usize> {
        let change = Change {
            author,
            reason: "seed record",
        };
        let mut writing = Writing::begin(self, change).await?;
        if !is_empty(&mut writing.tx).await? {
            return Ok(0);
        }
        let first = writing
            .tx
            .fetch_count(on(
                "counters",
                "SELECT value + 1 AS n FROM counters WHERE name = 'event'",
            ))
            .await?;
        let events = seed_events(first)?;
        let count = events.len();
        writing.insert(events).await?;
        writing.finish(None).await?;
        Ok(count)
    }
}

/// The seed with ids from `first` on.
fn seed_events(first: i64) -> Result<Vec<NewEvent>> {
    let unreadable = |error: seed::SeedError| StoreError::Unusable(error.to_string());
    let missing = |key: &str| {
        StoreError::Unusable(format!("expected a key of events.csv, but found “{key}”"))
    };
    let mut ids: HashMap<String, EventId> = HashMap::new();
    let mut events: Vec<NewEvent> = Vec::new();
    for (seeded, counter) in seed::events().map_err(unreadable)?.into_iter().zip(first..) {
        let id = EventId::from_counter(counter)
            .ok_or_else(|| StoreError::Refused("the record is full".to_owned()))?;
        ids.insert(seeded.key, id);
        events.push(NewEvent {
            id: Some(id),
            ..seeded.draft.into()
        });
    }
    let id = |key: &str| ids.get(key).copied().ok_or_else(|| missing(key));
    let place = |id: EventId| usize::try_from(id.counter() - first).unwrap_or(usize::MAX);
    for relation in seed::relations().map_err(unreadable)? {
        let (from, to) = (id(&relation.from)?, id(&relation.to)?);
        if let Some(event) = events.get_mut(place(from)) {
            event.draft.relations.push(Relation {
                kind: relation.kind,
                to,
            });
        }
    }
    for row in seed::follow_through().map_err(unreadable)? {
        let judged = id(&row.key)?;
        if let Some(event) = events.get_mut(place(judged)) {
            event.draft.judgement =
                Some(row.state).filter(|state| *state != FollowThrough::Pending);
        }
    }
    Ok(events)
}
