//! Acts told by nouns: "Russia's invasion of Ukraine", "after talks with Oman", "US sanctions came into force".

use super::{
    fill::{Agents, follows, named_in},
    find::Act,
    modality::Frame,
    rule::{self, ActRule, Actor, Group, Needs, Trigger},
};
use crate::{
    domain::{kind::Kind, modality::Modality},
    extract::{
        clause::{Clause, Stand},
        party::{
            gazetteer::PartyIndex,
            mention::{Class, Mention},
            roles::{self, Subject},
            titles::Office,
        },
        words,
    },
};

/// Adds the acts that nouns tell and no verb beside them has told.
pub(super) fn add(clause: &Clause, frames: &[Frame], acts: &mut Vec<Act>) {
    for at in 0..clause.tokens.len() {
        if clause
            .verb_index(at)
            .is_some_and(|verb| clause.verbs[verb].head == at)
            && guest(clause, at).is_none()
        {
            continue;
        }
        let Some(triggers) = rule::book().nouns.get(&clause.known(at).id) else {
            continue;
        };
        for trigger in triggers {
            let Some(act) = Noun::at(clause, at).and_then(|noun| noun.act(trigger, frames)) else {
                continue;
            };
            let told = acts.iter().any(|known| {
                known.kind == act.kind && !known.by_noun && at >= known.first && at <= known.end
            });
            if !told {
                acts.push(act);
                break;
            }
        }
    }
}

/// A noun with what stands around it.
struct Noun<'c, 's, 't> {
    clause: &'c Clause<'s, 't>,
    at: usize,
    /// Where the words that go with it end.
    end: usize,
    /// The verb that it is the subject of.
    heads: Option<usize>,
    /// The verb that says how it is told.
    governor: Option<usize>,
    /// The finite verb after it, where none stands before: "After talks with Oman, Tehran said".
    main: Option<usize>,
    /// The word that its phrase hangs on: "after", "during", "ahead of" as "ahead".
    hangs_on: &'c str,
}

impl<'c, 's, 't> Noun<'c, 's, 't> {
    fn at(clause: &'c Clause<'s, 't>, at: usize) -> Option<Self> {
        if clause.is_held_back(at) || clause.is_question() {
            return None;
        }
        let before = (0..clause.verbs.len())
            .rev()
            .find(|verb| clause.verbs[*verb].head < at);
        let after = (0..clause.verbs.len()).find(|verb| {
            let verb = &clause.verbs[*verb];
            verb.first > at && verb.stand == Stand::Finite
        });
        // "US sanctions on Iran will include": told by the verb that it is the subject of
        let heads = after.filter(|verb| {
            clause.verbs[*verb].first - at < 12
                && before.is_none_or(|before| clause.verbs[before].stand != Stand::Finite)
                && matches!(clause.subject(*verb), Subject::Thing(_))
        });
        let end = heads.map_or_else(
            || clause.right_end(at).min(at + 16),
            |verb| clause.right_end(clause.verbs[verb].head),
        );
        Some(Self {
            clause,
            at,
            end,
            heads,
            governor: heads.or(before),
            main: after.filter(|_| before.is_none()),
            hangs_on: hangs_on(clause, at),
        })
    }

    fn act(&self, trigger: &Trigger, frames: &[Frame]) -> Option<Act> {
        let (clause, rule) = (self.clause, trigger.rule);
        if !self.matches(trigger) {
            return None;
        }
        // "the deal between A and B" alone refers back
        if rule.kind == Kind::Agreement && !self.is_timed() {
            return None;
        }
        let owners = if rule.actor == Actor::Patient {
            guest(clause, self.at).into_iter().collect()
        } else {
            self.owners(rule)
        };
        let (mut actors, speakers) = self.actors(rule, &owners);
        if rule.kind == Kind::Meeting && actors.len() < 2 {
            let both = self.met_here(frames);
            if both.len() > 1 {
                actors = both;
            }
        }
        let both = is_mutual(rule);
        let collective = owners
            .iter()
            .chain(&self.members(&["of"]))
            .any(|mention| clause.mentions[*mention].collective);
        if actors.is_empty() || both && actors.len() < 2 && !(collective && self.is_set()) {
            return None;
        }
        let mut targets: Vec<PartyIndex> = clause
            .parties_in(self.at + 1, self.end)
            .into_iter()
            .filter(|party| !actors.contains(party))
            .collect();
        if both && collective {
            targets.clear();
        }
        if rule.needs != Needs::Actor && targets.is_empty() && !both {
            return None;
        }
        let modality = self.modality()?;
        let first = owners
            .first()
            .map_or(self.at, |owner| clause.mentions[*owner].first);
        Some(Act {
            kind: rule.kind,
            rule: rule.name,
            actors,
            targets,
            named: named_in(clause, first, self.end),
            speakers,
            modality,
            verb: self.governor,
            head: self.at,
            first,
            end: self.end,
            frame: frames.iter().position(|frame| frame.holds(self.at)),
            persons: Vec::new(),
            by_noun: true,
        })
    }

    fn matches(&self, trigger: &Trigger) -> bool {
        let word = |at: usize| self.clause.known(at);
        let adjacent = trigger.adjacent.iter().enumerate().all(|(offset, group)| {
            let near = self.at + 1..(self.at + 4).min(self.end);
            group.contains(word(self.at + 1 + offset))
                || offset == 0 && near.into_iter().any(|at| group.contains(word(at)))
        });
        let from = self.at.saturating_sub(4);
        let met =
            |group: &Group| (from..self.end).any(|at| at != self.at && group.contains(word(at)));
        adjacent && trigger.with.iter().all(met) && !trigger.without.as_ref().is_some_and(met)
    }

    /// Those joined after one of some prepositions: "with Oman", "between Cairo and Doha".
    fn members(&self, prepositions: &[&str]) -> Vec<usize> {
        let clause = self.clause;
        clause
            .mentions_between(self.at + 1, self.end)
            .find(|mention| {
                follows(clause, *mention, prepositions) && !clause.mentions[*mention].qualifies
            })
            .map_or_else(Vec::new, |mention| clause.coordinated_after(mention))
    }

    fn actors(&self, rule: &ActRule, owners: &[usize]) -> (Vec<PartyIndex>, Vec<String>) {
        let clause = self.clause;
        let both = is_mutual(rule);
        let with = self.members(if both {
            &["with", "between", "among", "involving"]
        } else {
            &["with", "between"]
        });
        let mut agents: Vec<usize> = owners
            .iter()
            .copied()
            .chain(self.members(&["by", "from"]))
            .collect();
        if both {
            agents.extend(&with);
            if agents.is_empty() {
                agents = self.members(&["of"]);
            }
            if agents.len() < 2 || with.len() == agents.len() && with.len() < 2 {
                agents.splice(0..0, self.subject());
            }
        } else if rule.kind == Kind::Visit && agents.is_empty() {
            agents = self.subject();
        }
        if !both && rule.kind != Kind::Visit {
            return (clause.parties_of(&agents), Vec::new());
        }
        let acting: Vec<usize> = agents
            .iter()
            .copied()
            .filter(|mention| clause.mentions[*mention].acts)
            .collect();
        let found = Agents::of(clause, &acting, rule.kind);
        if found.parties.is_empty() || found.parties.len() < 2 && owners.len() > 1 {
            (clause.parties_of(&agents), found.names)
        } else {
            (found.parties, found.names)
        }
    }

    /// Who does what the sentence tells: the subject of the verb before, else of the main verb after.
    fn subject(&self) -> Vec<usize> {
        match self
            .governor
            .or(self.main)
            .map(|verb| self.clause.subject(verb))
        {
            Some(Subject::Parties(subject)) => subject,
            _ => Vec::new(),
        }
    }

    /// Whether a time stands near the noun.
    fn is_timed(&self) -> bool {
        matches!(self.hangs_on, "after" | "following" | "since")
            || (self.at.saturating_sub(4)..self.end)
                .any(|at| words::is_time_noun(self.clause.known(at)))
    }

    /// The two sides of "X told Y at the start of their meeting" and of "in my call with Y", said by X.
    fn met_here(&self, frames: &[Frame]) -> Vec<PartyIndex> {
        let clause = self.clause;
        let near = |words: &[&str]| {
            (self.at.saturating_sub(3)..self.at).any(|at| words.contains(&clause.word(at)))
        };
        if near(&["my", "our"]) {
            let frame = frames.iter().find(|frame| frame.holds(self.at));
            let mut both = frame.map_or_else(Vec::new, |frame| frame.speakers.clone());
            both.extend(self.members(&["with"]));
            return clause.parties_of(&both);
        }
        let set = matches!(
            self.hangs_on,
            "at" | "during" | "in" | "after" | "following" | "before" | "of"
        );
        if !near(&["their"]) || !set {
            return Vec::new();
        }
        let mut both = self.subject();
        let verb = self.governor.or(self.main).map(|verb| &clause.verbs[verb]);
        if let Some(verb) = verb {
            let end = clause.right_end(verb.head).min(verb.head + 8);
            let direct = clause
                .mentions_between(verb.head + 1, end)
                .find(|mention| !clause.mentions[*mention].qualifies);
            both.extend(direct.filter(|mention| clause.mentions[*mention].speaks()));
        }
        clause.parties_of(&both)
    }

    /// Whether the noun is set in time by itself: "after the summit", "during her visit".
    fn is_set(&self) -> bool {
        matches!(
            self.hangs_on,
            "after"
                | "following"
                | "during"
                | "at"
                | "in"
                | "on"
                | "since"
                | "for"
                | "before"
                | "ahead"
        ) || self.heads.is_some()
    }

    fn modality(&self) -> Option<Modality> {
        if matches!(self.hangs_on, "before" | "ahead" | "until" | "pending") {
            return Some(Modality::Announced);
        }
        let Some(index) = self.governor else {
            return Some(Modality::Occurred);
        };
        let verb = &self.clause.verbs[index];
        let scheduled =
            verb.passive && matches!(verb.lemma, "plan" | "schedule" | "set" | "slate" | "expect");
        if scheduled && self.heads.is_some() && !verb.negated {
            return Some(Modality::Announced);
        }
        if self.heads.is_none()
            && matches!(self.hangs_on, "after" | "following" | "during" | "since")
        {
            // "declined to comment after talks with": the talks were held all the same
            return Some(if roles::is_future(verb.tense) {
                Modality::Announced
            } else {
                Modality::Occurred
            });
        }
        if matches!(
            verb.lemma,
            "look" | "await" | "anticipate" | "prepare" | "brace" | "expect"
        ) && verb.stand == Stand::Finite
            && self.heads.is_none()
        {
            return Some(Modality::Announced);
        }
        let calls_for =
            verb.lemma != "call" || matches!(self.clause.word(verb.head + 1), "for" | "on" | "off");
        if is_about(verb.lemma) && calls_for {
            return None;
        }
        self.clause.told(index, false, false)
    }

    /// The mentions that the noun belongs to: "Russia's", "Israeli", "US-China".
    fn owners(&self, rule: &ActRule) -> Vec<usize> {
        let clause = self.clause;
        // "the Indonesian embassy": the noun is part of the mention
        if let Some(own) = clause.mention_index(self.at)
            && matches!(clause.mentions[own].class, Class::Office(_))
        {
            return vec![own];
        }
        let mut start = self.at;
        while start > 0 && self.at - start < 5 {
            let before = start - 1;
            if let Some(mention) = clause.mention_index(before) {
                let found: &Mention = &clause.mentions[mention];
                let owns =
                    found.qualifies || clause.word(start) == "'s" || found.class == Class::People;
                let mut owners = vec![mention];
                if let Some(other) = self.joined_owner(found.first) {
                    owners.insert(0, other);
                }
                // "the Geneva talks": where, not who
                let place = is_mutual(rule) && found.class == Class::Place && owners.len() < 2;
                return if owns && !place { owners } else { Vec::new() };
            }
            let word = clause.word(before);
            if words::is_determiner(word) && !matches!(word, "two" | "three" | "four" | "six")
                || words::is_preposition(word)
                || words::is_break(clause.tokens[before].text)
                || clause.tokens[before].text == ","
            {
                return Vec::new();
            }
            start = before;
        }
        Vec::new()
    }

    /// The mention that a hyphen or "and" joins to an owner: "US" of "US-China", "Greek" of "Greek and Turkish".
    fn joined_owner(&self, first: usize) -> Option<usize> {
        let clause = self.clause;
        if clause.tokens[first].hyphened {
            return clause.mention_index(first.checked_sub(1)?);
        }
        let other = clause.mention_index(first.checked_sub(2)?)?;
        let joined = matches!(clause.word(first - 1), "and" | "–" | "—");
        let alike =
            clause.mentions[other].qualifies || clause.mentions[other].class == Class::People;
        (joined && alike).then_some(other)
    }
}

/// Who comes, of "visiting French ministers": the official named after that word.
pub(super) fn guest(clause: &Clause, at: usize) -> Option<usize> {
    if !matches!(clause.word(at), "visiting" | "touring") {
        return None;
    }
    let guest = clause.mentions_between(at + 1, at + 4).find(|mention| {
        matches!(
            clause.mentions[*mention].class,
            Class::Person | Class::Office(Office::Person | Office::People)
        )
    })?;
    let plain = (at + 1..clause.mentions[guest].first)
        .all(|at| !words::is_preposition(clause.known(at)) && clause.verb_index(at).is_none());
    plain.then_some(guest)
}

/// The preposition or subordinator that the phrase of a noun hangs on; empty where there is none.
fn hangs_on<'c>(clause: &'c Clause, at: usize) -> &'c str {
    let mut start = at;
    while start > 0 && at - start < 9 {
        let before = start - 1;
        let word = clause.word(before);
        if clause.mention_index(before).is_none() {
            if word == "of" && before > 0 && clause.word(before - 1) == "ahead" {
                return "ahead";
            }
            if words::is_preposition(word)
                || matches!(word, "after" | "before" | "since" | "until" | "pending")
            {
                return word;
            }
            if clause.verb_index(before).is_some()
                || words::is_break(clause.tokens[before].text)
                || words::is_conjunction(word)
                || words::is_subordinator(word)
                || word == ","
            {
                return "";
            }
        }
        start = before;
    }
    ""
}

/// Rules whose act takes both sides alike.
fn is_mutual(rule: &ActRule) -> bool {
    matches!(rule.kind, Kind::Meeting | Kind::Agreement) || rule.actor == Actor::Both
}

/// Verbs that speak about an act without telling it.
fn is_about(lemma: &str) -> bool {
    matches!(
        lemma,
        "threaten"
            | "urge"
            | "demand"
            | "call"
            | "want"
            | "seek"
            | "propose"
            | "deny"
            | "reject"
            | "refuse"
            | "prevent"
            | "avoid"
            | "consider"
            | "discuss"
            | "fear"
            | "expect"
            | "plan"
            | "oppose"
            | "warn"
            | "lift"
            | "ease"
            | "cancel"
            | "postpone"
            | "suspend"
            | "waive"
            | "offer"
            | "support"
            | "back"
            | "ask"
            | "face"
            | "prepare"
            | "hope"
            | "need"
            | "rule"
    )
}
