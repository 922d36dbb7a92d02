//! CSV → rows of typed drafts: the export's own file in either dialect, or `date,kind,headline` and any other columns, in any order.
//!
//! The byte order mark tells the dialect. Columns that follow from others (`url`, `date_precision`, `source_count`, …) are
//! not read. Every bad cell is reported by line and column; the caller writes nothing if there is one. What to do with
//! the rows, and whether an id is on record, is left to the store.

mod header;
mod row;

use std::collections::HashSet;

use ::csv::{ByteRecord, ReaderBuilder};

use self::{
    header::{Header, Lines, delimiter_of},
    row::File,
};
use super::{
    columns::Column,
    csv::{BOM, Dialect},
};
use crate::domain::{
    clock::Timestamp,
    draft::{FieldError, RawFields},
    event::EventDraft,
    id::EventId,
    register::PartyRegister,
};

/// One row of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// The line of the file where it begins, from 1.
    pub line: u64,
    /// The id it had; `None` makes a new event.
    pub event_id: Option<EventId>,
    /// How often it had been saved.
    pub revision: Option<i64>,
    /// When it was first recorded.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// What is known of it. Its relations may point to later rows.
    pub draft: EventDraft,
}

/// A file that can be read from the first row to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its rows, in the order of the file.
    pub rows: Vec<ImportRow>,
    /// Names in the header that are no column's: their cells were not read.
    pub unknown_columns: Vec<String>,
    /// What the byte order mark told.
    pub dialect: Dialect,
}

/// A cell, or a header, that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct RowError {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column's name in the header, or its number from 1 where it has none.
    pub column: String,
    /// What it takes and what was found.
    pub message: String,
}

/// The columns that a file must have.
const REQUIRED: [Column; 3] = [Column::Date, Column::Kind, Column::Headline];

/// Fields of the event form that an import takes beside the export's columns: one source, as one writes it by hand.
const FORM_FIELDS: [&str; 5] = [
    "date_text",
    "source_url",
    "source_publisher",
    "source_title",
    "source_date",
];

/// Reads an import.
///
/// # Errors
/// Every bad cell, in the order of the file; or what is wrong with the header.
pub fn read(bytes: &[u8], register: &PartyRegister) -> Result<Import, Vec<RowError>> {
    let (dialect, body) = match bytes.strip_prefix(BOM.as_bytes()) {
        Some(body) => (Dialect::Excel, body),
        None => (Dialect::Raw, bytes),
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(vec![fault(
            1,
            "1",
            "expected UTF-8, but found UTF-16; save the file as “CSV UTF-8”",
        )]);
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter_of(body))
        .from_reader(body);
    let mut lines = Lines {
        body,
        byte: 0,
        line: 1,
    };
    let mut record = ByteRecord::new();
    if !read_record(&mut reader, &mut record)? {
        return Err(vec![fault(
            1,
            "1",
            "expected a header with date, kind and headline, but found an empty file",
        )]);
    }
    let header = Header::read(&record)?;
    let mut file = File {
        header: &header,
        dialect,
        register,
        seen: HashSet::new(),
        errors: Vec::new(),
    };
    let mut rows = Vec::new();
    while read_record(&mut reader, &mut record)? {
        let line = lines.of(&record);
        if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
            rows.extend(file.row(line, &record));
        }
    }
    if file.errors.is_empty() {
        Ok(Import {
            rows,
            unknown_columns: header.unknown,
            dialect,
        })
    } else {
        Err(file.errors)
    }
}

/// The column or field of a name that one event may be given under; `None` where there is none.
pub fn field_named(name: &str) -> Option<&'static str> {
    Column::named(name)
        .map(Column::name)
        .or_else(|| FORM_FIELDS.into_iter().find(|field| *field == name))
}

/// Every name that [`field_named`] knows.
pub fn fields() -> impl Iterator<Item = &'static str> {
    let columns = Column::ALL.iter().map(|column| column.name());
    columns.chain(FORM_FIELDS)
}

/// Reads one event from fields by name, each as its cell would be written.
///
/// # Errors
/// Every field that cannot be read.
pub fn one(fields: RawFields, register: &PartyRegister) -> Result<ImportRow, Vec<FieldError>> {
    let header = Header::default();
    let mut file = File {
        header: &header,
        dialect: Dialect::Raw,
        register,
        seen: HashSet::new(),
        errors: Vec::new(),
    };
    file.one(fields).ok_or_else(|| {
        let of_field = |error: RowError| FieldError {
            field: field_named(&error.column).unwrap_or("event"),
            message: error.message,
        };
        file.errors.into_iter().map(of_field).collect()
    })
}

fn fault(line: u64, column: &str, message: impl Into<String>) -> RowError {
    RowError {
        line,
        column: column.to_owned(),
        message: message.into(),
    }
}

fn read_record(
    reader: &mut ::csv::Reader<&[u8]>,
    record: &mut ByteRecord,
) -> Result<bool, Vec<RowError>> {
    let line = reader.position().line();
    reader
        .read_byte_record(record)
        .map_err(|error| vec![fault(line, "1", error.to_string())])
}

#[cfg(test)]
mod tests {
    use super::{row::read_share, *};
    use crate::{
        domain::{event::Event, follow_through::FollowThrough},
        export::{
            Format,
            columns::tests::{bare_event, full_event},
            tests::{context, written},
        },
    };

    fn import(text: &str) -> Result<Import, Vec<String>> {
        read(text.as_bytes(), &context().register)
            .map_err(|errors| errors.iter().map(ToString::to_string).collect())
    }

    fn told(text: &str) -> Vec<String> {
        import(text).unwrap_err()
    }

    fn events() -> Vec<Event> {
        let guarded = ["=1", "'=1", "''+1", "@a", "plain", "'quoted'"];
        let mut events = vec![full_event(), bare_event()];
        for (place, text) in (20..).zip(guarded) {
            let mut event = bare_event();
            event.id = EventId::from_counter(place).unwrap();
            event.content.headline = text.to_owned();
            event.content.named = vec![text.to_owned(), r"a\|b".to_owned()];
            events.push(event);
        }
        events
    }

    #[test]
    fn either_dialect_gives_back_the_same_events() {
        let events = events();
        for dialect in [Dialect::Raw, Dialect::Excel] {
            let file = written(Format::Csv(dialect), &events);
            let import = read(&file, &context().register).unwrap();
            assert_eq!(import.dialect, dialect);
            assert_eq!(import.unknown_columns, Vec::<String>::new());
            for (row, event) in import.rows.iter().zip(&events) {
                assert_eq!(row.event_id, Some(event.id), "{dialect}");
                assert_eq!(row.revision, Some(event.revision));
                assert_eq!(row.created_at, Some(event.created_at));
                assert_eq!(row.updated_at, Some(event.updated_at));
                assert_eq!(row.draft, event.content, "{dialect}");
            }
            assert_eq!(import.rows.len(), events.len());
        }
    }

    #[test]
    fn three_columns_in_any_order_are_enough() {
        let import = import(
            "Headline,mood,date,kind,actors,source_url\n\
             Envoys leave,grave,2024-09,rupture,Iran|gbr,https://example.org/x\n\
             ,,,,,\n\
             A call,,2024-09-11,meeting\n",
        )
        .unwrap();
        assert_eq!(import.unknown_columns, ["mood"]);
        assert_eq!(import.rows.len(), 2);
        let first = &import.rows[0];
        assert_eq!(
            (first.line, first.event_id, first.revision),
            (2, None, None)
        );
        let actors: Vec<&str> = first.draft.actors.iter().map(AsRef::as_ref).collect();
        assert_eq!(actors, ["IRN", "GBR"]);
        assert_eq!(first.draft.sources[0].url, "https://example.org/x");
        assert_eq!(import.rows[1].line, 4);
    }

    #[test]
    fn every_bad_row_is_told_by_line_and_column() {
        assert_eq!(
            told(
                "date,kind,headline,actor_codes,confidence,source_urls,source_dates,event_id\r\n\
                 2024-13-40,sanction,\"Two\r\nlines\",,,,,\r\n\
                 2024-09-10,tariff,Second,USA|ZZZ,1.2,ftp://x|https://example.org,2024-09-10|soon,EV-1\r\n\
                 2024-09-10,sanction,,,,,,EV-XJ6BF7,extra\r\n\
                 2024-09-10,sanction,Fourth,,,,,EV-XJ6BF7\r\n"
            ),
            [
                "line 2, column date: expected a day, month or year such as 2024-09-10, 2024-09 or 2024, or an interval such \
                 as 2024-09-09/2024-09-15 or 2024-09-10/.., but found “2024-13-40”: there is no month 13",
                "line 4, column event_id: expected an event id such as EV-7K3QX2, but found “EV-1”",
                "line 4, column confidence: expected a number from 0 to 1 such as 0.87, but found “1.2”",
                "line 4, column source_urls: expected an http or https address, but found “ftp://x”",
                "line 4, column source_dates: expected a day such as 2024-09-10, but found “soon”",
                "line 4, column kind: expected one of statement, demand, pledge, warning, accusation, denial, meeting, visit, \
                 agreement, sanction, relief, ruling, military, transfer, rupture, but found “tariff”",
                "line 4, column actor_codes: expected the code or name of a party on record, but found “ZZZ”",
                "line 5, column 9: expected 8 cells as in the header, but found 9",
                "line 5, column headline: expected a headline, but found nothing",
                "line 6, column event_id: expected each id once, but found EV-XJ6BF7 twice",
            ]
        );
    }

    #[test]
    fn a_header_without_the_three_columns_is_refused() {
        assert_eq!(
            told("date;headline;date\n"),
            [
                "line 1, column date: expected each column once, but found it twice",
                "line 1, column kind: expected a header with date, kind and headline, but found no kind in \
                 “date,headline,date”",
            ]
        );
        assert_eq!(
            told(""),
            [
                "line 1, column 1: expected a header with date, kind and headline, but found an empty file"
            ]
        );
    }

    #[test]
    fn other_encodings_are_told_apart() {
        let latin = b"date,kind,headline\n2024-09-10,sanction,caf\xe9\n";
        let errors = read(latin, &context().register).unwrap_err();
        assert_eq!(
            errors[0].to_string(),
            "line 2, column headline: expected UTF-8, but found the byte 0xE9; save the file as “CSV UTF-8”"
        );
        let wide = read(b"\xff\xfed\0a\0", &context().register).unwrap_err();
        assert_eq!(
            wide[0].to_string(),
            "line 1, column 1: expected UTF-8, but found UTF-16; save the file as “CSV UTF-8”"
        );
    }

    #[test]
    fn what_follows_from_other_events_is_no_judgement() {
        let judged = |cells: &str| {
            let text = format!(
                "date,kind,headline,modality,follow_through,follow_through_event\n2024-09-10,visit,A visit,{cells}\n"
            );
            import(&text).unwrap().rows.remove(0).draft.judgement
        };
        assert_eq!(judged("announced,pending,"), None);
        assert_eq!(judged("announced,fulfilled,EV-XJ6BF7"), None);
        assert_eq!(
            judged("announced,fulfilled,"),
            Some(FollowThrough::Fulfilled)
        );
        assert_eq!(
            judged("announced,partly,EV-XJ6BF7"),
            Some(FollowThrough::Partly)
        );
        assert_eq!(
            judged("occurred,lapsed,"),
            None,
            "what occurred is not followed"
        );
    }

    #[test]
    fn relations_to_later_rows_are_kept_and_to_the_row_itself_refused() {
        let header = "event_id,date,kind,headline,relations\n";
        let later = import(&format!(
            "{header}EV-XJ6BF7,2024-09-10,denial,First,denies:EV-NG64WV\n"
        ))
        .unwrap();
        assert_eq!(
            later.rows[0].draft.relations[0].to_string(),
            "denies:EV-NG64WV"
        );
        assert_eq!(
            told(&format!(
                "{header}EV-XJ6BF7,2024-09-10,denial,First,denies:EV-XJ6BF7\n"
            )),
            [
                "line 2, column relations: expected another event's id, but found EV-XJ6BF7, which is the row's own"
            ]
        );
    }

    #[test]
    fn shares_are_read_to_the_thousandth() {
        let read: Vec<Option<i64>> = [
            "0", "1", "0.87", ".5", "1.000", "0.1239", "1.001", "-0.1", "", ".", "1e0",
        ]
        .map(read_share)
        .into();
        assert_eq!(
            read,
            [
                Some(0),
                Some(1000),
                Some(870),
                Some(500),
                Some(1000),
                Some(123),
                None,
                None,
                None,
                None,
                None
            ]
        );
    }
}
