//! POST `/admin/review/ARTICLE/CANDIDATE`: one decision → a new event, one more source of an event, or a rejection.
//!
//! What the form leaves out stays as the reader of the article proposed it: fields, evidence and links to other candidates.
//! Another's decision stands: it is shown, and nothing is changed. Deciding one candidate leaves the forms of the others valid.

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
        evidence::EvidenceSpan,
        id::{CandidateId, EventId},
    },
    store::{
        Change, StoreError,
        review::{Candidate, CandidateState, Kept},
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
    offers::{LINKS_SHOWN, checked_relations, kept_links},
    queue_query::QueueQuery,
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
    let queue = QueueQuery::carried(form.text("queue"));
    let outcome = match form.text("do") {
        "accept" => accept(&state, &user, &article, &candidate, &form, &raw).await,
        "merge" => merge(&state, &user, &article, &candidate, &form, &raw).await,
        "reject" => reject(&state, &user, &candidate, form.text("reason")).await,
        other => Err(WebError::Malformed(format!(
            "Expected “do” to be accept, merge or reject, but found “{other}”."
        ))),
    };
    match outcome {
        Ok(Outcome::Done(sentence)) => {
            done(&state, &user, &article, candidate.id, queue, &sentence).await
        }
        Ok(Outcome::Faults(faults)) => {
            let view = View {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                sent: Some(Sent {
                    candidate: candidate.id,
                    raw,
                    faults,
                }),
                queue,
                ..View::default()
            };
            review::show(&state, &user, article, view).await
        }
        Ok(Outcome::Decided) => decided_already(&state, &user, article, &candidate, queue).await,
        Err(error) => Err(error),
    }
}

pub(super) async fn candidate_of(
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

/// What the form keeps of the candidate beside the event's fields: its links and its words.
fn kept(
    article: &Article,
    candidate: &Candidate,
    form: &CheckedForm,
) -> Result<Kept, Vec<FieldError>> {
    let is_shown = !form.text(LINKS_SHOWN).is_empty();
    Ok(Kept {
        links: kept_links(candidate, is_shown, form.all("link")),
        spans: spans(article, candidate, form.text("evidence"))?,
    })
}

/// The words of the form, where they are others than those proposed: they must stand in the article.
fn spans(
    article: &Article,
    candidate: &Candidate,
    typed: &str,
) -> Result<Option<Vec<EvidenceSpan>>, Vec<FieldError>> {
    let same = |text: &str| text.split_whitespace().eq(typed.split_whitespace());
    let first = candidate.spans.first();
    if typed.is_empty() || first.is_some_and(|first| same(&first.text)) {
        return Ok(None);
    }
    let Some(span) = EvidenceSpan::of_words(&article.content.text, typed) else {
        return Err(vec![FieldError {
            field: "evidence",
            message: "expected words that stand in the article, but did not find these in it"
                .to_owned(),
        }]);
    };
    let rest = candidate.spans.iter().skip(1);
    Ok(Some(std::iter::once(span).chain(rest.cloned()).collect()))
}

async fn accept(
    state: &AppState,
    user: &SignedIn,
    article: &Article,
    candidate: &Candidate,
    form: &CheckedForm,
    raw: &RawFields,
) -> Result<Outcome, WebError> {
    let register = state.register().await?;
    let mut raw = raw.clone();
    for relation in checked_relations(form.all("link")) {
        let relations = raw.entry("relations".to_owned()).or_default();
        if !relations.is_empty() {
            relations.push('|');
        }
        relations.push_str(relation);
    }
    let (read, kept) = (
        event_fields::read(&raw, &register),
        kept(article, candidate, form),
    );
    let (mut draft, kept): (EventDraft, Kept) = match (read, kept) {
        (Ok(draft), Ok(kept)) => (draft, kept),
        (read, kept) => {
            let mut faults = read.err().unwrap_or_default();
            faults.extend(kept.err().unwrap_or_default());
            return Ok(Outcome::Faults(faults));
        }
    };
    // the article is a source already, with its evidence
    draft
        .sources
        .retain(|source| source.url != article.content.url);
    let author = user.author();
    let change = Change {
        author: &author,
        reason: form.text("reason"),
    };
    match state
        .store
        .accept_candidate(candidate.id, &draft, kept, change)
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
    article: &Article,
    candidate: &Candidate,
    form: &CheckedForm,
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
    let kept = match kept(article, candidate, form) {
        Ok(kept) => kept,
        Err(faults) => return Ok(Outcome::Faults(faults)),
    };
    let author = user.author();
    let change = Change {
        author: &author,
        reason: form.text("reason"),
    };
    match state
        .store
        .merge_candidate(candidate.id, into, kept, change)
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

/// Leads to the next candidate that waits, the one after this first, or to the head of the page.
async fn done(
    state: &AppState,
    user: &SignedIn,
    article: &Article,
    this: CandidateId,
    queue: QueueQuery,
    sentence: &str,
) -> Result<HttpResponse, WebError> {
    let candidates = state.store.candidates_of(article.id).await?;
    let at = candidates
        .iter()
        .position(|candidate| candidate.id == this)
        .unwrap_or(0);
    let waiting: Vec<usize> = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.state == CandidateState::Waiting)
        .map(|(index, _)| index)
        .collect();
    let next = waiting.iter().find(|index| **index > at);
    let path = format!("/admin/review/{}", article.id);
    let (place, left) = match next.or(waiting.first()) {
        Some(index) => (
            place_of(&path, queue, index + 1),
            format!("{} of this article left.", waiting.len()),
        ),
        None => (
            queue.address(&path, &[]),
            "Every candidate of this article is decided.".to_owned(),
        ),
    };
    Ok(see_other_with(
        &user.visitor,
        &place,
        &format!("{sentence} {left}"),
    ))
}

/// Where a candidate stands open on an article's page.
pub(super) fn place_of(path: &str, queue: QueueQuery, number: usize) -> String {
    format!(
        "{}#c{number}",
        queue.address(path, &[("open", number.to_string())])
    )
}

/// Another decided first: the page says who and what, and nothing was changed.
async fn decided_already(
    state: &AppState,
    user: &SignedIn,
    article: Article,
    candidate: &Candidate,
    queue: QueueQuery,
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
        problem: Some(format!(
            "Candidate {number} was already {what}. Your decision changed nothing."
        )),
        queue,
        ..View::default()
    };
    review::show(state, user, article, view).await
}
