//! One record → its typed parts, every fault told by the column that holds it.

use std::{collections::HashSet, fmt, str::FromStr};

use ::csv::ByteRecord;
use chrono::NaiveDate;

use super::{ImportRow, RowError, fault, header::Header};
use crate::{
    domain::{
        cell,
        clock::Timestamp,
        draft::{self, RawFields},
        event::{EventDraft, HEADLINE_MAX},
        evidence::Source,
        follow_through::FollowThrough,
        id::EventId,
        register::PartyRegister,
    },
    export::{
        columns::{Column, Sort},
        csv::{Dialect, unguarded},
    },
};

/// What the rows of one file share.
pub(super) struct File<'a> {
    pub(super) header: &'a Header,
    pub(super) dialect: Dialect,
    pub(super) register: &'a PartyRegister,
    pub(super) seen: HashSet<EventId>,
    pub(super) errors: Vec<RowError>,
}

impl File<'_> {
    /// Reads one record; `None` where a fault was told.
    pub(super) fn row(&mut self, line: u64, record: &ByteRecord) -> Option<ImportRow> {
        let errors_before = self.errors.len();
        let mut row = Row {
            file: self,
            line,
            fields: RawFields::new(),
        };
        row.take_cells(record);
        row.read(errors_before)
    }

    /// Reads fields that came without a file; `None` where a fault was told.
    pub(super) fn one(&mut self, fields: RawFields) -> Option<ImportRow> {
        let row = Row {
            file: self,
            line: 1,
            fields,
        };
        row.read(0)
    }
}

struct Row<'a, 'b> {
    file: &'a mut File<'b>,
    line: u64,
    fields: RawFields,
}

impl Row<'_, '_> {
    /// The typed parts of the fields; `None` where a fault was told since there were so many.
    fn read(mut self, errors_before: usize) -> Option<ImportRow> {
        let event_id = self.value::<EventId>(Column::EventId);
        let revision = self.revision();
        let created_at = self.value::<Timestamp>(Column::CreatedAt);
        let updated_at = self.value::<Timestamp>(Column::UpdatedAt);
        let confidence = self.confidence();
        let judgement = self.judgement();
        let sources = self.sources();
        let draft = self.draft();
        if let Some(id) = event_id {
            self.check_id(id, draft.as_ref());
        }
        let draft = draft?;
        if self.file.errors.len() > errors_before {
            return None;
        }
        let followed = FollowThrough::applies_to(draft.kind, draft.modality);
        Some(ImportRow {
            line: self.line,
            event_id,
            revision,
            created_at,
            updated_at,
            draft: EventDraft {
                confidence,
                judgement: judgement.filter(|_| followed),
                sources: if sources.is_empty() {
                    draft.sources
                } else {
                    sources
                },
                ..draft
            },
        })
    }

    fn report(&mut self, field: &str, message: String) {
        let column = self.file.header.written(field).to_owned();
        self.file.errors.push(fault(self.line, &column, message));
    }

    fn take_cells(&mut self, record: &ByteRecord) {
        let header = self.file.header;
        if record.len() > header.fields.len() {
            let message = format!(
                "expected {} cells as in the header, but found {}",
                header.fields.len(),
                record.len()
            );
            let place = (header.fields.len() + 1).to_string();
            self.report(&place, message);
        }
        for (field, cell) in header.fields.iter().zip(record) {
            let Some(field) = *field else { continue };
            match std::str::from_utf8(cell) {
                Ok(cell) => {
                    let cell = if self.file.dialect == Dialect::Excel && may_be_guarded(field) {
                        unguarded(cell)
                    } else {
                        cell
                    };
                    self.fields.insert(field.to_owned(), cell.to_owned());
                }
                Err(error) => {
                    let byte = cell.get(error.valid_up_to()).copied().unwrap_or_default();
                    let message = format!(
                        "expected UTF-8, but found the byte 0x{byte:02X}; save the file as “CSV UTF-8”"
                    );
                    self.report(field, message);
                }
            }
        }
    }

    fn raw(&self, column: Column) -> &str {
        self.fields
            .get(column.name())
            .map_or("", |cell| cell.trim())
    }

    fn value<T: FromStr<Err: fmt::Display>>(&mut self, column: Column) -> Option<T> {
        let text = self.raw(column);
        if text.is_empty() {
            return None;
        }
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let message = error.to_string();
                self.report(column.name(), message);
                None
            }
        }
    }

    fn revision(&mut self) -> Option<i64> {
        let text = self.raw(Column::Revision).to_owned();
        if text.is_empty() {
            return None;
        }
        let revision = text.parse().ok().filter(|revision| *revision > 0);
        if revision.is_none() {
            let message = format!("expected a whole number from 1, but found “{text}”");
            self.report(Column::Revision.name(), message);
        }
        revision
    }

    fn confidence(&mut self) -> Option<i64> {
        let text = self.raw(Column::Confidence).to_owned();
        if text.is_empty() {
            return None;
        }
        let share = read_share(&text);
        if share.is_none() {
            let message = format!("expected a number from 0 to 1 such as 0.87, but found “{text}”");
            self.report(Column::Confidence.name(), message);
        }
        share
    }

    /// What an editor judged. That something is pending, or was carried out by an event that is named, is worked out anew.
    fn judgement(&mut self) -> Option<FollowThrough> {
        let carried_out_by = self.value::<EventId>(Column::FollowThroughEvent);
        self.value::<FollowThrough>(Column::FollowThrough)
            .filter(|state| match state {
                FollowThrough::Pending => false,
                FollowThrough::Fulfilled => carried_out_by.is_none(),
                FollowThrough::Partly | FollowThrough::Lapsed => true,
            })
    }

    /// The sources, their parts taken by position.
    fn sources(&mut self) -> Vec<Source> {
        let parts = |row: &Self, column| cell::split(row.raw(column));
        let urls = parts(self, Column::SourceUrls);
        let publishers = parts(self, Column::SourcePublishers);
        let titles = parts(self, Column::SourceTitles);
        let dates = parts(self, Column::SourceDates);
        let count = [&urls, &publishers, &titles, &dates]
            .into_iter()
            .map(Vec::len)
            .max()
            .unwrap_or(0);
        let mut sources = Vec::new();
        for place in 0..count {
            let source = Source {
                url: self.part(&urls, place, Column::SourceUrls),
                publisher: self.part(&publishers, place, Column::SourcePublishers),
                title: self.part(&titles, place, Column::SourceTitles),
                published: self.source_day(&dates, place),
                ..Source::default()
            };
            if !source.url.is_empty() && !draft::is_web_address(&source.url) {
                let message = format!(
                    "expected an http or https address, but found “{}”",
                    source.url
                );
                self.report(Column::SourceUrls.name(), message);
            }
            if source != Source::default() {
                sources.push(source);
            }
        }
        sources
    }

    fn part(&mut self, values: &[String], place: usize, column: Column) -> String {
        let text = values
            .get(place)
            .map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default();
        let most = match column {
            Column::SourceUrls => HEADLINE_MAX * 8,
            _ => HEADLINE_MAX * 2,
        };
        let length = text.chars().count();
        if length > most {
            let message = format!("expected at most {most} characters, but found {length}");
            self.report(column.name(), message);
        }
        if let Some(sign) = text.chars().find(|sign| sign.is_control()) {
            let message = format!(
                "expected text, but found the control character U+{:04X}",
                u32::from(sign)
            );
            self.report(column.name(), message);
        }
        text
    }

    fn source_day(&mut self, dates: &[String], place: usize) -> Option<NaiveDate> {
        let text = dates.get(place).filter(|text| !text.is_empty())?;
        let day = text.parse().ok();
        if day.is_none() {
            let message = format!("expected a day such as 2024-09-10, but found “{text}”");
            self.report(Column::SourceDates.name(), message);
        }
        day
    }

    /// What forms take too, read by the one door for drafts. Codes count before names.
    fn draft(&mut self) -> Option<EventDraft> {
        for (names, codes) in [
            (Column::Actors, Column::ActorCodes),
            (Column::Targets, Column::TargetCodes),
        ] {
            if let Some(cell) = self
                .fields
                .get(codes.name())
                .filter(|cell| !cell.trim().is_empty())
            {
                let cell = cell.clone();
                self.fields.insert(names.name().to_owned(), cell);
            }
        }
        match draft::read(&self.fields, self.file.register) {
            Ok(draft) => Some(draft),
            Err(errors) => {
                for error in errors {
                    let field = match error.field {
                        "actors" if !self.raw(Column::ActorCodes).is_empty() => "actor_codes",
                        "targets" if !self.raw(Column::TargetCodes).is_empty() => "target_codes",
                        field => field,
                    };
                    self.report(field, error.message);
                }
                None
            }
        }
    }

    fn check_id(&mut self, id: EventId, draft: Option<&EventDraft>) {
        if !self.file.seen.insert(id) {
            let message = format!("expected each id once, but found {id} twice");
            self.report(Column::EventId.name(), message);
        }
        if draft.is_some_and(|draft| draft.relations.iter().any(|relation| relation.to == id)) {
            let message =
                format!("expected another event's id, but found {id}, which is the row's own");
            self.report(Column::Relations.name(), message);
        }
    }
}

fn may_be_guarded(field: &str) -> bool {
    Column::named(field).map_or(field != "source_date", |column| {
        matches!(column.sort(), Sort::Text | Sort::List)
    })
}

/// A decimal from 0 to 1 in thousandths; further digits are dropped.
pub(super) fn read_share(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || whole.len() + decimals.len() == 0 || whole.len() > 9 {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let thousandths: i64 = format!("{decimals:0<3}").get(..3)?.parse().ok()?;
    let share = whole.checked_mul(1000)?.checked_add(thousandths)?;
    (0..=1000).contains(&share).then_some(share)
}
