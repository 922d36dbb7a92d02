//! What an event's record is worth now.

use std::{fmt, str::FromStr};

/// Where an event stands in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i64)]
pub enum Status {
    /// On the timeline.
    Published = 1,
    /// On the timeline, shown as contested.
    Disputed = 2,
    /// On the timeline, shown as withdrawn.
    Retracted = 3,
    /// Gone from every list; its address answers 410. Only deleting sets it.
    Deleted = 4,
    /// Gone from every list; its address redirects to the event it went into. Only merging sets it.
    Merged = 5,
}

impl Status {
    /// The statuses that an editor, an import or the API may set, all of them on the timeline.
    pub const VISIBLE: [Self; 3] = [Self::Published, Self::Disputed, Self::Retracted];

    const ALL: [Self; 5] = [
        Self::Published,
        Self::Disputed,
        Self::Retracted,
        Self::Deleted,
        Self::Merged,
    ];

    /// The word of exports and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Disputed => "disputed",
            Self::Retracted => "retracted",
            Self::Deleted => "deleted",
            Self::Merged => "merged",
        }
    }

    /// The number that the database keeps; numbers up to 3 are on the timeline.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The status of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether lists and exports hold it.
    pub fn is_visible(self) -> bool {
        Self::VISIBLE.contains(&self)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A word that is no status one may set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of published, disputed, retracted, but found “{0}”")]
pub struct UnknownStatus(pub String);

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        let slug = text.trim().to_ascii_lowercase();
        Self::VISIBLE
            .into_iter()
            .find(|status| status.slug() == slug)
            .ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}
