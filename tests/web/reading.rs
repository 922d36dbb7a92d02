//! What readers cite, compare, follow and take along: revisions, citations, changes, status, reports, embeds, 304.

use demarche::{
    domain::{
        kind::Kind,
        modality::Modality,
        relation::{Relation, RelationKind},
        status::Status,
    },
    store::{Author, Change},
};
use reqwest::Method;

use crate::server::{Server, draft};

async fn amended(server: &Server) -> demarche::domain::event::Event {
    let event = server
        .record(vec![draft(Kind::Visit, "2024-09-11", "Old <words>")])
        .await
        .remove(0);
    let author = Author("kim".to_owned());
    let change = Change {
        author: &author,
        reason: "the source took it back",
    };
    let mut content = event.content.clone();
    content.headline = String::from("New words");
    content.status = Status::Retracted;
    server
        .store
        .update_event(event.id, 1, &content, change)
        .await
        .unwrap()
}

#[tokio::test]
async fn every_revision_has_an_address_that_always_shows_it() {
    let server = Server::start().await;
    let event = amended(&server).await;
    let now = server.get(&format!("/events/{}", event.id)).await;
    assert!(
        now.words().contains(
            "Retracted. This event is kept for the record, but what it says has been withdrawn: do not rely on it. \
             The editor’s reason: the source took it back"
        ),
        "{}",
        now.words()
    );
    let first = server
        .get(&format!("/events/{}/revisions/1", event.id))
        .await;
    assert_eq!(first.status, 200);
    let words = first.words();
    for shown in [
        "Old <words>",
        "This is revision 1, as saved on 24 Nov 2026, 12:00 UTC; this address always shows it. It now stands at revision 2.",
        &format!("event {}, revision 1,", event.id),
    ] {
        assert!(words.contains(shown), "“{shown}” is not in {words}");
    }
    assert!(!words.contains("Retracted. This event is kept"), "{words}");
    assert!(
        first
            .text
            .contains("<meta name=\"robots\" content=\"noindex\">")
    );
    for number in ["3", "0", "x"] {
        let path = format!("/events/{}/revisions/{number}", event.id);
        assert_eq!(server.get(&path).await.status, 404, "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_citation_is_a_file_of_the_revision_that_it_names() {
    let server = Server::start().await;
    let event = amended(&server).await;
    for (ending, media, holds) in [
        ("bib", "application/x-bibtex", "title = {{Old <words>}}"),
        (
            "ris",
            "application/x-research-info-systems",
            "TI  - Old <words>\r\n",
        ),
        (
            "json",
            "application/vnd.citationstyles.csl+json",
            "\"title\":\"Old <words>\"",
        ),
    ] {
        let path = format!("/events/{}/cite.{ending}?revision=1", event.id);
        let file = server.get(&path).await;
        assert_eq!(file.status, 200, "{path}");
        assert!(file.header("content-type").starts_with(media), "{path}");
        assert!(file.text.contains(holds), "{}", file.text);
        let name = format!("attachment; filename=\"{}-r1.{ending}\"", event.id);
        assert_eq!(file.header("content-disposition"), name);
        let latest = server
            .get(&format!("/events/{}/cite.{ending}", event.id))
            .await;
        assert!(latest.text.contains("New words"), "{}", latest.text);
    }
    let missing = server.get(&format!("/events/{}/cite.doc", event.id)).await;
    assert_eq!(missing.status, 404);
    server.stop().await;
}

#[tokio::test]
async fn an_event_is_told_to_machines_as_linked_data() {
    let server = Server::start().await;
    let mut claim = draft(Kind::Transfer, "2024-09-10", "</script> missiles sent");
    claim.modality = Modality::Alleged;
    let events = server
        .record(vec![claim, draft(Kind::Visit, "2024-09-11", "A visit")])
        .await;
    for (event, kind, day) in [
        (&events[0], "Claim", "dateCreated"),
        (&events[1], "Event", "startDate"),
    ] {
        let page = server.get(&format!("/events/{}", event.id)).await;
        let block = page
            .text
            .split("<script type=\"application/ld+json\">")
            .nth(1)
            .and_then(|rest| rest.split("</script>").next())
            .unwrap();
        let data: serde_json::Value = serde_json::from_str(block).unwrap();
        assert_eq!(data["@type"], kind);
        assert_eq!(data["name"], event.content.headline);
        assert_eq!(data[day], event.content.date.to_string());
        assert_eq!(
            data["url"],
            format!("{}/events/{}", server.origin, event.id)
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn changes_tell_what_was_added_altered_and_deleted_with_reasons() {
    let server = Server::start().await;
    let event = amended(&server).await;
    let gone = server
        .record(vec![draft(Kind::Visit, "2024-09-12", "Secret headline")])
        .await
        .remove(0);
    let author = Author("kim".to_owned());
    let change = Change {
        author: &author,
        reason: "by order of a court",
    };
    server.store.delete_event(gone.id, 1, change).await.unwrap();
    let page = server.get("/changes").await;
    assert_eq!(page.status, 200);
    let words = page.words();
    for shown in [
        "4 changes, since 17 Nov 2026, 00:00 UTC",
        "Retracted New words Headline Old <words> New words ; Status published retracted \
         Reason: the source took it back 2",
        &format!("Deleted {} Reason: by order of a court", gone.id),
        "Added Old <words>",
    ] {
        assert!(words.contains(shown), "“{shown}” is not in {words}");
    }
    assert!(!words.contains("Secret headline"), "{words}");
    let deleted = server
        .get("/changes?action=deleted&from=2026")
        .await
        .words();
    assert!(deleted.contains("1 change,"), "{deleted}");
    let before = server.get("/changes?from=2026-11-01&to=2026-11-23").await;
    assert!(before.words().contains("0 changes"), "{}", before.words());
    let wrong = server.get("/changes?from=2026-13&action=mended").await;
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.words().contains(
            "from : expected a day, month or year such as 2024-09-10, or an RFC 3339 instant such as \
             2024-09-10T14:05:06Z, but found “2026-13” action : expected one of added, altered, sourced, unsourced, \
             deleted, merged, but found “mended”"
        ),
        "{}",
        wrong.words()
    );
    let since = server.get("/?changed_since=2026-11-24").await;
    assert_eq!(since.event_ids(), [event.id.to_string()]);
    let none = server.get("/?changed_since=2026-11-25").await;
    assert!(none.words().contains("0 events match"), "{}", none.words());
    server.stop().await;
}

#[tokio::test]
async fn a_party_shows_where_each_authority_s_measures_stand() {
    let server = Server::start().await;
    let mut listed = draft(Kind::Sanction, "2018-11-05", "The carrier is listed");
    listed.named = vec!["Iran Air".to_owned()];
    listed.authority = "OFAC".to_owned();
    let first = server.record(vec![listed]).await.remove(0);
    let mut freed = draft(
        Kind::Relief,
        "2024-01-16",
        "The carrier is taken off the list",
    );
    freed.named = vec!["Iran Air".to_owned()];
    freed.relations = vec![Relation {
        kind: RelationKind::Follows,
        to: first.id,
    }];
    let mut told = draft(
        Kind::Sanction,
        "2024-09-10/..",
        "Europe says that listings will follow",
    );
    told.actors = vec!["EU".parse().unwrap()];
    told.modality = Modality::Announced;
    server.record(vec![freed, told]).await;
    let words = server.get("/actors/IRN").await.words();
    for shown in [
        "not from the official lists. Check the list before acting on it.",
        "EU European Union Announced 10 Sep 2024 not recorded Europe says that listings will follow, From 10 Sep 2024 \
         official list",
        "USA United States Ended 16 Jan 2024 first in force 5 Nov 2018 OFAC",
        "By counterpart",
        "Who holds office",
    ] {
        assert!(words.contains(shown), "“{shown}” is not in {words}");
    }
    let company = server.get("/actors/IRAN%20AIR").await;
    let words = company.words();
    for shown in [
        "here are the events that name it",
        "2 events",
        "USA United States Ended 16 Jan 2024",
    ] {
        assert!(words.contains(shown), "“{shown}” is not in {words}");
    }
    assert!(!words.contains("listings will follow"), "{words}");
    server.stop().await;
}

#[tokio::test]
async fn follow_through_is_narrowed_by_state_kind_and_actor() {
    let server = Server::start().await;
    let mut visit = draft(Kind::Visit, "2026-12-01", "A visit to come");
    visit.modality = Modality::Announced;
    let mut other = draft(Kind::Warning, "2024-10-01", "Iran warns");
    other.actors = vec!["IRN".parse().unwrap()];
    server
        .record(vec![
            visit,
            other,
            draft(Kind::Pledge, "2024-10-02", "A pledge"),
        ])
        .await;
    for (query, count, shows) in [
        ("state=pending", "3 events", "A visit to come"),
        ("kind=warning&kind=pledge", "2 events", "Iran warns"),
        ("actor=iran", "1 event", "Iran warns"),
        ("actor=nobody+known", "0 events", "Nothing here matches"),
        ("state=lapsed", "0 events", "Nothing here matches"),
    ] {
        let words = server
            .get(&format!("/follow-through?{query}"))
            .await
            .words();
        assert!(words.contains(count), "{query}: {words}");
        assert!(words.contains(shows), "{query}: {words}");
    }
    let wrong = server.get("/follow-through?state=done&actor=USA").await;
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.words().contains(
            "state : expected one of pending, fulfilled, partly, lapsed, but found “done”"
        ),
        "{}",
        wrong.words()
    );
    assert!(wrong.text.contains("value=\"USA\""), "the form is kept");
    server.stop().await;
}

#[tokio::test]
async fn lanes_join_linked_events_and_zoom_by_links() {
    let server = Server::start().await;
    let first = server
        .record(vec![draft(Kind::Accusation, "2024-09-10", "An accusation")])
        .await
        .remove(0);
    let mut denial = draft(Kind::Denial, "2024-10-16", "A denial");
    denial.actors = vec!["IRN".parse().unwrap()];
    denial.relations = vec![Relation {
        kind: RelationKind::Denies,
        to: first.id,
    }];
    let open = draft(Kind::Military, "2024-09-20/..", "From then on");
    let span = draft(Kind::Meeting, "2024-09-09/2024-09-15", "A week of talks");
    server.record(vec![denial, open, span]).await;
    let page = server.get("/lanes?party=USA&party=IRN").await;
    assert!(
        page.text.contains("<path class=\"tie\" d=\"M"),
        "{}",
        page.text
    );
    assert!(page.text.contains("Denies: A denial – An accusation"));
    assert!(page.text.contains("range k-military range--open"));
    assert!(page.text.contains("range k-meeting\""));
    let words = page.words();
    assert!(words.contains("Closer First half Second half"), "{words}");
    let closer = page
        .text
        .split("<ul class=\"brush\"")
        .nth(1)
        .and_then(|rest| rest.split("href=\"").nth(1))
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .replace("&#38;", "&");
    let narrow = server.get(&closer).await;
    assert_eq!(narrow.status, 200, "{closer}");
    assert!(narrow.words().contains("All days"), "{}", narrow.words());
    let either = server.get("/lanes?party=RUS&party=IRN&by=either").await;
    assert_eq!(either.event_ids().len(), 4);
    server.stop().await;
}

#[tokio::test]
async fn a_report_holds_the_columns_asked_for_and_numbers_its_sources() {
    let server = Server::start().await;
    let mut second = draft(Kind::Visit, "2024-09-12", "Another visit");
    second.sources[0].url = "https://wire.example/b".to_owned();
    server
        .record(vec![draft(Kind::Visit, "2024-09-11", "A visit"), second])
        .await;
    let path =
        "/report?title=On+<visits>&intro=One.%0A%0ATwo.&column=headline&column=sources&kind=visit";
    let page = server.get(path).await;
    assert_eq!(page.status, 200);
    let words = page.words();
    for shown in [
        "On <visits> Kind: Visit. 2 events. Made on 24 November 2026 from the record as of 24 November 2026, 12:00 UTC. \
         One. Two. Event Sources Another visit note 1 A visit note 2",
        "Sources Harbour Wire, “A title”, 10 Sep 2024. https://wire.example/b",
    ] {
        assert!(words.contains(shown), "“{shown}” is not in {words}");
    }
    let wrong = server
        .get(&format!("/report?title={}", "x".repeat(201)))
        .await;
    assert_eq!(wrong.status, 400);
    assert!(
        wrong
            .words()
            .contains("title : expected at most 200 characters, but found 201"),
        "{}",
        wrong.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn addresses_of_ours_can_be_embedded_by_whoever_asks() {
    let server = Server::start().await;
    let event = server
        .record(vec![draft(Kind::Visit, "2024-09-11", "A \"visit\"")])
        .await
        .remove(0);
    let page = server.get(&format!("/events/{}", event.id)).await;
    let discovery = page
        .text
        .split("application/json+oembed\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let path = discovery.strip_prefix(&server.origin).unwrap();
    let answer = server.get(&format!("{path}&maxwidth=400")).await;
    let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(told["type"], "rich");
    assert_eq!(told["title"], "A \"visit\"");
    assert_eq!(
        told["html"],
        format!(
            "<iframe src=\"{}/embed/events/{}\" title=\"A &quot;visit&quot;\" width=\"400\" height=\"300\" \
             loading=\"lazy\"></iframe>",
            server.origin, event.id
        )
    );
    let embedded = server.get(&format!("/embed/events/{}", event.id)).await;
    assert_eq!(embedded.event_ids(), [event.id.to_string()]);
    assert!(
        embedded
            .header("content-security-policy")
            .contains("frame-ancestors *")
    );
    let list = format!("/oembed?format=xml&url={}%2F%3Fkind%3Dvisit", server.origin);
    let list = server.get(&list).await;
    assert!(list.text.contains("/embed?kind=visit"), "{}", list.text);
    assert_eq!(
        server
            .get("/oembed?url=https://other.example/")
            .await
            .status,
        404
    );
    assert_eq!(server.get("/oembed").await.status, 400);
    let card = server.get(&format!("/events/{}/card.svg", event.id)).await;
    assert_eq!(card.header("content-type"), "image/svg+xml; charset=utf-8");
    assert_eq!(card.header("cross-origin-resource-policy"), "cross-origin");
    assert!(card.words().contains("A \"visit\""), "{}", card.words());
    server.stop().await;
}

#[tokio::test]
async fn the_sitemap_lists_what_is_on_the_timeline_and_its_parties() {
    let server = Server::start().await;
    let events = server
        .record(vec![
            draft(Kind::Visit, "2024-09-11", "Stays"),
            draft(Kind::Visit, "2024-09-12", "Goes"),
        ])
        .await;
    let author = Author("kim".to_owned());
    let change = Change {
        author: &author,
        reason: "",
    };
    server
        .store
        .delete_event(events[1].id, 1, change)
        .await
        .unwrap();
    let index = server.get("/sitemap.xml").await;
    let part = format!("<loc>{}/sitemap/events-1.xml</loc>", server.origin);
    assert!(index.text.contains(&part), "{}", index.text);
    assert!(!index.text.contains("events-2"), "{}", index.text);
    let part = server.get("/sitemap/events-1.xml").await;
    assert!(part.text.contains(&format!("/events/{}<", events[0].id)));
    assert!(!part.text.contains(&events[1].id.to_string()));
    let pages = server.get("/sitemap/pages.xml").await;
    assert!(pages.text.contains("/actors/IRN</loc>"), "{}", pages.text);
    assert_eq!(server.get("/sitemap/events-2.xml").await.status, 404);
    let robots = server.get("/robots.txt").await;
    assert!(
        robots
            .text
            .contains(&format!("Sitemap: {}/sitemap.xml", server.origin))
    );
    server.stop().await;
}

#[tokio::test]
async fn what_has_not_changed_answers_304_until_it_does() {
    let server = Server::start().await;
    let event = server
        .record(vec![draft(Kind::Visit, "2024-09-11", "A visit")])
        .await
        .remove(0);
    for path in [
        "/".to_owned(),
        format!("/events/{}", event.id),
        "/actors".to_owned(),
        "/actors/IRN".to_owned(),
        "/sources".to_owned(),
        "/lanes?party=USA&party=IRN".to_owned(),
        "/follow-through".to_owned(),
        "/changes".to_owned(),
        "/report".to_owned(),
        "/about".to_owned(),
        "/embed".to_owned(),
        "/card.svg".to_owned(),
        "/sitemap.xml".to_owned(),
    ] {
        let first = server.get(&path).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{path}: {tag}");
        let headers = [("if-none-match", tag.as_str())];
        let again = server.send(Method::GET, &path, &headers, None).await;
        assert_eq!((again.status, again.text.len()), (304, 0), "{path}");
        let other = [("if-none-match", "W/\"other\"")];
        let other = server.send(Method::GET, &path, &other, None).await;
        assert_eq!(other.status, 200, "{path}");
    }
    let tag = server.get("/").await.header("etag").to_owned();
    server
        .record(vec![draft(Kind::Visit, "2024-09-12", "Another")])
        .await;
    let headers = [("if-none-match", tag.as_str())];
    let changed = server.send(Method::GET, "/", &headers, None).await;
    assert_eq!(changed.status, 200);
    assert_eq!(server.get("/healthz").await.header("etag"), "");
    server.stop().await;
}

#[tokio::test]
async fn a_past_timeline_says_so_and_leads_to_what_changed_since() {
    let server = Server::start().await;
    server
        .record(vec![draft(Kind::Visit, "2024-09-11", "A visit")])
        .await;
    let page = server.get("/?kind=visit&as_of=2026-11-23T00:00:00Z").await;
    let words = page.words();
    assert!(
        words.contains(
            "The record as it stood on 23 November 2026, 00:00 UTC. What has changed since , or the same events as the \
             record stands now ."
        ),
        "{words}"
    );
    assert!(
        page.text
            .contains("href=\"/changes?from=2026-11-23T00:00:00Z\"")
    );
    assert!(page.text.contains("href=\"/?kind=visit\""));
    server.stop().await;
}
