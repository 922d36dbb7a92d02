//! Decisions in the review: what they link, what they teach, and how they are taken back.

use demarche::{
    domain::{
        article::NewArticle,
        event::{Event, EventDraft},
        evidence::EvidenceSpan,
        filter::TimelineFilter,
        id::{ArticleId, CandidateId, EventId, FeedId},
        kind::Kind,
        matching::Offer,
        modality::Modality,
        relation::{Relation, RelationKind},
        status::Status,
    },
    store::{
        Author, CandidateLink, CandidateState, EventLookup, Kept, NewCandidate, QueueFilter,
        RevisionAction, Store, StoreError,
        job::{End, JobOutcome, JobPayload},
        review::{BY_HAND, LinkStanding, QueueOrder},
    },
};

use crate::{
    engine::{Place, on_both},
    sample::{author, because, code, day, draft},
};

on_both! {
    links_become_relations_once_both_ends_are_on_record,
    a_link_that_an_editor_dropped_is_no_relation,
    a_merged_candidate_brings_its_links_to_the_event,
    an_accepted_candidate_is_taken_back_with_its_event_and_its_links,
    a_merged_candidate_is_taken_back_with_its_source_alone,
    of_two_that_went_into_one_event_each_is_taken_back_alone,
    what_was_edited_since_is_not_taken_back,
    many_are_published_and_taken_back_as_one_decision,
    decisions_are_counted_by_rule_and_kind_until_they_are_taken_back,
    the_queue_is_told_by_feed_kind_and_confidence,
    a_candidate_that_an_editor_marked_stands_in_its_place_and_teaches_nothing,
    what_a_candidate_may_belong_to_is_found_for_a_whole_article,
}

const TEXT: &str = "The US accused Iran. Iran denied it. Iran and Oman met.";

fn candidate(kind: Kind, words: &str, confidence: i64) -> NewCandidate {
    let start = TEXT.find(words).unwrap();
    let mut content = draft("2024-01-02", &format!("{kind}: {words}"));
    content.kind = kind;
    if kind != Kind::Accusation {
        content.actors = vec![code("IRN")];
        content.targets = vec![code("USA")];
    }
    NewCandidate {
        draft: content,
        spans: vec![EvidenceSpan {
            start: i64::try_from(start).unwrap(),
            end: i64::try_from(start + words.len()).unwrap(),
            text: words.to_owned(),
        }],
        rules: vec![format!("{kind} rule"), "shared rule".to_owned()],
        confidence,
        links: Vec::new(),
    }
}

/// An accusation, the denial of it and a meeting.
fn three() -> Vec<NewCandidate> {
    let mut denial = candidate(Kind::Denial, "Iran denied it", 800);
    denial.links = vec![CandidateLink::proposed(RelationKind::Denies, 0)];
    vec![
        candidate(Kind::Accusation, "The US accused Iran", 900),
        denial,
        candidate(Kind::Meeting, "Iran and Oman met", 600),
    ]
}

fn article(url: &str) -> NewArticle {
    NewArticle {
        url: url.to_owned(),
        title: "Charges".to_owned(),
        publisher: "Reuters".to_owned(),
        byline: String::new(),
        language: "en".to_owned(),
        published: Some(day("2024-01-02")),
        text: format!("{TEXT} {url}"),
    }
}

async fn record(store: &Store, url: &str) -> (ArticleId, Vec<CandidateId>) {
    let recorded = store.record_article(&article(url), &three()).await.unwrap();
    let candidates = store.candidates_of(recorded.id()).await.unwrap();
    (
        recorded.id(),
        candidates.iter().map(|candidate| candidate.id).collect(),
    )
}

async fn accept(store: &Store, id: CandidateId) -> EventId {
    let author = author();
    let candidate = store.candidate(id).await.unwrap().unwrap();
    store
        .accept_candidate(id, &candidate.draft, Kept::default(), because(&author, ""))
        .await
        .unwrap()
        .id
}

async fn found(store: &Store, id: EventId) -> Event {
    match store.event(id).await.unwrap() {
        EventLookup::Found(event) => *event,
        other => panic!("{other:?}"),
    }
}

async fn state(store: &Store, id: CandidateId) -> CandidateState {
    store.candidate(id).await.unwrap().unwrap().state
}

fn denies(to: EventId) -> Relation {
    Relation {
        kind: RelationKind::Denies,
        to,
    }
}

async fn on_timeline(store: &Store) -> i64 {
    store.count(&TimelineFilter::default()).await.unwrap()
}

mod run {
    use super::*;

    pub async fn links_become_relations_once_both_ends_are_on_record(
        store: Store,
        place: Place,
    ) -> Place {
        let (_, first) = record(&store, "https://example.org/a").await;
        let accusation = accept(&store, first[0]).await;
        let denial = accept(&store, first[1]).await;
        let event = found(&store, denial).await;
        assert_eq!(event.content.relations, [denies(accusation)]);
        assert_eq!(
            store.incoming_relations(accusation).await.unwrap(),
            [(RelationKind::Denies, denial)]
        );
        // the other way round: the denial is on record before what it denies
        let (_, second) = record(&store, "https://example.org/b").await;
        let denial = accept(&store, second[1]).await;
        assert!(found(&store, denial).await.content.relations.is_empty());
        let accusation = accept(&store, second[0]).await;
        let event = found(&store, denial).await;
        assert_eq!(event.content.relations, [denies(accusation)]);
        assert_eq!(event.revision, 2);
        place
    }

    pub async fn a_link_that_an_editor_dropped_is_no_relation(store: Store, place: Place) -> Place {
        let author = author();
        let (_, candidates) = record(&store, "https://example.org/a").await;
        let denial = store.candidate(candidates[1]).await.unwrap().unwrap();
        let kept = Kept {
            links: Some(vec![CandidateLink {
                standing: LinkStanding::Dropped,
                ..denial.links[0]
            }]),
            spans: None,
        };
        let event = store
            .accept_candidate(denial.id, &denial.draft, kept, because(&author, ""))
            .await
            .unwrap();
        accept(&store, candidates[0]).await;
        assert!(found(&store, event.id).await.content.relations.is_empty());
        // taken back, the link is proposed again
        store
            .reopen_candidate(denial.id, because(&author, ""))
            .await
            .unwrap();
        let again = store.candidate(denial.id).await.unwrap().unwrap();
        assert_eq!(again.links, denial.links);
        place
    }

    pub async fn a_merged_candidate_brings_its_links_to_the_event(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        let mut known = draft("2024-01-02", "Iran denies the charge");
        known.kind = Kind::Denial;
        let known = store.create_event(&known, change).await.unwrap();
        let (_, candidates) = record(&store, "https://example.org/a").await;
        let accusation = accept(&store, candidates[0]).await;
        let merged = store
            .merge_candidate(candidates[1], known.id, Kept::default(), change)
            .await
            .unwrap();
        assert_eq!(merged.content.relations, [denies(accusation)]);
        assert_eq!((merged.revision, merged.source_count), (2, 1));
        // taken back, the event has neither the source nor the link
        store.reopen_candidate(candidates[1], change).await.unwrap();
        let after = found(&store, known.id).await;
        assert_eq!(after.content, known.content);
        let latest = &store.revisions(known.id).await.unwrap()[0];
        assert_eq!(latest.action, RevisionAction::SourceRemoved);
        place
    }

    pub async fn an_accepted_candidate_is_taken_back_with_its_event_and_its_links(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let (_, candidates) = record(&store, "https://example.org/a").await;
        let denial = accept(&store, candidates[1]).await;
        let accusation = accept(&store, candidates[0]).await;
        assert_eq!(found(&store, denial).await.content.relations.len(), 1);
        let last = store.decided_last("kim").await.unwrap().unwrap();
        let undone = store
            .undo_decision(last.decision, because(&author, "by mistake"))
            .await
            .unwrap();
        assert_eq!(undone[0].id, candidates[0]);
        assert_eq!(state(&store, candidates[0]).await, CandidateState::Waiting);
        let EventLookup::Deleted(deletion) = store.event(accusation).await.unwrap() else {
            panic!("the event is withdrawn");
        };
        assert_eq!(deletion.reason, "by mistake");
        assert!(found(&store, denial).await.content.relations.is_empty());
        let actions: Vec<_> = store
            .revisions(accusation)
            .await
            .unwrap()
            .iter()
            .map(|revision| revision.action)
            .collect();
        assert_eq!(actions, [RevisionAction::Deleted, RevisionAction::Created]);
        // the decision before is the last one now, and the same again is refused
        let before = store.decided_last("kim").await.unwrap().unwrap();
        assert_eq!(before.candidates[0].id, candidates[1]);
        assert!(matches!(
            store
                .undo_decision(last.decision, because(&author, ""))
                .await,
            Err(StoreError::NotFound)
        ));
        assert!(store.decided_last("lee").await.unwrap().is_none());
        // and it can be accepted anew, with its link
        let anew = accept(&store, candidates[0]).await;
        assert_eq!(
            found(&store, denial).await.content.relations,
            [denies(anew)]
        );
        place
    }

    pub async fn a_merged_candidate_is_taken_back_with_its_source_alone(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        let (_, first) = record(&store, "https://example.org/a").await;
        let event = accept(&store, first[0]).await;
        let before = found(&store, event).await;
        let (_, second) = record(&store, "https://example.org/b").await;
        let merged = store
            .merge_candidate(second[0], event, Kept::default(), change)
            .await
            .unwrap();
        assert_eq!((merged.source_count, merged.revision), (2, 2));
        store.reopen_candidate(second[0], change).await.unwrap();
        let after = found(&store, event).await;
        assert_eq!(after.content, before.content);
        assert_eq!((after.source_count, after.revision), (1, 3));
        assert_eq!(state(&store, second[0]).await, CandidateState::Waiting);
        assert!(matches!(
            store.reopen_candidate(second[0], change).await,
            Err(StoreError::NotFound)
        ));
        place
    }

    pub async fn of_two_that_went_into_one_event_each_is_taken_back_alone(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        let event = store
            .create_event(&draft("2024-01-02", "Known before"), change)
            .await
            .unwrap();
        let (article, candidates) = record(&store, "https://example.org/a").await;
        for id in &candidates[..2] {
            store
                .merge_candidate(*id, event.id, Kept::default(), change)
                .await
                .unwrap();
        }
        let words = |event: &Event| -> Vec<String> {
            let sources = event.content.sources.iter();
            sources
                .filter(|source| source.article == Some(article))
                .flat_map(|source| source.spans.iter().map(|span| span.text.clone()))
                .collect()
        };
        let both = found(&store, event.id).await;
        assert_eq!(words(&both), ["The US accused Iran", "Iran denied it"]);
        store.reopen_candidate(candidates[0], change).await.unwrap();
        let one = found(&store, event.id).await;
        assert_eq!(words(&one), ["Iran denied it"]);
        store.reopen_candidate(candidates[1], change).await.unwrap();
        let none = found(&store, event.id).await;
        assert_eq!(none.content, event.content);
        place
    }

    pub async fn what_was_edited_since_is_not_taken_back(store: Store, place: Place) -> Place {
        let author = author();
        let change = because(&author, "");
        let (_, candidates) = record(&store, "https://example.org/a").await;
        let id = accept(&store, candidates[0]).await;
        let event = found(&store, id).await;
        let mut content = event.content.clone();
        "Put better".clone_into(&mut content.headline);
        store.update_event(id, 1, &content, change).await.unwrap();
        let last = store.decided_last("kim").await.unwrap().unwrap();
        let error = store
            .undo_decision(last.decision, change)
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "event {id} was edited or gained a source since it was accepted; edit or delete it instead"
            )
        );
        assert_eq!(
            state(&store, candidates[0]).await,
            CandidateState::Accepted(id)
        );
        assert_eq!(on_timeline(&store).await, 1);
        // one that somebody deleted since waits again
        store.delete_event(id, 2, change).await.unwrap();
        store.undo_decision(last.decision, change).await.unwrap();
        assert_eq!(state(&store, candidates[0]).await, CandidateState::Waiting);
        place
    }

    pub async fn many_are_published_and_taken_back_as_one_decision(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "sure");
        let (_, first) = record(&store, "https://example.org/a").await;
        let (_, second) = record(&store, "https://example.org/b").await;
        let lee = Author("lee".to_owned());
        store
            .reject_candidate(first[2], because(&lee, ""))
            .await
            .unwrap();
        let all: Vec<CandidateId> = first.iter().chain(&second).copied().collect();
        let published = store.publish_candidates(&all, change).await.unwrap();
        assert_eq!(
            (published.new, published.merged, published.passed),
            (3, 2, 1)
        );
        assert_eq!(on_timeline(&store).await, 3);
        let last = store.decided_last("kim").await.unwrap().unwrap();
        assert_eq!(last.decision, published.decision);
        assert_eq!(last.candidates.len(), 5);
        let undone = store.undo_decision(last.decision, change).await.unwrap();
        assert_eq!(undone.len(), 5);
        assert_eq!(on_timeline(&store).await, 0);
        assert_eq!(store.waiting_count().await.unwrap(), 5);
        assert_eq!(state(&store, first[2]).await, CandidateState::Rejected);
        assert!(store.decided_last("kim").await.unwrap().is_none());
        assert!(store.check().await.unwrap().is_empty());
        place
    }

    pub async fn decisions_are_counted_by_rule_and_kind_until_they_are_taken_back(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        for number in 0..3 {
            let (_, candidates) = record(&store, &format!("https://example.org/{number}")).await;
            let accusation = store.candidate(candidates[0]).await.unwrap().unwrap();
            let mut content = accusation.draft.clone();
            match number {
                0 => {}
                1 => {
                    content.date = "2024-01-03".parse().unwrap();
                    content.targets.push(code("RUS"));
                    "Only added".clone_into(&mut content.summary);
                }
                _ => {
                    store.reject_candidate(accusation.id, change).await.unwrap();
                    continue;
                }
            }
            store
                .accept_candidate(accusation.id, &content, Kept::default(), change)
                .await
                .unwrap();
        }
        let lessons = store.lessons().await.unwrap();
        assert_eq!(lessons.len(), 3, "one of the kind and one of each rule");
        for lesson in &lessons {
            assert_eq!(lesson.kind, Kind::Accusation);
            assert_eq!(
                (lesson.accepted, lesson.changed, lesson.rejected),
                (1, 1, 1)
            );
            assert_eq!((lesson.decided(), lesson.accepted_percent()), (3, 67));
            assert_eq!(
                lesson.fields,
                [("date".to_owned(), 1), ("targets".to_owned(), 1)]
            );
        }
        let rules: Vec<&str> = lessons.iter().map(|lesson| lesson.rule.as_str()).collect();
        assert_eq!(rules, ["", "accusation rule", "shared rule"]);
        while let Some(last) = store.decided_last("kim").await.unwrap() {
            store.undo_decision(last.decision, change).await.unwrap();
        }
        assert!(store.lessons().await.unwrap().is_empty());
        place
    }

    pub async fn the_queue_is_told_by_feed_kind_and_confidence(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let (first, _) = record(&store, "https://example.org/a").await;
        let sure = vec![candidate(Kind::Meeting, "Iran and Oman met", 950)];
        let second = store
            .record_article(&article("https://example.org/b"), &sure)
            .await
            .unwrap()
            .id();
        let payload = JobPayload::FeedItem {
            feed: FeedId(7),
            url: "https://example.org/b".to_owned(),
            title: String::new(),
            published: None,
            source: String::new(),
            text: String::new(),
            byline: String::new(),
            feed_title: String::new(),
        };
        store.enqueue(&payload, &author).await.unwrap();
        let job = store.take_job(60, 5).await.unwrap().unwrap();
        let end = End {
            outcome: JobOutcome::New,
            article: Some(second),
            candidates: 1,
        };
        store.finish_job(job.claim(), end).await.unwrap();
        let rows = async |filter: QueueFilter| -> Vec<(ArticleId, i64, i64)> {
            let entries = store.review_queue(&filter, None, 10).await.unwrap();
            let waiting: i64 = entries.iter().map(|entry| entry.waiting).sum();
            assert_eq!(store.waiting_count_of(&filter).await.unwrap(), waiting);
            let listed = store.waiting_candidates(&filter, 10).await.unwrap();
            assert_eq!(i64::try_from(listed.len()).unwrap(), waiting);
            entries
                .iter()
                .map(|entry| (entry.article.id, entry.waiting, entry.surest))
                .collect()
        };
        let all = QueueFilter::default();
        assert_eq!(rows(all).await, [(first, 3, 900), (second, 1, 950)]);
        let surest = QueueFilter {
            order: QueueOrder::Surest,
            ..all
        };
        assert_eq!(rows(surest).await, [(second, 1, 950), (first, 3, 900)]);
        let entries = store.review_queue(&surest, None, 1).await.unwrap();
        let rest = store
            .review_queue(&surest, Some(entries[0].cursor()), 10)
            .await
            .unwrap();
        assert_eq!(rest[0].article.id, first);
        let meetings = QueueFilter {
            kind: Some(Kind::Meeting),
            ..all
        };
        assert_eq!(rows(meetings).await, [(first, 1, 600), (second, 1, 950)]);
        let over = QueueFilter { least: 801, ..all };
        assert_eq!(rows(over).await, [(first, 1, 900), (second, 1, 950)]);
        let fed = QueueFilter {
            feed: Some(FeedId(7)),
            ..all
        };
        assert_eq!(rows(fed).await, [(second, 1, 950)]);
        place
    }

    pub async fn a_candidate_that_an_editor_marked_stands_in_its_place_and_teaches_nothing(
        store: Store,
        place: Place,
    ) -> Place {
        let (article, candidates) = record(&store, "https://example.org/a").await;
        let mut marked = candidate(Kind::Statement, "Iran denied it", 1000);
        marked.rules = vec![BY_HAND.to_owned()];
        let id = store.add_candidate(article, &marked).await.unwrap();
        let order: Vec<CandidateId> = store
            .candidates_of(article)
            .await
            .unwrap()
            .iter()
            .map(|candidate| candidate.id)
            .collect();
        assert_eq!(order, [candidates[0], candidates[1], id, candidates[2]]);
        let event = accept(&store, id).await;
        assert_eq!(found(&store, event).await.content.confidence, None);
        assert!(store.lessons().await.unwrap().is_empty());
        place
    }

    pub async fn what_a_candidate_may_belong_to_is_found_for_a_whole_article(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        let create =
            async |kind: Kind, modality: Modality, date: &str, who: [&str; 2]| -> EventId {
                let mut content = draft(date, &format!("{kind} over missiles in the Gulf"));
                content.kind = kind;
                content.modality = modality;
                content.actors = vec![code(who[0])];
                content.targets = vec![code(who[1])];
                store.create_event(&content, change).await.unwrap().id
            };
        let told = Modality::Occurred;
        let accusation = create(Kind::Accusation, told, "2024-01-01", ["USA", "IRN"]).await;
        let warning = create(Kind::Warning, told, "2023-12-20", ["USA", "IRN"]).await;
        let announced = create(
            Kind::Sanction,
            Modality::Announced,
            "2024-01-02/..",
            ["USA", "IRN"],
        )
        .await;
        create(Kind::Accusation, told, "2021-01-01", ["USA", "IRN"]).await;
        create(Kind::Sanction, told, "../2022-01-01", ["USA", "IRN"]).await;
        let sketch = |kind: Kind, date: &str, who: [&str; 2]| EventDraft {
            kind,
            actors: vec![code(who[0])],
            targets: vec![code(who[1])],
            ..draft(date, "Again over missiles in the Gulf")
        };
        let drafts = [
            sketch(Kind::Denial, "2024-01-02", ["IRN", "USA"]),
            sketch(Kind::Sanction, "2024-01-03", ["USA", "IRN"]),
            sketch(Kind::Accusation, "2024-01-02", ["USA", "IRN"]),
            sketch(Kind::Meeting, "2024-01-02", ["OMN", "QAT"]),
        ];
        let drafts: Vec<&EventDraft> = drafts.iter().collect();
        let offered: Vec<Vec<(EventId, Offer)>> = store
            .matches(&drafts)
            .await
            .unwrap()
            .iter()
            .map(|matches| {
                matches
                    .iter()
                    .map(|one| (one.event.id, one.found.offer))
                    .collect()
            })
            .collect();
        assert_eq!(offered[0], [(accusation, Offer::Denies)]);
        assert_eq!(
            offered[1],
            [(announced, Offer::CarriesOut), (warning, Offer::CarriesOut)]
        );
        assert_eq!(offered[2], [(accusation, Offer::Source)]);
        assert_eq!(offered[3], []);
        // what was carried out, or retracted, is offered no more than it should be
        let mut act = sketch(Kind::Sanction, "2024-01-03", ["USA", "IRN"]);
        act.relations = vec![Relation {
            kind: RelationKind::CarriesOut,
            to: announced,
        }];
        let act = store.create_event(&act, change).await.unwrap();
        let again = store.matches(&drafts[1..2]).await.unwrap();
        let again: Vec<_> = again[0]
            .iter()
            .map(|one| (one.event.id, one.found.offer))
            .collect();
        assert_eq!(
            again,
            [(act.id, Offer::Source), (warning, Offer::CarriesOut)]
        );
        let mut retracted = act.content.clone();
        retracted.status = Status::Retracted;
        store
            .update_event(act.id, 1, &retracted, change)
            .await
            .unwrap();
        assert_eq!(
            found(&store, announced).await.follow_through,
            Some(demarche::domain::follow_through::FollowThrough::Pending)
        );
        place
    }
}
