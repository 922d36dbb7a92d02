//! What editors made of the candidates of each rule and kind, counted with every decision, so that rules can be mended.

use std::collections::{BTreeMap, BTreeSet};

use super::{Candidate, CandidateState};
use crate::{
    domain::{event::EventDraft, evidence::EvidenceSpan, kind::Kind},
    store::{
        Store,
        db::{Bind, Tx, on},
        error::Result,
        side_rows::insert_rows,
    },
};

const ACCEPTED: &str = "accepted";
const CHANGED: &str = "changed";
const REJECTED: &str = "rejected";

/// What became of the candidates of one rule and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// The rule; empty for all candidates of the kind.
    pub rule: String,
    /// The kind that was proposed.
    pub kind: Kind,
    /// Accepted or merged as they were proposed.
    pub accepted: i64,
    /// Accepted with another kind, date, party, name or headline.
    pub changed: i64,
    /// Rejected.
    pub rejected: i64,
    /// How often each field was changed, the most often first.
    pub fields: Vec<(String, i64)>,
}

impl Lesson {
    /// How many were decided.
    pub const fn decided(&self) -> i64 {
        self.accepted + self.changed + self.rejected
    }

    /// How many of a hundred were taken onto the record, changed or not.
    pub const fn accepted_percent(&self) -> i64 {
        let decided = self.decided();
        if decided == 0 {
            0
        } else {
            (100 * (self.accepted + self.changed) + decided / 2) / decided
        }
    }
}

/// The fields in which an accepted draft differs from what was proposed. What was only added (a place, a summary) is no
/// correction.
pub(super) fn corrected(
    candidate: &Candidate,
    draft: &EventDraft,
    spans: &[EvidenceSpan],
) -> Vec<&'static str> {
    let proposed = &candidate.draft;
    [
        ("kind", proposed.kind != draft.kind),
        ("date", proposed.date != draft.date),
        ("modality", proposed.modality != draft.modality),
        ("actors", proposed.actors != draft.actors),
        ("targets", proposed.targets != draft.targets),
        (
            "named",
            !proposed.named.iter().all(|name| draft.named.contains(name)),
        ),
        ("headline", proposed.headline != draft.headline),
        ("evidence", candidate.spans != spans),
    ]
    .into_iter()
    .filter_map(|(field, is_changed)| is_changed.then_some(field))
    .collect()
}

/// Counts a decision in (`1`) or out (`-1`).
pub(super) async fn count<S: AsRef<str>>(
    tx: &mut Tx,
    candidate: &Candidate,
    state: CandidateState,
    changed: &[S],
    by: i64,
) -> Result<()> {
    if candidate.is_by_hand() {
        return Ok(());
    }
    let mut lessons = BTreeSet::new();
    match state {
        CandidateState::Waiting => return Ok(()),
        CandidateState::Rejected => {
            lessons.insert(REJECTED);
        }
        CandidateState::Accepted(_) | CandidateState::Merged(_) => {
            lessons.insert(if changed.is_empty() {
                ACCEPTED
            } else {
                CHANGED
            });
            lessons.extend(changed.iter().map(AsRef::as_ref));
        }
    }
    let mut rules: BTreeSet<&str> = candidate.rules.iter().map(String::as_str).collect();
    rules.insert("");
    let mut rows = Vec::new();
    for rule in rules {
        for lesson in &lessons {
            rows.push(vec![
                Bind::from(rule),
                candidate.draft.kind.code().into(),
                (*lesson).into(),
                by.into(),
            ]);
        }
    }
    let insert = || on("lessons", "INSERT INTO lessons (rule, kind, lesson, count)");
    let upsert =
        " ON CONFLICT (rule, kind, lesson) DO UPDATE SET count = lessons.count + excluded.count";
    insert_rows(tx, insert, rows, upsert).await
}

impl Store {
    /// What was made of the candidates of every rule and kind, those with the most decisions first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn lessons(&self) -> Result<Vec<Lesson>> {
        let query = on(
            "lessons",
            "SELECT rule, kind, lesson, count FROM lessons WHERE count > 0 ORDER BY rule, kind, lesson",
        );
        let mut lessons: BTreeMap<(String, i64), Lesson> = BTreeMap::new();
        for row in self.db().fetch_all(query).await? {
            let rule = row.text("rule")?;
            let kind = row.coded("kind", Kind::from_code)?;
            let lesson = lessons
                .entry((rule.clone(), kind.code()))
                .or_insert(Lesson {
                    rule,
                    kind,
                    accepted: 0,
                    changed: 0,
                    rejected: 0,
                    fields: Vec::new(),
                });
            let count = row.int("count")?;
            match row.text("lesson")?.as_str() {
                ACCEPTED => lesson.accepted = count,
                CHANGED => lesson.changed = count,
                REJECTED => lesson.rejected = count,
                field => lesson.fields.push((field.to_owned(), count)),
            }
        }
        let mut lessons: Vec<Lesson> = lessons.into_values().collect();
        for lesson in &mut lessons {
            lesson.fields.sort_by_key(|(_, count)| -count);
        }
        lessons.sort_by_key(|lesson| -lesson.decided());
        Ok(lessons)
    }
}
