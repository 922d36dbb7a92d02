//! `/admin/users`: accounts: add one, change its role, set its password, remove it.
//!
//! A password that is set ends the account's sessions; the last administrator stays one. Both are the store's rules.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{draft::FieldError, role::Role},
    store::{
        StoreError,
        password::PasswordError,
        user::{User, kept_name},
    },
    web::{
        error::WebError,
        filters::short_instant,
        forms::CheckedForm,
        page::{Nav, Page, html, see_other_with},
        state::AppState,
        visitor::SignedIn,
    },
};

use super::fields::{Control, ErrorLine, Field, FieldSpec, messages_of, summary};

const FIELDS: [FieldSpec; 3] = [
    FieldSpec {
        name: "name",
        label: "User name",
        hint: "Letters, digits, and . _ - @; kept in lower case.",
        control: Control::Code,
    },
    FieldSpec {
        name: "role",
        label: "Role",
        hint: "",
        control: Control::Line,
    },
    FieldSpec {
        name: "new_password",
        label: "Password",
        hint: "At least 12 characters, no other rule. Pasting is allowed.",
        control: Control::Password,
    },
];

/// A role to choose.
#[derive(Debug, Clone)]
pub(super) struct RoleChoice {
    pub slug: &'static str,
    pub note: &'static str,
    pub is_chosen: bool,
}

#[derive(Template)]
#[template(path = "admin/users.html")]
struct UsersPage {
    page: Page,
    users: Vec<UserRow>,
    name: Field,
    password: Field,
    roles: Vec<RoleChoice>,
    role_errors: Vec<String>,
    errors: Vec<ErrorLine>,
}

struct UserRow {
    name: String,
    roles: Vec<RoleChoice>,
    created: String,
    changed: String,
    is_you: bool,
    /// The field for a new password.
    password: Field,
}

/// What was sent, with what stands against it.
#[derive(Default)]
struct Sent<'a> {
    /// The account that exists; empty for the form of a new one.
    of: &'a str,
    name: &'a str,
    role: &'a str,
    faults: Vec<FieldError>,
}

/// GET /admin/users.
pub async fn page(state: Data<AppState>, user: SignedIn) -> Result<HttpResponse, WebError> {
    show(&state, &user, Sent::default()).await
}

/// POST /admin/users: `do` = add, role, password or remove.
pub async fn change(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let name = form.text("name");
    let password = form.0.0.iter().find(|(field, _)| field == "new_password");
    let password = password.map_or("", |(_, value)| value.as_str());
    let changed = match form.text("do") {
        "add" => add(&state, name, form.text("role"), password).await?,
        "role" => set_role(&state, name, form.text("role")).await?,
        "password" => set_password(&state, name, password).await?,
        "remove" => {
            let removed = state.store.remove_user(name).await;
            refused_or(removed, "name", || {
                format!("Removed {name}. What it changed keeps its name.")
            })?
        }
        other => {
            return Err(WebError::Malformed(format!(
                "Expected “do” to be add, role, password or remove, but found “{other}”."
            )));
        }
    };
    match changed {
        Ok(done) => Ok(see_other_with(&user.visitor, "/admin/users", &done)),
        Err(fault) => {
            let sent = Sent {
                of: if form.text("do") == "add" { "" } else { name },
                name,
                role: form.text("role"),
                faults: vec![fault],
            };
            show(&state, &user, sent).await
        }
    }
}

/// What was done, or the field that stands against it.
type Changed = Result<String, FieldError>;

/// A refusal of the store as a field's fault; other failures go on.
fn refused_or<T>(
    result: Result<T, StoreError>,
    field: &'static str,
    done: impl FnOnce() -> String,
) -> Result<Changed, WebError> {
    match result {
        Ok(_) => Ok(Ok(done())),
        Err(StoreError::Refused(message)) => Ok(Err(FieldError { field, message })),
        Err(error) => Err(error.into()),
    }
}

async fn add(
    state: &AppState,
    name: &str,
    written: &str,
    password: &str,
) -> Result<Changed, WebError> {
    if let Err(StoreError::Refused(message)) = kept_name(name) {
        let field = "name";
        return Ok(Err(FieldError { field, message }));
    }
    let role = match role_of(written) {
        Ok(role) => role,
        Err(fault) => return Ok(Err(fault)),
    };
    match hash(state, password).await? {
        Err(fault) => Ok(Err(fault)),
        Ok(hash) => refused_or(
            state.store.add_user(name, &hash, role).await,
            "name",
            || format!("Added {name} with the role {role}."),
        ),
    }
}

async fn set_role(state: &AppState, name: &str, written: &str) -> Result<Changed, WebError> {
    match role_of(written) {
        Err(fault) => Ok(Err(fault)),
        Ok(role) => refused_or(state.store.set_role(name, role).await, "role", || {
            format!("{name} has the role {role} now.")
        }),
    }
}

async fn set_password(state: &AppState, name: &str, password: &str) -> Result<Changed, WebError> {
    match hash(state, password).await? {
        Err(fault) => Ok(Err(fault)),
        Ok(hash) => refused_or(
            state.store.set_password_hash(name, &hash).await,
            "name",
            || format!("{name} has a new password; its sessions have ended."),
        ),
    }
}

fn role_of(written: &str) -> Result<Role, FieldError> {
    written.parse::<Role>().map_err(|error| FieldError {
        field: "role",
        message: error.to_string(),
    })
}

async fn hash(state: &AppState, password: &str) -> Result<Result<String, FieldError>, WebError> {
    match state.passwords.hash(password.to_owned()).await {
        Ok(hash) => Ok(Ok(hash)),
        Err(error @ (PasswordError::TooShort(_) | PasswordError::TooLong(_))) => {
            Ok(Err(FieldError {
                field: "new_password",
                message: error.to_string(),
            }))
        }
        Err(error) => Err(WebError::internal(error)),
    }
}

async fn show(state: &AppState, user: &SignedIn, sent: Sent<'_>) -> Result<HttpResponse, WebError> {
    let (status, title) = if sent.faults.is_empty() {
        (StatusCode::OK, "Users")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Error: users")
    };
    let is_new = sent.of.is_empty();
    let of_new: &[FieldError] = if is_new { &sent.faults } else { &[] };
    let rows = state.store.users().await?;
    let rows = rows.into_iter().map(|account| row(account, user, &sent));
    Ok(html(
        status,
        &UsersPage {
            page: Page::of_user(state, user, Nav::Admin, title).await?,
            users: rows.collect(),
            name: Field::new(FIELDS[0], "", if is_new { sent.name } else { "" })
                .with_faults(of_new),
            password: Field::new(FIELDS[2], "", "").with_faults(of_new),
            roles: role_choices(if is_new { sent.role } else { "" }),
            role_errors: messages_of("role", of_new),
            errors: errors(&sent),
        },
    ))
}

/// The summary: of the new account's form its fields, of an account's own forms the account's row.
fn errors(sent: &Sent<'_>) -> Vec<ErrorLine> {
    if sent.of.is_empty() {
        return summary("", &FIELDS, &sent.faults);
    }
    sent.faults
        .iter()
        .map(|fault| ErrorLine {
            id: format!("user-{}", sent.of),
            message: format!("{}: {}", sent.of, fault.message),
        })
        .collect()
}

fn row(account: User, user: &SignedIn, sent: &Sent<'_>) -> UserRow {
    let is_sent = !sent.of.is_empty() && sent.of.eq_ignore_ascii_case(&account.name);
    let faults: &[FieldError] = if is_sent { &sent.faults } else { &[] };
    let prefix = format!("{}-", account.name);
    UserRow {
        roles: role_choices(account.role.slug()),
        created: short_instant(account.created_at),
        changed: short_instant(account.updated_at),
        is_you: account.name == user.user,
        password: Field::new(FIELDS[2], &prefix, "").with_faults(faults),
        name: account.name,
    }
}

/// The roles, of which one may be chosen; a new account edits unless told otherwise.
pub(super) fn role_choices(chosen: &str) -> Vec<RoleChoice> {
    let chosen = chosen.parse().unwrap_or(Role::Editor);
    Role::ALL
        .into_iter()
        .map(|role| RoleChoice {
            slug: role.slug(),
            note: match role {
                Role::Viewer => "opens the dashboard and the history",
                Role::Editor => "writes events, reviews, ingests, imports, keeps feeds and parties",
                Role::Admin => "keeps users and tokens too",
            },
            is_chosen: role == chosen,
        })
        .collect()
}
