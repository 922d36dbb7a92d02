//! What became of warnings, pledges and announced acts: worked out anew where an event that carries one out comes or goes.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::{
    Store,
    db::{Reads, Tx, on},
    error::Result,
    event_row::id_of_key,
    row::number_of_day,
};
use crate::domain::{
    edtf::Edtf, follow_through::FollowThrough, id::EventId, kind::Kind, modality::Modality,
    relation::RelationKind,
};

/// Events in one statement.
const BATCH: usize = 400;

/// What became of an event, and the event that carried it out.
pub(super) type Outcome = (Option<FollowThrough>, Option<EventId>);

impl Store {
    /// Works out the state of every announced act whose term may have passed, and of every lapsed one whose term a longer
    /// grace may have moved; returns how many changed.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn refresh_follow_through(&self) -> Result<usize> {
        let today = self.clock().today();
        let graced = today
            .checked_sub_days(Days::new(self.0.grace_days))
            .unwrap_or(NaiveDate::MIN);
        let passed = self
            .refresh(
                "SELECT id FROM events
WHERE status <= 3
  AND follow_through = 1
  AND day_last < $1
  AND modality = 2
  AND id > $2
ORDER BY id
LIMIT 400",
                today,
            )
            .await?;
        let given_time = self
            .refresh(
                "SELECT id FROM events
WHERE status <= 3
  AND follow_through = 4
  AND day_last >= $1
  AND id > $2
ORDER BY id
LIMIT 400",
                graced,
            )
            .await?;
        Ok(passed + given_time)
    }

    /// Works out the state of the events that a query gives, by id, 400 at a time.
    async fn refresh(&self, select: &'static str, day: NaiveDate) -> Result<usize> {
        let mut changed = 0;
        let mut after = 0;
        loop {
            let mut tx = self.db().begin().await?;
            let query = on("events", select).bind(number_of_day(day)).bind(after);
            let ids = tx
                .fetch_all(query)
                .await?
                .iter()
                .map(|row| row.coded("id", EventId::from_counter))
                .collect::<Result<Vec<_>>>()?;
            let Some(last) = ids.last() else {
                return Ok(changed);
            };
            after = last.counter();
            changed += self.follow(&mut tx, &ids).await?;
            tx.commit().await?;
        }
    }

    /// Works out the state of these events from the record as it stands in the transaction.
    pub(super) async fn follow(&self, tx: &mut Tx, ids: &[EventId]) -> Result<usize> {
        let mut changed = 0;
        for batch in ids.chunks(BATCH) {
            let carriers = carriers(tx, batch).await?;
            let query = on(
                "events",
                "SELECT id, kind, modality, date, judgement, follow_through, follow_through_event
FROM events
WHERE status <= 3
  AND id IN ",
            )
            .values(batch.iter().map(|id| id.counter()));
            for row in tx.fetch_all(query).await? {
                let id = row.coded("id", EventId::from_counter)?;
                let was: Outcome = (
                    row.opt_coded("follow_through", FollowThrough::from_code)?,
                    row.opt_coded("follow_through_event", EventId::from_counter)?,
                );
                let is = self.outcome(
                    row.coded("kind", Kind::from_code)?,
                    row.coded("modality", Modality::from_code)?,
                    &row.parsed("date")?,
                    row.opt_coded("judgement", FollowThrough::from_code)?,
                    carriers.get(&id).copied(),
                );
                if is != was {
                    self.set_outcome(tx, id, is).await?;
                    changed += 1;
                }
            }
        }
        Ok(changed)
    }

    /// The state of an event that `carrier` carries out.
    pub(super) fn outcome(
        &self,
        kind: Kind,
        modality: Modality,
        date: &Edtf,
        judgement: Option<FollowThrough>,
        carrier: Option<EventId>,
    ) -> Outcome {
        let state = FollowThrough::work_out(
            kind,
            modality,
            date,
            judgement,
            carrier.is_some(),
            self.clock().today(),
            self.0.grace_days,
        );
        (state, state.and(carrier))
    }

    async fn set_outcome(&self, tx: &mut Tx, id: EventId, is: Outcome) -> Result<()> {
        let state = is.0.map(FollowThrough::code);
        let by = is.1.map(EventId::counter);
        let update = on(
            "events",
            "UPDATE events SET follow_through = $1, follow_through_event = $2 WHERE id = $3",
        );
        tx.execute(update.bind(state).bind(by).bind(id.counter()))
            .await?;
        let log = on(
            "follow_through_changes",
            "INSERT INTO follow_through_changes (event_id, at, follow_through, follow_through_event)
VALUES ($1, $2, $3, $4)
ON CONFLICT (event_id, at) DO UPDATE
    SET follow_through = excluded.follow_through,
        follow_through_event = excluded.follow_through_event",
        );
        let log = log
            .bind(id.counter())
            .bind(self.clock().now().micros())
            .bind(state)
            .bind(by);
        tx.execute(log).await?;
        Ok(())
    }
}

/// For each event that others on the timeline carry out, the first of them. What was retracted, or is itself only announced,
/// carries nothing out.
async fn carriers(tx: &mut Tx, ids: &[EventId]) -> Result<HashMap<EventId, EventId>> {
    let query = on(
        "relations",
        "SELECT r.to_id AS id, min(e.sort_key) AS first_key
FROM relations r
JOIN events e ON e.id = r.from_id
WHERE e.status <= 2
  AND e.modality <> 2
  AND r.kind = ",
    )
    .value(RelationKind::CarriesOut.code())
    .piece(" AND r.to_id IN ")
    .values(ids.iter().map(|id| id.counter()))
    .piece(" GROUP BY r.to_id");
    tx.fetch_all(query)
        .await?
        .iter()
        .map(|row| {
            Ok((
                row.coded("id", EventId::from_counter)?,
                row.coded("first_key", id_of_key)?,
            ))
        })
        .collect()
}
