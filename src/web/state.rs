//! What every handler shares.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::{
    config::Settings,
    domain::{
        clock::{Clock, Timestamp},
        register::PartyRegister,
    },
    export::ExportContext,
    ingest::Ingester,
    store::{Store, password::Passwords},
    telemetry::Metrics,
};

use super::{error::WebError, suggestions::SuggestionCache};

/// What the command line hands to the server.
#[derive(Debug, Clone)]
pub struct WebParts {
    /// Every setting; `bind` is the address that is truly bound.
    pub settings: Arc<Settings>,
    /// The record.
    pub store: Store,
    /// Counts and times of requests.
    pub metrics: Metrics,
    /// Hashes and checks passwords, few at once.
    pub passwords: Passwords,
    /// Reads what is handed in into the record.
    pub ingester: Ingester,
}

/// What every handler shares. Holds no state that matters: several servers may run on one database.
#[derive(Debug, Clone)]
pub struct AppState {
    /// Every setting.
    pub settings: Arc<Settings>,
    /// The record.
    pub store: Store,
    /// Counts and times of requests.
    pub metrics: Metrics,
    /// Hashes and checks passwords, few at once.
    pub passwords: Passwords,
    /// Reads what is handed in into the record.
    pub ingester: Ingester,
    /// What links in files begin with, without a slash at the end.
    pub link_base: Arc<str>,
    /// What the filter's fields suggest.
    pub suggestions: SuggestionCache,
    /// When this program started to serve.
    pub started: Timestamp,
    /// Whether the server was told to stop, so that answers without end break off.
    stopping: Arc<AtomicBool>,
}

impl AppState {
    /// The state of a server.
    pub fn new(parts: WebParts) -> Self {
        let link_base = parts.settings.link_base().into();
        let started = parts.store.clock().now();
        Self {
            settings: parts.settings,
            store: parts.store,
            metrics: parts.metrics,
            passwords: parts.passwords,
            ingester: parts.ingester,
            link_base,
            suggestions: SuggestionCache::default(),
            stopping: Arc::default(),
            started,
        }
    }

    /// Has answers without end break off.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server was told to stop.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// The clock of the record.
    pub fn clock(&self) -> &Clock {
        self.store.clock()
    }

    /// Names and codes of the parties.
    ///
    /// # Errors
    /// What the store says.
    pub async fn register(&self) -> Result<Arc<PartyRegister>, WebError> {
        Ok(self.store.register().await?)
    }

    /// What exports and the API's JSON need beside the events.
    ///
    /// # Errors
    /// What the store says.
    pub async fn export_context(&self) -> Result<ExportContext, WebError> {
        Ok(ExportContext::new(
            &self.link_base,
            self.register().await?,
            self.clock().now(),
        ))
    }
}
