//! Tokens of a sentence → mentions of parties: names, office-holders, organs and forces, and words that refer back.
//!
//! The index of names is [`super::gazetteer`]'s; what refers back is resolved by [`super::pronouns`].

use chrono::NaiveDate;

use super::{
    discourse::{Discourse, Remembered},
    gazetteer::{Gazetteer, PartyIndex, PersonIndex},
    name::{Meaning, Raw, is_calendar, is_common, is_function},
    pronouns::Reference,
    titles::{self, Office},
};
use crate::{
    domain::party::PartyKind,
    extract::{
        lexis::{self, Known},
        token::Token,
        verbs,
    },
};

/// What sort of words a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A party's name.
    Name,
    /// A capital or a building.
    Place,
    /// A demonym; an adjective unless a plural noun.
    People,
    /// A company, ship or person that is named; never acts.
    Held,
    /// An office-holder.
    Person,
    /// Words for an office, an organ or a force with the party that it belongs to.
    Office(Office),
    /// A pronoun or a noun phrase that refers back.
    Back(Reference),
}

/// A stretch of tokens that means one or more parties.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// What it means, as the parties that acts count for.
    pub parties: Vec<PartyIndex>,
    /// What sort of words it is.
    pub class: Class,
    /// Whether it may act for its parties.
    pub acts: bool,
    /// The office-holder, if known to the gazetteer.
    pub person: Option<PersonIndex>,
    /// The person's or the company's name as written.
    pub name: Option<String>,
    /// Whether it only qualifies a noun after it.
    pub qualifies: bool,
    /// Whether it is one body of several members, which can meet by itself.
    pub collective: bool,
}

impl Mention {
    pub(super) fn new(first: usize, last: usize, parties: Vec<PartyIndex>, class: Class) -> Self {
        Self {
            first,
            last,
            parties,
            class,
            acts: true,
            person: None,
            name: None,
            qualifies: false,
            collective: false,
        }
    }

    /// A person told of before.
    pub(super) fn of_known(first: usize, last: usize, known: &Remembered) -> Self {
        let mut mention = Self::new(first, last, known.parties.clone(), Class::Person);
        mention.acts = known.acts;
        mention.person = known.person;
        mention.name = Some(known.name.clone());
        mention
    }

    /// Whether it is a personal pronoun.
    pub fn is_pronoun(&self) -> bool {
        self.first == self.last
            && matches!(
                self.class,
                Class::Back(Reference::Person | Reference::It | Reference::They)
            )
    }

    /// Whether it may speak: anything but a force, a thing held or an adjective.
    pub fn speaks(&self) -> bool {
        self.acts
            && !self.qualifies
            && !matches!(self.class, Class::Office(Office::Force) | Class::Held)
    }
}

/// Finds the mentions of a sentence, in order; mentions do not overlap.
pub(crate) fn mentions(
    tokens: &[Token],
    raw: &[Raw],
    gazetteer: &Gazetteer,
    discourse: &mut Discourse,
    published: NaiveDate,
) -> Vec<Mention> {
    let mut finder = Finder {
        tokens,
        raw,
        gazetteer,
        discourse,
        published,
        found: Vec::new(),
    };
    let mut at = 0;
    while at < tokens.len() {
        at = finder.step(at);
    }
    for mention in &mut finder.found {
        mention.collective = matches!(mention.parties[..], [party] if gazetteer.kind(party) == PartyKind::Body)
            && mention.class != Class::Person;
    }
    finder.found
}

pub(super) struct Finder<'s, 't> {
    pub(super) tokens: &'s [Token<'t>],
    pub(super) raw: &'s [Raw],
    pub(super) gazetteer: &'s Gazetteer,
    pub(super) discourse: &'s mut Discourse,
    pub(super) published: NaiveDate,
    pub(super) found: Vec<Mention>,
}

impl Finder<'_, '_> {
    /// Reads what begins at a token; returns where to go on.
    pub(super) fn step(&mut self, at: usize) -> usize {
        if let Some(mention) = self.raw_mention(at) {
            return self.named(mention);
        }
        let token = &self.tokens[at];
        if !token.is_word() {
            return at + 1;
        }
        if let Some(next) = self.office_without_adjective(at) {
            return next;
        }
        if let Some(next) = self.pronoun(at) {
            return next;
        }
        if let Some(next) = self.held_stranger(at) {
            return next;
        }
        if let Some(next) = self.stranger(at) {
            return next;
        }
        at + 1
    }

    pub(super) fn raw_at(&self, at: usize) -> Option<&Raw> {
        self.raw
            .binary_search_by_key(&at, |raw| raw.first)
            .ok()
            .map(|index| &self.raw[index])
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.low.as_ref())
    }

    /// What the lists know of the word at a place; of the empty word beyond the ends.
    pub(super) fn known(&self, at: usize) -> &'static Known {
        match self.tokens.get(at) {
            Some(token) => token.known,
            None => lexis::known(""),
        }
    }

    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.word(at))
    }

    /// The mention that a name alone makes; none where the name needs a support that is missing.
    pub(super) fn raw_mention(&self, at: usize) -> Option<Mention> {
        let raw = self.raw_at(at)?;
        match &raw.meaning {
            Meaning::Party(party, class) => {
                let counts_as = self.gazetteer.counts_as(*party);
                if raw.doubtful
                    && !self.discourse.is_sure(*party)
                    && !self.discourse.is_sure(counts_as)
                {
                    return None;
                }
                if *class == Class::Place
                    && raw.first == raw.last
                    && let Some(known) = self.discourse.person(self.word(raw.last))
                {
                    // "Lagos", once President Ricardo Lagos was told of
                    return Some(Mention::of_known(raw.first, raw.last, known));
                }
                let mut mention = Mention::new(raw.first, raw.last, vec![counts_as], *class);
                if *class == Class::Held {
                    mention.acts = false;
                    mention.name = Some(self.gazetteer.name(*party).to_owned());
                    if counts_as == *party {
                        mention.parties.clear();
                    }
                }
                if *class == Class::People {
                    let next = self.word(raw.last + 1);
                    let plural = self.word(raw.last).ends_with('s')
                        && (self.before(raw.first) == "the"
                            || verbs::readings(next)
                                .iter()
                                .any(|reading| reading.form == verbs::Form::Past));
                    mention.qualifies = !plural;
                }
                Some(mention)
            }
            Meaning::Person(person) => Some(self.person(raw.first, raw.last, *person)),
            Meaning::Family(persons) => self.family(raw, persons),
        }
    }

    pub(super) fn person(&self, first: usize, last: usize, person: PersonIndex) -> Mention {
        let now = self.gazetteer.speaks_for(person, self.published);
        let party = now.or_else(|| self.gazetteer.spoke_for(person, self.published));
        let mut mention = Mention::new(first, last, party.into_iter().collect(), Class::Person);
        mention.acts = now.is_some();
        mention.person = Some(person);
        mention.name = Some(self.text(first, last));
        mention
    }

    pub(super) fn family(&self, raw: &Raw, persons: &[PersonIndex]) -> Option<Mention> {
        let word = self.word(raw.last);
        let known = self.discourse.one_of(persons);
        if let Some(known) = known.or_else(|| self.discourse.person(word)) {
            return Some(Mention::of_known(raw.first, raw.last, known));
        }
        let before = raw.first.checked_sub(1).map(|at| &self.tokens[at]);
        let titled = before.is_some_and(|token| {
            token.low == "'s"
                || titles::is_courtesy(token)
                || titles::office(token).is_some()
                || token.text == "."
        }) || self
            .found
            .last()
            .is_some_and(|last| last.last + 1 == raw.first && last.class == Class::People);
        let other_given_name = before.is_some_and(|token| {
            raw.first > 1
                && token.is_capital()
                && !titled
                && !is_calendar(token)
                && !is_function(token)
                && titles::office(token).is_none()
        });
        if other_given_name {
            return None;
        }
        let mut holders = persons
            .iter()
            .filter(|person| {
                titled
                    || !self.gazetteer.is_ambiguous(**person)
                    || (self.gazetteer.leads(**person)
                        && !is_common(word)
                        && verbs::readings(word).is_empty())
            })
            .filter_map(|person| {
                self.gazetteer
                    .speaks_for(*person, self.published)
                    .map(|party| (*person, party))
            });
        let (person, party) = holders.next()?;
        if holders.any(|(_, other)| other != party) && !titled {
            return None;
        }
        let mut mention = self.person(raw.first, raw.last, person);
        mention.parties = vec![party];
        Some(mention)
    }

    pub(super) fn text(&self, first: usize, last: usize) -> String {
        let words: Vec<&str> = self.tokens[first..=last.min(self.tokens.len() - 1)]
            .iter()
            .map(|token| token.text)
            .collect();
        words.join(" ")
    }

    /// A named mention, joined to the office words and personal names after it.
    pub(super) fn named(&mut self, mut mention: Mention) -> usize {
        let next = mention.last + 1;
        if matches!(mention.class, Class::Name | Class::Place | Class::People) {
            let possessive = self.word(next) == "'s";
            let office_from = next + usize::from(possessive);
            if let Some((end, office)) = self.office_phrase(office_from) {
                let own = matches!(self.before(mention.first), "its" | "their" | "his" | "her");
                if own && matches!(self.word(mention.first), "un" | "u.n." | "eu" | "nato") {
                    // "its UN ambassador"
                    mention.parties = self.owner(true);
                }
                let out = (mention.first.saturating_sub(2)..=end)
                    .any(|at| titles::is_out_of_office(self.known(at)));
                mention.last = end;
                mention.class = Class::Office(office);
                mention.acts = !out;
                mention.qualifies = false;
                return self.finish_office(mention, office);
            }
            // "Turkey's Recep Tayyip Erdogan", "Iranian Araghchi", "Kremlin spokesman Dmitry Peskov"
            let office_name = titles::office(self.known(mention.last)).is_some();
            if (possessive || mention.class == Class::People || office_name)
                && let Some(person) = self
                    .raw_mention(office_from)
                    .filter(|person| person.class == Class::Person)
            {
                mention.last = person.last;
                mention.class = Class::Person;
                mention.person = person.person;
                mention.name = person.name;
                mention.qualifies = false;
                self.remember(&mention);
                self.found.push(mention);
                return self.next();
            }
        }
        // "the Trump administration", "the Assad regime"
        if mention.class == Class::Person
            && let Some((end, Office::Organ)) = self.office_phrase(next)
            && end == next
            && !mention.parties.is_empty()
        {
            mention.last = end;
            mention.class = Class::Office(Office::Organ);
            mention.acts = true;
            mention.name = None;
            mention.person = None;
            self.found.push(mention);
            return self.next();
        }
        if mention.class == Class::Person {
            let named_from = mention.first;
            mention.first = self.title_start(mention.first);
            let titled = (mention.first..named_from)
                .any(|at| titles::office(self.known(at)) == Some(Office::Person));
            // "Jane Doe, the acting foreign minister,"
            let appositive = (self.word(mention.last + 1) == ",")
                .then(|| {
                    let the = usize::from(matches!(self.word(mention.last + 2), "the" | "a"));
                    self.office_phrase(mention.last + 2 + the)
                })
                .flatten()
                .is_some_and(|(end, office)| {
                    office == Office::Person
                        && !(mention.last + 1..=end)
                            .any(|at| titles::is_out_of_office(self.known(at)))
                });
            mention.acts |= (titled || appositive) && !mention.parties.is_empty();
            if self.out_of_office_before(mention.first) || self.out_of_office_before(named_from) {
                mention.acts = false;
            }
            if self.before(mention.first) == "then" {
                mention.acts = true;
            }
            if let Some(party) = self.country_in_brackets(mention.last) {
                mention.parties = vec![party];
                mention.acts = true;
            }
            self.remember(&mention);
            if titled || mention.acts {
                self.join_state(&mut mention);
            }
        }
        self.found.push(mention);
        self.next()
    }

    pub(super) fn next(&self) -> usize {
        self.found.last().map_or(0, |mention| mention.last + 1)
    }

    pub(super) fn remember(&mut self, mention: &Mention) {
        self.discourse.remember(mention, self.tokens);
    }
}
