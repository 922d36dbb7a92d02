//! What was added to the record, altered and taken back between two instants, with reasons.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{
        clock::Timestamp,
        filter::{ParameterError, TimelineFilter},
        id::EventId,
        status::Status,
    },
    store::{ChangesAsked, Revision, RevisionAction},
};

use super::{
    super::{
        error::WebError,
        filters,
        page::{self, Nav, Page},
        paths,
        query::RawQuery,
        state::AppState,
        visitor::Visitor,
    },
    filter_form::{Choice, Tick},
    revision::RevisionRow,
};

/// Changes on a page.
const PER_PAGE: u32 = 100;
/// Days before now that the page shows unless asked otherwise.
const DAYS: i64 = 7;
const DAY_SECS: i64 = 86_400;
/// What the page takes.
const PARAMETERS: [&str; 4] = ["from", "to", "action", "after"];
/// The words of addresses for what was done.
const ACTIONS: [(&str, RevisionAction); 6] = [
    ("added", RevisionAction::Created),
    ("altered", RevisionAction::Updated),
    ("sourced", RevisionAction::SourceAdded),
    ("unsourced", RevisionAction::SourceRemoved),
    ("deleted", RevisionAction::Deleted),
    ("merged", RevisionAction::Merged),
];

/// A change as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// The event, its page, and its headline; none where it is no longer on the timeline.
    pub event: EventId,
    /// Its page.
    pub href: String,
    /// Its headline then; empty where the event is no longer on the timeline.
    pub headline: String,
    /// “Added”, “Altered”, “Retracted”.
    pub word: &'static str,
    /// The class of the word.
    pub class: &'static str,
    /// What changed, when, by whom and why.
    pub row: RevisionRow,
    /// The revision's own page.
    pub revision_href: Option<String>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/changes.html")]
pub struct ChangesPage {
    page: Page,
    errors: Vec<ParameterError>,
    unknown: Vec<String>,
    from: String,
    to: String,
    actions: Vec<(Choice<RevisionAction>, &'static str, &'static str)>,
    range: String,
    total: i64,
    rows: Vec<ChangeRow>,
    then_href: String,
    later_href: Option<String>,
    next_href: Option<String>,
}

/// What was asked for, with all that cannot be read.
struct Asked {
    from: Timestamp,
    until: Timestamp,
    action: Option<RevisionAction>,
    before: Option<i64>,
    errors: Vec<ParameterError>,
}

impl Asked {
    fn read(query: &RawQuery, now: Timestamp) -> Self {
        let today =
            Timestamp::from_micros(now.micros() - now.micros().rem_euclid(DAY_SECS * 1_000_000));
        let mut asked = Self {
            from: today.unwrap_or(now).plus_seconds(-DAYS * DAY_SECS),
            until: now.plus_seconds(1),
            action: None,
            before: None,
            errors: Vec::new(),
        };
        for name in PARAMETERS {
            let written = query.text(name);
            if !written.is_empty()
                && let Err(message) = asked.set(name, written)
            {
                asked.errors.push(ParameterError {
                    name: name.to_owned(),
                    message,
                });
            }
        }
        asked
    }

    fn set(&mut self, name: &str, written: &str) -> Result<(), String> {
        let instant = |edge| {
            read_instant(written, edge).ok_or_else(|| {
                format!(
                    "expected a day, month or year such as 2024-09-10, or an RFC 3339 instant such as \
                     2024-09-10T14:05:06Z, but found “{written}”"
                )
            })
        };
        match name {
            "from" => self.from = instant(Edge::First)?,
            "to" => self.until = instant(Edge::Last)?,
            "action" => {
                let action = ACTIONS.iter().find(|(slug, _)| *slug == written);
                let words = || ACTIONS.map(|(slug, _)| slug).join(", ");
                let (_, action) = action
                    .ok_or_else(|| format!("expected one of {}, but found “{written}”", words()))?;
                self.action = Some(*action);
            }
            _ => {
                let place = written.parse::<i64>().ok().filter(|place| *place > 0);
                self.before = Some(place.ok_or_else(|| {
                    format!("expected a place that a page of this list gave, but found “{written}”")
                })?);
            }
        }
        Ok(())
    }
}

/// GET /changes: the latest change first; `from` and `to` are days, months, years or instants.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let now = state.clock().now();
    let asked = Asked::read(&query, now);
    let (from, until) = (asked.from, asked.until);
    let mut page = ChangesPage {
        page: Page::of(&state, &visitor, Nav::Elsewhere, "Changes").await?,
        unknown: unknown(&query),
        from: query.text("from").to_owned(),
        to: query.text("to").to_owned(),
        actions: ACTIONS
            .iter()
            .map(|(slug, one)| {
                let tick = Tick::of(asked.action.as_slice(), one);
                let choice = Choice {
                    value: *one,
                    count: None,
                    tick,
                };
                (choice, *slug, word(*one))
            })
            .collect(),
        range: if query.text("to").is_empty() {
            format!("since {} UTC", filters::short_instant(from))
        } else {
            format!(
                "{} – {} UTC",
                filters::short_instant(from),
                filters::short_instant(until.min(now))
            )
        },
        total: 0,
        rows: Vec::new(),
        then_href: as_of_href(from),
        later_href: (until < now).then(|| as_of_href(until)),
        next_href: None,
        errors: asked.errors,
    };
    if !page.errors.is_empty() {
        return Ok(page::html(StatusCode::BAD_REQUEST, &page));
    }
    let asked = ChangesAsked {
        from,
        until,
        action: asked.action,
        before: asked.before,
        limit: PER_PAGE + 1,
    };
    page.find(&state, asked, &query).await?;
    Ok(page::ok(&page))
}

impl ChangesPage {
    async fn find(
        &mut self,
        state: &AppState,
        asked: ChangesAsked,
        query: &RawQuery,
    ) -> Result<(), WebError> {
        let store = &state.store;
        let (mut changes, counts) = tokio::try_join!(
            store.changes(asked),
            store.change_counts(asked.from, asked.until),
        )?;
        for (choice, ..) in &mut self.actions {
            let of = counts.iter().find(|(action, _)| *action == choice.value);
            choice.count = Some(of.map_or(0, |(_, count)| *count));
        }
        self.total = counts
            .iter()
            .filter(|(action, _)| asked.action.is_none_or(|asked| asked == *action))
            .map(|(_, count)| count)
            .sum();
        let size = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
        let has_more = changes.len() > size;
        changes.truncate(size);
        self.next_href = changes
            .last()
            .filter(|_| has_more)
            .map(|last| next_href(query, last.id));
        let ids: BTreeSet<EventId> = changes.iter().map(|change| change.event).collect();
        let ids: Vec<EventId> = ids.into_iter().collect();
        let listed = store.events(&ids).await?;
        let register = state.register().await?;
        self.rows = changes
            .iter()
            .map(|change| {
                let is_listed = listed.iter().any(|event| event.id == change.event);
                row(change, is_listed, RevisionRow::new(change, &register))
            })
            .collect();
        Ok(())
    }
}

/// What an event that was taken off the record said is not told again here.
fn row(change: &Revision, is_listed: bool, mut row: RevisionRow) -> ChangeRow {
    let event = change.event_after().or_else(|| change.event_before());
    if !is_listed {
        row.changes.clear();
    }
    let retracted = change
        .event_after()
        .is_some_and(|event| event.content.status == Status::Retracted)
        && row.changes.iter().any(|change| change.label == "Status");
    let (word, class) = if retracted {
        ("Retracted", "status--bad")
    } else {
        (word(change.action), class(change.action))
    };
    ChangeRow {
        event: change.event,
        href: paths::event(change.event),
        headline: event
            .filter(|_| is_listed)
            .map(|event| event.content.headline)
            .unwrap_or_default(),
        word,
        class,
        revision_href: is_listed.then(|| paths::revision(change.event, change.revision)),
        row,
    }
}

const fn word(action: RevisionAction) -> &'static str {
    match action {
        RevisionAction::Created => "Added",
        RevisionAction::Updated => "Altered",
        RevisionAction::SourceAdded => "Source added",
        RevisionAction::SourceRemoved => "Source removed",
        RevisionAction::Deleted => "Deleted",
        RevisionAction::Merged => "Merged",
    }
}

const fn class(action: RevisionAction) -> &'static str {
    match action {
        RevisionAction::Created => "status--ok",
        RevisionAction::Updated | RevisionAction::SourceAdded | RevisionAction::SourceRemoved => {
            "status--wait"
        }
        RevisionAction::Deleted | RevisionAction::Merged => "status--bad",
    }
}

/// Which end of a day, month or year is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// An instant, or the edge of a day, month or year in UTC; the last edge is the beginning of what comes after.
fn read_instant(written: &str, edge: Edge) -> Option<Timestamp> {
    if let Ok(instant) = written.parse::<Timestamp>() {
        return Some(instant);
    }
    let name = match edge {
        Edge::First => "from",
        Edge::Last => "to",
    };
    // the days of the timeline's filter are written alike
    let clock = crate::domain::clock::Clock::fixed(Timestamp::from_micros(0)?);
    let parsed = TimelineFilter::parse([(name, written)], &clock).filter;
    let day = match edge {
        Edge::First => parsed.from?.day,
        Edge::Last => parsed.to?.day.succ_opt()?,
    };
    format!("{day}T00:00:00Z").parse().ok()
}

fn unknown(query: &RawQuery) -> Vec<String> {
    let mut unknown: Vec<String> = Vec::new();
    for (name, _) in &query.0 {
        if !PARAMETERS.contains(&name.as_str()) && !unknown.contains(name) {
            unknown.push(name.clone());
        }
    }
    unknown
}

fn as_of_href(instant: Timestamp) -> String {
    paths::timeline(&TimelineFilter {
        as_of: Some(instant),
        ..TimelineFilter::default()
    })
}

fn next_href(query: &RawQuery, last: i64) -> String {
    let kept = ["from", "to", "action"].into_iter().filter_map(|name| {
        let value = query.text(name);
        (!value.is_empty()).then(|| (name, value.to_owned()))
    });
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair("after", &last.to_string())
        .finish();
    format!("/changes?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_taken_whole() {
        let read = |written, edge| read_instant(written, edge).map(|at| at.to_string());
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            read("2024-09-10", Edge::First),
            text("2024-09-10T00:00:00Z")
        );
        assert_eq!(read("2024-09-10", Edge::Last), text("2024-09-11T00:00:00Z"));
        assert_eq!(read("2024-09", Edge::Last), text("2024-10-01T00:00:00Z"));
        assert_eq!(
            read("2024-09-10T14:05:06+02:00", Edge::Last),
            text("2024-09-10T12:05:06Z")
        );
        assert_eq!(read("yesterday", Edge::First), None);
    }
}
