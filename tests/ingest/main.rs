//! Ingest from the outside: servers of our own on the loopback interface, a record on SQLite, articles in our own words.

mod fetching;
mod queue;
mod reading;
mod server;
mod unreasonable;
