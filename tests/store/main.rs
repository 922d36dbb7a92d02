//! The contract of the store, run on SQLite and on PostgreSQL alike.
//!
//! PostgreSQL is the server of `DEMARCHE_TEST_POSTGRES`; without it those tests fail, and `make test` starts one.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a scene that cannot be set fails the test"
)]

mod accounts;
mod deciding;
mod engine;
mod events;
mod moving;
mod opening;
mod packed;
mod queue;
mod review;
mod sample;
mod timeline;
mod whole;
