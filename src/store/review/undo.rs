//! A decision taken back: the candidate waits again, the event that came of it is withdrawn, a source that it added is
//! taken away. The history keeps both the decision and its end.

use super::{Candidate, CandidateLink, CandidateState, LinkStanding, SELECT, candidate, find};
use super::{lesson, link};
use crate::{
    domain::{
        event::{Event, EventDraft},
        evidence::{EvidenceSpan, Source},
        id::{ArticleId, CandidateId, EventId},
        status::Status,
    },
    store::{
        Change, Store,
        db::{Reads as _, on},
        error::{Result, StoreError},
        revision::RevisionAction,
        snapshot,
        writing::{Writing, load},
    },
};

impl Store {
    /// Takes back everything that one decision settled, the last first. Returns the candidates as they were decided.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where it was taken back already, [`StoreError::Refused`] where what came of it was edited
    /// since; then nothing is taken back.
    pub async fn undo_decision(&self, decision: i64, change: Change<'_>) -> Result<Vec<Candidate>> {
        let mut writing = Writing::begin(self, change).await?;
        let query = on("candidates", SELECT)
            .piece(" WHERE decision = ")
            .value(decision)
            .piece(" ORDER BY id DESC");
        let rows = writing.tx.fetch_all(query).await?;
        let mut undone = rows.iter().map(candidate).collect::<Result<Vec<_>>>()?;
        if undone.is_empty() {
            return Err(StoreError::NotFound);
        }
        for candidate in &undone {
            writing.reopen(candidate).await?;
        }
        writing.finish(None).await?;
        undone.reverse();
        Ok(undone)
    }

    /// Takes back what was decided of one candidate. Returns it as it was decided.
    ///
    /// # Errors
    ///
    /// As [`Store::undo_decision`]; [`StoreError::NotFound`] where it waits.
    pub async fn reopen_candidate(&self, id: CandidateId, change: Change<'_>) -> Result<Candidate> {
        let mut writing = Writing::begin(self, change).await?;
        let candidate = find(&mut writing.tx, id)
            .await?
            .filter(|candidate| candidate.state != CandidateState::Waiting)
            .ok_or(StoreError::NotFound)?;
        writing.reopen(&candidate).await?;
        writing.finish(None).await?;
        Ok(candidate)
    }
}

impl Writing<'_> {
    async fn reopen(&mut self, candidate: &Candidate) -> Result<()> {
        match candidate.state {
            CandidateState::Waiting => return Ok(()),
            CandidateState::Rejected => {}
            CandidateState::Accepted(event) => self.withdraw_accepted(candidate, event).await?,
            CandidateState::Merged(event) => self.unmerge(candidate, event).await?,
        }
        lesson::count(
            &mut self.tx,
            candidate,
            candidate.state,
            &candidate.changed,
            -1,
        )
        .await?;
        let links: Vec<CandidateLink> = candidate
            .links
            .iter()
            .map(|link| CandidateLink {
                standing: LinkStanding::Kept,
                ..*link
            })
            .collect();
        let query = on(
            "candidates",
            "UPDATE candidates
SET state = 1, event_id = NULL, decided_by = '', decided_at = NULL, reason = '', decision = NULL, changed = '', links = $1
WHERE id = $2",
        );
        self.tx
            .execute(query.bind(link::to_cell(&links)).bind(candidate.id.0))
            .await?;
        Ok(())
    }

    /// The event on the timeline; `None` where it was deleted since.
    async fn still_there(&mut self, id: EventId) -> Result<Option<Event>> {
        let event = load(&mut self.tx, id).await?;
        match event.as_ref().map(|event| event.content.status) {
            Some(Status::Merged) => Err(StoreError::Refused(format!(
                "event {id} went into another event since; edit that one instead"
            ))),
            Some(Status::Deleted) | None => Ok(None),
            Some(_) => Ok(event),
        }
    }

    async fn withdraw_accepted(&mut self, candidate: &Candidate, id: EventId) -> Result<()> {
        let Some(event) = self.still_there(id).await? else {
            return Ok(());
        };
        let others = on(
            "candidates",
            "SELECT count(*) AS n FROM candidates WHERE event_id = $1 AND id <> $2",
        );
        let others = others.bind(id.counter()).bind(candidate.id.0);
        let created = on(
            "revisions",
            "SELECT id, after FROM revisions WHERE event_id = $1 ORDER BY revision LIMIT 1",
        );
        let created = self
            .tx
            .fetch_optional(created.bind(id.counter()))
            .await?
            .map(|row| row.opt_text("after"))
            .transpose()?
            .flatten()
            .and_then(|after| snapshot::to_event(&after));
        let is_as_made = created.is_some_and(|made| without_links(&made) == without_links(&event));
        if !is_as_made || self.tx.fetch_count(others).await? > 0 {
            return Err(StoreError::Refused(format!(
                "event {id} was edited or gained a source since it was accepted; edit or delete it instead"
            )));
        }
        self.withdraw(&event, None).await
    }

    /// Takes from an event what merging this candidate into it added.
    async fn unmerge(&mut self, candidate: &Candidate, into: EventId) -> Result<()> {
        let siblings = self.siblings(candidate).await?;
        let is_shared = siblings.iter().any(|sibling| sibling.event() == Some(into));
        if self.still_there(into).await?.is_none() {
            return Ok(());
        }
        if !is_shared {
            self.unlink_in(candidate, &siblings, into).await?;
        }
        let Some(event) = self.still_there(into).await? else {
            return Ok(());
        };
        let Some((was, became)) = self.merging(candidate, into).await? else {
            return Ok(()); // it added nothing
        };
        let mut content = event.content.clone();
        content.relations.retain(|relation| {
            was.content.relations.contains(relation) || !became.content.relations.contains(relation)
        });
        for source in &mut content.sources {
            let gained = gained_words(source.article, &was, &became);
            source.spans.retain(|span| !gained.contains(span));
        }
        // a source that was cited without words before stays so
        content.sources.retain(|source| {
            let stays = match source_of(&was, source.article) {
                Some(had) => had.spans.is_empty(),
                None => source_of(&became, source.article).is_none(),
            };
            stays || is_shared || !source.spans.is_empty()
        });
        self.rewrite(&event, content, RevisionAction::SourceRemoved)
            .await?;
        Ok(())
    }

    /// The event before and after the change by which a candidate went into it; `None` where that changed nothing.
    async fn merging(
        &mut self,
        candidate: &Candidate,
        into: EventId,
    ) -> Result<Option<(Event, Event)>> {
        let Some(at) = candidate.decided_at else {
            return Ok(None);
        };
        let query = on(
            "revisions",
            "SELECT id, before, after
FROM revisions
WHERE event_id = $1
  AND at = $2
  AND action = $3
ORDER BY revision DESC",
        );
        let query = query
            .bind(into.counter())
            .bind(at.micros())
            .bind(RevisionAction::SourceAdded.code());
        let mut latest = None;
        for row in self.tx.fetch_all(query).await? {
            let read = |column| -> Result<Option<Event>> {
                Ok(row
                    .opt_text(column)?
                    .as_deref()
                    .and_then(snapshot::to_event))
            };
            let (Some(was), Some(became)) = (read("before")?, read("after")?) else {
                continue;
            };
            let gained = gained_words(Some(candidate.article), &was, &became);
            if candidate.spans.iter().any(|span| gained.contains(span)) {
                return Ok(Some((was, became)));
            }
            // an editor may have corrected the words
            if latest.is_none() && !gained.is_empty() {
                latest = Some((was, became));
            }
        }
        Ok(latest)
    }
}

/// The words of an article that an event gained between these two.
fn gained_words(article: Option<ArticleId>, was: &Event, became: &Event) -> Vec<EvidenceSpan> {
    let had = source_of(was, article).map(|source| &source.spans);
    source_of(became, article)
        .map(|source| source.spans.clone())
        .unwrap_or_default()
        .into_iter()
        .filter(|span| had.is_none_or(|had| !had.contains(span)))
        .collect()
}

fn source_of(event: &Event, article: Option<ArticleId>) -> Option<&Source> {
    let mut sources = event.content.sources.iter();
    sources.find(|source| source.article == article)
}

fn without_links(event: &Event) -> EventDraft {
    EventDraft {
        relations: Vec::new(),
        ..event.content.clone()
    }
}
