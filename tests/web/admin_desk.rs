//! The review beyond one decision: links, taking back, publishing many at once, marking what was missed, the queue's
//! filters, and what the decisions teach.

use demarche::{
    domain::{
        article::NewArticle,
        evidence::EvidenceSpan,
        id::{ArticleId, CandidateId, EventId},
        kind::Kind,
        relation::RelationKind,
        role::Role,
    },
    store::{CandidateLink, CandidateState, EventLookup, NewCandidate},
};

use crate::server::{Server, Visit, draft};

const TEXT: &str =
    "Charges traded\n\nThe US accused Iran on Monday. Iran denied it.\n\nIran and Oman met.";

fn candidate(kind: Kind, words: &str, confidence: i64) -> NewCandidate {
    let start = TEXT.find(words).unwrap();
    let mut content = draft(kind, "2024-01-02", &format!("{kind} told so"));
    content.sources.clear();
    content.actors = vec!["IRN".parse().unwrap()];
    content.targets = vec!["USA".parse().unwrap()];
    if kind == Kind::Accusation {
        std::mem::swap(&mut content.actors, &mut content.targets);
    }
    NewCandidate {
        draft: content,
        spans: vec![EvidenceSpan {
            start: i64::try_from(start).unwrap(),
            end: i64::try_from(start + words.len()).unwrap(),
            text: words.to_owned(),
        }],
        rules: vec![format!("the {kind} rule")],
        confidence,
        links: Vec::new(),
    }
}

/// An accusation, the denial of it and a meeting; the address of their page and their numbers.
async fn scene(server: &Server, url: &str) -> (String, Vec<CandidateId>) {
    let mut denial = candidate(Kind::Denial, "Iran denied it", 800);
    denial.links = vec![CandidateLink::proposed(RelationKind::Denies, 0)];
    let candidates = [
        candidate(Kind::Accusation, "The US accused Iran", 920),
        denial,
        candidate(Kind::Meeting, "Iran and Oman met", 600),
    ];
    let article = NewArticle {
        url: url.to_owned(),
        title: "Charges traded".to_owned(),
        publisher: "Harbour Wire".to_owned(),
        byline: String::new(),
        language: "en".to_owned(),
        published: "2024-01-02".parse().ok(),
        text: format!("{TEXT}\n\n{url}"),
    };
    let recorded = server
        .store
        .record_article(&article, &candidates)
        .await
        .unwrap();
    let candidates = server.store.candidates_of(recorded.id()).await.unwrap();
    (
        format!("/admin/review/{}", recorded.id()),
        candidates.iter().map(|candidate| candidate.id).collect(),
    )
}

async fn state(server: &Server, id: CandidateId) -> CandidateState {
    server.store.candidate(id).await.unwrap().unwrap().state
}

async fn accept(server: &Server, editor: &Visit<'_>, path: &str, id: CandidateId) -> EventId {
    let answer = editor
        .post(&format!("{path}/{id}"), &[("do", "accept")])
        .await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    let CandidateState::Accepted(event) = state(server, id).await else {
        panic!("it was accepted");
    };
    event
}

async fn relations(server: &Server, id: EventId) -> Vec<String> {
    let EventLookup::Found(event) = server.store.event(id).await.unwrap() else {
        panic!("{id} is on record");
    };
    event
        .content
        .relations
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[tokio::test]
async fn one_candidate_is_open_and_a_decision_leads_to_the_next() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = scene(&server, "https://example.org/a").await;
    let page = editor.get(&path).await;
    assert_eq!(page.text.matches("<details name=\"candidate\"").count(), 3);
    assert_eq!(
        page.text
            .matches("<details name=\"candidate\" open>")
            .count(),
        1
    );
    let second = editor.get(&format!("{path}?open=2")).await;
    let open = second
        .text
        .find("<details name=\"candidate\" open>")
        .unwrap();
    assert!(open > second.text.find("id=\"c2\"").unwrap());
    assert!(open < second.text.find("id=\"c3\"").unwrap());
    // after the second comes the third, then the first
    let go = async |id: CandidateId| {
        let fields = [("do", "reject"), ("queue", "least=50")];
        let answer = editor.post(&format!("{path}/{id}"), &fields).await;
        answer.header("location").to_owned()
    };
    assert_eq!(
        go(candidates[1]).await,
        format!("{path}?open=3&least=50#c3")
    );
    assert_eq!(
        go(candidates[2]).await,
        format!("{path}?open=1&least=50#c1")
    );
    assert_eq!(go(candidates[0]).await, format!("{path}?least=50"));
    // the surest first, where that is asked
    let (path, _) = scene(&server, "https://example.org/b").await;
    let sorted = editor.get(&format!("{path}?sort=confidence")).await;
    let place = |number: &str| sorted.text.find(&format!("id=\"c{number}\"")).unwrap();
    assert!(place("1") < place("2") && place("2") < place("3"));
    assert!(
        sorted
            .words()
            .contains("Surest first. In the order of the text")
    );
    server.stop().await;
}

#[tokio::test]
async fn links_read_from_the_article_are_shown_at_both_ends_and_become_relations() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = scene(&server, "https://example.org/a").await;
    let page = editor.get(&path).await;
    let words = page.words();
    assert!(
        words.contains("Denies accusation told so , candidate 1"),
        "{words}"
    );
    assert!(words.contains("Denied by candidate 2."), "{words}");
    assert!(
        page.text
            .contains("name=\"link\" value=\"denies:0\" checked")
    );
    let accusation = accept(&server, &editor, &path, candidates[0]).await;
    let denial = accept(&server, &editor, &path, candidates[1]).await;
    assert_eq!(
        relations(&server, denial).await,
        [format!("denies:{accusation}")]
    );
    for (one, label, other) in [
        (accusation, "Denied by", "denial told so"),
        (denial, "Denies", "accusation told so"),
    ] {
        let page = server.get(&format!("/events/{one}")).await.words();
        assert!(page.contains(&format!("{label} {other}")), "{page}");
    }

    // unticked, it is none; ticked, one on record is linked to
    let (path, candidates) = scene(&server, "https://example.org/b").await;
    let page = editor.get(&format!("{path}?open=2")).await;
    let onto = format!("name=\"link\" value=\"denies:{accusation}\"");
    assert!(page.text.contains(&onto), "{}", page.words());
    assert!(
        page.words()
            .contains("IRN is who it is about; directed at USA; the same day"),
        "{}",
        page.words()
    );
    let link = format!("denies:{accusation}");
    let fields = [
        ("do", "accept"),
        ("links_shown", "1"),
        ("link", link.as_str()),
    ];
    let answer = editor
        .post(&format!("{path}/{}", candidates[1]), &fields)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    accept(&server, &editor, &path, candidates[0]).await;
    let CandidateState::Accepted(denial) = state(&server, candidates[1]).await else {
        panic!("it was accepted");
    };
    assert_eq!(relations(&server, denial).await, [link]);
    server.stop().await;
}

#[tokio::test]
async fn what_is_on_record_is_offered_with_its_reasons() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let mut known = draft(Kind::Accusation, "2024-01-02", "Washington accuses Tehran");
    known.actors = vec!["USA".parse().unwrap()];
    known.targets = vec!["IRN".parse().unwrap()];
    let known = server.record(vec![known]).await.remove(0).id;
    let (path, _) = scene(&server, "https://example.org/a").await;
    let words = editor.get(&path).await.words();
    assert!(
        words.contains("same kind; same parties; same date: 85 % alike"),
        "{words}"
    );
    assert!(words.contains("On record?"), "{words}");
    let bulk = editor.get("/admin/review/bulk?least=90").await.words();
    assert!(
        bulk.contains(&format!("One more source of {known}")),
        "{bulk}"
    );
    server.stop().await;
}

#[tokio::test]
async fn the_last_decision_is_taken_back_in_one_step() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = scene(&server, "https://example.org/a").await;
    assert!(!editor.get(&path).await.text.contains("data-undo"));
    let event = accept(&server, &editor, &path, candidates[0]).await;
    let page = editor.get(&path).await;
    assert!(
        page.words().contains(&format!(
            "Your last decision: accepted “accusation told so” as {event}."
        )),
        "{}",
        page.words()
    );
    let last = server.store.decided_last("editor-0").await.unwrap();
    let decision = last.unwrap().decision.to_string();
    assert!(
        page.text
            .contains(&format!("name=\"decision\" value=\"{decision}\" data-undo"))
    );
    let undo = [("decision", decision.as_str()), ("queue", "")];
    let undone = editor.post("/admin/review/undo", &undo).await;
    assert_eq!(undone.status, 303);
    assert_eq!(undone.header("location"), format!("{path}?open=1#c1"));
    assert_eq!(state(&server, candidates[0]).await, CandidateState::Waiting);
    let gone = server.get(&format!("/events/{event}")).await;
    assert_eq!(gone.status, 410);
    assert!(
        gone.words().contains("the decision was taken back"),
        "{}",
        gone.words()
    );
    let again = editor.post("/admin/review/undo", &undo).await;
    assert_eq!(again.header("location"), "/admin/review");
    for wrong in [
        [("decision", "x"), ("queue", "")],
        [("candidate", "x"), ("queue", "")],
    ] {
        let answer = editor.post("/admin/review/undo", &wrong).await;
        assert_eq!(answer.status, 400, "{}", answer.words());
    }
    // another's decision is taken back by its candidate
    let other = server.signed_in(Role::Editor).await;
    let into = accept(&server, &other, &path, candidates[0]).await;
    let merge = [("do", "merge"), ("merge", &into.to_string())];
    other
        .post(&format!("{path}/{}", candidates[1]), &merge)
        .await;
    assert_eq!(
        state(&server, candidates[1]).await,
        CandidateState::Merged(into)
    );
    let reopen = [("candidate", &*candidates[1].to_string())];
    let reopened = editor.post("/admin/review/undo", &reopen).await;
    assert_eq!(reopened.header("location"), format!("{path}?open=2#c2"));
    assert_eq!(state(&server, candidates[1]).await, CandidateState::Waiting);
    server.stop().await;
}

#[tokio::test]
async fn what_was_edited_since_is_not_taken_back_and_says_so() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = scene(&server, "https://example.org/a").await;
    let event = accept(&server, &editor, &path, candidates[0]).await;
    let edit = [
        ("revision", "1"),
        ("kind", "accusation"),
        ("date", "2024-01-02"),
        ("headline", "Put better"),
        ("actors", "USA"),
    ];
    let saved = editor
        .post(&format!("/admin/events/{event}/edit"), &edit)
        .await;
    assert_eq!(saved.status, 303, "{}", saved.words());
    let undo = [("candidate", &*candidates[0].to_string())];
    let refused = editor.post("/admin/review/undo", &undo).await;
    assert_eq!(refused.status, 422);
    let words = refused.words();
    assert!(
        words.contains(&format!(
            "vent {event} was edited or gained a source since it was accepted; edit or delete it instead"
        )),
        "{words}"
    );
    server.stop().await;
}

#[tokio::test]
async fn many_are_listed_then_published_then_taken_back_at_once() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = scene(&server, "https://example.org/a").await;
    let (_, others) = scene(&server, "https://example.org/b").await;
    let list = editor.get("/admin/review/bulk?least=80").await;
    assert!(
        list.words().contains(
            "This would publish 4 candidates of 80 % confidence or more: 2 as new events, 2 as one more source"
        ),
        "{}",
        list.words()
    );
    assert_eq!(list.text.matches("name=\"candidate\"").count(), 4);
    assert_eq!(server.store.waiting_count().await.unwrap(), 6);
    let rejected = [("do", "reject")];
    editor
        .post(&format!("{path}/{}", candidates[1]), &rejected)
        .await;
    let ids: Vec<String> = [candidates[0], candidates[1], others[0], others[1]]
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut fields = vec![("queue", "least=80")];
    fields.extend(ids.iter().map(|id| ("candidate", id.as_str())));
    let published = editor.post("/admin/review/bulk", &fields).await;
    assert_eq!(published.header("location"), "/admin/review?least=80");
    let queue = editor.get("/admin/review?least=80").await;
    assert!(
        queue
            .words()
            .contains("Your last decision: published 3 candidates at once."),
        "{}",
        queue.words()
    );
    assert_eq!(server.get("/export.csv").await.header("x-total-count"), "2");
    let taken = server.store.decided_last("editor-0").await.unwrap();
    let decision = taken.unwrap().decision.to_string();
    let undone = editor
        .post("/admin/review/undo", &[("decision", &*decision)])
        .await;
    assert_eq!(undone.header("location"), "/admin/review");
    assert_eq!(server.get("/export.csv").await.header("x-total-count"), "0");
    assert_eq!(
        state(&server, candidates[1]).await,
        CandidateState::Rejected
    );
    let none = editor.post("/admin/review/bulk", &[("queue", "")]).await;
    assert_eq!(none.status, 303);
    server.stop().await;
}

#[tokio::test]
async fn words_that_the_extractor_missed_become_a_candidate() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, _) = scene(&server, "https://example.org/a").await;
    let wrong = [("words", "Iran praised it")];
    let refused = editor.post(&format!("{path}/missed"), &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .words()
            .contains("Expected words that stand in the article, but did not find these in it"),
        "{}",
        refused.words()
    );
    assert!(refused.text.contains(">Iran praised it</textarea>"));
    let marked = editor
        .post(
            &format!("{path}/missed"),
            &[("words", "Iran  on Monday.\nIran denied")],
        )
        .await;
    assert_eq!(marked.header("location"), format!("{path}?open=2#c2"));
    let id: ArticleId = path.rsplit('/').next().unwrap().parse().unwrap();
    let candidates = server.store.candidates_of(id).await.unwrap();
    assert_eq!(candidates.len(), 4);
    assert_eq!(candidates[1].spans[0].text, "Iran on Monday. Iran denied");
    let page = editor.get(&format!("{path}?open=2")).await.words();
    assert!(page.contains("Marked by an editor"), "{page}");
    let event = accept(&server, &editor, &path, candidates[1].id).await;
    let shown = server.get(&format!("/events/{event}")).await;
    assert!(shown.text.contains("Iran on Monday. Iran denied"));
    server.stop().await;
}

#[tokio::test]
async fn evidence_that_was_corrected_must_stand_in_the_article() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (path, candidates) = scene(&server, "https://example.org/a").await;
    let address = format!("{path}/{}", candidates[0]);
    let wrong = [("do", "accept"), ("evidence", "The US praised Iran")];
    let refused = editor.post(&address, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.words().contains(
            "Evidence: expected words that stand in the article, but did not find these in it"
        ),
        "{}",
        refused.words()
    );
    let right = [("do", "accept"), ("evidence", "accused Iran on Monday")];
    assert_eq!(editor.post(&address, &right).await.status, 303);
    let CandidateState::Accepted(event) = state(&server, candidates[0]).await else {
        panic!("it was accepted");
    };
    let EventLookup::Found(event) = server.store.event(event).await.unwrap() else {
        panic!("it is on record");
    };
    assert_eq!(
        event.content.sources[0].spans[0].text,
        "accused Iran on Monday"
    );
    let decided = server.store.candidate(candidates[0]).await.unwrap();
    assert_eq!(decided.unwrap().changed, ["evidence"]);
    server.stop().await;
}

#[tokio::test]
async fn the_queue_is_filtered_and_leads_on_within_its_filter() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let (first, candidates) = scene(&server, "https://example.org/a").await;
    let (second, _) = scene(&server, "https://example.org/b").await;
    editor
        .post(
            &format!("{first}/{}", candidates[2]),
            &[("do", "reject"), ("reason", "no act")],
        )
        .await;
    let meetings = editor.get("/admin/review?kind=meeting").await;
    assert!(
        meetings
            .words()
            .contains("Under this filter 1 candidate waits for review."),
        "{}",
        meetings.words()
    );
    assert!(
        meetings
            .text
            .contains(&format!("href=\"{second}?kind=meeting\""))
    );
    assert!(!meetings.text.contains(&format!("href=\"{first}?")));
    let article = editor.get(&format!("{first}?kind=meeting")).await;
    assert!(
        article
            .text
            .contains(&format!("href=\"{second}?kind=meeting\" data-next-article"))
    );
    assert!(
        article.words().contains("1 of 3 decided"),
        "{}",
        article.words()
    );
    assert!(
        article.words().contains("1 of 6 candidates"),
        "{}",
        article.words()
    );
    assert!(article.words().contains("no act"), "{}", article.words());
    let surest = editor.get("/admin/review?order=surest&least=95").await;
    assert!(
        surest.words().contains("Nothing of that waits"),
        "{}",
        surest.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn the_dashboard_tells_what_editors_made_of_each_rule() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let empty = editor.get("/admin").await.words();
    assert!(empty.contains("No candidate was decided yet."), "{empty}");
    let (path, candidates) = scene(&server, "https://example.org/a").await;
    accept(&server, &editor, &path, candidates[0]).await;
    let (path, candidates) = scene(&server, "https://example.org/b").await;
    let changed = [("do", "accept"), ("date", "2024-01-03")];
    editor
        .post(&format!("{path}/{}", candidates[0]), &changed)
        .await;
    let (path, candidates) = scene(&server, "https://example.org/c").await;
    editor
        .post(&format!("{path}/{}", candidates[0]), &[("do", "reject")])
        .await;
    let words = editor.get("/admin").await.words();
    assert!(
        words.contains("Accusation from the accusation rule 67 % of 3 1 1 1 date 1"),
        "{words}"
    );
    server.stop().await;
}
