//! `/admin/review/ARTICLE`: one article with its evidence marked, beside its candidates, each a form.
//!
//! Deciding is left to [`super::review_decision`], marking to [`super::marks`], the candidates to [`super::candidate_view`].

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    domain::{article::Article, id::ArticleId},
    web::{
        error::{Missing, WebError},
        filters::short_instant,
        page::{Nav, Page, html},
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    candidate_view::{self, CandidateView, Sent, Standing},
    marks::{self, Evidence, Piece},
    review_queue::{next_article, title_of, waiting_text},
};

/// One article beside its candidates.
#[derive(Template)]
#[template(path = "admin/review.html")]
struct ReviewPage {
    page: Page,
    article: ArticleView,
    progress: Progress,
    candidates: Vec<CandidateView>,
    next: Option<ArticleId>,
    /// What stands against the decision that was sent.
    problem: Option<String>,
}

struct ArticleView {
    id: ArticleId,
    publisher: String,
    published: Option<Day>,
    recorded: String,
    url: String,
    paragraphs: Vec<ParagraphView>,
    /// The new-event form with what is known of the article.
    add_event: String,
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
    queue: String,
}

/// GET /admin/review/{article}: the article with its evidence marked, beside its candidates.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let article = article_of(&state, &id).await?;
    show(&state, &user, article, View::default()).await
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
    pub sent: Option<Sent>,
    pub problem: Option<String>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            status: StatusCode::OK,
            sent: None,
            problem: None,
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
    let evidence: Vec<Evidence<'_>> = candidates
        .iter()
        .enumerate()
        .map(|(index, candidate)| Evidence {
            number: index + 1,
            kind: candidate.draft.kind,
            spans: &candidate.spans,
        })
        .collect();
    let paragraphs = marks::paragraphs(&article.content.text, &evidence);
    let mut shown = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let sent = view
            .sent
            .as_ref()
            .filter(|sent| sent.candidate == candidate.id);
        shown.push(candidate_view::view(state, index + 1, candidate, sent, &register).await?);
    }
    let page = Page::of_user(state, user, Nav::Review, title_of_page(&article, &view)).await?;
    Ok(html(
        view.status,
        &ReviewPage {
            progress: Progress {
                decided: shown
                    .iter()
                    .filter(|candidate| matches!(candidate.standing, Standing::Decided(_)))
                    .count(),
                total: shown.len(),
                queue: waiting_text(page.waiting),
            },
            next: next_article(state, article.id).await?,
            article: article_view(article, paragraphs),
            page,
            candidates: shown,
            problem: view.problem,
        },
    ))
}

fn title_of_page(article: &Article, view: &View) -> String {
    let title = format!("Review: {}", title_of(article));
    if view.status == StatusCode::OK {
        title
    } else {
        format!("Error: {title}")
    }
}

fn article_view(article: Article, paragraphs: Vec<marks::Paragraph>) -> ArticleView {
    let title = title_of(&article);
    let content = article.content;
    let mut shown: Vec<ParagraphView> = paragraphs
        .into_iter()
        .enumerate()
        .map(|(index, pieces)| ParagraphView {
            is_title: index == 0 && marks::words_of(&pieces) == title,
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
        add_event: format!("/admin/events/new?{known}"),
    }
}
