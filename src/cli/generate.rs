//! `demarche generate`: an empty database → synthetic events, for trying it at size.

use anyhow::Context as _;
use clap::Args;

use super::{Context, failure::Failure};
use crate::domain::id::EventId;

/// Fill an empty database with synthetic events, skewed as news is; the same seed gives the same record.
#[derive(Debug, Args)]
pub struct Arguments {
    /// How many events.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=EventId::MAX))]
    events: u32,
    /// Which of the records that could be made.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Fills the database.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    let count = usize::try_from(arguments.events).context("too many events for this machine")?;
    context.with_store(async |store| {
        store
            .generate(count, arguments.seed)
            .await
            .with_context(|| context.settings.shown_database())?;
        Ok(())
    })
}
