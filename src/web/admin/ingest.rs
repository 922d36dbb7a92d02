//! `/admin/ingest`: the forms that take articles, what came of the last, and what the queue does.
//!
//! Taking what is handed in is left to [`super::ingest_hand_in`], the queue to [`super::ingest_queue`].

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{
        draft::{FieldError, RawFields},
        id::{ArticleId, JobId},
    },
    ingest::{Done, Handled, Status},
    web::{
        error::{WebError, shown_bytes},
        filters::counted_text,
        page::{Nav, Page, html},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    fields::{Control, ErrorLine, Field, FieldSpec, messages_of, summary},
    ingest_hand_in::fault_of,
    ingest_queue::QueueView,
};

const FIELDS: [FieldSpec; 5] = [
    FieldSpec {
        name: "text",
        label: "Article",
        hint: "Title on the first line. Captions and “Related” lines may stay.",
        control: Control::Area(9),
    },
    FieldSpec {
        name: "published",
        label: "Published",
        hint: "As 2024-09-10: “on Tuesday” is read from this day. Read from the article where it is empty.",
        control: Control::ShortCode,
    },
    FieldSpec {
        name: "source",
        label: "Source",
        hint: "The publisher; read from the article where it is empty.",
        control: Control::Line,
    },
    FieldSpec {
        name: "url",
        label: "Address",
        hint: "Where the article stands; may be empty.",
        control: Control::Address,
    },
    FieldSpec {
        name: "files",
        label: "Files",
        hint: "",
        control: Control::Line,
    },
];

#[derive(Template)]
#[template(path = "admin/ingest.html")]
struct IngestPage {
    page: Page,
    way: Way,
    raw: RawFields,
    faults: Vec<FieldError>,
    errors: Vec<ErrorLine>,
    file_errors: Vec<String>,
    results: Vec<Line>,
    queue: QueueView,
    limits: String,
    feeds: String,
    changes: String,
    bookmarklet: String,
}

impl IngestPage {
    /// A field of the form for pasting.
    fn field(&self, name: &str) -> Field {
        self.field_of(Way::Paste, name)
    }

    /// A field of the form for an address.
    fn fetch_field(&self, name: &str) -> Field {
        self.field_of(Way::Fetch, name)
    }

    /// A field of the form for files.
    fn file_field(&self, name: &str) -> Field {
        self.field_of(Way::Files, name)
    }

    fn field_of(&self, way: Way, name: &str) -> Field {
        let mut spec = FIELDS
            .into_iter()
            .find(|spec| spec.name == name)
            .unwrap_or(FIELDS[0]);
        if way != Way::Paste {
            spec.hint = "";
        }
        if (way, name) == (Way::Fetch, "url") {
            spec.label = "Article’s or feed’s address";
        }
        if way == self.way {
            let typed = self.raw.get(name).map_or("", String::as_str);
            Field::new(spec, way.prefix(), typed).with_faults(&self.faults)
        } else {
            Field::new(spec, way.prefix(), "")
        }
    }
}

/// By which of the page's forms something was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Paste,
    Fetch,
    Files,
}

impl Way {
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Paste => "",
            Self::Fetch => "fetch-",
            Self::Files => "files-",
        }
    }
}

/// A line about one input.
pub(super) struct Line {
    pub input: String,
    pub said: String,
    pub tone: &'static str,
    pub word: &'static str,
    /// The article to review.
    pub review: Option<ArticleId>,
    /// The article whose change is to be looked at.
    pub change: Option<ArticleId>,
    /// The job that may be tried again.
    pub retry: Option<JobId>,
}

/// What the page shows this time.
pub(super) struct View {
    pub status: StatusCode,
    pub way: Way,
    pub raw: RawFields,
    pub faults: Vec<FieldError>,
    pub results: Vec<Line>,
}

/// GET /admin/ingest: the forms and the queue; `url` fills in an address, `article` tells what came of the last one.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let mut results = Vec::new();
    if let Ok(id) = query.text("article").parse::<ArticleId>()
        && let Some(article) = state.store.article(id).await?
    {
        let found = state.store.candidates_of(id).await?.len();
        results.push(Line {
            input: super::review_queue::title_of(&article),
            said: found_text(found),
            tone: "ok",
            word: "Read",
            review: (found > 0).then_some(id),
            change: None,
            retry: None,
        });
    }
    let mut raw = RawFields::new();
    raw.insert("url".to_owned(), query.text("url").to_owned());
    let view = View {
        status: StatusCode::OK,
        way: Way::Fetch,
        raw,
        faults: Vec::new(),
        results,
    };
    show(&state, &user, view).await
}

/// A sentence on what came of an article.
pub(super) fn said_of(done: &Done) -> String {
    match done.status {
        Status::Known => {
            "This article is already on record: it is known, and nothing was changed.".to_owned()
        }
        Status::Copy => "This text is known from another address. The address is kept beside it: whatever rests on the text has both as \
                         sources, which count as one."
            .to_owned(),
        Status::Changed => format!(
            "This article is known; its text has changed since, and the new version waits: {}.",
            found_text(done.events)
        ),
        Status::New => format!("The article was read: {}.", found_text(done.events)),
    }
}

pub(super) fn found_text(found: usize) -> String {
    let found = i64::try_from(found).unwrap_or(i64::MAX);
    counted_text(found, "candidate found", "candidates found")
}

/// A line on what came of one input.
pub(super) fn line_of(handled: &Handled) -> Line {
    let blank = Line {
        input: handled.name.clone(),
        said: String::new(),
        tone: "ok",
        word: "Read",
        review: None,
        change: None,
        retry: None,
    };
    match &handled.outcome {
        Ok(done) => Line {
            said: said_of(done),
            word: match done.status {
                Status::New => "Read",
                Status::Known => "Known",
                Status::Copy => "Known copy",
                Status::Changed => "Changed",
            },
            review: (done.events > 0).then_some(done.article),
            change: (done.status == Status::Changed).then_some(done.article),
            ..blank
        },
        Err(error) => Line {
            said: fault_of(error, "files").message,
            tone: "bad",
            word: "Failed",
            ..blank
        },
    }
}

pub(super) async fn show(
    state: &AppState,
    user: &SignedIn,
    view: View,
) -> Result<HttpResponse, WebError> {
    let title = if view.faults.is_empty() {
        "Ingest"
    } else {
        "Error: ingest"
    };
    let changes = state.store.open_changes().await?;
    let feeds = i64::try_from(state.store.feeds().await?.len()).unwrap_or(i64::MAX);
    Ok(html(
        view.status,
        &IngestPage {
            page: Page::of_user(state, user, Nav::Ingest, title).await?,
            errors: summary(view.way.prefix(), &FIELDS, &view.faults)
                .into_iter()
                .map(|line| ErrorLine {
                    // the upload form's own field has the plain name
                    id: line.id.replace("files-files", "files"),
                    ..line
                })
                .collect(),
            file_errors: if view.way == Way::Files {
                messages_of("files", &view.faults)
            } else {
                Vec::new()
            },
            way: view.way,
            raw: view.raw,
            faults: view.faults,
            results: view.results,
            queue: QueueView::of(state, None, None).await?,
            changes: if changes > 0 {
                counted_text(
                    changes,
                    "article changed under its address",
                    "articles changed under their addresses",
                )
            } else {
                String::new()
            },
            bookmarklet: format!(
                "javascript:location.href='{}/admin/ingest?url='+encodeURIComponent(location.href)",
                state.link_base
            ),
            limits: format!(
                "{} a file and {} together at most",
                shown_bytes(state.settings.upload_max.as_usize()),
                shown_bytes(state.settings.uploads_max.as_usize())
            ),
            feeds: format!("{} on record.", counted_text(feeds, "feed", "feeds")),
        },
    ))
}
