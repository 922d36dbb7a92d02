//! What keeps the sources: changed articles, publishers, feeds and their lists, the queue.

use demarche::{
    domain::{evidence::Source, kind::Kind, role::Role},
    store::{
        Author, EventLookup,
        job::{Destination, JobPayload},
    },
};

use crate::{
    admin_ingest::{ARTICLE, article_of},
    server::{Answer, Server, Visit, draft},
};

const URL: &str = "https://wire.example/verdicts";

async fn paste_at(editor: &Visit<'_>, text: &str) -> String {
    let fields = [
        ("text", text),
        ("published", "2023-05-16"),
        ("source", "Harbour Wire"),
        ("url", URL),
    ];
    article_of(&editor.post("/admin/ingest", &fields).await)
}

/// Accepts every candidate of an article as it was found.
async fn accept_all(server: &Server, article: &str) {
    let author = Author("kim".to_owned());
    let change = demarche::store::Change {
        author: &author,
        reason: "",
    };
    for candidate in server
        .store
        .candidates_of(article.parse().unwrap())
        .await
        .unwrap()
    {
        server
            .store
            .accept_candidate(
                candidate.id,
                &candidate.draft,
                demarche::store::Kept::default(),
                change,
            )
            .await
            .unwrap();
    }
}

fn must_contain(page: &Answer, said: &[&str]) {
    let words = page.words();
    for said in said {
        assert!(words.contains(said), "“{said}” is not in {words}");
    }
}

#[tokio::test]
async fn a_correction_shows_what_changed_and_its_evidence_moves_on() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let first = paste_at(&editor, ARTICLE).await;
    accept_all(&server, &first).await;
    let corrected = ARTICLE.replace("expelled two Belarusian", "expelled three Belarusian");
    let second = paste_at(&editor, &corrected).await;
    assert_ne!(second, first);
    must_contain(
        &editor.get("/admin/ingest").await,
        &["1 article changed under its address"],
    );
    must_contain(
        &editor.get("/admin/articles").await,
        &["1 change waits for an editor.", "Waits"],
    );
    let address = format!("/admin/articles/{second}");
    let page = editor.get(&address).await;
    assert!(
        page.text
            .contains("Poland expelled <del class=\"diff\">two</del> <ins class=\"diff\">three</ins> Belarusian diplomats"),
        "{}",
        page.text
    );
    must_contain(&page, &["These words are gone", "These words still stand"]);
    // what was decided of the earlier text is not asked again
    let waiting = server
        .store
        .candidates_of(second.parse().unwrap())
        .await
        .unwrap();
    assert_eq!(
        waiting
            .iter()
            .map(|candidate| candidate.draft.kind)
            .collect::<Vec<_>>(),
        [Kind::Rupture]
    );

    let rested = server
        .store
        .article_events(first.parse().unwrap())
        .await
        .unwrap();
    let kind = |kind| {
        rested
            .iter()
            .find(|event| event.content.kind == kind)
            .unwrap()
    };
    let fields = |id: String| {
        vec![
            ("do", "move".to_owned()),
            ("event", id),
            ("version", first.clone()),
        ]
    };
    let post = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        editor.post(&address, &fields).await
    };
    let moved = post(fields(kind(Kind::Sanction).id.to_string())).await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (303, address.as_str())
    );
    let EventLookup::Found(event) = server.store.event(kind(Kind::Sanction).id).await.unwrap()
    else {
        panic!("the event is gone");
    };
    let source = &event.content.sources[0];
    assert_eq!(
        source.article.map(|id| id.to_string()),
        Some(second.clone())
    );
    let refused = post(fields(kind(Kind::Rupture).id.to_string())).await;
    assert!(refused.status >= 400, "{}", refused.status);
    let seen = editor.post(&address, &[("do", "seen")]).await;
    assert_eq!(seen.status, 303);
    must_contain(
        &editor.get("/admin/articles").await,
        &["0 changes wait for an editor.", "seen by"],
    );
    assert_eq!(
        editor.get(&format!("/admin/articles/{first}")).await.status,
        404
    );
    server.stop().await;
}

#[tokio::test]
async fn publishers_of_one_owner_count_as_one_from_then_on() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let mut content = draft(Kind::Visit, "2024-09-11", "Two papers tell of a visit.");
    content.sources = ["Harbour Post", "Harbour Evening"]
        .map(|publisher| Source {
            publisher: publisher.to_owned(),
            ..Source::default()
        })
        .to_vec();
    let id = server.record(vec![content]).await[0].id;
    let independent = async || match server.store.event(id).await.unwrap() {
        EventLookup::Found(event) => event.independent_sources,
        other => panic!("{other:?}"),
    };
    assert_eq!(independent().await, 2);
    let page = editor.get("/admin/publishers?q=bbc").await;
    must_contain(&page, &["Harbour Post", "Broadcaster", "United Kingdom"]);
    for name in ["Harbour Post", "Harbour Evening"] {
        let fields = [
            ("on_record", ""),
            ("name", name),
            ("kind", "newspaper"),
            ("home", "Norway"),
            ("owner", "Harbour Group"),
            ("trust", "low"),
        ];
        let saved = editor.post("/admin/publishers/edit", &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.words());
    }
    assert_eq!(independent().await, 1);
    assert_eq!(server.store.check().await.unwrap(), Vec::<String>::new());
    must_contain(
        &editor.get(&format!("/events/{id}")).await,
        &[
            "Harbour Post (Newspaper, Norway; with caution)",
            "2 sources, 1 independent",
        ],
    );
    must_contain(
        &editor.get("/sources").await,
        &["Harbour Evening", "Newspaper, Norway; with caution"],
    );
    let edit = editor
        .get("/admin/publishers/edit?name=harbour%20post")
        .await;
    assert!(
        edit.text.contains("value=\"Harbour Group\""),
        "{}",
        edit.text
    );
    assert_eq!(
        editor
            .get("/admin/publishers/edit?name=nobody")
            .await
            .status,
        404
    );
    let twice = [("on_record", ""), ("name", "BBC"), ("kind", "broadcaster")];
    let refused = editor.post("/admin/publishers/edit", &twice).await;
    assert_eq!(refused.status, 422);
    must_contain(
        &refused,
        &["“BBC” is on record already: edit that publisher"],
    );
    server.stop().await;
}

#[tokio::test]
async fn a_list_of_feeds_goes_out_and_comes_in_again() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let add = [
        ("do", "add"),
        ("url", "https://wire.example/feed?a=1&b=2"),
        ("publisher", "Harbour Wire"),
        ("title", "World <news>"),
        ("trust", "high"),
    ];
    assert_eq!(editor.post("/admin/feeds", &add).await.status, 303);
    must_contain(
        &editor.get("/admin/feeds").await,
        &["World <news>", "Harbour Wire · Trusted"],
    );
    let list = editor.get("/admin/feeds.opml").await;
    assert_eq!(list.header("content-type"), "text/x-opml; charset=utf-8");
    let feed = &server.store.feeds().await.unwrap()[0];
    let edit = editor
        .get(&format!("/admin/feeds/edit?feed={}", feed.id))
        .await;
    assert_eq!(edit.status, 200);
    let id = feed.id.to_string();
    let keep = [
        ("feed", id.as_str()),
        ("title", "World"),
        ("publisher", ""),
        ("trust", ""),
    ];
    assert_eq!(editor.post("/admin/feeds/edit", &keep).await.status, 303);
    let remove = [("do", "remove"), ("feed", id.as_str())];
    assert_eq!(editor.post("/admin/feeds", &remove).await.status, 303);
    let twice = [("list", "feeds.opml", list.text.as_bytes())];
    for said in [
        "Added 1 feed; 0 on record already.",
        "Added 0 feeds; 1 on record already.",
    ] {
        let taken = editor.upload("/admin/feeds/list", &[], &twice).await;
        assert_eq!(taken.status, 303, "{} {said}", taken.words());
    }
    let back = &server.store.feeds().await.unwrap()[0];
    assert_eq!(
        (
            back.url.as_str(),
            back.title.as_str(),
            back.publisher.as_str()
        ),
        (
            "https://wire.example/feed?a=1&b=2",
            "World <news>",
            "Harbour Wire"
        )
    );
    let none = editor
        .upload("/admin/feeds/list", &[], &[("list", "a.txt", b"nothing")])
        .await;
    assert_eq!(none.status, 422);
    must_contain(
        &none,
        &["expected an OPML file that names feeds, but found none in it"],
    );
    let test = [("do", "test"), ("url", "http://127.0.0.1:9/feed")];
    let tested = editor.post("/admin/feeds", &test).await;
    assert_eq!(tested.status, 200);
    must_contain(
        &tested,
        &[
            "http://127.0.0.1:9/feed cannot be read: 127.0.0.1 leads to 127.0.0.1, which is this machine",
        ],
    );
    server.stop().await;
}

#[tokio::test]
async fn the_queue_has_a_page_of_its_own_and_tells_of_itself() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let payloads: Vec<JobPayload> = (0..25)
        .map(|number| JobPayload::Url {
            url: format!("https://wire.example/{number}"),
            published: None,
            source: String::new(),
            destination: Destination::Review,
        })
        .collect();
    let author = Author("kim".to_owned());
    server.store.enqueue_all(&payloads, &author).await.unwrap();
    let (media, heard) = editor.listen("/admin/ingest/progress", "\n\ndata: ").await;
    assert_eq!(media, "text/event-stream");
    assert!(
        heard.contains("\"all\":25,\"ended\":0,\"said\":\"25 wait, 0 are being read, 0 done\""),
        "{heard}"
    );
    let page = editor.get("/admin/ingest/queue").await;
    assert!(
        page.text
            .contains("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>")
    );
    must_contain(&page, &["https://wire.example/24", "Waiting (25)"]);
    assert!(!page.text.contains("https://wire.example/4<"));
    let next = page.rel("next").expect("an earlier page");
    must_contain(&editor.get(&next).await, &["https://wire.example/4"]);
    let failed = editor.get("/admin/ingest/queue?state=failed").await;
    must_contain(&failed, &["No job is on record."]);
    let filled = editor
        .get("/admin/ingest?url=https%3A%2F%2Fwire.example%2Fa")
        .await;
    assert!(filled.text.contains("value=\"https://wire.example/a\""));
    server.stop().await;
}
