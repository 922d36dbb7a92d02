//! An address → the bytes behind it. The one place from which requests go out.
//!
//! Every hop is checked by [`guard`]: only http and https, and never an address of our own network, whether the name leads there,
//! the address itself spells it, or a redirect points to it. Names are resolved by our own resolver, so that the address that
//! was checked is the address that is connected to. Sizes count decoded bytes. Proxies of the environment are not used, since
//! they would connect elsewhere. One host is asked with gaps ([`pace`]); pages that a feed names, and nobody by hand, only
//! where the host's [`robots`] allow it. What went wrong is told by [`error`].

mod error;
mod guard;
mod names;
mod pace;
mod robots;

use std::{error::Error as _, sync::Arc, time::Duration};

use reqwest::{
    Client, Response, StatusCode,
    header::{
        ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
        IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
    },
    redirect::Policy,
};
use url::{Host, Url};

pub use self::error::{FetchError, Later};
use self::{
    error::later,
    names::{Names, Refusal, Resolver},
    pace::Pace,
    robots::Rules,
};
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
    /// How long one host is left alone between two requests.
    pub gap: Duration,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            max_bytes: 10 * 1024 * 1024,
            timeout: Duration::from_secs(30),
            allow: FetchAllow::Only(Vec::new()),
            contact: String::new(),
            gap: Duration::from_secs(1),
        }
    }
}

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 5;
/// Ports where pages are served to the world.
const STANDARD_PORTS: [u16; 2] = [80, 443];

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
    shared: Arc<Shared>,
}

/// What every clone of a fetcher goes by.
#[derive(Debug, Default)]
struct Shared {
    pace: Pace,
    robots: robots::Kept,
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
            shared: Arc::default(),
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
                url: address.to_owned(),
                host: host_of(&web_address(address)?),
                status: StatusCode::NOT_MODIFIED,
                later: Later::No,
            }),
        }
    }

    /// Fetches an address that nobody asked for by hand: only where the host's robots.txt allows it.
    ///
    /// # Errors
    /// A sentence on what stood in the way.
    pub async fn fetch_as_robot(&self, address: &str) -> Result<Fetched, FetchError> {
        let url = web_address(address)?;
        let origin = url.origin().ascii_serialization();
        let kept = self.shared.robots.of(&origin);
        let rules = if let Some(rules) = kept {
            rules
        } else {
            let rules = self.rules(&origin, &host_of(&url)).await?;
            self.shared.robots.keep(origin, rules.clone());
            rules
        };
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        if rules.allow(&path) {
            self.fetch(address).await
        } else {
            Err(FetchError::Robots {
                host: host_of(&url),
                url: url.to_string(),
            })
        }
    }

    async fn rules(&self, origin: &str, host: &str) -> Result<Rules, FetchError> {
        match self.fetch(&format!("{origin}/robots.txt")).await {
            Ok(fetched) => Ok(Rules::read(&String::from_utf8_lossy(&fetched.bytes))),
            Err(FetchError::Status { status, .. })
                if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS =>
            {
                Ok(Rules::default())
            }
            Err(error) => match error.later() {
                Later::Maybe(seconds) => Err(FetchError::NoRobots {
                    host: host.to_owned(),
                    cause: error.to_string(),
                    seconds,
                }),
                Later::No => Err(error),
            },
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
        self.shared.pace.wait(&host, self.settings.gap).await;
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
                    later: later(status, answer.headers()),
                    url: url.to_string(),
                    status,
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
            if !STANDARD_PORTS.contains(&port) {
                return Err(FetchError::Port { host, port });
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
        if error.is_decode() || error.is_body() {
            return FetchError::CutShort(host.to_owned());
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
