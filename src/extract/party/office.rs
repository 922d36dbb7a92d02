//! Offices with the party they belong to and the person who holds them: "the Turkish foreign minister, Jane Doe,".

use super::{
    gazetteer::PartyIndex,
    mention::{Class, Finder, Mention},
    name::{Meaning, Raw, is_calendar, is_function},
    pronouns::Reference,
    titles::{self, Office},
};
use crate::extract::{token::Shape, words};

/// Words inside a personal name.
const PARTICLES: &[&str] = &[
    "al", "bin", "bint", "ibn", "von", "van", "der", "den", "de", "la", "le", "el", "di", "da",
    "dos", "ul", "ud", "abu", "y",
];

impl Finder<'_, '_> {
    /// "LINDA THOMAS-GREENFIELD (United States)".
    pub(super) fn country_in_brackets(&self, last: usize) -> Option<PartyIndex> {
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

    /// "Leonid Kuchma of Ukraine": where the state after a person's name ends, and which it is.
    pub(super) fn state_after(&self, last: usize) -> Option<(usize, PartyIndex)> {
        if self.word(last + 1) != "of" {
            return None;
        }
        let from = last + 2 + usize::from(self.word(last + 2) == "the");
        let raw = self.raw_at(from)?;
        match raw.meaning {
            Meaning::Party(party, Class::Name) if self.word(raw.last + 1) != "'s" => {
                Some((raw.last, self.gazetteer.counts_as(party)))
            }
            _ => None,
        }
    }

    /// Joins the state after a person's name, who then speaks for it.
    pub(super) fn join_state(&self, mention: &mut Mention) {
        if let Some((last, party)) = self.state_after(mention.last) {
            mention.last = last;
            if !mention.parties.contains(&party) {
                mention.parties = vec![party];
            }
        }
    }

    pub(super) fn out_of_office_before(&self, first: usize) -> bool {
        (first.saturating_sub(2)..first).any(|at| titles::is_out_of_office(self.known(at)))
    }

    /// Where the titles before a personal name begin.
    pub(super) fn title_start(&self, first: usize) -> usize {
        let floor = self.next();
        let mut start = first;
        while start > floor {
            let (word, known) = (self.word(start - 1), self.known(start - 1));
            let title = titles::is_courtesy(known)
                || titles::office(known).is_some()
                || titles::is_office_modifier(known)
                || (word == "." && start >= 2 && titles::is_courtesy(self.known(start - 2)));
            if !title || word == "and" {
                break;
            }
            start -= 1;
        }
        start
    }

    /// The end of the office words that begin here, and which office they name.
    pub(super) fn office_phrase(&self, from: usize) -> Option<(usize, Office)> {
        let mut end = None;
        let mut at = from;
        while at < self.tokens.len() && at < from + 7 {
            let token = &self.tokens[at];
            let word = token.low.as_ref();
            if let Some(office) = titles::office(token) {
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
            } else if !(titles::is_office_modifier(token)
                || titles::is_out_of_office(token)
                || (token.is_capital()
                    && self.raw_at(at).is_none()
                    && !is_function(token)
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
                last = self.portfolio(last).unwrap_or(last);
                end = Some((last, Office::Person));
                at = last + 1;
                continue;
            }
            if let Some((last, Office::Person)) = end.filter(|(end, _)| *end == at)
                && let Some(portfolio) = self.portfolio(last)
            {
                end = Some((portfolio, Office::Person));
                at = portfolio + 1;
                continue;
            }
            at += 1;
        }
        let (end, office) = end?;
        (!self.is_no_office(from, end)).then_some((end, office))
    }

    /// "for Western Hemisphere Affairs", "for political and security affairs": where a portfolio after an office ends.
    fn portfolio(&self, last: usize) -> Option<usize> {
        if !matches!(self.word(last + 1), "for" | "of") {
            return None;
        }
        (last + 2..(last + 8).min(self.tokens.len()))
            .take_while(|at| {
                self.tokens[*at].is_word()
                    && self.raw_at(*at).is_none()
                    && (!is_function(&self.tokens[*at]) || self.word(*at) == "and")
            })
            .find(|at| matches!(self.word(*at), "affairs" | "policy" | "relations"))
    }

    /// Words that only look like an office: a news agency, a bank by its name, "state" and the like alone.
    fn is_no_office(&self, from: usize, end: usize) -> bool {
        // news agencies report, they do not act
        if matches!(self.word(end), "agency" | "agencies") && self.before(end) == "news" {
            return true;
        }
        // "Northgate Bank" is a company, "the central bank" an organ
        if self.word(end) == "bank"
            && end > from
            && self.tokens[end - 1].is_capital()
            && !matches!(
                self.before(end),
                "central" | "national" | "state" | "reserve"
            )
        {
            return true;
        }
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
            return true;
        }
        false
    }

    /// Joins the person's name after an office, or the place after an organ, and files the mention.
    pub(super) fn finish_office(&mut self, mut mention: Mention, office: Office) -> usize {
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
                self.join_state(&mut mention);
            }
        }
        self.found.push(mention);
        self.next()
    }

    /// The end of a run of capitalised words that no list knows.
    pub(super) fn name_run(&self, from: usize) -> Option<usize> {
        let mut end = None;
        let mut at = from;
        while at < self.tokens.len() && at < from + 6 {
            let token = &self.tokens[at];
            let word = token.low.as_ref();
            let particle = PARTICLES.contains(&word);
            let fits = (token.is_capital()
                && !is_calendar(token)
                && !is_function(token)
                && titles::office(token).is_none()
                && self
                    .raw_party_at(at)
                    .is_none_or(|raw| at > from && raw.last == at && self.is_surname(at)))
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

    /// Whether a place's name ends a person's: "President Ricardo Lagos", after a title and a given name.
    fn is_surname(&self, at: usize) -> bool {
        let given = at - 1;
        let titled = given.checked_sub(1).is_some_and(|before| {
            titles::office(&self.tokens[before]) == Some(Office::Person)
                || titles::is_courtesy(&self.tokens[before])
        });
        titled && self.tokens[given].shape == Shape::Capital && self.raw_at(given).is_none()
    }

    pub(super) fn raw_party_at(&self, at: usize) -> Option<&Raw> {
        self.raw_at(at)
            .filter(|raw| matches!(raw.meaning, Meaning::Party(..)))
    }

    /// "foreign ministers of both countries", "President Biden", "the ministry".
    pub(super) fn office_without_adjective(&mut self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        if self.raw_at(at).is_some()
            || words::is_determiner(token) && !matches!(token.low.as_ref(), "two" | "three")
        {
            return None;
        }
        let (end, office) = self.office_phrase(at)?;
        if end >= self.tokens.len() {
            return None;
        }
        let next = end + 1;
        let out = (at.saturating_sub(1)..=end).any(|at| titles::is_out_of_office(self.known(at)));
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
            self.join_state(&mut mention);
            self.found.push(mention);
            return Some(self.next());
        }
        let named = (matches!(office, Office::Person | Office::People) && token.is_capital())
            .then(|| self.name_run(next))
            .flatten();
        if let Some(name_end) = named {
            let state = self.state_after(name_end);
            let parties = match (state, self.discourse.person(self.word(name_end))) {
                (Some((_, party)), _) => vec![party],
                (None, Some(known)) => known.parties.clone(),
                (None, None) => self.owner_of(at, end, possessive),
            };
            let mut mention = Mention::new(at, name_end, parties, Class::Person);
            mention.acts = !out;
            mention.name = Some(self.text(next, name_end));
            self.remember(&mention);
            mention.last = state.map_or(name_end, |(last, _)| last);
            self.found.push(mention);
            return Some(self.next());
        }
        let definite = matches!(
            determiner.as_str(),
            "the" | "both" | "two" | "three" | "four" | "this" | "that" | "these" | "those"
        ) || possessive
            || matches!(self.word(at), "two" | "three");
        let bare_organ = token.is_capital() && at > 0 && office != Office::Person;
        if !definite && !bare_organ {
            return None;
        }
        // "the missiles", "the soldiers" are anybody's; "the army" is that of the country spoken of
        if office == Office::Force
            && !possessive
            && !matches!(
                self.word(end),
                "army" | "military" | "navy" | "airforce" | "forces"
            )
        {
            return None;
        }
        let reference = match office {
            Office::Person => Reference::Person,
            Office::People => Reference::Several,
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

    /// The party that a possessive or the context gives to an office without one.
    pub(super) fn owner(&self, possessive: bool) -> Vec<PartyIndex> {
        let reference = if possessive {
            Reference::Owned
        } else {
            Reference::Organ
        };
        self.discourse
            .resolve(reference, &[], &self.found, self.tokens, self.gazetteer)
    }

    /// The same, by the organ among the words of the office where it was told of: "ministry spokesman".
    fn owner_of(&self, first: usize, last: usize, possessive: bool) -> Vec<PartyIndex> {
        let told = (first..=last).find_map(|at| self.discourse.organs.get(self.word(at)));
        told.cloned().unwrap_or_else(|| self.owner(possessive))
    }

    pub(super) fn office_of(
        &mut self,
        at: usize,
        end: usize,
        office: Office,
        out: bool,
    ) -> Option<usize> {
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
        // "a spokesman for the Ruritanian foreign ministry", "the head of Sylvania's parliament"
        let possessive = usize::from(self.word(raw.last + 1) == "'s");
        let organ = (possessive == 1 || mention.class == Class::People)
            .then(|| self.office_phrase(raw.last + 1 + possessive))
            .flatten()
            .filter(|(_, organ)| matches!(organ, Office::Organ | Office::Person | Office::People));
        if let (Some((organ_end, _)), "of" | "for") = (organ, preposition.as_str())
            && matches!(mention.class, Class::Name | Class::Place | Class::People)
        {
            mention.first = at;
            mention.last = organ_end;
            mention.class = Class::Office(office);
            mention.acts = !out;
            mention.qualifies = false;
            return Some(self.finish_office(mention, office));
        }
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

    /// A name that no list knows, told apart by an apposition, a bracket or an earlier mention.
    pub(super) fn stranger(&mut self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        if !token.is_capital() || is_function(token) || is_calendar(token) {
            return None;
        }
        let end = self.name_run(at)?;
        if let Some(known) = self.discourse.person(self.word(end)) {
            let mention = Mention::of_known(at, end, known);
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
        // "Presidents Jane Doe of Ruritania and John Roe of Sylvania"
        if let Some((last, party)) = self.state_after(end)
            && matches!(self.before(at), "and" | ",")
            && self.found.last().is_some_and(|beside| {
                beside.class == Class::Person && beside.last + 2 >= at && beside.acts
            })
        {
            let mut mention = Mention::new(at, end, vec![party], Class::Person);
            mention.name = Some(self.text(at, end));
            self.remember(&mention);
            mention.last = last;
            self.found.push(mention);
            return Some(last + 1);
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
    pub(super) fn apposition(&self, from: usize) -> Option<Vec<PartyIndex>> {
        if let Some(mention) = self.raw_mention(from) {
            if matches!(mention.class, Class::Name | Class::Place | Class::People) {
                let office_from =
                    mention.last + 1 + usize::from(self.word(mention.last + 1) == "'s");
                return self.office_phrase(office_from).map(|_| mention.parties);
            }
            return None;
        }
        let (end, office) = self.office_phrase(from)?;
        let out = (from..=end).any(|at| titles::is_out_of_office(self.known(at)));
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
