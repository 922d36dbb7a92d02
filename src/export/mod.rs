//! Events → files: CSV, JSON Lines, XLSX, TimelineJS, iCalendar, Atom; and the CSV back into events.
//!
//! Pure: bytes in, bytes out, no clock; only the XLSX writer keeps its rows in a temporary file, since its format needs the end
//! before the beginning. A [`Format`] makes a [`Writer`], which is fed chunks of events, so that a million events pass
//! in constant memory. Which events, and in which order, is left to the store.

use std::{
    fmt,
    io::{Cursor, Read},
    str::FromStr,
    sync::Arc,
};

use crate::domain::{clock::Timestamp, event::Event, id::EventId, register::PartyRegister};

pub mod atom;
pub mod cite;
pub mod columns;
pub mod csv;
pub mod ics;
pub mod jsonl;
pub mod read;
pub mod timelinejs;
pub mod xlsx;

pub use self::csv::Dialect;

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

/// What an event list can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with the contract's header.
    Csv(Dialect),
    /// One JSON object a line, with the same names.
    Jsonl,
    /// A workbook.
    Xlsx,
    /// TimelineJS's JSON.
    TimelineJs,
    /// iCalendar.
    Ics,
    /// An Atom feed.
    Atom,
}

impl Format {
    /// Every format, in the order in which they are offered; the CSV in the dialect of addresses.
    pub const ALL: [Self; 6] = [
        Self::Csv(Dialect::Excel),
        Self::Jsonl,
        Self::Xlsx,
        Self::TimelineJs,
        Self::Ics,
        Self::Atom,
    ];

    /// The word of the command line.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Jsonl => "jsonl",
            Self::Xlsx => "xlsx",
            Self::TimelineJs => "timelinejs",
            Self::Ics => "ics",
            Self::Atom => "atom",
        }
    }

    /// The value of the header `Content-Type`.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv; charset=utf-8; header=present",
            Self::Jsonl => "application/x-ndjson; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::TimelineJs => "application/json; charset=utf-8",
            Self::Ics => "text/calendar; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
        }
    }

    /// The last part of the format's address, which is a file's usual name too.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Csv(_) => "export.csv",
            Self::Jsonl => "export.jsonl",
            Self::Xlsx => "export.xlsx",
            Self::TimelineJs => "export.timelinejs.json",
            Self::Ics => "export.ics",
            Self::Atom => "feed.atom",
        }
    }

    /// Begins an export.
    ///
    /// # Errors
    /// Where the format needs a temporary file and cannot make it.
    pub fn writer(self, context: ExportContext) -> Result<Box<dyn Writer>, ExportError> {
        Ok(match self {
            Self::Csv(dialect) => Box::new(csv::CsvWriter::new(dialect, context)),
            Self::Jsonl => Box::new(jsonl::JsonlWriter::new(context)),
            Self::Xlsx => Box::new(xlsx::XlsxWriter::new(context)?),
            Self::TimelineJs => Box::new(timelinejs::TimelineJsWriter::new(context)),
            Self::Ics => Box::new(ics::IcsWriter::new(context)),
            Self::Atom => Box::new(atom::AtomWriter::new(context)),
        })
    }
}

/// A word that is no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {formats}, but found “{0}”", formats = Format::ALL.map(Format::slug).join(", "))]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Reads a slug; `csv` is in the dialect `raw`, the command line's default.
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let slug = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|format| format.slug() == slug)
            .map(|format| match format {
                Self::Csv(_) => Self::Csv(Dialect::Raw),
                other => other,
            })
            .ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
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

    /// The bytes after the last event, to be read to the end.
    ///
    /// # Errors
    /// Where the format refuses.
    fn finish(self: Box<Self>) -> Result<Tail, ExportError>;
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

    #[test]
    fn formats_read_back_from_their_words() {
        for format in Format::ALL {
            let read: Format = format.slug().parse().unwrap();
            assert_eq!(read.slug(), format.slug());
        }
        assert_eq!(
            "csv".parse::<Format>().unwrap(),
            Format::Csv(Dialect::Raw),
            "the command line's default"
        );
    }
}
