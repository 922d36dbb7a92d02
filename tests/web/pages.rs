//! The other pages for readers: sources and articles, lanes, follow-through, about.

use demarche::{
    domain::{
        article::NewArticle,
        evidence::EvidenceSpan,
        kind::Kind,
        modality::Modality,
        relation::{Relation, RelationKind},
    },
    store::{Author, Change, Kept, NewCandidate, Recorded},
};

use crate::server::{Server, draft};

fn span(text: &str, words: &str) -> EvidenceSpan {
    let start = text.find(words).unwrap();
    EvidenceSpan {
        start: i64::try_from(start).unwrap(),
        end: i64::try_from(start + words.len()).unwrap(),
        text: words.to_owned(),
    }
}

#[tokio::test]
async fn an_article_shows_the_words_that_carry_its_events() {
    let server = Server::start().await;
    let text = "Envoys <leave>\n\nNorvania said that it expels two envoys. It also said that it warns others.";
    let article = NewArticle {
        url: "https://wire.example/envoys".to_owned(),
        title: "Envoys <leave>".to_owned(),
        publisher: "Harbour Wire".to_owned(),
        published: Some("2024-09-10".parse().unwrap()),
        text: text.to_owned(),
        ..NewArticle::default()
    };
    let candidates = [
        (Kind::Rupture, "Norvania said that it expels two envoys"),
        (Kind::Statement, "it expels two envoys"),
    ]
    .map(|(kind, words)| {
        let mut draft = draft(kind, "2024-09-10", words);
        draft.sources.clear();
        NewCandidate {
            draft,
            spans: vec![span(text, words)],
            rules: Vec::new(),
            confidence: 800,
            links: Vec::new(),
        }
    });
    let Recorded::New(id) = server
        .store
        .record_article(&article, &candidates)
        .await
        .unwrap()
    else {
        panic!("the article is new");
    };
    let author = Author("kim".to_owned());
    let change = Change {
        author: &author,
        reason: "",
    };
    for candidate in server.store.candidates_of(id).await.unwrap() {
        server
            .store
            .accept_candidate(candidate.id, &candidate.draft, Kept::default(), change)
            .await
            .unwrap();
    }
    let page = server.get(&format!("/articles/{id}")).await;
    assert_eq!(page.status, 200);
    assert!(
        page.words().contains("2 events from it"),
        "{}",
        page.words()
    );
    let marks: Vec<String> = page
        .text
        .split("<mark")
        .skip(1)
        .map(|rest| {
            let inner = rest.split("</mark>").next().unwrap();
            let inner = inner.split_once('>').unwrap().1;
            inner
                .replace("</a>", " ")
                .split('>')
                .next_back()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(marks, ["1 Norvania said that ", "2 it expels two envoys"]);
    let sources = server.get("/sources").await;
    assert!(sources.text.contains(&format!("href=\"/articles/{id}\"")));
    assert!(
        sources.words().contains("Harbour Wire 1 2"),
        "{}",
        sources.words()
    );
    let event = page.event_ids()[0].clone();
    let event = server.get(&format!("/events/{event}")).await;
    assert!(
        event
            .text
            .contains("“<mark>Norvania said that it expels two envoys</mark>”"),
        "{}",
        event.text
    );
    assert!(event.text.contains(&format!(
        "<a href=\"/articles/{id}\">read in the article</a>"
    )));
    server.stop().await;
}

#[tokio::test]
async fn lanes_take_two_to_eight_parties_and_say_so() {
    let server = Server::start().await;
    server
        .record(vec![
            draft(Kind::Visit, "2024-09-11", "A visit"),
            draft(Kind::Visit, "2023-01", "Another in January"),
        ])
        .await;
    let page = server.get("/lanes?party=USA&party=IRN").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.event_ids().len(), 2);
    assert!(
        page.text.contains("<svg width=\"1104\" height=\"252\""),
        "{}",
        page.text
    );
    assert_eq!(server.get("/lanes").await.status, 200);
    for (query, said) in [
        ("party=USA", "party : expected 2 to 8 parties, but found 1"),
        (
            "party=USA&party=NOWHERE",
            "party : expected the code or name of a party on record, but found “NOWHERE”",
        ),
    ] {
        let page = server.get(&format!("/lanes?{query}")).await;
        assert_eq!(page.status, 400, "{query}");
        assert!(page.words().contains(said), "{}", page.words());
    }
    server.stop().await;
}

#[tokio::test]
async fn follow_through_tells_what_became_of_what_was_announced() {
    let server = Server::start().await;
    let mut promised = draft(Kind::Visit, "2024-09-11", "A visit is announced");
    promised.modality = Modality::Announced;
    let mut lapsed = draft(Kind::Visit, "2023-01-11", "A visit that never came");
    lapsed.modality = Modality::Announced;
    let warned = draft(Kind::Warning, "2024-10-01", "A warning");
    let first = server
        .record(vec![promised, lapsed, warned])
        .await
        .remove(0);
    let mut done = draft(Kind::Visit, "2024-09-12", "The visit");
    done.relations = vec![Relation {
        kind: RelationKind::CarriesOut,
        to: first.id,
    }];
    server.record(vec![done]).await;
    let words = server.get("/follow-through").await.words();
    for row in [
        "Tue 1 Oct 2024 A warning Warning Occurred USA United States … Pending 805 days so far",
        "Wed 11 Sep 2024 A visit is announced Visit Announced USA United States ✓ Carried out after 2 days \
         by The visit, Thu 12 Sep 2024",
        "Wed 11 Jan 2023 A visit that never came Visit Announced USA United States × Lapsed 1,413 days ago",
        "By actor",
        "USA United States 1 1 0 1 3",
    ] {
        assert!(words.contains(row), "“{row}” is not in {words}");
    }
    server.stop().await;
}

#[tokio::test]
async fn the_coding_page_names_every_kind_and_column() {
    let server = Server::start().await;
    let words = server.get("/about").await.words();
    for kind in Kind::ALL {
        assert!(words.contains(kind.label()), "{kind}");
    }
    for column in demarche::export::columns::Column::ALL {
        assert!(words.contains(column.name()), "{}", column.name());
    }
    server.stop().await;
}
