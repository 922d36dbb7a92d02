//! One event: its facts, how its date was read, its evidence, its chain, its revisions, how to cite it.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::LOCATION},
    web::{Data, Path},
};
use askama::Template;
use chrono::{Datelike as _, NaiveDate};

use crate::{
    domain::{
        draft::is_web_address,
        edtf::{Edtf, Precision},
        event::Event,
        evidence::Source,
        filter::{DayBound, TimelineFilter},
        id::EventId,
        register::PartyRegister,
        relation::RelationKind,
    },
    store::{EventLookup, Revision},
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
    revision::RevisionRow,
};

/// A longer thread shows the events linked to this one; the rest is folded away.
const THREAD_MAX: usize = 12;

/// One source of the event, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceItem {
    /// The words that carry the event; none where the article was not read.
    pub words: Vec<String>,
    /// The publisher, else the host.
    pub publisher: String,
    /// Its address, where it is one that a browser may open.
    pub url: Option<String>,
    /// Its title; may be empty.
    pub title: String,
    /// Its day of publication.
    pub published: Option<NaiveDate>,
    /// The article's own page, where its text is on record.
    pub article: Option<String>,
}

impl EvidenceItem {
    fn new(source: &Source) -> Self {
        let publisher = if source.publisher.is_empty() {
            host_of(&source.url).unwrap_or_else(|| "Source without a name".to_owned())
        } else {
            source.publisher.clone()
        };
        Self {
            words: source.spans.iter().map(|span| span.text.clone()).collect(),
            publisher,
            url: is_web_address(&source.url).then(|| source.url.clone()),
            title: source.title.clone(),
            published: source.published,
            article: source
                .article
                .filter(|_| !source.spans.is_empty())
                .map(paths::article),
        }
    }
}

fn host_of(address: &str) -> Option<String> {
    url::Url::parse(address)
        .ok()?
        .host_str()
        .map(|host| host.trim_start_matches("www.").to_owned())
}

/// An event of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadItem {
    /// The event.
    pub item: EventItem,
    /// “10 Sep 2024 · denies this event”.
    pub how: String,
    /// Whether it is the one that the page is about.
    pub place: ThreadPlace,
}

/// Where the page's event stands in its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadPlace {
    /// It is this one.
    Here,
    /// It is linked to this one.
    Next,
    /// It is linked through others.
    Elsewhere,
}

impl ThreadItem {
    /// Whether it is the one that the page is about.
    pub fn is_here(&self) -> bool {
        self.place == ThreadPlace::Here
    }
}

/// The page of an event.
#[derive(Debug, Template)]
#[template(path = "public/event.html")]
pub struct EventPage {
    page: Page,
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
    cite: String,
    edit_href: String,
}

/// GET /events/ID: one event. A merged one leads to the one that stays; a deleted one is gone.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    written: Path<String>,
) -> Result<HttpResponse, WebError> {
    let missing = || WebError::NotFound(Missing::Event(written.as_str().to_owned()));
    let id: EventId = written.parse().map_err(|_| missing())?;
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
        EventLookup::Unknown => return Err(missing()),
    };
    let register = state.register().await?;
    let (chain, incoming, revisions) = tokio::try_join!(
        state.store.chain(id),
        state.store.incoming_relations(id),
        state.store.revisions(id),
    )?;
    let related = Related::from_events(&chain);
    let words = event.content.date.words(Some(&event.content.date_text));
    let title = format!("{}, {}", event.content.headline, words.long);
    let permalink = format!("{}{}", state.link_base, paths::event(id));
    let item = EventItem::new(&event, &register, &related);
    let steps = thread(&event, &chain, &register, &related);
    let (near, whole) = if steps.len() > THREAD_MAX {
        let near = |step: &&ThreadItem| step.place != ThreadPlace::Elsewhere;
        (steps.iter().filter(near).cloned().collect(), steps)
    } else {
        (steps, Vec::new())
    };
    let page = EventPage {
        page: Page::of(&state, &visitor, Nav::Timeline, title).await?,
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
            RelationLine::new(kind, kind.inverse_label(), done, &related)
        }),
        // the event that carried it out stands among the item's own relations already
        answered: incoming
            .iter()
            .filter(|(kind, from)| {
                *kind != RelationKind::CarriesOut || event.follow_through_event != Some(*from)
            })
            .map(|(kind, from)| RelationLine::new(*kind, kind.inverse_label(), *from, &related))
            .collect(),
        evidence: event
            .content
            .sources
            .iter()
            .map(EvidenceItem::new)
            .collect(),
        thread: near,
        whole_thread: whole,
        revisions: revision_rows(&revisions, &register),
        cite: format!(
            "Démarche. “{}”, event {id}, revision {}, {}. {permalink}",
            event.content.headline, event.revision, words.long
        ),
        date_long: capitalised(&words.long),
        permalink,
        edit_href: paths::edit(id),
        item,
        event,
    };
    Ok(page::ok(&page))
}

impl EventPage {
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
    if event.content.date_text.is_empty() {
        format!("{known}.")
    } else {
        format!(
            "{known}. Read from “{}” in the source.",
            event.content.date_text
        )
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

fn thread(
    here: &Event,
    chain: &[Event],
    register: &PartyRegister,
    related: &Related,
) -> Vec<ThreadItem> {
    if chain.len() < 2 {
        return Vec::new();
    }
    chain
        .iter()
        .map(|event| {
            let points = |from: &Event, to: &Event| {
                let mut relations = from.content.relations.iter();
                relations.any(|relation| relation.to == to.id)
            };
            let place = if event.id == here.id {
                ThreadPlace::Here
            } else if points(event, here) || points(here, event) {
                ThreadPlace::Next
            } else {
                ThreadPlace::Elsewhere
            };
            let words = event.content.date.words(None);
            let mut how = match words.year {
                Some(year) => format!("{} {year}", words.heading),
                None => words.heading,
            };
            how.push_str(" · ");
            how.push_str(&standing(here, event));
            ThreadItem {
                item: EventItem::new(event, register, related),
                how,
                place,
            }
        })
        .collect()
}

/// How an event of the chain stands to the page's one.
fn standing(here: &Event, event: &Event) -> String {
    if event.id == here.id {
        return "this event".to_owned();
    }
    let toward_here = event
        .content
        .relations
        .iter()
        .find(|relation| relation.to == here.id)
        .map(|relation| relation.kind.label());
    let from_here = here
        .content
        .relations
        .iter()
        .find(|relation| relation.to == event.id)
        .map(|relation| relation.kind.inverse_label());
    match (toward_here.or(from_here), event.content.relations.first()) {
        (Some(label), _) => format!("{} this event", label.to_lowercase()),
        (None, Some(relation)) => {
            format!(
                "{} another of the thread",
                relation.kind.label().to_lowercase()
            )
        }
        (None, None) => "in the same thread".to_owned(),
    }
}

fn revision_rows(revisions: &[Revision], register: &PartyRegister) -> Vec<RevisionRow> {
    revisions
        .iter()
        .map(|revision| RevisionRow::new(revision, register))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_without_a_publisher_is_named_by_its_host() {
        let source = Source {
            url: "https://www.example.org/a".to_owned(),
            ..Source::default()
        };
        let item = EvidenceItem::new(&source);
        assert_eq!(item.publisher, "example.org");
        assert_eq!(item.url.as_deref(), Some("https://www.example.org/a"));
    }

    #[test]
    fn an_address_that_a_browser_must_not_open_is_no_link() {
        let source = Source {
            url: "javascript:alert(1)".to_owned(),
            publisher: "Example Wire".to_owned(),
            ..Source::default()
        };
        assert_eq!(EvidenceItem::new(&source).url, None);
    }
}
