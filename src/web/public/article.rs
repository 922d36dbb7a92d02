//! One article: its text with the words that carry events marked, and those events beside it.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use crate::domain::{article::Article, draft::is_web_address, event::Event, id::ArticleId};

use super::super::{
    error::{Missing, WebError},
    filters,
    listing::{EventItem, Related},
    marked::{self, Piece, Stretch},
    page::{self, Nav, Page},
    state::AppState,
    visitor::Visitor,
};

/// An event that the article carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Its number in the margin.
    pub number: usize,
    /// The event.
    pub item: EventItem,
    /// Its date.
    pub date: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/article.html")]
pub struct ArticlePage {
    page: Page,
    article: Article,
    title: String,
    url: Option<String>,
    paragraphs: Vec<Vec<Piece>>,
    carried: Vec<Carried>,
    count: i64,
}

impl ArticlePage {
    /// The event that a marked piece carries.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates hand over references"
    )]
    fn of(&self, index: &usize) -> Option<&Carried> {
        self.carried.get(*index)
    }
}

/// GET /articles/ID: one article, and who says what in it.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    written: Path<String>,
) -> Result<HttpResponse, WebError> {
    let missing = || WebError::NotFound(Missing::Article(written.as_str().to_owned()));
    let id: ArticleId = written.parse().map_err(|_| missing())?;
    let article = state.store.article(id).await?.ok_or_else(missing)?;
    let events = state.store.article_events(id).await?;
    let register = state.register().await?;
    let related = Related::of(&state, &events).await?;
    let carried: Vec<Carried> = events
        .iter()
        .enumerate()
        .map(|(at, event)| Carried {
            number: at + 1,
            item: EventItem::new(event, &register, &related),
            date: event.content.date.words(None).long,
        })
        .collect();
    let title = if article.content.title.is_empty() {
        format!("Article {id}")
    } else {
        article.content.title.clone()
    };
    Ok(page::ok(&ArticlePage {
        page: Page::of(&state, &visitor, Nav::Sources, title.clone()).await?,
        title,
        url: is_web_address(&article.content.url).then(|| article.content.url.clone()),
        paragraphs: marked::paragraphs(&article.content.text, &stretches(id, &events)),
        count: i64::try_from(carried.len()).unwrap_or(i64::MAX),
        carried,
        article,
    }))
}

/// Where the events' words stand in the article.
fn stretches(id: ArticleId, events: &[Event]) -> Vec<Stretch> {
    events
        .iter()
        .enumerate()
        .flat_map(|(of, event)| {
            let sources = event.content.sources.iter();
            sources
                .filter(|source| source.article == Some(id))
                .flat_map(move |source| Stretch::all(&source.spans, of))
        })
        .collect()
}
