//! Packed chunks against chunks of events: the same rows, in the same order, on both engines.

use demarche::{
    domain::{
        filter::{Sort, TimelineFilter},
        id::EventId,
        packed::Field,
    },
    store::{Rows, Store},
};

use crate::{
    engine::{Place, on_both},
    sample::{author, because, draft, random, random_filter, record},
};

on_both! {
    packed_chunks_are_the_chunks_of_events,
    a_text_with_a_separator_comes_as_events,
}

/// Every event that a filter finds, by packed chunks; and how many chunks came as events.
async fn packed(store: &Store, filter: &TimelineFilter) -> (Vec<(EventId, String)>, usize) {
    let (mut found, mut after, mut unpacked) = (Vec::new(), None, 0);
    loop {
        let (rows, next) = store.packed_chunk(filter, after, 20).await.unwrap();
        match rows {
            Rows::Packed(packed) => found.extend(packed.rows().map(|row| {
                let id = row.coded(Field::Id, EventId::from_counter).unwrap();
                (id.unwrap(), row.text(Field::SourceUrls).to_owned())
            })),
            Rows::Events(events) => {
                unpacked += 1;
                found.extend(events.iter().map(|event| {
                    let urls = event.content.sources.iter().map(|source| &source.url);
                    (event.id, demarche::domain::cell::join(urls))
                }));
            }
        }
        after = next;
        if after.is_none() {
            return (found, unpacked);
        }
    }
}

async fn events(store: &Store, filter: &TimelineFilter) -> Vec<(EventId, String)> {
    let (events, next) = store.export_chunk(filter, None, 10_000).await.unwrap();
    assert_eq!(next, None);
    events
        .iter()
        .map(|event| {
            let urls = event.content.sources.iter().map(|source| &source.url);
            (event.id, demarche::domain::cell::join(urls))
        })
        .collect()
}

mod run {
    use super::*;

    pub async fn packed_chunks_are_the_chunks_of_events(store: Store, place: Place) -> Place {
        record(&store, 5, 130).await;
        let mut rng = random(17);
        let mut filters: Vec<TimelineFilter> = (0..60).map(|_| random_filter(&mut rng)).collect();
        filters.push(TimelineFilter::default());
        filters.push(TimelineFilter {
            sort: Sort::Oldest,
            ..TimelineFilter::default()
        });
        for filter in filters {
            let (found, unpacked) = packed(&store, &filter).await;
            assert_eq!(found, events(&store, &filter).await, "{filter:?}");
            assert!(unpacked == 0 || filter.as_of.is_some(), "{filter:?}");
        }
        place
    }

    pub async fn a_text_with_a_separator_comes_as_events(store: Store, place: Place) -> Place {
        record(&store, 5, 30).await;
        let mut odd = draft("2024-09-10", "A visit");
        "one\u{1f}two".clone_into(&mut odd.summary);
        let author = author();
        store
            .create_event(&odd, because(&author, ""))
            .await
            .unwrap();
        let filter = TimelineFilter::default();
        let (found, unpacked) = packed(&store, &filter).await;
        assert_eq!(unpacked, 1);
        assert_eq!(found, events(&store, &filter).await);
        place
    }
}
