//! The fifteen kinds of act, with the codes of the two event ontologies they correspond to.
//!
//! Source: the coding guide's table of kinds; CAMEO root codes; PLOVER event types.

use std::{fmt, str::FromStr};

/// What was done. Fifteen kinds in five families of three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i64)]
pub enum Kind {
    /// A public position that is none of the other kinds.
    Statement = 1,
    /// Asks or presses another to act.
    Demand = 2,
    /// Promises or commits to act for or with another.
    Pledge = 3,
    /// Warns of consequences or of danger, threatens.
    Warning = 4,
    /// Accuses, blames, condemns.
    Accusation = 5,
    /// Denies an allegation, rejects a claim, refuses a demand.
    Denial = 6,
    /// Talks, a call, a summit.
    Meeting = 7,
    /// Travel to, or hosting in, another country.
    Visit = 8,
    /// Signs, ratifies, concludes, joins.
    Agreement = 9,
    /// Sanctions, designations, freezes, bans, export controls, punitive tariffs.
    Sanction = 10,
    /// Lifts, eases, waives, delists, releases.
    Relief = 11,
    /// A vote, a resolution, a court's or watchdog's finding, an indictment.
    Ruling = 12,
    /// Strikes, tests, deployments, drills, seizures at sea.
    Military = 13,
    /// Arms, money or aid delivered or approved.
    Transfer = 14,
    /// Expels or recalls envoys, summons an ambassador, suspends ties or an accord.
    Rupture = 15,
}

/// A family of three kinds, which share one hue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Statement, demand, pledge.
    Position,
    /// Warning, accusation, denial.
    Contention,
    /// Meeting, visit, agreement.
    Contact,
    /// Sanction, relief, ruling.
    Measure,
    /// Military, transfer, rupture.
    Action,
}

impl Family {
    /// Every family, in the order of the design.
    pub const ALL: [Self; 5] = [
        Self::Position,
        Self::Contention,
        Self::Contact,
        Self::Measure,
        Self::Action,
    ];

    /// The word shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Position => "Position",
            Self::Contention => "Contention",
            Self::Contact => "Contact",
            Self::Measure => "Measure",
            Self::Action => "Action",
        }
    }

    /// The stylesheet's short name: `pos`, `con`, `tac`, `mea`, `act`.
    pub const fn css(self) -> &'static str {
        match self {
            Self::Position => "pos",
            Self::Contention => "con",
            Self::Contact => "tac",
            Self::Measure => "mea",
            Self::Action => "act",
        }
    }

    /// The three kinds of the family, in the order of the design.
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        Kind::ALL
            .into_iter()
            .filter(move |kind| kind.family() == self)
    }
}

impl Kind {
    /// Every kind, family by family.
    pub const ALL: [Self; 15] = [
        Self::Statement,
        Self::Demand,
        Self::Pledge,
        Self::Warning,
        Self::Accusation,
        Self::Denial,
        Self::Meeting,
        Self::Visit,
        Self::Agreement,
        Self::Sanction,
        Self::Relief,
        Self::Ruling,
        Self::Military,
        Self::Transfer,
        Self::Rupture,
    ];

    /// The word of addresses, exports and the database's readers: lower case.
    pub const fn slug(self) -> &'static str {
        self.row().0
    }

    /// The word shown to readers.
    pub const fn label(self) -> &'static str {
        self.row().1
    }

    /// CAMEO code: three digits as text, since it begins with a zero.
    pub const fn cameo(self) -> &'static str {
        self.row().2
    }

    /// PLOVER event type; empty where PLOVER has none.
    pub const fn plover(self) -> &'static str {
        self.row().3
    }

    /// The family whose hue the kind has.
    pub const fn family(self) -> Family {
        match self {
            Self::Statement | Self::Demand | Self::Pledge => Family::Position,
            Self::Warning | Self::Accusation | Self::Denial => Family::Contention,
            Self::Meeting | Self::Visit | Self::Agreement => Family::Contact,
            Self::Sanction | Self::Relief | Self::Ruling => Family::Measure,
            Self::Military | Self::Transfer | Self::Rupture => Family::Action,
        }
    }

    /// The number that the database keeps: 1 to 15, never renumbered (0 stands for all kinds).
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The kind of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    const fn row(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Statement => ("statement", "Statement", "010", ""),
            Self::Warning => ("warning", "Warning", "130", "THREATEN"),
            Self::Accusation => ("accusation", "Accusation", "112", "ACCUSE"),
            Self::Denial => ("denial", "Denial", "120", "REJECT"),
            Self::Demand => ("demand", "Demand", "100", "REQUEST"),
            Self::Pledge => ("pledge", "Pledge", "030", "SUPPORT"),
            Self::Meeting => ("meeting", "Meeting", "040", "CONSULT"),
            Self::Visit => ("visit", "Visit", "042", "CONSULT"),
            Self::Agreement => ("agreement", "Agreement", "057", "AGREE"),
            Self::Transfer => ("transfer", "Transfer", "070", "AID"),
            Self::Sanction => ("sanction", "Sanction", "163", "SANCTION"),
            Self::Relief => ("relief", "Relief", "085", "CONCEDE"),
            Self::Rupture => ("rupture", "Rupture", "160", "SANCTION"),
            Self::Military => ("military", "Military", "150", "MOBILIZE"),
            Self::Ruling => ("ruling", "Ruling", "090", "COERCE"),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A word that is no kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {kinds}, but found “{0}”", kinds = Kind::ALL.map(Kind::slug).join(", "))]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    /// Reads a slug; case and surrounding spaces are ignored.
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let slug = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| kind.slug() == slug)
            .ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_from_its_slug_and_its_number() {
        for kind in Kind::ALL {
            assert_eq!(kind.slug().parse(), Ok(kind));
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(Kind::from_code(0), None);
    }

    #[test]
    fn families_hold_three_kinds_each() {
        for family in Family::ALL {
            assert_eq!(family.kinds().count(), 3, "{}", family.label());
        }
    }

    #[test]
    fn an_unknown_kind_is_told_what_is_taken() {
        assert_eq!(
            "tariff".parse::<Kind>().unwrap_err().to_string(),
            "expected one of statement, demand, pledge, warning, accusation, denial, meeting, visit, \
             agreement, sanction, relief, ruling, military, transfer, rupture, but found “tariff”"
        );
    }
}
