//! The server over real HTTP on a fresh SQLite record: statuses, words, headers, and that lists, counts and files agree.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a scene that cannot be set fails the test"
)]

mod admin_desk;
mod admin_events;
mod admin_ingest;
mod admin_keeping;
mod admin_login;
mod admin_review;
mod admin_sources;
mod api;
mod brute;
mod errors;
mod event;
mod exports;
mod oracle;
mod pages;
mod reading;
mod safety;
mod server;
mod timeline;
