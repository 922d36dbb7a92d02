//! One transaction that changes events: rows, derived columns, side tables, counts, follow-through and revisions together.
//!
//! Begun, told what to insert, rewrite or withdraw, and finished; what is dropped before that leaves no trace.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use super::{
    Change, Store,
    cite::{cite, independent},
    db::{Reads, Tx, on},
    error::{Result, StoreError},
    event_row::{self, COLUMNS},
    party::KnownParties,
    revision::{Entry, RevisionAction},
    side_rows::{self, MonthChanges},
};
use crate::domain::{
    clock::Timestamp,
    event::{Event, EventDraft},
    id::EventId,
    party::PartyCode,
    publisher_register::PublisherRegister,
    relation::{Relation, RelationKind},
    status::Status,
};

/// An event to record, from a person or from another record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Its id in the record that it comes from; `None` for the next free one.
    pub id: Option<EventId>,
    /// Its revision there; `None` for 1.
    pub revision: Option<i64>,
    /// When it was first recorded; `None` for now.
    pub created_at: Option<Timestamp>,
    /// When it was last changed; `None` for now.
    pub updated_at: Option<Timestamp>,
    /// What is known of it. Its relations may point to events that come later in the same list.
    pub draft: EventDraft,
}

impl From<EventDraft> for NewEvent {
    fn from(draft: EventDraft) -> Self {
        Self {
            id: None,
            revision: None,
            created_at: None,
            updated_at: None,
            draft,
        }
    }
}

/// A transaction that changes events.
pub(super) struct Writing<'a> {
    store: &'a Store,
    pub(super) tx: Tx,
    parties: Arc<KnownParties>,
    publishers: Arc<PublisherRegister>,
    now: Timestamp,
    change: Change<'a>,
    months: MonthChanges,
    follow: BTreeSet<EventId>,
    entries: Vec<Entry>,
}

impl<'a> Writing<'a> {
    /// Begins; waits for whoever is writing.
    pub(super) async fn begin(store: &'a Store, change: Change<'a>) -> Result<Self> {
        let mut tx = store.db().begin_record().await?;
        let parties = store.known_parties_by(&mut tx).await?;
        let publishers = store.publisher_register_by(&mut tx).await?;
        Ok(Self {
            store,
            tx,
            parties,
            publishers,
            now: store.clock().now(),
            change,
            months: MonthChanges::default(),
            follow: BTreeSet::new(),
            entries: Vec::new(),
        })
    }

    /// The instant of the change.
    pub(super) const fn now(&self) -> Timestamp {
        self.now
    }

    /// Gives what is done from here on another reason.
    pub(super) const fn because(&mut self, reason: &'a str) {
        self.change.reason = reason;
    }

    /// Who changes, and why.
    pub(super) const fn change(&self) -> Change<'a> {
        self.change
    }

    /// An event of the timeline, whole.
    pub(super) async fn visible(&mut self, id: EventId) -> Result<Event> {
        let event = load(&mut self.tx, id).await?.ok_or(StoreError::NotFound)?;
        if event.content.status.is_visible() {
            Ok(event)
        } else {
            Err(StoreError::Gone)
        }
    }

    /// Records new events, in this order.
    pub(super) async fn insert(&mut self, news: Vec<NewEvent>) -> Result<Vec<Event>> {
        let ids = self.ids(&news).await?;
        let mut events = Vec::with_capacity(news.len());
        for (new, id) in news.into_iter().zip(&ids) {
            let mut content = new.draft;
            normalise(&mut content)?;
            events.push(Event {
                id: *id,
                revision: new.revision.unwrap_or(1),
                content,
                source_count: 0,
                independent_sources: 0,
                first_reported: None,
                follow_through: None,
                follow_through_event: None,
                created_at: new.created_at.unwrap_or(self.now),
                updated_at: new.updated_at.unwrap_or(self.now),
            });
        }
        self.check_relations(&mut events).await?;
        self.derive(&mut events).await?;
        let carriers = side_rows::carriers_among(&events);
        for event in &mut events {
            self.judge(event, carriers.get(&event.id).copied());
        }
        let new: HashSet<EventId> = ids.into_iter().collect();
        self.follow
            .extend(carriers.keys().filter(|to| !new.contains(to)));
        self.write_new(&events).await?;
        for event in &events {
            self.entries
                .push(Entry::new(RevisionAction::Created, None, event));
        }
        Ok(events)
    }

    async fn write_new(&mut self, events: &[Event]) -> Result<()> {
        let rows: Vec<&Event> = events.iter().collect();
        let insert = || {
            on("events", "INSERT INTO events (")
                .piece(COLUMNS)
                .piece(")")
        };
        let binds = events
            .iter()
            .map(|event| event_row::binds(event, None))
            .collect();
        side_rows::insert_rows(&mut self.tx, insert, binds, "").await?;
        side_rows::add(&mut self.tx, &rows, &self.parties).await?;
        side_rows::add_sources(&mut self.tx, &rows).await?;
        side_rows::add_relations(&mut self.tx, &rows).await?;
        for event in events {
            self.months.add(event, 1);
        }
        Ok(())
    }

    /// Saves an event of the timeline with other content; unchanged content changes nothing, unless its sources count
    /// otherwise than they did.
    pub(super) async fn rewrite(
        &mut self,
        before: &Event,
        mut content: EventDraft,
        action: RevisionAction,
    ) -> Result<Event> {
        normalise(&mut content)?;
        let mut after = [Event {
            content,
            ..before.clone()
        }];
        self.check_relations(&mut after).await?;
        self.derive(&mut after).await?;
        let [mut after] = after;
        if after.content == before.content
            && after.independent_sources == before.independent_sources
        {
            return Ok(after);
        }
        after.revision += 1;
        after.updated_at = self.now;
        side_rows::remove(&mut self.tx, before).await?;
        self.update(&after, before.revision, None).await?;
        side_rows::add(&mut self.tx, &[&after], &self.parties).await?;
        if after.content.sources != before.content.sources {
            side_rows::remove_sources(&mut self.tx, after.id).await?;
            side_rows::add_sources(&mut self.tx, &[&after]).await?;
        }
        if after.content.relations != before.content.relations {
            side_rows::remove_relations(&mut self.tx, after.id).await?;
            side_rows::add_relations(&mut self.tx, &[&after]).await?;
        }
        self.follow.insert(after.id);
        self.follow.extend(carried_out_by(before));
        self.follow.extend(carried_out_by(&after));
        self.months.add(before, -1);
        self.months.add(&after, 1);
        self.entries.push(Entry::new(action, Some(before), &after));
        Ok(after)
    }

    /// Takes an event off the timeline for good. Relations that pointed to it go to `instead`, or are dropped.
    pub(super) async fn withdraw(
        &mut self,
        before: &Event,
        instead: Option<EventId>,
    ) -> Result<()> {
        self.redirect_relations(before.id, instead).await?;
        // a relation to what it went into may have been dropped from the event itself
        let mut after = before.clone();
        after.revision += 1;
        after.updated_at = self.now;
        after.content.status = match instead {
            Some(_) => Status::Merged,
            None => Status::Deleted,
        };
        side_rows::remove(&mut self.tx, before).await?;
        side_rows::remove_relations(&mut self.tx, before.id).await?;
        self.update(&after, before.revision, instead).await?;
        if let Some(instead) = instead {
            let earlier = on(
                "events",
                "UPDATE events SET merged_into = $1 WHERE merged_into = $2",
            );
            let earlier = earlier.bind(instead.counter()).bind(before.id.counter());
            self.tx.execute(earlier).await?;
        }
        self.follow.extend(carried_out_by(before));
        self.months.add(before, -1);
        let action = match instead {
            Some(_) => RevisionAction::Merged,
            None => RevisionAction::Deleted,
        };
        self.entries
            .push(Entry::gone(action, before, after.revision));
        Ok(())
    }

    async fn redirect_relations(&mut self, id: EventId, instead: Option<EventId>) -> Result<()> {
        let query = on(
            "relations",
            "SELECT DISTINCT from_id AS id FROM relations WHERE to_id = $1 ORDER BY from_id",
        );
        let pointing = self.tx.fetch_all(query.bind(id.counter())).await?;
        for row in &pointing {
            let from = self
                .visible(row.coded("id", EventId::from_counter)?)
                .await?;
            let mut content = from.content.clone();
            content.relations = from
                .content
                .relations
                .iter()
                .filter_map(|relation| match instead {
                    _ if relation.to != id => Some(*relation),
                    Some(to) if to != from.id => Some(Relation { to, ..*relation }),
                    _ => None,
                })
                .collect();
            self.rewrite(&from, content, RevisionAction::Updated)
                .await?;
        }
        Ok(())
    }

    /// Writes what the whole transaction gathered, and commits. Returns the event asked for as it then stands.
    pub(super) async fn finish(mut self, wanted: Option<EventId>) -> Result<Option<Event>> {
        std::mem::take(&mut self.months).write(&mut self.tx).await?;
        let entries = std::mem::take(&mut self.entries);
        super::revision::write(&mut self.tx, entries, self.now, self.change).await?;
        let follow: Vec<EventId> = self.follow.iter().copied().collect();
        self.store.follow(&mut self.tx, &follow).await?;
        let event = match wanted {
            Some(id) => load(&mut self.tx, id).await?,
            None => None,
        };
        self.tx.commit().await?;
        Ok(event)
    }

    async fn update(
        &mut self,
        after: &Event,
        revision: i64,
        merged_into: Option<EventId>,
    ) -> Result<()> {
        let query = on("events", "UPDATE events SET (")
            .piece(COLUMNS)
            .piece(") = ")
            .values(event_row::binds(after, merged_into))
            .piece(" WHERE id = ")
            .value(after.id.counter())
            .piece(" AND revision = ")
            .value(revision);
        if self.tx.execute(query).await? == 1 {
            return Ok(());
        }
        let now = self.visible(after.id).await?;
        Err(StoreError::Conflict(Box::new(now)))
    }

    /// The ids that new events get: their own where given, else the next ones, in order.
    async fn ids(&mut self, news: &[NewEvent]) -> Result<Vec<EventId>> {
        let given: Vec<i64> = news
            .iter()
            .filter_map(|new| new.id.map(EventId::counter))
            .collect();
        for batch in given.chunks(400) {
            let taken = on("events", "SELECT id FROM events WHERE id IN ")
                .values(batch.iter().copied())
                .piece(" ORDER BY id LIMIT 1");
            if let Some(row) = self.tx.fetch_optional(taken).await? {
                let id = row.coded("id", EventId::from_counter)?;
                return Err(StoreError::Refused(format!(
                    "event {id} is, or was, on record already"
                )));
            }
        }
        if let Some(last) = given.iter().max() {
            let raise = on(
                "counters",
                "UPDATE counters SET value = $1 WHERE name = 'event' AND value < $2",
            );
            self.tx.execute(raise.bind(*last).bind(*last)).await?;
        }
        let count = i64::try_from(news.len() - given.len()).unwrap_or(0);
        let mut next = self.tx.next_ids("event", count).await? - count;
        news.iter()
            .map(|new| {
                new.id.map_or_else(
                    || {
                        next += 1;
                        EventId::from_counter(next).ok_or_else(|| {
                            StoreError::Refused(
                                "the record is full: no event ids are left".to_owned(),
                            )
                        })
                    },
                    Ok,
                )
            })
            .collect()
    }

    /// Works out everything that follows from the content alone.
    async fn derive(&mut self, events: &mut [Event]) -> Result<()> {
        let sources = events
            .iter_mut()
            .flat_map(|event| event.content.sources.iter_mut())
            .collect();
        let stories = cite(&mut self.tx, sources, &self.publishers, self.now).await?;
        for event in events {
            let sources = &event.content.sources;
            event.source_count = i64::try_from(sources.len()).unwrap_or(i64::MAX);
            event.independent_sources = independent(sources, &stories, &self.publishers);
            event.first_reported = sources.iter().filter_map(|source| source.published).min();
        }
        Ok(())
    }

    fn judge(&self, event: &mut Event, carrier: Option<EventId>) {
        let content = &event.content;
        (event.follow_through, event.follow_through_event) = self.store.outcome(
            content.kind,
            content.modality,
            &content.date,
            content.judgement,
            carrier,
        );
    }

    /// Every relation must lead to an event of the timeline, or to one of these; one that was merged leads on.
    async fn check_relations(&mut self, events: &mut [Event]) -> Result<()> {
        let own: HashSet<EventId> = events.iter().map(|event| event.id).collect();
        let elsewhere: BTreeSet<i64> = events
            .iter()
            .flat_map(|event| &event.content.relations)
            .filter(|relation| !own.contains(&relation.to))
            .map(|relation| relation.to.counter())
            .collect();
        let elsewhere: Vec<i64> = elsewhere.into_iter().collect();
        let mut leads: HashMap<EventId, EventId> = own.iter().map(|id| (*id, *id)).collect();
        for batch in elsewhere.chunks(400) {
            let query = on(
                "events",
                "SELECT id, COALESCE(merged_into, id) AS leads_to FROM events WHERE status <> 4 AND id IN ",
            );
            for row in self
                .tx
                .fetch_all(query.values(batch.iter().copied()))
                .await?
            {
                leads.insert(
                    row.coded("id", EventId::from_counter)?,
                    row.coded("leads_to", EventId::from_counter)?,
                );
            }
        }
        for event in events {
            for relation in &mut event.content.relations {
                relation.to = *leads.get(&relation.to).ok_or_else(|| {
                    StoreError::Refused(format!(
                        "expected an event on record, but the relation {relation} leads to none"
                    ))
                })?;
                if relation.to == event.id {
                    return Err(StoreError::Refused(format!(
                        "event {} cannot stand in a relation to itself",
                        event.id
                    )));
                }
            }
            keep_first(&mut event.content.relations);
        }
        Ok(())
    }
}

/// An event with its sources whole, wherever it stands.
pub(super) async fn load(reads: &mut impl Reads, id: EventId) -> Result<Option<Event>> {
    let query = on("events", "SELECT ")
        .piece(COLUMNS)
        .piece(" FROM events WHERE id = ")
        .value(id.counter());
    let Some(row) = reads.fetch_optional(query).await? else {
        return Ok(None);
    };
    let mut event = event_row::event(&row)?;
    side_rows::load_sources(reads, &mut event).await?;
    Ok(Some(event))
}

fn carried_out_by(event: &Event) -> impl Iterator<Item = EventId> {
    event
        .content
        .relations
        .iter()
        .filter(|relation| relation.kind == RelationKind::CarriesOut)
        .map(|relation| relation.to)
}

/// Brings a draft into the form in which it will be read back.
fn normalise(content: &mut EventDraft) -> Result<()> {
    if !content.status.is_visible() {
        return Err(StoreError::Refused(format!(
            "expected the status published, disputed or retracted, but found {}",
            content.status
        )));
    }
    for list in [
        &mut content.speakers,
        &mut content.named,
        &mut content.list_ids,
        &mut content.tags,
    ] {
        for text in list.iter_mut() {
            *text = text.trim().to_owned();
        }
        list.retain(|text| !text.is_empty());
    }
    keep_first::<PartyCode>(&mut content.actors);
    keep_first::<PartyCode>(&mut content.targets);
    keep_first(&mut content.relations);
    Ok(())
}

fn keep_first<T: PartialEq + Clone>(values: &mut Vec<T>) {
    let mut kept: Vec<T> = Vec::with_capacity(values.len());
    for value in values.drain(..) {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    *values = kept;
}
