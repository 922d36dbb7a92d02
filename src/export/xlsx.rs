//! Events → an XLSX workbook with the columns of the CSV, by the `rust_xlsxwriter` crate in its constant-memory mode.
//!
//! The workbook's index stands before its rows, so everything is written at the end, from a temporary file. Texts are
//! written as texts, which a spreadsheet never takes for formulas; dates too, since EDTF is more than days.

use std::io::{Seek, SeekFrom};

use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet, XlsxError};

use super::{
    ExportContext, ExportError, Tail, Writer,
    columns::{Column, Value},
    csv::cell_of,
};
use crate::domain::event::Event;

/// How many events a sheet holds beside its header.
pub const MOST_EVENTS: u32 = 1_048_575;

/// Writes a workbook.
pub struct XlsxWriter {
    context: ExportContext,
    workbook: Workbook,
    next_row: u32,
}

impl XlsxWriter {
    /// A writer.
    ///
    /// # Errors
    /// Where no temporary file can be made.
    pub fn new(context: ExportContext) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        workbook.add_worksheet_with_constant_memory()?;
        Ok(Self {
            context,
            workbook,
            next_row: 1,
        })
    }
}

impl Writer for XlsxWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        let bold = CellFormat::new().set_bold();
        let sheet = self.workbook.worksheet_from_index(0)?;
        sheet.set_name("Events")?;
        sheet.set_freeze_panes(1, 1)?;
        for (place, column) in (0_u16..).zip(Column::ALL) {
            sheet.set_column_width(place, width(*column))?;
        }
        for (place, column) in (0_u16..).zip(Column::ALL) {
            sheet.write_string_with_format(0, place, column.name(), &bold)?;
        }
        Ok(Vec::new())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let sheet = self.workbook.worksheet_from_index(0)?;
        for event in events {
            if self.next_row > MOST_EVENTS {
                return Err(ExportError::TooManyRows);
            }
            for (place, column) in (0_u16..).zip(Column::ALL) {
                write_cell(
                    sheet,
                    self.next_row,
                    place,
                    column.value(event, &self.context),
                )
                .map_err(|error| match error {
                    XlsxError::MaxStringLengthExceeded => ExportError::CellTooLong {
                        event: event.id,
                        column: column.name(),
                    },
                    error => error.into(),
                })?;
            }
            self.next_row += 1;
        }
        Ok(Vec::new())
    }

    fn finish(mut self: Box<Self>) -> Result<Tail, ExportError> {
        let mut file = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Box::new(file))
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    place: u16,
    value: Value<'_>,
) -> Result<(), XlsxError> {
    match value {
        Value::Absent => {}
        Value::Count(count) => {
            sheet.write_number(
                row,
                place,
                f64::from(i32::try_from(count).unwrap_or(i32::MAX)),
            )?;
        }
        Value::Share(thousandths) => {
            let share = f64::from(i32::try_from(thousandths).unwrap_or(0)) / 1000.0;
            sheet.write_number(row, place, share)?;
        }
        value => {
            let text = cell_of(value);
            if !text.is_empty() {
                sheet.write_string(row, place, text.as_ref())?;
            }
        }
    }
    Ok(())
}

/// A column's width in characters.
const fn width(column: Column) -> f64 {
    match column {
        Column::Headline => 60.0,
        Column::Summary | Column::Quote => 40.0,
        Column::Actors | Column::Targets | Column::SourcePublishers | Column::SourceTitles => 24.0,
        _ => 13.0,
    }
}

#[cfg(test)]
mod tests {
    use crate::export::{
        Format,
        columns::tests::{bare_event, full_event},
        tests::written,
    };

    #[test]
    fn a_workbook_is_a_zip_with_every_row() {
        let one = written(Format::Xlsx, &[full_event()]);
        let many = written(Format::Xlsx, &vec![bare_event(); 200]);
        assert!(one.starts_with(b"PK\x03\x04") && many.starts_with(b"PK\x03\x04"));
        let named = |bytes: &[u8]| {
            bytes
                .windows(24)
                .any(|part| part == b"xl/worksheets/sheet1.xml")
        };
        assert!(named(&one) && named(&many));
        assert!(many.len() > one.len());
    }
}
