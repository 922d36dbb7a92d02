//! How one event stands to another.

use std::{fmt, str::FromStr};

use super::id::EventId;

/// How an event stands to an earlier or larger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i64)]
pub enum RelationKind {
    /// Replies to it.
    Answers = 1,
    /// Denies it.
    Denies = 2,
    /// Does what it warned of, promised or announced.
    CarriesOut = 3,
    /// Comes after it as its consequence or next step.
    Follows = 4,
    /// Is one act of it.
    PartOf = 5,
}

impl RelationKind {
    /// Every relation.
    pub const ALL: [Self; 5] = [
        Self::Answers,
        Self::Denies,
        Self::CarriesOut,
        Self::Follows,
        Self::PartOf,
    ];

    /// The word of exports and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Denies => "denies",
            Self::CarriesOut => "carries_out",
            Self::Follows => "follows",
            Self::PartOf => "part_of",
        }
    }

    /// As read from the event that has the relation: “denies that event”.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Answers => "Answers",
            Self::Denies => "Denies",
            Self::CarriesOut => "Carries out",
            Self::Follows => "Follows",
            Self::PartOf => "Part of",
        }
    }

    /// As read from the event that the relation points to.
    pub const fn inverse_label(self) -> &'static str {
        match self {
            Self::Answers => "Answered by",
            Self::Denies => "Denied by",
            Self::CarriesOut => "Carried out by",
            Self::Follows => "Followed by",
            Self::PartOf => "Includes",
        }
    }

    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The relation of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|relation| relation.code() == code)
    }
}

impl fmt::Display for RelationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

impl FromStr for RelationKind {
    type Err = BadRelation;

    fn from_str(text: &str) -> Result<Self, BadRelation> {
        let slug = text.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        Self::ALL
            .into_iter()
            .find(|relation| relation.slug() == slug)
            .ok_or_else(|| BadRelation(text.to_owned()))
    }
}

/// One relation of an event: written `denies:EV-7K3QX2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Relation {
    /// How the event stands to the other.
    pub kind: RelationKind,
    /// The other event.
    pub to: EventId,
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.to)
    }
}

/// A text that is no relation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a relation such as denies:EV-7K3QX2 (answers, denies, carries_out, follows or part_of), \
     but found “{0}”"
)]
pub struct BadRelation(pub String);

impl FromStr for Relation {
    type Err = BadRelation;

    fn from_str(text: &str) -> Result<Self, BadRelation> {
        let bad = || BadRelation(text.to_owned());
        let (kind, to) = text.split_once(':').ok_or_else(bad)?;
        Ok(Self {
            kind: kind.parse().map_err(|_| bad())?,
            to: to.parse().map_err(|_| bad())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_reads_back() {
        let relation: Relation = "carries_out:EV-XJ6BF7".parse().unwrap();
        assert_eq!(relation.kind, RelationKind::CarriesOut);
        assert_eq!(relation.to_string(), "carries_out:EV-XJ6BF7");
    }

    #[test]
    fn a_word_that_is_no_relation_is_told_what_is_taken() {
        assert_eq!(
            "causes:EV-XJ6BF7"
                .parse::<Relation>()
                .unwrap_err()
                .to_string(),
            "expected a relation such as denies:EV-7K3QX2 (answers, denies, carries_out, follows or \
             part_of), but found “causes:EV-XJ6BF7”"
        );
    }
}
