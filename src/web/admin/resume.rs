//! A form whose session ended while it was being filled in → the sign-in that carries what was typed, then a page that sends it.
//!
//! Nothing is written before the person, signed in again, presses the button: the form then has a token of the new
//! session. Passwords that were typed are not carried. Files cannot be.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use crate::{
    store::secret,
    web::{
        csrf,
        error::WebError,
        forms::Fields,
        page::{Nav, Page, ok, see_other},
        state::AppState,
        visitor::Visitor,
    },
};

use super::login::{self, LoginPage, local_path};

/// The hidden field that says where the form was going.
const TO: &str = "carried_to";
/// Begins the names of the fields that are carried.
const PREFIX: &str = "carried:";

/// A form on its way through the sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The path that it was sent to.
    pub to: String,
    /// Its fields, in their order.
    pub fields: Vec<(String, String)>,
}

impl Carried {
    /// Its fields under the names that they have in the sign-in form.
    pub fn hidden(&self) -> Vec<(String, &str)> {
        self.fields
            .iter()
            .map(|(name, value)| (format!("{PREFIX}{name}"), value.as_str()))
            .collect()
    }

    /// What a person wrote into it.
    pub fn shown(&self) -> Vec<(&str, &str)> {
        self.fields
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

/// The page that sends a carried form.
#[derive(Template)]
#[template(path = "admin/resume.html")]
struct ResumePage {
    page: Page,
    csrf: String,
    carried: Carried,
}

/// Answers a form that was sent after its session ended; `body` is what was typed.
///
/// # Errors
/// [`WebError::SignedOut`] for the sign-out, which leads to the sign-in; what the store says.
pub async fn signed_out(
    state: &AppState,
    visitor: &Visitor,
    body: &[u8],
) -> Result<HttpResponse, WebError> {
    if visitor.path == "/admin/logout" {
        return Ok(see_other("/admin/login"));
    }
    let typed = Fields::read(body);
    let carried = Carried {
        to: visitor.path.clone(),
        fields: typed
            .0
            .into_iter()
            .filter(|(name, _)| name != csrf::FIELD && !name.contains("password"))
            .collect(),
    };
    login::show(state, visitor, StatusCode::UNAUTHORIZED, |page| LoginPage {
        carried: Some(carried),
        ..page
    })
    .await
}

/// The form that a sign-in form carries on, if it does.
pub(super) fn carried_on(form: &Fields) -> Option<Carried> {
    let to = local_path(form.text(TO)).filter(|to| to.starts_with("/admin/"))?;
    let fields = form.0.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(PREFIX)?;
        Some((name.to_owned(), value.clone()))
    });
    Some(Carried {
        to: to.to_owned(),
        fields: fields.collect(),
    })
}

/// The page that sends a carried form, for the session that has just begun.
pub(super) async fn confirm(
    state: &AppState,
    visitor: &Visitor,
    session_id: &str,
    carried: Carried,
) -> Result<HttpResponse, WebError> {
    let session = state.store.session(&secret::hash(session_id)).await?;
    let visitor = visitor.known(session, None);
    let page = Page::of(state, &visitor, Nav::Admin, "Signed in again").await?;
    Ok(ok(&ResumePage {
        csrf: page.csrf.clone(),
        page,
        carried,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_comes_through_the_sign_in_whole() {
        let carried = Carried {
            to: "/admin/events/new".to_owned(),
            fields: vec![
                ("headline".to_owned(), "A & B\r\nC".to_owned()),
                ("place".to_owned(), String::new()),
            ],
        };
        let mut sent = vec![("carried_to".to_owned(), carried.to.clone())];
        sent.extend(
            carried
                .hidden()
                .into_iter()
                .map(|(name, value)| (name, value.to_owned())),
        );
        assert_eq!(carried_on(&Fields(sent)), Some(carried.clone()));
        assert_eq!(carried.shown(), [("headline", "A & B\r\nC")]);
    }

    #[test]
    fn a_form_to_another_server_is_not_carried() {
        for to in [
            "",
            "https://evil.example/admin/",
            "//evil.example",
            "/",
            "/api/v1/events",
        ] {
            let sent = Fields(vec![("carried_to".to_owned(), to.to_owned())]);
            assert_eq!(carried_on(&sent), None, "{to}");
        }
    }
}
