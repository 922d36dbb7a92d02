//! `/admin/import`: a CSV → a dry run that tells every bad row by line and column, then events on record, all or none.
//!
//! The checked file travels in the page between the two steps, so that the server keeps no state. Reading the file is
//! left to [`crate::export::read`], writing to the store.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};
use askama::Template;
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    export::read::{self, ImportRow},
    store::{
        Change, NewEvent,
        import::{ImportError, ImportMode, Imported, ImportedRow},
    },
    web::{
        error::WebError,
        filters::events_text,
        page::{Nav, Page, html, see_other_with},
        state::AppState,
        visitor::SignedIn,
    },
};

use super::upload;

/// Faults that the page shows; a file with more is mended in several rounds.
const FAULTS_SHOWN: usize = 200;
/// Rows of a checked file that the page shows.
const ROWS_SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "admin/import.html")]
struct ImportPage {
    page: Page,
    /// What was pasted.
    text: String,
    step: Step,
}

/// How far the import is.
enum Step {
    /// A file is to be chosen.
    Choose,
    /// No file and no text came.
    Nothing,
    /// Rows stand against it.
    Faulty { faults: Vec<Fault>, count: usize },
    /// It can be imported.
    Checked(Checked),
}

struct Fault {
    line: u64,
    column: String,
    message: String,
}

struct Checked {
    /// The file in base64.
    held: String,
    rows: usize,
    created: usize,
    changed: usize,
    unchanged: usize,
    unknown_columns: Vec<String>,
    first: Vec<Row>,
}

struct Row {
    line: u64,
    date: String,
    kind: crate::domain::kind::Kind,
    actors: String,
    targets: String,
    headline: String,
}

/// GET /admin/import.
pub async fn page(state: Data<AppState>, user: SignedIn) -> Result<HttpResponse, WebError> {
    show(&state, &user, String::new(), Step::Choose).await
}

/// POST /admin/import: `do` = check (unless given) or import; a file in `file`, a text in `text`, or what was checked in `held`.
pub async fn hand_in(
    state: Data<AppState>,
    user: SignedIn,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    let sent = upload::read(&state, &user.visitor, &request, payload).await?;
    let text = sent.fields.0.iter().find(|(name, _)| name == "text");
    let text = text.map_or("", |(_, value)| value.as_str());
    let held = STANDARD
        .decode(sent.fields.text("held"))
        .map_err(|_| WebError::Malformed("The checked file did not come back whole.".to_owned()))?;
    let bytes: &[u8] = match sent.files.iter().find(|file| !file.bytes.is_empty()) {
        Some(file) => &file.bytes,
        None if !held.is_empty() => &held,
        None => text.as_bytes(),
    };
    if bytes.trim_ascii().is_empty() {
        return show(&state, &user, text.to_owned(), Step::Nothing).await;
    }
    let mode = match sent.fields.text("do") {
        "import" => ImportMode::Write,
        "" | "check" => ImportMode::DryRun,
        other => {
            return Err(WebError::Malformed(format!(
                "Expected “do” to be check or import, but found “{other}”."
            )));
        }
    };
    let step = match run(&state, &user, bytes, mode).await? {
        Run::Faulty(faults) => faulty(faults),
        Run::Done(_, done) if mode == ImportMode::Write => {
            let sentence = format!(
                "Imported: {} new, {} changed, {} unchanged.",
                events_text(count(done.created)),
                count(done.changed),
                count(done.unchanged)
            );
            return Ok(see_other_with(&user.visitor, "/admin/import", &sentence));
        }
        Run::Done(shown, done) => Step::Checked(Checked {
            held: STANDARD.encode(bytes),
            rows: done.created + done.changed + done.unchanged,
            created: done.created,
            changed: done.changed,
            unchanged: done.unchanged,
            ..shown
        }),
    };
    show(&state, &user, text.to_owned(), step).await
}

enum Run {
    Faulty(Vec<Fault>),
    Done(Checked, Imported),
}

async fn run(
    state: &AppState,
    user: &SignedIn,
    bytes: &[u8],
    mode: ImportMode,
) -> Result<Run, WebError> {
    let register = state.register().await?;
    let import = match read::read(bytes, &register) {
        Ok(import) => import,
        Err(errors) => {
            let faults = errors.into_iter().map(|error| Fault {
                line: error.line,
                column: error.column,
                message: error.message,
            });
            return Ok(Run::Faulty(faults.collect()));
        }
    };
    let shown = Checked {
        held: String::new(),
        rows: 0,
        created: 0,
        changed: 0,
        unchanged: 0,
        unknown_columns: import.unknown_columns,
        first: import.rows.iter().take(ROWS_SHOWN).map(row).collect(),
    };
    let rows = import.rows.into_iter().map(imported_row).collect();
    let author = user.author();
    let change = Change {
        author: &author,
        reason: "import",
    };
    match state.store.import(rows, mode, change).await {
        Ok(done) => Ok(Run::Done(shown, done)),
        Err(ImportError::Rows(faults)) => {
            let faults = faults.into_iter().map(|fault| Fault {
                line: fault.line,
                column: fault.column.to_owned(),
                message: fault.message,
            });
            Ok(Run::Faulty(faults.collect()))
        }
        Err(ImportError::Store(error)) => Err(error.into()),
    }
}

fn faulty(mut faults: Vec<Fault>) -> Step {
    let count = faults.len();
    faults.truncate(FAULTS_SHOWN);
    Step::Faulty { faults, count }
}

fn row(row: &ImportRow) -> Row {
    let codes = |parties: &[crate::domain::party::PartyCode]| {
        let codes: Vec<&str> = parties.iter().map(AsRef::as_ref).collect();
        codes.join(", ")
    };
    Row {
        line: row.line,
        date: row.draft.date.to_string(),
        kind: row.draft.kind,
        actors: codes(&row.draft.actors),
        targets: codes(&row.draft.targets),
        headline: row.draft.headline.clone(),
    }
}

fn imported_row(row: ImportRow) -> ImportedRow {
    ImportedRow {
        line: row.line,
        event: NewEvent {
            id: row.event_id,
            revision: row.revision,
            created_at: row.created_at,
            updated_at: row.updated_at,
            draft: row.draft,
        },
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

async fn show(
    state: &AppState,
    user: &SignedIn,
    text: String,
    step: Step,
) -> Result<HttpResponse, WebError> {
    let (status, title) = match &step {
        Step::Choose => (StatusCode::OK, "Import".to_owned()),
        Step::Checked(checked) => (
            StatusCode::OK,
            format!("Import: {} ready", events_text(count(checked.rows))),
        ),
        Step::Nothing => (StatusCode::UNPROCESSABLE_ENTITY, "Error: import".to_owned()),
        Step::Faulty { count, .. } => (
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("Error: import, {count} to mend"),
        ),
    };
    let page = Page::of_user(state, user, Nav::Ingest, title).await?;
    Ok(html(status, &ImportPage { page, text, step }))
}
