//! What a signed-in person or a token may do.

use std::{fmt, str::FromStr};

/// Roles, each of which may do all that the one before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i64)]
pub enum Role {
    /// Opens the dashboard and the history.
    Viewer = 1,
    /// Writes events, reviews, ingests, imports, keeps feeds and parties.
    Editor = 2,
    /// Keeps users and tokens.
    Admin = 3,
}

impl Role {
    /// Every role, the smallest first.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Editor, Self::Admin];

    /// The word of commands and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The role of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A word that is no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of viewer, editor, admin, but found “{0}”")]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let slug = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|role| role.slug() == slug)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}
