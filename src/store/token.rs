//! API tokens, by the hash of their secret. A revoked one keeps its row, so that the history still names it.

use super::{
    Author, Store,
    db::{Reads as _, on},
    error::{Result, StoreError},
    row::Row,
    user::kept_name,
};
use crate::domain::{clock::Timestamp, id::TokenId, role::Role};

/// How often a token's use is noted, in seconds: not with every request.
const NOTED_EVERY_SECS: i64 = 60;

/// An API token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub id: TokenId,
    /// What it is called, in lower case.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Who made it.
    pub author: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl Store {
    /// Every token, revoked ones too, by name.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn tokens(&self) -> Result<Vec<Token>> {
        let select = on(
            "tokens",
            "SELECT id, name, role, author, created_at, last_used_at, revoked_at FROM tokens ORDER BY name",
        );
        self.db()
            .fetch_all(select)
            .await?
            .iter()
            .map(token)
            .collect()
    }

    /// Makes a token under the hash of its secret.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] for a name that is none or is taken, by a revoked token too.
    pub async fn add_token(
        &self,
        name: &str,
        role: Role,
        hash: &str,
        author: &Author,
    ) -> Result<Token> {
        let name = kept_name(name)?;
        let mut tx = self.db().begin_record().await?;
        let taken = on("tokens", "SELECT count(*) AS n FROM tokens WHERE name = $1");
        if tx.fetch_count(taken.bind(name.as_str())).await? > 0 {
            return Err(StoreError::Refused(format!(
                "the token {name} exists already"
            )));
        }
        let (id, now) = (tx.next_id("token").await?, self.clock().now());
        let insert = on(
            "tokens",
            "INSERT INTO tokens (id, name, role, hash, author, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        );
        let insert = insert
            .bind(id)
            .bind(name.as_str())
            .bind(role.code())
            .bind(hash);
        tx.execute(insert.bind(author.0.as_str()).bind(now.micros()))
            .await?;
        tx.commit().await?;
        let author = author.0.clone();
        Ok(Token {
            id: TokenId(id),
            name,
            role,
            author,
            created_at: now,
            last_used_at: None,
            revoked_at: None,
        })
    }

    /// The token of a secret's hash, unless it is revoked; its use is noted.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn token(&self, hash: &str) -> Result<Option<Token>> {
        let select = on(
            "tokens",
            "SELECT id, name, role, author, created_at, last_used_at, revoked_at
             FROM tokens WHERE hash = $1 AND revoked_at IS NULL",
        );
        let Some(row) = self.db().fetch_optional(select.bind(hash)).await? else {
            return Ok(None);
        };
        let token = token(&row)?;
        let now = self.clock().now();
        if token
            .last_used_at
            .is_none_or(|used| used.plus_seconds(NOTED_EVERY_SECS) < now)
        {
            let update = on(
                "tokens",
                "UPDATE tokens SET last_used_at = $1 WHERE id = $2",
            );
            self.db()
                .execute(update.bind(now.micros()).bind(token.id.0))
                .await?;
        }
        Ok(Some(token))
    }

    /// Revokes a token for good; one that is revoked stays so.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where there is no such token.
    pub async fn revoke_token(&self, name: &str) -> Result<()> {
        let update = on(
            "tokens",
            "UPDATE tokens SET revoked_at = COALESCE(revoked_at, $1) WHERE name = $2",
        );
        let update = update
            .bind(self.clock().now().micros())
            .bind(name.trim().to_lowercase());
        match self.db().execute(update).await? {
            0 => Err(StoreError::Refused(format!("there is no token {name}"))),
            _ => Ok(()),
        }
    }
}

fn token(row: &Row) -> Result<Token> {
    Ok(Token {
        id: TokenId(row.int("id")?),
        name: row.text("name")?,
        role: row.coded("role", Role::from_code)?,
        author: row.text("author")?,
        created_at: row.instant("created_at")?,
        last_used_at: row.opt_instant("last_used_at")?,
        revoked_at: row.opt_instant("revoked_at")?,
    })
}
