//! A candidate decided: a new event, one more source of an event, or put aside; one by one or many at once.
//!
//! Each decision has a number, which candidates that were decided together share, so that it can be taken back as one.

use super::{
    BY_HAND, Candidate, CandidateLink, CandidateState, SELECT, candidate, find,
    lesson::{self, corrected},
    link,
};
use crate::{
    domain::{
        cell,
        event::{Event, EventDraft, sort_key_of_day},
        evidence::{EvidenceSpan, Source},
        id::{ArticleId, CandidateId, EventId},
        matching::is_identical,
    },
    store::{
        Change, Store,
        db::{Reads as _, Tx, on},
        error::{Result, StoreError},
        event::add,
        event_row::{self, COLUMNS},
        revision::RevisionAction,
        writing::Writing,
    },
};

/// What an editor keeps of a candidate beside the fields of the event; `None` keeps it as it was proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Its links to other candidates of the article.
    pub links: Option<Vec<CandidateLink>>,
    /// The words that carry it.
    pub spans: Option<Vec<EvidenceSpan>>,
}

/// What came of publishing many candidates at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The decision's number.
    pub decision: i64,
    /// How many became new events.
    pub new: i64,
    /// How many became one more source of an event.
    pub merged: i64,
    /// How many somebody had decided meanwhile; those stay as they were decided.
    pub passed: i64,
}

/// One candidate under decision.
struct Deciding<'a> {
    candidate: &'a Candidate,
    links: Vec<CandidateLink>,
    spans: Vec<EvidenceSpan>,
    decision: i64,
}

impl<'a> Deciding<'a> {
    fn new(candidate: &'a Candidate, kept: Kept, decision: i64) -> Self {
        Self {
            links: kept.links.unwrap_or_else(|| candidate.links.clone()),
            spans: kept.spans.unwrap_or_else(|| candidate.spans.clone()),
            candidate,
            decision,
        }
    }
}

impl Store {
    /// Makes a candidate a new event with the article as its source and the candidate's words as evidence, linked to what
    /// its siblings became. The candidate's confidence is kept unless the draft has one or an editor marked it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Decided`] where somebody decided first, [`StoreError::NotFound`]; else as [`Store::create_event`].
    pub async fn accept_candidate(
        &self,
        id: CandidateId,
        draft: &EventDraft,
        kept: Kept,
        change: Change<'_>,
    ) -> Result<Event> {
        let mut writing = Writing::begin(self, change).await?;
        let candidate = writing.waiting(id).await?;
        let decision = writing.tx.next_id("decision").await?;
        let deciding = Deciding::new(&candidate, kept, decision);
        let event = writing.accept(&deciding, draft.clone()).await?;
        writing
            .finish(Some(event))
            .await?
            .ok_or(StoreError::NotFound)
    }

    /// Makes a candidate's article one more source of an event, with the candidate's words as evidence.
    ///
    /// # Errors
    ///
    /// [`StoreError::Decided`] where somebody decided first; else as [`Store::add_source`].
    pub async fn merge_candidate(
        &self,
        id: CandidateId,
        into: EventId,
        kept: Kept,
        change: Change<'_>,
    ) -> Result<Event> {
        let mut writing = Writing::begin(self, change).await?;
        let candidate = writing.waiting(id).await?;
        let decision = writing.tx.next_id("decision").await?;
        let deciding = Deciding::new(&candidate, kept, decision);
        writing.merge(&deciding, into).await?;
        writing
            .finish(Some(into))
            .await?
            .ok_or(StoreError::NotFound)
    }

    /// Puts a candidate aside; the reason may be empty.
    ///
    /// # Errors
    ///
    /// [`StoreError::Decided`] where somebody decided first, [`StoreError::NotFound`].
    pub async fn reject_candidate(&self, id: CandidateId, change: Change<'_>) -> Result<()> {
        let mut writing = Writing::begin(self, change).await?;
        let candidate = writing.waiting(id).await?;
        let decision = writing.tx.next_id("decision").await?;
        let deciding = Deciding::new(&candidate, Kept::default(), decision);
        writing
            .decide(&deciding, CandidateState::Rejected, &[])
            .await?;
        writing.finish(None).await?;
        Ok(())
    }

    /// Publishes a candidate without review: one more source of an event of the same kind, date and parties on record
    /// (rather one of the same modality), else a new event.
    ///
    /// # Errors
    ///
    /// As [`Store::accept_candidate`].
    pub async fn publish_candidate(&self, id: CandidateId, change: Change<'_>) -> Result<Event> {
        let mut writing = Writing::begin(self, change).await?;
        let candidate = writing.waiting(id).await?;
        let decision = writing.tx.next_id("decision").await?;
        let state = writing.publish(&candidate, decision).await?;
        writing
            .finish(state.event())
            .await?
            .ok_or(StoreError::NotFound)
    }

    /// Publishes many candidates as [`Store::publish_candidate`] does, all in one decision. What somebody decided meanwhile
    /// is passed over.
    ///
    /// # Errors
    ///
    /// As [`Store::accept_candidate`]; then none is published.
    pub async fn publish_candidates(
        &self,
        ids: &[CandidateId],
        change: Change<'_>,
    ) -> Result<Published> {
        let mut writing = Writing::begin(self, change).await?;
        let mut published = Published {
            decision: writing.tx.next_id("decision").await?,
            new: 0,
            merged: 0,
            passed: 0,
        };
        for id in ids {
            let candidate = match writing.waiting(*id).await {
                Ok(candidate) => candidate,
                Err(StoreError::Decided { .. } | StoreError::NotFound) => {
                    published.passed += 1;
                    continue;
                }
                Err(error) => return Err(error),
            };
            match writing.publish(&candidate, published.decision).await? {
                CandidateState::Merged(_) => published.merged += 1,
                _ => published.new += 1,
            }
        }
        writing.finish(None).await?;
        Ok(published)
    }
}

impl Writing<'_> {
    /// A candidate that nobody has decided.
    async fn waiting(&mut self, id: CandidateId) -> Result<Candidate> {
        let candidate = find(&mut self.tx, id).await?.ok_or(StoreError::NotFound)?;
        if candidate.state == CandidateState::Waiting {
            Ok(candidate)
        } else {
            Err(StoreError::Decided {
                by: candidate.decided_by,
                state: candidate.state,
            })
        }
    }

    /// Publishes every candidate of an article that waits, as one decision.
    pub(in crate::store) async fn publish_all(&mut self, article: ArticleId) -> Result<()> {
        let query = on("candidates", SELECT)
            .piece(" WHERE state = 1 AND article_id = ")
            .value(article.0)
            .piece(" ORDER BY position");
        let rows = self.tx.fetch_all(query).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let decision = self.tx.next_id("decision").await?;
        for row in rows {
            let candidate = candidate(&row)?;
            self.publish(&candidate, decision).await?;
        }
        Ok(())
    }

    async fn publish(&mut self, candidate: &Candidate, decision: i64) -> Result<CandidateState> {
        let deciding = Deciding::new(candidate, Kept::default(), decision);
        match same_event(&mut self.tx, &candidate.draft).await? {
            Some(event) => {
                self.merge(&deciding, event).await?;
                Ok(CandidateState::Merged(event))
            }
            None => self
                .accept(&deciding, candidate.draft.clone())
                .await
                .map(CandidateState::Accepted),
        }
    }

    async fn accept(&mut self, deciding: &Deciding<'_>, mut draft: EventDraft) -> Result<EventId> {
        let candidate = deciding.candidate;
        draft.confidence = draft
            .confidence
            .or(Some(candidate.confidence))
            .filter(|_| !candidate.rules.iter().any(|rule| rule == BY_HAND));
        let changed = corrected(candidate, &draft, &deciding.spans);
        let source = self.source(deciding).await?;
        draft
            .sources
            .retain(|other| other.url.is_empty() || other.url != source.url);
        draft.sources.insert(0, source);
        for copy in self.copies_of(candidate.article, &deciding.spans).await? {
            if draft.sources.iter().all(|other| other.url != copy.url) {
                draft.sources.push(copy);
            }
        }
        let siblings = self.siblings(candidate).await?;
        Self::link_out(&mut draft, &deciding.links, &siblings, None);
        let created = self.insert(vec![draft.into()]).await?;
        let id = created.first().ok_or(StoreError::NotFound)?.id;
        self.link_in(candidate, &siblings, id).await?;
        self.decide(deciding, CandidateState::Accepted(id), &changed)
            .await?;
        Ok(id)
    }

    async fn merge(&mut self, deciding: &Deciding<'_>, into: EventId) -> Result<()> {
        let source = self.source(deciding).await?;
        let siblings = self.siblings(deciding.candidate).await?;
        let before = self.visible(into).await?;
        let mut content = before.content.clone();
        let article = deciding.candidate.article;
        let copies = self.copies_of(article, &deciding.spans).await?;
        for source in std::iter::once(source).chain(copies) {
            add(&mut content.sources, source);
        }
        Self::link_out(&mut content, &deciding.links, &siblings, Some(into));
        self.rewrite(&before, content, RevisionAction::SourceAdded)
            .await?;
        self.link_in(deciding.candidate, &siblings, into).await?;
        self.decide(deciding, CandidateState::Merged(into), &[])
            .await
    }

    async fn source(&mut self, deciding: &Deciding<'_>) -> Result<Source> {
        let query = on(
            "articles",
            "SELECT id, url, publisher, title, published FROM articles WHERE id = $1",
        );
        let article = deciding.candidate.article;
        let row = self.tx.fetch_one(query.bind(article.0)).await?;
        Ok(Source {
            article: Some(article),
            url: row.text("url")?,
            publisher: row.text("publisher")?,
            title: row.text("title")?,
            published: row.opt_day("published")?,
            spans: deciding.spans.clone(),
        })
    }

    async fn decide(
        &mut self,
        deciding: &Deciding<'_>,
        state: CandidateState,
        changed: &[&str],
    ) -> Result<()> {
        lesson::count(&mut self.tx, deciding.candidate, state, changed, 1).await?;
        let query = on(
            "candidates",
            "UPDATE candidates
SET state = $1, event_id = $2, decided_by = $3, decided_at = $4, reason = $5, decision = $6, changed = $7, links = $8
WHERE id = $9",
        )
        .bind(state.code())
        .bind(state.event().map(EventId::counter))
        .bind(self.change().author.0.as_str())
        .bind(self.now().micros())
        .bind(self.change().reason)
        .bind(deciding.decision)
        .bind(cell::join(changed))
        .bind(link::to_cell(&deciding.links))
        .bind(deciding.candidate.id.0);
        self.tx.execute(query).await?;
        Ok(())
    }
}

/// The event on record of the same kind, date and parties.
async fn same_event(tx: &mut Tx, draft: &EventDraft) -> Result<Option<EventId>> {
    if draft.actors.is_empty() && draft.targets.is_empty() {
        return Ok(None);
    }
    let day = draft.date.sort_day();
    let query = on("events", "SELECT ")
        .piece(COLUMNS)
        .piece(" FROM events WHERE status <= 3 AND kind = ")
        .value(draft.kind.code())
        .piece(" AND sort_key >= ")
        .value(sort_key_of_day(day))
        .piece(" AND sort_key < ")
        .value(day.succ_opt().map_or(i64::MAX, sort_key_of_day))
        .piece(" AND date = ")
        .value(draft.date.to_string())
        .piece(" ORDER BY sort_key");
    let events = event_row::events(&tx.fetch_all(query).await?)?;
    Ok(events
        .iter()
        .filter(|event| is_identical(draft, &event.content))
        .min_by_key(|event| event.content.modality != draft.modality)
        .map(|event| event.id))
}
