//! Words that refer back: pronouns, "both sides", "the bloc", "the ministry".

use super::{
    gazetteer::PartyIndex,
    mention::{Class, Finder, Mention},
    name::is_function,
    pronouns::Reference,
    titles::{self, Office},
};
use crate::extract::{token::Shape, verbs, words};

impl Finder<'_, '_> {
    pub(super) fn back(
        &mut self,
        first: usize,
        last: usize,
        reference: Reference,
        office: Office,
        out: bool,
    ) -> Option<usize> {
        let words = self.tokens[first..=last]
            .iter()
            .map(|token| token.low.as_ref())
            .collect::<Vec<_>>();
        let parties =
            self.discourse
                .resolve(reference, &words, &self.found, self.tokens, self.gazetteer);
        if parties.is_empty() {
            return None;
        }
        let mut mention = Mention::new(first, last, parties, Class::Back(reference));
        mention.acts = !out;
        if office == Office::Force || reference == Reference::Owned {
            mention.class = Class::Office(office);
            return Some(self.finish_office(mention, office));
        }
        self.found.push(mention);
        Some(last + 1)
    }

    pub(super) fn pronoun(&mut self, at: usize) -> Option<usize> {
        let word = self.word(at);
        if let Some(party) = self.half_of_korea(at) {
            let mention = Mention::new(at, at, vec![party], Class::Name);
            return Some(self.named(mention));
        }
        let reference = match word {
            "he" | "she" => Reference::Person,
            "it" => Reference::It,
            "they" => Reference::They,
            "them"
                if matches!(
                    self.before(at),
                    "asked" | "told" | "urged" | "asks" | "tells" | "urges"
                ) =>
            {
                Reference::They
            }
            "both"
                if words::is_modal(self.before(at))
                    || words::is_have(self.before(at))
                    || words::is_be(self.before(at)) =>
            {
                return None;
            }
            "both" | "trio" | "pair" | "duo" => Reference::Several,
            "three" | "two" | "four" if matches!(self.before(at), "the" | "those") => {
                let follows = self.word(at + 1);
                if is_party_noun(follows) {
                    return self.back(at, at + 1, Reference::Several, Office::People, false);
                }
                if self
                    .tokens
                    .get(at + 1)
                    .is_some_and(|token| token.is_word() && !is_function(token))
                    && verbs::readings(follows).is_empty()
                {
                    return None;
                }
                Reference::Several
            }
            "bloc" | "alliance" | "kingdom" | "country" | "republic" | "countries" | "sides"
            | "states" | "nations" | "organisation" | "organization" | "union" | "watchdog"
            | "governments" | "monarchies" | "neighbours" | "allies" | "federation" => {
                return self.noun_back(at);
            }
            _ => return None,
        };
        // "sanctioned Iran after it seized a ship": the party named last
        if word == "it"
            && matches!(self.before(at), "after" | "unless" | "until" | "since")
            && let Some(nearest) = self.found.iter().rev().find(|mention| {
                matches!(
                    mention.class,
                    Class::Name | Class::Place | Class::Office(Office::Organ)
                ) && !mention.parties.is_empty()
            })
        {
            let parties = nearest.parties.clone();
            self.found
                .push(Mention::new(at, at, parties, Class::Back(reference)));
            return Some(at + 1);
        }
        // "…, it said": whoever spoke before, not who is spoken of
        let closes = matches!(word, "he" | "she" | "it" | "they")
            && matches!(self.before(at), "," | "\"" | "”")
            && verbs::readings(self.word(at + 1))
                .iter()
                .any(|reading| matches!(reading.lemma, "say" | "add" | "tell" | "warn" | "insist"));
        if closes {
            let parties =
                self.discourse
                    .resolve(reference, &[word], &[], self.tokens, self.gazetteer);
            if parties.is_empty() {
                return None;
            }
            self.found
                .push(Mention::new(at, at, parties, Class::Back(reference)));
            return Some(at + 1);
        }
        if word == "both" && words::is_determiner(self.known(at + 1)) {
            return None;
        }
        if word == "both" && is_party_noun(self.word(at + 1)) {
            return self.back(at, at + 1, Reference::Several, Office::People, false);
        }
        let before = self.before(at);
        if word == "it" && matches!(before, "called" | "made" | "with" | "of") {
            return None;
        }
        if matches!(word, "trio" | "pair" | "duo") && before != "the" {
            return None;
        }
        self.back(at, at, reference, Office::People, false)
    }

    /// "the North", "the South" in an article about Korea.
    fn half_of_korea(&self, at: usize) -> Option<PartyIndex> {
        let code = match self.word(at) {
            "north" => "PRK",
            "south" => "KOR",
            _ => return None,
        };
        let alone = self.tokens[at].shape == Shape::Capital
            && self.before(at) == "the"
            && !self
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.hyphened || next.is_capital() || next.low == "of");
        let north = self.gazetteer.index("PRK")?;
        let party = self.gazetteer.index(code)?;
        (alone && self.discourse.is_sure(north)).then_some(party)
    }

    pub(super) fn noun_back(&mut self, at: usize) -> Option<usize> {
        let word = self.word(at).to_owned();
        let reference = match word.as_str() {
            "bloc" | "alliance" | "organisation" | "organization" | "union" | "watchdog"
            | "federation" => Reference::Body,
            "countries" | "sides" | "states" | "nations" | "governments" | "monarchies"
            | "neighbours" => Reference::Several,
            "allies" => return None,
            _ => Reference::Country,
        };
        let determiner = self.before(at);
        let second = at.checked_sub(2).map_or("", |at| self.word(at));
        let definite = matches!(
            determiner,
            "the" | "its" | "both" | "two" | "three" | "four"
        ) || (second == "the" && verbs::readings(determiner).is_empty());
        if !definite || (reference == Reference::Country && determiner != "the" && second != "the")
        {
            return None;
        }
        let next = self.back(at, at, reference, Office::Organ, false)?;
        // "the bloc's top diplomat, Jane Doe,"
        if self.word(next) == "'s"
            && let Some((end, office)) = self.office_phrase(next + 1)
            && let Some(mut mention) = self.found.pop()
        {
            mention.last = end;
            mention.class = Class::Office(office);
            mention.acts = !(next..=end).any(|at| titles::is_out_of_office(self.known(at)));
            return Some(self.finish_office(mention, office));
        }
        Some(next)
    }
}

/// Nouns for states and those who lead them, after "both" or "the two".
fn is_party_noun(word: &str) -> bool {
    matches!(
        word,
        "countries"
            | "sides"
            | "states"
            | "nations"
            | "governments"
            | "leaders"
            | "ministers"
            | "presidents"
            | "capitals"
            | "neighbours"
            | "neighbors"
            | "allies"
            | "men"
            | "powers"
            | "parties"
            | "foes"
            | "rivals"
            | "envoys"
            | "diplomats"
            | "premiers"
            | "chiefs"
            | "members"
            | "monarchies"
            | "women"
    )
}
