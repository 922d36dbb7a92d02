//! The queue and the feeds, worked as the server works them.

use std::time::Duration;

use demarche::{
    domain::id::JobId,
    ingest::{
        poll::ask,
        queue::{QueueSettings, handle, run},
    },
    store::{
        feed::FeedCare,
        job::{Destination, Job, JobPayload, JobState},
    },
};
use tokio::sync::watch;

use crate::{
    reading::{ARTICLE, Desk, author},
    server::{Answer, Server},
};

const SETTINGS: QueueSettings = QueueSettings {
    workers: 1,
    attempts: 3,
    lease_secs: 60,
    feed_minutes: 30,
};

fn of_url(url: String) -> JobPayload {
    JobPayload::Url {
        url,
        published: None,
        source: String::new(),
        destination: Destination::Review,
    }
}

fn of_text(text: &str) -> JobPayload {
    JobPayload::Text {
        text: text.to_owned(),
        url: "https://example.org/a".to_owned(),
        published: None,
        source: "Reuters".to_owned(),
        destination: Destination::Review,
    }
}

fn of(publisher: &str) -> FeedCare {
    FeedCare {
        publisher: publisher.to_owned(),
        ..FeedCare::default()
    }
}

async fn worked(desk: &Desk, payload: &JobPayload) -> Job {
    let id = desk.store().enqueue(payload, &author()).await.unwrap();
    let job = desk.store().take_job(60, 3).await.unwrap().unwrap();
    assert_eq!(job.id, id);
    handle(&desk.ingester, &job, SETTINGS).await.unwrap();
    desk.store().job(id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_job_ends_with_its_article_or_with_its_sentence() {
    let desk = Desk::open().await;
    let done = worked(&desk, &of_text(ARTICLE)).await;
    assert_eq!((done.state, done.error.as_str()), (JobState::Done, ""));
    assert!(done.events > 0);
    let article = desk
        .store()
        .article(done.article.unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(article.content.publisher, "Reuters");
    let failed = worked(&desk, &of_text("Envoys leave\n\nThey left.")).await;
    assert_eq!(
        (failed.state, failed.error.as_str()),
        (
            JobState::Failed,
            "no day of publication found in it; give one with --published"
        )
    );
}

#[tokio::test]
async fn what_may_pass_waits_for_another_attempt_and_what_will_not_is_given_up() {
    let desk = Desk::open().await;
    let server = Server::start(|path| {
        (path == "/busy").then_some(Answer::status("503 Service Unavailable"))
    });
    let busy = worked(&desk, &of_url(server.at("/busy"))).await;
    assert_eq!(
        (busy.state, busy.error.as_str()),
        (
            JobState::Queued,
            format!(
                "127.0.0.1 answered 503 Service Unavailable for {}; its server has trouble at the moment",
                server.at("/busy")
            )
            .as_str()
        )
    );
    assert!(busy.not_before > busy.created_at);
    let gone = worked(&desk, &of_url(server.at("/gone"))).await;
    assert_eq!(gone.state, JobState::Failed);
}

#[tokio::test]
async fn a_feed_puts_each_new_entry_into_the_queue_once() {
    let desk = Desk::open().await;
    let items = [1, 2].map(|number| {
        format!("<item><title>T{number}</title><link>https://example.org/{number}</link></item>")
    });
    let items = items.concat();
    let rss =
        format!("<rss version=\"2.0\"><channel><title>Example Wire</title>{items}</channel></rss>");
    let server = Server::start(move |path| match path {
        "/rss" => Some(Answer::page("application/rss+xml", rss.clone())),
        "/html" => Some(Answer::page("text/html", "<p>Hello")),
        _ => None,
    });
    let store = desk.store();
    store
        .add_feed(&server.at("/rss"), &of("Reuters"), &author())
        .await
        .unwrap();
    let feed = store.take_due_feed(60).await.unwrap().unwrap();
    for _ in 0..3 {
        ask(&desk.ingester, &feed, SETTINGS).await.unwrap();
    }
    let jobs = store.recent_jobs(10).await.unwrap();
    let urls: Vec<&str> = jobs.iter().map(|job| job.payload.url()).collect();
    assert_eq!(
        urls,
        ["https://example.org/1", "https://example.org/2"],
        "newest job first, oldest entry first"
    );
    let asked = store.feed(feed.id).await.unwrap().unwrap();
    assert_eq!(
        (asked.title.as_str(), asked.last_error.as_str()),
        ("Example Wire", "")
    );
    assert!(asked.next_fetch > asked.created_at);
    store
        .add_feed(&server.at("/html"), &of(""), &author())
        .await
        .unwrap();
    let feed = store.take_due_feed(60).await.unwrap().unwrap();
    ask(&desk.ingester, &feed, SETTINGS).await.unwrap();
    let error = store.feed(feed.id).await.unwrap().unwrap().last_error;
    assert!(
        error.starts_with("expected an RSS, Atom or JSON feed"),
        "{error}"
    );
}

#[tokio::test]
async fn the_workers_stop_when_they_are_told_to_after_what_is_in_hand() {
    let desk = Desk::open().await;
    let id: JobId = desk
        .store()
        .enqueue(&of_text(ARTICLE), &author())
        .await
        .unwrap();
    let (stop, told) = watch::channel(false);
    let workers = tokio::spawn(run(desk.ingester.clone(), SETTINGS, told));
    for _ in 0..200 {
        if desk.store().job(id).await.unwrap().unwrap().state == JobState::Done {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(
        desk.store().job(id).await.unwrap().unwrap().state,
        JobState::Done
    );
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(5), workers)
        .await
        .unwrap()
        .unwrap();
}
