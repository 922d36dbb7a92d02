//! `/admin/review/bulk`: every candidate of the queue over a confidence → first a list of what publishing them would do, then
//! all of them in one decision, which is taken back in one step.

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{
        event::EventDraft,
        id::{ArticleId, CandidateId, EventId},
        kind::Kind,
        matching::{Offer, is_identical},
        modality::Modality,
    },
    store::{
        Change, EventMatch,
        review::{Candidate, QueueFilter},
    },
    web::{
        error::WebError,
        filters::counted_text,
        forms::CheckedForm,
        page::{Nav, Page, html, see_other_with},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    candidate_view::{percent, route},
    queue_query::QueueQuery,
    review_queue::titles_of,
};

/// The most candidates that one decision publishes.
const MOST: u32 = 200;

/// The list of what would be published.
#[derive(Template)]
#[template(path = "admin/review_bulk.html")]
struct BulkPage {
    page: Page,
    least: i64,
    queue: String,
    /// The queue's filter but the least confidence, for the form that lists anew.
    carried: Vec<(String, String)>,
    back: String,
    articles: Vec<BulkArticle>,
    count: i64,
    new: usize,
    merged: usize,
    /// How many of the queue come after these.
    left: i64,
}

struct BulkArticle {
    id: ArticleId,
    title: String,
    rows: Vec<BulkRow>,
}

struct BulkRow {
    id: CandidateId,
    kind: Kind,
    modality: Modality,
    headline: String,
    route: String,
    when: String,
    percent: i64,
    becomes: Becomes,
}

/// What publishing a candidate makes of it.
enum Becomes {
    /// One more source of this event.
    SourceOf(EventId),
    /// One more source of what the candidate of this headline, further up, becomes.
    SourceOfAbove(String),
    /// A new event, though it may be this one on record.
    NewYetAlike(EventId, String),
    /// A new event.
    New,
}

impl Becomes {
    const fn is_new(&self) -> bool {
        matches!(self, Self::New | Self::NewYetAlike(..))
    }
}

/// GET /admin/review/bulk: what would be published.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let queue = QueueQuery::of(&query);
    let candidates = state.store.waiting_candidates(&queue.0, MOST).await?;
    let all = state.store.waiting_count_of(&queue.0).await?;
    let drafts: Vec<&EventDraft> = candidates
        .iter()
        .map(|candidate| &candidate.draft)
        .collect();
    let matches = state.store.matches(&drafts).await?;
    let titles = titles_of(&state, &queue.0, &candidates).await?;
    let mut articles: Vec<BulkArticle> = Vec::new();
    for (place, (candidate, matches)) in candidates.iter().zip(&matches).enumerate() {
        let row = row(
            candidate,
            matches,
            candidates.get(..place).unwrap_or_default(),
        );
        match articles.last_mut() {
            Some(last) if last.id == candidate.article => last.rows.push(row),
            _ => articles.push(BulkArticle {
                id: candidate.article,
                title: title(&titles, candidate.article),
                rows: vec![row],
            }),
        }
    }
    let count = i64::try_from(candidates.len()).unwrap_or(i64::MAX);
    let rows = || articles.iter().flat_map(|article| &article.rows);
    let merged = rows().filter(|row| !row.becomes.is_new()).count();
    Ok(html(
        StatusCode::OK,
        &BulkPage {
            page: Page::of_user(&state, &user, Nav::Review, "Publish many at once").await?,
            least: queue.least_percent(),
            queue: queue.to_string(),
            carried: queue.pairs_but_least(),
            back: queue.address("/admin/review", &[]),
            count,
            new: candidates.len() - merged,
            merged,
            left: all - count,
            articles,
        },
    ))
}

fn title(titles: &HashMap<ArticleId, String>, id: ArticleId) -> String {
    titles
        .get(&id)
        .cloned()
        .unwrap_or_else(|| format!("Article {id}"))
}

fn row(candidate: &Candidate, matches: &[EventMatch], above: &[Candidate]) -> BulkRow {
    let draft = &candidate.draft;
    BulkRow {
        id: candidate.id,
        kind: draft.kind,
        modality: draft.modality,
        headline: draft.headline.clone(),
        route: route(draft),
        when: draft.date.words(None).heading,
        percent: percent(candidate),
        becomes: becomes(draft, matches, above),
    }
}

/// What publishing makes of a draft, those above it being published first.
fn becomes(draft: &EventDraft, matches: &[EventMatch], above: &[Candidate]) -> Becomes {
    let identical = matches
        .iter()
        .filter(|one| is_identical(draft, &one.event.content))
        .min_by_key(|one| one.event.content.modality != draft.modality);
    if let Some(one) = identical {
        return Becomes::SourceOf(one.event.id);
    }
    let same = above.iter().find(|above| is_identical(draft, &above.draft));
    if let Some(above) = same {
        return Becomes::SourceOfAbove(above.draft.headline.clone());
    }
    matches
        .iter()
        .find(|one| one.found.offer == Offer::Source)
        .map_or(Becomes::New, |one| {
            Becomes::NewYetAlike(one.event.id, one.event.content.headline.clone())
        })
}

/// POST /admin/review/bulk: publishes those that were ticked.
pub async fn publish(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let queue = QueueQuery::carried(form.text("queue"));
    let mut ids: Vec<CandidateId> = Vec::new();
    for written in form.all("candidate") {
        ids.push(written.parse().map_err(|_| {
            WebError::Malformed(format!(
                "Expected the number of a candidate, but found “{written}”."
            ))
        })?);
    }
    ids.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    let back = queue.address("/admin/review", &[]);
    if ids.is_empty() {
        return Ok(see_other_with(
            &user.visitor,
            &back,
            "Nothing was ticked, so nothing was published.",
        ));
    }
    let author = user.author();
    let reason = match queue.0 {
        QueueFilter { least: 0, .. } => "published with others at once".to_owned(),
        _ => format!(
            "published with others of {} % confidence or more",
            queue.least_percent()
        ),
    };
    let change = Change {
        author: &author,
        reason: &reason,
    };
    let published = state.store.publish_candidates(&ids, change).await?;
    let mut sentence = format!(
        "Published {}; {} became one more source of an event on record.",
        counted_text(published.new, "new event", "new events"),
        counted_text(published.merged, "candidate", "candidates")
    );
    if published.passed > 0 {
        sentence.push(' ');
        sentence.push_str(&counted_text(
            published.passed,
            "candidate was",
            "candidates were",
        ));
        sentence.push_str(" decided by somebody meanwhile and left as it was.");
    }
    Ok(see_other_with(&user.visitor, &back, &sentence))
}
