//! Sessions: who is signed in, by the hash of the secret that the cookie holds.

use super::{Store, db::on, error::Result, row::Row};
use crate::domain::{clock::Timestamp, id::UserId, role::Role};

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The account's number.
    pub user_id: UserId,
    /// The account's name.
    pub user: String,
    /// What the account may do at this moment.
    pub role: Role,
    /// What `start_session` was given to check forms by.
    pub csrf: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When the password was last asked for.
    pub reauthenticated_at: Timestamp,
}

impl Store {
    /// Begins a session under the hash of its secret.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn start_session(
        &self,
        user: UserId,
        token_hash: &str,
        csrf: &str,
        expires_at: Timestamp,
    ) -> Result<()> {
        let now = self.clock().now().micros();
        let insert = on(
            "sessions",
            "INSERT INTO sessions (token_hash, user_id, csrf, created_at, expires_at, reauthenticated_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        );
        let insert = insert.bind(token_hash).bind(user.0).bind(csrf).bind(now);
        self.db()
            .execute(insert.bind(expires_at.micros()).bind(now))
            .await
            .map(|_| ())
    }

    /// The session of a secret's hash, unless it has ended.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn session(&self, token_hash: &str) -> Result<Option<Session>> {
        let select = on(
            "sessions",
            "SELECT u.id, u.name, u.role, s.csrf, s.created_at, s.expires_at, s.reauthenticated_at
             FROM sessions s JOIN users u ON u.id = s.user_id
             WHERE s.token_hash = $1 AND s.expires_at > $2",
        );
        let select = select.bind(token_hash).bind(self.clock().now().micros());
        self.db()
            .fetch_optional(select)
            .await?
            .as_ref()
            .map(session)
            .transpose()
    }

    /// Notes that the password was asked for again.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn note_reauthentication(&self, token_hash: &str) -> Result<()> {
        let update = on(
            "sessions",
            "UPDATE sessions SET reauthenticated_at = $1 WHERE token_hash = $2",
        );
        self.db()
            .execute(update.bind(self.clock().now().micros()).bind(token_hash))
            .await
            .map(|_| ())
    }

    /// Ends a session; one that has ended stays so.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn end_session(&self, token_hash: &str) -> Result<()> {
        let delete = on("sessions", "DELETE FROM sessions WHERE token_hash = $1");
        self.db().execute(delete.bind(token_hash)).await.map(|_| ())
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn end_sessions_of(&self, user: UserId) -> Result<()> {
        let delete = on("sessions", "DELETE FROM sessions WHERE user_id = $1");
        self.db().execute(delete.bind(user.0)).await.map(|_| ())
    }

    /// Removes sessions that have ended, and failed sign-ins that no throttle counts any more.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn remove_expired(&self) -> Result<()> {
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        tx.execute(
            on("sessions", "DELETE FROM sessions WHERE expires_at <= $1").bind(now.micros()),
        )
        .await?;
        let yesterday = now.plus_seconds(-24 * 60 * 60);
        tx.execute(
            on("login_failures", "DELETE FROM login_failures WHERE at < $1")
                .bind(yesterday.micros()),
        )
        .await?;
        tx.commit().await
    }
}

fn session(row: &Row) -> Result<Session> {
    Ok(Session {
        user_id: UserId(row.int("id")?),
        user: row.text("name")?,
        role: row.coded("role", Role::from_code)?,
        csrf: row.text("csrf")?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
        reauthenticated_at: row.instant("reauthenticated_at")?,
    })
}
