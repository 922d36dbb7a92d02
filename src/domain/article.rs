//! An article: what was read, where it came from, and when it was published.

use chrono::NaiveDate;

use super::{clock::Timestamp, id::ArticleId};

/// An article as it is about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewArticle {
    /// Its address without tracking parameters; empty where it came as text alone.
    pub url: String,
    /// Its title; may be empty.
    pub title: String,
    /// The publisher's name; may be empty.
    pub publisher: String,
    /// Its byline; may be empty.
    pub byline: String,
    /// Its language as an ISO 639-1 code, with the country where the page names one (`en-US`); may be empty.
    pub language: String,
    /// The publisher's civil day of publication.
    pub published: Option<NaiveDate>,
    /// The text that evidence offsets count in, title line included; empty for a source of which only the address is known.
    pub text: String,
}

/// An article on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its number, which its address uses.
    pub id: ArticleId,
    /// What is known of it.
    pub content: NewArticle,
    /// Which reading of the address this is: 1, then 2 for a changed text under the same address.
    pub version: i64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}
