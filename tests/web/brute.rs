//! Brute force: 500 random filters on either engine, each asked of the timeline and its facets, and in turn of every other
//! list and file, over HTTP; all agree with the JSON Lines of the whole record filtered in plain code.

use demarche::domain::{kind::Kind, modality::Modality, status::Status};
use rand::{SeedableRng as _, rngs::StdRng};

use crate::{
    oracle::{Oracle, Query, Skip},
    server::{Answer, Place, Server, draft},
};

/// Filters on each engine.
const FILTERS: usize = 500;
/// Fixed, so that a failure can be looked at again.
const SEED: u64 = 20_240_910;
/// When the first version of the record stood.
const BEFORE: &str = "2026-11-20T08:00:00Z";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_and_file_agrees_with_the_whole_record_on_sqlite() {
    agrees(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_and_file_agrees_with_the_whole_record_on_postgres() {
    agrees(Place::postgres().await).await;
}

async fn agrees(place: Place) {
    let past = Server::at(&place, BEFORE).await;
    past.store
        .load_seed_events(&demarche::store::Author("seed".to_owned()))
        .await
        .unwrap();
    record_odd_dates(&past).await;
    let before = whole(&past).await;
    past.stop().await;
    let server = Server::at(&place, crate::server::NOW).await;
    change(&server).await;
    let now = whole(&server).await;
    assert_ne!(before.0.len(), now.0.len());
    let mut rng = StdRng::seed_from_u64(SEED);
    let mut finding = 0;
    for number in 0..FILTERS {
        let is_past = number % 10 == 9;
        let oracle = if is_past { &before } else { &now };
        let mut query = Query::random(&mut rng, oracle);
        if is_past {
            query.as_of = Some("2026-11-22T00:00:00Z".to_owned());
        }
        let written = query.written();
        let expected = oracle.ids(&query);
        finding += usize::from(!expected.is_empty());
        // some lists are walked by small pages, back and forth
        let is_short = expected.len() <= 80;
        let per = if number % 7 == 0 && is_short { 20 } else { 200 };
        timeline(&server, oracle, &query, &expected, per).await;
        match number % 9 {
            0 => csv(&server, &written, &expected).await,
            1 => api(&server, &written, &expected).await,
            2 => {
                file(
                    &server,
                    "/export.jsonl",
                    "\n{\"event_id\":\"",
                    &written,
                    &expected,
                )
                .await;
            }
            3 => file(&server, "/export.ics", "\nUID:", &written, &expected).await,
            4 => file(&server, "/feed.atom", "<id>", &written, &expected).await,
            5 => {
                let mark = "\"unique_id\":\"";
                file(
                    &server,
                    "/export.timelinejs.json",
                    mark,
                    &written,
                    &expected,
                )
                .await;
            }
            6 => {
                let page = server.get(&format!("/report?{written}")).await;
                assert_eq!(page.event_ids(), expected, "/report?{written}");
                says_count(&page, expected.len(), &format!("/report?{written}"));
            }
            7 => {
                let page = server.get(&format!("/embed?{written}&per=200")).await;
                let most = expected.len().min(200);
                assert_eq!(page.event_ids(), expected[..most], "/embed?{written}");
                says_count(&page, expected.len(), &format!("/embed?{written}"));
            }
            _ => {
                let page = server.get(&format!("/card.svg?{written}")).await;
                says_count(&page, expected.len(), &format!("/card.svg?{written}"));
            }
        }
    }
    assert!(finding > FILTERS / 3, "{finding} filters find anything");
    server.stop().await;
    place.remove().await;
}

/// Dates of every form, some words with accents, and events that hardly any filter finds.
async fn record_odd_dates(server: &Server) {
    let dates = [
        "2024",
        "2024-09",
        "../2024-09-10",
        "2024-09-10/..",
        "2024-09-09/2024-09-15",
        "2019/2024-03",
        "2024-09-10~",
        "2024-02-29?",
    ];
    let mut drafts = Vec::new();
    for (date, kind) in dates
        .into_iter()
        .cycle()
        .zip(Kind::ALL.into_iter().cycle())
        .take(24)
    {
        let mut event = draft(kind, date, &format!("Chargé d’affaires at Ørsted, {date}"));
        event.modality = Modality::ALL[drafts.len() % 3];
        event.tags = vec!["Õdd one".to_owned()];
        drafts.push(event);
    }
    server.record(drafts).await;
}

/// Edits, a deletion and a merge, so that what changed since and what stood then differ.
async fn change(server: &Server) {
    let author = demarche::store::Author("kim".to_owned());
    let change = demarche::store::Change {
        author: &author,
        reason: "a test",
    };
    let filter = demarche::domain::filter::TimelineFilter::default();
    let (events, _) = server.store.export_chunk(&filter, None, 60).await.unwrap();
    for (at, event) in events.iter().enumerate().filter(|(at, _)| at % 3 == 0) {
        let mut content = event.content.clone();
        content.headline.push_str(", as amended");
        if at % 2 == 0 {
            content.date = "2023-05-05".parse().unwrap();
            content.kind = Kind::Visit;
        } else {
            content.status = Status::Disputed;
            content.targets.push("CHE".parse().unwrap());
            content.targets.dedup();
        }
        let id = event.id;
        server
            .store
            .update_event(id, event.revision, &content, change)
            .await
            .unwrap();
    }
    server
        .store
        .delete_event(events[1].id, events[1].revision, change)
        .await
        .unwrap();
    server
        .store
        .merge_event(events[4].id, events[5].id, change)
        .await
        .unwrap();
}

/// The whole record, with its own order looked at.
async fn whole(server: &Server) -> Oracle {
    let lines = server.get("/export.jsonl?sort=oldest").await;
    let oracle = Oracle::read(&lines.text);
    assert_eq!(lines.header("x-total-count"), oracle.0.len().to_string());
    let days: Vec<&String> = oracle
        .0
        .iter()
        .map(|row| {
            if row.earliest.is_empty() {
                &row.latest
            } else {
                &row.earliest
            }
        })
        .collect();
    assert!(days.is_sorted(), "the record stands by its days");
    oracle
}

/// The timeline: count, ids and order on all pages both ways, facets, strip.
async fn timeline(
    server: &Server,
    oracle: &Oracle,
    query: &Query,
    expected: &[String],
    per: usize,
) {
    let written = query.written();
    let first = server.get(&format!("/?{written}&per={per}")).await;
    assert_eq!(first.status, 200, "{written}");
    says_count(&first, expected.len(), &written);
    facets(&first, oracle, query);
    let mut found = first.event_ids();
    let mut pages = vec![found.clone()];
    let mut page = first;
    while let Some(next) = page.rel("next") {
        page = server.get(&next).await;
        found.extend(page.event_ids());
        pages.push(page.event_ids());
    }
    assert_eq!(found, expected, "{written}");
    pages.pop();
    while let Some(prev) = page.rel("prev") {
        page = server.get(&prev).await;
        assert_eq!(Some(page.event_ids()), pages.pop(), "{written}");
    }
    assert!(pages.is_empty(), "{written}: the way back is as long");
}

fn facets(page: &Answer, oracle: &Oracle, query: &Query) {
    let written = query.written();
    let kinds = oracle.facet(query, Skip::Kinds);
    for kind in Kind::ALL {
        let mark = format!("name=\"kind\" value=\"{kind}\"");
        let shown = after(&page.text, &mark, "<span class=\"n\">");
        assert_eq!(shown, of(&kinds, kind.slug()), "{written}: {kind}");
    }
    let modalities = oracle.facet(query, Skip::Modalities);
    for modality in Modality::ALL {
        let mark = format!("name=\"modality\" value=\"{modality}\"");
        let shown = after(&page.text, &mark, "<span class=\"muted\">");
        assert_eq!(
            shown,
            of(&modalities, modality.slug()),
            "{written}: {modality}"
        );
    }
    let months = oracle.facet(query, Skip::Days);
    let strip = page.text.split("<ol class=\"months\">").nth(1).unwrap();
    let strip = strip.split("</ol>").next().unwrap();
    let mut seen = 0;
    for month in strip.split("<span class=\"vh\">").skip(1) {
        let (name, count) = month
            .split("</span>")
            .next()
            .unwrap()
            .split_once(": ")
            .unwrap();
        let day = chrono::NaiveDate::parse_from_str(&format!("1 {name}"), "%d %B %Y").unwrap();
        let expected = of(&months, &day.format("%Y-%m").to_string());
        assert_eq!(number(count), expected, "{written}: {name}");
        seen += 1;
    }
    assert_eq!(seen, 24, "{written}");
}

fn of(counts: &std::collections::BTreeMap<String, usize>, value: &str) -> usize {
    counts.get(value).copied().unwrap_or(0)
}

/// The number after a mark and then an opening.
fn after(text: &str, mark: &str, opening: &str) -> usize {
    let rest = text.split(mark).nth(1).unwrap();
    let rest = rest.split(opening).nth(1).unwrap();
    number(rest.split('<').next().unwrap())
}

fn number(text: &str) -> usize {
    text.replace(',', "").trim().parse().unwrap()
}

fn says_count(page: &Answer, count: usize, what: &str) {
    assert_eq!(page.status, 200, "{what}");
    let said = if count == 1 {
        "1 event".to_owned()
    } else {
        format!("{count} events")
    };
    // at the beginning of an element, so that no digit is before it
    let is_said = page.text.contains(&format!(">{said}"));
    assert!(is_said, "{what}: “{said}” is not said");
}

async fn csv(server: &Server, written: &str, expected: &[String]) {
    let file = server
        .get(&format!("/export.csv?dialect=raw&{written}"))
        .await;
    let mut reader = csv::Reader::from_reader(file.text.as_bytes());
    let found: Vec<String> = reader
        .records()
        .map(|record| record.unwrap()[0].to_owned())
        .collect();
    assert_eq!(found, expected, "{written}");
    assert_eq!(file.header("x-total-count"), expected.len().to_string());
}

async fn api(server: &Server, written: &str, expected: &[String]) {
    let mut found = Vec::new();
    let mut address = format!("/api/v1/events?per=200&{written}");
    loop {
        let answer = server.get(&address).await;
        let page: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        let events = page["events"].as_array().unwrap();
        found.extend(
            events
                .iter()
                .map(|event| event["event_id"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        address = format!("/api/v1/events?per=200&{written}&after={next}");
    }
    assert_eq!(found, expected, "{written}");
}

/// A file in which every event's id stands once after a mark, with an address before it or not.
async fn file(server: &Server, path: &str, mark: &str, written: &str, expected: &[String]) {
    let file = server.get(&format!("{path}?{written}")).await;
    assert_eq!(file.status, 200, "{path}?{written}");
    let text = format!("\n{}", file.text.replace("\r\n", "\n"));
    let found: Vec<String> = text
        .split(mark)
        .skip(1)
        .filter_map(|rest| {
            let rest = rest.split(['"', '<', '\n']).next().unwrap();
            let rest = rest.split("/events/").last().unwrap();
            let id = rest.split('@').next().unwrap();
            id.starts_with("EV-").then(|| id.to_owned())
        })
        .collect();
    assert_eq!(found, expected, "{path}?{written}");
    let total = file.header("x-total-count");
    assert_eq!(total, expected.len().to_string(), "{path}?{written}");
}
