//! Démarche: reads news articles, proposes dated diplomatic events with the words that carry them,
//! and keeps the reviewed record as a timeline.
//!
//! # Map
//!
//! | module | turns what into what |
//! | --- | --- |
//! | [`domain`] | the field's own types and rules: kinds, EDTF dates, parties, events, filters; uses nobody |
//! | [`extract`] | an article's text into candidate events; pure |
//! | [`ingest`] | files, pages and feeds into articles, and articles into the review queue |
//! | [`store`] | the record in SQLite or PostgreSQL; all SQL is here |
//! | [`export`] | events into CSV and the other formats; pure |
//! | [`web`] | requests into pages; the wording of failures for visitors is in `web::error` |
//! | [`cli`] | the commands; wires everything |
//!
//! # Arrows
//!
//! `domain ← extract ← ingest → store ← web`, `domain ← export ← web`; `cli` wires all.
//! `tests/layering.rs` fails on an import against an arrow.

pub mod cli;
pub mod config;
pub mod domain;
pub mod export;
pub mod extract;
pub mod ingest;
pub mod store;
pub mod telemetry;
pub mod web;
