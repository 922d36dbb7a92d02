//! Servers and feeds that mean harm, or do it without meaning to; and what each is told as.

use std::{fmt::Write as _, time::Duration};

use chrono::NaiveDate;
use demarche::{
    config::FetchAllow,
    ingest::{
        Given,
        document::{Contents, Document},
        feed,
        fetch::{FetchSettings, Fetcher, Later},
        poll::{Tried, ask, try_feed},
        queue::{QueueSettings, handle},
    },
    store::{
        feed::{Feed, FeedCare, Polling},
        job::{Destination, Job, JobPayload, JobState},
    },
};

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

fn fetcher(server: &Server) -> Fetcher {
    Fetcher::new(FetchSettings {
        max_bytes: 1_048_576,
        timeout: Duration::from_secs(3),
        allow: FetchAllow::Only(vec![server.authority.clone()]),
        contact: String::new(),
        gap: Duration::ZERO,
    })
    .unwrap()
}

fn with(status: &'static str, headers: &[&str], body: &[u8]) -> Answer {
    let headers = headers.iter().map(|header| (*header).to_owned()).collect();
    Answer::Whole(status, headers, body.to_vec())
}

async fn add(desk: &Desk, server: &Server, path: &str) -> Feed {
    let id = desk
        .store()
        .add_feed(&server.at(path), &FeedCare::default(), &author())
        .await
        .unwrap();
    desk.store().feed(id).await.unwrap().unwrap()
}

async fn asked(desk: &Desk, feed: &Feed) -> Feed {
    ask(&desk.ingester, feed, SETTINGS).await.unwrap();
    desk.store().feed(feed.id).await.unwrap().unwrap()
}

#[tokio::test]
async fn broken_gzip_and_half_answers_are_told_and_tried_again() {
    let server = Server::start(|path| match path {
        "/gzip" => Some(with(
            "200 OK",
            &["Content-Type: text/html", "Content-Encoding: gzip"],
            b"\x1f\x8b\x08\x00nonsense, not a stream",
        )),
        "/plain" => Some(with(
            "200 OK",
            &["Content-Type: text/html", "Content-Encoding: gzip"],
            b"<p>No stream at all.",
        )),
        _ => None,
    });
    for path in ["/gzip", "/plain"] {
        let error = fetcher(&server).fetch(&server.at(path)).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the answer of 127.0.0.1 breaks off or cannot be unpacked"
        );
        assert_eq!(error.later(), Later::Maybe(None));
    }
}

#[tokio::test]
async fn a_page_in_another_charset_than_its_server_says_is_read_by_its_bytes() {
    let text = "<!doctype html><html lang=en><head><meta charset=windows-1251><meta property=article:published_time \
                content=2024-09-10T09:00:00Z><title>Envoys leave Łódź</title></head><body><article><h1>Envoys leave Łódź</h1>\
                <p>Britain expelled two Russian diplomats on Monday, the café owner in Łódź said.</p></article></body></html>";
    let server = Server::start(move |path| {
        (path == "/a").then(|| Answer::page("text/html; charset=iso-8859-1", text))
    });
    let desk = Desk::open().await;
    let handled = desk
        .ingester
        .address(
            &server.at("/a"),
            &Given::default(),
            Destination::Review,
            &author(),
        )
        .await;
    let done = handled[0].outcome.as_ref().unwrap();
    let article = desk.store().article(done.article).await.unwrap().unwrap();
    assert_eq!(article.content.title, "Envoys leave Łódź");
    assert!(
        article.content.text.contains("café"),
        "{}",
        article.content.text
    );
}

#[tokio::test]
async fn a_feed_that_is_busy_is_put_off_as_it_says_and_one_that_is_gone_is_paused() {
    let server = Server::start(|path| match path {
        "/busy" => Some(with("429 Too Many Requests", &["Retry-After: 7200"], b"")),
        "/gone" => Some(Answer::status("410 Gone")),
        "/same" => Some(with("304 Not Modified", &[], b"")),
        _ => None,
    });
    let desk = Desk::open().await;
    let now = desk.store().clock().now();
    let busy = asked(&desk, &add(&desk, &server, "/busy").await).await;
    assert_eq!(
        busy.last_error,
        format!(
            "127.0.0.1 answered 429 Too Many Requests for {}; it wants to be asked less often",
            server.at("/busy")
        )
    );
    assert!(
        busy.next_fetch >= now.plus_seconds(7_200),
        "{}",
        busy.next_fetch
    );
    assert_eq!((busy.failures, busy.polling), (1, Polling::On));
    let again = asked(&desk, &busy).await;
    assert_eq!(again.failures, 2);
    let gone = asked(&desk, &add(&desk, &server, "/gone").await).await;
    assert_eq!(gone.polling, Polling::Paused);
    assert!(
        gone.last_error.ends_with("; it was taken away for good"),
        "{}",
        gone.last_error
    );
    let same = asked(&desk, &add(&desk, &server, "/same").await).await;
    assert_eq!((same.last_error.as_str(), same.failures), ("", 0));
    let missing = asked(&desk, &add(&desk, &server, "/missing").await).await;
    assert!(
        missing.last_error.ends_with("; the link may have moved"),
        "{}",
        missing.last_error
    );
}

#[tokio::test]
async fn a_feeds_pages_are_fetched_as_robots_txt_allows() {
    let page = format!(
        "<html lang=en><head><meta property='article:published_time' content='2024-09-10T09:00:00+01:00'></head><body><h1>Britain \
         expels two Russian diplomats</h1><p>{}</p></body></html>",
        ARTICLE.lines().nth(3).unwrap()
    );
    let server = Server::start(move |path| match path {
        "/robots.txt" => Some(Answer::page(
            "text/plain",
            "User-agent: demarche\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n",
        )),
        "/open" | "/private/a" => Some(Answer::page("text/html; charset=utf-8", page.clone())),
        _ => None,
    });
    let desk = Desk::open().await;
    let feed = add(&desk, &server, "/rss").await;
    let read = async |path: &str| -> Job {
        let payload = JobPayload::FeedItem {
            feed: feed.id,
            url: server.at(path),
            title: String::new(),
            published: None,
            source: String::new(),
            text: String::new(),
            byline: String::new(),
            feed_title: String::new(),
        };
        let id = desk.store().enqueue(&payload, &author()).await.unwrap();
        let job = desk.store().take_job(60, 3).await.unwrap().unwrap();
        handle(&desk.ingester, &job, SETTINGS).await.unwrap();
        desk.store().job(id).await.unwrap().unwrap()
    };
    assert_eq!(read("/open").await.state, JobState::Done);
    let refused = read("/private/a").await;
    assert_eq!(
        (refused.state, refused.error),
        (
            JobState::Failed,
            format!(
                "127.0.0.1 asks programs not to fetch {} (its robots.txt); paste the article’s text instead",
                server.at("/private/a")
            )
        )
    );
    let robots = |head: &&String| head.starts_with("GET /robots.txt ");
    assert_eq!(
        server.asked().iter().filter(robots).count(),
        1,
        "asked once an hour"
    );
    // what an editor asks for by hand is fetched
    assert!(
        desk.ingester
            .fetcher()
            .fetch(&server.at("/private/a"))
            .await
            .is_ok()
    );
    let counts = desk.store().feed(feed.id).await.unwrap().unwrap();
    assert_eq!((counts.items_new, counts.items_failed), (1, 1));
}

#[tokio::test]
async fn a_host_whose_robots_txt_fails_is_left_alone_for_now() {
    let server = Server::start(|path| {
        (path == "/robots.txt").then(|| with("503 Service Unavailable", &["Retry-After: 600"], b""))
    });
    let error = fetcher(&server)
        .fetch_as_robot(&server.at("/a"))
        .await
        .unwrap_err();
    assert_eq!(error.later(), Later::Maybe(Some(600)));
    assert!(
        error.to_string().starts_with(
            "the robots.txt of 127.0.0.1 cannot be had, so its pages are left alone for now: "
        ),
        "{error}"
    );
}

#[test]
fn a_feed_of_a_hundred_thousand_entries_is_read_as_far_as_it_is_useful() {
    let mut items = String::new();
    for number in 0..100_000 {
        let _ = write!(
            items,
            "<item><title>T</title><link>https://example.org/{number}</link></item>"
        );
    }
    let rss =
        format!("<rss version=\"2.0\"><channel><title>Endless</title>{items}</channel></rss>");
    let read = feed::read(rss.as_bytes(), None).unwrap();
    assert_eq!(read.entries.len(), 1_000);
    assert_eq!(read.entries[0].url, "https://example.org/0");
}

#[test]
fn entities_are_not_expanded_and_odd_dates_and_markup_in_titles_do_no_harm() {
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">");
    for (one, many) in [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f")] {
        let expanded = format!("&{one};").repeat(20);
        let _ = write!(bomb, "<!ENTITY {many} \"{expanded}\">");
    }
    bomb.push_str("]><rss version=\"2.0\"><channel><title>&f;</title><item><title>&f;</title><link>https://example.org/a</link></item></channel></rss>");
    if let Ok(read) = feed::read(bomb.as_bytes(), None) {
        assert!(read.title.len() < 100, "{} bytes", read.title.len());
    }
    let odd = "<rss version=\"2.0\"><channel><title>Odd</title>\
        <item><title>&lt;img src=x onerror=alert(1)&gt;Envoys &lt;b&gt;leave&lt;/b&gt;</title><link>javascript:alert(1)</link>\
        <pubDate>Mon, 00 Jan 0000 00:00:00 GMT</pubDate><description>Short.</description></item>\
        <item><title>Two</title><link>https://example.org/b</link><pubDate>Fri, 99 Foo 99999 99:99:99 +9999</pubDate></item></channel></rss>";
    let read = feed::read(odd.as_bytes(), None).unwrap();
    assert_eq!(read.entries[0].title, "Envoys leave");
    assert_eq!(read.entries[0].url, "", "no address of the web");
    let days: Vec<Option<NaiveDate>> = read.entries.iter().map(|entry| entry.published).collect();
    assert_eq!(days, [None, None]);
}

#[tokio::test]
async fn a_page_where_a_feed_should_be_names_its_feed() {
    let server = Server::start(|path| match path {
        "/" => Some(Answer::page(
            "text/html",
            "<html><head><link rel=alternate type=application/rss+xml href=/rss></head><body>News",
        )),
        "/rss" => Some(Answer::page(
            "application/rss+xml",
            "<rss version=\"2.0\"><channel><title>Wire</title></channel></rss>",
        )),
        _ => None,
    });
    let desk = Desk::open().await;
    assert_eq!(
        try_feed(&desk.ingester, &server.at("/")).await,
        Tried::Failed(format!(
            "expected an RSS, Atom or JSON feed, but found a web page; it names {}",
            server.at("/rss")
        ))
    );
    let Tried::Read(read) = try_feed(&desk.ingester, &server.at("/rss")).await else {
        panic!("a feed");
    };
    assert_eq!(read.title, "Wire");
}

#[tokio::test]
async fn the_address_that_a_page_calls_its_own_is_the_one_on_record() {
    let desk = Desk::open().await;
    let page = |own: &str| {
        format!(
            "<!doctype html><html lang=en><head><link rel=canonical href=\"{own}\"></head><body><h1>Envoys leave</h1>\
             <p>10 September 2024</p><p>Britain expelled two Russian diplomats on Monday.</p></body></html>"
        )
    };
    for (own, expected) in [
        (
            "https://example.org/news/7?utm_source=y",
            "https://example.org/news/7",
        ),
        ("https://elsewhere.example/7", "https://www.example.org/a"),
        ("https://www.example.org/", "https://www.example.org/a"),
    ] {
        let document = Document {
            bytes: page(own).into_bytes(),
            address: Some("https://m.example.org/a?utm_source=x".parse().unwrap()),
            ..Document::default()
        };
        let contents = desk.ingester.contents(document, &Given::default()).await;
        let Contents::Article(article) = contents.unwrap() else {
            panic!("an article");
        };
        assert_eq!(article.url, expected, "{own}");
    }
}
