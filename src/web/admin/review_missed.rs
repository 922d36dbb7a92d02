//! POST `/admin/review/ARTICLE/missed`: words of the article that tell an event that the extractor missed → a candidate like
//! any other, to be filled in and accepted.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use crate::{
    domain::{
        edtf::Edtf, event::EventDraft, evidence::EvidenceSpan, kind::Kind, limits::limits,
        modality::Modality, status::Status,
    },
    store::review::{BY_HAND, NewCandidate},
    web::{
        error::WebError, forms::CheckedForm, page::see_other_with, state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    queue_query::QueueQuery,
    review::{self, View, article_of},
    review_decision::place_of,
};

/// Marks words of an article as an event.
pub async fn mark(
    state: Data<AppState>,
    user: SignedIn,
    id: Path<String>,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let article = article_of(&state, &id).await?;
    let queue = QueueQuery::carried(form.text("queue"));
    let words = form.text("words");
    let Some(span) = EvidenceSpan::of_words(&article.content.text, words) else {
        let view = View {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            queue,
            missed: Some(words.to_owned()),
            ..View::default()
        };
        return review::show(&state, &user, article, view).await;
    };
    let today = state.store.clock().today();
    let candidate = NewCandidate {
        draft: draft(&span, Edtf::day(article.content.published.unwrap_or(today))),
        spans: vec![span],
        rules: vec![BY_HAND.to_owned()],
        confidence: 1000,
        links: Vec::new(),
    };
    let id = state.store.add_candidate(article.id, &candidate).await?;
    let candidates = state.store.candidates_of(article.id).await?;
    let number = candidates
        .iter()
        .position(|candidate| candidate.id == id)
        .map_or(1, |index| index + 1);
    Ok(see_other_with(
        &user.visitor,
        &place_of(&format!("/admin/review/{}", article.id), queue, number),
        &format!("Marked as candidate {number}. Fill in who acts, when and what, then accept it."),
    ))
}

/// What can be known of an event from its words alone.
fn draft(span: &EvidenceSpan, date: Edtf) -> EventDraft {
    let words = span.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let headline: String = words.chars().take(limits().headline).collect();
    EventDraft {
        kind: Kind::Statement,
        date,
        date_text: String::new(),
        modality: Modality::Occurred,
        headline,
        summary: String::new(),
        quote: String::new(),
        speakers: Vec::new(),
        actors: Vec::new(),
        targets: Vec::new(),
        named: Vec::new(),
        place: String::new(),
        effective_date: None,
        authority: String::new(),
        program: String::new(),
        legal_url: String::new(),
        list_ids: Vec::new(),
        tags: Vec::new(),
        status: Status::Published,
        confidence: None,
        relations: Vec::new(),
        judgement: None,
        sources: Vec::new(),
    }
}
