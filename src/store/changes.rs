//! What changed in the record between two instants, when it last changed, and which events there are with the time of
//! their last change: for the page of changes, for `Last-Modified`, for the sitemap.

use super::{
    Store,
    db::on,
    error::Result,
    revision::{self, Revision, RevisionAction},
};
use crate::domain::{clock::Timestamp, id::EventId};

/// Which changes of the record are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangesAsked {
    /// From this instant on.
    pub from: Timestamp,
    /// Before this instant.
    pub until: Timestamp,
    /// Only what was done like this.
    pub action: Option<RevisionAction>,
    /// Only those before this place in the history.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u32,
}

impl Store {
    /// Changes between two instants, the latest first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn changes(&self, asked: ChangesAsked) -> Result<Vec<Revision>> {
        let mut query = on("revisions", revision::SELECT)
            .piece(" WHERE at >= ")
            .value(asked.from.micros())
            .piece(" AND at < ")
            .value(asked.until.micros())
            .piece(" AND id < ")
            .value(asked.before.unwrap_or(i64::MAX));
        if let Some(action) = asked.action {
            query = query.piece(" AND action = ").value(action.code());
        }
        let query = query
            .piece(" ORDER BY id DESC LIMIT ")
            .value(i64::from(asked.limit));
        let rows = self.db().replica().fetch_all(query).await?;
        rows.iter().map(revision::read).collect()
    }

    /// How many changes of each sort there were between two instants, in the order of the sorts.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn change_counts(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(RevisionAction, i64)>> {
        let query = on(
            "revisions",
            "SELECT action, count(*) AS n FROM revisions WHERE at >= ",
        )
        .value(from.micros())
        .piece(" AND at < ")
        .value(until.micros())
        .piece(" GROUP BY action ORDER BY action");
        let rows = self.db().replica().fetch_all(query).await?;
        rows.iter()
            .map(|row| {
                Ok((
                    row.coded("action", RevisionAction::from_code)?,
                    row.int("n")?,
                ))
            })
            .collect()
    }

    /// When anything that a page for readers shows last changed; `None` in a record without anything.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn last_change(&self) -> Result<Option<Timestamp>> {
        let query = on(
            "revisions",
            "SELECT COALESCE(max(at), 0) AS n FROM (
    SELECT max(at) AS at FROM revisions
    UNION ALL
    SELECT max(at) AS at FROM follow_through_changes
    UNION ALL
    SELECT max(recorded_at) AS at FROM articles WHERE id = (SELECT max(id) FROM articles)
) AS latest",
        );
        let latest = self.db().replica().fetch_count(query).await?;
        let parties = self.known_parties().await?.changed_at();
        Ok(Some(latest.max(parties))
            .filter(|at| *at > 0)
            .and_then(Timestamp::from_micros))
    }

    /// The highest number of any event, on the timeline or not; 0 where there are none.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn highest_event(&self) -> Result<i64> {
        let query = on("events", "SELECT COALESCE(max(id), 0) AS n FROM events");
        self.db().replica().fetch_count(query).await
    }

    /// Events of the timeline by number, those above `after` and not above `last`, with when each last changed; at most `limit`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn listed_events(
        &self,
        after: i64,
        last: i64,
        limit: u32,
    ) -> Result<Vec<(EventId, Timestamp)>> {
        let query = on(
            "events",
            "SELECT id, updated_at FROM events WHERE status <= 3 AND id > ",
        )
        .value(after)
        .piece(" AND id <= ")
        .value(last)
        .piece(" ORDER BY id LIMIT ")
        .value(i64::from(limit));
        let rows = self.db().replica().fetch_all(query).await?;
        rows.iter()
            .map(|row| {
                Ok((
                    row.coded("id", EventId::from_counter)?,
                    row.instant("updated_at")?,
                ))
            })
            .collect()
    }
}
