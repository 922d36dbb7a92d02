//! Passwords → Argon2id hashes in the PHC form, and back to yes or no.
//!
//! Hashing takes 19 MiB and a core for a while (the first choice of OWASP's cheat sheet: m = 19456 KiB, t = 2, p = 1), so it
//! runs on the blocking pool under few permits. A name that nobody has costs the same time as one that somebody has.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use super::secret;

/// The fewest characters that a password may have.
pub const PASSWORD_MIN: usize = 12;
/// The most characters that a password may have; what goes beyond it is no password but an attack.
pub const PASSWORD_MAX: usize = 1_000;

/// A password that cannot be taken or checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too short to be safe.
    #[error("expected a password of at least {PASSWORD_MIN} characters, but found {0}")]
    TooShort(usize),
    /// Too long to be hashed.
    #[error("expected a password of at most {PASSWORD_MAX} characters, but found {0}")]
    TooLong(usize),
    /// The hash function or the random source failed.
    #[error("the password could not be hashed: {0}")]
    Hashing(String),
}

/// Whether a text will do as a new password: [`PASSWORD_MIN`] to [`PASSWORD_MAX`] characters, no other rule.
///
/// # Errors
/// Too short or too long, with the length found.
pub fn check_new(password: &str) -> Result<(), PasswordError> {
    match password.chars().count() {
        length if length < PASSWORD_MIN => Err(PasswordError::TooShort(length)),
        length if length > PASSWORD_MAX => Err(PasswordError::TooLong(length)),
        _ => Ok(()),
    }
}

/// A password at random, 100 bits in 20 letters and digits, for the first administrator.
///
/// # Errors
/// The system's random source failed.
pub fn random() -> Result<String, PasswordError> {
    secret::random_letters(20).map_err(|error| PasswordError::Hashing(error.to_string()))
}

/// Hashes and checks passwords, a few at a time. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// What the password of an unknown name is checked against.
    decoy: Arc<str>,
}

impl Passwords {
    /// Takes so many permits, at least one.
    ///
    /// # Errors
    /// The hash function or the random source failed.
    pub fn new(at_once: u32) -> Result<Self, PasswordError> {
        let at_once = usize::try_from(at_once).unwrap_or(1).max(1);
        let decoy = hash_now(&random()?)?;
        Ok(Self {
            permits: Arc::new(Semaphore::new(at_once)),
            decoy: decoy.into(),
        })
    }

    /// The hash of a new password, in the PHC form (`$argon2id$v=19$…`).
    ///
    /// # Errors
    /// The password is too short or too long, or hashing failed.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        check_new(&password)?;
        self.blocking(move || hash_now(&password)).await
    }

    /// Whether the password is that of the hash. Give `None` for a name that nobody has: it takes as long and is always no.
    ///
    /// # Errors
    /// The hash cannot be read, or the pool is closing.
    pub async fn verify(
        &self,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, PasswordError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.to_string());
        let password = if password.chars().count() > PASSWORD_MAX {
            String::new()
        } else {
            password
        };
        let right = self
            .blocking(move || {
                let hash = PasswordHash::new(&hash)
                    .map_err(|error| PasswordError::Hashing(error.to_string()))?;
                Ok(Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok())
            })
            .await?;
        Ok(right && known)
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|error| PasswordError::Hashing(error.to_string()))?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
        .map_err(|error| PasswordError::Hashing(error.to_string()))?
    }
}

fn hash_now(password: &str) -> Result<String, PasswordError> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|error| PasswordError::Hashing(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let passwords = Passwords::new(2).unwrap();
        let hash = passwords
            .hash("correct horse battery".to_owned())
            .await
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let verify = |password: &str, hash: Option<&str>| {
            let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
            let passwords = passwords.clone();
            async move { passwords.verify(password, hash).await }
        };
        assert_eq!(verify("correct horse battery", Some(&hash)).await, Ok(true));
        assert_eq!(
            verify("correct horse batterY", Some(&hash)).await,
            Ok(false)
        );
        assert_eq!(verify("correct horse battery", None).await, Ok(false));
    }

    #[tokio::test]
    async fn one_password_never_has_one_hash() {
        let passwords = Passwords::new(1).unwrap();
        let first = passwords
            .hash("correct horse battery".to_owned())
            .await
            .unwrap();
        let second = passwords
            .hash("correct horse battery".to_owned())
            .await
            .unwrap();
        assert_ne!(first, second);
    }

    #[test]
    fn a_short_password_is_refused_with_its_length() {
        assert_eq!(
            check_new("hunter2").unwrap_err().to_string(),
            "expected a password of at least 12 characters, but found 7"
        );
        assert_eq!(check_new(&"é".repeat(12)), Ok(()));
        assert_eq!(
            check_new(&"x".repeat(1_001)),
            Err(PasswordError::TooLong(1_001))
        );
        assert_eq!(check_new(&random().unwrap()), Ok(()));
    }
}
