//! `extract`, `dates` and `article`: text and pages in, JSON out, no database.

use serde_json::{Value, json};

use crate::scene::Scene;

const ARTICLE: &str = "Envoys leave Moscow\n\nLONDON, 12 September 2024 - Britain expelled two Russian diplomats on Tuesday. \
                       Russia denied the accusation.\n";

fn parsed(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

#[test]
fn an_article_gives_its_events_with_the_bytes_that_carry_them() {
    let scene = Scene::sqlite();
    let file = scene.file("article.txt", ARTICLE);
    let answer = parsed(&scene.run(&["extract", &file]).done());
    assert_eq!(answer["article"]["title"], "Envoys leave Moscow");
    assert_eq!(answer["article"]["published"], "2024-09-12");
    let events = answer["events"].as_array().unwrap();
    let expelled = events
        .iter()
        .find(|event| event["kind"] == "rupture")
        .unwrap();
    assert_eq!(expelled["date"], "2024-09-10");
    assert_eq!(expelled["modality"], "occurred");
    assert_eq!(
        expelled["actors"],
        json!([{"code": "GBR", "name": "United Kingdom"}])
    );
    assert_eq!(
        expelled["targets"],
        json!([{"code": "RUS", "name": "Russia"}])
    );
    let text = answer["article"]["text"].as_str().unwrap();
    for event in events {
        let [start, end] =
            ["start", "end"].map(|key| usize::try_from(event[key].as_u64().unwrap()).unwrap());
        assert_eq!(text.get(start..end), event["evidence"].as_str());
        assert!((0.0..=1.0).contains(&event["confidence"].as_f64().unwrap()));
    }
    assert!(!scene.path("data").exists(), "a database was made");
}

#[test]
fn the_language_of_a_page_tells_which_number_is_the_day() {
    let scene = Scene::sqlite();
    for (language, date) in [("en-US", "2024-10-09"), ("en-GB", "2024-09-10")] {
        let page = format!(
            "<!DOCTYPE html><html lang=\"{language}\"><head><title>Envoys leave Moscow</title>\
             <meta property=\"article:published_time\" content=\"2024-11-20T08:00:00Z\"></head><body><article>\
             <h1>Envoys leave Moscow</h1><p>Britain expelled two Russian diplomats on 10/09/2024, the ministry said in a \
             short notice that gave no reason for the step and named nobody.</p></article></body></html>"
        );
        let file = scene.file("page.html", &page);
        let answer = parsed(&scene.run(&["extract", &file]).done());
        assert_eq!(answer["article"]["language"], "en", "{language}");
        let expelled = answer["events"]
            .as_array()
            .unwrap()
            .iter()
            .find(|event| event["kind"] == "rupture")
            .unwrap();
        assert_eq!(expelled["date"], date, "{language}");
    }
}

#[test]
fn the_day_given_counts_before_the_day_told() {
    let scene = Scene::sqlite();
    let answer = scene
        .run_with(&["extract", "--published", "2024-09-19", "-"], ARTICLE)
        .done();
    let answer = parsed(&answer);
    assert_eq!(answer["article"]["published"], "2024-09-19");
    assert!(
        answer["events"]
            .as_array()
            .unwrap()
            .iter()
            .any(|event| event["date"] == "2024-09-17")
    );
}

#[test]
fn lines_of_articles_give_lines_of_events() {
    let scene = Scene::sqlite();
    let input = "{\"id\":\"a\",\"text\":\"Britain expelled two Russian diplomats on Tuesday.\",\"published\":\"2024-09-12\"}\n\
                 \n{\"id\":7,\"text\":\"Nothing of note.\",\"published\":\"2024-09-12\",\"url\":\"https://example.org/x\"}\n";
    let out = scene.run_with(&["extract", "--jsonl"], input).done();
    let lines: Vec<Value> = out.lines().map(parsed).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[0]["id"], &lines[0]["events"][0]["kind"]),
        (&json!("a"), &json!("rupture"))
    );
    assert_eq!(lines[1], json!({"id": 7, "events": []}));
}

#[test]
fn every_event_tells_the_rules_behind_it_when_asked_why() {
    let scene = Scene::sqlite();
    let file = scene.file("article.txt", ARTICLE);
    let answer = parsed(&scene.run(&["extract", "--explain", &file]).done());
    let expelled = answer["events"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["kind"] == "rupture")
        .unwrap();
    assert_eq!(
        expelled["rules"],
        json!([
            "act: summon or expel envoys",
            "actor: name",
            "target: several in office",
            "date: weekday",
            "told: done: past"
        ])
    );
    assert_eq!(
        expelled["why"][3],
        json!({"pass": "date", "rule": "weekday", "words": "Tuesday"})
    );
    let text = scene.run(&["extract", "--explain=text", &file]).done();
    assert!(
        text.contains(
            "   act     summon or expel envoys — “expelled”\n   actor   name — “Britain”\n"
        ),
        "{text}"
    );
    let plain = parsed(&scene.run(&["extract", &file]).done());
    assert_eq!(plain["events"][0].get("why"), None);
}

#[test]
fn a_line_in_another_language_is_refused_by_name_and_the_others_are_read() {
    let scene = Scene::sqlite();
    let input = "{\"id\":1,\"text\":\"Министр в понедельник вызвала посла, потому что его страна не выполнила условия соглашения.\",\
                 \"published\":\"2024-09-12\"}\n{\"id\":2,\"text\":\"Britain expelled two Russian diplomats on Tuesday.\",\"published\":\"2024-09-12\"}\n";
    let ended = scene.run_with(&["extract", "--jsonl"], input);
    let lines: Vec<Value> = ended.out.lines().map(parsed).collect();
    let said = "expected an article in English, but found Russian; other languages are not read";
    assert_eq!(lines[0], json!({"id": 1, "events": [], "error": said}));
    assert_eq!(lines[1]["events"][0]["kind"], "rupture");
    assert_eq!(
        (ended.status, ended.err),
        (1, format!("demarche: standard input, id 1: {said}\n"))
    );
}

#[test]
fn a_line_that_is_no_article_is_named_by_its_number() {
    let scene = Scene::sqlite();
    let ended = scene.run_with(&["extract", "--jsonl"], "{\"id\":1}\n");
    assert_eq!(
        ended.failed(1),
        "standard input, line 1: missing field `text` at line 1 column 8"
    );
    let ended = scene.run_with(
        &["dates", "--jsonl"],
        "\n{\"id\":1,\"text\":\"x\",\"published\":\"2024-13-40\"}\n",
    );
    let said = ended.failed(1);
    assert!(said.starts_with("standard input, line 2: "), "{said}");
}

#[test]
fn what_is_no_article_is_told_by_what_it_is() {
    let scene = Scene::sqlite();
    let missing = scene.path("none.txt").to_str().unwrap().to_owned();
    let missing_said =
        format!("{missing}: cannot read {missing}: No such file or directory (os error 2)");
    assert_eq!(scene.run(&["extract", &missing]).failed(1), missing_said);
    for (name, bytes, said) in [
        ("empty.txt", Vec::new(), "expected text, but found nothing"),
        (
            "blank.txt",
            b" \n\n\t".to_vec(),
            "expected text, but found nothing",
        ),
        (
            "signs.txt",
            b"--- ***".to_vec(),
            "expected an article, but found no words in it",
        ),
        (
            "binary.txt",
            (0..=255).collect(),
            "expected text or HTML, but found binary data",
        ),
        (
            "undated.txt",
            b"Ministers met.".to_vec(),
            "no day of publication found in it; give one with --published",
        ),
    ] {
        let file = scene.file(name, bytes);
        assert_eq!(
            scene.run(&["extract", &file]).failed(1),
            format!("{file}: {said}")
        );
    }
}

#[test]
fn text_in_another_encoding_is_decoded() {
    let scene = Scene::sqlite();
    let utf16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(ARTICLE.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let file = scene.file("article.txt", utf16);
    assert_eq!(
        parsed(&scene.run(&["extract", &file]).done())["article"]["title"],
        "Envoys leave Moscow"
    );
    let latin1 =
        b"Caf\xe9 talks\n\n12 September 2024. France and Iran held talks in a caf\xe9 on Tuesday."
            .to_vec();
    let file = scene.file("latin.txt", latin1);
    assert_eq!(
        parsed(&scene.run(&["extract", &file]).done())["article"]["title"],
        "Café talks"
    );
}

#[test]
fn a_day_that_does_not_exist_is_bad_usage() {
    let scene = Scene::sqlite();
    for arguments in [
        ["extract", "--published", "2024-13-40", "-"],
        ["dates", "--published", "2024-02-30", "--"],
    ] {
        let said = scene.run(&arguments).failed(2);
        assert!(said.contains("expected a day such as 2024-09-10"), "{said}");
    }
    assert!(
        scene
            .run(&["dates"])
            .failed(2)
            .contains("--published <DATE>")
    );
}

#[test]
fn time_expressions_come_with_their_bytes_and_edtf() {
    let scene = Scene::sqlite();
    let text = "Où? On Tuesday ministers met; a summit followed last summer.";
    let out = scene
        .run_with(&["dates", "--published", "2024-09-12"], text)
        .done();
    let lines: Vec<Value> = out.lines().map(parsed).collect();
    assert_eq!(
        lines[0],
        json!({"start": 8, "end": 15, "text": "Tuesday", "edtf": "2024-09-10"})
    );
    assert_eq!(lines[1]["edtf"], "2024-22");
    for line in &lines {
        let [start, end] =
            ["start", "end"].map(|key| usize::try_from(line[key].as_u64().unwrap()).unwrap());
        assert_eq!(text.get(start..end), line["text"].as_str());
    }
    let input = "{\"id\":[1],\"text\":\"in May 2018\",\"published\":\"2024-09-12\"}";
    let out = scene.run_with(&["dates", "--jsonl"], input).done();
    let expected = json!({"id": [1], "dates": [{"start": 3, "end": 11, "text": "May 2018", "edtf": "2018-05"}]});
    assert_eq!(parsed(&out), expected);
}

#[test]
fn a_page_gives_its_parts() {
    let scene = Scene::sqlite();
    let page = "<!doctype html><html lang=\"en\"><head><title>Envoys leave - Example Wire</title>\
                <meta property=\"og:site_name\" content=\"Example Wire\">\
                <meta property=\"article:published_time\" content=\"2024-09-10T23:30:00+02:00\"></head><body><article>\
                <h1>Envoys leave</h1>\n<p>Britain expelled two Russian diplomats on Tuesday, the government said in London.</p>\n\
                <p>Moscow promised an answer in kind within days, and summoned the ambassador.</p></article></body></html>";
    let file = scene.file("page.html", page);
    let answer = parsed(
        &scene
            .run(&["article", "--url", "https://news.example.org/a/1", &file])
            .done(),
    );
    assert_eq!(
        (&answer["title"], &answer["published"]),
        (&json!("Envoys leave"), &json!("2024-09-10"))
    );
    assert_eq!(
        (&answer["site"], &answer["language"]),
        (&json!("Example Wire"), &json!("en"))
    );
    assert!(
        answer["text"]
            .as_str()
            .unwrap()
            .contains("summoned the ambassador")
    );
    let line = json!({"id": "p", "html": page, "url": "https://news.example.org/a/1"}).to_string();
    let mut lined = parsed(&scene.run_with(&["article", "--jsonl"], line).done());
    assert_eq!(lined["id"], "p");
    lined.as_object_mut().unwrap().remove("id");
    assert_eq!(lined, answer);
    let undated = scene.run_with(&["article", "-"], "<p>Short.</p>").done();
    assert_eq!(parsed(&undated)["published"], Value::Null);
}
