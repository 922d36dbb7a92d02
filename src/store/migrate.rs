//! Brings a database to the schema of this program: numbered steps, compiled in, the same for both engines.
//!
//! Every step is recorded with the SHA-256 of its text. A step is never edited once it has landed, so a record that
//! differs is a database of another program, which is left alone.

use super::{
    db::{Db, Engine, Reads, Tx, on},
    error::{Result, StoreError},
    secret,
};
use crate::domain::clock::Timestamp;

/// One step, in the dialects of both engines.
struct Step {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! step {
    ($name:literal) => {
        Step {
            name: $name,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        }
    };
}

const STEPS: &[Step] = &[
    step!("0001_counters"),
    step!("0002_parties"),
    step!("0003_publishers"),
    step!("0004_articles"),
    step!("0005_events"),
    step!("0006_event_parties"),
    step!("0007_event_publishers"),
    step!("0008_event_sources"),
    step!("0009_relations"),
    step!("0010_event_words"),
    step!("0011_month_counts"),
    step!("0012_revisions"),
    step!("0013_candidates"),
    step!("0014_users"),
    step!("0015_sessions"),
    step!("0016_tokens"),
    step!("0017_login_failures"),
    step!("0018_jobs"),
    step!("0019_feeds"),
    step!("0020_follow_through_changes"),
    step!("0021_covering_indexes"),
    step!("0022_changes_by_time"),
    step!("0023_stories"),
    step!("0024_article_changes"),
    step!("0025_feed_items"),
    step!("0026_publisher_register"),
    step!("0027_feed_care"),
    step!("0028_job_outcome"),
    step!("0029_candidate_decisions"),
    step!("0030_lessons"),
    step!("0031_lapsed_events"),
    step!("0032_jobs_of_feeds"),
    step!("0033_events_by_change"),
];

/// How many steps there are.
pub const STEP_COUNT: usize = STEPS.len();

/// Two programs that start at once take turns: any number will do, as long as it is always the same.
const ADVISORY_LOCK: i64 = 7_226_010_311_947;

/// Applies what is missing of the first `steps` steps, all in one transaction.
pub(super) async fn apply(db: &Db, steps: usize, now: Timestamp) -> Result<()> {
    let mut tx = db.begin().await?;
    if tx.engine() == Engine::Postgres {
        // an index over a large table takes longer than any page may
        tx.run_script("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
            .await?;
        tx.execute(on("migrations", "SELECT pg_advisory_xact_lock($1)").bind(ADVISORY_LOCK))
            .await?;
    }
    let applied = applied(&mut tx).await?;
    check_known(&applied, tx.engine())?;
    for (index, step) in STEPS.iter().enumerate().take(steps).skip(applied.len()) {
        let text = step.text(tx.engine());
        tx.run_script(text).await?;
        let insert = on(
            "migrations",
            "INSERT INTO migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
        )
        .bind(i64::try_from(index + 1).unwrap_or(i64::MAX))
        .bind(step.name)
        .bind(secret::hash(text))
        .bind(now.micros());
        tx.execute(insert).await?;
    }
    tx.commit().await
}

/// Whether every step is applied.
pub(super) async fn is_current(db: &Db) -> Result<bool> {
    let count = on("migrations", "SELECT count(*) AS n FROM migrations");
    Ok(usize::try_from(db.fetch_count(count).await?).is_ok_and(|count| count >= STEP_COUNT))
}

impl Step {
    const fn text(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

async fn applied(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    tx.run_script(
        "CREATE TABLE IF NOT EXISTS migrations (
            number BIGINT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            applied_at BIGINT NOT NULL
        )",
    )
    .await?;
    let select = on(
        "migrations",
        "SELECT number AS id, name, checksum FROM migrations ORDER BY number",
    );
    tx.fetch_all(select)
        .await?
        .iter()
        .map(|row| Ok((row.text("name")?, row.text("checksum")?)))
        .collect()
}

fn check_known(applied: &[(String, String)], engine: Engine) -> Result<()> {
    if applied.len() > STEP_COUNT {
        return Err(StoreError::Unusable(format!(
            "the database was made by a newer version of this program: it has {} migrations, but this version knows \
             {STEP_COUNT}",
            applied.len()
        )));
    }
    for (step, (name, checksum)) in STEPS.iter().zip(applied) {
        if step.name != name || secret::hash(step.text(engine)) != *checksum {
            return Err(StoreError::Unusable(format!(
                "the database is another program's: expected its migration {}, but found {name}",
                step.name
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbered_without_gaps() {
        for (index, step) in STEPS.iter().enumerate() {
            assert_eq!(step.name[..4], format!("{:04}", index + 1), "{}", step.name);
        }
    }
}
