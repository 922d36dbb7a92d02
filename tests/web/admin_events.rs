//! Writing events by hand: new, edited, stale, deleted.

use demarche::{
    domain::{kind::Kind, role::Role},
    store::{Author, Change},
};

use crate::server::{Answer, Server, draft};

/// Every field that a person can fill in, but for links to other events.
const WHOLE: [(&str, &str); 21] = [
    ("kind", "sanction"),
    ("date", "2023-05-16"),
    ("date_text", "on Tuesday"),
    ("modality", "announced"),
    ("headline", "Norway puts eleven officials on its list"),
    ("summary", "The listing follows the verdicts."),
    ("quote", "The list is open."),
    ("speakers", "A Minister|Another"),
    ("actors", "Norway"),
    ("targets", "BLR"),
    ("named", "Example Potash"),
    ("place", "Oslo"),
    (
        "source_url",
        "https://harbour-wire.example/2023/05/16/belarus",
    ),
    ("effective_date", "2023-06"),
    ("authority", "Ministry of Foreign Affairs"),
    ("program", "Belarus"),
    ("legal_url", "https://law.example/2023/17"),
    ("list_ids", "NO-2023-17"),
    ("tags", "press freedom"),
    ("status", "disputed"),
    ("reason", "from the gazette"),
];

/// The id of the event that an answer leads to.
fn id_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer
        .header("location")
        .strip_prefix("/events/")
        .expect("it leads to an event")
        .to_owned()
}

/// What stands in a field of the page: an input's value or a textarea's text.
fn value_of(page: &Answer, name: &str) -> String {
    let input = page.text.split("<input ").skip(1).find(|input| {
        let input = input.split('>').next().unwrap();
        input.contains(&format!("name=\"{name}\"")) && !input.contains("type=\"radio\"")
    });
    if let Some(input) = input {
        let rest = input.split(" value=\"").nth(1).unwrap();
        return unescape(rest.split('"').next().unwrap());
    }
    let area = page
        .text
        .split("<textarea ")
        .skip(1)
        .find(|area| area.contains(&format!("name=\"{name}\"")))
        .unwrap_or_else(|| panic!("no field {name}"));
    let text = area.split_once(">\n").unwrap().1;
    unescape(text.split("</textarea>").next().unwrap())
}

fn unescape(text: &str) -> String {
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

async fn csv(server: &Server) -> String {
    server.get("/export.csv?dialect=raw").await.text
}

#[tokio::test]
async fn an_event_that_is_written_has_every_column() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let id = id_of(&editor.post("/admin/events/new", &WHOLE).await);
    let csv = csv(&server).await;
    for (name, value) in &WHOLE {
        let column = match *name {
            "date_text" | "reason" => continue,
            "actors" => "Norway,NOR",
            _ => value,
        };
        assert!(csv.contains(column), "{name}: {csv}");
    }
    assert!(csv.contains(&id));
    let page = editor.get(&format!("/events/{id}")).await;
    assert!(
        page.words().contains("from the gazette"),
        "{}",
        page.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn a_form_with_faults_comes_back_whole_with_each_beside_its_field() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let long = "long ".repeat(2_000);
    let wrong = [
        ("kind", "tariff"),
        ("date", "2023-13-40"),
        ("headline", long.trim()),
        ("actors", "NOR|Atlantis"),
        ("summary", "\nTwo <lines>.\r\nHere."),
        ("place", "Oslo"),
        ("legal_url", "javascript:alert(1)"),
    ];
    let page = editor.post("/admin/events/new", &wrong).await;
    assert_eq!(page.status, 422);
    assert!(
        page.text
            .contains("<title>Error: add an event – Démarche</title>")
    );
    let words = page.words();
    for said in [
        "There is a problem",
        "Kind: expected one of statement, demand, pledge, warning, accusation, denial, meeting, visit, agreement, \
         sanction, relief, ruling, military, transfer, rupture, but found “tariff”",
        "Date: ",
        "Headline: expected at most 300 characters, but found 9999",
        "Who acts: expected the code or name of a party on record, but found “Atlantis”",
        "Legal text: expected an http or https address, but found “javascript:alert(1)”",
    ] {
        assert!(words.contains(said), "“{said}” is not in {words}");
    }
    for (name, typed) in wrong.iter().skip(1) {
        assert_eq!(value_of(&page, name), *typed, "{name}");
    }
    for field in ["date", "headline", "actors", "legal_url"] {
        let input = page.text.split(&format!("id=\"{field}\"")).nth(1).unwrap();
        let input = input.split('>').next().unwrap();
        assert!(input.contains("aria-invalid=\"true\""), "{input}");
        assert!(input.contains(&format!("{field}-e1")), "{input}");
        assert!(page.text.contains(&format!("id=\"{field}-e1\"")), "{field}");
        assert!(page.text.contains(&format!("href=\"#{field}\"")), "{field}");
    }
    assert_eq!(page.text.matches("aria-invalid").count(), 4);
    assert_eq!(csv(&server).await.lines().count(), 1);
    server.stop().await;
}

#[tokio::test]
async fn a_link_to_an_event_that_is_not_there_is_told_beside_the_links() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let mut fields = WHOLE.to_vec();
    fields.push(("relations", "denies:EV-222222"));
    let page = editor.post("/admin/events/new", &fields).await;
    assert_eq!(page.status, 422, "{}", page.header("location"));
    assert!(
        page.words().contains("Links to other events: "),
        "{}",
        page.words()
    );
    assert!(page.words().contains("EV-222222"));
    server.stop().await;
}

#[tokio::test]
async fn an_address_brings_what_is_known_into_the_form() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let page = editor
        .get(
            "/admin/events/new?date=2024-09-10&source_url=https%3A%2F%2Fwire.example%2Fa&unknown=1",
        )
        .await;
    assert_eq!(page.status, 200);
    assert_eq!(value_of(&page, "date"), "2024-09-10");
    assert_eq!(value_of(&page, "source_url"), "https://wire.example/a");
    assert!(
        page.words().contains("Tuesday 10 September 2024"),
        "{}",
        page.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn an_edit_changes_what_it_names_and_keeps_the_rest() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let id = id_of(&editor.post("/admin/events/new", &WHOLE).await);
    let path = format!("/admin/events/{id}/edit");
    let form = editor.get(&path).await;
    let mut sent: Vec<(&str, String)> = WHOLE
        .iter()
        .filter(|(name, _)| !matches!(*name, "kind" | "modality" | "status"))
        .map(|(name, _)| (*name, value_of(&form, name)))
        .collect();
    assert_eq!(value_of(&form, "revision"), "1");
    sent.push(("revision", "1".to_owned()));
    for (name, value) in &mut sent {
        match *name {
            "place" => "Bergen".clone_into(value),
            "reason" => "the place was wrong".clone_into(value),
            _ => {}
        }
    }
    let before = csv(&server).await;
    let sent: Vec<(&str, &str)> = sent
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let saved = editor.post(&path, &sent).await;
    assert_eq!(id_of(&saved), id);
    let expected = before
        .replace(",Oslo,", ",Bergen,")
        .replace(&format!("{id},1,"), &format!("{id},2,"));
    assert_eq!(csv(&server).await, expected);
    let page = editor.get(&format!("/events/{id}")).await.words();
    assert!(page.contains("the place was wrong"), "{page}");
    server.stop().await;
}

async fn saved_by_another(server: &Server, id: &str) {
    let demarche::store::EventLookup::Found(event) =
        server.store.event(id.parse().unwrap()).await.unwrap()
    else {
        panic!("the event is there");
    };
    let author = Author("lee".to_owned());
    let change = Change {
        author: &author,
        reason: "another's idea",
    };
    let mut draft = event.content.clone();
    "Bergen".clone_into(&mut draft.place);
    server
        .store
        .update_event(event.id, event.revision, &draft, change)
        .await
        .unwrap();
}

async fn recorded(server: &Server) -> String {
    server
        .record(vec![draft(Kind::Visit, "2024-09-11", "A visit")])
        .await
        .remove(0)
        .id
        .to_string()
}

#[tokio::test]
async fn a_stale_form_shows_both_versions_and_saves_over_only_when_sent_again() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let id = recorded(&server).await;
    let path = format!("/admin/events/{id}/edit");
    saved_by_another(&server, &id).await;
    let mine = [
        ("revision", "1"),
        ("place", "Trondheim"),
        ("reason", "my idea"),
        ("date", "2024-09-11"),
    ];
    let page = editor.post(&path, &mine).await;
    assert_eq!(page.status, 409);
    let words = page.words();
    for said in [
        "Somebody saved first",
        "lee saved revision 2 at 24 Nov 2026, 12:00 UTC",
        "Place Bergen Trondheim",
    ] {
        assert!(words.contains(said), "“{said}” is not in {words}");
    }
    assert_eq!(value_of(&page, "place"), "Trondheim");
    assert_eq!(value_of(&page, "reason"), "my idea");
    assert_eq!(value_of(&page, "revision"), "2");
    assert!(csv(&server).await.contains(",Bergen,"));

    let again = [
        ("revision", "2"),
        ("place", "Trondheim"),
        ("reason", "my idea"),
    ];
    assert_eq!(id_of(&editor.post(&path, &again).await), id);
    assert!(csv(&server).await.contains(",Trondheim,"));
    server.stop().await;
}

#[tokio::test]
async fn an_edit_without_its_revision_is_refused() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let id = recorded(&server).await;
    let page = editor
        .post(&format!("/admin/events/{id}/edit"), &[("place", "Oslo")])
        .await;
    assert_eq!(page.status, 422);
    assert!(
        page.words()
            .contains("expected the number of the revision that was edited, but found “”"),
        "{}",
        page.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn deleting_takes_a_reason_and_the_page_is_gone_from_then_on() {
    let server = Server::start().await;
    let editor = server.signed_in(Role::Editor).await;
    let id = recorded(&server).await;
    let path = format!("/admin/events/{id}/delete");
    let without = editor
        .post(&path, &[("revision", "1"), ("reason", " ")])
        .await;
    assert_eq!(without.status, 422);
    assert!(
        without
            .words()
            .contains("Expected a reason for deleting the event, but found nothing"),
        "{}",
        without.words()
    );
    saved_by_another(&server, &id).await;
    let stale = editor
        .post(
            &path,
            &[("revision", "1"), ("reason", "entered by mistake")],
        )
        .await;
    assert_eq!(stale.status, 409);
    assert_eq!(editor.get(&format!("/events/{id}")).await.status, 200);
    let done = editor
        .post(
            &path,
            &[("revision", "2"), ("reason", "entered by mistake")],
        )
        .await;
    assert_eq!((done.status, done.header("location")), (303, "/admin"));
    assert_eq!(editor.get(&format!("/events/{id}")).await.status, 410);
    assert_eq!(
        editor.get(&format!("/admin/events/{id}/edit")).await.status,
        410
    );
    assert_eq!(editor.get("/admin/events/EV-222222/edit").await.status, 404);
    server.stop().await;
}
