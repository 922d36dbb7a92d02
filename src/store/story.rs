//! Texts → stories: which article is the first of which another is a copy or a near-copy.
//!
//! A first one stands in its bands; a later text is compared, word by word, with the few first ones that it shares most bands
//! with, so that the cost does not grow with the record. Copies are compared with first ones only, so that a chain of small
//! changes does not join what has little in common.

use super::{
    Store,
    article::text_hash,
    db::{Reads, Tx, on},
    error::Result,
    side_rows::insert_rows,
};
use crate::domain::likeness::Likeness;

/// First ones that a text is compared with, those with most bands in common.
const COMPARED: i64 = 10;
/// Articles of an older record that are given their stories at once.
const BATCH: i64 = 100;

/// What of a text shows whether it is a copy.
pub(super) struct Fingerprint {
    /// The SHA-256 of its folded words; empty for an empty text.
    pub(super) hash: String,
    likeness: Option<Likeness>,
    bands: Vec<i64>,
}

impl Fingerprint {
    /// That of a text.
    pub(super) fn of(text: &str) -> Self {
        let likeness = Likeness::of(text);
        Self {
            hash: text_hash(text),
            bands: likeness.as_ref().map(Likeness::bands).unwrap_or_default(),
            likeness,
        }
    }
}

/// The story of an article that is on record with its text already; its bands are written where it begins one.
pub(super) async fn assign(tx: &mut Tx, article: i64, fingerprint: &Fingerprint) -> Result<()> {
    if fingerprint.hash.is_empty() {
        return Ok(());
    }
    let known = match same_text(tx, article, fingerprint).await? {
        Some(story) => Some(story),
        None => near_copy(tx, article, fingerprint).await?,
    };
    if known.is_none() {
        let rows = fingerprint
            .bands
            .iter()
            .map(|band| vec![(*band).into(), article.into()])
            .collect();
        let insert = || on("story_bands", "INSERT INTO story_bands (band, story)");
        insert_rows(tx, insert, rows, " ON CONFLICT (band, story) DO NOTHING").await?;
    }
    let update = on("articles", "UPDATE articles SET story = $1 WHERE id = $2");
    tx.execute(update.bind(known.unwrap_or(article)).bind(article))
        .await?;
    Ok(())
}

async fn same_text(tx: &mut Tx, article: i64, fingerprint: &Fingerprint) -> Result<Option<i64>> {
    let query = on(
        "articles",
        "SELECT id, story FROM articles
WHERE text_hash <> '' AND text_hash = $1 AND id <> $2 AND story IS NOT NULL
ORDER BY id LIMIT 1",
    );
    let query = query.bind(fingerprint.hash.as_str()).bind(article);
    let row = tx.fetch_optional(query).await?;
    row.map(|row| row.int("story")).transpose()
}

async fn near_copy(tx: &mut Tx, article: i64, fingerprint: &Fingerprint) -> Result<Option<i64>> {
    let Some(likeness) = &fingerprint.likeness else {
        return Ok(None);
    };
    let query = on(
        "story_bands",
        "SELECT q.story, a.text
FROM (
    SELECT story, count(*) AS shared
    FROM story_bands
    WHERE band IN ",
    )
    .values(fingerprint.bands.iter().copied())
    .piece(" AND story <> ")
    .value(article)
    .piece(" GROUP BY story ORDER BY 2 DESC, 1 LIMIT ")
    .value(COMPARED)
    .piece(") AS q JOIN articles a ON a.id = q.story ORDER BY q.shared DESC, q.story");
    for row in tx.fetch_all(query).await? {
        let first = Likeness::of(&row.text("text")?);
        if first.is_some_and(|first| likeness.is_copy_of(&first)) {
            return row.int("story").map(Some);
        }
    }
    Ok(None)
}

impl Store {
    /// Gives articles of a record that knew no stories theirs, oldest first.
    pub(super) async fn find_missing_stories(&self) -> Result<()> {
        let missing = || {
            on(
                "articles",
                "SELECT id, text FROM articles WHERE story IS NULL AND text_hash <> '' ORDER BY id LIMIT ",
            )
            .value(BATCH)
        };
        while !self.db().fetch_all(missing()).await?.is_empty() {
            let mut tx = self.db().begin_record().await?;
            for row in tx.fetch_all(missing()).await? {
                let fingerprint = Fingerprint::of(&row.text("text")?);
                assign(&mut tx, row.int("id")?, &fingerprint).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }
}
