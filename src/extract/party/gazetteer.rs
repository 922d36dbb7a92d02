//! Reference data → an index of names: which words, in which case, may mean which party or person.
//!
//! Sources: [`crate::domain::reference`] and the parties that editors added. Which sense holds in a sentence is
//! decided by [`super::mention`].

use std::sync::LazyLock;

use chrono::NaiveDate;
use rustc_hash::FxHashMap as HashMap;

use crate::{
    domain::{
        edtf::Edtf,
        party::{OfficeTerm, Party, PartyCode, PartyKind},
        reference,
    },
    extract::token::{Shape, Token, tokens},
};

/// Place of a party in a gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PartyIndex(u32);

/// Place of a person in a gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PersonIndex(u32);

/// What a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// The party itself.
    Name(PartyIndex),
    /// A capital or a building that may stand for the party.
    Place(PartyIndex),
    /// An adjective or a word for the people.
    People(PartyIndex),
    /// A company, ship or person that an act may name; counts as its home.
    Held(PartyIndex),
    /// An office-holder by the full name.
    Person(PersonIndex),
    /// An office-holder by the family name alone.
    Family(PersonIndex),
}

/// A name found in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'g> {
    /// How many tokens it takes.
    pub len: usize,
    /// What it may mean, the likeliest first.
    pub senses: &'g [Sense],
    /// Whether it counts only beside a sure name of the same party.
    pub doubtful: bool,
}

/// A word of a name: by its number in the lists, or as it is where they lack it.
#[derive(Debug, PartialEq, Eq)]
enum Word {
    Listed(u16),
    Other(String),
}

impl Word {
    fn of(token: &Token) -> Self {
        match token.known.id {
            0 => Self::Other(token.low.to_string()),
            id => Self::Listed(id),
        }
    }

    fn is(&self, token: &Token) -> bool {
        match self {
            Self::Listed(id) => token.known.id == *id,
            Self::Other(word) => token.known.id == 0 && token.low == *word,
        }
    }
}

#[derive(Debug)]
struct Entry {
    rest: Vec<Word>,
    /// The spelling that must be met exactly, for short names.
    exact: Option<String>,
    capital: bool,
    doubtful: bool,
    senses: Vec<Sense>,
}

#[derive(Debug)]
struct Row {
    code: PartyCode,
    name: String,
    kind: PartyKind,
    /// The party that its acts count for.
    counts_as: PartyIndex,
}

#[derive(Debug)]
struct Person {
    /// Whether the person leads a state or its diplomacy in some term.
    leads: bool,
    terms: Vec<(PartyIndex, NaiveDate, Option<NaiveDate>)>,
    ambiguous: bool,
}

/// The names of parties and office-holders.
#[derive(Debug)]
pub struct Gazetteer {
    rows: Vec<Row>,
    people: Vec<Person>,
    /// The names by the number of their first word.
    names: Vec<Vec<Entry>>,
    /// The names that begin with a word of no list, by that word.
    others: HashMap<String, Vec<Entry>>,
    codes: HashMap<PartyCode, PartyIndex>,
}

static BUILTIN: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::with_extra(&[]));

/// Every name of the parties and office-holders that are compiled in.
pub(crate) fn builtin_names() -> impl Iterator<Item = &'static str> {
    let parties = reference::parties().iter().flat_map(|party| {
        std::iter::once(&party.name)
            .chain(&party.aliases)
            .chain(&party.demonyms)
            .chain(&party.metonyms)
    });
    let persons = reference::office_terms().iter().flat_map(|term| {
        [&term.name, &term.family_name]
            .into_iter()
            .chain(&term.aliases)
    });
    parties.chain(persons).map(String::as_str)
}

/// Names that are too often something else to count alone.
const DOUBTFUL: &[&str] = &[
    "male",
    "victoria",
    "santiago",
    "nassau",
    "georgetown",
    "kingston",
    "san jose",
    "san josé",
    "bridgetown",
    "oz",
    "columbia",
    "maurice",
    "lett",
    "magyar",
    "pole",
    "poles",
    "england",
    "english",
    "the states",
    "pa",
    "mons",
    "shape",
    "emirates",
    "holland",
    "roseau",
    "castries",
    "st john's",
    "st. john's",
    "st george's",
    "chequers",
    "the fund",
    "the bank",
    "the court",
    "the union",
    "the commission",
    "the council",
    "the agency",
    "the alliance",
    "the bloc",
    "the league",
    "persian",
    "persians",
    "kiwi",
    "kiwis",
    "roma",
    "republic",
    "moroni",
    "san marino",
    "valletta",
    "male'",
    "yankee",
    "yankees",
    "brit",
    "brits",
    "the world body",
    "first avenue",
    "capitol",
    "beltway",
    "finn",
    "turk",
    "car",
    "congress party",
    "tripoli",
    "papal",
    "pontifical",
    "rf",
    "r.f.",
    "p.a.",
    "png",
];

/// Dependent and disputed places whose own leaders act; what happens in any other is an act of, or toward, the parent.
const ACT_THEMSELVES: &[&str] = &[
    "ABKHAZIA",
    "CATALONIA",
    "CHECHNYA",
    "DNR",
    "GRL",
    "HKG",
    "KARABAKH",
    "KURDISTAN REGION",
    "LNR",
    "MAC",
    "NORTHERN CYPRUS",
    "PUNTLAND",
    "REPUBLIKA SRPSKA",
    "ROJAVA",
    "SOMALILAND",
    "SOUTH OSSETIA",
    "TIGRAY",
    "TRANSNISTRIA",
];

impl Gazetteer {
    /// The names that are compiled in.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The names that are compiled in, and those of parties that editors added or changed.
    pub fn with_extra(extra: &[Party]) -> Self {
        Self::build(
            reference::parties().iter().chain(extra),
            reference::office_terms(),
        )
    }

    fn build<'p>(parties: impl Iterator<Item = &'p Party>, terms: &[OfficeTerm]) -> Self {
        let mut gazetteer = Self {
            rows: Vec::new(),
            people: Vec::new(),
            names: Vec::new(),
            others: HashMap::default(),
            codes: HashMap::default(),
        };
        let parties: Vec<&Party> = parties.collect();
        for party in &parties {
            let index = PartyIndex(u32::try_from(gazetteer.rows.len()).unwrap_or(u32::MAX));
            gazetteer.codes.insert(party.code.clone(), index);
            gazetteer.rows.push(Row {
                code: party.code.clone(),
                name: party.name.clone(),
                kind: party.kind,
                counts_as: index,
            });
        }
        for party in &parties {
            gazetteer.add_party(party);
        }
        let mut by_name: HashMap<&str, PersonIndex> = HashMap::default();
        for term in terms {
            let person = *by_name.entry(&term.name).or_insert_with(|| {
                gazetteer.people.push(Person {
                    leads: false,
                    terms: Vec::new(),
                    ambiguous: false,
                });
                PersonIndex(u32::try_from(gazetteer.people.len() - 1).unwrap_or(u32::MAX))
            });
            gazetteer.add_term(person, term);
        }
        for entries in gazetteer
            .names
            .iter_mut()
            .chain(gazetteer.others.values_mut())
        {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        gazetteer
    }

    fn add_party(&mut self, party: &Party) {
        let Some(&index) = self.codes.get(&party.code) else {
            return;
        };
        let parent = party
            .parent
            .as_ref()
            .and_then(|code| self.codes.get(code))
            .copied();
        let counts_as = match (party.kind, parent) {
            (
                PartyKind::Agency
                | PartyKind::Company
                | PartyKind::Vessel
                | PartyKind::Person
                | PartyKind::Body,
                Some(parent),
            ) => parent,
            (PartyKind::Group, Some(parent)) if self.kind(parent) == PartyKind::Group => parent,
            (PartyKind::State, Some(parent)) if !ACT_THEMSELVES.contains(&party.code.as_str()) => {
                parent
            }
            _ => index,
        };
        if let Some(row) = self.rows.get_mut(index.0 as usize) {
            row.counts_as = counts_as;
        }
        let ambiguous = quoted(&party.ambiguous);
        let doubtful = |name: &str| {
            let folded = name.to_lowercase();
            DOUBTFUL.contains(&folded.as_str())
                || (ambiguous.contains(&name)
                    && !matches!(party.kind, PartyKind::State | PartyKind::Body))
        };
        let held = matches!(
            party.kind,
            PartyKind::Company | PartyKind::Vessel | PartyKind::Person
        );
        let own = if held {
            Sense::Held(index)
        } else {
            Sense::Name(index)
        };
        for name in std::iter::once(&party.name).chain(&party.aliases) {
            let is_place = party.metonyms.contains(name);
            let sense = if is_place { Sense::Place(index) } else { own };
            self.add_name(name, sense, doubtful(name));
        }
        for name in &party.demonyms {
            self.add_name(name, Sense::People(index), doubtful(name));
        }
        for name in &party.metonyms {
            self.add_name(name, Sense::Place(index), doubtful(name));
        }
    }

    fn add_term(&mut self, person: PersonIndex, term: &OfficeTerm) {
        let Some(&party) = self.codes.get(&term.code) else {
            return;
        };
        if let Some(row) = self.people.get_mut(person.0 as usize) {
            row.terms.push((party, term.from, term.to));
            row.ambiguous |= term.ambiguous;
            row.leads |= matches!(
                term.office.as_str(),
                "head_of_state" | "head_of_government" | "supreme_leader" | "foreign_minister"
            );
        }
        for name in std::iter::once(&term.name)
            .chain(std::iter::once(&term.family_name))
            .chain(&term.aliases)
        {
            let alone = name == &term.family_name || !name.contains([' ', '-']);
            let sense = if alone {
                Sense::Family(person)
            } else {
                Sense::Person(person)
            };
            self.add_name(name, sense, false);
        }
    }

    fn add_name(&mut self, name: &str, sense: Sense, doubtful: bool) {
        let parts = tokens(name, 0..name.len());
        let Some((first, rest)) = parts.split_first() else {
            return;
        };
        let letters = name.chars().filter(|sign| sign.is_alphabetic()).count();
        let exact = (rest.is_empty() && letters <= 4).then(|| name.to_owned());
        let rest: Vec<Word> = rest.iter().map(Word::of).collect();
        let entries = match usize::from(first.known.id) {
            0 => self.others.entry(first.low.to_string()).or_default(),
            id => {
                if self.names.len() <= id {
                    self.names.resize_with(id + 1, Vec::new);
                }
                &mut self.names[id]
            }
        };
        let capital = parts.iter().any(Token::is_capital);
        let known = entries
            .iter_mut()
            .find(|entry| entry.rest == rest && entry.exact == exact && entry.capital == capital);
        if let Some(entry) = known {
            if !entry.senses.contains(&sense) {
                entry.senses.push(sense);
            }
            return;
        }
        entries.push(Entry {
            rest,
            exact,
            capital,
            doubtful,
            senses: vec![sense],
        });
    }

    /// The longest name that begins at a token.
    pub(crate) fn find(&self, tokens: &[Token], at: usize) -> Option<Found<'_>> {
        let first = tokens.get(at)?;
        let entries = match usize::from(first.known.id) {
            0 if self.others.is_empty() => return None,
            0 => self.others.get(first.low.as_ref())?,
            id => self.names.get(id)?,
        };
        entries
            .iter()
            .find(|entry| entry.fits(tokens, at))
            .map(|entry| Found {
                len: entry.rest.len() + 1,
                senses: &entry.senses,
                doubtful: entry.doubtful,
            })
    }

    /// The place of a code.
    pub(crate) fn index(&self, code: &str) -> Option<PartyIndex> {
        code.parse()
            .ok()
            .and_then(|code: PartyCode| self.codes.get(&code))
            .copied()
    }

    /// The party that acts of this one count for: the state of an agency, the home of a company.
    pub(crate) fn counts_as(&self, index: PartyIndex) -> PartyIndex {
        self.rows
            .get(index.0 as usize)
            .map_or(index, |row| row.counts_as)
    }

    pub(crate) fn kind(&self, index: PartyIndex) -> PartyKind {
        self.rows
            .get(index.0 as usize)
            .map_or(PartyKind::State, |row| row.kind)
    }

    pub(crate) fn code(&self, index: PartyIndex) -> Option<&PartyCode> {
        self.rows.get(index.0 as usize).map(|row| &row.code)
    }

    pub(crate) fn name(&self, index: PartyIndex) -> &str {
        self.rows.get(index.0 as usize).map_or("", |row| &row.name)
    }

    /// The name of a code as it is shown; the code itself where it is unknown.
    pub fn name_of<'g>(&'g self, code: &'g PartyCode) -> &'g str {
        self.codes
            .get(code)
            .map_or(code.as_str(), |index| self.name(*index))
    }

    /// Adds to the codes of an act the state that a past one lives on as: Russia to the Soviet Union, Serbia to the
    /// Yugoslavia that was left after April 1992. Source: coding guide, decided cases.
    pub(crate) fn add_successors(&self, codes: &mut Vec<PartyCode>, date: &Edtf) {
        let rump = NaiveDate::from_ymd_opt(1992, 4, 27);
        for (past, heir, from) in [("SUN", "RUS", None), ("YUG", "SRB", rump)] {
            let late = from.is_none_or(|from| {
                let last = date.latest().or_else(|| date.earliest());
                last.is_some_and(|last| last >= from)
            });
            if late
                && codes.iter().any(|code| code.as_str() == past)
                && let Some(heir) = self.index(heir).and_then(|index| self.code(index))
                && !codes.contains(heir)
            {
                codes.push(heir.clone());
            }
        }
    }

    /// The party that a person speaks for on a day, the latest term first.
    pub(crate) fn speaks_for(&self, person: PersonIndex, day: NaiveDate) -> Option<PartyIndex> {
        let person = self.people.get(person.0 as usize)?;
        person
            .terms
            .iter()
            .filter(|(_, from, to)| *from <= day && to.is_none_or(|to| day <= to))
            .max_by_key(|(_, from, _)| *from)
            .map(|(party, _, _)| *party)
    }

    /// The party that a person spoke for in the latest term that had begun by a day.
    pub(crate) fn spoke_for(&self, person: PersonIndex, day: NaiveDate) -> Option<PartyIndex> {
        let person = self.people.get(person.0 as usize)?;
        person
            .terms
            .iter()
            .filter(|(_, from, _)| *from <= day)
            .max_by_key(|(_, from, _)| *from)
            .map(|(party, _, _)| *party)
    }

    /// Whether the person leads a state or its diplomacy.
    pub(crate) fn leads(&self, person: PersonIndex) -> bool {
        self.people
            .get(person.0 as usize)
            .is_some_and(|person| person.leads)
    }

    /// Whether the family name alone is too common to go by.
    pub(crate) fn is_ambiguous(&self, person: PersonIndex) -> bool {
        self.people
            .get(person.0 as usize)
            .is_none_or(|person| person.ambiguous)
    }
}

impl Entry {
    fn fits(&self, tokens: &[Token], at: usize) -> bool {
        let Some(window) = tokens.get(at..=at + self.rest.len()) else {
            return false;
        };
        let first = &window[0];
        if let Some(exact) = &self.exact {
            let shouted = first.shape == Shape::Upper
                && first.text.len() >= 4
                && exact.chars().any(char::is_lowercase)
                && exact.starts_with(char::is_uppercase);
            if first.text != exact && !shouted {
                return false;
            }
        } else if self.capital && !window.iter().any(Token::is_capital) {
            return false;
        }
        window[1..]
            .iter()
            .zip(&self.rest)
            .all(|(token, word)| word.is(token))
            && (self.rest.is_empty()
                || !self.capital
                || window.iter().filter(|token| token.is_capital()).count() >= 1)
    }
}

/// The names in quotes that a note of ambiguity is about.
fn quoted(note: &str) -> Vec<&str> {
    note.split("; ")
        .filter_map(|part| {
            part.trim_start_matches("yes:")
                .split_once("':")
                .map(|(names, _)| names)
        })
        .flat_map(|names| names.split(" and "))
        .map(|name| name.trim().trim_matches('\''))
        .collect()
}

#[cfg(test)]
mod tests;
