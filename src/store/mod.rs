//! The record in SQLite or PostgreSQL. All SQL of the crate is here.

pub mod password;
pub mod secret;
