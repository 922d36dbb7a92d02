//! What visitors read when something is not there, not allowed, or broken.

use reqwest::Method;

use crate::server::Server;

#[tokio::test]
async fn what_is_not_there_is_said_and_helped_on_from() {
    let server = Server::start().await;
    for (path, said) in [
        (
            "/no-such-page",
            "Not found There is no page at this address.",
        ),
        (
            "/events/EV-222222",
            "Not found There is no event EV-222222 on record.",
        ),
        (
            "/events/nonsense",
            "Not found There is no event nonsense on record.",
        ),
        (
            "/actors/NOWHERE",
            "Not found There is no party NOWHERE on record.",
        ),
        (
            "/articles/99",
            "Not found There is no article 99 on record.",
        ),
        ("/articles/x", "Not found There is no article x on record."),
        (
            "/static/style.css",
            "Not found There is no page at this address.",
        ),
    ] {
        let page = server.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.words().contains(said), "{path}: {}", page.words());
        assert!(
            page.text.contains("<a href=\"/\">the timeline</a>"),
            "{path}"
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_405_with_those_that_it_takes() {
    let server = Server::start().await;
    let page = server.send(Method::DELETE, "/", &[], None).await;
    assert_eq!(page.status, 405);
    assert_eq!(page.header("allow"), "GET, HEAD");
    assert!(
        page.words()
            .contains("Not this way This address takes GET, HEAD only."),
        "{}",
        page.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn the_head_of_a_page_has_no_body() {
    let server = Server::start().await;
    let head = server.send(Method::HEAD, "/", &[], None).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    server.stop().await;
}

#[tokio::test]
async fn programs_read_failures_as_problem_json() {
    let server = Server::start().await;
    let answer = server.get("/api/v1/nothing").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(problem["status"], 404);
    assert_eq!(problem["title"], "Not found");
    assert_eq!(problem["detail"], "There is no page at this address.");
    server.stop().await;
}

#[tokio::test]
async fn a_database_that_is_away_is_503_without_its_cause() {
    let server = Server::start().await;
    server.store.close().await;
    let page = server.get("/").await;
    assert_eq!(page.status, 503);
    assert_eq!(page.header("retry-after"), "30");
    let words = page.words();
    assert!(
        words.contains(
            "The record is out of reach The database does not answer at the moment. Nothing was lost; try again in a minute."
        ),
        "{words}"
    );
    for cause in ["sqlx", "pool", "Pool", "sqlite"] {
        assert!(!page.text.contains(cause), "{cause}");
    }
    assert!(
        words.contains(&format!("Reference: {}", page.header("x-request-id"))),
        "{words}"
    );
    assert_eq!(server.get("/readyz").await.status, 503);
    assert_eq!(server.get("/healthz").await.status, 200);
    server.stop().await;
}
