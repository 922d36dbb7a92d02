//! POST `/admin/ingest`: a pasted text, files or an address → articles on record or a job, or the form again.
//!
//! Texts and files are read at once, since they are here; an address goes to the queue, since its server may be slow.
//! Reading is left to [`crate::ingest`], the page to [`super::ingest`].

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};
use chrono::NaiveDate;
use url::Url;

use crate::{
    domain::{
        draft::{FieldError, RawFields, is_web_address},
        id::JobId,
    },
    ingest::{Document, Done, Given, Handled, IngestError, pipeline::given_address},
    store::{
        StoreError,
        job::{Destination, JobPayload},
    },
    web::{
        error::{Missing, WebError},
        forms::CheckedForm,
        page::see_other_with,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    ingest::{View, Way, line_of, said_of, show},
    upload::{self, UploadedFile},
};

/// POST /admin/ingest: takes what was handed in.
pub async fn hand_in(
    state: Data<AppState>,
    user: SignedIn,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    let sent = upload::read(&state, &user.visitor, &request, payload).await?;
    let raw = sent.fields.raw();
    let way = if !sent.files.is_empty() {
        Way::Files
    } else if !blank(&raw, "text") {
        Way::Paste
    } else if !blank(&raw, "url") {
        Way::Fetch
    } else if raw.contains_key("text") {
        Way::Paste
    } else if raw.contains_key("url") {
        Way::Fetch
    } else {
        Way::Files
    };
    let (given, address) = match given(&raw, way) {
        Ok(read) => read,
        Err(faults) => {
            let view = View {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                way,
                raw,
                faults,
                results: Vec::new(),
            };
            return show(&state, &user, view).await;
        }
    };
    match way {
        Way::Files => files(&state, &user, raw, &given, sent.files).await,
        Way::Fetch => {
            let address = address.map_or_else(String::new, |url| url.to_string());
            fetch(&state, &user, given, &address).await
        }
        Way::Paste => paste(&state, &user, raw, &given, address).await,
    }
}

fn blank(raw: &RawFields, name: &str) -> bool {
    raw.get(name).is_none_or(|text| text.trim().is_empty())
}

/// What was given beside the article, or every field that cannot be read.
fn given(raw: &RawFields, way: Way) -> Result<(Given, Option<Url>), Vec<FieldError>> {
    let text = |name: &str| raw.get(name).map_or("", |text| text.trim());
    let mut faults = Vec::new();
    if way == Way::Paste && text("text").is_empty() {
        faults.push(FieldError {
            field: "text",
            message: "expected an article, but found no words in it".to_owned(),
        });
    }
    let published = match text("published") {
        "" => None,
        written => {
            let day = written.parse::<NaiveDate>().ok();
            if day.is_none() {
                faults.push(FieldError {
                    field: "published",
                    message: format!("expected a day such as 2024-09-10, but found “{written}”"),
                });
            }
            day
        }
    };
    let address = text("url");
    if (way == Way::Fetch || !address.is_empty()) && !is_web_address(address) {
        let found = if address.is_empty() {
            "nothing".to_owned()
        } else {
            format!("“{address}”")
        };
        faults.push(FieldError {
            field: "url",
            message: format!("expected an http or https address, but found {found}"),
        });
    }
    if faults.is_empty() {
        let given = Given {
            published,
            source: text("source").to_owned(),
        };
        Ok((given, given_address(address)))
    } else {
        Err(faults)
    }
}

/// Reads a pasted text, and leads to the page that says what came of it.
async fn paste(
    state: &AppState,
    user: &SignedIn,
    raw: RawFields,
    given: &Given,
    address: Option<Url>,
) -> Result<HttpResponse, WebError> {
    let text = raw.get("text").map_or("", String::as_str);
    let document = Document {
        bytes: text.as_bytes().to_vec(),
        media_type: "text/plain; charset=utf-8".to_owned(),
        file_name: String::new(),
        address,
    };
    let handled = take_in(state, user, "the text", document, given).await?;
    match handled.as_slice() {
        [
            Handled {
                outcome: Ok(done), ..
            },
        ] => Ok(taken(user, done)),
        [
            Handled {
                outcome: Err(error),
                ..
            },
        ] => {
            let view = View {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                way: Way::Paste,
                faults: vec![fault_of(error, "text")],
                raw,
                results: Vec::new(),
            };
            show(state, user, view).await
        }
        several => {
            let results = several.iter().map(line_of).collect();
            let view = View {
                status: StatusCode::OK,
                way: Way::Paste,
                raw: RawFields::new(),
                faults: Vec::new(),
                results,
            };
            show(state, user, view).await
        }
    }
}

/// Reads files. One that was read leads on; of several, or of one that was not, the page tells what became of each.
async fn files(
    state: &AppState,
    user: &SignedIn,
    raw: RawFields,
    given: &Given,
    files: Vec<UploadedFile>,
) -> Result<HttpResponse, WebError> {
    let mut handled = Vec::new();
    for file in files {
        let document = Document {
            bytes: file.bytes.to_vec(),
            media_type: file.media_type,
            file_name: file.name.clone(),
            address: None,
        };
        handled.extend(take_in(state, user, &file.name, document, given).await?);
    }
    if let [
        Handled {
            outcome: Ok(done), ..
        },
    ] = handled.as_slice()
    {
        return Ok(taken(user, done));
    }
    let mut faults: Vec<FieldError> = handled
        .iter()
        .filter_map(|one| {
            let error = one.outcome.as_ref().err()?;
            let fault = fault_of(error, "files");
            Some(FieldError {
                message: format!("{}: {}", one.name, fault.message),
                ..fault
            })
        })
        .collect();
    if handled.is_empty() {
        faults.push(FieldError {
            field: "files",
            message: "expected an article as text, a file or an address, but found nothing"
                .to_owned(),
        });
    }
    let view = View {
        status: if faults.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        },
        way: Way::Files,
        raw,
        results: handled.iter().map(line_of).collect(),
        faults,
    };
    show(state, user, view).await
}

/// Puts an address into the queue.
async fn fetch(
    state: &AppState,
    user: &SignedIn,
    given: Given,
    address: &str,
) -> Result<HttpResponse, WebError> {
    let payload = JobPayload::Url {
        url: address.to_owned(),
        published: given.published,
        source: given.source,
        destination: Destination::Review,
    };
    state.store.enqueue(&payload, &user.author()).await?;
    let said = format!("{address} is in the queue: it is fetched and read in a moment.");
    Ok(see_other_with(&user.visitor, "/admin/ingest", &said))
}

/// POST /admin/ingest/retry: has a job that failed tried again.
pub async fn retry(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let written = form.text("job");
    let id: JobId = written.parse().map_err(|_| {
        WebError::NotFound(Missing::Other(format!(
            "There is no job {written} on record."
        )))
    })?;
    state.store.retry_job(id).await?;
    let said = "It is in the queue again.";
    Ok(see_other_with(&user.visitor, "/admin/ingest", said))
}

/// Reads a document into the record; a failure of the record itself is the request's.
async fn take_in(
    state: &AppState,
    user: &SignedIn,
    name: &str,
    document: Document,
    given: &Given,
) -> Result<Vec<Handled>, WebError> {
    let name = if name.is_empty() { "the file" } else { name };
    let author = user.author();
    let read = state
        .ingester
        .document(name, document, given, Destination::Review, &author);
    let mut handled = Vec::new();
    for one in read.await {
        state.metrics.article(match &one.outcome {
            Ok(done) => done.status.slug(),
            Err(_) => "failed",
        });
        match one.outcome {
            Err(IngestError::Store(error)) if !matches!(error, StoreError::Refused(_)) => {
                return Err(error.into());
            }
            outcome => handled.push(Handled { outcome, ..one }),
        }
    }
    Ok(handled)
}

/// Leads to the page that says what came of one article.
fn taken(user: &SignedIn, done: &Done) -> HttpResponse {
    see_other_with(
        &user.visitor,
        &format!("/admin/ingest?article={}", done.article),
        &said_of(done),
    )
}

/// What stands against an input, beside the field that mends it.
pub(super) fn fault_of(error: &IngestError, field: &'static str) -> FieldError {
    match error {
        IngestError::NoDay => FieldError {
            field: "published",
            message: "no day of publication was found in the article: give it here, as 2024-09-10"
                .to_owned(),
        },
        other => FieldError {
            field,
            message: other.to_string(),
        },
    }
}
