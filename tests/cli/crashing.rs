//! A folder of two hundred articles: the counts that it wrote down beforehand, a second run that changes nothing, and the same
//! record where the process was killed again and again.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    time::{Duration, Instant},
};

use demarche::domain::likeness::Likeness;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use reqwest::Client;
use serde_json::{Value, json};
use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::{
    corpus,
    scene::{Ended, Engine, Scene},
    serving::{Served, block_on},
};

fn folder(scene: &Scene) -> String {
    let folder = scene.path("articles");
    corpus::write(&folder);
    folder.to_str().unwrap().to_owned()
}

/// The closing line of a run over the folder, which ends with 1 since some of it cannot be read.
fn last_line(ended: &Ended) -> String {
    assert_eq!(ended.status, 1, "{}", ended.err);
    ended.err.lines().last().unwrap().to_owned()
}

fn rows(database: &str, query: &'static str) -> Vec<Vec<String>> {
    let file = PathBuf::from(database.strip_prefix("sqlite://").unwrap());
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
            let rows = sqlx::query(query).fetch_all(&mut connection).await.unwrap();
            rows.iter()
                .map(|row| {
                    (0..row.len())
                        .map(|column| row.get::<Option<String>, _>(column).unwrap_or_default())
                        .collect()
                })
                .collect()
        })
}

/// All that the record holds of articles, candidates and events, but for the instants.
fn record(scene: &Scene) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for query in [
        "SELECT 'article', CAST(id AS TEXT), url, CAST(version AS TEXT), title, publisher, text_hash, CAST(story AS TEXT) FROM articles \
         ORDER BY id",
        "SELECT 'candidate', CAST(article_id AS TEXT), CAST(position AS TEXT), CAST(state AS TEXT), CAST(event_id AS TEXT), draft, \
         spans FROM candidates ORDER BY article_id, position",
        "SELECT 'change', CAST(article_id AS TEXT), CAST(previous_id AS TEXT) FROM article_changes ORDER BY article_id",
        "SELECT 'band', CAST(band AS TEXT), CAST(story AS TEXT) FROM story_bands ORDER BY band, story",
    ] {
        let rows = rows(&scene.database, query);
        lines.extend(rows.iter().map(|row| row.join("\t")));
    }
    for line in scene.run(&["export", "--format", "jsonl"]).done().lines() {
        let mut event: BTreeMap<String, Value> = serde_json::from_str(line).unwrap();
        event.remove("created_at");
        event.remove("updated_at");
        lines.push(serde_json::to_string(&event).unwrap());
    }
    lines
}

fn assert_same(left: &[String], right: &[String]) {
    for (left, right) in left.iter().zip(right) {
        assert_eq!(left, right);
    }
    assert_eq!(left.len(), right.len());
}

#[test]
fn two_hundred_articles_come_to_what_was_written_down_and_survive_ten_kills() {
    let scene = Scene::sqlite();
    let folder = folder(&scene);
    let arguments = ["ingest", "--publish", &folder];
    let began = Instant::now();
    let first = scene.run(&arguments);
    let took = began.elapsed();
    let counts = format!(
        "demarche: {} new, {} known, {} failed; ",
        corpus::NEW,
        corpus::KNOWN,
        corpus::FAILED
    );
    let said = last_line(&first);
    assert!(said.starts_with(&counts), "{said}\n{}", first.err);

    let number = |query| rows(&scene.database, query)[0][0].parse::<usize>().unwrap();
    assert_eq!(
        number("SELECT CAST(count(*) AS TEXT) FROM articles"),
        corpus::ARTICLES
    );
    assert_eq!(
        number("SELECT CAST(count(DISTINCT story) AS TEXT) FROM articles"),
        corpus::STORIES
    );
    let expulsions = scene
        .run(&["export", "--format", "jsonl", "--kind", "rupture"])
        .done();
    let expulsions: Vec<Value> = expulsions
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let sum = |column: &str| -> u64 {
        expulsions
            .iter()
            .map(|event| event[column].as_u64().unwrap())
            .sum()
    };
    assert_eq!(
        (
            expulsions.len(),
            sum("source_count"),
            sum("independent_sources")
        ),
        (
            corpus::EXPULSIONS,
            corpus::SOURCES as u64,
            corpus::INDEPENDENT as u64
        )
    );

    assert_likeness(&scene);
    let before = record(&scene);
    let again = scene.run(&arguments);
    assert_eq!(
        last_line(&again),
        format!(
            "demarche: 0 new, {} known, {} failed; 0 events",
            corpus::NEW + corpus::KNOWN,
            corpus::FAILED
        )
    );
    assert_same(&record(&scene), &before);
    assert_eq!(scene.run(&["check"]).done(), "no problems\n");

    killed_and_resumed(&before, took);
}

/// What is one story and what is not lie well apart: the threshold between them is 0.45.
fn assert_likeness(scene: &Scene) {
    let texts = rows(
        &scene.database,
        "SELECT CAST(story AS TEXT), text FROM articles WHERE version = 1 ORDER BY id",
    );
    let texts: Vec<(&str, Likeness)> = texts
        .iter()
        .map(|row| (row[0].as_str(), Likeness::of(&row[1]).unwrap()))
        .collect();
    let (mut copies, mut others) = (1.0_f64, 0.0_f64);
    for (place, (story, text)) in texts.iter().enumerate() {
        for (other_story, other) in &texts[place + 1..] {
            let resemblance = text.resemblance(other);
            if story == other_story {
                copies = copies.min(resemblance);
            } else {
                others = others.max(resemblance);
            }
        }
    }
    assert!(copies > 0.6 && others < 0.4, "{copies:.2}, {others:.2}");
}

/// Ten kills spread over a run, then a run to the end: the record is the same to the id.
fn killed_and_resumed(expected: &[String], took: Duration) {
    let scene = Scene::sqlite();
    let folder = folder(&scene);
    let mut random = StdRng::from_rng(&mut rand::rng());
    for _ in 0..10 {
        let mut child = scene.start(&["ingest", "--publish", &folder], &[]);
        drop((child.stdout.take(), child.stderr.take()));
        std::thread::sleep(took.mul_f64(random.random_range(0.02..0.12)));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    scene.run(&["ingest", "--publish", &folder]);
    assert_same(&record(&scene), expected);
    assert_eq!(scene.run(&["check"]).done(), "no problems\n");
}

fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().build().unwrap()
}

/// Some of the folder's articles, handed to a server for the timeline; returns the numbers of the jobs.
async fn hand_in(origin: &str, token: &str, files: &[PathBuf]) -> Vec<i64> {
    let mut jobs = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let answer = client()
            .post(format!("{origin}/api/v1/ingest"))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(json!({"text": text, "publish": true}).to_string())
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let told: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        // a copy of what was worked meanwhile needs no job
        match told["job"].as_i64() {
            Some(job) => jobs.push(job),
            None => assert_eq!(
                (status.as_u16(), told["status"].as_str()),
                (202, Some("known"))
            ),
        }
    }
    jobs
}

/// Waits until every job has ended; returns how many ended in each state.
async fn ended(origin: &str, token: &str, jobs: &[i64]) -> BTreeMap<String, usize> {
    let client = client();
    let mut ended = BTreeMap::new();
    for job in jobs {
        let began = Instant::now();
        let state = loop {
            let answer = client
                .get(format!("{origin}/api/v1/jobs/{job}"))
                .header("authorization", format!("Bearer {token}"))
                .send()
                .await
                .unwrap();
            let told: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
            let state = told["status"].as_str().unwrap().to_owned();
            if !["queued", "running"].contains(&state.as_str()) {
                break state;
            }
            assert!(
                began.elapsed() < Duration::from_mins(3),
                "job {job}: {told}"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        *ended.entry(state).or_default() += 1;
    }
    ended
}

/// Articles of the folder that can be read and stand alone under their address, in the order of names.
fn readable(folder: &str, count: usize) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    files.sort();
    files.truncate(count);
    files
}

/// How many expulsions are on the timeline, and their sources.
fn expulsions(scene: &Scene) -> (usize, u64, u64) {
    let out = scene
        .run(&["export", "--format", "jsonl", "--kind", "rupture"])
        .done();
    let events: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let sum = |column: &str| {
        events
            .iter()
            .map(|event| event[column].as_u64().unwrap())
            .sum()
    };
    (
        events.len(),
        sum("source_count"),
        sum("independent_sources"),
    )
}

/// What the same articles come to where one process reads them in order.
fn in_order(files: &[PathBuf]) -> (usize, u64, u64) {
    let scene = Scene::sqlite();
    let mut arguments = vec!["ingest", "--publish"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    scene.run(&arguments).done();
    expulsions(&scene)
}

#[test]
fn two_servers_on_one_postgres_share_the_queue_and_do_nothing_twice() {
    let scene = Scene::on(Engine::Postgres);
    let files = readable(&folder(&scene), 50);
    let token = scene
        .run(&["token", "add", "wire"])
        .done()
        .trim()
        .to_owned();
    let start = || Served::start(&scene, &["--no-seed", "--log", "info"], &[]);
    let (one, other) = (start(), start());
    let jobs = block_on(async {
        let jobs = hand_in(&one.origin, &token, &files).await;
        let ended = ended(&one.origin, &token, &jobs).await;
        assert_eq!(ended, BTreeMap::from([("done".to_owned(), jobs.len())]));
        jobs
    });
    assert_eq!(expulsions(&scene), in_order(&files));
    let logs = [one.log(), other.log()];
    assert_eq!((one.terminate(), other.terminate()), (0, 0));
    let mut done: Vec<i64> = Vec::new();
    for log in logs {
        let own: Vec<i64> = log
            .lines()
            .filter(|line| line.contains("a job is done"))
            .map(|line| {
                let (_, number) = line.split_once("job=").unwrap();
                number.split_whitespace().next().unwrap().parse().unwrap()
            })
            .collect();
        assert!(!own.is_empty(), "one server did all");
        done.extend(own);
    }
    done.sort_unstable();
    assert_eq!(done, jobs);
    assert_eq!(scene.run(&["check"]).done(), "no problems\n");
}

#[test]
fn a_server_that_is_killed_in_the_middle_of_its_queue_resumes_it() {
    let scene = Scene::sqlite();
    let files = readable(&folder(&scene), 25);
    let token = scene
        .run(&["token", "add", "wire"])
        .done()
        .trim()
        .to_owned();
    let start = || Served::start(&scene, &["--no-seed", "--queue-lease-secs", "10"], &[]);
    let mut served = start();
    let jobs = block_on(hand_in(&served.origin, &token, &files));
    let mut random = StdRng::from_rng(&mut rand::rng());
    for _ in 0..5 {
        std::thread::sleep(Duration::from_millis(random.random_range(20..400)));
        served.kill();
        served = start();
    }
    block_on(async {
        let ended = ended(&served.origin, &token, &jobs).await;
        assert_eq!(ended, BTreeMap::from([("done".to_owned(), jobs.len())]));
    });
    assert_eq!(expulsions(&scene), in_order(&files));
    assert_eq!(served.terminate(), 0);
    assert_eq!(scene.run(&["check"]).done(), "no problems\n");
}
