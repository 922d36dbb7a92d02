//! The seed record holds together: keys, parties, publishers, days, what carried out what.

use std::collections::{HashMap, HashSet};

use url::Url;

use super::*;
use crate::domain::{
    event::HEADLINE_MAX,
    kind::Kind,
    modality::Modality,
    publisher::{publisher_named, publisher_of_host},
    reference,
};

fn by_key() -> HashMap<String, EventDraft> {
    let events = events().unwrap();
    events
        .into_iter()
        .map(|event| (event.key, event.draft))
        .collect()
}

#[test]
fn every_row_can_be_read_and_keys_are_unique() {
    let count = events().unwrap().len();
    assert!(count >= 100, "{count}");
    assert_eq!(by_key().len(), count);
    assert!(relations().unwrap().len() >= 15);
}

#[test]
fn events_stand_in_the_order_of_their_days() {
    let events = events().unwrap();
    for pair in events.windows(2) {
        assert!(
            pair[0].draft.date.sort_day() <= pair[1].draft.date.sort_day(),
            "{} before {}",
            pair[0].key,
            pair[1].key
        );
    }
}

#[test]
fn every_party_of_an_event_is_on_record() {
    for (key, event) in by_key() {
        for code in event.actors.iter().chain(&event.targets) {
            assert!(reference::party(code).is_some(), "{key}: {code}");
        }
        assert!(!event.actors.is_empty(), "{key} has no actor");
    }
}

#[test]
fn no_act_is_dated_after_the_source_that_tells_it() {
    for (key, event) in by_key() {
        let predicted = event.modality == Modality::Alleged && event.date.latest().is_none();
        let told = event.sources[0].published;
        if let (Some(told), false) = (told, event.modality == Modality::Announced || predicted) {
            let earliest = event.date.earliest();
            assert!(
                earliest.is_none_or(|day| day <= told),
                "{key}: {} told {told}",
                event.date
            );
        }
    }
}

#[test]
fn texts_keep_to_their_lengths() {
    for (key, event) in by_key() {
        let length = event.headline.chars().count();
        assert!((10..=HEADLINE_MAX).contains(&length), "{key}: {length}");
        let words = event.quote.split_whitespace().count();
        assert!(words <= 12, "{key} quotes {words} words");
    }
}

#[test]
fn every_source_is_an_article_of_a_publisher_on_record() {
    for (key, event) in by_key() {
        let source = &event.sources[0];
        let url = Url::parse(&source.url).unwrap_or_else(|error| panic!("{key}: {error}"));
        assert!(matches!(url.scheme(), "http" | "https"), "{key}: {url}");
        assert!(url.path().len() > 5, "{key}: {url} is no article");
        let publisher = publisher_of_host(url.host_str().unwrap()).map(|found| &found.name);
        assert_eq!(publisher, Some(&source.publisher), "{key}: {url}");
        assert!(publisher_named(&source.publisher).is_some(), "{key}");
    }
}

#[test]
fn relations_link_two_events_of_the_seed_once() {
    let events = by_key();
    let mut seen = HashSet::new();
    for relation in relations().unwrap() {
        assert!(events.contains_key(&relation.from), "{relation:?}");
        assert!(events.contains_key(&relation.to), "{relation:?}");
        assert_ne!(relation.from, relation.to);
        assert!(
            seen.insert((relation.from.clone(), relation.kind, relation.to.clone())),
            "{relation:?}"
        );
    }
}

#[test]
fn nothing_is_answered_before_it_can_have_happened() {
    let events = by_key();
    for relation in relations().unwrap() {
        if relation.kind == RelationKind::PartOf {
            continue;
        }
        let answer = events[&relation.from].date.latest();
        let answered = events[&relation.to].date.earliest();
        assert!(
            answer.is_none() || answered.is_none() || answered <= answer,
            "{relation:?}"
        );
    }
}

#[test]
fn every_warning_pledge_and_announced_act_has_its_follow_through_and_nothing_else_has() {
    let events = by_key();
    let followed: HashSet<_> = follow_through()
        .unwrap()
        .into_iter()
        .map(|row| row.key)
        .collect();
    for (key, event) in &events {
        assert_eq!(
            FollowThrough::applies_to(event.kind, event.modality),
            followed.contains(key),
            "{key}"
        );
    }
    assert!(followed.iter().all(|key| events.contains_key(key)));
}

#[test]
fn what_was_carried_out_names_the_event_that_did_and_is_linked_to_it() {
    let events = by_key();
    let carried: HashSet<_> = relations()
        .unwrap()
        .into_iter()
        .filter(|relation| relation.kind == RelationKind::CarriesOut)
        .map(|relation| (relation.from, relation.to))
        .collect();
    let mut states = HashSet::new();
    for row in follow_through().unwrap() {
        states.insert(row.state);
        assert!(
            row.by.as_ref().is_none_or(|by| events.contains_key(by)),
            "{row:?}"
        );
        match row.state {
            FollowThrough::Fulfilled | FollowThrough::Partly => {
                let by = row.by.clone().unwrap_or_default();
                assert!(carried.contains(&(by, row.key.clone())), "{row:?}");
            }
            FollowThrough::Pending => assert_eq!(row.by, None, "{}", row.key),
            FollowThrough::Lapsed => {
                assert!(!carried.iter().any(|(_, to)| *to == row.key), "{}", row.key);
            }
        }
    }
    assert_eq!(states.len(), FollowThrough::ALL.len());
}

#[test]
fn the_founding_chain_is_whole() {
    let events = by_key();
    let chain = [
        (
            "us-private-warning-iran",
            Kind::Warning,
            Modality::Occurred,
            "../2024-09-10",
        ),
        (
            "blinken-accuses-iran-missiles",
            Kind::Accusation,
            Modality::Occurred,
            "2024-09-10",
        ),
        (
            "us-announces-sanctions-2024-09-10",
            Kind::Sanction,
            Modality::Announced,
            "2024-09-10",
        ),
        (
            "ofac-2024-09-10",
            Kind::Sanction,
            Modality::Occurred,
            "2024-09-10",
        ),
        (
            "e3-end-air-agreements",
            Kind::Rupture,
            Modality::Announced,
            "2024-09-10/..",
        ),
        (
            "kyiv-visit-announced",
            Kind::Visit,
            Modality::Announced,
            "2024-09-09/2024-09-15",
        ),
        (
            "blinken-lammy-visit-kyiv",
            Kind::Visit,
            Modality::Occurred,
            "2024-09-11",
        ),
        (
            "araghchi-denies-2024-09-11",
            Kind::Denial,
            Modality::Occurred,
            "2024-09-11",
        ),
        (
            "kremlin-baseless-2024-09-11",
            Kind::Denial,
            Modality::Occurred,
            "2024-09-11",
        ),
    ];
    for (key, kind, modality, date) in chain {
        let event = &events[key];
        assert_eq!(
            (event.kind, event.modality, event.date.to_string().as_str()),
            (kind, modality, date),
            "{key}"
        );
    }
    assert_eq!(events["ofac-2024-09-10"].named, ["Iran Air"]);
    assert_eq!(
        events["kyiv-visit-announced"].sources[0].publisher,
        "A News"
    );
}

#[test]
fn the_articles_to_try_tell_events_of_the_seed_on_their_day() {
    let events = by_key();
    for (article, key) in [
        (
            include_str!("../../../seed_data/articles/2024-09-10-london-iran-russia.txt"),
            "blinken-accuses-iran-missiles",
        ),
        (
            include_str!("../../../seed_data/articles/2024-10-14-luxembourg-eu-airlines.txt"),
            "eu-lists-airlines-2024-10-14",
        ),
        (
            include_str!("../../../seed_data/articles/2025-08-28-new-york-snapback.txt"),
            "e3-trigger-snapback",
        ),
    ] {
        let day = article.lines().nth(2).unwrap();
        let day = chrono::NaiveDate::parse_from_str(day, "%d %B %Y").unwrap();
        assert_eq!(events[key].date.earliest(), Some(day), "{key}");
        let words = article.split_whitespace().count();
        assert!((150..=300).contains(&words), "{key}: {words} words");
    }
}
