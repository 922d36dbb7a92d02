//! A fresh, empty record on either engine for each test, gone when the test ends.

use std::sync::atomic::{AtomicU32, Ordering};

use demarche::{
    domain::clock::{Clock, Timestamp},
    store::{Engine, STEP_COUNT, Store, StoreSettings},
};
use sqlx::{ConnectOptions, Connection, postgres::PgConnectOptions};
use tempfile::TempDir;

/// Runs one test on both engines: `on_both! { name => function }` makes `name::sqlite` and `name::postgres`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn sqlite() {
                $crate::engine::run($crate::engine::Place::sqlite(), super::run::$name);
            }

            #[test]
            fn postgres() {
                $crate::engine::run($crate::engine::Place::postgres(), super::run::$name);
            }
        }
    )+};
}
pub(crate) use on_both;

/// Where a test's record is.
pub struct Place {
    pub settings: StoreSettings,
    folder: Option<TempDir>,
    database: Option<(PgConnectOptions, String)>,
}

static NEXT: AtomicU32 = AtomicU32::new(1);

impl Place {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("made here/record.db");
        Self {
            settings: settings(format!("sqlite://{}", file.display())),
            folder: Some(folder),
            database: None,
        }
    }

    pub fn postgres() -> Self {
        let url = std::env::var("DEMARCHE_TEST_POSTGRES").expect(
            "expected the address of a PostgreSQL server in DEMARCHE_TEST_POSTGRES: `make test` starts one and sets it",
        );
        let server: PgConnectOptions = url.parse().unwrap();
        let name = format!(
            "store_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        block_on(statement(&server, format!("CREATE DATABASE {name}")));
        let url = url::Url::parse(&url)
            .map(|mut url| {
                url.set_path(&name);
                url.to_string()
            })
            .unwrap();
        Self {
            settings: settings(url),
            folder: None,
            database: Some((server, name)),
        }
    }

    /// The record at an instant, migrated and with its reference data.
    pub async fn open_at(&self, now: &str) -> Store {
        Store::open(&self.settings, clock(now)).await.unwrap()
    }

    /// The record as its first steps make it.
    pub async fn open_step(&self, steps: usize) -> Store {
        assert!(steps <= STEP_COUNT);
        Store::open_at_step(&self.settings, clock(NOW), steps)
            .await
            .unwrap()
    }

    /// Runs one statement beside the store.
    pub async fn sql(&self, text: &str) -> i64 {
        use sqlx::Row;
        let text = sqlx::AssertSqlSafe(text.to_owned());
        if self.database.is_some() {
            let options: PgConnectOptions = self.settings.url.parse().unwrap();
            let mut connection = options.connect().await.unwrap();
            let row = sqlx::query(text)
                .fetch_optional(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
            row.map_or(0, |row| row.try_get(0).unwrap_or(0))
        } else {
            let options: sqlx::sqlite::SqliteConnectOptions = self.settings.url.parse().unwrap();
            let mut connection = options.connect().await.unwrap();
            let row = sqlx::query(text)
                .fetch_optional(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
            row.map_or(0, |row| row.try_get(0).unwrap_or(0))
        }
    }

    pub fn engine(&self) -> Engine {
        if self.folder.is_some() {
            Engine::Sqlite
        } else {
            Engine::Postgres
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, name)) = self.database.take() {
            let drop = std::thread::spawn(move || {
                block_on(statement(
                    &server,
                    format!("DROP DATABASE {name} WITH (FORCE)"),
                ));
            });
            let _ = drop.join();
        }
    }
}

/// When the tests are: after everything that they record.
pub const NOW: &str = "2025-06-01T12:00:00Z";

pub fn clock(now: &str) -> Clock {
    Clock::fixed(now.parse::<Timestamp>().unwrap())
}

/// Runs a test on a record that is opened at [`NOW`].
pub fn run<F, T>(place: Place, test: F)
where
    F: FnOnce(Store, Place) -> T,
    T: Future<Output = Place>,
{
    block_on(async {
        let store = place.open_at(NOW).await;
        let closing = store.clone();
        let place = test(store, place).await;
        closing.close().await;
        drop(place);
    });
}

pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn settings(url: String) -> StoreSettings {
    StoreSettings::of(url)
}

async fn statement(server: &PgConnectOptions, text: String) {
    let mut connection = server.clone().connect().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(text))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}
