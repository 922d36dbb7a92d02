//! Candidates: events that were found in an article, and what an editor decides of them.

use super::{
    Change, Store,
    article::{SELECT_WITHOUT_TEXT, article},
    db::{Bind, Reads, Tx, on},
    error::{Result, StoreError},
    event_row::{self, COLUMNS, COLUMNS_OF_E, first_day, last_day},
    row::Row,
    side_rows::insert_rows,
    snapshot,
    writing::Writing,
};
use crate::domain::{
    article::Article,
    cell,
    clock::Timestamp,
    event::{Event, EventDraft, sort_key_of_day},
    evidence::{EvidenceSpan, Source},
    id::{ArticleId, CandidateId, EventId},
    party::PartyCode,
};

/// The most events that are offered as already on record.
const MATCHES_MAX: i64 = 5;

/// An event that was found in an article, about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCandidate {
    /// The event, without sources.
    pub draft: EventDraft,
    /// The words that carry it.
    pub spans: Vec<EvidenceSpan>,
    /// The names of the rules that found it.
    pub rules: Vec<String>,
    /// How sure they are, in thousandths.
    pub confidence: i64,
}

/// What was decided of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CandidateState {
    /// Nothing yet.
    Waiting,
    /// It became this event.
    Accepted(EventId),
    /// Its article became a source of this event.
    Merged(EventId),
    /// It is no event.
    Rejected,
}

impl CandidateState {
    /// The word shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted(_) => "accepted",
            Self::Merged(_) => "merged",
            Self::Rejected => "rejected",
        }
    }

    /// The event that it became or went into.
    pub const fn event(self) -> Option<EventId> {
        match self {
            Self::Accepted(event) | Self::Merged(event) => Some(event),
            Self::Waiting | Self::Rejected => None,
        }
    }

    const fn code(self) -> i64 {
        match self {
            Self::Waiting => 1,
            Self::Accepted(_) => 2,
            Self::Merged(_) => 3,
            Self::Rejected => 4,
        }
    }
}

/// A candidate on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its number.
    pub id: CandidateId,
    /// The article in which it was found.
    pub article: ArticleId,
    /// Its place in the article, 0 and up.
    pub position: i64,
    /// The event as it was found.
    pub draft: EventDraft,
    /// The words that carry it.
    pub spans: Vec<EvidenceSpan>,
    /// The names of the rules that found it.
    pub rules: Vec<String>,
    /// How sure they were, in thousandths.
    pub confidence: i64,
    /// What was decided.
    pub state: CandidateState,
    /// Who decided; empty while it waits.
    pub decided_by: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why; may be empty.
    pub reason: String,
}

/// An article that has candidates waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueEntry {
    /// The article without its text.
    pub article: Article,
    /// Candidates that wait.
    pub waiting: i64,
    /// Candidates in all.
    pub total: i64,
}

/// Records the candidates of a new article.
pub(super) async fn insert(
    tx: &mut Tx,
    article: ArticleId,
    candidates: &[&NewCandidate],
) -> Result<()> {
    let count = i64::try_from(candidates.len()).unwrap_or(0);
    if count == 0 {
        return Ok(());
    }
    let first = tx.next_ids("candidate", count).await? - count + 1;
    let rows = candidates
        .iter()
        .zip(0_i64..)
        .map(|(candidate, position)| {
            vec![
                Bind::from(first + position),
                article.0.into(),
                position.into(),
                CandidateState::Waiting.code().into(),
                snapshot::of_draft(&candidate.draft).into(),
                serde_json::to_string(&candidate.spans)
                    .unwrap_or_default()
                    .into(),
                cell::join(&candidate.rules).into(),
                candidate.confidence.into(),
                "".into(),
                "".into(),
            ]
        })
        .collect();
    let insert = || {
        on(
            "candidates",
            "INSERT INTO candidates (id, article_id, position, state, draft, spans, rules, confidence, decided_by, reason)",
        )
    };
    insert_rows(tx, insert, rows, "").await
}

/// What a changed article brings that its version before had not: its candidates without those that were decided then.
/// Those that still waited wait with the new version.
pub(super) async fn carry_over<'c>(
    tx: &mut Tx,
    previous: ArticleId,
    candidates: &'c [NewCandidate],
) -> Result<Vec<&'c NewCandidate>> {
    let query = on("candidates", SELECT)
        .piece(" WHERE article_id = ")
        .value(previous.0)
        .piece(" ORDER BY position");
    let rows = tx.fetch_all(query).await?;
    let mut before = rows.iter().map(candidate).collect::<Result<Vec<_>>>()?;
    let words = |spans: &[EvidenceSpan]| -> Vec<String> {
        spans.iter().map(|span| span.text.clone()).collect()
    };
    let mut found = Vec::new();
    for new in candidates {
        let same = before
            .iter()
            .position(|old| old.draft == new.draft && words(&old.spans) == words(&new.spans));
        let Some(old) = same.map(|index| before.swap_remove(index)) else {
            found.push(new);
            continue;
        };
        if old.state == CandidateState::Waiting {
            let delete = on("candidates", "DELETE FROM candidates WHERE id = $1");
            tx.execute(delete.bind(old.id.0)).await?;
            found.push(new);
        }
    }
    Ok(found)
}

impl Store {
    /// The candidates of an article, in the order of the text.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn candidates_of(&self, article: ArticleId) -> Result<Vec<Candidate>> {
        let query = on("candidates", SELECT)
            .piece(" WHERE article_id = ")
            .value(article.0)
            .piece(" ORDER BY position");
        self.db()
            .fetch_all(query)
            .await?
            .iter()
            .map(candidate)
            .collect()
    }

    /// The candidate of a number.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn candidate(&self, id: CandidateId) -> Result<Option<Candidate>> {
        find(&mut self.db(), id).await
    }

    /// Articles that have candidates waiting, the oldest first, those after `after`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn review_queue(
        &self,
        after: Option<ArticleId>,
        limit: u32,
    ) -> Result<Vec<QueueEntry>> {
        let query = on("articles", SELECT_WITHOUT_TEXT)
            .piece(
                ", q.waiting, (SELECT count(*) FROM candidates c WHERE c.article_id = a.id) AS total
FROM (
    SELECT article_id, count(*) AS waiting
    FROM candidates
    WHERE state = 1 AND article_id > ",
            )
            .value(after.map_or(0, |id| id.0))
            .piece(" GROUP BY article_id ORDER BY article_id LIMIT ")
            .value(i64::from(limit))
            .piece(") AS q JOIN articles a ON a.id = q.article_id ORDER BY a.id");
        self.db()
            .fetch_all(query)
            .await?
            .iter()
            .map(|row| {
                Ok(QueueEntry {
                    article: article(row)?,
                    waiting: row.int("waiting")?,
                    total: row.int("total")?,
                })
            })
            .collect()
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

    /// Makes a candidate a new event with the article as its source and the candidate's words as evidence.
    /// The candidate's confidence is kept unless the draft has one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Decided`] where somebody decided first, [`StoreError::NotFound`]; else as [`Store::create_event`].
    pub async fn accept_candidate(
        &self,
        id: CandidateId,
        draft: &EventDraft,
        change: Change<'_>,
    ) -> Result<Event> {
        let mut writing = Writing::begin(self, change).await?;
        let candidate = writing.waiting(id).await?;
        let event = writing.accept(&candidate, draft.clone()).await?;
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
        change: Change<'_>,
    ) -> Result<Event> {
        let mut writing = Writing::begin(self, change).await?;
        let candidate = writing.waiting(id).await?;
        writing.merge(&candidate, into).await?;
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
        writing
            .decide(candidate.id, CandidateState::Rejected)
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
        let event = writing.publish(&candidate).await?;
        writing
            .finish(Some(event))
            .await?
            .ok_or(StoreError::NotFound)
    }

    /// Events on record that a draft may be: of its kind, with possible days in common and a party; those with most
    /// parties in common first, at most 5.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn matching_events(&self, draft: &EventDraft) -> Result<Vec<Event>> {
        let known = self.known_parties().await?;
        let parties: Vec<i64> = draft
            .actors
            .iter()
            .chain(&draft.targets)
            .filter_map(|code| known.id(code))
            .collect();
        if parties.is_empty() {
            return Ok(Vec::new());
        }
        let query = on("events", "SELECT ")
            .piece(COLUMNS_OF_E)
            .piece(
                " FROM (
    SELECT sort_key, count(*) AS shared
    FROM event_parties
    WHERE kind = ",
            )
            .value(draft.kind.code())
            .piece(" AND day_first <= ")
            .value(last_day(&draft.date))
            .piece(" AND day_last >= ")
            .value(first_day(&draft.date))
            .piece(" AND party_id IN ")
            .values(parties)
            .piece(" GROUP BY sort_key ORDER BY 2 DESC, 1 DESC LIMIT ")
            .value(MATCHES_MAX)
            .piece(") AS m JOIN events e ON e.sort_key = m.sort_key ORDER BY m.shared DESC, e.sort_key DESC");
        event_row::events(&self.db().fetch_all(query).await?)
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

    async fn publish(&mut self, candidate: &Candidate) -> Result<EventId> {
        match same_event(&mut self.tx, &candidate.draft).await? {
            Some(event) => {
                self.merge(candidate, event).await?;
                Ok(event)
            }
            None => self.accept(candidate, candidate.draft.clone()).await,
        }
    }

    /// Publishes every candidate of an article that waits.
    pub(super) async fn publish_all(&mut self, article: ArticleId) -> Result<()> {
        let query = on("candidates", SELECT)
            .piece(" WHERE state = 1 AND article_id = ")
            .value(article.0)
            .piece(" ORDER BY position");
        for row in self.tx.fetch_all(query).await? {
            let candidate = candidate(&row)?;
            self.publish(&candidate).await?;
        }
        Ok(())
    }

    async fn accept(&mut self, candidate: &Candidate, mut draft: EventDraft) -> Result<EventId> {
        draft.confidence = draft.confidence.or(Some(candidate.confidence));
        let source = self.source(candidate).await?;
        draft
            .sources
            .retain(|other| other.url.is_empty() || other.url != source.url);
        draft.sources.insert(0, source);
        for copy in self.copies_of(candidate.article, &candidate.spans).await? {
            if draft.sources.iter().all(|other| other.url != copy.url) {
                draft.sources.push(copy);
            }
        }
        let created = self.insert(vec![draft.into()]).await?;
        let id = created.first().ok_or(StoreError::NotFound)?.id;
        self.decide(candidate.id, CandidateState::Accepted(id))
            .await?;
        Ok(id)
    }

    async fn merge(&mut self, candidate: &Candidate, into: EventId) -> Result<()> {
        let source = self.source(candidate).await?;
        let copies = self.copies_of(candidate.article, &candidate.spans).await?;
        self.add_sources(into, std::iter::once(source).chain(copies).collect())
            .await?;
        self.decide(candidate.id, CandidateState::Merged(into))
            .await
    }

    async fn source(&mut self, candidate: &Candidate) -> Result<Source> {
        let query = on(
            "articles",
            "SELECT id, url, publisher, title, published FROM articles WHERE id = $1",
        );
        let row = self.tx.fetch_one(query.bind(candidate.article.0)).await?;
        Ok(Source {
            article: Some(candidate.article),
            url: row.text("url")?,
            publisher: row.text("publisher")?,
            title: row.text("title")?,
            published: row.opt_day("published")?,
            spans: candidate.spans.clone(),
        })
    }

    async fn decide(&mut self, id: CandidateId, state: CandidateState) -> Result<()> {
        let query = on(
            "candidates",
            "UPDATE candidates
SET state = $1, event_id = $2, decided_by = $3, decided_at = $4, reason = $5
WHERE id = $6",
        )
        .bind(state.code())
        .bind(state.event().map(EventId::counter))
        .bind(self.change().author.0.as_str())
        .bind(self.now().micros())
        .bind(self.change().reason)
        .bind(id.0);
        self.tx.execute(query).await?;
        Ok(())
    }
}

/// The event on record of the same kind, date and parties.
async fn same_event(tx: &mut Tx, draft: &EventDraft) -> Result<Option<EventId>> {
    let parties = |draft: &EventDraft| {
        let sorted = |codes: &[PartyCode]| {
            let mut codes = codes.to_vec();
            codes.sort();
            codes
        };
        (sorted(&draft.actors), sorted(&draft.targets))
    };
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
    let wanted = parties(draft);
    Ok(events
        .iter()
        .filter(|event| parties(&event.content) == wanted)
        .min_by_key(|event| event.content.modality != draft.modality)
        .map(|event| event.id))
}

const SELECT: &str = "SELECT id, article_id, position, state, event_id, draft, spans, rules, confidence, decided_by, \
     decided_at, reason FROM candidates";

async fn find(reads: &mut impl Reads, id: CandidateId) -> Result<Option<Candidate>> {
    let query = on("candidates", SELECT).piece(" WHERE id = ").value(id.0);
    let row = reads.fetch_optional(query).await?;
    row.as_ref().map(candidate).transpose()
}

fn candidate(row: &Row) -> Result<Candidate> {
    let event = row.opt_coded("event_id", EventId::from_counter)?;
    let state = match (row.int("state")?, event) {
        (1, None) => CandidateState::Waiting,
        (2, Some(event)) => CandidateState::Accepted(event),
        (3, Some(event)) => CandidateState::Merged(event),
        (4, None) => CandidateState::Rejected,
        _ => return Err(row.corrupt("state")),
    };
    Ok(Candidate {
        id: CandidateId(row.int("id")?),
        article: ArticleId(row.int("article_id")?),
        position: row.int("position")?,
        draft: snapshot::to_draft(&row.text("draft")?).ok_or_else(|| row.corrupt("draft"))?,
        spans: row.json("spans")?,
        rules: cell::split_filled(&row.text("rules")?),
        confidence: row.int("confidence")?,
        state,
        decided_by: row.text("decided_by")?,
        decided_at: row.opt_instant("decided_at")?,
        reason: row.text("reason")?,
    })
}
