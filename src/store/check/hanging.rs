//! Whether the rows that hang on events are those that follow from them: relations, parties, publishers, words, months.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Check, Expected, event_id};
use crate::{
    domain::event::Event,
    store::{
        db::{Engine, Reads as _, on},
        error::Result,
        event_row::key,
        party::KnownParties,
        search, side_rows,
    },
};

/// Rows of one side table by what they belong to.
type Hanging<K, V> = HashMap<K, BTreeSet<V>>;

impl Check {
    pub(super) async fn relations(
        &mut self,
        events: &[Event],
        expected: &mut Expected,
    ) -> Result<()> {
        let select = on(
            "relations",
            "SELECT r.from_id AS id, r.kind, r.to_id, e.status
             FROM relations r LEFT JOIN events e ON e.id = r.to_id
             WHERE r.from_id IN ",
        )
        .values(events.iter().map(|event| event.id.counter()))
        .piece(" ORDER BY r.from_id, r.position");
        let mut rows: HashMap<i64, Vec<(i64, i64)>> = HashMap::new();
        for row in self.tx.fetch_all(select).await? {
            let from = event_id(&row)?;
            if row.opt_int("status")?.is_none_or(|status| status > 3) {
                self.problem(format!(
                    "event {from}: a relation leads to an event that is not on the timeline"
                ));
            }
            rows.entry(from.counter())
                .or_default()
                .push((row.int("kind")?, row.int("to_id")?));
        }
        for event in events {
            let own = rows.remove(&event.id.counter()).unwrap_or_default();
            expected.relations += i64::try_from(own.len()).unwrap_or(i64::MAX);
            let follows: Vec<(i64, i64)> = event
                .content
                .relations
                .iter()
                .map(|relation| (relation.kind.code(), relation.to.counter()))
                .collect();
            if own != follows {
                self.problem(format!(
                    "event {}: its relations are not those of its row",
                    event.id
                ));
            }
        }
        Ok(())
    }

    pub(super) async fn parties(
        &mut self,
        events: &[Event],
        parties: &KnownParties,
        expected: &mut Expected,
    ) -> Result<()> {
        let select = on(
            "event_parties",
            "SELECT sort_key, party_id, kind, side FROM event_parties WHERE sort_key IN ",
        )
        .values(events.iter().map(key));
        let mut rows: Hanging<i64, (i64, i64, i64)> = Hanging::new();
        for row in self.tx.fetch_all(select).await? {
            let own = (row.int("party_id")?, row.int("kind")?, row.int("side")?);
            rows.entry(row.int("sort_key")?).or_default().insert(own);
        }
        for event in events {
            let sides = match side_rows::sides(event, parties) {
                Ok(sides) => sides,
                Err(error) => {
                    self.problem(format!("event {}: {error}", event.id));
                    continue;
                }
            };
            let kind = event.content.kind.code();
            let follows: BTreeSet<_> = sides
                .into_iter()
                .map(|(party, side)| (party, kind, side))
                .collect();
            expected.parties += i64::try_from(follows.len()).unwrap_or(i64::MAX);
            if rows.remove(&key(event)).unwrap_or_default() != follows {
                self.problem(format!(
                    "event {}: the filters do not find it by its parties",
                    event.id
                ));
            }
        }
        Ok(())
    }

    pub(super) async fn publishers(
        &mut self,
        events: &[Event],
        expected: &mut Expected,
    ) -> Result<()> {
        let select = on(
            "event_publishers",
            "SELECT sort_key, publisher FROM event_publishers WHERE sort_key IN ",
        )
        .values(events.iter().map(key));
        let mut rows: Hanging<i64, String> = Hanging::new();
        for row in self.tx.fetch_all(select).await? {
            rows.entry(row.int("sort_key")?)
                .or_default()
                .insert(row.text("publisher")?);
        }
        for event in events {
            let follows: BTreeSet<String> = side_rows::publishers(&event.content.sources)
                .into_iter()
                .collect();
            expected.publishers += i64::try_from(follows.len()).unwrap_or(i64::MAX);
            if rows.remove(&key(event)).unwrap_or_default() != follows {
                self.problem(format!(
                    "event {}: the filters do not find it by its publishers",
                    event.id
                ));
            }
        }
        Ok(())
    }

    /// The full text finds the event: on PostgreSQL by all its words in their places, on SQLite, which reads a word's whole
    /// list for every question, by its longest ones, whose lists are short.
    pub(super) async fn words(
        &mut self,
        event: &Event,
        parties: &KnownParties,
        expected: &mut Expected,
    ) -> Result<()> {
        expected.words += 1;
        let engine = self.tx.engine();
        let document = search::document(event, parties.register(), engine);
        if document.is_empty() {
            // Nothing to ask by; that it has a row is told by the totals.
            return Ok(());
        }
        let count = match engine {
            Engine::Sqlite => on(
                "event_words",
                "SELECT count(*) AS n FROM event_words WHERE event_words MATCH ",
            )
            .value(longest_words(&document))
            .piece(" AND rowid = ")
            .value(key(event)),
            Engine::Postgres => on(
                "event_words",
                "SELECT count(*) AS n FROM event_words WHERE words = CAST(",
            )
            .value(document)
            .piece(" AS tsvector) AND sort_key = ")
            .value(key(event)),
        };
        if self.tx.fetch_count(count).await? != 1 {
            self.problem(format!(
                "event {}: the search does not find it by its words",
                event.id
            ));
        }
        Ok(())
    }

    /// Nothing hangs on events that are not there, and the months add up.
    pub(super) async fn totals(&mut self, expected: &Expected) -> Result<()> {
        let counts = [
            (
                "event_parties",
                "SELECT count(*) AS n FROM event_parties",
                expected.parties,
            ),
            (
                "event_publishers",
                "SELECT count(*) AS n FROM event_publishers",
                expected.publishers,
            ),
            (
                "event_words",
                "SELECT count(*) AS n FROM event_words",
                expected.words,
            ),
        ];
        for (table, count, follows) in counts {
            let held = self.tx.fetch_count(on(table, count)).await?;
            if held != follows {
                self.problem(format!(
                    "table {table}: it has {held} rows, but {follows} follow from the events"
                ));
            }
        }
        let rows = self
            .tx
            .fetch_all(on(
                "month_counts",
                "SELECT kind, month, count FROM month_counts WHERE count <> 0",
            ))
            .await?;
        let held = rows
            .iter()
            .map(|row| Ok(((row.int("kind")?, row.int("month")?), row.int("count")?)))
            .collect::<Result<BTreeMap<_, _>>>()?;
        if held != expected.months {
            self.problem("table month_counts: the counts by month are not those of the events");
        }
        Ok(())
    }
}

/// How many words of an event SQLite is asked for.
const ASKED: usize = 3;

/// The longest words of a document, all of which must stand there, in the language of FTS5.
fn longest_words(document: &str) -> String {
    let mut words: Vec<&str> = document.split(' ').filter(|word| *word != "¶").collect();
    words.sort_unstable_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    words.dedup();
    words.truncate(ASKED);
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    quoted.join(" AND ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_are_asked_for_once_each() {
        assert_eq!(
            longest_words("iran ¶ sanctions iran sanctions listed ¶ air"),
            r#""sanctions" AND "listed" AND "iran""#
        );
    }
}
