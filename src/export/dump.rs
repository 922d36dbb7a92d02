//! Events → one zip of everything that is known of them: `events.csv`, `events.jsonl`, `sources.csv`, `relations.csv`,
//! `parties.csv`, `codebook.csv`, and at the end `manifest.json` with the rows, bytes and SHA-256 of each.
//!
//! All files come of one pass over the events, so that they agree: the first goes straight into the zip, the others wait
//! in temporary files. The CSVs are in the dialect `raw`, so `events.csv` is what `import` reads back.

use std::{
    collections::VecDeque,
    fmt::Write as _,
    io::{self, Read, Seek as _, SeekFrom, Write},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{Datelike as _, Timelike as _};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;
use zip::{
    DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{
    ExportContext, ExportError, Format, Tail, Writer,
    columns::{Column, Sort},
    csv::{Dialect, append},
    tables::Table,
};
use crate::domain::event::Event;

/// Bytes that are copied at once.
const PIECE: usize = 64 * 1024;
/// So many bytes of a waiting file are held in memory before it goes to the disk.
const HELD: usize = 256 * 1024;
/// Raised when the layout of the zip changes.
const LAYOUT: u32 = 1;

/// Where the zip's bytes wait to be sent.
#[derive(Debug, Clone, Default)]
struct Outbox(Arc<Mutex<Vec<u8>>>);

impl Outbox {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Outbox {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Debug, Serialize)]
struct Manifest {
    name: String,
    layout: u32,
    made_at: String,
    address: String,
    filter: String,
    events: u64,
    files: Vec<Described>,
}

#[derive(Debug, Serialize)]
struct Described {
    name: &'static str,
    rows: u64,
    bytes: u64,
    sha256: String,
}

/// What is known of a file so far.
#[derive(Debug)]
struct Measured {
    name: &'static str,
    rows: u64,
    bytes: u64,
    hash: Sha256,
}

impl Measured {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            rows: 0,
            bytes: 0,
            hash: Sha256::new(),
        }
    }

    fn count(&mut self, bytes: &[u8]) {
        self.bytes += u64::try_from(bytes.len()).unwrap_or(0);
        self.hash.update(bytes);
    }

    fn described(self) -> Described {
        Described {
            name: self.name,
            rows: self.rows,
            bytes: self.bytes,
            sha256: self
                .hash
                .finalize()
                .iter()
                .fold(String::new(), |mut hex, byte| {
                    let _ = write!(hex, "{byte:02x}");
                    hex
                }),
        }
    }
}

/// How many rows an event has in a file.
type RowsOf = fn(&Event) -> usize;

/// A file that waits.
struct Waiting {
    measured: Measured,
    writer: Box<dyn Writer>,
    rows_of: RowsOf,
    file: SpooledTempFile,
}

impl Waiting {
    fn append(&mut self, bytes: &[u8]) -> Result<(), ExportError> {
        self.measured.count(bytes);
        self.file.write_all(bytes)?;
        Ok(())
    }
}

/// Writes the zip.
pub struct DumpWriter {
    context: ExportContext,
    outbox: Outbox,
    zip: ZipWriter<StreamWriter<Outbox>>,
    options: SimpleFileOptions,
    first: (Measured, Box<dyn Writer>),
    waiting: Vec<Waiting>,
}

impl DumpWriter {
    /// A writer.
    ///
    /// # Errors
    /// Where no temporary file can be made.
    pub fn new(context: ExportContext) -> Result<Self, ExportError> {
        let outbox = Outbox::default();
        let at = context.at.utc();
        let made = DateTime::from_date_and_time(
            u16::try_from(at.year()).unwrap_or(1980),
            u8::try_from(at.month()).unwrap_or(1),
            u8::try_from(at.day()).unwrap_or(1),
            u8::try_from(at.hour()).unwrap_or(0),
            u8::try_from(at.minute()).unwrap_or(0),
            u8::try_from(at.second()).unwrap_or(0),
        )
        .unwrap_or_default();
        let files: [(&'static str, Format, RowsOf); 4] = [
            ("events.jsonl", Format::Jsonl, |_| 1),
            (
                "sources.csv",
                Format::Table(Table::Sources, Dialect::Raw),
                |event| event.content.sources.len(),
            ),
            (
                "relations.csv",
                Format::Table(Table::Relations, Dialect::Raw),
                |event| event.content.relations.len(),
            ),
            (
                "parties.csv",
                Format::Table(Table::Parties, Dialect::Raw),
                |_| 0,
            ),
        ];
        let waiting = files
            .into_iter()
            .map(|(name, format, rows_of)| {
                Ok(Waiting {
                    measured: Measured::new(name),
                    writer: format.writer(context.clone())?,
                    rows_of,
                    file: tempfile::spooled_tempfile(HELD),
                })
            })
            .collect::<Result<Vec<_>, ExportError>>()?;
        Ok(Self {
            first: (
                Measured::new("events.csv"),
                Format::Csv(Dialect::Raw).writer(context.clone())?,
            ),
            context,
            zip: ZipWriter::new_stream(outbox.clone()),
            outbox,
            options: SimpleFileOptions::default()
                .last_modified_time(made)
                .large_file(true),
            waiting,
        })
    }
}

impl Writer for DumpWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        let (measured, writer) = &mut self.first;
        self.zip.start_file(measured.name, self.options)?;
        let header = writer.start()?;
        measured.count(&header);
        self.zip.write_all(&header)?;
        for waiting in &mut self.waiting {
            let header = waiting.writer.start()?;
            waiting.append(&header)?;
        }
        Ok(self.outbox.take())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let (measured, writer) = &mut self.first;
        let rows = writer.rows(events)?;
        measured.count(&rows);
        measured.rows += u64::try_from(events.len()).unwrap_or(0);
        self.zip.write_all(&rows)?;
        for waiting in &mut self.waiting {
            let count: usize = events.iter().map(waiting.rows_of).sum();
            waiting.measured.rows += u64::try_from(count).unwrap_or(0);
            let rows = waiting.writer.rows(events)?;
            waiting.append(&rows)?;
        }
        Ok(self.outbox.take())
    }

    fn finish(self: Box<Self>) -> Result<Tail, ExportError> {
        let mut this = *self;
        let (mut measured, writer) = this.first;
        let mut end = Vec::new();
        writer.finish()?.read_to_end(&mut end)?;
        measured.count(&end);
        this.zip.write_all(&end)?;
        let manifest = Manifest {
            name: this.context.title.clone(),
            layout: LAYOUT,
            made_at: this.context.at.to_string(),
            address: this.context.base_url.clone(),
            filter: this.context.query.clone(),
            events: measured.rows,
            files: vec![measured.described()],
        };
        let mut files = VecDeque::new();
        for waiting in this.waiting {
            let mut file = waiting.file;
            let mut measured = waiting.measured;
            let mut end = Vec::new();
            waiting.writer.finish()?.read_to_end(&mut end)?;
            if measured.name == "parties.csv" {
                let lines = ::csv::ReaderBuilder::new()
                    .has_headers(false)
                    .from_reader(end.as_slice())
                    .byte_records()
                    .count();
                measured.rows = u64::try_from(lines).unwrap_or(0);
            }
            measured.count(&end);
            file.write_all(&end)?;
            file.seek(SeekFrom::Start(0))?;
            files.push_back((measured, file));
        }
        let mut codebook = Measured::new("codebook.csv");
        let bytes = codebook_csv(&mut codebook.rows);
        codebook.count(&bytes);
        let mut file = tempfile::spooled_tempfile(HELD);
        file.write_all(&bytes)?;
        file.seek(SeekFrom::Start(0))?;
        files.push_back((codebook, file));
        Ok(Box::new(DumpTail {
            zip: Some(this.zip),
            outbox: this.outbox,
            options: this.options,
            manifest,
            files,
            current: None,
            ready: io::Cursor::new(Vec::new()),
        }))
    }
}

/// What every column of every file means.
fn codebook_csv(rows: &mut u64) -> Vec<u8> {
    let mut bytes = b"file,column,meaning\r\n".to_vec();
    let events = Column::ALL
        .iter()
        .map(|column| ("events.csv".to_owned(), column.name(), column.meaning()));
    let tables = Table::ALL.into_iter().flat_map(|table| {
        let columns = table.columns().iter();
        columns.map(move |(name, _, meaning)| (format!("{}.csv", table.slug()), *name, *meaning))
    });
    for (file, name, meaning) in events.chain(tables) {
        *rows += 1;
        append(Sort::Text, Dialect::Raw, &file, &mut bytes);
        bytes.push(b',');
        append(Sort::Text, Dialect::Raw, name, &mut bytes);
        bytes.push(b',');
        append(
            Sort::Text,
            Dialect::Raw,
            &meaning.replace('`', ""),
            &mut bytes,
        );
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

/// The files that waited, put into the zip as it is read.
struct DumpTail {
    zip: Option<ZipWriter<StreamWriter<Outbox>>>,
    outbox: Outbox,
    options: SimpleFileOptions,
    manifest: Manifest,
    files: VecDeque<(Measured, SpooledTempFile)>,
    current: Option<SpooledTempFile>,
    ready: io::Cursor<Vec<u8>>,
}

impl DumpTail {
    /// Does the next piece of work; `false` once there is none.
    fn go_on(&mut self) -> io::Result<bool> {
        let Some(zip) = &mut self.zip else {
            return Ok(false);
        };
        if let Some(file) = &mut self.current {
            let mut piece = vec![0; PIECE];
            let read = file.read(&mut piece)?;
            zip.write_all(piece.get(..read).unwrap_or_default())?;
            if read == 0 {
                self.current = None;
            }
        } else if let Some((measured, file)) = self.files.pop_front() {
            zip.start_file(measured.name, self.options)?;
            self.manifest.files.push(measured.described());
            self.current = Some(file);
        } else {
            zip.start_file("manifest.json", self.options)?;
            serde_json::to_writer_pretty(&mut *zip, &self.manifest)?;
            zip.write_all(b"\n")?;
            if let Some(zip) = self.zip.take() {
                zip.finish()?;
            }
        }
        self.ready = io::Cursor::new(self.outbox.take());
        Ok(true)
    }
}

impl Read for DumpTail {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.ready.read(bytes)?;
            if read > 0 || bytes.is_empty() || !self.go_on()? {
                return Ok(read);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use serde_json::Value;
    use zip::ZipArchive;

    use super::*;
    use crate::export::{
        columns::tests::{bare_event, full_event},
        tests::written,
    };

    #[test]
    fn the_manifest_tells_the_rows_bytes_and_hash_of_every_file() {
        let events = [full_event(), bare_event()];
        let mut archive = ZipArchive::new(Cursor::new(written(Format::Dump, &events))).unwrap();
        let mut read = |name: &str| {
            let mut bytes = Vec::new();
            archive
                .by_name(name)
                .unwrap()
                .read_to_end(&mut bytes)
                .unwrap();
            bytes
        };
        let manifest: Value = serde_json::from_slice(&read("manifest.json")).unwrap();
        assert_eq!(
            (&manifest["events"], &manifest["made_at"]),
            (&2.into(), &"2024-09-12T08:00:00Z".into())
        );
        let files = manifest["files"].as_array().unwrap();
        let told: Vec<(&str, u64)> = files
            .iter()
            .map(|file| {
                (
                    file["name"].as_str().unwrap(),
                    file["rows"].as_u64().unwrap(),
                )
            })
            .collect();
        let columns = u64::try_from(
            Column::ALL.len() + Table::ALL.iter().map(|t| t.columns().len()).sum::<usize>(),
        )
        .unwrap();
        assert_eq!(
            told,
            [
                ("events.csv", 2),
                ("events.jsonl", 2),
                ("sources.csv", 2),
                ("relations.csv", 1),
                ("parties.csv", 3),
                ("codebook.csv", columns),
            ]
        );
        for file in files {
            let bytes = read(file["name"].as_str().unwrap());
            let mut measured = Measured::new("");
            measured.count(&bytes);
            let described = measured.described();
            assert_eq!(file["sha256"], described.sha256);
            assert_eq!(file["bytes"], described.bytes);
        }
        assert_eq!(
            read("events.csv"),
            written(Format::Csv(Dialect::Raw), &events)
        );
    }
}
