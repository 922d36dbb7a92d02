//! Rows of a file → events on record, all or none: new ones with the ids that they had, known ones as the file has them.
//!
//! A row that says what the record says changes nothing, so that a file imported twice adds nothing. Reading the file is
//! left to `export::read`.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    Change, Store,
    db::{Reads as _, on},
    error::{Result, StoreError},
    revision::RevisionAction,
    writing::{NewEvent, Writing},
};
use crate::domain::{
    event::{Event, EventDraft},
    evidence::Source,
    id::EventId,
    status::Status,
};

/// Values in one `IN (…)`.
const BATCH: usize = 400;

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// Its line in the file, for messages.
    pub line: u64,
    /// What it says.
    pub event: NewEvent,
}

/// Whether an import writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    /// It does.
    Write,
    /// It finds out what it would do, and writes nothing.
    DryRun,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Events that were not on record.
    pub created: usize,
    /// Events that the file changed.
    pub changed: usize,
    /// Events that were on record as the file has them.
    pub unchanged: usize,
}

/// A row that the record cannot take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct RowFault {
    /// The line in the file.
    pub line: u64,
    /// The column that is at fault.
    pub column: &'static str,
    /// What was expected, and what was found.
    pub message: String,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Every row that the record cannot take, in the order of the file.
    #[error("{} of the file cannot be imported", if .0.len() == 1 { "one row" } else { "several rows" })]
    Rows(Vec<RowFault>),
    /// The record failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How an id stands on record.
#[derive(Debug, Clone, Copy)]
enum Standing {
    Visible,
    Deleted,
    Merged(Option<EventId>),
}

impl Store {
    /// Imports rows in one transaction. Rows with an id that is on record change that event, unless it was changed since the
    /// row's revision; rows with another id, or none, become new events, in this order.
    ///
    /// # Errors
    ///
    /// [`ImportError::Rows`] with every row that the record cannot take; then nothing was written.
    pub async fn import(
        &self,
        rows: Vec<ImportedRow>,
        mode: ImportMode,
        change: Change<'_>,
    ) -> Result<Imported, ImportError> {
        let mut writing = Writing::begin(self, change).await?;
        let standing = standing(&mut writing, &rows).await?;
        let mut faults = faults(&rows, &standing);
        if !faults.is_empty() {
            return Err(ImportError::Rows(faults));
        }
        let is_known =
            |row: &ImportedRow| row.event.id.is_some_and(|id| standing.contains_key(&id));
        let (known, new): (Vec<ImportedRow>, Vec<ImportedRow>) =
            rows.into_iter().partition(is_known);
        let mut imported = Imported {
            created: new.len(),
            ..Imported::default()
        };
        // New events first: a known one may come to point at them.
        writing
            .insert(new.into_iter().map(|row| row.event).collect())
            .await?;
        for row in known {
            let Some(id) = row.event.id else { continue };
            let before = writing.visible(id).await?;
            let content = as_kept(row.event.draft, &before);
            let after = writing
                .rewrite(&before, content, RevisionAction::Updated)
                .await?;
            if after.revision == before.revision {
                imported.unchanged += 1;
                continue;
            }
            imported.changed += 1;
            if let Some(read) = row.event.revision.filter(|read| *read != before.revision) {
                faults.push(RowFault {
                    line: row.line,
                    column: "revision",
                    message: format!(
                        "expected {}, since event {id} was changed meanwhile, but found {read}; export it anew",
                        before.revision
                    ),
                });
            }
        }
        if !faults.is_empty() {
            return Err(ImportError::Rows(faults));
        }
        if mode == ImportMode::Write {
            writing.finish(None).await?;
        }
        Ok(imported)
    }
}

/// How the ids stand that the rows name, their own and those of their relations.
async fn standing(
    writing: &mut Writing<'_>,
    rows: &[ImportedRow],
) -> Result<HashMap<EventId, Standing>> {
    let own = rows.iter().filter_map(|row| row.event.id);
    let related = rows
        .iter()
        .flat_map(|row| row.event.draft.relations.iter().map(|relation| relation.to));
    let named: Vec<i64> = own
        .chain(related)
        .map(EventId::counter)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut standing = HashMap::new();
    for batch in named.chunks(BATCH) {
        let select = on(
            "events",
            "SELECT id, status, merged_into FROM events WHERE id IN ",
        )
        .values(batch.iter().copied());
        for row in writing.tx.fetch_all(select).await? {
            let how = match row.coded("status", Status::from_code)? {
                Status::Published | Status::Disputed | Status::Retracted => Standing::Visible,
                Status::Deleted => Standing::Deleted,
                Status::Merged => {
                    Standing::Merged(row.opt_coded("merged_into", EventId::from_counter)?)
                }
            };
            standing.insert(row.coded("id", EventId::from_counter)?, how);
        }
    }
    Ok(standing)
}

/// Ids that are no longer on the timeline, and relations that lead nowhere.
fn faults(rows: &[ImportedRow], standing: &HashMap<EventId, Standing>) -> Vec<RowFault> {
    let in_file: HashSet<EventId> = rows.iter().filter_map(|row| row.event.id).collect();
    let mut faults = Vec::new();
    for row in rows {
        let mut fault = |column, message| {
            faults.push(RowFault {
                line: row.line,
                column,
                message,
            });
        };
        let own = row.event.id;
        match own.and_then(|id| standing.get(&id)) {
            None | Some(Standing::Visible) => {}
            Some(Standing::Deleted) => {
                let id = own.map(|id| id.to_string()).unwrap_or_default();
                fault(
                    "event_id",
                    format!("expected an event on record or a new one, but {id} was deleted"),
                );
            }
            Some(Standing::Merged(into)) => {
                let id = own.map(|id| id.to_string()).unwrap_or_default();
                let into = into.map_or_else(|| "another".to_owned(), |into| into.to_string());
                fault(
                    "event_id",
                    format!("expected an event on record or a new one, but {id} went into {into}"),
                );
            }
        }
        for relation in &row.event.draft.relations {
            let leads = in_file.contains(&relation.to)
                || matches!(
                    standing.get(&relation.to),
                    Some(Standing::Visible | Standing::Merged(_))
                );
            if !leads {
                let to = relation.to;
                fault(
                    "relations",
                    format!(
                        "expected an event on record or in the file, but found {to}, which is neither"
                    ),
                );
            }
        }
    }
    faults
}

/// What the file says, with what a file cannot say taken from the record: the articles and spans of sources, the source's
/// words for the date, and that an outcome was worked out rather than judged.
pub fn as_kept(draft: EventDraft, before: &Event) -> EventDraft {
    let kept = &before.content;
    let sources = draft
        .sources
        .into_iter()
        .map(|source| {
            kept.sources
                .iter()
                .find(|known| is_same(known, &source))
                .cloned()
                .unwrap_or(source)
        })
        .collect();
    let is_worked_out = draft.judgement.is_none() || draft.judgement == before.follow_through;
    EventDraft {
        sources,
        date_text: if draft.date_text.is_empty() {
            kept.date_text.clone()
        } else {
            draft.date_text
        },
        judgement: if is_worked_out {
            kept.judgement
        } else {
            draft.judgement
        },
        ..draft
    }
}

fn is_same(known: &Source, read: &Source) -> bool {
    known.url == read.url
        && known.publisher == read.publisher
        && known.title == read.title
        && known.published == read.published
}
