//! Articles and their candidates: recorded once, decided once.

use demarche::{
    domain::{
        article::NewArticle,
        event::EventDraft,
        evidence::EvidenceSpan,
        filter::TimelineFilter,
        id::{ArticleId, CandidateId},
        kind::Kind,
        matching::Offer,
        modality::Modality,
    },
    store::{
        CandidateState, EventLookup, Kept, NewCandidate, QueueEntry, QueueFilter, Recorded, Store,
        StoreError, review::QueueCursor,
    },
};

use crate::{
    engine::{Place, on_both},
    sample::{author, because, code, day, draft, source},
};

on_both! {
    an_article_is_recorded_once_whatever_its_spacing,
    a_changed_text_is_a_new_version_with_candidates_of_its_own,
    a_source_that_was_only_cited_gains_its_text,
    an_accepted_candidate_is_an_event_with_its_evidence,
    a_merged_candidate_is_one_more_source,
    a_candidate_is_decided_once,
    publishing_adds_to_the_event_of_the_same_kind_day_and_parties,
    events_that_may_be_the_same_are_offered,
    copies_of_one_text_are_one_independent_source,
    articles_are_listed_the_latest_first,
}

fn article(url: &str, text: &str) -> NewArticle {
    NewArticle {
        url: url.to_owned(),
        title: "Talks in Geneva".to_owned(),
        publisher: "Reuters".to_owned(),
        byline: String::new(),
        language: "en".to_owned(),
        published: Some(day("2024-01-02")),
        text: text.to_owned(),
    }
}

fn candidate(draft: EventDraft) -> NewCandidate {
    NewCandidate {
        draft,
        spans: vec![EvidenceSpan {
            start: 0,
            end: 5,
            text: "Talks".to_owned(),
        }],
        rules: vec!["meets|talks".to_owned(), "on <weekday>".to_owned()],
        confidence: 640,
        links: Vec::new(),
    }
}

fn meeting(date: &str) -> EventDraft {
    EventDraft {
        kind: Kind::Meeting,
        ..draft(date, "Talks are held")
    }
}

/// The queue without a filter, after an article.
async fn queue(store: &Store, after: Option<ArticleId>) -> Result<Vec<QueueEntry>, StoreError> {
    let after = after.map(|article| QueueCursor { surest: 0, article });
    store.review_queue(&QueueFilter::default(), after, 10).await
}

async fn record(
    store: &Store,
    url: &str,
    text: &str,
    drafts: &[EventDraft],
) -> (ArticleId, Vec<CandidateId>) {
    let candidates: Vec<NewCandidate> = drafts.iter().cloned().map(candidate).collect();
    let recorded = store
        .record_article(&article(url, text), &candidates)
        .await
        .unwrap();
    let ids = store.candidates_of(recorded.id()).await.unwrap();
    (
        recorded.id(),
        ids.iter().map(|candidate| candidate.id).collect(),
    )
}

mod run {
    use super::*;

    pub async fn an_article_is_recorded_once_whatever_its_spacing(
        store: Store,
        place: Place,
    ) -> Place {
        let text = "Talks were held\n\nin Geneva.";
        let (id, candidates) = record(
            &store,
            "https://example.org/a",
            text,
            &[meeting("2024-01-01")],
        )
        .await;
        assert_eq!(candidates.len(), 1);
        for (url, text) in [
            ("https://example.org/a", text),
            ("", "talks were  held in Geneva"),
            ("https://example.org/a", ""),
        ] {
            let again = store
                .record_article(&article(url, text), &[candidate(meeting("2024-01-01"))])
                .await
                .unwrap();
            assert_eq!(again, Recorded::Known(id), "{url} {text}");
        }
        assert_eq!(store.waiting_count().await.unwrap(), 1);
        let kept = store.article(id).await.unwrap().unwrap();
        assert_eq!(kept.content, article("https://example.org/a", text));
        assert_eq!((kept.version, kept.recorded_at), (1, store.clock().now()));
        assert_eq!(store.article(ArticleId(99)).await.unwrap(), None);
        let found = &store.candidates_of(id).await.unwrap()[0];
        assert_eq!(found.draft, meeting("2024-01-01"));
        assert_eq!(found.rules, candidate(meeting("2024-01-01")).rules);
        assert_eq!(
            (found.confidence, found.state),
            (640, CandidateState::Waiting)
        );
        place
    }

    pub async fn a_changed_text_is_a_new_version_with_candidates_of_its_own(
        store: Store,
        place: Place,
    ) -> Place {
        let url = "https://example.org/a";
        let (first, _) = record(&store, url, "Talks were held.", &[meeting("2024-01-01")]).await;
        let changed = store
            .record_article(
                &article(url, "Talks were not held."),
                &[candidate(meeting("2024-01-03"))],
            )
            .await
            .unwrap();
        let Recorded::Changed { id, previous } = changed else {
            panic!("{changed:?}");
        };
        assert_eq!(previous, first);
        let latest = store.article_by_url(url).await.unwrap().unwrap();
        assert_eq!((latest.id, latest.version), (id, 2));
        let rows = queue(&store, None).await.unwrap();
        let waiting: Vec<_> = rows
            .iter()
            .map(|entry| (entry.article.id, entry.waiting, entry.total))
            .collect();
        assert_eq!(waiting, [(first, 1, 1), (id, 1, 1)]);
        assert_eq!(queue(&store, Some(first)).await.unwrap().len(), 1);
        // the first text again is known
        let back = store
            .record_article(&article(url, "Talks were held."), &[])
            .await
            .unwrap();
        assert_eq!(back, Recorded::Known(first));
        place
    }

    pub async fn a_source_that_was_only_cited_gains_its_text(store: Store, place: Place) -> Place {
        let author = author();
        let mut content = draft("2024-01-01", "Known from its address");
        content.sources = vec![source("https://example.org/a", "Reuters")];
        let event = store
            .create_event(&content, because(&author, ""))
            .await
            .unwrap();
        let cited = event.content.sources[0].article.unwrap();
        let recorded = store
            .record_article(&article("https://example.org/a", "Talks were held."), &[])
            .await
            .unwrap();
        assert_eq!(recorded, Recorded::New(cited));
        let events = store.article_events(cited).await.unwrap();
        assert_eq!(events.len(), 1);
        assert_eq!(
            store.article(cited).await.unwrap().unwrap().content.text,
            "Talks were held."
        );
        place
    }

    pub async fn an_accepted_candidate_is_an_event_with_its_evidence(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let (id, candidates) = record(
            &store,
            "https://example.org/a",
            "Talks were held.",
            &[meeting("2024-01-01"), meeting("2024-01-02")],
        )
        .await;
        let mut edited = meeting("2024-01-01");
        "As the editor puts it".clone_into(&mut edited.headline);
        let event = store
            .accept_candidate(
                candidates[0],
                &edited,
                Kept::default(),
                because(&author, "clear"),
            )
            .await
            .unwrap();
        assert_eq!(event.content.headline, "As the editor puts it");
        assert_eq!(event.content.confidence, Some(640));
        let told = &event.content.sources[0];
        assert_eq!(told.article, Some(id));
        assert_eq!(told.url, "https://example.org/a");
        assert_eq!(told.title, "Talks in Geneva");
        assert_eq!(told.published, Some(day("2024-01-02")));
        assert_eq!(told.spans, candidate(meeting("2024-01-01")).spans);
        let decided = store.candidate(candidates[0]).await.unwrap().unwrap();
        assert_eq!(decided.state, CandidateState::Accepted(event.id));
        assert_eq!(
            (
                decided.decided_by.as_str(),
                decided.reason.as_str(),
                decided.decided_at
            ),
            ("kim", "clear", Some(store.clock().now()))
        );
        assert_eq!(store.waiting_count().await.unwrap(), 1);
        let entry = &queue(&store, None).await.unwrap()[0];
        assert_eq!((entry.waiting, entry.total), (1, 2));
        assert_eq!(entry.article.content.text, "");
        let events = store.article_events(id).await.unwrap();
        assert_eq!(events[0].content.sources[0].spans, told.spans);
        assert_eq!(store.count(&TimelineFilter::default()).await.unwrap(), 1);
        place
    }

    pub async fn a_merged_candidate_is_one_more_source(store: Store, place: Place) -> Place {
        let author = author();
        let event = store
            .create_event(&meeting("2024-01-01"), because(&author, ""))
            .await
            .unwrap();
        let (_, candidates) = record(
            &store,
            "https://example.org/a",
            "Talks were held.",
            &[meeting("2024-01-01"), meeting("2024-01-01")],
        )
        .await;
        let after = store
            .merge_candidate(
                candidates[0],
                event.id,
                Kept::default(),
                because(&author, ""),
            )
            .await
            .unwrap();
        assert_eq!((after.source_count, after.revision), (1, 2));
        let again = store
            .merge_candidate(
                candidates[1],
                event.id,
                Kept::default(),
                because(&author, ""),
            )
            .await
            .unwrap();
        assert_eq!(again.source_count, 1);
        let state = store.candidate(candidates[1]).await.unwrap().unwrap().state;
        assert_eq!(state, CandidateState::Merged(event.id));
        place
    }

    pub async fn a_candidate_is_decided_once(store: Store, place: Place) -> Place {
        let author = author();
        let (_, candidates) =
            record(&store, "", "Talks were held.", &[meeting("2024-01-01")]).await;
        let change = because(&author, "");
        store.reject_candidate(candidates[0], change).await.unwrap();
        let error = store
            .accept_candidate(
                candidates[0],
                &meeting("2024-01-01"),
                Kept::default(),
                change,
            )
            .await
            .unwrap_err();
        assert!(matches!(error, StoreError::Decided { .. }));
        assert_eq!(
            error.to_string(),
            "this candidate was rejected by kim meanwhile"
        );
        assert!(matches!(
            store.reject_candidate(candidates[0], change).await,
            Err(StoreError::Decided { .. })
        ));
        assert!(matches!(
            store.reject_candidate(CandidateId(99), change).await,
            Err(StoreError::NotFound)
        ));
        assert_eq!(store.count(&TimelineFilter::default()).await.unwrap(), 0);
        assert!(queue(&store, None).await.unwrap().is_empty());
        place
    }

    pub async fn publishing_adds_to_the_event_of_the_same_kind_day_and_parties(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        let mut reversed = meeting("2024-01-01");
        reversed.actors = vec![code("RUS"), code("USA")];
        let mut ordered = reversed.clone();
        ordered.actors.reverse();
        let mut announced = reversed.clone();
        announced.modality = Modality::Announced;
        store.create_event(&announced, change).await.unwrap();
        let event = store.create_event(&reversed, change).await.unwrap();
        let mut elsewhere = ordered.clone();
        elsewhere.targets = vec![code("GBR")];
        let mut nobody = meeting("2024-01-01");
        nobody.actors.clear();
        nobody.targets.clear();
        let (_, candidates) = record(
            &store,
            "",
            "Talks were held.",
            &[
                ordered,
                meeting("2024-01-02"),
                elsewhere,
                nobody.clone(),
                nobody,
            ],
        )
        .await;
        let first = store
            .publish_candidate(candidates[0], change)
            .await
            .unwrap();
        assert_eq!((first.id, first.source_count), (event.id, 1));
        for candidate in &candidates[1..] {
            let published = store.publish_candidate(*candidate, change).await.unwrap();
            assert!(published.id > event.id);
        }
        assert_eq!(store.count(&TimelineFilter::default()).await.unwrap(), 6);
        place
    }

    pub async fn events_that_may_be_the_same_are_offered(store: Store, place: Place) -> Place {
        let author = author();
        let change = because(&author, "");
        let mut wanted = Vec::new();
        for date in ["2024-01-01", "2024-01", "2024-01-02"] {
            wanted.push(store.create_event(&meeting(date), change).await.unwrap());
        }
        let mut fewer = meeting("2023-12-31/2024-01-01");
        fewer.targets = vec![code("RUS")];
        let fewer = store.create_event(&fewer, change).await.unwrap();
        let mut other = meeting("2024-01-01");
        other.kind = Kind::Visit;
        store.create_event(&other, change).await.unwrap();
        let matches = store.matches(&[&meeting("2024-01-01")]).await.unwrap();
        let offered: Vec<_> = matches[0]
            .iter()
            .map(|one| (one.event.id, one.found.offer))
            .collect();
        assert_eq!(
            offered,
            [
                (wanted[0].id, Offer::Source),
                (wanted[2].id, Offer::Source),
                (wanted[1].id, Offer::Source),
                (fewer.id, Offer::Source),
            ]
        );
        assert_eq!(
            matches[0][0].found.reasons,
            [
                "same kind",
                "same parties",
                "same date",
                "words in common: held, talks"
            ]
        );
        place
    }

    pub async fn copies_of_one_text_are_one_independent_source(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let mut content = meeting("2024-01-01");
        content.sources = vec![
            source("https://a.example/1", "First Gazette"),
            source("https://b.example/2", "Second Gazette"),
        ];
        let event = store
            .create_event(&content, because(&author, ""))
            .await
            .unwrap();
        assert_eq!(event.independent_sources, 2);
        let read = |url: &str, publisher: &str, text: &str| NewArticle {
            publisher: publisher.to_owned(),
            ..article(url, text)
        };
        store
            .record_article(
                &read("https://a.example/1", "First Gazette", "Talks were held."),
                &[],
            )
            .await
            .unwrap();
        let copy = store
            .record_article(
                &read("https://b.example/2", "Second Gazette", "Talks were held!"),
                &[],
            )
            .await
            .unwrap();
        // the copy is remembered under its address, and the two sources count as one from then on
        assert!(matches!(copy, Recorded::Copy { .. }));
        let EventLookup::Found(event) = store.event(event.id).await.unwrap() else {
            panic!("the event is gone");
        };
        assert_eq!((event.source_count, event.independent_sources), (2, 1));
        place
    }

    pub async fn articles_are_listed_the_latest_first(store: Store, place: Place) -> Place {
        let mut ids = Vec::new();
        for number in 0..5 {
            ids.push(record(&store, "", &format!("Text {number}"), &[]).await.0);
        }
        ids.reverse();
        let first = store.articles(None, 3).await.unwrap();
        let rest = store.articles(Some(first[2].id), 3).await.unwrap();
        let listed: Vec<_> = first
            .iter()
            .chain(&rest)
            .map(|article| article.id)
            .collect();
        assert_eq!(listed, ids);
        let counts = store.publisher_counts().await.unwrap();
        assert_eq!(
            (
                counts[0].name.as_str(),
                counts[0].articles,
                counts[0].events
            ),
            ("Reuters", 5, 0)
        );
        place
    }
}
