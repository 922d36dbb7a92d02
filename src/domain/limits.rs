//! How long texts and pages may be: the contract's numbers, unless whoever runs the server chose others.
//!
//! Chosen once, before anything is read, from the settings that `config` declares.

use std::sync::OnceLock;

/// The most that is taken of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Characters of a headline.
    pub headline: usize,
    /// Characters of a summary.
    pub summary: usize,
    /// Characters of a quote.
    pub quote: usize,
    /// Characters of a search.
    pub query: usize,
    /// Events on a page.
    pub per: u32,
}

impl Limits {
    /// The limits where nothing else was chosen.
    pub const USUAL: Self = Self {
        headline: 300,
        summary: 5_000,
        quote: 2_000,
        query: 1_000,
        per: 200,
    };
}

static CHOSEN: OnceLock<Limits> = OnceLock::new();

/// Chooses the limits for the rest of the process; whether they were still to be chosen.
pub fn choose(limits: Limits) -> bool {
    CHOSEN.set(limits).is_ok()
}

/// The limits that hold.
pub fn limits() -> Limits {
    CHOSEN.get().copied().unwrap_or(Limits::USUAL)
}
