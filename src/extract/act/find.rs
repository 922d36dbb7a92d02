//! Applies the rules to a sentence: triggers matched in their windows, and the acts that come of them, in order.
//!
//! Roles are filled by [`super::fill`], nouns read by [`super::noun`], what is said by [`super::report`].

use super::{
    fill, noun, report,
    rule::{self, Trigger},
};
use crate::{
    domain::{kind::Kind, modality::Modality},
    extract::{
        clause::{Clause, Stand, Verb},
        party::{
            gazetteer::{PartyIndex, PersonIndex},
            mention::Class,
            titles::Office,
        },
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
pub(crate) fn acts(clause: &Clause) -> Vec<Act> {
    let frames = clause.frames();
    let mut acts = Vec::new();
    for index in 0..clause.verbs.len() {
        let verb = &clause.verbs[index];
        let Some(triggers) = rule::book().verbs.get(verb.lemma) else {
            continue;
        };
        let mut kinds: Vec<Kind> = Vec::new();
        let mut matching: Vec<(usize, &Trigger)> = triggers
            .iter()
            .filter_map(|trigger| Some((matched(clause, verb, trigger)?, trigger)))
            .collect();
        matching.sort_by_key(|(distance, _)| *distance);
        for (_, trigger) in matching {
            // to receive a guest is a meeting and a visit; else a verb tells one act
            let guest = kinds == [Kind::Meeting] && trigger.rule.kind == Kind::Visit;
            if !kinds.is_empty() && !guest {
                continue;
            }
            if let Some(act) = fill::fill(clause, index, trigger.rule, &frames) {
                kinds.push(act.kind);
                acts.push(act);
            }
        }
    }
    drop_agreeing(clause, &mut acts);
    noun::add(clause, &frames, &mut acts);
    acts.sort_by_key(|act| act.head);
    report::apply(clause, &frames, &mut acts);
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
        act.rule != "agree on a step" || act.verb.is_none_or(|verb| !governed.contains(&verb))
    });
}

/// How far the words that a trigger asks for stand from the verb; none where it does not match.
fn matched(clause: &Clause, verb: &Verb, trigger: &Trigger) -> Option<usize> {
    let mut at = verb.head + 1;
    for group in &trigger.adjacent {
        let word = clause.word(at);
        let skipped = words::is_adverb(word) && !group.contains(&word)
            || matches!(word, "it" | "him" | "her" | "them")
                && group.contains(&clause.word(at + 1));
        if skipped {
            at += 1;
        }
        if !group.contains(&clause.word(at)) {
            return None;
        }
        at += 1;
    }
    let reports = trigger
        .adjacent
        .first()
        .is_some_and(|group| group.contains(&"that"));
    let end = if reports {
        fill::content_end(clause, verb)
    } else {
        clause.right_end(verb.head)
    };
    let right = verb.head + 1..end.min(verb.head + 23);
    let left = if verb.passive {
        clause
            .left_start(verb.first)
            .max(verb.first.saturating_sub(14))..verb.first
    } else {
        verb.first..verb.first
    };
    let met = |word: &str| {
        let after = right
            .clone()
            .find(|at| clause.word(*at) == word)
            .map(|at| at - verb.head);
        after.or_else(|| {
            left.clone()
                .rev()
                .find(|at| clause.word(*at) == word)
                .map(|at| verb.first - at)
        })
    };
    let mut distance = 0;
    for group in &trigger.with {
        let nearest = group.iter().filter_map(|word| met(word)).min()?;
        distance = distance.max(nearest);
    }
    if trigger.without.iter().any(|word| met(word).is_some()) {
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
            .next()
            .map(|mention| clause.mentions[mention].first - verb.head);
        let before = (verb.passive
            && clause
                .mentions_between(left.start, left.end)
                .next()
                .is_some())
        .then_some(3);
        distance = distance.max(near.or(before)?);
    }
    if trigger.with.is_empty() && !trigger.party && !trigger.leader && trigger.adjacent.is_empty() {
        // a bare verb yields to any trigger that asks for more
        distance = 40;
    }
    Some(distance)
}
