//! The record as JSON, for programs.

use super::routes::Entry;

/// The addresses under `/api`.
pub const ROUTES: &[Entry] = &[];
