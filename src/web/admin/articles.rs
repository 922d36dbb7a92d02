//! `/admin/articles`: articles whose text changed under their address; and for each what changed, which events rest on the
//! earlier text, and whether their words still stand.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    domain::{
        difference::{Change as Stretch, Fate, difference},
        id::{ArticleId, EventId},
    },
    store::{Change, correction::ChangedArticle},
    web::{
        error::{Missing, WebError},
        filters::{counted_text, short_instant},
        forms::CheckedForm,
        page::{Nav, Page, ok, see_other_with},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{review::article_of, review_queue::title_of};

/// Changes on a page.
const PER_PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "admin/articles.html")]
struct ListPage {
    page: Page,
    open: String,
    rows: Vec<ChangeRow>,
    more: Option<ArticleId>,
}

struct ChangeRow {
    id: ArticleId,
    title: String,
    publisher: String,
    version: i64,
    recorded: String,
    seen: String,
}

#[derive(Template)]
#[template(path = "admin/article_change.html")]
struct ChangePage {
    page: Page,
    id: ArticleId,
    previous: ArticleId,
    title: String,
    publisher: String,
    url: String,
    recorded: String,
    seen: String,
    paragraphs: Vec<Vec<Stretch>>,
    events: Vec<Touched>,
    candidates: String,
    has_candidates: bool,
}

/// An event that rests on the earlier text.
struct Touched {
    id: EventId,
    version: ArticleId,
    headline: String,
    date: String,
    words: Vec<Words>,
    is_whole: bool,
}

/// Words that carry an event, and whether they stand in the new text.
struct Words {
    text: String,
    still_stand: bool,
}

/// GET /admin/articles: the changes, the latest first.
pub async fn list(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let after = query.text("after").parse().ok();
    let mut changes = state.store.changed_articles(after, PER_PAGE + 1).await?;
    let size = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let has_more = changes.len() > size;
    changes.truncate(size);
    let open = state.store.open_changes().await?;
    Ok(ok(&ListPage {
        page: Page::of_user(&state, &user, Nav::Ingest, "Changed articles").await?,
        open: format!(
            "{} for an editor.",
            match open {
                1 => "1 change waits".to_owned(),
                open => format!("{open} changes wait"),
            }
        ),
        more: changes
            .last()
            .filter(|_| has_more)
            .map(|change| change.article.id),
        rows: changes.into_iter().map(row).collect(),
    }))
}

fn row(change: ChangedArticle) -> ChangeRow {
    ChangeRow {
        id: change.article.id,
        title: title_of(&change.article),
        version: change.article.version,
        recorded: short_instant(change.article.recorded_at),
        seen: seen(&change),
        publisher: change.article.content.publisher,
    }
}

fn seen(change: &ChangedArticle) -> String {
    change.seen_at.map_or_else(String::new, |at| {
        format!("seen by {}, {} UTC", change.seen_by, short_instant(at))
    })
}

/// GET /admin/articles/ID: what changed, and what rests on it.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let article = article_of(&state, &id).await?;
    let no_change = || {
        WebError::NotFound(Missing::Other(format!(
            "Article {} replaced no earlier text.",
            article.id
        )))
    };
    let change = state
        .store
        .article_change(article.id)
        .await?
        .ok_or_else(no_change)?;
    let previous = state
        .store
        .article(change.previous)
        .await?
        .ok_or_else(no_change)?;
    let text = &article.content.text;
    let touched = state.store.events_of_earlier_versions(&article).await?;
    let events = touched
        .into_iter()
        .map(|(version, event)| {
            let words: Vec<Words> = event
                .content
                .sources
                .iter()
                .filter(|source| source.article == Some(version))
                .flat_map(|source| &source.spans)
                .map(|span| Words {
                    still_stand: text.contains(&span.text),
                    text: span.text.clone(),
                })
                .collect();
            Touched {
                id: event.id,
                version,
                is_whole: words.iter().all(|words| words.still_stand),
                words,
                date: event.content.date.words(None).long,
                headline: event.content.headline,
            }
        })
        .collect();
    let waiting = state
        .store
        .candidates_of(article.id)
        .await?
        .iter()
        .filter(|candidate| candidate.decided_at.is_none())
        .count();
    let title = title_of(&article);
    Ok(ok(&ChangePage {
        page: Page::of_user(&state, &user, Nav::Ingest, format!("What changed: {title}")).await?,
        id: article.id,
        previous: change.previous,
        title,
        seen: seen(&change),
        recorded: short_instant(article.recorded_at),
        paragraphs: difference(&previous.content.text, text),
        events,
        candidates: counted_text(
            i64::try_from(waiting).unwrap_or(i64::MAX),
            "candidate of the new text waits",
            "candidates of the new text wait",
        ),
        has_candidates: waiting > 0,
        publisher: article.content.publisher.clone(),
        url: article.content.url.clone(),
    }))
}

/// POST /admin/articles/ID: `do` = `move` (an event's evidence on to the new text) or `seen`.
pub async fn decide(
    state: Data<AppState>,
    user: SignedIn,
    id: Path<String>,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let article = article_of(&state, &id).await?;
    let author = user.author();
    match form.text("do") {
        "seen" => {
            state.store.see_change(article.id, &author).await?;
            let said = format!("Seen: {}.", title_of(&article));
            Ok(see_other_with(&user.visitor, "/admin/articles", &said))
        }
        "move" => {
            let unknown = |what: &str| {
                WebError::Malformed(format!("Expected the number of {what}, but found none."))
            };
            let event: EventId = form
                .text("event")
                .parse()
                .map_err(|_| unknown("an event"))?;
            let from: ArticleId = form
                .text("version")
                .parse()
                .map_err(|_| unknown("an earlier version"))?;
            let change = Change {
                author: &author,
                reason: "its source was changed; the words still stand",
            };
            state
                .store
                .move_evidence(event, from, article.id, change)
                .await?;
            let said = format!("{event} rests on the new text now.");
            let back = format!("/admin/articles/{}", article.id);
            Ok(see_other_with(&user.visitor, &back, &said))
        }
        other => Err(WebError::Malformed(format!(
            "Expected “do” to be move or seen, but found “{other}”."
        ))),
    }
}
