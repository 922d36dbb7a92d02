//! What an article has spoken of so far → what "he", "the ministry", "both countries" and "the bloc" mean.

use std::collections::{HashMap, HashSet};

use super::{
    gazetteer::{Gazetteer, PartyIndex, PersonIndex},
    mention::{Class, Mention},
    titles::Office,
};
use crate::{
    domain::party::PartyKind,
    extract::{clause::Clause, token::Token, words},
};

/// How a word refers back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reference {
    /// `he`, `the minister`
    Person,
    /// `it`
    It,
    /// `they`
    They,
    /// `both sides`, `the three`
    Several,
    /// `the ministry`
    Organ,
    /// `its foreign ministry`
    Owned,
    /// `the bloc`
    Body,
    /// `the kingdom`
    Country,
}

/// A person told of in the article.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub parties: Vec<PartyIndex>,
    pub acts: bool,
    pub person: Option<PersonIndex>,
    pub name: String,
}

/// What the article has spoken of up to a sentence.
#[derive(Debug, Default)]
pub(crate) struct Discourse {
    sure: HashSet<PartyIndex>,
    people: HashMap<String, Known>,
    /// The office-holders of the gazetteer that were told of.
    holders: HashMap<PersonIndex, Known>,
    /// The last holder told of by the last word of the title, and by "crown prince" and the like.
    titles: HashMap<String, Vec<PartyIndex>>,
    /// The parties of the last person who was a subject.
    last_person: Vec<PartyIndex>,
    /// The parties of the last subject that was no person.
    last_party: Vec<PartyIndex>,
    /// The last subject of any sort.
    last_subject: Vec<PartyIndex>,
    /// The last several that acted together.
    last_several: Vec<PartyIndex>,
    /// States in the order of last mention, the latest last.
    states: Vec<PartyIndex>,
    /// The state of the dateline.
    local: Option<PartyIndex>,
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
    pub fn person(&self, family: &str) -> Option<&Known> {
        self.people.get(family)
    }

    /// Who is meant by a name that some office-holders bear, if one of them was told of.
    pub fn one_of(&self, persons: &[PersonIndex]) -> Option<&Known> {
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
        let known = Known {
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

    /// The parties that a reference means; empty where nothing fits.
    #[expect(
        clippy::too_many_lines,
        reason = "one table of how each reference is resolved"
    )]
    pub fn resolve(
        &self,
        reference: Reference,
        words: &[&str],
        found: &[Mention],
        tokens: &[Token],
        gazetteer: &Gazetteer,
    ) -> Vec<PartyIndex> {
        let here = |fits: &dyn Fn(&Mention) -> bool| {
            found
                .iter()
                .find(|mention| {
                    is_free(mention, tokens) && !mention.parties.is_empty() && fits(mention)
                })
                .map(|mention| mention.parties.clone())
        };
        let is_body = |party: &PartyIndex| gazetteer.kind(*party) == PartyKind::Body;
        let is_state = |party: &PartyIndex| gazetteer.kind(*party) == PartyKind::State;
        let by_title = words.last().and_then(|last| {
            let before = words.len().checked_sub(2).map_or("", |at| words[at]);
            let full = self.titles.get(&format!("{before} {last}"));
            full.or_else(|| self.titles.get(*last)).cloned()
        });
        let by_usage = match words {
            [.., "foreign" | "home", "secretary"] => gazetteer.index("GBR"),
            [.., "secretary", "of", "state"]
            | [.., "treasury", "secretary"]
            | [.., "attorney", "general"] => gazetteer.index("USA"),
            _ => None,
        };
        match reference {
            Reference::Person if by_title.is_some() => by_title.unwrap_or_default(),
            Reference::Person if by_usage.is_some() => by_usage.into_iter().collect(),
            Reference::Person => here(&|mention| {
                matches!(mention.class, Class::Person | Class::Office(Office::Person))
                    || mention.class == Class::Back(Reference::Person)
            })
            .unwrap_or_else(|| {
                if self.last_person.is_empty() && !words.is_empty() {
                    self.local.into_iter().collect()
                } else {
                    self.last_person.clone()
                }
            }),
            Reference::It => here(&|mention| {
                matches!(
                    mention.class,
                    Class::Name | Class::Place | Class::Office(Office::Organ)
                ) || matches!(
                    mention.class,
                    Class::Back(Reference::Organ | Reference::Body | Reference::Owned)
                )
            })
            .unwrap_or_else(|| self.last_party.clone()),
            Reference::They | Reference::Several => {
                let group = coordinated(found, tokens);
                let wanted = words.iter().find_map(|word| match *word {
                    "two" | "both" | "pair" | "duo" => Some(2),
                    "three" | "trio" => Some(3),
                    "four" => Some(4),
                    _ => None,
                });
                if group.len() > 1 && wanted.is_none_or(|wanted| wanted <= group.len()) {
                    return group;
                }
                if reference == Reference::They
                    && let Some(parties) = here(&|mention| {
                        matches!(
                            mention.class,
                            Class::Office(Office::People | Office::Organ) | Class::People
                        )
                    })
                {
                    return parties;
                }
                if self.last_several.len() > 1
                    && wanted.is_none_or(|wanted| wanted <= self.last_several.len())
                {
                    return self.last_several.clone();
                }
                if reference == Reference::They {
                    return self.last_subject.clone();
                }
                let wanted = wanted.unwrap_or(2);
                let from = self.states.len().checked_sub(wanted);
                from.map(|from| self.states[from..].to_vec())
                    .unwrap_or_default()
            }
            Reference::Owned => {
                here(&|mention| mention.class != Class::People || !mention.qualifies)
                    .unwrap_or_else(|| {
                        if self.last_subject.is_empty() {
                            self.local.into_iter().collect()
                        } else {
                            self.last_subject.clone()
                        }
                    })
            }
            Reference::Organ => {
                if words.iter().any(|word| {
                    matches!(
                        *word,
                        "council" | "agency" | "commission" | "assembly" | "watchdog"
                    )
                }) {
                    return self.states_or_bodies(&is_body);
                }
                if words
                    .iter()
                    .any(|word| matches!(*word, "group" | "movement" | "militia"))
                {
                    let is_group = |party: &PartyIndex| gazetteer.kind(*party) == PartyKind::Group;
                    return self.states_or_bodies(&is_group);
                }
                if words.iter().any(|word| {
                    matches!(
                        *word,
                        "court"
                            | "house"
                            | "committee"
                            | "team"
                            | "media"
                            | "bank"
                            | "side"
                            | "mission"
                            | "state"
                            | "nation"
                            | "police"
                            | "office"
                            | "chamber"
                            | "department"
                            | "executive"
                            | "intelligence"
                            | "leadership"
                    )
                }) {
                    return Vec::new();
                }
                here(&|mention| {
                    mention.parties.iter().all(is_state) && mention.class != Class::People
                })
                .or_else(|| (!self.last_party.is_empty()).then(|| self.last_party.clone()))
                .unwrap_or_else(|| self.local.into_iter().collect())
            }
            Reference::Body => {
                let alliance = words.contains(&"alliance");
                let nato = gazetteer.index("NATO");
                if alliance {
                    return nato
                        .filter(|nato| self.sure.contains(nato))
                        .into_iter()
                        .collect();
                }
                let eu = gazetteer.index("EU");
                if words.contains(&"bloc") {
                    let last = self.states_or_bodies(&is_body);
                    if !last.is_empty() {
                        return last;
                    }
                    return eu.filter(|eu| self.sure.contains(eu)).into_iter().collect();
                }
                self.states_or_bodies(&is_body)
            }
            Reference::Country => {
                let last = &self.last_party;
                if last.iter().all(is_state) && !last.is_empty() {
                    last.clone()
                } else {
                    self.states_or_bodies(&is_state)
                }
            }
        }
    }

    /// The body that a text without an agent is the work of: "the resolution was adopted".
    pub fn body(&self, clause: &Clause, gazetteer: &Gazetteer) -> Option<PartyIndex> {
        let text = (0..clause.tokens.len()).any(|at| {
            matches!(
                clause.word(at),
                "resolution" | "draft" | "amendment" | "motion"
            )
        });
        if !text {
            return None;
        }
        let last = self
            .states
            .iter()
            .rev()
            .find(|party| gazetteer.kind(**party) == PartyKind::Body)
            .copied();
        last.or_else(|| gazetteer.index("UN").filter(|un| self.sure.contains(un)))
    }

    fn states_or_bodies(&self, fits: &dyn Fn(&PartyIndex) -> bool) -> Vec<PartyIndex> {
        self.states
            .iter()
            .rev()
            .find(|party| fits(party))
            .copied()
            .into_iter()
            .collect()
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
    }
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
fn coordinated(found: &[Mention], tokens: &[Token]) -> Vec<PartyIndex> {
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
