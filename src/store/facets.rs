//! How many events there are of each kind, modality, month, party and publisher.

use std::{collections::BTreeMap, ops::ControlFlow};

use chrono::Datelike;

use super::{
    Store,
    as_of::Past,
    db::on,
    error::Result,
    event_row::month,
    row::Row,
    selection::{Keys, Selection, Shows},
    timeline::is_by_kind_at_most,
};
use crate::domain::{
    event::Event, filter::TimelineFilter, follow_through::FollowThrough, id::EventId, kind::Kind,
    modality::Modality, party::PartyCode,
};

/// How many events of a kind have their sort day in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthCount {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub count: i64,
}

/// How many articles and events rest on a publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherCount {
    /// Its name as the articles have it.
    pub name: String,
    /// Articles on record.
    pub articles: i64,
    /// Events of the timeline that have one of them as a source.
    pub events: i64,
}

/// What is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Kind,
    Modality,
    MonthAndKind,
}

impl Store {
    /// Events of each kind, in the kinds' order; every filter holds but that of kinds.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn kind_counts(&self, filter: &TimelineFilter) -> Result<Vec<(Kind, i64)>> {
        let filter = TimelineFilter {
            kinds: Vec::new(),
            ..filter.clone()
        };
        let mut counts: BTreeMap<Kind, i64> = BTreeMap::new();
        if is_by_kind_at_most(&filter) {
            for count in self.kept_months(&[]).await? {
                *counts.entry(count.kind).or_default() += count.count;
            }
        } else {
            for ([kind, _], count) in self.grouped(&filter, By::Kind).await? {
                if let Some(kind) = Kind::from_code(kind) {
                    *counts.entry(kind).or_default() += count;
                }
            }
        }
        Ok(Kind::ALL
            .into_iter()
            .filter_map(|kind| counts.get(&kind).map(|count| (kind, *count)))
            .collect())
    }

    /// Events of each modality; every filter holds but that of modalities.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn modality_counts(&self, filter: &TimelineFilter) -> Result<Vec<(Modality, i64)>> {
        let filter = TimelineFilter {
            modalities: Vec::new(),
            ..filter.clone()
        };
        let counts = self.grouped(&filter, By::Modality).await?;
        Ok(Modality::ALL
            .into_iter()
            .filter_map(|modality| {
                counts
                    .get(&[modality.code(), 0])
                    .map(|count| (modality, *count))
            })
            .collect())
    }

    /// Events by the month and year of their sort day and by kind, in that order; every filter holds but the days.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn month_counts(&self, filter: &TimelineFilter) -> Result<Vec<MonthCount>> {
        let filter = TimelineFilter {
            from: None,
            to: None,
            ..filter.clone()
        };
        if is_by_kind_at_most(&filter) {
            return self.kept_months(&filter.kinds).await;
        }
        Ok(self
            .grouped(&filter, By::MonthAndKind)
            .await?
            .into_iter()
            .filter_map(|([month, kind], count)| month_count(month, kind, count))
            .collect())
    }

    /// Parties on the timeline and in how many events each stands, the most frequent first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn party_counts(&self) -> Result<Vec<(PartyCode, i64)>> {
        let query = on(
            "parties",
            "SELECT c.party_id AS id, p.code, c.n
FROM (SELECT party_id, count(*) AS n FROM event_parties GROUP BY party_id) AS c
JOIN parties p ON p.id = c.party_id
ORDER BY c.n DESC, p.code",
        );
        self.db()
            .replica()
            .fetch_all(query)
            .await?
            .iter()
            .map(|row| Ok((row.parsed("code")?, row.int("n")?)))
            .collect()
    }

    /// Publishers, the one with the most events first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn publisher_counts(&self) -> Result<Vec<PublisherCount>> {
        let query = on(
            "articles",
            "SELECT a.name, a.articles, COALESCE(s.events, 0) AS events
FROM (
    SELECT publisher_folded, min(publisher) AS name, count(*) AS articles
    FROM articles
    WHERE publisher_folded <> ''
    GROUP BY publisher_folded
) AS a
LEFT JOIN (
    SELECT publisher, count(*) AS events
    FROM event_publishers
    GROUP BY publisher
) AS s ON s.publisher = a.publisher_folded
ORDER BY 3 DESC, a.publisher_folded",
        );
        self.db()
            .replica()
            .fetch_all(query)
            .await?
            .iter()
            .map(|row| {
                Ok(PublisherCount {
                    name: row.text("name")?,
                    articles: row.int("articles")?,
                    events: row.int("events")?,
                })
            })
            .collect()
    }

    /// Events that have each of these states of follow-through, newest first: the ids of at most `limit`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn followed(&self, below: Option<i64>, limit: u32) -> Result<Vec<EventId>> {
        let query = on(
            "events",
            "SELECT id FROM events WHERE status <= 3 AND follow_through IS NOT NULL AND sort_key < ",
        )
        .value(below.unwrap_or(i64::MAX))
        .piece(" ORDER BY sort_key DESC LIMIT ")
        .value(i64::from(limit));
        self.db()
            .replica()
            .fetch_all(query)
            .await?
            .iter()
            .map(|row| row.coded("id", EventId::from_counter))
            .collect()
    }

    /// How many events of the timeline are in each state of follow-through, in the order of the states.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn follow_through_counts(&self) -> Result<Vec<(FollowThrough, i64)>> {
        let query = on(
            "events",
            "SELECT follow_through, count(*) AS n
FROM events
WHERE status <= 3
  AND follow_through IS NOT NULL
GROUP BY follow_through",
        );
        let rows = self.db().replica().fetch_all(query).await?;
        let mut counts = FollowThrough::ALL.map(|state| (state, 0)).to_vec();
        for row in &rows {
            let state = row.coded("follow_through", FollowThrough::from_code)?;
            for (known, count) in &mut counts {
                if *known == state {
                    *count = row.int("n")?;
                }
            }
        }
        Ok(counts)
    }

    async fn kept_months(&self, kinds: &[Kind]) -> Result<Vec<MonthCount>> {
        let mut query = on(
            "month_counts",
            "SELECT month, kind, count FROM month_counts WHERE count <> 0 AND kind > 0",
        );
        if !kinds.is_empty() {
            query = query
                .piece(" AND kind IN ")
                .values(kinds.iter().map(|kind| kind.code()));
        }
        let rows = self
            .db()
            .replica()
            .fetch_all(query.piece(" ORDER BY month, kind"))
            .await?;
        let read = |row: &Row| {
            let (month, kind, count) = (row.int("month")?, row.int("kind")?, row.int("count")?);
            month_count(month, kind, count).ok_or_else(|| row.corrupt("kind"))
        };
        rows.iter().map(read).collect()
    }

    /// Counts by one or two numbers; where there is one, the second is 0.
    async fn grouped(&self, filter: &TimelineFilter, by: By) -> Result<BTreeMap<[i64; 2], i64>> {
        let mut counts = BTreeMap::new();
        if let Some(instant) = filter.as_of {
            let past = Past::new(self, filter, instant).await?;
            if let Some(changed) = past.changed() {
                for event in changed {
                    *counts.entry(by.numbers(event)).or_default() += 1;
                }
            } else {
                past.each(None, |event| {
                    *counts.entry(by.numbers(&event)).or_default() += 1;
                    ControlFlow::Continue(())
                })
                .await?;
                return Ok(counts);
            }
        }
        let Some(selection) = self.selection(filter).await? else {
            return Ok(counts);
        };
        for part in selection.parts() {
            let kind = Selection::kind(part);
            let (first, second, shows) = match by {
                By::Kind => (kind, None, Shows::Kind),
                By::Modality => ("e.modality", None, Shows::Row),
                By::MonthAndKind => ("e.month", Some(kind), Shows::Row),
            };
            let query = on("events", "SELECT ").piece(first).piece(" AS first, ");
            let query = match second {
                Some(second) => query.piece(second),
                None => query.piece("CAST(0 AS BIGINT)"),
            };
            let query = query.piece(" AS second, count(*) AS n");
            let query = selection.scan(query, part, shows, Keys::default());
            let query = query.piece(" GROUP BY 1, 2");
            for row in self.db().replica().fetch_all(query).await? {
                *counts
                    .entry([row.int("first")?, row.int("second")?])
                    .or_default() += row.int("n")?;
            }
        }
        Ok(counts)
    }
}

impl By {
    fn numbers(self, event: &Event) -> [i64; 2] {
        let content = &event.content;
        match self {
            Self::Kind => [content.kind.code(), 0],
            Self::Modality => [content.modality.code(), 0],
            Self::MonthAndKind => [month(&content.date), content.kind.code()],
        }
    }
}

fn month_count(month: i64, kind: i64, count: i64) -> Option<MonthCount> {
    let day = chrono::NaiveDate::from_ymd_opt(
        i32::try_from(month.div_euclid(12)).ok()?,
        u32::try_from(month.rem_euclid(12)).ok()? + 1,
        1,
    )?;
    Some(MonthCount {
        year: day.year(),
        month: day.month(),
        kind: Kind::from_code(kind)?,
        count,
    })
}
