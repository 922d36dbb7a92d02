//! What is known of a party beside its timeline: its sanctions status by authority, its dealings by counterpart, and
//! who held its offices.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::{
    domain::{
        event::Event,
        filter::{Sort, TimelineFilter},
        fold::fold,
        kind::Kind,
        party::{OfficeTerm, Party, PartyCode},
        reference,
        register::PartyRegister,
        standing::{self, Force, Standing},
    },
    web::{error::WebError, filters, listing::PartyLink, paths, state::AppState},
};

use super::{
    lanes::Lane,
    lanes_chart::{Chart, LaneOf},
};

/// Sanctions and reliefs that the status is worked out from, the latest.
const MEASURES_MAX: u32 = 1_000;
/// Events that the lanes are drawn from, the latest.
const EVENTS_MAX: u32 = 400;
/// Lanes of counterparts.
const LANES_MAX: usize = 6;
/// Events that a row of the status names.
const NAMED_MAX: usize = 3;
/// The day up to which the list of office-holders was kept.
const OFFICES_UNTIL: &str = "2025-12-31";

/// A row of the status table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRow {
    /// Who imposes.
    pub authority: PartyLink,
    /// Where it stands.
    pub force: Force,
    /// “5 Nov 2018”.
    pub since: String,
    /// “first from 23 Jun 2011”, where there was something before.
    pub before: Option<String>,
    /// The legal bases on record.
    pub basis: String,
    /// The latest events that it rests on: page and headline.
    pub events: Vec<(String, String)>,
    /// How many more there are.
    pub more: usize,
    /// The authority's own list.
    pub official: Option<&'static str>,
}

impl StatusRow {
    /// The class of the status's words.
    pub fn class(&self) -> &'static str {
        match self.force {
            Force::InForce => "status--bad",
            Force::Announced | Force::Eased => "status--wait",
            Force::Ended => "status--off",
        }
    }

    /// Whether it rests on more events than it names.
    pub fn has_more(&self) -> bool {
        self.more > 0
    }
}

/// What a status rests on and says.
#[derive(Debug, Default)]
pub struct Status {
    /// A row for each authority.
    pub rows: Vec<StatusRow>,
    standings: Vec<Standing>,
}

/// An office and who held it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// “Foreign minister”.
    pub label: String,
    /// Who holds it, as far as is known.
    pub holders: Vec<Holder>,
    /// Who held it before, the latest first.
    pub former: Vec<Holder>,
}

/// One term of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The name as English news writes it.
    pub name: String,
    /// “since Aug 2024”, “Jan 2021 – Jan 2025”.
    pub term: String,
}

/// A party's dealings with its most frequent counterparts.
#[derive(Debug)]
pub struct ByCounterpart {
    /// A lane each.
    pub lanes: Vec<Lane>,
    /// The chart.
    pub chart: Chart,
    /// The lanes page of the party and these.
    pub compare_href: String,
    /// Counterparts in the events that were read.
    pub count: usize,
    /// Events that were read.
    pub read: usize,
}

impl ByCounterpart {
    /// Whether there are more counterparts than lanes.
    pub fn is_cut(&self) -> bool {
        self.count > self.lanes.len()
    }
}

/// Where every authority stands toward a party. `whole` is the filter that finds the party's events.
pub async fn status(
    state: &AppState,
    party: &Party,
    whole: &TimelineFilter,
    register: &PartyRegister,
) -> Result<Status, WebError> {
    let mut filter = TimelineFilter {
        kinds: vec![Kind::Sanction, Kind::Relief],
        sort: Sort::Newest,
        ..whole.first_page()
    };
    let by_name = whole.parties.is_empty();
    if !by_name {
        filter.targets = std::mem::take(&mut filter.parties);
    }
    let (mut events, _) = state
        .store
        .export_chunk(&filter, None, MEASURES_MAX)
        .await?;
    if by_name {
        events.retain(|event| names(event, party));
    }
    let standings = standing::standings(&party.code, &events, state.clock().today());
    let rows = standings
        .iter()
        .map(|standing| row(standing, &events, register))
        .collect();
    Ok(Status { rows, standings })
}

/// Whether an event names the party by one of its names.
fn names(event: &Event, party: &Party) -> bool {
    let known: Vec<String> = std::iter::once(&party.name)
        .chain(&party.aliases)
        .map(|name| fold(name))
        .collect();
    event
        .content
        .named
        .iter()
        .any(|named| known.contains(&fold(named)))
}

fn row(standing: &Standing, events: &[Event], register: &PartyRegister) -> StatusRow {
    let first = standing.periods.first().map(|period| period.from);
    StatusRow {
        authority: PartyLink::new(&standing.authority, register),
        force: standing.force,
        since: filters::short_day(standing.since),
        before: first
            .filter(|first| *first < standing.since)
            .map(|first| format!("first in force {}", filters::short_day(first))),
        basis: standing.bases.join("; "),
        events: standing
            .events
            .iter()
            .take(NAMED_MAX)
            .filter_map(|id| events.iter().find(|event| event.id == *id))
            .map(|event| {
                let date = event.content.date;
                let words = date.words(None);
                let when = match (date.as_single_day(), words.year) {
                    (Some(day), _) => filters::short_day(day),
                    (None, Some(year)) => format!("{} {year}", words.heading),
                    (None, None) => words.heading,
                };
                (
                    paths::event(event.id),
                    format!("{}, {when}", event.content.headline),
                )
            })
            .collect(),
        more: standing.events.len().saturating_sub(NAMED_MAX),
        official: standing::official_list(&standing.authority),
    }
}

/// The lanes of a party's most frequent counterparts; `None` where it has none.
pub async fn by_counterpart(
    state: &AppState,
    party: &Party,
    whole: &TimelineFilter,
    status: &Status,
    register: &PartyRegister,
) -> Result<Option<ByCounterpart>, WebError> {
    let filter = TimelineFilter {
        sort: Sort::Newest,
        ..whole.first_page()
    };
    let (events, _) = state.store.export_chunk(&filter, None, EVENTS_MAX).await?;
    let mut counts: HashMap<&PartyCode, usize> = HashMap::new();
    for event in &events {
        let mut seen: Vec<&PartyCode> = Vec::new();
        let content = &event.content;
        for code in content.actors.iter().chain(&content.targets) {
            if *code != party.code && !seen.contains(&code) {
                seen.push(code);
                *counts.entry(code).or_default() += 1;
            }
        }
    }
    let count = counts.len();
    let mut counterparts: Vec<(&PartyCode, usize)> = counts.into_iter().collect();
    counterparts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), (*code).clone()));
    counterparts.truncate(LANES_MAX);
    let lanes: Vec<LaneOf<'_>> = counterparts
        .iter()
        .map(|(code, _)| LaneOf {
            name: register.name(code).to_owned(),
            events: events
                .iter()
                .filter(|event| {
                    event.content.actors.contains(code) || event.content.targets.contains(code)
                })
                .collect(),
            periods: status
                .standings
                .iter()
                .filter(|standing| standing.authority == **code)
                .flat_map(|standing| standing.periods.iter().copied())
                .collect(),
        })
        .collect();
    let Some(mut chart) = Chart::new(&lanes, (None, None)) else {
        return Ok(None);
    };
    // ties cross every lane here, where an event stands in several
    chart.ties.clear();
    let codes: Vec<String> = std::iter::once(&party.code)
        .chain(counterparts.iter().map(|(code, _)| *code))
        .map(ToString::to_string)
        .collect();
    Ok(Some(ByCounterpart {
        lanes: counterparts
            .iter()
            .map(|(code, count)| Lane {
                party: PartyLink::new(code, register),
                count: i64::try_from(*count).unwrap_or(i64::MAX),
            })
            .collect(),
        compare_href: paths::list(
            "/lanes",
            &TimelineFilter {
                parties: codes,
                ..TimelineFilter::default()
            },
        ),
        chart,
        count,
        read: events.len(),
    }))
}

/// The offices of a party, in the order in which the record lists them, and who held them.
pub fn offices(code: &PartyCode) -> Vec<Office> {
    let known_until: Option<NaiveDate> = OFFICES_UNTIL.parse().ok();
    let mut offices = Vec::new();
    for slug in OfficeTerm::OFFICES {
        let mut terms: Vec<&OfficeTerm> = reference::office_terms()
            .iter()
            .filter(|term| term.code == *code && term.office == slug)
            .collect();
        if terms.is_empty() {
            continue;
        }
        terms.sort_by_key(|term| std::cmp::Reverse(term.from));
        let holds = |term: &OfficeTerm| {
            term.to.is_none() || known_until.is_some_and(|day| term.holds_on(day))
        };
        let holder = |term: &&OfficeTerm| Holder {
            name: term.name.clone(),
            term: match term.to {
                None => format!("since {}", term.from.format("%b %Y")),
                Some(to) => format!("{} – {}", term.from.format("%b %Y"), to.format("%b %Y")),
            },
        };
        let (now, former): (Vec<_>, Vec<_>) = terms.iter().partition(|term| holds(term));
        offices.push(Office {
            label: label(slug),
            holders: now.into_iter().map(holder).collect(),
            former: former.into_iter().map(holder).collect(),
        });
    }
    offices
}

/// “Head of state”.
fn label(slug: &str) -> String {
    match slug {
        "body_head" => "Head".to_owned(),
        "body_foreign_policy_chief" => "Foreign policy chief".to_owned(),
        "un_envoy" => "UN envoy".to_owned(),
        "ambassador_un" => "Ambassador to the UN".to_owned(),
        "central_bank" => "Central bank governor".to_owned(),
        _ => {
            let words = slug.replace('_', " ");
            let mut signs = words.chars();
            signs.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(signs).collect()
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_has_its_offices_with_the_present_holder_first() {
        let offices = offices(&"IRN".parse().unwrap());
        let minister = offices
            .iter()
            .find(|office| office.label == "Foreign minister")
            .unwrap();
        assert_eq!(minister.holders.len(), 1, "{:?}", minister.holders);
        assert!(minister.holders[0].term.starts_with("since "));
        assert!(minister.former.len() > 2);
    }

    #[test]
    fn a_company_has_none() {
        assert!(offices(&"IRAN AIR".parse().unwrap()).is_empty());
    }
}
