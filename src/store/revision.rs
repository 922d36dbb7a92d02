//! Who changed what, when and why: written with every change of an event, read by the history.

use super::{
    Change, Store,
    db::{Bind, Tx, on},
    error::Result,
    event_row::key,
    row::Row,
    side_rows::insert_rows,
    snapshot,
};
use crate::domain::{clock::Timestamp, event::Event, id::EventId};

/// What was done to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i64)]
pub enum RevisionAction {
    /// It was recorded.
    Created = 1,
    /// It was edited.
    Updated = 2,
    /// It was taken off the record.
    Deleted = 3,
    /// It went into another event.
    Merged = 4,
    /// It gained a source.
    SourceAdded = 5,
    /// A source was taken from it.
    SourceRemoved = 6,
}

impl RevisionAction {
    /// Every action.
    pub const ALL: [Self; 6] = [
        Self::Created,
        Self::Updated,
        Self::Deleted,
        Self::Merged,
        Self::SourceAdded,
        Self::SourceRemoved,
    ];

    /// The words shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Created => "Recorded",
            Self::Updated => "Edited",
            Self::Deleted => "Deleted",
            Self::Merged => "Merged",
            Self::SourceAdded => "Source added",
            Self::SourceRemoved => "Source removed",
        }
    }

    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The action of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }
}

/// One change of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its place in the history, 1 and up.
    pub id: i64,
    /// The event.
    pub event: EventId,
    /// The revision that the event has since.
    pub revision: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// Why; may be empty.
    pub reason: String,
    /// What was done.
    pub action: RevisionAction,
    /// The event before as JSON; `None` for a new one.
    pub before: Option<String>,
    /// The event after as JSON; `None` once it is off the record.
    pub after: Option<String>,
}

impl Revision {
    /// The event as it was before.
    pub fn event_before(&self) -> Option<Event> {
        self.before.as_deref().and_then(snapshot::to_event)
    }

    /// The event as it was after.
    pub fn event_after(&self) -> Option<Event> {
        self.after.as_deref().and_then(snapshot::to_event)
    }
}

/// A change that is about to be written.
pub(super) struct Entry {
    event: EventId,
    revision: i64,
    sort_key: i64,
    action: RevisionAction,
    before: Option<String>,
    after: Option<String>,
}

impl Entry {
    pub(super) fn new(action: RevisionAction, before: Option<&Event>, after: &Event) -> Self {
        Self {
            event: after.id,
            revision: after.revision,
            sort_key: key(after),
            action,
            before: before.map(snapshot::of_event),
            after: Some(snapshot::of_event(after)),
        }
    }

    pub(super) fn gone(action: RevisionAction, before: &Event, revision: i64) -> Self {
        Self {
            event: before.id,
            revision,
            sort_key: key(before),
            action,
            before: Some(snapshot::of_event(before)),
            after: None,
        }
    }
}

/// Writes changes. What was worked out for these events at the same instant is superseded.
pub(super) async fn write(
    tx: &mut Tx,
    entries: Vec<Entry>,
    now: Timestamp,
    change: Change<'_>,
) -> Result<()> {
    let count = i64::try_from(entries.len()).unwrap_or(0);
    if count == 0 {
        return Ok(());
    }
    let mut id = tx.next_ids("revision", count).await? - count;
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        id += 1;
        if entry.before.is_some() {
            let stale = on(
                "follow_through_changes",
                "DELETE FROM follow_through_changes WHERE event_id = $1 AND at >= $2",
            );
            tx.execute(stale.bind(entry.event.counter()).bind(now.micros()))
                .await?;
        }
        rows.push(vec![
            Bind::from(id),
            entry.event.counter().into(),
            entry.revision.into(),
            entry.sort_key.into(),
            now.micros().into(),
            change.author.0.as_str().into(),
            change.reason.into(),
            entry.action.code().into(),
            entry.before.into(),
            entry.after.into(),
        ]);
    }
    let insert = || {
        on(
            "revisions",
            "INSERT INTO revisions (id, event_id, revision, sort_key, at, author, reason, action, before, after)",
        )
    };
    insert_rows(tx, insert, rows, "").await
}

pub(super) const SELECT: &str =
    "SELECT id, event_id, revision, at, author, reason, action, before, after FROM revisions";

impl Store {
    /// Every change of an event, the latest first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn revisions(&self, event: EventId) -> Result<Vec<Revision>> {
        let query = on("revisions", SELECT)
            .piece(" WHERE event_id = ")
            .value(event.counter())
            .piece(" ORDER BY revision DESC");
        self.db().fetch_all(query).await?.iter().map(read).collect()
    }

    /// The change that made a revision of an event.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn revision(&self, event: EventId, revision: i64) -> Result<Option<Revision>> {
        let query = on("revisions", SELECT)
            .piece(" WHERE event_id = ")
            .value(event.counter())
            .piece(" AND revision = ")
            .value(revision);
        let row = self.db().fetch_optional(query).await?;
        row.as_ref().map(read).transpose()
    }

    /// Changes of all events, the latest first, those before `after` in the history.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn history(&self, after: Option<i64>, limit: u32) -> Result<Vec<Revision>> {
        let query = on("revisions", SELECT)
            .piece(" WHERE id < ")
            .value(after.unwrap_or(i64::MAX))
            .piece(" ORDER BY id DESC LIMIT ")
            .value(i64::from(limit));
        self.db().fetch_all(query).await?.iter().map(read).collect()
    }
}

pub(super) fn read(row: &Row) -> Result<Revision> {
    Ok(Revision {
        id: row.int("id")?,
        event: row.coded("event_id", EventId::from_counter)?,
        revision: row.int("revision")?,
        at: row.instant("at")?,
        author: row.text("author")?,
        reason: row.text("reason")?,
        action: row.coded("action", RevisionAction::from_code)?,
        before: row.opt_text("before")?,
        after: row.opt_text("after")?,
    })
}
