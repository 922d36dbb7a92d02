//! Accounts: names, roles and password hashes. Hashing is left to [`super::password`].
//!
//! A name is kept in lower case and found in any.

use super::{
    Store,
    db::{Reads as _, Tx, on},
    error::{Result, StoreError},
    row::Row,
};
use crate::domain::{clock::Timestamp, id::UserId, role::Role};

/// The name of the first administrator.
pub const FIRST_ADMINISTRATOR: &str = "admin";
/// The most characters that an account's or a token's name may have.
pub const NAME_MAX: usize = 64;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its number.
    pub id: UserId,
    /// What it signs in as, in lower case.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The Argon2id hash of its password.
    pub password_hash: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its role or password was last changed.
    pub updated_at: Timestamp,
}

/// A name as the record keeps it: in lower case, 1 to [`NAME_MAX`] letters, digits, and `. _ - @`.
///
/// # Errors
///
/// [`StoreError::Refused`] with what was found.
pub fn kept_name(name: &str) -> Result<String> {
    let kept = name.trim().to_lowercase();
    let is_taken = |sign: char| sign.is_alphanumeric() || "._-@".contains(sign);
    if (1..=NAME_MAX).contains(&kept.chars().count()) && kept.chars().all(is_taken) {
        Ok(kept)
    } else {
        Err(StoreError::Refused(format!(
            "expected a name of 1 to {NAME_MAX} letters, digits, and . _ - @, but found “{name}”"
        )))
    }
}

impl Store {
    /// Every account, by name.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn users(&self) -> Result<Vec<User>> {
        let select = on(
            "users",
            "SELECT id, name, role, password_hash, created_at, updated_at FROM users ORDER BY name",
        );
        self.db()
            .fetch_all(select)
            .await?
            .iter()
            .map(user)
            .collect()
    }

    /// The account of a name, in whatever case.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn user(&self, name: &str) -> Result<Option<User>> {
        let select = on(
            "users",
            "SELECT id, name, role, password_hash, created_at, updated_at FROM users WHERE name = $1",
        );
        let row = self
            .db()
            .fetch_optional(select.bind(name.trim().to_lowercase()))
            .await?;
        row.as_ref().map(user).transpose()
    }

    /// Makes an account.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] for a name that is none or is taken.
    pub async fn add_user(&self, name: &str, password_hash: &str, role: Role) -> Result<User> {
        let name = kept_name(name)?;
        let mut tx = self.db().begin_record().await?;
        if find(&mut tx, &name).await?.is_some() {
            return Err(StoreError::Refused(format!(
                "the account {name} exists already"
            )));
        }
        let user = self.insert(&mut tx, name, password_hash, role).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Makes the account [`FIRST_ADMINISTRATOR`] where no account is an administrator's; whether it did. An account of
    /// that name with a smaller role becomes one.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn first_admin_if_none(&self, password_hash: &str) -> Result<bool> {
        let mut tx = self.db().begin_record().await?;
        if administrators_but(&mut tx, UserId(0)).await? > 0 {
            return Ok(false);
        }
        match find(&mut tx, FIRST_ADMINISTRATOR).await? {
            None => {
                self.insert(
                    &mut tx,
                    FIRST_ADMINISTRATOR.to_owned(),
                    password_hash,
                    Role::Admin,
                )
                .await?;
            }
            Some(user) => {
                self.write_role(&mut tx, user.id, Role::Admin).await?;
                self.write_password(&mut tx, user.id, password_hash).await?;
            }
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Whether some account is an administrator's.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn has_administrator(&self) -> Result<bool> {
        let mut db = self.db();
        Ok(administrators_but(&mut db, UserId(0)).await? > 0)
    }

    /// Sets an account's password and ends its sessions.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where there is no such account.
    pub async fn set_password_hash(&self, name: &str, password_hash: &str) -> Result<()> {
        let mut tx = self.db().begin().await?;
        let user = must_find(&mut tx, name).await?;
        self.write_password(&mut tx, user.id, password_hash).await?;
        tx.commit().await
    }

    /// Changes what an account may do, from its next request on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where there is no such account, or where no administrator would be left.
    pub async fn set_role(&self, name: &str, role: Role) -> Result<()> {
        let mut tx = self.db().begin_record().await?;
        let user = must_find(&mut tx, name).await?;
        if role < Role::Admin {
            keep_an_administrator(&mut tx, &user).await?;
        }
        self.write_role(&mut tx, user.id, role).await?;
        tx.commit().await
    }

    /// Removes an account with its sessions. What it changed keeps its name.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where there is no such account, or where no administrator would be left.
    pub async fn remove_user(&self, name: &str) -> Result<()> {
        let mut tx = self.db().begin_record().await?;
        let user = must_find(&mut tx, name).await?;
        keep_an_administrator(&mut tx, &user).await?;
        tx.execute(on("sessions", "DELETE FROM sessions WHERE user_id = $1").bind(user.id.0))
            .await?;
        tx.execute(on("users", "DELETE FROM users WHERE id = $1").bind(user.id.0))
            .await?;
        tx.commit().await
    }

    async fn insert(
        &self,
        tx: &mut Tx,
        name: String,
        password_hash: &str,
        role: Role,
    ) -> Result<User> {
        let now = self.clock().now();
        let id = tx.next_id("user").await?;
        let insert = on(
            "users",
            "INSERT INTO users (id, name, password_hash, role, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6)",
        );
        let insert = insert
            .bind(id)
            .bind(name.as_str())
            .bind(password_hash)
            .bind(role.code());
        tx.execute(insert.bind(now.micros()).bind(now.micros()))
            .await?;
        let password_hash = password_hash.to_owned();
        Ok(User {
            id: UserId(id),
            name,
            role,
            password_hash,
            created_at: now,
            updated_at: now,
        })
    }

    async fn write_role(&self, tx: &mut Tx, id: UserId, role: Role) -> Result<()> {
        let update = on(
            "users",
            "UPDATE users SET role = $1, updated_at = $2 WHERE id = $3",
        );
        let update = update
            .bind(role.code())
            .bind(self.clock().now().micros())
            .bind(id.0);
        tx.execute(update).await.map(|_| ())
    }

    async fn write_password(&self, tx: &mut Tx, id: UserId, password_hash: &str) -> Result<()> {
        let update = on(
            "users",
            "UPDATE users SET password_hash = $1, updated_at = $2 WHERE id = $3",
        );
        tx.execute(
            update
                .bind(password_hash)
                .bind(self.clock().now().micros())
                .bind(id.0),
        )
        .await?;
        tx.execute(on("sessions", "DELETE FROM sessions WHERE user_id = $1").bind(id.0))
            .await?;
        Ok(())
    }
}

async fn find(tx: &mut Tx, name: &str) -> Result<Option<User>> {
    let select = on(
        "users",
        "SELECT id, name, role, password_hash, created_at, updated_at FROM users WHERE name = $1",
    );
    tx.fetch_optional(select.bind(name.trim().to_lowercase()))
        .await?
        .as_ref()
        .map(user)
        .transpose()
}

async fn must_find(tx: &mut Tx, name: &str) -> Result<User> {
    find(tx, name)
        .await?
        .ok_or_else(|| StoreError::Refused(format!("there is no account {name}")))
}

async fn administrators_but(reads: &mut impl super::db::Reads, user: UserId) -> Result<i64> {
    let count = on(
        "users",
        "SELECT count(*) AS n FROM users WHERE role = $1 AND id <> $2",
    );
    reads
        .fetch_count(count.bind(Role::Admin.code()).bind(user.0))
        .await
}

async fn keep_an_administrator(tx: &mut Tx, user: &User) -> Result<()> {
    if user.role == Role::Admin && administrators_but(tx, user.id).await? == 0 {
        return Err(StoreError::Refused(format!(
            "{} is the only administrator; make another one first",
            user.name
        )));
    }
    Ok(())
}

fn user(row: &Row) -> Result<User> {
    Ok(User {
        id: UserId(row.int("id")?),
        name: row.text("name")?,
        role: row.coded("role", Role::from_code)?,
        password_hash: row.text("password_hash")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
