//! Tokens of a sentence → mentions of parties: names, office-holders, organs and forces, and words that refer back.
//!
//! The index of names is [`super::gazetteer`]'s; what refers back is resolved by [`super::pronouns`].

use chrono::NaiveDate;

use super::{
    gazetteer::{Gazetteer, PartyIndex, PersonIndex, Sense},
    pronouns::{Discourse, Reference},
    titles::{self, Office},
};
use crate::domain::party::PartyKind;
use crate::extract::{
    token::{Shape, Token},
    words,
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
    fn new(first: usize, last: usize, parties: Vec<PartyIndex>, class: Class) -> Self {
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

/// Given names and surnames that are states or capitals too.
const GIVEN_NAMES: &[&str] = &[
    "jordan",
    "chad",
    "georgia",
    "israel",
    "paris",
    "sofia",
    "india",
    "london",
    "kenya",
    "cuba",
    "china",
    "holland",
    "england",
    "austria",
    "ireland",
    "berlin",
    "sydney",
    "rome",
    "lima",
    "mali",
    "kingston",
    "wellington",
    "brazil",
];

/// Words with a capital after a place's name that make it part of another name.
const NAME_TAILS: &[&str] = &[
    "times",
    "post",
    "journal",
    "review",
    "street",
    "airport",
    "sea",
    "ocean",
    "strait",
    "straits",
    "university",
    "agreement",
    "agreements",
    "accord",
    "accords",
    "protocol",
    "convention",
    "treaty",
    "declaration",
    "club",
    "cup",
    "open",
    "games",
    "marathon",
    "airlines",
    "herald",
    "news",
    "globe",
    "olympics",
    "stock",
    "exchange",
    "film",
    "festival",
    "united",
    "fc",
    "canal",
    "papers",
    "syndrome",
    "zoo",
    "museum",
    "opera",
    "hospital",
    "road",
    "avenue",
];

/// Words inside a personal name.
const PARTICLES: &[&str] = &[
    "al", "bin", "bint", "ibn", "von", "van", "der", "den", "de", "la", "le", "el", "di", "da",
    "dos", "ul", "ud", "abu", "y",
];

/// Finds the names of a sentence, before any of them is joined to an office.
pub(crate) fn names(tokens: &[Token], gazetteer: &Gazetteer, published: NaiveDate) -> Vec<Raw> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        if token.is_word()
            && let Some(name) = gazetteer.find(tokens, at)
        {
            let last = at + name.len - 1;
            if let Some(raw) = Raw::choose(
                tokens,
                at,
                last,
                name.senses,
                name.doubtful,
                gazetteer,
                published,
            ) {
                found.push(raw);
                at = last + 1;
                continue;
            }
        }
        at += 1;
    }
    found
}

/// A name with the sense that its neighbours leave it.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub first: usize,
    pub last: usize,
    pub doubtful: bool,
    meaning: Meaning,
}

#[derive(Debug, Clone)]
enum Meaning {
    Party(PartyIndex, Class),
    /// Persons who bear the full name.
    Person(PersonIndex),
    /// Persons who bear the family name.
    Family(Vec<PersonIndex>),
}

impl Raw {
    /// The party it surely means, for names that need such support.
    pub fn sure_party(&self) -> Option<PartyIndex> {
        match self.meaning {
            Meaning::Party(party, _) if !self.doubtful => Some(party),
            _ => None,
        }
    }

    fn choose(
        tokens: &[Token],
        first: usize,
        last: usize,
        senses: &[Sense],
        doubtful: bool,
        gazetteer: &Gazetteer,
        published: NaiveDate,
    ) -> Option<Self> {
        let with = |meaning| {
            Some(Self {
                first,
                last,
                doubtful,
                meaning,
            })
        };
        let before = first.checked_sub(1).and_then(|at| tokens.get(at));
        let after = tokens.get(last + 1);
        let titled = before.is_some_and(|token| {
            titles::is_courtesy(&token.low)
                || (token.is_capital() && titles::office(&token.low) == Some(Office::Person))
        }) || (before.is_some_and(|token| token.text == ".")
            && first >= 2
            && titles::is_courtesy(&tokens[first - 2].low));
        let family: Vec<PersonIndex> = senses
            .iter()
            .filter_map(|sense| match sense {
                Sense::Family(person) => Some(*person),
                _ => None,
            })
            .collect();
        if titled && !family.is_empty() {
            return with(Meaning::Family(family));
        }
        match senses.first()? {
            Sense::Family(_) => with(Meaning::Family(family)),
            Sense::Person(_) => with(Meaning::Person(holder(senses, gazetteer, published)?)),
            Sense::Name(party)
            | Sense::Place(party)
            | Sense::People(party)
            | Sense::Held(party) => {
                let class = match senses.first()? {
                    Sense::Place(_) => Class::Place,
                    Sense::People(_) => Class::People,
                    Sense::Held(_) => Class::Held,
                    _ => Class::Name,
                };
                let tail = after.is_some_and(|token| {
                    token.is_capital() && NAME_TAILS.contains(&token.low.as_ref())
                });
                if tail || first == last && is_personal(tokens, first, gazetteer) {
                    return None;
                }
                with(Meaning::Party(*party, class))
            }
        }
    }
}

/// The one of several namesakes that speaks on the day, else one that had spoken before.
fn holder(senses: &[Sense], gazetteer: &Gazetteer, published: NaiveDate) -> Option<PersonIndex> {
    let persons = || {
        senses.iter().filter_map(|sense| match sense {
            Sense::Person(person) => Some(*person),
            _ => None,
        })
    };
    persons()
        .find(|person| gazetteer.speaks_for(*person, published).is_some())
        .or_else(|| persons().find(|person| gazetteer.spoke_for(*person, published).is_some()))
}

/// Whether a state's name is a given name or surname here: "Jordan Henderson", "Michael Jordan".
fn is_personal(tokens: &[Token], at: usize, gazetteer: &Gazetteer) -> bool {
    if !GIVEN_NAMES.contains(&tokens[at].low.as_ref()) || tokens[0].shape == Shape::Upper {
        return false;
    }
    let stranger = |token: Option<&Token>| {
        token.is_some_and(|token| {
            token.shape == Shape::Capital
                && token.text.len() > 2
                && !is_calendar(&token.low)
                && titles::office(&token.low).is_none()
                && !titles::is_office_modifier(&token.low)
                && !is_function(&token.low)
        })
    };
    let next_is_name = stranger(tokens.get(at + 1))
        && gazetteer.find(tokens, at + 1).is_none_or(|found| {
            matches!(
                found.senses.first(),
                Some(Sense::Family(_) | Sense::Person(_))
            )
        });
    let given = at
        .checked_sub(1)
        .filter(|before| *before > 0)
        .and_then(|before| tokens.get(before))
        .filter(|token| !token.hyphened);
    let named = stranger(given)
        && gazetteer.find(tokens, at - 1).is_none()
        && crate::extract::verbs::readings(&tokens[at - 1].low).is_empty();
    next_is_name || named
}

fn is_function(word: &str) -> bool {
    words::is_determiner(word)
        || words::is_preposition(word)
        || words::is_subordinator(word)
        || words::is_conjunction(word)
        || words::is_subject_pronoun(word)
        || words::is_modal(word)
        || words::is_be(word)
        || words::is_have(word)
        || words::is_adverb(word)
        || words::is_relative(word)
        || matches!(
            word,
            "to" | "that" | "mr" | "there" | "us" | "meanwhile" | "asked" | "speaking"
        )
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

struct Finder<'s, 't> {
    tokens: &'s [Token<'t>],
    raw: &'s [Raw],
    gazetteer: &'s Gazetteer,
    discourse: &'s mut Discourse,
    published: NaiveDate,
    found: Vec<Mention>,
}

impl Finder<'_, '_> {
    /// Reads what begins at a token; returns where to go on.
    fn step(&mut self, at: usize) -> usize {
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
        if let Some(next) = self.stranger(at) {
            return next;
        }
        at + 1
    }

    fn raw_at(&self, at: usize) -> Option<&Raw> {
        self.raw
            .binary_search_by_key(&at, |raw| raw.first)
            .ok()
            .map(|index| &self.raw[index])
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.low.as_ref())
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.word(at))
    }

    /// The mention that a name alone makes; none where the name needs a support that is missing.
    fn raw_mention(&self, at: usize) -> Option<Mention> {
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
                            || crate::extract::verbs::readings(next)
                                .iter()
                                .any(|reading| reading.form == crate::extract::verbs::Form::Past));
                    mention.qualifies = !plural;
                }
                Some(mention)
            }
            Meaning::Person(person) => Some(self.person(raw.first, raw.last, *person)),
            Meaning::Family(persons) => self.family(raw, persons),
        }
    }

    fn person(&self, first: usize, last: usize, person: PersonIndex) -> Mention {
        let now = self.gazetteer.speaks_for(person, self.published);
        let party = now.or_else(|| self.gazetteer.spoke_for(person, self.published));
        let mut mention = Mention::new(first, last, party.into_iter().collect(), Class::Person);
        mention.acts = now.is_some();
        mention.person = Some(person);
        mention.name = Some(self.text(first, last));
        mention
    }

    fn family(&self, raw: &Raw, persons: &[PersonIndex]) -> Option<Mention> {
        let word = self.word(raw.last);
        let known = self.discourse.one_of(persons);
        if let Some(known) = known.or_else(|| self.discourse.person(word)) {
            let mut mention =
                Mention::new(raw.first, raw.last, known.parties.clone(), Class::Person);
            mention.acts = known.acts;
            mention.person = known.person;
            mention.name = Some(known.name.clone());
            return Some(mention);
        }
        let before = raw.first.checked_sub(1).map(|at| &self.tokens[at]);
        let titled = before.is_some_and(|token| {
            token.low == "'s"
                || titles::is_courtesy(&token.low)
                || titles::office(&token.low).is_some()
                || token.text == "."
        }) || self
            .found
            .last()
            .is_some_and(|last| last.last + 1 == raw.first && last.class == Class::People);
        let other_given_name = before.is_some_and(|token| {
            raw.first > 1
                && token.is_capital()
                && !titled
                && !is_calendar(&token.low)
                && !is_function(&token.low)
                && titles::office(&token.low).is_none()
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
                        && crate::extract::verbs::readings(word).is_empty())
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

    fn text(&self, first: usize, last: usize) -> String {
        let words: Vec<&str> = self.tokens[first..=last.min(self.tokens.len() - 1)]
            .iter()
            .map(|token| token.text)
            .collect();
        words.join(" ")
    }

    /// A named mention, joined to the office words and personal names after it.
    fn named(&mut self, mut mention: Mention) -> usize {
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
                    .any(|at| titles::is_out_of_office(self.word(at)));
                mention.last = end;
                mention.class = Class::Office(office);
                mention.acts = !out;
                mention.qualifies = false;
                return self.finish_office(mention, office);
            }
            // "Turkey's Recep Tayyip Erdogan", "Iranian Araghchi", "Kremlin spokesman Dmitry Peskov"
            let office_name = titles::office(self.word(mention.last)).is_some();
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
        if mention.class == Class::Person {
            let named_from = mention.first;
            mention.first = self.title_start(mention.first);
            let titled = (mention.first..named_from)
                .any(|at| titles::office(self.word(at)) == Some(Office::Person));
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
                            .any(|at| titles::is_out_of_office(self.word(at)))
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
        }
        self.found.push(mention);
        self.next()
    }

    fn next(&self) -> usize {
        self.found.last().map_or(0, |mention| mention.last + 1)
    }

    fn remember(&mut self, mention: &Mention) {
        self.discourse.remember(mention, self.tokens);
    }

    /// "LINDA THOMAS-GREENFIELD (United States)".
    fn country_in_brackets(&self, last: usize) -> Option<PartyIndex> {
        if self.word(last + 1) != "(" {
            return None;
        }
        let raw = self.raw_at(last + 2)?;
        match raw.meaning {
            Meaning::Party(party, Class::Name) if self.word(raw.last + 1) == ")" => {
                Some(self.gazetteer.counts_as(party))
            }
            _ => None,
        }
    }

    fn out_of_office_before(&self, first: usize) -> bool {
        (first.saturating_sub(2)..first).any(|at| titles::is_out_of_office(self.word(at)))
    }

    /// Where the titles before a personal name begin.
    fn title_start(&self, first: usize) -> usize {
        let floor = self.next();
        let mut start = first;
        while start > floor {
            let word = self.word(start - 1);
            let title = titles::is_courtesy(word)
                || titles::office(word).is_some()
                || titles::is_office_modifier(word)
                || (word == "." && start >= 2 && titles::is_courtesy(self.word(start - 2)));
            if !title || word == "and" {
                break;
            }
            start -= 1;
        }
        start
    }

    /// The end of the office words that begin here, and which office they name.
    fn office_phrase(&self, from: usize) -> Option<(usize, Office)> {
        let mut end = None;
        let mut at = from;
        while at < self.tokens.len() && at < from + 7 {
            let token = &self.tokens[at];
            let word = token.low.as_ref();
            if let Some(office) = titles::office(word) {
                // "chief" and "general" may go on: "chief negotiator"
                end = Some((at, office));
            } else if matches!(word, "un" | "u.n." | "eu" | "nato")
                && matches!(
                    self.word(at + 1),
                    "ambassador" | "envoy" | "delegate" | "representative" | "mission"
                )
            {
                at += 1;
                continue;
            } else if !(titles::is_office_modifier(word)
                || titles::is_out_of_office(word)
                || (token.is_capital()
                    && self.raw_at(at).is_none()
                    && !is_function(word)
                    && at < from + 4
                    && end.is_none()))
            {
                break;
            }
            if word == "and" && end.is_some() {
                break;
            }
            // "secretary of state", "minister for foreign affairs"
            let goes_on = end.is_some_and(|(end, office)| end == at && office == Office::Person)
                && matches!(self.word(at + 1), "of" | "for")
                && self.raw_at(at + 2).is_none()
                && matches!(
                    self.word(at + 2),
                    "state"
                        | "foreign"
                        | "defence"
                        | "defense"
                        | "trade"
                        | "economic"
                        | "interior"
                        | "european"
                        | "finance"
                        | "energy"
                );
            if goes_on && self.word(at + 3) != "of" {
                let mut last = at + 2;
                while matches!(
                    self.word(last + 1),
                    "affairs" | "policy" | "security" | "trade"
                ) {
                    last += 1;
                }
                end = Some((last, Office::Person));
                at = last + 1;
                continue;
            }
            at += 1;
        }
        let (end, office) = end?;
        // "de facto", "state" and the like before a verb are no office
        if from == end
            && matches!(
                self.word(end),
                "state"
                    | "house"
                    | "side"
                    | "bank"
                    | "office"
                    | "head"
                    | "general"
                    | "force"
                    | "nation"
                    | "command"
                    | "deputy"
                    | "fighter"
                    | "carrier"
                    | "team"
                    | "group"
                    | "movement"
                    | "mission"
                    | "media"
            )
            && !matches!(
                self.word(end),
                "side" | "office" | "head" | "mission" | "media" | "team"
            )
        {
            return None;
        }
        Some((end, office))
    }

    /// Joins the person's name after an office, or the place after an organ, and files the mention.
    fn finish_office(&mut self, mut mention: Mention, office: Office) -> usize {
        let next = mention.last + 1;
        if office == Office::Person || self.raw_at(next).is_some() {
            if let Some(person) = self
                .raw_mention(next)
                .filter(|person| person.class == Class::Person)
            {
                mention.last = person.last;
                mention.class = Class::Person;
                mention.person = person.person;
                mention.name = person.name;
            } else if let Some(end) = self.name_run(next) {
                mention.name = Some(self.text(next, end));
                mention.last = end;
                mention.class = Class::Person;
            } else if self.word(next) == "," && office == Office::Person {
                // "its president, Jane Doe,"
                let named = self
                    .raw_mention(next + 1)
                    .filter(|person| person.class == Class::Person)
                    .map(|person| (person.last, person.person))
                    .or_else(|| {
                        self.name_run(next + 1)
                            .filter(|end| *end > next + 1)
                            .map(|end| (end, None))
                    });
                if let Some((end, person)) = named
                    && matches!(self.word(end + 1), "," | "." | "")
                {
                    mention.name = Some(self.text(next + 1, end));
                    mention.last = end;
                    mention.class = Class::Person;
                    mention.person = person;
                }
            }
            if mention.class == Class::Person {
                self.remember(&mention);
            }
        }
        self.found.push(mention);
        self.next()
    }

    /// The end of a run of capitalised words that no list knows.
    fn name_run(&self, from: usize) -> Option<usize> {
        let mut end = None;
        let mut at = from;
        while at < self.tokens.len() && at < from + 6 {
            let token = &self.tokens[at];
            let word = token.low.as_ref();
            let particle = PARTICLES.contains(&word);
            let fits = (token.is_capital()
                && !is_calendar(word)
                && !is_function(word)
                && titles::office(word).is_none()
                && self.raw_party_at(at).is_none())
                || particle;
            if !fits {
                break;
            }
            if token.is_capital() {
                end = Some(at);
            }
            at += 1;
        }
        end
    }

    fn raw_party_at(&self, at: usize) -> Option<&Raw> {
        self.raw_at(at)
            .filter(|raw| matches!(raw.meaning, Meaning::Party(..)))
    }

    /// "foreign ministers of both countries", "President Biden", "the ministry".
    fn office_without_adjective(&mut self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        if self.raw_at(at).is_some()
            || words::is_determiner(&token.low) && !matches!(token.low.as_ref(), "two" | "three")
        {
            return None;
        }
        let (end, office) = self.office_phrase(at)?;
        if end >= self.tokens.len() {
            return None;
        }
        let next = end + 1;
        let out = (at.saturating_sub(1)..=end).any(|at| titles::is_out_of_office(self.word(at)));
        // "leaders of the GCC", "Permanent Observer for Palestine", "the foreign ministry in Pyongyang"
        if matches!(self.word(next), "of" | "for" | "in")
            && let Some(next) = self.office_of(at, end, office, out)
        {
            return Some(next);
        }
        let person = self
            .raw_mention(next)
            .filter(|person| person.class == Class::Person);
        let determiner = self.before(at).to_owned();
        let possessive = matches!(determiner.as_str(), "its" | "his" | "her" | "their");
        if let Some(person) = person {
            let mut mention = person;
            mention.first = at;
            mention.acts = (mention.acts || determiner == "then") && !out;
            self.remember(&mention);
            self.found.push(mention);
            return Some(self.next());
        }
        let named = (office == Office::Person && token.is_capital())
            .then(|| self.name_run(next))
            .flatten();
        if let Some(name_end) = named {
            let family = self.word(name_end).to_owned();
            let parties = match self.discourse.person(&family) {
                Some(known) => known.parties.clone(),
                None => self.owner(possessive),
            };
            let mut mention = Mention::new(at, name_end, parties, Class::Person);
            mention.acts = !out;
            mention.name = Some(self.text(next, name_end));
            self.remember(&mention);
            self.found.push(mention);
            return Some(self.next());
        }
        let definite = matches!(
            determiner.as_str(),
            "the" | "both" | "two" | "three" | "four" | "this" | "that" | "these" | "those"
        ) || possessive
            || matches!(self.word(at), "two" | "three");
        if !definite && !(token.is_capital() && at > 0 && office != Office::Person) {
            return None;
        }
        let reference = match office {
            Office::Person => Reference::Person,
            Office::People if possessive => Reference::Owned,
            Office::People => Reference::Several,
            Office::Organ if possessive => Reference::Owned,
            Office::Organ => Reference::Organ,
            Office::Force => Reference::Owned,
        };
        let reference = if possessive {
            Reference::Owned
        } else {
            reference
        };
        self.back(at, end, reference, office, out)
    }

    fn back(
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

    /// The party that a possessive or the context gives to an office without one.
    fn owner(&self, possessive: bool) -> Vec<PartyIndex> {
        let reference = if possessive {
            Reference::Owned
        } else {
            Reference::Organ
        };
        self.discourse
            .resolve(reference, &[], &self.found, self.tokens, self.gazetteer)
    }

    fn office_of(&mut self, at: usize, end: usize, office: Office, out: bool) -> Option<usize> {
        let preposition = self.word(end + 1).to_owned();
        let mut from = end + 2;
        // "heads of state of ECOWAS", "secretary of state for foreign affairs of X"
        if self.word(from) == "state" && self.word(from + 1) == "of" {
            from += 2;
        }
        // "the military in power in Niger"
        if preposition == "in"
            && matches!(self.word(from), "power" | "charge" | "control")
            && matches!(self.word(from + 1), "in" | "of")
        {
            from += 2;
        }
        if self.word(from) == "the" {
            from += 1;
        }
        let raw = self.raw_at(from)?.clone();
        let mut mention = self.raw_mention(from)?;
        let fits = match preposition.as_str() {
            "of" | "for" => {
                matches!(mention.class, Class::Name | Class::Place)
                    || (mention.class == Class::Person && office == Office::Organ)
            }
            "in" => matches!(mention.class, Class::Place | Class::Name) && office != Office::Person,
            _ => false,
        };
        if !fits {
            return None;
        }
        mention.first = at;
        mention.last = raw.last;
        mention.class = Class::Office(office);
        mention.acts = !out;
        mention.qualifies = false;
        // "the Emir of Qatar, Sheikh Tamim bin Hamad Al Thani,"
        Some(self.finish_office(mention, office))
    }

    fn pronoun(&mut self, at: usize) -> Option<usize> {
        let word = self.word(at);
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
                    .is_some_and(|token| token.is_word() && !is_function(&token.low))
                    && crate::extract::verbs::readings(follows).is_empty()
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
        // "…, it said": whoever spoke before, not who is spoken of
        let closes = matches!(word, "he" | "she" | "it" | "they")
            && matches!(self.before(at), "," | "\"" | "”")
            && crate::extract::verbs::readings(self.word(at + 1))
                .iter()
                .any(|reading| matches!(reading.lemma, "say" | "add" | "tell" | "warn" | "insist"));
        if closes {
            let parties = self
                .discourse
                .resolve(reference, &[], &[], self.tokens, self.gazetteer);
            if parties.is_empty() {
                return None;
            }
            self.found
                .push(Mention::new(at, at, parties, Class::Back(reference)));
            return Some(at + 1);
        }
        if word == "both" && words::is_determiner(self.word(at + 1)) {
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

    fn noun_back(&mut self, at: usize) -> Option<usize> {
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
        ) || (second == "the"
            && crate::extract::verbs::readings(determiner).is_empty());
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
            mention.acts = !(next..=end).any(|at| titles::is_out_of_office(self.word(at)));
            return Some(self.finish_office(mention, office));
        }
        Some(next)
    }

    /// A name that no list knows, told apart by an apposition, a bracket or an earlier mention.
    fn stranger(&mut self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        if !token.is_capital() || is_function(&token.low) || is_calendar(&token.low) {
            return None;
        }
        let end = self.name_run(at)?;
        if let Some(known) = self.discourse.person(self.word(end)) {
            let mut mention = Mention::new(at, end, known.parties.clone(), Class::Person);
            mention.acts = known.acts;
            mention.person = known.person;
            mention.name = Some(known.name.clone());
            self.found.push(mention);
            return Some(end + 1);
        }
        if end == at {
            return None;
        }
        if let Some(party) = self.country_in_brackets(end) {
            let mut mention = Mention::new(at, end, vec![party], Class::Person);
            mention.name = Some(self.text(at, end));
            self.remember(&mention);
            self.found.push(mention);
            return Some(end + 1);
        }
        // "Jane Doe, the Ruritanian foreign minister,"
        if self.word(end + 1) != "," {
            return None;
        }
        let mut from = end + 2;
        if matches!(self.word(from), "the" | "a" | "an") {
            from += 1;
        }
        let appositive = self.apposition(from)?;
        let mut mention = Mention::new(at, end, appositive, Class::Person);
        mention.name = Some(self.text(at, end));
        self.remember(&mention);
        self.found.push(mention);
        Some(end + 1)
    }

    /// The party of an office phrase in apposition: "Ruritania's foreign minister", "secretary of Iran's council".
    fn apposition(&self, from: usize) -> Option<Vec<PartyIndex>> {
        if let Some(mention) = self.raw_mention(from) {
            if matches!(mention.class, Class::Name | Class::Place | Class::People) {
                let office_from =
                    mention.last + 1 + usize::from(self.word(mention.last + 1) == "'s");
                return self.office_phrase(office_from).map(|_| mention.parties);
            }
            return None;
        }
        let (end, office) = self.office_phrase(from)?;
        let out = (from..=end).any(|at| titles::is_out_of_office(self.word(at)));
        if office != Office::Person || out {
            return None;
        }
        if matches!(self.word(end + 1), "of" | "for") {
            let from = end + 2 + usize::from(self.word(end + 2) == "the");
            let mention = self.raw_mention(from)?;
            return matches!(mention.class, Class::Name | Class::Place).then_some(mention.parties);
        }
        let parties = self.owner(false);
        (!parties.is_empty()).then_some(parties)
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

/// Family names of leaders that are everyday words or given names.
fn is_common(word: &str) -> bool {
    matches!(
        word,
        "may"
            | "brown"
            | "long"
            | "rice"
            | "king"
            | "young"
            | "bush"
            | "park"
            | "major"
            | "moon"
            | "han"
            | "lee"
            | "son"
            | "son's"
            | "hang"
            | "le"
            | "van"
            | "da"
            | "do"
            | "lam"
            | "man"
            | "key"
            | "ali"
            | "mohammed"
            | "ahmed"
            | "hassan"
            | "hussein"
            | "khan"
            | "chen"
            | "wang"
            | "li"
            | "yang"
            | "zhang"
            | "kim"
            | "singh"
            | "smith"
            | "johnson"
            | "jones"
            | "martin"
            | "michel"
            | "day"
            | "new"
            | "hope"
            | "grant"
            | "mills"
            | "santos"
            | "silva"
            | "costa"
            | "rose"
            | "bell"
            | "baker"
            | "cook"
            | "low"
            | "good"
            | "best"
            | "reid"
            | "abdullah"
            | "ibrahim"
            | "yusuf"
            | "musa"
            | "diaz"
            | "garcia"
            | "lopez"
            | "gonzalez"
    )
}

/// Days and months, which stand with a capital before a name.
fn is_calendar(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sept"
            | "sep"
            | "oct"
            | "nov"
            | "dec"
    )
}
