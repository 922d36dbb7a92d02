//! `demarche check`: the record → every way in which it does not agree with itself.

use clap::Args;

use super::{
    Context,
    failure::{Failure, say},
    output::Output,
};

/// Check the database, every event's evidence, and what is derived from both; prints each problem.
#[derive(Debug, Args)]
pub struct Arguments {}

/// Prints the problems; any makes it fail.
pub fn run(_: &Arguments, context: &Context) -> Result<(), Failure> {
    let problems = context.with_store(async |store| Ok(store.check().await?))?;
    let mut out = Output::standard();
    for problem in &problems {
        out.line(problem)?;
    }
    if problems.is_empty() {
        out.line("no problems")?;
    }
    out.finish()?;
    match problems.len() {
        0 => Ok(()),
        1 => told("1 problem"),
        count => told(&format!("{count} problems")),
    }
}

fn told(count: &str) -> Result<(), Failure> {
    say(&format!("the record has {count}"));
    Err(Failure::Told)
}
