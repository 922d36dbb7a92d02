//! Mentions in their phrases: which are joined, which stand after "by", whom a stretch of words is about.
//!
//! Subjects are found by [`super::subject`].

use super::{
    gazetteer::PartyIndex,
    mention::{Class, Mention},
    titles::Office,
};
use crate::extract::{
    clause::{Clause, Stand, Tense, Verb},
    lexis::{self, Known},
    token::Shape,
    words,
};

pub(crate) use super::subject::Subject;

/// Nouns whose owner acts in what they do: "US sanctions target", "a statement by".
pub(super) const ACTING_NOUNS: &[&str] = &[
    "strike",
    "strikes",
    "attack",
    "attacks",
    "raid",
    "raids",
    "bombardment",
    "shelling",
    "offensive",
    "statement",
    "communique",
    "response",
    "reply",
    "decree",
    "sanctions",
    "airstrike",
    "airstrikes",
    "bombs",
    "shells",
    "measures",
    "fire",
    "invasion",
    "incursion",
    "operation",
    "bombing",
    "barrage",
    "tariffs",
    "ban",
    "embargo",
    "curbs",
    "blockade",
    "order",
    "note",
    "letter",
    "agents",
    "hackers",
    "inspectors",
    "monitors",
    "patrol",
    "bid",
    "resolution",
    "text",
    "readout",
    "side",
    "colony",
    "warhead",
    "gunfire",
    "salvo",
    "blast",
    "tests",
    "launch",
    "launches",
    "radio",
    "television",
    "nations",
    "states",
    "countries",
    "members",
    "missile",
    "missiles",
    "rocket",
    "rockets",
    "drone",
    "drones",
    "contingent",
    "troops",
    "forces",
    "soldiers",
    "commandos",
    "jets",
    "warplanes",
    "planes",
    "warships",
    "navy",
    "army",
    "guards",
    "guerrillas",
    "militants",
    "fighters",
    "gunboats",
    "helicopters",
    "artillery",
    "allies",
    "board",
    "panel",
    "inquiry",
    "jury",
    "court",
    "tribunal",
    "judge",
    "judges",
    "prosecutors",
    "commission",
    "experts",
];

/// Verbs whose object does what the infinitive after it says.
pub(super) const OBJECT_CONTROL: &[&str] = &[
    "urge",
    "ask",
    "tell",
    "order",
    "instruct",
    "press",
    "push",
    "call",
    "invite",
    "require",
    "force",
    "compel",
    "allow",
    "enable",
    "let",
    "persuade",
    "encourage",
    "request",
    "advise",
    "warn",
    "want",
    "expect",
    "implore",
    "beg",
    "beseech",
    "exhort",
    "lobby",
    "pressure",
    "plead",
    "appeal",
    "permit",
    "authorise",
    "authorize",
    "recommend",
    "help",
    "mandate",
    "lead",
    "prompt",
    "cause",
    "get",
    "send",
    "summon",
    "convince",
];

impl Clause<'_, '_> {
    /// Where the phrase of a mention begins: determiners and adjectives before it.
    pub(super) fn phrase_start(&self, first: usize) -> usize {
        if self.mention(first).is_some_and(Mention::is_pronoun) {
            return first;
        }
        let mut start = first;
        while start > 0 && first - start < 6 {
            let before = start - 1;
            let known = self.known(before);
            if words::is_time_noun(known) && self.tokens[before].shape != Shape::Number {
                break;
            }
            let plain = words::is_determiner(known)
                || self.tokens[start].hyphened
                || (self.tokens[before].is_word()
                    && self.mention_index(before).is_none()
                    && self.verb_index(before).is_none()
                    && !is_edge(known)
                    && self.tokens[before].shape == Shape::Lower)
                || self.tokens[before].shape == Shape::Number && self.tokens[before].text.len() < 4
                || self.mention_index(before).is_some_and(|mention| {
                    self.mentions[mention].qualifies
                        && self.mentions[mention].class
                            != Class::Back(super::pronouns::Reference::It)
                });
            if !plain {
                break;
            }
            start -= 1;
        }
        start
    }

    /// The mentions that begin in a range of tokens.
    pub fn mentions_between(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
        let start = self
            .mentions
            .partition_point(|mention| mention.first < from);
        (start..self.mentions.len()).take_while(move |index| self.mentions[*index].first < to)
    }

    /// A mention with those that are joined to it on its left by commas and "and".
    pub fn coordinated_with(&self, mention: usize) -> Vec<usize> {
        let mut group = vec![mention];
        let mut joined_by_and = false;
        let mut current = mention;
        while current > 0 && group.len() < 12 {
            let other = current - 1;
            let (left, right) = (&self.mentions[other], &self.mentions[current]);
            let between = self.tokens.get(left.last + 1..right.first).unwrap_or(&[]);
            let and = between
                .iter()
                .any(|token| matches!(token.low.as_ref(), "and" | "&" | "or"));
            let comma = between.iter().any(|token| token.text == ",");
            let plain = !between.is_empty()
                && between.len() <= 6
                && between.iter().all(|token| {
                    matches!(
                        token.low.as_ref(),
                        "and" | "&" | "or" | "," | "the" | "by" | "his" | "her" | "its" | "both"
                    ) || (token.is_word()
                        && (super::titles::office(token).is_some()
                            || super::titles::is_office_modifier(token)))
                });
            if !(plain && (and || (comma && joined_by_and)))
                || left.qualifies && left.class != Class::Person
            {
                break;
            }
            if self.is_object(left) {
                break;
            }
            joined_by_and |= and;
            group.insert(0, other);
            current = other;
        }
        group
    }

    /// Whether a mention is the object of a verb or a preposition before it, so that what follows "and" is a new clause.
    pub(super) fn is_object(&self, mention: &Mention) -> bool {
        let start = self.phrase_start(mention.first);
        let Some(before) = start.checked_sub(1) else {
            return false;
        };
        if words::is_preposition(self.known(before)) && self.word(before) != "between"
            || self.word(before) == "to"
        {
            return false;
        }
        self.verb_index(before).is_some_and(|verb| {
            let verb = &self.verbs[verb];
            verb.stand == Stand::Finite
                && !matches!(
                    verb.lemma,
                    "say"
                        | "announce"
                        | "add"
                        | "claim"
                        | "report"
                        | "believe"
                        | "think"
                        | "hope"
                        | "be"
                        | "declare"
                        | "insist"
                        | "tell"
                        | "agree"
                        | "can"
                )
        })
    }

    /// The mentions after "by" in the words that a passive governs.
    pub fn agents(&self, verb: &Verb) -> Vec<usize> {
        let end = self.right_end(verb.head);
        let mut at = verb.head + 1;
        while at < end {
            if self.word(at) == "by" && self.mention_index(at).is_none() {
                let mut from = at + 1;
                while from < end
                    && self.mention_index(from).is_none()
                    && from < at + 5
                    && self.tokens[from].is_word()
                    && self.verb_index(from).is_none()
                {
                    from += 1;
                }
                if let Some(mention) = self.mention_index(from) {
                    if self.mentions[mention].qualifies {
                        let next = self.mentions[mention].last + 1;
                        let acts = (next..next + 3).any(|at| ACTING_NOUNS.contains(&self.word(at)));
                        return if acts { vec![mention] } else { Vec::new() };
                    }
                    return self.coordinated_after(mention);
                }
            }
            at += 1;
        }
        Vec::new()
    }

    /// A mention with those that are joined to it on its right.
    pub fn coordinated_after(&self, mention: usize) -> Vec<usize> {
        let mut group = vec![mention];
        let mut current = mention;
        while current + 1 < self.mentions.len() && group.len() < 12 {
            let (left, right) = (&self.mentions[current], &self.mentions[current + 1]);
            let between = self.tokens.get(left.last + 1..right.first).unwrap_or(&[]);
            let plain = !between.is_empty()
                && between.len() <= 5
                && between.iter().all(|token| {
                    matches!(
                        token.low.as_ref(),
                        "and"
                            | "&"
                            | ","
                            | "the"
                            | "by"
                            | "his"
                            | "her"
                            | "its"
                            | "then"
                            | "with"
                            | "from"
                            | "to"
                            | "both"
                    ) || super::titles::office(token).is_some()
                        || super::titles::is_office_modifier(token)
                });
            if !plain {
                break;
            }
            // a mention that is the subject of its own verb begins a new clause
            let between_two = self.mentions[mention].first > 0
                && self.word(
                    self.phrase_start(self.mentions[mention].first)
                        .saturating_sub(1),
                ) == "between";
            let next = self
                .verb_index(right.last + 1)
                .filter(|_| !between_two)
                .map(|verb| &self.verbs[verb]);
            if next.is_some_and(|verb| verb.stand == Stand::Finite)
                && between
                    .iter()
                    .any(|token| matches!(token.low.as_ref(), "and" | ","))
            {
                break;
            }
            current += 1;
            group.push(current);
        }
        group
    }

    /// Whether only a time stands there: "and in October expelled".
    pub(super) fn only_times(&self, from: usize, to: usize) -> bool {
        to > from
            && to - from <= 5
            && (from..to).all(|at| {
                let known = self.known(at);
                self.mention_index(at).is_none()
                    && (words::is_time_noun(known)
                        || words::is_adverb(known)
                        || matches!(
                            self.word(at),
                            "in" | "on"
                                | "last"
                                | "this"
                                | "earlier"
                                | "later"
                                | "early"
                                | "late"
                                | "."
                        ))
            })
            && (from..to).any(|at| words::is_time_noun(self.known(at)))
    }

    /// The parties of mentions, each once, in order.
    pub fn parties_of(&self, mentions: &[usize]) -> Vec<PartyIndex> {
        let mut parties = Vec::new();
        for party in mentions
            .iter()
            .flat_map(|mention| &self.mentions[*mention].parties)
        {
            if !parties.contains(party) {
                parties.push(*party);
            }
        }
        parties
    }

    /// The parties that a stretch of words is about: every mention in it, places of an act left out.
    pub fn parties_in(&self, from: usize, to: usize) -> Vec<PartyIndex> {
        let mentions: Vec<usize> = self
            .mentions_between(from, to)
            .filter(|index| {
                let mention = &self.mentions[*index];
                let before = mention.first.checked_sub(1).map_or("", |at| self.word(at));
                !(mention.class == Class::Place
                    && matches!(before, "in" | "at" | "from" | "outside" | "near"))
            })
            .collect();
        self.parties_of(&mentions)
    }
}

/// Whether a word cannot stand inside a plain noun phrase.
pub(super) fn is_edge(word: impl Into<&'static Known>) -> bool {
    word.into().is(lexis::Class::Edge)
}

/// Whether a mention may be the actor of a kind of act that takes speech.
pub(crate) fn is_force(mention: &Mention) -> bool {
    matches!(mention.class, Class::Office(Office::Force))
}

/// Whether a verb's tense places it after the day of its telling.
pub(crate) fn is_future(tense: Tense) -> bool {
    matches!(tense, Tense::Future | Tense::FuturePast)
}
