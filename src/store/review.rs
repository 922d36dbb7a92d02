//! Candidates: events that were found in an article, and what an editor decides of them.
//!
//! Here are what a candidate is and how it is read; which wait, [`queue`]; what is decided, [`decision`]; how it is taken
//! back, [`undo`]; what the decisions teach of the rules, [`lesson`].

mod decision;
mod lesson;
mod link;
mod queue;
mod undo;

pub use self::{
    decision::{Kept, Published},
    lesson::Lesson,
    link::{CandidateLink, LinkStanding},
    queue::{DecidedLast, QueueCursor, QueueEntry, QueueFilter, QueueOrder},
};

use super::{
    Store,
    db::{Bind, Reads, Tx, on},
    error::Result,
    row::Row,
    side_rows::insert_rows,
    snapshot,
};
use crate::domain::{
    cell,
    clock::Timestamp,
    event::EventDraft,
    evidence::EvidenceSpan,
    id::{ArticleId, CandidateId, EventId},
};

/// The name of the rule of candidates that an editor marked in an article.
pub const BY_HAND: &str = "marked by an editor";

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
    /// How it stands to others of the same reading, by their place in it.
    pub links: Vec<CandidateLink>,
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
    /// How it stands to other candidates of the article, by their position.
    pub links: Vec<CandidateLink>,
    /// The decision that settled it; several candidates may share one.
    pub decision: Option<i64>,
    /// The fields that the editor changed.
    pub changed: Vec<String>,
}

impl Candidate {
    /// Whether an editor marked it, rather than a rule.
    pub fn is_by_hand(&self) -> bool {
        self.rules.iter().any(|rule| rule == BY_HAND)
    }

    /// Where its words begin in the article; the end of it where none are known.
    fn begins(&self) -> i64 {
        let starts = self.spans.iter().map(|span| span.start);
        starts.min().unwrap_or(i64::MAX)
    }
}

/// Records the candidates of a new article.
pub(super) async fn insert(
    tx: &mut Tx,
    article: ArticleId,
    candidates: &[Placed<'_>],
) -> Result<()> {
    let count = i64::try_from(candidates.len()).unwrap_or(0);
    if count == 0 {
        return Ok(());
    }
    let candidates: Vec<NewCandidate> = candidates
        .iter()
        .map(|placed| NewCandidate {
            links: link::among(&placed.candidate.links, candidates),
            ..placed.candidate.clone()
        })
        .collect();
    insert_from(tx, article, 0, &candidates).await
}

/// A candidate of a reading with its place in it: of a changed article not all of them are recorded.
pub(super) struct Placed<'c> {
    place: i64,
    candidate: &'c NewCandidate,
}

/// The candidates of a reading, each in its place.
pub(super) fn placed(candidates: &[NewCandidate]) -> Vec<Placed<'_>> {
    (0..)
        .zip(candidates)
        .map(|(place, candidate)| Placed { place, candidate })
        .collect()
}

/// What a changed article brings that its version before had not: its candidates without those that were decided then.
/// Those that still waited wait with the new version.
pub(super) async fn carry_over<'c>(
    tx: &mut Tx,
    previous: ArticleId,
    candidates: &'c [NewCandidate],
) -> Result<Vec<Placed<'c>>> {
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
    for new in placed(candidates) {
        let same = before.iter().position(|old| {
            old.draft == new.candidate.draft && words(&old.spans) == words(&new.candidate.spans)
        });
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

/// Records candidates of an article whose positions begin at `place`.
async fn insert_from(
    tx: &mut Tx,
    article: ArticleId,
    place: i64,
    candidates: &[NewCandidate],
) -> Result<()> {
    let count = i64::try_from(candidates.len()).unwrap_or(0);
    let first = tx.next_ids("candidate", count).await? - count + 1;
    let rows = candidates
        .iter()
        .zip(0_i64..)
        .map(|(candidate, position)| {
            vec![
                Bind::from(first + position),
                article.0.into(),
                (place + position).into(),
                CandidateState::Waiting.code().into(),
                snapshot::of_draft(&candidate.draft).into(),
                serde_json::to_string(&candidate.spans)
                    .unwrap_or_default()
                    .into(),
                cell::join(&candidate.rules).into(),
                candidate.confidence.into(),
                "".into(),
                "".into(),
                candidate.draft.kind.code().into(),
                link::to_cell(&candidate.links).into(),
            ]
        })
        .collect();
    let insert = || {
        on(
            "candidates",
            "INSERT INTO candidates (id, article_id, position, state, draft, spans, rules, confidence, decided_by, reason, \
             kind, links)",
        )
    };
    insert_rows(tx, insert, rows, "").await
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
        let rows = self.db().fetch_all(query).await?;
        let mut found = rows.iter().map(candidate).collect::<Result<Vec<_>>>()?;
        found.sort_by_key(Candidate::begins);
        Ok(found)
    }

    /// The candidate of a number.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn candidate(&self, id: CandidateId) -> Result<Option<Candidate>> {
        find(&mut self.db(), id).await
    }

    /// Adds a candidate that an editor marked in an article.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn add_candidate(
        &self,
        article: ArticleId,
        candidate: &NewCandidate,
    ) -> Result<CandidateId> {
        let mut tx = self.db().begin_record().await?;
        let place = on(
            "candidates",
            "SELECT COALESCE(max(position) + 1, 0) AS n FROM candidates WHERE article_id = $1",
        );
        let place = tx.fetch_count(place.bind(article.0)).await?;
        insert_from(&mut tx, article, place, std::slice::from_ref(candidate)).await?;
        let id = on(
            "candidates",
            "SELECT id AS n FROM candidates WHERE article_id = $1 AND position = $2",
        );
        let id = tx.fetch_count(id.bind(article.0).bind(place)).await?;
        tx.commit().await?;
        Ok(CandidateId(id))
    }
}

const SELECT: &str = "SELECT id, article_id, position, state, event_id, draft, spans, rules, confidence, decided_by, \
     decided_at, reason, links, decision, changed FROM candidates";

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
        links: link::from_cell(&row.text("links")?).ok_or_else(|| row.corrupt("links"))?,
        decision: row.opt_int("decision")?,
        changed: cell::split_filled(&row.text("changed")?),
    })
}
