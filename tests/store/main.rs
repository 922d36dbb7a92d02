//! The contract of the store, run on SQLite and on PostgreSQL alike.
//!
//! PostgreSQL is the server of `DEMARCHE_TEST_POSTGRES`; without it those tests fail, and `make test` starts one.

mod accounts;
mod engine;
mod events;
mod moving;
mod opening;
mod queue;
mod review;
mod sample;
mod timeline;
mod whole;
