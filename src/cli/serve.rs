//! `demarche serve`: brings the record up to date, then answers requests, works the queue and polls feeds until told to stop.

use std::{net::TcpListener, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use clap::Args;
use tokio::{signal, sync::watch, task::JoinSet, time};

use super::{Context, failure::Failure, fetcher, flags::ServeFlags, output::Output};
use crate::{
    config::{self, FetchAllow, Settings},
    ingest::{
        pipeline::Ingester,
        queue::{self, QueueSettings},
    },
    store::{
        Author, Store,
        password::{self, Passwords},
        user::FIRST_ADMINISTRATOR,
    },
    telemetry::Metrics,
    web::{self, WebParts},
};

/// How often what depends on the present day is worked out anew.
const DAY: Duration = Duration::from_hours(24);
/// How often the metrics are folded.
const MINUTE: Duration = Duration::from_mins(1);

/// Serve the timeline; what demarche does without a command.
#[derive(Debug, Clone, Args)]
#[group(skip)]
pub struct Arguments {
    #[command(flatten)]
    pub flags: ServeFlags,
    /// Leave an empty database empty; without it, the seed events are loaded into one.
    #[arg(long)]
    pub no_seed: bool,
}

impl Arguments {
    /// The first of these flags that was given, as it is typed.
    pub fn first_given(&self) -> Option<String> {
        self.flags
            .first_given()
            .or_else(|| self.no_seed.then(|| "--no-seed".to_owned()))
    }
}

/// Serves until SIGTERM or Ctrl-C.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    let listener = TcpListener::bind(context.settings.bind)
        .with_context(|| format!("cannot listen on {}", context.settings.bind))?;
    context.with_store(async |store| Ok(serve(arguments, context, store, listener).await?))
}

async fn serve(
    arguments: &Arguments,
    context: &Context,
    store: Store,
    listener: TcpListener,
) -> Result<()> {
    let settings = Arc::new(Settings {
        bind: listener.local_addr()?,
        ..context.settings.clone()
    });
    for name in
        config::strangers(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()))
    {
        tracing::warn!("{name} is no setting; docs/administration.md lists them");
    }
    let signals = StopSignals::listen()?;
    let passwords = Passwords::new(settings.password_hashes)?;
    if !arguments.no_seed && store.is_empty().await? {
        let count = store.load_seed_events(&Author("seed".to_owned())).await?;
        tracing::info!(events = count, "loaded the seed events");
    }
    let mut out = Output::standard();
    if let Some(password) = first_administrator(&settings, &store, &passwords).await? {
        out.line(&format!("Made the first administrator {FIRST_ADMINISTRATOR} with the one-time password {password}"))?;
    }
    out.line(&format!("Démarche is at {}", settings.link_base()))?;
    out.finish()?;

    let metrics = Metrics::new()?;
    let (stop, stopped) = watch::channel(false);
    let mut loops = JoinSet::new();
    loops.spawn(sweep(store.clone(), metrics.clone(), stopped.clone()));
    loops.spawn(warm(store.clone()));
    warn_of_open_addresses(&settings.fetch_allow);
    let ingester = Ingester::new(store.clone(), fetcher(&settings)?);
    loops.spawn(queue::run(
        ingester.clone(),
        queue_settings(&settings),
        stopped,
    ));

    let parts = WebParts {
        settings,
        store: store.clone(),
        metrics,
        passwords,
        ingester,
    };
    let stop_on_signal = async move {
        signals.wait().await;
        tracing::info!("stopping: what is under way is finished");
        let _ = stop.send(true);
    };
    let served = web::serve(parts, listener, stop_on_signal).await;
    loops.join_all().await;
    store.close().await;
    served.context("the server failed")
}

/// Says loudly which addresses of our own network are open to fetches.
fn warn_of_open_addresses(allow: &FetchAllow) {
    match allow {
        FetchAllow::All => tracing::warn!(
            "DEMARCHE_FETCH_ALLOW is *: every address of our own network may be fetched"
        ),
        FetchAllow::Only(entries) if !entries.is_empty() => tracing::warn!(
            "DEMARCHE_FETCH_ALLOW: these addresses may be fetched though they may be of our own network: {}",
            entries.join(", ")
        ),
        FetchAllow::Only(_) => {}
    }
}

/// Makes the first administrator where there is none, and gives the password that was made up for it.
async fn first_administrator(
    settings: &Settings,
    store: &Store,
    passwords: &Passwords,
) -> Result<Option<String>> {
    if store.has_administrator().await? {
        return Ok(None);
    }
    let given = settings.admin_password.reveal();
    let password = given.map_or_else(password::random, |given| Ok(given.to_owned()))?;
    let hash = passwords
        .hash(password.clone())
        .await
        .context("DEMARCHE_ADMIN_PASSWORD")?;
    let made = store.first_admin_if_none(&hash).await?;
    Ok((made && given.is_none()).then_some(password))
}

/// Reads the record into memory for its counts, so that the first visitor need not wait for it.
async fn warm(store: Store) {
    if let Err(error) = store.warm().await {
        tracing::warn!(%error, "the record could not be read for its counts; the next page tries again");
    }
}

/// Once at the start and daily: follow-through moves with the calendar, and what has expired is removed.
async fn sweep(store: Store, metrics: Metrics, mut stopped: watch::Receiver<bool>) {
    let (mut daily, mut minutely) = (time::interval(DAY), time::interval(MINUTE));
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = minutely.tick() => metrics.tidy(),
            _ = daily.tick() => {
                if let Err(error) = store.refresh_follow_through().await {
                    tracing::error!(%error, "follow-through could not be worked out anew");
                }
                if let Err(error) = store.remove_expired().await {
                    tracing::error!(%error, "expired sessions and failures could not be removed");
                }
            }
        }
    }
}

const fn queue_settings(settings: &Settings) -> QueueSettings {
    QueueSettings {
        workers: settings.queue_workers,
        attempts: settings.queue_attempts,
        lease_secs: settings.queue_lease_secs,
        feed_minutes: settings.feed_minutes,
    }
}

/// Hears that the process is to stop: Ctrl-C, or SIGTERM where there is one.
struct StopSignals {
    #[cfg(unix)]
    interrupt: signal::unix::Signal,
    #[cfg(unix)]
    terminate: signal::unix::Signal,
}

impl StopSignals {
    /// Listens from now on; a signal that comes before it is waited for is not lost.
    fn listen() -> Result<Self> {
        #[cfg(unix)]
        {
            use signal::unix::{SignalKind, signal};
            let heard = "signals cannot be heard";
            Ok(Self {
                interrupt: signal(SignalKind::interrupt()).context(heard)?,
                terminate: signal(SignalKind::terminate()).context(heard)?,
            })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    async fn wait(mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        #[cfg(not(unix))]
        {
            let _ = signal::ctrl_c().await;
        }
    }
}
