//! `/admin/review`: the articles whose candidates wait, under the queue's filters; and which article comes after which.

use std::collections::HashMap;

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{
        article::Article,
        id::{ArticleId, FeedId},
        kind::{Family, Kind},
    },
    store::review::{Candidate, QueueCursor, QueueEntry, QueueFilter, QueueOrder},
    web::{
        error::WebError,
        filters::{counted_text, short_day, short_instant},
        page::{Nav, Page, ok},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{queue_query::QueueQuery, review::decided_today, review_undo::LastDecision};

/// Articles on a page of the queue.
const QUEUE_PAGE: u32 = 50;
/// The confidence over which publishing at once is proposed, in percent.
const SURE: i64 = 90;

/// The queue.
#[derive(Template)]
#[template(path = "admin/review_queue.html")]
struct QueuePage {
    page: Page,
    waiting_line: String,
    articles: Vec<QueueRow>,
    filter: FilterView,
    /// How many candidates the filter leaves; `None` without a filter.
    left: Option<String>,
    decided: i64,
    all: i64,
    last: Option<LastDecision>,
    queue: String,
    /// The queue's filter but the least confidence, for publishing at once.
    carried: Vec<(String, String)>,
    /// Where the next page begins.
    more: Option<String>,
}

struct FilterView {
    feeds: Vec<FeedChoice>,
    families: Vec<(Family, Vec<(Kind, bool)>)>,
    least: i64,
    is_surest: bool,
    is_narrow: bool,
    /// The confidence that publishing at once begins with.
    bulk: i64,
}

struct FeedChoice {
    id: FeedId,
    title: String,
    is_chosen: bool,
}

struct QueueRow {
    href: String,
    title: String,
    publisher: String,
    published: String,
    recorded: String,
    waiting: i64,
    total: i64,
    surest: i64,
}

/// GET /admin/review: the articles whose candidates wait.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let queue = QueueQuery::of(&query);
    let after = cursor_of(query.text("after"));
    let mut entries = state
        .store
        .review_queue(&queue.0, after, QUEUE_PAGE + 1)
        .await?;
    let page_len = usize::try_from(QUEUE_PAGE).unwrap_or(usize::MAX);
    let more = (entries.len() > page_len)
        .then(|| entries.get(page_len - 1).map(QueueEntry::cursor))
        .flatten()
        .map(|cursor| {
            let after = format!("{}-{}", cursor.surest, cursor.article);
            queue.address("/admin/review", &[("after", after)])
        });
    entries.truncate(page_len);
    let page = Page::of_user(&state, &user, Nav::Review, "Review").await?;
    let left = if queue.narrows() {
        let count = state.store.waiting_count_of(&queue.0).await?;
        Some(waiting_text(count))
    } else {
        None
    };
    let decided = decided_today(&state).await?;
    Ok(ok(&QueuePage {
        waiting_line: format!("{}.", waiting_text(page.waiting)),
        articles: entries
            .into_iter()
            .map(|entry| queue_row(entry, queue))
            .collect(),
        filter: filter_view(&state, queue).await?,
        left,
        decided,
        all: decided + page.waiting,
        last: LastDecision::of(&state, &user.user).await?,
        queue: queue.to_string(),
        carried: queue.pairs_but_least(),
        page,
        more,
    }))
}

/// “640-17”: how sure, and the article.
fn cursor_of(text: &str) -> Option<QueueCursor> {
    let (surest, article) = text.split_once('-')?;
    Some(QueueCursor {
        surest: surest.parse().ok()?,
        article: article.parse().ok()?,
    })
}

async fn filter_view(state: &AppState, queue: QueueQuery) -> Result<FilterView, WebError> {
    let feeds = state.store.feeds().await?;
    let kinds = |family: Family| {
        family
            .kinds()
            .map(|kind| (kind, queue.0.kind == Some(kind)))
            .collect()
    };
    Ok(FilterView {
        feeds: feeds
            .into_iter()
            .map(|feed| FeedChoice {
                is_chosen: queue.0.feed == Some(feed.id),
                id: feed.id,
                title: [feed.title, feed.publisher, feed.url]
                    .into_iter()
                    .find(|name| !name.is_empty())
                    .unwrap_or_default(),
            })
            .collect(),
        families: Family::ALL
            .into_iter()
            .map(|family| (family, kinds(family)))
            .collect(),
        least: queue.least_percent(),
        is_surest: queue.0.order == QueueOrder::Surest,
        is_narrow: queue.narrows(),
        bulk: if queue.0.least > 0 {
            queue.least_percent()
        } else {
            SURE
        },
    })
}

/// “3 candidates wait for review”.
pub(super) fn waiting_text(waiting: i64) -> String {
    format!(
        "{} {} for review",
        counted_text(waiting, "candidate", "candidates"),
        if waiting == 1 { "waits" } else { "wait" }
    )
}

fn queue_row(entry: QueueEntry, queue: QueueQuery) -> QueueRow {
    let article = entry.article;
    QueueRow {
        href: queue.address(&format!("/admin/review/{}", article.id), &[]),
        title: title_of(&article),
        publisher: article.content.publisher,
        published: article
            .content
            .published
            .map_or_else(String::new, short_day),
        recorded: short_instant(article.recorded_at),
        waiting: entry.waiting,
        total: entry.total,
        surest: entry.surest / 10,
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

/// The titles of the articles that these candidates of the queue stand in.
pub(super) async fn titles_of(
    state: &AppState,
    filter: &QueueFilter,
    candidates: &[Candidate],
) -> Result<HashMap<ArticleId, String>, WebError> {
    let filter = QueueFilter {
        order: QueueOrder::Oldest,
        ..*filter
    };
    let mut articles: Vec<ArticleId> = candidates
        .iter()
        .map(|candidate| candidate.article)
        .collect();
    articles.dedup();
    let count = u32::try_from(articles.len()).unwrap_or(u32::MAX);
    let entries = state.store.review_queue(&filter, None, count).await?;
    Ok(entries
        .iter()
        .map(|entry| (entry.article.id, title_of(&entry.article)))
        .collect())
}

/// The article of the queue after this one; after the last, the first.
pub(super) async fn next_article(
    state: &AppState,
    this: ArticleId,
    queue: QueueQuery,
) -> Result<Option<ArticleId>, WebError> {
    let filter = queue.0;
    // under “surest first” the first of what is left is the next: this one's own place moves as it is decided
    let after = (filter.order == QueueOrder::Oldest).then_some(QueueCursor {
        surest: 0,
        article: this,
    });
    for after in [after, None] {
        let entries = state.store.review_queue(&filter, after, 2).await?;
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
