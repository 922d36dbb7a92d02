//! POST `/admin/review/undo`: a decision taken back in one step. The candidates wait again, what came of them is withdrawn.
//!
//! A form names a `decision`, which may have settled many candidates, or one `candidate`.

use actix_web::{HttpResponse, web::Data};

use crate::{
    domain::id::CandidateId,
    store::{
        Change, StoreError,
        review::{Candidate, CandidateState},
    },
    web::{
        error::WebError, filters::counted_text, forms::CheckedForm, page::see_other_with,
        state::AppState, visitor::SignedIn,
    },
};

use super::{queue_query::QueueQuery, review_decision::place_of};

/// Kept with the history of what was withdrawn.
const REASON: &str = "the decision was taken back";

/// What an editor decided last, as a page offers to take it back.
pub(super) struct LastDecision {
    /// Its number.
    pub decision: i64,
    /// “accepted “Headline” as EV-…”, “published 12 candidates at once”.
    pub what: String,
}

impl LastDecision {
    /// The last decision of an editor.
    pub async fn of(state: &AppState, editor: &str) -> Result<Option<Self>, WebError> {
        let last = state.store.decided_last(editor).await?;
        Ok(last.map(|last| Self {
            decision: last.decision,
            what: match last.candidates.as_slice() {
                [one] => {
                    let event =
                        one.state
                            .event()
                            .map_or_else(String::new, |event| match one.state {
                                CandidateState::Merged(_) => format!(" into {event}"),
                                _ => format!(" as {event}"),
                            });
                    format!("{} “{}”{event}", one.state.label(), one.draft.headline)
                }
                many => format!("published {} candidates at once", many.len()),
            },
        }))
    }
}

/// Takes a decision back.
pub async fn undo(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let queue = QueueQuery::carried(form.text("queue"));
    let author = user.author();
    let change = Change {
        author: &author,
        reason: REASON,
    };
    let undone = match (form.text("candidate"), form.text("decision")) {
        ("", decision) => {
            let decision = decision.parse().map_err(|_| {
                WebError::Malformed(format!(
                    "Expected the number of a decision, but found “{decision}”."
                ))
            })?;
            state.store.undo_decision(decision, change).await
        }
        (candidate, _) => {
            let id: CandidateId = candidate.parse().map_err(|_| {
                WebError::Malformed(format!(
                    "Expected the number of a candidate, but found “{candidate}”."
                ))
            })?;
            state
                .store
                .reopen_candidate(id, change)
                .await
                .map(|candidate| vec![candidate])
        }
    };
    match undone {
        Ok(undone) => waiting_again(&state, &user, queue, &undone).await,
        Err(StoreError::NotFound) => Ok(see_other_with(
            &user.visitor,
            &queue.address("/admin/review", &[]),
            "That decision was taken back already. Nothing was changed.",
        )),
        Err(error) => Err(error.into()),
    }
}

/// Leads to what waits again.
async fn waiting_again(
    state: &AppState,
    user: &SignedIn,
    queue: QueueQuery,
    undone: &[Candidate],
) -> Result<HttpResponse, WebError> {
    let (place, sentence) = match undone {
        [one] => {
            let candidates = state.store.candidates_of(one.article).await?;
            let number = candidates
                .iter()
                .position(|candidate| candidate.id == one.id)
                .map_or(1, |index| index + 1);
            let event = one
                .state
                .event()
                .map_or_else(String::new, |event| match one.state {
                    CandidateState::Merged(_) => format!(" {event} has lost its source."),
                    _ => format!(" {event} was withdrawn."),
                });
            (
                place_of(&format!("/admin/review/{}", one.article), queue, number),
                format!("Taken back: “{}” waits again.{event}", one.draft.headline),
            )
        }
        many => (
            queue.address("/admin/review", &[]),
            format!(
                "Taken back: {} again.",
                counted_text(
                    i64::try_from(many.len()).unwrap_or(i64::MAX),
                    "candidate waits",
                    "candidates wait"
                )
            ),
        ),
    };
    Ok(see_other_with(&user.visitor, &place, &sentence))
}
