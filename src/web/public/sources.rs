//! Publishers, and the articles read, the latest first.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{
        article::Article,
        filter::{ParameterError, TimelineFilter},
        id::ArticleId,
    },
    store::PublisherCount,
};

use super::{
    super::{
        error::WebError,
        filters,
        page::{self, Nav, Page},
        paths,
        query::RawQuery,
        state::AppState,
        visitor::Visitor,
    },
    event_evidence::about,
};

/// Articles on a page.
const PER_PAGE: u32 = 50;

/// A publisher and its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherRow {
    /// Its counts.
    pub counts: PublisherCount,
    /// What the register says of it; empty where it does not have it.
    pub about: String,
    /// Its events.
    pub href: String,
}

/// An article of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its page.
    pub href: String,
    /// Its title, else its address.
    pub title: String,
    /// The article.
    pub article: Article,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/sources.html")]
pub struct SourcesPage {
    page: Page,
    publishers: Vec<PublisherRow>,
    articles: Vec<ArticleRow>,
    next_href: Option<String>,
    is_first: bool,
}

/// GET /sources: publishers by how often they are cited, and articles; `after` is the number of the last one seen.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let after = match query.text("after") {
        "" => None,
        written => Some(written.parse::<ArticleId>().map_err(|_| {
            WebError::Parameters(vec![ParameterError {
                name: "after".to_owned(),
                message: format!("expected the number of an article, but found “{written}”"),
            }])
        })?),
    };
    let (register, parties, publishers, mut articles) = tokio::try_join!(
        state.store.publisher_register(),
        state.store.register(),
        state.store.publisher_counts(),
        state.store.articles(after, PER_PAGE + 1),
    )?;
    let size = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let has_more = articles.len() > size;
    articles.truncate(size);
    let next_href = articles
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/sources?after={}", last.id));
    Ok(page::ok(&SourcesPage {
        page: Page::of(&state, &visitor, Nav::Sources, "Sources").await?,
        publishers: publishers
            .into_iter()
            .map(|counts| PublisherRow {
                about: register
                    .named(&counts.name)
                    .map_or_else(String::new, |known| about(known, &parties)),
                href: paths::timeline(&TimelineFilter {
                    sources: vec![counts.name.clone()],
                    ..TimelineFilter::default()
                }),
                counts,
            })
            .collect(),
        articles: articles.into_iter().map(row).collect(),
        next_href,
        is_first: after.is_none(),
    }))
}

fn row(article: Article) -> ArticleRow {
    let title = [&article.content.title, &article.content.url]
        .into_iter()
        .find(|text| !text.is_empty())
        .cloned()
        .unwrap_or_else(|| format!("Article {}", article.id));
    ArticleRow {
        href: paths::article(article.id),
        title,
        article,
    }
}
