//! A page of a list: a group for every run of one date, and the ways to the pages beside it.

use crate::{
    domain::{
        edtf::{Edtf, Precision},
        event::Event,
        filter::{Sort, TimelineFilter},
        register::PartyRegister,
    },
    store::{self, Facets},
};

use super::{
    super::{
        error::WebError,
        paths,
        public::notes::{self, Note},
        state::AppState,
    },
    EventItem, Related,
};

/// Events of one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayGroup {
    /// Its place on the page, for the heading's id.
    pub number: usize,
    /// “Tue 10 Sep”.
    pub heading: String,
    /// The year, where the heading leaves it out.
    pub year: Option<String>,
    /// A second line.
    pub sub: Option<String>,
    /// The day, where it is one, for machines.
    pub datetime: Option<String>,
    /// How closely the date is known.
    pub precision: Precision,
    /// How many of its events this page shows.
    pub count: i64,
    /// Its events.
    pub items: Vec<EventItem>,
}

impl DayGroup {
    fn new(
        number: usize,
        events: &[Event],
        date: &Edtf,
        register: &PartyRegister,
        related: &Related,
    ) -> Self {
        // words of the source are shown where all events of the date share them
        let said = events.first().map(|event| event.content.date_text.as_str());
        let shared = said.filter(|said| {
            events
                .iter()
                .all(|event| event.content.date_text.as_str() == *said)
        });
        let words = date.words(shared);
        Self {
            number,
            heading: words.heading,
            year: words.year,
            sub: words.sub,
            datetime: date.as_single_day().map(|day| day.to_string()),
            precision: date.precision(),
            count: i64::try_from(events.len()).unwrap_or(i64::MAX),
            items: events
                .iter()
                .map(|event| EventItem::new(event, register, related))
                .collect(),
        }
    }
}

/// Events in their order → a group for every run of one date.
pub fn groups(events: &[Event], register: &PartyRegister, related: &Related) -> Vec<DayGroup> {
    events
        .chunk_by(|one, next| one.content.date == next.content.date)
        .enumerate()
        .filter_map(|(number, run)| {
            let date = run.first()?.content.date;
            Some(DayGroup::new(number, run, &date, register, related))
        })
        .collect()
}

/// A way to a neighbouring page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// “Older”, “Newer”.
    pub text: &'static str,
    /// Where it leads.
    pub href: String,
}

/// A page of a list of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventList {
    /// The events by date.
    pub groups: Vec<DayGroup>,
    /// How many events the whole list has.
    pub total: i64,
    /// How many this page shows.
    pub shown: i64,
    /// The page before this one.
    pub prev: Option<PageLink>,
    /// The page after this one.
    pub next: Option<PageLink>,
    /// What `prev` would be called.
    pub prev_text: &'static str,
    /// What `next` would be called.
    pub next_text: &'static str,
    /// The sources of the page's events, for print.
    pub notes: Vec<Note>,
}

impl EventList {
    /// A list without events.
    pub fn none(filter: &TimelineFilter) -> Self {
        let (prev_text, next_text) = match filter.sort {
            Sort::Newest => ("Newer", "Older"),
            Sort::Oldest => ("Older", "Newer"),
        };
        Self {
            groups: Vec::new(),
            total: 0,
            shown: 0,
            prev: None,
            next: None,
            prev_text,
            next_text,
            notes: Vec::new(),
        }
    }

    /// The page of a filter's list; its links lead to `path`.
    ///
    /// # Errors
    /// What the store says.
    pub async fn of(
        state: &AppState,
        register: &PartyRegister,
        path: &str,
        filter: &TimelineFilter,
    ) -> Result<Self, WebError> {
        let page = state.store.timeline(filter).await?;
        Self::of_page(state, register, path, filter, page).await
    }

    /// As [`EventList::of`], with the counts of the filter.
    ///
    /// # Errors
    /// What the store says.
    pub async fn with_facets(
        state: &AppState,
        register: &PartyRegister,
        path: &str,
        filter: &TimelineFilter,
    ) -> Result<(Self, Facets), WebError> {
        let (page, facets) = state.store.overview(filter).await?;
        let list = Self::of_page(state, register, path, filter, page).await?;
        Ok((list, facets))
    }

    async fn of_page(
        state: &AppState,
        register: &PartyRegister,
        path: &str,
        filter: &TimelineFilter,
        page: store::Page,
    ) -> Result<Self, WebError> {
        let related = Related::of(state, &page.events).await?;
        let none = Self::none(filter);
        let prev = page.prev.map(|cursor| {
            let mut to = filter.first_page();
            to.before = Some(cursor);
            PageLink {
                text: none.prev_text,
                href: paths::list(path, &to),
            }
        });
        let next = page.next.map(|cursor| {
            let mut to = filter.first_page();
            to.after = Some(cursor);
            PageLink {
                text: none.next_text,
                href: paths::list(path, &to),
            }
        });
        let (notes, numbers) = notes::numbered(&page.events);
        let mut groups = groups(&page.events, register, &related);
        let items = groups.iter_mut().flat_map(|group| &mut group.items);
        for (item, numbers) in items.zip(numbers) {
            item.notes = numbers;
        }
        Ok(Self {
            groups,
            total: page.total,
            shown: i64::try_from(page.events.len()).unwrap_or(i64::MAX),
            prev,
            next,
            notes,
            ..none
        })
    }

    /// Whether there is more than this page.
    pub fn is_paged(&self) -> bool {
        self.prev.is_some() || self.next.is_some()
    }
}
