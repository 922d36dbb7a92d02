//! One way to talk to both engines: a thin enum over two native pools, and one set of SQL texts.
//!
//! # How the other files use it
//!
//! ```text
//! // Read outside a transaction, from any connection:
//! let rows = db.fetch_all(on("jobs", "SELECT id, error FROM jobs WHERE state = $1").bind(4)).await?;
//! for row in &rows { (row.int("id")?, row.text("error")?); }
//!
//! // Text that depends on what is asked for grows by pieces; `value` writes the next `$n` and binds it:
//! let mut query = on("jobs", "SELECT id FROM jobs WHERE state = ").value(1);
//! if let Some(after) = after { query = query.piece(" AND id < ").value(after); }
//!
//! // Several writes, one transaction; dropped without `commit` it is rolled back:
//! let mut tx = db.begin().await?;
//! let id = tx.next_id("job").await?;
//! tx.execute(on("jobs", "INSERT INTO jobs (id, error) VALUES ($1, $2)").bind(id).bind("")).await?;
//! tx.commit().await?;
//!
//! // One write alone: `db.execute(…)`, which tells how many rows it touched.
//! ```
//!
//! Rules: SQL is made of `&'static str` pieces only, values are always bound; what is bound is `i64`, text or either as
//! `Option`; columns are `BIGINT` or `TEXT`. `count(*)` is an `i64` on both, but a sum needs `CAST(sum(x) AS BIGINT)`.
//! A writer of the record itself (events and what hangs on them) begins with [`Db::begin_record`], which lets one such
//! writer in at a time on either engine. Functions that read either way take `&mut impl Reads`: `&mut &db` or `&mut tx`.

use std::{borrow::Cow, future::Future, path::Path, str::FromStr, time::Duration};

use sqlx::{
    Connection, Database, Decode, Encode, Pool, Postgres, Sqlite, Transaction, Type,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    Memory, StoreSettings,
    error::{Result, StoreError},
    row::Row,
};

/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a writer waits for the one that is writing; imports and generated records take a while.
const WRITER_TIMEOUT: Duration = Duration::from_mins(1);
/// From so many values on SQLite's statements are written without numbers.
const MANY_VALUES: usize = 16;
/// How long a pooled PostgreSQL connection may take to show that it still lives.
const PING_TIMEOUT: Duration = Duration::from_secs(2);

/// Which database keeps the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// A value bound to a statement.
#[derive(Debug, Clone)]
pub(super) enum Bind {
    Int(Option<i64>),
    Text(Option<String>),
}

impl From<i64> for Bind {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Bind {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<String> for Bind {
    /// PostgreSQL keeps no U+0000, so it becomes a space, of the same length, on both engines.
    fn from(value: String) -> Self {
        Self::Text(Some(if value.contains('\0') {
            value.replace('\0', " ")
        } else {
            value
        }))
    }
}

impl From<&str> for Bind {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
    }
}

impl From<Option<String>> for Bind {
    fn from(value: Option<String>) -> Self {
        value.map_or(Self::Text(None), Self::from)
    }
}

/// A statement: its text, made of static pieces, and its values.
#[derive(Debug, Clone)]
pub(super) struct Query {
    table: &'static str,
    text: Cow<'static, str>,
    binds: Vec<Bind>,
    /// Whether the text came with numbers of its own, so that values may be used twice or out of order.
    is_numbered: bool,
}

/// Begins a statement; `table` is named where a row of it cannot be read.
pub(super) fn on(table: &'static str, text: &'static str) -> Query {
    Query {
        table,
        text: Cow::Borrowed(text),
        binds: Vec::new(),
        is_numbered: false,
    }
}

impl Query {
    /// Binds the next of the `$n` that stand in the text already.
    pub(super) fn bind(mut self, value: impl Into<Bind>) -> Self {
        self.binds.push(value.into());
        self.is_numbered = true;
        self
    }

    /// Appends text.
    pub(super) fn piece(mut self, text: &'static str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Appends the next `$n` and binds its value.
    pub(super) fn value(mut self, value: impl Into<Bind>) -> Self {
        self.binds.push(value.into());
        let placeholder = format!("${}", self.binds.len());
        self.text.to_mut().push_str(&placeholder);
        self
    }

    /// Appends `($n, $m, …)`; an empty list becomes `(NULL)`, which nothing equals.
    pub(super) fn values<T: Into<Bind>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        let mut separator = "(";
        for value in values {
            self = self.piece(separator).value(value);
            separator = ", ";
        }
        if separator == "(" {
            self = self.piece("(NULL");
        }
        self.piece(")")
    }

    /// The text with `?` for each `$n`, where that says the same. SQLite keeps the names of parameters in a list, which
    /// the driver has searched for each value: with 8,000 values that was half of the time of an insertion.
    fn without_numbers(mut self) -> Self {
        if self.is_numbered || self.binds.len() < MANY_VALUES {
            return self;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut rest = self.text.as_ref();
        while let Some((before, after)) = rest.split_once('$') {
            text.push_str(before);
            text.push('?');
            rest = after.trim_start_matches(|sign: char| sign.is_ascii_digit());
        }
        text.push_str(rest);
        self.text = Cow::Owned(text);
        self
    }

    /// The one place where text that was put together is taken for SQL: every piece of it is static.
    fn prepare<DB>(self) -> sqlx::query::Query<'static, DB, DB::Arguments>
    where
        DB: Database,
        for<'q> Option<i64>: Encode<'q, DB> + Type<DB>,
        for<'q> Option<String>: Encode<'q, DB> + Type<DB>,
    {
        let mut query = sqlx::query::<DB>(sqlx::AssertSqlSafe(self.text));
        for bind in self.binds {
            query = match bind {
                Bind::Int(value) => query.bind(value),
                Bind::Text(value) => query.bind(value),
            };
        }
        query
    }
}

/// What can answer queries: the pools, or a transaction.
pub(super) trait Reads: Send {
    /// Every row.
    fn fetch_all(&mut self, query: Query) -> impl Future<Output = Result<Vec<Row>>> + Send;

    /// The first row, if there is one.
    fn fetch_optional(&mut self, query: Query) -> impl Future<Output = Result<Option<Row>>> + Send {
        async { Ok(self.fetch_all(query).await?.into_iter().next()) }
    }

    /// The first row; [`StoreError::NotFound`] where there is none.
    fn fetch_one(&mut self, query: Query) -> impl Future<Output = Result<Row>> + Send {
        async {
            self.fetch_optional(query)
                .await?
                .ok_or(StoreError::NotFound)
        }
    }

    /// The column `n` of the one row: a count.
    fn fetch_count(&mut self, query: Query) -> impl Future<Output = Result<i64>> + Send {
        async { self.fetch_one(query).await?.int("n") }
    }

    /// Which engine answers.
    fn engine(&self) -> Engine;
}

/// The connections to the record.
#[derive(Debug, Clone)]
pub(super) struct Db {
    pools: Pools,
}

#[derive(Debug, Clone)]
enum Pools {
    Sqlite {
        writer: Pool<Sqlite>,
        readers: Pool<Sqlite>,
    },
    Postgres {
        primary: Pool<Postgres>,
        replica: Pool<Postgres>,
    },
}

impl Db {
    /// Opens the pools; makes a missing SQLite file and its folder.
    pub(super) async fn open(settings: &StoreSettings) -> Result<Self> {
        if settings.url.starts_with("postgres:") || settings.url.starts_with("postgresql:") {
            let primary = postgres(&settings.url, settings).await?;
            let replica = match &settings.read_url {
                Some(url) => postgres(url, settings).await?,
                None => primary.clone(),
            };
            return Ok(Self {
                pools: Pools::Postgres { primary, replica },
            });
        }
        if !settings.url.starts_with("sqlite:") {
            return Err(StoreError::Unusable(
                "expected a database address such as sqlite://data/demarche.db or \
                 postgres://USER:PASSWORD@HOST/NAME"
                    .to_owned(),
            ));
        }
        let (writer, readers) = sqlite(settings).await?;
        Ok(Self {
            pools: Pools::Sqlite { writer, readers },
        })
    }

    /// The same record as lists and exports read it: from the replica where there is one.
    pub(super) fn replica(&self) -> Self {
        match &self.pools {
            Pools::Postgres { replica, .. } => Self {
                pools: Pools::Postgres {
                    primary: replica.clone(),
                    replica: replica.clone(),
                },
            },
            Pools::Sqlite { .. } => self.clone(),
        }
    }

    /// Which engine it is.
    pub(super) fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Every row.
    pub(super) async fn fetch_all(&self, query: Query) -> Result<Vec<Row>> {
        let mut handle = self;
        Reads::fetch_all(&mut handle, query).await
    }

    /// The first row, if there is one.
    pub(super) async fn fetch_optional(&self, query: Query) -> Result<Option<Row>> {
        Ok(self.fetch_all(query).await?.into_iter().next())
    }

    /// The first row; [`StoreError::NotFound`] where there is none.
    pub(super) async fn fetch_one(&self, query: Query) -> Result<Row> {
        self.fetch_optional(query)
            .await?
            .ok_or(StoreError::NotFound)
    }

    /// The column `n` of the one row: a count.
    pub(super) async fn fetch_count(&self, query: Query) -> Result<i64> {
        self.fetch_one(query).await?.int("n")
    }

    /// Runs one write in a transaction of its own; returns how many rows it touched.
    pub(super) async fn execute(&self, query: Query) -> Result<u64> {
        let mut tx = self.begin().await?;
        let touched = tx.execute(query).await?;
        tx.commit().await?;
        Ok(touched)
    }

    /// Begins a transaction that writes.
    pub(super) async fn begin(&self) -> Result<Tx> {
        Ok(match &self.pools {
            Pools::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres { primary, .. } => Tx::Postgres(primary.begin().await?),
        })
    }

    /// Begins a transaction that changes the record. One at a time gets in on either engine: on PostgreSQL the first
    /// statement, which counts the change, holds a row that every other such transaction needs.
    pub(super) async fn begin_record(&self) -> Result<Tx> {
        let mut tx = self.begin().await?;
        tx.next_id("changes").await?;
        Ok(tx)
    }

    /// Begins a transaction that reads the record as it stands at one instant, whatever is written meanwhile.
    pub(super) async fn begin_snapshot(&self) -> Result<Tx> {
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Pools::Postgres { primary, .. } => Tx::Postgres(
                primary
                    .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        })
    }

    /// Writes an SQLite record, as it stands at one instant, into an empty or missing file, while others write to it.
    pub(super) async fn vacuum_into(&self, file: &Path) -> Result<()> {
        let Pools::Sqlite { writer, .. } = &self.pools else {
            return Err(StoreError::Unusable(
                "only SQLite writes its record into a file".to_owned(),
            ));
        };
        let into = on("database", "VACUUM INTO $1").bind(file.to_string_lossy().into_owned());
        into.prepare::<Sqlite>().execute(writer).await?;
        Ok(())
    }

    /// Closes every connection, after what is under way.
    pub(super) async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres { primary, replica } => {
                replica.close().await;
                primary.close().await;
            }
        }
    }
}

impl Reads for &Db {
    async fn fetch_all(&mut self, query: Query) -> Result<Vec<Row>> {
        let table = query.table;
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => Row::all(
                table,
                query
                    .without_numbers()
                    .prepare::<Sqlite>()
                    .fetch_all(readers)
                    .await?,
                Row::sqlite,
            ),
            Pools::Postgres { primary, .. } => Row::all(
                table,
                query.prepare::<Postgres>().fetch_all(primary).await?,
                Row::postgres,
            ),
        })
    }

    fn engine(&self) -> Engine {
        Db::engine(self)
    }
}

/// A transaction that writes. Rolled back unless committed.
pub(super) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Runs a write; returns how many rows it touched.
    pub(super) async fn execute(&mut self, query: Query) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => query
                .without_numbers()
                .prepare::<Sqlite>()
                .execute(&mut **tx)
                .await?
                .rows_affected(),
            Self::Postgres(tx) => query
                .prepare::<Postgres>()
                .execute(&mut **tx)
                .await?
                .rows_affected(),
        })
    }

    /// Runs the statements of a static text, such as a migration's.
    #[expect(
        clippy::disallowed_methods,
        reason = "static text without values, several statements at once"
    )]
    pub(super) async fn run_script(&mut self, text: &'static str) -> Result<()> {
        match self {
            Self::Sqlite(tx) => sqlx::raw_sql(text).execute(&mut **tx).await.map(|_| ()),
            Self::Postgres(tx) => sqlx::raw_sql(text).execute(&mut **tx).await.map(|_| ()),
        }?;
        Ok(())
    }

    /// The next number of a counter. A rollback gives it back, so that numbers have no gaps.
    pub(super) async fn next_id(&mut self, counter: &'static str) -> Result<i64> {
        self.next_ids(counter, 1).await
    }

    /// Takes `count` numbers of a counter and returns the last of them.
    pub(super) async fn next_ids(&mut self, counter: &'static str, count: i64) -> Result<i64> {
        let query = on(
            "counters",
            "UPDATE counters SET value = value + $1 WHERE name = $2 RETURNING value",
        );
        Reads::fetch_one(self, query.bind(count).bind(counter))
            .await?
            .int("value")
    }

    /// Makes everything durable.
    pub(super) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

impl Reads for Tx {
    async fn fetch_all(&mut self, query: Query) -> Result<Vec<Row>> {
        let table = query.table;
        Ok(match self {
            Self::Sqlite(tx) => Row::all(
                table,
                query
                    .without_numbers()
                    .prepare::<Sqlite>()
                    .fetch_all(&mut **tx)
                    .await?,
                Row::sqlite,
            ),
            Self::Postgres(tx) => Row::all(
                table,
                query.prepare::<Postgres>().fetch_all(&mut **tx).await?,
                Row::postgres,
            ),
        })
    }

    fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

/// One writer, since SQLite has no more, and several readers. A commit is on the disk when it returns.
async fn sqlite(settings: &StoreSettings) -> Result<(Pool<Sqlite>, Pool<Sqlite>)> {
    let options = SqliteConnectOptions::from_str(&settings.url)
        .map_err(|error| StoreError::Unusable(format!("the database address: {error}")))?;
    if let Some(folder) = options.get_filename().parent()
        && !folder.as_os_str().is_empty()
    {
        std::fs::create_dir_all(folder).map_err(|error| {
            StoreError::Unusable(format!(
                "the database's folder {} cannot be made: {error}",
                folder.display()
            ))
        })?;
    }
    let (cache, map) = match settings.memory {
        Memory::Ample => ("-65536", "268435456"),
        Memory::Little => ("-12288", "0"),
    };
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("trusted_schema", "OFF")
        .pragma("cache_size", cache)
        .pragma("mmap_size", map)
        .pragma("temp_store", "MEMORY")
        .optimize_on_close(true, 1000);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(WRITER_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(settings.readers)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(
            options
                .optimize_on_close(false, None)
                .pragma("query_only", "ON"),
        );
    Ok((writer, readers))
}

async fn postgres(url: &str, settings: &StoreSettings) -> Result<Pool<Postgres>> {
    let statement = format!("{}s", settings.statement_timeout_secs);
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::Unusable(format!("the database address: {error}")))?
        .application_name("demarche")
        .options([
            ("statement_timeout", statement.as_str()),
            ("lock_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "60s"),
        ]);
    Ok(PgPoolOptions::new()
        .max_connections(settings.readers.saturating_add(2))
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection, _| {
            Box::pin(async move {
                Ok(tokio::time::timeout(PING_TIMEOUT, connection.ping())
                    .await
                    .is_ok_and(|answer| answer.is_ok()))
            })
        })
        .connect_with(options)
        .await?)
}

/// What a column must be able to become.
pub(super) trait Readable<DB: Database>: for<'r> Decode<'r, DB> + Type<DB> {}

impl<DB: Database, T: for<'r> Decode<'r, DB> + Type<DB>> Readable<DB> for T {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_many_values_in_their_order_lose_their_numbers() {
        let few = on("t", "SELECT ").value(1).without_numbers();
        assert_eq!(few.text, "SELECT $1");
        let many = on("t", "VALUES ").values(0..20).piece(" END");
        let expected = format!("VALUES ({}) END", vec!["?"; 20].join(", "));
        assert_eq!(many.clone().without_numbers().text, expected);
        let numbered = on("t", "SELECT $1 IN ").bind(1).values(0..20);
        assert!(numbered.clone().without_numbers().text.contains("$21"));
    }
}
