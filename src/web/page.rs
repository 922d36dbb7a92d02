//! What every page shares, and how a template becomes an answer.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::time::Duration,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, LOCATION},
    },
};
use askama::Template;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::domain::role::Role;

use super::{
    assets, csrf,
    error::WebError,
    session::{self, FLASH_COOKIE},
    state::AppState,
    visitor::{SignedIn, Visitor},
};

/// Which entry of the navigation is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// The timeline and its events.
    Timeline,
    /// Lanes.
    Compare,
    /// Parties.
    Actors,
    /// Publishers and articles.
    Sources,
    /// Warnings, pledges and what became of them.
    FollowThrough,
    /// The review queue.
    Review,
    /// Ingest and feeds.
    Ingest,
    /// Everything else under `/admin`.
    Admin,
    /// None of them.
    Elsewhere,
}

/// Who is signed in, as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageUser {
    /// The account's name.
    pub name: String,
    /// What the account may do.
    pub role: Role,
}

impl PageUser {
    /// Whether the account may write.
    pub fn edits(&self) -> bool {
        self.role >= Role::Editor
    }

    /// Whether the account keeps users and tokens.
    pub fn administers(&self) -> bool {
        self.role >= Role::Admin
    }
}

/// Whether search engines may keep a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Robots {
    /// They may.
    Welcome,
    /// They should look at the page that this one is a variant of.
    KeepOut,
}

/// What other sites show of a link to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Social {
    /// `article` or `website`.
    pub kind: &'static str,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub description: String,
    /// The whole address.
    pub url: String,
    /// The whole address of the picture.
    pub image: String,
    /// The whole address of what says how to embed it.
    pub oembed: String,
}

/// What every page shares. Templates name the field `page`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The title, without the name of the site.
    pub title: String,
    /// Which entry of the navigation is current.
    pub nav: Nav,
    /// Who is signed in.
    pub user: Option<PageUser>,
    /// What forms are checked by; empty where there can be none.
    pub csrf: String,
    /// How many candidates wait for review; 0 unless an editor is signed in.
    pub waiting: i64,
    /// What the page before this one wanted said.
    pub flash: Option<String>,
    /// The address of a feed of what the page lists.
    pub feed: Option<String>,
    /// Whether search engines may keep it.
    pub robots: Robots,
    /// What other sites show of a link to it.
    pub social: Option<Social>,
}

impl Page {
    /// The page of a visitor.
    ///
    /// # Errors
    /// What the store says.
    pub async fn of(
        state: &AppState,
        visitor: &Visitor,
        nav: Nav,
        title: impl Into<String>,
    ) -> Result<Self, WebError> {
        let mut page = Self::known(visitor, nav, title);
        if page.user.as_ref().is_some_and(PageUser::edits) {
            page.waiting = state.store.waiting_count().await?;
        }
        Ok(page)
    }

    /// The page of somebody who is signed in.
    ///
    /// # Errors
    /// What the store says.
    pub async fn of_user(
        state: &AppState,
        user: &SignedIn,
        nav: Nav,
        title: impl Into<String>,
    ) -> Result<Self, WebError> {
        Self::of(state, &user.visitor, nav, title).await
    }

    /// The page of a failure: as much as can be had without failing again.
    pub async fn for_failure(
        state: Option<&AppState>,
        visitor: &Visitor,
        title: &'static str,
    ) -> Self {
        let page = Self::known(visitor, Nav::Elsewhere, title);
        match state {
            Some(state) => Self::of(state, visitor, Nav::Elsewhere, title)
                .await
                .unwrap_or(page),
            None => page,
        }
    }

    /// A page for whom nothing is known of.
    pub fn bare(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            nav: Nav::Elsewhere,
            user: None,
            csrf: String::new(),
            waiting: 0,
            flash: None,
            feed: None,
            robots: Robots::Welcome,
            social: None,
        }
    }

    fn known(visitor: &Visitor, nav: Nav, title: impl Into<String>) -> Self {
        Self {
            nav,
            user: visitor.session.as_ref().map(|session| PageUser {
                name: session.user.clone(),
                role: session.role,
            }),
            csrf: csrf::token_of(visitor).unwrap_or_default(),
            flash: visitor.flash.clone(),
            ..Self::bare(&title.into())
        }
    }

    /// The address of a file of `static/`.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }

    /// Whether search engines should keep out.
    pub fn keeps_robots_out(&self) -> bool {
        self.robots == Robots::KeepOut
    }

    /// Whether an entry of the navigation is current.
    pub fn at(&self, nav: Nav) -> bool {
        self.nav == nav
    }
}

/// A template as an answer.
pub fn html(status: StatusCode, template: &impl Template) -> HttpResponse {
    match template.render() {
        Ok(text) => HttpResponse::build(status)
            .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
            .body(text),
        Err(error) => HttpResponse::from_error(WebError::internal(error)),
    }
}

/// A template as the answer to what was asked.
pub fn ok(template: &impl Template) -> HttpResponse {
    html(StatusCode::OK, template)
}

/// Leads on to another page after a write.
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, to))
        .finish()
}

/// Leads on to another page, which then says a sentence once.
pub fn see_other_with(visitor: &Visitor, to: &str, sentence: &str) -> HttpResponse {
    let cookie = session::make_cookie(
        FLASH_COOKIE,
        URL_SAFE_NO_PAD.encode(sentence),
        visitor.transport,
        Duration::minutes(2),
    );
    HttpResponse::SeeOther()
        .insert_header((LOCATION, to))
        .cookie(cookie)
        .finish()
}

/// The sentence that a request's cookie brings.
pub fn flash_of(request: &HttpRequest) -> Option<String> {
    let value = session::cookie(request, FLASH_COOKIE)?;
    String::from_utf8(URL_SAFE_NO_PAD.decode(value).ok()?).ok()
}
