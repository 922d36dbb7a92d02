//! What stood in the way of a fetch: each a sentence that an editor understands, and whether trying again makes sense.

use reqwest::{
    StatusCode,
    header::{DATE, HeaderMap, RETRY_AFTER},
};

use super::{guard::Forbidden, header};

/// Why nothing came of a fetch: each a sentence that an editor understands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Not an address of the web.
    #[error("expected an http or https address, but found “{0}”")]
    NoAddress(String),
    /// An address of our own network.
    #[error(
        "{host} leads to {address}, {forbidden}; only addresses that DEMARCHE_FETCH_ALLOW names may be fetched there"
    )]
    Forbidden {
        /// The host that was asked for.
        host: String,
        /// The address it has.
        address: String,
        /// What is there.
        forbidden: Forbidden,
    },
    /// The name does not exist, or no name server answers.
    #[error("the host {0} cannot be found")]
    NoHost(String),
    /// Nobody answers there, or not in a way that is understood.
    #[error("no connection to {host}: {cause}")]
    NoConnection {
        /// The host.
        host: String,
        /// What the network said.
        cause: String,
    },
    /// Too slow.
    #[error("{host} did not answer in full within {seconds} seconds")]
    Timeout {
        /// The host.
        host: String,
        /// The limit.
        seconds: u64,
    },
    /// Another status than success.
    #[error("{host} answered {status} for {url}{}", hint(*.status))]
    Status {
        /// The address that was asked for.
        url: String,
        /// Its host.
        host: String,
        /// The status.
        status: StatusCode,
        /// Whether it may go better later.
        later: Later,
    },
    /// A port where no pages are served to the world.
    #[error(
        "{host} is named with port {port}; only 80, 443 and what DEMARCHE_FETCH_ALLOW names may be asked"
    )]
    Port {
        /// The host.
        host: String,
        /// The port.
        port: u16,
    },
    /// The host asks programs to leave the page alone.
    #[error(
        "{host} asks programs not to fetch {url} (its robots.txt); paste the article’s text instead"
    )]
    Robots {
        /// The host.
        host: String,
        /// The page.
        url: String,
    },
    /// Whether the page may be fetched cannot be found out.
    #[error("the robots.txt of {host} cannot be had, so its pages are left alone for now: {cause}")]
    NoRobots {
        /// The host.
        host: String,
        /// What stood in the way.
        cause: String,
        /// When to try again, if the server said.
        seconds: Option<u64>,
    },
    /// The answer broke off.
    #[error("the answer of {0} breaks off or cannot be unpacked")]
    CutShort(String),
    /// Too many redirects.
    #[error("{0} redirects more than 5 times")]
    Redirects(String),
    /// Too large.
    #[error("the page is larger than {} MiB", .0 / 1_048_576)]
    TooLarge(u64),
    /// No text.
    #[error("expected a page, but found {0}")]
    NoPage(String),
    /// The client could not be built.
    #[error("the client for fetching could not be made ready: {0}")]
    Client(String),
}

/// Whether trying again makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// The server may answer otherwise in a while; after so many seconds if it said.
    Maybe(Option<u64>),
    /// It will not.
    No,
}

impl FetchError {
    /// Whether trying again later makes sense.
    pub const fn later(&self) -> Later {
        match self {
            Self::Status { later, .. } => *later,
            Self::NoRobots { seconds, .. } => Later::Maybe(*seconds),
            Self::NoHost(_)
            | Self::NoConnection { .. }
            | Self::CutShort(_)
            | Self::Timeout { .. } => Later::Maybe(None),
            _ => Later::No,
        }
    }

    /// Whether the server says that there will be nothing any more.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Status { status, .. } if *status == StatusCode::GONE)
    }
}

/// What a status may mean to whoever gave the address.
fn hint(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "; the link may have moved",
        StatusCode::GONE => "; it was taken away for good",
        StatusCode::UNAUTHORIZED | StatusCode::PAYMENT_REQUIRED | StatusCode::FORBIDDEN => {
            "; it is not open to programs: paste the article’s text instead"
        }
        StatusCode::TOO_MANY_REQUESTS => "; it wants to be asked less often",
        status if status.is_server_error() => "; its server has trouble at the moment",
        _ => "",
    }
}

/// Whether an answer of a status may be another later.
pub(super) fn later(status: StatusCode, headers: &HeaderMap) -> Later {
    if status.is_server_error()
        || matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT
        )
    {
        Later::Maybe(retry_after(headers))
    } else {
        Later::No
    }
}

#[expect(
    clippy::disallowed_types,
    reason = "the difference of two instants of a server, kept nowhere"
)]
/// The header `Retry-After` in seconds: a number, or a date, counted from the server's own `Date`.
fn retry_after(headers: &HeaderMap) -> Option<u64> {
    let written = header(headers, &RETRY_AFTER)?;
    if let Ok(seconds) = written.trim().parse() {
        return Some(seconds);
    }
    let at = |written: String| chrono::DateTime::parse_from_rfc2822(written.trim()).ok();
    let wait = at(written)? - header(headers, &DATE).and_then(at)?;
    u64::try_from(wait.num_seconds()).ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn retry_after_is_read_as_seconds_or_as_a_date_by_the_servers_own_clock() {
        let told = |pairs: &[(reqwest::header::HeaderName, &'static str)]| {
            let headers = pairs
                .iter()
                .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
                .collect();
            later(StatusCode::SERVICE_UNAVAILABLE, &headers)
        };
        assert_eq!(told(&[(RETRY_AFTER, "120")]), Later::Maybe(Some(120)));
        let date = (RETRY_AFTER, "Tue, 24 Nov 2026 12:10:00 GMT");
        let now = (DATE, "Tue, 24 Nov 2026 12:00:00 GMT");
        assert_eq!(told(&[date.clone(), now.clone()]), Later::Maybe(Some(600)));
        assert_eq!(told(&[date]), Later::Maybe(None));
        assert_eq!(
            told(&[(RETRY_AFTER, "Tue, 24 Nov 2026 11:00:00 GMT"), now]),
            Later::Maybe(None)
        );
        assert_eq!(told(&[(RETRY_AFTER, "soon")]), Later::Maybe(None));
        assert_eq!(later(StatusCode::NOT_FOUND, &HeaderMap::new()), Later::No);
    }

    #[test]
    fn a_status_is_told_with_its_address_and_what_it_may_mean() {
        let told = |status| {
            FetchError::Status {
                url: "https://example.org/a".to_owned(),
                host: "example.org".to_owned(),
                status,
                later: Later::No,
            }
            .to_string()
        };
        assert_eq!(
            told(StatusCode::NOT_FOUND),
            "example.org answered 404 Not Found for https://example.org/a; the link may have moved"
        );
        assert_eq!(
            told(StatusCode::IM_A_TEAPOT),
            "example.org answered 418 I'm a teapot for https://example.org/a"
        );
    }
}
