//! An act with its sentence → the rules behind it, pass by pass, for whoever asks why it was proposed.
//!
//! A reason names a rule and the words that it took; nothing is decided here.

use std::{fmt, ops::Range};

use super::{
    act::find::Act,
    boilerplate::BlockKind,
    clause::{Clause, Stand, Tense},
    dating::Dated,
    party::{
        gazetteer::PartyIndex,
        mention::{Class, Mention},
        pronouns::Reference,
        titles::Office,
    },
};
use crate::domain::modality::Modality;

/// What a rule decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// That an act of this kind is told.
    Act,
    /// Who acts.
    Actor,
    /// Whom it is directed at.
    Target,
    /// When.
    Date,
    /// Whether it is told as done, to come or claimed.
    Told,
    /// That several places tell one act.
    Merge,
}

impl Pass {
    /// The word that stands before a rule's name.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Actor => "actor",
            Self::Target => "target",
            Self::Date => "date",
            Self::Told => "told",
            Self::Merge => "merge",
        }
    }
}

/// One rule that bore on a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it decided.
    pub pass: Pass,
    /// Its name.
    pub rule: &'static str,
    /// The words that it took, as bytes of the article; empty where it took none.
    pub words: Range<usize>,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}: {}", self.pass.slug(), self.rule)
    }
}

/// The rules behind an act, in the order in which they applied.
pub(super) fn reasons(clause: &Clause, act: &Act, dated: &Dated, block: BlockKind) -> Vec<Reason> {
    let mut found = vec![Reason {
        pass: Pass::Act,
        rule: act.rule,
        words: bytes(clause, act.head, act.head),
    }];
    for (pass, parties) in [(Pass::Actor, &act.actors), (Pass::Target, &act.targets)] {
        for party in parties {
            found.push(of_party(clause, act, pass, *party));
        }
    }
    found.push(Reason {
        pass: Pass::Date,
        rule: dated.how,
        words: dated.words.clone(),
    });
    found.push(of_telling(clause, act, block));
    found
}

fn bytes(clause: &Clause, first: usize, last: usize) -> Range<usize> {
    match (clause.tokens.get(first), clause.tokens.get(last)) {
        (Some(first), Some(last)) => first.start..last.end.max(first.start),
        _ => 0..0,
    }
}

/// The mention of the sentence that means a party, the nearest to the act's own word.
fn of_party(clause: &Clause, act: &Act, pass: Pass, party: PartyIndex) -> Reason {
    let distance = |mention: &Mention| mention.first.abs_diff(act.head);
    let nearest = clause
        .mentions
        .iter()
        .filter(|mention| mention.parties.contains(&party))
        .min_by_key(|mention| (mention.first >= act.end, distance(mention)));
    match nearest {
        Some(mention) => Reason {
            pass,
            rule: of_class(mention.class),
            words: bytes(clause, mention.first, mention.last),
        },
        None => Reason {
            pass,
            rule: "told of before",
            words: 0..0,
        },
    }
}

const fn of_class(class: Class) -> &'static str {
    match class {
        Class::Name => "name",
        Class::Place => "capital or building for its state",
        Class::People => "word for a people",
        Class::Held => "company, ship or person for its home",
        Class::Person => "office-holder",
        Class::Office(Office::Person) => "office",
        Class::Office(Office::People) => "several in office",
        Class::Office(Office::Organ) => "organ of a state or body",
        Class::Office(Office::Force) => "armed force",
        Class::Back(reference) => match reference {
            Reference::Person => "he, she or an office told of before",
            Reference::It => "it",
            Reference::They => "they",
            Reference::Several => "both or several told of before",
            Reference::Organ => "organ told of before",
            Reference::Owned => "its, his or their own",
            Reference::Body => "body told of before",
            Reference::Country => "country told of before",
        },
    }
}

/// How the words tell an act: by their tense, their place, or who reports them.
fn of_telling(clause: &Clause, act: &Act, block: BlockKind) -> Reason {
    let verb = act.verb.and_then(|verb| clause.verbs.get(verb));
    let rule = match (act.modality, verb) {
        (Modality::Alleged, _) if act.frame.is_some() => "claimed by whoever reports it",
        (Modality::Alleged, _) => "claimed",
        (Modality::Announced, Some(verb)) => match (verb.tense, verb.stand) {
            (Tense::Future, _) => "to come: will",
            (Tense::FuturePast, _) => "to come: would, as reported",
            (_, Stand::Infinitive) => "to come: infinitive after a plan or promise",
            _ => "to come",
        },
        (Modality::Announced, None) => "to come",
        (Modality::Occurred, _) if block == BlockKind::Title => "done: title",
        (Modality::Occurred, _) if block == BlockKind::Related => "done: lead to another article",
        (Modality::Occurred, _) if act.by_noun => "done: noun",
        (Modality::Occurred, Some(verb)) => match (verb.tense, verb.stand) {
            (Tense::Past, _) => "done: past",
            (Tense::PresentPerfect, _) => "done: has",
            (Tense::PastPerfect, _) => "done: had",
            (Tense::Present, _) => "done: present",
            (_, Stand::Infinitive) => "done: infinitive after a past verb",
            (_, Stand::Gerund | Stand::Reduced) => "done: participle",
            _ => "done",
        },
        (Modality::Occurred, None) => "done",
    };
    let words = match verb {
        Some(verb) if !act.by_noun => bytes(clause, verb.first, verb.head),
        _ => bytes(clause, act.head, act.head),
    };
    Reason {
        pass: Pass::Told,
        rule,
        words,
    }
}
