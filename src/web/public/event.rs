//! One event: its facts, how its date was read, its evidence, its chain, its revisions, how to cite it; now, and as it
//! stood at any of its revisions, each under an address that never changes.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::LOCATION},
    web::{Data, Path},
};
use askama::Template;
use chrono::Datelike as _;

use crate::{
    domain::{
        draft::is_web_address,
        edtf::{Edtf, Precision},
        event::Event,
        filter::{DayBound, TimelineFilter},
        id::EventId,
        publisher_register::PublisherRegister,
        register::PartyRegister,
        relation::RelationKind,
        status::Status,
    },
    export::cite::Citation,
    store::{EventLookup, Revision, RevisionAction},
};

use super::{
    super::{
        error::{Missing, WebError},
        filters,
        listing::{EventItem, Related, RelationLine, Route, unquoted},
        page::{self, Nav, Page},
        paths,
        state::AppState,
        visitor::Visitor,
    },
    event_evidence::EvidenceItem,
    event_thread::{self, ThreadItem, ThreadPlace},
    linked_data::{self, JsonLd},
    oembed,
    revision::RevisionRow,
};

/// A longer thread shows the events linked to this one; the rest is folded away.
const THREAD_MAX: usize = 12;

/// Which revision a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The event as it stands.
    Latest,
    /// An earlier revision, or the last of an event that went into another.
    Past {
        /// When it was saved.
        saved: String,
        /// What has become of it since, and where that is told.
        since: (String, String),
    },
}

/// The page of an event.
#[derive(Debug, Template)]
#[template(path = "public/event.html")]
pub struct EventPage {
    page: Page,
    shown: Shown,
    event: Event,
    item: EventItem,
    date_long: String,
    date_how: String,
    datetime: Option<String>,
    precision: Precision,
    effective: Option<String>,
    month: Option<(String, String)>,
    legal_url: Option<String>,
    judged_by: Option<RelationLine>,
    answered: Vec<RelationLine>,
    evidence: Vec<EvidenceItem>,
    thread: Vec<ThreadItem>,
    whole_thread: Vec<ThreadItem>,
    revisions: Vec<RevisionRow>,
    permalink: String,
    revision_link: String,
    cite: String,
    json_ld: Option<JsonLd>,
    edit_href: String,
}

/// What the page shows beside the event itself.
#[derive(Debug, Default)]
struct Beside {
    chain: Vec<Event>,
    incoming: Vec<(RelationKind, EventId)>,
    revisions: Vec<Revision>,
    publishers: Arc<PublisherRegister>,
}

/// GET /events/ID: one event. A merged one leads to the one that stays; a deleted one is gone.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    written: Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = read_id(&written)?;
    let event = match state.store.event(id).await? {
        EventLookup::Found(event) => *event,
        EventLookup::Merged(into) => {
            return Ok(HttpResponse::build(StatusCode::MOVED_PERMANENTLY)
                .insert_header((LOCATION, paths::event(into)))
                .finish());
        }
        EventLookup::Deleted(deletion) => {
            return Err(WebError::Deleted {
                id,
                at: deletion.at,
                reason: deletion.reason,
            });
        }
        EventLookup::Unknown => return Err(missing(&written)),
    };
    let register = state.register().await?;
    let (chain, incoming, revisions) = tokio::try_join!(
        state.store.chain(id),
        state.store.incoming_relations(id),
        state.store.revisions(id),
    )?;
    let beside = Beside {
        chain,
        incoming,
        revisions,
        publishers: state.store.publisher_register().await?,
    };
    let related = Related::from_events(&beside.chain);
    let mut page = EventPage::new(&state, event, Shown::Latest, &beside, &register, &related);
    page.page = Page::of(&state, &visitor, Nav::Timeline, page.title()).await?;
    page.page.social = Some(page.social(&state));
    page.json_ld = Some(linked_data::event(&page.event, &register, &state.link_base));
    Ok(page::ok(&page))
}

/// GET /events/ID/revisions/N: the event as it was saved then. Deleted events are gone in every revision.
pub async fn revision(
    state: Data<AppState>,
    visitor: Visitor,
    written: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (event, latest) = at_revision(&state, &written.0, Some(&written.1)).await?;
    let register = state.register().await?;
    let revisions = state.store.revisions(event.id).await?;
    let since = match latest {
        Standing::At(now) if now == event.revision => (
            "This is how the event stands now.".to_owned(),
            paths::event(event.id),
        ),
        Standing::At(now) => (
            format!("It now stands at revision {now}."),
            paths::event(event.id),
        ),
        Standing::Merged(into) => (
            format!("It has since gone into event {into}."),
            paths::event(into),
        ),
    };
    let shown = Shown::Past {
        saved: filters::short_instant(event.updated_at),
        since,
    };
    let beside = Beside {
        revisions,
        publishers: state.store.publisher_register().await?,
        ..Beside::default()
    };
    let related = Related::of(&state, std::slice::from_ref(&event)).await?;
    let mut page = EventPage::new(&state, event, shown, &beside, &register, &related);
    let title = format!("{} (revision {})", page.title(), page.event.revision);
    page.page = Page::of(&state, &visitor, Nav::Timeline, title).await?;
    page.page.robots = page::Robots::KeepOut;
    Ok(page::ok(&page))
}

/// Where an event stands of which a revision is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// On the timeline, at this revision.
    At(i64),
    /// In another event.
    Merged(EventId),
}

/// The event as it was saved at a revision, the latest where none is named.
pub async fn at_revision(
    state: &AppState,
    id: &str,
    revision: Option<&str>,
) -> Result<(Event, Standing), WebError> {
    let written = id;
    let id = read_id(written)?;
    let (now, standing) = match state.store.event(id).await? {
        EventLookup::Found(event) => {
            let standing = Standing::At(event.revision);
            (Some(*event), standing)
        }
        EventLookup::Merged(into) => (None, Standing::Merged(into)),
        EventLookup::Deleted(deletion) => {
            return Err(WebError::Deleted {
                id,
                at: deletion.at,
                reason: deletion.reason,
            });
        }
        EventLookup::Unknown => return Err(missing(written)),
    };
    let number = match (revision, &now) {
        (None, Some(event)) => event.revision,
        (None, None) => return Err(missing(written)),
        (Some(number), _) => number.parse().map_err(|_| no_revision(id, number))?,
    };
    if let Some(event) = now
        && event.revision == number
    {
        return Ok((event, standing));
    }
    let saved = state.store.revision(id, number).await?;
    saved
        .and_then(|revision| revision.event_after())
        .map(|event| (event, standing))
        .ok_or_else(|| no_revision(id, &number.to_string()))
}

fn read_id(written: &str) -> Result<EventId, WebError> {
    written.parse().map_err(|_| missing(written))
}

fn missing(written: &str) -> WebError {
    WebError::NotFound(Missing::Event(written.to_owned()))
}

fn no_revision(id: EventId, written: &str) -> WebError {
    WebError::NotFound(Missing::Other(format!(
        "The event {id} has no revision {written} that can be shown."
    )))
}

impl EventPage {
    fn new(
        state: &AppState,
        event: Event,
        shown: Shown,
        beside: &Beside,
        register: &PartyRegister,
        related: &Related,
    ) -> Self {
        let id = event.id;
        let words = event.content.date.words(Some(&event.content.date_text));
        let permalink = format!("{}{}", state.link_base, paths::event(id));
        let revision_link = format!("{}{}", state.link_base, paths::revision(id, event.revision));
        let steps = event_thread::thread(&event, &beside.chain, register, related);
        let (thread, whole_thread) = if steps.len() > THREAD_MAX {
            let near = |step: &&ThreadItem| step.place != ThreadPlace::Elsewhere;
            (steps.iter().filter(near).cloned().collect(), steps)
        } else {
            (steps, Vec::new())
        };
        Self {
            page: Page::bare(""),
            item: EventItem::new(&event, register, related),
            date_how: how_read(&event),
            datetime: event
                .content
                .date
                .as_single_day()
                .map(|day| day.to_string()),
            precision: event.content.date.precision(),
            effective: event
                .content
                .effective_date
                .map(|date| capitalised(&date.words(None).long)),
            month: month_link(&event.content.date),
            legal_url: is_web_address(&event.content.legal_url)
                .then(|| event.content.legal_url.clone()),
            judged_by: event.follow_through_event.map(|done| {
                let kind = RelationKind::CarriesOut;
                RelationLine::new(kind, kind.inverse_label(), done, related)
            }),
            // the event that carried it out stands among the item's own relations already
            answered: beside
                .incoming
                .iter()
                .filter(|(kind, from)| {
                    *kind != RelationKind::CarriesOut || event.follow_through_event != Some(*from)
                })
                .map(|(kind, from)| RelationLine::new(*kind, kind.inverse_label(), *from, related))
                .collect(),
            evidence: event
                .content
                .sources
                .iter()
                .map(|source| EvidenceItem::new(source, &beside.publishers, register))
                .collect(),
            thread,
            whole_thread,
            revisions: beside
                .revisions
                .iter()
                .map(|revision| RevisionRow::new(revision, register))
                .collect(),
            cite: Citation {
                event: &event,
                url: &revision_link,
            }
            .plain(),
            date_long: capitalised(&words.long),
            permalink,
            revision_link,
            json_ld: None,
            edit_href: paths::edit(id),
            shown,
            event,
        }
    }

    fn title(&self) -> String {
        let words = self
            .event
            .content
            .date
            .words(Some(&self.event.content.date_text));
        format!("{}, {}", self.event.content.headline, words.long)
    }

    fn social(&self, state: &AppState) -> page::Social {
        let content = &self.event.content;
        let description = if content.summary.is_empty() {
            format!(
                "{}, {}: {}.",
                content.kind.label(),
                content.modality.label().to_lowercase(),
                self.date_long
            )
        } else {
            content.summary.clone()
        };
        page::Social {
            kind: "article",
            title: content.headline.clone(),
            description,
            url: self.permalink.clone(),
            image: format!("{}/card.svg", self.permalink),
            oembed: oembed::discovery(state, &paths::event(self.event.id)),
        }
    }

    /// The snippet for another site's page.
    fn snippet(&self) -> String {
        let base = self
            .permalink
            .strip_suffix(&paths::event(self.event.id))
            .unwrap_or_default();
        let address = format!("{base}/embed{}", paths::event(self.event.id));
        oembed::iframe(&address, &self.event.content.headline, "100%", 300)
    }

    fn route(&self) -> &Route {
        &self.item.route
    }

    fn quote(&self) -> &str {
        unquoted(&self.event.content.quote)
    }

    fn speakers(&self) -> String {
        self.event.content.speakers.join(", ")
    }

    fn list_ids(&self) -> String {
        self.event.content.list_ids.join(", ")
    }

    fn tags(&self) -> String {
        self.event.content.tags.join(", ")
    }

    /// “870 of 1,000”, of an event that was read by the program.
    fn confidence(&self) -> Option<String> {
        self.event
            .content
            .confidence
            .map(|thousandths| format!("{} of 1,000", filters::grouped(thousandths)))
    }

    /// The address of a file that cites what is shown.
    fn cite_href(&self, ending: &str) -> String {
        paths::cite(self.event.id, ending, self.event.revision)
    }

    /// The address of the revision that is shown.
    fn own_revision_href(&self) -> String {
        paths::revision(self.event.id, self.event.revision)
    }

    /// The address of a revision's page; none for one that took the event off the record.
    fn revision_href(&self, row: &RevisionRow) -> Option<String> {
        let shows = !matches!(row.kind, RevisionAction::Deleted | RevisionAction::Merged);
        shows.then(|| paths::revision(self.event.id, row.revision))
    }

    /// Why the record is doubted, in a sentence and the editor's words.
    fn doubt(&self) -> Option<(&'static str, &'static str, String)> {
        let (word, sentence) = match self.event.content.status {
            Status::Retracted => (
                "Retracted",
                "This event is kept for the record, but what it says has been withdrawn: do not rely on it.",
            ),
            Status::Disputed => (
                "Disputed",
                "Whether or how this happened is in dispute; read its sources and the events linked to it.",
            ),
            Status::Published | Status::Deleted | Status::Merged => return None,
        };
        let reason = self
            .revisions
            .iter()
            .filter(|row| row.changes.iter().any(|change| change.label == "Status"))
            .find(|row| row.revision <= self.event.revision)
            .map(|row| row.reason.clone())
            .unwrap_or_default();
        Some((word, sentence, reason))
    }

    fn may_edit(&self) -> bool {
        self.page.user.as_ref().is_some_and(page::PageUser::edits)
    }
}

/// How closely the date is known, its text, and the words that it was read from.
fn how_read(event: &Event) -> String {
    let known = match event.content.date.precision() {
        Precision::Day => "Known to the day",
        Precision::Month => "Known to the month",
        Precision::Year => "Known to the year",
        Precision::Interval => "Somewhere within, or all through, this span",
        Precision::OpenStart => "No start is given",
        Precision::OpenEnd => "No end is given",
    };
    let said = &event.content.date_text;
    let published = event
        .content
        .sources
        .first()
        .and_then(|source| source.published);
    match published {
        _ if said.is_empty() => format!("{known}."),
        Some(day) => format!(
            "{known}. Read from “{said}” in an article published on {}.",
            filters::short_day(day)
        ),
        None => format!("{known}. Read from “{said}” in the source."),
    }
}

/// The month of the date's sort day, and its list.
fn month_link(date: &Edtf) -> Option<(String, String)> {
    let first = date.sort_day().with_day(1)?;
    let last = first
        .checked_add_months(chrono::Months::new(1))?
        .pred_opt()?;
    let text = first.format("%Y-%m").to_string();
    let filter = TimelineFilter {
        from: Some(DayBound {
            text: text.clone(),
            day: first,
        }),
        to: Some(DayBound { text, day: last }),
        ..TimelineFilter::default()
    };
    Some((first.format("%B %Y").to_string(), paths::timeline(&filter)))
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}
