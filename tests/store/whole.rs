//! Whole records: the seed, generated ones, reference data, and both engines side by side.

use demarche::{
    domain::{
        filter::{Sort, TimelineFilter},
        follow_through::FollowThrough,
        party::{Party, PartyKind},
    },
    store::{Author, EventLookup, STEP_COUNT, Store},
};

use crate::{
    engine::{NOW, Place, block_on, on_both},
    sample::{author, because, draft, random, random_filter, record},
};

on_both! {
    the_seed_is_loaded_once_with_its_relations_and_judgements,
    the_same_seed_gives_the_same_record,
    a_record_is_generated_into_an_empty_one_only,
    parties_are_found_and_edits_outlive_reopening,
    events_are_found_by_a_partys_new_name,
}

fn names(parties: &[Party]) -> Vec<&str> {
    parties.iter().map(|party| party.code.as_str()).collect()
}

async fn everything(store: &Store, filter: &TimelineFilter) -> Vec<String> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let (events, next) = store.export_chunk(filter, after, 500).await.unwrap();
        rows.extend(events.into_iter().map(|event| format!("{event:?}")));
        after = next;
        if after.is_none() {
            return rows;
        }
    }
}

mod run {
    use super::*;

    pub async fn the_seed_is_loaded_once_with_its_relations_and_judgements(
        store: Store,
        place: Place,
    ) -> Place {
        let seed = Author("seed".to_owned());
        assert!(store.is_empty().await.unwrap());
        let loaded = store.load_seed_events(&seed).await.unwrap();
        assert!(loaded >= 100, "{loaded}");
        assert_eq!(store.load_seed_events(&seed).await.unwrap(), 0);
        let filter = TimelineFilter::default();
        let total = store.count(&filter).await.unwrap();
        assert_eq!(usize::try_from(total).unwrap(), loaded);
        let (events, _) = store.export_chunk(&filter, None, 1_000).await.unwrap();
        let related = events
            .iter()
            .filter(|event| !event.content.relations.is_empty())
            .count();
        assert!(related >= 15, "{related}");
        for state in FollowThrough::ALL {
            assert!(
                events
                    .iter()
                    .any(|event| event.follow_through == Some(state)),
                "{state}"
            );
        }
        assert!(events.iter().all(|event| event.source_count == 1));
        let fulfilled = events
            .iter()
            .find(|event| event.follow_through == Some(FollowThrough::Fulfilled))
            .unwrap();
        let by = fulfilled.follow_through_event.unwrap();
        assert!(matches!(
            store.event(by).await.unwrap(),
            EventLookup::Found(_)
        ));
        place
    }

    pub async fn the_same_seed_gives_the_same_record(store: Store, place: Place) -> Place {
        store.generate(300, 5).await.unwrap();
        let other = Place::sqlite();
        let again = other.open_at("2030-01-01T00:00:00Z").await;
        again.generate(300, 5).await.unwrap();
        let filter = TimelineFilter {
            sort: Sort::Oldest,
            ..TimelineFilter::default()
        };
        let content = async |store: &Store| {
            let (events, _) = store.export_chunk(&filter, None, 1_000).await.unwrap();
            events
                .into_iter()
                .map(|event| {
                    (
                        event.id,
                        event.content,
                        event.created_at,
                        event.independent_sources,
                    )
                })
                .collect::<Vec<_>>()
        };
        let made = content(&store).await;
        assert_eq!(made.len(), 300);
        assert_eq!(made, content(&again).await);
        again.close().await;
        place
    }

    pub async fn a_record_is_generated_into_an_empty_one_only(store: Store, place: Place) -> Place {
        store
            .create_event(&draft("2024", "one"), because(&author(), ""))
            .await
            .unwrap();
        assert_eq!(
            store.generate(5, 1).await.unwrap_err().to_string(),
            "expected an empty record, but this one holds events or articles"
        );
        place
    }

    pub async fn events_are_found_by_a_partys_new_name(store: Store, place: Place) -> Place {
        record(&store, 31, 60).await;
        let found = async |q: &str, as_of| {
            let filter = TimelineFilter {
                q: q.to_owned(),
                as_of,
                ..TimelineFilter::default()
            };
            store.count(&filter).await.unwrap()
        };
        let before = found("kingdom", None).await;
        assert!(before > 0);
        let mut britain = store.parties("GBR", 1).await.unwrap().remove(0);
        "Albion".clone_into(&mut britain.name);
        let author = author();
        store
            .save_party(&britain, because(&author, ""))
            .await
            .unwrap();
        for as_of in [None, Some(store.clock().now())] {
            assert_eq!(found("kingdom", as_of).await, 0);
            assert_eq!(found("albion", as_of).await, before);
        }
        place
    }

    pub async fn parties_are_found_and_edits_outlive_reopening(
        store: Store,
        place: Place,
    ) -> Place {
        assert_eq!(names(&store.parties("irn", 1).await.unwrap()), ["IRN"]);
        assert_eq!(
            names(&store.parties("Iran Ai", 1).await.unwrap()),
            ["IRAN AIR"]
        );
        let mut iran = store.parties("IRN", 1).await.unwrap().remove(0);
        "Persia".clone_into(&mut iran.name);
        let author = author();
        store
            .save_party(&iran, because(&author, "as it was called"))
            .await
            .unwrap();
        let ruritania = Party {
            code: "RURITANIA".parse().unwrap(),
            kind: PartyKind::State,
            name: "Ruritania".to_owned(),
            parent: None,
            aliases: vec!["Kingdom of Ruritania".to_owned()],
            demonyms: Vec::new(),
            capital: "Strelsau".to_owned(),
            metonyms: Vec::new(),
            ambiguous: String::new(),
            members: String::new(),
            wikidata: String::new(),
        };
        store
            .save_party(&ruritania, because(&author, "new"))
            .await
            .unwrap();
        place
            .sql("UPDATE counters SET value = 0 WHERE name = 'reference'")
            .await;
        let again = place.open_at(NOW).await;
        let register = again.register().await.unwrap();
        assert_eq!(register.name(&iran.code), "Persia");
        assert_eq!(register.find("kingdom of ruritania"), Some(&ruritania));
        assert_eq!(
            register.all().len(),
            store.register().await.unwrap().all().len()
        );
        again.close().await;
        place
    }
}

#[test]
fn both_engines_answer_every_filter_alike() {
    let (sqlite, postgres) = (Place::sqlite(), Place::postgres());
    block_on(async {
        let (a, b) = (sqlite.open_at(NOW).await, postgres.open_at(NOW).await);
        record(&a, 77, 250).await;
        record(&b, 77, 250).await;
        let mut rng = random(78);
        for _ in 0..60 {
            let filter = random_filter(&mut rng);
            assert_eq!(
                everything(&a, &filter).await,
                everything(&b, &filter).await,
                "{filter:?}"
            );
        }
        for id in (1..=250).filter_map(demarche::domain::id::EventId::from_counter) {
            assert_eq!(a.event(id).await.unwrap(), b.event(id).await.unwrap());
        }
        a.close().await;
        b.close().await;
    });
}

/// A database as each earlier step left it, with something in it, is brought on and works.
fn every_step_is_migrated_on(place: impl Fn() -> Place) {
    for steps in 0..STEP_COUNT {
        let place = place();
        block_on(async {
            place.open_step(steps).await.close().await;
            if steps >= 2 {
                place
                    .sql(
                        "INSERT INTO parties (id, code, kind, name, name_folded, aliases, demonyms, capital, metonyms, \
                         ambiguous, members, wikidata, edited, updated_at) \
                         VALUES (9001, 'RURITANIA', 1, 'Ruritania', 'ruritania', '', '', '', '', '', '', '', 1, 0)",
                    )
                    .await;
            }
            if steps >= 4 {
                place
                    .sql(
                        "INSERT INTO articles (id, url, version, title, publisher, publisher_folded, byline, language, \
                         text, text_hash, recorded_at) \
                         VALUES (1, 'https://example.org/a', 1, 'Old', 'TASS', 'tass', '', '', '', '', 0)",
                    )
                    .await;
                place
                    .sql("UPDATE counters SET value = 1 WHERE name = 'article'")
                    .await;
            }
            let store = place.open_at(NOW).await;
            store.ready().await.unwrap();
            let mut content = draft("2024-01-01", "after migrating");
            if steps >= 2 {
                content.actors = vec!["RURITANIA".parse().unwrap()];
            }
            content.sources = vec![crate::sample::source("https://example.org/a", "")];
            let event = store
                .create_event(&content, because(&author(), ""))
                .await
                .unwrap();
            if steps >= 4 {
                assert_eq!(event.content.sources[0].title, "Old");
            }
            let page = store.timeline(&TimelineFilter::default()).await.unwrap();
            assert_eq!(page.total, 1, "from step {steps}");
            store.close().await;
        });
    }
}

#[test]
fn every_earlier_step_is_migrated_on_in_sqlite() {
    every_step_is_migrated_on(Place::sqlite);
}

#[test]
fn every_earlier_step_is_migrated_on_in_postgres() {
    every_step_is_migrated_on(Place::postgres);
}
