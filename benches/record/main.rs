//! How the record answers at size: a small and a large one of the same making, asked in turn, so that other load meets both.
//!
//! `cargo bench --bench record -- --large 1000000 --write docs/performance.md` makes the records with `demarche generate` and
//! serves each with `demarche serve`; a case's figure is the median over HTTP, and what counts is the ratio of the two. The
//! PostgreSQL part needs `DEMARCHE_TEST_POSTGRES`, the address of a server on which databases may be made; `make bench-record`
//! starts one.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tables go to standard output, progress to standard error"
)]

mod cases;
mod exports;
mod report;
mod server;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Parser;

use server::{Engine, Place};

/// Times a small and a large record in turn.
#[derive(Debug, Parser)]
pub struct Arguments {
    /// Events of the small record.
    #[arg(long, default_value_t = 10_000)]
    small: u32,
    /// Events of the large record.
    #[arg(long, default_value_t = 1_000_000)]
    large: u32,
    /// How often each case is asked.
    #[arg(long, default_value_t = 30)]
    runs: usize,
    /// Where the records are kept between runs; a temporary folder where none is named.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// The page whose tables are written anew, between its marks.
    #[arg(long)]
    write: Option<PathBuf>,
    /// One of the parts alone: sqlite, postgres or exports.
    #[arg(long)]
    only: Option<String>,
    /// What cargo passes to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let place = arguments
        .keep
        .clone()
        .unwrap_or_else(|| folder.path().to_owned());
    std::fs::create_dir_all(&place)?;
    // a relative folder would be another one for the programs that are started
    let place = place.canonicalize()?;
    let wants = |part: &str| arguments.only.as_deref().is_none_or(|only| only == part);
    let mut sections = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if !wants(engine.name()) {
            continue;
        }
        if engine == Engine::Postgres && server::postgres().is_none() {
            eprintln!("PostgreSQL is left out: DEMARCHE_TEST_POSTGRES is not set");
            continue;
        }
        let mut places = Vec::new();
        for size in [arguments.small, arguments.large] {
            places.push(
                Place::make(engine, size, &place)
                    .await
                    .with_context(|| format!("the {} record of {size} events", engine.name()))?,
            );
        }
        let [small, large] = places
            .try_into()
            .map_err(|_| anyhow::anyhow!("there must be two records"))?;
        sections.push(cases::run(engine, &small, &large, arguments.runs).await?);
    }
    if wants("exports") {
        let large = Place::make(Engine::Sqlite, arguments.large, &place).await?;
        sections.push(exports::run(&large, &place)?);
    }
    for section in &sections {
        println!("{}", section.text);
    }
    if let Some(page) = &arguments.write {
        report::write(page, &sections)?;
    }
    Ok(())
}
