//! What an article has spoken of up to a sentence: persons by name and title, subjects, states in order.
//!
//! [`super::pronouns`] resolves by it what refers back.

use std::collections::{HashMap, HashSet};

use super::{
    gazetteer::{PartyIndex, PersonIndex},
    mention::{Class, Mention},
    name::{is_calendar, is_function},
    pronouns::{Reference, is_woman},
    titles::Office,
};
use crate::extract::{
    token::{Shape, Token},
    words,
};

/// A person told of in the article.
#[derive(Debug, Clone)]
pub(crate) struct Remembered {
    pub parties: Vec<PartyIndex>,
    pub acts: bool,
    pub person: Option<PersonIndex>,
    pub name: String,
}

/// What the article has spoken of up to a sentence.
#[derive(Debug, Default)]
pub(crate) struct Discourse {
    pub(super) sure: HashSet<PartyIndex>,
    pub(super) people: HashMap<String, Remembered>,
    /// The office-holders of the gazetteer that were told of.
    pub(super) holders: HashMap<PersonIndex, Remembered>,
    /// The last holder told of by the last word of the title, and by "crown prince" and the like.
    pub(super) titles: HashMap<String, Vec<PartyIndex>>,
    /// The parties of the last ministry, parliament or the like told of, by that word.
    pub(super) organs: HashMap<String, Vec<PartyIndex>>,
    /// The parties of the last person who was a subject.
    pub(super) last_person: Vec<PartyIndex>,
    /// The parties of the last woman told of, by title or given name.
    pub(super) last_woman: Vec<PartyIndex>,
    /// The parties of the last subject that was no person.
    pub(super) last_party: Vec<PartyIndex>,
    /// The last subject of any sort.
    pub(super) last_subject: Vec<PartyIndex>,
    /// The last several that acted together.
    pub(super) last_several: Vec<PartyIndex>,
    /// States and bodies in the order of last mention, the latest last.
    pub(super) states: Vec<PartyIndex>,
    /// Those for whom persons were told of, in the order of last mention.
    pub(super) spoken_for: Vec<PartyIndex>,
    /// Words of names that no list knows.
    pub(super) strangers: HashSet<String>,
    /// Whether the last sentence was about such a name, so that "he" and "it" are not who was told of before.
    pub(super) of_stranger: bool,
    /// The state of the dateline.
    pub(super) local: Option<PartyIndex>,
}

impl Discourse {
    pub fn new(sure: HashSet<PartyIndex>, local: Option<PartyIndex>) -> Self {
        Self {
            sure,
            local,
            ..Self::default()
        }
    }

    /// Whether the article names the party beyond doubt.
    pub fn is_sure(&self, party: PartyIndex) -> bool {
        self.sure.contains(&party)
    }

    /// Who bears a folded family name, as told earlier.
    pub fn person(&self, family: &str) -> Option<&Remembered> {
        self.people.get(family)
    }

    /// Who is meant by a name that some office-holders bear, if one of them was told of.
    pub fn one_of(&self, persons: &[PersonIndex]) -> Option<&Remembered> {
        persons.iter().find_map(|person| self.holders.get(person))
    }

    /// Keeps a person's names for later mentions by the family name.
    pub fn remember(&mut self, mention: &Mention, tokens: &[Token]) {
        let Some(name) = &mention.name else { return };
        if mention.class != Class::Person || mention.parties.is_empty() {
            return;
        }
        let Some(last) = tokens.get(mention.last) else {
            return;
        };
        let known = Remembered {
            parties: mention.parties.clone(),
            acts: mention.acts,
            person: mention.person,
            name: name.clone(),
        };
        if let Some(person) = mention.person {
            self.holders.entry(person).or_insert_with(|| known.clone());
        }
        for at in mention.first..mention.last {
            let word = tokens[at].low.as_ref();
            if super::titles::office(word) == Some(Office::Person) {
                let before = at.checked_sub(1).map_or("", |at| tokens[at].low.as_ref());
                self.titles
                    .insert(format!("{before} {word}"), mention.parties.clone());
                self.titles.insert(word.to_owned(), mention.parties.clone());
            }
        }
        if last.text.chars().count() > 1 {
            self.people.entry(last.low.to_string()).or_insert(known);
        }
    }

    /// Takes in a sentence that has been read.
    pub fn advance(&mut self, found: &[Mention], tokens: &[Token], subject: Option<&[PartyIndex]>) {
        let group = coordinated(found, tokens);
        if group.len() > 1 {
            self.last_several = group;
        }
        if let Some(mention) = found.iter().find(|mention| {
            is_free(mention, tokens)
                && mention.acts
                && matches!(
                    mention.class,
                    Class::Person | Class::Office(Office::Person) | Class::Back(Reference::Person)
                )
        }) {
            self.last_person.clone_from(&mention.parties);
        }
        if let Some(mention) = found.iter().find(|mention| {
            is_free(mention, tokens)
                && !mention.parties.is_empty()
                && !mention.qualifies
                && matches!(
                    mention.class,
                    Class::Name
                        | Class::Place
                        | Class::Office(Office::Organ | Office::People)
                        | Class::Back(
                            Reference::It | Reference::Organ | Reference::Body | Reference::Owned
                        )
                )
        }) {
            self.last_party.clone_from(&mention.parties);
        }
        // "…," the White House said: it, not whom it speaks of
        if let Some(subject) = subject
            && found.iter().any(|mention| {
                mention.parties == subject
                    && matches!(
                        mention.class,
                        Class::Name | Class::Place | Class::Office(Office::Organ | Office::People)
                    )
            })
        {
            self.last_party = subject.to_vec();
        }
        if let Some(subject) = subject {
            self.last_subject = subject.to_vec();
        } else if let Some(mention) = found.iter().find(|mention| {
            is_free(mention, tokens) && !mention.parties.is_empty() && !mention.qualifies
        }) {
            self.last_subject.clone_from(&mention.parties);
        }
        for party in found.iter().flat_map(|mention| &mention.parties) {
            self.states.retain(|known| known != party);
            self.states.push(*party);
        }
        if let Some(woman) = found.iter().rev().find(|mention| is_woman(mention, tokens)) {
            self.last_woman.clone_from(&woman.parties);
        }
        for mention in found
            .iter()
            .filter(|mention| mention.class == Class::Office(Office::Organ))
        {
            let word = tokens[mention.last].low.as_ref();
            if is_own_organ(word) && !mention.parties.is_empty() {
                self.organs.insert(word.to_owned(), mention.parties.clone());
            }
        }
        for party in spoken_for(found) {
            self.spoken_for.retain(|known| *known != party);
            self.spoken_for.push(party);
        }
        self.meet_strangers(found, tokens);
    }

    /// Keeps the names that no list knows, and whether the sentence begins with one.
    fn meet_strangers(&mut self, found: &[Mention], tokens: &[Token]) {
        let unknown = |at: usize| {
            tokens.get(at).is_some_and(|token| {
                token.shape == Shape::Capital && !is_function(token) && !is_calendar(token)
            }) && !found
                .iter()
                .any(|mention| (mention.first..=mention.last).contains(&at))
        };
        let first = tokens
            .iter()
            .take(4)
            .position(|token| token.is_word() && token.low != "the")
            .unwrap_or(0);
        self.of_stranger = unknown(first)
            && (unknown(first + 1) || self.strangers.contains(tokens[first].low.as_ref()));
        for (at, token) in tokens.iter().enumerate().skip(first + 1) {
            if unknown(at) && !self.strangers.contains(token.low.as_ref()) {
                self.strangers.insert(token.low.to_string());
            }
        }
    }
}

/// Organs that a state has one of, so that the word alone means the one told of before.
pub(super) fn is_own_organ(word: &str) -> bool {
    matches!(
        word,
        "ministry" | "parliament" | "cabinet" | "embassy" | "presidency" | "junta" | "senate"
    )
}

/// The parties for whom the persons of a sentence speak, each once.
pub(super) fn spoken_for(found: &[Mention]) -> Vec<PartyIndex> {
    let mut parties = Vec::new();
    for mention in found
        .iter()
        .filter(|mention| matches!(mention.class, Class::Person | Class::Office(Office::Person)))
    {
        if let [party] = mention.parties[..]
            && !parties.contains(&party)
        {
            parties.push(party);
        }
    }
    parties
}

/// Whether a mention heads its noun phrase: no preposition stands before it.
pub(crate) fn is_free(mention: &Mention, tokens: &[Token]) -> bool {
    let mut at = mention.first;
    while at > 0 {
        let word = tokens[at - 1].low.as_ref();
        if words::is_determiner(&tokens[at - 1]) || tokens[at].hyphened {
            at -= 1;
            continue;
        }
        return !words::is_preposition(&tokens[at - 1]) && word != "to";
    }
    true
}

/// The parties of the first mentions in a sentence that are joined by "and" or a comma.
pub(super) fn coordinated(found: &[Mention], tokens: &[Token]) -> Vec<PartyIndex> {
    let mut best: Vec<PartyIndex> = Vec::new();
    let mut group: Vec<PartyIndex> = Vec::new();
    let mut last: Option<&Mention> = None;
    for mention in found {
        let joined = last.is_some_and(|last| {
            let between = tokens.get(last.last + 1..mention.first).unwrap_or(&[]);
            between.len() <= 3
                && between
                    .iter()
                    .all(|token| matches!(token.low.as_ref(), "and" | "," | "the" | "&"))
                && !between.is_empty()
        });
        if !joined {
            if group.len() > best.len() {
                best = std::mem::take(&mut group);
            }
            group.clear();
        }
        if mention.qualifies {
            last = None;
            continue;
        }
        for party in &mention.parties {
            if !group.contains(party) {
                group.push(*party);
            }
        }
        last = Some(mention);
    }
    if group.len() > best.len() {
        group
    } else {
        best
    }
}
