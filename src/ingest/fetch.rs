//! An address → the bytes behind it. The one place from which requests go out.
//!
//! Every hop is checked by [`guard`]: only http and https, and never an address of our own network, whether the name leads there,
//! the address itself spells it, or a redirect points to it. Names are resolved by our own resolver, so that the address that
//! was checked is the address that is connected to. Sizes count decoded bytes. Proxies of the environment are not used, since
//! they would connect elsewhere.

mod guard;

use std::{error::Error as _, net::SocketAddr, sync::Arc, time::Duration};

use reqwest::{
    Client, Response, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{
        ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
        IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
    },
    redirect::Policy,
};
use url::{Host, Url};

use self::guard::Forbidden;
use crate::config::FetchAllow;

/// How fetches behave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchSettings {
    /// The largest answer, decoded, in bytes.
    pub max_bytes: u64,
    /// After how long a fetch gives up, redirects and body included.
    pub timeout: Duration,
    /// Addresses of our own network that may be fetched.
    pub allow: FetchAllow,
    /// What the user agent names beside the program; may be empty.
    pub contact: String,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            max_bytes: 10 * 1024 * 1024,
            timeout: Duration::from_secs(30),
            allow: FetchAllow::Only(Vec::new()),
            contact: String::new(),
        }
    }
}

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 5;

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
    #[error("{host} answered {status}")]
    Status {
        /// The host.
        host: String,
        /// The status and its words.
        status: String,
        /// Whether it may go better later.
        later: Later,
    },
    /// Too many redirects.
    #[error("{0} redirects more than {MOST_REDIRECTS} times")]
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
            Self::NoHost(_) | Self::NoConnection { .. } | Self::Timeout { .. } => {
                Later::Maybe(None)
            }
            _ => Later::No,
        }
    }
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address that answered in the end.
    pub address: Url,
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
    /// The header `Content-Type`, lower case; may be empty.
    pub media_type: String,
    /// The header `ETag`; may be empty.
    pub etag: String,
    /// The header `Last-Modified`; may be empty.
    pub last_modified: String,
}

impl Fetched {
    /// The charset that the server named.
    pub fn charset(&self) -> Option<&str> {
        let (_, rest) = self.media_type.split_once("charset=")?;
        rest.split(';')
            .next()
            .map(|label| label.trim_matches(['"', '\'', ' ']))
    }
}

/// What came of asking for something that was fetched before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refetched {
    /// As it was.
    Unchanged,
    /// Something new.
    Changed(Box<Fetched>),
}

/// What a server told of an answer, to ask whether it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validators<'a> {
    /// Its `ETag`; may be empty.
    pub etag: &'a str,
    /// Its `Last-Modified`; may be empty.
    pub last_modified: &'a str,
}

/// Fetches addresses. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Fetcher {
    /// For the world: its names may not lead into our own network.
    guarded: Client,
    /// For what is allowed by name.
    open: Client,
    settings: Arc<FetchSettings>,
}

impl Fetcher {
    /// A fetcher.
    ///
    /// # Errors
    /// [`FetchError::Client`] where TLS or the system's certificates cannot be had.
    pub fn new(settings: FetchSettings) -> Result<Self, FetchError> {
        // Another part of the process may have chosen a provider already, which does as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let user_agent = format!(
            "Demarche/{} (article reader{}{})",
            env!("CARGO_PKG_VERSION"),
            if settings.contact.is_empty() {
                ""
            } else {
                "; "
            },
            settings.contact
        );
        let build = |names| {
            Client::builder()
                .user_agent(&user_agent)
                .redirect(Policy::none())
                .no_proxy()
                .connect_timeout(settings.timeout.min(Duration::from_secs(10)))
                .dns_resolver(Resolver { names })
                .build()
                .map_err(|error| FetchError::Client(innermost(&error)))
        };
        Ok(Self {
            guarded: build(Names::Guarded)?,
            open: build(Names::Open)?,
            settings: Arc::new(settings),
        })
    }

    /// Fetches an address.
    ///
    /// # Errors
    /// A sentence on what stood in the way.
    pub async fn fetch(&self, address: &str) -> Result<Fetched, FetchError> {
        match self.refetch(address, Validators::default()).await? {
            Refetched::Changed(fetched) => Ok(*fetched),
            Refetched::Unchanged => Err(FetchError::Status {
                host: address.to_owned(),
                status: StatusCode::NOT_MODIFIED.to_string(),
                later: Later::No,
            }),
        }
    }

    /// Fetches an address unless it is as it was.
    ///
    /// # Errors
    /// A sentence on what stood in the way.
    pub async fn refetch(
        &self,
        address: &str,
        known: Validators<'_>,
    ) -> Result<Refetched, FetchError> {
        let url = web_address(address)?;
        let host = host_of(&url);
        tokio::time::timeout(self.settings.timeout, self.follow(url, known))
            .await
            .map_err(|_| FetchError::Timeout {
                host,
                seconds: self.settings.timeout.as_secs(),
            })?
    }

    async fn follow(&self, mut url: Url, known: Validators<'_>) -> Result<Refetched, FetchError> {
        let first = host_of(&url);
        for _ in 0..=MOST_REDIRECTS {
            let answer = self.ask(&url, known).await?;
            let status = answer.status();
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Refetched::Unchanged);
            }
            if status.is_redirection()
                && let Some(target) = header(answer.headers(), &LOCATION)
            {
                url = url
                    .join(&target)
                    .map_err(|_| FetchError::NoAddress(target))
                    .and_then(|url| web_address(url.as_str()))?;
                continue;
            }
            if !status.is_success() {
                return Err(FetchError::Status {
                    host: host_of(&url),
                    status: status.to_string(),
                    later: later(&answer),
                });
            }
            return self
                .read(url, answer)
                .await
                .map(Box::new)
                .map(Refetched::Changed);
        }
        Err(FetchError::Redirects(first))
    }

    async fn ask(&self, url: &Url, known: Validators<'_>) -> Result<Response, FetchError> {
        let host = host_of(url);
        let port = url.port_or_known_default().unwrap_or(80);
        let client = if self.settings.allow.allows(&host, port) {
            &self.open
        } else {
            // The client asks no resolver for an address that is spelt out.
            let spelt = match url.host() {
                Some(Host::Ipv4(address)) => Some(address.into()),
                Some(Host::Ipv6(address)) => Some(address.into()),
                _ => None,
            };
            if let Some(address) = spelt
                && let Some(forbidden) = guard::forbidden(address)
            {
                return Err(FetchError::Forbidden {
                    host,
                    address: address.to_string(),
                    forbidden,
                });
            }
            &self.guarded
        };
        let mut request = client.get(url.clone()).header(
            ACCEPT,
            "text/html,application/xhtml+xml,application/xml;q=0.9,application/rss+xml,application/atom+xml,application/feed+json,text/*;q=0.8",
        );
        for (name, value) in [
            (IF_NONE_MATCH, known.etag),
            (IF_MODIFIED_SINCE, known.last_modified),
        ] {
            if !value.is_empty()
                && let Ok(value) = HeaderValue::from_str(value)
            {
                request = request.header(name, value);
            }
        }
        request
            .send()
            .await
            .map_err(|error| self.told(&host, &error))
    }

    async fn read(&self, address: Url, mut answer: Response) -> Result<Fetched, FetchError> {
        let host = host_of(&address);
        let media_type = header(answer.headers(), &CONTENT_TYPE)
            .unwrap_or_default()
            .to_ascii_lowercase();
        if let Some(told) = no_page(&media_type) {
            return Err(FetchError::NoPage(told));
        }
        let etag = header(answer.headers(), &ETAG).unwrap_or_default();
        let last_modified = header(answer.headers(), &LAST_MODIFIED).unwrap_or_default();
        let mut bytes = Vec::new();
        while let Some(piece) = answer
            .chunk()
            .await
            .map_err(|error| self.told(&host, &error))?
        {
            if (bytes.len() + piece.len()) as u64 > self.settings.max_bytes {
                return Err(FetchError::TooLarge(self.settings.max_bytes));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Fetched {
            address,
            bytes,
            media_type,
            etag,
            last_modified,
        })
    }

    /// A failure of the client in words.
    fn told(&self, host: &str, error: &reqwest::Error) -> FetchError {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = error.source();
        while let Some(inner) = cause {
            if let Some(refusal) = inner.downcast_ref::<Refusal>() {
                return match refusal {
                    Refusal::Forbidden(address, forbidden) => FetchError::Forbidden {
                        host: host.to_owned(),
                        address: address.ip().to_string(),
                        forbidden: *forbidden,
                    },
                    Refusal::Unknown => FetchError::NoHost(host.to_owned()),
                };
            }
            cause = inner.source();
        }
        if error.is_timeout() {
            return FetchError::Timeout {
                host: host.to_owned(),
                seconds: self.settings.timeout.as_secs(),
            };
        }
        FetchError::NoConnection {
            host: host.to_owned(),
            cause: innermost(error),
        }
    }
}

/// The last cause of an error, which is the one that tells something.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}

fn web_address(address: &str) -> Result<Url, FetchError> {
    Url::parse(address.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
        .ok_or_else(|| FetchError::NoAddress(address.trim().chars().take(200).collect()))
}

fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn later(answer: &Response) -> Later {
    let status = answer.status();
    if status.is_server_error()
        || matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT
        )
    {
        Later::Maybe(
            header(answer.headers(), &RETRY_AFTER).and_then(|seconds| seconds.trim().parse().ok()),
        )
    } else {
        Later::No
    }
}

/// What an answer is, where its type says that it is no page.
fn no_page(media_type: &str) -> Option<String> {
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let may_be_text = media_type.is_empty()
        || media_type.starts_with("text/")
        || media_type == "application/octet-stream"
        || ["html", "xml", "json", "rss", "atom", "rdf"]
            .iter()
            .any(|word| media_type.contains(word));
    (!may_be_text).then(|| {
        if media_type == "application/pdf" {
            "a PDF file; copy its text instead".to_owned()
        } else {
            media_type.chars().take(80).collect()
        }
    })
}

/// Which of a name's addresses may be connected to.
#[derive(Debug, Clone, Copy)]
enum Names {
    /// Those outside our own network.
    Guarded,
    /// All.
    Open,
}

/// Why the resolver gives no address.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("it leads to {0}, {1}")]
    Forbidden(SocketAddr, Forbidden),
    #[error("it cannot be found")]
    Unknown,
}

#[derive(Debug, Clone, Copy)]
struct Resolver {
    names: Names,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.names;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0))
                .await
                .map_err(|_| Refusal::Unknown)?
                .collect();
            let mut allowed = found.clone();
            if let Names::Guarded = names {
                allowed.retain(|address| guard::forbidden(address.ip()).is_none());
            }
            if allowed.is_empty() {
                let refusal = found
                    .into_iter()
                    .find_map(|address| {
                        guard::forbidden(address.ip()).map(|why| Refusal::Forbidden(address, why))
                    })
                    .unwrap_or(Refusal::Unknown);
                return Err(refusal.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
