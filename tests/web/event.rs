//! The page of one event, through its life.

use demarche::{
    domain::{
        kind::Kind,
        modality::Modality,
        relation::{Relation, RelationKind},
    },
    store::{Author, Change},
};

use crate::server::{Server, draft};

fn author() -> Author {
    Author("kim".to_owned())
}

#[tokio::test]
async fn an_event_shows_its_facts_its_source_and_its_chain() {
    let server = Server::start().await;
    let mut announced = draft(
        Kind::Sanction,
        "2024-09-10",
        "Sanctions to come later in the day",
    );
    announced.modality = Modality::Announced;
    let first = server.record(vec![announced]).await.remove(0);
    let mut done = draft(
        Kind::Sanction,
        "2024-09-10",
        "The airline is put on the list",
    );
    done.date_text = "later on Tuesday".to_owned();
    done.summary = "The list names the airline.".to_owned();
    done.authority = "OFAC".to_owned();
    done.relations = vec![Relation {
        kind: RelationKind::CarriesOut,
        to: first.id,
    }];
    let second = server.record(vec![done]).await.remove(0);
    let page = server.get(&format!("/events/{}", second.id)).await;
    assert_eq!(page.status, 200);
    let words = page.words();
    for shown in [
        "The airline is put on the list",
        "Tuesday 10 September 2024",
        "2024-09-10 Known to the day. Read from “later on Tuesday” in an article published on 10 Sep 2024.",
        "CAMEO 163 · PLOVER SANCTION",
        "Legal basis OFAC",
        "1 source, 1 independent",
        "Harbour Wire , 10 Sep 2024",
        "Carries out Sanctions to come later in the day, Tue 10 Sep 2024",
        "Recorded 1 (now)",
        &format!(
            "event {}, revision 1, Tuesday 10 September 2024.",
            second.id
        ),
    ] {
        assert!(words.contains(shown), "“{shown}” is not in {words}");
    }
    assert!(page.text.contains("href=\"https://wire.example/a\""));
    assert!(
        page.text
            .contains(&format!("href=\"/events/{}\"", first.id))
    );
    let other = server.get(&format!("/events/{}", first.id)).await.words();
    assert!(
        other.contains("Follow-through Carried out by The airline is put on the list"),
        "{other}"
    );
    let told = other.split("Linked to").nth(1).unwrap();
    let times = told.matches("Carried out by").count();
    assert_eq!(times, 1, "the link is told once: {told}");
    server.stop().await;
}

#[tokio::test]
async fn a_merged_event_leads_to_the_one_that_stays_and_a_deleted_one_is_gone() {
    let server = Server::start().await;
    let events = server
        .record(vec![
            draft(Kind::Visit, "2024-09-11", "Stays"),
            draft(Kind::Visit, "2024-09-11", "Goes in"),
            draft(Kind::Visit, "2024-09-12", "Is deleted"),
        ])
        .await;
    let author = author();
    let change = Change {
        author: &author,
        reason: "recorded twice",
    };
    server
        .store
        .merge_event(events[1].id, events[0].id, change)
        .await
        .unwrap();
    server
        .store
        .delete_event(events[2].id, 1, change)
        .await
        .unwrap();
    let merged = server.get(&format!("/events/{}", events[1].id)).await;
    assert_eq!(merged.status, 301);
    assert_eq!(
        merged.header("location"),
        format!("/events/{}", events[0].id)
    );
    let deleted = server.get(&format!("/events/{}", events[2].id)).await;
    assert_eq!(deleted.status, 410);
    let said = format!(
        "No longer on record The event {} was deleted on 24 November 2026. Reason: recorded twice",
        events[2].id
    );
    assert!(deleted.words().contains(&said), "{}", deleted.words());
    server.stop().await;
}

#[tokio::test]
async fn an_edit_shows_what_it_changed() {
    let server = Server::start().await;
    let event = server
        .record(vec![draft(Kind::Visit, "2024-09-11", "Old words")])
        .await
        .remove(0);
    let author = author();
    let change = Change {
        author: &author,
        reason: "a slip",
    };
    let mut content = event.content.clone();
    content.headline = "New words".to_owned();
    server
        .store
        .update_event(event.id, 1, &content, change)
        .await
        .unwrap();
    let page = server.get(&format!("/events/{}", event.id)).await;
    assert!(
        page.text
            .contains("Headline <del>Old words</del> <ins>New words</ins>"),
        "{}",
        page.words()
    );
    assert!(
        page.words().contains("New words a slip 2 (now)"),
        "{}",
        page.words()
    );
    server.stop().await;
}
