//! A trigger that matched → an act: who acts, whom it is about, how it is told, and whether the rule has what it needs.

use super::{
    find::{Act, is_speech},
    modality::Frame,
    rule::{ActRule, Actor},
    target,
};
use crate::{
    domain::{kind::Kind, modality::Modality},
    extract::{
        clause::{Clause, Tense, Verb},
        party::{
            gazetteer::{PartyIndex, PersonIndex},
            mention::Class,
            roles::{self, Subject},
        },
        words,
    },
};

/// Who acts, by the mentions that may.
#[derive(Debug, Default, Clone)]
pub(super) struct Agents {
    /// The parties that act.
    pub parties: Vec<PartyIndex>,
    /// The persons who speak for them.
    pub names: Vec<String>,
    /// Persons without an office on the day of publication.
    pub persons: Vec<PersonIndex>,
}

/// Whether a force is one that gives statements: "the army said", not "the jets said".
fn is_command(clause: &Clause, last: usize) -> bool {
    matches!(
        clause.word(last),
        "army"
            | "military"
            | "navy"
            | "forces"
            | "guard"
            | "guards"
            | "police"
            | "command"
            | "marines"
    )
}

impl Agents {
    /// The mentions that may act in an act of a kind.
    pub fn of(clause: &Clause, mentions: &[usize], kind: Kind) -> Self {
        let mut agents = Self::default();
        let speaks = is_speech(kind) || matches!(kind, Kind::Meeting | Kind::Agreement);
        for mention in mentions.iter().map(|index| &clause.mentions[*index]) {
            if mention.qualifies && mention.class != Class::Person {
                continue;
            }
            let may = if speaks {
                mention.speaks()
                    || mention.acts && !mention.qualifies && is_command(clause, mention.last)
            } else {
                mention.acts && mention.class != Class::Held
            };
            if !may {
                if !mention.acts {
                    agents.persons.extend(mention.person);
                }
                continue;
            }
            for party in &mention.parties {
                if !agents.parties.contains(party) {
                    agents.parties.push(*party);
                }
            }
            if mention.class == Class::Person {
                agents.names.extend(mention.name.clone());
            }
        }
        agents
    }

    /// The parties of mentions, whatever these may do.
    fn plain(clause: &Clause, mentions: &[usize]) -> Self {
        Self {
            parties: clause.parties_of(mentions),
            ..Self::default()
        }
    }

    /// Whether nobody acts, now or by the act's day.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.persons.is_empty()
    }
}

/// The places of a verb's roles.
pub(super) struct Roles<'c, 's, 't> {
    pub(super) clause: &'c Clause<'s, 't>,
    pub(super) verb: &'c Verb,
    pub(super) index: usize,
    pub(super) rule: &'static ActRule,
    pub(super) subject: Subject,
    /// Mentions of the subject, or the owner of an acting noun.
    pub(super) subjects: Vec<usize>,
    /// Mentions to the right that the verb governs.
    pub(super) objects: Vec<usize>,
    /// Whoever does it: the subject, or of a passive those after "by".
    pub(super) doers: Vec<usize>,
    /// Where the governed words end.
    pub(super) right: usize,
    /// Where what a verb of speech reports ends.
    content_end: usize,
}

/// The act of a verb by a rule; none where the rule lacks something or the act is not told as one.
pub(super) fn fill(
    clause: &Clause,
    index: usize,
    rule: &'static ActRule,
    frames: &[Frame],
) -> Option<Act> {
    let roles = Roles::of(clause, index, rule);
    let agents = roles.agents(frames)?;
    let targets = roles.targets(&agents);
    if !roles.suffice(&agents, &targets) {
        return None;
    }
    let modality = roles.modality()?;
    let verb = roles.verb;
    let end = roles.content_end.max(roles.right);
    let first = evidence_start(clause, verb, &roles.subjects);
    Some(Act {
        kind: rule.kind,
        rule: rule.name,
        named: roles.named(first, end),
        actors: agents.parties,
        targets,
        speakers: agents.names,
        modality,
        verb: Some(index),
        head: verb.head,
        first,
        end,
        frame: frames
            .iter()
            .position(|frame| clause.is_reported(index, frame)),
        persons: agents.persons,
        by_noun: false,
    })
}

impl<'c, 's, 't> Roles<'c, 's, 't> {
    fn of(clause: &'c Clause<'s, 't>, index: usize, rule: &'static ActRule) -> Self {
        let verb = &clause.verbs[index];
        let right = clause.right_end(verb.head);
        let subject = clause.subject(index);
        let subjects = match &subject {
            Subject::Parties(mentions) => mentions.clone(),
            Subject::Thing(Some(owner)) if acts_through_things(rule.kind) => vec![*owner],
            Subject::Thing(_) | Subject::Missing => Vec::new(),
        };
        let reports = (verb.head + 1..verb.head + 5)
            .any(|at| clause.word(at) == "that" && clause.mention_index(at).is_none());
        let content_end = if is_speech(rule.kind)
            || clause.word(verb.head + 1) == "that"
            || rule.kind == Kind::Ruling && reports
        {
            content_end(clause, verb)
        } else {
            right
        };
        let objects: Vec<usize> = clause.mentions_between(verb.head + 1, right).collect();
        let mut roles = Self {
            clause,
            verb,
            index,
            rule,
            subject,
            subjects,
            objects,
            doers: Vec::new(),
            right,
            content_end,
        };
        roles.doers = if verb.passive {
            roles.passive_doers()
        } else {
            roles.subjects.clone()
        };
        roles
    }

    fn agents(&self, frames: &[Frame]) -> Option<Agents> {
        let (clause, kind) = (self.clause, self.rule.kind);
        let mut agents = match self.rule.actor {
            Actor::Subject if matches!(self.subject, Subject::Thing(Some(_))) => {
                Agents::plain(clause, &self.doers)
            }
            Actor::Subject if self.verb.passive && acts_through_things(kind) => {
                let agents = Agents::of(clause, &self.doers, kind);
                if agents.is_empty() {
                    // "by a US judge"
                    Agents::plain(clause, &self.doers)
                } else {
                    agents
                }
            }
            Actor::Subject => Agents::of(clause, &self.doers, kind),
            Actor::Both => {
                let mut all = if self.verb.passive {
                    Vec::new()
                } else {
                    self.subjects.clone()
                };
                all.extend(partners(clause, &self.objects));
                Agents::of(clause, &all, kind)
            }
            Actor::From => Agents::plain(clause, &self.givers()),
            Actor::Patient => {
                if !self.verb.passive {
                    return None;
                }
                Agents::of(clause, &self.subjects, kind)
            }
            // "a ceremony hosted by": who is received is the subject
            Actor::Object if self.verb.passive => Agents::of(clause, &self.subjects, kind),
            Actor::Object => {
                let aside = ["in", "at", "with", "for", "from", "to", "of", "on"];
                let mut objects: Vec<usize> = self
                    .objects
                    .iter()
                    .copied()
                    .take_while(|mention| !follows(clause, *mention, &aside))
                    .collect();
                if objects.is_empty() {
                    // "played host to", "rolled out the red carpet for"
                    let to = |mention: &usize| follows(clause, *mention, &["to", "for"]);
                    objects.extend(self.objects.iter().copied().find(to));
                }
                Agents::of(clause, &objects, kind)
            }
        };
        if self.verb.passive && self.doers.is_empty() {
            self.supply(&mut agents, frames);
        }
        Some(agents)
    }

    /// Those after "from", else whose arms they are: "received missiles from Iran", "took delivery of Iranian missiles".
    fn givers(&self) -> Vec<usize> {
        let from = self
            .objects
            .iter()
            .copied()
            .find(|mention| follows(self.clause, *mention, &["from", "by"]));
        if let Some(from) = from {
            return self.clause.coordinated_after(from);
        }
        self.objects
            .iter()
            .copied()
            .filter(|mention| {
                let found = &self.clause.mentions[*mention];
                found.class == Class::People || roles::is_force(found)
            })
            .take(1)
            .collect()
    }

    fn targets(&self, agents: &Agents) -> Vec<PartyIndex> {
        let mut targets: Vec<PartyIndex> = Vec::new();
        let mut add = |parties: Vec<PartyIndex>| {
            for party in parties {
                if !agents.parties.contains(&party) && !targets.contains(&party) {
                    targets.push(party);
                }
            }
        };
        let turned = matches!(self.rule.actor, Actor::From | Actor::Object);
        if self.verb.passive && self.rule.actor != Actor::Patient || turned {
            add(self.clause.parties_of(&self.subjects));
            if let Subject::Thing(_) = self.subject {
                let start = self.clause.left_start(self.verb.first);
                add(self.clause.parties_in(start, self.verb.first));
            }
        }
        let from = self.verb.head + 1;
        let (directed, end) = (target::is_directed(self.rule.kind), self.addressees_end());
        if self.rule.kind == Kind::Denial {
            add(target::gainsaid(self.clause, from, end, &agents.parties));
        } else if !directed {
            add(self.clause.parties_in(from, end));
        } else if !self.verb.passive || self.subjects.is_empty() {
            add(target::addressed(
                self.clause,
                from..end,
                &agents.parties,
                self.rule.kind,
            ));
        }
        if self.rule.kind == Kind::Visit {
            add(self.clause.parties_of(&self.objects));
        }
        if self.rule.kind == Kind::Meeting {
            add(self.clause.parties_of(&self.whom()));
        }
        if agents.parties.len() > 1 && self.is_mutual() {
            targets.clone_from(&agents.parties);
        }
        targets
    }

    /// The mention before "with whom" and "whom", where the verb stands in that relative clause.
    fn whom(&self) -> Vec<usize> {
        let mut at = self.clause.left_start(self.verb.first);
        if at == 0 || self.clause.word(at - 1) != "whom" {
            return Vec::new();
        }
        at -= 1;
        while at > 0 && (self.clause.word(at - 1) == "with" || self.clause.word(at - 1) == ",") {
            at -= 1;
        }
        at.checked_sub(1)
            .and_then(|at| self.clause.mention_index(at))
            .into_iter()
            .collect()
    }

    /// Where those whom the act is directed at end: of "denied accusations of arming Russia" before "of", of
    /// "warned Iran that arming Russia …" before "that"; else with what the verb governs.
    fn addressees_end(&self) -> usize {
        let first = self.verb.head + 1;
        let word = |at: usize| self.clause.word(at);
        let bound = match self.rule.kind {
            Kind::Denial => (first..self.content_end)
                .find(|at| matches!(word(*at), "of" | "that" | "about") && is_claim(word(at - 1))),
            Kind::Warning | Kind::Demand => (first..self.content_end)
                .find(|at| word(*at) == "that")
                .filter(|that| !self.clause.parties_in(first, *that).is_empty()),
            _ => None,
        };
        bound.unwrap_or(self.content_end)
    }

    /// The companies and ships named with the act, and of a penalty the persons whom it hits.
    fn named(&self, first: usize, end: usize) -> Vec<String> {
        let mut named = named_in(self.clause, first, end);
        if matches!(self.rule.kind, Kind::Sanction | Kind::Relief) {
            let hit = if self.verb.passive && !self.subjects.is_empty() {
                &self.subjects
            } else {
                &self.objects
            };
            for mention in hit.iter().map(|index| &self.clause.mentions[*index]) {
                let by = mention.first > 0 && self.clause.word(mention.first - 1) == "by";
                if let (Class::Person, Some(name), false) = (mention.class, &mention.name, by)
                    && !named.contains(name)
                {
                    named.push(name.clone());
                }
            }
        }
        named
    }

    /// "expelled each other's diplomats"
    fn is_mutual(&self) -> bool {
        (self.verb.head + 1..self.right).any(|at| {
            matches!(
                (self.clause.word(at), self.clause.word(at + 1)),
                ("each", "other") | ("one", "another")
            )
        })
    }

    fn modality(&self) -> Option<Modality> {
        let (verb, kind) = (self.verb, self.rule.kind);
        let ahead = verb.tense == Tense::Present
            && verb.progressive
            && (verb.head + 1..self.right).any(|at| {
                matches!(
                    self.clause.word(at),
                    "tomorrow" | "next" | "coming" | "shortly" | "soon"
                )
            });
        let decides = matches!(
            kind,
            Kind::Sanction | Kind::Relief | Kind::Rupture | Kind::Agreement
        );
        let told = self.clause.told(self.index, decides, ahead)?;
        let due = verb.lemma == "be" && self.clause.word(verb.head + 1) == "due";
        let awaited = due || self.rule.actor == Actor::Patient && verb.lemma == "expect";
        let promised = kind == Kind::Transfer
            && matches!(
                verb.lemma,
                "pledge" | "promise" | "commit" | "offer" | "announce" | "unveil" | "earmark"
            );
        Some(if told == Modality::Occurred && (awaited || promised) {
            Modality::Announced
        } else {
            told
        })
    }
}

/// Words for what one party may keep another from, or put upon it.
pub(super) fn is_measure(word: &str) -> bool {
    matches!(
        word,
        "sanction"
            | "sanctions"
            | "penalties"
            | "tariffs"
            | "duties"
            | "curbs"
            | "embargo"
            | "ban"
            | "list"
            | "blacklist"
            | "airspace"
            | "ports"
            | "market"
            | "markets"
            | "territory"
            | "soil"
            | "banks"
            | "courts"
    )
}

/// Whether a word names what somebody claims of another.
fn is_claim(word: &str) -> bool {
    matches!(
        word,
        "accusation"
            | "accusations"
            | "allegation"
            | "allegations"
            | "charge"
            | "charges"
            | "claim"
            | "claims"
            | "report"
            | "reports"
            | "suggestion"
            | "suggestions"
    )
}

/// Whether a kind of act may be done by something that a party owns: "US sanctions target", "Russian shells hit".
fn acts_through_things(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Military
            | Kind::Sanction
            | Kind::Statement
            | Kind::Accusation
            | Kind::Warning
            | Kind::Demand
            | Kind::Transfer
            | Kind::Ruling
    )
}

pub(super) fn named_in(clause: &Clause, from: usize, to: usize) -> Vec<String> {
    clause
        .mentions_between(from, to)
        .map(|index| &clause.mentions[index])
        .filter(|mention| mention.class == Class::Held)
        .filter_map(|mention| mention.name.clone())
        .collect()
}

fn evidence_start(clause: &Clause, verb: &Verb, subjects: &[usize]) -> usize {
    subjects
        .iter()
        .map(|mention| clause.mentions[*mention].first)
        .filter(|first| *first < verb.first && verb.first - first < 45)
        .min()
        .unwrap_or(verb.first)
}

/// Where the words that a verb of speech governs end: with its content.
pub(super) fn content_end(clause: &Clause, verb: &Verb) -> usize {
    let limit = (verb.head + 45).min(clause.tokens.len());
    (verb.head + 1..limit)
        .find(|at| matches!(clause.tokens[*at].text, ";" | "." | "—" | "–"))
        .unwrap_or(limit)
}

/// Mentions after "with", "to", "between", or the direct object: the other side of a talk.
fn partners(clause: &Clause, objects: &[usize]) -> Vec<usize> {
    let Some(first) = objects.iter().copied().find(|mention| {
        let found = &clause.mentions[*mention];
        let beside = follows(clause, *mention, &["with", "to", "between", "among", "by"])
            || found.first > 1
                && clause.word(found.first - 1) == "from"
                && clause.word(found.first - 2) == "call";
        let object = !follows(
            clause,
            *mention,
            &[
                "in", "at", "on", "of", "from", "for", "about", "over", "near",
            ],
        );
        let direct = found
            .first
            .checked_sub(1)
            .is_some_and(|at| clause.verb_index(at).is_some());
        !found.qualifies && (beside || object && (found.class != Class::Place || direct))
    }) else {
        return Vec::new();
    };
    clause.coordinated_after(first)
}

/// Whether a mention's phrase follows one of some prepositions.
pub(super) fn follows(clause: &Clause, mention: usize, prepositions: &[&str]) -> bool {
    let mut at = clause.mentions[mention].first;
    let mut steps = 0;
    while at > 0 && steps < 5 {
        let word = clause.word(at - 1);
        if prepositions.contains(&word) {
            return true;
        }
        if clause
            .mention_index(at - 1)
            .is_some_and(|other| !clause.mentions[other].qualifies)
            || clause.verb_index(at - 1).is_some()
            || words::is_preposition(word)
            || word == ","
        {
            return false;
        }
        at -= 1;
        steps += 1;
    }
    false
}
