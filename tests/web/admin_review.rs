//! The review: the article with its words marked, every candidate a form, and each decision on its own.

use demarche::{
    domain::{id::ArticleId, kind::Kind, role::Role},
    store::{
        Author, Change,
        review::{Candidate, CandidateState},
    },
};

use crate::{
    admin_ingest::{ARTICLE, article_of, paste},
    server::{Server, Visit, draft},
};

/// An article that waits, and its candidates.
async fn waiting(server: &Server, editor: &Visit<'_>) -> (String, Vec<Candidate>) {
    let article = article_of(&paste(editor, ARTICLE).await);
    let id: ArticleId = article.parse().unwrap();
    let candidates = server.store.candidates_of(id).await.unwrap();
    assert!(candidates.len() >= 3, "{candidates:?}");
    (format!("/admin/review/{article}"), candidates)
}

fn of(path: &str, candidate: &Candidate) -> String {
    format!("{path}/{}", candidate.id)
}

async fn state_of(server: &Server, candidate: &Candidate) -> CandidateState {
    let now = server.store.candidate(candidate.id).await.unwrap();
    now.expect("the candidate").state
}

#[tokio::test]
async fn the_queue_lists_the_articles_that_wait() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let empty = editor.get("/admin/review").await.words();
    assert!(empty.contains("0 candidates wait for review"), "{empty}");
    let (path, candidates) = waiting(&server, &editor).await;
    let page = editor.get("/admin/review").await;
    let words = page.words();
    let count = candidates.len();
    assert!(
        words.contains(&format!("{count} candidates wait for review")),
        "{words}"
    );
    assert!(
        words.contains(&format!(
            "Harbour Wire 16 May 2023 24 Nov 2026, 12:00 {count} of {count}"
        )),
        "{words}"
    );
    assert!(page.text.contains(&format!("href=\"{path}\"")));
    server.stop().await;
}

#[tokio::test]
async fn every_waiting_candidate_is_a_form_beside_the_marked_article() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = waiting(&server, &editor).await;
    let page = editor.get(&path).await;
    assert_eq!(page.status, 200);
    for candidate in &candidates {
        let action = format!("action=\"{}\"", of(&path, candidate));
        assert_eq!(page.text.matches(&action).count(), 1, "{action}");
    }
    let forms: Vec<&str> = page.text.split("<form class=\"cand ").skip(1).collect();
    assert_eq!(forms.len(), candidates.len());
    for form in forms {
        let form = form.split("</form>").next().unwrap();
        for name in [
            "kind",
            "date",
            "modality",
            "headline",
            "summary",
            "quote",
            "speakers",
            "actors",
            "targets",
            "named",
            "place",
            "source_url",
            "effective_date",
            "authority",
            "program",
            "legal_url",
            "list_ids",
            "tags",
            "relations",
            "status",
            "reason",
            "merge",
            "csrf",
        ] {
            assert!(
                form.contains(&format!("name=\"{name}\"")),
                "no {name} in {form}"
            );
        }
        for decision in ["accept", "merge", "reject"] {
            assert!(
                form.contains(&format!("name=\"do\" value=\"{decision}\"")),
                "{decision}"
            );
        }
    }
    for (number, mark) in page.text.split("<mark ").skip(1).enumerate() {
        let mark = mark.split("</mark>").next().unwrap();
        assert!(!mark.contains("<mark"), "mark {number} nests");
        let words = mark.split_once('>').unwrap().1;
        let words = words.split_once("</a> ").map_or(words, |(_, words)| words);
        assert!(ARTICLE.contains(words), "not the article's words: {words}");
    }
    for key in ["j", "k", "a", "e", "r", "m", "u", "n", "?"] {
        assert!(page.text.contains(&format!("<kbd>{key}</kbd>")), "{key}");
    }
    assert!(page.words().contains("Confidence "), "{}", page.words());
    server.stop().await;
}

#[tokio::test]
async fn each_decision_counts_and_leaves_the_other_forms_valid() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = waiting(&server, &editor).await;
    let accept = [
        ("do", "accept"),
        ("headline", "Norway sets sanctions on Belarus"),
        ("place", "Oslo"),
    ];
    let accepted = editor.post(&of(&path, &candidates[0]), &accept).await;
    assert_eq!(accepted.status, 303, "{}", accepted.words());
    assert!(accepted.header("location").starts_with(&path));
    let CandidateState::Accepted(event) = state_of(&server, &candidates[0]).await else {
        panic!("it was accepted");
    };
    let reject = [("do", "reject"), ("reason", "")];
    let rejected = editor.post(&of(&path, &candidates[1]), &reject).await;
    assert_eq!(rejected.status, 303, "{}", rejected.words());
    let into = event.to_string();
    let merge = [("do", "merge"), ("merge", into.as_str())];
    let merged = editor.post(&of(&path, &candidates[2]), &merge).await;
    assert_eq!(merged.status, 303, "{}", merged.words());
    assert_eq!(
        state_of(&server, &candidates[2]).await,
        CandidateState::Merged(event)
    );

    let csv = server.get("/export.csv?dialect=raw").await;
    assert_eq!(csv.header("x-total-count"), "1");
    for column in [
        "Norway sets sanctions on Belarus",
        ",Oslo,",
        "Harbour Wire",
        "2023-05-16",
    ] {
        assert!(csv.text.contains(column), "{column}: {}", csv.text);
    }
    let page = editor.get(&path).await;
    let forms = page.text.matches("<form class=\"cand ").count();
    assert_eq!(forms, candidates.len() - 3);
    let words = page.words();
    for said in ["Accepted", "Rejected", "Merged", "by editor-0"] {
        assert!(words.contains(said), "“{said}” is not in {words}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_candidate_that_was_edited_wrongly_comes_back_with_what_was_typed() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = waiting(&server, &editor).await;
    let wrong = [
        ("do", "accept"),
        ("date", "2023-02-30"),
        ("actors", "Atlantis"),
        ("place", "Oslo & Bergen"),
    ];
    let page = editor.post(&of(&path, &candidates[1]), &wrong).await;
    assert_eq!(page.status, 422);
    assert!(page.text.contains("<title>Error: Review: "));
    let words = page.words();
    assert!(
        words.contains(
            "Who acts: expected the code or name of a party on record, but found “Atlantis”"
        ),
        "{words}"
    );
    assert!(
        page.text
            .contains("id=\"c2-date\" name=\"date\" type=\"text\" value=\"2023-02-30\"")
    );
    assert!(page.text.contains("value=\"Oslo &#38; Bergen\""));
    assert!(page.text.contains("id=\"c2-actors-e1\""));
    assert_eq!(
        state_of(&server, &candidates[1]).await,
        CandidateState::Waiting
    );

    let nowhere = editor
        .post(
            &of(&path, &candidates[1]),
            &[("do", "merge"), ("merge", "EV-222222")],
        )
        .await;
    assert_eq!(nowhere.status, 422);
    assert!(
        nowhere
            .words()
            .contains("there is no event EV-222222 on record to merge into"),
        "{}",
        nowhere.words()
    );
    let unchosen = editor
        .post(
            &of(&path, &candidates[1]),
            &[("do", "merge"), ("merge", "")],
        )
        .await;
    assert_eq!(unchosen.status, 422);
    assert!(
        unchosen
            .words()
            .contains("expected the event to merge into, but none was chosen"),
        "{}",
        unchosen.words()
    );
    assert_eq!(
        editor
            .post(&of(&path, &candidates[1]), &[("do", "later")])
            .await
            .status,
        400
    );
    server.stop().await;
}

#[tokio::test]
async fn what_another_decided_first_stands_and_is_told() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = waiting(&server, &editor).await;
    let author = Author("lee".to_owned());
    let change = Change {
        author: &author,
        reason: "no act",
    };
    server
        .store
        .reject_candidate(candidates[0].id, change)
        .await
        .unwrap();
    let page = editor
        .post(&of(&path, &candidates[0]), &[("do", "accept")])
        .await;
    assert_eq!(page.status, 409);
    assert!(
        page.words()
            .contains("Candidate 1 was already rejected by lee. Your decision changed nothing."),
        "{}",
        page.words()
    );
    assert_eq!(server.get("/export.csv").await.header("x-total-count"), "0");
    server.stop().await;
}

#[tokio::test]
async fn what_is_on_record_alike_is_offered_and_accepting_still_makes_a_new_event() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let mut known = draft(Kind::Sanction, "2023-05-16", "Norway lists Belarus");
    known.actors = vec!["NOR".parse().unwrap()];
    known.targets = vec!["BLR".parse().unwrap()];
    let known = server.record(vec![known]).await.remove(0).id;
    let (path, candidates) = waiting(&server, &editor).await;
    let page = editor.get(&path).await;
    assert!(
        page.text
            .contains(&format!("name=\"merge\" value=\"{known}\"")),
        "{}",
        page.words()
    );
    let same = candidates
        .iter()
        .find(|candidate| candidate.draft.kind == Kind::Sanction)
        .expect("the sanction is found");
    let accepted = editor
        .post(&of(&path, same), &[("do", "accept"), ("merge", "")])
        .await;
    assert_eq!(accepted.status, 303, "{}", accepted.words());
    assert_eq!(server.get("/export.csv").await.header("x-total-count"), "2");
    server.stop().await;
}

#[tokio::test]
async fn articles_and_candidates_that_are_not_there_are_404() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, _) = waiting(&server, &editor).await;
    for wrong in ["/admin/review/99", "/admin/review/x"] {
        assert_eq!(editor.get(wrong).await.status, 404, "{wrong}");
    }
    for wrong in [format!("{path}/99"), format!("{path}/x")] {
        assert_eq!(
            editor.post(&wrong, &[("do", "accept")]).await.status,
            404,
            "{wrong}"
        );
    }
    server.stop().await;
}
