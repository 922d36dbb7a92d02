//! The ingest queue and the feeds.

use demarche::{
    domain::id::JobId,
    store::{
        Author, Store, StoreError,
        feed::{FeedAnswer, FeedCare, Polling},
        job::{Destination, End, JobCounts, JobOutcome, JobPayload, JobState, Then},
    },
};

use crate::engine::{Place, on_both};

on_both! {
    jobs_are_taken_in_order_and_once,
    a_failed_job_waits_for_its_next_attempt_or_is_given_up,
    a_job_whose_worker_died_is_taken_again_and_in_the_end_parked,
    a_due_feed_is_taken_once_and_its_answer_kept,
    a_paused_feed_is_not_asked_until_it_is_resumed,
}

fn author() -> Author {
    Author("kim".to_owned())
}

fn care(title: &str, publisher: &str) -> FeedCare {
    FeedCare {
        title: title.to_owned(),
        publisher: publisher.to_owned(),
        trust: None,
    }
}

fn fetch(url: &str) -> JobPayload {
    JobPayload::Url {
        url: url.to_owned(),
        published: Some("2024-09-10".parse().unwrap()),
        source: String::new(),
        destination: Destination::Review,
    }
}

mod run {
    use super::*;

    pub async fn jobs_are_taken_in_order_and_once(store: Store, place: Place) -> Place {
        let payloads = [
            fetch("https://example.org/1"),
            fetch("https://example.org/2"),
        ];
        let ids = store.enqueue_all(&payloads, &author()).await.unwrap();
        assert_eq!(ids, [JobId(1), JobId(2)]);
        let first = store.take_job(60, 5).await.unwrap().unwrap();
        assert_eq!(
            (first.id, &first.payload, first.state, first.attempts),
            (ids[0], &payloads[0], JobState::Running, 1)
        );
        assert_eq!(store.take_job(60, 5).await.unwrap().unwrap().id, ids[1]);
        assert_eq!(store.take_job(60, 5).await.unwrap(), None);
        let end = End {
            outcome: JobOutcome::New,
            article: None,
            candidates: 3,
        };
        store.finish_job(first.claim(), end).await.unwrap();
        let done = store.job(ids[0]).await.unwrap().unwrap();
        assert_eq!(
            (done.state, done.events, done.author.as_str()),
            (JobState::Done, 3, "kim")
        );
        let counts = JobCounts {
            running: 1,
            done: 1,
            ..JobCounts::default()
        };
        assert_eq!(store.job_counts().await.unwrap(), counts);
        let recent: Vec<JobId> = store
            .recent_jobs(10)
            .await
            .unwrap()
            .iter()
            .map(|job| job.id)
            .collect();
        assert_eq!(recent, [ids[1], ids[0]]);
        place
    }

    pub async fn a_failed_job_waits_for_its_next_attempt_or_is_given_up(
        store: Store,
        place: Place,
    ) -> Place {
        let id = store
            .enqueue(&fetch("https://example.org/1"), &author())
            .await
            .unwrap();
        let now = store.clock().now();
        let first = store.take_job(60, 5).await.unwrap().unwrap();
        let then = Then::Again(now.plus_seconds(30));
        store
            .fail_job(first.claim(), "the server answered 503", then)
            .await
            .unwrap();
        assert_eq!(store.take_job(60, 5).await.unwrap(), None);
        let later = place.open_at("2025-06-01T12:00:30Z").await;
        let again = later.take_job(60, 5).await.unwrap().unwrap();
        assert_eq!(
            (again.id, again.attempts, again.error.as_str()),
            (id, 2, "the server answered 503")
        );
        later
            .fail_job(again.claim(), "the server answered 404", Then::GiveUp)
            .await
            .unwrap();
        assert_eq!(
            later.job(id).await.unwrap().unwrap().state,
            JobState::Failed
        );
        assert_eq!(later.take_job(60, 5).await.unwrap(), None);
        later.retry_job(id).await.unwrap();
        assert_eq!(later.take_job(60, 5).await.unwrap().unwrap().attempts, 1);
        assert!(matches!(
            later.retry_job(id).await,
            Err(StoreError::NotFound)
        ));
        later.close().await;
        place
    }

    pub async fn a_job_whose_worker_died_is_taken_again_and_in_the_end_parked(
        store: Store,
        place: Place,
    ) -> Place {
        let id = store
            .enqueue(&fetch("https://example.org/1"), &author())
            .await
            .unwrap();
        let first = store.take_job(60, 2).await.unwrap().unwrap();
        assert!(store.keep_job(first.claim(), 60).await.unwrap());
        let later = place.open_at("2025-06-01T12:01:01Z").await;
        assert_eq!(later.take_job(60, 2).await.unwrap().unwrap().attempts, 2);
        later.close().await;
        // whoever had it before can change nothing any more
        assert!(!store.keep_job(first.claim(), 60).await.unwrap());
        let ended = store.finish_job(first.claim(), End::default()).await;
        assert_eq!(
            ended.unwrap_err().to_string(),
            "job 1 was given to another worker meanwhile"
        );
        let last = place.open_at("2025-06-01T12:02:02Z").await;
        assert_eq!(last.take_job(60, 2).await.unwrap(), None);
        let parked = last.job(id).await.unwrap().unwrap();
        assert_eq!(
            (parked.state, parked.error.as_str()),
            (
                JobState::Parked,
                "it was begun 2 times and never finished: reading it may end the program"
            )
        );
        last.close().await;
        place
    }

    pub async fn a_due_feed_is_taken_once_and_its_answer_kept(store: Store, place: Place) -> Place {
        let url = "https://example.org/feed.xml";
        let id = store
            .add_feed(url, &care("", "Example Wire"), &author())
            .await
            .unwrap();
        let Err(StoreError::Refused(sentence)) =
            store.add_feed(url, &care("", ""), &author()).await
        else {
            panic!("a feed was added twice");
        };
        assert_eq!(
            sentence,
            "the feed https://example.org/feed.xml is on record already"
        );
        assert_eq!(store.take_due_feed(60).await.unwrap().unwrap().id, id);
        assert_eq!(store.take_due_feed(60).await.unwrap(), None);
        let answer = FeedAnswer {
            next_fetch: store.clock().now().plus_seconds(1_800),
            title: "World".to_owned(),
            etag: "\"7\"".to_owned(),
            last_modified: String::new(),
            error: String::new(),
            polling: Polling::On,
        };
        store.note_feed_answer(id, &answer).await.unwrap();
        store
            .note_feed_answer(
                id,
                &FeedAnswer {
                    title: String::new(),
                    ..answer
                },
            )
            .await
            .unwrap();
        let feed = store.feed(id).await.unwrap().unwrap();
        assert_eq!(
            (
                feed.title.as_str(),
                feed.publisher.as_str(),
                feed.etag.as_str()
            ),
            ("World", "Example Wire", "\"7\"")
        );
        assert_eq!(feed.last_fetched, Some(store.clock().now()));
        place
    }

    pub async fn a_paused_feed_is_not_asked_until_it_is_resumed(
        store: Store,
        place: Place,
    ) -> Place {
        let id = store
            .add_feed("https://example.org/feed.xml", &care("", ""), &author())
            .await
            .unwrap();
        store
            .keep_feed(id, &care("World", "Example Wire"))
            .await
            .unwrap();
        store.set_polling(id, Polling::Paused).await.unwrap();
        assert_eq!(store.take_due_feed(60).await.unwrap(), None);
        store.set_polling(id, Polling::On).await.unwrap();
        assert_eq!(
            store.take_due_feed(60).await.unwrap().unwrap().title,
            "World"
        );
        store.ask_feed_now(id).await.unwrap();
        assert!(store.take_due_feed(60).await.unwrap().is_some());
        store.remove_feed(id).await.unwrap();
        assert!(matches!(
            store.remove_feed(id).await,
            Err(StoreError::NotFound)
        ));
        assert_eq!(store.feeds().await.unwrap(), []);
        place
    }
}
