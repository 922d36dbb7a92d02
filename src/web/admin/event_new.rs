//! `/admin/events/new`: the form of an event → an event on record, or the form again with every error beside its field.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{
        draft::{FieldError, RawFields},
        register::PartyRegister,
    },
    store::{Change, StoreError},
    web::{
        error::WebError,
        forms::CheckedForm,
        page::{Nav, Page, html, see_other_with},
        paths,
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    event_edit::{Conflict, OnRecord},
    event_fields::{self, FIELDS},
    event_form::EventForm,
};

/// The form of an event, new or on record.
#[derive(Template)]
#[template(path = "admin/event_form.html")]
pub(super) struct EventFormPage {
    pub page: Page,
    pub heading: String,
    /// Where the form goes.
    pub action: String,
    /// Where one goes who changes their mind.
    pub cancel: String,
    pub form: EventForm,
    /// The event, where it is on record.
    pub event: Option<OnRecord>,
    /// What another saved meanwhile.
    pub conflict: Option<Conflict>,
}

/// GET /admin/events/new: the form; the address may bring what is known already.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let raw = query
        .0
        .into_iter()
        .filter(|(name, _)| FIELDS.iter().any(|field| field.name == name))
        .collect();
    let register = state.register().await?;
    show(&state, &user, StatusCode::OK, raw, Vec::new(), &register).await
}

/// POST /admin/events/new: records the event.
pub async fn save(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let raw = form.raw();
    let register = state.register().await?;
    let draft = match event_fields::read(&raw, &register) {
        Ok(draft) => draft,
        Err(faults) => return refused(&state, &user, raw, faults, &register).await,
    };
    let change = Change {
        author: &user.author(),
        reason: form.text("reason"),
    };
    match state.store.create_event(&draft, change).await {
        Ok(event) => Ok(see_other_with(
            &user.visitor,
            &paths::event(event.id),
            &format!("Recorded as {}.", event.id),
        )),
        Err(StoreError::Refused(message)) => {
            let faults = vec![rule_of_the_record(message)];
            refused(&state, &user, raw, faults, &register).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What the record refuses of an event is a link that leads nowhere.
pub(super) fn rule_of_the_record(message: String) -> FieldError {
    FieldError {
        field: "relations",
        message,
    }
}

async fn refused(
    state: &AppState,
    user: &SignedIn,
    raw: RawFields,
    faults: Vec<FieldError>,
    register: &PartyRegister,
) -> Result<HttpResponse, WebError> {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    show(state, user, status, raw, faults, register).await
}

async fn show(
    state: &AppState,
    user: &SignedIn,
    status: StatusCode,
    raw: RawFields,
    faults: Vec<FieldError>,
    register: &PartyRegister,
) -> Result<HttpResponse, WebError> {
    let title = if faults.is_empty() {
        "Add an event"
    } else {
        "Error: add an event"
    };
    Ok(html(
        status,
        &EventFormPage {
            page: Page::of_user(state, user, Nav::Admin, title).await?,
            heading: "Add an event".to_owned(),
            action: "/admin/events/new".to_owned(),
            cancel: "/".to_owned(),
            form: EventForm::new("", raw, faults, register),
            event: None,
            conflict: None,
        },
    ))
}
