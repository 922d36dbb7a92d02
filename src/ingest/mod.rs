//! Files, pages and feeds → articles, and articles → the review queue.
//!
//! | step | turns what into what |
//! | --- | --- |
//! | [`file`], [`fetch`] | paths and addresses into bytes |
//! | [`decode`] | bytes into text |
//! | [`document`] | text into articles: plain text, a page, a feed's entries |
//! | [`html`], [`metadata`], [`published`] | a page into body, title, publisher, byline, day of publication |
//! | [`text_metadata`] | a pasted text into the same |
//! | [`feed`] | a feed into entries |
//! | [`opml`] | a list of feeds into their addresses, and back |
//! | [`pipeline`] | all of these joined, to the record |
//! | [`queue`], [`poll`] | jobs of the queue, and due feeds, into the same |
//! | [`address`] | an address into the one under which an article is on record |
//!
//! What an article tells is read by [`crate::extract`]; what is on record is [`crate::store`]'s.

pub mod address;
mod candidate;
pub mod day;
pub mod decode;
pub mod document;
pub mod feed;
pub mod fetch;
pub mod file;
pub mod html;
pub mod language;
pub mod metadata;
pub mod opml;
pub mod pipeline;
pub mod poll;
pub mod published;
pub mod queue;
mod quote;
mod shape;
pub mod text_metadata;

use self::{decode::NotText, feed::NoFeed, fetch::FetchError, file::FileError};
pub use self::{
    document::{Document, Given},
    pipeline::{Done, Handled, Ingester, Status},
};
use crate::extract::ExtractError;

/// Why nothing came of an input: a sentence for the person who handed it in.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// It is no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// It has no words.
    #[error("expected an article, but found no words in it")]
    NoText,
    /// It does not tell when it was published.
    #[error("no day of publication found in it; give one with --published")]
    NoDay,
    /// It says that it is a feed, and is none.
    #[error(transparent)]
    NoFeed(#[from] NoFeed),
    /// It is a feed where an article was expected.
    #[error("expected an article, but found another feed")]
    FeedInFeed,
    /// A fault of ours: reading it broke off.
    #[error("reading it broke off by a fault of the program")]
    Broken,
    /// It is in a language that is not read.
    #[error(transparent)]
    Extract(#[from] ExtractError),
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The address cannot be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The record refused it.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}
