//! The reference data that is compiled in: parties, terms of office and publishers, each parsed once.
//!
//! Source: `seed_data/*.csv`, which people edit; a row that cannot be read is left out here and fails a test.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    party::{OfficeTerm, Party, PartyCode},
    publisher::Publisher,
    table::{Table, TableError},
};

static PARTIES: LazyLock<Table<Party>> = LazyLock::new(|| {
    let text = include_str!("../../seed_data/parties.csv");
    Table::read("parties.csv", text, &Party::COLUMNS, Party::read)
});

static OFFICE_TERMS: LazyLock<Table<OfficeTerm>> = LazyLock::new(|| {
    let text = include_str!("../../seed_data/people.csv");
    Table::read("people.csv", text, &OfficeTerm::COLUMNS, OfficeTerm::read)
});

static PUBLISHERS: LazyLock<Table<Publisher>> = LazyLock::new(|| {
    let text = include_str!("../../seed_data/publishers.csv");
    Table::read("publishers.csv", text, &Publisher::COLUMNS, Publisher::read)
});

static BY_CODE: LazyLock<HashMap<&'static PartyCode, &'static Party>> =
    LazyLock::new(|| parties().iter().map(|party| (&party.code, party)).collect());

/// Every party, states first.
pub fn parties() -> &'static [Party] {
    &PARTIES.rows
}

/// The party of a code, as it was compiled in.
pub fn party(code: &PartyCode) -> Option<&'static Party> {
    BY_CODE.get(code).copied()
}

/// Every person's every term of office.
pub fn office_terms() -> &'static [OfficeTerm] {
    &OFFICE_TERMS.rows
}

/// Every publisher, by name.
pub fn publishers() -> &'static [Publisher] {
    &PUBLISHERS.rows
}

/// What could not be read. Empty, unless somebody spoilt a file; `check` tells it.
pub fn flaws() -> impl Iterator<Item = &'static TableError> {
    PARTIES
        .flaws
        .iter()
        .chain(&OFFICE_TERMS.flaws)
        .chain(&PUBLISHERS.flaws)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::party::PartyKind;

    /// The members of the United Nations, by ISO code.
    const UN_MEMBERS: &str = "AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA \
        BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV \
        GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR \
        ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS \
        MEX FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT \
        QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR \
        TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE";

    fn code(text: &str) -> PartyCode {
        text.parse().unwrap()
    }

    #[test]
    fn every_row_of_the_reference_data_can_be_read() {
        let flaws: Vec<_> = flaws().map(ToString::to_string).collect();
        assert_eq!(flaws, Vec::<String>::new());
        assert!(parties().len() > 1_300, "{}", parties().len());
        assert!(office_terms().len() > 3_000, "{}", office_terms().len());
        assert!(publishers().len() > 300, "{}", publishers().len());
    }

    #[test]
    fn codes_are_unique_and_every_parent_and_office_holder_has_a_party() {
        assert_eq!(BY_CODE.len(), parties().len());
        for party in parties() {
            if let Some(parent) = &party.parent {
                assert!(
                    super::party(parent).is_some(),
                    "{} has the parent {parent}",
                    party.code
                );
            }
        }
        for term in office_terms() {
            assert!(
                party(&term.code).is_some(),
                "{} speaks for {}",
                term.name,
                term.code
            );
        }
    }

    #[test]
    fn every_member_of_the_united_nations_has_demonyms_and_a_capital() {
        let members: Vec<_> = UN_MEMBERS.split_whitespace().collect();
        assert_eq!(members.len(), 193);
        for member in members {
            let state = party(&code(member)).unwrap_or_else(|| panic!("{member} is missing"));
            assert_eq!(state.kind, PartyKind::State, "{member}");
            assert!(
                !state.demonyms.is_empty() && !state.capital.is_empty(),
                "{member}"
            );
        }
    }

    #[test]
    fn capitals_that_are_no_other_name_stand_for_the_government() {
        let without: Vec<_> = UN_MEMBERS
            .split_whitespace()
            .filter(|member| party(&code(member)).unwrap().metonyms.is_empty())
            .collect();
        assert_eq!(without, ["ATG", "GRD", "LUX", "SMR", "SYC"]);
    }

    #[test]
    fn the_places_and_bodies_that_news_needs_are_there() {
        for text in [
            "PSE",
            "TWN",
            "XKX",
            "VAT",
            "SUN",
            "YUG",
            "EU",
            "UN",
            "NATO",
            "IAEA",
            "E3",
            "G7",
            "P5+1",
            "OPEC",
            "ICC",
            "ICJ",
            "ASEAN",
            "AU",
            "ARAB LEAGUE",
            "GCC",
            "ECOWAS",
            "SADC",
            "OSCE",
            "OPCW",
            "SCO",
            "BRICS",
            "ICRC",
            "IMF",
            "CSTO",
            "HAMAS",
            "HEZBOLLAH",
            "HOUTHIS",
            "TALIBAN",
            "WAGNER",
            "ISIS",
            "IRAN AIR",
        ] {
            assert!(party(&code(text)).is_some(), "{text}");
        }
        let sanctioned = parties()
            .iter()
            .filter(|party| {
                matches!(
                    party.kind,
                    PartyKind::Company | PartyKind::Vessel | PartyKind::Person
                )
            })
            .count();
        assert!(sanctioned >= 30, "{sanctioned}");
    }

    #[test]
    fn names_and_aliases_of_one_party_are_not_repeated() {
        for party in parties() {
            let mut seen = HashSet::new();
            for alias in &party.aliases {
                assert!(seen.insert(alias), "{} repeats {alias}", party.code);
            }
        }
    }

    #[test]
    fn publishers_share_neither_name_nor_host_and_their_homes_are_parties() {
        let mut names = HashSet::new();
        let mut hosts = HashSet::new();
        for publisher in publishers() {
            assert!(
                names.insert(&publisher.name),
                "{} stands twice",
                publisher.name
            );
            assert!(
                !publisher.hosts.is_empty(),
                "{} has no host",
                publisher.name
            );
            for host in &publisher.hosts {
                assert!(hosts.insert(host), "{host} stands twice");
            }
            if let Some(home) = &publisher.home {
                assert!(
                    party(home).is_some(),
                    "{} is at home in {home}",
                    publisher.name
                );
            }
        }
    }

    #[test]
    fn the_foreign_ministers_of_the_founding_article_are_found_on_its_day() {
        let day = "2024-09-10".parse().unwrap();
        let minister = |of: &str| -> Vec<&str> {
            office_terms()
                .iter()
                .filter(|term| term.code.as_str() == of && term.office == "foreign_minister")
                .filter(|term| term.holds_on(day))
                .map(|term| term.family_name.as_str())
                .collect()
        };
        assert_eq!(minister("USA"), ["Blinken"]);
        assert_eq!(minister("GBR"), ["Lammy"]);
        assert_eq!(minister("IRN"), ["Araghchi"]);
        assert_eq!(minister("UKR"), ["Sybiha"]);
    }

    #[test]
    fn main_states_have_a_leader_and_a_foreign_minister_in_every_year_since_1992() {
        for of in [
            "USA", "GBR", "FRA", "DEU", "RUS", "CHN", "IRN", "ISR", "TUR", "JPN",
        ] {
            for year in 1992..=2025 {
                let first = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
                let last = chrono::NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
                let held = |offices: &[&str]| {
                    office_terms().iter().any(|term| {
                        term.code.as_str() == of
                            && offices.contains(&term.office.as_str())
                            && term.from <= last
                            && term.to.is_none_or(|to| to >= first)
                    })
                };
                assert!(
                    held(&["head_of_government", "head_of_state"]),
                    "leader of {of} in {year}"
                );
                assert!(
                    held(&["foreign_minister"]),
                    "foreign minister of {of} in {year}"
                );
            }
        }
    }
}
