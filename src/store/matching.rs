//! Drafts of an article → the events on record that each may belong to, best first, read in few statements for all of them.
//!
//! Every look is a range scan of one index, bounded in days and rows, so that it stays flat as the record grows. What is
//! likely, and why, is [`crate::domain::matching`]'s.

use std::collections::{BTreeSet, HashMap};

use super::{
    Store,
    db::{Query, on},
    error::Result,
    event_row::{self, COLUMNS_OF_E},
    row::number_of_day,
};
use crate::domain::{
    event::{Event, EventDraft, sort_key_of_day},
    kind::Kind,
    matching::{self, Match, Offer, Reach, Standing},
};

/// Events that one look brings.
const LOOK_MAX: i64 = 12;
/// Looks in one statement.
const BATCH: usize = 40;
/// The most events that are offered as the same act.
const SAME_MAX: usize = 4;
/// The most events that are offered to be linked to.
const LINKS_MAX: usize = 3;

/// An event on record that a draft may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMatch {
    /// The event; its sources without article and spans.
    pub event: Event,
    /// How they may belong together, and why.
    pub found: Match,
}

/// One range scan: events in which any of these parties stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    parties: Vec<i64>,
    reach: Reach,
}

impl Store {
    /// For each draft the events on record that it may belong to: those that may be the same act first, each group the
    /// most likely first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn matches(&self, drafts: &[&EventDraft]) -> Result<Vec<Vec<EventMatch>>> {
        let known = self.known_parties().await?;
        let mut looks = BTreeSet::new();
        for draft in drafts {
            let mut parties: Vec<i64> = draft
                .actors
                .iter()
                .chain(&draft.targets)
                .filter_map(|code| known.id(code))
                .collect();
            parties.sort_unstable();
            parties.dedup();
            if !parties.is_empty() {
                looks.extend(matching::reaches(draft).into_iter().map(|reach| Look {
                    parties: parties.clone(),
                    reach,
                }));
            }
        }
        let looks: Vec<Look> = looks.into_iter().collect();
        let mut nearby: HashMap<i64, Event> = HashMap::new();
        for batch in looks.chunks(BATCH) {
            for event in event_row::events(&self.db().fetch_all(query(batch)).await?)? {
                nearby.insert(event.id.counter(), event);
            }
        }
        let register = known.register();
        Ok(drafts
            .iter()
            .map(|draft| {
                best(
                    nearby
                        .values()
                        .filter_map(|event| {
                            matching::compare(draft, event, register).map(|found| EventMatch {
                                event: event.clone(),
                                found,
                            })
                        })
                        .collect(),
                )
            })
            .collect())
    }
}

fn best(mut matches: Vec<EventMatch>) -> Vec<EventMatch> {
    matches.sort_by_key(|one| {
        (
            one.found.offer != Offer::Source,
            -one.found.score,
            std::cmp::Reverse(one.event.id),
        )
    });
    let mut counts = [0_usize; 2];
    matches.retain(|one| {
        let (place, most) = match one.found.offer {
            Offer::Source => (0, SAME_MAX),
            Offer::CarriesOut | Offer::Denies | Offer::Answers => (1, LINKS_MAX),
        };
        counts[place] += 1;
        counts[place] <= most
    });
    matches
}

fn query(looks: &[Look]) -> Query {
    let mut query = on("events", "SELECT ").piece(COLUMNS_OF_E).piece(" FROM (");
    for (index, look) in looks.iter().enumerate() {
        query = query.piece(if index == 0 { "" } else { " UNION " }).piece(
            "SELECT sort_key FROM (SELECT p.sort_key, count(*) AS shared FROM event_parties p",
        );
        if look.reach.standing == Standing::Open {
            query =
                query.piece(" JOIN events o ON o.sort_key = p.sort_key AND o.follow_through <> 2");
        }
        query = query
            .piece(" WHERE p.party_id IN ")
            .values(look.parties.iter().copied())
            .piece(" AND p.kind IN ")
            .values(look.reach.kinds.iter().copied().map(Kind::code))
            .piece(" AND p.sort_key >= ")
            .value(sort_key_of_day(look.reach.first))
            .piece(" AND p.sort_key < ")
            .value(look.reach.last.succ_opt().map_or(i64::MAX, sort_key_of_day))
            .piece(" AND p.day_last >= ")
            .value(number_of_day(look.reach.first))
            .piece(" GROUP BY p.sort_key ORDER BY 2 DESC, 1 DESC LIMIT ")
            .value(LOOK_MAX)
            .piece(") AS l");
    }
    query.piece(") AS m JOIN events e ON e.sort_key = m.sort_key")
}
