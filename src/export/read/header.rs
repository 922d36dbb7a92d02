//! The shape of the file: which sign parts its cells, on which line a record stands, what each place of it holds.

use ::csv::ByteRecord;

use super::{FORM_FIELDS, REQUIRED, RowError, fault};
use crate::export::columns::Column;

/// A comma, unless the first line has none and has semicolons or tabs, as some spreadsheets write.
pub(super) fn delimiter_of(body: &[u8]) -> u8 {
    let first = body.split(|byte| *byte == b'\n').next().unwrap_or_default();
    [b',', b';', b'\t']
        .into_iter()
        .find(|sign| first.contains(sign))
        .unwrap_or(b',')
}

/// Counts lines as an editor shows them. (The CSV crate's own count lags by one where lines end in CR LF.)
pub(super) struct Lines<'a> {
    pub(super) body: &'a [u8],
    pub(super) byte: usize,
    pub(super) line: u64,
}

impl Lines<'_> {
    /// The line on which a record begins; records come in the order of the file.
    pub(super) fn of(&mut self, record: &ByteRecord) -> u64 {
        let begins = record.position().map_or(0, ::csv::Position::byte);
        let begins = usize::try_from(begins).unwrap_or(usize::MAX);
        while let Some(byte) = self.body.get(self.byte) {
            if self.byte >= begins && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.line += u64::from(*byte == b'\n');
            self.byte += 1;
        }
        self.line
    }
}

/// What each place of a record holds.
#[derive(Default)]
pub(super) struct Header {
    /// The names as the file writes them.
    written: Vec<String>,
    /// The name of the column or field; `None` is not read.
    pub(super) fields: Vec<Option<&'static str>>,
    /// Names that are no column's.
    pub(super) unknown: Vec<String>,
}

impl Header {
    pub(super) fn read(record: &ByteRecord) -> Result<Self, Vec<RowError>> {
        let mut header = Self {
            written: Vec::new(),
            fields: Vec::new(),
            unknown: Vec::new(),
        };
        let mut errors = Vec::new();
        for (place, cell) in record.iter().enumerate() {
            let written = String::from_utf8_lossy(cell).trim().to_owned();
            let field = Column::named(&written).map(Column::name).or_else(|| {
                FORM_FIELDS
                    .into_iter()
                    .find(|name| name.eq_ignore_ascii_case(&written))
            });
            if field.is_some() && header.fields.contains(&field) {
                errors.push(fault(
                    1,
                    &written,
                    "expected each column once, but found it twice",
                ));
            }
            if field.is_none() && !written.is_empty() {
                header.unknown.push(written.clone());
            }
            header.fields.push(field);
            header.written.push(if written.is_empty() {
                (place + 1).to_string()
            } else {
                written
            });
        }
        for column in REQUIRED {
            if !header.fields.contains(&Some(column.name())) {
                let found = header.written.join(",");
                let shown: String = found.chars().take(120).collect();
                let message = format!(
                    "expected a header with date, kind and headline, but found no {} in “{shown}”",
                    column.name()
                );
                errors.push(fault(1, column.name(), message));
            }
        }
        if errors.is_empty() {
            Ok(header)
        } else {
            Err(errors)
        }
    }

    /// The name that the file writes for a field.
    pub(super) fn written<'a>(&'a self, field: &'a str) -> &'a str {
        self.fields
            .iter()
            .position(|known| *known == Some(field))
            .and_then(|place| self.written.get(place))
            .map_or(field, String::as_str)
    }
}
