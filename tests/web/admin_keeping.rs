//! The plain pages: dashboard, history, import, feeds, parties, users, tokens, readings.

use demarche::{
    domain::{kind::Kind, role::Role},
    store::secret,
};

use crate::server::{Server, draft};

#[tokio::test]
async fn the_dashboard_shows_what_waits_and_what_the_role_opens() {
    let server = Server::start().await;
    server
        .record(vec![draft(Kind::Warning, "2026-11-20", "A warning")])
        .await;
    let viewer = server.signed_in(Role::Viewer).await.get("/admin").await;
    assert_eq!(viewer.status, 200);
    let words = viewer.words();
    for said in [
        "Events on the timeline 1",
        "Pending 1",
        "A warning",
        "Recorded kim",
    ] {
        assert!(words.contains(said), "“{said}” is not in {words}");
    }
    assert!(!viewer.text.contains("href=\"/admin/events/new\""));
    assert!(!viewer.text.contains("href=\"/admin/users\""));
    let admin = server.signed_in(Role::Admin).await.get("/admin").await;
    for href in [
        "/admin/review",
        "/admin/ingest",
        "/admin/import",
        "/admin/feeds",
        "/admin/actors",
        "/admin/users",
        "/admin/tokens",
        "/admin/history",
    ] {
        assert!(admin.text.contains(&format!("href=\"{href}\"")), "{href}");
    }
    server.stop().await;
}

#[tokio::test]
async fn the_history_tells_who_when_why_and_goes_back_by_pages() {
    let server = Server::start().await;
    let viewer = server.signed_in(Role::Viewer).await;
    let drafts = (0..60).map(|at| draft(Kind::Visit, "2024-09-11", &format!("Visit number {at}.")));
    server.record(drafts.collect()).await;
    let page = viewer.get("/admin/history").await;
    assert_eq!(page.text.matches("Visit number").count(), 50);
    assert!(
        page.words().contains("24 Nov 2026, 12:00 Visit number 59."),
        "{}",
        page.words()
    );
    let next = page.rel("next").expect("an older page");
    let older = viewer.get(&next).await;
    assert_eq!(older.text.matches("Visit number").count(), 10);
    assert_eq!(older.rel("next"), None);
    let wrong = viewer.get("/admin/history?after=x").await;
    assert_eq!(wrong.status, 400);
    assert!(
        wrong
            .words()
            .contains("after: expected a place in the history, but found “x”"),
        "{}",
        wrong.words()
    );
    server.stop().await;
}

const CSV: &str = "date,kind,headline,actors\r\n2024-09-10,visit,\"A, with a comma\",USA\r\n2024-09-11,visit,B,\r\n";

#[tokio::test]
async fn an_import_is_checked_first_and_then_written_whole() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let checked = editor
        .upload(
            "/admin/import",
            &[("do", "check")],
            &[("file", "a.csv", CSV.as_bytes())],
        )
        .await;
    assert_eq!(checked.status, 200);
    let words = checked.words();
    assert!(words.contains("Nothing has been saved."), "{words}");
    assert!(
        words.contains("Rows read 2 New 2 Changed 0 As on record 0"),
        "{words}"
    );
    assert_eq!(server.get("/export.csv").await.header("x-total-count"), "0");
    let held = checked
        .text
        .split("name=\"held\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("the checked file");
    let done = editor
        .upload("/admin/import", &[("do", "import"), ("held", held)], &[])
        .await;
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/admin/import")
    );
    assert_eq!(server.get("/export.csv").await.header("x-total-count"), "2");
    server.stop().await;
}

#[tokio::test]
async fn a_file_with_a_bad_row_changes_nothing_and_every_bad_cell_is_told() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let bad = format!("{CSV}2024-13-40,embargo,C,Atlantis\r\n");
    let page = editor
        .post("/admin/import", &[("do", "import"), ("text", &bad)])
        .await;
    assert_eq!(page.status, 422);
    let words = page.words();
    assert!(words.contains("3 cells cannot be imported"), "{words}");
    for said in [
        "4 date ",
        "4 kind expected one of",
        "4 actors expected the code or name of a party on record, but found “Atlantis”",
    ] {
        assert!(words.contains(said), "“{said}” is not in {words}");
    }
    assert!(page.text.contains("embargo,C,Atlantis\r\n</textarea>"));
    assert_eq!(server.get("/export.csv").await.header("x-total-count"), "0");
    let nothing = editor.post("/admin/import", &[("text", " ")]).await;
    assert_eq!(nothing.status, 422);
    assert!(
        nothing
            .words()
            .contains("Choose a CSV file, or paste its text"),
        "{}",
        nothing.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn the_export_is_imported_back_and_changes_nothing() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    server
        .record(vec![draft(Kind::Visit, "2024-09-11", "=A visit")])
        .await;
    for dialect in ["raw", "excel"] {
        let file = server
            .get(&format!("/export.csv?dialect={dialect}"))
            .await
            .text;
        let checked = editor
            .upload("/admin/import", &[], &[("file", "a.csv", file.as_bytes())])
            .await;
        assert_eq!(checked.status, 200, "{}", checked.words());
        assert!(
            checked
                .words()
                .contains("Rows read 1 New 0 Changed 0 As on record 1"),
            "{}",
            checked.words()
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn feeds_are_added_paused_resumed_asked_and_removed() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let wrong = editor
        .post("/admin/feeds", &[("do", "add"), ("url", "wire")])
        .await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong
            .words()
            .contains("Address of the feed: expected an http or https address, but found “wire”"),
        "{}",
        wrong.words()
    );
    let fields = [
        ("do", "add"),
        ("url", "https://wire.example/rss"),
        ("publisher", "Harbour Wire"),
    ];
    assert_eq!(editor.post("/admin/feeds", &fields).await.status, 303);
    let twice = editor.post("/admin/feeds", &fields).await;
    assert_eq!(twice.status, 422);
    assert!(
        twice.words().contains("is on record already"),
        "{}",
        twice.words()
    );
    let id = server.store.feeds().await.unwrap()[0].id.to_string();
    for (decision, shown) in [
        ("pause", "Paused"),
        ("resume", "Not asked yet"),
        ("fetch", "Not asked yet"),
    ] {
        let done = editor
            .post("/admin/feeds", &[("do", decision), ("feed", &id)])
            .await;
        assert_eq!(done.status, 303, "{decision}");
        let page = editor.get("/admin/feeds").await.words();
        assert!(
            page.contains(&format!("https://wire.example/rss Harbour Wire {shown}")),
            "{decision}: {page}"
        );
    }
    assert_eq!(
        editor
            .post("/admin/feeds", &[("do", "remove"), ("feed", &id)])
            .await
            .status,
        303
    );
    assert_eq!(server.store.feeds().await.unwrap(), []);
    assert_eq!(
        editor
            .post("/admin/feeds", &[("do", "remove"), ("feed", &id)])
            .await
            .status,
        404
    );
    server.stop().await;
}

#[tokio::test]
async fn a_party_is_added_found_edited_and_named_in_an_event() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let fields = [
        ("code", "example potash"),
        ("kind", "company"),
        ("name", "Example Potash"),
        ("parent", "Belarus"),
        ("aliases", "Example Kali"),
        ("reason", "named in the gazette"),
    ];
    let saved = editor.post("/admin/actors/edit", &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.words());
    let twice = editor.post("/admin/actors/edit", &fields).await;
    assert_eq!(twice.status, 422);
    assert!(
        twice
            .words()
            .contains("Code: the code EXAMPLE POTASH is on record already: edit that party"),
        "{}",
        twice.words()
    );
    let found = editor.get("/admin/actors?q=example+kali").await;
    assert!(
        found.words().contains("1 party for “example kali”"),
        "{}",
        found.words()
    );
    assert!(
        found
            .text
            .contains("href=\"/admin/actors/edit?code=EXAMPLE+POTASH\"")
    );
    let form = editor.get("/admin/actors/edit?code=EXAMPLE+POTASH").await;
    assert!(form.text.contains("value=\"Example Potash\""));
    let edit = [
        ("on_record", "EXAMPLE POTASH"),
        ("name", "Example Potash Ltd"),
    ];
    assert_eq!(editor.post("/admin/actors/edit", &edit).await.status, 303);
    let reading = editor
        .get("/admin/reading?field=actors&text=Example+Kali%7Cusa")
        .await;
    assert_eq!(reading.text, "Example Potash Ltd, United States");
    assert_eq!(
        editor.get("/admin/actors/edit?code=NOBODY").await.status,
        404
    );
    server.stop().await;
}

#[tokio::test]
async fn readings_tell_what_is_typed_means_or_what_is_wrong_with_it() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    for (address, said) in [
        (
            "/admin/reading?field=date&text=2024-09-10",
            "Tuesday 10 September 2024",
        ),
        (
            "/admin/reading?field=date&text=2024-13",
            "expected a day, month or year such as 2024-09-10, 2024-09 or 2024, or an interval such as \
             2024-09-09/2024-09-15 or 2024-09-10/.., but found “2024-13”: there is no month 13",
        ),
        (
            "/admin/reading?field=targets&text=Atlantis",
            "no party on record is called “Atlantis”",
        ),
        ("/admin/reading?field=date&text=", ""),
        ("/admin/reading", ""),
    ] {
        let answer = editor.get(address).await;
        assert_eq!(answer.text, said, "{address}");
        let is_fault = said.starts_with("expected") || said.starts_with("no party");
        let kind = if is_fault { "fault" } else { "means" };
        assert_eq!(answer.header("x-reading"), kind, "{address}");
    }
    server.stop().await;
}

#[tokio::test]
async fn users_are_added_given_roles_and_passwords_and_removed() {
    let server = Server::start().await;
    let admin = server.signed_in(Role::Admin).await;
    let short = [
        ("do", "add"),
        ("name", "lee"),
        ("role", "editor"),
        ("new_password", "short"),
    ];
    let page = admin.post("/admin/users", &short).await;
    assert_eq!(page.status, 422);
    assert!(
        page.words()
            .contains("Password: expected a password of at least 12 characters, but found 5"),
        "{}",
        page.words()
    );
    assert!(page.text.contains("value=\"lee\""));
    assert!(!page.text.contains("value=\"short\""));
    let long = [
        ("do", "add"),
        ("name", "lee"),
        ("role", "editor"),
        ("new_password", " long enough words "),
    ];
    assert_eq!(admin.post("/admin/users", &long).await.status, 303);
    let lee = server
        .store
        .user("lee")
        .await
        .unwrap()
        .expect("the account");
    assert_eq!(lee.role, Role::Editor);
    let change = [("do", "role"), ("name", "lee"), ("role", "viewer")];
    assert_eq!(admin.post("/admin/users", &change).await.status, 303);
    let password = [
        ("do", "password"),
        ("name", "lee"),
        ("new_password", "another long password"),
    ];
    assert_eq!(admin.post("/admin/users", &password).await.status, 303);
    let now = server
        .store
        .user("lee")
        .await
        .unwrap()
        .expect("the account");
    assert_eq!(now.role, Role::Viewer);
    assert_ne!(now.password_hash, lee.password_hash);
    let last = admin
        .post("/admin/users", &[("do", "remove"), ("name", "admin-0")])
        .await;
    assert_eq!(last.status, 422);
    assert!(
        last.words().contains("There is a problem admin-0: "),
        "{}",
        last.words()
    );
    assert_eq!(
        admin
            .post("/admin/users", &[("do", "remove"), ("name", "lee")])
            .await
            .status,
        303
    );
    assert_eq!(server.store.user("lee").await.unwrap(), None);
    server.stop().await;
}

#[tokio::test]
async fn a_tokens_secret_is_shown_once_and_opens_nothing_once_it_is_revoked() {
    let server = Server::start().await;
    let admin = server.signed_in(Role::Admin).await;
    let made = admin
        .post(
            "/admin/tokens",
            &[("do", "add"), ("name", "robot"), ("role", "editor")],
        )
        .await;
    assert_eq!(made.status, 200);
    let shown = made
        .text
        .split("id=\"secret\">")
        .nth(1)
        .and_then(|rest| rest.split('<').next())
        .expect("the secret")
        .to_owned();
    let token = server
        .store
        .token(&secret::hash(&shown))
        .await
        .unwrap()
        .expect("the token");
    assert_eq!((token.name.as_str(), token.role), ("robot", Role::Editor));
    assert!(!admin.get("/admin/tokens").await.text.contains(&shown));
    let twice = admin
        .post(
            "/admin/tokens",
            &[("do", "add"), ("name", "robot"), ("role", "editor")],
        )
        .await;
    assert_eq!(twice.status, 422);
    assert!(
        twice
            .words()
            .contains("Name: the token robot exists already"),
        "{}",
        twice.words()
    );
    assert_eq!(
        admin
            .post("/admin/tokens", &[("do", "revoke"), ("name", "robot")])
            .await
            .status,
        303
    );
    assert_eq!(
        server.store.token(&secret::hash(&shown)).await.unwrap(),
        None
    );
    server.stop().await;
}

#[tokio::test]
async fn no_page_has_an_inline_style_or_script_and_each_has_one_heading() {
    let server = Server::start().await;
    let admin = server.signed_in(Role::Admin).await;
    let id = server
        .record(vec![draft(Kind::Visit, "2024-09-11", "One")])
        .await[0]
        .id;
    for path in [
        "/admin/login".to_owned(),
        "/admin".to_owned(),
        "/admin/events/new".to_owned(),
        format!("/admin/events/{id}/edit"),
        "/admin/review".to_owned(),
        "/admin/ingest".to_owned(),
        "/admin/import".to_owned(),
        "/admin/feeds".to_owned(),
        "/admin/actors".to_owned(),
        "/admin/actors/edit".to_owned(),
        "/admin/users".to_owned(),
        "/admin/tokens".to_owned(),
        "/admin/history".to_owned(),
    ] {
        let page = if path == "/admin/login" {
            server.get(&path).await
        } else {
            admin.get(&path).await
        };
        assert_eq!(page.status, 200, "{path}");
        for inline in [" style=", "<style", "<script>", " onclick="] {
            assert!(!page.text.contains(inline), "{path} has {inline}");
        }
        assert_eq!(page.text.matches("<h1").count(), 1, "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
    server.stop().await;
}
