//! A read article and its candidates → the record, all of it in one transaction: the article new, known, a copy or changed,
//! what waits for an editor, the sources that events gain by a copy, and the end of the job that read it.
//!
//! Reading what is on record is left to [`super::article`], which text is a copy of which to [`super::story`].

use super::{
    Author, Change, Store,
    article::{self, Latest, Recorded},
    db::{Reads, on},
    error::Result,
    job::{self, Claim, Destination, End},
    review::{self, NewCandidate},
    revision::RevisionAction,
    row::Row,
    story::{self, Fingerprint},
    writing::Writing,
};
use crate::domain::{
    article::NewArticle,
    evidence::{EvidenceSpan, Source},
    id::{ArticleId, EventId},
};

/// Under whose name an article is recorded, and what becomes of its events.
#[derive(Debug, Clone, Copy)]
pub struct Recording<'a> {
    /// Who handed it in.
    pub author: &'a Author,
    /// Where the events of a new article go.
    pub to: Destination,
    /// The job that ends with it, in the same transaction.
    pub claim: Option<Claim>,
}

/// What recording an article did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The article, and whether it was new.
    pub recorded: Recorded,
    /// Candidates that it added.
    pub candidates: usize,
}

impl Store {
    /// Records an article and what was found in it, in one transaction.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn record_article(
        &self,
        article: &NewArticle,
        candidates: &[NewCandidate],
    ) -> Result<Recorded> {
        let author = Author("ingest".to_owned());
        let recording = Recording {
            author: &author,
            to: Destination::Review,
            claim: None,
        };
        let outcome = self.record(article, candidates, recording).await?;
        Ok(outcome.recorded)
    }

    /// Records an article and what was found in it, in one transaction, and ends the job that read it.
    ///
    /// # Errors
    ///
    /// [`super::StoreError::Refused`] where the job is another worker's by now; else what the database says.
    pub async fn record(
        &self,
        article: &NewArticle,
        candidates: &[NewCandidate],
        recording: Recording<'_>,
    ) -> Result<Outcome> {
        let fingerprint = Fingerprint::of(&article.text);
        let change = Change {
            author: recording.author,
            reason: "published without review",
        };
        let mut writing = Writing::begin(self, change).await?;
        let outcome = writing.record(article, &fingerprint, candidates).await?;
        if recording.to == Destination::Timeline
            && let Recorded::New(id) = outcome.recorded
        {
            writing.publish_all(id).await?;
        }
        if let Some(claim) = recording.claim {
            let now = writing.now();
            job::end(&mut writing.tx, claim, End::of(outcome), now).await?;
        } else if matches!(outcome.recorded, Recorded::Known(_)) {
            return Ok(outcome); // nothing was written
        }
        writing.finish(None).await?;
        Ok(outcome)
    }

    /// Whether a text is on record, whatever its spacing, under any address: then it need not be read again.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn knows_text(&self, text: &str) -> Result<bool> {
        Ok(self.article_of_text(text).await?.is_some())
    }
}

impl Writing<'_> {
    async fn record(
        &mut self,
        article: &NewArticle,
        fingerprint: &Fingerprint,
        candidates: &[NewCandidate],
    ) -> Result<Outcome> {
        let hash = fingerprint.hash.as_str();
        let same = article::of_hash(&mut self.tx, hash).await?;
        let own = same.iter().find(|known| known.url == article.url);
        let first = same.first().map(|known| known.id);
        if let Some(known) = own.map(|known| known.id).or(first)
            && (own.is_some() || article.url.is_empty())
        {
            return Ok(Outcome {
                recorded: Recorded::Known(known),
                candidates: 0,
            });
        }
        let (id, previous) = match article::latest(&mut self.tx, &article.url).await? {
            Some(known) if hash.is_empty() => {
                return Ok(Outcome {
                    recorded: Recorded::Known(known.id),
                    candidates: 0,
                });
            }
            Some(known) if known.was_read => {
                let id = self
                    .insert_article(known.version + 1, article, hash)
                    .await?;
                (id, Some(known))
            }
            Some(known) => {
                let now = self.now();
                article::fill_in(&mut self.tx, known.id, article, hash, now).await?;
                (known.id, None)
            }
            None => (self.insert_article(1, article, hash).await?, None),
        };
        story::assign(&mut self.tx, id.0, fingerprint).await?;
        self.count_anew(id).await?;
        let found = if first.is_none() {
            match &previous {
                Some(previous) => review::carry_over(&mut self.tx, previous.id, candidates).await?,
                None => review::placed(candidates),
            }
        } else {
            Vec::new() // they stand with the first one
        };
        review::insert(&mut self.tx, id, &found).await?;
        if first.is_some() {
            self.add_copy(id, article, hash).await?;
        }
        let recorded = match (previous, first) {
            (Some(Latest { id: previous, .. }), _) => {
                self.note_change(id, previous).await?;
                Recorded::Changed { id, previous }
            }
            (None, Some(original)) => Recorded::Copy { id, original },
            (None, None) => Recorded::New(id),
        };
        Ok(Outcome {
            recorded,
            candidates: found.len(),
        })
    }

    async fn insert_article(
        &mut self,
        version: i64,
        article: &NewArticle,
        hash: &str,
    ) -> Result<ArticleId> {
        let id = ArticleId(self.tx.next_id("article").await?);
        let now = self.now();
        article::insert(&mut self.tx, id, version, article, hash, now).await?;
        Ok(id)
    }

    /// Counts the independent sources of the events that cite an article anew: its text may be a copy.
    async fn count_anew(&mut self, article: ArticleId) -> Result<()> {
        for id in self.events_of(&[article]).await? {
            let before = self.visible(id).await?;
            self.because("its source was read, and the sources were counted anew");
            self.rewrite(&before, before.content.clone(), RevisionAction::Updated)
                .await?;
        }
        Ok(())
    }

    /// Makes an article one more source of every event that rests on the same text.
    async fn add_copy(&mut self, id: ArticleId, article: &NewArticle, hash: &str) -> Result<()> {
        let same: Vec<ArticleId> = article::of_hash(&mut self.tx, hash)
            .await?
            .iter()
            .map(|known| known.id)
            .filter(|known| *known != id)
            .collect();
        for event in self.events_of(&same).await? {
            let before = self.visible(event).await?;
            let spans = before
                .content
                .sources
                .iter()
                .filter(|source| {
                    source
                        .article
                        .is_some_and(|article| same.contains(&article))
                })
                .map(|source| found_again(&source.spans, &article.text))
                .find(|spans| !spans.is_empty())
                .unwrap_or_default();
            let source = Source {
                article: Some(id),
                url: article.url.clone(),
                publisher: article.publisher.clone(),
                title: article.title.clone(),
                published: article.published,
                spans,
            };
            self.because("the same text stands at another address");
            self.add_source(event, source).await?;
        }
        Ok(())
    }

    /// The same text at other addresses: sources of whatever rests on it, with the same words as evidence.
    pub(super) async fn copies_of(
        &mut self,
        article: ArticleId,
        spans: &[EvidenceSpan],
    ) -> Result<Vec<Source>> {
        let query = on(
            "articles",
            "SELECT c.id, c.url, c.publisher, c.title, c.published, c.text
FROM articles a JOIN articles c ON c.text_hash = a.text_hash
WHERE a.id = $1 AND c.text_hash <> '' AND c.url <> '' AND c.url <> a.url AND c.id <> a.id
ORDER BY c.id",
        );
        let rows = self.tx.fetch_all(query.bind(article.0)).await?;
        rows.iter().map(|row| copy(row, spans)).collect()
    }

    async fn events_of(&mut self, articles: &[ArticleId]) -> Result<Vec<EventId>> {
        let query = on(
            "event_sources",
            "SELECT DISTINCT s.event_id AS id
FROM event_sources s JOIN events e ON e.id = s.event_id
WHERE e.status <= 3 AND s.article_id IN ",
        )
        .values(articles.iter().map(|article| article.0))
        .piece(" ORDER BY s.event_id");
        let rows = self.tx.fetch_all(query).await?;
        rows.iter()
            .map(|row| row.coded("id", EventId::from_counter))
            .collect()
    }

    async fn note_change(&mut self, id: ArticleId, previous: ArticleId) -> Result<()> {
        let insert = on(
            "article_changes",
            "INSERT INTO article_changes (article_id, previous_id, seen_by) VALUES ($1, $2, '')",
        );
        self.tx.execute(insert.bind(id.0).bind(previous.0)).await?;
        Ok(())
    }
}

fn copy(row: &Row, spans: &[EvidenceSpan]) -> Result<Source> {
    Ok(Source {
        article: Some(ArticleId(row.int("id")?)),
        url: row.text("url")?,
        publisher: row.text("publisher")?,
        title: row.text("title")?,
        published: row.opt_day("published")?,
        spans: found_again(spans, &row.text("text")?),
    })
}

/// The same words in another text, each after the one before where it can be; words that are not there are left out.
pub(super) fn found_again(spans: &[EvidenceSpan], text: &str) -> Vec<EvidenceSpan> {
    let mut from = 0;
    spans
        .iter()
        .filter(|span| !span.text.is_empty())
        .filter_map(|span| {
            let at_once = || {
                let start = usize::try_from(span.start).ok()?;
                text.get(start..)?.starts_with(&span.text).then_some(start)
            };
            let after = || Some(from + text.get(from..)?.find(&span.text)?);
            let start = at_once().or_else(after).or_else(|| text.find(&span.text))?;
            let end = start + span.text.len();
            from = end;
            Some(EvidenceSpan {
                start: i64::try_from(start).ok()?,
                end: i64::try_from(end).ok()?,
                text: span.text.clone(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_found_again_in_its_order_or_left_out() {
        let span = |start, text: &str| EvidenceSpan {
            start,
            end: start + i64::try_from(text.len()).unwrap(),
            text: text.to_owned(),
        };
        let spans = [span(0, "Iran"), span(9, "Iran"), span(20, "gone")];
        let text = "É Iran and Iran";
        assert_eq!(
            found_again(&spans, text),
            [span(3, "Iran"), span(12, "Iran")]
        );
        assert_eq!(found_again(&spans[..1], "Iran, Iran"), [span(0, "Iran")]);
    }
}
