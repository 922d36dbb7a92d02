//! The chain of an event → the steps of its thread, each with how it stands to the event of the page.

use crate::domain::{event::Event, register::PartyRegister};

use super::super::listing::{EventItem, Related};

/// An event of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadItem {
    /// The event.
    pub item: EventItem,
    /// “10 Sep 2024 · denies this event”.
    pub how: String,
    /// Whether it is the one that the page is about.
    pub place: ThreadPlace,
}

/// Where the page's event stands in its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadPlace {
    /// It is this one.
    Here,
    /// It is linked to this one.
    Next,
    /// It is linked through others.
    Elsewhere,
}

impl ThreadItem {
    /// Whether it is the one that the page is about.
    pub fn is_here(&self) -> bool {
        self.place == ThreadPlace::Here
    }
}

/// The steps of a chain by date; none where the event stands alone.
pub fn thread(
    here: &Event,
    chain: &[Event],
    register: &PartyRegister,
    related: &Related,
) -> Vec<ThreadItem> {
    if chain.len() < 2 {
        return Vec::new();
    }
    chain
        .iter()
        .map(|event| {
            let points = |from: &Event, to: &Event| {
                let mut relations = from.content.relations.iter();
                relations.any(|relation| relation.to == to.id)
            };
            let place = if event.id == here.id {
                ThreadPlace::Here
            } else if points(event, here) || points(here, event) {
                ThreadPlace::Next
            } else {
                ThreadPlace::Elsewhere
            };
            let words = event.content.date.words(None);
            let mut how = match words.year {
                Some(year) => format!("{} {year}", words.heading),
                None => words.heading,
            };
            how.push_str(" · ");
            how.push_str(&standing(here, event));
            ThreadItem {
                item: EventItem::new(event, register, related),
                how,
                place,
            }
        })
        .collect()
}

/// How an event of the chain stands to the page's one.
fn standing(here: &Event, event: &Event) -> String {
    if event.id == here.id {
        return "this event".to_owned();
    }
    let toward_here = event
        .content
        .relations
        .iter()
        .find(|relation| relation.to == here.id)
        .map(|relation| relation.kind.label());
    let from_here = here
        .content
        .relations
        .iter()
        .find(|relation| relation.to == event.id)
        .map(|relation| relation.kind.inverse_label());
    match (toward_here.or(from_here), event.content.relations.first()) {
        (Some(label), _) => format!("{} this event", label.to_lowercase()),
        (None, Some(relation)) => {
            format!(
                "{} another of the thread",
                relation.kind.label().to_lowercase()
            )
        }
        (None, None) => "in the same thread".to_owned(),
    }
}
