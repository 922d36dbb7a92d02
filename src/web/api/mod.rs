//! The record as JSON, for programs. Reading is open to all; writing needs a token, and its role.
//!
//! Events have the names of the export's columns; [`body`] reads them back through the one door for drafts. Failures are
//! `application/problem+json`, which [`super::error`] writes.

mod actors;
mod body;
pub mod conditional;
mod docs;
mod events;
mod ingest;
mod jobs;
pub mod openapi;
mod schema;

use actix_web::web::to;

use super::routes::{Entry, Need, delete, get, post, put};
use crate::domain::role::Role;

/// The addresses under `/api`, and their description.
pub const ROUTES: &[Entry] = &[
    get("/api/v1/events", Need::Nothing, || to(events::list)),
    post("/api/v1/events", Need::Token(Role::Editor), || {
        to(events::create)
    }),
    get("/api/v1/events/{id}", Need::Nothing, || to(events::read)),
    put("/api/v1/events/{id}", Need::Token(Role::Editor), || {
        to(events::update)
    }),
    delete("/api/v1/events/{id}", Need::Token(Role::Editor), || {
        to(events::remove)
    }),
    get("/api/v1/actors", Need::Nothing, || to(actors::list)),
    post("/api/v1/ingest", Need::Token(Role::Editor), || {
        to(ingest::enqueue)
    }),
    get("/api/v1/jobs/{id}", Need::Token(Role::Viewer), || {
        to(jobs::read)
    }),
    get("/api/v1/openapi.json", Need::Nothing, || {
        to(openapi::document)
    }),
    get("/docs", Need::Nobody, || to(docs::page)),
];
