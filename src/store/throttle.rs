//! Failed sign-ins, counted in the database, so that several servers on one record count together.

use super::{Store, db::on, error::Result};
use crate::domain::clock::Timestamp;

impl Store {
    /// Notes a failed sign-in of an address or an account: `address 192.0.2.7`, `account kim`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn record_login_failure(&self, key: &str) -> Result<()> {
        let mut tx = self.db().begin().await?;
        let id = tx.next_id("login_failure").await?;
        let insert = on(
            "login_failures",
            "INSERT INTO login_failures (id, key, at) VALUES ($1, $2, $3)",
        );
        tx.execute(insert.bind(id).bind(key).bind(self.clock().now().micros()))
            .await?;
        tx.commit().await
    }

    /// How often a key failed since an instant.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn login_failures(&self, key: &str, since: Timestamp) -> Result<i64> {
        let count = on(
            "login_failures",
            "SELECT count(*) AS n FROM login_failures WHERE key = $1 AND at >= $2",
        );
        self.db()
            .fetch_count(count.bind(key).bind(since.micros()))
            .await
    }

    /// Forgets the failures of a key, after it signed in.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn clear_login_failures(&self, key: &str) -> Result<()> {
        let delete = on(
            "login_failures",
            "DELETE FROM login_failures WHERE key = $1",
        );
        self.db().execute(delete.bind(key)).await.map(|_| ())
    }
}
