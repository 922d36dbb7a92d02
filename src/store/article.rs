//! Articles on record: by number, by address, by text, and what events rest on them. How they come there is
//! [`super::recording`]'s.

use sha2::{Digest, Sha256};

use super::{
    Store,
    db::{Bind, Reads, Tx, on},
    error::Result,
    event_row::{COLUMNS_OF_E, event},
    row::{Row, number_of_day},
};
use crate::domain::{
    article::{Article, NewArticle},
    clock::Timestamp,
    event::Event,
    evidence::EvidenceSpan,
    fold::{fold, words},
    id::ArticleId,
};

/// What recording an article did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It was not on record, or only its address was.
    New(ArticleId),
    /// Its text is on record under its address, or it has none. Nothing was written.
    Known(ArticleId),
    /// Its text is on record under another address; this one is remembered beside it.
    Copy {
        /// The article of this address.
        id: ArticleId,
        /// The first that has the text, with which the candidates stand.
        original: ArticleId,
    },
    /// Its address is on record with another text; this one is a new version.
    Changed {
        /// The new version.
        id: ArticleId,
        /// The latest version before it.
        previous: ArticleId,
    },
}

impl Recorded {
    /// The article with which the text's candidates stand.
    pub const fn id(self) -> ArticleId {
        match self {
            Self::New(id)
            | Self::Known(id)
            | Self::Copy { original: id, .. }
            | Self::Changed { id, .. } => id,
        }
    }
}

/// The SHA-256 of a text's folded words, by which copies are known; empty for an empty text.
pub(super) fn text_hash(text: &str) -> String {
    use std::fmt::Write;
    let mut hash = Sha256::new();
    let words = words(text);
    if words.is_empty() {
        return String::new();
    }
    for word in words {
        hash.update(word);
        hash.update(" ");
    }
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Store {
    /// The first article on record whose text has the same words; `None` for a text without words, too.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn article_of_text(&self, text: &str) -> Result<Option<ArticleId>> {
        let hash = text_hash(text);
        if hash.is_empty() {
            return Ok(None);
        }
        let query = on(
            "articles",
            "SELECT id FROM articles WHERE text_hash <> '' AND text_hash = $1 ORDER BY id LIMIT 1",
        );
        let row = self.db().fetch_optional(query.bind(hash)).await?;
        row.map(|row| row.int("id").map(ArticleId)).transpose()
    }

    /// The article of a number, with its text.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn article(&self, id: ArticleId) -> Result<Option<Article>> {
        let query = on("articles", SELECT).piece(" WHERE id = ").value(id.0);
        let row = self.db().fetch_optional(query).await?;
        row.as_ref().map(article).transpose()
    }

    /// The latest version of the article under an address.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn article_by_url(&self, url: &str) -> Result<Option<Article>> {
        let query = on("articles", SELECT)
            .piece(" WHERE url <> '' AND url = ")
            .value(url)
            .piece(" ORDER BY version DESC LIMIT 1");
        let row = self.db().fetch_optional(query).await?;
        row.as_ref().map(article).transpose()
    }

    /// Articles without their texts, the latest first, those recorded before `after`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn articles(&self, after: Option<ArticleId>, limit: u32) -> Result<Vec<Article>> {
        let query = on("articles", SELECT_WITHOUT_TEXT)
            .piece(" FROM articles a WHERE a.id < ")
            .value(after.map_or(i64::MAX, |id| id.0))
            .piece(" ORDER BY a.id DESC LIMIT ")
            .value(i64::from(limit));
        self.db()
            .replica()
            .fetch_all(query)
            .await?
            .iter()
            .map(article)
            .collect()
    }

    /// The events of the timeline that have an article as a source, by sort key; that source has its spans.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn article_events(&self, id: ArticleId) -> Result<Vec<Event>> {
        let query = on("events", "SELECT s.position, s.spans, ")
            .piece(COLUMNS_OF_E)
            .piece(
                " FROM event_sources s JOIN events e ON e.id = s.event_id WHERE e.status <= 3 AND s.article_id = ",
            )
            .value(id.0)
            .piece(" ORDER BY e.sort_key, s.position");
        let mut events: Vec<Event> = Vec::new();
        for row in self.db().fetch_all(query).await? {
            let next = event(&row)?;
            if events.last().is_none_or(|last| last.id != next.id) {
                events.push(next);
            }
            let position =
                usize::try_from(row.int("position")?).map_err(|_| row.corrupt("position"))?;
            if let Some(source) = events
                .last_mut()
                .and_then(|event| event.content.sources.get_mut(position))
            {
                source.article = Some(id);
                source.spans = row.json::<Vec<EvidenceSpan>>("spans")?;
            }
        }
        Ok(events)
    }

    /// Whether the record holds neither events nor articles.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn is_empty(&self) -> Result<bool> {
        is_empty(&mut self.db()).await
    }
}

pub(super) async fn is_empty(reads: &mut impl Reads) -> Result<bool> {
    let query = on(
        "events",
        "SELECT count(*) AS n FROM (SELECT id FROM (SELECT id FROM events LIMIT 1) AS e
UNION ALL SELECT id FROM (SELECT id FROM articles LIMIT 1) AS a) AS found",
    );
    Ok(reads.fetch_count(query).await? == 0)
}

/// The columns of an article but its text, of a table named `a`.
pub(super) const SELECT_WITHOUT_TEXT: &str = "SELECT a.id, a.url, a.version, a.title, a.publisher, a.byline, a.language, a.published, a.recorded_at, \
     '' AS text";

const SELECT: &str = "SELECT id, url, version, title, publisher, byline, language, published, recorded_at, text FROM articles";

/// The article of a row.
pub(super) fn article(row: &Row) -> Result<Article> {
    Ok(Article {
        id: ArticleId(row.int("id")?),
        content: NewArticle {
            url: row.text("url")?,
            title: row.text("title")?,
            publisher: row.text("publisher")?,
            byline: row.text("byline")?,
            language: row.text("language")?,
            published: row.opt_day("published")?,
            text: row.text("text")?,
        },
        version: row.int("version")?,
        recorded_at: row.instant("recorded_at")?,
    })
}

fn content_binds(article: &NewArticle, hash: &str) -> Vec<Bind> {
    vec![
        article.title.as_str().into(),
        article.publisher.as_str().into(),
        fold(&article.publisher).into(),
        article.byline.as_str().into(),
        article.language.as_str().into(),
        article.published.map(number_of_day).into(),
        article.text.as_str().into(),
        hash.into(),
    ]
}

/// The latest version of the article under an address.
pub(super) struct Latest {
    pub(super) id: ArticleId,
    pub(super) version: i64,
    /// Whether its text is on record, not only its address.
    pub(super) was_read: bool,
}

pub(super) async fn latest(tx: &mut Tx, url: &str) -> Result<Option<Latest>> {
    let query = on(
        "articles",
        "SELECT id, version, text_hash FROM articles WHERE url <> '' AND url = $1 ORDER BY version DESC LIMIT 1",
    );
    let row = tx.fetch_optional(query.bind(url)).await?;
    row.map(|row| {
        Ok(Latest {
            id: ArticleId(row.int("id")?),
            version: row.int("version")?,
            was_read: !row.text("text_hash")?.is_empty(),
        })
    })
    .transpose()
}

/// An article that has a text.
pub(super) struct SameText {
    pub(super) id: ArticleId,
    pub(super) url: String,
}

/// The articles that have a text, the first first.
pub(super) async fn of_hash(tx: &mut Tx, hash: &str) -> Result<Vec<SameText>> {
    if hash.is_empty() {
        return Ok(Vec::new());
    }
    let query = on(
        "articles",
        "SELECT id, url FROM articles WHERE text_hash <> '' AND text_hash = $1 ORDER BY id",
    );
    let rows = tx.fetch_all(query.bind(hash)).await?;
    rows.iter()
        .map(|row| {
            Ok(SameText {
                id: ArticleId(row.int("id")?),
                url: row.text("url")?,
            })
        })
        .collect()
}

/// Writes an article.
pub(super) async fn insert(
    tx: &mut Tx,
    id: ArticleId,
    version: i64,
    article: &NewArticle,
    hash: &str,
    now: Timestamp,
) -> Result<()> {
    let query = on(
        "articles",
        "INSERT INTO articles (id, version, recorded_at, url, title, publisher, publisher_folded, byline, language, \
         published, text, text_hash) VALUES ",
    );
    let mut binds = vec![
        Bind::from(id.0),
        version.into(),
        now.micros().into(),
        article.url.as_str().into(),
    ];
    binds.extend(content_binds(article, hash));
    tx.execute(query.values(binds)).await?;
    Ok(())
}

/// Gives the text to an article of which only the address was known.
pub(super) async fn fill_in(
    tx: &mut Tx,
    id: ArticleId,
    article: &NewArticle,
    hash: &str,
    now: Timestamp,
) -> Result<()> {
    let query = on(
        "articles",
        "UPDATE articles
SET (title, publisher, publisher_folded, byline, language, published, text, text_hash) = ",
    )
    .values(content_binds(article, hash))
    .piece(", recorded_at = ")
    .value(now.micros())
    .piece(" WHERE id = ")
    .value(id.0);
    tx.execute(query).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_one_hash_whatever_their_spacing_and_case() {
        assert_eq!(text_hash("Iran,  AIR!"), text_hash("iran\nair"));
        assert_ne!(text_hash("iran air"), text_hash("iranair"));
        assert_eq!(text_hash(" \n"), "");
        assert_eq!(text_hash("a").len(), 64);
    }
}
