//! Handing articles in: by paste, by files, by address; and what is refused.

use demarche::{
    domain::role::Role,
    store::job::{JobState, Then},
};

use crate::server::{Answer, Server, Visit};

/// An article of our own about acts that never happened.
pub const ARTICLE: &str = "Norway punishes Belarus over jailed reporters
Harbour Wire, Oslo, 16 May 2023

Norway imposed sanctions on Belarus on Tuesday over the jailing of eleven reporters.

Poland expelled two Belarusian diplomats on Monday after the verdicts were read out in Minsk.

Sweden warned Belarus that more measures would follow.";

/// Pastes an article with its day and its publisher.
pub async fn paste(editor: &Visit<'_>, text: &str) -> Answer {
    let fields = [
        ("text", text),
        ("published", "2023-05-16"),
        ("source", "Harbour Wire"),
        ("url", ""),
    ];
    editor.post("/admin/ingest", &fields).await
}

/// The number of the article that a paste led to.
pub fn article_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer
        .header("location")
        .strip_prefix("/admin/ingest?article=")
        .expect("it leads to the page that says what came of it")
        .to_owned()
}

#[tokio::test]
async fn a_pasted_article_waits_for_review() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let article = article_of(&paste(&editor, ARTICLE).await);
    let waiting = server.store.waiting_count().await.unwrap();
    assert!(waiting >= 3, "{waiting}");
    let page = editor
        .get(&format!("/admin/ingest?article={article}"))
        .await;
    assert_eq!(page.status, 200);
    assert!(
        page.words()
            .contains(&format!("{waiting} candidates found")),
        "{}",
        page.words()
    );
    assert!(
        page.text
            .contains(&format!("href=\"/admin/review/{article}\""))
    );
    server.stop().await;
}

#[tokio::test]
async fn the_same_article_again_changes_nothing_and_says_so() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let first = article_of(&paste(&editor, ARTICLE).await);
    let waiting = server.store.waiting_count().await.unwrap();
    let again = paste(&editor, ARTICLE).await;
    assert_eq!(article_of(&again), first);
    assert_eq!(server.store.waiting_count().await.unwrap(), waiting);
    assert_eq!(server.store.articles(None, 10).await.unwrap().len(), 1);
    server.stop().await;
}

#[tokio::test]
async fn an_article_without_words_or_without_a_day_is_refused_with_all_that_was_typed() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let undated = [
        ("text", "A <title>\r\nNobody did anything to anyone."),
        ("published", ""),
        ("source", "Harbour Wire"),
        ("url", "https://wire.example/a"),
    ];
    let page = editor.post("/admin/ingest", &undated).await;
    assert_eq!(page.status, 422);
    let words = page.words();
    assert!(
        words.contains(
            "Published: no day of publication was found in the article: give it here, as 2024-09-10"
        ),
        "{words}"
    );
    assert!(
        page.text
            .contains("\nA &#60;title&#62;\r\nNobody did anything to anyone.</textarea>")
    );
    assert!(
        page.text
            .contains("name=\"source\" type=\"text\" value=\"Harbour Wire\"")
    );
    assert!(
        page.text
            .contains("name=\"url\" type=\"text\" value=\"https://wire.example/a\"")
    );
    assert!(
        page.text
            .contains("<title>Error: ingest – Démarche</title>")
    );

    let wrong = [
        ("text", " \r\n "),
        ("published", "2024-13-40"),
        ("url", "ftp://x"),
    ];
    let page = editor.post("/admin/ingest", &wrong[..2]).await;
    assert_eq!(page.status, 422);
    for said in [
        "Article: expected an article, but found no words in it",
        "Published: expected a day such as 2024-09-10, but found “2024-13-40”",
    ] {
        assert!(
            page.words().contains(said),
            "“{said}” is not in {}",
            page.words()
        );
    }
    let page = editor.post("/admin/ingest", &wrong[2..]).await;
    assert_eq!(page.status, 422);
    let said = "Address: expected an http or https address, but found “ftp://x”";
    assert!(page.words().contains(said), "{}", page.words());
    assert_eq!(server.store.articles(None, 10).await.unwrap().len(), 0);
    server.stop().await;
}

#[tokio::test]
async fn files_are_read_and_each_that_cannot_be_is_told_by_name() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let one = editor
        .upload(
            "/admin/ingest",
            &[],
            &[("files", "norway.txt", ARTICLE.as_bytes())],
        )
        .await;
    article_of(&one);

    let several = editor
        .upload(
            "/admin/ingest",
            &[("published", "2023-05-17")],
            &[
                ("files", "norway.txt", ARTICLE.as_bytes()),
                (
                    "files",
                    "noise.bin",
                    &[0, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 0],
                ),
            ],
        )
        .await;
    assert_eq!(several.status, 422);
    let words = several.words();
    assert!(words.contains("Files: noise.bin: "), "{words}");
    assert!(
        words.contains("norway.txt This article is already on record"),
        "{words}"
    );

    let none = editor
        .upload("/admin/ingest", &[], &[("files", "", b"")])
        .await;
    assert_eq!(none.status, 422);
    assert!(
        none.words()
            .contains("expected an article as text, a file or an address, but found nothing"),
        "{}",
        none.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn an_upload_beyond_the_limit_is_413_and_another_type_415() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let large = vec![b'a'; 20 * 1024 * 1024 + 1];
    let page = editor
        .upload("/admin/ingest", &[], &[("files", "large.txt", &large)])
        .await;
    assert_eq!(page.status, 413);
    assert!(
        page.words()
            .contains("This server takes at most 20 MiB here."),
        "{}",
        page.words()
    );
    let page = editor
        .send_as("/admin/ingest", "application/json", "{}".to_owned())
        .await;
    assert_eq!(page.status, 415);
    server.stop().await;
}

#[tokio::test]
async fn an_upload_needs_its_token() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let page = editor
        .upload(
            "/admin/ingest",
            &[("csrf", "guessed")],
            &[("files", "norway.txt", ARTICLE.as_bytes())],
        )
        .await;
    assert_eq!(page.status, 403);
    assert_eq!(server.store.articles(None, 10).await.unwrap().len(), 0);
    server.stop().await;
}

#[tokio::test]
async fn an_address_goes_into_the_queue_and_a_job_that_failed_can_be_tried_again() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let page = editor
        .get("/admin/ingest?url=https%3A%2F%2Fwire.example%2Fa")
        .await;
    assert!(page.text.contains("value=\"https://wire.example/a\""));
    let answer = editor
        .post(
            "/admin/ingest",
            &[("url", "https://wire.example/a?utm_source=x")],
        )
        .await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/admin/ingest")
    );
    let job = server.store.recent_jobs(1).await.unwrap().remove(0);
    assert_eq!(job.payload.url(), "https://wire.example/a");
    let taken = server.store.take_job(60, 3).await.unwrap().expect("a job");
    server
        .store
        .fail_job(
            taken.claim(),
            "the server answered 404 Not Found",
            Then::GiveUp,
        )
        .await
        .unwrap();
    let page = editor.get("/admin/ingest").await;
    assert!(
        page.words().contains("the server answered 404 Not Found"),
        "{}",
        page.words()
    );
    let id = taken.id.to_string();
    let again = editor.post("/admin/ingest/retry", &[("job", &id)]).await;
    assert_eq!(again.status, 303);
    let job = server.store.job(taken.id).await.unwrap().expect("the job");
    assert_eq!(job.state, JobState::Queued);
    assert_eq!(
        editor
            .post("/admin/ingest/retry", &[("job", "x")])
            .await
            .status,
        404
    );
    server.stop().await;
}
