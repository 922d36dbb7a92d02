//! The sources of listed events → numbered notes, each source once, for print and reports.

use chrono::NaiveDate;

use crate::domain::{draft::is_web_address, event::Event, evidence::Source};

/// One source with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its number, 1 and up, in the order in which sources first appear.
    pub number: usize,
    /// Who published it; may be empty.
    pub publisher: String,
    /// Its title; may be empty.
    pub title: String,
    /// Its day of publication.
    pub published: Option<NaiveDate>,
    /// Its address as recorded; may be empty.
    pub url: String,
    /// Whether a browser may open it.
    pub opens: Opens,
}

/// Whether a browser may open an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// It is one of the web.
    Yes,
    /// It is not.
    No,
}

impl Note {
    /// Whether its address is a link.
    pub fn is_link(&self) -> bool {
        self.opens == Opens::Yes
    }
}

/// Gives every source of the events a number; returns the notes, and for every event the numbers of its sources.
pub fn numbered(events: &[Event]) -> (Vec<Note>, Vec<Vec<usize>>) {
    let mut notes: Vec<Note> = Vec::new();
    let mut known: std::collections::HashMap<(String, String, String), usize> =
        std::collections::HashMap::new();
    let of_events = events
        .iter()
        .map(|event| {
            event
                .content
                .sources
                .iter()
                .map(|source| {
                    let number = notes.len() + 1;
                    *known.entry(key(source)).or_insert_with(|| {
                        notes.push(note(number, source));
                        number
                    })
                })
                .collect()
        })
        .collect();
    (notes, of_events)
}

/// What makes two sources the same: the address, else publisher, title and day.
fn key(source: &Source) -> (String, String, String) {
    if source.url.is_empty() {
        let day = source.published.map(|day| day.to_string());
        (
            source.publisher.clone(),
            source.title.clone(),
            day.unwrap_or_default(),
        )
    } else {
        (source.url.clone(), String::new(), String::new())
    }
}

fn note(number: usize, source: &Source) -> Note {
    Note {
        number,
        publisher: source.publisher.clone(),
        title: source.title.clone(),
        published: source.published,
        url: source.url.clone(),
        opens: if is_web_address(&source.url) {
            Opens::Yes
        } else {
            Opens::No
        },
    }
}
