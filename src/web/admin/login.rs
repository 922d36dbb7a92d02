//! `/admin/login` and `/admin/logout`: a name and a password → a session with a new id, or a word on what went wrong.
//!
//! An unknown name takes as long as a wrong password and is told in the same words. Failures are counted for the account
//! and for the address; hashing is left to [`crate::store::password`], the cookie to [`super::super::session`].

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::fold::fold,
    web::{
        csrf,
        error::WebError,
        forms::CheckedForm,
        page::{Nav, Page, html, see_other},
        query::RawQuery,
        session,
        state::AppState,
        visitor::Visitor,
    },
};

use super::resume::{self, Carried};

/// Failures are counted over so many seconds.
const WINDOW_SECS: i64 = 60;

const WRONG: &str = "The user name or the password is wrong";

/// The sign-in form.
#[derive(Template)]
#[template(path = "admin/login.html")]
pub(super) struct LoginPage {
    pub page: Page,
    /// What the form is checked by.
    pub csrf: String,
    /// The name as it was typed.
    pub username: String,
    /// Where to go afterwards.
    pub next: String,
    /// Why nobody is signed in yet.
    pub problem: Option<&'static str>,
    /// What was being written when the session ended.
    pub carried: Option<Carried>,
}

/// GET /admin/login: the form; who is signed in goes on at once.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let next = query.text("next");
    if visitor.session.is_some() {
        return Ok(see_other(local_path(next).unwrap_or("/admin")));
    }
    show(&state, &visitor, StatusCode::OK, |page| LoginPage {
        next: next.to_owned(),
        ..page
    })
    .await
}

/// POST /admin/login: checks the password and begins a session.
pub async fn sign_in(
    state: Data<AppState>,
    visitor: Visitor,
    request: HttpRequest,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let username = form.text("username");
    let password = form.0.0.iter().find(|(name, _)| name == "password");
    let password = password.map_or("", |(_, value)| value.as_str());
    let keys = [
        format!("account {}", fold(username)),
        format!("address {}", visitor.client),
    ];
    let since = state.clock().now().plus_seconds(-WINDOW_SECS);
    let most = i64::from(state.settings.login_failures_per_minute);
    for key in &keys {
        if state.store.login_failures(key, since).await? >= most {
            return Err(WebError::Throttled {
                retry_after_secs: WINDOW_SECS.unsigned_abs(),
            });
        }
    }
    let user = state.store.user(username).await?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let is_right = state
        .passwords
        .verify(password.to_owned(), hash)
        .await
        .map_err(WebError::internal)?;
    let (Some(user), true) = (user, is_right) else {
        for key in &keys {
            state.store.record_login_failure(key).await?;
        }
        state.metrics.login_failure();
        let carried = resume::carried_on(&form);
        return show(&state, &visitor, StatusCode::UNPROCESSABLE_ENTITY, |page| {
            LoginPage {
                username: username.to_owned(),
                next: form.text("next").to_owned(),
                problem: Some(WRONG),
                carried,
                ..page
            }
        })
        .await;
    };
    state.store.clear_login_failures(&keys[0]).await?;
    session::end(&state, &visitor, &request).await?;
    let cookie = session::begin(&state, &visitor, user.id).await?;
    let mut answer = match resume::carried_on(&form) {
        Some(carried) => resume::confirm(&state, &visitor, cookie.value(), carried).await?,
        None => see_other(local_path(form.text("next")).unwrap_or("/admin")),
    };
    answer.add_cookie(&cookie).map_err(WebError::internal)?;
    Ok(answer)
}

/// POST /admin/logout: ends the session.
pub async fn sign_out(
    state: Data<AppState>,
    visitor: Visitor,
    request: HttpRequest,
    _form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let forget = session::end(&state, &visitor, &request).await?;
    let mut answer = see_other("/");
    answer.add_cookie(&forget).map_err(WebError::internal)?;
    Ok(answer)
}

/// Shows the form, with the cookie that it is checked by where the visitor has none yet.
pub(super) async fn show(
    state: &AppState,
    visitor: &Visitor,
    status: StatusCode,
    fill: impl FnOnce(LoginPage) -> LoginPage,
) -> Result<HttpResponse, WebError> {
    let (csrf, cookie) = csrf::before_sign_in(visitor)?;
    let mut filled = fill(LoginPage {
        page: Page::of(state, visitor, Nav::Elsewhere, "Sign in").await?,
        csrf,
        username: String::new(),
        next: String::new(),
        problem: None,
        carried: None,
    });
    if filled.problem.is_some() {
        "Error: sign in".clone_into(&mut filled.page.title);
    }
    let mut answer = html(status, &filled);
    if let Some(cookie) = cookie {
        answer.add_cookie(&cookie).map_err(WebError::internal)?;
    }
    Ok(answer)
}

/// A path on this server, and nothing that a browser would take for another's.
pub(super) fn local_path(next: &str) -> Option<&str> {
    let is_local = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\r', '\n', '\t'])
        && next.is_ascii();
    is_local.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_server_are_led_to() {
        assert_eq!(
            local_path("/admin/history?after=1"),
            Some("/admin/history?after=1")
        );
        for elsewhere in [
            "",
            "admin",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
        ] {
            assert_eq!(local_path(elsewhere), None, "{elsewhere}");
        }
    }
}
