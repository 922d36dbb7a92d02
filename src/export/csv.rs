//! Events → CSV: RFC 4180, UTF-8, CRLF, the header always, one row an event.
//!
//! The dialect `excel` adds a byte order mark and guards text cells that a spreadsheet would take for a formula with a
//! leading `'`; [`unguarded`] undoes it to the byte. Numbers and dates are never guarded.

mod packed;

use std::{borrow::Cow, fmt, str::FromStr};

use self::packed::{NameCells, RowWriter};
use super::{
    ExportContext, ExportError, Tail, Takes, Writer,
    columns::{Column, Sort, Value, written_day},
    tail,
};
use crate::domain::{cell, event::Event, packed::PackedEvents};

/// The byte order mark that tells the dialect `excel`.
pub const BOM: &str = "\u{feff}";

/// Whom the CSV is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Spreadsheets: byte order mark, formula guard.
    Excel,
    /// Scripts: neither.
    Raw,
}

impl Dialect {
    /// The word of addresses and options.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Excel => "excel",
            Self::Raw => "raw",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A word that is no dialect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected excel or raw, but found “{0}”")]
pub struct UnknownDialect(pub String);

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(text: &str) -> Result<Self, UnknownDialect> {
        match text.trim().to_ascii_lowercase().as_str() {
            "excel" => Ok(Self::Excel),
            "raw" => Ok(Self::Raw),
            _ => Err(UnknownDialect(text.to_owned())),
        }
    }
}

/// Writes the export's CSV.
#[derive(Debug)]
pub struct CsvWriter {
    dialect: Dialect,
    context: ExportContext,
    names: NameCells,
}

impl CsvWriter {
    /// A writer in a dialect.
    pub fn new(dialect: Dialect, context: ExportContext) -> Self {
        Self {
            dialect,
            context,
            names: NameCells::default(),
        }
    }
}

fn into_buffer(buffer: Vec<u8>) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(buffer)
}

fn finished(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, ExportError> {
    writer
        .into_inner()
        .map_err(|error| ExportError::Io(error.into_error()))
}

impl Writer for CsvWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        let begin = match self.dialect {
            Dialect::Excel => BOM,
            Dialect::Raw => "",
        };
        let mut writer = into_buffer(begin.into());
        writer.write_record(Column::ALL.iter().map(|column| column.name()))?;
        finished(writer)
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let mut writer = into_buffer(Vec::new());
        for event in events {
            for column in Column::ALL {
                let written = cell_of(column.value(event, &self.context));
                let guards = self.dialect == Dialect::Excel
                    && matches!(column.sort(), Sort::Text | Sort::List);
                if guards && is_guarded(&written) {
                    writer.write_field(format!("'{written}"))?;
                } else {
                    writer.write_field(written.as_bytes())?;
                }
            }
            writer.write_record(None::<&[u8]>)?;
        }
        finished(writer)
    }

    fn takes(&self) -> Takes {
        Takes::Packed
    }

    fn packed(&mut self, events: &PackedEvents) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::with_capacity(events.size() + events.size() / 2);
        let mut writer = RowWriter {
            dialect: self.dialect,
            context: &self.context,
            names: &mut self.names,
        };
        for row in events.rows() {
            writer.line(&row, &mut bytes)?;
        }
        Ok(bytes)
    }

    fn finish(self: Box<Self>) -> Result<Tail, ExportError> {
        Ok(tail(Vec::new()))
    }
}

/// The cell of a value, before any guard.
pub(super) fn cell_of(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::Absent => Cow::Borrowed(""),
        Value::Text(text) => text,
        Value::Count(count) => count.to_string().into(),
        Value::Share(thousandths) => written_share(thousandths).into(),
        Value::Date(date) => date.into(),
        Value::List(values) => cell::join(values).into(),
        Value::Days(days) => cell::join(
            days.into_iter()
                .map(|day| day.map_or_else(String::new, written_day)),
        )
        .into(),
    }
}

/// Thousandths as a decimal without trailing zeros: 870 → `0.87`, 1000 → `1`.
fn written_share(thousandths: i64) -> String {
    let share = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    share.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Appends a cell: guarded where the dialect asks for it, quoted where it must be.
pub(super) fn append(sort: Sort, dialect: Dialect, text: &str, out: &mut Vec<u8>) {
    let guards =
        dialect == Dialect::Excel && matches!(sort, Sort::Text | Sort::List) && is_guarded(text);
    let bytes = text.as_bytes();
    let quotes = bytes
        .iter()
        .any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n'));
    if quotes {
        out.push(b'"');
    }
    if guards {
        out.push(b'\'');
    }
    if quotes {
        for (place, piece) in bytes.split(|byte| *byte == b'"').enumerate() {
            if place > 0 {
                out.extend_from_slice(b"\"\"");
            }
            out.extend_from_slice(piece);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(bytes);
    }
}

/// Whether a text cell gets a `'` before it: it begins with a sign that a spreadsheet takes for a formula, or with such a
/// sign after any number of `'`, so that what was added can be told from what was there.
fn is_guarded(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text cell without the guard that `excel` put before it.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_guarded(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{
        Format,
        columns::tests::{bare_event, full_event},
        tests::written,
    };

    fn text(dialect: Dialect, events: &[Event]) -> String {
        String::from_utf8(written(Format::Csv(dialect), events)).unwrap()
    }

    #[test]
    fn a_row_has_every_column_as_the_contract_writes_it() {
        let csv = text(Dialect::Raw, &[full_event(), bare_event()]);
        let rows: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(
            rows.len(),
            4,
            "header, two rows, nothing after the last line end"
        );
        assert_eq!(
            rows[1],
            "EV-NG64WV,3,https://example.org/events/EV-NG64WV,2024-09-10/..,open_end,2024-09-10,,2024-10,sanction,announced,\
             \"Measures on carriers, \"\"soon\"\" | and ships\",\"Two lines,\nthe second short.\",=We will act,A. Speaker,\
             United States|United Kingdom,USA|GBR,Iran,IRN,Iran Air|Back\\\\slash\\|bar,London,OFAC,NPWMD,\
             https://example.org/order,12345,disputed,0.87,2,2,https://example.org/a|,|Example Wire,First|,2024-09-10|,\
             2024-09-10,follows:EV-WFGCFF,partly,EV-9XB876,air,163,SANCTION,2024-09-10T14:05:06Z,\
             2024-09-11T14:05:06.000007Z"
        );
        assert_eq!(
            rows[2],
            "EV-9XB876,1,https://example.org/events/EV-9XB876,../2024-09-10,open_start,,2024-09-10,,statement,occurred,\
             A position,,,,,,,,,,,,,,published,,0,0,,,,,,,,,,010,,2024-09-10T14:05:06Z,2024-09-11T14:05:06.000007Z"
        );
    }

    #[test]
    fn excel_begins_with_a_mark_and_guards_what_a_spreadsheet_would_run() {
        let csv = text(Dialect::Excel, &[full_event()]);
        assert!(csv.starts_with("\u{feff}event_id,"));
        assert!(csv.contains(",'=We will act,"));
        assert!(!text(Dialect::Raw, &[full_event()]).contains("'="));
    }

    #[test]
    fn every_guard_can_be_undone() {
        for cell in [
            "=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''=1", "'''@", "'", "''", "'quoted'",
            "plain", "", " =1",
        ] {
            let written = if is_guarded(cell) {
                format!("'{cell}")
            } else {
                cell.to_owned()
            };
            assert!(
                !written.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell:?}"
            );
            assert_eq!(unguarded(&written), cell);
        }
    }

    #[test]
    fn shares_have_no_trailing_zeros() {
        let shares: Vec<String> = [0, 5, 500, 870, 1000].map(written_share).into();
        assert_eq!(shares, ["0", "0.005", "0.5", "0.87", "1"]);
    }
}
