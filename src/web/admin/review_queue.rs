//! `/admin/review`: the articles whose candidates wait, the oldest first; and which article comes after which.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{article::Article, id::ArticleId},
    store::review::QueueEntry,
    web::{
        error::WebError,
        filters::{counted_text, short_day, short_instant},
        page::{Nav, Page, ok},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

/// Articles on a page of the queue.
const QUEUE_PAGE: u32 = 50;

/// The queue.
#[derive(Template)]
#[template(path = "admin/review_queue.html")]
struct QueuePage {
    page: Page,
    waiting_line: String,
    articles: Vec<QueueRow>,
    /// The article after which the next page begins.
    more: Option<ArticleId>,
}

struct QueueRow {
    id: ArticleId,
    title: String,
    publisher: String,
    published: String,
    recorded: String,
    waiting: i64,
    total: i64,
}

/// GET /admin/review: the articles whose candidates wait, the oldest first.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let after = query.text("after").parse().ok();
    let mut entries = state.store.review_queue(after, QUEUE_PAGE + 1).await?;
    let page_len = usize::try_from(QUEUE_PAGE).unwrap_or(usize::MAX);
    let more = (entries.len() > page_len)
        .then(|| entries.get(page_len - 1).map(|entry| entry.article.id))
        .flatten();
    entries.truncate(page_len);
    let page = Page::of_user(&state, &user, Nav::Review, "Review").await?;
    Ok(ok(&QueuePage {
        waiting_line: format!("{}.", waiting_text(page.waiting)),
        page,
        articles: entries.into_iter().map(queue_row).collect(),
        more,
    }))
}

/// “3 candidates wait for review”.
pub(super) fn waiting_text(waiting: i64) -> String {
    format!(
        "{} {} for review",
        counted_text(waiting, "candidate", "candidates"),
        if waiting == 1 { "waits" } else { "wait" }
    )
}

fn queue_row(entry: QueueEntry) -> QueueRow {
    let article = entry.article;
    QueueRow {
        id: article.id,
        title: title_of(&article),
        publisher: article.content.publisher,
        published: article
            .content
            .published
            .map_or_else(String::new, short_day),
        recorded: short_instant(article.recorded_at),
        waiting: entry.waiting,
        total: entry.total,
    }
}

/// An article's title, or its number where it has none.
pub(super) fn title_of(article: &Article) -> String {
    if article.content.title.is_empty() {
        format!("Article {}", article.id)
    } else {
        article.content.title.clone()
    }
}

/// The article of the queue after this one; after the last, the first.
pub(super) async fn next_article(
    state: &AppState,
    this: ArticleId,
) -> Result<Option<ArticleId>, WebError> {
    for after in [Some(this), None] {
        let entries = state.store.review_queue(after, 2).await?;
        let next = entries
            .iter()
            .map(|entry| entry.article.id)
            .find(|id| *id != this);
        if next.is_some() {
            return Ok(next);
        }
    }
    Ok(None)
}
