//! Bodies of forms → fields, after the CSRF token was checked.

use std::{future::Future, pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest,
    dev::{Payload, RequestHead, ServiceRequest},
    web::{Bytes, BytesMut, Data},
};
use futures::StreamExt as _;

use crate::{config::Settings, domain::draft::RawFields};

use super::{
    csrf,
    error::WebError,
    state::AppState,
    visitor::{Visitor, header_text},
};

const URLENCODED: &str = "application/x-www-form-urlencoded";

/// Fields of a form in the order sent. Names may repeat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Reads a urlencoded body.
    pub fn read(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    /// The first value of a name, trimmed; `""` where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// Every value of a name, trimmed.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.trim())
    }

    /// For the door of drafts: several values of one name are joined by `|`, as in a cell.
    pub fn raw(&self) -> RawFields {
        let mut raw = RawFields::new();
        for (name, value) in self.0.iter().filter(|(name, _)| name != csrf::FIELD) {
            raw.entry(name.clone())
                .and_modify(|cell: &mut String| {
                    if cell.trim().is_empty() {
                        cell.clone_from(value);
                    } else if !value.trim().is_empty() {
                        cell.push('|');
                        cell.push_str(value);
                    }
                })
                .or_insert_with(|| value.clone());
        }
        raw
    }
}

/// The fields of a form that was sent by a page of ours: its token was checked.
#[derive(Debug, Clone)]
pub struct CheckedForm(pub Fields);

impl std::ops::Deref for CheckedForm {
    type Target = Fields;

    fn deref(&self) -> &Fields {
        &self.0
    }
}

impl FromRequest for CheckedForm {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visitor = Visitor::attached(request);
        let state = request.app_data::<Data<AppState>>().cloned();
        let typed = is_urlencoded(request.head());
        let payload = payload.take();
        Box::pin(async move {
            let (Some(visitor), Some(state)) = (visitor, state) else {
                return Err(WebError::Unguarded);
            };
            if !typed {
                return Err(WebError::MediaType(URLENCODED));
            }
            let body = collect(payload, &state.settings).await?;
            let fields = Fields::read(&body);
            csrf::check(&visitor, fields.text(csrf::FIELD))?;
            Ok(Self(fields))
        })
    }
}

/// Whether a body says that it is a plain form.
pub fn is_urlencoded(head: &RequestHead) -> bool {
    header_text(head, "content-type").is_some_and(|media| {
        media
            .split(';')
            .next()
            .is_some_and(|media| media.trim().eq_ignore_ascii_case(URLENCODED))
    })
}

/// The body of a request that has not reached its handler.
///
/// # Errors
/// Too large, too slow, broken off.
pub async fn body(request: &mut ServiceRequest, settings: &Settings) -> Result<Bytes, WebError> {
    collect(request.take_payload(), settings).await
}

/// The bytes of a body, within the limits of size and time.
///
/// # Errors
/// Too large, too slow, broken off.
pub async fn collect(mut payload: Payload, settings: &Settings) -> Result<Bytes, WebError> {
    let limit = settings.body_max.as_usize();
    let read = async {
        let mut body = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| {
                WebError::Malformed("The request broke off before its end.".to_owned())
            })?;
            if body.len() + chunk.len() > limit {
                return Err(WebError::TooLarge(limit));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    tokio::time::timeout(Duration::from_secs(settings.request_timeout_secs), read)
        .await
        .unwrap_or(Err(WebError::TooSlow))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_fields_become_one_cell_without_the_token() {
        let fields = Fields::read(b"csrf=x&actors=IRN&actors=&actors=RUS&headline=A+%26+B");
        let raw = fields.raw();
        assert_eq!(raw.get("actors").map(String::as_str), Some("IRN|RUS"));
        assert_eq!(raw.get("headline").map(String::as_str), Some("A & B"));
        assert_eq!(raw.get("csrf"), None);
    }
}
