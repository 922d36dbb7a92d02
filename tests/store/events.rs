//! One event at a time: saved, changed, merged, deleted, and what follows from each.

use demarche::{
    domain::{
        event::{Event, EventDraft},
        filter::{DayBound, TimelineFilter},
        follow_through::FollowThrough,
        id::EventId,
        kind::Kind,
        modality::Modality,
        relation::{Relation, RelationKind},
        status::Status,
    },
    store::{EventLookup, NewEvent, RevisionAction, Store, StoreError},
};

use crate::{
    engine::{Place, on_both},
    sample::{author, because, code, day, draft, random, random_draft, source},
};

on_both! {
    an_event_reads_back_as_it_was_saved,
    a_stale_revision_is_a_conflict_and_changes_nothing,
    saving_the_same_again_makes_no_revision,
    a_changed_date_moves_the_event_and_all_that_hangs_on_it,
    a_deleted_event_is_gone_from_lists_and_its_id_is_not_used_again,
    a_merged_event_leads_to_the_one_that_stays,
    a_relation_must_lead_to_an_event_on_record,
    an_act_that_is_carried_out_is_fulfilled_until_the_act_is_deleted,
    an_announced_act_lapses_when_its_term_has_passed,
    a_longer_grace_makes_what_lapsed_pending_again,
    what_is_only_announced_or_was_retracted_carries_nothing_out,
    one_failure_in_many_leaves_nothing_behind,
    given_ids_are_kept_and_new_ones_come_after_them,
    sources_of_one_owner_count_once,
    the_record_looks_as_it_did_then,
    every_change_tells_who_when_and_why,
    a_chain_holds_all_that_is_linked,
    what_was_acknowledged_is_there_after_reopening,
    writers_at_once_take_turns,
}

async fn found(store: &Store, id: EventId) -> Event {
    match store.event(id).await.unwrap() {
        EventLookup::Found(event) => *event,
        other => panic!("expected event {id} on the timeline, but found {other:?}"),
    }
}

async fn count(store: &Store, filter: TimelineFilter) -> i64 {
    store.count(&filter).await.unwrap()
}

fn of_party(party: &str) -> TimelineFilter {
    TimelineFilter {
        parties: vec![party.to_owned()],
        ..TimelineFilter::default()
    }
}

fn relation(kind: RelationKind, to: &Event) -> Relation {
    Relation { kind, to: to.id }
}

mod run {
    use super::*;

    pub async fn an_event_reads_back_as_it_was_saved(store: Store, place: Place) -> Place {
        let author = author();
        let mut full = EventDraft {
            date_text: "within weeks".to_owned(),
            summary: "Line one\nline two".to_owned(),
            quote: "“Enough”".to_owned(),
            speakers: vec!["A | B".to_owned(), " ".to_owned(), "C\\D".to_owned()],
            named: vec!["Iran Air".to_owned()],
            place: "Kyïv".to_owned(),
            effective_date: Some("2024-11".parse().unwrap()),
            authority: "OFAC".to_owned(),
            program: "NPWMD".to_owned(),
            legal_url: "https://example.org/law".to_owned(),
            list_ids: vec!["12345".to_owned()],
            tags: vec!["air".to_owned()],
            status: Status::Disputed,
            confidence: Some(730),
            ..draft("2024-09-10/..", "Sanctions announced")
        };
        let mut told = source("https://example.org/a", "Reuters");
        "A title | with a bar".clone_into(&mut told.title);
        told.published = Some(day("2024-09-11"));
        full.sources = vec![
            told,
            source("", "TASS"),
            source("https://example.org/b", ""),
        ];
        let saved = store
            .create_event(&full, because(&author, "first"))
            .await
            .unwrap();
        assert_eq!((saved.revision, saved.source_count), (1, 3));
        assert_eq!(saved.first_reported, Some(day("2024-09-11")));
        assert_eq!(saved.created_at, store.clock().now());
        full.speakers = vec!["A | B".to_owned(), "C\\D".to_owned()];
        let mut content = saved.content.clone();
        for source in &mut content.sources {
            assert!(source.article.take().is_some());
        }
        assert_eq!(content, full);
        assert_eq!(found(&store, saved.id).await, saved);
        let listed = store.timeline(&TimelineFilter::default()).await.unwrap();
        assert_eq!(listed.events[0].content, full);
        assert_eq!(store.events(&[saved.id]).await.unwrap(), listed.events);
        for seed in 0..30 {
            let random = random_draft(&mut random(seed));
            let saved = store
                .create_event(&random, because(&author, ""))
                .await
                .unwrap();
            assert_eq!(found(&store, saved.id).await, saved);
        }
        place
    }

    pub async fn a_stale_revision_is_a_conflict_and_changes_nothing(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        let event = store
            .create_event(&draft("2024-01-01", "one"), change)
            .await
            .unwrap();
        let second = store
            .update_event(event.id, 1, &draft("2024-01-01", "two"), change)
            .await
            .unwrap();
        assert_eq!(second.revision, 2);
        let error = store
            .update_event(event.id, 1, &draft("2024-01-01", "three"), change)
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "event {} was changed meanwhile: it is now at revision 2",
                event.id
            )
        );
        let StoreError::Conflict(now) = error else {
            panic!("{error:?}");
        };
        assert_eq!(*now, second);
        assert!(matches!(
            store.delete_event(event.id, 1, change).await,
            Err(StoreError::Conflict(_))
        ));
        assert_eq!(found(&store, event.id).await, second);
        assert_eq!(store.revisions(event.id).await.unwrap().len(), 2);
        let unknown = EventId::from_counter(999).unwrap();
        assert!(matches!(
            store
                .update_event(unknown, 1, &draft("2024", "x"), change)
                .await,
            Err(StoreError::NotFound)
        ));
        place
    }

    pub async fn saving_the_same_again_makes_no_revision(store: Store, place: Place) -> Place {
        let author = author();
        let event = store
            .create_event(&random_draft(&mut random(4)), because(&author, ""))
            .await
            .unwrap();
        let mut again = event.content.clone();
        for source in &mut again.sources {
            source.article = None;
        }
        let saved = store
            .update_event(event.id, 1, &again, because(&author, "again"))
            .await
            .unwrap();
        assert_eq!(saved, event);
        assert_eq!(store.revisions(event.id).await.unwrap().len(), 1);
        place
    }

    pub async fn a_changed_date_moves_the_event_and_all_that_hangs_on_it(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        let mut content = draft("2024-01-01", "Talks in Geneva");
        content.sources = vec![source("https://example.org/a", "Reuters")];
        let first = store.create_event(&content, change).await.unwrap();
        store
            .create_event(&draft("2024-06-01", "Something else"), change)
            .await
            .unwrap();
        content.date = "2024-12-31".parse().unwrap();
        content.targets = vec![code("RUS")];
        content.kind = Kind::Meeting;
        content.sources = vec![source("https://example.org/a", "TASS")];
        let moved = store
            .update_event(first.id, 1, &content, change)
            .await
            .unwrap();
        assert_eq!(moved.id, first.id);
        let page = store.timeline(&TimelineFilter::default()).await.unwrap();
        assert_eq!(page.events[0].id, first.id);
        let at = |text: &str| TimelineFilter {
            from: Some(DayBound {
                text: text.to_owned(),
                day: day(text),
            }),
            to: Some(DayBound {
                text: text.to_owned(),
                day: day(text),
            }),
            ..TimelineFilter::default()
        };
        assert_eq!(count(&store, at("2024-01-01")).await, 0);
        assert_eq!(count(&store, at("2024-12-31")).await, 1);
        assert_eq!(count(&store, of_party("IRN")).await, 1);
        assert_eq!(count(&store, of_party("RUS")).await, 1);
        for (source, expected) in [("Reuters", 0), ("TASS", 1)] {
            let filter = TimelineFilter {
                sources: vec![source.to_owned()],
                ..TimelineFilter::default()
            };
            assert_eq!(count(&store, filter).await, expected);
        }
        let words = |q: &str| TimelineFilter {
            q: q.to_owned(),
            ..TimelineFilter::default()
        };
        assert_eq!(count(&store, words("geneva")).await, 1);
        assert_eq!(count(&store, words("geneva iran")).await, 0);
        let months = store
            .month_counts(&TimelineFilter::default())
            .await
            .unwrap();
        let months: Vec<_> = months
            .iter()
            .map(|m| (m.year, m.month, m.kind, m.count))
            .collect();
        assert_eq!(
            months,
            [(2024, 6, Kind::Statement, 1), (2024, 12, Kind::Meeting, 1)]
        );
        place
    }

    pub async fn a_deleted_event_is_gone_from_lists_and_its_id_is_not_used_again(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "entered twice");
        let event = store
            .create_event(&draft("2024-01-01", "one"), change)
            .await
            .unwrap();
        let mut answer = draft("2024-01-02", "answer");
        answer.relations = vec![relation(RelationKind::Answers, &event)];
        let answer = store.create_event(&answer, change).await.unwrap();
        store.delete_event(event.id, 1, change).await.unwrap();
        let EventLookup::Deleted(deletion) = store.event(event.id).await.unwrap() else {
            panic!("not deleted");
        };
        assert_eq!(deletion.reason, "entered twice");
        assert_eq!(deletion.at, store.clock().now());
        let page = store.timeline(&TimelineFilter::default()).await.unwrap();
        assert_eq!((page.total, page.events[0].id), (1, answer.id));
        assert_eq!(page.events[0].content.relations, []);
        assert_eq!(page.events[0].revision, 2);
        assert_eq!(count(&store, of_party("USA")).await, 1);
        assert!(store.events(&[event.id]).await.unwrap().is_empty());
        assert!(matches!(
            store
                .update_event(event.id, 2, &draft("2024-01-01", "x"), change)
                .await,
            Err(StoreError::Gone)
        ));
        let next = store
            .create_event(&draft("2024-01-01", "next"), change)
            .await
            .unwrap();
        assert!(next.id > answer.id);
        let again = NewEvent {
            id: Some(event.id),
            ..draft("2024-01-01", "again").into()
        };
        let error = store.create_events(vec![again], change).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("event {} is, or was, on record already", event.id)
        );
        place
    }

    pub async fn a_merged_event_leads_to_the_one_that_stays(store: Store, place: Place) -> Place {
        let author = author();
        let change = because(&author, "the same act");
        let mut content = draft("2024-01-01", "stays");
        content.sources = vec![source("https://example.org/a", "Reuters")];
        let stays = store.create_event(&content, change).await.unwrap();
        let mut content = draft("2024-01-01", "goes");
        content.sources = vec![
            source("https://example.org/a", "Reuters"),
            source("https://example.org/b", "TASS"),
        ];
        content.relations = vec![relation(RelationKind::Follows, &stays)];
        let goes = store.create_event(&content, change).await.unwrap();
        let mut content = draft("2024-01-03", "denies it");
        content.relations = vec![relation(RelationKind::Denies, &goes)];
        let denial = store.create_event(&content, change).await.unwrap();

        let merged = store.merge_event(goes.id, stays.id, change).await.unwrap();
        assert_eq!((merged.id, merged.revision), (stays.id, 2));
        let publishers: Vec<&str> = merged
            .content
            .sources
            .iter()
            .map(|source| source.publisher.as_str())
            .collect();
        assert_eq!(publishers, ["Reuters", "TASS"]);
        assert_eq!(merged.content.relations, []);
        assert_eq!(
            store.event(goes.id).await.unwrap(),
            EventLookup::Merged(stays.id)
        );
        assert_eq!(
            store.incoming_relations(stays.id).await.unwrap(),
            [(RelationKind::Denies, denial.id)]
        );
        assert_eq!(count(&store, TimelineFilter::default()).await, 2);
        // what went into it before leads on
        let last = store
            .create_event(&draft("2024-01-01", "last"), change)
            .await
            .unwrap();
        store.merge_event(stays.id, last.id, change).await.unwrap();
        assert_eq!(
            store.event(goes.id).await.unwrap(),
            EventLookup::Merged(last.id)
        );
        let mut content = draft("2024-02-01", "to a merged one");
        content.relations = vec![relation(RelationKind::Follows, &goes)];
        let event = store.create_event(&content, change).await.unwrap();
        assert_eq!(event.content.relations[0].to, last.id);
        let error = store
            .merge_event(last.id, last.id, change)
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("event {} cannot be merged into itself", last.id)
        );
        place
    }

    pub async fn a_relation_must_lead_to_an_event_on_record(store: Store, place: Place) -> Place {
        let author = author();
        let change = because(&author, "");
        let nobody = EventId::from_counter(77).unwrap();
        let mut content = draft("2024-01-01", "one");
        content.relations = vec![Relation {
            kind: RelationKind::Denies,
            to: nobody,
        }];
        let error = store.create_event(&content, change).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("expected an event on record, but the relation denies:{nobody} leads to none")
        );
        content.relations.clear();
        content.actors = vec![code("RURITANIA")];
        let error = store.create_event(&content, change).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected the code of a party on record, but found “RURITANIA”"
        );
        content.actors.clear();
        content.status = Status::Deleted;
        let error = store.create_event(&content, change).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected the status published, disputed or retracted, but found deleted"
        );
        content.status = Status::Published;
        let event = store.create_event(&content, change).await.unwrap();
        assert_eq!(event.id.counter(), 1, "failures use up no ids");
        content.relations = vec![relation(RelationKind::Follows, &event)];
        let error = store
            .update_event(event.id, 1, &content, change)
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("event {} cannot stand in a relation to itself", event.id)
        );
        place
    }

    pub async fn an_act_that_is_carried_out_is_fulfilled_until_the_act_is_deleted(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        let mut warning = draft("2024-01-01", "warns");
        warning.kind = Kind::Warning;
        let warning = store.create_event(&warning, change).await.unwrap();
        assert_eq!(warning.follow_through, Some(FollowThrough::Pending));
        let mut act = draft("2024-02-01", "acts");
        act.relations = vec![relation(RelationKind::CarriesOut, &warning)];
        let act = store.create_event(&act, change).await.unwrap();
        let after = found(&store, warning.id).await;
        assert_eq!(after.follow_through, Some(FollowThrough::Fulfilled));
        assert_eq!(after.follow_through_event, Some(act.id));
        assert_eq!(after.revision, 1);
        let now = TimelineFilter {
            as_of: Some(store.clock().now()),
            ..TimelineFilter::default()
        };
        let past = store.timeline(&now).await.unwrap();
        assert_eq!(
            past,
            store.timeline(&TimelineFilter::default()).await.unwrap()
        );
        store.delete_event(act.id, 1, change).await.unwrap();
        let after = found(&store, warning.id).await;
        assert_eq!(
            (after.follow_through, after.follow_through_event),
            (Some(FollowThrough::Pending), None)
        );
        let past = store.timeline(&now).await.unwrap();
        assert_eq!(
            past,
            store.timeline(&TimelineFilter::default()).await.unwrap()
        );
        place
    }

    pub async fn an_announced_act_lapses_when_its_term_has_passed(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let mut visit = draft("2025-05-20", "will visit");
        visit.modality = Modality::Announced;
        let visit = store
            .create_event(&visit, because(&author, ""))
            .await
            .unwrap();
        assert_eq!(visit.follow_through, Some(FollowThrough::Pending));
        assert_eq!(store.refresh_follow_through().await.unwrap(), 0);
        let later = place.open_at("2025-07-01T00:00:00Z").await;
        assert_eq!(later.refresh_follow_through().await.unwrap(), 1);
        assert_eq!(
            found(&later, visit.id).await.follow_through,
            Some(FollowThrough::Lapsed)
        );
        assert_eq!(later.refresh_follow_through().await.unwrap(), 0);
        assert_eq!(
            later.follow_through_counts().await.unwrap(),
            [
                (FollowThrough::Pending, 0),
                (FollowThrough::Fulfilled, 0),
                (FollowThrough::Partly, 0),
                (FollowThrough::Lapsed, 1)
            ]
        );
        let then = TimelineFilter {
            as_of: Some(store.clock().now()),
            ..TimelineFilter::default()
        };
        let past = later.timeline(&then).await.unwrap();
        assert_eq!(past.events[0].follow_through, Some(FollowThrough::Pending));
        later.close().await;
        place
    }

    pub async fn a_longer_grace_makes_what_lapsed_pending_again(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let mut visit = draft("2025-04-20", "will visit");
        visit.modality = Modality::Announced;
        let id = store
            .create_event(&visit, because(&author, ""))
            .await
            .unwrap()
            .id;
        assert_eq!(
            found(&store, id).await.follow_through,
            Some(FollowThrough::Lapsed)
        );
        visit.judgement = Some(FollowThrough::Lapsed);
        let judged = store
            .create_event(&visit, because(&author, ""))
            .await
            .unwrap()
            .id;
        let mut patient = place.settings.clone();
        patient.follow_through_grace_days = 60;
        let patient = Store::open(&patient, store.clock().clone()).await.unwrap();
        assert_eq!(patient.refresh_follow_through().await.unwrap(), 1);
        assert_eq!(
            found(&patient, id).await.follow_through,
            Some(FollowThrough::Pending)
        );
        assert_eq!(
            found(&patient, judged).await.follow_through,
            Some(FollowThrough::Lapsed)
        );
        assert_eq!(store.refresh_follow_through().await.unwrap(), 1);
        patient.close().await;
        place
    }

    pub async fn what_is_only_announced_or_was_retracted_carries_nothing_out(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let change = because(&author, "");
        let mut pledge = draft("2024-01-01", "promises aid");
        pledge.kind = Kind::Pledge;
        let pledge = store.create_event(&pledge, change).await.unwrap();
        let mut aid = draft("2024-02-01", "approves aid");
        aid.kind = Kind::Transfer;
        aid.modality = Modality::Announced;
        aid.relations = vec![relation(RelationKind::CarriesOut, &pledge)];
        let aid = store.create_event(&aid, change).await.unwrap();
        let state = async || {
            let event = found(&store, pledge.id).await;
            (event.follow_through, event.follow_through_event)
        };
        let pending = (Some(FollowThrough::Pending), None);
        assert_eq!(state().await, pending);
        let mut done = aid.content.clone();
        done.modality = Modality::Occurred;
        store.update_event(aid.id, 1, &done, change).await.unwrap();
        assert_eq!(
            state().await,
            (Some(FollowThrough::Fulfilled), Some(aid.id))
        );
        let mut partly = pledge.content.clone();
        partly.judgement = Some(FollowThrough::Partly);
        store
            .update_event(pledge.id, 1, &partly, change)
            .await
            .unwrap();
        assert_eq!(state().await, (Some(FollowThrough::Partly), Some(aid.id)));
        partly.judgement = None;
        store
            .update_event(pledge.id, 2, &partly, change)
            .await
            .unwrap();
        done.status = Status::Retracted;
        store.update_event(aid.id, 2, &done, change).await.unwrap();
        assert_eq!(state().await, pending);
        place
    }

    pub async fn one_failure_in_many_leaves_nothing_behind(store: Store, place: Place) -> Place {
        let author = author();
        let mut bad = draft("2024-01-02", "bad");
        bad.targets = vec![code("RURITANIA")];
        bad.sources = vec![source("https://example.org/never", "Reuters")];
        let events = vec![draft("2024-01-01", "good").into(), bad.into()];
        store
            .create_events(events, because(&author, ""))
            .await
            .unwrap_err();
        assert!(store.is_empty().await.unwrap());
        assert_eq!(count(&store, TimelineFilter::default()).await, 0);
        assert!(store.history(None, 10).await.unwrap().is_empty());
        place
    }

    pub async fn given_ids_are_kept_and_new_ones_come_after_them(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let given = EventId::from_counter(40).unwrap();
        let mut first = NewEvent::from(draft("2024-01-01", "first"));
        first.draft.relations = vec![Relation {
            kind: RelationKind::PartOf,
            to: given,
        }];
        let mut second = NewEvent::from(draft("2024-01-01", "second"));
        second.id = Some(given);
        second.revision = Some(7);
        second.created_at = Some("2020-01-01T00:00:00Z".parse().unwrap());
        second.updated_at = Some("2021-01-01T00:00:00Z".parse().unwrap());
        let created = store
            .create_events(vec![first, second.clone()], because(&author, "import"))
            .await
            .unwrap();
        assert_eq!(created[0].id.counter(), 41);
        assert_eq!(created[0].content.relations[0].to, given);
        let kept = found(&store, given).await;
        assert_eq!(
            (kept.revision, Some(kept.created_at), Some(kept.updated_at)),
            (7, second.created_at, second.updated_at)
        );
        place
    }

    pub async fn sources_of_one_owner_count_once(store: Store, place: Place) -> Place {
        let author = author();
        let mut content = draft("2024-01-01", "one");
        content.sources = vec![source("https://example.org/a", "The Times")];
        let event = store
            .create_event(&content, because(&author, ""))
            .await
            .unwrap();
        let with = async |url: &str, publisher: &str| {
            store
                .add_source(event.id, &source(url, publisher), because(&author, ""))
                .await
                .unwrap()
        };
        let after = with("https://example.org/b", "The Wall Street Journal").await;
        assert_eq!((after.source_count, after.independent_sources), (2, 1));
        let after = with("https://tass.com/c", "").await;
        assert_eq!((after.source_count, after.independent_sources), (3, 2));
        assert_eq!(after.revision, 3);
        let again = with("https://tass.com/c", "").await;
        assert_eq!(again.revision, 3);
        place
    }

    pub async fn the_record_looks_as_it_did_then(store: Store, place: Place) -> Place {
        let author = author();
        let change = because(&author, "");
        let kept = store
            .create_event(&draft("2024-01-01", "kept"), change)
            .await
            .unwrap();
        let gone = store
            .create_event(&draft("2024-01-02", "gone"), change)
            .await
            .unwrap();
        let before = store.timeline(&TimelineFilter::default()).await.unwrap();
        let later = place.open_at("2025-06-02T00:00:00Z").await;
        later.delete_event(gone.id, 1, change).await.unwrap();
        later
            .update_event(kept.id, 1, &draft("2023-05", "changed"), change)
            .await
            .unwrap();
        later
            .create_event(&draft("2024-03-01", "new"), change)
            .await
            .unwrap();
        let then = |instant: &str| TimelineFilter {
            as_of: Some(instant.parse().unwrap()),
            ..TimelineFilter::default()
        };
        assert_eq!(
            later.timeline(&then("2025-06-01T12:00:00Z")).await.unwrap(),
            before
        );
        assert_eq!(later.count(&then("2025-06-01T11:59:59Z")).await.unwrap(), 0);
        assert_eq!(
            later.timeline(&then("2025-06-02T00:00:00Z")).await.unwrap(),
            later.timeline(&TimelineFilter::default()).await.unwrap()
        );
        later.close().await;
        place
    }

    pub async fn every_change_tells_who_when_and_why(store: Store, place: Place) -> Place {
        let author = author();
        let event = store
            .create_event(&draft("2024-01-01", "one"), because(&author, "found"))
            .await
            .unwrap();
        let second = store
            .update_event(
                event.id,
                1,
                &draft("2024-01-01", "two"),
                because(&author, "typo"),
            )
            .await
            .unwrap();
        store
            .delete_event(event.id, 2, because(&author, "wrong"))
            .await
            .unwrap();
        let revisions = store.revisions(event.id).await.unwrap();
        let told: Vec<_> = revisions
            .iter()
            .map(|r| (r.revision, r.action, r.author.as_str(), r.reason.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (3, RevisionAction::Deleted, "kim", "wrong"),
                (2, RevisionAction::Updated, "kim", "typo"),
                (1, RevisionAction::Created, "kim", "found"),
            ]
        );
        assert_eq!(revisions[0].event_after(), None);
        assert_eq!(revisions[1].event_before(), Some(event));
        assert_eq!(revisions[1].event_after(), Some(second));
        assert_eq!(revisions[2].before, None);
        let history = store.history(Some(revisions[0].id), 1).await.unwrap();
        assert_eq!(history, [revisions[1].clone()]);
        place
    }

    pub async fn a_chain_holds_all_that_is_linked(store: Store, place: Place) -> Place {
        let author = author();
        let change = because(&author, "");
        let mut previous: Option<Event> = None;
        let mut ids = Vec::new();
        for day in 1..=5 {
            let mut content = draft(&format!("2024-01-0{day}"), "link");
            content.relations = previous
                .iter()
                .map(|event| relation(RelationKind::Follows, event))
                .collect();
            let event = store.create_event(&content, change).await.unwrap();
            ids.push(event.id);
            previous = Some(event);
        }
        store
            .create_event(&draft("2024-01-03", "alone"), change)
            .await
            .unwrap();
        let chain = store.chain(ids[2]).await.unwrap();
        assert_eq!(chain.iter().map(|event| event.id).collect::<Vec<_>>(), ids);
        place
    }

    pub async fn what_was_acknowledged_is_there_after_reopening(
        store: Store,
        place: Place,
    ) -> Place {
        let author = author();
        let event = store
            .create_event(&random_draft(&mut random(8)), because(&author, ""))
            .await
            .unwrap();
        // a second program on the same database sees it before the first has closed
        let other = place.open_at(crate::engine::NOW).await;
        assert_eq!(found(&other, event.id).await, event);
        other.close().await;
        place
    }

    pub async fn writers_at_once_take_turns(store: Store, place: Place) -> Place {
        let event = store
            .create_event(&draft("2024-01-01", "one"), because(&author(), ""))
            .await
            .unwrap();
        let mut tasks = Vec::new();
        for number in 0..8 {
            let store = store.clone();
            tasks.push(tokio::spawn(async move {
                let author = author();
                let change = because(&author, "");
                let headline = format!("edit {number}");
                let edited = store
                    .update_event(event.id, 1, &draft("2024-01-01", &headline), change)
                    .await;
                store
                    .create_event(&draft("2024-01-02", &headline), change)
                    .await
                    .unwrap();
                edited.is_ok()
            }));
        }
        let mut won = 0;
        for task in tasks {
            won += i32::from(task.await.unwrap());
        }
        assert_eq!(won, 1);
        assert_eq!(count(&store, TimelineFilter::default()).await, 9);
        let ids: Vec<i64> = store
            .timeline(&TimelineFilter::default())
            .await
            .unwrap()
            .events
            .iter()
            .map(|event| event.id.counter())
            .collect();
        assert_eq!(ids, (1..=9).rev().collect::<Vec<_>>());
        place
    }
}
