//! Who asks: the facts of a request that pages and failures need after the request itself has gone to its handler.

use std::{future::Ready, net::IpAddr, rc::Rc};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::{Payload, RequestHead, ServiceRequest},
    http::header,
};

use crate::{
    config::Settings,
    domain::role::Role,
    store::{Author, session::Session, token::Token},
    telemetry::RequestId,
};

use super::{error::WebError, page, session};

/// Who asks, and how. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Visitor(Rc<Facts>);

/// The facts of one request.
#[derive(Debug)]
pub struct Facts {
    /// Names the request in the log.
    pub request: RequestId,
    /// The request's path, for links back.
    pub path: String,
    /// Path and query.
    pub address: String,
    /// What a failure is told in.
    pub speaks: Speaks,
    /// The network address of the client, behind trusted proxies.
    pub client: IpAddr,
    /// Whether the client's own connection is encrypted.
    pub transport: Transport,
    /// Who is signed in.
    pub session: Option<Session>,
    /// Which API token was presented.
    pub token: Option<Token>,
    /// The value of the cookie that forms before the sign-in are checked by.
    pub form_cookie: Option<String>,
    /// What the page before this one wanted said.
    pub flash: Option<String>,
}

/// What a failure is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    /// A page.
    Html,
    /// `application/problem+json`.
    Json,
}

/// Whether the client's own connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Over TLS, at a trusted proxy.
    Tls,
    /// In the clear.
    Plain,
}

impl std::ops::Deref for Visitor {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl Visitor {
    /// The facts of a request, before anybody is known.
    pub fn of(request: &ServiceRequest, settings: &Settings, id: RequestId) -> Self {
        let peer = request
            .peer_addr()
            .map_or(IpAddr::from([127, 0, 0, 1]), |address| address.ip());
        let trusted = settings.trusted_proxy.trusts(peer);
        Self(Rc::new(Facts {
            request: id,
            path: request.path().to_owned(),
            address: request
                .uri()
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
            speaks: if request.path().starts_with("/api/") {
                Speaks::Json
            } else {
                Speaks::Html
            },
            client: if trusted {
                forwarded_for(request.head(), settings).unwrap_or(peer)
            } else {
                peer
            },
            transport: if (trusted
                && header_text(request.head(), "x-forwarded-proto") == Some("https"))
                || settings.public_url.starts_with("https://")
            {
                Transport::Tls
            } else {
                Transport::Plain
            },
            session: None,
            token: None,
            form_cookie: session::cookie(request.request(), session::FORM_COOKIE),
            flash: page::flash_of(request.request()),
        }))
    }

    /// The same visitor, known by a session or a token.
    #[must_use]
    pub fn known(&self, session: Option<Session>, token: Option<Token>) -> Self {
        Self(Rc::new(Facts {
            request: self.request,
            path: self.path.clone(),
            address: self.address.clone(),
            speaks: self.speaks,
            client: self.client,
            transport: self.transport,
            session,
            token,
            form_cookie: self.form_cookie.clone(),
            flash: self.flash.clone(),
        }))
    }

    /// What the visitor may do; `None` for somebody unknown.
    pub fn role(&self) -> Option<Role> {
        let session = self.session.as_ref().map(|session| session.role);
        session.or_else(|| self.token.as_ref().map(|token| token.role))
    }

    /// Whose name changes carry.
    pub fn author(&self) -> Option<Author> {
        let session = self
            .session
            .as_ref()
            .map(|session| Author(session.user.clone()));
        session.or_else(|| {
            self.token
                .as_ref()
                .map(|token| Author(format!("token {}", token.name)))
        })
    }

    /// Keeps the visitor with its request.
    pub fn attach(&self, request: &ServiceRequest) {
        request.extensions_mut().insert(self.clone());
    }

    /// The visitor of a request; there is one as soon as the guard has seen it.
    pub fn attached(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }
}

/// The last address that a trusted proxy did not write itself.
fn forwarded_for(head: &RequestHead, settings: &Settings) -> Option<IpAddr> {
    let hops: Vec<IpAddr> = header_text(head, "x-forwarded-for")?
        .split(',')
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    hops.iter()
        .rev()
        .find(|hop| !settings.trusted_proxy.trusts(**hop))
        .or_else(|| hops.first())
        .copied()
}

/// A header's text, where it is there and is text.
pub fn header_text<'a>(head: &'a RequestHead, name: &str) -> Option<&'a str> {
    head.headers()
        .get(header::HeaderName::from_bytes(name.as_bytes()).ok()?)
        .and_then(|value| value.to_str().ok())
        .map(str::trim)
}

impl FromRequest for Visitor {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Self::attached(request).ok_or(WebError::Unguarded))
    }
}

/// Somebody who is signed in, as the guard found them. The route's role has been checked.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account's name.
    pub user: String,
    /// What the account may do.
    pub role: Role,
    /// What forms are checked by.
    pub csrf: String,
    /// The session itself.
    pub session: Session,
    /// The request's facts.
    pub visitor: Visitor,
}

impl SignedIn {
    /// Whose name changes carry.
    pub fn author(&self) -> Author {
        Author(self.user.clone())
    }
}

impl FromRequest for SignedIn {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(
            Visitor::attached(request)
                .and_then(|visitor| {
                    let session = visitor.session.clone()?;
                    Some(Self {
                        user: session.user.clone(),
                        role: session.role,
                        csrf: session.csrf.clone(),
                        session,
                        visitor,
                    })
                })
                .ok_or(WebError::SignedOut),
        )
    }
}

/// An API token that was presented. The route's role has been checked.
#[derive(Debug, Clone)]
pub struct ByToken(pub Token);

impl ByToken {
    /// Whose name changes carry.
    pub fn author(&self) -> Author {
        Author(format!("token {}", self.0.name))
    }
}

impl FromRequest for ByToken {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(
            Visitor::attached(request)
                .and_then(|visitor| visitor.token.clone().map(Self))
                .ok_or(WebError::TokenMissing),
        )
    }
}
