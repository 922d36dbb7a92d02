//! Headers, caching, probes, who may go where, where writes may come from.

use std::collections::BTreeMap;

use demarche::{
    config::Settings,
    domain::{kind::Kind, role::Role},
    web::routes::{self, Need},
};
use reqwest::Method;

use crate::server::{Server, draft};

/// A path of the table with something in its holes.
fn filled(path: &str) -> String {
    path.replace("{id}", "EV-222222")
        .replace("{code}", "IRN")
        .replace("{ending}", "csv")
        .replace("{file}", "style.css")
        .split('{')
        .enumerate()
        .map(|(at, part)| match part.split_once('}') {
            Some((_, rest)) if at > 0 => format!("1{rest}"),
            _ => part.to_owned(),
        })
        .collect()
}

#[tokio::test]
async fn every_page_carries_the_headers_that_shut_the_door() {
    let server = Server::start().await;
    for path in [
        "/",
        "/actors",
        "/no-such-page",
        "/?per=0",
        "/healthz",
        "/export.csv",
    ] {
        let page = server.get(path).await;
        assert_eq!(
            page.header("content-security-policy"),
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; \
             form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "{path}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "private, no-cache"),
        ] {
            assert_eq!(page.header(name), value, "{path}: {name}");
        }
        assert_eq!(page.header("x-request-id").len(), 12, "{path}");
        assert!(page.header("set-cookie").is_empty(), "{path} sets a cookie");
    }
    server.stop().await;
}

#[tokio::test]
async fn pages_have_no_inline_style_or_script() {
    let server = Server::start().await;
    let id = server
        .record(vec![draft(Kind::Visit, "2024-09/2024-10", "One")])
        .await[0]
        .id;
    for path in [
        "/".to_owned(),
        format!("/events/{id}"),
        "/actors".to_owned(),
        "/actors/IRN".to_owned(),
        "/sources".to_owned(),
        "/lanes?party=USA&party=IRN".to_owned(),
        "/follow-through".to_owned(),
        "/changes".to_owned(),
        format!("/events/{id}/revisions/1"),
        "/about".to_owned(),
        "/embed".to_owned(),
    ] {
        let page = server.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        // linked data is a block that no browser runs
        let text = page
            .text
            .replace("<script type=\"application/ld+json\">", "");
        for inline in [" style=", "<style", "<script", " onclick="] {
            assert!(!text.contains(inline), "{path} has {inline}");
        }
        assert_eq!(page.text.matches("<h1").count(), 1, "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn only_the_embedded_page_may_be_framed() {
    let server = Server::start().await;
    let page = server.get("/embed?kind=visit").await;
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-security-policy")
            .contains("frame-ancestors *")
    );
    assert_eq!(page.header("x-frame-options"), "");
    server.stop().await;
}

#[tokio::test]
async fn the_stylesheet_is_cached_for_good_under_the_hash_of_it() {
    let server = Server::start().await;
    let page = server.get("/").await;
    let href = page
        .text
        .split("rel=\"stylesheet\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a stylesheet");
    let style = server.get(href).await;
    assert_eq!(style.status, 200);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(
        style.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    server.stop().await;
}

#[tokio::test]
async fn probes_tell_alive_ready_and_how_much() {
    let server = Server::start().await;
    server
        .record(vec![draft(Kind::Visit, "2024-09-11", "One")])
        .await;
    assert_eq!(server.get("/healthz").await.text, "ok\n");
    assert_eq!(server.get("/readyz").await.text, "ok\n");
    let metrics = server.get("/metrics").await;
    assert!(
        metrics.text.contains("demarche_events 1"),
        "{}",
        metrics.text
    );
    assert!(
        metrics.text.contains(
            "demarche_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1"
        ),
        "{}",
        metrics.text
    );
    server.stop().await;
}

#[tokio::test]
async fn nobody_passes_where_the_table_asks_for_somebody() {
    let server = Server::start().await;
    let viewer = server.signed_in(Role::Viewer).await;
    let editor = server.signed_in(Role::Editor).await;
    for entry in routes::all() {
        let path = filled(entry.path);
        let method: Method = entry.method.parse().unwrap();
        let answer = server.send(method.clone(), &path, &[], None).await;
        match entry.need {
            Need::Session(role) => {
                assert_eq!(answer.status, 303, "{method} {path}");
                assert!(
                    answer.header("location").starts_with("/admin/login?next="),
                    "{path}"
                );
                if entry.method == "GET" {
                    for (visit, found) in [(&viewer, Role::Viewer), (&editor, Role::Editor)] {
                        let refused = visit.status(&path).await == 403;
                        assert_eq!(refused, found < role, "{path} as {found}");
                    }
                } else if entry.path != "/admin/logout" {
                    let refused = viewer.post(&path, &[]).await.status == 403;
                    assert_eq!(refused, Role::Viewer < role, "POST {path} as viewer");
                }
            }
            Need::Token(_) => assert_eq!(answer.status, 401, "{method} {path}"),
            Need::Nobody | Need::Nothing => {
                assert!(!matches!(answer.status, 303 | 401), "{method} {path}");
            }
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn a_write_from_another_site_or_without_the_token_is_refused() {
    let server = Server::start().await;
    let admin = server.signed_in(Role::Admin).await;
    for entry in routes::all().filter(|entry| {
        entry.method == "POST" && matches!(entry.need, Need::Session(_) | Need::Nobody)
    }) {
        let path = filled(entry.path);
        let foreign = server
            .send(
                Method::POST,
                &path,
                &[("origin", "https://evil.example")],
                Some(String::new()),
            )
            .await;
        assert_eq!(foreign.status, 403, "{path} from another site");
        assert!(
            foreign
                .words()
                .contains("This form was sent from another site, so nothing was changed."),
            "{path}"
        );
        let without = admin.post_as_is(&path, &[("csrf", "guessed")]).await;
        assert!(
            matches!(without.status, 403 | 415),
            "{path} without the token: {}",
            without.status
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn cookies_are_secure_behind_a_proxy_that_is_trusted_and_nowhere_else() {
    let forwarded = [("x-forwarded-proto", "https")];
    let open = Server::start().await;
    let answer = open
        .send(Method::GET, "/admin/login", &forwarded, None)
        .await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Secure"), "{cookie}");
    assert_eq!(answer.header("strict-transport-security"), "");
    open.stop().await;
    let behind = Server::start_with(|settings| Settings {
        trusted_proxy: Settings::read(&BTreeMap::new(), |name| {
            (name == "DEMARCHE_TRUSTED_PROXY").then(|| "127.0.0.1".to_owned())
        })
        .unwrap()
        .trusted_proxy,
        ..settings
    })
    .await;
    let answer = behind
        .send(Method::GET, "/admin/login", &forwarded, None)
        .await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly; SameSite=Lax; Secure"),
        "{cookie}"
    );
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
    let plain = behind.get("/admin/login").await;
    assert!(!plain.header("set-cookie").contains("Secure"));
    behind.stop().await;
}
