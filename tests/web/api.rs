//! The API: what it gives out can be sent back, and nobody writes without a token or over another's change.

use demarche::{
    domain::{kind::Kind, role::Role},
    store::{Author, secret::Secret},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{Answer, Server, draft};

/// A token of a role, as the header that carries it.
async fn token(server: &Server, role: Role) -> String {
    let secret = Secret::fresh().unwrap();
    let author = Author("kim".to_owned());
    server
        .store
        .add_token(&format!("{role}-token"), role, &secret.hash(), &author)
        .await
        .unwrap();
    format!("Bearer {}", secret.reveal())
}

async fn send(server: &Server, method: Method, path: &str, token: &str, body: &Value) -> Answer {
    let headers = [
        ("authorization", token),
        ("content-type", "application/json"),
    ];
    server
        .send(method, path, &headers, Some(body.to_string()))
        .await
}

fn value(answer: &Answer) -> Value {
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

#[tokio::test]
async fn an_event_is_made_read_changed_and_deleted() {
    let server = Server::start().await;
    let token = token(&server, Role::Editor).await;
    let body = json!({
        "kind": "sanction", "date": "2024-09-10", "headline": "The airline is listed", "actors": ["Britain", {"code": "FRA"}],
        "targets": ["IRN"], "named": ["Iran Air"], "source_urls": ["https://wire.example/a"], "source_publishers": ["Wire"],
        "reason": "by the notice",
    });
    let made = send(&server, Method::POST, "/api/v1/events", &token, &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let event = value(&made);
    let address = format!("/api/v1/events/{}", event["event_id"].as_str().unwrap());
    assert_eq!(made.header("location"), address.as_str());
    assert!(
        made.header("etag").starts_with("\"1-"),
        "{}",
        made.header("etag")
    );
    assert_eq!(
        event["actors"],
        json!([{"code": "GBR", "name": "United Kingdom"}, {"code": "FRA", "name": "France"}])
    );
    assert_eq!(
        (&event["source_count"], &event["confidence"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(value(&server.get(&address).await), event);

    let mut edited = event.clone();
    edited["summary"] = "More is known.".into();
    let saved = send(&server, Method::PUT, &address, &token, &edited).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    assert_eq!(
        (&value(&saved)["revision"], &value(&saved)["source_urls"]),
        (&json!(2), &event["source_urls"])
    );

    let stale = send(&server, Method::PUT, &address, &token, &edited).await;
    assert_eq!(
        (stale.status, stale.header("content-type")),
        (409, "application/problem+json")
    );
    assert_eq!(value(&stale)["event"], value(&saved));

    let bare = json!({"kind": "sanction", "date": "2024-09-10", "headline": "Shorter"});
    assert_eq!(
        send(&server, Method::PUT, &address, &token, &bare)
            .await
            .status,
        428
    );
    let headers = [
        ("authorization", token.as_str()),
        ("content-type", "application/json"),
        ("if-match", saved.header("etag")),
    ];
    let shorter = server
        .send(Method::PUT, &address, &headers, Some(bare.to_string()))
        .await;
    assert_eq!(shorter.status, 200, "{}", shorter.text);
    let shorter = value(&shorter);
    assert_eq!(
        (&shorter["summary"], &shorter["source_count"]),
        (&json!(""), &json!(1))
    );

    let remove = |query: &str| {
        let (path, headers) = (
            format!("{address}{query}"),
            [("authorization", token.as_str())],
        );
        let server = &server;
        async move { server.send(Method::DELETE, &path, &headers, None).await }
    };
    assert_eq!(remove("?revision=2").await.status, 409);
    assert_eq!(remove("?revision=3&reason=a+slip").await.status, 204);
    let gone = server.get(&address).await;
    assert_eq!(gone.status, 410);
    assert!(
        value(&gone)["detail"]
            .as_str()
            .unwrap()
            .contains("Reason: a slip")
    );
    assert_eq!(
        server.store.history(None, 10).await.unwrap()[0].author,
        "token editor-token"
    );
    server.stop().await;
}

#[tokio::test]
async fn nobody_writes_without_a_token_that_may() {
    let server = Server::start().await;
    let viewer = token(&server, Role::Viewer).await;
    let body = json!({"kind": "visit", "date": "2024", "headline": "A visit"});
    for (token, status) in [("", 401), ("Bearer made up", 401), (viewer.as_str(), 403)] {
        let answer = send(&server, Method::POST, "/api/v1/events", token, &body).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (status, "application/problem+json")
        );
    }
    assert_eq!(value(&server.get("/api/v1/events").await)["total"], 0);
    server.stop().await;
}

#[tokio::test]
async fn every_bad_field_is_told_at_once() {
    let server = Server::start().await;
    let token = token(&server, Role::Editor).await;
    let body = json!({"kind": "tariff", "date": "2024-13-40", "headline": "x".repeat(10_000), "actors": ["Atlantis"]});
    let answer = send(&server, Method::POST, "/api/v1/events", &token, &body).await;
    assert_eq!(answer.status, 422);
    let told: Vec<String> = serde_json::from_value(value(&answer)["errors"].clone()).unwrap();
    for field in [
        "kind: ",
        "date: ",
        "headline: expected at most 300 characters, but found 10000",
        "actors: ",
    ] {
        assert!(
            told.iter().any(|error| error.starts_with(field)),
            "{field} is not told in {told:?}"
        );
    }
    let headers = [
        ("authorization", token.as_str()),
        ("content-type", "text/plain"),
    ];
    let text = server
        .send(
            Method::POST,
            "/api/v1/events",
            &headers,
            Some("{}".to_owned()),
        )
        .await;
    assert_eq!(text.status, 415);
    assert_eq!(
        send(&server, Method::POST, "/api/v1/events", &token, &json!([]))
            .await
            .status,
        400
    );
    assert_eq!(server.get("/api/v1/events?kind=tariff").await.status, 400);
    assert_eq!(server.get("/api/v1/events/EV-7K3QX2").await.status, 404);
    server.stop().await;
}

#[tokio::test]
async fn pages_of_the_list_are_those_of_the_timeline() {
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
    let mut headlines = Vec::new();
    let mut path = "/api/v1/events?per=2&kind=visit".to_owned();
    loop {
        let page = value(&server.get(&path).await);
        assert_eq!(page["total"], 5);
        headlines.extend(
            page["events"]
                .as_array()
                .unwrap()
                .iter()
                .map(|event| event["headline"].clone()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/api/v1/events?per=2&kind=visit&after={next}");
    }
    assert_eq!(
        headlines,
        ["Visit 5", "Visit 4", "Visit 3", "Visit 2", "Visit 1"]
    );
    let actors = value(&server.get("/api/v1/actors").await);
    assert_eq!(
        (
            &actors["actors"][0]["events"],
            actors["actors"].as_array().unwrap().len()
        ),
        (&json!(5), 2)
    );
    let named = value(&server.get("/api/v1/actors?q=ukrain").await);
    assert!(
        named["actors"]
            .as_array()
            .unwrap()
            .iter()
            .any(|actor| actor["code"] == "UKR" && actor["events"] == 0)
    );
    server.stop().await;
}

#[tokio::test]
async fn an_article_goes_into_the_queue_and_its_job_can_be_asked_for() {
    let server = Server::start().await;
    let token = token(&server, Role::Editor).await;
    let body = json!({"text": "Ministers met in Geneva on Tuesday.", "published": "2024-09-12", "publish": false});
    let queued = send(&server, Method::POST, "/api/v1/ingest", &token, &body).await;
    assert_eq!(queued.status, 202, "{}", queued.text);
    assert_eq!(
        value(&queued),
        json!({"job": 1, "article_id": null, "status": "queued"})
    );
    let headers = [("authorization", token.as_str())];
    let job = value(
        &server
            .send(Method::GET, "/api/v1/jobs/1", &headers, None)
            .await,
    );
    assert_eq!(
        (&job["status"], &job["error"]),
        (&json!("queued"), &Value::Null)
    );
    assert_eq!(
        server
            .send(Method::GET, "/api/v1/jobs/2", &headers, None)
            .await
            .status,
        404
    );
    assert_eq!(
        send(
            &server,
            Method::POST,
            "/api/v1/ingest",
            &token,
            &json!({"text": " "})
        )
        .await
        .status,
        422
    );
    server.stop().await;
}

#[tokio::test]
async fn the_api_is_described_for_programs_and_for_people() {
    let server = Server::start().await;
    let described = value(&server.get("/api/v1/openapi.json").await);
    assert_eq!(described["openapi"], "3.1.0");
    let page = server.get("/docs").await;
    assert_eq!(page.status, 200);
    let words = page.words();
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let address = format!("{} {path}", method.to_uppercase());
            assert!(words.contains(&address), "{address} is not on the page");
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn what_a_reader_has_is_not_sent_again() {
    let server = Server::start().await;
    let made = server
        .record(vec![draft(Kind::Visit, "2024-09-11", "One")])
        .await;
    let of_event = format!("/api/v1/events/{}", made[0].id);
    for path in [
        "/api/v1/events",
        of_event.as_str(),
        "/api/v1/actors",
        "/api/v1/openapi.json",
        "/feed.atom",
    ] {
        let first = server.get(path).await;
        assert_eq!(first.status, 200, "{path}");
        let tag = first.header("etag").to_owned();
        let again = server
            .send(Method::GET, path, &[("if-none-match", &tag)], None)
            .await;
        assert_eq!(
            (again.status, again.text.as_str(), again.header("etag")),
            (304, "", tag.as_str()),
            "{path}"
        );
    }
    server
        .record(vec![draft(Kind::Visit, "2024-09-12", "Two")])
        .await;
    let before = server.get("/api/v1/events").await;
    let tag = before.header("etag").to_owned();
    server
        .record(vec![draft(Kind::Visit, "2024-09-13", "Three")])
        .await;
    let after = server
        .send(
            Method::GET,
            "/api/v1/events",
            &[("if-none-match", &tag)],
            None,
        )
        .await;
    assert_eq!(after.status, 200);
    server.stop().await;
}

#[tokio::test]
async fn other_sites_may_read_and_not_write() {
    let server = Server::start().await;
    for path in [
        "/api/v1/events",
        "/export.csv",
        "/feed.atom",
        "/parties.csv",
    ] {
        let read = server
            .send(
                Method::GET,
                path,
                &[("origin", "https://elsewhere.example")],
                None,
            )
            .await;
        assert_eq!(
            (read.status, read.header("access-control-allow-origin")),
            (200, "*"),
            "{path}"
        );
        let asked = server.send(Method::OPTIONS, path, &[], None).await;
        assert_eq!(
            (asked.status, asked.header("access-control-allow-methods")),
            (204, "GET, HEAD"),
            "{path}"
        );
    }
    let page = server.get("/").await;
    assert_eq!(page.header("access-control-allow-origin"), "");
    assert_eq!(
        server
            .send(Method::OPTIONS, "/api/v1/ingest", &[], None)
            .await
            .status,
        405
    );
    server.stop().await;
}

#[tokio::test]
async fn a_parameter_that_cannot_be_read_is_named_with_what_it_takes() {
    let server = Server::start().await;
    for (query, fault) in [
        (
            "per=100000",
            "per: expected a whole number from 1 to 200, but found “100000”",
        ),
        (
            "per=0",
            "per: expected a whole number from 1 to 200, but found “0”",
        ),
        (
            "after=1f-2",
            "after: expected a cursor that a page of this list gave, but found “1f-2”",
        ),
        (
            "before=x",
            "before: expected a cursor that a page of this list gave, but found “x”",
        ),
        (
            "as_of=2999-01-01T00:00:00Z",
            "as_of: expected an instant that has passed, but found “2999-01-01T00:00:00Z”",
        ),
        (
            "from=2023-02-30",
            "from: expected YYYY, YYYY-MM or YYYY-MM-DD, but found “2023-02-30”",
        ),
        ("sort=up", "sort: expected newest or oldest, but found “up”"),
    ] {
        let answer = server.get(&format!("/api/v1/events?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(value(&answer)["errors"], json!([fault]), "{query}");
    }
    let long = format!("/api/v1/events?q={}", "a".repeat(10_000));
    assert_eq!(
        value(&server.get(&long).await)["errors"],
        json!(["q: expected at most 1000 characters, but found 10000"])
    );
    for query in ["q=%22+-+%2A+OR+AND+%28", "utm_source=x", "kind=&per=&q="] {
        let answer = server.get(&format!("/api/v1/events?{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    }
    server.stop().await;
}
