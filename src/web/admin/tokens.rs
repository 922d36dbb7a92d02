//! `/admin/tokens`: API tokens. A new one's secret is shown on the page that made it and never again.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{draft::FieldError, role::Role},
    store::{StoreError, secret::Secret, token::Token},
    web::{
        error::WebError,
        filters::short_instant,
        forms::CheckedForm,
        page::{Nav, Page, html, see_other_with},
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    fields::{Control, ErrorLine, Field, FieldSpec, messages_of, summary},
    users::{RoleChoice, role_choices},
};

const FIELDS: [FieldSpec; 2] = [
    FieldSpec {
        name: "name",
        label: "Name",
        hint: "Of the program that will use it: letters, digits, and . _ - @",
        control: Control::Code,
    },
    FieldSpec {
        name: "role",
        label: "Role",
        hint: "",
        control: Control::Line,
    },
];

#[derive(Template)]
#[template(path = "admin/tokens.html")]
struct TokensPage {
    page: Page,
    tokens: Vec<TokenRow>,
    name: Field,
    roles: Vec<RoleChoice>,
    role_errors: Vec<String>,
    errors: Vec<ErrorLine>,
    fresh: Option<Fresh>,
}

/// A token that was just made.
struct Fresh {
    name: String,
    secret: String,
}

struct TokenRow {
    name: String,
    role: &'static str,
    author: String,
    created: String,
    used: String,
    revoked: Option<String>,
}

/// What the page shows this time.
#[derive(Default)]
struct View<'a> {
    name: &'a str,
    role: &'a str,
    faults: Vec<FieldError>,
    fresh: Option<Fresh>,
}

/// GET /admin/tokens.
pub async fn page(state: Data<AppState>, user: SignedIn) -> Result<HttpResponse, WebError> {
    show(&state, &user, View::default()).await
}

/// POST /admin/tokens: `do` = add or revoke.
pub async fn change(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let name = form.text("name");
    match form.text("do") {
        "add" => add(&state, &user, name, form.text("role")).await,
        "revoke" => {
            state.store.revoke_token(name).await?;
            let done = format!("Revoked {name}. It opens nothing any more.");
            Ok(see_other_with(&user.visitor, "/admin/tokens", &done))
        }
        other => Err(WebError::Malformed(format!(
            "Expected “do” to be add or revoke, but found “{other}”."
        ))),
    }
}

async fn add(
    state: &AppState,
    user: &SignedIn,
    name: &str,
    written: &str,
) -> Result<HttpResponse, WebError> {
    let secret = Secret::fresh().map_err(WebError::internal)?;
    let fault = match written.parse::<Role>() {
        Err(error) => ("role", error.to_string()),
        Ok(role) => match state
            .store
            .add_token(name, role, &secret.hash(), &user.author())
            .await
        {
            Ok(token) => {
                let fresh = Some(Fresh {
                    name: token.name,
                    secret: secret.reveal().to_owned(),
                });
                return show(
                    state,
                    user,
                    View {
                        fresh,
                        ..View::default()
                    },
                )
                .await;
            }
            Err(StoreError::Refused(message)) => ("name", message),
            Err(error) => return Err(error.into()),
        },
    };
    let view = View {
        name,
        role: written,
        faults: vec![FieldError {
            field: fault.0,
            message: fault.1,
        }],
        fresh: None,
    };
    show(state, user, view).await
}

async fn show(state: &AppState, user: &SignedIn, view: View<'_>) -> Result<HttpResponse, WebError> {
    let (status, title) = if view.faults.is_empty() {
        (StatusCode::OK, "Tokens")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Error: tokens")
    };
    Ok(html(
        status,
        &TokensPage {
            page: Page::of_user(state, user, Nav::Admin, title).await?,
            tokens: state.store.tokens().await?.into_iter().map(row).collect(),
            name: Field::new(FIELDS[0], "", view.name).with_faults(&view.faults),
            roles: role_choices(view.role),
            role_errors: messages_of("role", &view.faults),
            errors: summary("", &FIELDS, &view.faults),
            fresh: view.fresh,
        },
    ))
}

fn row(token: Token) -> TokenRow {
    TokenRow {
        name: token.name,
        role: token.role.slug(),
        author: token.author,
        created: short_instant(token.created_at),
        used: token
            .last_used_at
            .map_or_else(|| "never".to_owned(), short_instant),
        revoked: token.revoked_at.map(short_instant),
    }
}
