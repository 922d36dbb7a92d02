//! The real binary, command by command, on real databases: what it prints, where, and with which exit status.
//!
//! A test that is about the record runs on SQLite and on PostgreSQL; the server's address is in `DEMARCHE_TEST_POSTGRES`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a scene that cannot be set fails the test"
)]

mod accounts;
mod arguments;
mod corpus;
mod crashing;
mod ingesting;
mod moving;
mod reading;
mod scene;
mod serving;
