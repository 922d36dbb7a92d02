//! The seed record that is compiled in: true events with their sources, how they stand to each other, what became of them.
//!
//! Turns `seed_data/{events,relations,follow_through}.csv` into drafts and links by key; ids are given by the store, which
//! also decides when the seed is loaded. What is uncertain in it is told in `seed_data/README.md`.

use super::{
    event::EventDraft,
    evidence::Source,
    follow_through::FollowThrough,
    relation::RelationKind,
    status::Status,
    table::{Row, Table, TableError},
};

/// A row of the seed that cannot be read, by file, line and column.
pub type SeedError = TableError;

/// An event of the seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedEvent {
    /// Its name within the seed files.
    pub key: String,
    /// What is known of it, with its one source; without relations and judgement, which go by key.
    pub draft: EventDraft,
}

/// How one event of the seed stands to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedRelation {
    /// The key of the event that has the relation.
    pub from: String,
    /// How it stands to the other.
    pub kind: RelationKind,
    /// The key of the other.
    pub to: String,
}

/// What became of a warning, a pledge or an announced act of the seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedFollowThrough {
    /// The key of the event.
    pub key: String,
    /// What became of it.
    pub state: FollowThrough,
    /// The key of the event that carried it out, or that shows that it will not come; `None` where none is known.
    pub by: Option<String>,
}

const EVENT_COLUMNS: [&str; 21] = [
    "key",
    "date",
    "kind",
    "modality",
    "headline",
    "summary",
    "quote",
    "speakers",
    "actor_codes",
    "target_codes",
    "named",
    "place",
    "effective_date",
    "authority",
    "program",
    "legal_url",
    "source_url",
    "source_publisher",
    "source_title",
    "source_date",
    "tags",
];
const RELATION_COLUMNS: [&str; 3] = ["from_key", "relation", "to_key"];
const FOLLOW_THROUGH_COLUMNS: [&str; 3] = ["key", "state", "by_key"];

/// The events of the seed, in the order of the file: by earliest possible day.
///
/// # Errors
///
/// The first row that cannot be read.
pub fn events() -> Result<Vec<SeedEvent>, SeedError> {
    let text = include_str!("../../seed_data/events.csv");
    Table::read("events.csv", text, &EVENT_COLUMNS, event).whole()
}

/// How the events of the seed stand to each other.
///
/// # Errors
///
/// The first row that cannot be read.
pub fn relations() -> Result<Vec<SeedRelation>, SeedError> {
    let text = include_str!("../../seed_data/relations.csv");
    Table::read("relations.csv", text, &RELATION_COLUMNS, |row| {
        Ok(SeedRelation {
            from: row.required("from_key")?,
            kind: row.value("relation")?,
            to: row.required("to_key")?,
        })
    })
    .whole()
}

/// What became of the warnings, pledges and announced acts of the seed.
///
/// # Errors
///
/// The first row that cannot be read.
pub fn follow_through() -> Result<Vec<SeedFollowThrough>, SeedError> {
    let text = include_str!("../../seed_data/follow_through.csv");
    Table::read("follow_through.csv", text, &FOLLOW_THROUGH_COLUMNS, |row| {
        Ok(SeedFollowThrough {
            key: row.required("key")?,
            state: row.value("state")?,
            by: row.optional("by_key")?,
        })
    })
    .whole()
}

fn event(row: &Row) -> Result<SeedEvent, TableError> {
    let source = Source {
        article: None,
        url: row.required("source_url")?,
        publisher: row.required("source_publisher")?,
        title: row.text("source_title")?.to_owned(),
        published: row.optional("source_date")?,
        spans: Vec::new(),
    };
    Ok(SeedEvent {
        key: row.required("key")?,
        draft: EventDraft {
            kind: row.value("kind")?,
            date: row.value("date")?,
            date_text: String::new(),
            modality: row.value("modality")?,
            headline: row.required("headline")?,
            summary: row.text("summary")?.to_owned(),
            quote: row.text("quote")?.to_owned(),
            speakers: row.list("speakers")?,
            actors: row.values("actor_codes")?,
            targets: row.values("target_codes")?,
            named: row.list("named")?,
            place: row.text("place")?.to_owned(),
            effective_date: row.optional("effective_date")?,
            authority: row.text("authority")?.to_owned(),
            program: row.text("program")?.to_owned(),
            legal_url: row.text("legal_url")?.to_owned(),
            list_ids: Vec::new(),
            tags: row.list("tags")?,
            status: Status::Published,
            confidence: None,
            relations: Vec::new(),
            judgement: None,
            sources: vec![source],
        },
    })
}

#[cfg(test)]
mod tests;
