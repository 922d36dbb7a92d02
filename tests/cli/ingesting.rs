//! `ingest`: files, folders, standard input and addresses into the record.

use serde_json::{Value, json};

use crate::scene::{Engine, Scene};

const ARTICLE: &str = "Envoys leave Moscow\n\nLONDON, 12 September 2024 - Britain expelled two Russian diplomats on Tuesday.\n";

fn lines(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn the_same_article_twice_changes_nothing() {
    for engine in Engine::BOTH {
        let scene = Scene::on(engine);
        let file = scene.file("article.txt", ARTICLE);
        let first = lines(&scene.run(&["ingest", "--json", &file]).done());
        assert_eq!(
            first,
            [json!({"input": file, "article_id": 1, "status": "new", "events": 1})]
        );
        let again = lines(&scene.run_with(&["ingest", "--json", "-"], ARTICLE).done());
        assert_eq!(
            again,
            [json!({"input": "-", "article_id": 1, "status": "known", "events": 0})]
        );
        assert_eq!(
            scene.run(&["export"]).done().lines().count(),
            1,
            "nothing is on the timeline before review"
        );
        assert_eq!(scene.run(&["check"]).done(), "no problems\n");
    }
}

#[test]
fn published_events_stand_on_the_timeline_and_a_second_article_is_one_more_source() {
    let scene = Scene::sqlite();
    let first = scene.file("a.txt", ARTICLE);
    let out = scene
        .run(&["ingest", "--publish", "--source", "Example Wire", &first])
        .done();
    assert_eq!(out, format!("new\tarticle 1\t1 event\t{first}\n"));
    let second = scene.file(
        "b.txt",
        ARTICLE.replace("Envoys leave Moscow", "Two diplomats must go"),
    );
    scene
        .run(&["ingest", "--publish", "--source", "Harbour Post", &second])
        .done();
    let events = lines(&scene.run(&["export", "--format", "jsonl"]).done());
    assert_eq!(events.len(), 1);
    assert_eq!(
        events[0]["source_publishers"],
        json!(["Example Wire", "Harbour Post"])
    );
    assert_eq!(
        (&events[0]["kind"], &events[0]["date"]),
        (&json!("rupture"), &json!("2024-09-10"))
    );
    assert_eq!(scene.run(&["check"]).done(), "no problems\n");
}

#[test]
fn one_failed_input_ends_with_one_and_the_others_are_done() {
    let scene = Scene::sqlite();
    std::fs::create_dir(scene.path("folder")).unwrap();
    for (name, content) in [
        ("1.txt", ARTICLE.as_bytes()),
        ("2.html", b"<p>No day.</p>"),
        ("3.txt", &[0, 159, 146, 150, 0, 1]),
    ] {
        std::fs::write(scene.path("folder").join(name), content).unwrap();
    }
    let folder = scene.path("folder").to_str().unwrap().to_owned();
    let missing = scene.path("none.txt").to_str().unwrap().to_owned();
    let ended = scene.run(&["ingest", "--json", &missing, &folder]);
    assert_eq!(ended.status, 1);
    let found = lines(&ended.out);
    let status: Vec<&str> = found
        .iter()
        .map(|line| line["status"].as_str().unwrap())
        .collect();
    assert_eq!(status, ["failed", "new", "failed", "failed"]);
    let said: Vec<&str> = ended.err.lines().collect();
    assert_eq!(
        said,
        [
            format!(
                "demarche: {missing}: it cannot be read: No such file or directory (os error 2)"
            ),
            format!(
                "demarche: {folder}/2.html: no day of publication found in it; give one with --published"
            ),
            format!("demarche: {folder}/3.txt: expected text or HTML, but found binary data"),
            "demarche: 1 new, 0 known, 3 failed; 1 events".to_owned(),
        ]
    );
    assert_eq!(
        found[2]["error"],
        "no day of publication found in it; give one with --published"
    );
    assert_eq!(found[0]["article_id"], Value::Null);
}

#[test]
fn an_address_of_our_own_network_is_not_fetched_unless_it_is_allowed() {
    let scene = Scene::sqlite();
    let said = scene
        .run(&["ingest", "http://127.0.0.1:9/article"])
        .failed(1);
    assert!(said.contains("DEMARCHE_FETCH_ALLOW"), "{said}");
    let ended = scene.run(&[
        "ingest",
        "--fetch-allow",
        "127.0.0.1:9",
        "--fetch-timeout-secs",
        "2",
        "http://127.0.0.1:9/article",
    ]);
    assert!(!ended.failed(1).contains("DEMARCHE_FETCH_ALLOW"));
}

#[test]
fn nothing_to_read_is_bad_usage() {
    let scene = Scene::sqlite();
    assert!(
        scene
            .run(&["ingest"])
            .failed(2)
            .contains("<FILE|FOLDER|URL|->")
    );
    assert!(
        scene
            .run(&["ingest", "--published", "2024-13-40", "-"])
            .failed(2)
            .contains("expected a day such as 2024-09-10")
    );
}
