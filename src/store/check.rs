//! The record → every way in which it does not agree with itself.
//!
//! Looks at the database itself, at the words of each event and candidate in its article, at everything that follows from an
//! event's content, and at the rows that hang on it. Follow-through depends on the present day and is left out.

mod hanging;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    Store,
    cite::{Stories, independent},
    copy::CHUNK,
    db::{Engine, Reads, Tx, on},
    error::Result,
    event_row::{self, COLUMNS, first_day, key, last_day, month},
    party::KnownParties,
    row::Row,
};
use crate::domain::{
    event::Event,
    evidence::EvidenceSpan,
    id::{ArticleId, EventId},
    publisher_register::PublisherRegister,
};

impl Store {
    /// Checks the record as it stands at one instant; a sentence for each problem, none where all is well.
    ///
    /// # Errors
    ///
    /// What the database says, where it cannot be read at all.
    pub async fn check(&self) -> Result<Vec<String>> {
        let mut tx = self.db().begin_snapshot().await?;
        let parties = self.known_parties_by(&mut tx).await?;
        let publishers = self.publisher_register_by(&mut tx).await?;
        let mut check = Check {
            tx,
            publishers,
            problems: Vec::new(),
        };
        check.database().await?;
        check.revisions().await?;
        check.candidates().await?;
        let mut expected = Expected::default();
        let mut last = 0;
        loop {
            let rows = check.rows_after(last).await?;
            let Some(end) = rows.last() else {
                break;
            };
            last = end.int("id")?;
            check.events(&rows, &parties, &mut expected).await?;
        }
        check.totals(&expected).await?;
        Ok(check.problems)
    }
}

/// What the rows that hang on events should add up to.
#[derive(Default)]
struct Expected {
    parties: i64,
    publishers: i64,
    words: i64,
    sources: i64,
    relations: i64,
    months: BTreeMap<(i64, i64), i64>,
}

struct Check {
    tx: Tx,
    publishers: Arc<PublisherRegister>,
    problems: Vec<String>,
}

impl Check {
    fn problem(&mut self, sentence: impl Into<String>) {
        self.problems.push(sentence.into());
    }

    /// SQLite's own checks; PostgreSQL holds its constraints at every commit.
    async fn database(&mut self) -> Result<()> {
        if self.tx.engine() == Engine::Postgres {
            return Ok(());
        }
        for row in self
            .tx
            .fetch_all(on("database", "PRAGMA integrity_check"))
            .await?
        {
            let found = row.text("integrity_check")?;
            if found != "ok" {
                self.problem(format!("database: {found}"));
            }
        }
        for row in self
            .tx
            .fetch_all(on("database", "PRAGMA foreign_key_check"))
            .await?
        {
            let (table, parent) = (row.text("table")?, row.text("parent")?);
            let id = row
                .opt_int("rowid")?
                .map_or_else(String::new, |id| format!(" {id}"));
            self.problem(format!(
                "table {table}: row{id} refers to a row of {parent} that is not there"
            ));
        }
        Ok(())
    }

    /// Each event stands at the revision that was written last.
    async fn revisions(&mut self) -> Result<()> {
        let select = on(
            "events",
            "SELECT e.id, e.revision, COALESCE(max(r.revision), 0) AS last
             FROM events e LEFT JOIN revisions r ON r.event_id = e.id
             GROUP BY e.id, e.revision
             HAVING e.revision <> COALESCE(max(r.revision), 0)
             ORDER BY e.id",
        );
        for row in self.tx.fetch_all(select).await? {
            let (id, at, last) = (event_id(&row)?, row.int("revision")?, row.int("last")?);
            self.problem(format!(
                "event {id}: it is at revision {at}, but its history ends at {last}"
            ));
        }
        let behind = on(
            "counters",
            "SELECT value AS n FROM counters WHERE name = 'event' AND value < (SELECT COALESCE(max(id), 0) FROM events)",
        );
        if let Some(row) = self.tx.fetch_optional(behind).await? {
            let value = row.int("n")?;
            self.problem(format!(
                "counter event: it stands at {value}, below the last event"
            ));
        }
        Ok(())
    }

    /// The words of each candidate stand in its article.
    async fn candidates(&mut self) -> Result<()> {
        let mut last = 0;
        loop {
            let select = on(
                "candidates",
                "SELECT id, article_id, spans FROM candidates WHERE id > ",
            )
            .value(last)
            .piece(" ORDER BY id LIMIT ")
            .value(CHUNK);
            let rows = self.tx.fetch_all(select).await?;
            let Some(end) = rows.last() else {
                return Ok(());
            };
            last = end.int("id")?;
            let articles = rows
                .iter()
                .map(|row| row.int("article_id"))
                .collect::<Result<BTreeSet<_>>>()?;
            let texts = self.texts(&articles).await?;
            for row in &rows {
                let (id, article) = (row.int("id")?, row.int("article_id")?);
                let spans: Vec<EvidenceSpan> = row.json("spans")?;
                self.evidence(&format!("candidate {id}"), article, &spans, &texts);
            }
        }
    }

    async fn rows_after(&mut self, last: i64) -> Result<Vec<Row>> {
        let select = on("events", "SELECT ")
            .piece(COLUMNS)
            .piece(" FROM events WHERE status <= 3 AND id > ")
            .value(last)
            .piece(" ORDER BY id LIMIT ")
            .value(CHUNK);
        self.tx.fetch_all(select).await
    }

    async fn events(
        &mut self,
        rows: &[Row],
        parties: &KnownParties,
        expected: &mut Expected,
    ) -> Result<()> {
        let mut events = event_row::events(rows)?;
        for (event, row) in events.iter().zip(rows) {
            self.columns(event, row)?;
        }
        self.sources(&mut events, expected).await?;
        self.relations(&events, expected).await?;
        self.parties(&events, parties, expected).await?;
        self.publishers(&events, expected).await?;
        for event in &events {
            self.words(event, parties, expected).await?;
            for kind in [0, event.content.kind.code()] {
                *expected
                    .months
                    .entry((kind, month(&event.content.date)))
                    .or_default() += 1;
            }
        }
        Ok(())
    }

    /// The columns that follow from the date.
    fn columns(&mut self, event: &Event, row: &Row) -> Result<()> {
        let date = &event.content.date;
        let derived = [
            ("sort_key", key(event)),
            ("day_first", first_day(date)),
            ("day_last", last_day(date)),
            ("span", i64::from(date.as_single_day().is_none())),
            ("month", month(date)),
        ];
        for (column, follows) in derived {
            let held = row.int(column)?;
            if held != follows {
                let id = event.id;
                self.problem(format!("event {id}: column {column} holds {held}, but {follows} follows from its date {date}"));
            }
        }
        Ok(())
    }

    /// The articles of the sources, the words in them, and what is counted of them. Fills the sources in.
    async fn sources(&mut self, events: &mut [Event], expected: &mut Expected) -> Result<()> {
        let select = on("event_sources", "SELECT event_id AS id, position, article_id, spans FROM event_sources WHERE event_id IN ")
            .values(events.iter().map(|event| event.id.counter()))
            .piece(" ORDER BY event_id, position");
        let mut rows: HashMap<i64, Vec<Row>> = HashMap::new();
        let (mut cited, mut read) = (BTreeSet::new(), BTreeSet::new());
        for row in self.tx.fetch_all(select).await? {
            let article = row.int("article_id")?;
            cited.insert(article);
            if row.text("spans")? != "[]" {
                read.insert(article);
            }
            rows.entry(row.int("id")?).or_default().push(row);
        }
        let stories = self.stories(&cited).await?;
        let texts = self.texts(&read).await?;
        for event in events {
            let own = rows.remove(&event.id.counter()).unwrap_or_default();
            let (id, count) = (event.id, i64::try_from(own.len()).unwrap_or(i64::MAX));
            expected.sources += count;
            if event.source_count != count {
                self.problem(format!(
                    "event {id}: column source_count holds {}, but it has {count}",
                    event.source_count
                ));
                continue;
            }
            for (source, row) in event.content.sources.iter_mut().zip(&own) {
                let article = row.int("article_id")?;
                source.article = Some(ArticleId(article));
                source.spans = row.json("spans")?;
                self.evidence(&format!("event {id}"), article, &source.spans, &texts);
            }
            let follows = independent(&event.content.sources, &stories, &self.publishers);
            if event.independent_sources != follows {
                let held = event.independent_sources;
                self.problem(format!(
                    "event {id}: column independent_sources holds {held}, but it has {follows}"
                ));
            }
            let first = event
                .content
                .sources
                .iter()
                .filter_map(|source| source.published)
                .min();
            if event.first_reported != first {
                self.problem(format!(
                    "event {id}: column first_reported is not the first day of its sources"
                ));
            }
        }
        Ok(())
    }

    fn evidence(
        &mut self,
        owner: &str,
        article: i64,
        spans: &[EvidenceSpan],
        texts: &HashMap<i64, String>,
    ) {
        for span in spans {
            let range = usize::try_from(span.start)
                .ok()
                .zip(usize::try_from(span.end).ok());
            let found = range.and_then(|(start, end)| texts.get(&article)?.get(start..end));
            if found != Some(span.text.as_str()) {
                let (start, end) = (span.start, span.end);
                self.problem(format!(
                    "{owner}: article {article} does not hold its evidence at bytes {start} to {end}: “{}”",
                    span.text
                ));
            }
        }
    }

    async fn texts(&mut self, articles: &BTreeSet<i64>) -> Result<HashMap<i64, String>> {
        let select = on("articles", "SELECT id, text FROM articles WHERE id IN ")
            .values(articles.iter().copied());
        self.tx
            .fetch_all(select)
            .await?
            .iter()
            .map(|row| Ok((row.int("id")?, row.text("text")?)))
            .collect()
    }

    async fn stories(&mut self, articles: &BTreeSet<i64>) -> Result<Stories> {
        let select = on(
            "articles",
            "SELECT id, story FROM articles WHERE story IS NOT NULL AND id IN ",
        )
        .values(articles.iter().copied());
        self.tx
            .fetch_all(select)
            .await?
            .iter()
            .map(|row| Ok((ArticleId(row.int("id")?), row.int("story")?)))
            .collect()
    }
}

fn event_id(row: &Row) -> Result<EventId> {
    row.coded("id", EventId::from_counter)
}
