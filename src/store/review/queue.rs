//! Which articles have candidates waiting, under the filters of the queue, and how far it is worked off.

use super::{Candidate, SELECT, candidate};
use crate::{
    domain::{
        article::Article,
        clock::Timestamp,
        id::{ArticleId, FeedId},
        kind::Kind,
    },
    store::{
        Store,
        article::{SELECT_WITHOUT_TEXT, article},
        db::{Query, on},
        error::Result,
    },
};

/// Which candidates of the queue are meant, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueFilter {
    /// Of articles that this feed brought.
    pub feed: Option<FeedId>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// At least so sure, in thousandths.
    pub least: i64,
    /// In which order the articles come.
    pub order: QueueOrder,
}

/// In which order the articles of the queue come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueueOrder {
    /// The first recorded first.
    #[default]
    Oldest,
    /// The one with the surest candidate first.
    Surest,
}

/// An article that has candidates waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueEntry {
    /// The article without its text.
    pub article: Article,
    /// Candidates of the filter that wait.
    pub waiting: i64,
    /// Candidates in all.
    pub total: i64,
    /// How sure the surest of those that wait is, in thousandths.
    pub surest: i64,
}

/// Where a page of the queue goes on: after this article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueCursor {
    /// How sure its surest candidate is.
    pub surest: i64,
    /// The article.
    pub article: ArticleId,
}

impl QueueEntry {
    /// Where the queue goes on after it.
    pub const fn cursor(&self) -> QueueCursor {
        QueueCursor {
            surest: self.surest,
            article: self.article.id,
        }
    }
}

/// What somebody decided last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedLast {
    /// The decision's number.
    pub decision: i64,
    /// What it settled, in the order of recording; at most 500.
    pub candidates: Vec<Candidate>,
}

impl Store {
    /// Articles that have candidates of the filter waiting, those after `after`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn review_queue(
        &self,
        filter: &QueueFilter,
        after: Option<QueueCursor>,
        limit: u32,
    ) -> Result<Vec<QueueEntry>> {
        let query = on("articles", SELECT_WITHOUT_TEXT)
            .piece(
                ", q.waiting, q.surest, (SELECT count(*) FROM candidates c WHERE c.article_id = a.id) AS total
FROM (
    SELECT c.article_id, count(*) AS waiting, max(c.confidence) AS surest
    FROM candidates c
    WHERE ",
            );
        let query = filtered(query, filter);
        let query = match (filter.order, after) {
            (QueueOrder::Oldest, after) => query
                .piece(" AND c.article_id > ")
                .value(after.map_or(0, |after| after.article.0))
                .piece(" GROUP BY c.article_id ORDER BY c.article_id LIMIT "),
            (QueueOrder::Surest, None) => {
                query.piece(" GROUP BY c.article_id ORDER BY 3 DESC, 1 LIMIT ")
            }
            (QueueOrder::Surest, Some(after)) => query
                .piece(" GROUP BY c.article_id HAVING max(c.confidence) < ")
                .value(after.surest)
                .piece(" OR (max(c.confidence) = ")
                .value(after.surest)
                .piece(" AND c.article_id > ")
                .value(after.article.0)
                .piece(") ORDER BY 3 DESC, 1 LIMIT "),
        };
        let query = query
            .value(i64::from(limit))
            .piece(") AS q JOIN articles a ON a.id = q.article_id ORDER BY ")
            .piece(match filter.order {
                QueueOrder::Oldest => "a.id",
                QueueOrder::Surest => "q.surest DESC, a.id",
            });
        self.db()
            .fetch_all(query)
            .await?
            .iter()
            .map(|row| {
                Ok(QueueEntry {
                    article: article(row)?,
                    waiting: row.int("waiting")?,
                    total: row.int("total")?,
                    surest: row.int("surest")?,
                })
            })
            .collect()
    }

    /// The candidates of the filter that wait, in the order of the queue; at most `limit`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn waiting_candidates(
        &self,
        filter: &QueueFilter,
        limit: u32,
    ) -> Result<Vec<Candidate>> {
        let query = on("candidates", SELECT).piece(" c WHERE ");
        let query = filtered(query, filter)
            .piece(" ORDER BY c.article_id, c.position LIMIT ")
            .value(i64::from(limit));
        let rows = self.db().fetch_all(query).await?;
        rows.iter().map(candidate).collect()
    }

    /// How many candidates wait.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn waiting_count(&self) -> Result<i64> {
        let query = on(
            "candidates",
            "SELECT count(*) AS n FROM candidates WHERE state = 1",
        );
        self.db().fetch_count(query).await
    }

    /// How many candidates of the filter wait.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn waiting_count_of(&self, filter: &QueueFilter) -> Result<i64> {
        let query = on(
            "candidates",
            "SELECT count(*) AS n FROM candidates c WHERE ",
        );
        self.db().fetch_count(filtered(query, filter)).await
    }

    /// How many candidates were decided from an instant on.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn decided_since(&self, since: Timestamp) -> Result<i64> {
        let query = on(
            "candidates",
            "SELECT count(*) AS n FROM candidates WHERE state > 1 AND decided_at >= $1",
        );
        self.db().fetch_count(query.bind(since.micros())).await
    }

    /// What somebody decided last and has not taken back.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn decided_last(&self, by: &str) -> Result<Option<DecidedLast>> {
        let query = on("candidates", SELECT)
            .piece(" WHERE decided_by = ")
            .value(by)
            .piece(
                " AND decision = (SELECT max(decision) FROM candidates WHERE decision IS NOT NULL AND decided_by = ",
            )
            .value(by)
            .piece(") ORDER BY id LIMIT 500");
        let rows = self.db().fetch_all(query).await?;
        let candidates = rows.iter().map(candidate).collect::<Result<Vec<_>>>()?;
        let decision = candidates.first().and_then(|first| first.decision);
        Ok(decision.map(|decision| DecidedLast {
            decision,
            candidates,
        }))
    }
}

/// The conditions of a filter on `candidates c`.
fn filtered(query: Query, filter: &QueueFilter) -> Query {
    let mut query = query.piece("c.state = 1");
    if let Some(kind) = filter.kind {
        query = query.piece(" AND c.kind = ").value(kind.code());
    }
    if filter.least > 0 {
        query = query.piece(" AND c.confidence >= ").value(filter.least);
    }
    if let Some(feed) = filter.feed {
        query = query
            .piece(" AND EXISTS (SELECT 1 FROM jobs j WHERE j.feed_id = ")
            .value(feed.0)
            .piece(" AND j.article_id = c.article_id)");
    }
    query
}
