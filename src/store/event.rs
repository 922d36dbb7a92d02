//! Events on record: one by one, by id, and every way in which they change.

use std::collections::BTreeSet;

use super::{
    Change, Store,
    db::on,
    error::{Result, StoreError},
    event_row::{self, COLUMNS},
    revision::RevisionAction,
    writing::{NewEvent, Writing, load},
};
use crate::domain::{
    clock::Timestamp,
    event::{Event, EventDraft},
    evidence::Source,
    id::EventId,
    relation::RelationKind,
    status::Status,
};

/// The most events that a chain shows.
const CHAIN_MAX: usize = 200;

/// What became of the event of an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventLookup {
    /// It is on the timeline.
    Found(Box<Event>),
    /// It went into this one.
    Merged(EventId),
    /// It was taken off the record.
    Deleted(Deletion),
    /// No event ever had the id.
    Unknown,
}

/// When and why an event was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// When.
    pub at: Timestamp,
    /// The reason given; may be empty.
    pub reason: String,
}

impl Store {
    /// The event of an id, with its sources whole.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn event(&self, id: EventId) -> Result<EventLookup> {
        let Some(event) = load(&mut self.db(), id).await? else {
            return Ok(EventLookup::Unknown);
        };
        Ok(match event.content.status {
            Status::Published | Status::Disputed | Status::Retracted => {
                EventLookup::Found(Box::new(event))
            }
            Status::Merged => {
                let query = on("events", "SELECT id, merged_into FROM events WHERE id = $1");
                let row = self.db().fetch_one(query.bind(id.counter())).await?;
                EventLookup::Merged(row.coded("merged_into", EventId::from_counter)?)
            }
            Status::Deleted => {
                let query = on(
                    "revisions",
                    "SELECT id, at, reason FROM revisions WHERE event_id = $1 ORDER BY revision DESC LIMIT 1",
                );
                let row = self.db().fetch_one(query.bind(id.counter())).await?;
                EventLookup::Deleted(Deletion {
                    at: row.instant("at")?,
                    reason: row.text("reason")?,
                })
            }
        })
    }

    /// Those of these events that are on the timeline, by sort key; sources without article and spans.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn events(&self, ids: &[EventId]) -> Result<Vec<Event>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let query = on("events", "SELECT ")
            .piece(COLUMNS)
            .piece(" FROM events WHERE status <= 3 AND id IN ")
            .values(ids.iter().map(|id| id.counter()))
            .piece(" ORDER BY sort_key");
        event_row::events(&self.db().fetch_all(query).await?)
    }

    /// Records an event.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where a party, an article or an event that it names is not on record.
    pub async fn create_event(&self, draft: &EventDraft, change: Change<'_>) -> Result<Event> {
        let mut writing = Writing::begin(self, change).await?;
        let created = writing.insert(vec![draft.clone().into()]).await?;
        let id = created.first().map(|event| event.id);
        writing.finish(id).await?.ok_or(StoreError::NotFound)
    }

    /// Records many events in one transaction, in this order: all of them or none.
    ///
    /// # Errors
    ///
    /// As [`Store::create_event`]; also where a given id was ever used.
    pub async fn create_events(
        &self,
        events: Vec<NewEvent>,
        change: Change<'_>,
    ) -> Result<Vec<Event>> {
        let mut writing = Writing::begin(self, change).await?;
        let created = writing.insert(events).await?;
        writing.finish(None).await?;
        Ok(created)
    }

    /// Saves an event that was read at `revision` with other content; the draft is the whole of it, sources too.
    /// Unchanged content makes no revision.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] where somebody saved first, [`StoreError::Gone`] where it is no longer on the timeline,
    /// [`StoreError::NotFound`] for an unknown id; else as [`Store::create_event`].
    pub async fn update_event(
        &self,
        id: EventId,
        revision: i64,
        draft: &EventDraft,
        change: Change<'_>,
    ) -> Result<Event> {
        let mut writing = Writing::begin(self, change).await?;
        let before = writing.visible(id).await?;
        check_revision(&before, revision)?;
        writing
            .rewrite(&before, draft.clone(), RevisionAction::Updated)
            .await?;
        writing.finish(Some(id)).await?.ok_or(StoreError::NotFound)
    }

    /// Takes an event off the record for good; relations of others to it are dropped.
    ///
    /// # Errors
    ///
    /// As [`Store::update_event`].
    pub async fn delete_event(&self, id: EventId, revision: i64, change: Change<'_>) -> Result<()> {
        let mut writing = Writing::begin(self, change).await?;
        let before = writing.visible(id).await?;
        check_revision(&before, revision)?;
        writing.withdraw(&before, None).await?;
        writing.finish(None).await?;
        Ok(())
    }

    /// Lets one event go into another, which gains its sources and relations. Returns the one that stays.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] for an event and itself; [`StoreError::Gone`] and [`StoreError::NotFound`] for either.
    pub async fn merge_event(
        &self,
        from: EventId,
        into: EventId,
        change: Change<'_>,
    ) -> Result<Event> {
        if from == into {
            return Err(StoreError::Refused(format!(
                "event {from} cannot be merged into itself"
            )));
        }
        let mut writing = Writing::begin(self, change).await?;
        writing.visible(into).await?;
        let going = writing.visible(from).await?;
        writing.withdraw(&going, Some(into)).await?;
        let staying = writing.visible(into).await?;
        let mut content = staying.content.clone();
        for source in going.content.sources {
            add(&mut content.sources, source);
        }
        let gained = going.content.relations.into_iter();
        content
            .relations
            .extend(gained.filter(|relation| relation.to != into));
        writing
            .rewrite(&staying, content, RevisionAction::Updated)
            .await?;
        writing
            .finish(Some(into))
            .await?
            .ok_or(StoreError::NotFound)
    }

    /// Adds a source to an event; one that it has already gains the spans.
    ///
    /// # Errors
    ///
    /// As [`Store::update_event`], but for conflicts.
    pub async fn add_source(
        &self,
        id: EventId,
        source: &Source,
        change: Change<'_>,
    ) -> Result<Event> {
        let mut writing = Writing::begin(self, change).await?;
        writing.add_source(id, source.clone()).await?;
        writing.finish(Some(id)).await?.ok_or(StoreError::NotFound)
    }

    /// Which events of the timeline stand in a relation to this one.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn incoming_relations(&self, id: EventId) -> Result<Vec<(RelationKind, EventId)>> {
        let query = on(
            "relations",
            "SELECT r.from_id AS id, r.kind
FROM relations r
JOIN events e ON e.id = r.from_id
WHERE r.to_id = $1
ORDER BY e.sort_key, r.position",
        );
        self.db()
            .fetch_all(query.bind(id.counter()))
            .await?
            .iter()
            .map(|row| {
                Ok((
                    row.coded("kind", RelationKind::from_code)?,
                    row.coded("id", EventId::from_counter)?,
                ))
            })
            .collect()
    }

    /// The event and all that are linked to it, directly or through others, at most 200, by sort key.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn chain(&self, id: EventId) -> Result<Vec<Event>> {
        let mut found = BTreeSet::from([id]);
        let mut edge = vec![id];
        while !edge.is_empty() && found.len() < CHAIN_MAX {
            let ids = || edge.iter().map(|id| id.counter());
            let query = on(
                "relations",
                "SELECT from_id AS id, to_id AS other FROM relations WHERE from_id IN ",
            )
            .values(ids())
            .piece(" UNION SELECT to_id AS id, from_id AS other FROM relations WHERE to_id IN ")
            .values(ids())
            .piece(" ORDER BY 1, 2");
            let mut next = Vec::new();
            for row in self.db().fetch_all(query).await? {
                let other = row.coded("other", EventId::from_counter)?;
                if found.len() < CHAIN_MAX && found.insert(other) {
                    next.push(other);
                }
            }
            edge = next;
        }
        let ids: Vec<EventId> = found.into_iter().collect();
        self.events(&ids).await
    }
}

impl Writing<'_> {
    /// Adds a source to an event of the timeline.
    pub(super) async fn add_source(&mut self, id: EventId, source: Source) -> Result<()> {
        self.add_sources(id, vec![source]).await
    }

    /// Adds sources to an event of the timeline, as one change.
    pub(super) async fn add_sources(&mut self, id: EventId, sources: Vec<Source>) -> Result<()> {
        let before = self.visible(id).await?;
        let mut content = before.content.clone();
        for source in sources {
            add(&mut content.sources, source);
        }
        self.rewrite(&before, content, RevisionAction::SourceAdded)
            .await?;
        Ok(())
    }
}

fn check_revision(event: &Event, revision: i64) -> Result<()> {
    if event.revision == revision {
        Ok(())
    } else {
        Err(StoreError::Conflict(Box::new(event.clone())))
    }
}

/// Adds a source, or its spans where the same article or address is a source already.
pub(super) fn add(sources: &mut Vec<Source>, source: Source) {
    let same = |known: &&mut Source| {
        (known.article.is_some() && known.article == source.article)
            || (!known.url.is_empty() && known.url == source.url)
    };
    match sources.iter_mut().find(same) {
        Some(known) => {
            for span in source.spans {
                if !known.spans.contains(&span) {
                    known.spans.push(span);
                }
            }
        }
        None => sources.push(source),
    }
}
