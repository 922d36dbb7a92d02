//! The commands: arguments → what the other modules do, and their answers → standard output and an exit status.
//!
//! Results go to standard output, all else to standard error. Exit status 0: done; 1: failed, with one line that says
//! what and where; 2: bad usage. One command, one file.

mod failure;
mod flags;
mod input;
mod output;

mod article;
mod backup;
mod check;
mod dates;
mod export;
mod extract;
mod generate;
mod import;
mod ingest;
mod restore;
mod serve;
mod token;
mod user;

use std::{ffi::OsString, process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, error::ErrorKind};

use self::{failure::Failure, flags::EverywhereFlags};
use crate::{
    config::{LogFormat, Settings},
    domain::{
        clock::Clock,
        limits::{self, Limits},
    },
    ingest::fetch::{FetchSettings, Fetcher},
    store::{Author, Memory, Store, StoreSettings},
    telemetry,
};

/// Reads news articles, proposes dated diplomatic events with the words that carry them, and keeps the reviewed record.
///
/// Without a command it serves: demarche is demarche serve.
#[derive(Debug, Parser)]
#[command(
    name = "demarche",
    version,
    max_term_width = 110,
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(flatten)]
    everywhere: EverywhereFlags,
    #[command(flatten)]
    serve: serve::Arguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Ingest(ingest::Arguments),
    Extract(extract::Arguments),
    Dates(dates::Arguments),
    Article(article::Arguments),
    Export(export::Arguments),
    Import(import::Arguments),
    User(user::Arguments),
    Token(token::Arguments),
    Backup(backup::Arguments),
    Restore(restore::Arguments),
    Check(check::Arguments),
    Generate(generate::Arguments),
}

/// What every command has at hand.
struct Context {
    settings: Settings,
    clock: Clock,
}

impl Context {
    /// Opens the database, which makes, migrates and fills it with reference data where needed, runs a command's work on
    /// it, and closes it.
    fn with_store<T>(
        &self,
        work: impl AsyncFnOnce(Store) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.with_store_in(Memory::Ample, work)
    }

    /// As [`Self::with_store`], with more or less of the database in memory.
    fn with_store_in<T>(
        &self,
        memory: Memory,
        work: impl AsyncFnOnce(Store) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let settings = &self.settings;
        let store_settings = StoreSettings {
            url: settings.database.clone(),
            read_url: Some(settings.database_read.clone()).filter(|url| !url.is_empty()),
            readers: match memory {
                Memory::Ample => settings.readers,
                // each keeps its own pages
                Memory::Little => 1,
            },
            memory,
            statement_timeout_secs: settings.statement_timeout_secs,
            follow_through_grace_days: settings.follow_through_grace_days,
        };
        runtime()?.block_on(async {
            let store = Store::open(&store_settings, self.clock.clone())
                .await
                .with_context(|| format!("cannot open {}", settings.shown_database()))?;
            let done = work(store.clone()).await;
            store.close().await;
            done
        })
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")
}

/// What fetches addresses, as the settings have it.
fn fetcher(settings: &Settings) -> anyhow::Result<Fetcher> {
    let fetch_settings = FetchSettings {
        max_bytes: settings.fetch_max.0,
        timeout: Duration::from_secs(settings.fetch_timeout_secs),
        allow: settings.fetch_allow.clone(),
        contact: settings.fetch_contact.0.clone(),
        gap: Duration::from_millis(settings.fetch_gap_millis),
    };
    Ok(Fetcher::new(fetch_settings)?)
}

/// Whom the history names for what is done here.
fn author() -> Author {
    Author("command line".to_owned())
}

/// Reads the process's arguments, does what they ask, and says how it went.
pub fn run() -> ExitCode {
    match parse(std::env::args_os()).and_then(|(command, context)| dispatch(&command, &context)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<(Command, Context), Failure> {
    let mut bare = flags::hide_serving(Arguments::command());
    let matches = bare
        .try_get_matches_from_mut(arguments)
        .map_err(Failure::Arguments)?;
    let Arguments {
        everywhere,
        serve,
        command,
    } = Arguments::from_arg_matches(&matches)
        .map_err(|error| Failure::Arguments(error.format(&mut bare)))?;
    let mut given = everywhere.given().clone();
    let command = match command {
        None => Command::Serve(serve.clone()),
        Some(Command::Serve(own)) => Command::Serve(serve::Arguments {
            no_seed: own.no_seed || serve.no_seed,
            ..own
        }),
        Some(other) => {
            if let Some(flag) = serve.first_given() {
                let message = format!("{flag} belongs to `demarche serve`");
                return Err(Failure::Arguments(
                    bare.error(ErrorKind::ArgumentConflict, message),
                ));
            }
            other
        }
    };
    given.extend(serve.flags.given().clone());
    match &command {
        Command::Serve(own) => given.extend(own.flags.given().clone()),
        Command::Ingest(own) => given.extend(own.flags.given().clone()),
        _ => {}
    }
    let settings =
        Settings::read(&given, |name| std::env::var(name).ok()).map_err(Failure::Settings)?;
    choose_limits(&settings);
    start_log(&settings, &command)?;
    Ok((
        command,
        Context {
            settings,
            clock: Clock::system(),
        },
    ))
}

/// The command line runs once in a process, so that the limits are still to be chosen.
fn choose_limits(settings: &Settings) {
    let count = |limit: u32| usize::try_from(limit).unwrap_or(usize::MAX);
    limits::choose(Limits {
        headline: count(settings.headline_max),
        summary: count(settings.summary_max),
        quote: count(settings.quote_max),
        query: count(settings.query_max),
        per: settings.per_max,
    });
}

fn start_log(settings: &Settings, command: &Command) -> Result<(), Failure> {
    let filter = match (settings.log.as_str(), command) {
        ("", Command::Serve(_)) => "info",
        ("", _) => "warn",
        (given, _) => given,
    };
    let started = match settings.log_format {
        LogFormat::Text => telemetry::start_text_log(filter),
        LogFormat::Json => telemetry::start_json_log(filter),
    };
    started.map_err(|error| Failure::usage(format!("DEMARCHE_LOG: {error}")))
}

fn dispatch(command: &Command, context: &Context) -> Result<(), Failure> {
    match command {
        Command::Serve(arguments) => serve::run(arguments, context),
        Command::Ingest(arguments) => ingest::run(arguments, context),
        Command::Extract(arguments) => extract::run(arguments, context),
        Command::Dates(arguments) => dates::run(arguments, context),
        Command::Article(arguments) => article::run(arguments, context),
        Command::Export(arguments) => export::run(arguments, context),
        Command::Import(arguments) => import::run(arguments, context),
        Command::User(arguments) => user::run(arguments, context),
        Command::Token(arguments) => token::run(arguments, context),
        Command::Backup(arguments) => backup::run(arguments, context),
        Command::Restore(arguments) => restore::run(arguments, context),
        Command::Check(arguments) => check::run(arguments, context),
        Command::Generate(arguments) => generate::run(arguments, context),
    }
}
