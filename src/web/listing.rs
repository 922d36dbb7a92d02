//! Events → what a list shows of them: one group a date, one line of facts an event. Shared by every page that lists events.

mod days;

use std::collections::HashMap;

use crate::domain::{
    event::Event, follow_through::FollowThrough, id::EventId, kind::Kind, modality::Modality,
    party::PartyCode, register::PartyRegister, relation::RelationKind, status::Status,
};

pub use self::days::{DayGroup, EventList, PageLink, groups};

use super::{error::WebError, paths, state::AppState};

/// The most characters of another event's headline in a line about a relation.
const RELATED_MAX: usize = 64;

/// A party with its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyLink {
    /// Its code.
    pub code: String,
    /// Its name as shown.
    pub name: String,
    /// Its page.
    pub href: String,
}

impl PartyLink {
    /// The link to a party.
    pub fn new(code: &PartyCode, register: &PartyRegister) -> Self {
        Self {
            code: code.to_string(),
            name: register.name(code).to_owned(),
            href: paths::actor(code),
        }
    }

    /// Whether the name says more than the code.
    pub fn has_name(&self) -> bool {
        self.name != self.code
    }
}

/// Who acts toward whom, and who is named beside them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// Who acts.
    pub actors: Vec<PartyLink>,
    /// Toward whom.
    pub targets: Vec<PartyLink>,
    /// “Iran Air, the ship Example”.
    pub named: String,
}

impl Route {
    /// The route of an event.
    pub fn of(event: &Event, register: &PartyRegister) -> Self {
        let links = |codes: &[PartyCode]| {
            codes
                .iter()
                .map(|code| PartyLink::new(code, register))
                .collect()
        };
        Self {
            actors: links(&event.content.actors),
            targets: links(&event.content.targets),
            named: event.content.named.join(", "),
        }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty() && self.targets.is_empty() && self.named.is_empty()
    }
}

/// What is said of an event's sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceLine {
    /// No source is on record.
    None,
    /// A single one, with its publisher's name; may be empty.
    One(String),
    /// Several.
    Many {
        /// All of them.
        count: i64,
        /// Their independent publishers.
        independent: i64,
    },
}

impl SourceLine {
    fn of(event: &Event) -> Self {
        match event.source_count {
            0 => Self::None,
            1 => Self::One(
                event
                    .content
                    .sources
                    .first()
                    .map(|source| source.publisher.clone())
                    .unwrap_or_default(),
            ),
            count => Self::Many {
                count,
                independent: event.independent_sources,
            },
        }
    }
}

/// A relation of an event, as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationLine {
    /// A sign before the words.
    pub glyph: &'static str,
    /// “Denies”, “Carried out by”.
    pub label: &'static str,
    /// The other event's page.
    pub href: String,
    /// The other event's headline, shortened; its id where it is not on the timeline.
    pub text: String,
}

impl RelationLine {
    /// The line of a relation to another event.
    pub fn new(kind: RelationKind, label: &'static str, to: EventId, known: &Related) -> Self {
        Self {
            glyph: match kind {
                RelationKind::Denies => "⇄",
                RelationKind::CarriesOut => "✓",
                RelationKind::Answers | RelationKind::Follows | RelationKind::PartOf => "↳",
            },
            label,
            href: paths::event(to),
            text: known.text(to),
        }
    }
}

/// Headlines of the events that others point to.
#[derive(Debug, Clone, Default)]
pub struct Related(HashMap<EventId, String>);

impl Related {
    /// Asks for the events that these point to.
    ///
    /// # Errors
    /// What the store says.
    pub async fn of(state: &AppState, events: &[Event]) -> Result<Self, WebError> {
        Ok(Self::from_events(&Self::linked(state, events).await?))
    }

    /// The events that these point to, those of them that are on the timeline.
    ///
    /// # Errors
    /// What the store says.
    pub async fn linked(state: &AppState, events: &[Event]) -> Result<Vec<Event>, WebError> {
        let mut ids: Vec<EventId> = events
            .iter()
            .flat_map(|event| {
                let relations = event.content.relations.iter().map(|relation| relation.to);
                relations.chain(event.follow_through_event)
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(state.store.events(&ids).await?)
    }

    /// The headlines of events at hand.
    pub fn from_events(events: &[Event]) -> Self {
        Self(
            events
                .iter()
                .map(|event| (event.id, related_text(event)))
                .collect(),
        )
    }

    /// “A headline, Tue 10 Sep 2024”; the id where the event is not on the timeline.
    pub fn text(&self, id: EventId) -> String {
        self.0.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }
}

/// “Iran’s foreign ministry rejects reports…, 9 Sep 2024”.
fn related_text(event: &Event) -> String {
    let words = event.content.date.words(None);
    let when = match words.year {
        Some(year) => format!("{} {year}", words.heading),
        None => words.heading,
    };
    format!(
        "{}, {when}",
        shortened(&event.content.headline, RELATED_MAX)
    )
}

/// The text, or its first whole words with `…`, at most `most` characters in all.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = text
        .char_indices()
        .nth(most.saturating_sub(1))
        .map_or(text.len(), |(at, _)| at);
    let cut = &text[..end];
    let cut = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// An event as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventItem {
    /// Its id.
    pub id: EventId,
    /// Its page.
    pub href: String,
    /// What was done.
    pub kind: Kind,
    /// How it is told.
    pub modality: Modality,
    /// Its headline.
    pub headline: String,
    /// Who acts toward whom.
    pub route: Route,
    /// Where; may be empty.
    pub place: String,
    /// The words that were spoken; may be empty.
    pub quote: String,
    /// Who spoke them, else who reports them; may be empty.
    pub cite: String,
    /// Its sources.
    pub sources: SourceLine,
    /// What it is linked to.
    pub relations: Vec<RelationLine>,
    /// What became of it.
    pub follow_through: Option<FollowThrough>,
    /// What the record is worth.
    pub status: Status,
    /// Numbers of its sources among the page's notes, for print.
    pub notes: Vec<usize>,
}

impl EventItem {
    /// What a list shows of an event.
    pub fn new(event: &Event, register: &PartyRegister, related: &Related) -> Self {
        let content = &event.content;
        let mut relations: Vec<RelationLine> = content
            .relations
            .iter()
            .map(|relation| {
                RelationLine::new(relation.kind, relation.kind.label(), relation.to, related)
            })
            .collect();
        if let Some(done) = event.follow_through_event {
            let kind = RelationKind::CarriesOut;
            relations.push(RelationLine::new(kind, kind.inverse_label(), done, related));
        }
        let cite = match content.speakers.as_slice() {
            [] => content
                .sources
                .first()
                .map(|source| source.publisher.clone())
                .unwrap_or_default(),
            speakers => speakers.join(", "),
        };
        Self {
            id: event.id,
            href: paths::event(event.id),
            kind: content.kind,
            modality: content.modality,
            headline: content.headline.clone(),
            route: Route::of(event, register),
            place: content.place.clone(),
            quote: unquoted(&content.quote).to_owned(),
            cite,
            sources: SourceLine::of(event),
            relations,
            follow_through: event.follow_through,
            status: content.status,
            notes: Vec::new(),
        }
    }

    /// What became of it, where no relation says so already.
    pub fn open_follow_through(&self) -> Option<FollowThrough> {
        self.follow_through
            .filter(|state| *state != FollowThrough::Fulfilled)
    }

    /// Whether the record is doubted: a word for it.
    pub fn doubt(&self) -> Option<&'static str> {
        doubt(self.status)
    }
}

/// A word for a record that is doubted.
pub const fn doubt(status: Status) -> Option<&'static str> {
    match status {
        Status::Disputed => Some("Disputed"),
        Status::Retracted => Some("Retracted"),
        Status::Published | Status::Deleted | Status::Merged => None,
    }
}

/// A quote without the quotation marks around all of it, since the page sets its own.
pub fn unquoted(quote: &str) -> &str {
    let inner = quote
        .strip_prefix(['“', '"'])
        .and_then(|rest| rest.strip_suffix(['”', '"']));
    match inner {
        Some(inner) if !inner.contains(['“', '”', '"']) => inner,
        _ => quote,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_headlines_end_at_a_whole_word() {
        assert_eq!(shortened("Iran denies it", 20), "Iran denies it");
        assert_eq!(
            shortened("Iran denies, again and again, that it sent any", 20),
            "Iran denies, again…"
        );
        assert_eq!(shortened("Ééééééééééééé", 6), "Ééééé…");
    }

    #[test]
    fn quotation_marks_around_all_of_a_quote_are_left_to_the_page() {
        assert_eq!(unquoted("“We sent none.”"), "We sent none.");
        assert_eq!(
            unquoted("“None”, he said, “ever”"),
            "“None”, he said, “ever”"
        );
        assert_eq!(unquoted("None"), "None");
    }
}
