//! Files: their headers, their dialects, and that they hold what the page shows.

use demarche::domain::kind::Kind;
use sqlx::{Connection as _, SqliteConnection};

use crate::server::{Server, draft};

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
    for (path, _) in page
        .text
        .split("href=\"/")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
    {
        if path.starts_with("export.") || path.starts_with("feed.") {
            let path = format!("/{}", path.replace("&#38;", "&"));
            let file = server.get(&path).await;
            assert_eq!(
                (file.status, file.header("x-total-count")),
                (200, "1"),
                "{path}"
            );
        }
    }
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
