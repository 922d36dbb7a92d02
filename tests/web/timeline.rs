//! The timeline: what it lists, counts, links and refuses.

use demarche::domain::{event::EventDraft, kind::Kind};

use crate::server::{Server, draft};

/// Sixty events of three kinds over three years, some toward Russia.
async fn many(server: &Server) {
    let kinds = [Kind::Sanction, Kind::Visit, Kind::Warning];
    let drafts: Vec<EventDraft> = (0..60)
        .map(|at| {
            let date = format!("{}-{:02}-{:02}", 2022 + at / 20, at % 12 + 1, at % 28 + 1);
            let mut event = draft(kinds[at % 3], &date, &format!("Headline number {at}"));
            if at % 4 == 0 {
                event.targets = vec!["RUS".parse().unwrap()];
            }
            event
        })
        .collect();
    server.record(drafts).await;
}

#[tokio::test]
async fn list_count_and_csv_agree_under_every_filter() {
    let server = Server::start().await;
    many(&server).await;
    for filter in [
        "",
        "kind=sanction",
        "kind=sanction&kind=visit",
        "target=RUS",
        "party=Russia",
        "party=IRN+%7C+RUS&kind=warning",
        "from=2023&to=2023-06",
        "q=number",
        "q=%22headline+number%22+-17",
        "modality=occurred&source=Harbour+Wire",
        "sort=oldest&per=7",
        "kind=&actor=&per=13&from=2023",
    ] {
        let csv = server
            .get(&format!("/export.csv?dialect=raw&{filter}"))
            .await;
        assert_eq!(csv.status, 200, "{filter}: {}", csv.text);
        let rows: Vec<&str> = csv
            .text
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').next())
            .collect();
        assert!(
            !rows.is_empty(),
            "{filter} finds nothing, which proves nothing"
        );
        assert_eq!(
            csv.header("x-total-count"),
            rows.len().to_string(),
            "{filter}"
        );
        let mut path = Some(format!("/?{filter}"));
        let mut listed = Vec::new();
        while let Some(at) = path {
            let page = server.get(&at).await;
            assert_eq!(page.status, 200, "{at}");
            let said = format!("{} events", rows.len());
            assert!(page.words().contains(&said), "{at} does not say {said}");
            listed.extend(page.event_ids());
            path = page.rel("next");
        }
        assert_eq!(listed, rows, "{filter}");
    }
    server.stop().await;
}

#[tokio::test]
async fn older_and_newer_lead_back_to_where_one_was() {
    let server = Server::start().await;
    many(&server).await;
    let first = server.get("/?per=10&kind=sanction&kind=visit").await;
    assert_eq!(first.event_ids().len(), 10);
    assert_eq!(first.rel("prev"), None);
    let next = first.rel("next").expect("a next page");
    assert!(
        next.starts_with("/?kind=sanction&kind=visit&after="),
        "{next}"
    );
    let second = server.get(&next).await;
    assert!(
        second
            .event_ids()
            .iter()
            .all(|id| !first.event_ids().contains(id))
    );
    let back = server
        .get(&second.rel("prev").expect("a page before"))
        .await;
    assert_eq!(back.event_ids(), first.event_ids());
    server.stop().await;
}

#[tokio::test]
async fn a_date_is_one_group_with_its_words() {
    let server = Server::start().await;
    let mut open = draft(Kind::Military, "2024-09-10/..", "Strikes expected");
    open.date_text = "within weeks".to_owned();
    server
        .record(vec![
            draft(Kind::Sanction, "2024-09-10", "One"),
            draft(Kind::Sanction, "2024-09-10", "Two"),
            draft(Kind::Warning, "../2024-09-10", "Before"),
            open,
        ])
        .await;
    let words = server.get("/?sort=oldest").await.words();
    for shown in [
        "4 events",
        "Before 10 Sep 2024 no start given 2024 · 1 event",
        "Tue 10 Sep 2024 2024 · 2 events",
        "From 10 Sep 2024 “within weeks”, no end given 2024 · 1 event",
    ] {
        assert!(words.contains(shown), "“{shown}” is not in {words}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_single_event_is_one_event() {
    let server = Server::start().await;
    server
        .record(vec![draft(Kind::Visit, "2024-09-11", "Alone")])
        .await;
    assert!(server.get("/").await.text.contains(">1 event<"));
    server.stop().await;
}

#[tokio::test]
async fn an_empty_list_says_which_filter_to_loosen() {
    let server = Server::start().await;
    many(&server).await;
    let page = server.get("/?kind=relief&party=IRN&q=number").await;
    assert_eq!(page.status, 200);
    let words = page.words();
    assert!(words.contains("0 events match these filters"), "{words}");
    assert!(
        words.contains("Loosen one filter Any kind : 45 events"),
        "{words}"
    );
    let unknown = server.get("/?party=NOWHERE").await;
    assert_eq!(unknown.status, 200);
    assert!(unknown.words().contains("0 events match these filters"));
    server.stop().await;
}

#[tokio::test]
async fn a_malformed_filter_is_named_and_the_form_keeps_what_was_typed() {
    let server = Server::start().await;
    for (query, said) in [
        (
            "from=2024-13",
            "from : expected YYYY, YYYY-MM or YYYY-MM-DD, but found “2024-13”",
        ),
        (
            "per=0",
            "per : expected a whole number from 1 to 200, but found “0”",
        ),
        (
            "per=201",
            "per : expected a whole number from 1 to 200, but found “201”",
        ),
        (
            "sort=random",
            "sort : expected newest or oldest, but found “random”",
        ),
        (
            "modality=perhaps",
            "modality : expected one of occurred, announced, alleged, but found “perhaps”",
        ),
        (
            "after=nonsense",
            "after : expected a cursor that a page of this list gave, but found “nonsense”",
        ),
    ] {
        let page = server.get(&format!("/?q=iran&party=RUS&{query}")).await;
        assert_eq!(page.status, 400, "{query}");
        assert!(page.words().contains(said), "{query}: {}", page.words());
        assert!(
            page.text
                .contains("name=\"q\" type=\"search\" value=\"iran\"")
        );
        assert!(page.text.contains("value=\"RUS\" aria-describedby"));
    }
    let page = server.get("/?from=2024-13").await;
    assert!(page.text.contains("value=\"2024-13\""));
    server.stop().await;
}

#[tokio::test]
async fn unknown_parameters_are_noted_and_change_nothing() {
    let server = Server::start().await;
    many(&server).await;
    let page = server.get("/?colour=red&kind=visit").await;
    assert_eq!(page.status, 200);
    let words = page.words();
    assert!(
        words.contains("Left out of account, since there is no such parameter: colour"),
        "{words}"
    );
    assert!(words.contains("20 events"));
    server.stop().await;
}

#[tokio::test]
async fn text_from_outside_is_never_markup() {
    let server = Server::start().await;
    let hostile = "<script>alert(1)</script>\" onmouseover='x' &amp;";
    let mut event = draft(Kind::Statement, "2024-09-11", hostile);
    event.quote = hostile.to_owned();
    event.summary = hostile.to_owned();
    event.named = vec![hostile.to_owned()];
    event.place = hostile.to_owned();
    let id = server.record(vec![event]).await[0].id;
    let shown = "&#60;script&#62;alert(1)&#60;/script&#62;&#34; onmouseover=&#39;x&#39; &#38;amp;";
    for path in ["/".to_owned(), format!("/events/{id}"), "/embed".to_owned()] {
        let page = server.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text.contains(shown), "{path}");
        let text = page
            .text
            .replace("<script type=\"application/ld+json\">", "");
        assert!(!text.contains("<script"), "{path}");
    }
    let query = "/?q=%3Cscript%3E&party=%22%3E%3Cb%3E&from=%3Ci%3E";
    let page = server.get(query).await;
    assert_eq!(page.status, 400);
    for markup in ["<script", "<b>", "<i>"] {
        assert!(!page.text.contains(markup), "{markup}");
    }
    server.stop().await;
}

#[tokio::test]
async fn an_actor_has_its_own_timeline() {
    let server = Server::start().await;
    many(&server).await;
    let csv = server.get("/export.csv?dialect=raw&party=RUS").await;
    let page = server.get("/actors/RUS").await;
    assert_eq!(page.status, 200);
    assert!(page.words().contains("15 events"));
    let rows: Vec<&str> = csv
        .text
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(page.event_ids(), rows);
    let paged = server.get("/actors/RUS?per=4").await;
    let next = paged.rel("next").expect("a next page");
    assert!(next.starts_with("/actors/RUS?after="), "{next}");
    assert_eq!(server.get(&next).await.event_ids(), rows[4..8]);
    let list = server.get("/actors").await;
    assert!(list.text.contains("href=\"/actors/RUS\""));
    for name in [
        "/actors/rus",
        "/actors/russia",
        "/actors/Russian%20Federation",
    ] {
        let named = server.get(name).await;
        assert_eq!(
            (named.status, named.header("location")),
            (301, "/actors/RUS"),
            "{name}"
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn no_query_is_too_strange_for_an_answer() {
    let server = Server::start().await;
    many(&server).await;
    for query in [
        "q=%00",
        "q=%FF%FE",
        "q=%22",
        "q=-",
        "q=***",
        "q=AND+OR+NOT+NEAR(",
        "party=%00",
        "source=%00%0A",
        "actor=%7C%7C",
        "q=%F0%9F%8F%B3",
    ] {
        let page = server.get(&format!("/?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
    }
    let long = server.get(&format!("/?q={}", "a".repeat(1_001))).await;
    assert_eq!(long.status, 400);
    assert!(
        long.words()
            .contains("q : expected at most 1000 characters, but found 1001"),
        "{}",
        long.words()
    );
    server.stop().await;
}

#[tokio::test]
async fn the_count_beside_a_choice_is_what_choosing_it_finds() {
    let server = Server::start().await;
    many(&server).await;
    let page = server.get("/?target=RUS&from=2022-06&kind=visit").await;
    let mut choices = 0;
    for name in ["kind", "modality"] {
        for rest in page
            .text
            .split(&format!("name=\"{name}\" value=\""))
            .skip(1)
        {
            let value = rest.split('"').next().unwrap();
            let count = rest
                .split("</label>")
                .next()
                .and_then(|label| label.rsplit_once("</span>"))
                .and_then(|(label, _)| label.rsplit_once('>'))
                .map(|(_, count)| count.to_owned())
                .expect("a count beside every choice");
            let kept = if name == "kind" { "" } else { "&kind=visit" };
            let query = format!("target=RUS&from=2022-06{kept}&{name}={value}");
            let csv = server.get(&format!("/export.csv?{query}")).await;
            assert_eq!(csv.header("x-total-count"), count, "{query}");
            choices += 1;
        }
    }
    assert_eq!(choices, 18);
    server.stop().await;
}
