//! Companies, ships and persons that no list knows, told by the words around the name: "the tanker Silver Dawn".
//!
//! They never act; an act names them, and they count as the state that owns them in the text.

use super::mention::{Class, Finder, Mention};
use crate::extract::token::Shape;

impl Finder<'_, '_> {
    /// A company by the last word of its name, or a name after a noun for a company, a ship or a person of means.
    pub(super) fn held_stranger(&mut self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        if !token.is_capital()
            || token.shape == Shape::Upper && self.tokens[0].shape == Shape::Upper
        {
            return None;
        }
        let mut end = self.name_run(at)?;
        // "Northgate Bank": an organ's word, but a name's last one
        while self.tokens.get(end + 1).is_some_and(|next| {
            next.is_capital() && is_company_tail(&next.low) && self.raw_at(end + 1).is_none()
        }) {
            end += 1;
        }
        let told = at > 0 && is_held_noun(self.before(at));
        let last = (at + 1..=end)
            .rev()
            .find(|at| is_company_tail(self.word(*at)));
        let last = if told { end } else { last? };
        let mut mention = Mention::new(at, last, self.home(at), Class::Held);
        mention.acts = false;
        mention.name = Some(self.text(at, last));
        self.found.push(mention);
        Some(last + 1)
    }

    /// The state whose name, adjective or possessive stands before a held name: "Iran's", "the Iranian company".
    fn home(&self, at: usize) -> Vec<super::gazetteer::PartyIndex> {
        let Some(owner) = self.found.last() else {
            return Vec::new();
        };
        let between = self.tokens.get(owner.last + 1..at).unwrap_or(&[]);
        let of_owner = between.len() <= 4
            && matches!(owner.class, Class::People | Class::Name | Class::Held)
            && between.iter().all(|token| {
                token.low == "'s"
                    || token.shape == Shape::Lower
                        && (is_held_noun(&token.low) || is_trade(&token.low))
                    || matches!(
                        token.low.as_ref(),
                        "and" | "," | "based" | "flagged" | "owned" | "state" | "run"
                    )
            });
        if of_owner {
            owner.parties.clone()
        } else {
            Vec::new()
        }
    }
}

/// Last words of a company's name.
fn is_company_tail(word: &str) -> bool {
    matches!(
        word,
        "corp"
            | "corporation"
            | "company"
            | "co"
            | "inc"
            | "ltd"
            | "limited"
            | "llc"
            | "plc"
            | "gmbh"
            | "ag"
            | "oao"
            | "pjsc"
            | "bank"
            | "airlines"
            | "airways"
            | "shipping"
            | "lines"
            | "holding"
            | "holdings"
            | "industries"
            | "petroleum"
            | "petrochemical"
            | "oil"
            | "energy"
            | "steel"
            | "telecom"
            | "telecommunications"
            | "insurance"
            | "trading"
            | "shipyard"
            | "motors"
            | "refinery"
    )
}

/// Nouns directly before the name of a company, a ship or a person of means.
fn is_held_noun(word: &str) -> bool {
    matches!(
        word,
        "company"
            | "firm"
            | "bank"
            | "lender"
            | "airline"
            | "carrier"
            | "tanker"
            | "ship"
            | "vessel"
            | "freighter"
            | "trawler"
            | "ferry"
            | "yacht"
            | "supertanker"
            | "businessman"
            | "businesswoman"
            | "tycoon"
            | "oligarch"
            | "billionaire"
            | "magnate"
            | "financier"
            | "banker"
    )
}

/// What a company does or is, before its name.
fn is_trade(word: &str) -> bool {
    matches!(
        word,
        "oil"
            | "gas"
            | "arms"
            | "drone"
            | "shipping"
            | "defence"
            | "defense"
            | "energy"
            | "steel"
            | "mining"
            | "technology"
            | "telecoms"
            | "cargo"
            | "aviation"
            | "media"
            | "metal"
            | "metals"
            | "crude"
            | "container"
            | "giant"
            | "group"
            | "national"
            | "flag"
    )
}
