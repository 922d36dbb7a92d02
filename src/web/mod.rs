//! Requests → pages, files and JSON; every failure in words for visitors.
//!
//! A request passes [`envelope`] (request id, panics, headers, metrics), [`conditional`] (304), [`error`] (a failure becomes a page), [`guard`]
//! (session or token, origin, role) and reaches the handler that [`routes`] names: one page, one file under `public`,
//! `admin` or `api`. Handlers turn a query or a form into a domain type, ask [`crate::store`], fill a typed struct and hand it
//! to its template. Rules of the field are left to [`crate::domain`], all SQL to [`crate::store`].

#![expect(
    clippy::missing_errors_doc,
    reason = "handlers fail with WebError, which tells its cases where it stands"
)]

pub mod admin;
pub mod api;
pub mod assets;
pub mod conditional;
pub mod csrf;
pub mod envelope;
pub mod error;
pub mod export;
pub mod filters;
pub mod forms;
pub mod guard;
pub mod headers;
pub mod listing;
pub mod marked;
pub mod page;
pub mod paths;
pub mod public;
pub mod query;
pub mod routes;
pub mod session;
pub mod state;
pub mod suggestions;
pub mod visitor;

use std::{io, net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    App, HttpServer,
    dev::Server,
    middleware::{Compress, from_fn},
    web::Data,
};

pub use state::{AppState, WebParts};

/// How long a connection may stay open without a request.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Serves on a bound listener until `stop` ends, then finishes what is under way.
///
/// # Errors
/// Where the listener cannot be used.
pub async fn serve(
    parts: WebParts,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), io::Error> {
    start(parts, listener, stop)?.await
}

fn start(
    parts: WebParts,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<Server, io::Error> {
    let settings = Arc::clone(&parts.settings);
    let state = Data::new(AppState::new(parts));
    let stopping = state.clone();
    let stop = async move {
        stop.await;
        stopping.stop();
    };
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .configure(routes::configure)
            .wrap(from_fn(guard::admit))
            .wrap(from_fn(error::dress))
            .wrap(from_fn(conditional::answer))
            .wrap(Compress::default())
            .wrap(from_fn(envelope::wrap))
    })
    .keep_alive(KEEP_ALIVE)
    // else the last piece of an answer waits up to 40 ms for the visitor's side to confirm the one before
    .tcp_nodelay(true)
    .client_request_timeout(Duration::from_secs(settings.request_timeout_secs))
    .shutdown_timeout(settings.shutdown_secs)
    .shutdown_signal(stop);
    let server = match usize::try_from(settings.http_workers) {
        Ok(workers) if workers > 0 => server.workers(workers),
        _ => server,
    };
    Ok(server.listen(listener)?.run())
}
