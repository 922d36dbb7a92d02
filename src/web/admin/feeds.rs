//! `/admin/feeds`: which addresses are asked for news; add one, pause it, resume it, ask it now, remove it.
//!
//! Fetching is left to [`crate::ingest`]; what came of it stands in the store.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{
        draft::{FieldError, is_web_address},
        id::FeedId,
    },
    store::{
        StoreError,
        feed::{Feed, FeedCare, Polling},
    },
    web::{
        error::{Missing, WebError},
        filters::short_instant,
        forms::CheckedForm,
        page::{Nav, Page, html, see_other_with},
        state::AppState,
        visitor::SignedIn,
    },
};

use super::fields::{Control, ErrorLine, Field, FieldSpec, summary};

const FIELDS: [FieldSpec; 3] = [
    FieldSpec {
        name: "url",
        label: "Address of the feed",
        hint: "RSS or Atom.",
        control: Control::Address,
    },
    FieldSpec {
        name: "publisher",
        label: "Publisher",
        hint: "Of its articles; may be empty.",
        control: Control::Line,
    },
    FieldSpec {
        name: "title",
        label: "Title",
        hint: "Empty takes what the feed calls itself.",
        control: Control::Line,
    },
];

#[derive(Template)]
#[template(path = "admin/feeds.html")]
struct FeedsPage {
    page: Page,
    feeds: Vec<FeedRow>,
    fields: Vec<Field>,
    errors: Vec<ErrorLine>,
}

struct FeedRow {
    id: FeedId,
    name: String,
    url: String,
    publisher: String,
    tone: &'static str,
    word: &'static str,
    note: String,
    last: String,
    next: String,
    new: i64,
    known: i64,
    failed: i64,
    is_paused: bool,
}

/// GET /admin/feeds.
pub async fn page(state: Data<AppState>, user: SignedIn) -> Result<HttpResponse, WebError> {
    show(&state, &user, StatusCode::OK, ["", "", ""], &[]).await
}

/// POST /admin/feeds: `do` = add, pause, resume, fetch or remove.
pub async fn change(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let done = match form.text("do") {
        "add" => return add(&state, &user, &form).await,
        "pause" => set(&state, &form, Polling::Paused).await?,
        "resume" => set(&state, &form, Polling::On).await?,
        "fetch" => {
            let feed = feed_of(&state, &form).await?;
            state.store.ask_feed_now(feed.id).await?;
            format!("{} is asked within a minute.", name_of(&feed))
        }
        "remove" => {
            let feed = feed_of(&state, &form).await?;
            state.store.remove_feed(feed.id).await?;
            format!("Removed {}. Its articles stay.", name_of(&feed))
        }
        other => {
            return Err(WebError::Malformed(format!(
                "Expected “do” to be add, pause, resume, fetch or remove, but found “{other}”."
            )));
        }
    };
    Ok(see_other_with(&user.visitor, "/admin/feeds", &done))
}

async fn add(
    state: &AppState,
    user: &SignedIn,
    form: &CheckedForm,
) -> Result<HttpResponse, WebError> {
    let typed = [form.text("url"), form.text("publisher"), form.text("title")];
    let care = FeedCare {
        title: typed[2].to_owned(),
        publisher: typed[1].to_owned(),
        trust: None,
    };
    let fault = if is_web_address(typed[0]) {
        match state.store.add_feed(typed[0], &care, &user.author()).await {
            Ok(_) => {
                let done = format!("Added {}. It is asked within a minute.", typed[0]);
                return Ok(see_other_with(&user.visitor, "/admin/feeds", &done));
            }
            Err(StoreError::Refused(message)) => message,
            Err(error) => return Err(error.into()),
        }
    } else if typed[0].is_empty() {
        "expected an http or https address, but found nothing".to_owned()
    } else {
        format!(
            "expected an http or https address, but found “{}”",
            typed[0]
        )
    };
    let faults = [FieldError {
        field: "url",
        message: fault,
    }];
    show(
        state,
        user,
        StatusCode::UNPROCESSABLE_ENTITY,
        typed,
        &faults,
    )
    .await
}

async fn set(state: &AppState, form: &CheckedForm, polling: Polling) -> Result<String, WebError> {
    let feed = feed_of(state, form).await?;
    state.store.set_polling(feed.id, polling).await?;
    Ok(match polling {
        Polling::On => format!("Resumed {}.", name_of(&feed)),
        Polling::Paused => format!("Paused {}.", name_of(&feed)),
    })
}

async fn feed_of(state: &AppState, form: &CheckedForm) -> Result<Feed, WebError> {
    let written = form.text("feed");
    let unknown = || {
        WebError::NotFound(Missing::Other(format!(
            "There is no feed {written} on record."
        )))
    };
    let id: FeedId = written.parse().map_err(|_| unknown())?;
    state.store.feed(id).await?.ok_or_else(unknown)
}

fn name_of(feed: &Feed) -> &str {
    if feed.title.is_empty() {
        &feed.url
    } else {
        &feed.title
    }
}

async fn show(
    state: &AppState,
    user: &SignedIn,
    status: StatusCode,
    typed: [&str; 3],
    faults: &[FieldError],
) -> Result<HttpResponse, WebError> {
    let title = if faults.is_empty() {
        "Feeds"
    } else {
        "Error: feeds"
    };
    let fields = FIELDS
        .into_iter()
        .zip(typed)
        .map(|(spec, value)| Field::new(spec, "", value).with_faults(faults));
    Ok(html(
        status,
        &FeedsPage {
            page: Page::of_user(state, user, Nav::Ingest, title).await?,
            feeds: state.store.feeds().await?.into_iter().map(row).collect(),
            fields: fields.collect(),
            errors: summary("", &FIELDS, faults),
        },
    ))
}

fn row(feed: Feed) -> FeedRow {
    let is_paused = feed.polling == Polling::Paused;
    let (tone, word) = match (&feed.polling, feed.last_fetched) {
        (Polling::Paused, _) => ("off", "Paused"),
        (Polling::On, _) if !feed.last_error.is_empty() => ("bad", "Failed"),
        (Polling::On, Some(_)) => ("ok", "Fetched"),
        (Polling::On, None) => ("wait", "Not asked yet"),
    };
    FeedRow {
        name: name_of(&feed).to_owned(),
        id: feed.id,
        url: feed.url,
        publisher: feed.publisher,
        tone,
        word,
        note: feed.last_error,
        last: feed
            .last_fetched
            .map_or_else(|| "never".to_owned(), short_instant),
        next: if is_paused {
            String::new()
        } else {
            short_instant(feed.next_fetch)
        },
        new: feed.items_new,
        known: feed.items_known,
        failed: feed.items_failed,
        is_paused,
    }
}
