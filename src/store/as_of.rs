//! The record as it was published at an instant.
//!
//! Where few events changed since, the rest is selected as it stands, and those few are put in as they stood: each one's
//! latest revision then, filtered in plain code. Where many did, all revisions are walked so, in chunks. What became of an
//! event without a revision of its own is laid over its revision.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    ops::ControlFlow,
    sync::Arc,
};

use super::{
    Store,
    db::{Query, on},
    error::Result,
    event_row::key,
    party::KnownParties,
    row::Row,
    search,
    selection::changed_since,
    snapshot,
    tally::Tallies,
    timeline::{Page, Walk, page},
};
use crate::domain::{
    clock::Timestamp,
    event::Event,
    filter::{Sort, TimelineFilter},
    fold::fold,
    follow_through::FollowThrough,
    id::EventId,
    party::PartyCode,
    search::SearchQuery,
};

/// Revisions read at once.
const CHUNK: i64 = 1_000;
/// So many changed events are few.
const FEW: i64 = 5_000;

/// What a filter finds in the record of an instant.
pub(super) struct Past<'a> {
    store: &'a Store,
    instant: Timestamp,
    sort: Sort,
    filter: TimelineFilter,
    rule: Rule,
    /// What changed since; `None` where that is much.
    changed: Option<Changed>,
}

/// The events that changed since an instant.
struct Changed {
    ids: Vec<EventId>,
    /// As they stood then, in the filter's order; all of them that were on the timeline, whatever the filter.
    events: Vec<Event>,
}

impl<'a> Past<'a> {
    pub(super) async fn new(
        store: &'a Store,
        filter: &TimelineFilter,
        instant: Timestamp,
    ) -> Result<Self> {
        let mut past = Self {
            store,
            instant,
            sort: filter.sort,
            filter: filter.clone(),
            rule: Rule::of(filter, store.known_parties().await?),
            changed: None,
        };
        past.changed = past.few_changed().await?;
        Ok(past)
    }

    async fn few_changed(&self) -> Result<Option<Changed>> {
        let query = on("revisions", "SELECT DISTINCT event_id AS id FROM (");
        let query = changed_since(query, self.instant.micros())
            .piece(") AS c LIMIT ")
            .value(FEW + 1);
        let ids = self
            .store
            .db()
            .replica()
            .fetch_all(query)
            .await?
            .iter()
            .map(|row| row.coded("id", EventId::from_counter))
            .collect::<Result<Vec<_>>>()?;
        if i64::try_from(ids.len()).unwrap_or(i64::MAX) > FEW {
            return Ok(None);
        }
        let mut events = Vec::new();
        for batch in ids.chunks(400) {
            let query = self
                .latest()
                .piece(" AND r.event_id IN ")
                .values(batch.iter().map(|id| id.counter()));
            let rows = self.store.db().replica().fetch_all(query).await?;
            events.extend(self.events(&rows).await?);
        }
        order(&mut events, self.sort);
        Ok(Some(Changed { ids, events }))
    }

    /// Events from a place in the order in which they are walked, where few changed: those that did and those that did not.
    async fn walk(&self, changed: &Changed, walk: Walk, limit: usize) -> Result<Vec<Event>> {
        let mut events = self.store.walk(&self.filter, walk, limit).await?;
        let keys = walk.keys(self.sort);
        events.extend(
            changed
                .events
                .iter()
                .filter(|event| keys.hold(key(event)) && self.rule.holds(event))
                .cloned(),
        );
        order(&mut events, walk.sort(self.sort));
        events.truncate(limit);
        Ok(events)
    }

    /// The counts of the events that the filter finds.
    pub(super) async fn tallies(&self) -> Result<Tallies> {
        if self.rule.finds_nothing {
            return Ok(Tallies::default());
        }
        let Some(changed) = &self.changed else {
            let mut tallies = Tallies::default();
            self.each(None, |event| {
                self.rule.tally(&event, &mut tallies);
                ControlFlow::Continue(())
            })
            .await?;
            return Ok(tallies);
        };
        let mut tallies = self
            .store
            .tallies(&self.filter, changed.ids.clone())
            .await?;
        for event in &changed.events {
            self.rule.tally(event, &mut tallies);
        }
        Ok(tallies)
    }

    /// At most `limit` events after a sort key.
    pub(super) async fn chunk(&self, after: Option<i64>, limit: usize) -> Result<Vec<Event>> {
        if let Some(changed) = &self.changed {
            return self.walk(changed, Walk::After(after), limit).await;
        }
        let mut events = Vec::new();
        self.each(after, |event| {
            if self.rule.holds(&event) {
                events.push(event);
            }
            if events.len() < limit {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })
        .await?;
        Ok(events)
    }

    /// A page of so many events, and the counts of all.
    pub(super) async fn page(&self, walk: Walk, size: usize) -> Result<(Page, Tallies)> {
        if let Some(changed) = &self.changed {
            let tallies = self.tallies().await?;
            let mut events = self.walk(changed, walk, size + 1).await?;
            let more = events.len() > size;
            events.truncate(size);
            if matches!(walk, Walk::Before(_)) {
                events.reverse();
            }
            let page = page(events, tallies.total, walk, more, self.sort);
            return Ok((page, tallies));
        }
        let mut tallies = Tallies::default();
        let mut kept: VecDeque<Event> = VecDeque::new();
        let keys = walk.keys(self.sort);
        self.each(None, |event| {
            self.rule.tally(&event, &mut tallies);
            if self.rule.holds(&event) && keys.hold(key(&event)) {
                match walk {
                    Walk::After(_) if kept.len() > size => {}
                    Walk::After(_) => kept.push_back(event),
                    Walk::Before(_) => {
                        kept.push_back(event);
                        if kept.len() > size + 1 {
                            kept.pop_front();
                        }
                    }
                }
            }
            ControlFlow::Continue(())
        })
        .await?;
        let more = kept.len() > size;
        if more {
            match walk {
                Walk::After(_) => kept.pop_back(),
                Walk::Before(_) => kept.pop_front(),
            };
        }
        let page = page(kept.into(), tallies.total, walk, more, self.sort);
        Ok((page, tallies))
    }

    /// Hands over every event of then after a sort key, whatever the filter, in order, until told to stop.
    pub(super) async fn each(
        &self,
        after: Option<i64>,
        mut each: impl FnMut(Event) -> ControlFlow<()> + Send,
    ) -> Result<()> {
        if self.rule.finds_nothing {
            return Ok(());
        }
        let mut after = after;
        loop {
            let rows = self.revisions(after).await?;
            if let Some(last) = rows.last() {
                after = Some(last.int("sort_key")?);
            }
            for event in self.events(&rows).await? {
                if each(event).is_break() {
                    return Ok(());
                }
            }
            if i64::try_from(rows.len()).unwrap_or(0) < CHUNK {
                return Ok(());
            }
        }
    }

    /// The events of revisions as a list shows them, with what became of them by the instant.
    async fn events(&self, rows: &[Row]) -> Result<Vec<Event>> {
        let outcomes = self.outcomes(rows).await?;
        rows.iter()
            .map(|row| {
                let mut event =
                    snapshot::to_event(&row.text("after")?).ok_or_else(|| row.corrupt("after"))?;
                if let Some(outcome) = outcomes.get(&event.id) {
                    (event.follow_through, event.follow_through_event) = *outcome;
                }
                for source in &mut event.content.sources {
                    source.article = None;
                    source.spans.clear();
                }
                Ok(event)
            })
            .collect()
    }

    /// Begins the query for each event's latest revision by the instant.
    fn latest(&self) -> Query {
        let instant = self.instant.micros();
        on(
            "revisions",
            "SELECT r.id, r.event_id, r.sort_key, r.at, r.after
FROM revisions r
WHERE r.after IS NOT NULL
  AND r.at <= ",
        )
        .value(instant)
        .piece(
            "
  AND NOT EXISTS (
    SELECT 1
    FROM revisions later
    WHERE later.event_id = r.event_id
      AND later.revision > r.revision
      AND later.at <= ",
        )
        .value(instant)
        .piece(")")
    }

    async fn revisions(&self, after: Option<i64>) -> Result<Vec<Row>> {
        let mut query = self.latest();
        let (compared, ordered) = match self.sort {
            Sort::Newest => (" AND r.sort_key < ", " ORDER BY r.sort_key DESC LIMIT "),
            Sort::Oldest => (" AND r.sort_key > ", " ORDER BY r.sort_key LIMIT "),
        };
        if let Some(after) = after {
            query = query.piece(compared).value(after);
        }
        let query = query.piece(ordered).value(CHUNK);
        self.store.db().replica().fetch_all(query).await
    }

    /// What became of the events of these revisions later on, but before the instant.
    async fn outcomes(
        &self,
        rows: &[Row],
    ) -> Result<HashMap<EventId, (Option<FollowThrough>, Option<EventId>)>> {
        let mut outcomes = HashMap::new();
        let since = rows
            .iter()
            .map(|row| Ok((row.int("event_id")?, row.int("at")?)))
            .collect::<Result<HashMap<_, _>>>()?;
        if since.is_empty() {
            return Ok(outcomes);
        }
        let query = on(
            "follow_through_changes",
            "SELECT event_id AS id, at, follow_through, follow_through_event
FROM follow_through_changes
WHERE at <= ",
        )
        .value(self.instant.micros())
        .piece(" AND event_id IN ")
        .values(since.keys().copied())
        .piece(" ORDER BY event_id, at");
        for row in self.store.db().replica().fetch_all(query).await? {
            let id = row.int("id")?;
            if since
                .get(&id)
                .is_some_and(|since| row.int("at").is_ok_and(|at| at >= *since))
            {
                outcomes.insert(
                    row.coded("id", EventId::from_counter)?,
                    (
                        row.opt_coded("follow_through", FollowThrough::from_code)?,
                        row.opt_coded("follow_through_event", EventId::from_counter)?,
                    ),
                );
            }
        }
        Ok(outcomes)
    }
}

fn order(events: &mut [Event], sort: Sort) {
    events.sort_by_key(key);
    if sort == Sort::Newest {
        events.reverse();
    }
}

/// The filter in plain code.
struct Rule {
    filter: TimelineFilter,
    parties: Arc<KnownParties>,
    actors: Option<HashSet<PartyCode>>,
    targets: Option<HashSet<PartyCode>>,
    either: Option<HashSet<PartyCode>>,
    sources: HashSet<String>,
    search: SearchQuery,
    finds_nothing: bool,
}

impl Rule {
    fn of(filter: &TimelineFilter, parties: Arc<KnownParties>) -> Self {
        let codes = |written: &[String]| {
            (!written.is_empty()).then(|| {
                written
                    .iter()
                    .filter_map(|written| parties.register().find(written))
                    .map(|party| party.code.clone())
                    .collect::<HashSet<_>>()
            })
        };
        let (actors, targets, either) = (
            codes(&filter.actors),
            codes(&filter.targets),
            codes(&filter.parties),
        );
        let finds_nothing = [&actors, &targets, &either]
            .into_iter()
            .flatten()
            .any(HashSet::is_empty);
        Self {
            actors,
            targets,
            either,
            sources: filter
                .sources
                .iter()
                .map(|name| fold(name.trim()))
                .collect(),
            search: filter.search(),
            finds_nothing,
            filter: filter.clone(),
            parties,
        }
    }

    fn holds(&self, event: &Event) -> bool {
        self.holds_by_facet(event) == [true; 3] && self.holds_else(event)
    }

    /// Counts the event in, where it is found.
    fn tally(&self, event: &Event, tallies: &mut Tallies) {
        let by_facet = self.holds_by_facet(event);
        let missed = by_facet.into_iter().filter(|holds| !holds).count();
        if missed < 2 && self.holds_else(event) {
            tallies.add(event, by_facet);
        }
    }

    /// Whether the filters of kinds, of modalities and of days hold, in that order.
    fn holds_by_facet(&self, event: &Event) -> [bool; 3] {
        let (content, filter) = (&event.content, &self.filter);
        [
            filter.kinds.is_empty() || filter.kinds.contains(&content.kind),
            filter.modalities.is_empty() || filter.modalities.contains(&content.modality),
            content.date.overlaps(
                filter.from.as_ref().map(|bound| bound.day),
                filter.to.as_ref().map(|bound| bound.day),
            ),
        ]
    }

    /// Whether all other filters hold.
    fn holds_else(&self, event: &Event) -> bool {
        let content = &event.content;
        let among = |wanted: &Option<HashSet<PartyCode>>, codes: &[&[PartyCode]]| {
            wanted.as_ref().is_none_or(|wanted| {
                codes
                    .iter()
                    .copied()
                    .flatten()
                    .any(|code| wanted.contains(code))
            })
        };
        !self.finds_nothing
            && self
                .filter
                .changed_since
                .as_ref()
                .is_none_or(|since| event.updated_at >= since.at)
            && among(&self.actors, &[&content.actors])
            && among(&self.targets, &[&content.targets])
            && among(&self.either, &[&content.actors, &content.targets])
            && (self.sources.is_empty()
                || content
                    .sources
                    .iter()
                    .any(|source| self.sources.contains(&fold(&source.publisher))))
            && (self.search.is_empty()
                || self
                    .search
                    .matches_fields(search::fields(event, self.parties.register())))
    }
}
