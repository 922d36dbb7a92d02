//! The page of every failure.

use askama::Template;

use super::super::{error::Wording, page::Page};

/// A failure in words, and where to go from here.
#[derive(Debug, Template)]
#[template(path = "public/failure.html")]
pub struct FailurePage {
    /// What every page shares.
    pub page: Page,
    /// The words.
    pub wording: Wording,
    /// What the log knows the request by; only of faults of ours.
    pub reference: Option<String>,
}
