//! What visitors read of each failure.

use actix_web::http::StatusCode;

use super::{super::filters::grouped, Missing, WebError};

impl WebError {
    /// What visitors read.
    pub fn wording(&self) -> Wording {
        let status = self.status();
        let wording = Wording::of(status);
        match self {
            Self::Parameters(errors) => Wording {
                details: errors.iter().map(ToString::to_string).collect(),
                ..wording
            },
            Self::Malformed(sentence) | Self::Refused(sentence) => wording.said(sentence.clone()),
            Self::NotFound(missing) => wording.said(not_found(missing)),
            Self::Deleted { id, at, reason } => {
                let day = at.strftime("%-d %B %Y");
                wording.said(if reason.is_empty() {
                    format!("The event {id} was deleted on {day}.")
                } else {
                    format!("The event {id} was deleted on {day}. Reason: {reason}")
                })
            }
            Self::SignedOut => wording.said("Sign in to see this page.".to_owned()),
            Self::Role(role) => wording.said(format!(
                "This needs the role {role}. An administrator can give it to your account."
            )),
            Self::TokenMissing => wording.said(
                "Send a token that is on record as “Authorization: Bearer TOKEN”.".to_owned(),
            ),
            Self::CrossSite => wording.said(
                "This form was sent from another site, so nothing was changed.".to_owned(),
            ),
            Self::StaleForm => wording.said(
                "This form is not from your present sign-in, so nothing was changed. Go back, load the page anew and send it again."
                    .to_owned(),
            ),
            Self::Method(allowed) => wording.said(format!(
                "This address takes {} only.",
                allowed.join(", ")
            )),
            Self::Conflict(event) => wording.said(format!(
                "Somebody saved the event {} first: it is now at revision {}.",
                event.id, event.revision
            )),
            Self::RevisionMissing => wording.said(
                "Say which revision the change is based on, as “revision” in the body or in the header If-Match.".to_owned(),
            ),
            Self::TooLarge(limit) => wording.said(format!(
                "This server takes at most {} here.",
                shown_bytes(*limit)
            )),
            Self::MediaType(expected) => wording.said(format!("This address takes {expected}.")),
            Self::Fields(errors) => Wording {
                details: errors.iter().map(ToString::to_string).collect(),
                ..wording
            },
            Self::Throttled { retry_after_secs } => wording.said(format!(
                "Too many sign-ins failed. Try again in {retry_after_secs} seconds."
            )),
            Self::TooSlow
            | Self::Unavailable(_)
            | Self::DiskFull
            | Self::Internal(_)
            | Self::Unguarded => wording,
        }
    }
}

fn not_found(missing: &Missing) -> String {
    match missing {
        Missing::Page => "There is no page at this address.".to_owned(),
        Missing::Event(id) => format!("There is no event {id} on record."),
        Missing::Party(code) => format!("There is no party {code} on record."),
        Missing::Article(id) => format!("There is no article {id} on record."),
        Missing::Other(sentence) => sentence.clone(),
    }
}

/// “1 MiB”, “1,500 bytes”.
pub(in crate::web) fn shown_bytes(bytes: usize) -> String {
    const MIB: usize = 1024 * 1024;
    if bytes >= MIB && bytes.is_multiple_of(MIB) {
        format!("{} MiB", bytes / MIB)
    } else {
        format!(
            "{} bytes",
            grouped(i64::try_from(bytes).unwrap_or(i64::MAX))
        )
    }
}

/// What visitors read of a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The status of the answer.
    pub status: StatusCode,
    /// The heading.
    pub title: &'static str,
    /// A sentence or two.
    pub text: String,
    /// Single faults, a line each.
    pub details: Vec<String>,
}

impl Wording {
    /// The words of a status that nothing more is known of.
    pub fn of(status: StatusCode) -> Self {
        let (title, text) = match status.as_u16() {
            400 => (
                "This request cannot be read",
                "Part of the address or of what was sent is not as it should be.",
            ),
            401 => ("Sign in first", "This needs to know who you are."),
            403 => (
                "This is not open to you",
                "Your role does not reach this far.",
            ),
            404 => ("Not found", "There is no page at this address."),
            405 => ("Not this way", "This address does not take that method."),
            408 => (
                "Too slow",
                "The request took too long to arrive. Nothing was changed; send it again.",
            ),
            409 => (
                "Somebody saved first",
                "It was changed meanwhile, so nothing was overwritten.",
            ),
            410 => ("No longer on record", "It was deleted."),
            413 => ("Too large", "More was sent than this address takes."),
            415 => (
                "Another type is expected",
                "This address does not take that type of content.",
            ),
            422 => ("Please mend these fields", "Nothing was saved yet."),
            428 => (
                "The revision is missing",
                "Say which revision the change is based on.",
            ),
            429 => ("Too many attempts", "Wait a little and try again."),
            503 => (
                "The record is out of reach",
                "The database does not answer at the moment. Nothing was lost; try again in a minute.",
            ),
            507 => (
                "There is no room left",
                "The server's disk is full, so nothing was saved. Whoever runs it has to make room.",
            ),
            500..=599 => (
                "Something went wrong on our side",
                "It has been noted. If it happens again, tell whoever runs this server the reference below.",
            ),
            _ => (
                "This request cannot be answered",
                "It is not as it should be.",
            ),
        };
        Self {
            status,
            title,
            text: text.to_owned(),
            details: Vec::new(),
        }
    }

    fn said(self, text: String) -> Self {
        Self { text, ..self }
    }
}
