//! Evidence: the exact words of an article that carry an event.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::ArticleId;

/// A stretch of an article's text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EvidenceSpan {
    /// First byte in the article's text.
    pub start: i64,
    /// Byte after the last.
    pub end: i64,
    /// The words there, copied exactly.
    pub text: String,
}

/// One source of an event: an article, and the words in it that carry the event.
///
/// A source need not have been read: of a record entered by hand or imported only the address may be known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The article on record; `None` on a draft whose article is found or made when it is saved.
    pub article: Option<ArticleId>,
    /// Its address; may be empty.
    pub url: String,
    /// Its publisher's name; may be empty.
    pub publisher: String,
    /// Its title; may be empty.
    pub title: String,
    /// Its day of publication.
    pub published: Option<NaiveDate>,
    /// The words that carry the event; empty where the article was not read.
    pub spans: Vec<EvidenceSpan>,
}
