//! Events → an XLSX workbook of three sheets, by the `rust_xlsxwriter` crate in its constant-memory mode: the events with
//! the columns of the CSV, their sources, the codebook.
//!
//! The workbook's index stands before its rows, so everything is written at the end, from temporary files. Texts are
//! written as texts, which a spreadsheet never takes for formulas. A single day is a date of the spreadsheet; what EDTF
//! can say beyond that, and days before 1900, are texts.

use std::io::{Seek, SeekFrom};

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    ExcelDateTime, Format as CellFormat, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};

use super::{
    ExportContext, ExportError, Tail, Writer,
    columns::{Column, Value},
    csv::cell_of,
    tables::Table,
};
use crate::domain::{clock::Timestamp, event::Event};

/// How many rows a sheet holds beside its header.
pub const MOST_EVENTS: u32 = 1_048_575;
/// How many cells of a sheet are links; the rest are addresses as texts. A sheet takes 65,530, and the writer keeps each.
const MOST_LINKS: u32 = 32_000;
/// The longest address that a spreadsheet follows.
const LONGEST_LINK: usize = 2_000;

/// The sheets, by their place.
const EVENTS: usize = 0;
const SOURCES: usize = 1;

/// Writes a workbook.
pub struct XlsxWriter {
    context: ExportContext,
    workbook: Workbook,
    formats: Formats,
    events: Place,
    sources: Place,
}

/// How cells look.
struct Formats {
    head: CellFormat,
    day: CellFormat,
    instant: CellFormat,
    link: CellFormat,
    wrapped: CellFormat,
}

/// How far a sheet is filled.
#[derive(Debug, Clone, Copy)]
struct Place {
    next_row: u32,
    links: u32,
}

impl XlsxWriter {
    /// A writer.
    ///
    /// # Errors
    /// Where no temporary file can be made.
    pub fn new(context: ExportContext) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        workbook.add_worksheet_with_constant_memory()?;
        workbook.add_worksheet_with_constant_memory()?;
        let begin = Place {
            next_row: 1,
            links: 0,
        };
        Ok(Self {
            context,
            workbook,
            formats: Formats {
                head: CellFormat::new().set_bold(),
                day: CellFormat::new().set_num_format("yyyy-mm-dd"),
                instant: CellFormat::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
                link: CellFormat::new().set_hyperlink(),
                wrapped: CellFormat::new()
                    .set_text_wrap()
                    .set_align(FormatAlign::Top),
            },
            events: begin,
            sources: begin,
        })
    }

    fn event(&mut self, event: &Event) -> Result<(), ExportError> {
        let row = self.events.row()?;
        let sheet = self.workbook.worksheet_from_index(EVENTS)?;
        for (place, column) in (0_u16..).zip(Column::ALL) {
            let value = column.value(event, &self.context);
            let mut cell = Cell {
                sheet,
                row,
                place,
                formats: &self.formats,
                filled: &mut self.events,
            };
            cell.write(*column, value)
                .map_err(|error| too_long(error, event, column.name()))?;
        }
        self.events.next_row += 1;
        Ok(())
    }

    fn sources_of(&mut self, event: &Event) -> Result<(), ExportError> {
        let id = event.id.to_string();
        let sheet = self.workbook.worksheet_from_index(SOURCES)?;
        for (position, source) in (1_u32..).zip(&event.content.sources) {
            let row = self.sources.row()?;
            let mut cell = Cell {
                sheet,
                row,
                place: 0,
                formats: &self.formats,
                filled: &mut self.sources,
            };
            cell.text(&id)?;
            cell.place = 1;
            cell.sheet.write_number(row, 1, position)?;
            cell.place = 2;
            cell.link(&source.url)
                .map_err(|error| too_long(error, event, "url"))?;
            for (place, text, name) in [
                (3, &source.publisher, "publisher"),
                (4, &source.title, "title"),
            ] {
                cell.place = place;
                cell.text(text)
                    .map_err(|error| too_long(error, event, name))?;
            }
            if let Some(day) = source.published {
                cell.place = 5;
                cell.day(day)?;
            }
            self.sources.next_row += 1;
        }
        Ok(())
    }

    fn codebook(&mut self) -> Result<(), ExportError> {
        let head = &self.formats.head;
        let sheet = self.workbook.add_worksheet();
        sheet.set_name("Codebook")?;
        sheet.set_freeze_panes(1, 0)?;
        for (place, (name, width)) in
            (0_u16..).zip([("sheet", 10.0), ("column", 24.0), ("meaning", 100.0)])
        {
            sheet.set_column_width(place, width)?;
            sheet.write_string_with_format(0, place, name, head)?;
        }
        let events = Column::ALL
            .iter()
            .map(|column| ("Events", column.name(), column.meaning()));
        let sources = Table::Sources
            .columns()
            .iter()
            .map(|(name, _, meaning)| ("Sources", *name, *meaning));
        for (row, (of, name, meaning)) in (1_u32..).zip(events.chain(sources)) {
            sheet.write_string(row, 0, of)?;
            sheet.write_string(row, 1, name)?;
            sheet.write_string_with_format(
                row,
                2,
                meaning.replace('`', ""),
                &self.formats.wrapped,
            )?;
        }
        Ok(())
    }
}

impl Place {
    const fn row(self) -> Result<u32, ExportError> {
        if self.next_row > MOST_EVENTS {
            return Err(ExportError::TooManyRows);
        }
        Ok(self.next_row)
    }
}

impl Writer for XlsxWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        let head = &self.formats.head;
        let sheet = self.workbook.worksheet_from_index(EVENTS)?;
        sheet.set_name("Events")?;
        sheet.set_freeze_panes(1, 1)?;
        for (place, column) in (0_u16..).zip(Column::ALL) {
            sheet.set_column_width(place, width(*column))?;
        }
        for (place, column) in (0_u16..).zip(Column::ALL) {
            sheet.write_string_with_format(0, place, column.name(), head)?;
        }
        let sheet = self.workbook.worksheet_from_index(SOURCES)?;
        sheet.set_name("Sources")?;
        sheet.set_freeze_panes(1, 1)?;
        for (place, width) in (0_u16..).zip([12.0, 9.0, 60.0, 24.0, 60.0, 12.0]) {
            sheet.set_column_width(place, width)?;
        }
        for (place, (name, ..)) in (0_u16..).zip(Table::Sources.columns()) {
            sheet.write_string_with_format(0, place, *name, head)?;
        }
        Ok(Vec::new())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        for event in events {
            self.event(event)?;
            self.sources_of(event)?;
        }
        Ok(Vec::new())
    }

    fn finish(mut self: Box<Self>) -> Result<Tail, ExportError> {
        for (sheet, filled, columns) in [
            (EVENTS, self.events, Column::ALL.len()),
            (SOURCES, self.sources, Table::Sources.columns().len()),
        ] {
            let last_column = u16::try_from(columns.saturating_sub(1)).unwrap_or(0);
            self.workbook.worksheet_from_index(sheet)?.autofilter(
                0,
                0,
                filled.next_row - 1,
                last_column,
            )?;
        }
        self.codebook()?;
        let mut file = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Box::new(file))
    }
}

/// A cell that is written.
struct Cell<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    place: u16,
    formats: &'a Formats,
    filled: &'a mut Place,
}

impl Cell<'_> {
    fn write(&mut self, column: Column, value: Value<'_>) -> Result<(), XlsxError> {
        match value {
            Value::Absent => Ok(()),
            Value::Count(count) => {
                let count = f64::from(i32::try_from(count).unwrap_or(i32::MAX));
                self.sheet.write_number(self.row, self.place, count)?;
                Ok(())
            }
            Value::Share(thousandths) => {
                let share = f64::from(i32::try_from(thousandths).unwrap_or(0)) / 1000.0;
                self.sheet.write_number(self.row, self.place, share)?;
                Ok(())
            }
            Value::Date(written) => match column {
                Column::CreatedAt | Column::UpdatedAt => self.instant(&written),
                _ => match NaiveDate::parse_from_str(&written, "%Y-%m-%d") {
                    Ok(day) => self.day(day),
                    Err(_) => self.text(&written),
                },
            },
            value => {
                let text = cell_of(value);
                match column {
                    Column::Url | Column::LegalUrl => self.link(&text),
                    _ => self.text(&text),
                }
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        if !text.is_empty() {
            self.sheet.write_string(self.row, self.place, text)?;
        }
        Ok(())
    }

    /// A day as a date of the spreadsheet, which knows none before 1900.
    fn day(&mut self, day: NaiveDate) -> Result<(), XlsxError> {
        let date = excel_day(day);
        match date {
            Some(date) => {
                let format = &self.formats.day;
                self.sheet
                    .write_datetime_with_format(self.row, self.place, date, format)?;
                Ok(())
            }
            None => self.text(&day.format("%Y-%m-%d").to_string()),
        }
    }

    fn instant(&mut self, written: &str) -> Result<(), XlsxError> {
        let seconds = written
            .parse()
            .map(|instant: Timestamp| instant.micros().div_euclid(1_000_000));
        match seconds.map(ExcelDateTime::from_timestamp) {
            Ok(Ok(instant)) => {
                let format = &self.formats.instant;
                self.sheet
                    .write_datetime_with_format(self.row, self.place, instant, format)?;
                Ok(())
            }
            _ => self.text(written),
        }
    }

    fn link(&mut self, address: &str) -> Result<(), XlsxError> {
        let is_link = address.starts_with("https://") || address.starts_with("http://");
        if !is_link || address.len() > LONGEST_LINK || self.filled.links >= MOST_LINKS {
            return self.text(address);
        }
        self.filled.links += 1;
        let url = Url::new(address).set_text(address);
        self.sheet
            .write_url_with_format(self.row, self.place, url, &self.formats.link)?;
        Ok(())
    }
}

fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year())
        .ok()
        .filter(|year| *year >= 1900)?;
    let month = u8::try_from(day.month()).ok()?;
    let date = u8::try_from(day.day()).ok()?;
    ExcelDateTime::from_ymd(year, month, date).ok()
}

fn too_long(error: XlsxError, event: &Event, column: &'static str) -> ExportError {
    match error {
        XlsxError::MaxStringLengthExceeded => ExportError::CellTooLong {
            event: event.id,
            column,
        },
        error => error.into(),
    }
}

/// A column's width in characters.
const fn width(column: Column) -> f64 {
    match column {
        Column::Headline => 60.0,
        Column::Summary | Column::Quote => 40.0,
        Column::Url
        | Column::LegalUrl
        | Column::SourceUrls
        | Column::Actors
        | Column::Targets
        | Column::Named
        | Column::SourcePublishers
        | Column::SourceTitles => 24.0,
        Column::CreatedAt | Column::UpdatedAt => 19.0,
        Column::Revision | Column::SourceCount | Column::IndependentSources => 9.0,
        _ => 13.0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use zip::ZipArchive;

    use crate::{
        domain::event::Event,
        export::{
            Format,
            columns::tests::{bare_event, full_event},
            tests::written,
        },
    };

    fn part(events: &[Event], name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(written(Format::Xlsx, events))).unwrap();
        let mut text = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn a_workbook_has_the_events_their_sources_and_the_codebook() {
        let index = part(&[full_event()], "xl/workbook.xml");
        for name in ["Events", "Sources", "Codebook"] {
            assert!(
                index.contains(&format!("<sheet name=\"{name}\"")),
                "{index}"
            );
        }
        let many = part(&vec![bare_event(); 200], "xl/worksheets/sheet1.xml");
        assert_eq!(many.matches("<row ").count(), 201);
        assert!(many.contains("<autoFilter ref=\"A1:AO201\"/>"), "{many}");
        let sources = part(&[full_event()], "xl/worksheets/sheet2.xml");
        assert_eq!(sources.matches("<row ").count(), 3);
    }

    #[test]
    fn days_are_dates_of_the_spreadsheet_and_the_rest_of_edtf_is_text() {
        let mut day = bare_event();
        day.content.date = "2024-09-10".parse().unwrap();
        let sheet = part(&[day], "xl/worksheets/sheet1.xml");
        // 2024-09-10 is day 45545 of the spreadsheet's count
        assert!(
            sheet.contains("<c r=\"D2\" s=\"3\"><v>45545</v></c>"),
            "{sheet}"
        );
        let mut old = bare_event();
        old.content.date = "1815-06-09".parse().unwrap();
        let sheet = part(&[old, full_event()], "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<is><t>1815-06-09</t></is>"), "{sheet}");
        assert!(sheet.contains("<is><t>2024-09-10/..</t></is>"), "{sheet}");
    }

    #[test]
    fn addresses_are_links() {
        let sheet = part(&[full_event()], "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<hyperlink ref=\"C2\" "), "{sheet}");
        let targets = part(&[full_event()], "xl/worksheets/_rels/sheet1.xml.rels");
        assert!(
            targets.contains("Target=\"https://example.org/events/EV-NG64WV\""),
            "{targets}"
        );
    }
}
