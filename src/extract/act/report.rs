//! Reported speech: what neutral verbs of saying convey, and what claims make of the acts that they report.

use super::{
    content::{self, Sign},
    fill::Agents,
    find::Act,
    modality::{Frame, Stance},
    target,
};
use crate::{
    domain::{kind::Kind, modality::Modality},
    extract::{
        clause::{Clause, Stand, Tense},
        party::{
            gazetteer::PartyIndex,
            roles::{self, Subject},
        },
        words,
    },
};

/// Judges the acts that are reported, and adds those that the reporting itself is.
pub(super) fn apply(clause: &Clause, frames: &[Frame], acts: &mut Vec<Act>) {
    let mut extra: Vec<Act> = Vec::new();
    let mut dropped = vec![false; acts.len()];
    for (place, frame) in frames.iter().enumerate() {
        let speakers = Agents::of(clause, &frame.speakers, Kind::Statement);
        let own_rule = acts
            .iter()
            .any(|act| act.verb == Some(frame.verb) && !act.by_noun);
        let untold = clause.told(frame.verb, false, false).is_none() && !frame.after;
        let mut consumed = false;
        for (act, dropped) in acts.iter_mut().zip(&mut dropped) {
            if act.frame != Some(place) {
                continue;
            }
            *dropped |= untold || is_not_told(clause, frame.stance, act);
            if frame.stance != Stance::Tells {
                continue;
            }
            if act
                .actors
                .iter()
                .any(|party| speakers.parties.contains(party))
            {
                consumed = true;
                if act.speakers.is_empty() {
                    act.speakers.clone_from(&speakers.names);
                }
            } else if is_charge(act) && !speakers.parties.is_empty() {
                act.modality = Modality::Alleged;
                if !act.by_noun && !consumed && !own_rule {
                    consumed = true;
                    extra.push(charge(clause, frame, &speakers, act));
                }
            }
        }
        if frame.stance == Stance::Tells && !own_rule && !consumed && !speakers.is_empty() {
            extra.extend(said(clause, frame, speakers));
        }
    }
    if frames.is_empty() {
        extra.extend(according(clause, acts));
    }
    let mut kept = dropped.iter().map(|dropped| !dropped);
    acts.retain(|_| kept.next().unwrap_or(true));
    acts.append(&mut extra);
    acts.sort_by_key(|act| act.head);
}

/// Whether a stance leaves nothing of an act: denied, asked for, hoped, or only warned of.
fn is_not_told(clause: &Clause, stance: Stance, act: &Act) -> bool {
    match stance {
        Stance::Denies | Stance::Asks | Stance::Supposes => true,
        Stance::Warns => {
            let ahead = act.verb.is_some_and(|verb| {
                let tense = clause.verbs[verb].tense;
                roles::is_future(tense) || tense == Tense::Present
            });
            ahead || act.by_noun
        }
        Stance::Tells => false,
    }
}

/// Whether an act told of another is a charge against it.
fn is_charge(act: &Act) -> bool {
    matches!(act.kind, Kind::Military | Kind::Transfer)
        && !act.actors.is_empty()
        && act.modality != Modality::Alleged
}

/// The accusation that lies in telling another's wrong.
fn charge(clause: &Clause, frame: &Frame, speakers: &Agents, act: &Act) -> Act {
    let verb = &clause.verbs[frame.verb];
    let mut targets = act.actors.clone();
    // who takes arms is charged with who gives them; who is attacked is not
    if act.kind == Kind::Transfer {
        for party in &act.targets {
            if !targets.contains(party) && !speakers.parties.contains(party) {
                targets.push(*party);
            }
        }
    }
    let speaker = frame
        .speakers
        .first()
        .map_or(verb.first, |mention| clause.mentions[*mention].first);
    Act {
        kind: Kind::Accusation,
        rule: "say that another did wrong",
        actors: speakers.parties.clone(),
        targets,
        named: Vec::new(),
        speakers: speakers.names.clone(),
        modality: Modality::Occurred,
        verb: Some(frame.verb),
        head: verb.head,
        first: speaker.min(act.first),
        end: act.end.max(verb.head + 1),
        frame: None,
        persons: speakers.persons.clone(),
        by_noun: false,
    }
}

/// "…, according to Kyiv": the accusation that lies in the first wrong told, which is then alleged.
fn according(clause: &Clause, acts: &mut [Act]) -> Option<Act> {
    let at = (0..clause.tokens.len())
        .find(|at| clause.word(*at) == "according" && clause.word(at + 1) == "to")?;
    let mention = clause
        .mentions_between(at + 2, at + 9)
        .find(|mention| !clause.mentions[*mention].qualifies)?;
    let speakers = Agents::of(clause, &[mention], Kind::Statement);
    if speakers.parties.is_empty() {
        return None;
    }
    let act = acts.iter_mut().find(|act| {
        is_charge(act)
            && !act.by_noun
            && !act
                .actors
                .iter()
                .any(|party| speakers.parties.contains(party))
    })?;
    act.modality = Modality::Alleged;
    let last = clause.mentions[mention].last + 1;
    let mut targets = act.actors.clone();
    targets.extend(
        act.targets
            .iter()
            .filter(|party| !speakers.parties.contains(party)),
    );
    targets.dedup();
    Some(Act {
        kind: Kind::Accusation,
        rule: "say that another did wrong",
        actors: speakers.parties,
        targets,
        named: Vec::new(),
        speakers: speakers.names,
        first: act.first.min(at),
        end: act.end.max(last),
        frame: None,
        persons: speakers.persons,
        by_noun: false,
        ..act.clone()
    })
}

/// The act that a neutral verb of saying is, by the words that it reports.
fn said(clause: &Clause, frame: &Frame, speakers: Agents) -> Option<Act> {
    let verb = &clause.verbs[frame.verb];
    if !content::is_sayable(verb.lemma) || frame.to < frame.from + 3 {
        return None;
    }
    let modality = clause.told(frame.verb, false, false)?;
    // "said in a statement", "maintains tariffs": nothing is told
    let clausal = clause
        .verbs
        .iter()
        .any(|other| frame.holds(other.head) && other.stand == Stand::Finite);
    let quotes = (frame.from..frame.to)
        .any(|at| words::is_double_quote(clause.tokens[at].text) || clause.word(at) == "yes");
    let says = matches!(
        verb.lemma,
        "say" | "tell" | "add" | "announce" | "declare" | "state"
    );
    if !clausal && !(says && (quotes || frame.to > frame.from + 5)) {
        return None;
    }
    let about = verb.head.min(frame.from)..frame.to;
    let mut targets: Vec<PartyIndex> = clause
        .parties_in(about.start, about.end)
        .into_iter()
        .filter(|party| !speakers.parties.contains(party))
        .collect();
    let kind = conveyed(clause, frame, &speakers.parties, targets.is_empty());
    if target::is_directed(kind) {
        targets = target::addressed(clause, about, &speakers.parties, kind);
    } else if kind == Kind::Denial {
        targets = target::gainsaid(clause, about.start, about.end, &speakers.parties);
    }
    let weak = matches!(
        verb.lemma,
        "confirm" | "report" | "acknowledge" | "note" | "suggest" | "hint"
    );
    // "was quoted as saying"
    let is_quote = frame
        .verb
        .checked_sub(1)
        .is_some_and(|before| clause.verbs[before].lemma == "quote");
    if kind == Kind::Statement && (weak || verb.stand == Stand::Gerund && !is_quote) {
        return None;
    }
    let speaker = frame
        .speakers
        .first()
        .map_or(verb.first, |mention| clause.mentions[*mention].first);
    let (first, end) = if frame.after {
        (frame.from, verb.head + 1)
    } else {
        (speaker.min(verb.first), frame.to)
    };
    Some(Act {
        kind,
        rule: match kind {
            Kind::Warning => "say what will follow",
            Kind::Accusation => "say that another did wrong",
            Kind::Denial => "say that it is not so",
            Kind::Demand => "say what another must do",
            Kind::Pledge => "say what it will do for another",
            _ => "say",
        },
        actors: speakers.parties,
        targets,
        named: Vec::new(),
        speakers: speakers.names,
        modality,
        verb: Some(frame.verb),
        head: verb.head,
        first,
        end: end.max(first + 1),
        frame: None,
        persons: speakers.persons,
        by_noun: false,
    })
}

/// The kind that the reported words make of it. `alone`: no other party is spoken of.
fn conveyed(clause: &Clause, frame: &Frame, speakers: &[PartyIndex], alone: bool) -> Kind {
    let words: Vec<&str> = (frame.from..frame.to)
        .filter(|at| !words::is_double_quote(clause.tokens[*at].text))
        .map(|at| clause.word(at))
        .collect();
    let own = Own::of(clause, frame, speakers);
    let charges = matches!(
        clause.verbs[frame.verb].lemma,
        "charge" | "allege" | "complain" | "protest"
    );
    let announces = matches!(clause.verbs[frame.verb].lemma, "announce" | "confirm");
    let sign = content::strongest(&words, |sign| match sign {
        Sign::Negation => own.negated,
        Sign::Charge => !alone && !announces,
        Sign::Accusation => !alone || !announces,
        Sign::Demand => !alone,
        Sign::Warning | Sign::Denial | Sign::Pledge => true,
    });
    match sign {
        Some(Sign::Warning) => Kind::Warning,
        Some(Sign::Denial) => Kind::Denial,
        _ if own.threatens => Kind::Warning,
        Some(Sign::Negation) => Kind::Denial,
        Some(Sign::Accusation) => Kind::Accusation,
        _ if own.obliges && !alone => Kind::Demand,
        Some(Sign::Charge) => Kind::Accusation,
        Some(Sign::Demand) => Kind::Demand,
        _ if own.helps => Kind::Pledge,
        None if charges && !alone => Kind::Accusation,
        Some(Sign::Pledge) => Kind::Pledge,
        None => Kind::Statement,
    }
}

/// What a speaker says of itself and of others, by the verbs of the content.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "findings, each by itself")]
struct Own {
    /// An act of its own that it negates.
    negated: bool,
    /// Harm that it may or will do.
    threatens: bool,
    /// Help that it will give.
    helps: bool,
    /// What another must do.
    obliges: bool,
}

impl Own {
    fn of(clause: &Clause, frame: &Frame, speakers: &[PartyIndex]) -> Self {
        let mut found = Self::default();
        for (index, verb) in clause.verbs.iter().enumerate() {
            if !frame.holds(verb.head) || index == frame.verb {
                continue;
            }
            let subject = clause.subject(index);
            let own = match &subject {
                Subject::Parties(mentions) => clause
                    .parties_of(mentions)
                    .iter()
                    .any(|party| speakers.contains(party)),
                _ => {
                    (verb.first.saturating_sub(3)..verb.head)
                        .any(|at| matches!(clause.word(at), "we" | "i" | "no"))
                        || verb.first > 0 && clause.word(verb.first - 1) == "it"
                }
            };
            let nothing = clause.word(verb.head + 1) == "no"
                && !matches!(
                    clause.word(verb.head + 2),
                    "qualms" | "objection" | "objections" | "doubt" | "doubts"
                );
            found.negated |= own && (verb.negated || nothing);
            let ahead = roles::is_future(verb.tense) && !verb.negated;
            let possible = verb.tense == Tense::Possible && !verb.negated;
            let active = !verb.passive && own && !clause.is_conditional(index);
            found.threatens |= active && (ahead || possible) && content::is_hostile(verb.lemma);
            let hinges = (frame.from..frame.to)
                .any(|at| matches!(clause.word(at), "if" | "unless" | "should"));
            found.threatens |= active && ahead && hinges && content::is_withholding(verb.lemma);
            found.helps |= active && ahead && content::is_helpful(verb.lemma);
            let duty = verb.tense == Tense::Duty
                || matches!(verb.lemma, "need" | "have") && clause.word(verb.head + 1) == "to";
            found.obliges |= duty
                && match &subject {
                    Subject::Parties(_) => !own,
                    Subject::Thing(_) => {
                        let to_be = clause.word(verb.head + 2) == "be";
                        (verb.passive || to_be)
                            && !(verb.first.saturating_sub(2)..verb.head)
                                .any(|at| matches!(clause.word(at), "we" | "i"))
                    }
                    Subject::Missing => false,
                };
        }
        found
    }
}
