//! `demarche import`: a CSV in the export's own format, or a few columns of it → events, all or none.

use clap::Args;

use super::{
    Context,
    failure::{Failure, say},
    input,
    output::Output,
};
use crate::{
    export::read::{self, ImportRow},
    store::{
        Author, Change, NewEvent, Store,
        import::{ImportError, ImportMode, ImportedRow},
    },
};

/// Read events from a CSV file, all or none.
///
/// Takes the export's own format in either dialect, or the columns date, kind, headline and any others. An empty `event_id`
/// makes a new event; one that is on record changes that event. Every bad row is reported by line and column.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Read and check everything, say what would be done, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// The file; - for standard input.
    file: String,
}

/// Imports the file.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    let bytes = input::bytes(&arguments.file)?;
    context.with_store(async |store| import(arguments, &bytes, &store).await)
}

async fn import(arguments: &Arguments, bytes: &[u8], store: &Store) -> Result<(), Failure> {
    let shown = input::shown(&arguments.file);
    let register = store.register().await?;
    let import = read::read(bytes, &register).map_err(|errors| told(shown, &errors))?;
    if !import.unknown_columns.is_empty() {
        say(&format!(
            "{shown}: columns that are not read: {}",
            import.unknown_columns.join(", ")
        ));
    }
    let rows = import.rows.into_iter().map(imported_row).collect();
    let mode = if arguments.dry_run {
        ImportMode::DryRun
    } else {
        ImportMode::Write
    };
    let author = Author("import".to_owned());
    let change = Change {
        author: &author,
        reason: "",
    };
    let done = match store.import(rows, mode, change).await {
        Ok(done) => done,
        Err(ImportError::Rows(faults)) => return Err(told(shown, &faults)),
        Err(ImportError::Store(error)) => {
            return Err(anyhow::Error::new(error)
                .context(format!("{shown}: nothing was imported"))
                .into());
        }
    };
    let mut out = Output::standard();
    let (new, changed, same) = (done.created, done.changed, done.unchanged);
    let would = if arguments.dry_run { "would be " } else { "" };
    out.line(&format!(
        "{new} {would}new, {changed} {would}changed, {same} unchanged"
    ))?;
    Ok(out.finish()?)
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

fn told(shown: &str, faults: &[impl std::fmt::Display]) -> Failure {
    for fault in faults {
        say(&format!("{shown}, {fault}"));
    }
    say(&format!("{shown}: nothing was imported"));
    Failure::Told
}
