//! A timeline filter → the SQL that finds its events: which index leads, which conditions follow.
//!
//! The lead is what can be walked in the order of the sort key from the place asked for: a party's rows, a publisher's,
//! the words' (SQLite), else the events themselves. Several parties or publishers are a scan each, which leaves out what
//! the ones before it hold. A range of days is cut in two: events of one day, which lie between two sort keys, and the
//! fewer that span more, which may lie anywhere.

use super::{
    db::{Engine, Query, Reads, on},
    error::Result,
    party::KnownParties,
    row::number_of_day,
    search::Ask,
};
use crate::domain::{
    clock::Timestamp,
    event::sort_key_of_day,
    filter::{Sort, TimelineFilter},
    fold::fold,
    kind::Kind,
    modality::Modality,
};

/// Up to so many hits of a search are sorted on PostgreSQL; where there are more, the order is walked instead.
const FEW_HITS: i64 = 5_000;
/// Up to so many parties or publishers lead a scan each; more are gathered beforehand.
const LEADS_MAX: usize = 8;

/// A filter with its names looked up.
#[derive(Debug)]
pub(super) struct Selection {
    engine: Engine,
    kinds: Vec<i64>,
    modalities: Vec<i64>,
    sides: Vec<Side>,
    publishers: Option<Vec<String>>,
    days: Option<DayRange>,
    ask: Option<Ask>,
    few_hits: Option<bool>,
    unchanged_since: Option<i64>,
    changed_since: Option<i64>,
}

/// One of the filters by party.
#[derive(Debug)]
struct Side {
    parties: Vec<i64>,
    /// The condition on the side, after the table's short name.
    of_lead: &'static str,
    of_other: &'static str,
}

#[derive(Debug, Clone, Copy)]
struct DayRange {
    first: i64,
    last: i64,
    first_key: i64,
    key_after: i64,
}

/// Between which sort keys, both excluded.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Keys {
    pub(super) above: Option<i64>,
    pub(super) below: Option<i64>,
}

impl Keys {
    /// Whether a sort key lies between.
    pub(super) fn hold(self, key: i64) -> bool {
        self.above.is_none_or(|above| key > above) && self.below.is_none_or(|below| key < below)
    }
}

/// One scan: what leads it, and which events' days it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    lead: Lead,
    days: Days,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// One party of a filter by party, by their places.
    Party {
        side: usize,
        place: usize,
    },
    /// One publisher, by its place.
    Publisher(usize),
    Words,
    Events,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Days {
    /// No range, or one that is checked row by row.
    All,
    /// Events of one day within the range.
    One,
    /// Events that span more and overlap the range.
    Spans,
}

impl Selection {
    /// Looks the filter's names up; of an instant, what has not changed since is selected. `None` where it can find nothing, an unknown party's for one.
    pub(super) fn of(
        filter: &TimelineFilter,
        parties: &KnownParties,
        engine: Engine,
    ) -> Option<Self> {
        let mut sides = Vec::new();
        for (written, of_lead, of_other) in [
            (
                &filter.actors,
                " AND p.side IN (1, 3)",
                " AND o.side IN (1, 3)",
            ),
            (
                &filter.targets,
                " AND p.side IN (2, 3)",
                " AND o.side IN (2, 3)",
            ),
            (&filter.parties, "", ""),
        ] {
            if written.is_empty() {
                continue;
            }
            let parties = parties.ids_of(written);
            if parties.is_empty() {
                return None;
            }
            sides.push(Side {
                parties,
                of_lead,
                of_other,
            });
        }
        Some(Self {
            engine,
            kinds: filter.kinds.iter().map(|kind: &Kind| kind.code()).collect(),
            modalities: filter
                .modalities
                .iter()
                .map(|modality: &Modality| modality.code())
                .collect(),
            sides,
            publishers: (!filter.sources.is_empty()).then(|| {
                filter
                    .sources
                    .iter()
                    .map(|name| fold(name.trim()))
                    .collect()
            }),
            days: day_range(filter),
            ask: Ask::of(&filter.search(), engine),
            few_hits: None,
            unchanged_since: filter.as_of.map(Timestamp::micros),
            changed_since: filter.changed_since.as_ref().map(|since| since.at.micros()),
        })
    }

    /// Asks PostgreSQL whether a search has few hits, which decides how a page of them is found.
    pub(super) async fn probe(&mut self, reads: &mut impl Reads) -> Result<()> {
        if self.engine == Engine::Sqlite {
            return Ok(());
        }
        let Some(ask) = &self.ask else {
            return Ok(());
        };
        let query = on(
            "event_words",
            "SELECT count(*) AS n FROM (SELECT 1 FROM event_words WHERE words @@ CAST(",
        )
        .value(ask.whole(self.engine))
        .piece(" AS tsquery) LIMIT ")
        .value(FEW_HITS + 1)
        .piece(") AS hits");
        self.few_hits = Some(reads.fetch_count(query).await? <= FEW_HITS);
        Ok(())
    }

    /// The scans that together find every event once.
    pub(super) fn parts(&self) -> Vec<Part> {
        let whole = |lead| Part {
            lead,
            days: Days::All,
        };
        let fewest = self
            .sides
            .iter()
            .enumerate()
            .min_by_key(|(_, side)| side.parties.len());
        if let Some((side, of)) = fewest
            && of.parties.len() <= LEADS_MAX
        {
            return (0..of.parties.len())
                .map(|place| whole(Lead::Party { side, place }))
                .collect();
        }
        if let Some(publishers) = &self.publishers
            && publishers.len() <= LEADS_MAX
        {
            return (0..publishers.len())
                .map(|place| whole(Lead::Publisher(place)))
                .collect();
        }
        let finds_words = self
            .ask
            .as_ref()
            .is_some_and(|ask| self.engine == Engine::Sqlite && !ask.with.is_empty());
        let lead = if finds_words {
            Lead::Words
        } else {
            Lead::Events
        };
        if self.days.is_none() {
            return vec![whole(lead)];
        }
        vec![
            Part {
                lead,
                days: Days::One,
            },
            Part {
                lead: Lead::Events,
                days: Days::Spans,
            },
        ]
    }

    /// The expression of a scan's sort key.
    pub(super) fn key(part: Part) -> &'static str {
        match part.lead {
            Lead::Party { .. } => "p.sort_key",
            Lead::Publisher(_) => "s.sort_key",
            Lead::Words => "w.rowid",
            Lead::Events => "e.sort_key",
        }
    }

    /// The expression of a scan's kind.
    fn kind(part: Part) -> &'static str {
        match part.lead {
            Lead::Party { .. } => "p.kind",
            _ => "e.kind",
        }
    }

    /// Appends `FROM … WHERE …` of one scan.
    pub(super) fn scan(&self, query: Query, part: Part, keys: Keys) -> Query {
        let key = Self::key(part);
        let mut query = self.lead(query, part);
        if let Some(above) = keys.above {
            query = query.piece(" AND ").piece(key).piece(" > ").value(above);
        }
        if let Some(below) = keys.below {
            query = query.piece(" AND ").piece(key).piece(" < ").value(below);
        }
        if !self.kinds.is_empty() {
            let kind = Self::kind(part);
            query = one_of(query.piece(" AND ").piece(kind), &self.kinds);
        }
        if !self.modalities.is_empty() {
            query = one_of(query.piece(" AND e.modality"), &self.modalities);
        }
        query = self.days(query, part);
        for (index, side) in self.sides.iter().enumerate() {
            let leads = matches!(part.lead, Lead::Party { side, .. } if side == index);
            if !leads {
                query = other_side(query, side, key, part.lead == Lead::Events);
            }
        }
        if !matches!(part.lead, Lead::Publisher(_))
            && let Some(publishers) = &self.publishers
        {
            query = query
                .piece(" AND ")
                .piece(key)
                .piece(" IN (SELECT o.sort_key FROM event_publishers o WHERE o.publisher IN ")
                .values(publishers.iter().map(String::as_str))
                .piece(")");
        }
        if part.lead != Lead::Words {
            query = self.words(query, key);
        }
        if let Some(instant) = self.unchanged_since {
            query = query
                .piece(" AND ")
                .piece(key)
                .piece(" NOT IN (SELECT c.sort_key FROM events c WHERE c.id IN (");
            query = changed_since(query, instant).piece("))");
        }
        if let Some(since) = self.changed_since {
            query = query
                .piece(" AND ")
                .piece(key)
                .piece(" IN (SELECT c.sort_key FROM events c WHERE c.updated_at >= ")
                .value(since)
                .piece(")");
        }
        query
    }

    fn lead(&self, query: Query, part: Part) -> Query {
        match part.lead {
            Lead::Party { side, place } => {
                let query = query.piece(
                    " FROM event_parties p CROSS JOIN events e WHERE e.sort_key = p.sort_key AND p.party_id = ",
                );
                let Some(side) = self.sides.get(side) else {
                    return query.value(None::<i64>);
                };
                let query = query
                    .value(side.parties.get(place).copied())
                    .piece(side.of_lead);
                if place == 0 {
                    return query;
                }
                query
                    .piece(
                        " AND NOT EXISTS (SELECT 1 FROM event_parties o WHERE o.sort_key = p.sort_key AND o.party_id IN ",
                    )
                    .values(side.parties.iter().take(place).copied())
                    .piece(side.of_other)
                    .piece(")")
            }
            Lead::Publisher(place) => {
                let publishers = || self.publishers.iter().flatten();
                let query = query
                    .piece(
                        " FROM event_publishers s CROSS JOIN events e WHERE e.sort_key = s.sort_key AND s.publisher = ",
                    )
                    .value(publishers().nth(place).cloned());
                if place == 0 {
                    return query;
                }
                query
                    .piece(
                        " AND NOT EXISTS (SELECT 1 FROM event_publishers o WHERE o.sort_key = s.sort_key AND o.publisher IN ",
                    )
                    .values(publishers().take(place).cloned())
                    .piece(")")
            }
            Lead::Words => query
                    .piece(
                        " FROM event_words w CROSS JOIN events e WHERE e.sort_key = w.rowid AND w.words MATCH ",
                    )
                    .value(self.ask.as_ref().map(|ask| ask.whole(self.engine))),
            Lead::Events => query.piece(" FROM events e WHERE e.status <= 3"),
        }
    }

    fn days(&self, query: Query, part: Part) -> Query {
        let Some(range) = self.days else {
            return query;
        };
        let key = Self::key(part);
        let (first, last) = match part.lead {
            Lead::Party { .. } => (" AND p.day_first <= ", " AND p.day_last >= "),
            _ => (" AND e.day_first <= ", " AND e.day_last >= "),
        };
        match part.days {
            Days::All => query
                .piece(first)
                .value(range.last)
                .piece(last)
                .value(range.first),
            Days::Spans => query
                .piece(" AND e.span = 1")
                .piece(first)
                .value(range.last)
                .piece(last)
                .value(range.first),
            Days::One => query
                .piece(" AND e.span = 0 AND ")
                .piece(key)
                .piece(" >= ")
                .value(range.first_key)
                .piece(" AND ")
                .piece(key)
                .piece(" < ")
                .value(range.key_after),
        }
    }

    fn words(&self, query: Query, key: &'static str) -> Query {
        let Some(ask) = &self.ask else {
            return query;
        };
        let query = query.piece(" AND ");
        match (self.engine, self.few_hits) {
            (Engine::Sqlite, _) if ask.with.is_empty() => query
                .piece(key)
                .piece(" NOT IN (SELECT rowid FROM event_words WHERE words MATCH ")
                .value(ask.without.as_str())
                .piece(")"),
            (Engine::Sqlite, _) => query
                .piece(key)
                .piece(" IN (SELECT rowid FROM event_words WHERE words MATCH ")
                .value(ask.whole(self.engine))
                .piece(")"),
            (Engine::Postgres, None) => query
                .piece(key)
                .piece(" IN (SELECT sort_key FROM event_words WHERE words @@ CAST(")
                .value(ask.whole(self.engine))
                .piece(" AS tsquery))"),
            (Engine::Postgres, Some(true)) => query
                .piece(key)
                .piece(" = ANY (ARRAY(SELECT sort_key FROM event_words WHERE words @@ CAST(")
                .value(ask.whole(self.engine))
                .piece(" AS tsquery)))"),
            (Engine::Postgres, Some(false)) => query
                .piece("(SELECT o.words @@ CAST(")
                .value(ask.whole(self.engine))
                .piece(" AS tsquery) FROM event_words o WHERE o.sort_key = ")
                .piece(key)
                .piece(")"),
        }
    }
}

/// Appends the query for the ids of events that changed after an instant.
pub(super) fn changed_since(query: Query, instant: i64) -> Query {
    query
        .piece("SELECT event_id FROM revisions WHERE at > ")
        .value(instant)
        .piece(" UNION SELECT event_id FROM follow_through_changes WHERE at > ")
        .value(instant)
}

/// The direction in which sort keys are listed.
pub(super) const fn order(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => " DESC",
        Sort::Oldest => " ASC",
    }
}

/// A filter by party that does not lead: looked up for each event, or, where events lead, gathered beforehand.
fn other_side(query: Query, side: &Side, key: &'static str, gathered: bool) -> Query {
    let (before, after) = if gathered {
        (
            " IN (SELECT o.sort_key FROM event_parties o WHERE o.party_id IN ",
            ")",
        )
    } else {
        (
            " IN (SELECT o.sort_key FROM event_parties o WHERE o.sort_key = ",
            ")",
        )
    };
    let query = query.piece(" AND ").piece(key).piece(before);
    let query = if gathered {
        query
    } else {
        query.piece(key).piece(" AND o.party_id IN ")
    };
    query
        .values(side.parties.iter().copied())
        .piece(side.of_other)
        .piece(after)
}

/// ` = $n` for one, ` IN (…)` for several: an index gives the order only for the first.
fn one_of(query: Query, values: &[i64]) -> Query {
    match values {
        [value] => query.piece(" = ").value(*value),
        _ => query.piece(" IN ").values(values.iter().copied()),
    }
}

/// The numbers of the first and the last day of a filter's range; an open start counts as before every day, an open end as
/// after.
pub(super) fn day_numbers(filter: &TimelineFilter) -> Option<(i64, i64)> {
    day_range(filter).map(|range| (range.first, range.last))
}

fn day_range(filter: &TimelineFilter) -> Option<DayRange> {
    if filter.from.is_none() && filter.to.is_none() {
        return None;
    }
    let from = filter.from.as_ref().map(|bound| bound.day);
    let to = filter.to.as_ref().map(|bound| bound.day);
    Some(DayRange {
        // an open start counts as before every day, an open end as after
        first: from.map_or(super::event_row::OPEN_FIRST, number_of_day),
        last: to.map_or(super::event_row::OPEN_LAST, number_of_day),
        first_key: from.map_or(0, sort_key_of_day),
        key_after: to
            .and_then(|day| day.succ_opt())
            .map_or(i64::MAX, sort_key_of_day),
    })
}
