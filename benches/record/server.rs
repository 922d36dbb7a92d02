//! Records made by `demarche generate`, and servers of them.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use demarche::{
    domain::clock::Clock,
    store::{Store, StoreSettings},
};
use sqlx::{Connection as _, PgConnection};

/// The program: as cargo built it for the benchmark, or another build that `RECORD_PROGRAM` names, to compare it.
fn program() -> String {
    std::env::var("RECORD_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_demarche").to_owned())
}

/// Where a record is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// The server that databases are made on.
pub fn postgres() -> Option<String> {
    std::env::var("DEMARCHE_TEST_POSTGRES").ok()
}

/// A record of a size.
#[derive(Debug)]
pub struct Place {
    pub size: u32,
    pub url: String,
    /// Events a second while it was made; none where it stood already.
    pub made: Option<f64>,
}

impl Place {
    /// The record of so many events; made where it is not there yet.
    pub async fn make(engine: Engine, size: u32, folder: &Path) -> Result<Self> {
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}", folder.join(format!("{size}.db")).display()),
            Engine::Postgres => database(size).await?,
        };
        let store = open(&url).await?;
        let is_made = !store.is_empty().await?;
        store.close().await;
        let mut place = Self {
            size,
            url,
            made: None,
        };
        if !is_made {
            eprintln!("{}: making {size} events", engine.label());
            let begun = Instant::now();
            let status = command("generate")
                .arg("--events")
                .arg(size.to_string())
                .env("DEMARCHE_DATABASE", &place.url)
                .status()?;
            if !status.success() {
                bail!("generate ended with {status}");
            }
            place.made = Some(f64::from(size) / begun.elapsed().as_secs_f64());
            analyse(&place.url).await?;
        }
        Ok(place)
    }

    pub async fn open(&self) -> Result<Store> {
        open(&self.url).await
    }

    /// Serves the record on a free port.
    pub fn serve(&self) -> Result<Server> {
        let mut child = command("serve")
            .env("DEMARCHE_DATABASE", &self.url)
            .env("DEMARCHE_BIND", "127.0.0.1:0")
            .env("DEMARCHE_ADMIN_PASSWORD", "only for a benchmark")
            .env("DEMARCHE_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().context("no output")?).lines();
        for line in lines {
            let line = line?;
            if let Some(at) = line.find("http://") {
                let address = line[at..].trim_end_matches('/').to_owned();
                return Ok(Server { child, address });
            }
        }
        bail!("the server did not say where it is")
    }
}

async fn open(url: &str) -> Result<Store> {
    Ok(Store::open(&StoreSettings::of(url), Clock::system()).await?)
}

/// The address of a database of its own for a size; a fresh server has none yet.
async fn database(size: u32) -> Result<String> {
    let server = postgres().context("DEMARCHE_TEST_POSTGRES is not set")?;
    let mut connection = PgConnection::connect(&server).await?;
    let name = format!("record_{size}");
    let known: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(&name)
        .fetch_optional(&mut connection)
        .await?;
    if known.is_none() {
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await?;
    }
    let (head, _) = server
        .rsplit_once('/')
        .context("expected a database in the address")?;
    Ok(format!("{head}/{name}"))
}

/// What autovacuum would do before long: statistics, and pages known to be visible.
async fn analyse(url: &str) -> Result<()> {
    if url.starts_with("postgres") {
        let mut connection = PgConnection::connect(url).await?;
        sqlx::query("VACUUM ANALYZE")
            .execute(&mut connection)
            .await?;
    }
    Ok(())
}

/// The program with a command, nothing set but what the caller adds.
pub fn command(name: &str) -> Command {
    let mut command = Command::new(program());
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("DEMARCHE_") {
            command.env_remove(variable);
        }
    }
    command.arg(name);
    command
}

/// A server that ends with the value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    pub address: String,
}

impl Server {
    /// Waits until it answers.
    pub async fn ready(&self, client: &reqwest::Client) -> Result<()> {
        let begun = Instant::now();
        loop {
            let answer = client.get(format!("{}/", self.address)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if begun.elapsed() > Duration::from_mins(2) {
                bail!("the server does not answer");
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
