//! An event ↔ its row in `events`: the columns, once, for reading and writing.

use chrono::Datelike;

use super::{
    db::Bind,
    error::Result,
    row::{Row, number_of_day},
};
use crate::domain::{
    cell,
    edtf::Edtf,
    event::{Event, EventDraft, sort_key},
    evidence::Source,
    follow_through::FollowThrough,
    id::EventId,
    kind::Kind,
    modality::Modality,
    party::PartyCode,
    relation::Relation,
    status::Status,
};

/// The number of an open start: before every day.
pub(super) const OPEN_FIRST: i64 = 0;
/// The number of an open end: after every day.
pub(super) const OPEN_LAST: i64 = 9_999_999;
/// The bits of a sort key that hold the event's id.
const ID_MASK: i64 = (1 << 28) - 1;

macro_rules! columns {
    ($first:ident $(, $rest:ident)* $(,)?) => {
        /// The columns of `events`.
        pub(super) const COLUMNS: &str =
            concat!(stringify!($first) $(, ", ", stringify!($rest))*);
        /// The columns of `events` under the name `e`.
        pub(super) const COLUMNS_OF_E: &str =
            concat!("e.", stringify!($first) $(, ", e.", stringify!($rest))*);
    };
}

columns!(
    id,
    sort_key,
    revision,
    status,
    merged_into,
    kind,
    modality,
    date,
    date_text,
    day_first,
    day_last,
    span,
    month,
    effective_date,
    headline,
    summary,
    quote,
    speakers,
    actors,
    targets,
    named,
    place,
    authority,
    program,
    legal_url,
    list_ids,
    tags,
    confidence,
    relations,
    judgement,
    source_count,
    independent_sources,
    source_urls,
    source_publishers,
    source_titles,
    source_dates,
    first_reported,
    follow_through,
    follow_through_event,
    created_at,
    updated_at,
);

/// The values of [`COLUMNS`].
pub(super) fn binds(event: &Event, merged_into: Option<EventId>) -> Vec<Bind> {
    let content = &event.content;
    let sources = &content.sources;
    vec![
        event.id.counter().into(),
        key(event).into(),
        event.revision.into(),
        content.status.code().into(),
        merged_into.map(EventId::counter).into(),
        content.kind.code().into(),
        content.modality.code().into(),
        content.date.to_string().into(),
        content.date_text.as_str().into(),
        first_day(&content.date).into(),
        last_day(&content.date).into(),
        i64::from(content.date.as_single_day().is_none()).into(),
        month(&content.date).into(),
        content.effective_date.map(|date| date.to_string()).into(),
        content.headline.as_str().into(),
        content.summary.as_str().into(),
        content.quote.as_str().into(),
        cell::join(&content.speakers).into(),
        cell::join(&content.actors).into(),
        cell::join(&content.targets).into(),
        cell::join(&content.named).into(),
        content.place.as_str().into(),
        content.authority.as_str().into(),
        content.program.as_str().into(),
        content.legal_url.as_str().into(),
        cell::join(&content.list_ids).into(),
        cell::join(&content.tags).into(),
        content.confidence.into(),
        cell::join(content.relations.iter().map(ToString::to_string)).into(),
        content.judgement.map(FollowThrough::code).into(),
        event.source_count.into(),
        event.independent_sources.into(),
        cell::join(sources.iter().map(|source| &source.url)).into(),
        cell::join(sources.iter().map(|source| &source.publisher)).into(),
        cell::join(sources.iter().map(|source| &source.title)).into(),
        cell::join(sources.iter().map(|source| {
            source
                .published
                .map_or_else(String::new, |day| day.to_string())
        }))
        .into(),
        event.first_reported.map(number_of_day).into(),
        event.follow_through.map(FollowThrough::code).into(),
        event.follow_through_event.map(EventId::counter).into(),
        event.created_at.micros().into(),
        event.updated_at.micros().into(),
    ]
}

/// The event of a row with all [`COLUMNS`]; its sources are without article and spans.
pub(super) fn event(row: &Row) -> Result<Event> {
    Ok(Event {
        id: row.coded("id", EventId::from_counter)?,
        revision: row.int("revision")?,
        content: EventDraft {
            kind: row.coded("kind", Kind::from_code)?,
            date: row.parsed("date")?,
            date_text: row.text("date_text")?,
            modality: row.coded("modality", Modality::from_code)?,
            headline: row.text("headline")?,
            summary: row.text("summary")?,
            quote: row.text("quote")?,
            speakers: list(row, "speakers")?,
            actors: parties(row, "actors")?,
            targets: parties(row, "targets")?,
            named: list(row, "named")?,
            place: row.text("place")?,
            effective_date: row.opt_parsed("effective_date")?,
            authority: row.text("authority")?,
            program: row.text("program")?,
            legal_url: row.text("legal_url")?,
            list_ids: list(row, "list_ids")?,
            tags: list(row, "tags")?,
            status: row.coded("status", Status::from_code)?,
            confidence: row.opt_int("confidence")?,
            relations: relations(row)?,
            judgement: row.opt_coded("judgement", FollowThrough::from_code)?,
            sources: sources(row)?,
        },
        source_count: row.int("source_count")?,
        independent_sources: row.int("independent_sources")?,
        first_reported: row.opt_day("first_reported")?,
        follow_through: row.opt_coded("follow_through", FollowThrough::from_code)?,
        follow_through_event: row.opt_coded("follow_through_event", EventId::from_counter)?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}

/// The events of rows.
pub(super) fn events(rows: &[Row]) -> Result<Vec<Event>> {
    rows.iter().map(event).collect()
}

/// The sort key of an event.
pub(super) fn key(event: &Event) -> i64 {
    sort_key(&event.content.date, event.id)
}

/// The event of a sort key.
pub(super) fn id_of_key(key: i64) -> Option<EventId> {
    EventId::from_counter(key & ID_MASK)
}

/// The number of the first possible day.
pub(super) fn first_day(date: &Edtf) -> i64 {
    date.earliest().map_or(OPEN_FIRST, number_of_day)
}

/// The number of the last possible day.
pub(super) fn last_day(date: &Edtf) -> i64 {
    date.latest().map_or(OPEN_LAST, number_of_day)
}

/// The month of the day that a date sorts by: year * 12 + month - 1.
pub(super) fn month(date: &Edtf) -> i64 {
    let day = date.sort_day();
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

fn list(row: &Row, column: &'static str) -> Result<Vec<String>> {
    Ok(cell::split_filled(&row.text(column)?))
}

fn parties(row: &Row, column: &'static str) -> Result<Vec<PartyCode>> {
    list(row, column)?
        .iter()
        .map(|code| code.parse().map_err(|_| row.corrupt(column)))
        .collect()
}

fn relations(row: &Row) -> Result<Vec<Relation>> {
    list(row, "relations")?
        .iter()
        .map(|text| text.parse().map_err(|_| row.corrupt("relations")))
        .collect()
}

fn sources(row: &Row) -> Result<Vec<Source>> {
    let count =
        usize::try_from(row.int("source_count")?).map_err(|_| row.corrupt("source_count"))?;
    if count == 0 {
        return Ok(Vec::new());
    }
    let column = |column| -> Result<Vec<String>> {
        let mut values = cell::split(&row.text(column)?);
        // one empty value is written as an empty cell
        values.resize(count, String::new());
        Ok(values)
    };
    let (urls, publishers, titles, dates) = (
        column("source_urls")?,
        column("source_publishers")?,
        column("source_titles")?,
        column("source_dates")?,
    );
    urls.into_iter()
        .zip(publishers)
        .zip(titles)
        .zip(dates)
        .map(|(((url, publisher), title), date)| {
            Ok(Source {
                article: None,
                url,
                publisher,
                title,
                published: if date.is_empty() {
                    None
                } else {
                    Some(date.parse().map_err(|_| row.corrupt("source_dates"))?)
                },
                spans: Vec::new(),
            })
        })
        .collect()
}
