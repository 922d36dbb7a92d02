//! `/admin/events/ID/edit`: an event on record → its form; the form → its next revision, or what stands against it.
//!
//! A form that is older than the record is not saved: both versions are shown, with all that was typed, and saving again
//! puts it over the other. Deleting stands on the same page and takes a reason.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use crate::{
    domain::{
        draft::{FieldError, RawFields},
        event::Event,
        evidence::Source,
        id::EventId,
        register::PartyRegister,
    },
    store::{Change, EventLookup, StoreError},
    web::{
        error::{Missing, WebError},
        filters::short_instant,
        forms::CheckedForm,
        page::{Nav, Page, html, see_other_with},
        paths,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    event_fields::{self, FIELDS},
    event_form::EventForm,
    event_new::{EventFormPage, rule_of_the_record},
    fields::{Control, Field, FieldSpec},
};

const DELETE_REASON: FieldSpec = FieldSpec {
    name: "reason",
    label: "Reason for deleting it",
    hint: "Shown to whoever follows a link to it.",
    control: Control::Line,
};

/// What the page says of an event on record beside its fields.
#[derive(Debug, Clone)]
pub(super) struct OnRecord {
    pub id: EventId,
    /// Its sources, a line each.
    pub sources: Vec<String>,
    /// The field of the form that deletes it.
    pub delete_reason: Field,
}

/// What another saved while a form was being filled in.
#[derive(Debug, Clone)]
pub(super) struct Conflict {
    pub id: EventId,
    pub who: String,
    pub at: String,
    pub revision: i64,
    pub differences: Vec<Difference>,
}

/// A field in which two versions differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub label: &'static str,
    pub theirs: String,
    pub yours: String,
}

/// GET /admin/events/{id}/edit: the form with what is on record.
pub async fn page(
    state: Data<AppState>,
    user: SignedIn,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let event = on_record(&state, &id).await?;
    let raw = texts_with_revision(&event);
    let view = View {
        status: StatusCode::OK,
        raw,
        faults: Vec::new(),
        conflict: None,
        delete_faults: Vec::new(),
    };
    show(&state, &user, &event, view).await
}

/// POST /admin/events/{id}/edit: saves the next revision.
pub async fn save(
    state: Data<AppState>,
    user: SignedIn,
    id: Path<String>,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let event = on_record(&state, &id).await?;
    // what a form leaves out stays as it is
    let mut raw = event_fields::texts_of(&event.content);
    raw.extend(form.raw());
    let register = state.register().await?;
    let refused = |raw, faults| View {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        raw,
        faults,
        conflict: None,
        delete_faults: Vec::new(),
    };
    let (mut draft, revision) = match read(&raw, &register) {
        Ok(read) => read,
        Err(faults) => return show(&state, &user, &event, refused(raw, faults)).await,
    };
    if revision != event.revision {
        return conflict(&state, &user, &event, raw).await;
    }
    draft.sources = sources_after(&event.content.sources, draft.sources);
    draft.confidence = event.content.confidence;
    let change = Change {
        author: &user.author(),
        reason: form.text("reason"),
    };
    match state
        .store
        .update_event(event.id, revision, &draft, change)
        .await
    {
        Ok(event) => Ok(see_other_with(
            &user.visitor,
            &paths::event(event.id),
            &format!("Saved as revision {}.", event.revision),
        )),
        Err(StoreError::Conflict(now)) => conflict(&state, &user, &now, raw).await,
        Err(StoreError::Refused(message)) => {
            let view = refused(raw, vec![rule_of_the_record(message)]);
            show(&state, &user, &event, view).await
        }
        Err(error) => Err(error.into()),
    }
}

/// POST /admin/events/{id}/delete: takes the event off the record.
pub async fn delete(
    state: Data<AppState>,
    user: SignedIn,
    id: Path<String>,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let event = on_record(&state, &id).await?;
    let reason = form.text("reason");
    let view = |status, faults| View {
        status,
        raw: texts_with_revision(&event),
        faults: Vec::new(),
        conflict: None,
        delete_faults: faults,
    };
    if reason.is_empty() {
        let fault = FieldError {
            field: "reason",
            message: "expected a reason for deleting the event, but found nothing".to_owned(),
        };
        let view = view(StatusCode::UNPROCESSABLE_ENTITY, vec![fault]);
        return show(&state, &user, &event, view).await;
    }
    let revision = form.text("revision").parse().unwrap_or(0);
    let change = Change {
        author: &user.author(),
        reason,
    };
    match state.store.delete_event(event.id, revision, change).await {
        Ok(()) => Ok(see_other_with(
            &user.visitor,
            "/admin",
            &format!("Deleted {}: {}", event.id, event.content.headline),
        )),
        Err(StoreError::Conflict(now)) => {
            let fault = FieldError {
                field: "reason",
                message: format!(
                    "the event was changed meanwhile and is now at revision {}: look at it above, then delete it",
                    now.revision
                ),
            };
            let mut view = view(StatusCode::CONFLICT, vec![fault]);
            view.raw = texts_with_revision(&now);
            show(&state, &user, &now, view).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The event of an address.
///
/// # Errors
/// 404 for one that never was or went into another, 410 for a deleted one.
pub(super) async fn on_record(state: &AppState, id: &str) -> Result<Event, WebError> {
    let unknown = || WebError::NotFound(Missing::Event(id.to_owned()));
    let id: EventId = id.parse().map_err(|_| unknown())?;
    match state.store.event(id).await? {
        EventLookup::Found(event) => Ok(*event),
        EventLookup::Unknown => Err(unknown()),
        EventLookup::Merged(into) => Err(WebError::NotFound(Missing::Other(format!(
            "The event {id} went into {into}. Edit that one instead."
        )))),
        EventLookup::Deleted(deletion) => Err(WebError::Deleted {
            id,
            at: deletion.at,
            reason: deletion.reason,
        }),
    }
}

fn texts_with_revision(event: &Event) -> RawFields {
    let mut raw = event_fields::texts_of(&event.content);
    raw.insert("revision".to_owned(), event.revision.to_string());
    raw
}

fn read(
    raw: &RawFields,
    register: &PartyRegister,
) -> Result<(crate::domain::event::EventDraft, i64), Vec<FieldError>> {
    let written = raw.get("revision").map_or("", String::as_str);
    let revision = written.trim().parse::<i64>().map_err(|_| FieldError {
        field: "revision",
        message: format!(
            "expected the number of the revision that was edited, but found “{written}”"
        ),
    });
    match (event_fields::read(raw, register), revision) {
        (Ok(draft), Ok(revision)) => Ok((draft, revision)),
        (read, revision) => {
            let mut faults = read.err().unwrap_or_default();
            faults.extend(revision.err());
            Err(faults)
        }
    }
}

/// The sources after an edit: the form shows the first one's address only. One that was read keeps its evidence, so
/// another address is added to it; one that was typed in gives way to what was typed now, or to nothing.
fn sources_after(on_record: &[Source], typed: Vec<Source>) -> Vec<Source> {
    let Some(typed) = typed.into_iter().next() else {
        // an address that was never shown cannot have been taken out
        return match on_record {
            [first, rest @ ..] if is_typed(first) => rest.to_vec(),
            _ => on_record.to_vec(),
        };
    };
    if on_record.iter().any(|source| source.url == typed.url) {
        return on_record.to_vec();
    }
    match on_record {
        [first, rest @ ..] if is_typed(first) => {
            std::iter::once(typed).chain(rest.iter().cloned()).collect()
        }
        _ => on_record.iter().cloned().chain([typed]).collect(),
    }
}

/// Whether a source was typed into a form rather than read.
fn is_typed(source: &Source) -> bool {
    source.spans.is_empty() && !source.url.is_empty()
}

async fn conflict(
    state: &AppState,
    user: &SignedIn,
    now: &Event,
    mut raw: RawFields,
) -> Result<HttpResponse, WebError> {
    let theirs = event_fields::texts_of(&now.content);
    let last = state.store.revisions(now.id).await?.into_iter().next();
    let differences = FIELDS
        .iter()
        .filter_map(|field| {
            let theirs = theirs.get(field.name)?;
            let yours = raw.get(field.name).map_or("", String::as_str);
            let same = theirs.trim() == yours.replace("\r\n", "\n").trim();
            (!same).then(|| Difference {
                label: field.label,
                theirs: theirs.clone(),
                yours: yours.to_owned(),
            })
        })
        .collect();
    raw.insert("revision".to_owned(), now.revision.to_string());
    let view = View {
        status: StatusCode::CONFLICT,
        raw,
        faults: Vec::new(),
        conflict: Some(Conflict {
            id: now.id,
            who: last.map_or_else(|| "somebody".to_owned(), |revision| revision.author),
            at: format!("{} UTC", short_instant(now.updated_at)),
            revision: now.revision,
            differences,
        }),
        delete_faults: Vec::new(),
    };
    show(state, user, now, view).await
}

/// What the page shows of an event this time.
struct View {
    status: StatusCode,
    raw: RawFields,
    faults: Vec<FieldError>,
    conflict: Option<Conflict>,
    delete_faults: Vec<FieldError>,
}

async fn show(
    state: &AppState,
    user: &SignedIn,
    event: &Event,
    view: View,
) -> Result<HttpResponse, WebError> {
    let register = state.register().await?;
    let heading = format!("Edit {}", event.id);
    let title = if view.status == StatusCode::OK {
        heading.clone()
    } else {
        format!("Error: edit {}", event.id)
    };
    let sources = event.content.sources.iter().map(source_line).collect();
    // its id must not be that of the edit form's own reason
    let delete_reason = Field::new(DELETE_REASON, "delete-", "").with_faults(&view.delete_faults);
    Ok(html(
        view.status,
        &EventFormPage {
            page: Page::of_user(state, user, Nav::Admin, title).await?,
            heading,
            action: paths::edit(event.id),
            cancel: paths::event(event.id),
            form: EventForm::new("", view.raw, view.faults, &register),
            event: Some(OnRecord {
                id: event.id,
                sources,
                delete_reason,
            }),
            conflict: view.conflict,
        },
    ))
}

fn source_line(source: &Source) -> String {
    let parts = [&source.publisher, &source.title, &source.url];
    let known: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    known.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::EvidenceSpan;

    fn source(url: &str, words: &str) -> Source {
        let span = EvidenceSpan {
            start: 0,
            end: 1,
            text: words.to_owned(),
        };
        Source {
            url: url.to_owned(),
            spans: if words.is_empty() { vec![] } else { vec![span] },
            ..Source::default()
        }
    }

    fn urls(sources: &[Source]) -> Vec<&str> {
        sources.iter().map(|source| source.url.as_str()).collect()
    }

    #[test]
    fn an_edit_keeps_every_source_unless_another_address_is_typed() {
        let on_record = [source("a", ""), source("b", "words")];
        let after = |typed| sources_after(&on_record, typed);
        assert_eq!(urls(&after(vec![source("a", "")])), ["a", "b"]);
        assert_eq!(urls(&after(vec![source("c", "")])), ["c", "b"]);
        assert_eq!(urls(&after(vec![])), ["b"]);
    }

    #[test]
    fn a_source_with_evidence_is_never_lost_by_an_edit() {
        let on_record = [source("a", "words"), source("b", "")];
        let after = |typed| sources_after(&on_record, typed);
        assert_eq!(urls(&after(vec![])), ["a", "b"]);
        assert_eq!(urls(&after(vec![source("c", "")])), ["a", "b", "c"]);
        assert_eq!(urls(&sources_after(&[], vec![source("c", "")])), ["c"]);
    }
}
