//! Who can act, speak or be meant: states, bodies, groups, agencies, persons, companies, vessels.
//!
//! Codes follow the coding guide: ISO 3166-1 alpha-3 for states, the usual short name for the rest.
//! Finding them in a text is left to `extract::party`; the rows themselves are in [`super::reference`].

use std::{fmt, str::FromStr};

use super::table::{Row, TableError};

pub use super::office::OfficeTerm;

/// The code of a party: `IRN`, `ARAB LEAGUE`, `P5+1`.
///
/// Upper case; letters, digits, spaces and `+ - ' & .`; 1 to [`PartyCode::MAX`] characters, the first a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyCode(String);

impl PartyCode {
    /// The most characters that a code may have.
    pub const MAX: usize = 60;

    /// The code as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for PartyCode {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// A text that is no party's code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a party's code such as IRN, ARAB LEAGUE or P5+1 (letters, digits, spaces and + - ' & ., \
     at most 60 characters), but found “{0}”"
)]
pub struct BadPartyCode(pub String);

impl FromStr for PartyCode {
    type Err = BadPartyCode;

    /// Reads a code; lower case is taken too, and runs of spaces count as one.
    fn from_str(text: &str) -> Result<Self, BadPartyCode> {
        let code = text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_uppercase();
        let taken = |sign: char| sign.is_alphanumeric() || " +-'&.".contains(sign);
        if code.starts_with(char::is_alphanumeric)
            && code.chars().all(taken)
            && code.chars().count() <= Self::MAX
        {
            Ok(Self(code))
        } else {
            Err(BadPartyCode(text.to_owned()))
        }
    }
}

/// What sort of party it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i64)]
pub enum PartyKind {
    /// A state, former state, dependency or disputed place.
    State = 1,
    /// An organisation of states, or one of its organs.
    Body = 2,
    /// An armed or other non-state group.
    Group = 3,
    /// A part of a state: a ministry, a service, a force. Acts count as the state's.
    Agency = 4,
    /// A person as target of an act; office-holders are [`OfficeTerm`]s.
    Person = 5,
    /// A company.
    Company = 6,
    /// A ship.
    Vessel = 7,
}

impl PartyKind {
    /// Every kind of party.
    pub const ALL: [Self; 7] = [
        Self::State,
        Self::Body,
        Self::Group,
        Self::Agency,
        Self::Person,
        Self::Company,
        Self::Vessel,
    ];

    /// The word of files and addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Body => "body",
            Self::Group => "group",
            Self::Agency => "agency",
            Self::Person => "person",
            Self::Company => "company",
            Self::Vessel => "vessel",
        }
    }

    /// The word shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::State => "State",
            Self::Body => "Body",
            Self::Group => "Group",
            Self::Agency => "Agency",
            Self::Person => "Person",
            Self::Company => "Company",
            Self::Vessel => "Vessel",
        }
    }

    /// The number that the database keeps: 1 to 7, never renumbered.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The kind of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl fmt::Display for PartyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A word that is no kind of party.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {kinds}, but found “{0}”", kinds = PartyKind::ALL.map(PartyKind::slug).join(", "))]
pub struct UnknownPartyKind(pub String);

impl FromStr for PartyKind {
    type Err = UnknownPartyKind;

    /// Reads a slug; case and surrounding spaces are ignored.
    fn from_str(text: &str) -> Result<Self, UnknownPartyKind> {
        let slug = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| kind.slug() == slug)
            .ok_or_else(|| UnknownPartyKind(text.to_owned()))
    }
}

/// A party on record. Lists are empty and texts are `""` where nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its code.
    pub code: PartyCode,
    /// What sort of party it is.
    pub kind: PartyKind,
    /// Its name as shown.
    pub name: String,
    /// The party that it counts as or belongs to; see `seed_data/README.md` for what that means for each kind.
    pub parent: Option<PartyCode>,
    /// Other names in text.
    pub aliases: Vec<String>,
    /// Adjectives and words for its people, states only.
    pub demonyms: Vec<String>,
    /// Its capital, states only; several spellings are joined by `|`.
    pub capital: String,
    /// Names of places that stand for its government or secretariat.
    pub metonyms: Vec<String>,
    /// Empty, or `yes:` and notes that begin with the ambiguous names in quotes.
    pub ambiguous: String,
    /// Members of a body with their terms, as in the file.
    pub members: String,
    /// Wikidata's number, `Q` and digits.
    pub wikidata: String,
}

impl Party {
    pub(super) const COLUMNS: [&'static str; 11] = [
        "code",
        "name",
        "type",
        "parent",
        "aliases",
        "demonyms",
        "capital",
        "metonyms",
        "ambiguous",
        "members",
        "wikidata",
    ];

    pub(super) fn read(row: &Row) -> Result<Self, TableError> {
        Ok(Self {
            code: row.value("code")?,
            kind: row.value("type")?,
            name: row.required("name")?,
            parent: row.optional("parent")?,
            aliases: row.list("aliases")?,
            demonyms: row.list("demonyms")?,
            capital: row.text("capital")?.to_owned(),
            metonyms: row.list("metonyms")?,
            ambiguous: row.text("ambiguous")?.to_owned(),
            members: row.text("members")?.to_owned(),
            wikidata: row.text("wikidata")?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_upper_case_and_keep_their_signs() {
        for code in [
            "IRN",
            "P5+1",
            "ARAB LEAGUE",
            "AL-QAEDA",
            "EL CHAPO",
            "MU DU BONG",
        ] {
            assert_eq!(code.parse::<PartyCode>().unwrap().to_string(), code);
        }
        assert_eq!(
            " arab   league ".parse::<PartyCode>().unwrap().as_str(),
            "ARAB LEAGUE"
        );
    }

    #[test]
    fn a_text_with_a_bar_is_no_code() {
        assert_eq!(
            "IRN|RUS".parse::<PartyCode>().unwrap_err().to_string(),
            "expected a party's code such as IRN, ARAB LEAGUE or P5+1 (letters, digits, spaces and + - ' & ., \
             at most 60 characters), but found “IRN|RUS”"
        );
        for text in ["", " ", "+1", "A/B", &"A".repeat(61)] {
            assert!(text.parse::<PartyCode>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_kind_of_party_reads_back_from_its_slug_and_its_number() {
        for kind in PartyKind::ALL {
            assert_eq!(kind.slug().parse(), Ok(kind));
            assert_eq!(PartyKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(
            "ship".parse::<PartyKind>().unwrap_err().to_string(),
            "expected one of state, body, group, agency, person, company, vessel, but found “ship”"
        );
    }
}
