//! From a document to the record: what is new, what is known, what is refused, and that evidence is the article's own words.

use std::time::Duration;

use chrono::NaiveDate;
use demarche::{
    config::FetchAllow,
    domain::clock::{Clock, Timestamp},
    ingest::{
        Document, Done, Given, Handled, Ingester, Status,
        fetch::{FetchSettings, Fetcher},
    },
    store::{Author, Store, StoreSettings, job::Destination},
};
use tempfile::TempDir;

use crate::server::{Answer, Server};

/// A record of its own, and an ingester into it that may fetch everywhere.
pub struct Desk {
    pub ingester: Ingester,
    _folder: TempDir,
}

impl Desk {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("desk.db").display());
        let now: Timestamp = "2024-09-20T12:00:00Z".parse().unwrap();
        let store = Store::open(&StoreSettings::of(url), Clock::fixed(now))
            .await
            .unwrap();
        let fetcher = Fetcher::new(FetchSettings {
            timeout: Duration::from_secs(5),
            allow: FetchAllow::All,
            gap: Duration::ZERO,
            ..FetchSettings::default()
        })
        .unwrap();
        Self {
            ingester: Ingester::new(store, fetcher),
            _folder: folder,
        }
    }

    pub fn store(&self) -> &Store {
        self.ingester.store()
    }

    async fn read(&self, document: Document, given: &Given, to: Destination) -> Handled {
        let mut handled = self
            .ingester
            .document("paste", document, given, to, &author())
            .await;
        assert_eq!(handled.len(), 1);
        handled.remove(0)
    }

    async fn paste(&self, text: &str) -> Result<Done, String> {
        self.read(document(text), &Given::default(), Destination::Review)
            .await
            .outcome
            .map_err(|error| error.to_string())
    }
}

pub fn author() -> Author {
    Author("command line".to_owned())
}

pub fn document(text: &str) -> Document {
    Document {
        bytes: text.as_bytes().to_vec(),
        ..Document::default()
    }
}

pub const ARTICLE: &str = "Britain expels two Russian diplomats\nSeptember 10, 2024\n\n\
    Britain expelled two Russian diplomats on Tuesday after a court found that the embassy had hidden a parcel. \
    Russia denied the charge and warned that it would answer in kind.\n";

#[tokio::test]
async fn the_same_article_twice_changes_nothing() {
    let desk = Desk::open().await;
    let first = desk.paste(ARTICLE).await.unwrap();
    assert_eq!(first.status, Status::New);
    assert!(first.events > 0);
    let waiting = desk.store().waiting_count().await.unwrap();
    let again = desk.paste(&ARTICLE.replace('\n', "\r\n")).await.unwrap();
    assert_eq!(
        again,
        Done {
            article: first.article,
            status: Status::Known,
            events: 0
        }
    );
    assert_eq!(desk.store().waiting_count().await.unwrap(), waiting);
}

#[tokio::test]
async fn evidence_is_the_articles_own_words_at_its_bytes() {
    let desk = Desk::open().await;
    let done = desk
        .paste(&format!("\u{feff}Café – {ARTICLE}"))
        .await
        .unwrap();
    let article = desk.store().article(done.article).await.unwrap().unwrap();
    let candidates = desk.store().candidates_of(done.article).await.unwrap();
    assert_eq!(candidates.len(), done.events);
    assert_eq!(article.content.text, format!("Café – {ARTICLE}"));
    for span in candidates.iter().flat_map(|candidate| &candidate.spans) {
        let range = usize::try_from(span.start).unwrap()..usize::try_from(span.end).unwrap();
        assert_eq!(article.content.text.get(range), Some(span.text.as_str()));
    }
}

#[tokio::test]
async fn a_changed_text_under_a_known_address_is_known_and_waits_as_a_new_version() {
    let desk = Desk::open().await;
    let at = |text: &str| Document {
        address: Some("https://example.org/a?utm_source=x".parse().unwrap()),
        ..document(text)
    };
    let given = Given::default();
    let first = desk
        .read(at(ARTICLE), &given, Destination::Review)
        .await
        .outcome
        .unwrap();
    let changed = format!("{ARTICLE}\nFrance expelled a Russian diplomat on Wednesday.\n");
    let second = desk
        .read(at(&changed), &given, Destination::Timeline)
        .await
        .outcome
        .unwrap();
    assert_eq!(second.status, Status::Changed);
    assert_ne!(second.article, first.article);
    let article = desk.store().article(second.article).await.unwrap().unwrap();
    assert_eq!(
        (article.version, article.content.url.as_str()),
        (2, "https://example.org/a")
    );
    assert_eq!(
        desk.store()
            .candidates_of(second.article)
            .await
            .unwrap()
            .len(),
        second.events,
        "they wait, though the timeline was asked for"
    );
    assert!(
        desk.store().is_empty().await.unwrap()
            || desk
                .store()
                .article_events(second.article)
                .await
                .unwrap()
                .is_empty()
    );
}

#[tokio::test]
async fn publishing_adds_a_source_to_an_event_on_record_and_makes_the_others() {
    let desk = Desk::open().await;
    let given = Given {
        source: "Reuters".to_owned(),
        ..Given::default()
    };
    let first = desk
        .read(document(ARTICLE), &given, Destination::Timeline)
        .await
        .outcome
        .unwrap();
    let events = desk.store().article_events(first.article).await.unwrap();
    assert!(!events.is_empty());
    assert_eq!(desk.store().waiting_count().await.unwrap(), 0);
    let retold = ARTICLE.replace("had hidden a parcel", "had kept a parcel from the police");
    let given = Given {
        source: "BBC".to_owned(),
        ..Given::default()
    };
    let second = desk
        .read(document(&retold), &given, Destination::Timeline)
        .await
        .outcome
        .unwrap();
    assert_eq!(second.status, Status::New);
    let retold = desk.store().article_events(second.article).await.unwrap();
    let ids = |events: &[demarche::domain::event::Event]| {
        events.iter().map(|event| event.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&retold), ids(&events));
    assert!(retold.iter().all(|event| event.independent_sources == 2));
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_leaves_nothing() {
    let desk = Desk::open().await;
    let told = async |bytes: &[u8]| {
        let document = Document {
            bytes: bytes.to_vec(),
            ..Document::default()
        };
        desk.read(document, &Given::default(), Destination::Review)
            .await
            .outcome
            .unwrap_err()
            .to_string()
    };
    assert_eq!(told(b"").await, "expected text, but found nothing");
    assert_eq!(
        told(b"\x00\x01\x02\x03\x04").await,
        "expected text or HTML, but found binary data"
    );
    assert_eq!(
        told(b"Envoys leave\n\nThe envoys left on Tuesday.").await,
        "no day of publication found in it; give one with --published"
    );
    let german = "Gesandte reisen ab\n10. September 2024\n\nDie Gesandten beider Staaten verließen Genf am Dienstagabend nach \
        zweitägigen Gesprächen, die ohne Erklärung endeten, und keine Seite sagte, wann sie zurückkehren würde.";
    assert_eq!(
        told(german.as_bytes()).await,
        "expected an article in English, but found German; other languages are not read"
    );
    assert!(desk.store().is_empty().await.unwrap());
}

#[tokio::test]
async fn a_feed_is_read_entry_by_entry_and_one_failure_leaves_the_others() {
    let desk = Desk::open().await;
    let page = format!(
        "<html lang=en><head><meta property='article:published_time' content='2024-09-10T09:00:00+01:00'></head><body><h1>Britain expels \
         two Russian diplomats</h1><p>{}</p></body></html>",
        ARTICLE.lines().nth(3).unwrap()
    );
    let server = Server::start(move |path| match path {
        "/a" => Some(Answer::page("text/html; charset=utf-8", page.clone())),
        _ => None,
    });
    let whole = "<p>France expelled two Russian diplomats on Monday, the foreign ministry in Paris said.</p>".repeat(12);
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Example \
         Wire</title><item><title>A</title><link>{}</link></item><item><title>B</title><link>{}</link></item><item><title>France \
         expels two</title><link>{}</link><pubDate>Tue, 10 Sep 2024 23:30:00 -0400</pubDate><content:encoded><![CDATA[{whole}]]>\
         </content:encoded></item></channel></rss>",
        server.at("/a"),
        server.at("/b"),
        server.at("/c"),
    );
    let handled = desk
        .ingester
        .document(
            "feed.xml",
            document(&feed),
            &Given::default(),
            Destination::Review,
            &author(),
        )
        .await;
    let told: Vec<String> = handled
        .iter()
        .map(|one| match &one.outcome {
            Ok(done) => done.status.slug().to_owned(),
            Err(error) => error.to_string(),
        })
        .collect();
    let gone = format!(
        "127.0.0.1 answered 404 Not Found for {}; the link may have moved",
        server.at("/b")
    );
    assert_eq!(told, ["new", gone.as_str(), "new"]);
    assert_eq!(handled[1].name, server.at("/b"));
    let article = desk
        .store()
        .article_by_url(&server.at("/c"))
        .await
        .unwrap()
        .unwrap()
        .content;
    assert_eq!(article.published, NaiveDate::from_ymd_opt(2024, 9, 10));
    assert_eq!(
        (article.title.as_str(), article.publisher.as_str()),
        ("France expels two", "Example Wire")
    );
}
