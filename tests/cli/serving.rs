//! `serve`: the first start, stopping, dying, and the binary alone in an empty folder.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::TcpListener,
    path::Path,
    process::{Child, Command},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use reqwest::{Client, Method, Response, header::SET_COOKIE, redirect};
use serde_json::{Value, json};

use crate::scene::{BINARY, Engine, Scene};

/// A server as a process of its own; killed when a test fails.
pub struct Served {
    child: Child,
    /// What it printed before its address.
    first_lines: Vec<String>,
    pub origin: String,
    log: Arc<Mutex<String>>,
}

impl Served {
    pub fn start(scene: &Scene, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let arguments = [
            &["serve", "--bind", "127.0.0.1:0", "--http-workers", "1"],
            arguments,
        ]
        .concat();
        Self::of(scene.start(&arguments, variables))
    }

    fn of(mut child: Child) -> Self {
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut first_lines = Vec::new();
        let origin = loop {
            let Some(line) = lines.next() else {
                let mut said = String::new();
                child
                    .stderr
                    .take()
                    .unwrap()
                    .read_to_string(&mut said)
                    .unwrap();
                panic!("the server did not start: {said}");
            };
            let line = line.unwrap();
            match line.strip_prefix("Démarche is at ") {
                Some(origin) => break origin.to_owned(),
                None => first_lines.push(line),
            }
        };
        // A full pipe would hold the server up.
        let errors = BufReader::new(child.stderr.take().unwrap());
        let log = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        Self {
            child,
            first_lines,
            origin,
            log,
        }
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// SIGTERM; the exit status.
    pub fn terminate(mut self) -> i32 {
        let done = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(done.success());
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap_or(-1);
            }
            assert!(
                began.elapsed() < Duration::from_mins(1),
                "the server does not stop"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// SIGKILL, as when the power goes.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a browser keeps between requests.
struct Browser {
    client: Client,
    origin: String,
    cookies: Vec<(String, String)>,
}

impl Browser {
    fn new(origin: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            client,
            origin: origin.to_owned(),
            cookies: Vec::new(),
        }
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        form: Option<&[(&str, &str)]>,
    ) -> Response {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.origin))
            .header("cookie", cookies.join("; "));
        if let Some(form) = form {
            let body = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(form)
                .finish();
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", &self.origin)
                .header("sec-fetch-site", "same-origin")
                .body(body);
        }
        let answer = request.send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        answer
    }

    async fn page(&mut self, path: &str) -> String {
        let answer = self.send(Method::GET, path, None).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }

    async fn sign_in(&mut self, password: &str) -> u16 {
        let page = self.page("/admin/login").await;
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"");
        let form = [
            ("csrf", csrf.as_str()),
            ("username", "admin"),
            ("password", password),
        ];
        self.send(Method::POST, "/admin/login", Some(&form))
            .await
            .status()
            .as_u16()
    }
}

fn between(text: &str, start: &str, end: &str) -> String {
    let from = text
        .find(start)
        .unwrap_or_else(|| panic!("no {start} in {text}"))
        + start.len();
    text[from..].split(end).next().unwrap().to_owned()
}

pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

async fn status(origin: &str, path: &str) -> u16 {
    Browser::new(origin)
        .send(Method::GET, path, None)
        .await
        .status()
        .as_u16()
}

#[test]
fn the_first_start_seeds_the_record_and_prints_a_password_that_signs_in() {
    for engine in Engine::BOTH {
        let scene = Scene::on(engine);
        let served = Served::start(&scene, &[], &[]);
        let password = served.first_lines[0]
            .strip_prefix("Made the first administrator admin with the one-time password ")
            .unwrap()
            .to_owned();
        assert_eq!((served.first_lines.len(), password.len()), (1, 20));
        block_on(async {
            let mut browser = Browser::new(&served.origin);
            assert!(browser.page("/").await.contains("259 events"));
            assert_eq!(browser.page("/readyz").await, "ok\n");
            assert_eq!(browser.sign_in("not the password").await, 422);
            assert_eq!(browser.sign_in(&password).await, 303);
            assert!(browser.page("/admin").await.contains("<h1>"));
        });
        assert_eq!(served.terminate(), 0);
        assert_eq!(
            scene.run(&["export"]).done().lines().count(),
            260,
            "lines with line ends within would count twice"
        );
        assert_eq!(scene.run(&["check"]).done(), "no problems\n");

        let again = Served::start(&scene, &[], &[]);
        assert_eq!(again.first_lines, Vec::<String>::new());
        assert_eq!(again.terminate(), 0);
        assert_eq!(scene.run(&["user", "list"]).done().lines().count(), 1);
    }
}

#[test]
fn the_password_may_come_from_a_variable_and_is_then_not_printed() {
    let scene = Scene::sqlite();
    let served = Served::start(
        &scene,
        &["--no-seed"],
        &[("DEMARCHE_ADMIN_PASSWORD", "correct horse battery")],
    );
    assert_eq!(served.first_lines, Vec::<String>::new());
    block_on(async {
        let mut browser = Browser::new(&served.origin);
        assert!(browser.page("/").await.contains("0 events"));
        assert_eq!(browser.sign_in("correct horse battery").await, 303);
    });
    assert_eq!(served.terminate(), 0);
    let short = Scene::sqlite();
    let said = short
        .run_in(
            &["serve", "--bind", "127.0.0.1:0"],
            "",
            &[("DEMARCHE_ADMIN_PASSWORD", "short")],
        )
        .failed(1);
    let said = said
        .lines()
        .last()
        .unwrap()
        .trim_start_matches("demarche: ")
        .to_owned();
    assert_eq!(
        said,
        "DEMARCHE_ADMIN_PASSWORD: expected a password of at least 12 characters, but found 5"
    );
}

#[test]
fn what_was_acknowledged_survives_kill_9() {
    for engine in Engine::BOTH {
        let scene = Scene::on(engine);
        let article =
            "Envoys leave\n\n12 September 2024. Britain expelled two Russian diplomats on Tuesday.";
        let handed_in = scene.run_with(&["ingest", "--json", "-"], article).done();
        let handed_in: Value = serde_json::from_str(&handed_in).unwrap();
        let article_id = handed_in["article_id"].as_i64().unwrap();
        let token = scene.run(&["token", "add", "importer"]).done();
        let password = [("DEMARCHE_ADMIN_PASSWORD", "correct horse battery")];
        let served = Served::start(&scene, &["--no-seed"], &password);
        let accepted_at = block_on(async {
            let mut browser = Browser::new(&served.origin);
            assert_eq!(browser.sign_in("correct horse battery").await, 303);
            let page = browser.page(&format!("/admin/review/{article_id}")).await;
            let csrf = between(&page, "name=\"csrf\" value=\"", "\"");
            let action = between(
                &page,
                &format!("action=\"/admin/review/{article_id}/"),
                "\"",
            );
            let form = [
                ("csrf", csrf.as_str()),
                ("kind", "rupture"),
                ("date", "2024-09-10"),
                ("modality", "occurred"),
                ("headline", "Accepted before the power went"),
                ("actors", "GBR"),
                ("targets", "RUS"),
                ("do", "accept"),
            ];
            let path = format!("/admin/review/{article_id}/{action}");
            let answer = browser.send(Method::POST, &path, Some(&form)).await;
            assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
            let body = json!({"kind": "visit", "date": "2024", "headline": "Written before the power went"});
            let made = browser
                .client
                .post(format!("{}/api/v1/events", served.origin))
                .header("authorization", format!("Bearer {}", token.trim_end()))
                .header("content-type", "application/json")
                .body(body.to_string())
                .send()
                .await
                .unwrap();
            assert_eq!(made.status(), 201);
            path
        });
        served.kill();
        let csv = scene.run(&["export", "--format", "jsonl"]).done();
        let events: Vec<Value> = csv
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let headlines: Vec<&str> = events
            .iter()
            .map(|event| event["headline"].as_str().unwrap())
            .collect();
        assert_eq!(
            headlines,
            [
                "Accepted before the power went",
                "Written before the power went"
            ]
        );
        assert_eq!(events[0]["source_titles"], json!(["Envoys leave"]));
        assert_eq!(scene.run(&["check"]).done(), "no problems\n");
        let again = Served::start(&scene, &["--no-seed"], &[]);
        let page = block_on(async {
            let mut browser = Browser::new(&again.origin);
            assert_eq!(browser.sign_in("correct horse battery").await, 303);
            browser.page(&format!("/admin/review/{article_id}")).await
        });
        assert!(
            !page.contains(&format!("action=\"{accepted_at}\"")),
            "the decided candidate waits again"
        );
        assert_eq!(again.terminate(), 0);
    }
}

#[test]
fn the_binary_alone_in_an_empty_folder_serves_and_makes_its_record_there() {
    let folder = tempfile::tempdir().unwrap();
    let alone = folder.path().join("demarche");
    std::fs::copy(BINARY, &alone).unwrap();
    let child = Command::new(Path::new("./demarche"))
        .args(["--bind", "127.0.0.1:0"])
        .current_dir(folder.path())
        .env_clear()
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let served = Served::of(child);
    block_on(async {
        let mut browser = Browser::new(&served.origin);
        let page = browser.page("/").await;
        let style = between(&page, "rel=\"stylesheet\" href=\"", "\"");
        assert!(browser.page(&style).await.contains('{'));
        assert_eq!(status(&served.origin, "/export.csv").await, 200);
        assert_eq!(status(&served.origin, "/nowhere").await, 404);
    });
    assert_eq!(served.terminate(), 0);
    assert!(folder.path().join("data/demarche.db").is_file());
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = Scene::sqlite().run(&["--bind", &address]).failed(1);
    assert_eq!(
        said,
        format!("cannot listen on {address}: Address already in use (os error 98)")
    );
}

#[test]
fn a_backup_is_taken_while_the_server_writes() {
    for engine in Engine::BOTH {
        let scene = Scene::on(engine);
        let token = scene.run(&["token", "add", "writer"]).done();
        let served = Served::start(&scene, &["--no-seed"], &[]);
        let copy = scene.path("copy.db").to_str().unwrap().to_owned();
        let written = block_on(async {
            let client = Browser::new(&served.origin).client;
            let mut written = 0;
            let mut backup = scene.start(&["backup", &copy], &[]);
            let ended = loop {
                let body = json!({"kind": "visit", "date": "2024", "headline": format!("Visit {written}")});
                let made = client
                    .post(format!("{}/api/v1/events", served.origin))
                    .header("authorization", format!("Bearer {}", token.trim_end()))
                    .header("content-type", "application/json")
                    .body(body.to_string())
                    .send()
                    .await;
                assert_eq!(made.unwrap().status(), 201);
                written += 1;
                if let Some(ended) = backup.try_wait().unwrap() {
                    break ended;
                }
            };
            assert!(ended.success());
            written
        });
        assert_eq!(served.terminate(), 0);
        let restored = Scene::sqlite();
        restored.run(&["restore", &copy]).done();
        assert_eq!(restored.run(&["check"]).done(), "no problems\n");
        let held = restored.run(&["export"]).done().lines().count() - 1;
        assert!(
            held <= written,
            "{held} events in the copy, but {written} were written"
        );
    }
}
