//! Words that refer back → the parties that they mean: "he", "the ministry", "both countries", "the bloc".
//!
//! What the article has spoken of is kept by [`super::discourse`].

use super::{
    discourse::{Discourse, coordinated, is_free, is_own_organ, spoken_for},
    gazetteer::{Gazetteer, PartyIndex},
    mention::{Class, Mention},
    titles::Office,
};
use crate::{
    domain::party::PartyKind,
    extract::{clause::Clause, token::Token},
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

impl Discourse {
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
            Reference::Person if *words == ["she"] && !self.last_woman.is_empty() => {
                here(&|mention| is_woman(mention, tokens))
                    .unwrap_or_else(|| self.last_woman.clone())
            }
            Reference::Person => here(&|mention| {
                let person = matches!(mention.class, Class::Person | Class::Office(Office::Person))
                    || mention.class == Class::Back(Reference::Person);
                person && !(*words == ["he"] && is_woman(mention, tokens))
            })
            .unwrap_or_else(|| {
                let pronoun = matches!(words, [] | ["he" | "she"]);
                if self.of_stranger && pronoun {
                    Vec::new()
                } else if self.last_person.is_empty() && !words.is_empty() {
                    self.local.into_iter().collect()
                } else {
                    self.last_person.clone()
                }
            }),
            Reference::It if self.of_stranger && found.iter().all(|mention| mention.qualifies) => {
                Vec::new()
            }
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
                let of_persons = words.iter().any(|word| is_persons(word));
                if reference == Reference::Several
                    && (of_persons || !words.iter().any(|word| is_countries(word)))
                {
                    let persons = self.persons_with(found);
                    let count = wanted.unwrap_or(2);
                    let enough = found
                        .iter()
                        .filter(|mention| mention.class == Class::Person)
                        .count()
                        >= count
                        || of_persons;
                    if enough && persons.len() >= count {
                        return persons[persons.len() - count..].to_vec();
                    }
                }
                if self.last_several.len() > 1
                    && wanted.is_none_or(|wanted| wanted == self.last_several.len())
                {
                    return self.last_several.clone();
                }
                if reference == Reference::They {
                    if self.of_stranger {
                        return Vec::new();
                    }
                    return self.last_subject.clone();
                }
                let wanted = wanted.unwrap_or(2);
                let states: Vec<PartyIndex> = self
                    .states
                    .iter()
                    .filter(|party| {
                        gazetteer.kind(**party) == PartyKind::State || words.contains(&"sides")
                    })
                    .copied()
                    .collect();
                let from = states.len().checked_sub(wanted);
                from.map(|from| states[from..].to_vec()).unwrap_or_default()
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
            Reference::Organ
                if let Some(told) = words
                    .iter()
                    .filter(|word| is_own_organ(word))
                    .find_map(|word| self.organs.get(*word)) =>
            {
                told.clone()
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

    /// Those for whom persons were told of, with those of the sentence so far, the latest last.
    fn persons_with(&self, found: &[Mention]) -> Vec<PartyIndex> {
        let mut persons = self.spoken_for.clone();
        for party in spoken_for(found) {
            persons.retain(|known| *known != party);
            persons.push(party);
        }
        persons
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
}

/// Whether a mention is of a woman, by her title or her given name.
pub(super) fn is_woman(mention: &Mention, tokens: &[Token]) -> bool {
    matches!(mention.class, Class::Person | Class::Office(Office::Person))
        && !mention.parties.is_empty()
        && tokens[mention.first..=mention.last]
            .iter()
            .any(|token| is_womans(&token.low))
}

/// Titles and given names of women who speak for states.
fn is_womans(word: &str) -> bool {
    matches!(
        word,
        "spokeswoman"
            | "chairwoman"
            | "queen"
            | "princess"
            | "mrs"
            | "ms"
            | "madame"
            | "baroness"
            | "dame"
            | "lady"
            | "hillary"
            | "condoleezza"
            | "madeleine"
            | "angela"
            | "theresa"
            | "margaret"
            | "benazir"
            | "tansu"
            | "christine"
            | "catherine"
            | "federica"
            | "ursula"
            | "kamala"
            | "annalena"
            | "maria"
            | "marise"
            | "julia"
            | "jacinda"
            | "sanna"
            | "kaja"
            | "nikki"
            | "samantha"
            | "susan"
            | "wendy"
            | "michelle"
            | "dilma"
            | "cristina"
            | "jeane"
            | "sadako"
            | "mary"
            | "gro"
            | "golda"
            | "indira"
            | "hanan"
            | "tzipi"
            | "linda"
            | "jen"
            | "karine"
            | "heather"
            | "morgan"
            | "victoria"
            | "liz"
            | "penny"
            | "yvette"
            | "melanie"
            | "mette"
            | "giorgia"
            | "claudia"
            | "ine"
            | "ana"
            | "anne"
            | "anna"
            | "jane"
            | "kristalina"
            | "yulia"
    )
}

/// Nouns for persons who lead or speak for states.
fn is_persons(word: &str) -> bool {
    matches!(
        word,
        "leaders"
            | "presidents"
            | "ministers"
            | "premiers"
            | "men"
            | "women"
            | "chiefs"
            | "envoys"
            | "diplomats"
            | "counterparts"
    )
}

/// Nouns for states.
fn is_countries(word: &str) -> bool {
    matches!(
        word,
        "countries"
            | "sides"
            | "states"
            | "nations"
            | "governments"
            | "capitals"
            | "neighbours"
            | "neighbors"
            | "allies"
            | "powers"
            | "parties"
            | "foes"
            | "rivals"
            | "members"
            | "monarchies"
    )
}
