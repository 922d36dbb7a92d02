//! `/admin/feeds`: which addresses are asked for news; add one, test it, pause it, resume it, ask it now, remove it.
//!
//! Changing what is kept of a feed and taking lists in and out is [`super::feed_care`]'s. Fetching is left to
//! [`crate::ingest`]; what came of it stands in the store.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{
        draft::{FieldError, RawFields, is_web_address},
        id::FeedId,
        publisher::Trust,
    },
    ingest::poll::{self, Tried},
    store::{
        StoreError,
        feed::{Feed, FeedCare, Polling},
    },
    web::{
        error::{Missing, WebError},
        filters::{counted_text, short_day, short_instant},
        forms::CheckedForm,
        page::{Nav, Page, html, see_other_with},
        state::AppState,
        visitor::SignedIn,
    },
};

use super::fields::{Control, ErrorLine, Field, FieldSpec, messages_of, summary};

/// Entries that a test shows.
const SHOWN: usize = 5;

pub(super) const FIELDS: [FieldSpec; 4] = [
    FieldSpec {
        name: "url",
        label: "Address of the feed",
        hint: "RSS, Atom or JSON Feed. A page’s own address may name its feed: test it.",
        control: Control::Address,
    },
    FieldSpec {
        name: "publisher",
        label: "Publisher",
        hint: "Of its articles; empty takes what each article tells.",
        control: Control::Line,
    },
    FieldSpec {
        name: "title",
        label: "Title",
        hint: "Empty takes what the feed calls itself.",
        control: Control::Line,
    },
    FieldSpec {
        name: "list",
        label: "List of feeds (OPML)",
        hint: "",
        control: Control::Line,
    },
];

#[derive(Template)]
#[template(path = "admin/feeds.html")]
struct FeedsPage {
    page: Page,
    feeds: Vec<FeedRow>,
    fields: Vec<Field>,
    trusts: Vec<(Trust, bool)>,
    errors: Vec<ErrorLine>,
    list_errors: Vec<String>,
    test: Option<Test>,
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

/// What came of testing a feed.
struct Test {
    said: String,
    entries: Vec<TestedEntry>,
}

struct TestedEntry {
    title: String,
    day: String,
    how: &'static str,
}

/// What the page shows this time.
pub(super) struct View<'a> {
    pub status: StatusCode,
    pub typed: RawFields,
    pub faults: &'a [FieldError],
    pub tried: Option<(String, Tried)>,
}

impl Default for View<'_> {
    fn default() -> Self {
        Self {
            status: StatusCode::OK,
            typed: RawFields::new(),
            faults: &[],
            tried: None,
        }
    }
}

/// GET /admin/feeds.
pub async fn page(state: Data<AppState>, user: SignedIn) -> Result<HttpResponse, WebError> {
    show(&state, &user, View::default()).await
}

/// POST /admin/feeds: `do` = add, test, pause, resume, fetch or remove.
pub async fn change(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let done = match form.text("do") {
        "add" => return add(&state, &user, &form).await,
        "test" => return test(&state, &user, &form).await,
        "pause" => set(&state, &form, Polling::Paused).await?,
        "resume" => set(&state, &form, Polling::On).await?,
        "fetch" => {
            let feed = feed_of(&state, form.text("feed")).await?;
            state.store.ask_feed_now(feed.id).await?;
            format!("{} is asked within a minute.", name_of(&feed))
        }
        "remove" => {
            let feed = feed_of(&state, form.text("feed")).await?;
            state.store.remove_feed(feed.id).await?;
            format!("Removed {}. Its articles stay.", name_of(&feed))
        }
        other => {
            return Err(WebError::Malformed(format!(
                "Expected “do” to be add, test, pause, resume, fetch or remove, but found “{other}”."
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
    let url = form.text("url");
    let message = match no_address(url) {
        Some(message) => message,
        None => match state
            .store
            .add_feed(url, &care_of(form), &user.author())
            .await
        {
            Ok(_) => {
                let done = format!("Added {url}. It is asked within a minute.");
                return Ok(see_other_with(&user.visitor, "/admin/feeds", &done));
            }
            Err(StoreError::Refused(message)) => message,
            Err(error) => return Err(error.into()),
        },
    };
    refused(state, user, form, message).await
}

/// Fetches a feed, new or on record, and shows what it holds; nothing is kept of it.
async fn test(
    state: &AppState,
    user: &SignedIn,
    form: &CheckedForm,
) -> Result<HttpResponse, WebError> {
    let url = match form.text("feed") {
        "" => form.text("url").to_owned(),
        written => feed_of(state, written).await?.url,
    };
    if let Some(message) = no_address(&url) {
        return refused(state, user, form, message).await;
    }
    let tried = poll::try_feed(&state.ingester, &url).await;
    let view = View {
        typed: form.raw(),
        tried: Some((url, tried)),
        ..View::default()
    };
    show(state, user, view).await
}

async fn refused(
    state: &AppState,
    user: &SignedIn,
    form: &CheckedForm,
    message: String,
) -> Result<HttpResponse, WebError> {
    let faults = [FieldError {
        field: "url",
        message,
    }];
    let view = View {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        typed: form.raw(),
        faults: &faults,
        tried: None,
    };
    show(state, user, view).await
}

fn no_address(url: &str) -> Option<String> {
    let found = match url {
        url if is_web_address(url) => return None,
        "" => "nothing".to_owned(),
        url => format!("“{url}”"),
    };
    Some(format!(
        "expected an http or https address, but found {found}"
    ))
}

/// What a form says of a feed.
pub(super) fn care_of(form: &CheckedForm) -> FeedCare {
    FeedCare {
        title: form.text("title").to_owned(),
        publisher: form.text("publisher").to_owned(),
        trust: Trust::from_slug(form.text("trust")),
    }
}

async fn set(state: &AppState, form: &CheckedForm, polling: Polling) -> Result<String, WebError> {
    let feed = feed_of(state, form.text("feed")).await?;
    state.store.set_polling(feed.id, polling).await?;
    Ok(match polling {
        Polling::On => format!("Resumed {}.", name_of(&feed)),
        Polling::Paused => format!("Paused {}.", name_of(&feed)),
    })
}

/// The feed of a written number.
pub(super) async fn feed_of(state: &AppState, written: &str) -> Result<Feed, WebError> {
    let unknown = || {
        WebError::NotFound(Missing::Other(format!(
            "There is no feed {written} on record."
        )))
    };
    let id: FeedId = written.parse().map_err(|_| unknown())?;
    state.store.feed(id).await?.ok_or_else(unknown)
}

/// What a feed is called.
pub(super) fn name_of(feed: &Feed) -> &str {
    if feed.title.is_empty() {
        &feed.url
    } else {
        &feed.title
    }
}

/// Every degree of trust, and whether it is the one.
pub(super) fn trusts(chosen: Option<Trust>) -> Vec<(Trust, bool)> {
    Trust::ALL
        .map(|trust| (trust, chosen == Some(trust)))
        .to_vec()
}

pub(super) async fn show(
    state: &AppState,
    user: &SignedIn,
    view: View<'_>,
) -> Result<HttpResponse, WebError> {
    let title = if view.faults.is_empty() {
        "Feeds"
    } else {
        "Error: feeds"
    };
    let typed = |name: &str| view.typed.get(name).map_or("", |text| text.trim());
    let fields = FIELDS
        .into_iter()
        .filter(|spec| spec.name != "list")
        .map(|spec| Field::new(spec, "", typed(spec.name)).with_faults(view.faults));
    Ok(html(
        view.status,
        &FeedsPage {
            page: Page::of_user(state, user, Nav::Ingest, title).await?,
            feeds: state.store.feeds().await?.into_iter().map(row).collect(),
            fields: fields.collect(),
            trusts: trusts(Trust::from_slug(typed("trust"))),
            errors: summary("", &FIELDS, view.faults),
            list_errors: messages_of("list", view.faults),
            test: view.tried.map(|(url, tried)| told(&url, tried)),
        },
    ))
}

fn told(url: &str, tried: Tried) -> Test {
    match tried {
        Tried::Read(feed) => {
            let whole = feed
                .entries
                .iter()
                .filter(|entry| entry.text.is_some())
                .count();
            let count = |count: usize, one, many| {
                counted_text(i64::try_from(count).unwrap_or(i64::MAX), one, many)
            };
            Test {
                said: format!(
                    "{url} answers: “{}”, {}, {} of which it carries whole; the pages of the others are fetched.",
                    feed.title,
                    count(feed.entries.len(), "entry", "entries"),
                    whole
                ),
                entries: feed
                    .entries
                    .into_iter()
                    .take(SHOWN)
                    .map(|entry| TestedEntry {
                        day: entry
                            .published
                            .map_or_else(|| "no day".to_owned(), short_day),
                        how: if entry.text.is_some() {
                            "read from the feed"
                        } else {
                            "its page is fetched"
                        },
                        title: [entry.title, entry.url]
                            .into_iter()
                            .find(|text| !text.is_empty())
                            .unwrap_or_else(|| "without a title".to_owned()),
                    })
                    .collect(),
            }
        }
        Tried::Failed(sentence) => Test {
            said: format!("{url} cannot be read: {sentence}."),
            entries: Vec::new(),
        },
    }
}

fn row(feed: Feed) -> FeedRow {
    let is_paused = feed.polling == Polling::Paused;
    let (tone, word) = match (&feed.polling, feed.last_fetched) {
        (Polling::Paused, _) => ("off", "Paused"),
        (Polling::On, _) if !feed.last_error.is_empty() => ("bad", "Failed"),
        (Polling::On, Some(_)) => ("ok", "Fetched"),
        (Polling::On, None) => ("wait", "Not asked yet"),
    };
    let trust = feed.trust.map(Trust::label);
    FeedRow {
        name: name_of(&feed).to_owned(),
        id: feed.id,
        url: feed.url,
        publisher: [Some(feed.publisher.as_str()), trust]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        tone,
        word,
        note: if feed.failures > 1 {
            format!("{}; {} times in a row", feed.last_error, feed.failures)
        } else {
            feed.last_error
        },
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
