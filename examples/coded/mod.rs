//! Events coded by hand, and which candidates meet them.

use chrono::{Days, NaiveDate};
use demarche::{domain::edtf::Edtf, extract::candidate::CandidateEvent};
use serde_json::Value;

const OPEN_DAYS: u64 = 365;

/// An event as coded by hand.
pub struct Coded {
    /// The slug of its kind.
    pub kind: String,
    actors: Vec<String>,
    date: Option<(NaiveDate, NaiveDate)>,
}

/// The events of a coded file.
pub fn coded(about: &Value) -> Vec<Coded> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    about["events"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|event| Coded {
            kind: text(&event["kind"]),
            actors: event["actors"]
                .as_array()
                .into_iter()
                .flatten()
                .map(text)
                .collect(),
            date: text(&event["date"])
                .parse::<Edtf>()
                .ok()
                .and_then(|date| days(&date)),
        })
        .collect()
}

/// The first and last day of a date, an open side counting a year.
fn days(date: &Edtf) -> Option<(NaiveDate, NaiveDate)> {
    match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) => Some((first, last)),
        (None, Some(last)) => Some((last.checked_sub_days(Days::new(OPEN_DAYS - 1))?, last)),
        (Some(first), None) => Some((first, first.checked_add_days(Days::new(OPEN_DAYS - 1))?)),
        (None, None) => None,
    }
}

fn agrees(coded: &Coded, event: &CandidateEvent) -> bool {
    let shared = coded
        .actors
        .iter()
        .any(|code| event.actors.iter().any(|actor| actor.as_str() == code));
    let none = coded.actors.is_empty() && event.actors.is_empty();
    let (Some(a), Some(b)) = (coded.date, days(&event.date)) else {
        return false;
    };
    let dates = if a.0 == a.1 && b.0 == b.1 {
        a == b
    } else {
        let overlap = (a.1.min(b.1) - a.0.max(b.0)).num_days() + 1;
        2 * overlap > (a.1 - a.0).min(b.1 - b.0).num_days()
    };
    coded.kind == event.kind.slug() && (shared || none) && dates
}

/// For each coded event the place of the candidate that meets it, by augmenting paths.
pub fn matched(coded: &[Coded], events: &[CandidateEvent]) -> Vec<Option<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; events.len()];
    for place in 0..coded.len() {
        let mut seen = vec![false; events.len()];
        augment(coded, events, place, &mut owner, &mut seen);
    }
    let mut met = vec![None; coded.len()];
    for (event, place) in owner.iter().enumerate() {
        if let Some(place) = place {
            met[*place] = Some(event);
        }
    }
    met
}

fn augment(
    coded: &[Coded],
    events: &[CandidateEvent],
    place: usize,
    owner: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for event in 0..events.len() {
        if seen[event] || !agrees(&coded[place], &events[event]) {
            continue;
        }
        seen[event] = true;
        let free = match owner[event] {
            None => true,
            Some(other) => augment(coded, events, other, owner, seen),
        };
        if free {
            owner[event] = Some(place);
            return true;
        }
    }
    false
}
