//! Applies the rules to a sentence: triggers matched in their windows, and the acts that come of them, in order.
//!
//! Roles are filled by [`super::fill`], nouns read by [`super::noun`], what is said by [`super::report`].

use std::ops::Range;

use super::{
    fill,
    modality::Frame,
    noun, report,
    rule::{self, Group, Trigger},
};
use crate::{
    domain::{kind::Kind, modality::Modality},
    extract::{
        clause::{Clause, Stand, Verb, is_function},
        lexis::Known,
        party::{
            gazetteer::{PartyIndex, PersonIndex},
            mention::Class,
            titles::Office,
        },
        token::Shape,
        words,
    },
};

/// An act as a sentence tells it, before it is dated.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub kind: Kind,
    pub rule: &'static str,
    pub actors: Vec<PartyIndex>,
    pub targets: Vec<PartyIndex>,
    pub named: Vec<String>,
    pub speakers: Vec<String>,
    pub modality: Modality,
    /// The verb that tells it; of a noun, the verb that governs it.
    pub verb: Option<usize>,
    /// The token of the trigger.
    pub head: usize,
    /// The tokens that carry it.
    pub first: usize,
    pub end: usize,
    /// The frame in which it is reported.
    pub frame: Option<usize>,
    /// Persons who acted and hold no office on the day of publication: by the act's day they may have.
    pub persons: Vec<PersonIndex>,
    /// Whether a noun tells it.
    pub by_noun: bool,
}

/// Kinds that are acts of speech: a force cannot do them.
pub(crate) fn is_speech(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Statement
            | Kind::Warning
            | Kind::Accusation
            | Kind::Denial
            | Kind::Demand
            | Kind::Pledge
    )
}

/// The acts of a sentence, in the order of their triggers.
pub(crate) fn acts(clause: &Clause, frames: &[Frame]) -> Vec<Act> {
    let mut acts = Vec::new();
    for index in 0..clause.verbs.len() {
        let verb = &clause.verbs[index];
        let Some(triggers) = rule::book().verbs.get(verb.lemma) else {
            continue;
        };
        let mut kinds: Vec<Kind> = Vec::new();
        let window = Window::of(clause, verb);
        let mut matching: Vec<(usize, &Trigger)> = triggers
            .iter()
            .filter_map(|trigger| Some((window.matched(trigger)?, trigger)))
            .collect();
        // of triggers that fit, the nearer wins; one that asks for more may stand further off
        matching
            .sort_by_key(|(distance, trigger)| (distance + 12).saturating_sub(3 * trigger.demands));
        for (_, trigger) in matching {
            // to receive a guest is a meeting and a visit; else a verb tells one act
            let guest = kinds == [Kind::Meeting] && trigger.rule.kind == Kind::Visit;
            if !kinds.is_empty() && !guest {
                continue;
            }
            if let Some(act) = fill::fill(clause, index, trigger.rule, frames) {
                kinds.push(act.kind);
                acts.push(act);
            }
        }
    }
    drop_agreeing(clause, &mut acts);
    noun::add(clause, frames, &mut acts);
    acts.sort_by_key(|act| act.head);
    report::apply(clause, frames, &mut acts);
    acts
}

/// "Agreed to lift the ban" is the lifting: the agreeing goes where its infinitive is an act.
fn drop_agreeing(clause: &Clause, acts: &mut Vec<Act>) {
    let governed: Vec<usize> = acts
        .iter()
        .filter_map(|act| act.verb)
        .filter(|verb| clause.verbs[*verb].stand == Stand::Infinitive)
        .filter_map(|verb| verb.checked_sub(1))
        .collect();
    acts.retain(|act| {
        act.verb
            .is_none_or(|verb| clause.verbs[verb].lemma != "agree" || !governed.contains(&verb))
    });
}

/// The words that a verb governs, by their numbers: those after it, of a passive also those before.
struct Window<'c, 's, 't> {
    clause: &'c Clause<'s, 't>,
    verb: &'c Verb,
    right: Range<usize>,
    left: Range<usize>,
}

/// Verbs that bind their subject to an act that an infinitive tells.
fn is_commissive(lemma: &str) -> bool {
    matches!(
        lemma,
        "pledge"
            | "promise"
            | "vow"
            | "commit"
            | "offer"
            | "agree"
            | "threaten"
            | "refuse"
            | "decline"
    )
}

/// How many tokens after a verb are searched.
const REACH: usize = 23;

impl<'c, 's, 't> Window<'c, 's, 't> {
    fn of(clause: &'c Clause<'s, 't>, verb: &'c Verb) -> Self {
        let start = clause.left_start(verb.first);
        let left = if verb.passive {
            start.max(verb.first.saturating_sub(14))..verb.first
        } else {
            relative_object(clause, verb, start)
        };
        Self {
            clause,
            verb,
            right: verb.head + 1..clause.right_end(verb.head).min(verb.head + REACH),
            left,
        }
    }

    fn word(&self, at: usize) -> &'static Known {
        self.clause.known(at)
    }

    /// How far from the verb the nearest word of a group stands.
    fn nearest(&self, group: &Group, right: &Range<usize>) -> Option<usize> {
        let after = right
            .clone()
            .find(|at| group.contains(self.word(*at)))
            .map(|at| at - self.verb.head);
        let before = || {
            self.left
                .clone()
                .rev()
                .find(|at| group.contains(self.word(*at)))
                .map(|at| self.verb.first - at)
        };
        match after {
            Some(1) => after,
            _ => match (after, before()) {
                (Some(after), Some(before)) => Some(after.min(before)),
                (after, before) => after.or(before),
            },
        }
    }

    /// The word after an expression of time: of "confirmed in August that" the place of "that".
    fn after_time(&self, from: usize) -> Option<usize> {
        let opens = |word: &str| {
            matches!(
                word,
                "in" | "on" | "last" | "this" | "late" | "early" | "earlier" | "the" | "next"
            )
        };
        let mut at = from;
        let mut time = false;
        while at < from + 5 {
            let known = self.word(at);
            if words::is_time_noun(known) {
                time = true;
            } else if time || !opens(self.clause.word(at)) {
                break;
            }
            at += 1;
        }
        time.then_some(at)
    }

    /// Whether the next verb is an infinitive that hangs on this one.
    fn governs_infinitive(&self) -> bool {
        self.infinitive().is_some()
    }

    /// Where the infinitive that hangs on this verb begins.
    fn infinitive(&self) -> Option<usize> {
        self.clause
            .verbs
            .iter()
            .find(|verb| verb.head > self.verb.head)
            .filter(|next| next.stand == Stand::Infinitive && next.first < self.verb.head + 8)
            .map(|next| next.first)
    }

    /// Whether a mention is the verb's direct object: nothing but its own determiners and adjectives stand between.
    fn is_direct(&self, mention: usize) -> bool {
        let clause = self.clause;
        (self.verb.head + 1..clause.mentions[mention].first).all(|at| {
            let word = clause.word(at);
            clause.verb_index(at).is_none()
                && !words::is_preposition(word)
                && !words::is_subordinator(word)
                && !words::is_conjunction(word)
                && !matches!(word, "to" | "that")
                && clause.tokens[at].text != ","
        })
    }

    /// How far the words that a trigger asks for stand from the verb; none where it does not match.
    fn matched(&self, trigger: &Trigger) -> Option<usize> {
        let (clause, verb) = (self.clause, self.verb);
        let mut at = verb.head + 1;
        for group in &trigger.adjacent {
            if !group.contains(self.word(at)) {
                let skipped = words::is_adverb(self.word(at))
                    || matches!(clause.word(at), "it" | "him" | "her" | "them");
                if skipped && group.contains(self.word(at + 1)) {
                    at += 1;
                } else {
                    at = self
                        .after_time(at)
                        .filter(|at| group.contains(self.word(*at)))?;
                }
            }
            at += 1;
        }
        let mut right = self.right.clone();
        if trigger.reports {
            right.end = fill::content_end(clause, verb).min(verb.head + REACH);
        }
        if !is_speech(trigger.rule.kind) && is_commissive(verb.lemma) {
            // "promised not to let it be threatened with missiles": what follows is the infinitive's
            right.end = right.end.min(self.infinitive().unwrap_or(right.end));
        }
        if !trigger.before.is_empty() {
            let start = clause
                .left_start(verb.first)
                .max(verb.first.saturating_sub(14));
            let met = |group: &Group| (start..verb.first).any(|at| group.contains(self.word(at)));
            if !trigger.before.iter().all(met) {
                return None;
            }
        }
        let mut distance = 0;
        for group in &trigger.with {
            distance = distance.max(self.nearest(group, &right)?);
        }
        if let Some(without) = &trigger.without
            && self.nearest(without, &right).is_some()
        {
            return None;
        }
        if trigger.infinitive && !self.governs_infinitive() {
            return None;
        }
        if trigger.leader {
            let guest = clause
                .mentions_between(right.start, right.end.min(right.start + 6))
                .find(|mention| {
                    let found = &clause.mentions[*mention];
                    matches!(
                        found.class,
                        Class::Person | Class::Office(Office::Person | Office::People)
                    ) && !found.qualifies
                })?;
            distance = distance.max(clause.mentions[guest].first - verb.head);
        }
        if trigger.party {
            let near = clause
                .mentions_between(right.start, right.end.min(right.start + 9))
                .find(|mention| {
                    (!trigger.body || clause.mentions[*mention].collective)
                        && (!trigger.object || self.is_direct(*mention))
                })
                .map(|mention| clause.mentions[mention].first - verb.head);
            let before = (verb.passive
                && clause
                    .mentions_between(self.left.start, self.left.end)
                    .next()
                    .is_some())
            .then_some(3);
            distance = distance.max(near.or(before)?);
        }
        if trigger.with.is_empty()
            && !trigger.party
            && !trigger.leader
            && trigger.adjacent.is_empty()
            && trigger.before.is_empty()
            && !trigger.infinitive
        {
            // a bare verb yields to any trigger that asks for more
            distance = 40;
        }
        Some(distance)
    }
}

/// The noun that a relative clause says more of, where it is the object of the verb: "sanctions that Washington imposed",
/// "taxes it had put on"; an empty stretch where there is none.
fn relative_object(clause: &Clause, verb: &Verb, start: usize) -> Range<usize> {
    let none = verb.first..verb.first;
    if verb.stand != Stand::Finite || start + 8 < verb.first {
        return none;
    }
    let opener = start.checked_sub(1).map_or("", |at| clause.word(at));
    let end = if matches!(opener, "which" | "that" | "whom") && start < verb.first {
        start - 1
    } else {
        // the subject stands directly after a plain noun
        let subject = clause
            .mentions_between(verb.first.saturating_sub(6), verb.first)
            .last()
            .map(|mention| &clause.mentions[mention])
            .filter(|mention| mention.last + 1 == verb.first && !mention.qualifies);
        let Some(mut first) = subject.map(|mention| mention.first) else {
            return none;
        };
        if first > 0 && clause.word(first - 1) == "the" {
            first -= 1;
        }
        let noun = first.checked_sub(1).is_some_and(|at| {
            clause.tokens[at].shape == Shape::Lower
                && clause.mention_index(at).is_none()
                && clause.verb_index(at).is_none()
                && !is_function(clause.known(at))
                && !words::is_adverb(clause.known(at))
                && !words::is_time_noun(clause.known(at))
        });
        if !noun {
            return none;
        }
        first
    };
    let from = (end.saturating_sub(9)..end)
        .rev()
        .take_while(|at| {
            !words::is_break(clause.tokens[*at].text)
                && clause
                    .verb_index(*at)
                    .is_none_or(|verb| clause.verbs[verb].stand != Stand::Finite)
        })
        .last();
    from.map_or(none, |from| from..end)
}
