//! `/admin/feeds/edit` and the lists of feeds: what is kept of a feed; OPML in and out.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    web::{Data, Payload},
};
use askama::Template;

use crate::{
    domain::{draft::FieldError, publisher::Trust},
    ingest::{
        decode::decode,
        opml::{self, Outline},
    },
    store::{StoreError, feed::FeedCare},
    web::{
        error::WebError,
        filters::counted_text,
        forms::CheckedForm,
        page::{Nav, Page, ok, see_other_with},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    feeds::{FIELDS, View, care_of, feed_of, name_of, show, trusts},
    fields::Field,
    upload,
};

#[derive(Template)]
#[template(path = "admin/feed_form.html")]
struct FormPage {
    page: Page,
    id: String,
    name: String,
    url: String,
    fields: Vec<Field>,
    trusts: Vec<(Trust, bool)>,
}

/// GET /admin/feeds/edit?feed=ID.
pub async fn form(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let feed = feed_of(&state, query.text("feed")).await?;
    let fields = FIELDS.into_iter().filter_map(|spec| {
        let value = match spec.name {
            "title" => &feed.title,
            "publisher" => &feed.publisher,
            _ => return None,
        };
        Some(Field::new(spec, "", value))
    });
    Ok(ok(&FormPage {
        page: Page::of_user(&state, &user, Nav::Ingest, "Edit a feed").await?,
        id: feed.id.to_string(),
        name: name_of(&feed).to_owned(),
        url: feed.url.clone(),
        fields: fields.collect(),
        trusts: trusts(feed.trust),
    }))
}

/// POST /admin/feeds/edit.
pub async fn save(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let feed = feed_of(&state, form.text("feed")).await?;
    state.store.keep_feed(feed.id, &care_of(&form)).await?;
    let said = format!("Saved {}.", name_of(&feed));
    Ok(see_other_with(&user.visitor, "/admin/feeds", &said))
}

/// GET /admin/feeds.opml: every feed, for another reader or another server.
pub async fn list(state: Data<AppState>, _: SignedIn) -> Result<HttpResponse, WebError> {
    let feeds: Vec<Outline> = state
        .store
        .feeds()
        .await?
        .into_iter()
        .map(|feed| Outline {
            url: feed.url,
            title: feed.title,
            publisher: feed.publisher,
            trust: feed.trust,
        })
        .collect();
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/x-opml; charset=utf-8"))
        .insert_header((
            CONTENT_DISPOSITION,
            "attachment; filename=\"demarche-feeds.opml\"",
        ))
        .body(opml::write(&feeds)))
}

/// POST /admin/feeds/list: the feeds of an OPML file that are not on record yet.
pub async fn take_list(
    state: Data<AppState>,
    user: SignedIn,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    let sent = upload::read(&state, &user.visitor, &request, payload).await?;
    let read = match sent.files.first() {
        None => Err("expected a file, but found none".to_owned()),
        Some(file) => decode(&file.bytes, None)
            .map_err(|error| error.to_string())
            .map(|text| opml::read(&text))
            .and_then(|feeds| {
                if feeds.is_empty() {
                    Err("expected an OPML file that names feeds, but found none in it".to_owned())
                } else {
                    Ok(feeds)
                }
            }),
    };
    let feeds = match read {
        Ok(feeds) => feeds,
        Err(message) => {
            let faults = [FieldError {
                field: "list",
                message,
            }];
            let view = View {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                faults: &faults,
                ..View::default()
            };
            return show(&state, &user, view).await;
        }
    };
    let (mut added, mut known) = (0, 0);
    for feed in feeds {
        let care = FeedCare {
            title: feed.title,
            publisher: feed.publisher,
            trust: feed.trust,
        };
        match state.store.add_feed(&feed.url, &care, &user.author()).await {
            Ok(_) => added += 1,
            Err(StoreError::Refused(_)) => known += 1,
            Err(error) => return Err(error.into()),
        }
    }
    let said = format!(
        "Added {}; {known} on record already.",
        counted_text(added, "feed", "feeds")
    );
    Ok(see_other_with(&user.visitor, "/admin/feeds", &said))
}
