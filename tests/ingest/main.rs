//! Ingest from the outside: servers of our own on the loopback interface, a record on SQLite, articles in our own words.

#![expect(
    clippy::unwrap_used,
    reason = "a scene that cannot be set fails the test"
)]

mod fetching;
mod hostile;
mod queue;
mod reading;
mod server;
mod unreasonable;
