//! Files: their headers, their dialects, and that they hold what the page shows.

use demarche::{domain::kind::Kind, export::Format};
use sqlx::{Connection as _, SqliteConnection};

use crate::server::{NOW, Server, draft};

#[tokio::test]
async fn the_csv_for_spreadsheets_has_a_mark_and_a_guard_and_the_raw_one_neither() {
    let server = Server::start().await;
    server
        .record(vec![draft(Kind::Visit, "2024-09-11", "=1+1")])
        .await;
    let excel = server.get("/export.csv").await;
    assert_eq!(excel.status, 200);
    assert_eq!(
        excel.header("content-type"),
        "text/csv; charset=utf-8; header=present"
    );
    assert_eq!(excel.header("x-total-count"), "1");
    assert_eq!(
        excel.header("content-disposition"),
        "attachment; filename=\"demarche-2026-11-24.csv\""
    );
    assert!(
        excel
            .text
            .starts_with("\u{feff}event_id,revision,url,date,")
    );
    assert!(excel.text.contains(",'=1+1,"), "{}", excel.text);
    let raw = server.get("/export.csv?dialect=raw").await;
    assert!(raw.text.starts_with("event_id,revision,url,date,"));
    assert!(raw.text.contains(",=1+1,"), "{}", raw.text);
    server.stop().await;
}

#[tokio::test]
async fn an_export_passes_the_size_of_its_chunks() {
    let server = Server::start().await;
    let drafts = (0..2_345).map(|at| {
        let date = format!("20{:02}-{:02}-{:02}", at % 20 + 1, at % 12 + 1, at % 28 + 1);
        draft(Kind::Visit, &date, &format!("Number {at}"))
    });
    server.record(drafts.collect()).await;
    let csv = server.get("/export.csv?dialect=raw&sort=oldest").await;
    assert_eq!(csv.header("x-total-count"), "2345");
    assert_eq!(csv.text.lines().count(), 2_346);
    let json = server.get("/export.jsonl").await;
    assert_eq!(json.text.lines().count(), 2_345);
    server.stop().await;
}

#[tokio::test]
async fn an_export_that_cannot_be_read_or_does_not_exist_is_refused() {
    let server = Server::start().await;
    let dialect = server.get("/export.csv?dialect=german").await;
    assert_eq!(dialect.status, 400);
    assert!(
        dialect
            .words()
            .contains("dialect: expected excel or raw, but found “german”"),
        "{}",
        dialect.words()
    );
    let kind = server.get("/export.csv?kind=quarrel").await;
    assert_eq!(kind.status, 400);
    assert!(
        kind.words().contains("kind: expected one of"),
        "{}",
        kind.words()
    );
    assert_eq!(server.get("/export.pdf").await.status, 404);
    server.stop().await;
}

#[tokio::test]
async fn the_page_links_every_format_of_exactly_its_filter() {
    let server = Server::start().await;
    server
        .record(vec![draft(Kind::Visit, "2024-09-11", "One")])
        .await;
    let page = server.get("/?kind=visit&actor=USA&per=5&sort=oldest").await;
    let href = "href=\"/export.csv?kind=visit&#38;actor=USA&#38;sort=oldest\"";
    assert!(page.text.contains(href), "{}", page.text);
    let mut linked = 0;
    for (path, _) in page
        .text
        .split("href=\"/")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
    {
        let name = path.split('?').next().unwrap();
        if Format::named(name).is_some() {
            linked += 1;
            let path = format!("/{}", path.replace("&#38;", "&"));
            let file = server.get(&path).await;
            assert_eq!(
                (file.status, file.header("x-total-count")),
                (200, "1"),
                "{path}"
            );
        }
    }
    // the feed stands in the page's head too
    assert_eq!(linked, Format::ALL.len() + 1);
    server.stop().await;
}

#[tokio::test]
async fn the_fast_way_to_the_csv_writes_what_the_other_one_does() {
    let server = Server::start().await;
    let mut hard = draft(
        Kind::Warning,
        "2024-09-10/..",
        "=1+1, \"quoted\"\r\nand more",
    );
    hard.summary = "A | bar, a \\ backslash".to_owned();
    hard.named = vec!["One|two".to_owned(), "+Three".to_owned()];
    hard.confidence = Some(870);
    hard.effective_date = "2024-10~".parse().ok();
    hard.sources.push(hard.sources[0].clone());
    hard.sources[1].url = "https://post.example/b".to_owned();
    hard.sources[1].published = None;
    let mut separators = draft(Kind::Visit, "../2024-09", "A sign \u{1f} of our own");
    separators.sources.clear();
    let drafts = (0..1_200).map(|at| {
        let date = format!("{:04}-{:02}", 1800 + at % 400, at % 12 + 1);
        draft(Kind::Visit, &date, &format!("Number {at}"))
    });
    let mut made = server.record([vec![hard], drafts.collect()].concat()).await;
    let event = made.remove(0);
    let denial = demarche::domain::event::EventDraft {
        relations: vec![format!("denies:{}", event.id).parse().unwrap()],
        ..draft(Kind::Denial, "2024-09-11", "Denied")
    };
    server.record(vec![denial]).await;
    for round in ["without", "with"] {
        for query in [
            "dialect=raw",
            "dialect=excel&sort=oldest",
            "dialect=raw&from=1900&to=2030&kind=visit",
        ] {
            let fast = server.get(&format!("/export.csv?{query}")).await;
            let slow = server
                .get(&format!("/export.csv?{query}&as_of={NOW}"))
                .await;
            assert_eq!((fast.status, slow.status), (200, 200));
            assert!(fast.text.lines().count() > 300, "{query}");
            assert_eq!(
                fast.text, slow.text,
                "{query}, {round} a separator in a text"
            );
        }
        server.record(vec![separators.clone()]).await;
    }
    server.stop().await;
}

#[tokio::test]
async fn a_feed_comes_in_pages_that_lead_to_each_other() {
    let server = Server::start().await;
    let drafts = (1..=5)
        .map(|day| {
            draft(
                Kind::Visit,
                &format!("2024-09-0{day}"),
                &format!("Visit {day}"),
            )
        })
        .collect();
    server.record(drafts).await;
    let mut path = "/feed.atom?kind=visit&per=2".to_owned();
    let mut titles = Vec::new();
    loop {
        let page = server.get(&path).await;
        assert_eq!((page.status, page.header("x-total-count")), (200, "5"));
        let entries = page.text.split("<entry>").skip(1);
        titles.extend(entries.map(|entry| {
            let title = entry.split("<title>").nth(1).unwrap();
            title.split('<').next().unwrap().to_owned()
        }));
        let next = page
            .text
            .split("<link ")
            .find(|link| link.contains("rel=\"next\""))
            .and_then(|link| link.split("href=\"").nth(1))
            .and_then(|link| link.split('"').next());
        let Some(next) = next else { break };
        let next = next.replace("&amp;", "&");
        path = next[next.find("/feed.atom").unwrap()..].to_owned();
    }
    assert_eq!(
        titles,
        ["Visit 5", "Visit 4", "Visit 3", "Visit 2", "Visit 1"]
    );
    server.stop().await;
}

#[tokio::test]
async fn the_tables_have_dialects_as_the_events_do() {
    let server = Server::start().await;
    server
        .record(vec![draft(Kind::Visit, "2024-09-11", "One")])
        .await;
    let excel = server.get("/sources.csv").await;
    assert_eq!(
        excel.header("content-disposition"),
        "attachment; filename=\"demarche-sources-2026-11-24.csv\""
    );
    assert!(excel.text.starts_with("\u{feff}event_id,position,url,"));
    let raw = server.get("/sources.csv?dialect=raw").await;
    assert!(
        raw.text
            .ends_with(",1,https://wire.example/a,Harbour Wire,A title,2024-09-10\r\n")
    );
    assert_eq!(server.get("/parties.csv?dialect=german").await.status, 400);
    server.stop().await;
}

#[tokio::test]
async fn an_export_that_cannot_be_finished_breaks_the_connection() {
    let server = Server::start().await;
    let drafts = (0..1_500).map(|at| {
        let date = format!("20{:02}-{:02}-{:02}", at % 20 + 1, at % 12 + 1, at % 28 + 1);
        draft(Kind::Visit, &date, &format!("Number {at}"))
    });
    server.record(drafts.collect()).await;
    let mut database = SqliteConnection::connect(&server.database).await.unwrap();
    sqlx::query("UPDATE events SET kind = 99 WHERE sort_key = (SELECT min(sort_key) FROM events)")
        .execute(&mut database)
        .await
        .unwrap();
    database.close().await.unwrap();
    for path in ["/export.csv?dialect=raw", "/export.jsonl", "/export.csv"] {
        let (status, headers, whole) = server.get_broken(path).await;
        assert_eq!(status, 200, "{path}");
        assert_eq!(headers["x-total-count"], "1500", "{path}");
        assert!(!whole, "{path} passes for whole");
    }
    server.stop().await;
}
