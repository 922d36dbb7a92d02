//! `/api/v1/ingest`: an article, by its text or its address, into the queue.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    domain::{draft::FieldError, fold::words},
    ingest::address,
    store::job::{Destination, JobPayload},
};

use super::{
    super::{error::WebError, state::AppState, visitor::ByToken},
    body,
    schema::Problem,
};

const KEYS: [&str; 5] = ["text", "url", "published", "source", "publish"];

/// An article that is handed in: by its text or its address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "read from the object key by key, to tell every fault; described here"
)]
struct ArticleIn {
    /// Its text.
    #[schema(required = false)]
    text: Option<String>,
    /// Its address.
    #[schema(required = false)]
    url: Option<String>,
    /// Its day of publication.
    #[schema(required = false, format = Date)]
    published: Option<String>,
    /// Its publisher.
    #[schema(required = false)]
    source: Option<String>,
    /// Whether its events go straight onto the timeline.
    #[schema(required = false)]
    publish: Option<bool>,
}

/// What became of it at once.
#[derive(Serialize, ToSchema)]
struct Enqueued {
    /// The job that reads it; null for an article that is on record already.
    #[schema(required)]
    job: Option<i64>,
    /// The article, where it is on record already.
    #[schema(required)]
    article_id: Option<i64>,
    /// queued or known.
    status: &'static str,
}

/// POST /api/v1/ingest: 202, with the job that reads it, or the article that it is already.
///
/// A text that is on record makes no job. An address that is on record is asked anew, since its text may have changed.
#[utoipa::path(
    post,
    path = "/api/v1/ingest",
    operation_id = "ingest",
    summary = "Puts an article into the queue, by text or url; published, source and publish may be given.",
    description = "",
    request_body = ArticleIn,
    security(("token" = [])),
    responses(
        (status = 202, description = "Taken.", body = Enqueued),
        (status = "default", description = "A failure, in words.", content_type = "application/problem+json", body = Problem)
    )
)]
pub async fn enqueue(
    state: Data<AppState>,
    token: ByToken,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    let object = body::object(request.head(), payload, &state.settings).await?;
    let job = read(&object)?;
    let known = match &job {
        JobPayload::Text { text, .. } => state.store.article_of_text(text).await?,
        other => state
            .store
            .article_by_url(other.url())
            .await?
            .map(|article| article.id),
    };
    let skip = known.is_some() && matches!(job, JobPayload::Text { .. });
    let queued = if skip {
        None
    } else {
        Some(state.store.enqueue(&job, &token.author()).await?)
    };
    Ok(HttpResponse::Accepted().json(Enqueued {
        job: queued.map(|job| job.0),
        article_id: known.map(|article| article.0),
        status: if known.is_some() { "known" } else { "queued" },
    }))
}

fn read(object: &Map<String, Value>) -> Result<JobPayload, WebError> {
    if let Some(key) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(WebError::Malformed(format!(
            "“{key}” is none of {}.",
            KEYS.join(", ")
        )));
    }
    let mut errors = Vec::new();
    let text = text_of(object, "text", &mut errors);
    let written = text_of(object, "url", &mut errors);
    let source = text_of(object, "source", &mut errors);
    let published = match text_of(object, "published", &mut errors).as_str() {
        "" => None,
        day => {
            let read = day.parse().ok();
            if read.is_none() {
                fault(
                    &mut errors,
                    "published",
                    format!("expected a day such as 2024-09-10, but found “{day}”"),
                );
            }
            read
        }
    };
    let destination = match object.get("publish") {
        None | Some(Value::Null | Value::Bool(false)) => Destination::Review,
        Some(Value::Bool(true)) => Destination::Timeline,
        Some(_) => {
            fault(&mut errors, "publish", "expected true or false".to_owned());
            Destination::Review
        }
    };
    let url = address::canonical(&written).unwrap_or_default();
    if url.is_empty() && !written.is_empty() {
        fault(
            &mut errors,
            "url",
            format!("expected an http or https address, but found “{written}”"),
        );
    }
    if text.is_empty() && written.is_empty() {
        fault(
            &mut errors,
            "text",
            "expected a text or an address, but found neither".to_owned(),
        );
    } else if !text.is_empty() && words(&text).is_empty() {
        fault(
            &mut errors,
            "text",
            "expected an article, but found no words in it".to_owned(),
        );
    }
    if !errors.is_empty() {
        return Err(WebError::Fields(errors));
    }
    Ok(if text.is_empty() {
        JobPayload::Url {
            url,
            published,
            source,
            destination,
        }
    } else {
        JobPayload::Text {
            text,
            url,
            published,
            source,
            destination,
        }
    })
}

fn text_of(object: &Map<String, Value>, key: &'static str, errors: &mut Vec<FieldError>) -> String {
    match object.get(key) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(_) => {
            fault(errors, key, "expected a text".to_owned());
            String::new()
        }
    }
}

fn fault(errors: &mut Vec<FieldError>, field: &'static str, message: String) {
    errors.push(FieldError { field, message });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(body: Value) -> Result<JobPayload, String> {
        let Value::Object(object) = body else {
            panic!("no object")
        };
        read(&object).map_err(|error| match error {
            WebError::Fields(errors) => errors
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; "),
            other => other.to_string(),
        })
    }

    #[test]
    fn a_text_or_an_address_is_taken_with_what_is_known_of_it() {
        assert_eq!(
            told(
                json!({"url": "https://example.org/a?utm_source=x", "published": "2024-09-10", "source": "Wire", "publish": true})
            ),
            Ok(JobPayload::Url {
                url: "https://example.org/a".to_owned(),
                published: "2024-09-10".parse().ok(),
                source: "Wire".to_owned(),
                destination: Destination::Timeline,
            })
        );
        assert!(matches!(
            told(json!({"text": "Ministers met."})),
            Ok(JobPayload::Text { .. })
        ));
    }

    #[test]
    fn every_fault_is_told() {
        assert_eq!(
            told(json!({})),
            Err("text: expected a text or an address, but found neither".to_owned())
        );
        assert_eq!(
            told(json!({"url": "ftp://x", "published": "2024-13-40", "publish": "yes"})),
            Err("published: expected a day such as 2024-09-10, but found “2024-13-40”; publish: expected true or false; \
                 url: expected an http or https address, but found “ftp://x”"
                .to_owned())
        );
        assert_eq!(
            told(json!({"txt": ""})),
            Err("“txt” is none of text, url, published, source, publish.".to_owned())
        );
    }
}
