//! Identifiers. An event's permanent id is the written form of a counter under a fixed permutation.

use std::{fmt, str::FromStr};

/// Twenty-five signs: no vowels (no words by accident), no look-alikes (`0 1 I L O S U`), upper case.
const ALPHABET: &[u8; 25] = b"23456789BCDFGHJKMNPQRTVWX";
const WIDTH: usize = 6;
/// What every written id begins with.
const PREFIX: &str = "EV-";
/// Signs of a written id.
const WRITTEN: usize = PREFIX.len() + WIDTH;
/// How many ids there are: 25⁶.
const MODULUS: i64 = 244_140_625;
/// Coprime to 5, hence a permutation modulo 25⁶; large, so that neighbours look unlike.
const FACTOR: i64 = 151_236_407;
const SHIFT: i64 = 88_675_123;

/// The permanent id of an event: its place in the order of recording, 1 and up.
///
/// Written `EV-7K3QX2`. Never reused; the counter breaks ties between events of one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(i64);

impl EventId {
    /// The largest counter that has a written form.
    pub const MAX: i64 = MODULUS - 1;

    /// The id of a counter, if it lies between 1 and [`EventId::MAX`].
    pub fn from_counter(counter: i64) -> Option<Self> {
        (1..=Self::MAX).contains(&counter).then_some(Self(counter))
    }

    /// The counter, which the database keeps.
    pub const fn counter(self) -> i64 {
        self.0
    }
}

impl EventId {
    /// The written form, in ASCII.
    pub fn signs(self) -> [u8; WRITTEN] {
        let mut rest = permute(self.0);
        let mut signs = *b"EV-222222";
        for sign in signs.iter_mut().skip(PREFIX.len()).rev() {
            let digit = usize::try_from(rest % 25).unwrap_or(0);
            *sign = ALPHABET.get(digit).copied().unwrap_or(b'2');
            rest /= 25;
        }
        signs
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.signs()).map_err(|_| fmt::Error)?)
    }
}

/// A text that is no event id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an event id such as EV-7K3QX2, but found “{0}”")]
pub struct BadEventId(pub String);

impl FromStr for EventId {
    type Err = BadEventId;

    /// Reads the written form; lower case is taken too.
    fn from_str(text: &str) -> Result<Self, BadEventId> {
        let bad = || BadEventId(text.to_owned());
        let upper = text.trim().to_ascii_uppercase();
        let signs = upper
            .strip_prefix(PREFIX)
            .filter(|signs| signs.len() == WIDTH)
            .ok_or_else(bad)?;
        let mut number = 0_i64;
        for sign in signs.bytes() {
            let digit = ALPHABET
                .iter()
                .position(|known| *known == sign)
                .ok_or_else(bad)?;
            number = number * 25 + i64::try_from(digit).map_err(|_| bad())?;
        }
        Self::from_counter(unpermute(number)).ok_or_else(bad)
    }
}

// Products of two numbers below the modulus, so they stay within 64 bits.
fn permute(counter: i64) -> i64 {
    (counter * FACTOR + SHIFT).rem_euclid(MODULUS)
}

fn unpermute(number: i64) -> i64 {
    ((number - SHIFT) * INVERSE).rem_euclid(MODULUS)
}

const INVERSE: i64 = inverse();

/// The inverse of [`FACTOR`] modulo 25⁶, by the extended Euclidean algorithm.
const fn inverse() -> i64 {
    let (mut old_rest, mut rest) = (FACTOR, MODULUS);
    let (mut old_coefficient, mut coefficient) = (1_i64, 0_i64);
    while rest != 0 {
        let quotient = old_rest / rest;
        (old_rest, rest) = (rest, old_rest - quotient * rest);
        (old_coefficient, coefficient) = (coefficient, old_coefficient - quotient * coefficient);
    }
    old_coefficient
}

/// Numbers the rows of one table.
macro_rules! row_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

row_ids! {
    /// Numbers an article.
    ArticleId,
    /// Numbers a candidate event that waits for review, or waited.
    CandidateId,
    /// Numbers a party's row; addresses use its code.
    PartyId,
    /// Numbers a feed.
    FeedId,
    /// Numbers a job of the ingest queue.
    JobId,
    /// Numbers a user account.
    UserId,
    /// Numbers an API token.
    TokenId,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_read_back_and_do_not_collide() {
        let mut seen = HashSet::new();
        for counter in (1..20_000).chain([EventId::MAX - 1, EventId::MAX]) {
            let id = EventId::from_counter(counter).unwrap();
            let written = id.to_string();
            assert_eq!(written.len(), 9);
            assert_eq!(written.parse(), Ok(id));
            assert_eq!(written.to_lowercase().parse(), Ok(id));
            assert!(seen.insert(written));
        }
    }

    #[test]
    fn neighbours_look_unlike() {
        let written = |counter| EventId::from_counter(counter).unwrap().to_string();
        assert_ne!(written(1)[..5], written(2)[..5]);
    }

    #[test]
    fn a_look_alike_sign_is_refused_with_what_was_found() {
        assert_eq!(
            "EV-0K3QX2".parse::<EventId>().unwrap_err().to_string(),
            "expected an event id such as EV-7K3QX2, but found “EV-0K3QX2”"
        );
        for text in ["", "EV-", "7K3QX2", "EV-7K3QX", "EV-7K3QX22", "EV-7K3QXÉ"] {
            assert!(text.parse::<EventId>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_permutation_is_pinned_since_addresses_rely_on_it() {
        assert_eq!(EventId::from_counter(1).unwrap().to_string(), "EV-XJ6BF7");
    }
}
