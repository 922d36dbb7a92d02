//! A folder and a database of its own for a test, and the binary run in it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;

/// The binary under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_demarche");

/// Which engine keeps the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// A folder, and the address of a database that nothing else uses.
pub struct Scene {
    folder: TempDir,
    pub database: String,
    /// The PostgreSQL database to drop at the end.
    made: Option<String>,
}

/// How a command ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ended {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ended {
    /// Standard output of a command that must have succeeded.
    pub fn done(self) -> String {
        assert_eq!(self.status, 0, "{}", self.err);
        self.out
    }

    /// Asserts a failure with nothing on standard output, and gives what was said, the program's name taken off.
    pub fn failed(self, status: i32) -> String {
        assert_eq!(
            (self.status, self.out.as_str()),
            (status, ""),
            "{}",
            self.err
        );
        self.err
            .trim_end()
            .trim_start_matches("demarche: ")
            .to_owned()
    }
}

impl Scene {
    pub fn sqlite() -> Self {
        Self::on(Engine::Sqlite)
    }

    pub fn on(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        match engine {
            Engine::Sqlite => {
                let database = format!(
                    "sqlite://{}",
                    folder.path().join("data/record.db").display()
                );
                Self {
                    folder,
                    database,
                    made: None,
                }
            }
            Engine::Postgres => {
                let name = format!("cli_{:016x}", rand::random::<u64>());
                postgres(&format!("CREATE DATABASE {name}"));
                let server = server();
                let database = format!("{}/{name}", &server[..server.rfind('/').unwrap()]);
                Self {
                    folder,
                    database,
                    made: Some(name),
                }
            }
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the scene's folder and gives its path as an argument.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn command(&self, binary: &Path) -> Command {
        let mut command = Command::new(binary);
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("DEMARCHE_DATABASE", &self.database);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, "")
    }

    /// Runs the binary with a text on standard input.
    pub fn run_with(&self, arguments: &[&str], input: impl Into<Vec<u8>>) -> Ended {
        self.run_in(arguments, input, &[])
    }

    /// Runs the binary with a text on standard input and with variables.
    pub fn run_in(
        &self,
        arguments: &[&str],
        input: impl Into<Vec<u8>>,
        variables: &[(&str, &str)],
    ) -> Ended {
        let mut command = self.command(Path::new(BINARY));
        command.args(arguments).envs(variables.iter().copied());
        let output = assert_cmd::Command::from_std(command)
            .write_stdin(input)
            .output()
            .unwrap();
        Ended {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts a command that goes on; its standard output and error are pipes.
    pub fn start(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Child {
        self.command(Path::new(BINARY))
            .args(arguments)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if let Some(name) = &self.made {
            postgres(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn server() -> String {
    std::env::var("DEMARCHE_TEST_POSTGRES")
        .expect("DEMARCHE_TEST_POSTGRES must name a PostgreSQL whose user may create databases; `make test-cli` starts one")
}

fn postgres(statement: &str) {
    let statement = statement.to_owned();
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            let mut connection = PgConnection::connect(&server()).await.unwrap();
            sqlx::query(AssertSqlSafe(statement))
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
        });
}
