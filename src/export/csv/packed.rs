//! Packed rows → the same CSV, byte for byte, without an event in between: a list is copied as the record keeps it, a day
//! is written from its number.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::{Dialect, append, written_share};
use crate::{
    domain::{
        cell,
        clock::Timestamp,
        follow_through::FollowThrough,
        id::EventId,
        kind::Kind,
        modality::Modality,
        packed::{Field, PackedEvent, precision_of},
        party::PartyCode,
        register::PartyRegister,
        status::Status,
    },
    export::{ExportContext, ExportError, columns::Column},
};

/// So many different cells of codes are kept with their names.
const KEPT_NAMES: usize = 20_000;
/// The number of the day 1970-01-01, counted from 1 January of year 1.
const DAY_OF_1970: i64 = 719_163;
const MICROS_A_DAY: i64 = 86_400_000_000;

/// The names of cells of codes, which repeat: `USA|GBR` → `United States|United Kingdom`.
#[derive(Debug, Default)]
pub(super) struct NameCells(HashMap<String, String>);

impl NameCells {
    fn of(&mut self, codes: &str, register: &PartyRegister) -> Option<&str> {
        if !self.0.contains_key(codes) {
            let read: Option<Vec<PartyCode>> = cell::split_filled(codes)
                .iter()
                .map(|code| code.parse().ok())
                .collect();
            let names = cell::join(read?.iter().map(|code| register.name(code)));
            if self.0.len() >= KEPT_NAMES {
                self.0.clear();
            }
            self.0.insert(codes.to_owned(), names);
        }
        self.0.get(codes).map(String::as_str)
    }
}

/// Writes rows of one file.
pub(super) struct RowWriter<'a> {
    pub(super) dialect: Dialect,
    pub(super) context: &'a ExportContext,
    pub(super) names: &'a mut NameCells,
}

impl RowWriter<'_> {
    /// Appends the line of a row.
    pub(super) fn line(
        &mut self,
        row: &PackedEvent<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        for (place, column) in Column::ALL.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            self.cell(*column, row, out)
                .map_err(|field| ExportError::Unreadable {
                    event: row.text(Field::Id).to_owned(),
                    column: field.name(),
                })?;
        }
        out.extend_from_slice(b"\r\n");
        Ok(())
    }

    /// Appends a cell; fails with the field that cannot be read.
    fn cell(
        &mut self,
        column: Column,
        row: &PackedEvent<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Field> {
        let copied = match column {
            Column::EventId => {
                out.extend_from_slice(&id(row, Field::Id)?.ok_or(Field::Id)?.signs());
                return Ok(());
            }
            Column::FollowThroughEvent => {
                if let Some(id) = id(row, Field::FollowThroughEvent)? {
                    out.extend_from_slice(&id.signs());
                }
                return Ok(());
            }
            Column::Url => {
                let id = id(row, Field::Id)?.ok_or(Field::Id)?.signs();
                self.url(&id, out);
                return Ok(());
            }
            Column::DatePrecision => precision_of(row.text(Field::Date)).slug(),
            Column::DateEarliest => return day(row, Field::DayFirst, out),
            Column::DateLatest => return day(row, Field::DayLast, out),
            Column::FirstReported => return day(row, Field::FirstReported, out),
            Column::CreatedAt => return instant(row, Field::CreatedAt, out),
            Column::UpdatedAt => return instant(row, Field::UpdatedAt, out),
            Column::Kind => kind(row)?.slug(),
            Column::Cameo => kind(row)?.cameo(),
            Column::Plover => kind(row)?.plover(),
            Column::Modality => {
                let modality = row.coded(Field::Modality, Modality::from_code)?;
                modality.ok_or(Field::Modality)?.slug()
            }
            Column::Status => {
                let status = row.coded(Field::Status, Status::from_code)?;
                status.ok_or(Field::Status)?.slug()
            }
            Column::FollowThrough => row
                .coded(Field::FollowThrough, FollowThrough::from_code)?
                .map_or("", FollowThrough::slug),
            Column::Confidence => {
                if let Some(thousandths) = row.number(Field::Confidence)? {
                    out.extend_from_slice(written_share(thousandths).as_bytes());
                }
                return Ok(());
            }
            Column::Actors => return self.names_of(column, row, Field::Actors, out),
            Column::Targets => return self.names_of(column, row, Field::Targets, out),
            other => row.text(field(other)),
        };
        self.text(column, copied, out);
        Ok(())
    }

    fn url(&self, id: &[u8], out: &mut Vec<u8>) {
        let base = &self.context.base_url;
        if base.contains([',', '"', '\r', '\n']) {
            let id = String::from_utf8_lossy(id);
            self.text(Column::Url, &format!("{base}/events/{id}"), out);
        } else {
            out.extend_from_slice(base.as_bytes());
            out.extend_from_slice(b"/events/");
            out.extend_from_slice(id);
        }
    }

    fn names_of(
        &mut self,
        column: Column,
        row: &PackedEvent<'_>,
        field: Field,
        out: &mut Vec<u8>,
    ) -> Result<(), Field> {
        let codes = row.text(field);
        if codes.is_empty() {
            return Ok(());
        }
        let names = self.names.of(codes, &self.context.register).ok_or(field)?;
        append(column.sort(), self.dialect, names, out);
        Ok(())
    }

    fn text(&self, column: Column, text: &str, out: &mut Vec<u8>) {
        append(column.sort(), self.dialect, text, out);
    }
}

/// The field that a column copies as it stands.
const fn field(column: Column) -> Field {
    match column {
        Column::Revision => Field::Revision,
        Column::EffectiveDate => Field::EffectiveDate,
        Column::Headline => Field::Headline,
        Column::Summary => Field::Summary,
        Column::Quote => Field::Quote,
        Column::Speakers => Field::Speakers,
        Column::ActorCodes => Field::Actors,
        Column::TargetCodes => Field::Targets,
        Column::Named => Field::Named,
        Column::Place => Field::Place,
        Column::Authority => Field::Authority,
        Column::Program => Field::Program,
        Column::LegalUrl => Field::LegalUrl,
        Column::ListIds => Field::ListIds,
        Column::SourceCount => Field::SourceCount,
        Column::IndependentSources => Field::IndependentSources,
        Column::SourceUrls => Field::SourceUrls,
        Column::SourcePublishers => Field::SourcePublishers,
        Column::SourceTitles => Field::SourceTitles,
        Column::SourceDates => Field::SourceDates,
        Column::Relations => Field::Relations,
        Column::Tags => Field::Tags,
        // the rest is worked out above
        _ => Field::Date,
    }
}

fn kind(row: &PackedEvent<'_>) -> Result<Kind, Field> {
    row.coded(Field::Kind, Kind::from_code)?.ok_or(Field::Kind)
}

fn id(row: &PackedEvent<'_>, field: Field) -> Result<Option<EventId>, Field> {
    row.coded(field, EventId::from_counter)
}

/// Appends the day of a number; nothing where the side is open.
fn day(row: &PackedEvent<'_>, field: Field, out: &mut Vec<u8>) -> Result<(), Field> {
    let Some(number) = row.number(field)? else {
        return Ok(());
    };
    // open sides are kept as numbers before and after every day
    let day = i32::try_from(number)
        .ok()
        .filter(|number| *number > 0)
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .filter(|day| day.year() <= 9999);
    match day {
        Some(day) => push_day(day, out),
        None if field == Field::FirstReported => return Err(field),
        None => {}
    }
    Ok(())
}

fn push_day(day: NaiveDate, out: &mut Vec<u8>) {
    push_digits(i64::from(day.year()), 4, out);
    out.push(b'-');
    push_digits(i64::from(day.month()), 2, out);
    out.push(b'-');
    push_digits(i64::from(day.day()), 2, out);
}

/// Appends so many digits of a number that has no more.
fn push_digits(number: i64, width: u32, out: &mut Vec<u8>) {
    for place in (0..width).rev() {
        let digit = number / 10_i64.pow(place) % 10;
        out.push(b'0' + u8::try_from(digit).unwrap_or(0));
    }
}

/// Appends an instant as `Timestamp` writes it.
fn instant(row: &PackedEvent<'_>, field: Field, out: &mut Vec<u8>) -> Result<(), Field> {
    let micros = row.number(field)?.ok_or(field)?;
    let within = micros.rem_euclid(MICROS_A_DAY);
    let day = i32::try_from(micros.div_euclid(MICROS_A_DAY) + DAY_OF_1970)
        .ok()
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .filter(|day| (0..=9999).contains(&day.year()));
    let Some(day) = day else {
        let instant = Timestamp::from_micros(micros).ok_or(field)?;
        out.extend_from_slice(instant.to_string().as_bytes());
        return Ok(());
    };
    let seconds = within / 1_000_000;
    push_day(day, out);
    for (sign, part) in [
        (b'T', seconds / 3600),
        (b':', seconds / 60 % 60),
        (b':', seconds % 60),
    ] {
        out.push(sign);
        push_digits(part, 2, out);
    }
    let fraction = within % 1_000_000;
    if fraction > 0 {
        out.push(b'.');
        if fraction % 1_000 == 0 {
            push_digits(fraction / 1_000, 3, out);
        } else {
            push_digits(fraction, 6, out);
        }
    }
    out.push(b'Z');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(field: Field, text: &str) -> String {
        let fields: Vec<&str> = Field::ALL
            .iter()
            .map(|other| if *other == field { text } else { "" })
            .collect();
        fields.join("\u{1f}")
    }

    fn row_of(
        field: Field,
        text: &str,
        write: impl Fn(&PackedEvent<'_>, &mut Vec<u8>) -> Result<(), Field>,
    ) -> Result<String, Field> {
        let packed = crate::domain::packed::PackedEvents::read(with(field, text), 1).unwrap();
        let mut out = Vec::new();
        write(&packed.rows().next().unwrap(), &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn instants_are_written_as_the_clock_writes_them() {
        for micros in [
            0,
            1_725_977_106_000_000,
            1_725_977_106_120_000,
            1_725_977_106_000_007,
            -1,
            -62_135_596_800_000_000,
            253_402_300_799_999_999,
            253_402_300_800_000_000,
        ] {
            let written = row_of(Field::CreatedAt, &micros.to_string(), |row, out| {
                instant(row, Field::CreatedAt, out)
            });
            let expected = Timestamp::from_micros(micros).unwrap().to_string();
            assert_eq!(written, Ok(expected), "{micros}");
        }
    }

    #[test]
    fn days_are_written_from_their_numbers_and_open_sides_are_empty() {
        for (number, expected) in [
            ("1", "0001-01-01"),
            ("719163", "1970-01-01"),
            ("739139", "2024-09-10"),
            ("0", ""),
            ("9999999", ""),
            ("", ""),
        ] {
            let written = row_of(Field::DayFirst, number, |row, out| {
                day(row, Field::DayFirst, out)
            });
            assert_eq!(written.as_deref(), Ok(expected), "{number}");
        }
    }

    #[test]
    fn a_column_that_is_copied_has_a_field_of_its_own() {
        let dates: Vec<&str> = Column::ALL
            .iter()
            .filter(|column| field(**column) == Field::Date)
            .map(|column| column.name())
            .collect();
        assert_eq!(
            dates,
            [
                "event_id",
                "url",
                "date",
                "date_precision",
                "date_earliest",
                "date_latest",
                "kind",
                "modality",
                "actors",
                "targets",
                "status",
                "confidence",
                "first_reported",
                "follow_through",
                "follow_through_event",
                "cameo",
                "plover",
                "created_at",
                "updated_at"
            ]
        );
    }
}
