//! Signing in and out, the throttle, and a form whose session ended while it was being filled in.

use demarche::domain::role::Role;
use reqwest::Method;

use crate::server::{Answer, NOW, Server};

const PASSWORD: &str = "a long enough passphrase";

/// The value of the hidden field `csrf` of a page.
pub fn token_of(page: &Answer) -> String {
    page.text
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a form with a token")
        .to_owned()
}

/// The cookies that an answer sets, as a request sends them.
fn cookies_of(page: &Answer) -> String {
    let cookies: Vec<&str> = page
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap().split(';').next().unwrap())
        .collect();
    cookies.join("; ")
}

async fn with_user(server: &Server) {
    let hash = demarche::store::password::Passwords::new(1)
        .unwrap()
        .hash(PASSWORD.to_owned())
        .await
        .unwrap();
    server
        .store
        .add_user("kim", &hash, Role::Editor)
        .await
        .unwrap();
}

async fn send(server: &Server, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let body: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let headers = [
        ("cookie", cookie),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
    ];
    server.send(Method::POST, path, &headers, Some(body)).await
}

/// Opens the form and sends it with these fields.
async fn sign_in(server: &Server, fields: &[(&str, &str)]) -> Answer {
    let form = server.get("/admin/login").await;
    let token = token_of(&form);
    let mut sent = vec![("csrf", token.as_str())];
    sent.extend(fields);
    send(server, "/admin/login", &cookies_of(&form), &sent).await
}

#[tokio::test]
async fn the_right_password_begins_a_session_that_leads_to_where_one_wanted_to_go() {
    let server = Server::start().await;
    with_user(&server).await;
    let fields = [
        ("username", "Kim"),
        ("password", PASSWORD),
        ("next", "/admin/history?after=9"),
    ];
    let answer = sign_in(&server, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    assert_eq!(answer.header("location"), "/admin/history?after=9");
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("demarche_session="), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let cookie = cookies_of(&answer);
    let page = server
        .send(Method::GET, "/admin", &[("cookie", &cookie)], None)
        .await;
    assert_eq!(page.status, 200);
    assert!(
        page.words().contains("Signed in as kim , editor."),
        "{}",
        page.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn the_sign_in_leads_to_no_other_server() {
    let server = Server::start().await;
    with_user(&server).await;
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let fields = [("username", "kim"), ("password", PASSWORD), ("next", next)];
        let answer = sign_in(&server, &fields).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, "/admin"),
            "{next}"
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_told_in_the_same_words() {
    let server = Server::start().await;
    with_user(&server).await;
    for name in ["kim", "nobody"] {
        let fields = [("username", name), ("password", "not the right passphrase")];
        let answer = sign_in(&server, &fields).await;
        assert_eq!(answer.status, 422);
        assert!(
            answer
                .words()
                .contains("There is a problem The user name or the password is wrong"),
            "{}",
            answer.words()
        );
        assert!(answer.text.contains(&format!("value=\"{name}\"")));
        assert!(!answer.text.contains("not the right passphrase"));
        assert!(answer.text.contains("<title>Error: sign in"));
    }
    server.stop().await;
}

#[tokio::test]
async fn after_ten_failures_in_a_minute_the_eleventh_must_wait() {
    let server = Server::start().await;
    with_user(&server).await;
    for _ in 0..10 {
        let fields = [("username", "kim"), ("password", "wrong")];
        assert_eq!(sign_in(&server, &fields).await.status, 422);
    }
    let answer = sign_in(&server, &[("username", "kim"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), "60");
    // the address rests too, whatever name is tried
    let other = sign_in(&server, &[("username", "lee"), ("password", PASSWORD)]).await;
    assert_eq!(other.status, 429);
    server.stop().await;
}

#[tokio::test]
async fn signing_out_ends_the_session_itself() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    assert_eq!(editor.get("/admin/logout").await.status, 405);
    let answer = editor.post("/admin/logout", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    let after = editor.get("/admin").await;
    assert_eq!(after.status, 303);
    assert_eq!(after.header("location"), "/admin/login?next=%2Fadmin");
    server.stop().await;
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_comes_through_the_sign_in() {
    let server = Server::start().await;
    with_user(&server).await;
    let typed = [
        ("csrf", "of a session that ended"),
        ("headline", "A & B <meet>"),
        ("summary", "One line.\r\nAnother."),
        ("kind", "meeting"),
        ("date", "2024-09-10"),
    ];
    let login = send(&server, "/admin/events/new", "", &typed).await;
    assert_eq!(login.status, 401);
    assert!(
        login.words().contains("Nothing that you typed is lost"),
        "{}",
        login.words()
    );
    assert!(
        login
            .text
            .contains("name=\"carried:headline\" value=\"A &#38; B &#60;meet&#62;\"")
    );
    assert!(!login.text.contains("of a session that ended"));

    let token = token_of(&login);
    let mut fields = vec![
        ("csrf", token.as_str()),
        ("username", "kim"),
        ("password", PASSWORD),
        ("carried_to", "/admin/events/new"),
    ];
    let names = [
        "carried:headline",
        "carried:summary",
        "carried:kind",
        "carried:date",
    ];
    fields.extend(
        names
            .into_iter()
            .zip(typed[1..].iter().map(|(_, value)| *value)),
    );
    let again = send(&server, "/admin/login", &cookies_of(&login), &fields).await;
    assert_eq!(again.status, 200);
    assert!(
        again.words().contains("It has not been sent yet."),
        "{}",
        again.words()
    );
    assert!(again.text.contains("action=\"/admin/events/new\""));
    assert!(
        again
            .text
            .contains("name=\"headline\" value=\"A &#38; B &#60;meet&#62;\"")
    );
    assert_eq!(server.store.waiting_count().await.unwrap(), 0);

    let token = token_of(&again);
    let cookie = cookies_of(&again);
    let mut fields = typed;
    fields[0].1 = &token;
    let saved = send(&server, "/admin/events/new", &cookie, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.words());
    assert!(saved.header("location").starts_with("/events/EV-"), "{NOW}");
    server.stop().await;
}

#[tokio::test]
async fn a_password_that_was_typed_is_not_carried_through_the_sign_in() {
    let server = Server::start().await;
    let typed = [("name", "lee"), ("new_password", "a secret of somebody")];
    let login = send(&server, "/admin/users", "", &typed).await;
    assert_eq!(login.status, 401);
    assert!(login.text.contains("name=\"carried:name\" value=\"lee\""));
    assert!(!login.text.contains("a secret of somebody"));
    server.stop().await;
}
