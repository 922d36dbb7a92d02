//! The register of parties in the process: from whatever a person wrote to a party's code, and from a code to its name.

use std::collections::HashMap;

use super::{
    fold::fold,
    party::{Party, PartyCode},
};

/// Every party on record, found by code or by name.
#[derive(Debug, Clone, Default)]
pub struct PartyRegister {
    parties: Vec<Party>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl PartyRegister {
    /// Builds the register. Where two parties share a name, the earlier has it.
    pub fn new(parties: Vec<Party>) -> Self {
        let mut register = Self::default();
        for (index, party) in parties.iter().enumerate() {
            register
                .by_code
                .insert(party.code.as_str().to_owned(), index);
            register.by_name.entry(fold(&party.name)).or_insert(index);
        }
        for (index, party) in parties.iter().enumerate() {
            for alias in &party.aliases {
                register.by_name.entry(fold(alias)).or_insert(index);
            }
        }
        Self {
            parties,
            ..register
        }
    }

    /// The party that a code or a name means; case and accents do not matter.
    pub fn find(&self, written: &str) -> Option<&Party> {
        let written = written.trim();
        self.by_code
            .get(&written.to_uppercase())
            .or_else(|| self.by_name.get(&fold(written)))
            .and_then(|index| self.parties.get(*index))
    }

    /// The party of a code.
    pub fn party(&self, code: &PartyCode) -> Option<&Party> {
        self.by_code
            .get(code.as_str())
            .and_then(|index| self.parties.get(*index))
    }

    /// The name of a party; its code where it is not on record.
    pub fn name<'a>(&'a self, code: &'a PartyCode) -> &'a str {
        self.party(code).map_or(code.as_str(), |party| &party.name)
    }

    /// Every party, in the order of the record.
    pub fn all(&self) -> &[Party] {
        &self.parties
    }
}
