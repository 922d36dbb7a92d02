//! A server of our own on a free port, with a record in a folder of its own, and what a browser would do with it.

use std::{net::TcpListener, sync::Arc};

use demarche::{
    config::Settings,
    domain::{
        clock::{Clock, Timestamp},
        event::{Event, EventDraft},
        evidence::Source,
        kind::Kind,
        modality::Modality,
        role::Role,
        status::Status,
    },
    ingest::{
        Ingester,
        fetch::{FetchSettings, Fetcher},
    },
    store::{Author, Change, NewEvent, Store, StoreSettings, password::Passwords, secret::Secret},
    telemetry::Metrics,
    web::{self, WebParts},
};
use reqwest::{Method, Response, header::HeaderMap, redirect};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

/// When it is for the server: 24 November 2026, noon.
pub const NOW: &str = "2026-11-24T12:00:00Z";

/// Where a record is that outlives its server.
pub struct Place {
    url: String,
    _folder: Option<TempDir>,
    database: Option<String>,
}

impl Place {
    /// In a file of a folder of its own.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            url: format!("sqlite://{}/record.db", folder.path().display()),
            _folder: Some(folder),
            database: None,
        }
    }

    /// In a database of its own on the server of `DEMARCHE_TEST_POSTGRES`.
    pub async fn postgres() -> Self {
        let name = format!("web_{}", std::process::id());
        statement(format!("CREATE DATABASE {name}")).await;
        let mut url = url::Url::parse(&postgres()).unwrap();
        url.set_path(&name);
        Self {
            url: url.to_string(),
            _folder: None,
            database: Some(name),
        }
    }

    /// Drops the database.
    pub async fn remove(self) {
        if let Some(name) = &self.database {
            statement(format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

fn postgres() -> String {
    std::env::var("DEMARCHE_TEST_POSTGRES").expect(
        "DEMARCHE_TEST_POSTGRES must name a PostgreSQL whose user may create databases; `make test-web` starts one",
    )
}

async fn statement(text: String) {
    let mut connection = PgConnection::connect(&postgres()).await.unwrap();
    sqlx::query(AssertSqlSafe(text))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// A running server.
pub struct Server {
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    /// Its record.
    pub store: Store,
    /// The address of the record's database.
    pub database: String,
    client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<Result<(), std::io::Error>>,
    _folder: Option<TempDir>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    async fn read(response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await.expect("the body comes whole"),
        }
    }

    /// A header's text; `""` where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// The events that the page lists, in its order, by id.
    pub fn event_ids(&self) -> Vec<String> {
        between(&self.text, "id=\"e-EV-", "\"")
            .map(|rest| format!("EV-{rest}"))
            .collect()
    }

    /// Where the link with that `rel` leads.
    pub fn rel(&self, rel: &str) -> Option<String> {
        let mark = format!("\" rel=\"{rel}\"");
        let end = self.text.find(&mark)?;
        let start = self.text[..end].rfind("href=\"")? + "href=\"".len();
        Some(unescape(&self.text[start..end]))
    }

    /// The text without tags, its entities read, runs of space as one.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        for sign in self.text.chars() {
            match sign {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    words.push(' ');
                }
                _ if !inside => words.push(sign),
                _ => {}
            }
        }
        unescape(&words)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start)
        .skip(1)
        .filter_map(move |rest| rest.split(end).next())
}

fn unescape(text: &str) -> String {
    text.replace("&#38;", "&")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
}

/// Somebody who is signed in: the headers of their requests and the token of their forms.
pub struct Visit<'a> {
    server: &'a Server,
    cookie: String,
    /// What every form carries in its hidden field.
    pub csrf: String,
}

impl Server {
    /// Starts a server with an empty record, as it is set where nothing is set.
    pub async fn start() -> Self {
        Self::start_with(|settings| settings).await
    }

    /// Starts a server with settings of one's own.
    pub async fn start_with(set: impl FnOnce(Settings) -> Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/record.db", folder.path().display());
        let server = Self::start_on(url, NOW, set).await;
        Self {
            _folder: Some(folder),
            ..server
        }
    }

    /// Starts a server at an instant on a record that is there or not.
    pub async fn at(place: &Place, now: &str) -> Self {
        Self::start_on(place.url.clone(), now, |settings| settings).await
    }

    async fn start_on(url: String, now: &str, set: impl FnOnce(Settings) -> Settings) -> Self {
        // another test of this process may have been first
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let settings = set(Settings {
            bind: address,
            http_workers: 1,
            shutdown_secs: 2,
            ..Settings::defaults().unwrap()
        });
        let now: Timestamp = now.parse().unwrap();
        let store = Store::open(&StoreSettings::of(url.clone()), Clock::fixed(now))
            .await
            .unwrap();
        let parts = WebParts {
            settings: Arc::new(settings),
            store: store.clone(),
            metrics: Metrics::new().unwrap(),
            passwords: Passwords::new(1).unwrap(),
            ingester: Ingester::new(
                store.clone(),
                Fetcher::new(FetchSettings::default()).unwrap(),
            ),
        };
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(web::serve(parts, listener, async {
            let _ = stopped.await;
        }));
        Self {
            origin: format!("http://{address}"),
            store,
            database: url,
            client: reqwest::Client::builder()
                .redirect(redirect::Policy::none())
                .build()
                .unwrap(),
            stop: Some(stop),
            serving,
            _folder: None,
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    /// GET of a file that breaks off: the head of the answer, and whether the body came whole.
    pub async fn get_broken(&self, path: &str) -> (u16, HeaderMap, bool) {
        let request = self.client.get(format!("{}{path}", self.origin));
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (status, headers, response.bytes().await.is_ok())
    }

    /// A request with headers and a body.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Answer {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        Answer::read(request.send().await.expect("the server answers")).await
    }

    /// Records events in this order, by one author.
    pub async fn record(&self, drafts: Vec<EventDraft>) -> Vec<Event> {
        let author = Author("kim".to_owned());
        let change = Change {
            author: &author,
            reason: "",
        };
        let events = drafts.into_iter().map(NewEvent::from).collect();
        self.store.create_events(events, change).await.unwrap()
    }

    /// Signs somebody of that role in, without the form.
    pub async fn signed_in(&self, role: Role) -> Visit<'_> {
        let name = format!("{role}-{}", self.store.users().await.unwrap().len());
        let user = self
            .store
            .add_user(&name, "no password", role)
            .await
            .unwrap();
        let (id, csrf) = (Secret::fresh().unwrap(), Secret::fresh().unwrap());
        let ends = self.store.clock().now().plus_seconds(3_600);
        self.store
            .start_session(user.id, &id.hash(), csrf.reveal(), ends)
            .await
            .unwrap();
        Visit {
            server: self,
            cookie: format!("demarche_session={}", id.reveal()),
            csrf: csrf.reveal().to_owned(),
        }
    }

    /// Stops the server and waits until it has.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        self.serving.await.unwrap().unwrap();
        self.store.close().await;
    }
}

impl Visit<'_> {
    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.server
            .send(Method::GET, path, &[("cookie", &self.cookie)], None)
            .await
    }

    /// Sends a form with its token.
    /// The status of a page, whose text is not read: it may have no end.
    pub async fn status(&self, path: &str) -> u16 {
        let request = self
            .server
            .client
            .get(format!("{}{path}", self.server.origin))
            .header("cookie", &self.cookie);
        request
            .send()
            .await
            .expect("the server answers")
            .status()
            .as_u16()
    }

    /// The media type of an answer without end, and what comes of it until a text stands in it.
    pub async fn listen(&self, path: &str, until: &str) -> (String, String) {
        let request = self
            .server
            .client
            .get(format!("{}{path}", self.server.origin))
            .header("cookie", &self.cookie);
        let mut response = request.send().await.expect("the server answers");
        let media = response.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        let mut heard = String::new();
        while !heard.contains(until) {
            let piece = response.chunk().await.unwrap().expect("it goes on");
            heard.push_str(&String::from_utf8_lossy(&piece));
        }
        (media, heard)
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut with_token = vec![("csrf", self.csrf.as_str())];
        with_token.extend(fields);
        self.post_as_is(path, &with_token).await
    }

    /// Sends a form that may bring files: field, file name, bytes. Its token is sent unless the fields have one.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        let token = [("csrf", self.csrf.as_str())];
        let own = fields.iter().any(|(name, _)| *name == "csrf");
        let token = if own { &[][..] } else { &token[..] };
        for (name, value) in token.iter().chain(fields) {
            let head = format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        for (name, file, bytes) in files {
            let head = format!(
                "--part\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 content-type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--part--\r\n");
        self.send_as(path, "multipart/form-data; boundary=part", body)
            .await
    }

    /// Sends a body of some type.
    pub async fn send_as(&self, path: &str, media: &str, body: impl Into<reqwest::Body>) -> Answer {
        let request = self
            .server
            .client
            .post(format!("{}{path}", self.server.origin))
            .header("cookie", &self.cookie)
            .header("content-type", media)
            .header("sec-fetch-site", "same-origin")
            .body(body);
        Answer::read(request.send().await.expect("the server answers")).await
    }

    /// Sends a form with these fields and no others.
    pub async fn post_as_is(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: String = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.server
            .send(Method::POST, path, &headers, Some(body))
            .await
    }
}

/// A plain event: the United States toward Iran, from one source.
pub fn draft(kind: Kind, date: &str, headline: &str) -> EventDraft {
    EventDraft {
        kind,
        date: date.parse().unwrap(),
        date_text: String::new(),
        modality: Modality::Occurred,
        headline: headline.to_owned(),
        summary: String::new(),
        quote: String::new(),
        speakers: Vec::new(),
        actors: vec!["USA".parse().unwrap()],
        targets: vec!["IRN".parse().unwrap()],
        named: Vec::new(),
        place: String::new(),
        effective_date: None,
        authority: String::new(),
        program: String::new(),
        legal_url: String::new(),
        list_ids: Vec::new(),
        tags: Vec::new(),
        status: Status::Published,
        confidence: None,
        relations: Vec::new(),
        judgement: None,
        sources: vec![Source {
            url: "https://wire.example/a".to_owned(),
            publisher: "Harbour Wire".to_owned(),
            title: "A title".to_owned(),
            published: Some("2024-09-10".parse().unwrap()),
            ..Source::default()
        }],
    }
}
