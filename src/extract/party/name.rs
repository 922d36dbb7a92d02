//! Tokens → names as the gazetteer knows them, with the sense that their neighbours leave.

use chrono::NaiveDate;

use super::{
    gazetteer::{Gazetteer, PartyIndex, PersonIndex, Sense},
    mention::Class,
    titles::{self, Office},
};
use crate::extract::{
    lexis::{self, Known},
    token::{Shape, Token},
    verbs,
};

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
    pub(super) meaning: Meaning,
}

#[derive(Debug, Clone)]
pub(super) enum Meaning {
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
            titles::is_courtesy(token)
                || (token.is_capital() && titles::office(token) == Some(Office::Person))
        }) || (before.is_some_and(|token| token.text == ".")
            && first >= 2
            && titles::is_courtesy(&tokens[first - 2]));
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
                && !is_calendar(token)
                && titles::office(token).is_none()
                && !titles::is_office_modifier(token)
                && !is_function(token)
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
        .filter(|before| *before > 0 || is_given_name(&tokens[*before].low))
        .and_then(|before| tokens.get(before))
        .filter(|token| !token.hyphened);
    let named = stranger(given)
        && gazetteer.find(tokens, at - 1).is_none()
        && verbs::readings(&tokens[at - 1].low).is_empty();
    next_is_name || named
}

/// Given names that stand before a surname at the head of a sentence.
fn is_given_name(word: &str) -> bool {
    matches!(
        word,
        "michael"
            | "john"
            | "james"
            | "david"
            | "robert"
            | "william"
            | "paul"
            | "peter"
            | "thomas"
            | "richard"
            | "mary"
            | "jack"
            | "irving"
            | "vernon"
            | "hamilton"
            | "barbara"
            | "neil"
            | "joe"
            | "kathy"
            | "tom"
            | "jim"
            | "bob"
            | "steve"
            | "mark"
            | "mike"
            | "alex"
            | "chris"
            | "lynn"
            | "anna"
            | "sarah"
    )
}

pub(super) fn is_function(word: impl Into<&'static Known>) -> bool {
    word.into().is(lexis::Class::NameFunction)
}

/// Family names of leaders that are everyday words or given names.
pub(super) fn is_common(word: &str) -> bool {
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
pub(in crate::extract) const CALENDAR: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may \
    june july august september october november december jan feb mar apr jun jul aug sept sep \
    oct nov dec";

pub(super) fn is_calendar(word: impl Into<&'static Known>) -> bool {
    word.into().is(lexis::Class::Calendar)
}
