//! Events → files: CSV, JSON Lines, XLSX, TimelineJS, iCalendar, Atom, FollowTheMoney, BibTeX, the tables beside them, a
//! dump of it all; and the CSV back into events.
//!
//! Pure: bytes in, bytes out, no clock; only workbooks and dumps keep rows in temporary files, since their formats need the end
//! before the beginning. A [`Format`] makes a [`Writer`], which is fed chunks of events, so that a million events pass
//! in constant memory. Which events, and in which order, is left to the store.

use std::{
    io::{Cursor, Read},
    sync::Arc,
};

use crate::domain::{
    clock::Timestamp, event::Event, id::EventId, packed::PackedEvents, register::PartyRegister,
};

pub mod atom;
pub mod bibtex;
pub mod cite;
pub mod columns;
mod countries;
pub mod csv;
pub mod dump;
mod format;
pub mod ftm;
pub mod ics;
pub mod jsonl;
pub mod read;
pub mod tables;
pub mod timelinejs;
pub mod timelinejs_sheet;
pub mod xlsx;

pub use self::{
    csv::Dialect,
    format::{Format, UnknownFormat},
};

/// What every format needs beside the events.
#[derive(Debug, Clone)]
pub struct ExportContext {
    /// Where the pages are, without a slash at the end: `https://example.org`; may be empty.
    pub base_url: String,
    /// Names of the parties.
    pub register: Arc<PartyRegister>,
    /// What a feed or calendar calls itself.
    pub title: String,
    /// The filter as a query, without `?`; may be empty.
    pub query: String,
    /// When the export was asked for.
    pub at: Timestamp,
}

impl ExportContext {
    /// A context for an export of everything, called “Démarche”.
    pub fn new(base_url: &str, register: Arc<PartyRegister>, at: Timestamp) -> Self {
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            register,
            title: "Démarche".to_owned(),
            query: String::new(),
            at,
        }
    }

    /// The address of an event's page.
    pub fn event_url(&self, id: EventId) -> String {
        format!("{}/events/{id}", self.base_url)
    }
}

/// An export that cannot go on. What was written before it must not pass for a whole file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The CSV crate refused a record.
    #[error("the CSV cannot be written: {0}")]
    Csv(#[from] ::csv::Error),
    /// The JSON crate refused a value.
    #[error("the JSON cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// The zip crate refused something.
    #[error("the zip cannot be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// The workbook crate refused something.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// More events than a sheet holds.
    #[error(
        "an XLSX sheet holds {} events; narrow the filter or take the CSV",
        xlsx::MOST_EVENTS
    )]
    TooManyRows,
    /// A cell that a sheet cannot hold.
    #[error(
        "{event}, column {column}: a cell of an XLSX sheet holds 32,767 characters; take the CSV"
    )]
    CellTooLong {
        /// The event.
        event: EventId,
        /// The column.
        column: &'static str,
    },
    /// A row that holds what its column never does.
    #[error("{column} of event number {event} cannot be read")]
    Unreadable {
        /// The event's number.
        event: String,
        /// The database's column.
        column: &'static str,
    },
    /// Packed rows for a format that takes none.
    #[error("expected events, but found packed rows")]
    NotPacked,
    /// The feed crate refused something.
    #[error("the feed cannot be written: {0}")]
    Feed(String),
    /// The calendar crate refused an event.
    #[error("the calendar entry of {0} cannot be written")]
    Calendar(EventId),
    /// A file or pipe.
    #[error("the file cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

/// Writes one export, chunk by chunk: [`Writer::start`], any number of [`Writer::rows`], [`Writer::finish`].
pub trait Writer: Send {
    /// The bytes before the first event.
    ///
    /// # Errors
    /// Where the format refuses.
    fn start(&mut self) -> Result<Vec<u8>, ExportError>;

    /// The bytes of some events, in the order given; may be empty where a format writes them at the end.
    ///
    /// # Errors
    /// Where the format refuses an event.
    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError>;

    /// In which form it takes events.
    fn takes(&self) -> Takes {
        Takes::Events
    }

    /// The bytes of packed rows, in the order given; only of those that [take](Self::takes) them.
    ///
    /// # Errors
    /// Where a row cannot be read.
    fn packed(&mut self, events: &PackedEvents) -> Result<Vec<u8>, ExportError> {
        let _ = events;
        Err(ExportError::NotPacked)
    }

    /// The bytes after the last event, to be read to the end.
    ///
    /// # Errors
    /// Where the format refuses.
    fn finish(self: Box<Self>) -> Result<Tail, ExportError>;
}

/// In which form a writer takes events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// As events.
    Events,
    /// As events, or faster as packed rows.
    Packed,
}

/// The end of an export, as a stream: most formats' is a few bytes, a workbook's is all of it.
pub type Tail = Box<dyn Read + Send>;

fn tail(bytes: impl Into<Vec<u8>>) -> Tail {
    Box::new(Cursor::new(bytes.into()))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::reference;

    /// The context of this module's tests.
    pub(crate) fn context() -> ExportContext {
        let register = Arc::new(PartyRegister::new(reference::parties().to_vec()));
        let at = "2024-09-12T08:00:00Z".parse().unwrap();
        ExportContext::new("https://example.org/", register, at)
    }

    /// Everything that a writer gives for some events, fed in two chunks.
    pub(crate) fn written(format: Format, events: &[Event]) -> Vec<u8> {
        let mut writer = format.writer(context()).unwrap();
        let mut bytes = writer.start().unwrap();
        let (first, second) = events.split_at(events.len() / 2);
        bytes.extend(writer.rows(first).unwrap());
        bytes.extend(writer.rows(second).unwrap());
        writer.finish().unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }
}
