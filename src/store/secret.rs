//! Random secrets for sessions and API tokens, and the hashes that the database keeps in their stead.
//!
//! A secret has 256 random bits, so a plain SHA-256 of it is safe to keep: there is nothing to guess.

use std::fmt::{self, Write as _};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{TryRng as _, rngs::SysRng};
use sha2::{Digest as _, Sha256};

/// The system's random source failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the system's random source failed: {0}")]
pub struct NoRandomness(String);

/// A secret to be handed out once and never kept. Debug output does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret, 256 bits at random, in 43 letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// The system's random source failed.
    pub fn fresh() -> Result<Self, NoRandomness> {
        let mut bits = [0_u8; 32];
        fill(&mut bits)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bits)))
    }

    /// The secret itself, for its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The SHA-256 of a secret that somebody presents, in hexadecimal: the key under which the database finds it.
pub fn hash(presented: &str) -> String {
    Sha256::digest(presented.as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// So many letters and digits at random, five bits each; look-alikes are left out.
pub(super) fn random_letters(length: usize) -> Result<String, NoRandomness> {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bits = vec![0_u8; length];
    fill(&mut bits)?;
    Ok(bits
        .iter()
        .map(|byte| char::from(SIGNS[usize::from(byte % 32)]))
        .collect())
}

fn fill(bits: &mut [u8]) -> Result<(), NoRandomness> {
    SysRng
        .try_fill_bytes(bits)
        .map_err(|error| NoRandomness(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_their_hashes_find_them_again() {
        let (first, second) = (Secret::fresh().unwrap(), Secret::fresh().unwrap());
        assert_ne!(first.reveal(), second.reveal());
        assert_eq!(first.reveal().len(), 43);
        assert_eq!(hash(first.reveal()), first.hash());
        assert_eq!(format!("{first:?}"), "Secret(…)");
    }

    #[test]
    fn the_hash_is_sha_256_in_hexadecimal() {
        assert_eq!(
            hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
