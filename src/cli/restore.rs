//! `demarche restore`: a backup → an empty database of either engine.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::{Context, failure::Failure};

/// Fill an empty database of either engine from a backup.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A file that `demarche backup` made.
    file: PathBuf,
}

/// Fills the database.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    let file = &arguments.file;
    context.with_store(async |store| {
        store
            .restore(file)
            .await
            .with_context(|| format!("cannot restore from {}", file.display()))?;
        Ok(())
    })
}
