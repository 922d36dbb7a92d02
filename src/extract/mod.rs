//! An article's text → candidate events. Pure: no files, no network, no clock; English only.
//!
//! The kinds, modalities and rules of dating are those of the coding guide, see `docs/extraction.md`.

use chrono::NaiveDate;

pub mod candidate;
pub mod party;
pub mod time;
mod token;

/// What is read: the text as it stands, and the publisher's civil day of publication.
#[derive(Debug, Clone, Copy)]
pub struct ArticleText<'a> {
    /// The title on the first line, then what the page gives.
    pub text: &'a str,
    /// Relative dates count from here.
    pub published: NaiveDate,
}
