//! `/admin/review/ARTICLE`: one article with its evidence marked, beside its candidates, each a form, one of them open.
//!
//! Deciding is left to [`super::review_decision`], taking back to [`super::review_undo`], the candidates to
//! [`super::candidate_view`], what they may belong to to [`super::offers`].

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    domain::{
        article::Article,
        clock::Timestamp,
        event::EventDraft,
        id::{ArticleId, CandidateId},
        kind::Kind,
    },
    store::{
        EventMatch,
        review::{Candidate, CandidateState},
    },
    web::{
        error::{Missing, WebError},
        filters::short_instant,
        marked::{self, Piece, Stretch},
        page::{Nav, Page, html},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    candidate_view::{CandidateView, Scene, Sent, Standing},
    offers::Neighbour,
    queue_query::QueueQuery,
    review_queue::{next_article, title_of},
    review_undo::LastDecision,
};

/// Microseconds of a day.
const DAY_MICROS: i64 = 86_400_000_000;

/// One article beside its candidates.
#[derive(Template)]
#[template(path = "admin/review.html")]
struct ReviewPage {
    page: Page,
    article: ArticleView,
    progress: Progress,
    candidates: Vec<CandidateView>,
    /// How the candidates are sorted, and the address of the other way.
    order: Order,
    resort: String,
    /// The queue's filter, which every form carries along.
    queue: String,
    next: Option<String>,
    back: String,
    /// What this editor decided last, to be taken back.
    last: Option<LastDecision>,
    /// What stands against the decision that was sent.
    problem: Option<String>,
    /// Words that were to be marked as an event and do not stand in the article.
    missed: Option<String>,
}

impl ReviewPage {
    /// What a mark's number stands for; `of` counts the candidates from 0 in the order of the text.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates hand over references"
    )]
    fn mark(&self, of: &usize) -> Mark {
        self.article.marks.get(*of).copied().unwrap_or(Mark {
            number: 0,
            kind: Kind::Statement,
            is_open: false,
        })
    }
}

/// How the candidates are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Text,
    Confidence,
}

impl Order {
    fn is_text(self) -> bool {
        self == Self::Text
    }
}

struct ArticleView {
    id: ArticleId,
    publisher: String,
    published: Option<Day>,
    recorded: String,
    url: String,
    paragraphs: Vec<ParagraphView>,
    marks: Vec<Mark>,
    /// The new-event form with what is known of the article.
    add_event: String,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    number: usize,
    kind: Kind,
    is_open: bool,
}

struct Day {
    iso: String,
    words: String,
}

struct ParagraphView {
    is_title: bool,
    pieces: Vec<Piece>,
}

struct Progress {
    decided: usize,
    total: usize,
    /// Candidates of any article that were decided today.
    today: i64,
    /// Those and what waits.
    queue: i64,
}

/// GET /admin/review/{article}: the article with its evidence marked, beside its candidates.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    id: Path<String>,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let article = article_of(&state, &id).await?;
    let view = View {
        queue: QueueQuery::of(&query),
        open: query.text("open").parse().ok(),
        order: match query.text("sort") {
            "confidence" => Order::Confidence,
            _ => Order::Text,
        },
        ..View::default()
    };
    show(&state, &user, article, view).await
}

/// The article of an address.
pub(super) async fn article_of(state: &AppState, id: &str) -> Result<Article, WebError> {
    let unknown = || WebError::NotFound(Missing::Article(id.to_owned()));
    let id: ArticleId = id.parse().map_err(|_| unknown())?;
    state.store.article(id).await?.ok_or_else(unknown)
}

/// What a page of review shows this time.
pub(super) struct View {
    pub status: StatusCode,
    pub queue: QueueQuery,
    /// The number of the candidate that is shown open; else the first that waits.
    pub open: Option<usize>,
    pub sent: Option<Sent>,
    pub problem: Option<String>,
    pub missed: Option<String>,
    pub order: Order,
}

impl Default for View {
    fn default() -> Self {
        Self {
            status: StatusCode::OK,
            queue: QueueQuery::default(),
            open: None,
            sent: None,
            problem: None,
            missed: None,
            order: Order::Text,
        }
    }
}

/// Shows an article beside its candidates.
pub(super) async fn show(
    state: &AppState,
    user: &SignedIn,
    article: Article,
    view: View,
) -> Result<HttpResponse, WebError> {
    let register = state.register().await?;
    let candidates = state.store.candidates_of(article.id).await?;
    let matches = matches(state, &candidates).await?;
    let open = opened(&candidates, &view);
    let neighbours: Vec<Neighbour<'_>> = candidates
        .iter()
        .enumerate()
        .map(|(index, candidate)| Neighbour {
            number: index + 1,
            candidate,
        })
        .collect();
    let scene = Scene {
        text: &article.content.text,
        register: &register,
        sent: view.sent.as_ref(),
        open,
    };
    let mut shown: Vec<(i64, CandidateView)> = neighbours
        .iter()
        .zip(&matches)
        .map(|(one, matches)| {
            let candidate = one.candidate;
            let view = scene.view(one.number, candidate, matches, &neighbours);
            (candidate.confidence, view)
        })
        .collect();
    if view.order == Order::Confidence {
        shown.sort_by_key(|(confidence, _)| -confidence);
    }
    let shown: Vec<CandidateView> = shown.into_iter().map(|(_, view)| view).collect();
    let page = Page::of_user(state, user, Nav::Review, title_of_page(&article, &view)).await?;
    let today = decided_today(state).await?;
    let path = format!("/admin/review/{}", article.id);
    let resort = match view.order {
        Order::Text => vec![("sort", "confidence".to_owned())],
        Order::Confidence => Vec::new(),
    };
    Ok(html(
        view.status,
        &ReviewPage {
            progress: Progress {
                decided: shown
                    .iter()
                    .filter(|candidate| matches!(candidate.standing, Standing::Decided(_)))
                    .count(),
                total: shown.len(),
                today,
                queue: today + page.waiting,
            },
            order: view.order,
            resort: view.queue.address(&path, &resort),
            next: next_article(state, article.id, view.queue)
                .await?
                .map(|next| view.queue.address(&format!("/admin/review/{next}"), &[])),
            back: view.queue.address("/admin/review", &[]),
            queue: view.queue.to_string(),
            last: LastDecision::of(state, &user.user).await?,
            article: article_view(article, &candidates, open),
            page,
            candidates: shown,
            problem: view.problem,
            missed: view.missed,
        },
    ))
}

/// The candidate that is shown open: the one that was sent, the one asked for, the first that waits.
fn opened(candidates: &[Candidate], view: &View) -> Option<CandidateId> {
    let is_waiting = |candidate: &&Candidate| candidate.state == CandidateState::Waiting;
    if let Some(sent) = &view.sent {
        return Some(sent.candidate);
    }
    let asked = view
        .open
        .and_then(|number| candidates.get(number.checked_sub(1)?))
        .filter(is_waiting);
    let surest = || {
        let waiting = candidates.iter().filter(is_waiting);
        match view.order {
            Order::Text => waiting.min_by_key(|_| 0),
            Order::Confidence => waiting.min_by_key(|candidate| -candidate.confidence),
        }
    };
    asked.or_else(surest).map(|candidate| candidate.id)
}

/// What the record holds alike of each candidate that waits; of a decided one nothing.
async fn matches(
    state: &AppState,
    candidates: &[Candidate],
) -> Result<Vec<Vec<EventMatch>>, WebError> {
    let is_waiting = |candidate: &&Candidate| candidate.state == CandidateState::Waiting;
    let drafts: Vec<&EventDraft> = candidates
        .iter()
        .filter(is_waiting)
        .map(|candidate| &candidate.draft)
        .collect();
    let mut found = state.store.matches(&drafts).await?.into_iter();
    Ok(candidates
        .iter()
        .map(|candidate| match candidate.state {
            CandidateState::Waiting => found.next().unwrap_or_default(),
            _ => Vec::new(),
        })
        .collect())
}

/// How many candidates were decided since the day began, in UTC.
pub(super) async fn decided_today(state: &AppState) -> Result<i64, WebError> {
    let now = state.store.clock().now();
    let began = now.micros() - now.micros().rem_euclid(DAY_MICROS);
    let began = Timestamp::from_micros(began).unwrap_or(now);
    Ok(state.store.decided_since(began).await?)
}

fn title_of_page(article: &Article, view: &View) -> String {
    let title = format!("Review: {}", title_of(article));
    if view.status == StatusCode::OK {
        title
    } else {
        format!("Error: {title}")
    }
}

fn article_view(
    article: Article,
    candidates: &[Candidate],
    open: Option<CandidateId>,
) -> ArticleView {
    let stretches: Vec<Stretch> = candidates
        .iter()
        .enumerate()
        .flat_map(|(of, candidate)| Stretch::all(&candidate.spans, of))
        .collect();
    let paragraphs = marked::paragraphs(&article.content.text, &stretches);
    let title = title_of(&article);
    let content = article.content;
    let mut shown: Vec<ParagraphView> = paragraphs
        .into_iter()
        .enumerate()
        .map(|(index, pieces)| ParagraphView {
            is_title: index == 0 && marked::words_of(&pieces) == title,
            pieces,
        })
        .collect();
    if !shown.first().is_some_and(|first| first.is_title) {
        let pieces = vec![Piece::Plain(title)];
        let is_title = true;
        shown.insert(0, ParagraphView { is_title, pieces });
    }
    let known: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("source_url", &content.url)
        .append_pair(
            "date",
            &content
                .published
                .map_or_else(String::new, |day| day.to_string()),
        )
        .finish();
    ArticleView {
        id: article.id,
        publisher: content.publisher,
        published: content.published.map(|day| Day {
            iso: day.to_string(),
            words: day.format("%a %-d %b %Y").to_string(),
        }),
        recorded: format!("{} UTC", short_instant(article.recorded_at)),
        url: content.url,
        paragraphs: shown,
        marks: candidates
            .iter()
            .enumerate()
            .map(|(index, candidate)| Mark {
                number: index + 1,
                kind: candidate.draft.kind,
                is_open: open == Some(candidate.id),
            })
            .collect(),
        add_event: format!("/admin/events/new?{known}"),
    }
}
