//! Pages, counts, exports and facets against the same rules in plain code.

use std::collections::BTreeMap;

use demarche::{
    domain::{
        event::{Event, sort_key},
        filter::{Cursor, DayBound, Sort, TimelineFilter},
        id::EventId,
        kind::Kind,
    },
    store::{EventLookup, Store},
};

use rand::RngExt;

use crate::{
    engine::{Place, on_both},
    sample::{author, because, day, draft, holds, random, random_draft, random_filter, record},
};

on_both! {
    random_filters_find_what_plain_code_finds,
    pages_walked_either_way_are_the_whole_list,
    an_instant_is_answered_alike_after_few_changes_and_after_many,
    open_ends_overlap_every_day_beyond_them,
    a_page_past_the_end_leads_back,
    exports_in_chunks_are_the_whole_list,
    facets_count_what_the_list_holds,
    counts_follow_every_change,
    odd_searches_always_answer,
    an_unknown_party_is_an_empty_list,
    long_words_are_found_and_break_nothing,
}

fn ids(events: &[Event]) -> Vec<EventId> {
    events.iter().map(|event| event.id).collect()
}

fn key(event: &Event) -> i64 {
    sort_key(&event.content.date, event.id)
}

async fn expected(store: &Store, filter: &TimelineFilter, all: &[Event]) -> Vec<EventId> {
    let register = store.register().await.unwrap();
    let mut found: Vec<&Event> = all
        .iter()
        .filter(|event| holds(filter, event, |code| register.name(code).to_owned()))
        .collect();
    found.sort_by_key(|event| key(event));
    if filter.sort == Sort::Newest {
        found.reverse();
    }
    found.into_iter().map(|event| event.id).collect()
}

fn range(from: Option<&str>, to: Option<&str>) -> TimelineFilter {
    let bound = |text: &str| DayBound {
        text: text.to_owned(),
        day: day(text),
    };
    TimelineFilter {
        from: from.map(bound),
        to: to.map(bound),
        ..TimelineFilter::default()
    }
}

mod run {
    use super::*;

    pub async fn random_filters_find_what_plain_code_finds(store: Store, place: Place) -> Place {
        let all = record(&store, 7, 400).await;
        let mut rng = random(11);
        let mut hits = 0;
        for round in 0..300 {
            let mut filter = random_filter(&mut rng);
            filter.sort = if round % 2 == 0 {
                Sort::Newest
            } else {
                Sort::Oldest
            };
            filter.per = Some(200);
            let expected = expected(&store, &filter, &all).await;
            let page = store.timeline(&filter).await.unwrap();
            assert_eq!(
                page.total,
                i64::try_from(expected.len()).unwrap(),
                "{filter:?}"
            );
            let shown = &expected[..expected.len().min(200)];
            assert_eq!(ids(&page.events), shown, "{filter:?}");
            assert_eq!(page.next.is_some(), expected.len() > 200, "{filter:?}");
            hits += expected.len();
            let now = TimelineFilter {
                as_of: Some(store.clock().now()),
                ..filter.clone()
            };
            assert_eq!(store.timeline(&now).await.unwrap(), page, "{now:?}");
        }
        assert!(hits > 3_000, "{hits}");
        place
    }

    pub async fn an_instant_is_answered_alike_after_few_changes_and_after_many(
        store: Store,
        place: Place,
    ) -> Place {
        let all = record(&store, 41, 252).await;
        let then = store.clock().now();
        let mut rng = random(43);
        let filters: Vec<TimelineFilter> = (0..25)
            .map(|round| TimelineFilter {
                sort: if round % 2 == 0 {
                    Sort::Newest
                } else {
                    Sort::Oldest
                },
                per: Some(20),
                ..random_filter(&mut rng)
            })
            .chain([TimelineFilter::default()])
            .collect();
        let answers = async |store: &Store, as_of| {
            let mut answers = Vec::new();
            for filter in &filters {
                let filter = TimelineFilter {
                    as_of,
                    ..filter.clone()
                };
                let first = store.timeline(&filter).await.unwrap();
                let second = store
                    .timeline(&TimelineFilter {
                        after: first.next,
                        ..filter.clone()
                    })
                    .await
                    .unwrap();
                let back = store
                    .timeline(&TimelineFilter {
                        before: second.prev,
                        ..filter.clone()
                    })
                    .await
                    .unwrap();
                let chunk = store.export_chunk(&filter, first.next, 30).await.unwrap();
                let kinds = store.kind_counts(&filter).await.unwrap();
                let months = store.month_counts(&filter).await.unwrap();
                let count = store.count(&filter).await.unwrap();
                answers.push((first, second, back, chunk, kinds, months, count));
            }
            answers
        };
        let expected = answers(&store, None).await;
        let later = place.open_at("2025-06-03T00:00:00Z").await;
        let author = author();
        let change = because(&author, "later");
        // few: one in three is edited, deleted or merged, and some are new
        for (index, event) in all.iter().enumerate().step_by(3) {
            let EventLookup::Found(now) = later.event(event.id).await.unwrap() else {
                continue;
            };
            match index % 4 {
                0 => later
                    .delete_event(event.id, now.revision, change)
                    .await
                    .unwrap(),
                1 => {
                    let into = all[index + 1].id;
                    later.merge_event(event.id, into, change).await.unwrap();
                }
                _ => {
                    let edited = random_draft(&mut rng);
                    later
                        .update_event(event.id, now.revision, &edited, change)
                        .await
                        .unwrap();
                }
            }
        }
        record(&later, 47, 40).await;
        assert_eq!(answers(&later, Some(then)).await, expected);
        // many
        record(&later, 48, 1_000).await;
        assert_eq!(answers(&later, Some(then)).await, expected);
        let today = Some(later.clock().now());
        assert_eq!(answers(&later, today).await, answers(&later, None).await);
        later.close().await;
        place
    }

    pub async fn pages_walked_either_way_are_the_whole_list(store: Store, place: Place) -> Place {
        let all = record(&store, 3, 123).await;
        for sort in [Sort::Newest, Sort::Oldest] {
            for as_of in [None, Some(store.clock().now())] {
                let base = TimelineFilter {
                    sort,
                    as_of,
                    per: Some(10),
                    kinds: Kind::ALL[..9].to_vec(),
                    ..TimelineFilter::default()
                };
                let expected = expected(&store, &base, &all).await;
                let (mut walked, mut pages, mut after) = (Vec::new(), Vec::new(), None);
                loop {
                    let page = store
                        .timeline(&TimelineFilter {
                            after,
                            ..base.clone()
                        })
                        .await
                        .unwrap();
                    assert_eq!(page.total, i64::try_from(expected.len()).unwrap());
                    assert_eq!(page.prev.is_none(), after.is_none());
                    walked.extend(ids(&page.events));
                    after = page.next;
                    pages.push(page);
                    if after.is_none() {
                        break;
                    }
                }
                assert_eq!(walked, expected);
                for pair in pages.windows(2) {
                    let back = TimelineFilter {
                        before: pair[1].prev,
                        ..base.clone()
                    };
                    let back = store.timeline(&back).await.unwrap();
                    assert_eq!(ids(&back.events), ids(&pair[0].events));
                    assert_eq!(back.next, pair[0].next);
                    assert_eq!(back.prev.is_some(), pair[0].prev.is_some());
                }
            }
        }
        place
    }

    pub async fn open_ends_overlap_every_day_beyond_them(store: Store, place: Place) -> Place {
        let author = author();
        let change = because(&author, "");
        for date in [
            "../2024-03-10",
            "2024-03-10/..",
            "2024-03-10",
            "2024-03",
            "2024-03-08/2024-03-12",
        ] {
            store
                .create_event(&draft(date, date), change)
                .await
                .unwrap();
        }
        let found = async |from, to| {
            let page = store.timeline(&range(from, to)).await.unwrap();
            assert_eq!(page.total, i64::try_from(page.events.len()).unwrap());
            let mut dates: Vec<String> = page
                .events
                .iter()
                .map(|event| event.content.date.to_string())
                .collect();
            dates.reverse();
            dates
        };
        assert_eq!(found(Some("2030-01-01"), None).await, ["2024-03-10/.."]);
        assert_eq!(found(None, Some("1990-01-01")).await, ["../2024-03-10"]);
        assert_eq!(
            found(Some("2024-03-31"), Some("2024-04-01")).await,
            ["2024-03", "2024-03-10/.."]
        );
        assert_eq!(
            found(Some("2024-03-11"), Some("2024-03-12")).await,
            ["2024-03", "2024-03-08/2024-03-12", "2024-03-10/.."]
        );
        assert_eq!(found(Some("2024-03-10"), Some("2024-03-10")).await.len(), 5);
        place
    }

    pub async fn a_page_past_the_end_leads_back(store: Store, place: Place) -> Place {
        let all = record(&store, 5, 12).await;
        let last = all.iter().map(key).min().unwrap();
        let past = TimelineFilter {
            after: Some(Cursor(last)),
            ..TimelineFilter::default()
        };
        let page = store.timeline(&past).await.unwrap();
        assert_eq!((page.events.len(), page.total, page.next), (0, 12, None));
        let back = TimelineFilter {
            before: page.prev,
            ..TimelineFilter::default()
        };
        assert_eq!(store.timeline(&back).await.unwrap().events.len(), 12);
        place
    }

    pub async fn exports_in_chunks_are_the_whole_list(store: Store, place: Place) -> Place {
        let all = record(&store, 9, 95).await;
        for sort in [Sort::Newest, Sort::Oldest] {
            let filter = TimelineFilter {
                sort,
                per: Some(1),
                ..range(Some("2024-01-05"), None)
            };
            for as_of in [None, Some(store.clock().now())] {
                let filter = TimelineFilter {
                    as_of,
                    ..filter.clone()
                };
                let (mut exported, mut after) = (Vec::new(), None);
                loop {
                    let (events, next) = store.export_chunk(&filter, after, 20).await.unwrap();
                    exported.extend(ids(&events));
                    after = next;
                    if after.is_none() {
                        break;
                    }
                }
                assert_eq!(exported, expected(&store, &filter, &all).await);
            }
        }
        place
    }

    pub async fn counts_follow_every_change(store: Store, place: Place) -> Place {
        let mut rng = random(31);
        let mut all: Vec<Event> = Vec::new();
        let mut filters: Vec<TimelineFilter> = (0..40).map(|_| random_filter(&mut rng)).collect();
        filters.push(TimelineFilter::default());
        // another process, as it were: its counts follow changes that it did not make
        let beside = Store::open(&place.settings, store.clock().clone())
            .await
            .unwrap();
        let author = author();
        for round in 0..12 {
            for _ in 0..25 {
                let known = (!all.is_empty()).then(|| rng.random_range(0..all.len()));
                let change = because(&author, "round");
                match (rng.random_range(0..4), known) {
                    (0, Some(place)) => {
                        let event = &all[place];
                        let draft = random_draft(&mut rng);
                        all[place] = store
                            .update_event(event.id, event.revision, &draft, change)
                            .await
                            .unwrap();
                    }
                    (1, Some(place)) => {
                        let event = all.swap_remove(place);
                        store
                            .delete_event(event.id, event.revision, change)
                            .await
                            .unwrap();
                    }
                    _ => all.push(
                        store
                            .create_event(&random_draft(&mut rng), change)
                            .await
                            .unwrap(),
                    ),
                }
            }
            for filter in &filters {
                let expected = expected(&store, filter, &all).await.len();
                for store in [&store, &beside] {
                    assert_eq!(
                        store.count(filter).await.unwrap(),
                        i64::try_from(expected).unwrap(),
                        "round {round}: {filter:?}"
                    );
                }
            }
        }
        beside.close().await;
        place
    }

    #[expect(
        clippy::too_many_lines,
        reason = "every facet is held against one record, which takes long to make"
    )]
    pub async fn facets_count_what_the_list_holds(store: Store, place: Place) -> Place {
        let all = record(&store, 21, 300).await;
        let mut rng = random(23);
        for _ in 0..60 {
            let filter = random_filter(&mut rng);
            let now = TimelineFilter {
                as_of: Some(store.clock().now()),
                ..filter.clone()
            };
            let found = async |changed: TimelineFilter| {
                let ids = expected(&store, &changed, &all).await;
                all.iter()
                    .filter(|event| ids.contains(&event.id))
                    .collect::<Vec<_>>()
            };
            let mut kinds = BTreeMap::new();
            for event in found(TimelineFilter {
                kinds: Vec::new(),
                ..filter.clone()
            })
            .await
            {
                *kinds.entry(event.content.kind).or_insert(0_i64) += 1;
            }
            let expected_kinds: Vec<_> = Kind::ALL
                .into_iter()
                .filter_map(|kind| kinds.get(&kind).map(|count| (kind, *count)))
                .collect();
            let mut modalities = BTreeMap::new();
            for event in found(TimelineFilter {
                modalities: Vec::new(),
                ..filter.clone()
            })
            .await
            {
                *modalities.entry(event.content.modality).or_insert(0_i64) += 1;
            }
            let mut months = BTreeMap::new();
            for event in found(TimelineFilter {
                from: None,
                to: None,
                ..filter.clone()
            })
            .await
            {
                let month = event.content.date.sort_day().format("%Y-%m").to_string();
                *months
                    .entry((month, event.content.kind.code()))
                    .or_insert(0_i64) += 1;
            }
            for filter in [&filter, &now] {
                assert_eq!(
                    store.kind_counts(filter).await.unwrap(),
                    expected_kinds,
                    "{filter:?}"
                );
                let counted: BTreeMap<_, _> = store
                    .modality_counts(filter)
                    .await
                    .unwrap()
                    .into_iter()
                    .collect();
                assert_eq!(counted, modalities, "{filter:?}");
                let counted: Vec<_> = store
                    .month_counts(filter)
                    .await
                    .unwrap()
                    .into_iter()
                    .map(|m| {
                        (
                            (format!("{:04}-{:02}", m.year, m.month), m.kind.code()),
                            m.count,
                        )
                    })
                    .collect();
                assert_eq!(
                    counted,
                    months.clone().into_iter().collect::<Vec<_>>(),
                    "{filter:?}"
                );
            }
        }
        let parties = store.party_counts().await.unwrap();
        let with_iran = all
            .iter()
            .filter(|event| {
                event
                    .content
                    .actors
                    .iter()
                    .chain(&event.content.targets)
                    .any(|code| code.as_str() == "IRN")
            })
            .count();
        let iran = parties
            .iter()
            .find(|(code, _)| code.as_str() == "IRN")
            .unwrap();
        assert_eq!(iran.1, i64::try_from(with_iran).unwrap());
        let publishers = store.publisher_counts().await.unwrap();
        let with_tass = all
            .iter()
            .filter(|event| {
                event
                    .content
                    .sources
                    .iter()
                    .any(|source| source.publisher == "TASS")
            })
            .count();
        let tass = publishers
            .iter()
            .find(|count| count.name == "TASS")
            .unwrap();
        assert_eq!(tass.events, i64::try_from(with_tass).unwrap());
        place
    }

    pub async fn odd_searches_always_answer(store: Store, place: Place) -> Place {
        record(&store, 2, 20).await;
        for q in [
            "\"",
            "*",
            "-",
            "()",
            "a AND",
            "NEAR(a b)",
            "a:b",
            "'; DROP TABLE events",
            "\\",
            "\u{0}",
            "-a -b",
            "\"\" x",
            "%_",
            "<->",
            "!&|",
            "¶",
            "x*y*z",
            "\u{1F600}",
            "ﬁ",
        ] {
            let filter = TimelineFilter {
                q: q.to_owned(),
                ..TimelineFilter::default()
            };
            let page = store.timeline(&filter).await.unwrap();
            assert_eq!(page.total, i64::try_from(page.events.len()).unwrap(), "{q}");
            store.kind_counts(&filter).await.unwrap();
        }
        place
    }

    pub async fn an_unknown_party_is_an_empty_list(store: Store, place: Place) -> Place {
        record(&store, 2, 20).await;
        let filter = TimelineFilter {
            actors: vec!["Ruritania".to_owned()],
            ..TimelineFilter::default()
        };
        let page = store.timeline(&filter).await.unwrap();
        assert_eq!(
            (page.total, page.events.len(), page.prev, page.next),
            (0, 0, None, None)
        );
        place
    }

    pub async fn long_words_are_found_and_break_nothing(store: Store, place: Place) -> Place {
        let author = author();
        let long = "ж".repeat(3_000);
        let many = "a ".repeat(2_400);
        let mut wordy = draft("2024-05-05", "Long\u{0}words");
        wordy.summary = format!("{long} {many}");
        let event = store
            .create_event(&wordy, because(&author, "\u{0}"))
            .await
            .unwrap();
        assert_eq!(event.content.headline, "Long words");
        let filter = TimelineFilter {
            q: format!("{} long", "ж".repeat(900)),
            ..TimelineFilter::default()
        };
        assert_eq!(store.count(&filter).await.unwrap(), 1);
        place
    }
}
