//! Warnings, pledges and announced acts: which there are, in what state, and how many of each an actor has.

use std::collections::BTreeMap;

use super::{
    Store,
    db::{Query, on},
    error::Result,
};
use crate::domain::{follow_through::FollowThrough, id::EventId, kind::Kind, party::PartyCode};

/// Which of them are asked for; values of one sort are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowedFilter {
    /// In these states; empty for all.
    pub states: Vec<FollowThrough>,
    /// Of these kinds; empty for all.
    pub kinds: Vec<Kind>,
    /// Where one of these acts: codes or names as given; empty for all. An unknown one finds nothing.
    pub actors: Vec<String>,
}

/// How many of an actor's are in each state, in the order of [`FollowThrough::ALL`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedTotals {
    /// Who acts.
    pub actor: PartyCode,
    /// A count for each state.
    pub counts: [i64; FollowThrough::ALL.len()],
}

impl FollowedTotals {
    /// All of them.
    pub fn all(&self) -> i64 {
        self.counts.iter().sum()
    }
}

impl Store {
    /// Events that a filter finds, newest first, those below a sort key: the ids of at most `limit`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn followed(
        &self,
        filter: &FollowedFilter,
        below: Option<i64>,
        limit: u32,
    ) -> Result<Vec<EventId>> {
        let query = on(
            "events",
            "SELECT e.id FROM events e WHERE e.status <= 3 AND e.follow_through IS NOT NULL AND e.sort_key < ",
        )
        .value(below.unwrap_or(i64::MAX));
        let Some(query) = self.narrowed(query, filter).await? else {
            return Ok(Vec::new());
        };
        let query = query
            .piece(" ORDER BY e.sort_key DESC LIMIT ")
            .value(i64::from(limit));
        let rows = self.db().replica().fetch_all(query).await?;
        rows.iter()
            .map(|row| row.coded("id", EventId::from_counter))
            .collect()
    }

    /// How many events of the timeline are in each state, in the order of the states.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn follow_through_counts(&self) -> Result<Vec<(FollowThrough, i64)>> {
        self.followed_counts(&FollowedFilter::default()).await
    }

    /// As [`Store::follow_through_counts`], of the events that a filter finds; its own states aside.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn followed_counts(
        &self,
        filter: &FollowedFilter,
    ) -> Result<Vec<(FollowThrough, i64)>> {
        let mut counts = FollowThrough::ALL.map(|state| (state, 0)).to_vec();
        let query = on(
            "events",
            "SELECT e.follow_through, count(*) AS n FROM events e WHERE e.status <= 3 AND e.follow_through IS NOT NULL",
        );
        let filter = FollowedFilter {
            states: Vec::new(),
            ..filter.clone()
        };
        let Some(query) = self.narrowed(query, &filter).await? else {
            return Ok(counts);
        };
        let query = query.piece(" GROUP BY e.follow_through");
        for row in &self.db().replica().fetch_all(query).await? {
            let state = row.coded("follow_through", FollowThrough::from_code)?;
            for (known, count) in &mut counts {
                if *known == state {
                    *count = row.int("n")?;
                }
            }
        }
        Ok(counts)
    }

    /// What each actor warned of, promised and announced, and what became of it; the actor with the most first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn followed_by_actor(&self) -> Result<Vec<FollowedTotals>> {
        let query = on(
            "events",
            "SELECT p.code, c.follow_through, c.n
FROM (
    SELECT a.party_id, e.follow_through, count(*) AS n
    FROM events e
    JOIN event_parties a ON a.sort_key = e.sort_key
    WHERE e.status <= 3
      AND e.follow_through IS NOT NULL
      AND a.side IN (1, 3)
    GROUP BY a.party_id, e.follow_through
) AS c
JOIN parties p ON p.id = c.party_id",
        );
        let mut totals: BTreeMap<PartyCode, [i64; FollowThrough::ALL.len()]> = BTreeMap::new();
        for row in &self.db().replica().fetch_all(query).await? {
            let state = row.coded("follow_through", FollowThrough::from_code)?;
            let counts = totals.entry(row.parsed("code")?).or_default();
            for (known, count) in FollowThrough::ALL.into_iter().zip(counts) {
                if known == state {
                    *count += row.int("n")?;
                }
            }
        }
        let mut totals: Vec<FollowedTotals> = totals
            .into_iter()
            .map(|(actor, counts)| FollowedTotals { actor, counts })
            .collect();
        totals.sort_by_key(|total| (std::cmp::Reverse(total.all()), total.actor.clone()));
        Ok(totals)
    }

    /// The conditions of a filter; `None` where it can find nothing.
    async fn narrowed(&self, query: Query, filter: &FollowedFilter) -> Result<Option<Query>> {
        let mut query = query;
        if !filter.states.is_empty() {
            query = query
                .piece(" AND e.follow_through IN ")
                .values(filter.states.iter().map(|state| state.code()));
        }
        if !filter.kinds.is_empty() {
            query = query
                .piece(" AND e.kind IN ")
                .values(filter.kinds.iter().map(|kind| kind.code()));
        }
        if !filter.actors.is_empty() {
            let parties = self.known_parties().await?.ids_of(&filter.actors);
            if parties.is_empty() {
                return Ok(None);
            }
            query = query
                .piece(" AND e.sort_key IN (SELECT a.sort_key FROM event_parties a WHERE a.side IN (1, 3) AND a.party_id IN ")
                .values(parties)
                .piece(")");
        }
        Ok(Some(query))
    }
}
