//! POST `/admin/review/ARTICLE/CANDIDATE`: one decision → a new event, one more source of an event, or a rejection.
//!
//! What the form leaves out stays as the reader of the article proposed it. Another's decision stands: it is shown, and
//! nothing is changed. Deciding one candidate leaves the forms of the others valid.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use crate::{
    domain::{
        article::Article,
        draft::{FieldError, RawFields},
        event::EventDraft,
        id::EventId,
    },
    store::{
        Change, StoreError,
        review::{Candidate, CandidateState},
    },
    web::{
        error::{Missing, WebError},
        forms::CheckedForm,
        page::see_other_with,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    candidate_view::Sent,
    event_fields,
    event_new::rule_of_the_record,
    review::{self, View, article_of},
};

/// What came of a decision.
enum Outcome {
    /// It was taken: a sentence.
    Done(String),
    /// Fields stand against it.
    Faults(Vec<FieldError>),
    /// Somebody decided first.
    Decided,
}

/// Decides one candidate.
pub async fn decide(
    state: Data<AppState>,
    user: SignedIn,
    path: Path<(String, String)>,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let (article, candidate) = path.into_inner();
    let article = article_of(&state, &article).await?;
    let candidate = candidate_of(&state, &article, &candidate).await?;
    let mut raw = event_fields::texts_of(&candidate.draft);
    raw.extend(form.raw());
    if let Some(into) = form.all("merge").find(|into| !into.is_empty()) {
        raw.insert("merge".to_owned(), into.to_owned());
    }
    let outcome = match form.text("do") {
        "accept" => accept(&state, &user, &article, &candidate, &raw).await,
        "merge" => merge(&state, &user, &candidate, &raw).await,
        "reject" => reject(&state, &user, &candidate, form.text("reason")).await,
        other => Err(WebError::Malformed(format!(
            "Expected “do” to be accept, merge or reject, but found “{other}”."
        ))),
    };
    match outcome {
        Ok(Outcome::Done(sentence)) => done(&state, &user, &article, &sentence).await,
        Ok(Outcome::Faults(faults)) => {
            let view = View {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                sent: Some(Sent {
                    candidate: candidate.id,
                    raw,
                    faults,
                }),
                problem: None,
            };
            review::show(&state, &user, article, view).await
        }
        Ok(Outcome::Decided) => decided_already(&state, &user, article, &candidate).await,
        Err(error) => Err(error),
    }
}

async fn candidate_of(
    state: &AppState,
    article: &Article,
    id: &str,
) -> Result<Candidate, WebError> {
    let unknown = || {
        WebError::NotFound(Missing::Other(format!(
            "There is no candidate {id} of this article on record."
        )))
    };
    let number = id.parse().map_err(|_| unknown())?;
    state
        .store
        .candidate(number)
        .await?
        .filter(|candidate| candidate.article == article.id)
        .ok_or_else(unknown)
}

async fn accept(
    state: &AppState,
    user: &SignedIn,
    article: &Article,
    candidate: &Candidate,
    raw: &RawFields,
) -> Result<Outcome, WebError> {
    let register = state.register().await?;
    let mut draft: EventDraft = match event_fields::read(raw, &register) {
        Ok(draft) => draft,
        Err(faults) => return Ok(Outcome::Faults(faults)),
    };
    // the article is a source already, with its evidence
    draft
        .sources
        .retain(|source| source.url != article.content.url);
    draft.confidence = Some(candidate.confidence);
    let reason = raw.get("reason").map_or("", |reason| reason.trim());
    let author = user.author();
    let change = Change {
        author: &author,
        reason,
    };
    match state
        .store
        .accept_candidate(candidate.id, &draft, change)
        .await
    {
        Ok(event) => Ok(Outcome::Done(format!("Accepted as {}.", event.id))),
        Err(StoreError::Refused(message)) => Ok(Outcome::Faults(vec![rule_of_the_record(message)])),
        Err(StoreError::Decided { .. }) => Ok(Outcome::Decided),
        Err(error) => Err(error.into()),
    }
}

async fn merge(
    state: &AppState,
    user: &SignedIn,
    candidate: &Candidate,
    raw: &RawFields,
) -> Result<Outcome, WebError> {
    let written = raw.get("merge").map_or("", |into| into.trim());
    let fault = |message: String| {
        Ok(Outcome::Faults(vec![FieldError {
            field: "merge",
            message,
        }]))
    };
    if written.is_empty() {
        return fault("expected the event to merge into, but none was chosen".to_owned());
    }
    let into: EventId = match written.parse() {
        Ok(into) => into,
        Err(error) => return fault(format!("{error}")),
    };
    let reason = raw.get("reason").map_or("", |reason| reason.trim());
    let author = user.author();
    let change = Change {
        author: &author,
        reason,
    };
    match state
        .store
        .merge_candidate(candidate.id, into, change)
        .await
    {
        Ok(event) => Ok(Outcome::Done(format!("Merged into {}.", event.id))),
        Err(StoreError::NotFound | StoreError::Gone) => {
            fault(format!("there is no event {into} on record to merge into"))
        }
        Err(StoreError::Refused(message)) => fault(message),
        Err(StoreError::Decided { .. }) => Ok(Outcome::Decided),
        Err(error) => Err(error.into()),
    }
}

async fn reject(
    state: &AppState,
    user: &SignedIn,
    candidate: &Candidate,
    reason: &str,
) -> Result<Outcome, WebError> {
    let author = user.author();
    let change = Change {
        author: &author,
        reason,
    };
    match state.store.reject_candidate(candidate.id, change).await {
        Ok(()) => Ok(Outcome::Done(format!(
            "Rejected: {}.",
            candidate.draft.headline
        ))),
        Err(StoreError::Decided { .. }) => Ok(Outcome::Decided),
        Err(error) => Err(error.into()),
    }
}

/// Leads to the next candidate that waits, or to the head of the page.
async fn done(
    state: &AppState,
    user: &SignedIn,
    article: &Article,
    sentence: &str,
) -> Result<HttpResponse, WebError> {
    let candidates = state.store.candidates_of(article.id).await?;
    let is_waiting = |candidate: &Candidate| candidate.state == CandidateState::Waiting;
    let left = candidates
        .iter()
        .filter(|candidate| is_waiting(candidate))
        .count();
    let (place, left) = match candidates.iter().position(is_waiting) {
        Some(index) => (
            format!("/admin/review/{}#c{}", article.id, index + 1),
            format!("{left} of this article left."),
        ),
        None => (
            format!("/admin/review/{}", article.id),
            "Every candidate of this article is decided.".to_owned(),
        ),
    };
    Ok(see_other_with(
        &user.visitor,
        &place,
        &format!("{sentence} {left}"),
    ))
}

/// Another decided first: the page says who and what, and nothing was changed.
async fn decided_already(
    state: &AppState,
    user: &SignedIn,
    article: Article,
    candidate: &Candidate,
) -> Result<HttpResponse, WebError> {
    let candidates = state.store.candidates_of(article.id).await?;
    let number = candidates
        .iter()
        .position(|other| other.id == candidate.id)
        .map_or(0, |index| index + 1);
    let now = candidates
        .into_iter()
        .find(|other| other.id == candidate.id);
    let what = now.map_or_else(String::new, |now| {
        let what = match now.state {
            CandidateState::Accepted(event) => format!("accepted as {event}"),
            CandidateState::Merged(event) => format!("merged into {event}"),
            CandidateState::Rejected | CandidateState::Waiting => "rejected".to_owned(),
        };
        format!("{what} by {}", now.decided_by)
    });
    let view = View {
        status: StatusCode::CONFLICT,
        sent: None,
        problem: Some(format!(
            "Candidate {number} was already {what}. Your decision changed nothing."
        )),
    };
    review::show(state, user, article, view).await
}
