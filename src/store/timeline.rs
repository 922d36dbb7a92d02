//! Pages, counts and export chunks of the timeline, by keyset: a page is one query for its rows and one for the count.

use super::{
    Store,
    as_of::Past,
    db::{Db, Query, on},
    error::Result,
    event_row::{self, COLUMNS_OF_E, key},
    facets::Facets,
    selection::{Keys, Part, Selection, order},
};
use crate::domain::{
    event::Event,
    filter::{Cursor, Sort, TimelineFilter},
};

/// A page of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its events, in the order asked for; sources without article and spans.
    pub events: Vec<Event>,
    /// How many events the filter finds on all pages.
    pub total: i64,
    /// What the page before this one ends at: its `before`.
    pub prev: Option<Cursor>,
    /// What the page after this one begins after: its `after`.
    pub next: Option<Cursor>,
}

/// Which way a list is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    /// Onward from a place, or from the beginning.
    After(Option<i64>),
    /// Back from a place.
    Before(i64),
}

impl Walk {
    fn of(filter: &TimelineFilter) -> Self {
        match (filter.after, filter.before) {
            (None, Some(before)) => Self::Before(before.0),
            (after, _) => Self::After(after.map(|cursor| cursor.0)),
        }
    }

    /// The sort keys that lie that way.
    pub(super) fn keys(self, sort: Sort) -> Keys {
        let (from, ascending) = match self {
            Self::After(from) => (from, sort == Sort::Oldest),
            Self::Before(from) => (Some(from), sort == Sort::Newest),
        };
        if ascending {
            Keys {
                above: from,
                below: None,
            }
        } else {
            Keys {
                above: None,
                below: from,
            }
        }
    }

    /// The order in which rows must be read.
    pub(super) const fn sort(self, sort: Sort) -> Sort {
        match (self, sort) {
            (Self::After(_), sort) => sort,
            (Self::Before(_), Sort::Newest) => Sort::Oldest,
            (Self::Before(_), Sort::Oldest) => Sort::Newest,
        }
    }
}

impl Store {
    /// A page of the events that a filter finds.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn timeline(&self, filter: &TimelineFilter) -> Result<Page> {
        Ok(self.overview(filter).await?.0)
    }

    /// A page of the events that a filter finds, and the counts of all of them.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn overview(&self, filter: &TimelineFilter) -> Result<(Page, Facets)> {
        let walk = Walk::of(filter);
        let size = usize::try_from(filter.page_size()).unwrap_or(usize::MAX);
        if let Some(instant) = filter.as_of {
            let past = Past::new(self, filter, instant).await?;
            let (page, tallies) = past.page(walk, size).await?;
            return Ok((page, Facets::of(&tallies)));
        }
        let keys = walk.keys(filter.sort);
        let read = walk.sort(filter.sort);
        let (tallies, keys) = self.tallied_page(filter, keys, read, size + 1).await?;
        let facets = Facets::of(&tallies);
        let total = facets.total;
        let mut events = self.by_keys(keys, read).await?;
        let more = events.len() > size;
        events.truncate(size);
        if matches!(walk, Walk::Before(_)) {
            events.reverse();
        }
        Ok((page(events, total, walk, more, filter.sort), facets))
    }

    /// The events of sort keys, in an order; those that have left the timeline meanwhile are left out.
    async fn by_keys(&self, keys: Vec<i64>, sort: Sort) -> Result<Vec<Event>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let query = on("events", "SELECT ")
            .piece(COLUMNS_OF_E)
            .piece(" FROM events e WHERE e.status <= 3 AND e.sort_key IN ")
            .values(keys)
            .piece(" ORDER BY e.sort_key")
            .piece(order(sort));
        event_row::events(&self.db().replica().fetch_all(query).await?)
    }

    /// How many events a filter finds, whatever page it asks for.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn count(&self, filter: &TimelineFilter) -> Result<i64> {
        Ok(self.facets(filter).await?.total)
    }

    /// The next events that a filter finds after a place, at most `limit`, and the place to go on from; the filter's own
    /// page is ignored. `None` for the place once there are no more.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn export_chunk(
        &self,
        filter: &TimelineFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<(Vec<Event>, Option<Cursor>)> {
        let walk = Walk::After(after.map(|cursor| cursor.0));
        let size = usize::try_from(limit.max(1)).unwrap_or(usize::MAX);
        let mut events = match filter.as_of {
            Some(instant) => {
                let past = Past::new(self, filter, instant).await?;
                past.chunk(after.map(|cursor| cursor.0), size + 1).await?
            }
            None => self.walk(filter, walk, size + 1).await?,
        };
        let more = events.len() > size;
        events.truncate(size);
        let next = events
            .last()
            .filter(|_| more)
            .map(|event| Cursor(key(event)));
        Ok((events, next))
    }

    /// Events from a place, in the order in which they are walked; of an instant those that have not changed since.
    pub(super) async fn walk(
        &self,
        filter: &TimelineFilter,
        walk: Walk,
        limit: usize,
    ) -> Result<Vec<Event>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let query = on("events", "");
        match self.scans(query, filter, walk, COLUMNS_OF_E, limit).await? {
            Some(query) => event_row::events(&self.db().replica().fetch_all(query).await?),
            None => Ok(Vec::new()),
        }
    }

    /// Appends the statement that finds the rows from a place, in the order in which they are walked; `columns` are of
    /// `events e`, the sort key among them. `None` where the filter can find nothing.
    pub(super) async fn scans(
        &self,
        query: Query,
        filter: &TimelineFilter,
        walk: Walk,
        columns: &'static str,
        limit: i64,
    ) -> Result<Option<Query>> {
        let Some(mut selection) = self.selection(filter).await? else {
            return Ok(None);
        };
        let replica: Db = self.db().replica();
        selection.probe(&mut &replica).await?;
        let read = walk.sort(filter.sort);
        let keys = walk.keys(filter.sort);
        let parts = selection.parts();
        let scan = |query: Query, part: Part| {
            let query = query.piece("SELECT ").piece(columns);
            selection
                .scan(query, part, keys)
                .piece(" ORDER BY ")
                .piece(Selection::key(part))
                .piece(order(read))
                .piece(" LIMIT ")
                .value(limit)
        };
        if let [part] = parts.as_slice() {
            return Ok(Some(scan(query, *part)));
        }
        let mut query = query;
        for (index, part) in parts.into_iter().enumerate() {
            query = query.piece(if index == 0 {
                "SELECT * FROM ("
            } else {
                " UNION ALL SELECT * FROM ("
            });
            query = scan(query, part).piece(") AS part");
        }
        Ok(Some(
            query
                .piece(" ORDER BY sort_key")
                .piece(order(read))
                .piece(" LIMIT ")
                .value(limit),
        ))
    }

    /// The filter with its names looked up; `None` where it can find nothing.
    pub(super) async fn selection(&self, filter: &TimelineFilter) -> Result<Option<Selection>> {
        let parties = self.known_parties().await?;
        Ok(Selection::of(filter, &parties, self.engine()))
    }
}

/// A page with its neighbours.
pub(super) fn page(events: Vec<Event>, total: i64, walk: Walk, more: bool, sort: Sort) -> Page {
    let first = events.first().map(|event| Cursor(key(event)));
    let last = events.last().map(|event| Cursor(key(event)));
    // past either end: the page beside it begins with what stands at the cursor
    let beside = |from: i64, newest: i64| {
        Some(Cursor(match sort {
            Sort::Newest => from + newest,
            Sort::Oldest => from - newest,
        }))
        .filter(|_| total > 0)
    };
    let (prev, next) = match walk {
        Walk::After(None) => (None, last.filter(|_| more)),
        Walk::After(Some(from)) => (first.or_else(|| beside(from, -1)), last.filter(|_| more)),
        Walk::Before(from) => (first.filter(|_| more), last.or_else(|| beside(from, 1))),
    };
    Page {
        events,
        total,
        prev,
        next,
    }
}
