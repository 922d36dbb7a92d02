//! How an act is told: as done, as to come, or as someone's claim.

use std::{fmt, str::FromStr};

/// How an act is told. Source: the coding guide, field `modality`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i64)]
pub enum Modality {
    /// Told as done.
    Occurred = 1,
    /// Planned, promised, to come.
    Announced = 2,
    /// Someone says that another did it, and it is told as that claim.
    Alleged = 3,
}

impl Modality {
    /// Every modality, in the order of the design.
    pub const ALL: [Self; 3] = [Self::Occurred, Self::Announced, Self::Alleged];

    /// The word of addresses and exports.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Occurred => "occurred",
            Self::Announced => "announced",
            Self::Alleged => "alleged",
        }
    }

    /// The word shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Occurred => "Occurred",
            Self::Announced => "Announced",
            Self::Alleged => "Alleged",
        }
    }

    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The modality of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|modality| modality.code() == code)
    }
}

impl fmt::Display for Modality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A word that is no modality.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of occurred, announced, alleged, but found “{0}”")]
pub struct UnknownModality(pub String);

impl FromStr for Modality {
    type Err = UnknownModality;

    fn from_str(text: &str) -> Result<Self, UnknownModality> {
        let slug = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|modality| modality.slug() == slug)
            .ok_or_else(|| UnknownModality(text.to_owned()))
    }
}
