//! Events and drafts ↔ JSON: what revisions and candidates keep of them. Words of the contract, not numbers of the database.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::{
    event::{Event, EventDraft},
    evidence::{EvidenceSpan, Source},
    id::ArticleId,
    status::Status,
};

#[derive(Debug, Serialize, Deserialize)]
struct DraftSnapshot {
    date: String,
    date_text: String,
    kind: String,
    modality: String,
    headline: String,
    summary: String,
    quote: String,
    speakers: Vec<String>,
    actors: Vec<String>,
    targets: Vec<String>,
    named: Vec<String>,
    place: String,
    effective_date: Option<String>,
    authority: String,
    program: String,
    legal_url: String,
    list_ids: Vec<String>,
    tags: Vec<String>,
    status: String,
    confidence: Option<i64>,
    relations: Vec<String>,
    judgement: Option<String>,
    sources: Vec<SourceSnapshot>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SourceSnapshot {
    article: Option<i64>,
    url: String,
    publisher: String,
    title: String,
    published: Option<String>,
    spans: Vec<EvidenceSpan>,
}

#[derive(Debug, Serialize, Deserialize)]
struct EventSnapshot {
    event_id: String,
    revision: i64,
    #[serde(flatten)]
    content: DraftSnapshot,
    source_count: i64,
    independent_sources: i64,
    first_reported: Option<String>,
    follow_through: Option<String>,
    follow_through_event: Option<String>,
    created_at: i64,
    updated_at: i64,
}

/// The JSON of an event.
pub(super) fn of_event(event: &Event) -> String {
    to_json(&EventSnapshot {
        event_id: event.id.to_string(),
        revision: event.revision,
        content: draft_snapshot(&event.content),
        source_count: event.source_count,
        independent_sources: event.independent_sources,
        first_reported: written(event.first_reported),
        follow_through: written(event.follow_through),
        follow_through_event: written(event.follow_through_event),
        created_at: event.created_at.micros(),
        updated_at: event.updated_at.micros(),
    })
}

/// The event of a JSON text; `None` where it is none.
pub(super) fn to_event(json: &str) -> Option<Event> {
    let snapshot: EventSnapshot = serde_json::from_str(json).ok()?;
    Some(Event {
        id: snapshot.event_id.parse().ok()?,
        revision: snapshot.revision,
        content: draft(snapshot.content)?,
        source_count: snapshot.source_count,
        independent_sources: snapshot.independent_sources,
        first_reported: read(snapshot.first_reported)?,
        follow_through: read(snapshot.follow_through)?,
        follow_through_event: read(snapshot.follow_through_event)?,
        created_at: crate::domain::clock::Timestamp::from_micros(snapshot.created_at)?,
        updated_at: crate::domain::clock::Timestamp::from_micros(snapshot.updated_at)?,
    })
}

/// The JSON of a draft.
pub(super) fn of_draft(draft: &EventDraft) -> String {
    to_json(&draft_snapshot(draft))
}

/// The draft of a JSON text; `None` where it is none.
pub(super) fn to_draft(json: &str) -> Option<EventDraft> {
    draft(serde_json::from_str(json).ok()?)
}

/// These structs hold nothing that JSON cannot say.
fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn written<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// Absent is `Some(None)`; unreadable is `None`.
#[expect(clippy::option_option, reason = "absent and unreadable differ")]
fn read<T: FromStr>(text: Option<String>) -> Option<Option<T>> {
    match text {
        Some(text) => text.parse().ok().map(Some),
        None => Some(None),
    }
}

fn all<T: FromStr>(texts: &[String]) -> Option<Vec<T>> {
    texts.iter().map(|text| text.parse().ok()).collect()
}

fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn draft_snapshot(draft: &EventDraft) -> DraftSnapshot {
    DraftSnapshot {
        date: draft.date.to_string(),
        date_text: draft.date_text.clone(),
        kind: draft.kind.to_string(),
        modality: draft.modality.to_string(),
        headline: draft.headline.clone(),
        summary: draft.summary.clone(),
        quote: draft.quote.clone(),
        speakers: draft.speakers.clone(),
        actors: texts(&draft.actors),
        targets: texts(&draft.targets),
        named: draft.named.clone(),
        place: draft.place.clone(),
        effective_date: written(draft.effective_date),
        authority: draft.authority.clone(),
        program: draft.program.clone(),
        legal_url: draft.legal_url.clone(),
        list_ids: draft.list_ids.clone(),
        tags: draft.tags.clone(),
        status: draft.status.to_string(),
        confidence: draft.confidence,
        relations: texts(&draft.relations),
        judgement: written(draft.judgement),
        sources: draft.sources.iter().map(source_snapshot).collect(),
    }
}

fn draft(snapshot: DraftSnapshot) -> Option<EventDraft> {
    Some(EventDraft {
        kind: snapshot.kind.parse().ok()?,
        date: snapshot.date.parse().ok()?,
        date_text: snapshot.date_text,
        modality: snapshot.modality.parse().ok()?,
        headline: snapshot.headline,
        summary: snapshot.summary,
        quote: snapshot.quote,
        speakers: snapshot.speakers,
        actors: all(&snapshot.actors)?,
        targets: all(&snapshot.targets)?,
        named: snapshot.named,
        place: snapshot.place,
        effective_date: read(snapshot.effective_date)?,
        authority: snapshot.authority,
        program: snapshot.program,
        legal_url: snapshot.legal_url,
        list_ids: snapshot.list_ids,
        tags: snapshot.tags,
        status: (1..=5)
            .filter_map(Status::from_code)
            .find(|status| status.slug() == snapshot.status)?,
        confidence: snapshot.confidence,
        relations: all(&snapshot.relations)?,
        judgement: read(snapshot.judgement)?,
        sources: snapshot
            .sources
            .into_iter()
            .map(source)
            .collect::<Option<_>>()?,
    })
}

fn source_snapshot(source: &Source) -> SourceSnapshot {
    SourceSnapshot {
        article: source.article.map(|article| article.0),
        url: source.url.clone(),
        publisher: source.publisher.clone(),
        title: source.title.clone(),
        published: written(source.published),
        spans: source.spans.clone(),
    }
}

fn source(snapshot: SourceSnapshot) -> Option<Source> {
    Some(Source {
        article: snapshot.article.map(ArticleId),
        url: snapshot.url,
        publisher: snapshot.publisher,
        title: snapshot.title,
        published: read(snapshot.published)?,
        spans: snapshot.spans,
    })
}
