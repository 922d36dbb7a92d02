//! `demarche backup`: the record → one SQLite file, from either engine, while the server runs.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::{Context, failure::Failure};

/// Write a consistent copy of the whole record to one file, while the server runs.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The file to make; one that exists is never written over.
    file: PathBuf,
}

/// Writes the copy.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    let file = &arguments.file;
    context.with_store(async |store| {
        store
            .backup(file)
            .await
            .with_context(|| format!("cannot back up to {}", file.display()))?;
        Ok(())
    })
}
