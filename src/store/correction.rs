//! Articles whose text changed under their address: which wait for an editor, and the evidence of events that moves on to the
//! new version where its words still stand there.

use super::{
    Author, Change, Store,
    article::{SELECT_WITHOUT_TEXT, article},
    db::{Reads as _, on},
    error::{Result, StoreError},
    recording::found_again,
    revision::RevisionAction,
    row::Row,
    writing::Writing,
};
use crate::domain::{
    article::Article,
    clock::Timestamp,
    event::Event,
    id::{ArticleId, EventId},
};

/// An article whose text changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedArticle {
    /// The new version, without its text.
    pub article: Article,
    /// The version before it.
    pub previous: ArticleId,
    /// Which editor has seen to it; empty while nobody has.
    pub seen_by: String,
    /// When.
    pub seen_at: Option<Timestamp>,
}

impl Store {
    /// Articles whose text changed, the latest first: those recorded before `after`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn changed_articles(
        &self,
        after: Option<ArticleId>,
        limit: u32,
    ) -> Result<Vec<ChangedArticle>> {
        let query = on("article_changes", SELECT_WITHOUT_TEXT)
            .piece(", c.previous_id, c.seen_by, c.seen_at FROM article_changes c JOIN articles a ON a.id = c.article_id WHERE c.article_id < ")
            .value(after.map_or(i64::MAX, |id| id.0))
            .piece(" ORDER BY c.article_id DESC LIMIT ")
            .value(i64::from(limit));
        let rows = self.db().fetch_all(query).await?;
        rows.iter().map(changed).collect()
    }

    /// How many changed articles no editor has seen to.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn open_changes(&self) -> Result<i64> {
        let query = on(
            "article_changes",
            "SELECT count(*) AS n FROM article_changes WHERE seen_at IS NULL",
        );
        self.db().fetch_count(query).await
    }

    /// The change that an article is, if its text replaced another.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn article_change(&self, id: ArticleId) -> Result<Option<ChangedArticle>> {
        let query = on("article_changes", SELECT_WITHOUT_TEXT)
            .piece(", c.previous_id, c.seen_by, c.seen_at FROM article_changes c JOIN articles a ON a.id = c.article_id WHERE c.article_id = ")
            .value(id.0);
        let row = self.db().fetch_optional(query).await?;
        row.as_ref().map(changed).transpose()
    }

    /// Notes that an editor has seen to a change.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where there is no such change.
    pub async fn see_change(&self, id: ArticleId, author: &Author) -> Result<()> {
        let update = on(
            "article_changes",
            "UPDATE article_changes SET seen_by = $1, seen_at = $2 WHERE article_id = $3",
        );
        let update = update
            .bind(author.0.as_str())
            .bind(self.clock().now().micros())
            .bind(id.0);
        match self.db().execute(update).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }

    /// The events of the timeline that rest on earlier versions of an article, each with the version's number.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn events_of_earlier_versions(
        &self,
        article: &Article,
    ) -> Result<Vec<(ArticleId, Event)>> {
        let query = on(
            "articles",
            "SELECT id FROM articles WHERE url <> '' AND url = $1 AND version < $2 ORDER BY version",
        );
        let query = query
            .bind(article.content.url.as_str())
            .bind(article.version);
        let mut found = Vec::new();
        for row in self.db().fetch_all(query).await? {
            let version = ArticleId(row.int("id")?);
            let events = self.article_events(version).await?;
            found.extend(events.into_iter().map(|event| (version, event)));
        }
        Ok(found)
    }

    /// Lets an event rest on a new version of an article instead of an earlier one, with the same words as evidence.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where its words no longer stand in the new version; else as [`Store::update_event`].
    pub async fn move_evidence(
        &self,
        event: EventId,
        from: ArticleId,
        to: ArticleId,
        change: Change<'_>,
    ) -> Result<Event> {
        let mut writing = Writing::begin(self, change).await?;
        let before = writing.visible(event).await?;
        let query = on(
            "articles",
            "SELECT id, text, title, published FROM articles WHERE id = $1",
        );
        let row = writing.tx.fetch_one(query.bind(to.0)).await?;
        let (text, title) = (row.text("text")?, row.text("title")?);
        let mut content = before.content.clone();
        let source = content
            .sources
            .iter_mut()
            .find(|source| source.article == Some(from))
            .ok_or(StoreError::NotFound)?;
        let spans = found_again(&source.spans, &text);
        if spans.len() < source.spans.len() {
            return Err(StoreError::Refused(format!(
                "the words that carry event {event} no longer stand in the new version: edit the event instead"
            )));
        }
        source.article = Some(to);
        source.spans = spans;
        source.title = title;
        source.published = row.opt_day("published")?.or(source.published);
        writing
            .rewrite(&before, content, RevisionAction::Updated)
            .await?;
        writing
            .finish(Some(event))
            .await?
            .ok_or(StoreError::NotFound)
    }
}

fn changed(row: &Row) -> Result<ChangedArticle> {
    Ok(ChangedArticle {
        article: article(row)?,
        previous: ArticleId(row.int("previous_id")?),
        seen_by: row.text("seen_by")?,
        seen_at: row.opt_instant("seen_at")?,
    })
}
