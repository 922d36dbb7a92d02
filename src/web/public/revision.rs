//! One change of an event: which fields it changed, from what to what. For the event's page and the editors' history.

use crate::{
    domain::{clock::Timestamp, event::Event, party::PartyCode, register::PartyRegister},
    store::{Revision, RevisionAction},
};

use super::super::listing::shortened;

/// The most characters of a field's text in a row.
const SHOWN_MAX: usize = 160;

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field's name for readers.
    pub label: &'static str,
    /// What it was; empty for nothing.
    pub old: String,
    /// What it became; empty for nothing.
    pub new: String,
}

/// A row of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionRow {
    /// The revision that the event has since.
    pub revision: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// Why; may be empty.
    pub reason: String,
    /// What was done.
    pub kind: RevisionAction,
    /// “Recorded”, “Edited”.
    pub action: &'static str,
    /// What changed; empty for a new event.
    pub changes: Vec<FieldChange>,
}

impl RevisionRow {
    /// The row of a revision.
    pub fn new(revision: &Revision, register: &PartyRegister) -> Self {
        let changes = match (revision.event_before(), revision.event_after()) {
            (Some(before), Some(after)) => changes(&before, &after, register),
            _ => Vec::new(),
        };
        Self {
            revision: revision.revision,
            at: revision.at,
            author: revision.author.clone(),
            reason: revision.reason.clone(),
            kind: revision.action,
            action: action_word(revision.action),
            changes,
        }
    }
}

/// What was done, for readers.
pub const fn action_word(action: RevisionAction) -> &'static str {
    match action {
        RevisionAction::Created => "Recorded",
        RevisionAction::Updated => "Edited",
        RevisionAction::Deleted => "Deleted",
        RevisionAction::Merged => "Merged into another",
        RevisionAction::SourceAdded => "Gained a source",
        RevisionAction::SourceRemoved => "Lost a source",
    }
}

/// The fields that differ, in the order of the event's page.
pub fn changes(before: &Event, after: &Event, register: &PartyRegister) -> Vec<FieldChange> {
    fields(before, register)
        .into_iter()
        .zip(fields(after, register))
        .filter(|((_, old), (_, new))| old != new)
        .map(|((label, old), (_, new))| FieldChange {
            label,
            old: shortened(&old, SHOWN_MAX),
            new: shortened(&new, SHOWN_MAX),
        })
        .collect()
}

fn fields(event: &Event, register: &PartyRegister) -> Vec<(&'static str, String)> {
    let content = &event.content;
    let parties = |codes: &[PartyCode]| {
        codes
            .iter()
            .map(|code| register.name(code))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let sources = content
        .sources
        .iter()
        .map(|source| {
            if source.url.is_empty() {
                source.publisher.as_str()
            } else {
                source.url.as_str()
            }
        })
        .collect::<Vec<_>>()
        .join(", ");
    let relations = content
        .relations
        .iter()
        .map(|relation| format!("{} {}", relation.kind.label().to_lowercase(), relation.to))
        .collect::<Vec<_>>()
        .join(", ");
    vec![
        ("Headline", content.headline.clone()),
        ("Date", content.date.to_string()),
        ("Kind", content.kind.label().to_owned()),
        ("Told as", content.modality.label().to_owned()),
        ("Who acts", parties(&content.actors)),
        ("Toward", parties(&content.targets)),
        ("Named", content.named.join(", ")),
        ("Summary", content.summary.clone()),
        ("Quote", content.quote.clone()),
        ("Speakers", content.speakers.join(", ")),
        ("Place", content.place.clone()),
        (
            "Takes effect",
            content
                .effective_date
                .map(|date| date.to_string())
                .unwrap_or_default(),
        ),
        ("Authority", content.authority.clone()),
        ("Programme", content.program.clone()),
        ("Legal text", content.legal_url.clone()),
        ("List numbers", content.list_ids.join(", ")),
        ("Tags", content.tags.join(", ")),
        ("Status", content.status.to_string()),
        ("Links", relations),
        ("Sources", sources),
    ]
}
