//! Failures → status and words for visitors: this module and the two within are the only place that has either.
//!
//! What is ours to mend (5xx) says nothing but the request's id; its cause is logged once, in [`answer`].

mod answer;
mod wording;

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};

use crate::{
    domain::{
        clock::Timestamp, draft::FieldError, event::Event, filter::ParameterError, id::EventId,
        role::Role,
    },
    export::ExportError,
    store::StoreError,
};

pub(super) use self::wording::shown_bytes;
pub use self::{
    answer::{Panicked, dress, problem_with},
    wording::Wording,
};

/// What was looked for and is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// An address that is none of ours.
    Page,
    /// An event by its id as written.
    Event(String),
    /// A party by its code as written.
    Party(String),
    /// An article by its number as written.
    Article(String),
    /// Anything else: a sentence.
    Other(String),
}

/// Why a request is not answered as asked.
#[derive(Debug)]
pub enum WebError {
    /// Parameters that cannot be read.
    Parameters(Vec<ParameterError>),
    /// A body that cannot be read: a sentence.
    Malformed(String),
    /// There is no such thing.
    NotFound(Missing),
    /// The event was deleted, when and why.
    Deleted {
        /// Its id.
        id: EventId,
        /// When.
        at: Timestamp,
        /// Why, in the editor's words; may be empty.
        reason: String,
    },
    /// Nobody is signed in where somebody must be.
    SignedOut,
    /// The role does not suffice.
    Role(Role),
    /// No API token where there must be one, or one that is not known.
    TokenMissing,
    /// Another site sent the form.
    CrossSite,
    /// The form's token is not the visitor's.
    StaleForm,
    /// The address is there, the method is not; those that are.
    Method(Vec<&'static str>),
    /// Somebody saved first: the event as it stands.
    Conflict(Box<Event>),
    /// A write through the API without the revision that it is based on.
    RevisionMissing,
    /// More bytes than taken.
    TooLarge(usize),
    /// The body came too slowly.
    TooSlow,
    /// A body of another type than taken.
    MediaType(&'static str),
    /// Fields that cannot be read; pages show them beside the fields, the API in a list.
    Fields(Vec<FieldError>),
    /// A rule of the record forbids it: a sentence.
    Refused(String),
    /// Too many failed sign-ins.
    Throttled {
        /// After how many seconds to try again.
        retry_after_secs: u64,
    },
    /// The database does not answer.
    Unavailable(StoreError),
    /// There is no room left to write to.
    DiskFull,
    /// A fault of ours.
    Internal(Box<dyn std::error::Error + Send + Sync>),
    /// A handler ran without the guard before it: a fault of ours.
    Unguarded,
}

impl WebError {
    /// A fault of ours, whatever it is.
    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(cause))
    }

    /// The status of the answer.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Parameters(_) | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::SignedOut | Self::TokenMissing => StatusCode::UNAUTHORIZED,
            Self::Role(_) | Self::CrossSite | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Deleted { .. } => StatusCode::GONE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Fields(_) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::RevisionMissing => StatusCode::PRECONDITION_REQUIRED,
            Self::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(_) | Self::Unguarded => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        }
    }
}

impl fmt::Display for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.wording().text)
    }
}

impl std::error::Error for WebError {}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// The bare status; [`dress`] gives it words, which needs the request.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status())
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::Unavailable(error),
            StoreError::DiskFull => Self::DiskFull,
            StoreError::Conflict(event) => Self::Conflict(event),
            StoreError::NotFound => Self::NotFound(Missing::Other(
                "There is no such entry on record.".to_owned(),
            )),
            StoreError::Gone => Self::NotFound(Missing::Other(
                "It is no longer on record: it was deleted or merged into another.".to_owned(),
            )),
            StoreError::Refused(sentence) => Self::Refused(sentence),
            other => Self::internal(other),
        }
    }
}

impl From<ExportError> for WebError {
    fn from(error: ExportError) -> Self {
        Self::internal(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_says_nothing_of_its_cause() {
        let error = WebError::internal(std::io::Error::other("/var/lib/secret.db is locked"));
        let wording = error.wording();
        assert_eq!(
            wording.text,
            "It has been noted. If it happens again, tell whoever runs this server the reference below."
        );
        assert_eq!(wording.details, Vec::<String>::new());
        assert_eq!(error.to_string(), wording.text);
    }

    #[test]
    fn failures_of_the_store_keep_their_status() {
        for (error, status) in [
            (StoreError::DiskFull, 507),
            (StoreError::NotFound, 404),
            (StoreError::Refused("no".to_owned()), 422),
            (StoreError::Unusable("no".to_owned()), 500),
        ] {
            assert_eq!(WebError::from(error).status().as_u16(), status);
        }
    }

    #[test]
    fn limits_are_told_in_the_unit_that_they_are_set_in() {
        assert_eq!(
            WebError::TooLarge(20 * 1024 * 1024).wording().text,
            "This server takes at most 20 MiB here."
        );
        assert_eq!(
            WebError::TooLarge(1500).wording().text,
            "This server takes at most 1,500 bytes here."
        );
    }
}
